#include "runtime/report/rule_words.h"

#include <fmt/format.h>

#include "runtime/report/text.h"

namespace ordo::report {

using ir::ExprId;
using ir::kNone;
using ir::Op;

namespace {

// How tightly an operator holds its operands: parentheses where a looser one stands inside.
int LevelOf(Op op) {
  switch (op) {
    case Op::kOr: return 1;
    case Op::kAnd: return 2;
    case Op::kNot: return 3;
    case Op::kEqual: case Op::kNotEqual: case Op::kLess: case Op::kLessEqual: case Op::kGreater: case Op::kGreaterEqual: return 4;
    case Op::kAdd: case Op::kSubtract: return 5;
    case Op::kMultiply: case Op::kDivide: return 6;
    default: return 7;
  }
}

std::string_view SignOf(Op op) {
  switch (op) {
    case Op::kEqual: return "=";
    case Op::kNotEqual: return "≠";
    case Op::kLess: return "<";
    case Op::kLessEqual: return "≤";
    case Op::kGreater: return ">";
    case Op::kGreaterEqual: return "≥";
    case Op::kAdd: return "+";
    case Op::kSubtract: return "-";
    case Op::kMultiply: return "×";
    case Op::kDivide: return "/";
    default: return "";
  }
}

bool IsComparison(Op op) { return op >= Op::kEqual && op <= Op::kGreaterEqual; }
// At most so many code points, 0: all.
std::string Cut(std::string_view text, size_t most) {
  size_t seen = 0;
  for (size_t i = 0; most > 0 && i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (begins && seen++ == most) return fmt::format("{}…", text.substr(0, i));
  }
  return std::string(text);
}

bool IsArithmetic(Op op) { return op >= Op::kAdd && op <= Op::kDivide; }

}  // namespace

RuleWords::RuleWords(const ir::Program& program, Language language, size_t most)
    : program_(program), most_(most), words_(program), printer_(program, language) {
  for (size_t i = 0; i < program.words.size(); ++i) by_id_.emplace(program.words[i].id, static_cast<ir::WordId>(i));
}

std::string_view RuleWords::Operator(std::string_view id) const {
  const auto found = by_id_.find(fmt::format("operator.{}", id));
  return found == by_id_.end() ? id : printer_.Spelling(found->second);
}

std::string RuleWords::Member(std::string_view id) const {
  const auto found = by_id_.find(id);
  return std::string(found == by_id_.end() ? id : printer_.Spelling(found->second));
}

std::string RuleWords::Value(ir::Type type, ir::Cell cell) const {
  // Texts in quotes: their ends would not be seen.
  const std::string text = Cut(printer_.Value(type, cell), most_);
  return type == ir::Type::kText ? fmt::format("«{}»", text) : text;
}

bool RuleWords::IsException(const ir::Relation& relation) const {
  return relation.derived && program_.text(relation.name).find('.') != std::string_view::npos;
}

std::string RuleWords::RelationName(const ir::Relation& relation) const {
  const std::string_view name = program_.text(relation.name);
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::string(name);
  if (relation.derived) return fmt::format("{} {}", Member("exception"), name);   // of a rule or a definition
  const std::string_view field = name.substr(dot + 1, name.find('.', dot + 1) - dot - 1);
  return by_id_.contains(field) ? Member(field) : std::string(name);
}

std::string RuleWords::Named(EntityId id) const {
  if (id == EntityId::kNone) return {};
  const ir::Entity& entity = program_.entity(id);
  std::string text(printer_.Spelling(program_.kinds[entity.kind].word));
  Append(text, " ", Cut(printer_.Object(id), most_));
  if (entity.kind == words_.task_kind || entity.kind == words_.section_kind) {
    Append(text, " ", entity.title == Symbol::kEmpty ? std::string() : fmt::format("«{}»", Cut(program_.text(entity.title), most_)));
  }
  return text;
}

std::string RuleWords::Fact(const eval::Evaluation& evaluation, eval::RowId row) const {
  const ir::Relation& relation = program_.relations[row.relation];
  if (relation.keyed) return Named(static_cast<EntityId>(evaluation.cell(row.relation, row.row, 0)));
  if (IsException(relation)) return RelationName(relation);   // its bindings are told above
  std::string cells;
  for (uint32_t i = 0; i < relation.columns.size(); ++i) {
    Append(cells, ", ", Cut(printer_.Value(relation.columns[i].type, evaluation.cell(row.relation, row.row, i)), most_));
  }
  std::string text = RelationName(relation);
  Append(text, ": ", cells);
  return text;
}

Span RuleWords::PlaceOf(const eval::Evaluation& evaluation, eval::RowId row) const {
  const ir::Relation& relation = program_.relations[row.relation];
  if (row.row < relation.spans.size() && relation.spans[row.row].known()) return relation.spans[row.row];
  if (relation.columns.empty() || relation.columns[0].type != ir::Type::kEntity) return {};
  return SpanOf(program_, static_cast<EntityId>(evaluation.cell(row.relation, row.row, 0)), ir::kNoWord);
}

std::string_view RuleWords::NameOf(uint32_t rule, ir::VarId var) const {
  const std::string_view name = program_.text(program_.rules[rule].variables[var].name);
  return name.empty() || name.front() == '_' || name.front() == '$' || name.front() == '#' ? std::string_view() : name;
}

std::vector<std::pair<std::string, std::string>> RuleWords::Bindings(const eval::Frame& frame) const {
  std::vector<std::pair<std::string, std::string>> values;
  const ir::Rule& rule = program_.rules[frame.rule];
  for (uint32_t i = 0; i < rule.variables.size() && i < frame.cells.size(); ++i) {
    const std::string_view name = NameOf(frame.rule, i);
    if (!name.empty() && frame.cells[i] != ir::kAbsent) values.push_back({std::string(name), Cut(printer_.Value(rule.variables[i].type, frame.cells[i]), most_)});
  }
  return values;
}

// ---- exprs

std::string RuleWords::Symbolic(uint32_t rule, ExprId expr) const { return Text(rule, expr, {}, 0); }
std::string RuleWords::Filled(ExprId expr, eval::Frame& frame, eval::Probe& probe) const { return Text(frame.rule, expr, {&frame, &probe}, 0); }

std::string RuleWords::Needed(ExprId comparison, eval::Frame& frame, eval::Probe& probe) const {
  const ir::Expr& expr = program_.exprs[comparison];
  const ir::Cell value = probe.Value(expr.b, frame);
  const std::string right = value == ir::kAbsent ? Symbolic(frame.rule, expr.b) : Value(program_.exprs[expr.b].type, value);
  return fmt::format("{} {} {}", Symbolic(frame.rule, expr.a), SignOf(expr.op), right);
}

std::string RuleWords::RuleText(uint32_t rule) const {
  std::vector<std::string> arguments;
  for (const ExprId argument : program_.rules[rule].head_arguments) arguments.push_back(Symbolic(rule, argument));
  return fmt::format("{}({})", program_.text(program_.relations[program_.rules[rule].head].name), fmt::join(arguments, ", "));
}

std::string RuleWords::Variable(uint32_t rule, ir::VarId var, Values values) const {
  if (values.frame && values.frame->cells[var] != ir::kAbsent) return Value(program_.rules[rule].variables[var].type, values.frame->cells[var]);
  const std::string_view name = NameOf(rule, var);
  if (!name.empty()) return std::string(name);
  const std::string path = PathOf(rule, var);
  return path.empty() ? "…" : path;
}

const ir::Literal* RuleWords::BinderOf(ir::BodyId body, ir::VarId var) const {
  for (const ir::Literal& literal : program_.bodies[body].literals) {
    if (literal.kind == ir::Literal::Kind::kLet && literal.var == var) return &literal;
    for (const ir::Match& match : literal.matches) {
      if (match.var == var && match.column == 1) return &literal;
    }
    if (literal.kind == ir::Literal::Kind::kScan) continue;
    const auto inside = [&](const auto& self, ExprId id) -> const ir::Literal* {
      const ir::Expr& expr = program_.exprs[id];
      if (ir::HoldsBody(expr.op)) return BinderOf(expr.a, var);
      const ir::Literal* found = nullptr;
      ir::ForEachOperand(program_, expr, [&](ExprId operand) { found = found ? found : self(self, operand); });
      return found;
    };
    if (const ir::Literal* found = inside(inside, literal.expr)) return found;
  }
  return nullptr;
}

std::string RuleWords::PathOf(uint32_t rule, ir::VarId var) const {
  const ir::Literal* binder = BinderOf(program_.rules[rule].body, var);
  if (binder == nullptr) return {};
  if (binder->kind == ir::Literal::Kind::kLet) return Text(rule, binder->expr, {}, 7);
  const ir::Relation& relation = program_.relations[binder->relation];
  if (relation.keyed || binder->matches[0].column != 0 || binder->matches[0].var == kNone) return {};
  return fmt::format("{}.{}", Variable(rule, binder->matches[0].var, {}), RelationName(relation));
}

std::string RuleWords::Atom(const ir::Relation& relation, const std::vector<std::string>& arguments) const {
  const std::string_view name = program_.text(relation.name);
  if (IsException(relation)) return RelationName(relation);
  if (name.find('.') != std::string_view::npos && arguments.size() == 2) {
    const bool entries = name.ends_with(".entries");
    return fmt::format("{} {} {}.{}{}", arguments[1], Operator("among"), arguments[0], RelationName(relation),
                       entries ? "." + Member("entries") : std::string());
  }
  return fmt::format("{}({})", RelationName(relation), fmt::join(arguments, ", "));
}

std::string RuleWords::ScanText(uint32_t rule, const ir::Literal& literal) const {
  const ir::Relation& relation = program_.relations[literal.relation];
  std::vector<std::string> arguments(relation.columns.size(), "…");
  for (const ir::Match& match : literal.matches) {
    arguments[match.column] = match.var != kNone ? Variable(rule, match.var, {}) : Value(relation.columns[match.column].type, match.constant);
  }
  return relation.keyed ? fmt::format("{} {}", Member(program_.text(relation.name)), arguments[0]) : Atom(relation, arguments);
}

std::string RuleWords::BodyText(uint32_t rule, ir::BodyId body) const {
  std::string generators, conditions;
  for (const ir::Literal& literal : program_.bodies[body].literals) {
    if (literal.kind == ir::Literal::Kind::kScan) {
      const bool step = literal.matches.size() == 2 && literal.matches[1].var != kNone && NameOf(rule, literal.matches[1].var).empty();
      if (!step) Append(generators, ", ", ScanText(rule, literal));
    } else if (literal.kind == ir::Literal::Kind::kFilter) {
      Append(conditions, fmt::format(" {} ", Operator("and")), Text(rule, literal.expr, {}, 2));
    }
  }
  if (generators.empty()) return conditions;
  Append(generators, fmt::format(" {} ", Operator("with")), conditions);
  return generators;
}

std::string RuleWords::Aggregate(uint32_t rule, ExprId id, Values values) const {
  const ir::Expr& expr = program_.exprs[id];
  if (values.frame && expr.op != Op::kExists) {
    const ir::Cell value = values.probe->Value(id, *values.frame);
    if (value != ir::kAbsent) return Value(expr.type, value);
  }
  const std::string body = BodyText(rule, expr.a);
  switch (expr.op) {
    case Op::kExists: return fmt::format("{}({})", Operator("some"), body);
    case Op::kCount: {
      // Members without a name are those of a set: «số phần tử của(t.phối hợp)».
      const ir::Expr& counted = program_.exprs[program_.arguments[expr.first_argument]];
      const bool bare = expr.argument_count == 1 && counted.op == Op::kVar && NameOf(rule, counted.a).empty();
      const std::string path = bare ? PathOf(rule, counted.a) : std::string();
      return path.empty() ? fmt::format("{}({})", Operator("count"), body) : fmt::format("{}({})", Operator("size_of"), path);
    }
    default: {
      const std::vector<ir::Literal>& literals = program_.bodies[expr.a].literals;
      const bool row = literals.size() == 1 && literals[0].kind == ir::Literal::Kind::kScan && program_.relations[literals[0].relation].derived;
      // A definition: the value behind its arguments.
      if (row && expr.op == Op::kMin) {
        std::vector<std::string> arguments;
        for (size_t i = 0; i + 1 < literals[0].matches.size(); ++i) arguments.push_back(Variable(rule, literals[0].matches[i].var, values));
        return fmt::format("{}({})", RelationName(program_.relations[literals[0].relation]), fmt::join(arguments, ", "));
      }
      const std::string_view name = expr.op == Op::kSum ? "sum" : expr.op == Op::kMin || expr.op == Op::kNthLeast ? "min" : "max";
      // The n-th of an order: «lớn nhất[3](…)».
      const bool nth = expr.op == Op::kNthGreatest || expr.op == Op::kNthLeast;
      if (nth && row && program_.exprs[expr.b].op == Op::kVar) {   // a ranking: the column by which rows are put in order
        for (const ir::Match& match : literals[0].matches) {
          if (match.var != program_.exprs[expr.b].a) continue;
          return fmt::format("{}[{}]({})", Operator(name), expr.c, program_.text(program_.relations[literals[0].relation].columns[match.column].name));
        }
      }
      return fmt::format("{}{}({} {} {})", Operator(name), nth ? fmt::format("[{}]", expr.c) : std::string(), Text(rule, expr.b, {}, 0), Operator("x_for_each"), body);
    }
  }
}

std::string RuleWords::Column(uint32_t rule, const ir::Expr& expr, Values values) const {
  // A property of an object is known by its path; its value alone would say little where it is missing.
  const std::string_view column = program_.text(program_.relations[expr.b].columns[expr.c].name);
  return fmt::format("{}.{}", Text(rule, expr.a, values, 7), Member(column.substr(0, column.find(' '))));
}

std::string RuleWords::Call(uint32_t rule, const ir::Expr& expr, Values values) const {
  std::vector<std::string> arguments;
  for (uint32_t i = 0; i < expr.argument_count; ++i) arguments.push_back(Text(rule, program_.arguments[expr.first_argument + i], values, 0));
  const std::string_view name = program_.functions[expr.a];
  if (name.ends_with("_of") && arguments.size() == 1 && by_id_.contains(name.substr(0, name.size() - 3)) &&
      !by_id_.contains(fmt::format("operator.{}", name))) {
    return fmt::format("{}.{}", arguments[0], Member(name.substr(0, name.size() - 3)));
  }
  return fmt::format("{}({})", Operator(name), fmt::join(arguments, ", "));
}

std::string RuleWords::Text(uint32_t rule, ExprId id, Values values, int level) const {
  const ir::Expr& expr = program_.exprs[id];
  const auto at = [&](ExprId operand, int inside) { return Text(rule, operand, values, inside); };
  const auto with_value = [&](std::string named) {
    if (!values.frame) return named;
    const ir::Cell value = values.probe->Value(id, *values.frame);
    return value != ir::kAbsent ? Value(expr.type, value) : fmt::format("{} ({})", named, Operator("is_not_stated"));
  };
  std::string text;
  switch (expr.op) {
    case Op::kVar: return Variable(rule, expr.a, values);
    case Op::kConst: return Value(expr.type, expr.constant);
    case Op::kColumn: return expr.type == ir::Type::kBool ? Column(rule, expr, values) : with_value(Column(rule, expr, values));
    case Op::kCall: return expr.type == ir::Type::kBool ? Call(rule, expr, values) : with_value(Call(rule, expr, values));
    case Op::kHas: {
      std::vector<std::string> arguments;
      for (uint32_t i = 0; i < expr.argument_count; ++i) arguments.push_back(at(program_.arguments[expr.first_argument + i], 0));
      return Atom(program_.relations[expr.b], arguments);
    }
    case Op::kStated: {
      const ir::Expr& what = program_.exprs[expr.a];
      const std::string name = what.op == Op::kColumn ? Column(rule, what, values) : Text(rule, expr.a, {}, 7);
      return fmt::format("{} {}", name, Operator("is_stated"));
    }
    case Op::kNot: {
      const ir::Expr& what = program_.exprs[expr.a];
      if (what.op == Op::kExists) return fmt::format("{}({})", Operator("no"), BodyText(rule, what.a));
      if (what.op == Op::kStated) {
        const ir::Expr& asked = program_.exprs[what.a];
        return fmt::format("{} {}", asked.op == Op::kColumn ? Column(rule, asked, values) : Text(rule, what.a, {}, 7), Operator("is_not_stated"));
      }
      if (what.op == Op::kHas && what.argument_count == 2 && !program_.relations[what.b].derived && program_.text(program_.relations[what.b].name).find('.') != std::string_view::npos) {
        return fmt::format("{} {} {}.{}", at(program_.arguments[what.first_argument + 1], 5), Operator("not_among"),
                           at(program_.arguments[what.first_argument], 7), RelationName(program_.relations[what.b]));
      }
      text = fmt::format("{} {}", Operator("not"), at(expr.a, 4));
      break;
    }
    case Op::kNegate: return fmt::format("-{}", at(expr.a, 7));
    case Op::kAnd: text = fmt::format("{} {} {}", at(expr.a, 2), Operator("and"), at(expr.b, 3)); break;
    case Op::kOr: text = fmt::format("{} {} {}", at(expr.a, 1), Operator("or"), at(expr.b, 2)); break;
    default:
      if (ir::HoldsBody(expr.op)) return Aggregate(rule, id, values);
      // A member of a set without a name: «p thuộc t.chủ trì.đứng đầu».
      if (expr.op == Op::kEqual && program_.exprs[expr.a].op == Op::kVar && NameOf(rule, program_.exprs[expr.a].a).empty()) {
        if (const std::string path = PathOf(rule, program_.exprs[expr.a].a); !path.empty()) {
          text = values.frame ? fmt::format("{} = {}", at(expr.b, 5), at(expr.a, 5)) : fmt::format("{} {} {}", at(expr.b, 5), Operator("among"), path);
          break;
        }
      }
      text = fmt::format("{} {} {}", at(expr.a, 5), SignOf(expr.op), at(expr.b, IsComparison(expr.op) ? 5 : LevelOf(expr.op) + 1));
      // «18 > 40% × 37 = 14,8»
      if (values.frame && IsComparison(expr.op)) {
        for (const ExprId side : {expr.a, expr.b}) {
          if (!IsArithmetic(program_.exprs[side].op)) continue;
          const ir::Cell value = values.probe->Value(side, *values.frame);
          if (value != ir::kAbsent) text += fmt::format("{} = {}", side == expr.a ? fmt::format("; {}", at(side, 5)) : "", Value(program_.exprs[side].type, value));
        }
      }
  }
  return LevelOf(expr.op) < level ? fmt::format("({})", text) : text;
}

}  // namespace ordo::report
