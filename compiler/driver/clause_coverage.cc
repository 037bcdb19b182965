#include "compiler/driver/clause_coverage.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "absl/container/flat_hash_set.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/prose/sentences.h"
#include "runtime/report/print.h"

namespace ordo {
namespace {

using Json = nlohmann::ordered_json;
using report::Row;
using report::Table;

constexpr size_t kMostShown = 400;   // bytes of a wording in a row

// On one line, cut between words.
std::string Shown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
    if (out.size() > kMostShown + 4) break;
  }
  if (out.size() <= kMostShown) return out;
  size_t end = kMostShown;
  if (const size_t blank = out.rfind(' ', end); blank != std::string::npos && blank > kMostShown / 2) end = blank;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;   // one long word: between letters
  return out.substr(0, end) + " …";
}

// Without what numbers a line: «I. », «1.2. », «a) », «- ».
std::string_view WithoutItem(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  line.remove_prefix(begin);
  const size_t end = line.find_first_of(" \t");
  if (end == std::string_view::npos || end > 8) return line;
  const std::string_view first = line.substr(0, end);
  const bool item = first.ends_with('.') || first.ends_with(')') || first == "-" || first == "+" || first == "–" || first == "•" || first == "*";
  return item ? line.substr(end + 1) : line;
}

class Mapper {
 public:
  explicit Mapper(const Session& session)
      : session_(session), program_(session.program()), sources_(session.sources()), language_(session.language()),
        printer_(program_, language_), backers_(program_.entities.size()) {}

  ClauseCoverage Run() {
    FindBackers();
    for (const EntityId id : Of(W::kind_clause)) {
      Clause clause{id, WordingOf(id)};
      clause.is_no_duty = IsNoDuty(id);
      const size_t backed = backers_[Index(id)].size();
      out_.no_duty += clause.is_no_duty && backed == 0;
      out_.could += !clause.is_no_duty || backed > 0;
      out_.backed += backed > 0;
      clauses_.push_back(clause);
    }
    // In the order in which they stand: those of the text file by its lines.
    std::stable_sort(clauses_.begin(), clauses_.end(), [](const Clause& a, const Clause& b) { return a.at < b.at; });
    Counts();
    Unbacked();
    Unquoted();
    Tasks();
    Targets();
    FromText();
    FromDeclarations();
    std::erase_if(out_.tables, [](const Table& table) { return table.groups.empty(); });
    out_.json = json_.dump(2) + "\n";
    return std::move(out_);
  }

 private:
  struct Clause {
    EntityId id = EntityId::kNone;
    Span at;                  // its wording; of a clause without one, the clause
    bool is_no_duty = false;
  };

  static size_t Index(EntityId id) { return static_cast<uint32_t>(id); }
  std::string Say(Phrase phrase) const { return ordo::Say(phrase, language_); }
  const std::vector<EntityId>& Of(W kind) const { return session_.model().by_kind[KindOf(kind)]; }
  const ir::Field* FieldOf(EntityId id, W key) const { return program_.FindField(id, static_cast<ir::WordId>(key)); }

  // What is written in `carries out`, and what follows from rows of targets: the relations of that name hold both.
  void FindBackers() {
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::Field* field = FieldOf(EntityId{static_cast<uint32_t>(i)}, W::key_carries_out);
      for (uint32_t e = 0; field && e < field->entry_count; ++e) {
        const ir::Entry& entry = program_.entries[field->first_entry + e];
        if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
        AddBacker(static_cast<EntityId>(entry.value), EntityId{static_cast<uint32_t>(i)});
      }
    }
    const eval::Evaluation& evaluation = session_.evaluation();
    for (size_t r = 0; r < program_.relations.size(); ++r) {
      const ir::Relation& relation = program_.relations[r];
      if (!program_.text(relation.name).ends_with(".carries_out") || relation.columns.size() != 2) continue;
      const auto id = static_cast<ir::RelationId>(r);
      for (uint32_t row = 0; row < evaluation.rows(id); ++row) {
        AddBacker(static_cast<EntityId>(evaluation.cell(id, row, 1)), static_cast<EntityId>(evaluation.cell(id, row, 0)));
      }
    }
    for (std::vector<EntityId>& all : backers_) {
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
      for (const EntityId one : all) {
        if (declarations_.size() <= Index(one)) declarations_.resize(program_.entities.size());
        declarations_[Index(one)].push_back(EntityId{static_cast<uint32_t>(&all - backers_.data())});
      }
    }
    declarations_.resize(program_.entities.size());
  }
  void AddBacker(EntityId clause, EntityId backer) {
    if (Index(clause) < backers_.size() && Index(backer) < backers_.size() && program_.entity(clause).kind == KindOf(W::kind_clause))
      backers_[Index(clause)].push_back(backer);
  }

  bool IsNoDuty(EntityId clause) const {
    const ir::Field* kind = FieldOf(clause, W::key_kind);
    const ir::Field* purpose = FieldOf(clause, W::key_purpose);
    const bool basis = purpose && purpose->entry_count > 0 &&
                       program_.entries[purpose->first_entry].value == static_cast<ir::Cell>(W::word_basis_text);
    return basis || (kind && kind->none);
  }
  Span WordingOf(EntityId clause) const {
    const ir::Field* wording = FieldOf(clause, W::key_wording);
    return wording && wording->entry_count > 0 ? program_.entries[wording->first_entry].span : program_.entity(clause).span;
  }
  std::string_view TextOf(EntityId clause) const {
    const ir::Field* wording = FieldOf(clause, W::key_wording);
    if (!wording || wording->entry_count == 0 || program_.entries[wording->first_entry].type != ir::Type::kText) return {};
    return program_.text(static_cast<Symbol>(program_.entries[wording->first_entry].value));
  }

  uint32_t FirstLine(Span span) const { return sources_.file(span.file).LineOf(span.begin); }
  uint32_t LastLine(Span span) const { return sources_.file(span.file).LineOf(span.end > span.begin ? span.end - 1 : span.begin); }
  // «14–22», which no spreadsheet takes for a day, and «ke_hoach.txt:14–22».
  std::string Lines(Span span) const {
    if (!span.known()) return {};
    const uint32_t first = FirstLine(span), last = LastLine(span);
    return first == last ? fmt::format("{}", first) : fmt::format("{}–{}", first, last);
  }
  std::string FileAndLines(Span span) const {
    if (!span.known()) return {};
    const std::string_view path = sources_.file(span.file).path();
    return fmt::format("{}:{}", path.substr(path.rfind('/') + 1), Lines(span));
  }
  Json Place(Span span) const {
    if (!span.known()) return nullptr;
    return {{"file", sources_.file(span.file).path()}, {"line", FirstLine(span)}, {"end_line", LastLine(span)}};
  }
  std::string NameOf(EntityId id) const { return std::string(program_.text(program_.entity(id).name)); }
  // «nhiệm vụ II.3»: the kind, and what people call the object.
  std::string Called(EntityId id) const {
    const std::string said = printer_.Object(id);
    const std::string_view kind = printer_.Spelling(static_cast<ir::WordId>(WordOfKind(program_.entity(id).kind)));
    return said.starts_with(kind) ? said : fmt::format("{} {}", kind, said);
  }
  // And its title, unless it is called by that.
  std::string Declaration(EntityId id) const {
    const std::string_view title = program_.text(program_.entity(id).title);
    if (title.empty() || printer_.Object(id) == title) return Shown(Called(id));
    return fmt::format("{}: {}", Called(id), Shown(title));
  }
  std::string Label(EntityId clause) const {
    const ir::Entity& object = program_.entity(clause);
    if (object.title != Symbol::kEmpty) return Shown(program_.text(object.title));
    if (object.name != Symbol::kEmpty || object.parent == EntityId::kNone) return NameOf(clause);
    return Called(object.parent);   // a paragraph without a name, by its section
  }

  Table& Add(const char* id, Phrase title, std::vector<report::TableColumnText> columns) {
    Table& table = out_.tables.emplace_back();
    table.id = id;
    table.title = Say(title);
    table.columns = std::move(columns);
    table.landscape = true;
    return table;
  }
  // Rows of one file stand under its name; their first cell has the lines.
  void AddRow(Table& table, std::string id, Span at, std::vector<report::Cell> cells) {
    const std::string file(at.known() ? sources_.file(at.file).path() : std::string_view());
    if (table.groups.empty() || table.groups.back().title != file) table.groups.emplace_back().title = file;
    Row& row = table.groups.back().rows.emplace_back();
    row.id = std::move(id);
    row.at = at;
    row.cells = std::move(cells);
  }

  void Counts() {
    Table& table = Add("coverage", Phrase::kProseTitle, {{"what", Say(Phrase::kProseWhat)}, {"count", Say(Phrase::kProseCount), true}});
    const EntityId plan = program_.plan;
    const std::string title = plan == EntityId::kNone ? session_.path() : Shown(program_.text(program_.entity(plan).title));
    table.title = ordo::Say(Phrase::kProseTitle, language_, {title});
    const std::string share = ShareText(out_.backed, out_.could, language_);
    AddRow(table, "could", {}, {Say(Phrase::kProseCould), fmt::format("{}", out_.could)});
    AddRow(table, "backed", {}, {Say(Phrase::kProseBacked), fmt::format("{}", out_.backed)});
    AddRow(table, "share", {}, {Say(Phrase::kProseShare), share.empty() ? "–" : share});
    AddRow(table, "no_duty", {}, {Say(Phrase::kProseNoDuty), fmt::format("{}", out_.no_duty)});
    json_ = {{"schema", "ordo/coverage/1"}, {"plan", session_.path()}};
    json_["clauses"] = {{"could", out_.could}, {"backed", out_.backed}, {"no_duty", out_.no_duty}};
    json_["clauses"]["share"] = out_.could == 0 ? Json(nullptr) : Json(static_cast<double>(out_.backed) / static_cast<double>(out_.could));
  }

  // Sentences with a duty first, then clauses without any, each with its own lines.
  void Unbacked() {
    const std::vector<report::TableColumnText> columns = {
        {"at", Say(Phrase::kProseLines)}, {"clause", Say(Phrase::kProseClause)}, {"wording", Say(Phrase::kProseWording)}};
    std::vector<std::pair<const Clause*, std::pair<Span, std::string>>> duties, others;
    for (const Clause& clause : clauses_) {
      if (clause.is_no_duty || !backers_[Index(clause.id)].empty()) continue;
      // As it stands in its file, so that each sentence has its lines; the quotes of a plan are no part of it.
      Span at = clause.at;
      std::string_view raw = sources_.slice(at);
      const size_t quotes = raw.starts_with("\"\"\"") && raw.size() >= 6 ? 3 : raw.starts_with('"') && raw.size() >= 2 ? 1 : 0;
      const bool plan = sources_.file(at.file).path().ends_with(".ordo");
      if (plan && quotes > 0) raw = raw.substr(quotes, raw.size() - 2 * quotes), at.begin += static_cast<uint32_t>(quotes);
      if (TextOf(clause.id).empty()) raw = {};
      bool any = false;
      for (const prose::Sentence& sentence : prose::FindSentences(raw)) {
        if (!sentence.is_duty) continue;
        any = true;
        const Span place{at.file, at.begin + static_cast<uint32_t>(sentence.begin), at.begin + static_cast<uint32_t>(sentence.end)};
        duties.push_back({&clause, {place, Shown(raw.substr(sentence.begin, sentence.end - sentence.begin))}});
      }
      if (!any) others.push_back({&clause, {clause.at, Shown(TextOf(clause.id))}});
    }
    json_["unbacked"] = Json::array();
    for (const bool duty : {true, false}) {
      Table& table = Add(duty ? "duties" : "others", duty ? Phrase::kProseDuties : Phrase::kProseIntroductory, columns);
      for (const auto& [clause, told] : duty ? duties : others) {
        AddRow(table, NameOf(clause->id), told.first, {report::Cell(Lines(told.first), told.first), Label(clause->id), told.second});
        json_["unbacked"].push_back({{"clause", NameOf(clause->id)}, {"at", Place(told.first)}, {"duty", duty}, {"text", told.second}});
      }
    }
  }

  // Lines of the text file, neighbours together.
  void Unquoted() {
    Table& table = Add("unquoted", Phrase::kProseUnquoted, {{"at", Say(Phrase::kProseLines)}, {"wording", Say(Phrase::kProseWording)}});
    json_["unquoted"] = Json::array();
    if (session_.loaded().parts.empty()) return;
    const TextFile* text = nullptr;
    for (const Part& part : session_.loaded().parts) text = part.text_file ? part.text_file : text;
    if (!text || !text->source) return;
    const SourceFile& source = *text->source;
    std::vector<bool> quoted(source.line_count() + 2, false);
    for (const Clause& clause : clauses_) {
      if (clause.at.file != text->id) continue;
      for (uint32_t line = source.LineOf(clause.at.begin), last = source.LineOf(clause.at.end - 1); line <= last; ++line) quoted[line] = true;
    }
    const auto blank = [](std::string_view line) { return line.find_first_not_of(" \t\r\n\f\v\xEF\xBB\xBF") == std::string_view::npos; };
    // Headings of the text are titles of sections and rows.
    absl::flat_hash_set<std::string> titles;
    for (const W kind : {W::kind_plan, W::kind_section, W::kind_task, W::kind_target, W::kind_clause, W::kind_appendix, W::kind_table}) {
      for (const EntityId id : Of(kind)) titles.insert(FoldName(program_.text(program_.entity(id).title)));
    }
    titles.erase("");
    for (uint32_t line = 1; line <= source.line_count(); ++line) {
      if (!quoted[line]) quoted[line] = titles.contains(FoldName(WithoutItem(source.LineText(line))));
    }
    for (uint32_t line = 1; line <= source.line_count(); ++line) {
      if (quoted[line] || blank(source.LineText(line))) continue;
      uint32_t last = line;
      while (last < source.line_count() && !quoted[last + 1] && !blank(source.LineText(last + 1))) ++last;
      const Span span{text->id, source.LineBegin(line), source.LineBegin(last) + static_cast<uint32_t>(source.LineText(last).size())};
      const std::string shown = Shown(source.slice(span));
      AddRow(table, "", span, {report::Cell(Lines(span), span), shown});
      json_["unquoted"].push_back({{"at", Place(span)}, {"text", shown}});
      line = last;
    }
  }

  // Rows without rows below, where neither they nor what stands above them carries out a clause.
  void Tasks() {
    Table& table = Add("tasks", Phrase::kProseTasks, {{"at", Say(Phrase::kProseDeclaredAt)}, {"declaration", Say(Phrase::kProseDeclaration)}});
    json_["tasks_without_clause"] = Json::array();
    std::vector<bool> parent(program_.entities.size(), false);
    for (const EntityId id : Of(W::kind_task)) {
      const EntityId up = program_.entity(id).parent;
      if (up != EntityId::kNone) parent[Index(up)] = true;
    }
    for (const EntityId id : Of(W::kind_task)) {
      if (parent[Index(id)]) continue;
      bool covered = false;
      for (EntityId up = id; up != EntityId::kNone && !covered; up = program_.entity(up).parent) covered = !declarations_[Index(up)].empty();
      if (!covered) AddDeclaration(table, "tasks_without_clause", id);
    }
  }

  // As TGT19 has it: a plan that holds no task at all is not looked at.
  void Targets() {
    Table& table = Add("targets", Phrase::kProseTargets, {{"at", Say(Phrase::kProseDeclaredAt)}, {"declaration", Say(Phrase::kProseDeclaration)}});
    json_["targets_without_task"] = Json::array();
    absl::flat_hash_set<EntityId> moved;
    for (const EntityId id : Of(W::kind_task)) {
      const ir::Field* product = FieldOf(id, W::key_product);
      for (uint32_t e = 0; product && e < product->entry_count; ++e) {
        const ir::Entry& entry = program_.entries[product->first_entry + e];
        if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent) moved.insert(static_cast<EntityId>(entry.value));
      }
    }
    for (const EntityId id : Of(W::kind_target)) {
      if (Of(W::kind_task).empty() || moved.contains(id)) continue;
      const ir::Field* indicator = FieldOf(id, W::key_indicator);
      const bool by_indicator = indicator && indicator->entry_count > 0 &&
                                moved.contains(static_cast<EntityId>(program_.entries[indicator->first_entry].value));
      if (!by_indicator) AddDeclaration(table, "targets_without_task", id);
    }
  }
  void AddDeclaration(Table& table, const char* list, EntityId id) {
    const Span at = program_.entity(id).span;
    AddRow(table, NameOf(id), at, {report::Cell(Lines(at), at), Declaration(id)});
    json_[list].push_back({{"name", NameOf(id)}, {"title", program_.text(program_.entity(id).title)}, {"at", Place(at)}});
  }

  void FromText() {
    Table& table = Add("from_text", Phrase::kProseFromText,
                       {{"at", Say(Phrase::kProseLines)}, {"wording", Say(Phrase::kProseWording)}, {"declarations", Say(Phrase::kProseDeclaration)}});
    json_["from_text"] = Json::array();
    for (const Clause& clause : clauses_) {
      std::string told;
      Json by = Json::array();
      for (const EntityId id : backers_[Index(clause.id)]) {
        told += fmt::format("{}{} ({})", told.empty() ? "" : "; ", Declaration(id), FileAndLines(program_.entity(id).span));
        by.push_back({{"kind", RowOf(WordOfKind(program_.entity(id).kind)).id}, {"name", NameOf(id)}, {"at", Place(program_.entity(id).span)}});
      }
      if (told.empty()) told = Say(clause.is_no_duty ? Phrase::kProseIsNoDuty : Phrase::kProseNothing);
      AddRow(table, NameOf(clause.id), clause.at, {report::Cell(Lines(clause.at), clause.at), Shown(TextOf(clause.id)), told});
      json_["from_text"].push_back({{"clause", NameOf(clause.id)}, {"at", Place(clause.at)}, {"no_duty", clause.is_no_duty}, {"declarations", by}});
    }
  }

  void FromDeclarations() {
    Table& table = Add("from_declarations", Phrase::kProseFromDeclarations,
                       {{"at", Say(Phrase::kProseDeclaredAt)},
                        {"declaration", Say(Phrase::kProseDeclaration)},
                        {"wording", Say(Phrase::kProseWordingAt)}});
    json_["from_declarations"] = Json::array();
    for (size_t i = 0; i < declarations_.size(); ++i) {
      if (declarations_[i].empty()) continue;
      const EntityId id{static_cast<uint32_t>(i)};
      const Span at = program_.entity(id).span;
      std::string lines;
      Json clauses = Json::array();
      for (const EntityId clause : declarations_[i]) {
        lines += fmt::format("{}{}", lines.empty() ? "" : "; ", FileAndLines(WordingOf(clause)));
        clauses.push_back({{"clause", NameOf(clause)}, {"at", Place(WordingOf(clause))}});
      }
      AddRow(table, NameOf(id), at, {report::Cell(Lines(at), at), Declaration(id), lines});
      const std::string_view kind = RowOf(WordOfKind(program_.entity(id).kind)).id;
      json_["from_declarations"].push_back({{"kind", kind}, {"name", NameOf(id)}, {"at", Place(at)}, {"clauses", clauses}});
    }
  }

  const Session& session_;
  const ir::Program& program_;
  const SourceSet& sources_;
  const Language language_;
  report::Printer printer_;
  std::vector<std::vector<EntityId>> backers_;        // of a clause
  std::vector<std::vector<EntityId>> declarations_;   // object -> the clauses that it carries out
  std::vector<Clause> clauses_;
  ClauseCoverage out_;
  Json json_;
};

}  // namespace

std::string ShareText(size_t part, size_t whole, Language language) {
  if (whole == 0) return {};
  const size_t tenths = part * 1000 / whole;
  if (tenths % 10 == 0) return fmt::format("{}%", tenths / 10);
  return fmt::format("{}{}{}%", tenths / 10, language == Language::kVietnamese ? ',' : '.', tenths % 10);
}

ClauseCoverage CoverageOfClauses(const Session& session) { return Mapper(session).Run(); }

}  // namespace ordo
