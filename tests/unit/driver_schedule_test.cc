// Dependencies from text to days: what a plan says about durations, links and windows against days computed by hand, the conflict
// as clauses of the plan, the awaited document with its last safe day, and what `whatif` shows of a change.
#include <map>
#include <string>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using Json = nlohmann::json;

const std::string kHead =
    "ordo 1 vi\n"
    "kế hoạch k \"Kế hoạch\" { cơ quan ban hành: u; ngày ban hành: 28/01/2026; giai đoạn: năm 2026 }\n"
    "đơn vị u \"UBND phường\" { đứng đầu: \"Chủ tịch\" }\n";  // what follows begins on line 4

class Schedule : public ::testing::Test {
 protected:
  Json Of(const std::string& text) {
    folder_.Write("p.ordo", kHead + text);
    const Ran ran = folder_.Run({"schedule", "p.ordo", "--format", "json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    Json json = Json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << ran.out.substr(0, 500);
    return json;
  }
  static Json Task(const Json& schedule, const std::string& id) {
    for (const Json& task : schedule["tasks"]) {
      if (task["id"] == id) return task;
    }
    ADD_FAILURE() << "no task " << id;
    return {};
  }
  // "earliest start, earliest end, latest end, slack"
  static std::string Days(const Json& schedule, const std::string& id) {
    const Json task = Task(schedule, id);
    const auto text = [](const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); };
    return text(task["earliest_start"]) + " " + text(task["earliest_end"]) + " " + text(task["latest_end"]) + " " + text(task["slack"]);
  }
  Folder folder_;
};

// 28/01/2026 is a Wednesday. Ten working days end on 10/02; Tết (16 to 20/02) falls into the ten that follow: 11, 12, 13, 23 to 27/02,
// 02 and 03/03. Backwards from 31/03 (Tuesday): b may begin on 18/03, so a may end on 17/03.
TEST_F(Schedule, WorkingDaysInARowCrossTet) {
  const Json json = Of(
      "nhiệm vụ a \"A\" { chủ trì: u; thời lượng: 10 ngày làm việc }\n"
      "nhiệm vụ b \"B\" { chủ trì: u; sau: a; thời lượng: 10 ngày làm việc; thời hạn: 31/03/2026 }\n");
  EXPECT_EQ(Days(json, "a"), "2026-01-28 2026-02-10 2026-03-17 35");
  EXPECT_EQ(Days(json, "b"), "2026-02-11 2026-03-03 2026-03-31 28");
  EXPECT_EQ(json["conflicts"].size(), 0u);
}

TEST_F(Schedule, FourKindsOfLinksWithLagAndLead) {
  const Json json = Of(
      "nhiệm vụ a \"A\" { chủ trì: u; bắt đầu: từ 02/02/2026; thời lượng: 10 ngày }\n"       // 02/02 to 11/02
      "nhiệm vụ b \"B\" { chủ trì: u; sau: a thêm 5 ngày; thời lượng: 1 ngày }\n"            // five days between: 17/02
      "nhiệm vụ c \"C\" { chủ trì: u; sau: a gối 3 ngày; thời lượng: 1 ngày }\n"             // three days before the end: 09/02
      "nhiệm vụ d \"D\" { chủ trì: u; bắt đầu sau khi bắt đầu: a thêm 1 tuần; thời lượng: 1 ngày }\n"   // 09/02
      "nhiệm vụ e \"E\" { chủ trì: u; kết thúc sau khi xong: a thêm 2 ngày; thời lượng: 1 ngày }\n"     // ends 13/02
      "nhiệm vụ f \"F\" { chủ trì: u; kết thúc sau khi bắt đầu: a thêm 1 tháng; thời lượng: 1 ngày }\n");
  EXPECT_EQ(Task(json, "a")["earliest_end"], "2026-02-11");
  EXPECT_EQ(Task(json, "b")["earliest_start"], "2026-02-17");
  EXPECT_EQ(Task(json, "c")["earliest_start"], "2026-02-09");
  EXPECT_EQ(Task(json, "d")["earliest_start"], "2026-02-09");
  EXPECT_EQ(Task(json, "e")["earliest_end"], "2026-02-13");
  EXPECT_EQ(Task(json, "f")["earliest_end"], "2026-03-01");   // a begins as 01/02 ends; a month on, 01/03 ends
}

TEST_F(Schedule, TheConflictIsToldAsClausesWithDays) {
  folder_.Write("p.ordo", kHead +
      "nhiệm vụ a \"A\" { chủ trì: u; thời lượng: 20 ngày làm việc }\n"
      "nhiệm vụ thừa \"Không liên quan\" { chủ trì: u; sau: a; thời lượng: 1 ngày; thời hạn: 30/11/2026 }\n"
      "nhiệm vụ b \"B\" { chủ trì: u; sau: a; thời lượng: 20 ngày làm việc\n  thời hạn: 10/03/2026 }\n");
  const auto found = Only(folder_.Check("p.ordo", 1, {"--only", "SCH18", "--lang", "vi"}), "SCH18");
  ASSERT_EQ(found.size(), 1u);
  // Issue 28/01: 20 working days end on 03/03 (five of Tết), 20 more on 31/03: 21 days too late.
  EXPECT_EQ(found[0].line, 7);
  EXPECT_NE(found[0].message.find("21 ngày"), std::string::npos) << found[0].message;
  for (const char* part : {"ban hành: 28/01/2026", "20 ngày làm việc: xong sớm nhất 03/03/2026", "20 ngày làm việc: xong sớm nhất 31/03/2026",
                           "10/03/2026", "p.ordo:4:", "p.ordo:6:"}) {
    EXPECT_NE((found[0].message + found[0].related).find(part), std::string::npos) << part << " in " << found[0].related;
  }
  EXPECT_EQ(found[0].related.find("p.ordo:5:"), std::string::npos) << "a clause that has no part in it";
}

// Every member of a told conflict is needed: without it the conflict is gone.
TEST_F(Schedule, RemovingAnyClauseOfTheConflictMendsIt) {
  const std::map<std::string, std::string> clauses = {{"AA", "thời lượng: 20 ngày làm việc"},
                                                      {"BB", "sau: a"},
                                                      {"CC", "thời lượng: 20 ngày làm việc"},
                                                      {"DD", "thời hạn: 10/03/2026"}};
  const std::string text =
      "nhiệm vụ a \"A\" { chủ trì: u; AA }\n"
      "nhiệm vụ b \"B\" { chủ trì: u; BB; CC; DD }\n";
  const auto with = [&](const std::string& left_out) {
    std::string plan = text;
    for (const auto& [mark, clause] : clauses) {
      plan.replace(plan.find(mark), 2, mark == left_out ? "ghi chú: \"bỏ\"" : clause);
    }
    return Of(plan)["conflicts"].size();
  };
  EXPECT_EQ(with(""), 1u);
  for (const auto& [mark, clause] : clauses) EXPECT_EQ(with(mark), 0u) << clause;
}

TEST_F(Schedule, AnAwaitedDocumentHasALastSafeDay) {
  const Json json = Of(
      "văn bản nđ \"Nghị định\" { ngày ban hành: dự kiến quý II/2026 }\n"
      "nhiệm vụ a \"A\" { chủ trì: u; sau: nđ; thời lượng: 30 ngày; thời hạn: 30/06/2026 }\n");
  ASSERT_EQ(json["awaited"].size(), 1u);
  EXPECT_EQ(json["awaited"][0]["id"], "nđ");
  EXPECT_EQ(json["awaited"][0]["safe"], false);
  EXPECT_EQ(json["awaited"][0]["last_safe"], "2026-05-31");   // thirty days of June follow it
  EXPECT_EQ(json["conflicts"].size(), 0u) << "it can be kept if the decree comes in time";
}

TEST_F(Schedule, ALimitAfterAnEventRollsOverRestDays) {
  // Within 10 days after 06/02/2026 ends on 16/02, which is Tết: 23/02 (Civil Code, art. 148.5).
  const Json json = Of(
      "sự kiện e \"khai mạc\" { ngày ban hành: 06/02/2026 }\n"
      "nhiệm vụ a \"A\" { chủ trì: u; thời hạn: trong vòng 10 ngày kể từ e }\n");
  EXPECT_EQ(Task(json, "a")["latest_end"], "2026-02-23");
}

TEST_F(Schedule, DaysAtTheEdges) {
  const Json json = Of(
      "nhiệm vụ a \"A\" { chủ trì: u; bắt đầu: vào 01/03/2026; thời lượng: 1 tháng; thời hạn: 30/06/2026 }\n"   // 1 to 31 March
      "nhiệm vụ b \"B\" { chủ trì: u; thời hạn: 31/03/2026 }\n"                                     // no length: 62 days of slack
      "nhiệm vụ c \"C\" { chủ trì: u; sau: a; thời hạn: 31/03/2026 }\n"                              // on the day on which a ends
      "nhiệm vụ d \"D\" { chủ trì: u; thời lượng: 2 ngày; thời hạn: vào 15/05/2026 }\n");
  EXPECT_EQ(Task(json, "a")["earliest_end"], "2026-03-31");
  EXPECT_EQ(Days(json, "b"), "2026-01-28 2026-01-28 2026-03-31 62");
  EXPECT_EQ(Days(json, "c"), "2026-03-31 2026-03-31 2026-03-31 0");
  EXPECT_EQ(Task(json, "d")["earliest_end"], "2026-05-15") << "on that day, not earlier";
  EXPECT_EQ(json["conflicts"].size(), 0u);
}

TEST_F(Schedule, AChainOfManyTasksIsQuickAndARingIsTold) {
  std::string chain;
  for (int i = 0; i < 5000; ++i) chain += "nhiệm vụ t" + std::to_string(i) + " \"T\" { chủ trì: u; thời hạn: 31/12/2026" + (i ? "; sau: t" + std::to_string(i - 1) : "") + " }\n";
  folder_.Write("p.ordo", kHead + chain);
  EXPECT_TRUE(Only(folder_.Check("p.ordo", 1), "SCH17").empty());
  folder_.Write("p.ordo", kHead + "nhiệm vụ a \"A\" { chủ trì: u; sau: b }\nnhiệm vụ b \"B\" { chủ trì: u; sau: a }\nnhiệm vụ c \"C\" { chủ trì: u; sau: b }\n");
  EXPECT_EQ(Only(folder_.Check("p.ordo", 1), "SCH17").size(), 2u);
}

TEST_F(Schedule, ThePictureNeverReplacesThePlan) {
  folder_.Write("p.ordo", kHead);
  EXPECT_EQ(folder_.Run({"timeline", "p.ordo", "-o", "p.ordo"}).status, 3);
  EXPECT_EQ(ReadBytes(folder_.path() / "p.ordo"), kHead);
}

TEST_F(Schedule, ForHumans) {
  folder_.Write("p.ordo", kHead + "nhiệm vụ a \"A\" { chủ trì: u; thời lượng: 10 ngày; thời hạn: 27/02/2026 }\n");
  const Ran ran = folder_.Run({"schedule", "p.ordo", "--lang", "vi"});
  EXPECT_EQ(ran.status, 0);
  for (const char* part : {"giữ nguyên", "không có xung đột", "06/02/2026", "27/02/2026", "Đường găng"}) {
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << " in\n" << ran.out;
  }
}

TEST_F(Schedule, WhatIfShowsOnlyWhatChanges) {
  folder_.Write("p.ordo", kHead +
      "nhiệm vụ a \"A\" { chủ trì: u; thời lượng: 20 ngày làm việc }\n"
      "nhiệm vụ b \"B\" { chủ trì: u; sau: a; thời lượng: 20 ngày làm việc; thời hạn: 10/03/2026 }\n");
  const std::string before = ReadBytes(folder_.path() / "p.ordo");
  const Ran ran = folder_.Run({"whatif", "p.ordo", "--set", "b.thời hạn = 30/06/2026", "--format", "json", "--only", "SCH18"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json json = Json::parse(ran.out);
  EXPECT_EQ(json["schema"], "ordo/whatif/1");
  EXPECT_EQ(json["new"].size(), 0u);
  ASSERT_EQ(json["gone"].size(), 1u);
  EXPECT_EQ(json["gone"][0]["code"], "SCH18");
  bool due = false;
  for (const Json& day : json["days"]) due |= day["id"] == "b" && day["before"] == "10/03/2026" && day["after"] == "30/06/2026";
  EXPECT_TRUE(due) << ran.out;
  ASSERT_EQ(json["reminders"].size(), 1u) << "only what moves";
  EXPECT_NE(json["reminders"][0]["before"], json["reminders"][0]["after"]);
  EXPECT_EQ(ReadBytes(folder_.path() / "p.ordo"), before) << "nothing is written";

  EXPECT_EQ(folder_.Run({"whatif", "p.ordo", "--set", "b.due = 10/03/2026"}).out.find("SCH18"), std::string::npos);
  EXPECT_EQ(folder_.Run({"whatif", "p.ordo", "--set", "không_có.due = 10/03/2026"}).status, 3);
  EXPECT_EQ(folder_.Run({"whatif", "p.ordo", "--set", "b.due = ngày mai"}).status, 2) << "the change itself is broken";
  EXPECT_EQ(folder_.Run({"whatif", "p.ordo", "--set", "b.due = 10/03/2026 } nhiệm vụ z \"Z\" {"}).status, 3) << "a value says no more than its field";
  const Ran added = folder_.Run({"whatif", "p.ordo", "--set", "a.note = \"x\""});
  EXPECT_EQ(added.status, 0) << added.err;
}

TEST_F(Schedule, BadLengthsAreToldWhereTheyStand) {
  folder_.Write("p.ordo", kHead +
      "nhiệm vụ a \"A\" { chủ trì: u; thời lượng: 3 quyển }\n"
      "nhiệm vụ b \"B\" { chủ trì: u; sau: a thêm 2,5 ngày }\n"
      "nhiệm vụ c \"C\" { chủ trì: u; thời lượng: từ 10 ngày }\n");
  const auto found = Only(folder_.Check("p.ordo", 2), "TIM15");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].line, 4);
  EXPECT_EQ(found[1].line, 5);
  EXPECT_EQ(found[2].line, 6);
}

}  // namespace
}  // namespace ordo::testing
