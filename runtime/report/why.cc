// Explanations: each row of a finding with its values, then what it rests on, step by step down to lines of the plan.
#include <fmt/format.h>

#include "absl/container/flat_hash_set.h"
#include "runtime/report/findings.h"
#include "runtime/report/print.h"
#include "runtime/report/text.h"
#include "runtime/report/words.h"

namespace ordo::report {
namespace {

constexpr size_t kMostRows = 20;
constexpr size_t kMostSteps = 12;

class Explanation {
 public:
  Explanation(const eval::Evaluation& evaluation, const SourceSet& sources, Language language)
      : evaluation_(evaluation), program_(evaluation.program()), sources_(sources), printer_(program_, language),
        words_(program_), vietnamese_(language == Language::kVietnamese) {}

  std::string Tell(const FindingRows& finding) {
    const ir::Check& check = program_.checks[finding.check];
    const Symbol own = vietnamese_ ? check.title_vi : check.title_en;
    const Symbol other = vietnamese_ ? check.title_en : check.title_vi;
    const EntityId at = finding.rows.empty()
        ? EntityId::kNone
        : static_cast<EntityId>(evaluation_.cell(check.relation, finding.rows.front(), check.at.column));
    std::string heading(program_.text(check.code));
    Append(heading, " ", program_.text(own == Symbol::kEmpty ? other : own));
    Line(0, heading, check.span);
    Line(0, std::string(vietnamese_ ? "tại " : "at ") + Named(at), SpanOf(program_, at, check.at.field));
    for (size_t i = 0; i < finding.rows.size(); ++i) {
      if (i == kMostRows) {
        const std::string_view more = vietnamese_ ? "trường hợp nữa tương tự" : "more cases of the same kind";
        Line(0, fmt::format("\n{} {}", finding.rows.size() - i, more), {});
        break;
      }
      Case(i + 1, {check.relation, finding.rows[i]}, finding.rows.size() > 1);
    }
    return std::move(out_);
  }

 private:
  void Line(size_t depth, std::string_view text, Span at) {
    out_.append(depth * 2, ' ');
    out_ += text;
    const std::string place = Location(sources_, at);
    if (!place.empty()) out_ += fmt::format("  [{}]", place);
    out_ += '\n';
  }

  void Case(size_t number, eval::RowId row, bool numbered) {
    out_ += '\n';
    const eval::Reason reason = evaluation_.reason(row);
    const std::string values = Bindings(row, reason);
    std::string head = numbered ? fmt::format("{}.", number) : std::string();
    Append(head, " ", values.empty() ? Fact(row) : values);
    Line(0, head, {});
    known_.insert(Key(row));
    Premises(reason, 1);
  }

  void Premises(const eval::Reason& reason, size_t depth) {
    for (const eval::RowId premise : reason.premises) Step(premise, depth);
  }

  void Step(eval::RowId row, size_t depth) {
    const eval::Reason reason = evaluation_.reason(row);
    if (reason.rule == ir::kNone) return Line(depth, "- " + Fact(row), PlaceOf(row));
    const ir::Rule& rule = program_.rules[reason.rule];
    std::string text = "- " + Fact(row);
    if (!known_.insert(Key(row)).second) {
      return Line(depth, text + (vietnamese_ ? " (đã giải thích ở trên)" : " (explained above)"), {});
    }
    text += vietnamese_ ? ", vì" : ", because";
    Line(depth, text, rule.span);
    if (depth >= kMostSteps) {
      if (!reason.premises.empty()) Line(depth + 1, vietnamese_ ? "… còn các bước sâu hơn" : "… deeper steps are left out", {});
      return;
    }
    if (const std::string values = Bindings(row, reason); !values.empty()) Line(depth + 1, values, {});
    Premises(reason, depth + 1);
  }

  // «t = II.3, led = 18»: what the names of the rule stood for. Names that no author wrote are not shown.
  std::string Bindings(eval::RowId row, const eval::Reason& reason) const {
    std::string text;
    if (reason.rule == ir::kNone) return text;
    const ir::Rule& rule = program_.rules[reason.rule];
    const std::vector<ir::Cell> cells = evaluation_.binding(row);
    for (size_t i = 0; i < rule.variables.size() && i < cells.size(); ++i) {
      const std::string_view name = program_.text(rule.variables[i].name);
      if (name.empty() || name.front() == '_' || name.front() == '$' || name.front() == '#' || cells[i] == ir::kAbsent) continue;
      Append(text, ", ", fmt::format("{} = {}", name, printer_.Value(rule.variables[i].type, cells[i])));
    }
    return text;
  }

  // A row in words: an object by what it is called, anything else as «chủ trì: II.3, Công an phường».
  std::string Fact(eval::RowId row) const {
    const ir::Relation& relation = program_.relations[row.relation];
    if (relation.keyed) return Named(static_cast<EntityId>(evaluation_.cell(row.relation, row.row, 0)));
    std::string cells;
    for (uint32_t i = 0; i < relation.columns.size(); ++i) {
      Append(cells, ", ", printer_.Value(relation.columns[i].type, evaluation_.cell(row.relation, row.row, i)));
    }
    std::string text = RelationName(relation);
    Append(text, ": ", cells);
    return text;
  }

  std::string RelationName(const ir::Relation& relation) const {
    const std::string_view name = program_.text(relation.name);
    const size_t dot = name.find('.');
    if (dot != std::string_view::npos) {
      const ir::WordId word = program_.FindWord(name.substr(dot + 1));
      if (word != ir::kNoWord) return std::string(printer_.Spelling(word));
    }
    return std::string(name);
  }

  std::string Named(EntityId id) const {
    if (id == EntityId::kNone) return {};
    const ir::Entity& entity = program_.entity(id);
    std::string text(printer_.Spelling(program_.kinds[entity.kind].word));
    Append(text, " ", printer_.Object(id));
    if (entity.kind == words_.task_kind || entity.kind == words_.section_kind) {
      Append(text, " ", entity.title == Symbol::kEmpty ? std::string() : fmt::format("«{}»", program_.text(entity.title)));
    }
    return text;
  }

  Span PlaceOf(eval::RowId row) const {
    const ir::Relation& relation = program_.relations[row.relation];
    if (row.row < relation.spans.size() && relation.spans[row.row].known()) return relation.spans[row.row];
    if (relation.columns.empty() || relation.columns[0].type != ir::Type::kEntity) return {};
    return SpanOf(program_, static_cast<EntityId>(evaluation_.cell(row.relation, row.row, 0)), ir::kNoWord);
  }

  static uint64_t Key(eval::RowId row) { return uint64_t{row.relation} << 32 | row.row; }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const SourceSet& sources_;
  const Printer printer_;
  const Words words_;
  const bool vietnamese_;
  absl::flat_hash_set<uint64_t> known_;
  std::string out_;
};

}  // namespace

std::string Why(const eval::Evaluation& evaluation, const FindingRows& finding, const SourceSet& sources, Language language) {
  return Explanation(evaluation, sources, language).Tell(finding);
}

}  // namespace ordo::report
