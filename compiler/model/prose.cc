// Facts out of the plan's own prose: the documents that it cites and the slips of writing in it. Read are titles of the plan, its
// sections, tasks, milestones and targets, quoted passages, and products told in words, in the order of the text.
#include <algorithm>
#include <string>

#include "compiler/model/builder.h"
#include "compiler/model/mention_reader.h"
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
    case prose::SlipKind::kBlank: return W::word_slip_blank;
    case prose::SlipKind::kSwallowed: return W::word_slip_swallowed;
    case prose::SlipKind::kNoun: return W::word_slip_noun;
    case prose::SlipKind::kIllogical: return W::word_slip_illogical;
  }
  return W::kNone;
}

constexpr KindSet kSpeakers = Only(W::kind_plan) | Only(W::kind_section) | Only(W::kind_task) | Only(W::kind_milestone) | Only(W::kind_target) |
                              Only(W::kind_clause) | Only(W::kind_appendix) | Only(W::kind_table);

std::string_view WithoutQuotes(std::string_view raw, Span& at) {
  const size_t quotes = raw.starts_with("\"\"\"") && raw.size() >= 6 ? 3 : raw.starts_with('"') && raw.size() >= 2 ? 1 : 0;
  at.begin += static_cast<uint32_t>(quotes);
  at.end -= static_cast<uint32_t>(quotes);
  return raw.substr(quotes, raw.size() - 2 * quotes);
}

}  // namespace

Span Builder::Passage::Place(size_t begin, size_t end) const {
  return exact ? Span{at.file, at.begin + static_cast<uint32_t>(begin), at.begin + static_cast<uint32_t>(end)} : at;
}

// The raw bytes, so that what is found points into the passage; a text that is not composed as NFC is pointed to as a whole.
void Builder::AddPassage(EntityId owner, Symbol text, Span at) {
  const bool in_file = InTextFile(at);
  const std::string_view raw = in_file ? TextAt(owner, at) : WithoutQuotes(TextAt(owner, at), at);
  const bool exact = in_file || (!raw.empty() && !HasCombiningMark(raw));
  passages_.push_back({owner, at, text, exact ? raw : program_.text(text), exact});
}

// Titles of the plan, its sections, tasks, milestones, targets and tables, captions, quoted passages and products told in words.
void Builder::GatherPassages() {
  const size_t declared = program_.entities.size();   // in the order of the text
  for (size_t i = 0; i < declared; ++i) {
    const auto id = static_cast<EntityId>(i);
    const ir::Entity object = program_.entities[i];
    if (!Has(kSpeakers, object.kind)) continue;
    if (const auto [ast, block] = model_->blocks[i]; ast && object.title != Symbol::kEmpty) {
      const Heading heading = HeadingOf(*ast, block);
      if (heading.title) AddPassage(id, object.title, ast->SpanOf(*heading.title));
    }
    for (const W key : {W::key_wording, W::key_product, W::key_caption}) {
      const ir::Field* field = program_.FindField(id, WordId(key));
      if (!field || field->shared) continue;
      for (uint32_t n = 0; n < field->entry_count; ++n) {
        const ir::Entry entry = program_.entries[field->first_entry + n];
        if (entry.type == ir::Type::kText && entry.value != ir::kAbsent) AddPassage(id, static_cast<Symbol>(entry.value), entry.span);
      }
    }
  }
}

void Builder::ReadProseOf(const Passage& passage, std::span<const prose::Word> words) {
  for (const prose::Citation& found : prose::FindCitations(passage.words)) {
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
    citation.title = Intern(found.title);
    citation.names_another = found.names_another;
    if (!found.kind_word.empty()) citation.as_named = Intern(fmt::format("{}{} {}", found.kind_word, found.with_so ? " số" : "", symbol.text));
    citation.object =
        AddObject(W::type_citation, Symbol::kEmpty, Intern(found.text), passage.owner, passage.Place(found.symbol_begin, found.end), nullptr, 0);
    model_->citations.push_back(citation);
  }
  for (const prose::Slip& found : prose::FindSlips(passage.words, words)) {
    const Symbol told = Intern(OneLine(passage.words.substr(found.begin, found.end - found.begin)));
    const EntityId object = AddObject(W::type_slip, Symbol::kEmpty, told, passage.owner, passage.Place(found.begin, found.end), nullptr, 0);
    model_->slips.push_back({object, WordOf(found.kind), told, Intern(found.meant)});
  }
}

// A long text breaks its lines anywhere.
std::string Builder::OneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

// The document of the registers that a citation is about: its symbol, and its day where both say one.
void Builder::ResolveCitations() {
  absl::flat_hash_map<std::string, std::vector<EntityId>> by_symbol;
  for (const EntityId document : model_->by_kind[KindOf(W::kind_document)]) {
    const ir::Field* field = program_.FindField(document, WordId(W::key_symbol));
    if (!field || field->entry_count == 0) continue;
    const auto symbol = prose::ReadSymbol(program_.text(static_cast<Symbol>(program_.entries[field->first_entry].value)));
    if (symbol) by_symbol[symbol->text].push_back(document);
  }
  const auto day_of = [&](EntityId document) -> std::optional<Date> {
    const ir::Field* field = program_.FindField(document, WordId(W::key_issue_date));
    if (!field || field->entry_count == 0 || program_.entries[field->first_entry].type != ir::Type::kEntity) return std::nullopt;
    const auto time = static_cast<EntityId>(program_.entries[field->first_entry].value);
    return Resolve(program_.times[entity(time).row], program_.Context()).last;
  };
  absl::flat_hash_set<Symbol> named;
  for (Citation& citation : model_->citations) {
    citation.is_first = named.insert(citation.document_key).second;
    const auto found = by_symbol.find(std::string(program_.text(citation.symbol)));
    if (found == by_symbol.end()) continue;
    for (const EntityId document : found->second) {
      const auto day = citation.date ? day_of(document) : std::nullopt;
      if (!day || *day == *citation.date) citation.registered = document;
      if (day && *day == *citation.date) break;
    }
  }
}

void Builder::ReadProse() {
  GatherPassages();
  MentionReader mentions(*this);
  for (const Passage& passage : passages_) {
    const std::vector<prose::Word> words = prose::WordsOf(passage.words);
    ReadProseOf(passage, words);
    mentions.Read(passage, words);
    const W kind = WordOfKind(entity(passage.owner).kind);
    if (kind == W::kind_clause || kind == W::kind_task) model_->prose.push_back(passage.text);
  }
  ResolveCitations();
  mentions.ReadCells();
  mentions.Finish();
  if (!options_.as_reference) FindLikenesses();
}

}  // namespace ordo
