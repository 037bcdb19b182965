// A pack of rules in a file of its own, imported by a plan that makes an exception of it.
#include <nlohmann/json.hpp>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

std::string Found(const Folder& folder, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"check", "examples/rule_pack/plan.ordo", "--format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = folder.Run(arguments);
  EXPECT_LE(ran.status, 1) << ran.err;
  std::string out;
  const nlohmann::json document = nlohmann::json::parse(ran.out);
  for (const auto& finding : document["findings"]) {
    const std::string code = finding["code"];
    if (code.starts_with("PHG") || code.starts_with("RUL")) out += code + ":" + std::string(finding["subject"]) + " ";
  }
  return out;
}

TEST(RulePack, SaysWhatItsReadmeSays) {
  Folder folder;
  folder.Copy("examples/rule_pack");
  const std::string found = Found(folder);
  for (const char* one : {"PHG01:đề_án ", "PHG02:vhxh ", "PHG03:tập_huấn ", "RUL69:xây_dựng_khẩn "}) {
    EXPECT_NE(found.find(one), std::string::npos) << one << "in " << found;
  }
  EXPECT_EQ(found.find("PHG01:khảo_sát"), std::string::npos) << "the plan's own exception";
  EXPECT_EQ(found.find("PHG01:rà_soát_khẩn"), std::string::npos) << "urgent";
  EXPECT_EQ(std::count(found.begin(), found.end(), ' '), 4) << found;
  EXPECT_EQ(Found(folder, {"--only", "PHG01"}), "PHG01:đề_án ");
}

TEST(RulePack, ExplainsItsCases) {
  Folder folder;
  folder.Copy("examples/rule_pack");
  const Ran why = folder.Run({"why", "examples/rule_pack/plan.ordo", "PHG01:đề_án"});
  EXPECT_NE(why.out.find("thời_gian_tối_thiểu: I.2, 45 ngày, nhiều_đơn_vị"), std::string::npos) << why.out;
  EXPECT_NE(why.out.find("số phần tử của(t.phối hợp)"), std::string::npos) << "down to the condition of the case\n" << why.out;
  const Ran silent = folder.Run({"why-not", "examples/rule_pack/plan.ordo", "PHG01", "khảo_sát"});
  EXPECT_NE(silent.out.find("ngoại lệ PHG01.khảo_sát: sai"), std::string::npos) << silent.out;
  const Ran tests = folder.Run({"test", "examples/rule_pack/giao_viec_test.ordo"});
  EXPECT_EQ(tests.status, 0) << tests.out;
  EXPECT_NE(tests.out.find("9 passed, 0 failed"), std::string::npos) << tests.out;
}

TEST(RulePack, IsTheSameInTheOtherSkin) {
  Folder folder;
  folder.Copy("examples/rule_pack");
  const std::string before = Found(folder);
  const Ran english = folder.Run({"fmt", "--skin", "en", "examples/rule_pack/giao_viec.ordo"});
  ASSERT_EQ(english.status, 0) << english.err;
  folder.Write("examples/rule_pack/giao_viec.ordo", english.out);
  EXPECT_EQ(Found(folder), before);
}

}  // namespace
}  // namespace ordo::testing
