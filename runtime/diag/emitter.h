// Collects what goes wrong while a stage runs. The catalogue (catalog.def) holds every sentence; a stage names a code, a place
// and typed arguments. The emitter never stops a stage; it caps one file's findings and says how many more there were.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/decimal.h"
#include "runtime/diag/finding.h"

namespace ordo {

enum class Code : uint16_t {
#define ORDO_MESSAGE(id, code, severity, title_en, title_vi, en, vi, help_en, help_vi) id,
#include "runtime/diag/catalog.def"
  kCount
};

enum class Phrase : uint16_t {
#define ORDO_PHRASE(id, en, vi) id,
#include "runtime/diag/catalog.def"
};
// The phrase in a language, its slots filled.
std::string Say(Phrase phrase, Language language, std::initializer_list<std::string_view> arguments = {});
inline Phrase PhraseOf(Severity severity) {
  return severity == Severity::kError ? Phrase::kError : severity == Severity::kWarning ? Phrase::kWarning : Phrase::kInformation;
}

struct MessageText {
  std::string_view code;
  Severity severity;
  std::string_view title_en, title_vi, en, vi, help_en, help_vi;
};
const MessageText& TextOf(Code code);
// The message of a printed code such as "SYN03"; nullptr if there is none.
const MessageText* FindMessage(std::string_view code);
size_t message_count();

class Emitter {
 public:
  explicit Emitter(Language language, size_t cap_per_file = 200) : language_(language), cap_(cap_per_file) {}

  // Slots of the texts are {0}, {1}, ... in order of `arguments`. The finding may be completed (subject, related, ...) until the
  // next call. Errors of every family but RUN mean that the text itself is broken (`from_text`). A finding above the cap is
  // counted, also as an error, and told by one FIL02 of that file, as severe as the worst that it stands for.
  Finding& Emit(Code code, Span at, std::initializer_list<std::string_view> arguments = {});
  Finding& EmitForPath(Code code, std::string_view path, std::initializer_list<std::string_view> arguments = {});
  Language language() const { return language_; }
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return ordo::Say(phrase, language_, arguments);
  }
  bool has_errors() const { return errors_ != 0; }
  size_t error_count() const { return errors_; }
  const std::vector<Finding>& findings() const { return findings_; }
  std::vector<Finding> Take();  // begins a new count towards the cap

 private:
  struct FileCount {
    size_t seen = 0;
    size_t note = 0;  // index of the file's FIL02, once seen > cap
  };
  Finding Make(Code code, std::initializer_list<std::string_view> arguments);
  void NoteDropped(FileCount& count);
  Language language_;
  size_t cap_;
  size_t errors_ = 0;
  std::vector<Finding> findings_;
  std::vector<FileCount> per_file_;  // by FileId
  Finding dropped_;                  // lets a caller complete a finding that is not kept
};

}  // namespace ordo
