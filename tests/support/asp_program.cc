#include "support/asp_program.h"

#include <charconv>
#include <cstdlib>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace ordo::testing {
namespace {

using ir::BodyId;
using ir::kAbsent;
using ir::kNone;
using Literals = std::vector<std::string>;

class Writer {
 public:
  Writer(const RandomProgram& random, std::string_view prefix) : random_(random), program_(random.program), prefix_(prefix) {}

  std::string Write() {
    Line("{}o(0..{}).", prefix_, program_.entities.size() - 1);
    for (RelationId id = 0; id < program_.relations.size(); ++id) Facts(id);
    for (rule_ = 0; rule_ < program_.rules.size(); ++rule_) {
      const ir::Rule& rule = program_.rules[rule_];
      Literals body = Body(rule.body);
      std::vector<std::string> arguments;
      for (const ExprId argument : rule.head_arguments) arguments.push_back(Value(argument, body));
      Line("{}({}) :- {}.", Name(rule.head), fmt::join(arguments, ","), fmt::join(body, ", "));
    }
    for (const RelationId id : random_.derived()) Line("#show {}/{}.", Name(id), program_.relations[id].columns.size());
    return std::move(text_);
  }

 private:
  template <class... T>
  void Line(fmt::format_string<T...> format, T&&... arguments) {
    text_ += fmt::format(format, std::forward<T>(arguments)...) + "\n";
  }
  std::string Name(RelationId id) const { return fmt::format("{}r{}", prefix_, id); }
  std::string Property(RelationId id, uint32_t column) const { return fmt::format("{}r{}c{}", prefix_, id, column); }
  std::string Constant(Type type, Cell cell) const { return fmt::to_string(AspCell(type, cell)); }
  std::string Var(VarId var) const { return fmt::format("V{}", var); }
  std::string Fresh() { return fmt::format("X{}", fresh_++); }

  void Facts(RelationId id) {
    const ir::Relation& relation = program_.relations[id];
    for (uint32_t row = 0; row < relation.rows(); ++row) {
      std::vector<std::string> cells;
      for (uint32_t c = 0; c < relation.columns.size(); ++c) {
        const Cell cell = relation.data[c][row];
        if (!relation.keyed) cells.push_back(Constant(relation.columns[c].type, cell));
        else if (c == 0) Line("{}({}).", Name(id), cell);
        else if (cell != kAbsent) Line("{}({},{}).", Property(id, c), relation.data[0][row], Constant(relation.columns[c].type, cell));
      }
      if (!relation.keyed) Line("{}({}).", Name(id), fmt::join(cells, ","));
    }
  }

  // ---- free variables and their domains ----

  void UsesOfBody(BodyId body, std::set<VarId>& uses) const {
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      for (const ir::Match& match : literal.matches) {
        if (match.var != kNone) uses.insert(match.var);
      }
      if (literal.kind != ir::Literal::Kind::kScan) UsesOfExpr(literal.expr, uses);
    }
  }
  void UsesOfExpr(ExprId id, std::set<VarId>& uses) const {
    const ir::Expr& expr = program_.exprs[id];
    const bool holds_body = expr.op >= Op::kExists && expr.op <= Op::kMax;
    std::set<VarId> mine;
    if (expr.op == Op::kVar) mine.insert(expr.a);
    if (holds_body) UsesOfBody(expr.a, mine);
    const bool unary = expr.op == Op::kColumn || expr.op == Op::kStated || expr.op == Op::kNot || expr.op == Op::kNegate;
    const bool binary = expr.op >= Op::kAnd && expr.op <= Op::kDivide;
    if (unary || binary) UsesOfExpr(expr.a, mine);
    if (binary || (expr.op >= Op::kSum && expr.op <= Op::kMax)) UsesOfExpr(expr.b, mine);
    for (uint32_t i = 0; i < expr.argument_count; ++i) UsesOfExpr(program_.arguments[expr.first_argument + i], mine);
    if (holds_body) {
      for (const RandomProgram::Local& local : random_.locals.at(expr.a)) mine.erase(local.var);
    }
    uses.insert(mine.begin(), mine.end());
  }

  // A literal that holds for every value that the variable can take.
  std::string Domain(VarId var) {
    if (program_.rules[rule_].variables[var].type == Type::kEntity) return fmt::format("{}o({})", prefix_, Var(var));
    const std::string name = fmt::format("{}n{}_{}", prefix_, rule_, var);
    if (domains_.insert(name).second) WriteDomain(name, var);
    return fmt::format("{}({})", name, Var(var));
  }
  // Numbers come from a column that is scanned or asked, or from a let.
  void WriteDomain(const std::string& name, VarId var) {
    for (const auto& [body, locals] : random_.locals) {
      for (const RandomProgram::Local& local : locals) {
        if (local.var != var || !OfThisRule(body)) continue;
        if (local.let != kNone) {
          Literals literals = Domains(local.let);
          const std::string value = Value(local.let, literals);
          literals.push_back(fmt::format("{} = {}", Var(var), value));
          Line("{}({}) :- {}.", name, Var(var), fmt::join(literals, ", "));
          return;
        }
        for (const ir::Literal& literal : program_.bodies[body].literals) {
          if (literal.kind == ir::Literal::Kind::kScan) {
            for (const ir::Match& match : literal.matches) {
              if (match.var == var) return DomainOfColumn(name, literal.relation, match.column);
            }
          } else if (literal.kind == ir::Literal::Kind::kFilter && program_.exprs[literal.expr].op == Op::kHas) {
            const ir::Expr& has = program_.exprs[literal.expr];
            for (uint32_t i = 0; i < has.argument_count; ++i) {
              const ir::Expr& argument = program_.exprs[program_.arguments[has.first_argument + i]];
              if (argument.op == Op::kVar && argument.a == var) return DomainOfColumn(name, has.b, i);
            }
          }
        }
      }
    }
    std::abort();   // nothing binds it: Verify would have said so
  }
  void DomainOfColumn(const std::string& name, RelationId relation, uint32_t column) {
    if (program_.relations[relation].keyed) return Line("{}(X) :- {}(_,X).", name, Property(relation, column));
    std::vector<std::string> cells(program_.relations[relation].columns.size(), "_");
    cells[column] = "X";
    Line("{}(X) :- {}({}).", name, Name(relation), fmt::join(cells, ","));
  }
  // Variables are numbered by rule: the same number in another rule is another variable.
  bool OfThisRule(BodyId body) const {
    std::set<BodyId> bodies;
    CollectBodies(program_.rules[rule_].body, bodies);
    for (const ExprId argument : program_.rules[rule_].head_arguments) CollectBodiesOfExpr(argument, bodies);
    return bodies.contains(body);
  }
  void CollectBodies(BodyId body, std::set<BodyId>& bodies) const {
    bodies.insert(body);
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      if (literal.kind != ir::Literal::Kind::kScan) CollectBodiesOfExpr(literal.expr, bodies);
    }
  }
  void CollectBodiesOfExpr(ExprId id, std::set<BodyId>& bodies) const {
    const ir::Expr& expr = program_.exprs[id];
    const bool holds_body = expr.op >= Op::kExists && expr.op <= Op::kMax;
    if (holds_body) CollectBodies(expr.a, bodies);
    const bool binary = expr.op >= Op::kAnd && expr.op <= Op::kDivide;
    if (binary || expr.op == Op::kColumn || expr.op == Op::kStated || expr.op == Op::kNot || expr.op == Op::kNegate)
      CollectBodiesOfExpr(expr.a, bodies);
    if (binary || (expr.op >= Op::kSum && expr.op <= Op::kMax)) CollectBodiesOfExpr(expr.b, bodies);
    for (uint32_t i = 0; i < expr.argument_count; ++i) CollectBodiesOfExpr(program_.arguments[expr.first_argument + i], bodies);
  }
  Literals Domains(const std::set<VarId>& vars) {
    Literals literals = {fmt::format("{}o(_)", prefix_)};
    for (const VarId var : vars) literals.push_back(Domain(var));
    return literals;
  }
  Literals Domains(ExprId expr) {
    std::set<VarId> free;
    UsesOfExpr(expr, free);
    return Domains(free);
  }

  // ---- predicates made for the purpose ----

  std::string Atom(const std::string& name, const std::set<VarId>& free, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments;
    for (const VarId var : free) arguments.push_back(Var(var));
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments.empty() ? name : fmt::format("{}({})", name, fmt::join(arguments, ","));
  }
  std::string NewName() { return fmt::format("{}x{}", prefix_, made_++); }

  // A predicate over the free variables of the expr that holds when one of the alternatives does.
  template <class... F>
  std::string Alternatives(ExprId expr, F&&... alternatives) {
    std::set<VarId> free;
    UsesOfExpr(expr, free);
    const std::string head = Atom(NewName(), free);
    const auto write = [&](auto&& alternative) {
      Literals literals = Domains(free);
      alternative(literals);
      Line("{} :- {}.", head, fmt::join(literals, ", "));
    };
    (write(alternatives), ...);
    return head;
  }

  Literals Body(BodyId body) {
    Literals literals;
    for (const RandomProgram::Local& local : random_.locals.at(body)) {
      if (program_.rules[rule_].variables[local.var].type == Type::kEntity) literals.push_back(Domain(local.var));
    }
    for (const ir::Literal& literal : program_.bodies[body].literals) {
      switch (literal.kind) {
        case ir::Literal::Kind::kScan: Scan(literal, literals); break;
        case ir::Literal::Kind::kFilter: Condition(literal.expr, true, literals); break;
        case ir::Literal::Kind::kLet: {
          const std::string value = Value(literal.expr, literals);
          literals.push_back(fmt::format("{} = {}", Var(literal.var), value));
        }
      }
    }
    return literals;
  }

  void Scan(const ir::Literal& scan, Literals& out) {
    const ir::Relation& relation = program_.relations[scan.relation];
    std::vector<std::string> cells(relation.columns.size(), "_");
    if (relation.keyed) cells[0] = Fresh();
    std::vector<std::pair<uint32_t, std::string>> again;   // a column that is matched twice
    for (const ir::Match& match : scan.matches) {
      const std::string term = match.var == kNone ? Constant(relation.columns[match.column].type, match.constant) : Var(match.var);
      std::string& cell = cells[match.column];
      if (cell == "_" || (match.column == 0 && cell[0] == 'X')) cell = term;
      else again.emplace_back(match.column, term);
    }
    if (relation.keyed) {
      out.push_back(fmt::format("{}({})", Name(scan.relation), cells[0]));
      for (uint32_t c = 1; c < cells.size(); ++c) {
        if (cells[c] != "_") out.push_back(fmt::format("{}({},{})", Property(scan.relation, c), cells[0], cells[c]));
      }
    } else {
      out.push_back(fmt::format("{}({})", Name(scan.relation), fmt::join(cells, ",")));
    }
    for (const auto& [column, term] : again) out.push_back(fmt::format("{} = {}", cells[column], term));
  }

  // ---- conditions ----

  static std::string_view Sign(Op op) {
    switch (op) {
      case Op::kEqual: return "=";
      case Op::kNotEqual: return "!=";
      case Op::kLess: return "<";
      case Op::kLessEqual: return "<=";
      case Op::kGreater: return ">";
      default: return ">=";
    }
  }

  // Adds literals that hold just when the condition is true, or, not wanted, when it is false.
  void Condition(ExprId id, bool want, Literals& out) {
    const ir::Expr& expr = program_.exprs[id];
    switch (expr.op) {
      case Op::kNot: return Condition(expr.a, !want, out);
      case Op::kAnd:
      case Op::kOr:
        if ((expr.op == Op::kAnd) == want) {
          Condition(expr.a, want, out);
          return Condition(expr.b, want, out);
        }
        out.push_back(Alternatives(id, [&](Literals& one) { Condition(expr.a, want, one); },
                                   [&](Literals& two) { Condition(expr.b, want, two); }));
        return;
      case Op::kColumn: {
        const std::string value = Value(id, out);
        out.push_back(fmt::format("{} = {}", value, want ? 1 : 0));
        return;
      }
      default: break;
    }
    // The rest is true or false, never neither.
    if (want) return True(id, out);
    out.push_back("not " + Alternatives(id, [&](Literals& literals) { True(id, literals); }));
  }

  void True(ExprId id, Literals& out) {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.op == Op::kHas) {
      std::vector<std::string> cells;
      for (uint32_t i = 0; i < expr.argument_count; ++i) cells.push_back(Value(program_.arguments[expr.first_argument + i], out));
      out.push_back(fmt::format("{}({})", Name(expr.b), fmt::join(cells, ",")));
    } else if (expr.op == Op::kExists) {
      out.push_back(Alternatives(id, [&](Literals& literals) {
        const Literals body = Body(expr.a);
        literals.insert(literals.end(), body.begin(), body.end());
      }));
    } else if (program_.exprs[expr.a].type == Type::kBool) {
      // Truth values as values: stated, equal, unequal.
      const auto both = [&](bool a, bool b) {
        return [this, &expr, a, b](Literals& literals) {
          Condition(expr.a, a, literals);
          if (expr.op != Op::kStated) Condition(expr.b, b, literals);
        };
      };
      const bool same = expr.op == Op::kEqual;
      out.push_back(Alternatives(id, both(true, same), both(false, !same)));
    } else if (expr.op == Op::kStated) {
      Value(expr.a, out);
    } else {
      const std::string a = Value(expr.a, out);
      out.push_back(fmt::format("{} {} {}", a, Sign(expr.op), Value(expr.b, out)));
    }
  }

  // ---- values ----

  // A term; the literals that are added fail where the value is absent.
  std::string Value(ExprId id, Literals& out) {
    const ir::Expr& expr = program_.exprs[id];
    const auto binary = [&](char sign) {
      const std::string a = Value(expr.a, out);
      return fmt::format("({}{}{})", a, sign, Value(expr.b, out));
    };
    switch (expr.op) {
      case Op::kVar: return Var(expr.a);
      case Op::kConst: return fmt::format("({})", Constant(expr.type, expr.constant));
      case Op::kColumn: {
        const std::string object = Value(expr.a, out);
        const std::string value = Fresh();
        out.push_back(fmt::format("{}({},{})", Property(expr.b, expr.c), object, value));
        return value;
      }
      case Op::kAdd: return binary('+');
      case Op::kSubtract: return binary('-');
      case Op::kMultiply: return binary('*');
      case Op::kNegate: return fmt::format("(0-{})", Value(expr.a, out));
      default: return Aggregate(id, out);
    }
  }

  // One predicate for what is counted or summed, one for the result by the free variables.
  std::string Aggregate(ExprId id, Literals& out) {
    const ir::Expr& expr = program_.exprs[id];
    std::set<VarId> free;
    UsesOfExpr(id, free);
    const std::string element = NewName(), result = NewName();
    const std::string domains = fmt::format("{}", fmt::join(Domains(free), ", "));
    Literals body = Domains(free);
    const Literals inner = Body(expr.a);
    body.insert(body.end(), inner.begin(), inner.end());
    std::vector<std::string> values, names;   // of the tuple, and variables for them
    for (uint32_t i = 0; i < expr.argument_count; ++i) {
      values.push_back(Value(program_.arguments[expr.first_argument + i], body));
      names.push_back(fmt::format("T{}", i));
    }
    const std::string tuple = fmt::format("{}", fmt::join(names, ","));
    if (expr.op != Op::kCount) values.push_back(Value(expr.b, body));
    Line("{} :- {}.", Atom(element, free, values), fmt::join(body, ", "));
    if (expr.op == Op::kCount) {
      Line("{} :- {}, N = #count {{ {} : {} }}.", Atom(result, free, {"N"}), domains, tuple, Atom(element, free, names));
    } else if (expr.op == Op::kSum) {
      // The smallest value of a tuple is its summand.
      std::vector<std::string> with_value = names, with_any = names;
      with_value.push_back("S");
      with_any.push_back("_");
      const std::string least = NewName();
      Line("{} :- {}, S = #min {{ M : {} }}.", Atom(least, free, with_value), Atom(element, free, with_any),
           Atom(element, free, [&] { auto all = names; all.push_back("M"); return all; }()));
      Line("{} :- {}, N = #sum {{ S,{} : {} }}.", Atom(result, free, {"N"}), domains, tuple, Atom(least, free, with_value));
    } else {
      Line("{} :- {}, {}, N = #{} {{ M : {} }}.", Atom(result, free, {"N"}), domains, Atom(element, free, {"_"}),
           expr.op == Op::kMin ? "min" : "max", Atom(element, free, {"M"}));
    }
    const std::string value = Fresh();
    out.push_back(Atom(result, free, {value}));
    return value;
  }

  const RandomProgram& random_;
  const ir::Program& program_;
  std::string prefix_, text_;
  uint32_t rule_ = 0, fresh_ = 0, made_ = 0;
  std::set<std::string> domains_;
};

}  // namespace

std::string AspText(const RandomProgram& random, std::string_view prefix) { return Writer(random, prefix).Write(); }

int64_t AspCell(Type type, Cell cell) {
  if (!IsDecimal(type)) return cell;
  const Decimal number = Decimal::FromCell(cell);
  if (number.scale() != 0) std::abort();   // not a whole program
  return number.mantissa();
}

bool TakeAtom(std::string_view atom, std::string_view prefix, AspRows& rows) {
  if (!atom.starts_with(prefix)) return false;
  const char* at = atom.data() + prefix.size();
  const char* const end = atom.data() + atom.size();
  RelationId relation = 0;
  if (at == end || *at++ != 'r') return false;
  auto read = std::from_chars(at, end, relation);
  if (read.ec != std::errc()) return false;
  std::vector<int64_t> row;
  for (at = read.ptr; at != end && *at != ')';) {
    const auto cell = std::from_chars(at + 1, end, row.emplace_back());
    if (cell.ec != std::errc()) return false;
    at = cell.ptr;
  }
  rows[relation].insert(std::move(row));
  return true;
}

}  // namespace ordo::testing
