// Random edits of the examples and of random plans through the whole flow: whatever the text has become, each stage ends, nothing
// crashes, what has no errors lowers to IR that Verify accepts, and rules and tables run over it; rules with lines mixed too. Fixed seeds, a few seconds; the
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
  std::string real = ReadText(root / "hai_duong_2026/plan.ordo"), registers;
  for (const char* name : {"trung_uong", "hai_phong", "hai_duong"}) {
    const std::string text = ReadText(root / "registers" / (std::string(name) + ".ordo"));
    size_t body = text.find('\n') + 1;
    if (text.compare(body, 5, "nhập") == 0) body = text.find('\n', body) + 1;
    registers += text.substr(body);
  }
  const std::string import = "nhập \"../registers/hai_duong.ordo\"\n";
  ASSERT_NE(real.find(import), std::string::npos);
  real.replace(real.find(import), import.size(), registers);
  const size_t previous = real.find("kế hoạch tham chiếu kỳ_trước");   // no file is read
  ASSERT_NE(previous, std::string::npos);
  const size_t behind = real.find("}\n", previous) + 2;
  real.erase(previous, behind - previous);
  for (size_t at = 0; (at = real.find("cụ thể hóa: kỳ_trước.", at)) != std::string::npos;) {
    size_t end = at;
    while (real[end] != '\n' && real[end] != ';' && real[end] != '}') ++end;
    real.erase(at, end - at + (real[end] == ';'));
  }
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

// The rules of the library with their lines mixed: conditions, generators and lets of one rule in another. What still compiles is run
// with small limits, so that a product of everything costs little.
TEST(Flow, SurvivesRandomRules) {
  const std::filesystem::path root = std::filesystem::path(ORDO_SOURCE_DIR);
  const std::string plan = ReadText(root / "examples/first_plan/plan.en.ordo");
  const auto body = [&](const char* file) {
    const std::string text = ReadText(root / "stdlib/checks" / file);
    std::string kept;
    for (size_t at = text.find('\n') + 1; at < text.size();) {   // without the first line and imports
      const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      if (text.compare(at, 7, "import ") != 0) kept += text.substr(at, end - at);
      at = end;
    }
    return kept;
  };
  const std::string relations = body("relations.ordo");
  std::vector<std::string> blocks;   // rules, each with its heading and its brace
  for (const char* file : {"ownership.ordo", "schedule.ordo", "workload.ordo", "structure.ordo"}) {
    const std::string text = body(file);
    for (size_t at = text.find("rule "); at != std::string::npos;) {
      const size_t end = text.find("\n}\n", at);
      if (end == std::string::npos) break;
      blocks.push_back(text.substr(at, end + 3 - at));
      at = text.find("\nrule ", end);
      if (at != std::string::npos) ++at;
    }
  }
  ASSERT_GT(blocks.size(), 20u);
  const auto lines_of = [](const std::string& block) {
    std::vector<std::string> lines;
    for (size_t at = 0; at < block.size();) {
      const size_t end = std::min(block.find('\n', at), block.size() - 1) + 1;
      lines.push_back(block.substr(at, end - at));
      at = end;
    }
    return lines;
  };
  const auto of_body = [](const std::string& line) {
    return line.starts_with("  where ") || line.starts_with("  let ") || line.starts_with("  for each ");
  };
  std::mt19937 random(g_seed + 7);
  size_t ran = 0, broken = 0;
  for (int round = 0; round < g_rounds; ++round) {
    std::vector<std::string> lines = lines_of(blocks[random() % blocks.size()]);
    const std::vector<std::string> other = lines_of(blocks[random() % blocks.size()]);
    for (size_t n = 1 + random() % 3; n > 0; --n) {
      const size_t a = 1 + random() % (lines.size() - 2);
      if (!of_body(lines[a])) continue;
      const std::string& foreign = other[random() % other.size()];
      switch (random() % 4) {
        case 0: lines.erase(lines.begin() + static_cast<ptrdiff_t>(a)); break;
        case 1: lines.insert(lines.begin() + static_cast<ptrdiff_t>(a), lines[a]); break;
        case 2:
          if (of_body(foreign)) lines.insert(lines.begin() + static_cast<ptrdiff_t>(a), foreign);
          break;
        default: lines[a] = Mutate(lines[a].substr(0, lines[a].size() - 1), random, 1) + "\n";
      }
    }
    std::string text = plan + relations;
    for (const std::string& line : lines) text += line;
    eval::Limits limits;
    limits.steps = 2'000'000;
    limits.derived_rows = 20'000;
    limits.memory = 64 << 20;
    const PlanRun run(text, {}, Language::kEnglish, false, limits);
    for (const Finding& finding : run.findings()) ASSERT_FALSE(finding.message.empty()) << finding.code;
    (run.sound() ? ran : broken) += 1;
    if (::testing::Test::HasFailure()) FAIL() << "--------\n" << text << "\n--------";
  }
  EXPECT_GT(ran, static_cast<size_t>(g_rounds) / 20);
  EXPECT_GT(broken, static_cast<size_t>(g_rounds) / 20);
}

}  // namespace
}  // namespace ordo::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (argc > 1) ordo::testing::g_rounds = std::atoi(argv[1]);
  if (argc > 2) ordo::testing::g_seed = static_cast<uint32_t>(std::atoi(argv[2]));
  return RUN_ALL_TESTS();
}
