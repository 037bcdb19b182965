// `ordo import`: a draft of a plan from the tables of a file. The draft is read, evaluated and printed in memory; cells that print
// otherwise than in the file are drafted again with the words of the file. What is written always reads.
#include <cstdio>
#include <filesystem>

#include "compiler/driver/files.h"
#include "compiler/driver/office_files.h"
#include "compiler/driver/session.h"
#include "compiler/import/import.h"
#include "compiler/import/wording.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;
using import::ExpectedCell;
using import::ExpectedTable;
using import::Feedback;
using import::FoundTable;
using import::Kind;

// The folder that imports of the draft may not leave: --root, the nearest folder above with a file `ordo.root`, or its own.
fs::path RootFor(const fs::path& folder, const Settings& settings) {
  std::error_code error;
  if (!settings.load.root.empty()) return fs::weakly_canonical(fs::absolute(settings.load.root), error);
  for (fs::path at = folder;; at = at.parent_path()) {
    if (fs::exists(at / "ordo.root", error)) return at;
    if (at == at.parent_path()) return folder;
  }
}

// As cells are compared: white space evened out, all double quotes alike.
std::string Compared(std::string_view text) {
  std::string even = import::Even(text);
  for (const std::string_view quote : {"“", "”", "„"}) {
    for (size_t at = even.find(quote); at != std::string::npos; at = even.find(quote, at)) even.replace(at, quote.size(), "\"");
  }
  return even;
}

// «task.field» that an error stands in; "" if it stands in none.
std::string KeyAt(const Ast& ast, Span at) {
  std::string name, field;
  for (NodeId id = 0; id < ast.nodes.size(); ++id) {
    const NodeKind kind = ast.nodes[id].kind;
    const Span span = ast.SpanOf(id);
    if (at.begin < span.begin || at.begin >= span.end) continue;
    const Token& first = ast.tokens[ast.nodes[id].first_token];
    if (kind == NodeKind::kBlock) {
      const Heading heading = HeadingOf(ast, id);
      if (heading.kind == nullptr || heading.name == nullptr) continue;
      if (heading.kind->word == W::kind_milestone) return name + ".due";   // a step is a part of the time of its task
      name = ast.NameOf(*heading.name);
    } else if (first.kind == TokenKind::KEY) {
      field = RowOf(first.word).id;
    } else if (first.kind == TokenKind::SERIES) {
      field = fmt::format("series_{}", import::YearIn(ast.source->text().substr(span.begin, span.end - span.begin)));
    }
  }
  return name.empty() || field.empty() ? std::string() : fmt::format("{}.{}", name, field);
}

class Importer {
 public:
  Importer(const FoundTable* tasks, const FoundTable* targets, import::Options options, std::string path, Settings settings)
      : tasks_(tasks), targets_(targets), options_(std::move(options)), path_(std::move(path)), settings_(std::move(settings)) {
    settings_.progress = false;
    settings_.load.replaced.clear();
    settings_.load.read = [this](const std::string& file) -> std::optional<std::string> {
      if (file == path_) return draft_.text;
      auto bytes = ReadFile(file, settings_.load.syntax.max_bytes);
      return bytes.ok() ? std::optional(*std::move(bytes)) : std::nullopt;
    };
  }

  // False: no draft that reads could be made; problem() says more.
  bool Run() {
    constexpr int kRounds = 3;
    for (int round = 0; round <= kRounds + 1; ++round) {
      const bool last = round == kRounds + 1;
      if (last) feedback_.plain.insert("*");
      auto draft = import::WriteDraft(tasks_, targets_, options_, feedback_);
      if (!draft.ok()) {
        problem_ = std::string(draft.status().message());
        return false;
      }
      draft_ = *std::move(draft);
      const bool reads = Judge();
      if (reads && (!again_ || round >= kRounds)) return true;
    }
    return false;
  }

  const import::Draft& draft() const { return draft_; }
  const std::vector<std::string>& differences() const { return differences_; }
  const std::string& problem() const { return problem_; }

 private:
  // Whether the draft reads; what another round should do otherwise is in feedback_, again_ says that there is such a thing.
  bool Judge() {
    again_ = false;
    differences_.clear();
    refused_.clear();
    Session session(path_, settings_);
    const bool modelled = session.Load() && session.Model();
    if (!modelled) {
      constexpr size_t kMostErrors = 500;   // each is looked up in the whole tree
      size_t errors = 0;
      for (const Finding& finding : session.findings()) {
        if (finding.severity != Severity::kError) continue;
        if (++errors > kMostErrors) {
          feedback_.plain.insert("*");
          break;
        }
        problem_ = finding.message;
        const Ast* main = session.loaded().main;
        const std::string key = main != nullptr && finding.at.file == main->file ? KeyAt(*main, finding.at) : std::string();
        if (key.empty() || !Refused(key)) feedback_.plain.insert("*");
      }
      return false;
    }
    if (!session.Lower(true) || !session.Evaluate()) {
      problem_ = session.failure();
      return true;   // it reads; a limit of the engine stands in the way of printing
    }
    for (size_t i = 0; i < session.program().tables.size(); ++i) {
      const report::Table table = report::BuildTable(session.evaluation(), i, session.language());
      for (const ExpectedTable& expected : draft_.tables) {
        if (expected.name == table.id) Compare(expected, table);
      }
    }
    return true;
  }

  static void Gather(const std::vector<report::Row>& rows, absl::flat_hash_map<std::string, const report::Row*>& by_name) {
    for (const report::Row& row : rows) {
      by_name.emplace(row.id, &row);
      Gather(row.rows, by_name);
    }
  }

  void Compare(const ExpectedTable& expected, const report::Table& table) {
    absl::flat_hash_map<std::string, const report::Row*> rows;
    for (const report::Group& group : table.groups) Gather(group.rows, rows);
    std::vector<size_t> places;   // of each expected column in the printed table
    for (size_t c = 0; c < expected.headings.size(); ++c) {
      size_t place = c;
      for (size_t k = 0; k < table.columns.size(); ++k) {
        if (table.columns[(c + k) % table.columns.size()].title == expected.headings[c]) {
          place = (c + k) % table.columns.size();
          break;
        }
      }
      places.push_back(place);
    }
    for (const import::ExpectedRow& row : expected.rows) {
      const auto found = rows.find(row.name);
      for (size_t c = 0; c < row.cells.size(); ++c) {
        const ExpectedCell& cell = row.cells[c];
        if (cell.read) continue;
        const bool there = found != rows.end() && places[c] < found->second->cells.size();
        if (there && Compared(found->second->cells[places[c]].text) == Compared(cell.text)) continue;
        differences_.push_back(fmt::format("{}, {}", row.place, import::Shortened(expected.headings[c], 40)));
        if (there) Again(cell);
      }
    }
  }

  // Fields that take no words of the file: the column becomes one of words.
  static bool TakesNoWords(std::string_view key) {
    const std::string_view field = key.substr(key.rfind('.') + 1);
    return field == "duration" || field == "cost" || field == "baseline" || field == "measured_in";
  }

  // False: it was refused before.
  bool Refused(const std::string& key) {
    if (!TakesNoWords(key)) return feedback_.plain.insert(key).second;
    if (!refused_.insert(key.substr(key.rfind('.') + 1)).second) return true;   // one cell of a column is enough
    for (const ExpectedTable& table : draft_.tables) {
      for (const import::ExpectedRow& row : table.rows) {
        for (const ExpectedCell& cell : row.cells) {
          if (cell.key != key) continue;
          feedback_.plain_columns.insert(cell.column);
          return true;
        }
      }
    }
    return false;
  }

  void Again(const ExpectedCell& cell) {
    if (cell.key.empty()) return;
    const std::string field = cell.key.substr(cell.key.rfind('.') + 1);
    if (TakesNoWords(cell.key)) {
      again_ |= feedback_.plain_columns.insert(cell.column).second;
    } else {
      again_ |= feedback_.worded.insert(cell.key).second || (field != "number" && feedback_.plain.insert(cell.key).second);
    }
  }

  const FoundTable *tasks_, *targets_;
  import::Options options_;
  const std::string path_;
  Settings settings_;
  Feedback feedback_;
  import::Draft draft_;
  std::vector<std::string> differences_;
  absl::flat_hash_set<std::string> refused_;   // fields of this round
  bool again_ = false;
  std::string problem_;
};

std::string NameOf(const FoundTable& table) {
  return fmt::format("{} ({})", table.grid + 1, import::Shortened(!table.title.empty() ? table.title : fmt::format("{}", fmt::join(table.headings, " | ")), 50));
}

}  // namespace

int RunImport(const std::string& file, const ImportTarget& target, const Settings& settings) {
  const Language language = settings.language.value_or(target.skin == "en" ? Language::kEnglish : Language::kVietnamese);
  std::error_code error;
  if (!target.draft.empty() && !target.force && fs::exists(target.draft, error)) {
    Tell(language, Code::kImportExists, {target.draft});
    return kFailed;
  }
  Emitter emitter(language);
  const auto grids = ReadOfficeFile(file, emitter);
  if (!grids) {
    std::string why, how;
    for (const Finding& finding : emitter.findings()) why = finding.message, how = finding.help;
    Emitter telling(language);
    Finding& unreadable = telling.EmitForPath(Code::kImportUnreadable, "", {file, why});
    if (emitter.findings().back().code == TextOf(Code::kOfficeEncoding).code) unreadable.help = how;
    Tell(unreadable);
    return kUnreadable;
  }
  for (const Finding& finding : emitter.findings()) Tell(finding);
  if (target.table > 0 && static_cast<size_t>(target.table) > grids->grids.size()) {
    Tell(language, Code::kImportNoSuchTable, {fmt::to_string(target.table), fmt::to_string(grids->grids.size())});
    return kUnreadable;
  }
  const std::vector<FoundTable> tables = import::FindTables(*grids, target.table);
  const FoundTable *tasks = nullptr, *targets = nullptr;
  std::vector<std::string> others, headings;
  for (const FoundTable& table : tables) {
    const bool asked = target.table == 0 || table.grid + 1 == static_cast<size_t>(target.table);
    if (asked && table.kind == Kind::kTasks && tasks == nullptr) tasks = &table;
    else if (asked && table.kind == Kind::kTargets && targets == nullptr) targets = &table;
    else others.push_back(NameOf(table));
    for (const std::string& heading : table.headings) headings.push_back(heading);
  }
  if (tasks == nullptr && targets == nullptr) {
    if (headings.size() > 30) headings.resize(30);
    Tell(language, Code::kImportNoTable, {file, fmt::format("{}", fmt::join(headings, " | "))});
    return kUnreadable;
  }

  import::Options options;
  options.skin = target.skin == "en" ? Skin::kEnglish : target.skin == "vi" ? Skin::kVietnamese : import::SkinOf(tasks != nullptr ? *tasks : *targets);
  options.year = target.year;
  options.file = fs::path(file).filename().string();
  const fs::path draft = fs::weakly_canonical(fs::absolute(target.draft.empty() ? fs::path(file).stem().string() + ".ordo" : target.draft), error);
  const fs::path root = RootFor(draft.parent_path(), settings);
  std::vector<std::unique_ptr<Loaded>> registers;
  absl::flat_hash_set<std::string> seen;
  for (const std::string& path : target.registers) {
    auto loaded = std::make_unique<Loaded>();
    Emitter reading(language);
    if (!LoadPlan(path, settings.load, *loaded, reading) || reading.has_errors()) {
      for (const Finding& finding : reading.findings()) Tell(finding);
      return kUnreadable;
    }
    const std::string canonical = CanonicalPath({}, path);
    options.imports.push_back(fs::path(canonical).lexically_relative(draft.parent_path()).generic_string());
    if (!IsBelow(root.string(), canonical)) {
      options.copy_registers = true;
      Tell(language, Code::kImportRegisterCopied, {path});
    }
    for (const Ast& ast : loaded->asts) {
      if (seen.insert(CanonicalPath({}, std::string(ast.source->path()))).second) options.registers.push_back(&ast);
    }
    registers.push_back(std::move(loaded));
  }
  Settings reading = settings;
  reading.load.root = root.string();
  Importer importer(tasks, targets, std::move(options), draft.string(), std::move(reading));
  if (!importer.Run()) {
    Tell(language, Code::kImportDraftBroken, {});
    if (!importer.problem().empty()) fmt::print(stderr, "  {}\n", importer.problem());
    return kFailed;
  }
  const import::Draft& made = importer.draft();
  if (!target.draft.empty()) {
    if (!WriteFile(target.draft, made.text).ok()) {
      Tell(language, Code::kRunCannotWrite, {target.draft});
      return kFailed;
    }
  } else {
    std::fwrite(made.text.data(), 1, made.text.size(), stdout);
  }
  // What was read, each sort with how much of it wants a look.
  const Skin words = language == Language::kVietnamese ? Skin::kVietnamese : Skin::kEnglish;
  std::vector<std::string> counts;
  const auto count = [&](const import::Count& cells, W sort) {
    if (cells.cells == 0) return;
    counts.push_back(Say(Phrase::kImportCellsOf, language, {fmt::to_string(cells.cells), SpellingOf(sort, words), fmt::to_string(cells.unsure)}));
  };
  count(made.parties, W::type_party);
  count(made.times, W::key_due);
  count(made.products, W::key_product);
  count(made.values, W::key_measured_in);
  for (const FoundTable* table : {tasks, targets}) {
    if (table == nullptr) continue;
    std::vector<std::string> columns;
    for (const import::TableColumn& column : table->columns) columns.push_back(import::Shortened(column.heading, 40));
    fmt::print(stderr, "ordo: {}\n",
               Say(Phrase::kImportFound, language, {fmt::to_string(table->grid + 1), Say(table == tasks ? Phrase::kImportTask : Phrase::kImportTarget, language),
                                                    fmt::to_string(table->rows.size()), fmt::format("{}", fmt::join(columns, ", "))}));
  }
  fmt::print(stderr, "ordo: {}\n", Say(Phrase::kImportCells, language, {fmt::to_string(made.rows), fmt::format("{}", fmt::join(counts, ", "))}));
  if (!others.empty()) Tell(language, Code::kImportOthers, {fmt::format("{}", fmt::join(others, ", "))});
  if (made.remarks > 0) Tell(language, Code::kImportUnsure, {fmt::to_string(made.remarks)});
  if (!importer.differences().empty()) {
    std::vector<std::string> some = importer.differences();
    const bool more = some.size() > 10;
    if (more) some.resize(10);
    Tell(language, Code::kImportDiffers, {fmt::to_string(importer.differences().size()), fmt::format("{}{}", fmt::join(some, "; "), more ? "; …" : "")});
  }
  return kNothing;
}

}  // namespace ordo
