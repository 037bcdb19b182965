#include "runtime/diag/emitter.h"

#include <algorithm>
#include <iterator>

#include "fmt/format.h"

namespace ordo {

namespace {

constexpr MessageText kMessages[] = {
#define ORDO_MESSAGE(id, code, severity, title_en, title_vi, en, vi, help_en, help_vi) \
  {code, severity, title_en, title_vi, en, vi, help_en, help_vi},
#include "runtime/diag/catalog.def"
};
constexpr std::string_view kPhrases[][2] = {
#define ORDO_PHRASE(id, en, vi) {vi, en},   // by Language
#include "runtime/diag/catalog.def"
};
static_assert(static_cast<int>(Language::kVietnamese) == 0 && static_cast<int>(Language::kEnglish) == 1);
static_assert(std::size(kMessages) == static_cast<size_t>(Code::kCount));

// Not fmt: a sentence may speak of the braces of the language, and a slot without an argument must not abort a check.
std::string FillSlots(std::string_view text, std::initializer_list<std::string_view> arguments) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool slot =
        text[at] == '{' && at + 2 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9' && text[at + 2] == '}';
    const size_t index = slot ? static_cast<size_t>(text[at + 1] - '0') : 0;
    if (slot && index < arguments.size()) {
      out += arguments.begin()[index];
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

}  // namespace

std::string Say(Phrase phrase, Language language, std::initializer_list<std::string_view> arguments) {
  return FillSlots(kPhrases[static_cast<size_t>(phrase)][static_cast<size_t>(language)], arguments);
}

const MessageText& TextOf(Code code) { return kMessages[static_cast<size_t>(code)]; }

const MessageText* FindMessage(std::string_view code) {
  const auto found =
      std::find_if(std::begin(kMessages), std::end(kMessages), [code](const auto& text) { return text.code == code; });
  return found == std::end(kMessages) ? nullptr : found;
}

size_t message_count() { return std::size(kMessages); }

Finding Emitter::Make(Code code, std::initializer_list<std::string_view> arguments) {
  const MessageText& text = TextOf(code);
  const bool vietnamese = language_ == Language::kVietnamese;
  Finding finding;
  finding.code = text.code;
  finding.severity = text.severity;
  finding.title = vietnamese ? text.title_vi : text.title_en;
  finding.message = FillSlots(vietnamese ? text.vi : text.en, arguments);
  finding.help = FillSlots(vietnamese ? text.help_vi : text.help_en, arguments);
  finding.from_text = text.severity == Severity::kError && !text.code.starts_with("RUN");
  return finding;
}

Finding& Emitter::Emit(Code code, Span at, std::initializer_list<std::string_view> arguments) {
  Finding finding = Make(code, arguments);
  finding.at = at;
  if (finding.severity == Severity::kError) ++errors_;
  if (at.known()) {
    if (at.file >= per_file_.size()) per_file_.resize(at.file + 1);
    FileCount& count = per_file_[at.file];
    if (++count.seen > cap_) {
      dropped_ = std::move(finding);
      NoteDropped(count);
      return dropped_;
    }
  }
  return findings_.emplace_back(std::move(finding));
}

Finding& Emitter::EmitForPath(Code code, std::string_view path, std::initializer_list<std::string_view> arguments) {
  Finding& finding = Emit(code, Span{}, arguments);
  finding.path = path;
  return finding;
}

void Emitter::NoteDropped(FileCount& count) {
  const size_t dropped = count.seen - cap_;
  Finding now = Make(Code::kTooManyFindings, {fmt::format("{}", dropped)});
  if (dropped == 1) {
    count.note = findings_.size();
    now.at = dropped_.at;  // where the untold part begins
    findings_.push_back(std::move(now));
  } else {
    findings_[count.note].message = std::move(now.message);
  }
  Finding& note = findings_[count.note];
  note.severity = std::max(note.severity, dropped_.severity);
  note.from_text = note.from_text || dropped_.from_text;
}

std::vector<Finding> Emitter::Take() {
  per_file_.clear();
  return std::exchange(findings_, {});
}

}  // namespace ordo
