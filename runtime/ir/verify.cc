#include <algorithm>

#include "fmt/format.h"
#include "runtime/ir/analysis.h"

namespace ordo::ir {

namespace {

bool IsPlain(Type type) { return type == Type::kNumber || type == Type::kPercent; }  // without a dimension
bool IsOrdered(Type type) { return type == Type::kDate || IsDecimal(type); }
bool Agree(Type a, Type b) { return a == b || (IsPlain(a) && IsPlain(b)); }

class Verifier {
 public:
  explicit Verifier(const Program& program) : program_(program) {}

  // Each part leans on those before it: a part with faults is the last one looked at.
  std::vector<std::string> Run() {
    if (program_.strings == nullptr) return {"the program has no pool of strings"};
    void (Verifier::*const parts[])() = {&Verifier::Ids, &Verifier::Facts, &Verifier::Circles, &Verifier::Types,
                                         &Verifier::Meaning};
    for (const auto part : parts) {
      (this->*part)();
      if (!faults_.empty()) break;
    }
    return std::move(faults_);
  }

 private:
  template <class... Args>
  void Fault(fmt::format_string<Args...> format, Args&&... args) {
    faults_.push_back(where_ + ": " + fmt::format(format, std::forward<Args>(args)...));
  }
  template <class... Args>
  void At(fmt::format_string<Args...> format, Args&&... args) { where_ = fmt::format(format, std::forward<Args>(args)...); }

  // ---- ids in range ----

  void In(std::string_view what, uint64_t id, size_t size) {
    if (id >= size) Fault("{} {} is out of range", what, id);
  }
  void OptionalIn(std::string_view what, uint64_t id, uint64_t none, size_t size) {
    if (id != none) In(what, id, size);
  }
  void Text(Symbol symbol) { In("text", static_cast<uint32_t>(symbol), program_.strings->size()); }
  void OptionalObject(EntityId id) {
    OptionalIn("object", static_cast<uint32_t>(id), static_cast<uint32_t>(EntityId::kNone), program_.entities.size());
  }
  void OptionalWord(WordId id) { OptionalIn("word", id, kNoWord, program_.words.size()); }
  void Slice(std::string_view what, uint64_t first, uint64_t count, size_t size) {
    if (count > 0 && first + count > size) Fault("{} {}+{} are out of range", what, first, count);
  }
  void TypeOk(Type type) { In("type", static_cast<uint64_t>(type), static_cast<size_t>(Type::kMoney) + 1); }
  void PointOk(const Point& point) { OptionalObject(point.named); }
  void RelationOk(RelationId id) { In("relation", id, program_.relations.size()); }

  void Ids() {
    At("program");
    OptionalObject(program_.plan);
    for (size_t i = 0; i < program_.kinds.size(); ++i) {
      At("kind {}", i);
      In("word", program_.kinds[i].word, program_.words.size());
      OptionalIn("relation", program_.kinds[i].relation, kNone, program_.relations.size());
    }
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const Entity& entity = program_.entities[i];
      At("object {}", i);
      In("kind", entity.kind, program_.kinds.size());
      Text(entity.name);
      Text(entity.title);
      OptionalObject(entity.parent);
      Slice("fields", entity.first_field, entity.field_count, program_.fields.size());
    }
    for (size_t i = 0; i < program_.fields.size(); ++i) {
      const Field& field = program_.fields[i];
      At("field {}", i);
      OptionalWord(field.word);
      Text(field.written);
      Slice("entries", field.first_entry, field.entry_count, program_.entries.size());
    }
    for (size_t i = 0; i < program_.entries.size(); ++i) {
      const Entry& entry = program_.entries[i];
      At("entry {}", i);
      TypeOk(entry.type);
      for (const WordId word : {entry.mode, entry.member, entry.product}) OptionalWord(word);
      for (const Symbol text : {entry.part, entry.wording}) Text(text);
      for (const EntityId object : {entry.resolved, entry.object}) OptionalObject(object);
      if (entry.lag != kNone) In("lag", entry.lag, program_.lags.size());
    }
    for (size_t i = 0; i < program_.times.size(); ++i) {
      const Time& time = program_.times[i];
      At("time {}", i);
      for (const Point* point : {&time.from, &time.to, &time.expected_from, &time.expected, &time.limit, &time.since}) PointOk(*point);
      for (const Rhythm* rhythm : {&time.rhythm, &time.evidence}) {
        for (const Point& point : rhythm->by) PointOk(point);
      }
      OptionalObject(time.anchor);
      Text(time.words);
    }
    for (size_t i = 0; i < program_.steps.size(); ++i) {
      At("step {}", i);
      OptionalObject(program_.steps[i].owner);
      OptionalObject(program_.steps[i].other);
    }
    for (size_t i = 0; i < program_.series.size(); ++i) {
      const SeriesRow& row = program_.series[i];
      At("series {}", i);
      In("object", static_cast<uint32_t>(row.object), program_.entities.size());
      for (const EntityId object : {row.per_object, row.population}) OptionalObject(object);
      for (const WordId word : {row.verb, row.comparator, row.unit, row.per}) OptionalWord(word);
      for (const Symbol text : {row.text, row.out_of, row.scope, row.written}) Text(text);
      TypeOk(row.type);
      if (!faults_.empty() || i == 0) continue;
      if (program_.entity(row.object).parent < program_.entity(program_.series[i - 1].object).parent) Fault("stands behind a later target");
    }
    for (size_t i = 0; i < program_.reference_series.size(); ++i) {
      const SeriesRow& row = program_.reference_series[i];
      At("reference series {}", i);
      In("object", static_cast<uint32_t>(row.object), program_.entities.size());
      for (const WordId word : {row.verb, row.comparator, row.unit, row.per}) OptionalWord(word);
      for (const Symbol text : {row.text, row.out_of, row.scope, row.written}) Text(text);
      TypeOk(row.type);
    }
    for (size_t i = 0; i < program_.condition_nodes.size(); ++i) {
      const ConditionNode& node = program_.condition_nodes[i];
      At("condition node {}", i);
      for (const LinearTerm& term : node.terms) In("object", static_cast<uint32_t>(term.series), program_.entities.size());
      for (const uint32_t child : node.children) In("child", child, i);
    }
    for (size_t i = 0; i < program_.conditions.size(); ++i) {
      const Condition& condition = program_.conditions[i];
      At("condition {}", i);
      In("object", static_cast<uint32_t>(condition.object), program_.entities.size());
      In("condition node", condition.root, program_.condition_nodes.size());
      Text(condition.text);
    }
    for (size_t i = 0; i < program_.statements.size(); ++i) {
      At("statement {}", i);
      OptionalObject(program_.statements[i].owner);
      OptionalObject(program_.statements[i].other);
    }
    for (const Period& period : program_.frame.periods) {
      At("frame");
      OptionalObject(period.object);
    }
    for (size_t i = 0; i < program_.special_days.size(); ++i) {
      At("day {}", i);
      for (const Symbol text : {program_.special_days[i].title, program_.special_days[i].source}) Text(text);
    }
    for (size_t i = 0; i < program_.relations.size(); ++i) {
      const Relation& relation = program_.relations[i];
      At("relation {}", i);
      Text(relation.name);
      for (const Column& column : relation.columns) {
        Text(column.name);
        TypeOk(column.type);
      }
    }
    for (size_t i = 0; i < program_.exprs.size(); ++i) ExprIds(i);
    At("arguments");
    for (const ExprId argument : program_.arguments) In("expr", argument, program_.exprs.size());
    for (size_t i = 0; i < program_.bodies.size(); ++i) BodyIds(i);
    for (size_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      At("rule {}", i);
      Text(rule.name);
      RelationOk(rule.head);
      In("body", rule.body, program_.bodies.size());
      for (const ExprId argument : rule.head_arguments) In("expr", argument, program_.exprs.size());
      for (const Variable& variable : rule.variables) {
        Text(variable.name);
        TypeOk(variable.type);
      }
    }
    for (size_t i = 0; i < program_.checks.size(); ++i) CheckIds(i);
    for (size_t i = 0; i < program_.waivers.size(); ++i) {
      const Waiver& waiver = program_.waivers[i];
      At("waiver {}", i);
      for (const Symbol text : {waiver.code, waiver.reason}) Text(text);
      for (const EntityId object : {waiver.subject, waiver.object}) OptionalObject(object);
    }
    for (size_t i = 0; i < program_.tables.size(); ++i) TableIds(i);
  }

  void ExprIds(size_t i) {
    const Expr& expr = program_.exprs[i];
    At("expr {}", i);
    const auto operand = [&](uint32_t id) { In("expr", id, program_.exprs.size()); };
    TypeOk(expr.type);
    if (expr.op > Op::kCall) return Fault("no such operation");
    Slice("arguments", expr.first_argument, expr.argument_count, program_.arguments.size());
    switch (expr.op) {
      case Op::kVar:       // its rule knows how many there are
      case Op::kConst:
        break;
      case Op::kColumn:
        operand(expr.a);
        RelationOk(expr.b);
        if (expr.b < program_.relations.size()) In("column", expr.c, program_.relations[expr.b].columns.size());
        break;
      case Op::kHas:
        RelationOk(expr.b);
        break;
      case Op::kStated:
      case Op::kNot:
      case Op::kNegate:
        operand(expr.a);
        break;
      case Op::kExists:
      case Op::kCount:
        In("body", expr.a, program_.bodies.size());
        break;
      case Op::kSum:
      case Op::kMin:
      case Op::kMax:
      case Op::kNthGreatest:
      case Op::kNthLeast:
        In("body", expr.a, program_.bodies.size());
        operand(expr.b);
        break;
      case Op::kCall:
        In("function", expr.a, program_.functions.size());
        break;
      default:
        operand(expr.a);
        operand(expr.b);
    }
  }

  void BodyIds(size_t i) {
    for (size_t j = 0; j < program_.bodies[i].literals.size(); ++j) {
      const Literal& literal = program_.bodies[i].literals[j];
      At("body {} literal {}", i, j);
      if (literal.kind != Literal::Kind::kScan) {
        if (literal.kind > Literal::Kind::kFilter) Fault("no such kind of literal");
        In("expr", literal.expr, program_.exprs.size());
        continue;
      }
      RelationOk(literal.relation);
      if (literal.relation >= program_.relations.size()) continue;
      std::vector<bool> seen(program_.relations[literal.relation].columns.size());
      for (const Match& match : literal.matches) {
        In("column", match.column, seen.size());
        if (match.column >= seen.size()) continue;
        if (seen[match.column]) Fault("column {} is matched twice", match.column);
        seen[match.column] = true;
      }
    }
  }

  void CheckIds(size_t i) {
    const Check& check = program_.checks[i];
    At("check {}", i);
    for (const Symbol text :
         {check.code, check.title_en, check.title_vi, check.text_en, check.text_vi, check.fix_en, check.fix_vi}) {
      Text(text);
    }
    if (check.severity > Severity::kError) Fault("no such severity");
    RelationOk(check.relation);
    if (check.relation < program_.relations.size()) {
      const std::vector<Column>& columns = program_.relations[check.relation].columns;
      const auto place = [&](const Place& at) {
        OptionalWord(at.field);
        In("column", at.column, columns.size());
        if (at.column < columns.size() && columns[at.column].type != Type::kEntity) Fault("a place that is not an object");
      };
      place(check.at);
      for (const Place& see : check.see) place(see);
      for (const Slot& slot : check.slots) {
        Text(slot.name);
        In("column", slot.column, columns.size());
      }
      for (const Repair& repair : check.repairs) {
        place(repair.object);
        if (repair.kind > Repair::Kind::kAdd) Fault("no such repair");
        if ((repair.kind == Repair::Kind::kRemove) != (repair.value == kNone)) Fault("a repair that removes, or does not, with a value");
        if (repair.value == kNone) continue;
        In("column", repair.value, columns.size());
        OptionalWord(repair.member);
        if (repair.value < columns.size() && columns[repair.value].type != Type::kEntity && columns[repair.value].type != Type::kText) {
          Fault("a repair by what is no object and no text");
        }
      }
    }
    for (const Symbol cause : check.follows) Text(cause);
    for (const auto& constant : check.constants) Text(constant.first);
    for (const Type type : check.constant_types) TypeOk(type);
    if (check.constants.size() != check.constant_types.size()) Fault("constants and their types differ in number");
  }

  void TableIds(size_t i) {
    const TableDeclaration& table = program_.tables[i];
    At("table {}", i);
    if (table.form > TableDeclaration::Form::kDuties) Fault("no such form");
    OptionalObject(table.object);
    Text(table.caption);
    OptionalIn("kind", table.rows, kNoKind, program_.kinds.size());
    OptionalIn("relation", table.only, kNone, program_.relations.size());
    if (table.only < program_.relations.size()) {
      const std::vector<Column>& columns = program_.relations[table.only].columns;
      if (columns.size() != 1 || columns[0].type != Type::kEntity) Fault("the rows that are shown are not a column of objects");
    }
    for (const TableColumn& column : table.columns) {
      OptionalWord(column.field);
      for (const Symbol text : {column.custom, column.heading}) Text(text);
      OptionalObject(column.party);
    }
    for (const auto& [word, letter] : table.letters) {
      OptionalWord(word);
      Text(letter);
    }
    for (const WordId format : table.formats) In("word", format, program_.words.size());
  }

  // ---- facts ----

  bool Fits(Cell cell, Type type) const {
    switch (type) {
      case Type::kEntity:
        return cell >= 0 && static_cast<uint64_t>(cell) < program_.entities.size();
      case Type::kText:
        return cell >= 0 && static_cast<uint64_t>(cell) < program_.strings->size();
      case Type::kWord:
        return cell >= 0 && static_cast<uint64_t>(cell) < program_.words.size();
      case Type::kBool:
        return cell == 0 || cell == 1;
      case Type::kDate:
        return cell >= Date::FromYmd(1, 1, 1)->days() && cell <= Date::FromYmd(9999, 12, 31)->days();
      default: {
        const Decimal value = Decimal::FromCell(cell);
        if (value.scale() < 0 || value.scale() > 15) return false;
        const std::optional<Decimal> made = Decimal::Make(value.mantissa(), value.scale());
        return made && made->cell() == cell;
      }
    }
  }
  void CellOk(Cell cell, Type type, bool may_be_absent) {
    if (cell == kAbsent) {
      if (!may_be_absent) Fault("an absent cell");
    } else if (!Fits(cell, type)) {
      Fault("{} is no {}", cell, NameOf(type));
    }
  }

  void Facts() {
    std::vector<uint32_t> sizes(program_.kinds.size());
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const Entity& entity = program_.entities[i];
      At("object {}", i);
      if (entity.row != sizes[entity.kind]) Fault("row {} of its kind, not {}", entity.row, sizes[entity.kind]);
      ++sizes[entity.kind];
    }
    Parents();
    std::vector<KindId> kind_of(program_.relations.size(), kNoKind);
    for (size_t i = 0; i < program_.kinds.size(); ++i) {
      const Kind& kind = program_.kinds[i];
      At("kind {}", i);
      if (program_.words[kind.word].id == "time" && sizes[i] != program_.times.size()) {
        Fault("{} objects and {} times", sizes[i], program_.times.size());
      }
      if (kind.relation == kNone) continue;
      if (!program_.relations[kind.relation].keyed) Fault("relation {} is not keyed", kind.relation);
      if (kind_of[kind.relation] != kNoKind) Fault("relation {} belongs to kind {} too", kind.relation, kind_of[kind.relation]);
      kind_of[kind.relation] = static_cast<KindId>(i);
    }
    for (size_t i = 0; i < program_.relations.size(); ++i) RelationFacts(i, kind_of[i]);
    for (size_t i = 0; i < program_.entries.size(); ++i) {
      At("entry {}", i);
      CellOk(program_.entries[i].value, program_.entries[i].type, true);
    }
    for (size_t i = 0; i < program_.exprs.size(); ++i) {
      At("expr {}", i);
      if (program_.exprs[i].op == Op::kConst) CellOk(program_.exprs[i].constant, program_.exprs[i].type, false);
    }
    for (size_t i = 0; i < program_.bodies.size(); ++i) {
      for (const Literal& literal : program_.bodies[i].literals) {
        At("body {}", i);
        if (literal.kind != Literal::Kind::kScan) continue;
        for (const Match& match : literal.matches) {
          if (match.var == kNone) CellOk(match.constant, program_.relations[literal.relation].columns[match.column].type, false);
        }
      }
    }
    for (size_t i = 0; i < program_.checks.size(); ++i) {
      const Check& check = program_.checks[i];
      At("check {}", i);
      for (size_t j = 0; j < check.constants.size(); ++j) CellOk(check.constants[j].second, check.constant_types[j], true);
    }
    for (size_t i = 0; i < program_.waivers.size(); ++i) {
      At("waiver {}", i);
      CellOk(program_.waivers[i].until, Type::kDate, true);
    }
  }

  // Whoever climbs from an object to the plan must arrive.
  void Parents() {
    std::vector<uint32_t> climb(program_.entities.size(), kNone);   // the object from which each was first reached
    for (uint32_t i = 0; i < program_.entities.size(); ++i) {
      uint32_t at = i;
      while (climb[at] == kNone) {
        climb[at] = i;
        const EntityId parent = program_.entities[at].parent;
        if (parent == EntityId::kNone) break;
        at = static_cast<uint32_t>(parent);
        if (climb[at] == i) {
          At("object {}", at);
          Fault("is among its own parents");
          break;
        }
      }
    }
  }

  void RelationFacts(size_t i, KindId kind) {
    const Relation& relation = program_.relations[i];
    At("relation {} «{}»", i, program_.text(relation.name));
    const auto uneven = [&](const std::vector<Cell>& column) { return column.size() != relation.rows(); };
    if (std::any_of(relation.data.begin(), relation.data.end(), uneven)) return Fault("columns of different length");
    if (relation.derived) {
      if (relation.keyed) Fault("both keyed and derived");
      if (relation.rows() > 0 || !relation.spans.empty()) Fault("derived and yet with rows");
      return;
    }
    if (relation.columns.empty()) return Fault("no column");
    if (relation.data.size() != relation.columns.size()) {
      return Fault("{} columns of data for {}", relation.data.size(), relation.columns.size());
    }
    if (relation.spans.size() != relation.rows()) Fault("{} spans for {} rows", relation.spans.size(), relation.rows());
    for (size_t column = 0; column < relation.columns.size(); ++column) {
      const size_t before = faults_.size();
      for (const Cell cell : relation.data[column]) {
        CellOk(cell, relation.columns[column].type, relation.keyed && column > 0);
        if (faults_.size() > before) break;  // one a column is enough
      }
    }
    if (!relation.keyed) return;
    if (kind == kNoKind) return Fault("keyed and of no kind");
    if (relation.columns[0].type != Type::kEntity) return Fault("its key is no object");
    size_t objects = 0;
    for (const Entity& entity : program_.entities) {
      if (entity.kind != kind) continue;
      ++objects;
      if (entity.row < relation.rows() && &program_.entities[relation.data[0][entity.row]] != &entity) {
        return Fault("row {} is not its object's", entity.row);
      }
    }
    if (objects != relation.rows()) Fault("{} rows for {} objects", relation.rows(), objects);
  }

  // ---- nothing contains itself ----

  void Circles() {
    const size_t exprs = program_.exprs.size();
    std::vector<char> state(exprs + program_.bodies.size());   // 0 new, 1 open, 2 done
    std::vector<std::pair<size_t, size_t>> path;
    std::vector<std::vector<size_t>> children;
    const auto enter = [&](size_t node) {
      state[node] = 1;
      path.emplace_back(node, 0);
      children.emplace_back();
      if (node < exprs) {
        const Expr& expr = program_.exprs[node];
        ForEachOperand(program_, expr, [&](ExprId operand) { children.back().push_back(operand); });
        if (!HoldsBody(expr.op)) return;
        children.back().push_back(exprs + expr.a);
        for (const ExprId result : ResultsOf(program_, expr)) children.back().push_back(result);
      } else {
        for (const Literal& literal : program_.bodies[node - exprs].literals) {
          if (literal.kind != Literal::Kind::kScan) children.back().push_back(literal.expr);
        }
      }
    };
    for (size_t root = 0; root < state.size(); ++root) {
      if (state[root] == 0) enter(root);
      while (!path.empty()) {
        auto& [node, at] = path.back();
        if (at == children.back().size()) {
          state[node] = 2;
          path.pop_back();
          children.pop_back();
          continue;
        }
        const size_t next = children.back()[at++];
        if (state[next] == 1) {
          if (next < exprs) At("expr {}", next);
          else At("body {}", next - exprs);
          return Fault("contains itself");
        }
        if (state[next] == 0) enter(next);
      }
    }
  }

  // ---- types ----

  void Types() {
    for (size_t i = 0; i < program_.exprs.size(); ++i) ExprTypes(i);
    for (size_t i = 0; i < program_.bodies.size(); ++i) {
      for (const Literal& literal : program_.bodies[i].literals) {
        At("body {}", i);
        if (literal.kind == Literal::Kind::kFilter) Want(literal.expr, Type::kBool);
      }
    }
    for (size_t i = 0; i < program_.rules.size(); ++i) RuleTypes(i);
  }

  Type TypeOf(ExprId id) const { return program_.exprs[id].type; }
  void Want(ExprId id, Type type) {
    if (TypeOf(id) != type) Fault("expr {} is {}, not {}", id, NameOf(TypeOf(id)), NameOf(type));
  }
  void Give(const Expr& expr, Type type) {
    if (expr.type != type) Fault("gives {}, not {}", NameOf(type), NameOf(expr.type));
  }

  void ExprTypes(size_t i) {
    const Expr& expr = program_.exprs[i];
    At("expr {}", i);
    const auto argument = [&](uint32_t n) { return program_.arguments[expr.first_argument + n]; };
    const bool takes_arguments = expr.op == Op::kHas || expr.op == Op::kCount || expr.op == Op::kSum || expr.op == Op::kNthGreatest ||
                                 expr.op == Op::kNthLeast || expr.op == Op::kCall;
    if (!takes_arguments && expr.argument_count > 0) Fault("arguments that nobody reads");
    switch (expr.op) {
      case Op::kVar:
      case Op::kConst:
      case Op::kCall:
        break;
      case Op::kColumn: {
        const Relation& relation = program_.relations[expr.b];
        Want(expr.a, Type::kEntity);
        if (!relation.keyed) Fault("a column of relation {}, which is not keyed", expr.b);
        Give(expr, relation.columns[expr.c].type);
        break;
      }
      case Op::kHas: {
        const Relation& relation = program_.relations[expr.b];
        Give(expr, Type::kBool);
        if (expr.argument_count != relation.columns.size()) {
          Fault("{} arguments for {} columns", expr.argument_count, relation.columns.size());
        } else {
          for (uint32_t n = 0; n < expr.argument_count; ++n) {
            if (!Agree(TypeOf(argument(n)), relation.columns[n].type)) Want(argument(n), relation.columns[n].type);
          }
        }
        break;
      }
      case Op::kStated:
        Give(expr, Type::kBool);
        break;
      case Op::kNot:
        Give(expr, Type::kBool);
        Want(expr.a, Type::kBool);
        break;
      case Op::kAnd:
      case Op::kOr:
        Give(expr, Type::kBool);
        Want(expr.a, Type::kBool);
        Want(expr.b, Type::kBool);
        break;
      case Op::kEqual:
      case Op::kNotEqual:
      case Op::kLess:
      case Op::kLessEqual:
      case Op::kGreater:
      case Op::kGreaterEqual:
        Give(expr, Type::kBool);
        if (!Agree(TypeOf(expr.a), TypeOf(expr.b))) Fault("{} with {}", NameOf(TypeOf(expr.a)), NameOf(TypeOf(expr.b)));
        if (expr.op > Op::kNotEqual && !IsOrdered(TypeOf(expr.a))) Fault("{} has no order", NameOf(TypeOf(expr.a)));
        break;
      case Op::kAdd:
      case Op::kSubtract:
      case Op::kMultiply:
      case Op::kDivide:
        Arithmetic(expr);
        break;
      case Op::kNegate:
        if (!IsDecimal(expr.type)) Fault("{} cannot be negated", NameOf(expr.type));
        Want(expr.a, expr.type);
        break;
      case Op::kExists:
        Give(expr, Type::kBool);
        break;
      case Op::kCount:
        Give(expr, Type::kNumber);
        if (expr.argument_count == 0) Fault("nothing is counted");
        break;
      case Op::kSum:
        if (expr.argument_count == 0) Fault("a sum over nothing");
        if (!IsDecimal(expr.type)) Fault("{} cannot be summed", NameOf(expr.type));
        Want(expr.b, expr.type);
        break;
      case Op::kMin:
      case Op::kMax:
        if (!IsOrdered(expr.type)) Fault("{} has no order", NameOf(expr.type));
        Want(expr.b, expr.type);
        break;
      case Op::kNthGreatest:
      case Op::kNthLeast:
        if (expr.argument_count == 0) Fault("an order of nothing");
        if (expr.c == 0 || expr.c == kNone) Fault("the place in an order counts from 1");
        if (!IsOrdered(expr.type)) Fault("{} has no order", NameOf(expr.type));
        Want(expr.b, expr.type);
        break;
    }
  }

  void Arithmetic(const Expr& expr) {
    const Type a = TypeOf(expr.a), b = TypeOf(expr.b);
    bool good = false;
    switch (expr.op) {
      case Op::kAdd:
        good = (a == Type::kDate && b == Type::kDays) || (a == Type::kDays && b == Type::kDate)
                   ? expr.type == Type::kDate
                   : IsDecimal(a) && Agree(a, b) && Agree(a, expr.type);
        break;
      case Op::kSubtract:
        if (a == Type::kDate)
          good = (b == Type::kDate && expr.type == Type::kDays) || (b == Type::kDays && expr.type == Type::kDate);
        else good = IsDecimal(a) && Agree(a, b) && Agree(a, expr.type);
        break;
      case Op::kMultiply:
        good = (IsPlain(a) && IsDecimal(b) && Agree(expr.type, b)) || (IsPlain(b) && IsDecimal(a) && Agree(expr.type, a));
        break;
      default:
        good = (IsPlain(b) && IsDecimal(a) && Agree(expr.type, a)) || (IsDecimal(a) && a == b && IsPlain(expr.type));
    }
    if (!good) Fault("no such arithmetic of {} and {} giving {}", NameOf(a), NameOf(b), NameOf(expr.type));
  }

  void RuleTypes(size_t i) {
    const Rule& rule = program_.rules[i];
    const Relation& head = program_.relations[rule.head];
    At("rule {} «{}»", i, program_.text(rule.name));
    if (!head.derived) Fault("its head is not derived");
    if (rule.head_arguments.size() != head.columns.size()) {
      Fault("{} head arguments for {} columns", rule.head_arguments.size(), head.columns.size());
    } else {
      for (size_t n = 0; n < head.columns.size(); ++n) {
        if (!Agree(TypeOf(rule.head_arguments[n]), head.columns[n].type)) Want(rule.head_arguments[n], head.columns[n].type);
      }
    }
    seen_exprs_.assign(program_.exprs.size(), false);
    seen_bodies_.assign(program_.bodies.size(), false);
    BodyVariables(rule, rule.body);
    for (const ExprId argument : rule.head_arguments) ExprVariables(rule, argument);
  }

  bool VariableOk(const Rule& rule, VarId var, Type type) {
    if (var >= rule.variables.size()) {
      Fault("variable {} is out of range", var);
      return false;
    }
    if (!Agree(rule.variables[var].type, type)) {
      Fault("variable {} is {}, not {}", var, NameOf(rule.variables[var].type), NameOf(type));
    }
    return true;
  }
  void BodyVariables(const Rule& rule, BodyId id) {
    if (seen_bodies_[id]) return;
    seen_bodies_[id] = true;
    for (const Literal& literal : program_.bodies[id].literals) {
      if (literal.kind == Literal::Kind::kScan) {
        for (const Match& match : literal.matches) {
          if (match.var != kNone) VariableOk(rule, match.var, program_.relations[literal.relation].columns[match.column].type);
        }
        continue;
      }
      if (literal.kind == Literal::Kind::kLet) VariableOk(rule, literal.var, TypeOf(literal.expr));
      ExprVariables(rule, literal.expr);
    }
  }
  void ExprVariables(const Rule& rule, ExprId id) {
    if (seen_exprs_[id]) return;
    seen_exprs_[id] = true;
    const Expr& expr = program_.exprs[id];
    if (expr.op == Op::kVar) VariableOk(rule, expr.a, expr.type);
    if (HoldsBody(expr.op)) {
      BodyVariables(rule, expr.a);
      for (const ExprId result : ResultsOf(program_, expr)) ExprVariables(rule, result);
    }
    ForEachOperand(program_, expr, [&](ExprId operand) { ExprVariables(rule, operand); });
  }

  // ---- scopes and strata ----

  void Meaning() {
    std::vector<uint32_t> places(program_.bodies.size());
    for (size_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      At("rule {} «{}»", i, program_.text(rule.name));
      const Scopes scopes(program_, rule);
      for (const BodyId body : scopes.bodies()) {
        if (++places[body] == 2) Fault("body {} stands in two places", body);
      }
      for (const VarId var : scopes.contested()) Fault("variable {} «{}» is bound in two bodies", var, NameOfVar(rule, var));
      if (!faults_.empty()) continue;
      bound_.assign(rule.variables.size(), false);
      Bind(rule, scopes, rule.body, rule.head_arguments);
    }
    if (!faults_.empty()) return;
    for (const uint32_t rule : FindStrata(program_).unsound) {
      At("rule {} «{}»", rule, program_.text(program_.rules[rule].name));
      Fault("negates or counts what depends on its own head");
    }
  }

  std::string_view NameOfVar(const Rule& rule, VarId var) const { return program_.text(rule.variables[var].name); }

  bool AllBound(const std::vector<VarId>& vars) const {
    return std::all_of(vars.begin(), vars.end(), [this](VarId var) { return bound_[var]; });
  }

  // Places literals as the engine may, until none can be placed. Then everything must have been, here and in the bodies inside,
  // which see all variables bound around them.
  void Bind(const Rule& rule, const Scopes& scopes, BodyId body, const std::vector<ExprId>& results) {
    std::vector<ExprId> open;
    std::vector<const Literal*> lets;
    for (const Literal& literal : program_.bodies[body].literals) {
      if (literal.kind == Literal::Kind::kFilter) CollectConjuncts(program_, literal.expr, open);
      if (literal.kind == Literal::Kind::kLet) lets.push_back(&literal);
      for (const Match& match : literal.matches) {
        if (match.var != kNone) bound_[match.var] = true;
      }
    }
    for (bool again = true; again;) {
      const size_t placed = std::erase_if(lets, [&](const Literal* let) {
        if (!AllBound(scopes.NeedsOfExpr(let->expr))) return false;
        bound_[let->var] = true;
        return true;
      });
      again = placed + std::erase_if(open, [&](ExprId filter) { return TryFilter(scopes, filter); }) > 0;
    }
    const auto complain = [&](const std::vector<VarId>& needs) {
      for (const VarId var : needs) {
        if (!bound_[var]) Fault("variable {} «{}» of body {} is never bound", var, NameOfVar(rule, var), body);
      }
    };
    for (const ExprId filter : open) complain(scopes.NeedsOfExpr(filter));
    for (const Literal* let : lets) complain(scopes.NeedsOfExpr(let->expr));
    for (const ExprId result : results) complain(scopes.NeedsOfExpr(result));
    for (const Literal& literal : program_.bodies[body].literals) {
      if (literal.kind != Literal::Kind::kScan) BindInside(rule, scopes, literal.expr);
    }
    for (const ExprId result : results) BindInside(rule, scopes, result);
  }

  void BindInside(const Rule& rule, const Scopes& scopes, ExprId id) {
    const Expr& expr = program_.exprs[id];
    if (HoldsBody(expr.op)) Bind(rule, scopes, expr.a, ResultsOf(program_, expr));
    ForEachOperand(program_, expr, [&](ExprId operand) { BindInside(rule, scopes, operand); });
  }

  bool TryFilter(const Scopes& scopes, ExprId filter) {
    const Expr& expr = program_.exprs[filter];
    if (AllBound(scopes.NeedsOfExpr(filter))) return true;
    if (expr.op == Op::kHas) {
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        const ExprId argument = program_.arguments[expr.first_argument + i];
        if (program_.exprs[argument].op != Op::kVar && !AllBound(scopes.NeedsOfExpr(argument))) return false;
      }
      for (uint32_t i = 0; i < expr.argument_count; ++i) {
        const Expr& argument = program_.exprs[program_.arguments[expr.first_argument + i]];
        if (argument.op == Op::kVar) bound_[argument.a] = true;
      }
      return true;
    }
    if (expr.op != Op::kEqual) return false;
    for (const auto& [side, other] : {std::pair(expr.a, expr.b), std::pair(expr.b, expr.a)}) {
      if (!AllBound(scopes.NeedsOfExpr(other))) continue;
      const Expr* target = &program_.exprs[side];
      if (target->op == Op::kColumn) target = &program_.exprs[target->a];
      if (target->op != Op::kVar) continue;
      bound_[target->a] = true;
      return true;
    }
    return false;
  }

  const Program& program_;
  std::vector<std::string> faults_;
  std::string where_;
  std::vector<bool> seen_exprs_, seen_bodies_;
  std::vector<bool> bound_;
};

}  // namespace

std::vector<std::string> Verify(const Program& program) { return Verifier(program).Run(); }

}  // namespace ordo::ir
