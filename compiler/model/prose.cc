// Facts out of the plan's own prose: the documents that it cites and the slips of writing in it. Read are titles of the plan, its
// sections, tasks, milestones and targets, quoted passages, and products told in words, in the order of the text.
#include <algorithm>

#include "compiler/model/builder.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/prose/citations.h"
#include "runtime/prose/slips.h"

namespace ordo {
namespace {

W WordOf(prose::SlipKind kind) {
  switch (kind) {
    case prose::SlipKind::kRepeatedWords: return W::word_slip_repeated;
    case prose::SlipKind::kUnpairedMark: return W::word_slip_unpaired;
    case prose::SlipKind::kMarkup: return W::word_slip_markup;
    case prose::SlipKind::kHiddenSign: return W::word_slip_hidden;
    case prose::SlipKind::kOpenList: return W::word_slip_open_list;
    case prose::SlipKind::kHedge: return W::word_slip_hedge;
    case prose::SlipKind::kSentenceBreak: return W::word_slip_sentence;
    case prose::SlipKind::kRunTogether: return W::word_slip_run_together;
    case prose::SlipKind::kPageNumber: return W::word_slip_page_number;
    case prose::SlipKind::kMisspelling: return W::word_slip_misspelling;
  }
  return W::kNone;
}

constexpr KindSet kSpeakers = Only(W::kind_plan) | Only(W::kind_section) | Only(W::kind_task) | Only(W::kind_milestone) | Only(W::kind_target) |
                              Only(W::kind_clause);

std::string_view WithoutQuotes(std::string_view raw, Span& at) {
  const size_t quotes = raw.starts_with("\"\"\"") && raw.size() >= 6 ? 3 : raw.starts_with('"') && raw.size() >= 2 ? 1 : 0;
  at.begin += static_cast<uint32_t>(quotes);
  at.end -= static_cast<uint32_t>(quotes);
  return raw.substr(quotes, raw.size() - 2 * quotes);
}

}  // namespace

void Builder::ReadProseOf(EntityId owner, Symbol text, Span at) {
  // The raw bytes, so that what is found points into the passage; a text that is not composed as NFC is pointed to as a whole.
  const bool in_file = InTextFile(at);
  const std::string_view raw = in_file ? TextAt(owner, at) : WithoutQuotes(TextAt(owner, at), at);
  const bool exact = in_file || (!raw.empty() && !HasCombiningMark(raw));
  const std::string_view passage = exact ? raw : program_.text(text);
  const auto place = [&](size_t begin, size_t end) {
    return exact ? Span{at.file, at.begin + static_cast<uint32_t>(begin), at.begin + static_cast<uint32_t>(end)} : at;
  };
  for (const prose::Citation& found : prose::FindCitations(passage)) {
    const prose::Symbol& symbol = found.symbol;
    Citation citation;
    citation.symbol = Intern(symbol.text);
    citation.date = found.date;
    citation.issuer = Intern(found.issuer);
    citation.document_key = Intern(fmt::format("{} {} {} {}", symbol.number, symbol.year, symbol.kind, symbol.issuer));
    citation.number_key = Intern(fmt::format("{} {} {}", symbol.number, symbol.year, symbol.issuer));
    citation.is_numbered_by_year = !symbol.year.empty();
    citation.proper = Intern(symbol.proper);
    citation.short_name = Intern(found.short_name);
    if (!found.kind_word.empty()) citation.as_named = Intern(fmt::format("{}{} {}", found.kind_word, found.with_so ? " số" : "", symbol.text));
    citation.object = AddObject(W::type_citation, Symbol::kEmpty, Intern(found.text), owner, place(found.symbol_begin, found.end), nullptr, 0);
    model_->citations.push_back(citation);
  }
  for (const prose::Slip& found : prose::FindSlips(passage)) {
    std::string told(passage.substr(found.begin, found.end - found.begin));   // a long text breaks its lines anywhere
    std::replace_if(told.begin(), told.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    const Symbol words = Intern(told);
    const EntityId object = AddObject(W::type_slip, Symbol::kEmpty, words, owner, place(found.begin, found.end), nullptr, 0);
    model_->slips.push_back({object, WordOf(found.kind), words, Intern(found.meant)});
  }
}

void Builder::ReadProse() {
  const size_t declared = program_.entities.size();   // in the order of the text
  for (size_t i = 0; i < declared; ++i) {
    const auto id = static_cast<EntityId>(i);
    const ir::Entity object = program_.entities[i];
    if (!Has(kSpeakers, object.kind)) continue;
    if (const auto [ast, block] = model_->blocks[i]; ast && object.title != Symbol::kEmpty) {
      const Heading heading = HeadingOf(*ast, block);
      if (heading.title) ReadProseOf(id, object.title, ast->SpanOf(*heading.title));
    }
    for (const W key : {W::key_wording, W::key_product}) {
      const ir::Field* field = program_.FindField(id, WordId(key));
      if (!field || field->shared) continue;
      for (uint32_t n = 0; n < field->entry_count; ++n) {
        const ir::Entry entry = program_.entries[field->first_entry + n];
        if (entry.type == ir::Type::kText && entry.value != ir::kAbsent) ReadProseOf(id, static_cast<Symbol>(entry.value), entry.span);
      }
    }
  }
  absl::flat_hash_set<Symbol> named;
  for (Citation& citation : model_->citations) citation.is_first = named.insert(citation.document_key).second;
}

}  // namespace ordo
