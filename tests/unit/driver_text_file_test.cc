// The wording of a plan in a text file beside it: everything that is asked of a quoted wording is asked of its lines, and findings point into
// the text file. What is wrong with the file or with lines is told once, at its place, in both languages.
#include <chrono>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

const std::string kText =
    "MỤC ĐÍCH, YÊU CẦU\n"                                                           // 1
    "\n"                                                                            // 2
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n"           // 3
    "\n"                                                                            // 4
    "  và\t Kế hoạch số 358/KH-UBND, tầm nhìn đến năm 2045.\n"                      // 5
    "- Các phòng, ban xây dựng kế hoạch của các của các đơn vị trong quý I/2026.\n"  // 6
    "- Tổ chức tuyên truyền trên hệ thống truyền thanh cơ sở.\n"                    // 7
    "\n";                                                                           // 8

std::string Plan(const std::string& clauses, const std::string& fields = "tệp lời văn: \"lời_văn.txt\"") {
  return "ordo 1 vi\n"
         "kế hoạch kh \"Kế hoạch\" { số: \"24/KH-UBND\"; cơ quan ban hành: u; ngày ban hành: 28/01/2026; giai đoạn: năm 2026\n" +
         fields + "\n}\nđơn vị u \"UBND phường\" { đứng đầu: \"Chủ tịch\" }\n" + clauses;   // from line 6 on
}

class TextFileOfPlan : public ::testing::Test {
 protected:
  Told One(const std::string& clauses, const std::string& code, int status = 2, const std::string& fields = "tệp lời văn: \"lời_văn.txt\"") {
    const auto found = folder_.Check(folder_.Write("plan.ordo", Plan(clauses, fields)), status);
    const auto some = Only(found, code);
    EXPECT_EQ(some.size(), 1u) << code << " in: " << Codes(found);
    if (status == 2) EXPECT_EQ(found.size(), 1u) << Codes(found);
    // The same in English says something else of the same place.
    const auto english = Only(folder_.Check("plan.ordo", status, {"--lang", "en"}), code);
    if (some.empty() || english.empty()) return {};
    EXPECT_NE(english[0].message + english[0].help, some[0].message + some[0].help);
    EXPECT_EQ(std::tuple(english[0].file, english[0].line, english[0].column), std::tuple(some[0].file, some[0].line, some[0].column));
    return some[0];
  }

  Folder folder_;
};

TEST_F(TextFileOfPlan, IsPrintedAndChecked) {
  folder_.Write("lời_văn.txt", kText);
  folder_.Write("plan.ordo", Plan("đoạn mở_đầu \"Mở đầu\" { ở dòng: \"3-5\"; nội dung: căn cứ }\n"
                                  "mục md \"MỤC ĐÍCH\" {\n  đoạn xd { ở dòng: \"6\" }\n  đoạn tt { ở dòng: \" 7 – 8 \" }\n}\n"));
  const Ran printed = folder_.Run({"print", "plan.ordo", "--format", "md"});
  EXPECT_EQ(printed.status, 0) << printed.err;
  EXPECT_NE(printed.out.find("Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị và Kế hoạch số 358/KH-UBND, tầm nhìn đến năm 2045."),
            std::string::npos) << printed.out;
  EXPECT_NE(printed.out.find("Tổ chức tuyên truyền trên hệ thống truyền thanh cơ sở."), std::string::npos) << printed.out;
  EXPECT_EQ(printed.out.find("Mở đầu"), std::string::npos) << "a title is a name for people";
  const auto found = folder_.Check("plan.ordo", 0);
  const auto repeated = Only(found, "TXT10");
  ASSERT_EQ(repeated.size(), 1u) << Codes(found);
  EXPECT_EQ(repeated[0].file, "lời_văn.txt");
  EXPECT_EQ(std::pair(repeated[0].line, repeated[0].column), std::pair(6, 36));
  // A vision behind the end of the plan, where it stands.
  const Ran visions = folder_.Run({"query", "plan.ordo", "với mỗi tầm nhìn v; cho biết: v", "--format", "json"});
  EXPECT_NE(visions.out.find("\"file\": \"lời_văn.txt\""), std::string::npos) << visions.out << visions.err;
  EXPECT_NE(visions.out.find("\"line\": 5"), std::string::npos) << visions.out;
  const Ran citations = folder_.Run({"query", "plan.ordo", "với mỗi viện dẫn c; cho biết: c.ký hiệu", "--format", "json"});
  EXPECT_NE(citations.out.find("57-NQ/TW"), std::string::npos) << citations.out << citations.err;
  EXPECT_NE(citations.out.find("358/KH-UBND"), std::string::npos) << citations.out;
  // The page of the plan shows the text file, and what is written must not take its place.
  EXPECT_EQ(folder_.Run({"build", "plan.ordo", "-o", "out", "--format", "html"}).status, 0);
  EXPECT_NE(ReadBytes(folder_.path() / "out/index.html").find("lời_văn.txt"), std::string::npos);
  EXPECT_EQ(folder_.Run({"print", "plan.ordo", "-o", "lời_văn.txt"}).status, 3);
  EXPECT_EQ(ReadBytes(folder_.path() / "lời_văn.txt"), kText);
}

TEST_F(TextFileOfPlan, SaysTheSameAsAQuotedWording) {
  const std::string passage = "“Các phòng,  ban\tthực hiện Thông tư số 02/2025/TT-BGDĐT "
                              "và Thông tư số 02 /2025/TT-BGDĐT ; nếu có\n\n**chuyển đối số** ...";
  folder_.Write("lời_văn.txt", "Trước\n" + passage + "\nSau\n");
  const auto lines = folder_.Check(folder_.Write("plan.ordo", Plan("đoạn d { ở dòng: \"2-4\" }\n")), 0);
  const auto quoted = folder_.Check(folder_.Write("plan.ordo", Plan("đoạn d { nguyên văn: \"\"\"" + passage + "\"\"\" }\n")), 0);
  EXPECT_EQ(Codes(lines), Codes(quoted));
  ASSERT_EQ(lines.size(), quoted.size());
  size_t prose = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].file != "lời_văn.txt") continue;
    EXPECT_EQ(lines[i].message, quoted[i].message);
    EXPECT_EQ(lines[i].line + 4, quoted[i].line);
    ++prose;
  }
  EXPECT_GE(prose, 4u) << Codes(lines);
}

TEST_F(TextFileOfPlan, HiddenAndDecomposedSignsAreFoundWhereTheyStand) {
  folder_.Write("lời_văn.txt", "\xEF\xBB\xBF" "Dòng một.\r\nTổ chức tuyên\u200B truyền.\r\nBa\u0323n do\u0301 và рhòng.\r\n");
  const auto found = Only(folder_.Check(folder_.Write("plan.ordo", Plan("đoạn a { ở dòng: \"1-3\" }\n")), 0), "TXT17");
  ASSERT_GE(found.size(), 3u);
  EXPECT_EQ(std::tuple(found[0].file, found[0].line, found[0].column), std::tuple(std::string("lời_văn.txt"), 2, 14));
  EXPECT_EQ(std::pair(found[1].line, found[1].column), std::pair(3, 2)) << "inside its letter";
  EXPECT_EQ(found.back().line, 3);
}

TEST_F(TextFileOfPlan, LinesThatAreNone) {
  folder_.Write("lời_văn.txt", kText);
  const auto at = [](const Told& told) { return std::tuple(told.file, told.line, told.column); };
  const auto place = std::tuple(std::string("plan.ordo"), 6, 18);
  EXPECT_EQ(at(One("đoạn a { ở dòng: \"9-10\" }\n", "TYP18")), place);
  EXPECT_NE(One("đoạn a { ở dòng: \"99999999999999999999\" }\n", "TYP18").message.find("8 dòng"), std::string::npos);
  EXPECT_EQ(at(One("đoạn a { ở dòng: \"7-6\" }\n", "TYP19")), place);
  EXPECT_EQ(at(One("đoạn a { ở dòng: \"4\" }\n", "TYP21")), place);
  for (const char* lines : {"", "0", "0-3", "a", "3-", "-3", "3-4-5", "3,4", "1 2", "3-x"}) {
    EXPECT_EQ(at(One("đoạn a { ở dòng: \"" + std::string(lines) + "\" }\n", "TYP17")), place) << lines;
  }
  const Told both = One("đoạn a { ở dòng: \"3\"; nguyên văn: \"Lời\" }\n", "NAM15");
  EXPECT_NE(both.related.find("plan.ordo:6:"), std::string::npos) << both.related;
  EXPECT_EQ(at(One("đoạn a { ở dòng: \"3\" }\n", "NAM14", 2, "")), place);
  const Told twice = One("đoạn a { ở dòng: \"6-7\" }\nđoạn b { ở dòng: \"3-6\" }\nđoạn c { ở dòng: \"1\" }\n", "TYP20", 0);
  EXPECT_EQ(twice.line, 6);
  EXPECT_NE(twice.message.find("dòng 6 "), std::string::npos) << twice.message;
  EXPECT_NE(twice.related.find("plan.ordo:7:"), std::string::npos) << twice.related;
  EXPECT_TRUE(Only(folder_.Check(folder_.Write("plan.ordo", Plan("đoạn a { ở dòng: \"6\" }\nđoạn b { ở dòng: \"7\" }\n")), 0), "TYP20").empty());
}

TEST_F(TextFileOfPlan, FilesThatAreNone) {
  const std::string clause = "đoạn a { ở dòng: \"1\" }\n";
  EXPECT_EQ(One(clause, "FIL14").line, 3) << "no finding about lines beside it";
  EXPECT_EQ(One(clause, "FIL14", 2, "tệp lời văn: \"\"").line, 3);
  fs::create_directories(folder_.path() / "thư_mục");
  One(clause, "FIL14", 2, "tệp lời văn: \"thư_mục\"");
  mkfifo((folder_.path() / "ống").c_str(), 0600);
  One(clause, "FIL14", 2, "tệp lời văn: \"ống\"");   // opening it would wait for ever
  std::ofstream(folder_.path() / "../ngoài.txt") << "Lời văn\n";
  EXPECT_EQ(One(clause, "FIL07", 2, "tệp lời văn: \"../ngoài.txt\"").line, 3);
  One(clause, "FIL07", 2, "tệp lời văn: \"/etc/passwd\"");
  fs::create_symlink("/etc/passwd", folder_.path() / "liên_kết.txt");
  One(clause, "FIL07", 2, "tệp lời văn: \"liên_kết.txt\"");
  folder_.Write("lời_văn.txt", "Thùc hiÖn nhi\xD6m v\xF4\n");
  const Told bytes = One(clause, "FIL04");
  EXPECT_EQ(std::tuple(bytes.file, bytes.line, bytes.column), std::tuple(std::string("lời_văn.txt"), 1, 14));
  folder_.Write("lời_văn.txt", std::string(5000, 'a'));
  const auto large = folder_.Check(folder_.Write("plan.ordo", Plan(clause)), 2, {"--max-bytes", "3000"});
  EXPECT_EQ(Codes(large), "FIL03");
  EXPECT_NE(large.at(0).help.find("--max-bytes"), std::string::npos);
  folder_.Write("lời_văn.txt", "");
  One(clause, "TYP21");
  // With a wider root the file may lie outside the folder of the plan.
  folder_.Write("a/plan.ordo", Plan(clause, "tệp lời văn: \"../chung/lời.txt\""));
  folder_.Write("chung/lời.txt", "Tổ chức thực hiện.\n");
  EXPECT_EQ(Codes(folder_.Check("a/plan.ordo", 2)), "FIL07");
  folder_.Check("a/plan.ordo", 0, {"--root", "."});
}

TEST_F(TextFileOfPlan, OfImportsReferencesAndTests) {
  folder_.Write("lời_văn.txt", kText);
  // Clauses of an imported file quote the plan's text file.
  folder_.Write("đoạn.ordo", "ordo 1 en\nclause a { at lines: \"6\" }\n");
  EXPECT_EQ(Only(folder_.Check(folder_.Write("plan.ordo", Plan("nhập \"đoạn.ordo\"\n")), 0), "TXT10").at(0).file, "lời_văn.txt");
  // That of a reference plan is read with it, relative to it.
  folder_.Write("trên/plan.ordo", Plan("đoạn a { ở dòng: \"1\" }\nnhiệm vụ t \"Rà soát hạ tầng\" { chủ trì: u }\n", "tệp lời văn: \"văn.txt\""));
  const std::string reference = "kế hoạch tham chiếu r \"Cấp trên\" { vai trò: cấp trên; tệp: \"trên/plan.ordo\" }\n";
  EXPECT_EQ(Codes(folder_.Check(folder_.Write("plan.ordo", Plan(reference)), 2)), "FIL13");
  folder_.Write("trên/văn.txt", "Lời văn\n");
  EXPECT_TRUE(Only(folder_.Check("plan.ordo", 1), "FIL13").empty()) << "ALN22: nothing answers";
  // A test has no text file.
  const Ran test = folder_.Run({"test", folder_.Write("test.ordo",
                                                        "ordo 1 vi\nkiểm thử OWN07 \"a\" {\n  kế hoạch k \"K\" { tệp lời văn: \"lời_văn.txt\" }\n  không báo OWN07\n}\n"), "--lang", "vi"});
  EXPECT_NE(test.status, 0);
  EXPECT_NE((test.out + test.err).find("không có tệp lời văn"), std::string::npos) << test.out << test.err;
}

TEST_F(TextFileOfPlan, BothSkinsAreOneText) {
  folder_.Write("lời_văn.txt", kText);
  folder_.Write("plan.ordo", Plan("đoạn a { ở dòng: \"6-7\" }\n"));
  const Ran english = folder_.Run({"fmt", "plan.ordo", "--skin", "en"});
  EXPECT_NE(english.out.find("text file: \"lời_văn.txt\""), std::string::npos) << english.out;
  EXPECT_NE(english.out.find("at lines: \"6-7\""), std::string::npos);
  folder_.Write("plan.en.ordo", english.out);
  EXPECT_EQ(Codes(folder_.Check("plan.en.ordo", 0)), Codes(folder_.Check("plan.ordo", 0)));
  EXPECT_EQ(folder_.Run({"fmt", "plan.en.ordo", "--skin", "vi"}).out, folder_.Run({"fmt", "plan.ordo"}).out);
}

TEST_F(TextFileOfPlan, LargeFilesTakeSeconds) {
  std::string text;
  size_t lines = 0;
  for (; text.size() < 5'000'000; ++lines)
    text += "- Các phòng, ban, đơn vị triển khai thực hiện kế hoạch theo chức năng, nhiệm vụ được giao của mình.\n";
  folder_.Write("lời_văn.txt", text);
  folder_.Write("plan.ordo", Plan("đoạn a { ở dòng: \"1-" + std::to_string(lines) + "\" }\n"));
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = folder_.Run({"check", "plan.ordo"});
  EXPECT_EQ(ran.status, 0) << ran.out.substr(0, 500);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << "one clause of 5 MB";
  std::string clauses;
  for (size_t i = 1; i <= lines; ++i) clauses += "đoạn d" + std::to_string(i) + " { ở dòng: \"" + std::to_string(i) + "\" }\n";
  folder_.Write("plan.ordo", Plan(clauses));
  const auto next = std::chrono::steady_clock::now();
  EXPECT_EQ(folder_.Run({"print", "plan.ordo", "--format", "md"}).status, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - next, std::chrono::seconds(20)) << "as many clauses as lines";
}

// The encodings that offices still have: refused with their name and the way to convert them, and told where a wrong conversion left them.
TEST_F(TextFileOfPlan, OldEncodings) {
  const auto told = [&](const std::string& name, const std::string& bytes, int status) {
    folder_.Write(name, bytes);
    return folder_.Check("plan.ordo", status);
  };
  const std::string clause = "đoạn a { ở dòng: \"1\" }\n";
  folder_.Write("plan.ordo", Plan(clause));
  const std::string tcvn = "Tæ ch\xF8" "c th\xF9" "c hi\xD6n nhi\xD6m v\xF4 n\xA8m 2026 tr\xAAn \xAE\xDE" "a b\xB5n ph\xAD\xEA" "ng\n";
  const std::string vni = "To\xE5 ch\xF6\xF9" "c th\xF6\xEF" "c hie\xE4n nhie\xE4m vu\xEF "
                          "na\xEAm 2026 tre\xE2n \xF1\xF2" "a ba\xF8n ph\xF6\xF4\xF8ng\n";
  const auto first = told("lời_văn.txt", tcvn.substr(4), 2);
  ASSERT_EQ(Codes(first), "FIL04");
  EXPECT_NE(first[0].message.find("TCVN3"), std::string::npos) << first[0].message;
  EXPECT_NE(first[0].help.find("iconv -f TCVN5712-1 -t UTF-8"), std::string::npos) << first[0].help;
  const auto second = told("lời_văn.txt", vni, 2);
  ASSERT_EQ(Codes(second), "FIL04");
  EXPECT_NE(second[0].message.find("VNI"), std::string::npos);
  EXPECT_NE(second[0].help.find("Unikey"), std::string::npos) << second[0].help;
  EXPECT_EQ(second[0].help.find("iconv -f"), std::string::npos) << "iconv does not know VNI";
  const auto word = told("lời_văn.txt", std::string("PK\x03\x04\x14\0\x06\0\xFF", 9), 2);
  EXPECT_NE(word.at(0).message.find("Word"), std::string::npos) << word.at(0).message;
  const auto utf16 = told("lời_văn.txt", std::string("\xFF\xFE" "T\0u\0", 6), 2);
  EXPECT_NE(utf16.at(0).help.find("iconv -f UTF-16LE"), std::string::npos) << utf16.at(0).help;
  // Valid UTF-8 that is no text: where it stands, in the text file, in the plan, and not beside it.
  const std::string misread = "Tổ chức thực hiện. Tæ chøc thùc hiÖn nhiÖm vô n¨m 2026 trªn ®Þa bµn ph\u00ADêng H¶i D\u00AD¬ng. Văn phòng theo dõi.";
  const auto third = Only(told("lời_văn.txt", "Dòng một.\n" + misread + "\n", 0), "FIL15");
  ASSERT_EQ(third.size(), 1u);
  EXPECT_EQ(std::tuple(third[0].file, third[0].line, third[0].column), std::tuple(std::string("lời_văn.txt"), 2, 20));
  EXPECT_EQ(third[0].severity, "warning");
  EXPECT_NE(third[0].message.find("TCVN3"), std::string::npos);
  folder_.Write("lời_văn.txt", kText);
  folder_.Write("plan.ordo", Plan(clause + "đoạn b \"Keá hoaïch thöïc hieän nhieäm vuï naêm 2026\"\n"));
  const auto fourth = Only(folder_.Check("plan.ordo", 0), "FIL15");
  ASSERT_EQ(fourth.size(), 1u);
  EXPECT_EQ(std::pair(fourth[0].line, fourth[0].file), std::pair(7, std::string("plan.ordo")));
  EXPECT_NE(fourth[0].message.find("VNI"), std::string::npos);
  // Tables go through another door.
  const Ran csv = folder_.Run({"import", folder_.Write("bang.csv",
                                                       "TT,Nhi\xD6m v\xF4,C\xACquan ch\xF1 tr\xD7\n1,Th\xF9"
                                                       "c hi\xD6n r\xB5 so\xB8t \xAE\xDE" "a b\xB5n,V\xA8n ph\xDFng\n"), "--lang", "en"});
  EXPECT_EQ(csv.status, 2);
  EXPECT_NE(csv.err.find("TCVN3"), std::string::npos) << csv.err;
  EXPECT_NE(csv.err.find("iconv -f TCVN5712-1"), std::string::npos) << csv.err;
  // A table typed in a font of TCVN3: no heading is known, and why is said.
  const Ran font = folder_.Run({"import", folder_.Write("font.csv",
                                                        "TT,NhiÖm vô,C¬ quan chñ tr×,Thêi h¹n\n1,Thùc hiÖn rµ so¸t ®Þa bµn,V¨n phßng,Quý I\n"), "--lang", "en"});
  EXPECT_EQ(font.status, 2);
  EXPECT_NE(font.err.find("reads like TCVN3 (ABC)"), std::string::npos) << font.err;
}

}  // namespace
}  // namespace ordo::testing
