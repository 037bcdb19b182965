// Laws of the model over random plans: registers have no order, a skin is only spelling, and what is lowered is sound IR that
// survives being written out and read back.
#include "compiler/ast/ast.h"
#include "support/random_plan.h"
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

constexpr uint32_t kPlans = 30;

// What a check says apart from places, sorted: lists inside sentences follow the order of registers and are left out.
std::string CodesAndSubjects(const PlanRun& run) {
  std::vector<std::string> all;
  for (const Finding& finding : run.findings()) {
    all.push_back(finding.code + " " + std::to_string(static_cast<int>(finding.severity)) + " " + finding.subject + " " +
                  finding.waiver.value_or(""));
  }
  std::sort(all.begin(), all.end());
  std::string out;
  for (const std::string& one : all) out += one + "\n";
  return out;
}

TEST(RandomPlans, AreSoundAndVaried) {
  size_t findings = 0;
  std::set<std::string> codes;
  for (uint32_t seed = 0; seed < kPlans; ++seed) {
    const PlanRun run(RandomPlan(seed).Text());
    ASSERT_TRUE(run.sound()) << seed << "\n" << run.Rendered();
    for (const Finding& finding : run.findings()) codes.insert(finding.code);
    findings += run.findings().size();
  }
  EXPECT_GT(findings, kPlans * 10) << "a generator that makes no faults tests no rules";
  EXPECT_GT(codes.size(), 25u);
}

TEST(RandomPlans, ShufflingRegistersChangesNoByteOfATable) {
  std::mt19937 random(7);
  for (uint32_t seed = 0; seed < kPlans; ++seed) {
    const RandomPlan plan(seed);
    const PlanRun first(plan.Text());
    ASSERT_TRUE(first.sound()) << first.Rendered();
    for (int round = 0; round < 2; ++round) {
      const std::string text = plan.Shuffled(random);
      const PlanRun second(text);
      ASSERT_TRUE(second.sound()) << second.Rendered();
      ASSERT_EQ(first.AllTables(), second.AllTables()) << seed << "\n" << text;
      ASSERT_EQ(CodesAndSubjects(first), CodesAndSubjects(second)) << seed << "\n" << text;
    }
  }
}

TEST(RandomPlans, TheOtherSkinIsTheSamePlan) {
  for (uint32_t seed = 0; seed < kPlans; ++seed) {
    const PlanRun vi(RandomPlan(seed).Text());
    ASSERT_TRUE(vi.sound());
    const std::string english = vi.In(Skin::kEnglish);
    ASSERT_TRUE(english.starts_with("ordo 1 en")) << english.substr(0, 40);
    const PlanRun en(english);
    ASSERT_TRUE(en.sound()) << seed << "\n" << en.Rendered() << english;
    EXPECT_EQ(vi.AllTables(), en.AllTables()) << seed;
    const auto a = vi.findings(), b = en.findings();
    ASSERT_EQ(a.size(), b.size()) << seed;
    for (size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].code + a[i].subject + a[i].message, b[i].code + b[i].subject + b[i].message) << seed;
    }
    EXPECT_EQ(en.In(Skin::kVietnamese), vi.In(Skin::kVietnamese)) << "there and back";
  }
}

TEST(RandomPlans, TheIrIsWrittenAndReadBack) {
  for (uint32_t seed = 0; seed < 12; ++seed) {
    const PlanRun run(RandomPlan(seed).Text());
    ASSERT_TRUE(run.sound());
    const std::string text = ir::Dump(run.program());
    StringPool strings;
    std::string error;
    const auto read = ir::ParseDump(text, &strings, &error);
    ASSERT_TRUE(read) << seed << ": " << error;
    EXPECT_EQ(ir::Verify(*read), std::vector<std::string>{});
    EXPECT_EQ(ir::Dump(*read), text) << seed;
    // The engine gives the same facts from it.
    const auto facts = eval::Evaluate(*read);
    ASSERT_TRUE(facts.ok()) << facts.status();
    for (ir::RelationId id = 0; id < run.program().relations.size(); ++id) {
      EXPECT_EQ(facts->rows(id), run.evaluation().rows(id)) << run.program().text(run.program().relations[id].name);
    }
  }
}

// Two objects under one official wording: the text alone cannot say which, and the order of registers must not decide it.
TEST(Names, AWordingOfTwoUnitsIsToldAndNotGuessed) {
  const std::string plan = "ordo 1 en\nplan k \"K\" { }\n";
  const std::string a = "unit a \"Văn phòng\" { }\n", b = "unit b \"Văn phòng\" { }\n";
  const std::string task = "task t \"T\" { lead: \"Văn phòng\" }\n";
  const PlanRun first(plan + a + b + task), second(plan + b + a + task);
  EXPECT_FALSE(first.sound());
  EXPECT_FALSE(second.sound());
  EXPECT_EQ(first.Found(), "5 TYP13");
  EXPECT_EQ(second.Found(), "5 TYP13");
  ASSERT_EQ(first.findings().at(0).related.size(), 2u);
}

}  // namespace
}  // namespace ordo::testing
