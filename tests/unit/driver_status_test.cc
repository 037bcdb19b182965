// `ordo status` as a user runs it: every state, every format, the journal named by the plan or on the command line, and input that
// is no journal.
#include "nlohmann/json.hpp"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

constexpr const char* kPlan = R"(ordo 1 en
plan p "Plan" { issued by: u; issue date: 2026-01-05; period: year 2026JOURNAL }
unit u "UBND" { head: "Chủ tịch" }
unit a "Phòng A" { part of: u; head: "Trưởng phòng A" }
unit b "Phòng B" { part of: u; head: "Trưởng phòng B" }
group g "Các phòng" { members: a, b }
event e "có hướng dẫn" { monitor: a }
task t1 "Một" { lead: a; due: 2026-02-27 }
task t2 "Hai" { lead: b; due: 2026-02-27 }
task t3 "Ba" { lead: b; due: Q1 2026 }
task t4 "Bốn" { lead: each g; due: 2026-04-30 }
task t5 "Năm" { lead: a; due: within 10 days after e }
task t6 "Sáu" { lead: a; due: ongoing }
task t7 "Bảy" { lead: a }
task t8 "Tám" { lead: a; due: Q4 2026 }
target r "Tỷ lệ" { measured in: %; by 2026 reach 85% }
)";
constexpr const char* kJournal = R"(ordo 1 en
done t1 { on: 2026-02-27; evidence: "Báo cáo 1" }
done t2 { on: 2026-03-02; evidence: "Báo cáo 2" }
moved t3 { on: 2026-03-20; due: 2026-04-10 instead of Q1 2026; reason: "Chờ số liệu"; decided by: u.head }
measured r { on: 2026-03-31; value: 72% }
done t4 { on: 2026-04-01; party: b }
started t8 { on: 2026-04-02 }
)";

class Status : public ::testing::Test {
 protected:
  Status() {
    std::string plan = kPlan;
    plan.replace(plan.find("JOURNAL"), 7, "");
    plan_ = folder_.Write("plan.ordo", plan);
    journal_ = folder_.Write("journal.ordo", kJournal);
  }
  json Run(const std::string& as_of, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"status", plan_, "--as-of", as_of, "--format", "json", "--journal", journal_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = folder_.Run(arguments);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json::parse(ran.out, nullptr, false);
  }
  static json Item(const json& all, const std::string& name, const std::string& party = "") {
    for (const json& item : all["items"]) {
      if (item["name"] == name && (party.empty() ? item["party"].is_null() : item["party"] == party)) return item;
    }
    ADD_FAILURE() << "no item " << name;
    return {};
  }

  Folder folder_;
  std::string plan_, journal_;
};

TEST_F(Status, TellsEveryState) {
  const json all = Run("2026-04-15");
  EXPECT_EQ(all["schema"], "ordo/status/1");
  EXPECT_EQ(all["journal"]["entries"], 6);
  EXPECT_EQ(Item(all, "t1")["state"], "done_on_time");
  EXPECT_EQ(Item(all, "t1")["evidence"], json({"Báo cáo 1"}));
  EXPECT_EQ(Item(all, "t2")["state"], "done_late");
  EXPECT_EQ(Item(all, "t2")["days_late"], 3);
  EXPECT_EQ(Item(all, "t3")["state"], "late");
  EXPECT_EQ(Item(all, "t3")["due"], "2026-04-10");
  EXPECT_EQ(Item(all, "t3")["days_late"], 5);
  EXPECT_EQ(Item(all, "t3")["moves"], 1);
  EXPECT_EQ(Item(all, "t3")["dues"][0]["day"], "2026-03-31");
  EXPECT_EQ(Item(all, "t3")["dues"][1]["reason"], "Chờ số liệu");
  EXPECT_EQ(Item(all, "t4", "a")["state"], "due_later");
  EXPECT_EQ(Item(all, "t4", "b")["state"], "done_on_time");
  EXPECT_EQ(Item(all, "t5")["state"], "waiting");
  EXPECT_EQ(Item(all, "t6")["state"], "ongoing");
  EXPECT_EQ(Item(all, "t7")["state"], "undated");
  EXPECT_EQ(Item(all, "t8")["state"], "in_progress");
  EXPECT_EQ(all["counts"]["all"], 9);
  EXPECT_EQ(all["counts"]["done"], 3);
  EXPECT_EQ(all["targets"]["items"][0]["value"], "72%");
  EXPECT_EQ(all["targets"]["items"][0]["next"]["horizon"], "2026-12-31");
}

TEST_F(Status, TheDayDecides) {
  const json early = Run("2026-03-19");
  EXPECT_EQ(Item(early, "t3")["due"], "2026-03-31") << "not moved yet";
  EXPECT_EQ(Item(early, "t3")["state"], "due_later");
  EXPECT_EQ(early["journal"]["later_entries"], 4);
  EXPECT_TRUE(early["targets"]["items"][0]["on"].is_null());
  EXPECT_EQ(Item(Run("2026-04-10"), "t3")["state"], "due_later") << "the last day is not over";
  EXPECT_EQ(Item(Run("2026-04-11"), "t3")["state"], "late");
}

TEST_F(Status, OneUnit) {
  const json b = Run("2026-04-15", {"--unit", "b"});
  ASSERT_EQ(b["items"].size(), 3u);
  EXPECT_EQ(b["counts"]["done"], 2);
  EXPECT_EQ(folder_.Run({"status", plan_, "--as-of", "2026-04-15", "--unit", "zz"}).status, 2);
  EXPECT_EQ(folder_.Run({"status", plan_, "--as-of", "2026-04-15", "--unit", "t1"}).status, 2);
}

TEST_F(Status, WithoutADayItSaysSo) {
  const Ran ran = folder_.Run({"status", plan_, "--journal", journal_});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.err.find("--as-of"), std::string::npos) << ran.err;
  EXPECT_TRUE(ran.out.empty());
  EXPECT_EQ(folder_.Run({"status", plan_, "--as-of", "2026-02-30"}).status, 3);
}

TEST_F(Status, WithoutAJournalNothingIsDone) {
  const Ran ran = folder_.Run({"status", plan_, "--as-of", "2026-04-15"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("No entry of a journal"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("0/9"), std::string::npos) << ran.out;
}

TEST_F(Status, ThePlanNamesItsJournal) {
  std::string plan = kPlan;
  plan.replace(plan.find("JOURNAL"), 7, "; journal: \"log/j.ordo\"");
  fs::create_directories(folder_.path() / "log");
  folder_.Write("log/j.ordo", kJournal);
  const std::string named = folder_.Write("named.ordo", plan);
  const Ran ran = folder_.Run({"status", named, "--as-of", "2026-04-15", "--format", "json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(json::parse(ran.out)["counts"]["done"], 3);
  const std::string empty = folder_.Write("empty.ordo", "ordo 1 vi\n");
  const Ran other = folder_.Run({"status", named, "--as-of", "2026-04-15", "--format", "json", "--journal", empty});
  ASSERT_EQ(other.status, 0) << other.err;
  EXPECT_EQ(json::parse(other.out)["counts"]["done"], 0) << "the command line wins";
}

TEST_F(Status, EveryFormatHoldsTheSame) {
  for (const char* format : {"text", "md", "csv", "html"}) {
    const Ran ran = folder_.Run({"status", plan_, "--as-of", "2026-04-15", "--journal", journal_, "--format", format});
    ASSERT_EQ(ran.status, 0) << format << ran.err;
    for (const char* text : {"Chờ số liệu", "Báo cáo 1", "72%", "3/9"}) EXPECT_NE(ran.out.find(text), std::string::npos) << format << text << ran.out;
    EXPECT_EQ(ran.out, folder_.Run({"status", plan_, "--as-of", "2026-04-15", "--journal", journal_, "--format", format}).out);
  }
  const std::string page = folder_.Run({"status", plan_, "--as-of", "2026-04-15", "--format", "html"}).out;
  EXPECT_EQ(page.find("<html"), page.rfind("<html"));
}

TEST_F(Status, WhatIsNoJournalIsToldOnce) {
  const auto codes = [&](const std::string& journal) {
    const Ran ran = folder_.Run({"check", plan_, "--journal", journal, "--format", "json", "--only", "JRN01"});
    EXPECT_EQ(ran.status, 2) << journal;
    std::string all;
    const json told = json::parse(ran.out, nullptr, false);
    for (const json& finding : told["findings"]) {
      if (finding["severity"] == "error") all += (all.empty() ? "" : " ") + finding["code"].get<std::string>();
    }
    return all;
  };
  EXPECT_EQ(codes(plan_), "FIL12");
  EXPECT_EQ(codes(folder_.Write("units.ordo", "ordo 1 en\nunit x \"X\"\nunit y \"Y\"\n")), "FIL12");
  EXPECT_EQ(codes("nowhere.ordo"), "FIL01");
  EXPECT_EQ(codes(folder_.Write("bytes.ordo", "\xff\xd8\xff")), "FIL04");
  EXPECT_EQ(codes(folder_.Write("j1.ordo", "ordo 1 en\ndone t11 { on: 2026-03-01 }\n")), "NAM03");
  EXPECT_EQ(codes(folder_.Write("j2.ordo", "ordo 1 en\ndone a { on: 2026-03-01 }\n")), "TYP02");
  EXPECT_EQ(codes(folder_.Write("j3.ordo", "ordo 1 en\ndone t1 { on: some day }\n")), "TIM01");
  EXPECT_EQ(codes(folder_.Write("j4.ordo", "ordo 1 en\ndone t1.nowhere { on: 2026-03-01 }\n")), "TYP09");
  EXPECT_EQ(codes(folder_.Write("j5.ordo", "ordo 1 en\ndone { on: 2026-03-01 }\n")), "NAM06");
}

TEST_F(Status, AnImpossibleDayCountsForNothing) {
  const std::string journal = folder_.Write("j.ordo", "ordo 1 en\ndone t1 { on: 2026-02-30 }\n");
  const Ran check = folder_.Run({"check", plan_, "--journal", journal, "--only", "SCH27,JRN01"});
  EXPECT_EQ(check.status, 1);
  EXPECT_NE(check.out.find("SCH27"), std::string::npos) << check.out;
  EXPECT_EQ(check.out.find("JRN01"), std::string::npos) << check.out;
  const Ran ran = folder_.Run({"status", plan_, "--as-of", "2026-04-15", "--format", "json", "--journal", journal});
  EXPECT_EQ(Item(json::parse(ran.out), "t1")["state"], "late");
}

// A long journal about few things is no reason to wait: entries are looked up, never compared in pairs.
TEST_F(Status, AHundredThousandEntries) {
  std::string text = "ordo 1 en\n";
  for (int i = 0; i < 25000; ++i) {
    text += "started t1 { on: 2026-02-02 }\ndone t1 { on: 2026-02-27; evidence: \"x\" }\nmeasured r { on: 2026-03-31; value: 72% }\n"
            "moved t3 { on: 2026-03-20; due: 2026-04-10; reason: \"x\"; decided by: u.head }\n";
  }
  const std::string journal = folder_.Write("long.ordo", text);
  const Ran ran = folder_.Run({"status", plan_, "--as-of", "2026-04-15", "--format", "json", "--journal", journal});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(json::parse(ran.out)["journal"]["entries"], 100000);
}

}  // namespace
}  // namespace ordo::testing
