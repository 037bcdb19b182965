// Random plans of targets against a small oracle that reads the plan as runtime/solve/plan_targets.h lays it down: a
// contradiction is told if and only if there is one; without any one of the statements that are quoted it is gone, and the quoted
// ones alone have it. The oracle takes out one quantity after the other (support/linear_oracle.h) and shares nothing with the
// search.
#include <map>
#include <random>
#include <set>

#include "fmt/format.h"
#include "runtime/solve/plan_targets.h"
#include "support/linear_oracle.h"
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

using solve::Clause;
using solve::TargetConflict;
using Kind = ir::Statement::Kind;

// A value in hundredths: percent, or a count times a hundred.
Decimal Hundredths(int value) { return *Decimal::Make(value, 2); }
std::string Written(int value, bool percent) { return percent ? fmt::format("{}%", value) : fmt::format("{}", value / 100); }

struct Row {
  int year = 0;
  int least = -1, most = -1;  // -1: open
  bool strict = false;        // > or <
  int against = 0;            // a change of at least `least` since this year
  bool relative = false;      // of a count, in percent
};
struct Target {
  bool percent = false;
  int baseline = -1;  // at the end of 2024
  int part_of = -1;
  std::vector<Row> rows;
};
struct Term {
  int target = 0, factor = 0;  // in hundredths
  int year = 0;                // 0: the year of the condition
};
struct Node {
  char kind = 'c';  // c: a comparison, & | !
  std::vector<Term> terms;
  Sign sign = Sign::kLessEqual;
  int bound = 0;
  bool percent = false;
  std::vector<Node> children;
};
struct Asked {
  Node node;
  std::vector<int> years;  // none: the acceptance of a task
};
struct Plan {
  std::vector<Target> targets;
  std::vector<Asked> conditions;
};

// What a plan says, one by one: the row of a target, a baseline, a part, a condition.
struct Part {
  char kind = 'r';  // r b p c
  size_t owner = 0, row = 0;
  auto operator<=>(const Part&) const = default;
};
using Key = std::pair<Part, int>;  // with the year

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  Plan Make() {
    Plan plan;
    std::vector<int> years{2026, 2028, 2030};
    if (Often(2)) years.erase(years.begin() + Upto(3));
    for (int count = 3 + Upto(4); count > 0; --count) {
      Target target;
      target.percent = !Often(3);
      const int most = target.percent ? 100 : 2000;
      const auto value = [&] { return target.percent ? Upto(21) * 5 : Upto(21) * 100; };
      if (Often(5)) target.baseline = value();
      for (const int year : years) {
        if (Often(3)) continue;
        Row row{.year = year};
        const int a = value(), b = value();
        switch (Upto(7)) {
          case 0: row.most = a; break;
          case 1: row.least = row.most = a; break;
          case 2: row.least = std::min(a, b), row.most = std::max(a, b); break;
          case 3: row.least = std::min(a, most - 5), row.strict = true; break;
          case 4:
            row.against = year - 2;
            row.relative = !target.percent && Often(2);
            row.least = row.relative ? 5 + Upto(10) * 5 : a / 4 / 100 * 100 + (target.percent ? 5 + Upto(4) * 5 : 100);
            break;
          default: row.least = a;
        }
        target.rows.push_back(row);
      }
      plan.targets.push_back(target);
    }
    for (size_t i = 1; i < plan.targets.size(); ++i) {
      const int whole = Upto(static_cast<int>(i));
      if (Often(4) && plan.targets[whole].percent == plan.targets[i].percent) plan.targets[i].part_of = whole;
    }
    for (int count = 1 + Upto(5); count > 0; --count) {
      Asked asked;
      if (!Often(6)) {
        asked.years.push_back(years[Upto(static_cast<int>(years.size()))]);
        if (Often(4)) asked.years = {2026, 2027, 2028};
      }
      asked.node = Condition(plan, years, 0);
      plan.conditions.push_back(std::move(asked));
    }
    return plan;
  }

 private:
  int Upto(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }
  bool Often(int n) { return Upto(n) == 0; }  // once in n

  Node Condition(const Plan& plan, const std::vector<int>& years, int depth) {
    Node node;
    if (depth < 2 && Often(3)) {
      node.kind = "&|!"[Upto(3)];
      for (int count = node.kind == '!' ? 1 : 2; count > 0; --count) node.children.push_back(Condition(plan, years, depth + 1));
      return node;
    }
    std::vector<int> same;
    const int first = Upto(static_cast<int>(plan.targets.size()));
    node.percent = plan.targets[first].percent;
    for (size_t i = 0; i < plan.targets.size(); ++i) {
      if (plan.targets[i].percent == node.percent && static_cast<int>(i) != first) same.push_back(static_cast<int>(i));
    }
    std::shuffle(same.begin(), same.end(), random_);
    same.insert(same.begin(), first);
    same.resize(std::min<size_t>(same.size(), 1 + Upto(3)));
    for (const int target : same) {
      constexpr int kFactors[] = {100, 100, 100, 200, -100, 50, 300, -200};
      node.terms.push_back({target, kFactors[Upto(8)], Often(5) ? years[Upto(static_cast<int>(years.size()))] : 0});
    }
    constexpr Sign kSigns[] = {Sign::kLessEqual, Sign::kLessEqual, Sign::kGreaterEqual, Sign::kGreaterEqual,
                               Sign::kLess,      Sign::kGreater,   Sign::kEqual,        Sign::kNotEqual};
    node.sign = kSigns[Upto(8)];
    node.bound = (node.percent ? 5 : 100) * Upto(31);
    return node;
  }

  std::mt19937 random_;
};

// The plan as text, with the bytes at which each thing that it says stands.
struct Text {
  std::string text;
  std::map<Part, std::pair<size_t, size_t>> places;

  std::optional<Part> At(size_t byte) const {
    for (const auto& [part, place] : places) {
      if (place.first <= byte && byte < place.second) return part;
    }
    return std::nullopt;
  }
};

std::string Expression(const Node& node) {
  if (node.kind == '!') return "not (" + Expression(node.children[0]) + ")";
  if (node.kind != 'c')
    return "(" + Expression(node.children[0]) + (node.kind == '&' ? ") and (" : ") or (") + Expression(node.children[1]) + ")";
  std::string out;
  for (const Term& term : node.terms) {
    const int factor = std::abs(term.factor);
    out += out.empty() ? (term.factor < 0 ? "-" : "") : term.factor < 0 ? " - " : " + ";
    if (factor != 100) out += Hundredths(factor).ToString(Language::kEnglish) + " * ";
    out += fmt::format("t{}", term.target);
    if (term.year) out += fmt::format(" in {}", term.year);
  }
  constexpr const char* kSigns[] = {"<", "<=", "=", "!=", ">=", ">"};
  return out + " " + kSigns[static_cast<size_t>(node.sign)] + " " + Written(node.bound, node.percent);
}

// `without`: parts left out; `only`: those left in, and what asks of every target for nothing that could be missed.
Text Write(const Plan& plan, const std::set<Part>& without, const std::set<Part>* only = nullptr) {
  Text out;
  const auto add = [&](const Part& part, const std::string& text, const std::string& before, const std::string& after) {
    if (without.contains(part) || (only && !only->contains(part))) return;
    out.text += before;
    out.places[part] = {out.text.size(), out.text.size() + text.size()};
    out.text += text + after;
  };
  out.text = "ordo 1 en\nplan k \"K\" { period: from 2024 to 2030 }\n";
  for (size_t i = 0; i < plan.targets.size(); ++i) {
    const Target& target = plan.targets[i];
    out.text += fmt::format("target t{} \"T{}\" {{\n  measured in: {}\n", i, i, target.percent ? "%" : "\"people\"");
    if (target.baseline >= 0)
      add({'b', i}, fmt::format("baseline: {} in 2024", Written(target.baseline, target.percent)), "  ", "\n");
    if (target.part_of >= 0) add({'p', i}, fmt::format("included in: t{}", target.part_of), "  ", "\n");
    for (size_t r = 0; r < target.rows.size(); ++r) {
      const Row& row = target.rows[r];
      const auto value = [&](int number) { return Written(number, target.percent); };
      std::string asked;
      if (row.against)
        asked =
            fmt::format("increase by >= {} against {}", row.relative ? Written(row.least, true) : value(row.least), row.against);
      else if (row.least >= 0 && row.most == row.least)
        asked = "reach = " + value(row.least);
      else if (row.least >= 0 && row.most >= 0)
        asked = "reach from " + value(row.least) + " to " + value(row.most);
      else if (row.most >= 0)
        asked = "reach <= " + value(row.most);
      else
        asked = std::string(row.strict ? "reach > " : "reach >= ") + value(row.least);
      add({'r', i, r}, fmt::format("by {} {}", row.year, asked), "  ", "\n");
    }
    out.text += "}\n";
  }
  for (size_t i = 0; i < plan.conditions.size(); ++i) {
    const Asked& asked = plan.conditions[i];
    if (asked.years.empty()) {
      add({'c', i}, fmt::format("task w{} \"W\" {{ done when: {} }}", i, Expression(asked.node)), "", "\n");
      continue;
    }
    add({'c', i},
        fmt::format("condition c{} \"C\" {{ must hold: {}; for: {} }}", i, Expression(asked.node),
                    asked.years.size() == 1 ? fmt::format("{}", asked.years[0])
                                            : fmt::format("from {} to {}", asked.years.front(), asked.years.back())),
        "", "\n");
  }
  for (size_t i = 0; only && i < plan.targets.size(); ++i) {
    out.text +=
        fmt::format("condition z{} \"Z\" {{ must hold: t{} >= {}; for: 2024 }}\n", i, i, Written(0, plan.targets[i].percent));
  }
  return out;
}

// The plan as clauses, read anew from the header.
class Reading {
 public:
  explicit Reading(const Plan& plan) : plan_(plan) {
    for (const Asked& condition : plan.conditions) Ask(condition.node);
    for (size_t i = 0; i < plan.targets.size(); ++i) {
      if (plan.targets[i].part_of >= 0) asked_.insert({static_cast<int>(i), plan.targets[i].part_of});
    }
    for (size_t i = 0; i < plan.targets.size(); ++i) {
      if (asked_.contains(static_cast<int>(i))) ReadTarget(static_cast<int>(i));
    }
    for (size_t i = 0; i < plan.conditions.size(); ++i) {
      const Asked& condition = plan.conditions[i];
      if (condition.years.empty()) Add(Formula(condition.node, 0, static_cast<int>(i) + 1));
      for (const int year : condition.years) Add(Formula(condition.node, year, 0));
    }
  }

  // Component by component, so that alternatives of one are not tried with those of another.
  bool Holds() {
    LinearOracle oracle(system_);
    std::map<uint32_t, std::vector<uint32_t>> parts;
    for (uint32_t clause = 0; clause < clauses_.size(); ++clause) {
      for (const uint32_t quantity : clauses_[clause]) Join(clauses_[clause][0], quantity);
    }
    for (uint32_t clause = 0; clause < clauses_.size(); ++clause) parts[Root(clauses_[clause][0])].push_back(clause);
    return std::all_of(parts.begin(), parts.end(), [&](const auto& part) { return oracle.Holds(part.second); });
  }

 private:
  void Ask(const Node& node) {
    for (const Term& term : node.terms) asked_.insert(term.target);
    for (const Node& child : node.children) Ask(child);
  }
  uint32_t Root(uint32_t quantity) {
    while (parent_[quantity] != quantity) quantity = parent_[quantity];
    return quantity;
  }
  void Join(uint32_t a, uint32_t b) { parent_[Root(a)] = Root(b); }

  uint32_t Quantity(int target, int year, int task) {
    const auto [at, fresh] = quantities_.try_emplace(std::tuple(target, year, task), 0);
    if (fresh) {
      at->second = system_.AddQuantity();
      parent_.push_back(at->second);
      const uint32_t quantity = at->second;
      Add(Compare({{quantity, 100}}, Sign::kGreaterEqual, 0));
      if (plan_.targets[target].percent) Add(Compare({{quantity, 100}}, Sign::kLessEqual, 100));
    }
    return at->second;
  }
  uint32_t Compare(const std::vector<std::pair<uint32_t, int>>& terms, Sign sign, int bound) {
    Comparison comparison{.sign = sign, .bound = Hundredths(bound)};
    for (const auto& [quantity, factor] : terms) {
      comparison.terms.push_back({quantity, Hundredths(factor)});
      named_.push_back(quantity);
    }
    return system_.Compare(std::move(comparison));
  }
  void Add(uint32_t formula) {
    system_.AddClause({formula, static_cast<uint32_t>(clauses_.size())});
    clauses_.push_back(std::exchange(named_, {}));
  }
  // Quantities first: they add clauses of their own.
  uint32_t Formula(const Node& node, int year, int task) {
    Prepare(node, year, task);
    return FormulaOf(node, year, task);
  }
  void Prepare(const Node& node, int year, int task) {
    for (const Term& term : node.terms) Quantity(term.target, term.year ? term.year : year, task);
    for (const Node& child : node.children) Prepare(child, year, task);
  }
  uint32_t FormulaOf(const Node& node, int year, int task) {
    if (node.kind == 'c') {
      std::vector<std::pair<uint32_t, int>> terms;
      for (const Term& term : node.terms)
        terms.emplace_back(Quantity(term.target, term.year ? term.year : year, task), term.factor);
      return Compare(terms, node.sign, node.bound);
    }
    solve::Formula formula;
    formula.kind = node.kind == '&'   ? solve::Formula::Kind::kAnd
                   : node.kind == '|' ? solve::Formula::Kind::kOr
                                      : solve::Formula::Kind::kNot;
    for (const Node& child : node.children) formula.children.push_back(FormulaOf(child, year, task));
    return system_.AddFormula(std::move(formula));
  }

  void ReadTarget(int i) {
    const Target& target = plan_.targets[i];
    for (const Row& row : target.rows) {
      const uint32_t at = Quantity(i, row.year, 0);
      if (row.against) {
        const uint32_t then = Quantity(i, row.against, 0);
        Add(Compare({{at, 100}, {then, row.relative ? -100 - row.least : -100}}, Sign::kGreaterEqual,
                    row.relative ? 0 : row.least));
        continue;
      }
      if (row.least >= 0) Add(Compare({{at, 100}}, row.strict ? Sign::kGreater : Sign::kGreaterEqual, row.least));
      if (row.most >= 0) Add(Compare({{at, 100}}, Sign::kLessEqual, row.most));
    }
    if (target.baseline >= 0) {
      const uint32_t at = Quantity(i, 2024, 0);
      Add(Compare({{at, 100}}, Sign::kEqual, target.baseline));
    }
    if (target.part_of < 0) return;
    std::set<int> years;
    for (const Target* one : {&target, &plan_.targets[target.part_of]}) {
      for (const Row& row : one->rows) {
        if (!row.against) years.insert(row.year);
      }
    }
    for (const int year : years) {
      const uint32_t part = Quantity(i, year, 0), whole = Quantity(target.part_of, year, 0);
      Add(Compare({{part, 100}, {whole, -100}}, Sign::kLessEqual, 0));
    }
  }

  const Plan& plan_;
  LinearSystem system_;
  std::set<int> asked_;
  std::map<std::tuple<int, int, int>, uint32_t> quantities_;
  std::vector<uint32_t> parent_, named_;
  std::vector<std::vector<uint32_t>> clauses_;  // their quantities
};

// The conflicts of a text, each as what it quotes, with the years.
struct Answer {
  std::vector<std::set<Key>> conflicts;
  bool decided = true;
};

Answer Solve(const Text& text) {
  const PlanRun run(text.text, {}, Language::kEnglish, false);
  EXPECT_TRUE(run.sound()) << text.text << run.Rendered();
  if (!run.sound()) return {};
  const solve::TargetAnswer answer = solve::ConflictsOfTargets(run.program());
  Answer out;
  out.decided = answer.decided;
  for (const TargetConflict& conflict : answer.conflicts) {
    std::set<Key>& keys = out.conflicts.emplace_back();
    for (size_t i = 0; i < conflict.statements.size(); ++i) {
      const Kind kind = conflict.statements[i].kind;
      if (kind == Kind::kWhole || kind == Kind::kCount) continue;
      const std::optional<Part> part = text.At(conflict.spans[i].begin);
      EXPECT_TRUE(part.has_value()) << text.text;
      if (!part) continue;
      EXPECT_EQ(part->kind, kind == Kind::kRow ? 'r' : kind == Kind::kBaseline ? 'b' : kind == Kind::kPart ? 'p' : 'c');
      keys.insert({*part, conflict.statements[i].year});
    }
  }
  return out;
}

std::set<Part> PartsOf(const std::set<Key>& keys) {
  std::set<Part> parts;
  for (const Key& key : keys) parts.insert(key.first);
  return parts;
}

TEST(TargetConflicts, AreToldIfAndOnlyIfThereAreAny) {
  size_t clashing = 0, sound = 0, quoted = 0, large = 0;
  std::map<char, size_t> kinds;
  for (uint32_t seed = 1; seed <= 600; ++seed) {
    const Plan plan = Maker(seed).Make();
    const Text text = Write(plan, {});
    const Answer answer = Solve(text);
    ASSERT_TRUE(answer.decided) << text.text;
    ASSERT_EQ(answer.conflicts.empty(), Reading(plan).Holds()) << "seed " << seed << "\n" << text.text;
    (answer.conflicts.empty() ? sound : clashing) += 1;
    for (const std::set<Key>& conflict : answer.conflicts) {
      const std::set<Part> parts = PartsOf(conflict);
      ASSERT_FALSE(parts.empty()) << text.text;
      large += parts.size() > 2;
      // Alone they have it. A part is asked for in the years that rows name, so it needs them.
      if (std::none_of(parts.begin(), parts.end(), [](const Part& part) { return part.kind == 'p'; })) {
        const Text alone = Write(plan, {}, &parts);
        const Answer same = Solve(alone);
        ASSERT_EQ(std::count(same.conflicts.begin(), same.conflicts.end(), conflict), 1) << "seed " << seed << "\n"
                                                                                         << text.text << alone.text;
      }
      for (const Part& part : parts) {
        ++quoted;
        ++kinds[part.kind];
        std::set<Key> rest;
        for (const Key& key : conflict) {
          if (key.first != part) rest.insert(key);
        }
        const Text without = Write(plan, {part});
        for (const std::set<Key>& other : Solve(without).conflicts) {
          ASSERT_FALSE(std::includes(rest.begin(), rest.end(), other.begin(), other.end())) << "seed " << seed << "\n"
                                                                                            << without.text;
        }
      }
    }
  }
  EXPECT_GT(clashing, 150u);
  EXPECT_GT(sound, 150u);
  EXPECT_GT(large, 50u);
  for (const char kind : {'r', 'b', 'p', 'c'}) EXPECT_GT(kinds[kind], 5u) << kind;
  std::printf("%zu plans clash, %zu do not; %zu statements quoted, %zu conflicts of three or more\n", clashing, sound, quoted,
              large);
}

// The rule tells as many as there are, at what the plan says last.
TEST(TargetConflicts, AreFindings) {
  size_t told = 0;
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    const Text text = Write(Maker(seed).Make(), {});
    const Answer answer = Solve(text);
    BuildOptions options;
    options.only = {"TGT32"};
    const PlanRun run(text.text, options);
    ASSERT_TRUE(run.sound());
    const std::vector<std::string> found = run.Of("TGT32");
    // Findings at one place with one sentence are one.
    EXPECT_EQ(found.empty(), answer.conflicts.empty()) << text.text;
    EXPECT_LE(found.size(), answer.conflicts.size());
    for (const std::string& one : found) EXPECT_NE(one.find("cannot hold together: "), std::string::npos) << one;
    told += found.size();
  }
  EXPECT_GT(told, 10u);
}

}  // namespace
}  // namespace ordo::testing
