// Rules, relations and conditions: expressions of the language typed and turned into relational bodies of the IR. Sets are paths
// over relations, never cells; absent is never false, so a value that may be absent must be guarded before it is compared.
// Internal to compiler/model.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "compiler/model/builder.h"
#include "compiler/model/expression_tree.h"

namespace ordo {

struct StaticType {
  ir::Type type = ir::Type::kBool;
  KindSet kinds = 0;         // kEntity
  bool optional = false;
};

// A set of values reached from one object: `t.lead`, `t.lead.head`, `t.lead.entries`.
struct SetPath {
  ir::ExprId base = ir::kNone;
  struct Step {
    ir::RelationId relation = ir::kNone;   // set: (owner, member); keyed: property `column`
    uint32_t column = ir::kNone;           // kNone: a set
    ir::Type type = ir::Type::kEntity;
  };
  std::vector<Step> steps;
  StaticType element;
  // The object and field that it stands for, for places and `is stated`.
  KindSet base_kinds = 0;
  W field = W::kNone;
};

struct Value {
  bool ok = false;
  bool is_set = false;
  ir::ExprId expr = ir::kNone;
  StaticType type;
  SetPath set;
  std::string key;        // the path as text: what `is stated` narrows
  W member = W::kNone;    // the property it came from, for words behind `=`
  bool is_word = false;   // a word or bare name whose list the other side decides
  Span span;
  std::string_view text;
};

class RuleCompiler {
 public:
  explicit RuleCompiler(Builder& builder) : b_(builder), program_(builder.program_) {}

  void DeclareRelation(const Ast& ast, NodeId block);
  void CompileRelation(const Ast& ast, NodeId block);
  void CompileRule(const Ast& ast, NodeId block);
  // Rows of a kind for which a condition holds: the derived relation of `only:`.
  ir::RelationId CompileOnly(const Ast& ast, NodeId field, W kind, std::string_view name);
  // Lines as of a rule in a block, and `show:`; fills Model::question unless something is wrong (query.cc).
  void CompileQuery(const Ast& ast, NodeId block);

 private:
  struct Binding {
    enum Kind : uint8_t { kVar, kAlias, kSet, kConst } kind = kVar;
    ir::VarId var = ir::kNone;
    Value value;
  };
  struct UserRelation {
    ir::RelationId relation;
    std::vector<StaticType> parameters;
  };
  void Begin(const Ast& ast, std::string_view name, Span span);
  ir::RelationId Finish(std::vector<ir::ExprId> arguments, std::vector<ir::Column> columns, ir::RelationId relation);

  // Expressions
  int BuildTree(NodeId expr);
  Value CompileTree(int tree);
  Value CompileUnary(NodeId unary);
  Value CompilePrimary(NodeId primary);
  Value CompilePath(NodeId path);
  Value CompileAggregate(NodeId primary);
  Value CompileCall(NodeId path, const Token& name, uint32_t& at, NodeId& child);
  Value Member(Value base, const Token& token);
  Value Compare(const Operand& node);
  bool IsBarePlan(int tree) const;
  Value ThePlan(Span span);
  Value Arithmetic(const Operand& node);
  Value Membership(const Operand& node);
  Value Stated(const Value& value, bool stated);
  void Condition(int tree, ir::BodyId body);
  // What is known where the tree has been found true (or, `holds` false, untrue): paths asked with `is stated`.
  void Narrow(int tree, bool holds);
  void NarrowPath(std::string key);
  ir::ExprId Bool(int tree);
  bool Generators(NodeId begin, NodeId end, ir::BodyId body, std::vector<ir::VarId>* variables);
  bool Generator(NodeId item, ir::BodyId body, std::vector<ir::VarId>* variables);
  // Lines of a rule body: for each, let, where. False for a line that is something else.
  bool Line(NodeId clause, ir::BodyId body);
  void ParameterLine(NodeId clause, const ProfileLine* profile, RulePage& page);
  bool QueryLines(const Ast& ast, NodeId block, std::vector<NodeId>* shown);
  bool BindUnknowns(NodeId expr, std::vector<std::string>* names);
  std::vector<ir::ExprId> RowKeys();
  ir::RelationId AddDerived(std::string_view name, std::vector<ir::ExprId> arguments);
  std::optional<ir::ExprId> PlaceColumn(NodeId expr, ir::BodyId body, ir::WordId* field, KindSet* kinds);

  // IR pieces
  ir::ExprId Add(ir::Expr expr) {
    program_.exprs.push_back(expr);
    return static_cast<ir::ExprId>(program_.exprs.size() - 1);
  }
  ir::ExprId VarExpr(ir::VarId var) { return Add({ir::Op::kVar, rule_.variables[var].type, var}); }
  ir::ExprId ConstExpr(ir::Type type, ir::Cell cell) {
    ir::Expr expr{ir::Op::kConst, type};
    expr.constant = cell;
    return Add(expr);
  }
  ir::ExprId Binary(ir::Op op, ir::Type type, ir::ExprId a, ir::ExprId b) { return Add({op, type, a, b}); }
  ir::ExprId WithArguments(ir::Expr expr, const std::vector<ir::ExprId>& arguments);
  ir::VarId NewVar(std::string_view name, ir::Type type);
  ir::BodyId NewBody() {
    program_.bodies.emplace_back();
    return static_cast<ir::BodyId>(program_.bodies.size() - 1);
  }
  void Filter(ir::BodyId body, ir::ExprId expr);
  void Let(ir::BodyId body, ir::VarId var, ir::ExprId expr);
  void Scan(ir::BodyId body, ir::RelationId relation, std::vector<ir::Match> matches);
  ir::VarId AsVar(ir::BodyId body, ir::ExprId expr);
  void EmitMembers(const SetPath& set, ir::VarId out, ir::BodyId body);
  ir::ExprId HasExpr(const Value& element, const SetPath& set);
  Value Native(std::string_view id, const std::vector<Value>& arguments, Span span);

  Value Fail(Span span, Code code, std::initializer_list<std::string_view> arguments = {});
  bool Guarded(const Value& value);
  bool Single(const Value& value);
  std::string TypeName(const StaticType& type) const;
  Value ResolveWordAgainst(Value word, const Value& other);
  Binding* Find(std::string_view name);
  bool Bind(const Token& token, Binding binding);
  Span TokenSpan(const Token& token) const { return ast_->SpanOf(token); }
  std::string_view Text(Span span) const { return ast_->source->slice(span); }

  Builder& b_;
  ir::Program& program_;
  const Ast* ast_ = nullptr;
  ir::Rule rule_;
  std::vector<std::pair<std::string, Binding>> scope_;
  absl::flat_hash_set<std::string> narrowed_;
  ExpressionTrees trees_;
  absl::flat_hash_map<Symbol, UserRelation> relations_;
  ir::BodyId root_ = ir::kNone;        // the outermost body of the rule being compiled
  ir::VarId plan_ = ir::kNone;         // `plan`: bound in it once
  bool failed_ = false;
};

}  // namespace ordo
