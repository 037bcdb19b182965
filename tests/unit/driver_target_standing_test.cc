// What a target has to have reached on a day and where it stands, against numbers worked out by hand; conditions by measured values; the
// counts of `ordo status`.
#include <numeric>

#include "fmt/format.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

class TargetStanding : public ::testing::Test {
 protected:
  json Targets(const std::string& plan, const std::string& journal, const std::string& as_of, std::vector<std::string> more = {}) {
    folder_.Write("plan.ordo", "ordo 1 en\n" + plan);
    folder_.Write("journal.ordo", "ordo 1 en\n" + journal);
    more.insert(more.begin(), {"status", "plan.ordo", "--as-of", as_of, "--journal", "journal.ordo", "--format", "json"});
    const Ran ran = folder_.Run(more);
    EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
    return json::parse(ran.out, nullptr, false)["targets"];
  }
  // «required | state» of the one target g, whose body is given.
  std::string On(const std::string& path, const std::string& body, const std::string& as_of, const std::string& journal = "") {
    const json told = Targets(fmt::format("plan p \"P\" {{ issue date: 2025-01-05; period: from 2025 to 2032; required path: {} }}\ntarget g \"G\" {{ {} }}\n", path, body), journal, as_of);
    if (!told.is_object() || told["items"].size() != 1) return "none";
    const json item = told["items"][0];
    return (item["required"].is_null() ? "-" : item["required"].get<std::string>()) + " | " + item["state"].get<std::string>();
  }
  static std::string Measured(const std::string& on, const std::string& value) { return fmt::format("measured g {{ on: {}; value: {} }}\n", on, value); }
  // State of the condition c, of `must hold` as given, over two targets a, b in percent and a count n.
  std::string Condition(const std::string& must_hold, const std::string& journal, const std::string& as_of = "2026-07-01") {
    const std::string plan = fmt::format(R"(ordo 1 en
plan p "P" {{ issue date: 2025-01-05; period: from 2025 to 2032 }}
indicator i "I" {{ measured in: % }}
target a "A" {{ measured in: %; by 2030 reach 60% }}
target b "B" {{ measured in: %; by 2030 reach 20% }}
target ai "AI" {{ indicator: i; by 2030 reach 20% }}
target n "N" {{ measured in: "hồ sơ"; by 2030 reach 100 }}
condition c "C" {{ must hold: {} }}
rule XX01 "met" {{
  severity: information
  for each condition c
  where c.state is stated and c.state = met
  at: c
  en: "met"
  vi: "met"
}}
rule XX02 "missed" {{
  severity: information
  for each condition c
  where c.state is stated and c.state = missed
  at: c
  en: "missed"
  vi: "missed"
}}
rule XX03 "open" {{
  severity: information
  for each condition c
  where c.state is stated and c.state = not known
  at: c
  en: "open"
  vi: "open"
}}
)", must_hold);
    folder_.Write("plan.ordo", plan);
    folder_.Write("journal.ordo", "ordo 1 en\n" + journal);
    std::string told;
    for (const Told& one : folder_.Check("plan.ordo", 0, {"--as-of", as_of, "--journal", "journal.ordo", "--only", "XX01,XX02,XX03"})) told += one.message;
    return told;
  }

  Folder folder_;
};

constexpr const char* kSteps = "measured in: %; by 2026 reach 70%; by 2030 reach 90%";

// The value of a horizon is required from its last day on.
TEST_F(TargetStanding, StepsBeginOnTheLastDayOfTheHorizon) {
  const std::string sixty = Measured("2026-02-01", "60%"), seventy = Measured("2026-02-01", "70%"), ninety = Measured("2026-02-01", "90%");
  EXPECT_EQ(On("step", kSteps, "2026-12-30"), "- | not_yet");
  EXPECT_EQ(On("step", kSteps, "2026-12-31"), "≥ 70% | unmeasured");
  EXPECT_EQ(On("step", kSteps, "2027-01-01"), "≥ 70% | unmeasured");
  EXPECT_EQ(On("step", kSteps, "2026-12-30", sixty), "- | not_yet");
  EXPECT_EQ(On("step", kSteps, "2026-12-30", seventy), "- | reached") << "what is asked next is reached already";
  EXPECT_EQ(On("step", kSteps, "2026-12-31", sixty), "≥ 70% | behind");
  EXPECT_EQ(On("step", kSteps, "2026-12-31", seventy), "≥ 70% | on_path");
  EXPECT_EQ(On("step", kSteps, "2027-01-01", seventy), "≥ 70% | on_path");
  EXPECT_EQ(On("step", kSteps, "2026-12-31", ninety), "≥ 70% | reached");
  EXPECT_EQ(On("step", kSteps, "2030-12-30", seventy), "≥ 70% | on_path");
  EXPECT_EQ(On("step", kSteps, "2030-12-31", seventy), "≥ 90% | behind");
  EXPECT_EQ(On("step", kSteps, "2030-12-31", ninety), "≥ 90% | reached");
  EXPECT_EQ(On("step", kSteps, "2032-12-31", ninety), "≥ 90% | reached") << "after the last horizon";
}

TEST_F(TargetStanding, SignsBindAsTheyRead) {
  EXPECT_EQ(On("step", "measured in: %; by 2026 reach > 70%", "2026-12-31", Measured("2026-02-01", "70%")), "≥ 70% | behind") << "more than is not at least";
  EXPECT_EQ(On("step", "measured in: %; by 2026 reach > 70%", "2026-12-31", Measured("2026-02-01", "70.1%")), "≥ 70% | reached");
  EXPECT_EQ(On("step", "measured in: %; by 2026 reach from 70% to 80%", "2026-12-31", Measured("2026-02-01", "70%")), "≥ 70% | reached");
  EXPECT_EQ(On("step", "measured in: \"thứ bậc\"; better when: lower; by 2026 reach 3", "2026-12-31", Measured("2026-02-01", "3")), "≤ 3 | reached");
  EXPECT_EQ(On("step", "measured in: \"thứ bậc\"; better when: lower; by 2026 reach 3", "2026-12-31", Measured("2026-02-01", "4")), "≤ 3 | behind");
  EXPECT_EQ(On("step", "measured in: \"thứ bậc\"; by 2026 reach < 3", "2026-12-31", Measured("2026-02-01", "3")), "≤ 3 | behind");
}

TEST_F(TargetStanding, AStraightLineFromTheBaseline) {
  const std::string line = "measured in: %; baseline: 50% in 2025; by 2026 reach 70%";
  // From 2025-12-31 to 2026-12-31 are 365 days, to 2026-07-01 they are 31+28+31+30+31+30+1 = 182: 50 + 20 * 182/365 = 59.97260…
  EXPECT_EQ(On("linear", line, "2026-07-01"), "≥ 59.9727% | unmeasured") << "upwards to a millionth: 0.599727";
  EXPECT_EQ(On("linear", line, "2026-07-01", Measured("2026-06-30", "59.9727%")), "≥ 59.9727% | on_path");
  EXPECT_EQ(On("linear", line, "2026-07-01", Measured("2026-06-30", "59.9726%")), "≥ 59.9727% | behind");
  EXPECT_EQ(On("linear", line, "2025-12-30"), "- | not_yet") << "before the baseline";
  EXPECT_EQ(On("linear", line, "2025-12-31"), "≥ 50% | unmeasured") << "on its day";
  EXPECT_EQ(On("linear", line, "2026-01-01"), "≥ 50.0548% | unmeasured");   // 20/365 = 0.054794…
  EXPECT_EQ(On("linear", line, "2026-12-30"), "≥ 69.9453% | unmeasured");   // 20 * 364/365 = 19.945205…
  EXPECT_EQ(On("linear", line, "2026-12-31"), "≥ 70% | unmeasured");
  EXPECT_EQ(On("linear", line, "2027-06-01"), "≥ 70% | unmeasured");
  EXPECT_EQ(On("step", line, "2026-07-01"), "- | not_yet") << "a baseline is no horizon";
}

TEST_F(TargetStanding, LeapYearsHaveTheirDay) {
  const std::string line = "measured in: %; baseline: 50% in 2027; by 2028 reach 70%";
  // 2028 has 366 days. To 29 February 31 + 29 = 60: 20 * 60/366 = 3.278688…; to 1 July 31+29+31+30+31+30+1 = 183, the half.
  EXPECT_EQ(On("linear", line, "2028-02-29"), "≥ 53.2787% | unmeasured");
  EXPECT_EQ(On("linear", line, "2028-07-01"), "≥ 60% | unmeasured");
  EXPECT_EQ(On("linear", line, "2028-07-01", Measured("2028-07-01", "60%")), "≥ 60% | on_path");
}

TEST_F(TargetStanding, ALineDownwards) {
  const std::string line = "measured in: %; better when: lower; baseline: 30% in 2025; by 2027 reach 10%";
  // 730 days: 30 - 20 * 182/730 = 25.013698…, to the stricter side 25.0136; half of the way is 20.
  EXPECT_EQ(On("linear", line, "2026-07-01"), "≤ 25.0136% | unmeasured");
  EXPECT_EQ(On("linear", line, "2026-07-01", Measured("2026-07-01", "25.0136%")), "≤ 25.0136% | on_path");
  EXPECT_EQ(On("linear", line, "2026-07-01", Measured("2026-07-01", "25.0137%")), "≤ 25.0136% | behind");
  EXPECT_EQ(On("linear", line, "2026-12-31", Measured("2026-07-01", "10%")), "≤ 20% | reached");
}

TEST_F(TargetStanding, TheLineBetweenHorizons) {
  const std::string line = "measured in: %; baseline: 50%; by 2026 reach 70%; by 2028 reach 90%";
  // From 2026-12-31 to 2028-12-31 are 365 + 366 = 731 days: 70 + 20 * 365/731 = 79.98632…
  EXPECT_EQ(On("linear", line, "2026-07-01"), "- | not_yet") << "a baseline without a day begins no line";
  EXPECT_EQ(On("linear", line, "2026-12-31"), "≥ 70% | unmeasured");
  EXPECT_EQ(On("linear", line, "2027-12-31"), "≥ 79.9864% | unmeasured");
  EXPECT_EQ(On("linear", line, "2028-12-31"), "≥ 90% | unmeasured");
  // Rows in another order than their years.
  EXPECT_EQ(On("linear", "measured in: %; by 2028 reach 90%; by 2026 reach 70%", "2027-12-31"), "≥ 79.9864% | unmeasured");
}

TEST_F(TargetStanding, ValuesForEachYear) {
  const std::string yearly = "measured in: \"sáng kiến\"; by 2027 reach 3 per year; by 2030 reach 5 per year";
  for (const char* path : {"step", "linear"}) {
    EXPECT_EQ(On(path, yearly, "2026-05-01"), "- | not_yet") << "a first one in its own year";
    EXPECT_EQ(On(path, yearly, "2027-01-01"), "≥ 3 | unmeasured");
    EXPECT_EQ(On(path, yearly, "2029-06-01"), "≥ 5 | unmeasured") << "every year since the horizon before";
    EXPECT_EQ(On(path, yearly, "2027-12-30"), "≥ 3 | unmeasured");
    EXPECT_EQ(On(path, yearly, "2027-12-31"), "≥ 3 | unmeasured") << "the last day of 2027 is in 2027";
    EXPECT_EQ(On(path, yearly, "2028-01-01"), "≥ 5 | unmeasured");
    EXPECT_EQ(On(path, yearly, "2031-01-01"), "≥ 5 | unmeasured");
  }
  EXPECT_EQ(On("step", yearly, "2027-06-01", Measured("2027-03-01", "3")), "≥ 3 | reached");
  EXPECT_EQ(On("step", yearly, "2028-01-01", Measured("2027-03-01", "3")), "≥ 5 | behind");
}

TEST_F(TargetStanding, ChangesCountFromTheBaseline) {
  EXPECT_EQ(On("step", "measured in: \"hồ sơ\"; baseline: 100 in 2025; by 2026 increase by 20%", "2026-12-31"), "≥ 120 | unmeasured") << "a share of what there was";
  EXPECT_EQ(On("step", "measured in: \"hồ sơ\"; baseline: 100 in 2025; by 2026 increase by 20", "2026-12-31"), "≥ 120 | unmeasured");
  EXPECT_EQ(On("step", "measured in: %; baseline: 50% in 2025; by 2026 increase by 10%", "2026-12-31"), "≥ 60% | unmeasured") << "percentage points";
  EXPECT_EQ(On("step", "measured in: \"hồ sơ\"; baseline: 200 in 2025; by 2026 decrease by 20%", "2026-12-31"), "≤ 160 | unmeasured");
  // 100 + 20 * 91/365 = 104.986301…
  EXPECT_EQ(On("linear", "measured in: \"hồ sơ\"; baseline: 100 in 2025; by 2026 increase by 20%", "2026-04-01"), "≥ 104.986302 | unmeasured");
  EXPECT_EQ(On("step", "measured in: \"hồ sơ\"; by 2026 increase by 20%", "2026-12-31"), "none") << "nothing to count from";
}

TEST_F(TargetStanding, OtherPopulationsAreOtherQuantities) {
  EXPECT_EQ(On("step", "measured in: %; out of: \"dân số\"; by 2026 reach 70%; by 2026 reach 90%, out of \"cán bộ\"", "2026-12-31"), "≥ 70% | unmeasured");
  EXPECT_EQ(On("step", "measured in: %; by 2026 reach 70%; by 2026 reach 90%, scope \"thành phố\"", "2026-12-31"), "≥ 70% | unmeasured");
}

TEST_F(TargetStanding, WhichEntryHolds) {
  EXPECT_EQ(On("step", kSteps, "2027-01-01", Measured("2026-11-01", "60%") + Measured("2026-11-01", "75%")), "≥ 70% | on_path") << "of one day the last told";
  EXPECT_EQ(On("step", kSteps, "2027-01-01", Measured("2026-11-01", "75%") + Measured("2026-11-01", "60%")), "≥ 70% | behind");
  EXPECT_EQ(On("step", kSteps, "2027-01-01", Measured("2026-12-01", "75%") + Measured("2026-11-01", "60%")), "≥ 70% | on_path") << "days, not lines, decide";
  EXPECT_EQ(On("step", kSteps, "2027-01-01", Measured("2026-11-01", "60%") + Measured("2027-01-02", "95%")), "≥ 70% | behind") << "after the day";
  EXPECT_EQ(On("step", kSteps, "2027-01-01", Measured("2027-01-01", "90%")), "≥ 70% | reached") << "on the day";
  EXPECT_EQ(On("step", kSteps, "2027-01-01", Measured("2026-11-01", "80")), "≥ 70% | unmeasured") << "a number is no share";
  EXPECT_EQ(On("step", kSteps, "2027-01-01", Measured("2026-10-01", "75%") + Measured("2026-11-01", "80")), "≥ 70% | on_path") << "the last in its measure";
}

TEST_F(TargetStanding, ConditionsByMeasuredValues) {
  const auto m = [](const std::string& what, const std::string& on, const std::string& value) { return fmt::format("measured {} {{ on: {}; value: {} }}\n", what, on, value); };
  const std::string a60 = m("a", "2026-03-01", "60%"), b40 = m("b", "2026-03-01", "40%"), b41 = m("b", "2026-03-01", "41%");
  EXPECT_EQ(Condition("a + b <= 100%", a60 + b40), "met");
  EXPECT_EQ(Condition("a + b <= 100%", a60 + b41), "missed");
  EXPECT_EQ(Condition("a + b < 100%", a60 + b40), "missed");
  EXPECT_EQ(Condition("a >= 2 * b - 20%", a60 + b40), "met");
  EXPECT_EQ(Condition("a != 60%", a60), "missed");
  EXPECT_EQ(Condition("a = 60%", a60), "met");
  EXPECT_EQ(Condition("n / 2 >= 50", m("n", "2026-03-01", "99")), "missed");
  EXPECT_EQ(Condition("i >= 20%", m("i", "2026-03-01", "20%")), "met") << "an indicator";
  EXPECT_EQ(Condition("ai >= 20%", m("i", "2026-03-01", "19%")), "missed") << "a target by its indicator";
  EXPECT_EQ(Condition("a + b <= 100%", a60 + b41, "2026-02-28"), "open") << "before the day";
}

// What is not known decides nothing, and only where it would decide.
TEST_F(TargetStanding, UnknownValues) {
  const std::string a60 = "measured a { on: 2026-03-01; value: 60% }\n";
  EXPECT_EQ(Condition("a + b <= 100%", a60), "open");
  EXPECT_EQ(Condition("a >= 50% or b >= 50%", a60), "met");
  EXPECT_EQ(Condition("b >= 50% or a >= 50%", a60), "met");
  EXPECT_EQ(Condition("a >= 70% or b >= 50%", a60), "open");
  EXPECT_EQ(Condition("a >= 70% and b >= 50%", a60), "missed");
  EXPECT_EQ(Condition("b >= 50% and a >= 50%", a60), "open");
  EXPECT_EQ(Condition("not (b >= 50%)", a60), "open");
  EXPECT_EQ(Condition("not (a >= 70% and b >= 50%)", a60), "met");
  EXPECT_EQ(Condition("not (not (a >= 70%))", a60), "missed");
}

TEST_F(TargetStanding, ValuesOfAYear) {
  const std::string journal = "measured a { on: 2025-06-30; value: 30% }\nmeasured a { on: 2025-12-31; value: 40% }\nmeasured a { on: 2026-01-01; value: 70% }\n";
  EXPECT_EQ(Condition("a in 2025 >= 40%", journal), "met") << "the last one measured in it";
  EXPECT_EQ(Condition("a in 2025 >= 41%", journal), "missed");
  EXPECT_EQ(Condition("a in 2026 >= a in 2025 + 30%", journal), "met");
  EXPECT_EQ(Condition("a in 2027 >= 10%", journal), "open");
  EXPECT_EQ(Condition("a >= 70%", journal), "met") << "without a year the last of all";
}

TEST_F(TargetStanding, DoneWhen) {
  const auto told = [&](const std::string& value) {
    folder_.Write("plan.ordo", "ordo 1 en\nplan p \"P\" { issue date: 2025-01-05; period: from 2025 to 2032 }\ntarget a \"A\" { measured in: %; by 2026 reach 80% }\n"
                               "task t \"Số hóa\" { due: 2026; done when: a >= 80% }\n");
    folder_.Write("journal.ordo", "ordo 1 en\n" + (value.empty() ? "" : "measured a { on: 2026-06-01; value: " + value + " }\n") + "done t { on: 2026-06-15 }\n");
    return Codes(folder_.Check("plan.ordo", value.starts_with("79") ? 1 : 0, {"--as-of", "2026-07-02", "--journal", "journal.ordo", "--only", "JRN19"}));
  };
  EXPECT_EQ(told("79.9%"), "JRN19");
  EXPECT_EQ(told("80%"), "");
  EXPECT_EQ(told(""), "") << "not known";
}

// A hundred thousand conditions times years are enough; told once, and soon.
TEST_F(TargetStanding, TooManyConditions) {
  std::string plan = "ordo 1 en\nplan p \"P\" { issue date: 2025-01-05; period: from 1900 to 2399 }\ntarget a \"A\" { measured in: %; by 2026 reach 80% }\n";
  for (int i = 0; i < 200; ++i) plan += fmt::format("condition c{} \"C\" {{ must hold: a >= {}%; for: from 1900 to 2399 }}\n", i, i % 80);
  folder_.Write("plan.ordo", plan);
  EXPECT_EQ(Codes(folder_.Check("plan.ordo", 0, {"--only", "TGT32"})), "");
  for (int i = 200; i < 210; ++i) plan += fmt::format("condition c{} \"C\" {{ must hold: a >= {}%; for: from 1900 to 2399 }}\n", i, i % 80);
  folder_.Write("plan.ordo", plan);
  const auto all = folder_.Check("plan.ordo", 2, {"--only", "TGT32"});
  ASSERT_EQ(Codes(all), "RUL24");
  EXPECT_EQ(all[0].message, "more than 100000 conditions, counted once for each year");
  EXPECT_EQ(all[0].line, 204) << "the first that is too much";
}

constexpr const char* kUnits = R"(plan p "P" { issue date: 2025-01-05; period: from 2025 to 2032 }
unit u "U" { head: "Chủ tịch" }
unit a "A" { part of: u; head: "Trưởng phòng" }
unit b "B" { part of: u; head: "Trưởng phòng" }
group ab "Các phòng" { members: a, b }
section s1 "Mục một" {
  target t1 "T1" { measured in: %; lead: a; by 2026 reach 70% }
  target t2 "T2" { measured in: %; lead: b; by 2026 reach 70% }
  section s11 "Mục con" { target t3 "T3" { measured in: %; lead: a; by 2026 reach 70% } }
}
section s2 "Mục hai" {
  target t4 "T4" { measured in: %; by 2026 reach 70% }
  target t5 "T5" { measured in: %; by 2030 reach 70% }
}
target t6 "T6" { measured in: %; lead: ab; by 2026 reach 70% }
target t7 "Chỉ lời" { by 2026 complete "Xong" }
task w "Việc" { lead: b; product: t4; due: 2026 }
)";
constexpr const char* kMeasured = R"(measured t1 { on: 2026-12-01; value: 60% }
measured t2 { on: 2026-12-01; value: 70% }
measured t3 { on: 2026-12-01; value: 71% }
measured t5 { on: 2026-12-01; value: 10% }
)";

TEST_F(TargetStanding, CountsAddUpToTheWhole) {
  const json told = Targets(kUnits, kMeasured, "2026-12-31");
  ASSERT_TRUE(told.is_object());
  EXPECT_EQ(told["counts"], json::parse(R"({"all": 6, "reached": 2, "on_path": 0, "behind": 1, "unmeasured": 2, "not_yet": 1})"));
  for (const char* part : {"by_lead", "by_section"}) {
    std::map<std::string, int> sum;
    for (const json& one : told[part]) {
      int states = 0;
      for (const auto& [state, count] : one["counts"].items()) {
        sum[state] += count.get<int>();
        if (state != "all") states += count.get<int>();
      }
      EXPECT_EQ(one["counts"]["all"], states) << part << one;
    }
    for (const auto& [state, count] : told["counts"].items()) EXPECT_EQ(sum[state], count) << part << " " << state;
  }
  std::string leads, sections;
  for (const json& one : told["by_lead"]) leads += fmt::format("{}:{} ", one["name"].is_null() ? "-" : one["name"].get<std::string>(), one["counts"]["all"].get<int>());
  for (const json& one : told["by_section"]) sections += fmt::format("{}:{} ", one["name"].is_null() ? "-" : one["name"].get<std::string>(), one["counts"]["all"].get<int>());
  EXPECT_EQ(leads, "a:2 b:2 -:1 ab:1 ") << "t4 by its task";
  EXPECT_EQ(sections, "s1:2 s11:1 s2:2 -:1 ");
}

TEST_F(TargetStanding, OneUnit) {
  const auto names = [&](const std::string& unit) {
    const json told = Targets(kUnits, kMeasured, "2026-12-31", {"--unit", unit});
    std::string all;
    for (const json& item : told["items"]) all += item["name"].get<std::string>() + " ";
    EXPECT_EQ(told["counts"]["all"], told["items"].size());
    return all;
  };
  EXPECT_EQ(names("a"), "t1 t3 t6 ") << "and what the groups lead that it is in";
  EXPECT_EQ(names("b"), "t2 t4 t6 ");
}

TEST_F(TargetStanding, TablesHoldTheSame) {
  Targets(kUnits, kMeasured, "2026-12-31");
  for (const char* format : {"text", "md", "csv", "html"}) {
    const Ran ran = folder_.Run({"status", "plan.ordo", "--as-of", "2026-12-31", "--journal", "journal.ordo", "--format", format});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const std::string titles[] = {"TARGETS AS OF", "TARGETS BY SECTION"};
    for (const std::string& text : titles) EXPECT_EQ(ran.out.find(text) != std::string::npos, std::string(format) != "csv") << format << " " << text;
    for (const char* text : {"Mục con", "(in no section)", "(nobody named)", "71%", "Behind", "Not required yet"}) {
      EXPECT_NE(ran.out.find(text), std::string::npos) << format << " " << text << "\n" << ran.out;
    }
  }
}

}  // namespace
}  // namespace ordo::testing
