// Lengths of time in values: how long a task takes, how far it stays behind what it is linked to.
#include <string>

#include "compiler/model/builder.h"

namespace ordo {

// A length of time as the schedule counts it: days, working days or months, whole ones.
std::optional<Length> Builder::ReadWholeLength(const Ast& ast, Tokens value, size_t& at) {
  const size_t first = std::min(at, value.size() - 1);
  const Span span{ast.file, value[first].begin, value[std::min(first + 1, value.size() - 1)].end};
  if (at < value.size() && value[at].kind == TokenKind::NUMBER) {
    const auto quantity = ReadQuantity(ast, value, at);
    if (!quantity) return std::nullopt;
    at += quantity->tokens;
    const auto count = quantity->value.ToInt();
    const TimeUnit unit = quantity->type == ir::Type::kWorkingDays ? TimeUnit::kWorkingDay
                          : quantity->type == ir::Type::kDays      ? TimeUnit::kDay
                          : quantity->type == ir::Type::kMonths    ? TimeUnit::kMonth
                                                                   : TimeUnit::kNone;
    const int64_t most = unit == TimeUnit::kMonth ? kMostDays / 30 : kMostDays;   // a hundred years either way
    if (unit != TimeUnit::kNone && count && *count >= 0 && *count <= most) return Length{quantity->value, unit};
  }
  emitter_.Emit(Code::kLengthNeeded, span, {ast.source->slice(span), std::to_string(kMostDays)});
  return std::nullopt;
}

static ir::Type TypeOf(const Length& length) {
  return length.unit == TimeUnit::kWorkingDay ? ir::Type::kWorkingDays : length.unit == TimeUnit::kDay ? ir::Type::kDays : ir::Type::kMonths;
}

// 3 working days: how long before or after a due somebody is reminded.
void Builder::ResolveLength(const Ast& ast, Tokens value) {
  size_t at = 0;
  const auto length = ReadWholeLength(ast, value, at);
  if (!length) return;
  AddEntry(TypeOf(*length), length->count.cell(), {ast.file, value.front().begin, value.back().end});
  if (at < value.size()) ReportLeftOver(ast, value, at);
}

// `lead`, the role of the thing that is due, or a party.
void Builder::ResolveRecipient(const Ast& ast, Tokens value, EntityId owner, const FieldSpec& spec, std::string_view key, ir::Field& field) {
  const Token& first = value[0];
  if (first.kind != TokenKind::WORD || RowOf(first.word).family != "key") {
    const FieldSpec parties{spec.kind, spec.key, FieldType::kRoles, 0, {}};
    ResolveRole(ast, value, owner, parties, key, field);
    return;
  }
  AddEntry(ir::Type::kWord, static_cast<ir::Cell>(WordId(first.word)), ast.SpanOf(first));
  if (value.size() > 1) ReportLeftOver(ast, value, 1);
}

// 10 working days | at least 5 days | at most 20 days | from 5 days to 20 days. An entry a bound: its mode says which.
void Builder::ResolveDuration(const Ast& ast, Tokens value, std::string_view) {
  const Span span{ast.file, value.front().begin, value.back().end};
  size_t at = 0;
  const auto is = [&](W word) { return at < value.size() && value[at].kind == TokenKind::WORD && value[at].word == word; };
  const auto add = [&](W mode) {
    const auto length = ReadWholeLength(ast, value, at);
    if (!length) return false;
    AddEntry(TypeOf(*length), length->count.cell(), span)->mode = WordId(mode);
    return true;
  };
  if (is(W::word_from)) {
    ++at;
    if (!add(W::word_at_least)) return;
    if (!is(W::word_to)) {
      emitter_.Emit(Code::kLengthNeeded, span, {ast.source->slice(span), std::to_string(kMostDays)});
      return;
    }
    ++at;
    if (!add(W::word_at_most)) return;
    const ir::Entry& most = program_.entries.back();
    const ir::Entry& least = program_.entries[program_.entries.size() - 2];
    if (least.type == most.type && Decimal::FromCell(most.value) < Decimal::FromCell(least.value)) {   // ends exchanged
      emitter_.Emit(Code::kLengthNeeded, span, {ast.source->slice(span), std::to_string(kMostDays)});
      return;
    }
  } else if (is(W::word_at_most)) {
    ++at;
    if (!add(W::word_at_most)) return;
  } else {
    if (is(W::word_at_least)) ++at;
    if (!add(W::word_at_least)) return;
  }
  if (at < value.size()) ReportLeftOver(ast, value, at);
}

// `plus 5 working days`, `overlapping 3 days`, `at most 10 days` behind a link. False when it was told that a length is wrong.
bool Builder::ReadLag(const Ast& ast, Tokens value, size_t& at, ir::Entry& entry) {
  ir::Lag lag;
  bool any = false;
  while (at < value.size() && value[at].kind == TokenKind::WORD) {
    const W word = value[at].word;
    if (word != W::word_plus && word != W::word_overlap && word != W::word_at_most) break;
    ++at;
    const auto length = ReadWholeLength(ast, value, at);
    if (!length) return false;
    (word == W::word_at_most ? lag.most : lag.least) = *length;
    if (word == W::word_overlap) lag.least.count = lag.least.count.Negated();
    any = true;
  }
  if (any) {
    entry.lag = static_cast<uint32_t>(program_.lags.size());
    program_.lags.push_back(lag);
  }
  return true;
}

}  // namespace ordo
