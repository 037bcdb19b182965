// Targets: rows of a series, baselines, populations; then, once every object is read, what a target takes from its indicator and
// whether its values are in its measure.
#include <algorithm>
#include <string>

#include "compiler/ast/literals.h"
#include "compiler/model/builder.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

// What a target takes from its indicator unless it says it itself.
constexpr W kTaken[] = {W::key_measured_in, W::key_out_of,   W::key_scope, W::key_source,    W::key_method,
                        W::key_better_when, W::key_baseline, W::key_lead,  W::key_depends_on};

bool IsVerb(W word) {
  switch (word) {
    case W::word_reach:
    case W::word_strive:
    case W::word_complete:
    case W::word_keep:
    case W::word_increase:
    case W::word_decrease:
    case W::word_allot:
    case W::word_aim: return true;
    default: return false;
  }
}

}  // namespace

// The last day of a horizon: a year, a date or a named period. nullopt after a finding, or after none if the name is unknown.
std::optional<ir::Cell> Builder::ReadHorizon(const Ast& ast, Tokens value, size_t& at, Span span) {
  if (at >= value.size()) return std::nullopt;
  Point point;
  const Token& token = value[at];
  if (token.kind == TokenKind::DATE) {
    const auto date = ReadDate(ast.text(token), ast.skin);
    if (date) point = date->point;
    ++at;
  } else if (token.kind == TokenKind::NUMBER && token.end - token.begin == 4) {
    if (const auto year = ReadNumber(ast, token); year && year->is_integer()) {
      point.kind = Point::Kind::kYear;
      point.year = static_cast<int16_t>(year->mantissa());
    }
    ++at;
  } else if (token.kind == TokenKind::ID) {
    W member = W::kNone;
    EntityId resolved = EntityId::kNone;
    point.named = ResolveName(ast, value, at, &member, &resolved);
    if (point.named == EntityId::kNone) return std::nullopt;
    point.kind = Point::Kind::kNamed;
  }
  const auto days = point.kind == Point::Kind::kNone
                        ? std::nullopt
                        : DaysOf(point, point.kind == Point::Kind::kNamed ? program_.Context() : TimeContext{});
  if (days) return days->second.days();
  emitter_.Emit(Code::kDateNeeded, span, {ast.source->slice(span)});
  return std::nullopt;
}

// out of "…" or of a declared unit or group.
bool Builder::ReadPopulation(const Ast& ast, Tokens value, size_t& at, Symbol* words, EntityId* population) {
  if (at >= value.size()) return false;
  if (value[at].kind == TokenKind::TEXT) {
    *words = Intern(ast.TextOf(value[at++]));
    return true;
  }
  if (value[at].kind != TokenKind::ID) return false;
  W member = W::kNone;
  EntityId resolved = EntityId::kNone;
  const Span span = ast.SpanOf(value[at]);
  const EntityId id = ResolveName(ast, value, at, &member, &resolved);
  if (id == EntityId::kNone) return true;  // told
  if (!Has(kParties, entity(id).kind)) {
    emitter_.Emit(Code::kPartyNeeded, span, {ast.source->slice(span)});
    return true;
  }
  *population = id;
  *words = entity(id).title != Symbol::kEmpty ? entity(id).title : entity(id).name;
  return true;
}

void Builder::ResolvePopulation(const Ast& ast, Tokens value, EntityId owner, std::string_view key, ir::Field& field) {
  if (value[0].kind == TokenKind::ID) {
    static const FieldSpec kParty{W::kNone, W::kNone, FieldType::kRefs, kParties, {}};
    ResolveRole(ast, value, owner, kParty, key, field);
    return;
  }
  ResolveText(ast, value, key);
}

// 62% in 2024 | 62% vào 31/12/2024 "theo báo cáo …": the value, then the time that it is of.
void Builder::ResolveBaseline(const Ast& ast, Tokens value, EntityId owner, std::string_view key) {
  size_t end = value.size();
  for (size_t at = 1; at < value.size(); ++at) {
    const bool word = value[at].kind == TokenKind::WORD && (value[at].word == W::word_in || value[at].word == W::word_on);
    if (!word && value[at].kind != TokenKind::DATE) continue;
    end = at;
    break;
  }
  const size_t before = program_.entries.size();
  ResolveQuantity(ast, value.first(end), key);
  if (end == value.size() || program_.entries.size() == before) return;
  size_t at = end + (value[end].kind == TokenKind::WORD);
  const Span span{ast.file, value[end].begin, value.back().end};
  if (at == value.size()) emitter_.Emit(Code::kDateNeeded, span, {ast.source->slice(span)});
  const auto day = ReadHorizon(ast, value, at, span);
  if (!day) return;
  Time time;
  time.form = Time::Form::kIn;
  const Token& told = value[at - 1];
  if (told.kind == TokenKind::NUMBER) {
    time.to.kind = Point::Kind::kYear;
    time.to.digits = true;
    time.to.year = static_cast<int16_t>(Date(static_cast<int32_t>(*day)).ymd().year);
  } else if (const auto date = ReadDate(ast.text(told), ast.skin)) {
    time.to = date->point;
  }
  AddEntry(ir::Type::kEntity, CellOf(AddTime(time, owner, span)), span);
  if (at < value.size() && value[at].kind == TokenKind::TEXT) program_.entries[before].wording = Intern(ast.TextOf(value[at++]));
  if (at < value.size()) ReportLeftOver(ast, value, at);
}

// by 2030 reach >= 80%, out of "…" written "…" | in 2027 allot 6500 million VND | reach 100%
void Builder::ResolveSeries(const Ast& ast, NodeId id, EntityId owner) {
  const Node& node = ast.nodes[id];
  const Token& opener = ast.tokens[node.first_token];
  ir::SeriesRow row;
  std::vector<NodeId> values;
  for (NodeId child = ast.first(id); child != node.end; child = ast.nodes[child].end) values.push_back(child);
  if (values.empty()) return;
  const auto tokens_of = [&](NodeId value) {
    return Tokens(&ast.tokens[ast.nodes[value].first_token], ast.nodes[value].token_end - ast.nodes[value].first_token);
  };
  Tokens first = tokens_of(values[0]);
  Tokens last = tokens_of(values.back());
  EntityId worded_by = EntityId::kNone;   // the clause that has the official words
  if (last.size() >= 2 && last[last.size() - 2].kind == TokenKind::WORD && last[last.size() - 2].word == W::word_written &&
      (last.back().kind == TokenKind::TEXT || last.back().kind == TokenKind::ID)) {
    if (last.back().kind == TokenKind::TEXT) {
      row.written = Intern(ast.TextOf(last.back()));
    } else {
      size_t name = last.size() - 1;
      W member = W::kNone;
      EntityId resolved = EntityId::kNone;
      const Span at_name = ast.SpanOf(last.back());
      worded_by = ResolveName(ast, last, name, &member, &resolved);
      if (worded_by == EntityId::kNone) return;
      if (WordOfKind(entity(worded_by).kind) != W::kind_clause) {
        emitter_.Emit(Code::kWrongKind, at_name, {ast.source->slice(at_name), Spell(WordOfKind(entity(worded_by).kind)), Spell(W::kind_clause)})
            .related.push_back({"", entity(worded_by).span});
        return;
      }
    }
    last = last.first(last.size() - 2);
    if (values.size() == 1) first = last;
  }
  size_t at = 0;
  const Span span = ast.SpanOf(id);
  // The verb first means that no horizon is given: TGT05 asks for it.
  W verb = W::kNone;
  switch (opener.word) {
    case W::clause_series_reach: verb = W::word_reach; break;
    case W::clause_series_strive: verb = W::word_strive; break;
    case W::clause_series_complete: verb = W::word_complete; break;
    case W::clause_series_keep: verb = W::word_keep; break;
    default: break;
  }
  if (verb == W::kNone) {
    // `by 2030 …` or `in 2027 …`
    if (first.empty()) return;
    row.by = opener.word == W::clause_series_by;
    const auto horizon = ReadHorizon(ast, first, at, span);
    if (!horizon) return;
    row.horizon = *horizon;
    if (at < first.size() && first[at].kind == TokenKind::WORD && IsVerb(first[at].word)) {
      verb = first[at].word == W::word_aim ? W::word_strive : first[at].word;
      ++at;
    }
    if (verb == W::kNone) {
      if (at < first.size())
        ReportLeftOver(ast, first, at);
      else
        emitter_.Emit(Code::kNumberNeeded, span, {ShownText(ast.source->slice(span))});
      return;
    }
  }
  row.verb = WordId(verb);
  row.is_change = verb == W::word_increase || verb == W::word_decrease;
  bool told = false;  // the value itself was the fault
  const auto quantity = [&](ir::Cell& out) {
    if (at >= first.size() || first[at].kind != TokenKind::NUMBER) return false;
    const auto value = ReadQuantity(ast, first, at);
    told |= !value;
    if (!value) return false;
    if (value->tokens == 2) row.unit = WordId(first[at + 1].word);
    row.type = value->type;
    out = value->value.cell();
    at += value->tokens;
    return true;
  };
  const size_t value_begin = at;
  // The clause has the words: no value needs to stand here, only how often («hoàn thành mỗi năm ghi c»).
  const bool valueless = at >= first.size() || (first[at].kind == TokenKind::WORD && (first[at].word == W::word_per || first[at].word == W::word_in_all));
  const bool by_clause = valueless && worded_by != EntityId::kNone && !row.is_change;
  bool fine = at < first.size() || by_clause;
  W comparator = W::word_sign_none;
  if (by_clause) {
    comparator = W::kNone;
  } else if (fine && first[at].kind == TokenKind::TEXT) {
    row.text = Intern(ast.TextOf(first[at++]));
    comparator = W::kNone;
  } else if (fine && first[at].kind == TokenKind::WORD && first[at].word == W::word_from) {
    const size_t least = ++at;
    fine = quantity(row.least) && at < first.size();
    const bool bare = row.unit == ir::kNoWord;
    const ir::Type type = row.type;
    fine = fine && first[at].kind == TokenKind::WORD && (first[at].word == W::word_to || first[at].word == W::word_by) &&
           (++at, quantity(row.most));
    const Span range{ast.file, first[value_begin].begin, first[std::min(at, first.size()) - 1].end};
    // «từ 80 đến 90%», «từ 5 đến 7 tỷ đồng»: the measure stands once, behind the second.
    if (fine && bare && row.type != ir::Type::kNumber) {
      const Token both[] = {first[least], first[at - 1]};
      const auto scaled = ReadQuantity(ast, both, 0);
      if (!scaled) return;
      row.least = scaled->value.cell();
    } else if (fine && type != row.type) {
      const Measure own = MeasureOf(owner);   // as far as it has been read; else that of the first value
      ReportMeasure(range, ast.source->slice(range), owner, own.stated ? own : Measure{type, true, {}});
      return;
    }
    if (fine && Decimal::FromCell(row.most) < Decimal::FromCell(row.least)) {
      emitter_.Emit(Code::kRangeReversed, range, {ast.source->slice(range)});
      return;
    }
  } else if (fine) {
    if (first[at].kind == TokenKind::COMPARE) {
      const std::string_view sign = ast.text(first[at]);
      const bool or_equal = sign.size() > 1 && sign != "≠" && sign != "!=";
      if (sign.starts_with('<') || sign == "≤")
        comparator = or_equal ? W::word_sign_most : W::word_sign_less;
      else if (sign.starts_with('>') || sign == "≥")
        comparator = or_equal ? W::word_sign_least : W::word_sign_more;
      else
        comparator = W::word_sign_exact;
      fine = sign != "≠" && sign != "!=";
      ++at;
    }
    ir::Cell value = ir::kAbsent;
    fine = fine && quantity(value);
    if (comparator == W::word_sign_most || comparator == W::word_sign_less)
      row.most = value;
    else
      row.least = value;
    if (comparator == W::word_sign_exact) row.most = value;
  }
  row.comparator = WordId(comparator);
  while (fine && at < first.size() && first[at].kind == TokenKind::WORD) {
    const W word = first[at].word;
    const bool again = (word == W::word_per && (row.per != ir::kNoWord || row.per_object != EntityId::kNone)) ||
                       (word == W::word_in_all && row.in_all) || (word == W::word_against && row.against != ir::kAbsent);
    if (again) break;
    if (word == W::word_per && at + 1 < first.size() && first[at + 1].kind == TokenKind::UNIT) {
      row.per = WordId(first[at + 1].word);
      at += 2;
    } else if (word == W::word_per && at + 1 < first.size() && first[at + 1].kind == TokenKind::ID) {
      ++at;
      W member = W::kNone;
      EntityId resolved = EntityId::kNone;
      row.per_object = ResolveName(ast, first, at, &member, &resolved);
      if (row.per_object == EntityId::kNone) return;
    } else if (word == W::word_in_all) {
      row.in_all = true;
      ++at;
    } else if (word == W::word_against && at + 1 < first.size()) {
      ++at;
      const auto against = ReadHorizon(ast, first, at, span);
      if (!against) return;
      row.against = *against;
    } else {
      break;
    }
  }
  const size_t value_end = at;
  if (fine && at < first.size() && first[at].kind == TokenKind::TEXT) row.written = Intern(ast.TextOf(first[at++]));
  if (!fine) {
    if (!told) emitter_.Emit(Code::kNumberNeeded, span, {ShownText(ast.source->slice(span))});
    return;
  }
  if (at < first.size()) {
    ReportLeftOver(ast, first, at);
    return;
  }
  for (size_t i = 1; i < values.size(); ++i) {
    Tokens value = i + 1 == values.size() ? last : tokens_of(values[i]);
    if (value.empty()) continue;
    const bool population = value[0].kind == TokenKind::WORD && value[0].word == W::word_out_of;
    const bool scope = value[0].kind == TokenKind::WORD && value[0].word == W::word_scope && value.size() == 2 &&
                       value[1].kind == TokenKind::TEXT;
    size_t end = 1;
    if (scope) {
      row.scope = Intern(ast.TextOf(value[1]));
    } else if (!population || !ReadPopulation(ast, value, end, &row.out_of, &row.population)) {
      ReportLeftOver(ast, value, 0);
    } else if (end < value.size()) {
      ReportLeftOver(ast, value, end);
    }
  }
  // The value as it stands in the text, or the words written.
  Symbol shown = row.text;
  if (shown == Symbol::kEmpty && value_begin < value_end) {
    shown = Intern(ast.source->slice({ast.file, first[value_begin].begin, first[value_end - 1].end}));
  }
  row.object = AddObject(W::type_row, Symbol::kEmpty, shown, owner, span, nullptr, 0);
  if (worded_by != EntityId::kNone) row_clauses_.push_back({program_.series.size(), worded_by});
  program_.series.push_back(row);
}

// Targets and budgets once all is read: fields of the indicator, bare values, measures.
void Builder::FinishTargets() {
  for (const auto& [index, clause] : row_clauses_) {   // clauses may stand behind the rows that they word
    ir::SeriesRow& row = program_.series[index];
    const ir::Field* wording = program_.FindField(clause, WordId(W::key_wording));
    if (!wording || wording->entry_count == 0) continue;
    row.written = static_cast<Symbol>(program_.entries[wording->first_entry].value);
    if (row.comparator == ir::kNoWord && row.text == Symbol::kEmpty) row.text = entity(row.object).title = row.written;
    model_->worded.push_back({entity(row.object).parent, clause, entity(row.object).span});
  }
  for (const EntityId target : model_->by_kind[KindOf(W::kind_target)]) TakeFromIndicator(target);
  EntityId owner = EntityId::kNone;
  Measure measure;
  bool lower = false;
  for (ir::SeriesRow& row : program_.series) {
    const EntityId parent = entity(row.object).parent;
    if (parent != owner) {
      owner = parent;
      measure = MeasureOf(owner);
      const ir::Field* better = program_.FindField(owner, WordId(W::key_better_when));
      lower = better && better->entry_count > 0 && program_.entries[better->first_entry].value == ir::Cell{WordId(W::word_lower)};
    }
    if (row.comparator == ir::kNoWord) continue;
    if (lower && row.comparator == WordId(W::word_sign_none) && row.most == ir::kAbsent && !row.is_change)
      std::swap(row.least, row.most);
    CheckMeasure(row, measure);
  }
  for (const W kind : {W::kind_target, W::kind_indicator}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) CheckBaseline(id);
  }
}

void Builder::TakeFromIndicator(EntityId target) {
  const ir::Field* named = program_.FindField(target, WordId(W::key_indicator));
  if (!named || named->entry_count == 0) return;
  const ir::Entry& entry = program_.entries[named->first_entry];
  if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) return;
  const auto indicator = static_cast<EntityId>(entry.value);
  std::vector<ir::Field> taken;
  for (const W key : kTaken) {
    const ir::Field* field = program_.FindField(indicator, WordId(key));
    if (!field || program_.FindField(target, WordId(key))) continue;
    taken.push_back(*field);
    taken.back().shared = true;
  }
  if (taken.empty()) return;
  // The fields of an object stand side by side: they move to the end together.
  ir::Entity& object = entity(target);
  std::vector<ir::Field> all(program_.fields.begin() + object.first_field,
                             program_.fields.begin() + object.first_field + object.field_count);
  all.insert(all.end(), taken.begin(), taken.end());
  object.first_field = static_cast<uint32_t>(program_.fields.size());
  object.field_count = static_cast<uint32_t>(all.size());
  program_.fields.insert(program_.fields.end(), all.begin(), all.end());
}

Builder::Measure Builder::MeasureOf(EntityId target) {
  Measure measure;
  if (WordOfKind(entity(target).kind) == W::kind_budget) return {ir::Type::kMoney, true, {}};
  const ir::Field* field = program_.FindField(target, WordId(W::key_measured_in));
  if (!field || (field->entry_count == 0 && !field->none)) return measure;
  measure.stated = true;
  if (field->entry_count == 0) return measure;
  const ir::Entry& entry = program_.entries[field->first_entry];
  measure.span = field->span;
  if (entry.type != ir::Type::kWord) return measure;
  switch (static_cast<W>(entry.value)) {
    case W::unit_percent: measure.type = ir::Type::kPercent; break;
    case W::unit_vnd:
    case W::unit_million_vnd:
    case W::unit_billion_vnd: measure.type = ir::Type::kMoney; break;
    case W::unit_days:
    case W::unit_weeks: measure.type = ir::Type::kDays; break;
    case W::unit_working_days: measure.type = ir::Type::kWorkingDays; break;
    case W::unit_months:
    case W::unit_quarters:
    case W::unit_half_years:
    case W::unit_years: measure.type = ir::Type::kMonths; break;
    default: break;
  }
  return measure;
}

// A value in another measure than its target's. Without a stated measure the first value settles it.
void Builder::CheckMeasure(const ir::SeriesRow& row, Measure& measure) {
  if (!measure.stated && !row.is_change) measure = {row.type, true, entity(row.object).span};
  // A change may be told as a share of what there was.
  if (!measure.stated || row.type == measure.type || (row.is_change && row.type == ir::Type::kPercent)) return;
  ReportMeasure(entity(row.object).span, program_.text(entity(row.object).title), entity(row.object).parent, measure);
}

void Builder::CheckBaseline(EntityId id) {
  const ir::Field* field = program_.FindField(id, WordId(W::key_baseline));
  if (!field || field->shared || field->entry_count == 0) return;
  const ir::Entry& entry = program_.entries[field->first_entry];
  const Measure measure = MeasureOf(id);
  if (measure.stated && ir::IsDecimal(entry.type) && entry.type != measure.type) ReportMeasure(entry.span, {}, id, measure);
}

void Builder::ReportMeasure(Span span, std::string_view value, EntityId target, const Measure& measure) {
  const std::string_view title =
      program_.text(entity(target).title != Symbol::kEmpty ? entity(target).title : entity(target).name);
  const std::string_view text = value.empty() ? TextAt(target, span) : value;
  std::string wanted;
  switch (measure.type) {
    case ir::Type::kPercent: wanted = "%"; break;
    case ir::Type::kMoney: wanted = Spell(W::unit_million_vnd); break;
    case ir::Type::kDays: wanted = Spell(W::unit_days); break;
    case ir::Type::kWorkingDays: wanted = Spell(W::unit_working_days); break;
    case ir::Type::kMonths: wanted = Spell(W::unit_months); break;
    default: wanted = emitter_.Say(Phrase::kANumber); break;
  }
  Finding& finding = emitter_.Emit(Code::kSeriesMeasure, span, {text, title, wanted});
  if (measure.span.known()) finding.related.push_back({"", measure.span});
}

}  // namespace ordo
