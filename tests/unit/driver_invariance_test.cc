// What must not change anything, through the program and on the real plans: the order of registers and imports, the skin of the
// words, being written out as IR and read back. And the first plan that a newcomer reads has no fault in either skin.
#include <regex>

#include "compiler/ast/literals.h"
#include "compiler/syntax/parse.h"
#include "runtime/ir/ir.h"
#include "support/random_plan.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kPlan = "examples/hai_duong_2026/plan.ordo";
constexpr const char* kRegister = "examples/registers/hai_duong.ordo";

// Top-level statements of a file, with those that have no order of their own apart.
void Split(const std::string& text, std::vector<std::string>& loose, std::vector<std::string>& ordered) {
  Emitter emitter(Language::kEnglish);
  const SourceFile source("plan.ordo", text);
  const Ast ast = Parse(source, 0, SyntaxLimits{}, emitter);
  ASSERT_FALSE(emitter.has_errors());
  for (NodeId line = ast.first(0); line != ast.nodes[0].end; line = ast.nodes[line].end) {
    std::string block(source.slice(ast.SpanOf(line)));
    bool free = ast.nodes[line].kind == NodeKind::kClause;  // an import
    if (ast.nodes[line].kind == NodeKind::kBlock) {
      switch (HeadingOf(ast, line).kind->word) {
        case W::kind_section:
        case W::kind_task:
        case W::kind_target:
        case W::kind_clause:
        case W::kind_appendix:
        case W::kind_table:
        case W::kind_matrix:
        case W::kind_duties: break;
        default: free = true;
      }
    }
    (free ? loose : ordered).push_back(std::move(block));
  }
}

class Invariance : public ::testing::Test {
 protected:
  Invariance() { folder_.Copy("examples"); }

  // Everything that a plan prints, in every format that shows no line of source.
  std::string Printed(const std::string& plan, std::vector<std::string> more = {}) {
    fs::remove_all(folder_.path() / "out");
    std::vector<std::string> build = {"build", plan, "-o", "out", "--format", "text,md,csv,html"};
    build.insert(build.end(), more.begin(), more.end());
    const Ran built = folder_.Run(build);
    EXPECT_EQ(built.status, 0) << built.err;
    std::string all;
    for (const std::string& file : folder_.Files()) {
      // index.html shows the source itself; its tables are those of the other files.
      if (!file.starts_with("out/") || file.find("findings") != std::string::npos || file.ends_with("index.html")) continue;
      // A page links each row to its line of source, which moves with the text.
      static const std::regex kSource(" data-source=\"[^\"]*\" title=\"[^\"]*\"");
      all += "== " + file + "\n" + std::regex_replace(ReadBytes(folder_.path() / file), kSource, "");
    }
    for (const char* by : {"unit", "post"}) {
      std::vector<std::string> matrix = {"matrix", plan, "--by", by, "--format", "csv"};
      matrix.insert(matrix.end(), more.begin(), more.end());
      const Ran ran = folder_.Run(matrix);
      EXPECT_EQ(ran.status, 0) << ran.err;
      all += std::string("== matrix ") + by + "\n" + ran.out;
    }
    return all;
  }
  // Codes and subjects, sorted; with `messages` the sentences as well.
  std::vector<std::string> Said(const std::string& plan, bool messages, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"check", plan, "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::vector<std::string> all;
    for (const Told& told : Folder::Findings(folder_.Run(arguments).out)) {
      all.push_back(told.code + " " + told.severity + " " + told.subject + (messages ? " " + told.message : ""));
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  Folder folder_;
};

TEST_F(Invariance, OrderOfRegistersAndImportsOfTheRealPlan) {
  const std::string tables = Printed(kPlan);
  EXPECT_NE(tables.find("== out/nhiệm_vụ_2026.csv"), std::string::npos) << "the plan declares tables";
  const std::vector<std::string> said = Said(kPlan, false);
  ASSERT_GT(said.size(), 40u);
  std::vector<std::string> plan_loose, plan_ordered, units, none;
  ASSERT_NO_FATAL_FAILURE(Split(ReadBytes(folder_.path() / kPlan), plan_loose, plan_ordered));
  ASSERT_NO_FATAL_FAILURE(Split(ReadBytes(folder_.path() / kRegister), units, none));
  ASSERT_TRUE(none.empty());
  ASSERT_GT(units.size(), 20u);
  std::mt19937 random(20260128);
  for (int round = 0; round < 4; ++round) {
    // The register in two files, cut anywhere; the plan imports both, in any order.
    std::vector<std::string> shuffled = units;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    const size_t cut = random() % shuffled.size();
    std::vector<std::string> loose = plan_loose;
    loose.push_back("nhập \"../registers/more.ordo\"");
    std::vector<std::string> first(shuffled.begin(), shuffled.begin() + static_cast<ptrdiff_t>(cut));
    const std::vector<std::string> second(shuffled.begin() + static_cast<ptrdiff_t>(cut), shuffled.end());
    first.push_back("nhập \"more.ordo\"");   // the plan of the year before imports only the first
    folder_.Write(kRegister, RandomPlan::Shuffle("ordo 1 vi\n", first, {}, random));
    folder_.Write("examples/registers/more.ordo", RandomPlan::Shuffle("ordo 1 vi\n", second, {}, random));
    folder_.Write(kPlan, RandomPlan::Shuffle("ordo 1 vi\n", loose, plan_ordered, random));
    ASSERT_EQ(FirstDifference(Printed(kPlan), tables), "") << round;
    ASSERT_EQ(Said(kPlan, false), said) << round;
  }
}

TEST_F(Invariance, OrderOfRulesAndDocumentsThroughTheProgram) {
  const RandomPlan plan(99, 4, 6);
  folder_.Write("plan.ordo", plan.Text());
  const std::string tables = Printed("plan.ordo");
  const std::vector<std::string> said = Said("plan.ordo", false);
  ASSERT_GT(said.size(), 10u);
  std::mt19937 random(5);
  for (int round = 0; round < 4; ++round) {
    folder_.Write("plan.ordo", plan.Shuffled(random));
    ASSERT_EQ(FirstDifference(Printed("plan.ordo"), tables), "") << round;
    ASSERT_EQ(Said("plan.ordo", false), said) << round;
  }
}

TEST_F(Invariance, TheEnglishSkinOfTheRealPlan) {
  const std::string tables = Printed(kPlan, {"--lang", "vi"});
  const std::vector<std::string> said = Said(kPlan, true, {"--lang", "vi"});
  for (const char* file : {kPlan, kRegister}) {
    ASSERT_EQ(folder_.Run({"fmt", "-w", file}).status, 0);
    const std::string canonical = ReadBytes(folder_.path() / file);
    const Ran english = folder_.Run({"fmt", file, "--skin", "en"});
    ASSERT_EQ(english.status, 0) << english.err;
    EXPECT_TRUE(english.out.starts_with("ordo 1 en\n"));
    folder_.Write(file, english.out);
    const Ran back = folder_.Run({"fmt", file, "--skin", "vi"});
    EXPECT_EQ(FirstDifference(back.out, canonical), "") << "there and back";
    EXPECT_EQ(folder_.Run({"fmt", "--check", file}).status, 0);
  }
  EXPECT_EQ(FirstDifference(Printed(kPlan, {"--lang", "vi"}), tables), "");
  EXPECT_EQ(Said(kPlan, true, {"--lang", "vi"}), said);
  // Without --lang the messages follow the skin.
  EXPECT_NE(folder_.Run({"check", kPlan}).out.find("errors"), std::string::npos);
}

TEST_F(Invariance, TheFirstPlanIsOnePlanInTwoSkins) {
  const std::string vi = "examples/first_plan/plan.vi.ordo", en = "examples/first_plan/plan.en.ordo";
  EXPECT_EQ(FirstDifference(Printed(vi, {"--lang", "vi"}), Printed(en, {"--lang", "vi"})), "");
  EXPECT_EQ(FirstDifference(Printed(vi, {"--lang", "en"}), Printed(en, {"--lang", "en"})), "");
  EXPECT_EQ(Said(vi, true, {"--lang", "vi"}), Said(en, true, {"--lang", "vi"}));
  for (const std::string& plan : {vi, en}) {
    EXPECT_EQ(folder_.Run({"check", plan, "--gate", "warning"}).status, 0);
    for (const Told& told : folder_.Check(plan, 0)) EXPECT_EQ(told.severity, "information") << told.code << " " << told.message;
    EXPECT_EQ(folder_.Run({"fmt", plan, "--skin", "vi"}).out, folder_.Run({"fmt", vi, "--skin", "vi"}).out);
    EXPECT_EQ(folder_.Run({"fmt", plan, "--skin", "en"}).out, folder_.Run({"fmt", en, "--skin", "en"}).out);
  }
}

TEST_F(Invariance, TheDumpedIrReadsBack) {
  for (const char* plan : {kPlan, "examples/first_plan/plan.vi.ordo", "examples/first_plan/plan.en.ordo"}) {
    const Ran ran = folder_.Run({"dump", plan, "--stage", "ir", "--verify"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    StringPool strings;
    std::string error;
    const auto program = ir::ParseDump(ran.out, &strings, &error);
    ASSERT_TRUE(program) << plan << ": " << error;
    EXPECT_EQ(ir::Verify(*program), std::vector<std::string>{});
    EXPECT_EQ(FirstDifference(ir::Dump(*program), ran.out), "") << plan;
    EXPECT_GT(program->checks.size(), 40u);
  }
}

TEST_F(Invariance, TheSameInputGivesTheSameBytes) {
  for (const std::vector<std::string>& command : {std::vector<std::string>{"check", kPlan},
                                                  {"check", kPlan, "--format", "json"},
                                                  {"check", kPlan, "--format", "sarif"},
                                                  {"dump", kPlan, "--stage", "ir"},
                                                  {"dump", kPlan, "--stage", "facts"},
                                                  {"dump", kPlan},
                                                  {"matrix", kPlan},
                                                  {"why", kPlan, "OWN06"}}) {
    const Ran first = folder_.Run(command), second = folder_.Run(command);
    EXPECT_FALSE(first.out.empty());
    EXPECT_EQ(FirstDifference(first.out, second.out), "") << command[0];
    EXPECT_EQ(first.status, second.status);
  }
}

}  // namespace
}  // namespace ordo::testing
