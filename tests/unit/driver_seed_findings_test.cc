// The defects that a careful official finds by hand in the five real plans of the examples: each is told, by the rule that it belongs to, with
// words that show the reader which place is meant. Share and counts of false ones stand in the READMEs of the examples.
#include <set>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

struct Known {
  std::string code, words;   // `words` stand in one of the sentences of that code
  size_t least = 1;          // findings of the code
};
struct Plan {
  std::string name;
  std::vector<Known> known;
};

class SeedFindings : public ::testing::TestWithParam<Plan> {};

TEST_P(SeedFindings, EveryKnownDefectIsTold) {
  Folder folder;
  folder.Copy("examples");
  const std::vector<Told> all = folder.Check("examples/" + GetParam().name + "/plan.ordo", 1);
  for (const Known& known : GetParam().known) {
    size_t of_code = 0;
    std::string told;
    bool found = false;
    for (const Told& one : all) {
      if (one.code != known.code) continue;
      ++of_code;
      found = found || one.message.find(known.words) != std::string::npos;
      told += "  " + one.message + "\n";
    }
    EXPECT_TRUE(found) << known.code << " «" << known.words << "»; told:\n" << told;
    EXPECT_GE(of_code, known.least) << known.code;
  }
}

// Nothing is told twice: no two findings of one code at one place.
TEST_P(SeedFindings, NothingIsToldTwice) {
  Folder folder;
  folder.Copy("examples");
  const auto document = nlohmann::json::parse(folder.Run({"check", "examples/" + GetParam().name + "/plan.ordo", "--format", "json"}).out);
  std::set<std::string> seen;
  for (const auto& finding : document.at("findings")) {
    const std::string key = finding.at("code").get<std::string>() + " " + finding.at("at").dump() + " " + finding.at("message").get<std::string>();
    EXPECT_TRUE(seen.insert(key).second) << key;
  }
  EXPECT_GT(seen.size(), 10u);
}

INSTANTIATE_TEST_SUITE_P(
    Examples, SeedFindings,
    ::testing::Values(
        Plan{"hai_duong_2025",
             {{"STR01", "mang một số I"}, {"STR02", "mục III"}, {"STR03", "số 3"}, {"STR04", "số 2"}, {"STR09", "Phụ lục"}, {"DOC01", "71-NQ/CP"}, {"DOC04", "oNQ"}, {"TXT03", "ngân sách của xã"}}},
        Plan{"hai_duong_2026",
             {{"DOC02", "358/KH-UBND"}, {"DOC03", "31/12/2026"}, {"STR13", ""}, {"SCH03", ""}, {"SCH04", ""}, {"SCH05", "", 3}, {"SCH06", ""}, {"SCH07", ""}, {"SCH09", ""},
              {"OWN04", "", 10}, {"OWN03", "", 4}, {"OWN06", "", 6}, {"WRK01", "16"}, {"TGT03", "12"}, {"ALN14", "nhiệm vụ V.1"}, {"TXT03", "xã"}, {"OWN10", "xã"}, {"DOC11", ""}}},
        Plan{"hong_bang_2025",
             {{"STR01", "IV"}, {"STR03", "3"}, {"DOC01", "23-CTr/ĐU"}, {"TXT03", "thành phố"}, {"SCH37", "Trung tâm dữ liệu"}, {"SCH13", ""}, {"SCH21", ""}, {"TGT15", "băng rộng"}, {"STR09", "Phụ lục"},
              {"TXT16", "geq"}, {"DOC16", "Hồng Bàng"}}},
        Plan{"gia_loc_2025",
             {{"TGT06", "", 2}, {"TGT08", ""}, {"TGT12", ""}, {"TGT13", ""}, {"STR15", "- 100%"}, {"STR01", "d"}, {"DOC05", "02-KH/BCĐTW"}, {"STR12", ""}}},
        Plan{"tran_bien_2025",
             {{"TGT01", ""}, {"STR05", "3"}, {"SCH21", ""}, {"OWN13", ""}, {"OWN15", "an ninh mạng"}, {"STR14", ""}, {"TXT03", "lợi thế của tỉnh"}, {"TXT18", "đã triển khai"},
              {"TXT09", "của hiện đại"}, {"STR12", ""}, {"SCH24", ""}}}),
    [](const auto& plan) { return plan.param.name; });

}  // namespace
}  // namespace ordo::testing
