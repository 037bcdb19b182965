// The rooms and who may see whom (one table), against every include of the tree. A room never includes upwards; what a room may
// see it may see through nothing else. ANTLR is seen by compiler/syntax only, and the runtime never sees the compiler.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace {

namespace fs = std::filesystem;

// Each room with the rooms that it may include; of its own files it may include all.
const std::map<std::string, std::set<std::string>> kAllowed = {
    {"grammar", {}},
    {"runtime/base", {}},
    {"runtime/time", {"runtime/base"}},
    {"runtime/prose", {"runtime/time", "runtime/base"}},
    {"runtime/diag", {"runtime/time", "runtime/base"}},
    {"runtime/ir", {"runtime/diag", "runtime/time", "runtime/base"}},
    {"runtime/eval", {"runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"runtime/solve", {"runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"runtime/sql", {"runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"stdlib/natives", {"runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"runtime/report", {"stdlib/natives", "runtime/solve", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"runtime/office", {"runtime/report", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"runtime/diff", {"runtime/report", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"runtime/page", {"runtime/report", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/ast", {"grammar", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/syntax", {"compiler/ast", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/format", {"compiler/ast", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/model",
     {"compiler/ast", "stdlib/natives", "runtime/prose", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/lower", {"compiler/model", "compiler/ast", "runtime/solve", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/fix", {"compiler/ast", "runtime/report", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/import", {"compiler/format", "compiler/syntax", "compiler/ast", "runtime/office", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    {"compiler/driver",
     {"compiler/import", "compiler/fix", "compiler/lower", "compiler/model", "compiler/syntax", "compiler/format", "compiler/ast", "stdlib/natives",
      "runtime/office", "runtime/diff", "runtime/page", "runtime/prose", "runtime/report", "runtime/sql", "runtime/solve", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
    // The public API: over the driver's session, so that there is one way from text to findings.
    {"compiler/api",
     {"compiler/driver", "compiler/lower", "compiler/model", "compiler/syntax", "compiler/format", "compiler/ast", "stdlib/natives",
      "runtime/report", "runtime/solve", "runtime/eval", "runtime/ir", "runtime/diag", "runtime/time", "runtime/base"}},
};

std::string RoomOf(const std::string& path) {
  if (path.starts_with("grammar/")) return "grammar";
  const size_t first = path.find('/');
  const size_t second = path.find('/', first + 1);
  return first == std::string::npos || second == std::string::npos ? "" : path.substr(0, second);
}

struct Include {
  std::string file;
  std::string target;
};

std::vector<Include> Includes() {
  std::vector<Include> includes;
  const fs::path root = ORDO_SOURCE_DIR;
  for (const char* top : {"compiler", "runtime", "stdlib"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".h" && extension != ".cc" && extension != ".def") continue;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("#include ")) continue;
        const size_t begin = line.find_first_of("\"<") + 1;
        includes.push_back(
            {entry.path().lexically_relative(root).string(), line.substr(begin, line.find_first_of("\">", begin) - begin)});
      }
    }
  }
  return includes;
}

TEST(IncludeDirection, FollowsTheTable) {
  size_t edges = 0;
  for (const Include& include : Includes()) {
    const std::string from = RoomOf(include.file);
    const auto allowed = kAllowed.find(from);
    ASSERT_NE(allowed, kAllowed.end()) << include.file << " stands in no room of the table";
    const std::string to = RoomOf(include.target);
    if (to == from || !(include.target.starts_with("compiler/") || include.target.starts_with("runtime/") ||
                        include.target.starts_with("stdlib/") || include.target.starts_with("grammar/") ||
                        include.target.starts_with("tests/"))) {
      continue;
    }
    ++edges;
    EXPECT_TRUE(allowed->second.contains(to))
        << include.file << " includes " << include.target << ": " << from << " may not see " << to;
  }
  EXPECT_GT(edges, 60u);
}

TEST(IncludeDirection, TheTableHasNoRing) {
  // Rooms in an order in which each sees only earlier ones.
  std::set<std::string> placed;
  for (bool progress = true; progress;) {
    progress = false;
    for (const auto& [room, sees] : kAllowed) {
      if (placed.contains(room)) continue;
      if (std::includes(placed.begin(), placed.end(), sees.begin(), sees.end())) progress = placed.insert(room).second;
    }
  }
  EXPECT_EQ(placed.size(), kAllowed.size());
}

TEST(IncludeDirection, OnlySyntaxSeesTheParserGenerator) {
  for (const Include& include : Includes()) {
    if (include.target.find("antlr4") == std::string::npos && include.target.find("OrdoParser") == std::string::npos) continue;
    EXPECT_EQ(RoomOf(include.file), "compiler/syntax") << include.file << " includes " << include.target;
  }
}

TEST(IncludeDirection, OnlySyntaxThrows) {
  const fs::path root = ORDO_SOURCE_DIR;
  for (const char* top : {"compiler", "runtime", "stdlib"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      const std::string path = entry.path().lexically_relative(root).string();
      // The driver's argument parser reports by exception; main.cc turns it into an exit status.
      if ((extension != ".h" && extension != ".cc") || path.starts_with("compiler/syntax/") || path == "compiler/driver/main.cc")
        continue;
      // A container can be refused memory in no other way; engine.cc turns that into a status.
      if (path == "runtime/eval/memory.h" || path == "runtime/eval/engine.cc" || path == "runtime/eval/reevaluate.cc") continue;
      std::ifstream in(entry.path());
      int number = 0;
      for (std::string line; std::getline(in, line);) {
        ++number;
        const std::string_view code = std::string_view(line).substr(0, line.find("//"));
        for (const char* word : {"throw ", "try {", "catch ("}) {
          const size_t at = code.find(word);
          const bool whole = at != std::string_view::npos && (at == 0 || code[at - 1] == ' ' || code[at - 1] == '}');
          EXPECT_FALSE(whole) << path << ":" << number << ": " << line;
        }
      }
    }
  }
}

}  // namespace
