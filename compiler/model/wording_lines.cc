// Wording that stands in the plan's text file: a clause names its lines, and all that is asked of a wording is asked of them. A line break
// and every run of blanks count as one blank.
#include <algorithm>
#include <string>

#include "compiler/model/builder.h"
#include "fmt/format.h"
#include "runtime/base/blanks.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

// «14», «14-22», «14 – 22»: false where it is neither. Numbers beyond any file come back as the largest.
bool ReadLines(std::string_view text, uint64_t* first, uint64_t* last) {
  const auto skip = [&] {
    while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  };
  const auto number = [&](uint64_t* out) {
    size_t digits = 0;
    *out = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
      *out = std::min<uint64_t>(*out * 10 + static_cast<uint64_t>(text[digits] - '0'), UINT32_MAX);
    }
    text.remove_prefix(digits);
    return digits > 0 && *out > 0;
  };
  skip();
  if (!number(first)) return false;
  *last = *first;
  skip();
  if (text.empty()) return true;
  for (const std::string_view dash : {"-", "–", "—"}) {
    if (!text.starts_with(dash)) continue;
    text.remove_prefix(dash.size());
    skip();
    if (!number(last)) return false;
    skip();
    return text.empty();
  }
  return false;
}

}  // namespace

// That of the plan, wherever its block stands; a plan of a test has none.
void Builder::FindTextFile(const std::vector<Part>& parts) {
  if (program_.plan == EntityId::kNone) return;
  const auto [ast, block] = model_->blocks[static_cast<uint32_t>(program_.plan)];
  for (const Part& part : parts) {
    if (part.ast != ast) continue;
    text_file_ = part.text_file;
    if (part.root == 0) continue;
    const Heading heading = HeadingOf(*ast, block);
    for (NodeId line = heading.body; line != ast->nodes[block].end; line = ast->nodes[line].end) {
      const Node& node = ast->nodes[line];
      const Token& key = ast->tokens[node.first_token];
      if (node.kind != NodeKind::kField || key.word != W::key_text_file) continue;
      emitter_.Emit(Code::kTestTextFile, ast->SpanOf(key));
    }
  }
}

void Builder::TakeWordingFromLines(EntityId clause) {
  const ir::Field* stated = program_.FindField(clause, WordId(W::key_at_lines));
  if (!stated || stated->entry_count == 0) return;
  const ir::Entry lines = program_.entries[stated->first_entry];
  if (lines.type != ir::Type::kText || lines.value == ir::kAbsent) return;
  if (const ir::Field* wording = program_.FindField(clause, WordId(W::key_wording))) {
    emitter_.Emit(Code::kWordingAndLines, lines.span).related.push_back({"", wording->span});
    return;
  }
  const std::string text(program_.text(static_cast<Symbol>(lines.value)));
  uint64_t first = 0, last = 0;
  if (!ReadLines(text, &first, &last)) {
    emitter_.Emit(Code::kLinesForm, lines.span, {ShownText(text)});
    return;
  }
  if (last < first) {
    emitter_.Emit(Code::kLinesReversed, lines.span, {ShownText(text)});
    return;
  }
  if (!text_file_) {
    emitter_.Emit(Code::kNoTextFile, lines.span);
    return;
  }
  if (!text_file_->source) return;   // told when it was read
  const SourceFile& source = *text_file_->source;
  uint32_t count = source.line_count();
  if (count > 1 && source.LineText(count).empty()) --count;   // what stands behind the last line end
  if (last > count) {
    emitter_.Emit(Code::kLinesOutside, lines.span, {ShownText(text), fmt::format("{}", count)});
    return;
  }
  const auto from = static_cast<uint32_t>(first), to = static_cast<uint32_t>(last);
  Span span{text_file_->id, source.LineBegin(from), source.LineBegin(to) + static_cast<uint32_t>(source.LineText(to).size())};
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (span.begin == 0 && source.text().starts_with(kByteOrderMark)) span.begin = static_cast<uint32_t>(kByteOrderMark.size());
  while (span.begin < span.end && IsBlank(source.text()[span.begin])) ++span.begin;
  while (span.begin < span.end && IsBlank(source.text()[span.end - 1])) --span.end;
  if (span.begin == span.end) {
    emitter_.Emit(Code::kLinesBlank, lines.span, {ShownText(text)});
    return;
  }
  quoted_lines_.push_back({from, to, lines.span});
  ir::Field field;
  field.word = WordId(W::key_wording);
  field.span = span;
  field.first_entry = static_cast<uint32_t>(program_.entries.size());
  field.entry_count = 1;
  AddEntry(ir::Type::kText, CellOf(Intern(EvenBlanks(source.slice(span)))), span);
  AddField(clause, field, nullptr);
}

// A line belongs to one clause: each that takes one again is told, with the one that reaches furthest before it.
void Builder::CheckQuotedLines() {
  std::stable_sort(quoted_lines_.begin(), quoted_lines_.end(), [](const QuotedLines& a, const QuotedLines& b) { return a.first < b.first; });
  const QuotedLines* furthest = nullptr;
  for (const QuotedLines& lines : quoted_lines_) {
    if (furthest && lines.first <= furthest->last) {
      const uint32_t to = std::min(lines.last, furthest->last);
      emitter_.Emit(Code::kLinesTwice, lines.at, {to == lines.first ? fmt::format("{}", to) : fmt::format("{}-{}", lines.first, to)})
          .related.push_back({"", furthest->at});
    }
    if (!furthest || lines.last > furthest->last) furthest = &lines;
  }
}

}  // namespace ordo
