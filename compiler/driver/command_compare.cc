// `ordo compare`: a file that came back, beside the plan. An edit is offered only if the plan, read again in memory with it, prints the
// cell as it came back. Everything is checked before anything is written.
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "compiler/ast/edits.h"
#include "compiler/ast/literals.h"
#include "compiler/driver/files.h"
#include "compiler/driver/office_files.h"
#include "compiler/driver/session.h"
#include "compiler/fix/apply.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/office/compare.h"

namespace ordo {
namespace {

using office::Difference;
using Kind = Difference::Kind;

bool Run(Session& session) { return session.Load() && session.Model() && session.Lower(true) && session.Evaluate(); }

std::vector<report::Table> TablesOf(const Session& session) {
  std::vector<report::Table> tables;
  for (size_t i = 0; i < session.program().tables.size(); ++i) tables.push_back(report::BuildTable(session.evaluation(), i, session.language()));
  return tables;
}

// From which field or heading of the plan a difference can be taken over.
class Editor {
 public:
  explicit Editor(const Session& session) : session_(session) {
    for (const ir::Entity& entity : session.program().entities) {
      if (entity.title == Symbol::kEmpty || entity.name == Symbol::kEmpty) continue;
      std::string& name = names_[std::string(session.program().text(entity.title))];
      name = name.empty() ? std::string(session.program().text(entity.name)) : "?";   // two of one title: not certain
    }
  }

  std::optional<Edit> For(const Difference& difference) {
    if (!difference.at.known() || (difference.kind != Kind::kCell && difference.kind != Kind::kGroupTitle)) return std::nullopt;
    const std::string returned = office::EvenedOut(difference.returned);
    if (returned.empty() || HidesSomething(returned)) return std::nullopt;
    for (const Ast& ast : session_.loaded().asts) {
      if (ast.file != difference.at.file) continue;
      const Places& places = PlacesOf(ast);
      if (difference.kind == Kind::kGroupTitle || difference.column == "title") return Title(ast, places, difference.at.begin, returned);
      return Field(ast, places, difference, returned);
    }
    return std::nullopt;
  }

 private:
  // Characters that no reader sees: controls, marks and overrides of the direction of writing, tags. They are told, not taken over.
  static bool HidesSomething(std::string_view text) {
    const icu::UnicodeString whole = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    for (int32_t at = 0; at < whole.length(); at = whole.moveIndex32(at, 1)) {
      const int8_t type = u_charType(whole.char32At(at));
      if (type == U_CONTROL_CHAR || type == U_FORMAT_CHAR) return true;
    }
    return false;
  }

  // Blocks and fields of a file by the byte at which they begin: looked up once a difference.
  struct Places {
    std::map<uint32_t, NodeId> blocks;
    std::map<uint32_t, NodeId> fields;           // the innermost of those that begin at one place
    absl::flat_hash_map<NodeId, NodeId> within;  // the field around a field
  };

  const Places& PlacesOf(const Ast& ast) {
    const auto [at, fresh] = places_.try_emplace(ast.file);
    Places& places = at->second;
    if (!fresh) return places;
    std::vector<NodeId> fields;
    for (NodeId id = 0; id < ast.nodes.size(); ++id) {
      if (ast.nodes[id].kind == NodeKind::kBlock) places.blocks.try_emplace(ast.SpanOf(id).begin, id);
      if (ast.nodes[id].kind == NodeKind::kField) fields.push_back(id);
    }
    std::sort(fields.begin(), fields.end(), [&](NodeId a, NodeId b) {
      const Span x = ast.SpanOf(a), y = ast.SpanOf(b);
      return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
    });
    std::vector<NodeId> open;
    for (const NodeId id : fields) {
      while (!open.empty() && ast.SpanOf(open.back()).end <= ast.SpanOf(id).begin) open.pop_back();
      if (!open.empty()) places.within[id] = open.back();
      open.push_back(id);
      places.fields[ast.SpanOf(id).begin] = id;
    }
    return places;
  }

  static std::optional<Edit> Title(const Ast& ast, const Places& places, uint32_t begin, const std::string& text) {
    const auto block = places.blocks.find(begin);
    if (block == places.blocks.end()) return std::nullopt;
    const Heading heading = HeadingOf(ast, block->second);
    if (heading.title == nullptr) return std::nullopt;
    return Edit{ast.SpanOf(*heading.title), QuoteText(text)};
  }

  std::optional<Edit> Field(const Ast& ast, const Places& places, const Difference& difference, const std::string& text) const {
    auto after = places.fields.upper_bound(difference.at.begin);
    if (after == places.fields.begin()) return std::nullopt;
    NodeId field = std::prev(after)->second;
    while (ast.SpanOf(field).end <= difference.at.begin) {
      const auto around = places.within.find(field);
      if (around == places.within.end()) return std::nullopt;
      field = around->second;
    }
    const auto values = ValuesOf(ast, field);
    if (values) {
      if (const auto day = AsDate(text, ast.skin)) return Edit{*values, *day};
      if (const auto parties = AsNames(text)) return Edit{*values, *parties};
    }
    // The only wording of the field.
    const bool wording = difference.column != "lead" && difference.column != "support" && difference.column != "head" && difference.column != "due";
    const Token* only = nullptr;
    for (uint32_t i = ast.nodes[field].first_token; i < ast.nodes[field].token_end; ++i) {
      if (ast.tokens[i].kind != TokenKind::TEXT) continue;
      if (only != nullptr) return std::nullopt;
      only = &ast.tokens[i];
    }
    if (only == nullptr || !wording) return std::nullopt;
    return Edit{ast.SpanOf(*only), QuoteText(text)};
  }

  // «Quý II/2026» is `quý II/2026`.
  static std::optional<std::string> AsDate(std::string text, Skin skin) {
    text[0] = text[0] >= 'A' && text[0] <= 'Z' ? static_cast<char>(text[0] - 'A' + 'a') : text[0];
    std::vector<std::string_view> words;
    const std::string_view whole = text;
    for (size_t at = 0; at < whole.size();) {
      const size_t end = std::min(whole.find(' ', at), whole.size());
      if (end > at) words.push_back(whole.substr(at, end - at));
      at = end + 1;
    }
    if (words.size() > kMostDateWords || CountDateWords(words, skin) != words.size() || !ReadDate(text, skin)) return std::nullopt;
    return text;
  }

  // Objects of the register by their exact titles, «; » between them.
  std::optional<std::string> AsNames(std::string_view text) const {
    std::string out;
    for (size_t at = 0; at <= text.size();) {
      const size_t end = std::min(text.find("; ", at), text.size());
      const auto name = names_.find(std::string(text.substr(at, end - at)));
      if (name == names_.end() || name->second == "?") return std::nullopt;
      out += (out.empty() ? "" : ", ") + name->second;
      at = end + 2;
    }
    return out;
  }

  const Session& session_;
  absl::flat_hash_map<std::string, std::string> names_;
  absl::flat_hash_map<FileId, Places> places_;
};

class Comparer {
 public:
  Comparer(const Session& session, const std::string& plan, const Settings& settings, office::Comparison comparison, const office::GridFile& file)
      : session_(session), plan_(plan), settings_(settings), comparison_(std::move(comparison)), file_(file) {}

  // The edits that are certain. False: some were made, but the plan cannot be read with them.
  bool Offer(const std::vector<report::Table>& tables) {
    Editor editor(session_);
    edits_.assign(differences().size(), std::nullopt);
    Taken taken;
    for (size_t i = 0; i < edits_.size(); ++i) {
      const auto edit = editor.For(differences()[i]);
      if (!edit || !IsInside(edit->at)) continue;
      Fix fix{"", {*edit}};
      fixes_.push_back(std::make_unique<Fix>(std::move(fix)));
      if (taken.Take(*fixes_.back())) edits_[i] = fixes_.size() - 1;
    }
    constexpr int kRounds = 4;
    for (int round = 0; round < kRounds; ++round) {
      texts_.clear();
      if (Offered() == 0) return true;
      Settings settings = settings_;
      texts_ = Apply(Fixes(), session_.sources());
      for (const auto& [path, text] : texts_) settings.load.replaced[path] = text;
      Session after(plan_, settings);
      if (!Run(after)) break;
      // What still differs, or differs anew, was not certain.
      const office::Comparison then = office::Compare(file_, TablesOf(after));
      Cells differs;
      for (const Difference& d : then.differences) {
        if (d.kind != Kind::kRowMoved) differs.emplace(d.table, d.row, d.column);
      }
      bool dropped = false;
      for (size_t i = 0; i < edits_.size(); ++i) {
        if (!edits_[i]) continue;
        const Difference& was = differences()[i];
        if (!differs.contains(std::tuple(was.table, was.row, was.column))) continue;
        edits_[i].reset();
        dropped = true;
      }
      // A field that several rows share: what is right for one of them would change the others.
      for (const Difference& was : differences()) differs.erase(std::tuple(was.table, was.row, was.column));
      const auto shared = differs.empty() ? absl::flat_hash_set<std::pair<FileId, uint32_t>>() : PlacesOf(tables, differs);
      for (size_t i = 0; i < edits_.size(); ++i) {
        if (!edits_[i] || !shared.contains(std::pair(differences()[i].at.file, differences()[i].at.begin))) continue;
        edits_[i].reset();
        dropped = true;
      }
      if (!dropped && then.differences.size() + Offered() <= differences().size()) return true;
      if (!dropped) break;
    }
    for (auto& edit : edits_) edit.reset();
    texts_.clear();
    return false;
  }

  size_t Offered() const { return static_cast<size_t>(std::count_if(edits_.begin(), edits_.end(), [](const auto& edit) { return edit.has_value(); })); }
  const std::vector<Difference>& differences() const { return comparison_.differences; }
  const std::map<std::string, std::string>& texts() const { return texts_; }

  std::string AsText(const std::vector<report::Table>& tables, bool written) const {
    std::string out;
    size_t table = tables.size();
    std::string row;
    for (size_t i = 0; i < differences().size(); ++i) {
      const Difference& d = differences()[i];
      if (d.table != table) {
        table = d.table;
        out += Words(Phrase::kCompareTableLine, {tables[table].id, tables[table].title}) + "\n";
        row.clear();
      }
      const std::string line = d.title.empty() ? d.row : d.number.empty() ? d.title : d.number + " " + d.title;
      if (!line.empty() && line != row) out += fmt::format("  {}\n", line);
      row = line;
      out += "    " + Sentence(d) + "\n";
      if (edits_[i]) {
        const Edit& edit = fixes_[*edits_[i]]->edits.front();
        out += "      " + Words(Phrase::kCompareEdit, {Place(edit.at), edit.insert}) + "\n";
      } else if (d.at.known()) {
        out += "      " + Words(Phrase::kComparePlace, {Place(d.at)}) + "\n";
      }
    }
    if (differences().empty()) return Words(Phrase::kCompareNothing, {}) + "\n";
    const std::string all = fmt::to_string(differences().size()), mine = fmt::to_string(Offered()), rest = fmt::to_string(differences().size() - Offered());
    return out + Words(written ? Phrase::kCompareDone : Phrase::kCompareCounts, {all, mine, rest}) + "\n";
  }

  std::string AsJson(const std::vector<report::Table>& tables, bool written) const {
    static constexpr const char* kKinds[] = {"cell", "both", "plan_only", "group_title", "column_title", "column_added", "column_removed",
                                             "row_removed", "row_added", "row_moved", "row_new", "row_gone", "table_removed", "table_copy"};
    using Json = nlohmann::ordered_json;
    Json list = Json::array();
    for (size_t i = 0; i < differences().size(); ++i) {
      const Difference& d = differences()[i];
      Json one = {{"kind", kKinds[static_cast<size_t>(d.kind)]}, {"table", tables[d.table].id}, {"row", d.row}, {"number", d.number}, {"title", d.title},
                  {"column", d.column}, {"heading", d.heading}, {"plan", d.plan}, {"returned", d.returned}, {"place", d.place.empty() ? std::string() : Returned(d)},
                  {"at", d.at.known() ? At(d.at) : Json()}, {"edit", Json()}};
      if (edits_[i]) {
        const Edit& edit = fixes_[*edits_[i]]->edits.front();
        one["edit"] = {{"at", At(edit.at)}, {"text", edit.insert}};
      }
      list.push_back(std::move(one));
    }
    const Json all = {{"schema", "ordo/compare/1"}, {"marked", comparison_.marked}, {"written", written}, {"differences", list},
                      {"summary", {{"differences", differences().size()}, {"offered", Offered()}}}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  using Cells = absl::flat_hash_set<std::tuple<size_t, std::string, std::string>>;   // table, row, column

  // Where the plan writes these cells.
  static absl::flat_hash_set<std::pair<FileId, uint32_t>> PlacesOf(const std::vector<report::Table>& tables, const Cells& cells) {
    absl::flat_hash_set<std::pair<FileId, uint32_t>> places;
    for (size_t t = 0; t < tables.size(); ++t) {
      const auto look = [&](const auto& self, const std::vector<report::Row>& rows) -> void {
        for (const report::Row& row : rows) {
          for (size_t i = 0; i < std::min(row.cells.size(), tables[t].columns.size()); ++i) {
            const Span at = row.cells[i].at;
            if (at.known() && cells.contains(std::tuple(t, row.id, tables[t].columns[i].id))) places.emplace(at.file, at.begin);
          }
          self(self, row.rows);
        }
      };
      for (const report::Group& group : tables[t].groups) look(look, group.rows);
    }
    return places;
  }

  std::string Words(Phrase phrase, std::initializer_list<std::string_view> arguments) const { return Say(phrase, session_.language(), arguments); }

  nlohmann::ordered_json At(Span at) const {
    const SourceFile& file = session_.sources().file(at.file);
    const Position place = file.PositionOf(at.begin);
    return {{"file", file.path()}, {"line", place.line}, {"column", place.column}};
  }
  std::string Place(Span at) const {
    const SourceFile& file = session_.sources().file(at.file);
    const Position place = file.PositionOf(at.begin);
    return fmt::format("{}:{}:{}", file.path(), place.line, place.column);
  }

  // Every file that is changed is one of the plan's own folder, by its real path.
  bool IsInside(Span at) const {
    std::error_code error;
    const auto real = std::filesystem::canonical(std::string(session_.sources().file(at.file).path()), error);
    return !error && IsBelow(session_.loaded().root, real.string());
  }

  std::vector<const Fix*> Fixes() const {
    std::vector<const Fix*> fixes;
    for (const auto& edit : edits_) {
      if (edit) fixes.push_back(fixes_[*edit].get());
    }
    return fixes;
  }

  // «Kế hoạch [-CCHC-]{+năm+} của phường»: what both have in front and behind, by whole words, stands once.
  static std::string Changed(const std::string& was, const std::string& now) {
    const std::string a = office::EvenedOut(was), b = office::EvenedOut(now);
    size_t front = 0, back = 0, same = 0;
    for (; same < std::min(a.size(), b.size()) && a[same] == b[same]; ++same) {
      if (a[same] == ' ') front = same + 1;
    }
    // Words set behind what was there: «Quyết định{+ kiện toàn+}», «đơn vị{+; Phòng Tư pháp+}».
    const std::string& longer = a.size() > b.size() ? a : b;
    if (same == std::min(a.size(), b.size()) && same < longer.size() && std::string_view(" ,;.").find(longer[same]) != std::string_view::npos) front = same;
    for (size_t i = 0; i < std::min(a.size(), b.size()) - front && a[a.size() - 1 - i] == b[b.size() - 1 - i]; ++i) {
      if (a[a.size() - 1 - i] == ' ') back = i + 1;
    }
    const std::string gone = a.substr(front, a.size() - front - back), come = b.substr(front, b.size() - front - back);
    return a.substr(0, front) + (gone.empty() ? "" : "[-" + gone + "-]") + (come.empty() ? "" : "{+" + come + "+}") + a.substr(a.size() - back);
  }

  // Where it stands in the file that came back; a place in a sheet is one in every language.
  std::string Returned(const Difference& d) const {
    const std::string table = fmt::to_string(d.place_table), line = fmt::to_string(d.place_line);
    if (d.place_table > 0 && d.kind == Kind::kTableCopy) return Words(Phrase::kCompareAtTable, {table});
    if (d.place_table > 0) return Words(Phrase::kCompareAtRow, {table, line});
    return d.place_line > 0 ? Words(Phrase::kCompareAtLine, {line}) : d.place;
  }

  std::string Sentence(const Difference& d) const {
    switch (d.kind) {
      case Kind::kCell: return fmt::format("{}: {}", d.heading, Changed(d.plan, d.returned));
      case Kind::kBoth: return fmt::format("{}: {} ({})", d.heading.empty() ? Words(Phrase::kCompareGroupTitle, {}) : d.heading, Changed(d.plan, d.returned), Words(Phrase::kCompareBoth, {}));
      case Kind::kPlanOnly: return fmt::format("{}: {} ({})", d.heading.empty() ? Words(Phrase::kCompareGroupTitle, {}) : d.heading, Changed(d.returned, d.plan), Words(Phrase::kComparePlanOnly, {}));
      case Kind::kGroupTitle: return fmt::format("{}: {}", Words(Phrase::kCompareGroupTitle, {}), Changed(d.plan, d.returned));
      case Kind::kColumnTitle: return fmt::format("{}: {}", Words(Phrase::kCompareColumnTitle, {}), Changed(d.plan, d.returned));
      case Kind::kColumnAdded: return Words(Phrase::kCompareColumnAdded, {d.returned});
      case Kind::kColumnRemoved: return Words(Phrase::kCompareColumnRemoved, {d.heading});
      case Kind::kRowRemoved: return Words(Phrase::kCompareRowRemoved, {});
      case Kind::kRowAdded: return fmt::format("{} ({}): {}", Words(Phrase::kCompareRowAdded, {}), Returned(d), d.returned);
      case Kind::kRowMoved: return d.returned.empty() ? Words(Phrase::kCompareRowFirst, {}) : Words(Phrase::kCompareRowMoved, {d.returned});
      case Kind::kRowNew: return Words(Phrase::kCompareRowNew, {});
      case Kind::kRowGone: return Words(Phrase::kCompareRowGone, {});
      case Kind::kTableRemoved: return Words(Phrase::kCompareTableRemoved, {});
      case Kind::kTableCopy: return Words(Phrase::kCompareTableCopy, {Returned(d)});
    }
    return {};
  }

  const Session& session_;
  const std::string plan_;
  const Settings& settings_;
  office::Comparison comparison_;
  const office::GridFile& file_;
  std::vector<std::unique_ptr<Fix>> fixes_;
  std::vector<std::optional<size_t>> edits_;   // of each difference, into fixes_
  std::map<std::string, std::string> texts_;
};

}  // namespace

int RunCompare(const std::string& returned, const std::string& plan, bool write, const Settings& settings) {
  Session session(plan, settings);
  if (!Run(session)) return PrintBroken(session, settings);
  const Language language = session.language();
  Emitter emitter(language);
  const auto file = ReadOfficeFile(returned, emitter);
  for (const Finding& finding : emitter.findings()) Tell(finding);
  if (!file) return kUnreadable;
  if (!file->marks) Tell(language, Code::kCompareNoMarks, {returned});
  const ir::Program& program = session.program();
  const std::string name = program.plan == EntityId::kNone ? std::string() : std::string(program.text(program.entity(program.plan).name));
  if (file->marks && file->marks->plan != name) Tell(language, Code::kCompareOtherPlan, {returned, file->marks->plan, name});

  const std::vector<report::Table> tables = TablesOf(session);
  Comparer comparer(session, plan, settings, office::Compare(*file, tables), *file);
  if (comparer.differences().empty()) {
    const bool none = office::Compare(*file, tables).tables == 0;
    if (none) {
      Tell(language, Code::kCompareNoTable, {returned});
      return kUnreadable;
    }
  }
  if (!comparer.Offer(tables)) Tell(language, Code::kCompareNotKept, {});
  const auto text_of = [&](const std::string& path) {
    for (FileId id = 0; id < session.sources().size(); ++id) {
      if (session.sources().file(id).path() == path) return session.sources().file(id).text();
    }
    return std::string_view();
  };
  if (write) {
    for (const auto& [path, text] : comparer.texts()) {
      const auto bytes = ReadFile(path, settings.load.syntax.max_bytes);
      if (bytes.ok() && *bytes == text_of(path)) continue;
      Tell(language, Code::kRunChanged, {path});
      return kFailed;
    }
    for (const auto& [path, text] : comparer.texts()) {
      if (WriteFile(path, text).ok()) continue;
      Tell(language, Code::kRunCannotWrite, {path});
      return kFailed;
    }
  }
  std::string out = settings.format == "json" ? comparer.AsJson(tables, write) : comparer.AsText(tables, write);
  if (!write && settings.format != "json") {
    for (const auto& [path, text] : comparer.texts()) out += UnifiedDiff(path, text_of(path), text);
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return comparer.differences().empty() ? kNothing : kFindings;
}

}  // namespace ordo
