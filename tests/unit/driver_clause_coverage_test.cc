// `ordo coverage`: the wording of a plan beside its declarations, both ways, with lines; what is missing on either side, and the share as a gate.
#include <chrono>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using Json = nlohmann::json;

const std::string kHead =
    "ordo 1 vi\n"
    "kế hoạch kh \"Chuyển đổi số\" { số: \"24/KH-UBND\"; cơ quan ban hành: u; ngày ban hành: 28/01/2026; giai đoạn: năm 2026; "
    "tệp lời văn: \"văn.txt\" }\n"
    "đơn vị u \"UBND phường\" { đứng đầu: \"Chủ tịch\" }\n"
    "đơn vị vp \"Văn phòng\" { trực thuộc: u }\n";   // what follows begins on line 5
const std::string kBody =
    "đoạn cc \"Căn cứ Luật Tổ chức chính quyền địa phương;\" { nội dung: căn cứ }\n"                 // 5
    "mục m \"MỤC ĐÍCH\" {\n"                                                                       // 6
    "  đoạn xd { ở dòng: \"3\" }\n"                                                               // 7
    "  đoạn tt { ở dòng: \"4-5\" }\n"                                                             // 8
    "  đoạn \"\"\"Phường có 12 tổ dân phố.\n"                                                        // 9
    "Văn phòng rà soát thủ tục.\"\"\"\n"                                                            // 10
    "  đoạn lời_dẫn \"Các nội dung cụ thể:\" { loại: không }\n"                                      // 11
    "  đoạn gt \"Địa bàn phường rộng 5 km².\"\n"                                                     // 12
    "}\n"
    "nhiệm vụ t1 \"Xây dựng nền tảng\" { chủ trì: vp; thực hiện: xd }\n"                             // 14
    "nhiệm vụ t2 \"Rà soát hạ tầng\" { chủ trì: vp; kết quả: g1 }\n"                                 // 15
    "chỉ tiêu g1 \"Tỷ lệ hồ sơ\" { đơn vị tính: %; đến hết 2026 đạt 80%; thực hiện: tt }\n"          // 16
    "chỉ tiêu g2 \"Tỷ lệ dân số\" { đơn vị tính: %; đến hết 2026 đạt 70% }\n"                        // 17
    "yêu cầu r \"rõ người\" { mỗi nhiệm vụ có: chủ trì; thực hiện: tt }\n";                          // 18
const std::string kText =
    "I. MỤC ĐÍCH\n\n"                                        // 1
    "- Các phòng, ban xây dựng nền tảng số.\n"               // 3
    "- Tổ chức tuyên truyền\ntrên hệ thống truyền thanh.\n"  // 4
    "\n"
    "Văn phòng theo dõi, báo cáo.\n"                          // 7
    "Cuối năm tổng kết.\n";                                   // 8

class Coverage : public ::testing::Test {
 protected:
  Coverage() {
    folder_.Write("plan.ordo", kHead + kBody);
    folder_.Write("văn.txt", kText);
  }
  Json Told(const std::string& plan = "plan.ordo", int status = 0, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"coverage", plan, "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = folder_.Run(arguments);
    EXPECT_EQ(ran.status, status) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }
  static std::string At(const Json& at) {
    return at["file"].get<std::string>() + ":" + std::to_string(at["line"].get<int>()) + "-" + std::to_string(at["end_line"].get<int>());
  }

  Folder folder_;
};

TEST_F(Coverage, BothWays) {
  const Json told = Told();
  ASSERT_TRUE(told.is_object());
  EXPECT_EQ(told["schema"], "ordo/coverage/1");
  EXPECT_EQ(told["clauses"]["could"], 4);
  EXPECT_EQ(told["clauses"]["backed"], 2);
  EXPECT_EQ(told["clauses"]["no_duty"], 2) << "the basis, and what is said to be none";
  EXPECT_EQ(told["clauses"]["share"], 0.5);
  // The sentence with a duty first, with its own line; then the clause that names none.
  ASSERT_EQ(told["unbacked"].size(), 2u) << told["unbacked"].dump(1);
  EXPECT_EQ(told["unbacked"][0]["text"], "Văn phòng rà soát thủ tục.");
  EXPECT_EQ(At(told["unbacked"][0]["at"]), "plan.ordo:10-10");
  EXPECT_EQ(told["unbacked"][0]["duty"], true);
  EXPECT_EQ(told["unbacked"][1]["clause"], "gt");
  EXPECT_EQ(told["unbacked"][1]["duty"], false);
  // The heading of the text is the title of a section; two lines are in no clause.
  ASSERT_EQ(told["unquoted"].size(), 1u) << told["unquoted"].dump(1);
  EXPECT_EQ(At(told["unquoted"][0]["at"]), "văn.txt:7-8");
  ASSERT_EQ(told["tasks_without_clause"].size(), 1u);
  EXPECT_EQ(told["tasks_without_clause"][0]["name"], "t2");
  ASSERT_EQ(told["targets_without_task"].size(), 1u);
  EXPECT_EQ(told["targets_without_task"][0]["name"], "g2");
  ASSERT_EQ(told["from_text"].size(), 6u);
  const auto find = [&](const char* list, const char* key, const char* name) {
    for (const Json& one : told[list]) {
      if (one[key] == name) return one;
    }
    return Json();
  };
  const Json tt = find("from_text", "clause", "tt");
  EXPECT_EQ(At(tt["at"]), "văn.txt:4-5");
  ASSERT_EQ(tt["declarations"].size(), 2u);
  EXPECT_EQ(tt["declarations"][0]["kind"], "target");
  EXPECT_EQ(At(tt["declarations"][0]["at"]), "plan.ordo:16-16");
  EXPECT_EQ(tt["declarations"][1]["kind"], "requirement");
  const Json t1 = find("from_declarations", "name", "t1");
  EXPECT_EQ(At(t1["at"]), "plan.ordo:14-14");
  EXPECT_EQ(At(t1["clauses"][0]["at"]), "văn.txt:3-3");
}

TEST_F(Coverage, GoesOnBelowATask) {
  folder_.Write("văn.txt", "- Xây dựng nền tảng số.\n");
  folder_.Write("plan.ordo", kHead + "đoạn a { ở dòng: \"1\" }\n"
                                     "nhiệm vụ t \"Lớn\" {\n  chủ trì: vp; thực hiện: a\n  nhiệm vụ con \"Nhỏ\" { chủ trì: vp }\n}\n"
                                     "chế độ báo cáo bc \"Báo cáo\" { bên báo cáo: vp; bên nhận: u; định kỳ: hằng quý; thực hiện: a }\n");
  const Json told = Told("plan.ordo", 0, {"--min", "100%"});
  EXPECT_TRUE(told["tasks_without_clause"].empty()) << "what stands above carries out the clause";
  EXPECT_EQ(told["from_text"][0]["declarations"].size(), 2u);
  EXPECT_EQ(told["clauses"]["share"], 1.0);
}

TEST_F(Coverage, AsTextInBothLanguages) {
  const Ran vi = folder_.Run({"coverage", "plan.ordo"});
  EXPECT_EQ(vi.status, 0) << vi.err;
  for (const char* words : {"Đối chiếu lời văn và khai báo: Chuyển đổi số", "50%",
                            "Câu nêu việc phải làm mà chưa có khai", "Văn phòng rà soát thủ tục.",
                            "Dòng của tệp lời văn chưa đoạn nào trích", "Nhiệm vụ không gắn với đoạn nào", "Chỉ tiêu không có nhiệm vụ",
                            "nhiệm vụ 1: Xây dựng nền tảng (plan.ordo:14)", "4–5", "(không phải nhiệm vụ)", "(chưa có khai báo)"}) {
    EXPECT_NE(vi.out.find(words), std::string::npos) << words << "\n" << vi.out;
  }
  EXPECT_LT(vi.out.find("Câu nêu việc"), vi.out.find("Đoạn khác chưa có"));
  const Ran en = folder_.Run({"coverage", "plan.ordo", "--lang", "en"});
  for (const char* words : {"Wording and declarations: Chuyển đổi số",
                            "Sentences with a duty that nothing", "Lines of the text file that no clause quotes",
                            "Tasks without a clause", "task 1: Xây dựng nền tảng (plan.ordo:14)"}) {
    EXPECT_NE(en.out.find(words), std::string::npos) << words << "\n" << en.out;
  }
  const Ran help = folder_.Run({"coverage", "--help"});
  EXPECT_NE(help.out.find("ordo coverage ke_hoach.ordo --min 80%"), std::string::npos);
}

TEST_F(Coverage, FormatsAndFiles) {
  for (const char* format : {"md", "csv", "html", "json", "docx", "xlsx"}) {
    const std::string file = std::string("out.") + format;
    EXPECT_EQ(folder_.Run({"coverage", "plan.ordo", "--format", format, "-o", file}).status, 0) << format;
    EXPECT_GT(fs::file_size(folder_.path() / file), 500u) << format;
  }
  EXPECT_NE(ReadBytes(folder_.path() / "out.md").find("| Dòng"), std::string::npos);
  EXPECT_NE(ReadBytes(folder_.path() / "out.html").find("Văn phòng rà soát thủ tục."), std::string::npos);
  EXPECT_NE(folder_.Run({"coverage", "plan.ordo", "--format", "svg"}).status, 0);
  EXPECT_EQ(folder_.Run({"coverage", "plan.ordo", "-o", "văn.txt"}).status, 3);
  EXPECT_EQ(ReadBytes(folder_.path() / "văn.txt"), kText);
}

TEST_F(Coverage, IsAGate) {
  EXPECT_EQ(folder_.Run({"coverage", "plan.ordo", "--min", "50%"}).status, 0);
  const Ran below = folder_.Run({"coverage", "plan.ordo", "--min", "50,1%"});
  EXPECT_EQ(below.status, 1);
  EXPECT_NE(below.err.find("50,1%"), std::string::npos) << below.err;
  EXPECT_NE(below.err.find("`thực hiện:`"), std::string::npos) << below.err;
  EXPECT_FALSE(below.out.empty()) << "what is missing is told all the same";
  EXPECT_EQ(folder_.Run({"coverage", "plan.ordo", "--min", "80"}).status, 1);
  for (const char* none : {"101%", "x", "-1", "80%%", "80.55%", "%"})
    EXPECT_EQ(folder_.Run({"coverage", "plan.ordo", "--min", none}).status, 3) << none;
  // A plan without clauses has nothing to be covered.
  folder_.Write("plan.ordo", kHead + "nhiệm vụ t \"Rà soát\" { chủ trì: vp }\n");
  EXPECT_TRUE(Told("plan.ordo", 0, {"--min", "80%"})["clauses"]["share"].is_null());
  folder_.Write("plan.ordo", kHead + "đoạn a { ở dòng: \"99\" }\n");
  const Ran broken = folder_.Run({"coverage", "plan.ordo"});
  EXPECT_EQ(broken.status, 2);
  EXPECT_NE(broken.err.find("TYP18"), std::string::npos);
  EXPECT_EQ(folder_.Run({"coverage", "không_có.ordo"}).status, 2);
}

TEST_F(Coverage, OfARealPlan) {
  folder_.Copy("examples");
  const Json told = Told("examples/hai_duong_2026/plan.ordo");
  EXPECT_GT(told["clauses"]["could"], 60);
  EXPECT_EQ(told["clauses"]["could"].get<size_t>() + told["clauses"]["no_duty"].get<size_t>(), told["from_text"].size());
  EXPECT_EQ(told["tasks_without_clause"].size() + 27, 37u) << "27 of the 37 rows carry out a clause";
  // Every row stands where it says: the file holds its words there.
  const std::string text = ReadBytes(folder_.path() / "examples/hai_duong_2026/plan.ordo");
  std::vector<std::string> lines{""};
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  size_t duties = 0;
  for (const Json& one : told["unbacked"]) {
    duties += one["duty"].get<bool>();
    const std::string words = one["text"];
    const std::string first = words.substr(0, words.find(' '));
    EXPECT_NE(lines[one["at"]["line"].get<size_t>()].find(first), std::string::npos) << words;
  }
  EXPECT_GT(duties, 60u);
}

TEST_F(Coverage, LargePlansTakeSeconds) {
  std::string text, clauses;
  size_t lines = 0;
  for (; text.size() < 5'000'000; ++lines) {
    text += "- Các phòng, ban, đơn vị triển khai thực hiện kế hoạch theo chức năng, nhiệm vụ. Văn phòng tổng hợp.\n";
    clauses += "đoạn d" + std::to_string(lines) + " { ở dòng: \"" + std::to_string(lines + 1) + "\" }\n";
  }
  folder_.Write("văn.txt", text);
  folder_.Write("plan.ordo", kHead + clauses);
  const auto timed = [&] {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(folder_.Run({"coverage", "plan.ordo", "-o", "out.txt"}).status, 0);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  EXPECT_LT(timed(), 30.0) << lines << " clauses, two sentences each";
  folder_.Write("plan.ordo", kHead + "đoạn a { ở dòng: \"1-" + std::to_string(lines) + "\" }\n");
  EXPECT_LT(timed(), 30.0) << "one clause of 5 MB";
  EXPECT_GT(fs::file_size(folder_.path() / "out.txt"), 5'000'000u) << "each sentence is told";
  folder_.Write("plan.ordo", kHead + "đoạn a \"\"\"" + text + "\"\"\"\n");
  EXPECT_LT(timed(), 30.0) << "and in the plan itself";
}

}  // namespace
}  // namespace ordo::testing
