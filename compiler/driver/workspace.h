// A plan that is checked again and again while it is edited. The text is read and lowered anew each time (the rules of the library
// are parsed once in a process); of the evaluation only what the edit touches is done again, also when the text was broken in
// between. What a check finds is what `ordo check` would find, to the last letter.
//
//   Workspace workspace("ke_hoach.ordo", settings);
//   workspace.Update();                                     // from the files
//   workspace.Update({{"ke_hoach.ordo", text_in_editor}});  // from a text that is not saved yet
//   for (const Finding& finding : workspace.last().findings()) ...
//
// One thread at a time; two workspaces know nothing of each other.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/session.h"

namespace ordo {

class Workspace {
 public:
  Workspace(std::string path, Settings settings) : path_(std::move(path)), settings_(std::move(settings)) {}
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  // Reads and checks the plan; `texts`: by path as shown, instead of what the files hold. False when it could not be checked
  // whole: last() has the findings of its text, or failure() if a limit was met.
  bool Update(std::map<std::string, std::string> texts = {});
  // The last check; good until the next Update. Update first.
  const Session& last() const { return *last_; }
  // Rows that the rules looked at in the last check; 0 if none has run.
  uint64_t steps() const { return last_->evaluated() ? last_->evaluation().steps() : 0; }
  // Paths of the files that were read, those of the library left out.
  std::vector<std::string> Files() const;

 private:
  const std::string path_;
  Settings settings_;
  std::unique_ptr<Session> last_;
  std::unique_ptr<Session> sound_;   // the last one that was evaluated, if that is not last_
};

// Findings of `a` that `b` has not: the same but for the place, which an edit moves.
std::vector<const Finding*> OnlyIn(const std::vector<Finding>& a, const std::vector<Finding>& b);

}  // namespace ordo
