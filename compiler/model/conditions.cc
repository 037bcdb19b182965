// Conditions on targets: `must hold` and `done when` read as linear comparisons joined by and, or, not. A name is the value of a
// target or an indicator in the year for which the condition is asked; `x in 2030` is its value in that year. Measures are types:
// percent, numbers, money and lengths do not mix. What is not linear is refused with the place and what to write instead.
#include <algorithm>

#include "compiler/ast/literals.h"
#include "compiler/model/builder.h"
#include "compiler/model/expression_tree.h"
#include "fmt/format.h"

namespace ordo {

class ConditionReader {
 public:
  ConditionReader(Builder& builder, const Ast& ast) : b_(builder), program_(builder.program_), ast_(ast) {}

  // The root of the condition among Program::condition_nodes; kNone after a finding. Broken text is told already.
  uint32_t Read(NodeId expr) {
    for (NodeId node = expr; node < ast_.nodes[expr].end; ++node) {
      if (ast_.nodes[node].error) return ir::kNone;
    }
    if (ExpressionTrees::TooLong(ast_, expr)) {
      b_.emitter_.Emit(Code::kRuleTooLong, ast_.SpanOf(expr), {fmt::format("{}", ExpressionTrees::kLongest)});
      return ir::kNone;
    }
    return Truth(trees_.Build(ast_, expr), ast_.SpanOf(expr));
  }

 private:
  // terms + constant, in one measure.
  struct Linear {
    bool ok = false;
    ir::Type type = ir::Type::kNumber;
    std::vector<ir::LinearTerm> terms;
    Decimal constant;
  };
  using NodeKind_ = ir::ConditionNode::Kind;

  Span SpanOf(int tree) const {
    const Operand& node = trees_[tree];
    if (!node.op) return ast_.SpanOf(node.unary);
    return {ast_.file, SpanOf(node.left).begin, SpanOf(node.right).end};
  }
  uint32_t Fail(Code code, Span span, std::initializer_list<std::string_view> arguments = {}) {
    b_.emitter_.Emit(code, span, arguments);
    return ir::kNone;
  }
  std::string_view Text(Span span) const { return ast_.source->slice(span); }
  uint32_t Add(ir::ConditionNode node) {
    program_.condition_nodes.push_back(std::move(node));
    return static_cast<uint32_t>(program_.condition_nodes.size() - 1);
  }

  uint32_t Truth(int tree, Span span) {
    if (tree < 0) return ir::kNone;
    const Operand node = trees_[tree];
    if (node.op && (node.op->kind == TokenKind::AND || node.op->kind == TokenKind::OR)) {
      const uint32_t left = Truth(node.left, span), right = Truth(node.right, span);
      if (left == ir::kNone || right == ir::kNone) return ir::kNone;
      ir::ConditionNode joined;
      joined.kind = node.op->kind == TokenKind::AND ? NodeKind_::kAnd : NodeKind_::kOr;
      joined.children = {left, right};
      return Add(std::move(joined));
    }
    if (node.op && node.op->kind == TokenKind::COMPARE) return Comparison(node, SpanOf(tree));
    if (node.op) return Fail(Code::kConditionForm, SpanOf(tree), {Text(SpanOf(tree))});
    // not …, ( … )
    const Node& unary = ast_.nodes[node.unary];
    if (unary.error) return ir::kNone;
    const NodeId primary = ast_.first(node.unary);
    size_t nots = 0;
    for (uint32_t i = unary.first_token; i < ast_.nodes[primary].first_token; ++i) {
      if (ast_.tokens[i].kind != TokenKind::NOT) return Fail(Code::kConditionForm, SpanOf(tree), {Text(SpanOf(tree))});
      ++nots;
    }
    const bool bracket = ast_.tokens[ast_.nodes[primary].first_token].kind == TokenKind::LP;
    if (!bracket || ast_.nodes[primary].token_end < unary.token_end)
      return Fail(Code::kConditionForm, SpanOf(tree), {Text(SpanOf(tree))});
    uint32_t inner = Truth(trees_.Build(ast_, ast_.first(primary)), span);
    for (; nots > 0 && inner != ir::kNone; --nots) {
      ir::ConditionNode negated;
      negated.kind = NodeKind_::kNot;
      negated.children = {inner};
      inner = Add(std::move(negated));
    }
    return inner;
  }

  uint32_t Comparison(const Operand& node, Span span) {
    const Linear left = Sum(node.left);
    const Linear right = Sum(node.right);
    if (!left.ok || !right.ok) return ir::kNone;
    if (!SameMeasure(left, right, span)) return ir::kNone;
    const std::string_view sign = ast_.text(*node.op);
    ir::ConditionNode compare;
    if (sign == "!=" || sign == "≠")
      compare.sign = ir::Op::kNotEqual;
    else if (sign == "<")
      compare.sign = ir::Op::kLess;
    else if (sign == "<=" || sign == "≤")
      compare.sign = ir::Op::kLessEqual;
    else if (sign == ">")
      compare.sign = ir::Op::kGreater;
    else if (sign == ">=" || sign == "≥")
      compare.sign = ir::Op::kGreaterEqual;
    const auto moved = Joined(left, right, true, span);
    if (!moved.ok) return ir::kNone;
    compare.type = moved.type;
    compare.terms = moved.terms;
    compare.bound = moved.constant.Negated().cell();
    if (compare.terms.empty()) return Fail(Code::kConditionNames, span, {Text(span)});
    return Add(std::move(compare));
  }

  bool SameMeasure(const Linear& a, const Linear& b, Span span) {
    if (a.type == b.type) return true;
    Fail(Code::kConditionMeasure, span, {Text(span), Name(a.type), Name(b.type)});
    return false;
  }
  std::string Name(ir::Type type) const {
    switch (type) {
      case ir::Type::kPercent: return b_.emitter_.Say(Phrase::kAPercentage);
      case ir::Type::kMoney: return b_.emitter_.Say(Phrase::kMoney);
      case ir::Type::kDays: return b_.emitter_.Say(Phrase::kDays);
      case ir::Type::kWorkingDays: return b_.emitter_.Say(Phrase::kWorkingDays);
      case ir::Type::kMonths: return b_.emitter_.Say(Phrase::kMonths);
      default: return b_.emitter_.Say(Phrase::kANumber);
    }
  }

  // Sixteen digits are not enough for it: how decimals are written is not the point.
  void TooLong(Span span) { b_.emitter_.Emit(Code::kBadNumber, span, {Text(span)}).help = ""; }

  Linear Joined(Linear left, const Linear& right, bool minus, Span span) {
    const auto sum = minus ? left.constant.Minus(right.constant) : left.constant.Plus(right.constant);
    bool fits = sum.has_value();
    if (sum) left.constant = *sum;
    for (ir::LinearTerm term : right.terms) {
      if (minus) term.factor = Decimal::FromCell(term.factor).Negated().cell();
      const auto same = std::find_if(left.terms.begin(), left.terms.end(), [&](const ir::LinearTerm& other) {
        return other.series == term.series && other.year == term.year;
      });
      if (same == left.terms.end()) {
        left.terms.push_back(term);
        continue;
      }
      const auto factor = Decimal::FromCell(same->factor).Plus(Decimal::FromCell(term.factor));
      fits = fits && factor;
      if (factor) same->factor = factor->cell();
    }
    std::erase_if(left.terms, [](const ir::LinearTerm& term) { return Decimal::FromCell(term.factor).is_zero(); });
    if (!fits) {
      TooLong(span);
      left.ok = false;
    }
    return left;
  }

  Linear Scaled(Linear value, Decimal factor, Span span) {
    const auto times = [&](Decimal number) {
      const auto product = number.Times(factor);
      if (!product && value.ok) {
        TooLong(span);
        value.ok = false;
      }
      return product.value_or(Decimal());
    };
    value.constant = times(value.constant);
    for (ir::LinearTerm& term : value.terms) term.factor = times(Decimal::FromCell(term.factor)).cell();
    return value;
  }

  Linear Sum(int tree) {
    if (tree < 0) return {};
    const Operand node = trees_[tree];
    if (!node.op) return Leaf(node.unary);
    const Span span = SpanOf(tree);
    if (node.op->kind != TokenKind::SIGN) return Refuse(span);
    const std::string_view sign = ast_.text(*node.op);
    const Linear left = Sum(node.left), right = Sum(node.right);
    if (!left.ok || !right.ok) return {};
    if (sign == "+" || sign == "-" || sign == "–" || sign == "—") {
      if (!SameMeasure(left, right, span)) return {};
      return Joined(left, right, sign != "+", span);
    }
    const bool plain_right = right.terms.empty() && (right.type == ir::Type::kNumber || right.type == ir::Type::kPercent);
    if (sign == "/") {
      if (!right.terms.empty() || !plain_right) {
        Fail(Code::kConditionQuotient, span, {Text(span)});
        return {};
      }
      if (right.constant.is_zero()) {
        Fail(Code::kConditionZero, span, {Text(span)});
        return {};
      }
      const auto inverse = Decimal::FromInt(1).DividedBy(right.constant);
      if (!inverse) {  // a third does not end
        Fail(Code::kConditionQuotient, span, {Text(span)});
        return {};
      }
      return Scaled(left, *inverse, span);
    }
    if (plain_right) return Scaled(left, right.constant, span);
    if (left.terms.empty() && (left.type == ir::Type::kNumber || left.type == ir::Type::kPercent))
      return Scaled(right, left.constant, span);
    return Refuse(span);
  }

  Linear Refuse(Span span) {
    Fail(Code::kConditionForm, span, {Text(span)});
    return {};
  }

  Linear Leaf(NodeId unary) {
    const Node& node = ast_.nodes[unary];
    if (node.error || node.end == unary + 1) return {};
    const NodeId primary = ast_.first(unary);
    const Node& inner = ast_.nodes[primary];
    const Span span = ast_.SpanOf(unary);
    if (inner.error || inner.token_end < node.token_end) return Refuse(span);
    bool negative = false;
    for (uint32_t i = node.first_token; i < inner.first_token; ++i) {
      if (ast_.tokens[i].kind != TokenKind::SIGN || (ast_.text(ast_.tokens[i]) != "-" && ast_.text(ast_.tokens[i]) != "–"))
        return Refuse(span);
      negative = !negative;
    }
    Linear value = Primary(primary, span);
    return negative && value.ok ? Scaled(value, Decimal::FromInt(-1), span) : value;
  }

  Linear Primary(NodeId primary, Span span) {
    const Node& node = ast_.nodes[primary];
    const Token& token = ast_.tokens[node.first_token];
    Linear value;
    if (token.kind == TokenKind::LP) return Sum(trees_.Build(ast_, ast_.first(primary)));
    if (token.kind == TokenKind::NUMBER) {
      const auto quantity = b_.ReadQuantity(ast_, {&token, node.token_end - node.first_token}, 0);
      if (!quantity) return {};
      if (quantity->tokens < node.token_end - node.first_token) return Refuse(span);
      value.ok = true;
      value.type = quantity->type;
      value.constant = quantity->value;
      return value;
    }
    if (token.kind != TokenKind::ID) return Refuse(span);
    const NodeId path = ast_.first(primary);
    if (ast_.nodes[path].token_end != ast_.nodes[path].first_token + 1) return Refuse(span);
    const auto found = b_.model_->names.find(b_.NameSymbol(ast_, token));
    if (found == b_.model_->names.end()) {
      b_.ReportUnknownName(ast_, token);
      return {};
    }
    const W kind = WordOfKind(b_.entity(found->second).kind);
    if (kind != W::kind_target && kind != W::kind_indicator && kind != W::kind_budget) {
      b_.emitter_
          .Emit(Code::kWrongKind, ast_.SpanOf(token),
                {ast_.text(token), b_.Spell(kind), fmt::format("{}, {}", b_.Spell(W::kind_target), b_.Spell(W::kind_indicator))})
          .related.push_back({"", b_.entity(found->second).span});
      return {};
    }
    ir::LinearTerm term;
    term.series = found->second;
    term.factor = Decimal::FromInt(1).cell();
    if (ast_.nodes[path].token_end < node.token_end) {  // in 2030
      size_t at = 0;
      const Tokens when(&ast_.tokens[node.token_end - 1], 1);
      const auto day = b_.ReadHorizon(ast_, when, at, ast_.SpanOf(when[0]));
      if (!day) return {};
      term.year = Date(static_cast<int32_t>(*day)).ymd().year;
    }
    value.ok = true;
    value.type = TypeOf(found->second);
    value.terms.push_back(term);
    return value;
  }

  // The measure of a target, as stated or as its first value shows.
  ir::Type TypeOf(EntityId series) const {
    const Builder::Measure measure = b_.MeasureOf(series);
    if (measure.stated) return measure.type;
    for (const ir::SeriesRow& row : program_.SeriesOf(series)) {
      if (row.comparator != ir::kNoWord && !row.is_change) return row.type;
    }
    return ir::Type::kNumber;
  }

  Builder& b_;
  ir::Program& program_;
  const Ast& ast_;
  ExpressionTrees trees_;
};

// `every year from 2026`, `2030`, `from 2026 to 2030`: years; open ends are those of the plan.
std::vector<int32_t> Builder::YearsOf(EntityId condition) {
  std::vector<int32_t> years;
  const ir::Field* field = program_.FindField(condition, WordId(W::key_applies_to));
  for (uint32_t i = 0; field && i < field->entry_count; ++i) {
    const ir::Entry& entry = program_.entries[field->first_entry + i];
    if (entry.type != ir::Type::kEntity) continue;
    const Time& time = program_.times[entity(static_cast<EntityId>(entry.value)).row];
    const ResolvedTime days = Resolve(time, program_.Context());
    std::optional<Date> first = days.first, last = days.last;
    const auto at = [&](const Point& point, bool end) -> std::optional<Date> {
      const auto found = point.kind == Point::Kind::kNone ? std::nullopt : DaysOf(point, program_.Context());
      return found ? std::optional(end ? found->second : found->first) : std::nullopt;
    };
    if (const auto told = at(time.from, false)) first = told;
    if (const auto told = at(time.since, false)) first = told;
    if (const auto told = at(time.to, true)) last = told;
    if (!last && program_.frame.last_day != ir::kAbsent) last = Date(static_cast<int32_t>(program_.frame.last_day));
    if (!first && program_.frame.first_day != ir::kAbsent) first = Date(static_cast<int32_t>(program_.frame.first_day));
    if (!last) last = first;
    if (!first) first = last;
    if (!first) continue;
    const int begin = first->ymd().year, end = last->ymd().year;
    for (int year = begin; year <= end && years.size() < kMostConditionYears; ++year) years.push_back(year);
  }
  std::sort(years.begin(), years.end());
  years.erase(std::unique(years.begin(), years.end()), years.end());
  return years;
}

// A condition on one line, without comments: half a condition would say something else, so only what is very long is cut, and
// that is seen.
static std::string OnOneLine(std::string_view text) {
  constexpr size_t kMostBytes = 400;
  std::string line;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "//") at = std::min(text.find_first_of("\r\n", at), text.size() - 1);
    const char c = text[at];
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.size() <= kMostBytes) return line;
  size_t size = kMostBytes;
  while ((static_cast<uint8_t>(line[size]) & 0xC0) == 0x80) --size;
  return line.substr(0, size) + "…";
}

void Builder::ReadConditions() {
  size_t asked = 0;
  bool told = false;
  for (const PendingCondition& pending : conditions_) {
    const Ast& ast = *pending.ast;
    ConditionReader reader(*this, ast);
    const std::vector<int32_t> years = YearsOf(pending.owner);
    for (NodeId child = ast.first(pending.field); child != ast.nodes[pending.field].end; child = ast.nodes[child].end) {
      if (ast.nodes[child].kind != NodeKind::kExpr || ast.nodes[child].error) continue;
      asked += std::max<size_t>(1, years.size());
      if (asked > kMostConditions) {
        if (!told) emitter_.Emit(Code::kTooManyConditions, ast.SpanOf(child), {fmt::format("{}", kMostConditions)});
        told = true;
        return;
      }
      ir::Condition condition;
      condition.object = pending.owner;
      condition.root = reader.Read(child);
      if (condition.root == ir::kNone) continue;
      condition.years = years;
      condition.span = ast.SpanOf(child);
      condition.text = Intern(OnOneLine(ast.source->slice(condition.span)));
      program_.conditions.push_back(std::move(condition));
    }
  }
}

}  // namespace ordo
