// The installed package, from outside: `cmake --install` into a folder of its own, then the example program is configured, built and
// run by find_package, and once more by pkg-config alone. The library shows nothing but its API.
#include <cstdlib>

#include "fmt/format.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kExpected = R"(OWN07 ke_hoach.ordo:5:86 Văn phòng vừa chủ trì vừa phối hợp nhiệm vụ 2
1 of 1
vp: 2
trồng_cây 2026-05-29
)";

class Installed : public ::testing::Test {
 protected:
  // Runs a command of the shell; its output, or a failure of the test.
  std::string Run(const std::string& command) {
    const std::string out = (folder_.path() / "out").string();
    const int status = std::system(fmt::format("( {} ) > '{}' 2>&1", command, out).c_str());
    const std::string text = ReadBytes(out);
    EXPECT_EQ(status, 0) << command << "\n" << text;
    return text;
  }
  std::string At(const std::string& name) const { return (folder_.path() / name).string(); }

  Folder folder_;
};

TEST_F(Installed, TheExampleBuildsAgainstIt) {
  const std::string prefix = At("prefix"), source = fmt::format("{}/examples/embedding", ORDO_SOURCE_DIR);
  Run(fmt::format("cmake --install '{}' --prefix '{}'", ORDO_BINARY_DIR, prefix));
  for (const char* file : {"bin/ordo", "include/ordo/ordo.h"}) EXPECT_TRUE(fs::exists(fs::path(prefix) / file)) << file;
  const std::string header = ReadBytes(fs::path(prefix) / "include/ordo/ordo.h");
  EXPECT_EQ(header.find("#include \""), std::string::npos) << "the header needs nothing but the standard library";
  EXPECT_EQ(Run(fmt::format("'{}/bin/ordo' --version", prefix)), Run(fmt::format("'{}' --version", ORDO_BINARY)));
  // Moved: nothing in it may remember where it was put.
  const std::string moved = At("moved");
  fs::rename(prefix, moved);

  Run(fmt::format("cmake -G Ninja -S '{}' -B '{}' -DCMAKE_PREFIX_PATH='{}' -DCMAKE_BUILD_TYPE=Debug && cmake --build '{}'", source,
                  At("build"), moved, At("build")));
  const std::string first = Run(fmt::format("'{}/embedding'", At("build")));
  EXPECT_TRUE(first.starts_with(kExpected)) << first;
  EXPECT_NE(first.find("| 2 | Trồng cây | 29/05/2026 |"), std::string::npos) << first;
  EXPECT_NE(first.find("\nOWN07  "), std::string::npos) << first;

  const std::string package = Run(fmt::format("dirname \"$(find '{}' -name ordo.pc)\"", moved));
  const std::string path = package.substr(0, package.find('\n'));
  Run(fmt::format("export PKG_CONFIG_PATH='{}'; c++ '{}/main.cc' $(pkg-config --cflags --libs ordo) -o '{}'", path, source, At("by_hand")));
  EXPECT_EQ(Run(fmt::format("export PKG_CONFIG_PATH='{}'; LD_LIBRARY_PATH=$(pkg-config --variable=libdir ordo) '{}'", path, At("by_hand"))), first);

  const std::string names = Run(fmt::format("nm -D --defined-only -C \"$(find '{}' -name 'libordo.so')\" | cut -d' ' -f3-", moved));
  size_t shown = 0;
  for (size_t at = 0, end = 0; (end = names.find('\n', at)) != std::string::npos; at = end + 1) {
    const std::string name = names.substr(at, end - at);
    if (name.find("ordo::") == std::string::npos) {
      EXPECT_NE(name.find("std::"), std::string::npos) << name;   // what the compiler itself instantiates
    } else {
      EXPECT_NE(name.find("ordo::api::"), std::string::npos) << name;
      ++shown;
    }
  }
  EXPECT_GT(shown, 15u);
  EXPECT_LT(shown, 60u);
}

}  // namespace
}  // namespace ordo::testing
