// Years of a vision as official prose names them: «tầm nhìn đến năm 2045», «Tầm nhìn 2045», «tầm nhìn tới 2045». Read from the
// plan's own words (titles of the plan, its sections, tasks and targets, quoted passages) and from times that say so. Titles of
// documents are not read, nor is «… thời kỳ 2021-2030, tầm nhìn đến năm 2050», the name of a master plan as the Law on Planning of
// 2017 has it: such a vision is that document's own.
#include <algorithm>
#include <array>
#include <cstring>

#include "compiler/model/builder.h"

namespace ordo {
namespace {

constexpr std::array<std::string_view, 3> kVision = {"tầm nhìn", "Tầm nhìn", "TẦM NHÌN"};

size_t SkipBlanks(std::string_view text, size_t at) {
  while (at < text.size()) {
    if (text.substr(at, 2) == "\u00A0") at += 2;
    else if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') ++at;
    else break;
  }
  return at;
}

bool Take(std::string_view text, size_t& at, const std::array<std::string_view, 2>& spellings) {
  for (const std::string_view word : spellings) {
    if (text.substr(at, word.size()) != word) continue;
    at = SkipBlanks(text, at + word.size());
    return true;
  }
  return false;
}

// The four digits behind «tầm nhìn», and where they end; 0: none.
int YearBehind(std::string_view text, size_t& at) {
  at = SkipBlanks(text, at);
  if (!Take(text, at, {"đến", "ĐẾN"})) Take(text, at, {"tới", "TỚI"});
  Take(text, at, {"hết", "HẾT"});
  Take(text, at, {"năm", "NĂM"});
  int year = 0;
  size_t digits = 0;
  while (at + digits < text.size() && text[at + digits] >= '0' && text[at + digits] <= '9' && digits < 5) {
    year = year * 10 + (text[at + digits++] - '0');
  }
  if (digits != 4) return 0;
  at += digits;
  return year;
}

// «thời kỳ 2021-2030, » right before it.
bool OfMasterPlan(std::string_view before) {
  size_t end = before.size();
  const auto between = [](char c) { return (c >= '0' && c <= '9') || c == ' ' || c == ',' || c == '-' || c == '\n' || c == '\r'; };
  while (end > 0) {
    if (between(before[end - 1])) --end;
    else if (before.substr(0, end).ends_with("–")) end -= std::string_view("–").size();
    else break;
  }
  return before.substr(0, end).ends_with("thời kỳ") || before.substr(0, end).ends_with("Thời kỳ");
}

// Where the next «tầm nhìn» begins; npos: nowhere.
size_t FindVision(std::string_view text, size_t from) {
  size_t first = std::string_view::npos;
  for (const std::string_view word : kVision) first = std::min(first, text.find(word, from));
  return first;
}

// A quick look: most texts speak of no vision.
bool MaySpeakOfVision(std::string_view text) {
  constexpr std::string_view kTail = "m nhìn", kCapitals = "M NHÌN";
  return memmem(text.data(), text.size(), kTail.data(), kTail.size()) || memmem(text.data(), text.size(), kCapitals.data(), kCapitals.size());
}

}  // namespace

void Builder::ReadVisionsOf(EntityId owner, Symbol prose, Span at) {
  // The raw bytes, so that a finding points into the passage; a text that is not composed as NFC is pointed to as a whole.
  const std::string_view raw = TextAt(owner, at);
  const bool exact = FindVision(raw, 0) != std::string_view::npos;
  std::string text(exact ? raw : program_.text(prose));
  std::replace(text.begin(), text.end(), '\n', ' ');   // a long text breaks its lines anywhere
  for (size_t i = FindVision(text, 0); i != std::string_view::npos; i = FindVision(text, i + 1)) {
    size_t end = i + kVision[0].size();
    const int year = YearBehind(text, end);
    if (year == 0 || OfMasterPlan(std::string_view(text).substr(0, i))) continue;
    std::string words;
    for (const char c : text.substr(i, end - i)) {
      const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!blank || words.back() != ' ') words += blank ? ' ' : c;
    }
    Span span = at;
    if (exact) {
      span.begin = at.begin + static_cast<uint32_t>(i);
      span.end = at.begin + static_cast<uint32_t>(end);
    }
    model_->visions.push_back({AddObject(W::type_vision, Symbol::kEmpty, Intern(words), owner, span, nullptr, 0), year});
  }
}

void Builder::ReadVisions() {
  for (const W kind : {W::kind_plan, W::kind_section, W::kind_task, W::kind_target}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) {
      const Symbol title = program_.entity(id).title;
      if (!MaySpeakOfVision(program_.text(title))) continue;
      const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
      if (!ast) continue;
      const Heading heading = HeadingOf(*ast, block);
      if (heading.title) ReadVisionsOf(id, title, ast->SpanOf(*heading.title));
    }
  }
  for (const W kind : {W::kind_clause, W::kind_target}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) {
      const ir::Field* wording = program_.FindField(id, WordId(W::key_wording));
      if (!wording || wording->entry_count == 0) continue;
      const ir::Entry entry = program_.entries[wording->first_entry];
      if (entry.type == ir::Type::kText && MaySpeakOfVision(program_.text(static_cast<Symbol>(entry.value))))
        ReadVisionsOf(id, static_cast<Symbol>(entry.value), entry.span);
    }
  }
  for (size_t row = 0; row < program_.times.size(); ++row) {
    const Time& time = program_.times[row];
    if (time.stance != Stance::kVision || time.to.kind != Point::Kind::kYear) continue;
    const EntityId owner = model_->time_owners[row];
    const ir::Entity& object = program_.entity(model_->by_kind[KindOf(W::type_time)][row]);
    if (owner == EntityId::kNone) continue;
    const Span span = object.span;
    const int year = time.to.year;
    model_->visions.push_back({AddObject(W::type_vision, Symbol::kEmpty, Intern(TextAt(owner, span)), owner, span, nullptr, 0), year});
  }
}

}  // namespace ordo
