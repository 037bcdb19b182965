// Nothing that a rule asks for makes the program hang or swallow the machine: a product of everything with everything, a rule of ten
// thousand conditions, relations in a chain or a ring of ten thousand, are done in bounded time or end at a limit that is named in the
// plan's language, with the rule. Times are generous: what is bounded takes seconds, what is not takes hours.
#include <sys/resource.h>

#include <chrono>
#include <functional>

#include "fmt/format.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr int kMany = 10'000;
constexpr double kSeconds = 50;

const std::string kHead =
    "ordo 1 vi\n"
    "kế hoạch k \"Kế hoạch\" { cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }\n"
    "đơn vị u \"UBND phường\" { đứng đầu: \"Chủ tịch\" }\n";

std::string Tasks(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += fmt::format("nhiệm vụ t{} \"Việc {}\" {{ chủ trì: u }}\n", i, i);
  return out;
}
std::string Rule(const std::string& lines, const std::string& sentence = "{a}", const std::string& code = "XP01") {
  return fmt::format("quy tắc {} \"Thử\" {{\n  mức độ: cảnh báo\n{}  vị trí: a\n  vi: \"{}\"\n}}\n", code, lines, sentence);
}
std::string Many(const std::function<std::string(int)>& line) {
  std::string out;
  for (int i = 0; i < kMany; ++i) out += line(i);
  return out;
}

class Limits : public ::testing::Test {
 protected:
  Ran Timed(const std::string& text, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"check", folder_.Write("plan.ordo", text), "--only", "XP01"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto begin = std::chrono::steady_clock::now();
    Ran ran = folder_.Run(std::move(arguments));
    EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), kSeconds);
    return ran;
  }
  void Stops(const std::string& text, std::vector<std::string> more, std::initializer_list<const char*> words) {
    const Ran ran = Timed(text, std::move(more));
    EXPECT_EQ(ran.status, 3) << ran.out.substr(0, 500) << ran.err.substr(0, 500);
    for (const char* word : words) EXPECT_NE(ran.err.find(word), std::string::npos) << word << " in: " << ran.err.substr(0, 500);
  }
  void Ends(const std::string& text, const std::string& told) {
    const Ran ran = Timed(text);
    EXPECT_TRUE(ran.status == 0 || ran.status == 2) << ran.status << ran.err.substr(0, 500);
    EXPECT_NE(ran.out.find(told), std::string::npos) << told << " in: " << ran.out.substr(0, 1000);
  }

  Folder folder_;
};

constexpr char kThree[] = "  với mỗi nhiệm vụ a\n  với mỗi nhiệm vụ b\n  với mỗi nhiệm vụ c\n";

TEST_F(Limits, ProductOfEverythingStopsAtTheStepsAllowed) {
  // A product of 10^12, of which no row is left: steps alone.
  const std::string text =
      kHead + Tasks(kMany) + Rule(std::string(kThree) + "  trong đó b.tên != c.tên và a.tên != b.tên và a.tên = c.tên\n", "{a} {b} {c}");
  Stops(text, {"--max-steps", "50000000"}, {"giới hạn 50000000 bước", "XP01", "--max-steps"});
  Stops(text, {"--max-steps", "50000000", "--lang", "en"}, {"limit of 50000000 steps", "XP01", "--max-steps"});
}

TEST_F(Limits, DefaultsEndAProductOfEverything) {
  // With the limits as they are: the default of steps, then that of memory; what is held is what the reference says.
  Stops(kHead + Tasks(kMany) + Rule("  với mỗi đơn vị a\n  gọi n = đếm(nhiệm vụ t, nhiệm vụ s, nhiệm vụ r)\n  trong đó n > 5\n"), {},
        {"bước", "XP01", "--max-steps"});
  Stops(kHead + Tasks(kMany) + Rule(kThree, "{a} {b} {c}"), {}, {"MiB", "XP01", "--max-memory"});
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  EXPECT_LT(used.ru_maxrss, 4L << 20) << "kilobytes";
}

TEST_F(Limits, RowsAndMemoryAreBounded) {
  const std::string text = kHead + Tasks(2000) + Rule("  với mỗi nhiệm vụ a\n  với mỗi nhiệm vụ b\n", "{a} {b}");
  Stops(text, {"--max-rows", "100000"}, {"giới hạn 100000 sự kiện", "XP01", "--max-rows"});
  Stops(text, {"--max-memory", "64"}, {"giới hạn 64 MiB", "XP01", "--max-memory"});
  Stops(text, {"--max-memory", "64", "--lang", "en"}, {"limit of 64 MiB", "XP01", "--max-memory"});
  // Nine million pairs that are only counted need no room.
  const std::string counted = kHead + Tasks(3000) + Rule("  với mỗi đơn vị a\n  gọi n = đếm(nhiệm vụ t, nhiệm vụ s mà t.tên != s.tên)\n  trong đó n > 5\n");
  EXPECT_EQ(Timed(counted).status, 0);
}

TEST_F(Limits, RulesOfTenThousandConditions) {
  const std::string each = "  với mỗi nhiệm vụ a\n";
  const std::string one = "1 cảnh báo";
  const auto text = [&](const std::string& more) { return kHead + Tasks(1) + more; };
  Ends(text(Rule(each + Many([](int i) { return fmt::format("  trong đó a.tên != \"x{}\"\n", i); }))), one);
  Ends(text(Rule(each + "  trong đó a.tên != \"x\"" + Many([](int i) { return fmt::format(" và a.tên != \"x{}\"", i); }) + "\n")), "RUL18");
  Ends(text(Rule(each + "  trong đó " + Many([](int) { return "không ("; }) + "a.là dòng cuối" + std::string(kMany, ')') + "\n")), "200");
  Ends(text(Rule(each + Many([](int i) { return fmt::format("  với mỗi nhiệm vụ b{}\n", i); }))), one);
  Ends(text(Rule(each + Many([](int i) { return fmt::format("  với mỗi b{} thuộc a.chủ trì\n", i); }))), one);
  Ends(text(Rule(each + Many([](int i) { return fmt::format("  gọi n{0} = đếm(nhiệm vụ b{0} mà b{0}.là dòng cuối)\n  trong đó n{0} > 0\n", i); }))), one);
  Ends(text(Rule(each + Many([](int i) { return fmt::format("  trong đó có(nhiệm vụ b{0} mà b{0}.là dòng cuối và b{0} = a)\n", i); }))), one);
  Ends(text(Rule(each, Many([](int) { return "{a}"; }))), one);
}

TEST_F(Limits, TenThousandRelationsAndRules) {
  const std::string each = "  với mỗi nhiệm vụ a\n";
  const auto text = [&](const std::string& more) { return kHead + Tasks(1) + more; };
  const auto relation = [](int i, const std::string& lines) { return fmt::format("quan hệ q{}(nhiệm vụ a) {{\n{}}}\n", i, lines); };
  const std::string ask = Rule(each + fmt::format("  trong đó q{}(a)\n", kMany - 1));
  const std::string leaf = "  đúng khi a.là dòng cuối\n";
  // One relation that holds for ten thousand reasons; a chain; a ring.
  Ends(text(relation(kMany - 1, Many([](int i) { return fmt::format("  đúng khi a.tên != \"x{}\"\n", i); })) + ask), "1 cảnh báo");
  Ends(text(relation(0, leaf) + Many([&](int i) { return i == 0 ? "" : relation(i, fmt::format("  đúng khi q{}(a)\n", i - 1)); }) + ask), "1 cảnh báo");
  Ends(text(Many([&](int i) { return relation(i, fmt::format("  đúng khi q{}(a)\n", (i + 1) % kMany) + leaf); }) + ask), "1 cảnh báo");
  Ends(text(Rule(each) + Many([&](int i) { return Rule(each + fmt::format("  trong đó a.tên != \"x{}\"\n", i), "{a}", fmt::format("XQ{}", i)); })),
       "1 cảnh báo");
}

// What stands in braces in the sentence of a rule.
TEST_F(Limits, SlotsOfMessages) {
  const std::string each = "  với mỗi nhiệm vụ a\n";
  const auto expect = [&](const std::string& rule, const std::string& code, const std::string& words) {
    SCOPED_TRACE(rule);
    const std::vector<Told> found = folder_.Check(folder_.Write("plan.ordo", kHead + Tasks(1) + rule), code.empty() ? 0 : 2, {"--only", "XP01"});
    ASSERT_EQ(Codes(found), code.empty() ? "XP01" : code);
    if (code.empty()) return;
    EXPECT_EQ(found[0].line, 5 + static_cast<int>(std::count(rule.begin(), rule.end(), '\n')) - 2) << "the sentence";
    EXPECT_NE((found[0].message + found[0].help).find(words), std::string::npos) << found[0].message << "\n" << found[0].help;
  };
  expect(Rule(each, "{a} {x}"), "RUL08", "{a}");
  expect(Rule(each + "  trong đó có(nhiệm vụ b mà b.là dòng cuối)\n", "{a} {b}"), "RUL08", "«b»");
  for (const char* sentence : {"{}", "{a", "a}", "{{a}}", "{a{a}}", "{a.tên}", "{ a }", "{a} {"}) expect(Rule(each, sentence), "RUL60", "{a}");
  expect(Rule(each + "  gọi d = a.thời hạn.ngày cuối\n", "{a} {d}"), "RUL03", "«d»");
  expect(Rule(each + "  gọi s = a.chủ trì\n", "{a} {s}"), "", "");   // a set prints its members
  expect(Rule(each + "  gọi d = a.là dòng cuối\n", "{a} {d}"), "", "");
}

}  // namespace
}  // namespace ordo::testing
