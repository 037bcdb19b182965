// One question to a loaded plan: an expression, or lines of a rule and `show:`, read in the words of the plan and, if they do not fit,
// in those of the other skin. In: a session whose plan has been read, the text. Out: the answer as data, or findings that point into
// the text. The plan is modelled anew with the question instead of the checks, so only what it asks for is derived; the session
// stays as it is.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/session.h"
#include "runtime/report/answer.h"

namespace ordo {

class Inquiry {
 public:
  // A question is one answer to one person: less is allowed than for a check.
  static constexpr eval::Limits kLimits{.derived_rows = 5'000'000, .steps = 2'000'000'000};

  Inquiry(const Session& session, const Settings& settings, std::string text);

  // False after findings, or when a limit of the engine was met; then failure() is set.
  bool Run();

  const std::vector<Finding>& findings() const { return findings_; }   // errors, in order
  const std::string& failure() const { return failure_; }
  const SourceSet& sources() const { return sources_; }                // those of the session, and the text as a file «query»
  const report::Answer& answer() const { return answer_; }
  const eval::Evaluation& evaluation() const { return *evaluation_; }
  const std::string& text() const { return text_; }
  // The answer as people or programs read it.
  std::string Text(report::Format format, const report::RenderOptions& options) const;

 private:
  struct Reading {
    std::unique_ptr<Ast> ast;
    bool lines = false;             // not one expression
    std::unique_ptr<Model> model;   // nullptr: the words already do not fit
    std::vector<Finding> findings;
  };
  Reading Read(Skin skin);
  Ast Parsed(Skin skin, bool expression, size_t* shift, Emitter& emitter);

  const Session& session_;
  const Settings& settings_;
  std::string text_;
  SourceSet sources_;
  FileId file_;                     // of text_
  StringPool strings_;
  std::unique_ptr<Model> model_;
  std::optional<eval::Evaluation> evaluation_;
  report::Answer answer_;
  std::vector<Finding> findings_;
  std::string failure_;
};

}  // namespace ordo
