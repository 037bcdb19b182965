// Rules, relations and conditions: expressions of the language typed and turned into relational bodies of the IR. Sets are paths
// over relations, never cells; absent is never false, so a value that may be absent must be guarded before it is compared.
// Internal to compiler/model.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "compiler/model/builder.h"
#include "compiler/model/expression_tree.h"
#include "runtime/ir/analysis.h"

namespace ordo {

struct StaticType {
  ir::Type type = ir::Type::kBool;
  KindSet kinds = 0;         // kEntity
  bool optional = false;
};

// A set of values reached from one object: `t.lead`, `t.lead.head`, `t.lead.entries`; from the first arguments of a relation; or the
// values that an expression takes, `values of(x for each …)`, which is compiled where its members are asked for.
struct SetPath {
  ir::ExprId base = ir::kNone;
  std::vector<ir::ExprId> owners;          // of a relation: all its arguments but the last; base is the first of them
  const Ast* values_ast = nullptr;         // of `values of`
  NodeId values = 0;
  struct Step {
    ir::RelationId relation = ir::kNone;   // set: (owner, member); keyed: property `column`
    uint32_t column = ir::kNone;           // kNone: a set
    ir::Type type = ir::Type::kEntity;
  };
  std::vector<Step> steps;
  StaticType element;
  bool IsPlain() const { return values == 0 && steps.size() == 1 && steps[0].column == ir::kNone; }   // one relation of owners and members
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
  void DeclareDefinition(const Ast& ast, NodeId block);
  // A case that stands by itself: of a rule or a definition that stands elsewhere.
  void DeclareException(const Ast& ast, NodeId block);
  void CompileRelation(const Ast& ast, NodeId block);
  void CompileDefinitions();
  void CompileRule(const Ast& ast, NodeId block);
  // Exceptions that name no rule and no definition.
  void ReportLooseExceptions(const absl::flat_hash_map<std::string, Span>& codes);
  // Relations that compute new values out of their own: they would never end.
  void ReportGrowth(const ir::Strata& strata);
  // Relations that rest on their own absence or count, each with the ring.
  void ReportRings(const ir::Strata& strata);
  // Rows of a kind for which a condition holds: the derived relation of `only:`.
  ir::RelationId CompileOnly(const Ast& ast, NodeId field, W kind, std::string_view name);
  // Lines as of a rule in a block, and `show:`; fills Model::question unless something is wrong (query.cc).
  void CompileQuery(const Ast& ast, NodeId block);

 private:
  struct Binding {
    // kOpen: a value parameter of a relation that nothing has given a value yet.
    enum Kind : uint8_t { kVar, kAlias, kSet, kConst, kOpen } kind = kVar;
    ir::VarId var = ir::kNone;
    Value value;
  };
  struct UserRelation {
    ir::RelationId relation;
    std::vector<StaticType> parameters;
  };
  struct Source {
    const Ast* ast = nullptr;
    NodeId block = 0;
  };
  // A value by cases: `definition f(task t) { equals: … exception e { where … equals: … } }`.
  struct Definition {
    Source source;
    std::vector<StaticType> parameters;
    enum State : uint8_t { kDeclared, kBusy, kDone, kBroken } state = kDeclared;
    StaticType type;              // optional: it may say nothing
    ir::RelationId cases = ir::kNone;   // parameters, value, name of the case
  };
  // Everything that the rules of a plan share; compilers of single definitions work on the same.
  struct Shared {
    absl::flat_hash_map<Symbol, UserRelation> relations;
    absl::flat_hash_map<Symbol, Definition> definitions;
    std::vector<Symbol> definition_order;
    absl::flat_hash_map<std::string, std::vector<Source>> exceptions;   // code or name -> those that stand by themselves
    std::vector<Symbol> busy;                 // definitions that are being compiled, each asked for by the one before
    absl::flat_hash_map<ir::RelationId, std::string> shown;   // relations that no author has named -> what they are of
  };
  RuleCompiler(Builder& builder, std::shared_ptr<Shared> shared) : b_(builder), program_(builder.program_), shared_(std::move(shared)) {}
  void Begin(const Ast& ast, std::string_view name, Span span);

  // Cases (exceptions.cc). A stage is a relation of the bindings found so far, which rules go on from with the same variables.
  struct Stage {
    ir::RelationId relation = ir::kNone;
    std::vector<ir::VarId> variables;     // its columns
  };
  struct Case {
    std::string name;                     // "": the general case, the first of a list of cases
    Source source;
    Stage stage;                          // bindings for which it holds
    size_t parent = 0;
    std::vector<size_t> children;         // its exceptions
    ir::RelationId trigger = ir::kNone;   // bindings of the parent's stage for which it holds
    // How the compiler stood behind its lines.
    ir::Rule rule;
    std::vector<std::pair<std::string, Binding>> scope;
    absl::flat_hash_set<std::string> narrowed;
    ir::VarId plan = ir::kNone;
  };
  static constexpr size_t kMostCases = 100;   // exceptions of one rule or definition
  // Ends the rule that is being compiled as one of a relation of all that it has bound, and begins another that goes on from there.
  Stage Cut(std::string_view name);
  std::string StageName(std::string_view owner);
  void ScanStage(const Stage& stage);
  Case CaseHere(Source source, std::string_view name, std::string_view relation_name);
  void GoOn(const Case& from);
  static bool IsException(const Ast& ast, NodeId line);
  bool HasCases(Source general, const std::string& owner) const;
  std::vector<Case> FindCases(Source general, const std::string& owner, std::string_view relation_name, W outcome);
  void AddCasesIn(std::vector<Case>& cases, size_t parent, std::string_view relation_name, W outcome);
  void AddCase(std::vector<Case>& cases, size_t parent, Source source, std::string_view relation_name, W outcome);
  void ExceptChildren(const std::vector<Case>& cases, size_t at);
  void ReportConflicts(ir::RelationId outcomes, uint32_t place, ir::WordId field, std::string_view owner, Span span);
  // definitions.cc
  void CompileDefinition(Symbol name);
  bool FillDefinition(Symbol name, Definition& definition);
  Value CaseValue(const Case& in);
  Value CallDefinition(Symbol name, const std::vector<Value>& arguments, Span span);
  void TopLine(NodeId clause);
  std::optional<Severity> CaseSeverity(const Case& in);
  bool ReadSeverity(const Ast& ast, NodeId line, Severity* severity);
  void CompareOutcomes(const std::vector<Case>& cases, const std::vector<std::optional<Severity>>& said, std::string_view code, Span span,
                       const std::vector<std::pair<W, NodeId>>& places);
  // Lines of a rule that are read once its bindings are known.
  struct CheckParts {
    std::vector<std::pair<W, NodeId>> places;       // `at`, `see`
    std::vector<std::pair<Symbol, Span>> texts;     // sentences, and where each stands
    NodeId repair = 0;
  };
  void EmitCheck(ir::Check check, const CheckParts& parts, std::string_view name, bool wanted);

  // Expressions
  int BuildTree(NodeId expr);
  Value CompileTree(int tree);
  Value CompileUnary(NodeId unary);
  Value CompilePrimary(NodeId primary);
  Value CompilePath(NodeId path);
  Value CompileAggregate(NodeId primary);
  Value CompileCall(NodeId path, const Token& name, uint32_t& at, NodeId& child);
  ir::BodyId MembersBody(const SetPath& set, ir::VarId* member);
  ir::ExprId SomeMember(const Value& of, const Value& in, bool wanted);
  Value CompileFunction(const Token& name, const std::vector<Value>& arguments, Span span);
  struct Parameter {
    W kind = W::kNone;
    const Token* name = nullptr;
    StaticType type;
  };
  std::vector<Parameter> ParametersOf(const Ast& ast, NodeId parameters) const;
  bool BindParameters(const Ast& ast, NodeId parameters, std::vector<ir::ExprId>* arguments);
  std::string ShownName(ir::RelationId relation) const;
  std::vector<ir::RelationId> WayThrough(const ir::Strata& strata, ir::RelationId from, ir::RelationId to) const;
  Value CallRelation(const UserRelation& relation, const std::vector<Value>& arguments, const Token& name, Span span);
  bool Fits(const Value& argument, const StaticType& parameter);
  std::vector<Value> AggregateBody(NodeId aggregate, ir::BodyId body, std::vector<ir::VarId>* generated);
  // Gives the open parameter of `n = …` or `n among …` its value; false if there is none on that side.
  bool BindOpen(const Operand& node, ir::BodyId body);
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
  // `follows from`, and the three `repair by …` (rule_repairs.cc). `column` gives a variable its column of the check.
  void FollowsLine(NodeId field, RulePage& page);
  void CompileRepair(NodeId field, ir::BodyId body, absl::FunctionRef<uint32_t(ir::ExprId, std::string_view)> column, ir::Check& check);

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
  Span SpanOfTree(int tree) const;
  Span TokenSpan(const Token& token) const { return ast_->SpanOf(token); }
  std::string_view Text(Span span) const { return ast_->source->slice(span); }

  Builder& b_;
  ir::Program& program_;
  const Ast* ast_ = nullptr;
  ir::Rule rule_;
  std::vector<std::pair<std::string, Binding>> scope_;
  absl::flat_hash_set<std::string> narrowed_;
  ExpressionTrees trees_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  ir::BodyId root_ = ir::kNone;        // the outermost body of the rule being compiled
  ir::VarId plan_ = ir::kNone;         // `plan`: bound in it once
  bool failed_ = false;                // the line that is being compiled
  bool broken_ = false;                // a case or a definition
  size_t stages_ = 0;                  // of the rule being compiled
  Span line_;                          // what the literals being made stand for in the text
};

}  // namespace ordo
