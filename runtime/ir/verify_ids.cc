#include "runtime/ir/verify_parts.h"

namespace ordo::ir {

namespace {

class Ids : Inspector {
 public:
  Ids(const Program& program, Faults& faults) : Inspector(program, faults) {}

  void Run() {
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

 private:
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
};

}  // namespace

void VerifyIds(const Program& program, Faults& faults) { Ids(program, faults).Run(); }

}  // namespace ordo::ir
