// `ordo query`: what expressions and lines are answered with, as text and as JSON, in both skins; faults point into the question; the
// limits of the engine hold; the plan's own relations can be asked.
#include <random>

#include "compiler/driver/ask.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

// Unit b leads nothing; task z has neither a lead nor a due.
constexpr const char* kPlan = R"(ordo 1 vi
kế hoạch k "Kế hoạch" { số: "1/KH-UBND"; cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }
đơn vị u "UBND phường" { cấp: xã; đứng đầu: "Chủ tịch" }
đơn vị a "Phòng A" { trực thuộc: u; đứng đầu: "Trưởng phòng A" }
đơn vị b """Phòng "B".""" { trực thuộc: u }
nhiệm vụ x "Việc X" { chủ trì: a; thời hạn: 31/03/2026; kinh phí: 1,5 triệu đồng }
nhiệm vụ y "Việc Y" { chủ trì: a, u; phối hợp: b; thời hạn: quý II/2026; sau: x }
nhiệm vụ z "Việc Z" { sau: y }
quan hệ chờ_đợi(nhiệm vụ p, nhiệm vụ q) {
  đúng khi q thuộc p.sau
  đúng khi có(nhiệm vụ m mà chờ_đợi(p, m) và q thuộc m.sau)
}
quan hệ liên_quan(bên p, nhiệm vụ t) { đúng khi p thuộc t.chủ trì }
)";

class Query : public ::testing::Test {
 protected:
  Query() { folder_.Write("plan.ordo", kPlan); }
  Ran Ask(const std::string& text, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"query", "plan.ordo", text};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return folder_.Run(arguments);
  }
  nlohmann::json Json(const std::string& text, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    const Ran ran = Ask(text, more);
    EXPECT_EQ(ran.status, 0) << text << "\n" << ran.err;
    auto json = nlohmann::json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << ran.out;
    EXPECT_EQ(json["schema"], "ordo/query/1");
    EXPECT_EQ(json["query"], text);
    return json;
  }
  // Names of objects, other cells as they are.
  std::string Rows(const std::string& text) const {
    std::string out;
    const nlohmann::json json = Json(text);
    for (const auto& row : json["rows"]) {
      std::string line;
      const auto cell = [](const nlohmann::json& value) { return value.is_object() ? value["name"].get<std::string>() : value.dump(); };
      for (const auto& value : row) {
        std::string shown = cell(value);
        if (value.is_array()) {
          shown = "[";
          for (const auto& one : value) shown += (shown.size() > 1 ? " " : "") + cell(one);
          shown += "]";
        }
        line += (line.empty() ? "" : " ") + shown;
      }
      out += (out.empty() ? "" : ", ") + line;
    }
    return out;
  }
  nlohmann::json Value(const std::string& text) const { return Json(text)["value"]; }
  // "code line:column" of what is wrong.
  std::string Fault(const std::string& text) const {
    const Ran ran = Ask(text, {"--lang", "en"});
    EXPECT_EQ(ran.status, 2) << text << "\n" << ran.out;
    EXPECT_EQ(ran.out, "") << text;
    const size_t code = ran.err.find(' ') + 1, place = ran.err.find("query:");
    if (place == std::string::npos) return ran.err;
    return ran.err.substr(code, ran.err.find(' ', code) - code) + " " + ran.err.substr(place + 6, ran.err.find(' ', place) - place - 6);
  }
  Folder folder_;
};

TEST_F(Query, AnExpressionIsAValue) {
  EXPECT_EQ(Value("đếm(nhiệm vụ t mà t.là dòng cuối)"), 3);
  EXPECT_EQ(Value("count(task t with t.is leaf)"), 3) << "in the words of the other skin";
  EXPECT_EQ(Value("có(nhiệm vụ t mà t.chủ trì chưa nêu)"), true);
  EXPECT_EQ(Value("x.thời hạn.ngày cuối"), "2026-03-31");
  EXPECT_EQ(Value("z.thời hạn.ngày cuối"), nullptr) << "absent, and no guard is asked for";
  EXPECT_EQ(Value("x.tên"), "Việc X");
  EXPECT_EQ(Value("u.cấp"), "commune") << "a word by its id";
  EXPECT_EQ(Value("x.kinh phí"), 1500000);
  EXPECT_EQ(Value("50% * 0,25"), 0.125);
  EXPECT_EQ(Value("0,1 + 0,2"), 0.3) << "exact";
  EXPECT_EQ(Value("1 - 3"), -2);
  EXPECT_EQ(Value("31/03/2026 + 1 ngày"), "2026-04-01");
  EXPECT_EQ(Value("kế hoạch.ngày ban hành"), "2026-01-05");
  EXPECT_EQ(Value("lớn nhất(t.thời hạn.ngày cuối với mỗi nhiệm vụ t mà t.thời hạn.ngày cuối đã nêu)"), "2026-06-30");
  EXPECT_EQ(Value("lớn nhất(t.thời hạn.ngày cuối với mỗi nhiệm vụ t mà t.thời hạn.ngày cuối đã nêu và t = z)"), nullptr);
  const auto unit = Value("a");
  EXPECT_EQ(unit["kind"], "unit");
  EXPECT_EQ(unit["text"], "Phòng A");
  EXPECT_EQ(unit["at"]["line"], 4);
  EXPECT_EQ(Value("b")["text"], "Phòng \"B\".");
  const auto leads = Value("y.chủ trì");
  ASSERT_TRUE(leads.is_array());
  EXPECT_EQ(leads.size(), 2u);
  EXPECT_EQ(Value("z.chủ trì"), nlohmann::json::array());
}

TEST_F(Query, LinesGiveRows) {
  EXPECT_EQ(Rows("với mỗi đơn vị u1; gọi n = đếm(nhiệm vụ t mà u1 thuộc t.chủ trì); trong đó n > 0; cho biết: u1, n"), "u 1, a 2");
  EXPECT_EQ(Rows("for each unit u1\nlet n = count(task t with u1 among t.lead)\nwhere n > 0\nshow: n, u1"), "1 u, 2 a") << "by the first column";
  EXPECT_EQ(Rows("với mỗi nhiệm vụ t; với mỗi p thuộc t.chủ trì"), "x a, y u, y a") << "without `show:` every name";
  EXPECT_EQ(Rows("với mỗi nhiệm vụ t; cho biết: t, t.chủ trì, t.thời hạn.ngày cuối"), "x [a] \"2026-03-31\", y [u a] \"2026-06-30\", z [] null");
  EXPECT_EQ(Rows("với mỗi nhiệm vụ t; cho biết: t.thời hạn.ngày cuối đã nêu"), "false, true") << "each row once";
  EXPECT_EQ(Rows("với mỗi nhiệm vụ t, nhiệm vụ s; trong đó t = s; cho biết: t"), "x, y, z");
  EXPECT_EQ(Rows("với mỗi nhiệm vụ t; trong đó t = x và t = y"), "");
  EXPECT_EQ(Rows("trong đó 1 > 2; cho biết: 1, 2"), "");
  EXPECT_EQ(Rows("cho biết: 1, \"chữ\""), "1 \"chữ\"");
  const auto json = Json("for each task t; show: t, t.lead, t.due.last day, t.cost");
  EXPECT_EQ(json["columns"][0]["type"], "object");
  EXPECT_EQ(json["columns"][1]["title"], "t.lead");
  EXPECT_EQ(json["columns"][1]["list"], true);
  EXPECT_EQ(json["columns"][2]["type"], "date");
  EXPECT_EQ(json["columns"][3]["type"], "money");
}

TEST_F(Query, RelationsAreAskedWithVariables) {
  EXPECT_EQ(Rows("chờ_đợi(p, q)"), "y x, z x, z y");
  EXPECT_EQ(Rows("chờ_đợi(p, x)"), "y, z") << "x is declared";
  EXPECT_EQ(Rows("chờ_đợi(p, p)"), "");
  EXPECT_EQ(Value("chờ_đợi(z, x)"), true);
  EXPECT_EQ(Value("chờ_đợi(x, z)"), false);
  EXPECT_EQ(Rows("liên_quan(p, t)"), "u y, a x, a y") << "a party is of several kinds";
  EXPECT_EQ(Rows("waits_on(p, q)"), "y x, z x, z y") << "of the library";
  EXPECT_EQ(Fault("chờ_đợi(p)"), "RUL05 1:1") << "what a nobody waits for";
  EXPECT_EQ(Fault("chờ_đợi(p, a)"), "RUL04 1:12");
  EXPECT_EQ(Fault("không_có(p, q)"), "RUL01 1:1");
}

TEST_F(Query, TextAndTables) {
  EXPECT_EQ(Ask("đếm(nhiệm vụ t)").out, "3\n");
  EXPECT_EQ(Ask("x.thời hạn.ngày cuối").out, "31/03/2026\n");
  EXPECT_EQ(Ask("z.thời hạn.ngày cuối").out, "chưa nêu\n");
  EXPECT_EQ(Ask("z.thời hạn.ngày cuối", {"--lang", "en"}).out, "absent\n");
  EXPECT_EQ(Ask("y.chủ trì").out, "UBND phường\nPhòng A\n");
  EXPECT_EQ(Ask("z.chủ trì").out, "không có gì\n");
  EXPECT_EQ(Ask("chờ_đợi(p, p)").out, "không có gì\n");
  EXPECT_EQ(Ask("có(nhiệm vụ t)").out, "có\n");
  const std::string text = Ask("với mỗi nhiệm vụ t; cho biết: t.tên, t.chủ trì").out;
  EXPECT_NE(text.find("t.tên"), std::string::npos) << text;
  EXPECT_NE(text.find("UBND phường; Phòng A"), std::string::npos) << text;
  EXPECT_NE(Ask("với mỗi nhiệm vụ t", {"--format", "csv"}).out.find("t\r\n1\r\n"), std::string::npos);
  EXPECT_NE(Ask("với mỗi nhiệm vụ t", {"--format", "md"}).out.find("| t |"), std::string::npos);
  EXPECT_NE(Ask("với mỗi nhiệm vụ t", {"--format", "html"}).out.find("<table"), std::string::npos);
}

TEST_F(Query, FaultsPointIntoTheQuestion) {
  EXPECT_EQ(Fault("đếm(nhiệm vụ t mà t.chủ trì = a)"), "RUL05 1:19");
  EXPECT_EQ(Fault("với mỗi nhiệm vụ t\ntrong đó t.thời hạn.ngày cuối < 01/03/2026"), "RUL03 2:10");
  EXPECT_EQ(Fault("với mỗi nhiệm vụ t; cho biết: t, q"), "RUL01 1:34");
  EXPECT_EQ(Fault("khong_co"), "RUL01 1:1");
  EXPECT_EQ(Fault("1 + \"chữ\""), "RUL04 1:1");
  EXPECT_EQ(Fault("1 +"), "SYN07 1:3");
  EXPECT_EQ(Fault("đếm(nhiệm vụ t"), "SYN07 1:14");
  EXPECT_EQ(Fault("x }"), "RUL50 1:3");
  EXPECT_EQ(Fault("1 } đơn vị q \"Q\" { "), "RUL50 1:3") << "nothing is declared by a question";
  EXPECT_EQ(Fault("trong đó 1 = 1; ghi chú: \"x\"; cho biết: 1"), "RUL50 1:17");
  EXPECT_EQ(Fault("trong đó 1 = 1"), "RUL50 1:1") << "nothing to show";
  EXPECT_EQ(Fault("đúng khi 1 = 1"), "RUL50 1:1");
  EXPECT_EQ(Fault("\"chưa đóng").substr(0, 3), "SYN");
  EXPECT_FALSE(Fault("").empty());
  EXPECT_EQ(Fault("trong đó q = 1; trong đó r = 2; cho biết: 1"), "RUL01 1:10") << "the first of each line is told";
  EXPECT_EQ(Fault("for each task t; where t.due.last day < 2026-03-01"), "RUL03 1:24") << "in the words of the question, not of the plan";
  EXPECT_EQ(Fault("count(task t with t.lead = a)"), "RUL05 1:19");
  const Ran ran = Ask("với mỗi nhiệm vụ t; trong đó t.thời hạn.ngày cuối < 01/03/2026", {"--lang", "en"});
  EXPECT_NE(ran.err.find("\n      |                              ^^^^^^^^^^^^^^^^^^^^\n"), std::string::npos) << ran.err;
  std::string deep = "1";
  for (int i = 0; i < 3000; ++i) deep += " + 1";
  EXPECT_EQ(Fault(deep), "RUL18 1:1");
  EXPECT_EQ(Fault(std::string(3000, '(') + "1").substr(0, 5), "FIL09");
  EXPECT_EQ(Fault("\xff"), "FIL04 1:1");
}

TEST_F(Query, WhatIsTooMuchIsRefused) {
  std::string plan = kPlan;
  for (int i = 0; i < 300; ++i) plan += "nhiệm vụ n" + std::to_string(i) + " \"Việc\" { chủ trì: a }\n";
  folder_.Write("plan.ordo", plan);
  const Ran ran = Ask("với mỗi nhiệm vụ p1; với mỗi nhiệm vụ p2; với mỗi nhiệm vụ p3; với mỗi nhiệm vụ p4; với mỗi nhiệm vụ p5", {"--lang", "en"});
  EXPECT_EQ(ran.status, 3) << ran.out.size();
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("5000000"), std::string::npos) << ran.err;
}

TEST_F(Query, ABrokenPlanIsToldAndAJournalCounts) {
  folder_.Write("broken.ordo", "ordo 1 vi\nnhiệm vụ x \"X\" { chủ chì: a }\n");
  const Ran ran = folder_.Run({"query", "broken.ordo", "1"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("NAM04"), std::string::npos) << ran.err;
  EXPECT_EQ(folder_.Run({"query", "nowhere.ordo", "1"}).status, 2);
  folder_.Write("nhat_ky.ordo", "ordo 1 vi\nđã hoàn thành x { ngày: 20/03/2026; minh chứng: \"Báo cáo\" }\n");
  EXPECT_EQ(Ask("plan.as of", {"--as-of", "2026-04-01"}).out, "01/04/2026\n");
  EXPECT_NE(Ask("for each journal entry r; show: r.of, r.on", {"--journal", "nhat_ky.ordo", "--format", "csv"}).out.find("1,20/03/2026\r\n"),
            std::string::npos);
}

// Questions put together from pieces of questions: each is answered by a program that Verify accepts, or refused with a place in it.
TEST(QueryRandom, IsAnsweredOrRefused) {
  Settings settings;
  settings.load.read = [](const std::string& path) { return path == "plan.ordo" ? std::optional<std::string>(kPlan) : std::nullopt; };
  Session session("plan.ordo", settings);
  ASSERT_TRUE(session.Load());
  const std::vector<std::string> pieces = {
      "với mỗi ", "nhiệm vụ t", "đơn vị p", "trong đó ", "gọi n = ", "cho biết: ", "; ", "\n", ", ", "t", "p", "n", "x", "a", ".chủ trì", ".thời hạn",
      ".ngày cuối", ".tên", ".đứng đầu", " đã nêu", " chưa nêu", " thuộc ", " không thuộc ", " = ", " < ", " và ", " hoặc ", "không phải ", "đếm(",
      "có(", "lớn nhất(", " mà ", ")", "(", "1", "40%", "31/03/2026", "2 ngày", " + ", " * ", "\"chữ\"", "chờ_đợi(", "liên_quan(", "năm của(",
      "kế hoạch.ngày ban hành", "}", "{", "quy tắc R ", "for each ", "task t", "show: ", "số ngày từ ", " đến "};
  const std::vector<std::string> starts = {
      "với mỗi nhiệm vụ t; trong đó t.thời hạn.ngày cuối đã nêu; cho biết: t, t.chủ trì, t.thời hạn.ngày cuối",
      "đếm(nhiệm vụ t mà t.chủ trì đã nêu)", "chờ_đợi(p, q)", "với mỗi đơn vị p; gọi n = đếm(nhiệm vụ t mà p thuộc t.chủ trì); trong đó n > 0"};
  std::mt19937 random(20260101);
  size_t answered = 0, refused = 0;
  for (int round = 0; round < 400; ++round) {
    std::string text = round % 3 == 0 ? "" : starts[random() % starts.size()];
    for (size_t edits = random() % 6 + (text.empty() ? 2 : 0); edits > 0; --edits) {
      size_t at = text.empty() ? 0 : random() % (text.size() + 1);
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;   // between letters
      text.insert(round % 3 == 0 ? text.size() : at, pieces[random() % pieces.size()]);
    }
    Inquiry inquiry(session, settings, text);
    if (inquiry.Run()) {
      ++answered;
      const auto faults = ir::Verify(inquiry.evaluation().program());
      EXPECT_TRUE(faults.empty()) << text << "\n" << faults.front();
      EXPECT_FALSE(nlohmann::json::parse(inquiry.Text(report::Format::kJson, {}), nullptr, false).is_discarded()) << text;
    } else {
      ++refused;
      ASSERT_FALSE(inquiry.findings().empty()) << text;
      const Span at = inquiry.findings().front().at;
      ASSERT_TRUE(at.known()) << text;
      EXPECT_EQ(inquiry.sources().file(at.file).text(), text);
      EXPECT_LE(at.end, text.size());
    }
  }
  EXPECT_GT(answered, 20u);
  EXPECT_GT(refused, 100u);
}

// The table of the reference: both wordings give the answer that it states. Its samples continue a prelude of the page.
TEST(QueryReference, TheTableSaysWhatIsAnswered) {
  const std::string page = ReadBytes(fs::path(ORDO_SOURCE_DIR) / "grammar/README.md");
  const Folder folder;
  for (const std::string skin : {"vi", "en"}) {
    const size_t begin = page.find('\n', page.find("```ordo-" + skin + " prelude")) + 1;
    folder.Write(skin + ".ordo", page.substr(begin, page.find("\n```", begin) + 1 - begin));
  }
  size_t rows = 0;
  const size_t section = page.find("\n## Queries\n");
  for (size_t at = page.find("\n| `", section); at != std::string::npos && at < page.find("\n## ", section + 1); at = page.find("\n| `", at + 1)) {
    const size_t vi = at + 4, vi_end = page.find('`', vi), en = page.find('`', vi_end + 1) + 1, en_end = page.find('`', en);
    const size_t answer = page.find("| ", en_end) + 2;
    const std::string expected = page.substr(answer, page.find(" |\n", answer) - answer);
    for (const std::string& question : {page.substr(vi, vi_end - vi), page.substr(en, en_end - en)}) {
      for (const std::string plan : {"vi.ordo", "en.ordo"}) {
        const Ran ran = folder.Run({"query", plan, question, "--format", "json"});
        ASSERT_EQ(ran.status, 0) << question << "\n" << ran.err;
        const nlohmann::json json = nlohmann::json::parse(ran.out);
        const auto shown = [](const nlohmann::json& value) {
          if (value.is_object()) return value[value["name"].is_null() ? "text" : "name"].get<std::string>();
          return value.is_string() ? value.get<std::string>() : value.dump();
        };
        std::string got = json.contains("value") ? shown(json["value"]) : "";
        for (const auto& row : json.value("rows", nlohmann::json::array())) {
          if (!got.empty()) got += ", ";
          for (size_t i = 0; i < row.size(); ++i) got += (i > 0 ? " " : "") + shown(row[i]);
        }
        EXPECT_EQ(got, expected) << question;
      }
    }
    ++rows;
  }
  EXPECT_GT(rows, 7u);
}

}  // namespace
}  // namespace ordo::testing
