// Nothing that a user can hand to the program makes it crash, hang or write half a file: each fault is told with its place and
// what to do, the exit status says that the input cannot be read, and what is sound beside it is still understood.
#include <sys/stat.h>
#include <unistd.h>

#include <initializer_list>
#include <random>
#include <set>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

const std::string kHead =
    "ordo 1 vi\n"
    "kế hoạch k \"Kế hoạch\" { cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }\n"
    "đơn vị u \"UBND phường\" { đứng đầu: \"Chủ tịch\" }\n";  // what follows begins on line 4

std::string Repeat(std::string_view piece, size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

class BadInput : public ::testing::Test {
 protected:
  // The finding of a code, its place and words that its sentence, its help or its other sides must hold.
  Told Expect(const std::vector<Told>& found, const std::string& code, int line, int column,
              std::initializer_list<const char*> words = {}) {
    const std::vector<Told> some = Only(found, code);
    EXPECT_EQ(some.size(), 1u) << code << " in: " << Codes(found);
    if (some.empty()) return {};
    const Told& told = some.front();
    EXPECT_EQ(told.severity, "error");
    EXPECT_EQ(std::pair(told.line, told.column), std::pair(line, column)) << code << ": " << told.message;
    EXPECT_FALSE(told.message.empty());
    const std::string all = told.message + "\n" + told.help + "\n" + told.related;
    for (const char* word : words) EXPECT_NE(all.find(word), std::string::npos) << code << ": «" << word << "» in: " << all;
    return told;
  }
  Told Broken(const std::string& text, const std::string& code, int line, int column,
              std::initializer_list<const char*> words = {}) {
    return Expect(folder_.Check(folder_.Write("plan.ordo", text), 2), code, line, column, words);
  }

  Folder folder_;
};

TEST_F(BadInput, TextThatIsNoText) {
  Broken("ordo 1 vi\n\xff\xfe", "FIL04", 2, 1, {"UTF-8", "11"});
  Broken(kHead + "nhiệm vụ t \"Vi\xe1\xbb\" { }\n", "FIL04", 4, 15, {"UTF-8"});
  Broken("", "FIL05", 1, 1, {"ordo 1 vi"});
  Broken(" \n\t\n \n", "FIL05", 1, 1, {"ordo 1 vi"});
  Broken("kế hoạch k \"K\" { }\n", "SYN01", 1, 1, {"ordo 1 vi"});
  Broken("ordo 9 vi\nkế hoạch k \"K\" { }\n", "SYN02", 1, 1, {"«9»", "ordo 1 vi"});
  std::mt19937 random(20260128);
  for (const size_t size : {1u, 2u, 10u, 1000u, 70000u, 3000000u}) {
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    for (const std::string& text : {bytes, "ordo 1 vi\n" + bytes, kHead + std::string(size, '\0')}) {
      const std::vector<Told> found = folder_.Check(folder_.Write("plan.ordo", text), 2);
      ASSERT_FALSE(found.empty()) << size;
      EXPECT_EQ(found[0].severity, "error");
      EXPECT_GE(found[0].line, 1);
    }
  }
}

TEST_F(BadInput, ByteOrderMarkAndLineEndsChangeNothing) {
  const std::string text =
      kHead + "nhiệm vụ t \"Rà soát\" {\n  chủ trì: lạ\n  thời hạn: 31/02/2026\n}\n" + "nhiệm vụ t \"Trùng\" { }\n";
  const auto places = [&](const std::string& bytes) {
    std::string out;
    for (const Told& told : folder_.Check(folder_.Write("plan.ordo", bytes), 2)) {
      out += told.code + " " + std::to_string(told.line) + ":" + std::to_string(told.column) + " " + told.message + told.related +
             "\n";
    }
    return out;
  };
  const std::string want = places(text);
  EXPECT_NE(want.find("NAM03 5:12"), std::string::npos) << want;
  EXPECT_NE(want.find("NAM01 8:10"), std::string::npos) << want;
  std::string windows, old;
  for (const char c : text) {
    windows += c == '\n' ? "\r\n" : std::string(1, c);
    old += c == '\n' ? '\r' : c;
  }
  EXPECT_EQ(places(windows), want);
  EXPECT_EQ(places(old), want);
  EXPECT_EQ(places("\xEF\xBB\xBF" + text), want);
}

TEST_F(BadInput, TooMuch) {
  const std::string sound = folder_.Write("sound.ordo", kHead);
  EXPECT_EQ(folder_.Check(sound, 0).size(), 0u);
  const std::vector<Told> large = folder_.Check(sound, 2, {"--max-bytes", "100"});
  EXPECT_EQ(Codes(large), "FIL03");
  EXPECT_EQ(large.at(0).file, sound);
  EXPECT_NE(large.at(0).message.find("100"), std::string::npos);
  // The limit holds for imports and standard input as well.
  folder_.Write("large.ordo", "ordo 1 vi\n" + Repeat("// dài\n", 100));
  Expect(folder_.Check(folder_.Write("plan.ordo", kHead + "nhập \"large.ordo\"\n"), 2, {"--max-bytes", "300"}), "FIL03", 4, 6,
         {"300"});
  EXPECT_EQ(folder_.Run({"check", "-", "--max-bytes", "100"}, kHead).status, 2);
  EXPECT_EQ(folder_.Run({"check", "-"}, kHead).status, 0);

  std::string deep = kHead;
  for (int i = 0; i < 10000; ++i) deep += "mục m" + std::to_string(i) + " \"x\" {\n";
  Broken(deep + Repeat("}\n", 10000), "FIL09", 204, 14, {"200"});
  EXPECT_EQ(folder_.Check(folder_.Write("plan.ordo", deep), 2).at(0).code, "SYN08")
      << "nothing closed: each block is told, up to a limit";
  Broken(kHead + "quy tắc A01 \"x\" {\n  với mỗi nhiệm vụ t\n  trong đó " + Repeat("(", 50000) + "1 = 1" + Repeat(")", 50000) +
             "\n  vị trí: t\n  vi: \"x\"\n}\n",
         "FIL09", 6, 212, {"200"});
  // Chains of operators are walked by recursion: too long ones are refused, wherever they stand.
  const auto rule = [&](const std::string& condition) {
    return kHead + "quy tắc A01 \"x\" {\n  mức độ: lỗi\n  với mỗi nhiệm vụ t\n  trong đó " + condition +
           "\n  vị trí: t\n  vi: \"x\"\n}\n";
  };
  for (const std::string& condition :
       {Repeat("không phải ", 50000) + "(1 = 1)", Repeat("1 = 1 và ", 50000) + "1 = 1", Repeat("1 = 1 hoặc ", 50000) + "1 = 1",
        Repeat("1 + ", 50000) + "1 > 1", Repeat("2 * ", 50000) + "1 > 1", "t" + Repeat(".cấp trên", 50000) + " đã nêu"}) {
    Broken(rule(condition), "RUL18", 7, 12, {"1000"});
  }
  EXPECT_EQ(folder_.Run({"check", folder_.Write("long.ordo", rule(Repeat("1 = 1 và ", 240) + "1 = 1"))}).status, 0)
      << "long, and readable by the program";
  EXPECT_EQ(folder_
                .Run({"check", folder_.Write("plan.ordo", kHead + "nhiệm vụ t \"T\" { hoàn thành khi: " +
                                                              Repeat("không phải ", 50000) + "1 = 1 }\n")})
                .status,
            2);
}

TEST_F(BadInput, FiveMegabytesOnOneLine) {
  // Sound, with one fault a word, and with as many fields as fit.
  EXPECT_EQ(
      folder_.Run({"check", folder_.Write("a.ordo", kHead + "nhiệm vụ t \"" + Repeat("việc ", 700000) + "\" { chủ trì: u }\n")})
          .status,
      1);
  for (const std::string& line :
       {Repeat("ux, ", 1300000) + "u", Repeat("u; ghi chú: \"a\"; ghi chú: ", 140000), Repeat("} ", 2500000)}) {
    const Ran ran = folder_.Run({"check", folder_.Write("b.ordo", kHead + "nhiệm vụ t \"T\" { chủ trì: " + line + " }\n")});
    EXPECT_EQ(ran.status, 2) << line.substr(0, 40);
    EXPECT_LT(ran.out.size(), 1u << 20) << "findings of one file are capped, lines are cut";
    EXPECT_NE(ran.out.find("b.ordo:4:"), std::string::npos);
  }
}

TEST_F(BadInput, Imports) {
  folder_.Write("outside.ordo", "ordo 1 vi\nđơn vị z \"Z\" { }\n");
  const auto expect = [&](const std::string& path, const std::string& code, std::initializer_list<const char*> words) {
    folder_.Write("in/plan.ordo", kHead + "nhập \"" + path + "\"\n");
    const Told told = Expect(folder_.Check("in/plan.ordo", 2), code, 4, 6, words);
    EXPECT_EQ(told.file, "in/plan.ordo") << path;
  };
  expect("nope.ordo", "FIL06", {"«nope.ordo»"});
  expect("", "FIL06", {"«»"});
  expect("stdlib:profiles/nope", "FIL06", {"stdlib:profiles/nope"});
  expect("../outside.ordo", "FIL07", {"«../outside.ordo»", "--root"});
  expect("sub/../../outside.ordo", "FIL07", {"--root"});
  expect((folder_.path() / "outside.ordo").string(), "FIL07", {"outside.ordo"});
  expect("/etc/passwd", "FIL07", {"/etc/passwd"});
  fs::create_symlink("../outside.ordo", folder_.path() / "in/link.ordo");
  expect("link.ordo", "FIL07", {"link.ordo"});
  fs::create_symlink("..", folder_.path() / "in/up");
  expect("up/outside.ordo", "FIL07", {"up/outside.ordo"});
  fs::create_symlink("loop.ordo", folder_.path() / "in/loop.ordo");
  expect("loop.ordo", "FIL06", {"loop.ordo"});
  fs::create_directories(folder_.path() / "in/folder.ordo");
  expect("folder.ordo", "FIL06", {"folder.ordo"});
  ASSERT_EQ(mkfifo((folder_.path() / "in/pipe.ordo").c_str(), 0600), 0);
  expect("pipe.ordo", "FIL06", {"pipe.ordo"});  // never waited for
  // The same file from a tree that may hold it.
  EXPECT_EQ(folder_.Run({"check", folder_.Write("in/plan.ordo", kHead + "nhập \"../outside.ordo\"\n"), "--root", "."}).status, 0);
}

TEST_F(BadInput, ARingOfImportsIsToldAsARing) {
  folder_.Write("a.ordo", kHead + "nhập \"sub/b.ordo\"\n");
  folder_.Write("sub/b.ordo", "ordo 1 vi\nnhập \"c.ordo\"\n");
  folder_.Write("sub/c.ordo", "ordo 1 vi\n\nnhập \"../a.ordo\"\n");
  const Told ring = Expect(folder_.Check("a.ordo", 2), "FIL08", 3, 6, {"a.ordo → sub/b.ordo → sub/c.ordo → a.ordo"});
  EXPECT_EQ(ring.file, "sub/c.ordo");
  Broken(kHead + "nhập \"plan.ordo\"\n", "FIL08", 4, 6, {"plan.ordo → plan.ordo"});
  // A register that two files import is read once, and is no ring.
  folder_.Write("d.ordo", "ordo 1 vi\nđơn vị d \"D\" { }\n");
  folder_.Write("e.ordo", "ordo 1 vi\nnhập \"d.ordo\"\n");
  EXPECT_EQ(folder_.Check(folder_.Write("plan.ordo", kHead + "nhập \"e.ordo\"\nnhập \"d.ordo\"\nnhập \"./d.ordo\"\n"), 0).size(),
            0u);
}

TEST_F(BadInput, Names) {
  Broken(kHead + "nhóm u \"Khác\" { thành viên: mở }\n", "NAM01", 4, 6, {"«u»", "plan.ordo:3:1"});
  folder_.Write("other.ordo", "ordo 1 en\nunit u \"Other\" { }\n");
  const Told twice =
      Expect(folder_.Check(folder_.Write("plan.ordo", kHead + "nhập \"other.ordo\"\n"), 2), "NAM01", 2, 6, {"plan.ordo:3:1"});
  EXPECT_EQ(twice.file, "other.ordo");
  Broken(kHead + "đơn vị có \"Khác\" { }\n", "NAM02", 4, 8, {"«có»"});
  Broken(kHead + "đơn vị to \"Khác\" { }\n", "NAM02", 4, 8, {"«to»"});  // a word of the other skin
  // Letters and marks apart or together are one name.
  const std::string apart = "pho\u0300ng_\u0061\u0302\u0301", together = "phòng_ấ";
  ASSERT_NE(apart, together);
  const std::string plan = kHead + "đơn vị " + together + " \"Phòng\" { }\nnhiệm vụ t \"T\" { chủ trì: " + apart + " }\n";
  const std::vector<Told> found = folder_.Check(folder_.Write("plan.ordo", plan), 1);
  EXPECT_TRUE(Only(found, "NAM03").empty()) << Codes(found);
  EXPECT_TRUE(Only(found, "OWN01").empty()) << Codes(found);
  Broken(kHead + "đơn vị " + together + " \"A\" { }\nđơn vị " + apart + " \"B\" { }\n", "NAM01", 5, 8, {"plan.ordo:4:1"});
}

TEST_F(BadInput, FieldsAndValues) {
  const auto task = [](const std::string& fields) {
    return kHead + "đơn vị vhxh \"Phòng Văn hóa\" { }\nnhiệm vụ t \"T\" {\n  " + fields + "\n}\n";
  };
  Broken(task("chủ chì: u"), "NAM04", 6, 3, {"«chủ chì»", "«chủ trì:»"});
  Broken(task("chủ trì: vhxx"), "NAM03", 6, 12, {"«vhxx»", "«vhxh»", "plan.ordo:4:1"});
  Broken(task("chủ trì: u\n  chủ trì: vhxh"), "NAM05", 7, 3, {"«chủ trì»", "plan.ordo:6:"});
  Broken(task("đơn vị: u"), "NAM08", 6, 3, {"đơn vị tính:", "chủ trì:"});
  Broken(task("kinh phí: 0.7"), "TYP05", 6, 13, {"«0.7»", "0,7"});
  Broken(task("chủ trì:"), "SYN07", 6, 3);
  Broken(task("thời hạn: vhxh"), "TYP02", 6, 13, {"«vhxh»", "thời gian"});
  Broken(task("thời hạn: 27-02-2026"), "TIM01", 6, 13, {"27-02-2026"});
  Broken(task("thời hạn: quý V/2026"), "TIM01", 6, 13, {"quý V/2026"});
  Broken(task("chủ trì: \"Phòng Văn hoá - Xã hội\""), "TYP10", 6, 12, {"Phòng Văn hoá - Xã hội"});
  Broken(task("chủ trì: u.phó"), "TYP09", 6, 14, {"«phó»", "plan.ordo:3:1"});
  Broken(kHead + "mục m \"M\" { thời hạn: 2026 }\n", "NAM04", 4, 13, {"thời hạn"});
  Broken(kHead + "đơn vị v \"V\" { nhiệm vụ t \"T\" { } }\n", "NAM07", 4, 16, {"nhiệm vụ", "đơn vị"});
  Broken("ordo 1 vi\nđơn vị v \"V\" { }\n", "NAM09", 1, 1, {"kế hoạch"});
}

TEST_F(BadInput, AnImpossibleDateIsAFinding) {
  const std::string plan = folder_.Write(
      "plan.ordo", kHead + "nhiệm vụ t \"T\" { thời hạn: 31/02/2026 }\nnhiệm vụ s \"S\" { thời hạn: tháng 13/2026 }\n");
  const std::vector<Told> found = Only(folder_.Check(plan, 1), "SCH27");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(std::pair(found[0].line, found[0].column), std::pair(4, 28));
  EXPECT_NE(found[0].message.find("31/02/2026"), std::string::npos);
  EXPECT_EQ(found[1].line, 5);
}

TEST_F(BadInput, TwentyBrokenFieldsAreTwentyFindings) {
  const char* broken[] = {"chủ chì: u",
                          "chủ trì: lạ",
                          "phối hợp: uu",
                          "thời hạn: sớm",
                          "kết quả: u",
                          "kinh phí: 0.7",
                          "theo dõi: \"Ai\"",
                          "giám sát: t1",
                          "đơn vị: u",
                          "trình: u.nhà",
                          "ghi chú: u",
                          "sau: chưa_có",
                          "thực hiện: không_đoạn",
                          "phê duyệt: 12",
                          "số: 5 u",
                          "mã: 5",
                          "tham mưu: u u",
                          "thẩm định:",
                          "báo lên: từng",
                          "lãnh đạo phụ trách: nq57"};
  std::string text = kHead;
  for (size_t i = 0; i < 20; ++i) text += "nhiệm vụ t" + std::to_string(i) + " \"Việc\" {\n  " + broken[i] + "\n}\n";
  // What is sound stands last and is still resolved: the duplicate is known, the right name is not called unknown.
  text +=
      "đơn vị sau_cùng \"Phòng cuối\" { trực thuộc: u }\nnhiệm vụ t99 \"Việc\" { chủ trì: sau_cùng }\nđơn vị sau_cùng \"Trùng\" "
      "{ }\n";
  const std::vector<Told> found = folder_.Check(folder_.Write("plan.ordo", text), 2);
  std::multiset<int> lines;
  for (const Told& told : found) lines.insert(told.line);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(lines.count(5 + 3 * i), 1u) << broken[i] << "\n" << Codes(found);
  EXPECT_EQ(found.size(), 21u) << Codes(found);
  EXPECT_EQ(found.back().code, "NAM01");
  EXPECT_EQ(found.back().line, 66);
}

TEST_F(BadInput, AWordingOfTwoUnitsIsNotGuessed) {
  Broken(kHead +
             "đơn vị a \"Văn phòng\" { }\nđơn vị b \"Phòng B\" { cách ghi khác: \"văn phòng\" }\nnhiệm vụ t \"T\" { chủ trì: "
             "\"Văn phòng\" }\n",
         "TYP13", 6, 27, {"«Văn phòng»", "plan.ordo:4:1", "plan.ordo:5:1"});
}

TEST_F(BadInput, EveryCommandRefusesABrokenPlanAndWritesNothing) {
  const std::string plans[] = {folder_.Write("1.ordo", ""),
                               folder_.Write("2.ordo", "ordo 1 vi\n\xff"),
                               folder_.Write("3.ordo", kHead + "nhiệm vụ t \"T\" {\n"),
                               folder_.Write("4.ordo", kHead + "nhiệm vụ t \"T { }\n"),
                               "nowhere.ordo",
                               "folder"};
  fs::create_directories(folder_.path() / "folder");
  const std::vector<std::string> before = folder_.Files();
  for (const std::string& plan : plans) {
    for (std::vector<std::string> command : {std::vector<std::string>{"build", plan, "-o", "out"},
                                             {"table", plan, "x"},
                                             {"matrix", plan},
                                             {"why", plan, "OWN01"},
                                             {"fmt", plan},
                                             {"fmt", "-w", plan},
                                             {"dump", plan, "--stage", "ir"},
                                             {"dump", plan, "--stage", "facts"},
                                             {"dump", plan},
                                             {"test", plan}}) {
      if (plan == "3.ordo" && command[0] == "test") continue;
      const Ran ran = folder_.Run(command);
      EXPECT_EQ(ran.status, 2) << command[0] << " " << plan << "\n" << ran.out << ran.err;
      EXPECT_EQ(ran.out, "") << command[0] << " " << plan;
      EXPECT_NE(ran.err, "") << command[0] << " " << plan;
    }
  }
  EXPECT_EQ(folder_.Files(), before);
  EXPECT_EQ(folder_.Run({"check", "folder"}).status, 2) << "a folder without a plan";
}

TEST_F(BadInput, AFileThatCannotBeReadOrNeverEnds) {
  EXPECT_EQ(Codes(folder_.Check("/proc/self/mem", 2)), "FIL01");  // opens, and every read fails
  EXPECT_EQ(Codes(folder_.Check("/dev/zero", 2)), "FIL03");
  EXPECT_EQ(Codes(folder_.Check("/dev/null", 2)), "FIL05");
  const std::string plan = folder_.Write("plan.ordo", kHead);
  fs::permissions(folder_.path() / plan, fs::perms::none);
  // Where the tests run as a user who may read everything, the two devices above have to do.
  if (access((folder_.path() / plan).c_str(), R_OK) != 0) EXPECT_EQ(Codes(folder_.Check(plan, 2)), "FIL01");
}

TEST_F(BadInput, BuildLeavesNothingHalfDone) {
  const std::string plan = folder_.Write(
      "plan.ordo", kHead + "nhiệm vụ t \"T\" { chủ trì: u }\nphụ lục p \"P\" { dòng: nhiệm vụ; cột: số \"TT\", tên \"Việc\" }\n");
  EXPECT_EQ(folder_.Run({"build", plan, "-o", "plan.ordo/out"}).status, 3) << "a file is no folder";
  EXPECT_EQ(folder_.Files(), std::vector<std::string>{"plan.ordo"});
  if (fs::exists("/proc")) {
    const Ran ran = folder_.Run({"build", plan, "-o", "/proc/out"});
    EXPECT_EQ(ran.status, 3);
    EXPECT_NE(ran.err.find("/proc/out"), std::string::npos) << ran.err;
  }
  // A folder stands where the second file should go: told, and no part of it is left.
  fs::create_directories(folder_.path() / "out/p.xlsx/x");
  const Ran ran = folder_.Run({"build", plan, "-o", "out", "--format", "csv,xlsx"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.err.find("p.xlsx"), std::string::npos) << ran.err;
  for (const std::string& file : folder_.Files()) EXPECT_EQ(file.find(".part"), std::string::npos) << file;
  EXPECT_EQ(folder_.Run({"build", plan, "-o", "out2", "--format", "csv,docx2"}).status, 3);
  EXPECT_FALSE(fs::exists(folder_.path() / "out2"));
  // Sound: the files named on standard output are the files that are there.
  const Ran built = folder_.Run({"build", plan, "-o", "out3"});
  EXPECT_EQ(built.status, 0) << built.err;
  std::string listed;
  for (const std::string& file : folder_.Files()) {
    if (file.starts_with("out3/")) EXPECT_NE(built.out.find(file + "\n"), std::string::npos) << file;
    if (file.starts_with("out3/")) EXPECT_GT(fs::file_size(folder_.path() / file), 0u);
  }
  EXPECT_TRUE(fs::exists(folder_.path() / "out3/p.csv"));
}

TEST_F(BadInput, AnUnknownTableListsTheNames) {
  const std::string plan = folder_.Write(
      "plan.ordo",
      kHead + "phụ lục p1 \"P\" { dòng: nhiệm vụ; cột: số \"TT\" }\nbảng b2 \"B\" { dòng: nhiệm vụ; cột: tên \"Việc\" }\n");
  const Ran ran = folder_.Run({"table", plan, "p3"});
  EXPECT_EQ(ran.status, 2);
  for (const char* word : {"«p3»", "p1", "b2"}) EXPECT_NE(ran.err.find(word), std::string::npos) << ran.err;
  const Ran none = folder_.Run({"table", folder_.Write("bare.ordo", kHead), "p3"});
  EXPECT_EQ(none.status, 2);
  EXPECT_EQ(none.err.find(": \n"), std::string::npos) << none.err;
  // A misspelt name never quietly builds less.
  const Ran build = folder_.Run({"build", plan, "-o", "out", "--only", "p1,p3"});
  EXPECT_EQ(build.status, 2);
  for (const char* word : {"«p3»", "p1", "b2"}) EXPECT_NE(build.err.find(word), std::string::npos) << build.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "out"));
  EXPECT_EQ(folder_.Run({"table", plan, "nowhere:u"}).status, 2) << "no sheets of that name";
  EXPECT_EQ(folder_.Run({"table", plan, "u"}).status, 0) << "the sheet of a unit needs no declaration";
}

TEST_F(BadInput, OutputThatCannotBeWrittenIsAFailure) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no device that is always full";
  const std::string plan = folder_.Write("plan.ordo", kHead + "nhiệm vụ t \"T\" { }\n");
  for (const std::string command :
       {"check plan.ordo", "matrix plan.ordo", "dump plan.ordo", "fmt plan.ordo", "explain OWN01", "test"}) {
    const std::string line = "cd " + folder_.path().string() + " && " ORDO_BINARY " " + command + " > /dev/full 2> err";
    const int status = std::system(line.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 3) << command;
    EXPECT_NE(ReadBytes(folder_.path() / "err"), "") << command;
  }
}

}  // namespace
}  // namespace ordo::testing
