// `ordo build` on each example writes exactly the files of its folder `expected/`, so that a reader sees what comes out without
// building anything, and a change of a rendering or a rule is seen in review. ORDO_UPDATE=1 writes them anew.
#include <cstdlib>
#include <map>
#include <set>

#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

std::map<std::string, std::string> FilesBelow(const fs::path& folder) {
  std::map<std::string, std::string> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[entry.path().lexically_relative(folder).string()] = ReadBytes(entry.path());
  }
  return files;
}

void Compare(const std::string& example, const std::string& plan) {
  const Folder folder;
  folder.Copy("examples");   // plans refer to each other
  const std::string path = example + "/" + plan;
  const Ran ran = folder.Run({"build", path, "-o", "out", "--format", "md,csv"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const auto got = FilesBelow(folder.path() / "out");
  ASSERT_FALSE(got.empty());
  const fs::path expected = fs::path(ORDO_SOURCE_DIR) / example / "expected";
  if (std::getenv("ORDO_UPDATE")) {
    fs::remove_all(expected);
    fs::create_directories(expected);
    for (const auto& [name, bytes] : got) std::ofstream(expected / name, std::ios::binary) << bytes;
  }
  const auto want = FilesBelow(expected);
  for (const auto& [name, bytes] : got) {
    ASSERT_TRUE(want.contains(name)) << example << "/expected/" << name << " is missing; ORDO_UPDATE=1 writes it";
    EXPECT_EQ(bytes, want.at(name)) << example << "/expected/" << name;
  }
  for (const auto& [name, bytes] : want)
    EXPECT_TRUE(got.contains(name)) << example << "/expected/" << name << " is no longer written";
}

// `ordo status` over the invented journal of the real plan.
TEST(Expected, StatusOfTheRealPlan) {
  const std::string example = "examples/hai_duong_2026";
  const Folder folder;
  folder.Copy("examples");
  const fs::path expected = fs::path(ORDO_SOURCE_DIR) / example / "expected_status";
  for (const auto& [format, extension] : {std::pair{"text", "txt"}, {"md", "md"}, {"csv", "csv"}, {"html", "html"}, {"json", "json"}}) {
    const Ran ran = folder.Run({"status", example + "/plan.ordo", "--journal", example + "/journal.ordo", "--as-of", "2026-04-15",
                                "--format", format});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const fs::path file = expected / (std::string("status_2026-04-15.") + extension);
    if (std::getenv("ORDO_UPDATE")) {
      fs::create_directories(expected);
      std::ofstream(file, std::ios::binary) << ran.out;
    }
    ASSERT_TRUE(fs::exists(file)) << file << " is missing; ORDO_UPDATE=1 writes it";
    EXPECT_EQ(ran.out, ReadBytes(file)) << file;
  }
}

// Every folder of examples/ is one: its plan is `plan.ordo`, or `plan.vi.ordo` where there are two skins.
TEST(Expected, EveryExample) {
  std::set<std::string> folders;  // sorted: the order of a directory is not
  for (const auto& entry : fs::directory_iterator(fs::path(ORDO_SOURCE_DIR) / "examples")) {
    const bool program = fs::exists(entry.path() / "CMakeLists.txt");   // over the library; see driver_embedding_test.cc
    if (entry.is_directory() && !program) folders.insert(entry.path().filename().string());
  }
  EXPECT_GE(folders.size(), 5u);
  for (const std::string& folder : folders) {
    SCOPED_TRACE(folder);
    const std::string example = "examples/" + folder;
    const bool one = fs::exists(fs::path(ORDO_SOURCE_DIR) / example / "plan.ordo");
    if (!one && !fs::exists(fs::path(ORDO_SOURCE_DIR) / example / "plan.vi.ordo")) continue;   // registers that plans share
    Compare(example, one ? "plan.ordo" : "plan.vi.ordo");
  }
}

}  // namespace
}  // namespace ordo::testing
