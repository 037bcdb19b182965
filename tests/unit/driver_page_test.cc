// The page of real plans as `ordo build` writes it and a browser shows it: filters against the matrix, search,
// links, keyboard, small and dark screens, paper, and nothing asked of the network.
#include <cstdlib>
#include <future>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

// What the browser finds wrong; "" if nothing.
std::string Faults(const Folder& folder, const std::string& name) {
  const std::string plan = std::string(ORDO_SOURCE_DIR) + "/examples/" + name + "/plan.ordo";
  EXPECT_EQ(folder.Run({"build", plan, "-o", "out"}).status, 0);
  const Ran matrix = folder.Run({"matrix", plan, "--format", "json"});
  EXPECT_EQ(matrix.status, 0);
  folder.Write("matrix.json", matrix.out);
  const std::string at = folder.path().string();
  const std::string command = "/usr/bin/python3 '" + std::string(ORDO_SOURCE_DIR) + "/tests/support/check_page.py' '" + at + "/out/index.html' '" + at +
                              "/matrix.json' > '" + at + "/said' 2>&1";
  const int status = std::system(command.c_str());
  const std::string said = ReadBytes(folder.path() / "said").substr(0, 4000);
  return status == 0 ? "" : said.empty() ? "stopped" : said;
}

TEST(PlanPageInBrowser, DoesWhatReadersNeed) {
  if (!fs::exists("/usr/bin/chromium") || !fs::exists("/usr/bin/chromedriver")) GTEST_SKIP() << "no browser on this machine";
  Folder one, other;
  auto tasks = std::async(std::launch::async, [&] { return Faults(one, "hai_duong_2026"); });   // a plan of tasks
  const std::string targets = Faults(other, "hong_bang_2025");                                  // a plan of 130 targets
  EXPECT_EQ(tasks.get(), "");
  EXPECT_EQ(targets, "");
}

}  // namespace
}  // namespace ordo::testing
