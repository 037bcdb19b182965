#include "runtime/sql/stratum.h"

#include <algorithm>
#include <memory>
#include <set>

#include "fmt/format.h"
#include "runtime/sql/rule_select.h"

namespace ordo::sql {

namespace {

using ir::RelationId;

class Stratum {
 public:
  Stratum(const ir::Program& program, const std::vector<RelationId>& members, const std::vector<std::vector<uint32_t>>& rules_of,
          Design& design)
      : program_(program), members_(members), design_(design), postgres_(design.dialect == Dialect::kPostgres) {
    growing_.members = members;
    bool recursive = false;
    for (const RelationId member : members) {
      for (const uint32_t rule : rules_of[member]) {
        rules_.push_back(rule);
        ir::ForEachRead(program, program.rules[rule],
                        [&](RelationId read, bool) { recursive |= growing_.TagOf(read) != ir::kNone; });
      }
    }
    if (!recursive) return;
    const bool linear = std::all_of(rules_.begin(), rules_.end(),
                                    [&](uint32_t rule) { return IsLinear(program, program.rules[rule], growing_); });
    growing_.how = linear ? Growing::How::kLinear : Growing::How::kState;
  }

  // Places of a column are those of the rule that needs most; a rule that reads its own stratum may need more because of that.
  void Run() {
    for (bool again = true; again && problem_.empty();) {
      again = false;
      selects_.clear();
      for (const uint32_t rule : rules_) {
        const ir::Rule& said = program_.rules[rule];
        selects_.push_back(std::make_unique<RuleSelect>(program_, said, design_,
                                                        ReadsMembers(said) || in_rounds() ? growing_ : alone_, selects_.size()));
        if (problem_.empty()) problem_ = selects_.back()->problem();
        if (!problem_.empty()) break;
        for (size_t i = 0; i < said.head_arguments.size(); ++i) {
          int& places = design_.relations[said.head].columns[i].places;
          const int wanted = std::min(selects_.back()->head()[i].places, kMostPlaces);
          if (wanted > places && ir::IsDecimal(design_.relations[said.head].columns[i].type)) {
            places = wanted;
            again = growing_.how != Growing::How::kNone;
          }
        }
      }
    }
    if (!problem_.empty()) {
      for (const RelationId member : members_) design_.relations[member].problem = problem_;
      return;
    }
    if (growing_.how == Growing::How::kNone)
      design_.relations[members_[0]].view = Plain();
    else
      Recursive();
  }

 private:
  bool ReadsMembers(const ir::Rule& rule) const {
    bool reads = false;
    ir::ForEachRead(program_, rule, [&](RelationId read, bool) { reads |= growing_.TagOf(read) != ir::kNone; });
    return reads;
  }

  // ---- what stands between SELECT and FROM ----

  std::string Head(size_t select, uint32_t tag, Growing::How how) const {
    const ir::Rule& rule = program_.rules[rules_[select]];
    const Relation& relation = design_.relations[rule.head];
    std::vector<std::string> values;
    for (size_t i = 0; i < relation.columns.size(); ++i) {
      values.push_back(Arithmetic(design_.dialect, "").At(selects_[select]->head()[i], relation.columns[i].places));
    }
    std::vector<std::string> out;
    if (how == Growing::How::kState) {
      values.insert(values.begin(), fmt::format("{}", tag));
      return fmt::format("{}({}) AS r", postgres_ ? "jsonb_build_array" : "json_array", fmt::join(values, ", "));
    }
    if (postgres_) out.push_back(selects_[select]->plan() + " AS plan");
    if (how == Growing::How::kLinear) out.push_back(fmt::format("{} AS tag", tag));
    for (uint32_t member = 0; member < members_.size(); ++member) {
      const Relation& shape = design_.relations[members_[member]];
      if (how == Growing::How::kNone) {
        for (size_t i = 0; i < values.size(); ++i)
          out.push_back(fmt::format("{} AS {}", values[i], Quoted(shape.columns[i].name)));
        continue;
      }
      for (size_t i = 0; i < shape.columns.size(); ++i) {
        out.push_back(fmt::format("{} AS {}", member == tag ? values[i] : Null(shape.columns[i].type), GrownColumn(member, i)));
      }
    }
    return fmt::format("{}", fmt::join(out, ", "));
  }

  std::string Null(ir::Type type) const { return postgres_ ? fmt::format("NULL::{}", TypeName(design_.dialect, type)) : "NULL"; }

  bool in_rounds() const { return growing_.how == Growing::How::kState; }

  std::string With(bool recursive) const {
    std::set<RelationId> reads;
    for (const auto& select : selects_) reads.insert(select->reads().begin(), select->reads().end());
    std::vector<std::string> parts;
    for (const RelationId read : reads) {
      const Relation& relation = design_.relations[read];
      parts.push_back(fmt::format("{} AS MATERIALIZED (SELECT * FROM {})", Quoted(CompleteName(relation)), relation.source));
    }
    if (!in_rounds()) AddTables(parts);
    if (parts.empty() && !recursive) return "";
    return fmt::format("WITH {}{}{}", recursive ? "RECURSIVE " : "", fmt::join(parts, ",\n"),
                       recursive && !parts.empty() ? ",\n" : "\n");
  }

  void AddTables(std::vector<std::string>& parts) const {
    for (const auto& select : selects_) parts.insert(parts.end(), select->tables().begin(), select->tables().end());
  }

  std::string Plain() const {
    const Relation& relation = design_.relations[members_[0]];
    if (selects_.empty()) {
      std::vector<std::string> none;
      if (postgres_) none.push_back("NULL::integer AS plan");
      for (const Column& column : relation.columns)
        none.push_back(fmt::format("{} AS {}", Null(column.type), Quoted(column.name)));
      return fmt::format("SELECT {} WHERE FALSE", fmt::join(none, ", "));
    }
    std::string text = With(false);
    for (size_t i = 0; i < selects_.size(); ++i) {
      text += (i > 0 ? "\nUNION " : "") +
              selects_[i]->Text((selects_.size() == 1 ? "DISTINCT " : "") + Head(i, 0, Growing::How::kNone));
    }
    return text;
  }

  // ---- recursion ----

  void Recursive() {
    const bool linear = growing_.how == Growing::How::kLinear;
    const std::string text = linear ? Linear() : State();
    const std::string result = linear ? "grown" : LastState();
    if (members_.size() == 1) {
      design_.relations[members_[0]].view = text + Member(0, result);
      return;
    }
    // One view for all of them, and one for each that picks its own.
    Together together;
    together.name = "together " + design_.relations[members_[0]].name;
    together.source = design_.From(together.name);
    together.view = text + fmt::format("SELECT * FROM {}", linear ? "grown" : result);
    design_.together.push_back(std::move(together));
  }

 public:
  // The view of a member where the stratum has a view of its own.
  std::string Member(uint32_t tag, const std::string& from) const {
    const Relation& relation = design_.relations[members_[tag]];
    std::vector<std::string> columns;
    if (postgres_) columns.push_back("plan");
    for (size_t i = 0; i < relation.columns.size(); ++i) {
      const std::string value =
          growing_.how == Growing::How::kLinear ? GrownColumn(tag, i) : Element(i + 1, relation.columns[i].type);
      columns.push_back(fmt::format("{} AS {}", value, Quoted(relation.columns[i].name)));
    }
    return fmt::format("SELECT {} FROM {} WHERE tag = {}", fmt::join(columns, ", "), from, tag);
  }
  bool has_problem() const { return !problem_.empty(); }

 private:
  std::string Element(size_t index, ir::Type type) const {
    if (postgres_) return fmt::format("(value->>{})::{}", index, TypeName(design_.dialect, type));
    return fmt::format("json_extract(value, '$[{}]')", index);
  }

  std::string Linear() const {
    std::vector<std::string> columns, first, further;
    if (postgres_) columns.push_back("plan");
    columns.push_back("tag");
    std::vector<std::string> none;
    if (postgres_) none.push_back("NULL::integer");
    none.push_back("0");
    for (uint32_t member = 0; member < members_.size(); ++member) {
      const Relation& shape = design_.relations[members_[member]];
      for (size_t i = 0; i < shape.columns.size(); ++i) {
        columns.push_back(GrownColumn(member, i));
        none.push_back(Null(shape.columns[i].type));
      }
    }
    first.push_back(fmt::format("SELECT {} WHERE FALSE", fmt::join(none, ", ")));
    for (size_t i = 0; i < selects_.size(); ++i) {
      const ir::Rule& rule = program_.rules[rules_[i]];
      (ReadsMembers(rule) ? further : first)
          .push_back(selects_[i]->Text(Head(i, growing_.TagOf(rule.head), Growing::How::kLinear)));
    }
    std::string text = With(true) + fmt::format("grown({}) AS (", fmt::join(columns, ", "));
    if (!postgres_) {
      text += fmt::format("{}\nUNION {}", fmt::join(first, "\nUNION "), fmt::join(further, "\nUNION "));
    } else {
      // One mention of `grown` is all that is allowed: the rules stand to its side.
      text += fmt::format("({})\nUNION SELECT x.* FROM grown, LATERAL ({}) AS x", fmt::join(first, "\nUNION ALL "),
                          fmt::join(further, "\nUNION ALL "));
    }
    return text + ")\n";
  }

  std::string State() const {
    std::vector<std::string> found, rows;
    for (uint32_t member = 0; member < members_.size(); ++member) {
      const Relation& relation = design_.relations[members_[member]];
      std::vector<std::string> columns;
      for (size_t i = 0; i < relation.columns.size(); ++i) {
        columns.push_back(fmt::format("{} AS {}", Element(i + 1, relation.columns[i].type), Quoted(relation.columns[i].name)));
      }
      found.push_back(fmt::format("{} AS MATERIALIZED (SELECT {} FROM {} WHERE {} = {})", Quoted(GrowingName(relation)),
                                  fmt::join(columns, ", "),
                                  postgres_ ? "jsonb_array_elements(grown.state) AS value" : "json_each(grown.state)",
                                  Element(0, ir::Type::kEntity), member));
    }
    for (size_t i = 0; i < selects_.size(); ++i) {
      const uint32_t tag = growing_.TagOf(program_.rules[rules_[i]].head);
      rows.push_back(selects_[i]->Text((selects_.size() == 1 ? "DISTINCT " : "") + Head(i, tag, Growing::How::kState)));
    }
    AddTables(found);
    if (postgres_) {
      return With(true) +
             fmt::format(
                 "grown(plan, state) AS (SELECT p.plan, '[]'::jsonb FROM {} AS p WHERE p.view = \x01\nUNION SELECT grown.plan, "
                 "COALESCE((WITH {}\nSELECT jsonb_agg(r ORDER BY r) FROM ({}) AS r), '[]'::jsonb) FROM grown)\n",
                 design_.From("chosen"), fmt::join(found, ",\n"), fmt::join(rows, "\nUNION "));
    }
    return With(true) + fmt::format(
                            "grown(state) AS (SELECT '[]'\nUNION SELECT (WITH {}\nSELECT json_group_array(json(r)) FROM ({}\n"
                            "ORDER BY 1)) FROM grown)\n",
                            fmt::join(found, ",\n"), fmt::join(rows, "\nUNION "));
  }

  std::string LastState() const {
    if (postgres_) {
      return "(SELECT s.plan, (value->>0)::integer AS tag, value FROM (SELECT DISTINCT ON (plan) plan, state FROM grown "
             "ORDER BY plan, jsonb_array_length(state) DESC) AS s, jsonb_array_elements(s.state) AS value) AS last";
    }
    return "(SELECT json_extract(value, '$[0]') AS tag, value FROM json_each((SELECT state FROM grown ORDER BY length(state) "
           "DESC "
           "LIMIT 1))) AS last";
  }

  const ir::Program& program_;
  const std::vector<RelationId>& members_;
  Design& design_;
  const bool postgres_;
  Growing growing_;
  const Growing alone_;
  std::vector<uint32_t> rules_;
  std::vector<std::unique_ptr<RuleSelect>> selects_;
  std::string problem_;
};

// The first 8 digits of a hash (FNV-1a, 64 bits) of the text: what tells two views of one name apart.
std::string ShortHash(std::string_view text) {
  uint64_t hash = 14695981039346656037ull;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 1099511628211ull;
  return fmt::format("{:08x}", static_cast<uint32_t>(hash ^ hash >> 32));
}

// In PostgreSQL a view is called after what it says.
void Settle(Design& design, std::string& view, std::string& name, std::string& source) {
  if (design.dialect == Dialect::kPostgres) {
    name += "." + ShortHash(view);
    source = design.From(name);
  }
  std::string out;
  for (const char c : view) out += c == '\x01' ? TextLiteral(name) : std::string(1, c);
  view = std::move(out);
}

}  // namespace

void DesignStratum(const ir::Program& program, const std::vector<RelationId>& members,
                   const std::vector<std::vector<uint32_t>>& rules_of, Design& design) {
  Stratum stratum(program, members, rules_of, design);
  const size_t together = design.together.size();
  stratum.Run();
  const bool shared = design.together.size() > together;
  if (shared) {
    Together& view = design.together.back();
    Settle(design, view.view, view.name, view.source);
    design.order.push_back(static_cast<uint32_t>(design.relations.size() + together));
  }
  for (uint32_t tag = 0; tag < members.size(); ++tag) {
    Relation& relation = design.relations[members[tag]];
    if (shared) relation.view = stratum.Member(tag, design.together.back().source);
    if (relation.problem.empty()) Settle(design, relation.view, relation.view_name, relation.source);
    design.order.push_back(members[tag]);
  }
}

}  // namespace ordo::sql
