// `ordo align` as a user runs it: what is told of each value of a reference plan and of the plan, in every format.
#include "support/html_reader.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

constexpr const char* kPlan = R"PLAN(ordo 1 en
plan p "Kế hoạch phường" { issued by: v; issue date: 2026-01-05; period: from 2026 to 2030 }
unit v "UBND phường" { tier: commune; head: "Chủ tịch" }
reference plan up "=Kế hoạch thành phố" {
  stands: upper
  target a "Bằng" { measured in: %; by 2030 reach >= 80% }
  target b "Cao hơn" { measured in: %; by 2030 reach 80% }
  target c "Số nhỏ hơn" { measured in: %; by 2030 reach 80% }
  target d "Dấu nhẹ hơn" { measured in: %; by 2030 reach > 80% }
  target d2 "Dấu chặt hơn" { measured in: %; by 2030 reach >= 80% }
  target e "Chỉ phấn đấu" { measured in: %; by 2030 reach 80% }
  target e2 "Phấn đấu cả hai" { measured in: %; by 2030 strive for 80% }
  target f "Hồ sơ quá hạn" { measured in: %; better when: lower; by 2030 reach 5% }
  target h "Thứ hạng" { measured in: "thứ bậc"; better when: lower; by 2030 reach <= 5 }
  target h2 "Chậm trễ" { measured in: days; better when: lower; by 2030 reach < 5 days }
  target i "=HYPERLINK(1)" { measured in: "dự án"; by 2030 reach 7 }
  target k "Không có mốc" { measured in: %; by 2030 reach 90%; by 2028 reach 70% }
  target l "Lời" { by 2030 complete "Xong <trung tâm> & mạng" }
  target m "Mỗi năm" { measured in: "sáng kiến"; by 2030 reach 5 per year }
  task w "Việc chung" { lead: xã }
  task y "Việc bỏ sót" { lead: xã }
  group xã "UBND các xã" { members: open }
}
target oa "Bằng" { measured in: %; by 2030 reach >= 80% }
target ob "Cao hơn" { measured in: %; by 2030 reach 85% }
target oc "Số nhỏ hơn" { measured in: %; by 2030 reach 79.5% }
target od "Dấu nhẹ hơn" { measured in: %; by 2030 reach >= 80% }
target od2 "Dấu chặt hơn" { measured in: %; by 2030 reach > 80% }
target oe "Chỉ phấn đấu" { measured in: %; by 2030 strive for 90% }
target oe2 "Phấn đấu cả hai" { measured in: %; by 2030 strive for 80% }
target of_ "Hồ sơ quá hạn" { measured in: %; better when: lower; by 2030 reach 6% }
target oh "Thứ hạng" { measured in: "thứ bậc"; better when: lower; by 2030 reach <= 3 }
target oh2 "Chậm trễ" { measured in: days; better when: lower; by 2030 reach <= 5 days }
target ok "Không có mốc" { measured in: %; by 2030 reach 90%; by 2029 reach 80% }
target ol "Lời" { by 2030 complete "Xong" }
target om "Mỗi năm" { measured in: "sáng kiến"; by 2030 reach 6 per year }
target oq "+Riêng <b>" { measured in: "điểm"; by 2030 reach 3; in 2028 increase by 2 against 2026 }
target oo "Riêng không số" { measured in: "điểm" }
task ow "Việc chung" { lead: v }
)PLAN";

class Align : public ::testing::Test {
 protected:
  Align() : plan_(folder_.Write("plan.ordo", kPlan)) {}
  std::string In(const std::string& format, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"align", plan_, "--format", format});
    const Ran ran = folder_.Run(more);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  // «their title horizon | their value | our title | our value | standing» of each row of JSON.
  static std::vector<std::string> Lines(const json& table) {
    std::vector<std::string> lines;
    for (const json& group : table["groups"]) {
      for (const json& row : group["rows"]) {
        std::string line;
        for (const char* id : {"theirs", "horizon", "their_value", "ours", "our_value", "standing"}) {
          line += (line.empty() && std::string(id) == "theirs" ? "" : "|") + row["cells"][id].get<std::string>();
        }
        lines.push_back(line);
      }
    }
    return lines;
  }

  Folder folder_;
  std::string plan_;
};

TEST_F(Align, EveryStanding) {
  const json table = json::parse(In("json"));
  EXPECT_EQ(table["id"], "alignment");
  ASSERT_EQ(table["groups"].size(), 1u);
  EXPECT_EQ(table["groups"][0]["title"], "=Kế hoạch thành phố");
  const std::vector<std::string> expected = {
      "Bằng|2030|≥ 80%|Bằng|≥ 80%|covered",
      "Cao hơn|2030|80%|Cao hơn|85%|tightened",
      "Số nhỏ hơn|2030|80%|Số nhỏ hơn|79.5%|loosened",
      "Dấu nhẹ hơn|2030|> 80%|Dấu nhẹ hơn|≥ 80%|loosened",
      "Dấu chặt hơn|2030|≥ 80%|Dấu chặt hơn|> 80%|tightened",
      "Chỉ phấn đấu|2030|80%|Chỉ phấn đấu|Strive for 90%|loosened",   // an aim for a duty, though the number is higher
      "Phấn đấu cả hai|2030|Strive for 80%|Phấn đấu cả hai|Strive for 80%|covered",
      "Hồ sơ quá hạn|2030|5%|Hồ sơ quá hạn|6%|loosened",   // a higher upper bound
      "Thứ hạng|2030|≤ 5|Thứ hạng|≤ 3|tightened",
      "Chậm trễ|2030|< 5 days|Chậm trễ|≤ 5 days|loosened",
      "=HYPERLINK(1)|2030|7|||dropped",
      "Không có mốc|2030|90%|Không có mốc|90%|covered",
      "Không có mốc|2028|70%|Không có mốc||no value for this horizon",
      "Không có mốc|2029||Không có mốc|80%|a horizon of its own",
      "Lời|2030|Xong <trung tâm> & mạng|Lời|Xong|covered",
      "Mỗi năm|2030|5 per year|Mỗi năm|6 per year|tightened",
      "Việc chung|||Việc chung||covered",
      "Việc bỏ sót|||||dropped",
      "|2030||+Riêng <b>|3|its own",
      "|2028||+Riêng <b>|increase by 2 against 2026|its own",
      "|||Riêng không số||its own",
  };
  const auto lines = Lines(table);
  ASSERT_EQ(lines.size(), expected.size());
  for (size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i], expected[i]);
}

TEST_F(Align, RowsTellWhereTheyStand) {
  const json rows = json::parse(In("json"))["groups"][0]["rows"];
  EXPECT_EQ(rows[2]["at"]["file"], "plan.ordo");
  EXPECT_EQ(rows[2]["at"]["line"], 26) << "the value of the plan";
  EXPECT_EQ(rows[10]["at"]["line"], 16) << "what was dropped stands only in the reference";
}

// What the upper plan gives to others is no task of this office; what the previous plan of the office asked is left out.
TEST_F(Align, OfThePreviousPlanNothingIsGivenToOthers) {
  for (const auto& [stands, standing] : {std::pair("upper", "given to others"), std::pair("previous", "dropped")}) {
    folder_.Write("plan.ordo", std::string("ordo 1 en\nplan p \"Kế hoạch\" { period: 2026 }\nreference plan r \"Kế hoạch kia\" {\n  stands: ") +
                                   stands + "\n  unit sở \"Sở Tài chính\" { tier: province }\n  task t \"Bố trí kinh phí\" { lead: sở }\n}\n");
    EXPECT_EQ(Lines(json::parse(In("json"))), std::vector<std::string>{std::string("Bố trí kinh phí|||||") + standing});
  }
}

TEST_F(Align, OtherMeasuresOfTimeAreNotCompared) {
  std::string text = kPlan;
  text.replace(text.find("reach 6 per year"), 16, "reach 30");
  folder_.Write("plan.ordo", text);
  const auto lines = Lines(json::parse(In("json")));
  EXPECT_NE(std::find(lines.begin(), lines.end(), "Mỗi năm|2030|5 per year|Mỗi năm||no value for this horizon"), lines.end());
  EXPECT_NE(std::find(lines.begin(), lines.end(), "Mỗi năm|2030||Mỗi năm|30|a horizon of its own"), lines.end());
}

TEST_F(Align, CsvCannotBecomeFormulas) {
  const std::string csv = In("csv");
  EXPECT_TRUE(csv.starts_with("\xef\xbb\xbf")) << "spreadsheets take it for UTF-8";
  EXPECT_NE(csv.find("\n'=Kế hoạch thành phố,,,,,"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\n'=HYPERLINK(1),2030,7,,,dropped"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\n,2030,,'+Riêng <b>,3,its own"), std::string::npos) << csv;
  for (const char sign : {'=', '+', '-', '@'}) {
    for (const char before : {',', '\n', '"'}) EXPECT_EQ(csv.find({before, sign}), std::string::npos) << before << sign;
  }
}

TEST_F(Align, PagesAreWellFormedAndHoldTheSame) {
  const HtmlPage page = ReadHtml(In("html"));
  EXPECT_EQ(page.fault, "");
  const auto lines = Lines(json::parse(In("json")));
  ASSERT_EQ(page.rows.size(), lines.size() + 2) << "and the heading and the reference";
  for (size_t i = 0; i < lines.size(); ++i) {
    std::string line;
    for (size_t c = 0; c < page.rows[i + 2].size(); ++c) line += (c == 0 ? "" : "|") + page.rows[i + 2][c];
    EXPECT_EQ(line, lines[i]);
  }
  EXPECT_EQ(In("html").find("<b>"), std::string::npos);
}

TEST_F(Align, TextAndMarkdown) {
  const std::string text = In("text");
  for (const char* told : {"THE PLAN BESIDE ITS REFERENCES", "loosened", "tightened", "dropped", "its own", "Strive for 90%", "79.5%"}) {
    EXPECT_NE(text.find(told), std::string::npos) << told;
  }
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  const std::string md = In("md");
  EXPECT_NE(md.find("| Số nhỏ hơn | 2030 | 80% | Số nhỏ hơn | 79.5% | loosened |"), std::string::npos) << md;
  EXPECT_EQ(In("text"), text) << "twice the same";
}

TEST_F(Align, InVietnamese) {
  const std::string csv = In("csv", {"--lang", "vi"});
  EXPECT_NE(csv.find("\nSố nhỏ hơn,2030,80%,Số nhỏ hơn,\"79,5%\",yêu cầu thấp hơn"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\nHồ sơ quá hạn,2030,5%,Hồ sơ quá hạn,6%,yêu cầu thấp hơn"), std::string::npos) << "more overdue files ask less";
  EXPECT_NE(csv.find(",bỏ sót"), std::string::npos);
  EXPECT_NE(csv.find("không có giá trị ở mốc này"), std::string::npos);
}

TEST_F(Align, SeveralReferences) {
  folder_.Write("plan.ordo", std::string(kPlan) + "reference plan sib \"Phường bên\" { stands: sibling; target x \"Bằng\" { measured in: %; by 2030 reach 90% } }\n");
  const json table = json::parse(In("json"));
  ASSERT_EQ(table["groups"].size(), 2u);
  EXPECT_EQ(table["groups"][1]["title"], "Phường bên");
  EXPECT_EQ(table["groups"][1]["rows"][0]["cells"]["our_value"], "≥ 80%");
  EXPECT_EQ(table["groups"][1]["rows"][0]["cells"]["standing"], "loosened");
}

TEST_F(Align, WithoutAReference) {
  std::string text = "ordo 1 en\nplan p \"P\" { issue date: 2026-01-05; period: year 2026 }\n";
  folder_.Write("plan.ordo", text);
  const Ran ran = folder_.Run({"align", plan_});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("«plan.ordo» refers to no other plan"), std::string::npos) << ran.err;
  folder_.Write("plan.ordo", text + "reference plan up { stands: upper; file: \"nowhere.ordo\" }\n");
  const Ran missing = folder_.Run({"align", plan_});
  EXPECT_EQ(missing.status, 2);
  EXPECT_NE(missing.err.find("FIL06"), std::string::npos) << missing.err;
  EXPECT_EQ(folder_.Run({"align", plan_, "--format", "svg"}).status, 3);
  EXPECT_EQ(folder_.Run({"align", "nowhere.ordo"}).status, 2);
}

}  // namespace
}  // namespace ordo::testing
