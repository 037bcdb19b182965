#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "runtime/diag/render.h"

namespace ordo {
namespace {

using nlohmann::json;

class Rendering : public testing::Test {
 protected:
  FileId Add(std::string text, std::string path = "ke_hoach.ordo") { return sources_.Add(std::move(path), std::move(text)); }

  // The span of the first `text` in a file.
  Span Find(std::string_view text, FileId file = 0) const {
    const size_t at = sources_.file(file).text().find(text);
    EXPECT_NE(at, std::string_view::npos) << text;
    return {file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
  }

  static Finding Make(std::string code, Severity severity, std::string title, std::string message, Span at) {
    Finding finding;
    finding.code = std::move(code);
    finding.severity = severity;
    finding.title = std::move(title);
    finding.message = std::move(message);
    finding.at = at;
    return finding;
  }

  std::string Text(const std::vector<Finding>& findings, size_t rules = 52, TextStyle style = {}) const {
    return RenderText(findings, Summarise(findings, rules), sources_, style);
  }
  json Json(const std::vector<Finding>& findings) const {
    return json::parse(RenderJson(findings, Summarise(findings, 52), sources_));
  }

  SourceSet sources_;
};

TEST_F(Rendering, WholeTextUnderVietnameseLetters) {
  Add("nhiệm vụ t {\n  người đứng đầu: a.đứng đầu\n  chủ trì: b\n}\n");
  Finding head = Make("OWN06", Severity::kWarning, "Người đứng đầu không thuộc đơn vị chủ trì",
                      "«Trưởng phòng A» không đứng đầu «Phòng B», đơn vị chủ trì nhiệm vụ II.3", Find("a.đứng đầu"));
  head.related.push_back({"", Find("b\n}")});
  head.related.back().at.end = head.related.back().at.begin + 1;
  head.help = "ghi người đứng đầu của đơn vị chủ trì";
  Finding missing = Make("FIL01", Severity::kError, "không tìm thấy tệp", "không mở được «x.ordo»", Span{});
  missing.path = "x.ordo";
  EXPECT_EQ(Text({missing, head}),
            "lỗi FIL01  x.ordo  không tìm thấy tệp\n"
            "  không mở được «x.ordo»\n"
            "\n"
            "cảnh báo OWN06  ke_hoach.ordo:2:19  Người đứng đầu không thuộc đơn vị chủ trì\n"
            "  «Trưởng phòng A» không đứng đầu «Phòng B», đơn vị chủ trì nhiệm vụ II.3\n"
            "    2 |   người đứng đầu: a.đứng đầu\n"
            "      |                   ^^^^^^^^^^\n"
            "  xem: ke_hoach.ordo:3:12\n"
            "    3 |   chủ trì: b\n"
            "      |            ^\n"
            "  nên: ghi người đứng đầu của đơn vị chủ trì\n"
            "\n"
            "1 lỗi, 1 cảnh báo, 0 thông tin; đã kiểm tra 52 quy tắc\n");
}

TEST_F(Rendering, EnglishAndCounts) {
  Add("lead: x");
  TextStyle style;
  style.language = Language::kEnglish;
  const Finding finding = Make("NAM01", Severity::kError, "unknown name", "nothing is called «x»", Find("x"));
  EXPECT_EQ(Text({finding}, 1, style),
            "error NAM01  ke_hoach.ordo:1:7  unknown name\n"
            "  nothing is called «x»\n"
            "    1 | lead: x\n"
            "      |       ^\n"
            "\n"
            "1 error, 0 warnings, 0 information; 1 rule checked\n");
  EXPECT_EQ(Text({}, 0), "0 lỗi, 0 cảnh báo, 0 thông tin; chưa kiểm tra quy tắc nào\n");
}

// The two lines of the only quote: the source line and the carets, without the gutter.
std::pair<std::string, std::string> QuoteOf(const std::string& text) {
  const std::string bar = " | ";
  const size_t first = text.find(bar) + bar.size();
  const size_t first_end = text.find('\n', first);
  const size_t second = text.find(bar, first_end) + bar.size();
  return {text.substr(first, first_end - first), text.substr(second, text.find('\n', second) - second)};
}

TEST_F(Rendering, CaretsUnderMarksWideSignsAndTabs) {
  Add("\u0009chu\u0309: 日本 x yz\r\n");
  const auto caret = [&](std::string_view at) { return QuoteOf(Text({Make("A", Severity::kError, "t", "m", Find(at))})); };
  EXPECT_EQ(caret("x").first, " chu\u0309: 日本 x yz");
  EXPECT_EQ(caret("x").second, "           ^");
  EXPECT_EQ(caret("日本").second, "      ^^^^");
  EXPECT_EQ(caret("u\u0309").second, "   ^");
  EXPECT_EQ(caret("\u0309").second, "   ^");  // a mark alone: under its letter
  EXPECT_EQ(caret("yz\r\n").second, "             ^^");
  EXPECT_EQ(caret("\r\n").second, "               ^");
}

TEST_F(Rendering, UnderlineEndsWithTheFirstLine) {
  Add("nhiệm vụ t {\n  a\n}\n");
  const auto quote = QuoteOf(Text({Make("A", Severity::kError, "t", "m", Find("vụ t {\n  a\n}"))}));
  EXPECT_EQ(quote.first, "nhiệm vụ t {");
  EXPECT_EQ(quote.second, "      ^^^^^^");
}

TEST_F(Rendering, LongLinesAreCutAroundTheCaret) {
  std::string line;
  for (int i = 0; i < 100; ++i) line += "được ";
  line += "ĐÂY ";
  for (int i = 0; i < 100; ++i) line += "rồi ";
  Add(line + "\n");
  const auto check = [&](std::string_view at, size_t carets, bool cut_left, bool cut_right) {
    const auto [quoted, marks] = QuoteOf(Text({Make("A", Severity::kError, "t", "m", Find(at))}));
    EXPECT_EQ(quoted.starts_with("…"), cut_left) << quoted;
    EXPECT_EQ(quoted.ends_with("…"), cut_right) << quoted;
    EXPECT_EQ(marks.substr(marks.find('^')).size(), carets) << marks;
    EXPECT_LE(marks.size(), 100u);
    return std::pair(quoted, marks.find('^'));
  };
  const auto [middle, column] = check("ĐÂY", 3, true, true);
  EXPECT_EQ(column, 40u);
  EXPECT_NE(middle.find("được ĐÂY rồi"), std::string::npos);
  check("được", 4, false, true);
  check(line, 99, false, true);
  check("ĐÂY rồi rồi", 11, true, true);
  const auto tail = QuoteOf(Text({Make("A", Severity::kError, "t", "m",
                                       {0, static_cast<uint32_t>(line.size() - 5), static_cast<uint32_t>(line.size() - 1)})}));
  EXPECT_TRUE(tail.first.ends_with("rồi "));
  EXPECT_EQ(tail.second.find('^'), 40u);
}

TEST_F(Rendering, NothingOfTheTextCommandsTheTerminal) {
  Add("a \x1b[31m\u202Eb \xFF x");
  const std::string text = Text({Make("A", Severity::kError, "t", "m\x07\n«x»", Find("x"))});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_EQ(QuoteOf(text).first, "a  [31mb \uFFFD x");
  EXPECT_EQ(QuoteOf(text).second, "           ^");
  EXPECT_NE(text.find("m  «x»\n"), std::string::npos);
}

TEST_F(Rendering, ColourOnlyWhenAsked) {
  Add("x");
  TextStyle style;
  style.color = true;
  const std::vector<Finding> findings = {Make("A", Severity::kError, "t", "m", Find("x"))};
  EXPECT_EQ(Text(findings).find('\x1b'), std::string::npos);
  const std::string painted = Text(findings, 1, style);
  EXPECT_NE(painted.find("\x1b[1;31mlỗi A\x1b[0m"), std::string::npos);
  EXPECT_NE(painted.find("\x1b[1;31m^\x1b[0m"), std::string::npos);
}

TEST_F(Rendering, WaivedIsOneLine) {
  Add("x y");
  Finding waived = Make("SCH14", Severity::kWarning, "Ngày lặp", "m", Find("y"));
  waived.waiver = "kế_hoạch_2026";
  waived.help = "h";
  EXPECT_EQ(Text({waived}),
            "cảnh báo SCH14  ke_hoach.ordo:1:3  Ngày lặp – được miễn trừ theo «kế_hoạch_2026»\n"
            "\n"
            "0 lỗi, 0 cảnh báo, 0 thông tin, 1 được miễn trừ; đã kiểm tra 52 quy tắc\n");
}

TEST_F(Rendering, ConsequencesFoldUnderTheirCause) {
  Add("x y z");
  Finding follower = Make("OWN07", Severity::kWarning, "t7", "hệ quả", Find("x"));
  follower.caused_by = "NAM01";
  Finding second = Make("OWN08", Severity::kInformation, "t8", "hệ quả của hệ quả", Find("z"));
  second.caused_by = "OWN07";
  const Finding cause = Make("NAM01", Severity::kError, "tên lạ", "không có gì tên là «y»", Find("y"));
  Finding orphan = Make("OWN09", Severity::kWarning, "t9", "nguyên nhân không có ở đây", Find("z"));
  orphan.caused_by = "SYN99";
  TextStyle style;
  style.quote_source = false;
  EXPECT_EQ(Text({follower, cause, second, orphan}, 52, style),
            "lỗi NAM01  ke_hoach.ordo:1:3  tên lạ\n"
            "  không có gì tên là «y»\n"
            "  kéo theo: cảnh báo OWN07  ke_hoach.ordo:1:1  hệ quả\n"
            "  kéo theo: thông tin OWN08  ke_hoach.ordo:1:5  hệ quả của hệ quả\n"
            "\n"
            "cảnh báo OWN09  ke_hoach.ordo:1:5  t9\n"
            "  nguyên nhân không có ở đây\n"
            "\n"
            "1 lỗi, 2 cảnh báo, 1 thông tin (trong đó 2 gộp dưới nguyên nhân); đã kiểm tra 52 quy tắc\n");
}

TEST_F(Rendering, OfManyConsequencesTheFirstOfEachCode) {
  Add("x y z");
  std::vector<Finding> findings = {Make("A", Severity::kError, "t", "một", Find("x"))};
  for (int i = 0; i < 7; ++i) {
    for (const char* code : {"B", "C"}) {
      if (code[0] == 'C' && i > 4) continue;   // five are told, none is left
      findings.push_back(Make(code, Severity::kWarning, "t", fmt::format("hệ quả {}", i), Find("y")));
      findings.back().caused_by = "A";
    }
  }
  const std::string text = Text(findings);
  EXPECT_NE(text.find("B  ke_hoach.ordo:1:3  hệ quả 4\n"), std::string::npos);
  EXPECT_EQ(text.find("hệ quả 5"), std::string::npos);
  EXPECT_NE(text.find("  kéo theo: B ở 2 chỗ nữa\n"), std::string::npos);
  EXPECT_EQ(text.find("C ở "), std::string::npos);
  EXPECT_NE(text.find("1 lỗi, 12 cảnh báo"), std::string::npos) << "all are counted";
}

TEST_F(Rendering, AConsequenceAtTheSamePlaceDoesNotRepeatIt) {
  Add("x y");
  Finding follower = Make("B", Severity::kWarning, "t", "hệ quả", Find("x"));
  follower.caused_by = "A";
  EXPECT_NE(Text({Make("A", Severity::kError, "t", "một", Find("x")), follower}).find("\n  kéo theo: cảnh báo B  hệ quả\n"), std::string::npos);
}

TEST_F(Rendering, ACauseOfTheSameSubjectComesFirst) {
  Add("x y z");
  Finding other = Make("NAM01", Severity::kError, "t", "lỗi của a", Find("x"));
  other.subject = "a";
  Finding same = Make("NAM01", Severity::kError, "t", "lỗi của b", Find("y"));
  same.subject = "b";
  Finding follower = Make("OWN07", Severity::kWarning, "t", "hệ quả của b", Find("z"));
  follower.subject = "b";
  follower.caused_by = "NAM01";
  const std::string text = Text({other, same, follower});
  EXPECT_LT(text.find("lỗi của b"), text.find("kéo theo"));
}

TEST_F(Rendering, ALoopOfCausesHidesNothing) {
  Add("x y");
  Finding a = Make("AAA01", Severity::kError, "t", "một", Find("x"));
  a.caused_by = "BBB01";
  Finding b = Make("BBB01", Severity::kError, "t", "hai", Find("y"));
  b.caused_by = "AAA01";
  const std::string text = Text({a, b});
  EXPECT_NE(text.find("một"), std::string::npos);
  EXPECT_NE(text.find("hai"), std::string::npos);
}

TEST_F(Rendering, SortsInSourceOrder) {
  Add("0123456789");
  Add("0123456789", "b.ordo");
  std::vector<Finding> findings = {
      Make("B", Severity::kError, "", "second file", {1, 0, 1}), Make("B", Severity::kError, "", "later code", {0, 5, 6}),
      Make("A", Severity::kError, "", "later place", {0, 7, 8}), Make("A", Severity::kError, "", "earlier code", {0, 5, 9}),
      Make("Z", Severity::kError, "", "no place", Span{})};
  SortFindings(findings);
  std::vector<std::string> order;
  for (const Finding& finding : findings) order.push_back(finding.message);
  EXPECT_EQ(order, (std::vector<std::string>{"no place", "earlier code", "later code", "later place", "second file"}));
}

TEST_F(Rendering, SummaryCountsWaivedApart) {
  std::vector<Finding> findings(4);
  findings[1].severity = Severity::kWarning;
  findings[2].severity = Severity::kInformation;
  findings[3].waiver = "w";
  const Summary summary = Summarise(findings, 9);
  EXPECT_EQ(summary.error, 1u);
  EXPECT_EQ(summary.warning, 1u);
  EXPECT_EQ(summary.information, 1u);
  EXPECT_EQ(summary.waived, 1u);
  EXPECT_EQ(summary.rules_run, 9u);
}

TEST_F(Rendering, JsonHasTheShapeOfItsSchema) {
  Add("nhiệm vụ t {\n  chủ trì: b\n}\n");
  Finding finding = Make("OWN07", Severity::kWarning, "Tiêu đề", "câu «x»", Find("chủ trì: b"));
  finding.subject = "t";
  finding.help = "giúp";
  finding.related.push_back({"bên kia", Find("t {")});
  finding.caused_by = "NAM01";
  finding.fingerprint = "00ff";
  finding.rank = 1;
  finding.fix = Fix{"sửa", {{Find("b\n"), "c"}}};
  finding.fix->edits[0].at.end -= 1;
  EXPECT_EQ(RenderJson({finding}, Summarise({finding}, 52), sources_), R"({
  "schema": "ordo/findings/1",
  "findings": [
    {
      "code": "OWN07",
      "severity": "warning",
      "title": "Tiêu đề",
      "message": "câu «x»",
      "subject": "t",
      "at": {
        "file": "ke_hoach.ordo",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 13
      },
      "related": [
        {
          "message": "bên kia",
          "at": {
            "file": "ke_hoach.ordo",
            "line": 1,
            "column": 10,
            "end_line": 1,
            "end_column": 13
          }
        }
      ],
      "help": "giúp",
      "waiver": null,
      "caused_by": "NAM01",
      "fingerprint": "00ff",
      "rank": 1,
      "cause": null,
      "consequences": [],
      "fix": {
        "description": "sửa",
        "edits": [
          {
            "at": {
              "file": "ke_hoach.ordo",
              "line": 2,
              "column": 12,
              "end_line": 2,
              "end_column": 13
            },
            "insert": "c"
          }
        ]
      }
    }
  ],
  "summary": {
    "error": 0,
    "warning": 1,
    "information": 0,
    "waived": 0,
    "rules_run": 52,
    "folded": 0
  }
}
)");
}

TEST_F(Rendering, JsonOfOddFindings) {
  Finding no_place = Make("RUN01", Severity::kError, "t", "byte \xFF", Span{});
  Finding path = Make("FIL01", Severity::kInformation, "t", "m", Span{});
  path.path = "x.ordo";
  path.waiver = "w";
  const json document = Json({no_place, path});
  EXPECT_EQ(document["findings"][0]["at"], nullptr);
  EXPECT_EQ(document["findings"][0]["message"], "byte \uFFFD");
  EXPECT_EQ(document["findings"][1]["at"], json({{"file", "x.ordo"}}));
  EXPECT_EQ(document["findings"][1]["severity"], "information");
  EXPECT_EQ(document["findings"][1]["waiver"], "w");
  EXPECT_EQ(document["summary"]["waived"], 1);
  EXPECT_EQ(Json({})["findings"], json::array());
}

TEST_F(Rendering, JsonOfSeveralPlansAndOfABaseline) {
  Add("x y");
  Finding cause = Make("AAA01", Severity::kError, "t", "một", Find("x"));
  cause.fingerprint = "1";
  Finding follower = Make("BBB01", Severity::kWarning, "t", "hai", Find("y"));
  follower.fingerprint = "2";
  follower.caused_by = "AAA01";
  follower.cause = "1";
  PlanRun run;
  run.plan = "a/ke_hoach.ordo";
  run.findings = {cause, follower};
  run.summary = Summarise(run.findings, 3);
  run.sources = &sources_;
  PlanRun other = run;
  other.plan = "b.ordo";
  other.findings = {};
  other.comparison = Comparison{{cause}, {{"3", "CCC01", "c", "đã sửa"}}};
  const json document = json::parse(RenderJson(std::vector<PlanRun>{run, other}));
  EXPECT_EQ(document["schema"], "ordo/findings-of-plans/1");
  ASSERT_EQ(document["plans"].size(), 2u);
  EXPECT_EQ(document["plans"][0]["plan"], "a/ke_hoach.ordo");
  EXPECT_EQ(document["plans"][0]["findings"][0]["consequences"], json::array({"2"}));
  EXPECT_EQ(document["plans"][0]["findings"][1]["cause"], "1");
  EXPECT_EQ(document["plans"][0]["findings"][0]["rank"], nullptr) << "nobody has ranked it";
  EXPECT_EQ(document["plans"][0]["summary"]["folded"], 1);
  EXPECT_FALSE(document["plans"][0].contains("baseline"));
  EXPECT_EQ(document["plans"][1]["baseline"]["known"], 1);
  EXPECT_EQ(document["plans"][1]["baseline"]["gone"][0]["code"], "CCC01");
}

TEST_F(Rendering, OnlyTheFirstAndWhatTheBaselineKnows) {
  Add("x y z");
  Finding follower = Make("B", Severity::kWarning, "t", "hệ quả", Find("y"));
  follower.caused_by = "A";
  TextStyle style;
  style.quote_source = false;
  style.first = 1;
  const Comparison comparison{{Make("D", Severity::kError, "t", "m", Find("z"))}, {{"9", "E", "", "đã sửa"}}};
  style.comparison = &comparison;
  EXPECT_EQ(Text({Make("A", Severity::kError, "t", "một", Find("x")), follower, Make("C", Severity::kError, "t", "ba", Find("z"))}, 52, style),
            "lỗi A  ke_hoach.ordo:1:1  t\n"
            "  một\n"
            "  kéo theo: cảnh báo B  ke_hoach.ordo:1:3  hệ quả\n"
            "\n"
            "còn 1 phát hiện nữa không in ở đây; bỏ --first để xem hết\n"
            "không còn: E đã sửa\n"
            "chỉ in phát hiện mới; đã biết từ mốc: 1, không còn: 1\n"
            "2 lỗi, 1 cảnh báo, 0 thông tin (trong đó 1 gộp dưới nguyên nhân); đã kiểm tra 52 quy tắc\n");
}

TEST_F(Rendering, SarifHasItsFields) {
  Add("chu\u0309 trì: b\nx", "kế hoạch/a:b.ordo");
  Finding finding = Make("OWN07", Severity::kWarning, "Tiêu đề", "câu", Find("b\nx"));
  finding.related.push_back({"bên kia", Find("x")});
  finding.help = "giúp";
  Finding same_rule = Make("OWN07", Severity::kError, "Tiêu đề", "câu nữa", Find("x"));
  same_rule.waiver = "lý do";
  Finding note = Make("FIL01", Severity::kInformation, "tệp", "m", Span{});
  note.path = "x.ordo";
  const Finding nowhere = Make("RUN01", Severity::kError, "chạy", "m", Span{});
  finding.fingerprint = "00ff";
  finding.rank = 2;
  finding.fix = Fix{"bỏ", {{Find("b"), ""}, {{0, 13, 13}, "z"}}};
  PlanRun plan;
  plan.findings = {finding, same_rule, note, nowhere};
  plan.sources = &sources_;
  plan.exit_code = 1;
  plan.comparison = Comparison{{same_rule}, {{"77", "GON01", "g", "đã hết"}}};
  RuleTexts rules;
  rules["OWN07"] = {"Trang", "Bỏ đi.", Severity::kWarning};
  const json log = json::parse(RenderSarif({plan}, rules, "0.1.0"));
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_EQ(log["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
  ASSERT_EQ(log["runs"].size(), 1u);
  const json& run = log["runs"][0];
  EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
  const json& driver = run["tool"]["driver"];
  EXPECT_EQ(driver["name"], "Ordo");
  EXPECT_EQ(driver["version"], "0.1.0");
  ASSERT_EQ(driver["rules"].size(), 4u);
  EXPECT_EQ(driver["rules"][0]["fullDescription"]["text"], "Trang");
  EXPECT_EQ(driver["rules"][0]["help"]["text"], "Bỏ đi.");
  EXPECT_EQ(driver["rules"][0]["defaultConfiguration"]["level"], "warning");
  EXPECT_EQ(run["invocations"][0]["exitCode"], 1);
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
  EXPECT_EQ(run["artifacts"][0]["location"]["uri"], "k%E1%BA%BF%20ho%E1%BA%A1ch/a%3Ab.ordo");
  EXPECT_EQ(run["artifacts"][1]["location"]["uri"], "x.ordo");
  EXPECT_EQ(driver["rules"][0]["id"], "OWN07");
  EXPECT_EQ(driver["rules"][0]["shortDescription"]["text"], "Tiêu đề");

  ASSERT_EQ(run["results"].size(), 6u);
  const json& first = run["results"][0];
  EXPECT_EQ(first["ruleId"], "OWN07");
  EXPECT_EQ(first["ruleIndex"], 0);
  EXPECT_EQ(first["level"], "warning");
  EXPECT_EQ(first["message"]["text"], "câu");
  ASSERT_EQ(first["locations"].size(), 1u);
  const json& place = first["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "k%E1%BA%BF%20ho%E1%BA%A1ch/a%3Ab.ordo");
  EXPECT_EQ(place["region"], json({{"startLine", 1}, {"startColumn", 11}, {"endLine", 2}, {"endColumn", 2}}));
  EXPECT_EQ(first["relatedLocations"][0]["id"], 1);
  EXPECT_EQ(first["relatedLocations"][0]["message"]["text"], "bên kia");
  EXPECT_EQ(first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 2);
  EXPECT_EQ(first["properties"]["help"], "giúp");
  EXPECT_FALSE(first.contains("suppressions"));
  EXPECT_EQ(first["partialFingerprints"]["ordo/1"], "00ff");
  EXPECT_EQ(first["properties"]["rank"], 2);
  EXPECT_EQ(first["baselineState"], "new");
  const json& change = first["fixes"][0]["artifactChanges"][0];
  EXPECT_EQ(change["artifactLocation"]["index"], 0);
  ASSERT_EQ(change["replacements"].size(), 2u);
  EXPECT_EQ(change["replacements"][0]["deletedRegion"], json({{"startLine", 1}, {"startColumn", 11}, {"endLine", 1}, {"endColumn", 12}}));
  EXPECT_FALSE(change["replacements"][0].contains("insertedContent"));
  EXPECT_EQ(change["replacements"][1]["insertedContent"]["text"], "z");
  EXPECT_EQ(run["results"][4]["baselineState"], "unchanged");
  EXPECT_EQ(run["results"][5]["baselineState"], "absent");
  EXPECT_EQ(run["results"][5]["message"]["text"], "đã hết");

  EXPECT_EQ(run["results"][1]["level"], "error");
  EXPECT_EQ(run["results"][1]["ruleIndex"], 0);
  EXPECT_EQ(run["results"][1]["suppressions"][0]["kind"], "inSource");
  EXPECT_EQ(run["results"][2]["level"], "note");
  EXPECT_EQ(run["results"][2]["ruleIndex"], 1);
  EXPECT_FALSE(run["results"][2]["locations"][0]["physicalLocation"].contains("region"));
  EXPECT_EQ(run["results"][3]["locations"], json::array());
}

}  // namespace
}  // namespace ordo
