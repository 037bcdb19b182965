// Runs the answer set solver `clingo` on a text: a process without a shell, its input and outputs in a private folder that is removed,
// ended by its own time limit.
#pragma once

#include <string>
#include <vector>

namespace ordo::testing {

struct ClingoRun {
  int status = -1;      // as clingo gives it: 30 when an answer was found and there are no others; 127: there is no such program
  std::string out, err;
  double seconds = 0;   // of the whole process, by the wall clock
};

ClingoRun RunClingo(const std::string& program, std::vector<std::string> options);

// A file of its own for a text that is run more than once; gone with the object.
class PrivateFile {
 public:
  explicit PrivateFile(const std::string& text);
  ~PrivateFile();
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;
  const std::string& folder() const { return folder_; }
  std::string path() const { return folder_ + "/program.lp"; }

 private:
  std::string folder_;
};

ClingoRun RunClingo(const PrivateFile& program, std::vector<std::string> options);

}  // namespace ordo::testing
