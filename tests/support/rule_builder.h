// IR programs with rules, made by hand: kinds with their objects, stored and derived relations, exprs, bodies, rules. What comes
// out is meant to pass Verify; tests that want a broken program break it afterwards.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::testing {

using ir::Cell;
using ir::ExprId;
using ir::Op;
using ir::RelationId;
using ir::Type;
using ir::VarId;

inline Cell Num(int64_t value, int scale = 0) { return Decimal::Make(value, scale)->cell(); }

class RuleBuilder {
 public:
  RuleBuilder() { program.strings = &strings; }

  // ---- facts ----

  // A kind with its keyed relation and `count` objects; further columns start absent.
  RelationId Kind(std::string_view name, uint32_t count, std::vector<Type> properties = {}) {
    program.words.push_back({std::string(name), std::string(name), std::string(name)});
    const RelationId id = Relation(name, {}, false);
    program.kinds.push_back({static_cast<ir::WordId>(program.words.size() - 1), id});
    ir::Relation& relation = program.relations[id];
    relation.keyed = true;
    properties.insert(properties.begin(), Type::kEntity);
    for (const Type type : properties) relation.columns.push_back({strings.Intern("c"), type});
    relation.data.resize(properties.size());
    for (uint32_t i = 0; i < count; ++i) {
      relation.data[0].push_back(static_cast<Cell>(program.entities.size()));
      for (size_t c = 1; c < relation.data.size(); ++c) relation.data[c].push_back(ir::kAbsent);
      relation.spans.push_back({0, i, i + 1});
      ir::Entity entity;
      entity.kind = static_cast<ir::KindId>(program.kinds.size() - 1);
      entity.row = i;
      program.entities.push_back(entity);
    }
    return id;
  }
  Cell Object(RelationId kind, uint32_t row) const { return program.relations[kind].data[0][row]; }
  void Set(RelationId kind, uint32_t row, uint32_t column, Cell value) { program.relations[kind].data[column][row] = value; }

  RelationId Relation(std::string_view name, std::vector<Type> types, bool derived) {
    ir::Relation relation;
    relation.name = strings.Intern(name);
    relation.derived = derived;
    for (const Type type : types) relation.columns.push_back({strings.Intern("c"), type});
    relation.data.resize(types.size());
    program.relations.push_back(std::move(relation));
    return static_cast<RelationId>(program.relations.size() - 1);
  }
  RelationId Stored(std::string_view name, std::vector<Type> types) { return Relation(name, std::move(types), false); }
  RelationId Derived(std::string_view name, std::vector<Type> types) { return Relation(name, std::move(types), true); }
  void Row(RelationId id, std::vector<Cell> cells) {
    ir::Relation& relation = program.relations[id];
    for (size_t i = 0; i < cells.size(); ++i) relation.data[i].push_back(cells[i]);
    relation.spans.push_back({0, relation.rows(), relation.rows() + 1});
  }

  // ---- exprs; variables belong to the rule that Rule() makes next ----

  VarId NewVar(Type type, std::string_view name = "v") {
    variables.push_back({strings.Intern(name), type});
    return static_cast<VarId>(variables.size() - 1);
  }
  ExprId Add(ir::Expr expr) {
    program.exprs.push_back(expr);
    return static_cast<ExprId>(program.exprs.size() - 1);
  }
  ExprId Add(ir::Expr expr, const std::vector<ExprId>& arguments) {
    expr.first_argument = static_cast<uint32_t>(program.arguments.size());
    expr.argument_count = static_cast<uint32_t>(arguments.size());
    program.arguments.insert(program.arguments.end(), arguments.begin(), arguments.end());
    return Add(expr);
  }
  ExprId Var(VarId var) { return Add({Op::kVar, variables[var].type, var}); }
  ExprId Const(Type type, Cell cell) {
    ir::Expr expr{Op::kConst, type};
    expr.constant = cell;
    return Add(expr);
  }
  ExprId Number(int64_t value, int scale = 0) { return Const(Type::kNumber, Num(value, scale)); }
  ExprId Column(ExprId object, RelationId relation, uint32_t column) {
    return Add({Op::kColumn, program.relations[relation].columns[column].type, object, relation, column});
  }
  ExprId Has(RelationId relation, const std::vector<ExprId>& arguments) {
    return Add({Op::kHas, Type::kBool, ir::kNone, relation}, arguments);
  }
  ExprId HasVars(RelationId relation, const std::vector<VarId>& vars) {
    std::vector<ExprId> arguments;
    for (const VarId var : vars) arguments.push_back(Var(var));
    return Has(relation, arguments);
  }
  ExprId Binary(Op op, ExprId a, ExprId b, Type type = Type::kBool) { return Add({op, type, a, b}); }
  ExprId Equal(ExprId a, ExprId b) { return Binary(Op::kEqual, a, b); }
  ExprId And(ExprId a, ExprId b) { return Binary(Op::kAnd, a, b); }
  ExprId Or(ExprId a, ExprId b) { return Binary(Op::kOr, a, b); }
  ExprId Not(ExprId a) { return Add({Op::kNot, Type::kBool, a}); }
  ExprId Stated(ExprId a) { return Add({Op::kStated, Type::kBool, a}); }
  ExprId Exists(ir::BodyId body) { return Add({Op::kExists, Type::kBool, body}); }
  ExprId Count(ir::BodyId body, const std::vector<ExprId>& counted) { return Add({Op::kCount, Type::kNumber, body}, counted); }
  ExprId Sum(ir::BodyId body, ExprId value, const std::vector<ExprId>& over) {
    return Add({Op::kSum, program.exprs[value].type, body, value}, over);
  }
  // The n-th greatest or least value.
  ExprId Nth(Op op, uint32_t n, ir::BodyId body, ExprId value, const std::vector<ExprId>& over) {
    return Add({op, program.exprs[value].type, body, value, n}, over);
  }
  ExprId Best(Op op, ir::BodyId body, ExprId value) { return Add({op, program.exprs[value].type, body, value}); }

  // ---- bodies and rules ----

  // Columns from the first on; kNone leaves one out.
  static ir::Literal Scan(RelationId relation, const std::vector<VarId>& vars) {
    ir::Literal literal;
    literal.kind = ir::Literal::Kind::kScan;
    literal.relation = relation;
    for (uint32_t i = 0; i < vars.size(); ++i) {
      if (vars[i] != ir::kNone) literal.matches.push_back({i, vars[i], 0});
    }
    return literal;
  }
  static ir::Literal ScanWith(RelationId relation, std::vector<ir::Match> matches) {
    ir::Literal literal;
    literal.kind = ir::Literal::Kind::kScan;
    literal.relation = relation;
    literal.matches = std::move(matches);
    return literal;
  }
  static ir::Literal Let(VarId var, ExprId expr) {
    ir::Literal literal;
    literal.kind = ir::Literal::Kind::kLet;
    literal.var = var;
    literal.expr = expr;
    return literal;
  }
  static ir::Literal Filter(ExprId expr) {
    ir::Literal literal;
    literal.expr = expr;
    return literal;
  }
  ir::BodyId Body(std::vector<ir::Literal> literals) {
    program.bodies.push_back({std::move(literals)});
    return static_cast<ir::BodyId>(program.bodies.size() - 1);
  }
  uint32_t Rule(std::string_view name, RelationId head, std::vector<ExprId> arguments, ir::BodyId body) {
    ir::Rule rule;
    rule.name = strings.Intern(name);
    rule.head = head;
    rule.head_arguments = std::move(arguments);
    rule.variables = std::exchange(variables, {});
    rule.body = body;
    rule.span = {0, static_cast<uint32_t>(program.rules.size()), 0};
    program.rules.push_back(std::move(rule));
    return static_cast<uint32_t>(program.rules.size() - 1);
  }
  uint32_t RuleOfVars(std::string_view name, RelationId head, const std::vector<VarId>& vars, ir::BodyId body) {
    std::vector<ExprId> arguments;
    for (const VarId var : vars) arguments.push_back(Var(var));
    return Rule(name, head, std::move(arguments), body);
  }

  StringPool strings;
  ir::Program program;
  std::vector<ir::Variable> variables;
};

}  // namespace ordo::testing
