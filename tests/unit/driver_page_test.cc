// The page of real plans, and of a hostile one, as `ordo build` writes it and a browser shows it: filters against the matrix, search,
// links, keyboard, small and dark screens, paper, and nothing asked of the network.
#include <cstdlib>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

class PlanPageInBrowser : public ::testing::TestWithParam<const char*> {};

TEST_P(PlanPageInBrowser, DoesWhatReadersNeed) {
  if (!fs::exists("/usr/bin/chromium") || !fs::exists("/usr/bin/chromedriver")) GTEST_SKIP() << "no browser on this machine";
  const std::string plan = std::string(ORDO_SOURCE_DIR) + "/examples/" + GetParam() + "/plan.ordo";
  Folder folder;
  ASSERT_EQ(folder.Run({"build", plan, "-o", "out"}).status, 0);
  ASSERT_TRUE(fs::exists(folder.path() / "out/index.html"));
  const Ran matrix = folder.Run({"matrix", plan, "--format", "json"});
  ASSERT_EQ(matrix.status, 0);
  folder.Write("matrix.json", matrix.out);
  const std::string command = "/usr/bin/python3 '" + std::string(ORDO_SOURCE_DIR) + "/tests/support/check_page.py' '" +
                              (folder.path() / "out/index.html").string() + "' '" + (folder.path() / "matrix.json").string() + "' > '" +
                              (folder.path() / "said").string() + "' 2>&1";
  const int status = std::system(command.c_str());
  EXPECT_EQ(status, 0) << ReadBytes(folder.path() / "said").substr(0, 4000);
}

INSTANTIATE_TEST_SUITE_P(Plans, PlanPageInBrowser, ::testing::Values("hai_duong_2026", "hong_bang_2025"));

}  // namespace
}  // namespace ordo::testing
