// Random edits of the examples and of random plans through the whole flow: whatever the text has become, each stage ends, nothing
// crashes, what has no errors lowers to IR that Verify accepts, and rules and tables run over it. Fixed seeds, a few seconds; the
// text that fails is printed. `flow_fuzz_test ROUNDS SEED` for more.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support/random_plan.h"
#include "support/run_plan.h"
#include "support/source_text.h"

namespace ordo::testing {
namespace {

int g_rounds = 800;
uint32_t g_seed = 1;

// Whole lines moved, doubled or dropped: edits that keep most of a plan sound, so that the later stages are reached.
std::string MutateLines(const std::string& text, std::mt19937& random) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  for (size_t n = 1 + random() % 3; n > 0 && lines.size() > 2; --n) {
    const size_t a = 1 + random() % (lines.size() - 1), b = 1 + random() % (lines.size() - 1);
    switch (random() % 4) {
      case 0: std::swap(lines[a], lines[b]); break;
      case 1: lines.erase(lines.begin() + static_cast<ptrdiff_t>(a)); break;
      case 2: lines.insert(lines.begin() + static_cast<ptrdiff_t>(b), lines[a]); break;
      default: {  // a value of one line into another
        const size_t from = lines[a].find(": "), to = lines[b].find(": ");
        if (from != std::string::npos && to != std::string::npos) lines[b] = lines[b].substr(0, to) + lines[a].substr(from);
      }
    }
  }
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

TEST(Flow, SurvivesRandomEdits) {
  // The real plan with its register in one text: no file is read here.
  const std::filesystem::path root = std::filesystem::path(ORDO_SOURCE_DIR) / "examples";
  std::string real = ReadText(root / "hai_duong_2026/plan.ordo"),
              registers = ReadText(root / "hai_duong_2026/registers/hai_duong.ordo");
  const std::string import = "nhập \"registers/hai_duong.ordo\"\n";
  ASSERT_NE(real.find(import), std::string::npos);
  real.replace(real.find(import), import.size(), registers.substr(registers.find('\n') + 1));
  const std::vector<std::string> samples = {ReadText(root / "first_plan/plan.vi.ordo"),
                                            ReadText(root / "first_plan/plan.en.ordo"), RandomPlan(1).Text(),
                                            RandomPlan(2, 1, 2).Text(), real};
  for (const std::string& sample : samples) {
    const PlanRun run(sample);
    ASSERT_TRUE(run.sound()) << run.Rendered();
  }
  std::mt19937 random(g_seed);
  size_t sound = 0, findings = 0;
  for (int round = 0; round < g_rounds; ++round) {
    const std::string& sample = samples[random() % samples.size()];
    const std::string text =
        random() % 3 != 0 ? MutateLines(sample, random) : sample.substr(0, 10) + Mutate(sample.substr(10), random, 2);
    const PlanRun run(text);
    findings += run.findings().size();
    for (const Finding& finding : run.findings()) {
      ASSERT_FALSE(finding.message.empty()) << finding.code;
      ASSERT_EQ(finding.message.find("{0}"), std::string::npos) << finding.message;
    }
    EXPECT_FALSE(run.Rendered().empty());
    if (run.sound()) {
      ++sound;
      EXPECT_FALSE(run.AllTables().empty());
    }
    if (::testing::Test::HasFailure()) FAIL() << "--------\n" << text << "\n--------";
  }
  EXPECT_GT(sound, static_cast<size_t>(g_rounds) / 10) << "edits so wild that no rule ever runs test little";
  EXPECT_GT(findings, static_cast<size_t>(g_rounds));
}

}  // namespace
}  // namespace ordo::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (argc > 1) ordo::testing::g_rounds = std::atoi(argv[1]);
  if (argc > 2) ordo::testing::g_seed = static_cast<uint32_t>(std::atoi(argv[2]));
  return RUN_ALL_TESTS();
}
