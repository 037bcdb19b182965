// Test blocks of the language: each is a small plan of its own with what must, or must not, be found in it. In: files of tests,
// read with what they import. Out: failures as findings at the line of the expectation, and what fired; a visitor sees each
// evaluation, for coverage. Never prints.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "compiler/driver/load.h"
#include "compiler/driver/session.h"
#include "runtime/eval/engine.h"

namespace ordo {

// One file of tests with all that its tests see: the library, the file's own declarations, what it imports.
struct TestFile {
  std::vector<Part> shared;       // parts that stand beside every test of the file
  const Ast* ast = nullptr;
};

struct TestResults {
  size_t passed = 0, failed = 0;
  std::vector<Finding> failures;
  absl::flat_hash_set<std::string> fired;    // codes that a test expects and gets
  absl::flat_hash_set<std::string> silent;   // codes that a test expects not to fire
};

class TestRun {
 public:
  // Called after each evaluation, with what it has found.
  using Visit = std::function<void(const eval::Evaluation&, const std::vector<Finding>&)>;
  TestRun(const Loaded& loaded, const Settings& settings, Emitter& emitter, Visit visit)
      : loaded_(loaded), settings_(settings), emitter_(emitter), visit_(std::move(visit)) {}

  // Runs the blocks of a file; with --only those of these codes.
  void Run(const TestFile& file);
  // Looks at the plans of the blocks with all rules, whatever they expect.
  void Survey(const TestFile& file);
  TestResults& results() { return results_; }

 private:
  struct Block;
  void RunBlock(const TestFile& file, NodeId node);
  // False after a failure.
  bool Expect(const Block& block, NodeId line);
  bool ExpectFact(const Block& block, NodeId line, NodeId path, bool none);
  bool Fail(Code code, Span at, std::initializer_list<std::string_view> arguments);
  std::string Where(Span span) const;
  std::optional<Span> PlaceOf(const Block& block, NodeId path) const;

  const Loaded& loaded_;
  const Settings& settings_;
  Emitter& emitter_;
  const Visit visit_;
  bool all_rules_ = false;
  TestResults results_;
};

// The library's own tests, behind LoadLibrary.
void LoadLibraryTests(Loaded& loaded, const Settings& settings, Emitter& emitter, std::vector<TestFile>& files);
// Codes of the rules that these parts declare, with the place of each, in the order of the text.
std::vector<std::pair<std::string, Span>> RulesOf(const std::vector<Part>& parts);

}  // namespace ordo
