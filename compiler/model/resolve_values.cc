// Values of fields by type: names, parties with how they take part, texts, words of a list, numbers, products, columns.
#include <string>

#include "compiler/ast/literals.h"
#include "compiler/model/builder.h"
#include "fmt/format.h"
#include "runtime/base/one_edit.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/fix.h"

namespace ordo {

void Builder::ReportLeftOver(const Ast& ast, Tokens value, size_t at) {
  const Span span{ast.file, value[at].begin, value.back().end};
  emitter_.Emit(Code::kExtraWords, span, {ast.source->slice(span)});
}

std::optional<Decimal> Builder::ReadNumber(const Ast& ast, const Token& token) {
  const auto value = Decimal::Parse(ast.text(token), LanguageOf(ast.skin));
  if (!value) {
    Finding& finding = emitter_.Emit(Code::kBadNumber, ast.SpanOf(token), {ast.text(token)});
    std::string other(ast.text(token));
    for (char& c : other) c = c == '.' ? ',' : c == ',' ? '.' : c;
    if (Decimal::Parse(other, LanguageOf(ast.skin))) {
      finding.help = emitter_.Say(Phrase::kWriteInstead, {other});
    }
  }
  return value;
}

void Builder::ReportUnknownName(const Ast& ast, const Token& token) {
  const std::string name = ast.NameOf(token);
  Finding& finding = emitter_.Emit(Code::kUnknownName, ast.SpanOf(token), {name});
  if (near_budget_ == 0) return;
  --near_budget_;
  std::vector<std::string_view> candidates;
  for (const ir::Entity& object : program_.entities) {
    if (object.name != Symbol::kEmpty && WordOfKind(object.kind) != W::kind_waiver) candidates.push_back(program_.text(object.name));
  }
  if (const auto only = FindOneEditAway(name, candidates)) {
    finding.fix = ReplaceFix(finding.at, ast.text(token), candidates[*only], emitter_.language());
  }
  if (const auto nearest = FindNearest(name, candidates)) {
    finding.help = emitter_.Say(Phrase::kDidYouMean, {candidates[*nearest]});
    const auto declared = model_->names.find(program_.strings->Find(candidates[*nearest]));
    if (declared != model_->names.end()) finding.related.push_back({"", entity(declared->second).span});
  } else {
    finding.help = emitter_.Say(Phrase::kDeclareOrQuote);
  }
}

EntityId Builder::FindByTitle(std::string_view text) {
  if (!titles_ready_) {
    titles_ready_ = true;
    auto add = [&](std::string_view title, EntityId id) {
      if (title.empty()) return;
      const auto [at, fresh] = titles_.emplace(FoldName(title), id);
      if (!fresh && at->second != id) second_titles_.emplace(at->first, id);
    };
    for (const W kind : {W::kind_unit, W::kind_post, W::kind_group, W::kind_document}) {
      for (const EntityId id : model_->by_kind[KindOf(kind)]) {
        add(program_.text(entity(id).title), id);
        // Known spellings, read from the text: this may run before that object's fields are resolved.
        const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
        if (!ast) continue;
        for (NodeId line = HeadingOf(*ast, block).body; line != ast->nodes[block].end; line = ast->nodes[line].end) {
          const Node& node = ast->nodes[line];
          if (node.kind != NodeKind::kField || ast->tokens[node.first_token].word != W::key_also_written) continue;
          for (uint32_t i = node.first_token; i < node.token_end; ++i) {
            if (ast->tokens[i].kind == TokenKind::TEXT) add(ast->TextOf(ast->tokens[i]), id);
          }
        }
      }
    }
  }
  const auto found = titles_.find(FoldName(text));
  return found == titles_.end() ? EntityId::kNone : found->second;
}

EntityId Builder::ResolveName(const Ast& ast, Tokens value, size_t& at, W* member, EntityId* resolved, EntityId owner) {
  const Token& token = value[at++];
  const Symbol name = NameSymbol(ast, token);
  const auto found = model_->names.find(name);
  EntityId id = found == model_->names.end() ? EntityId::kNone : found->second;
  // Inside a task its milestones are known by their own names.
  for (EntityId up = owner; id == EntityId::kNone && up != EntityId::kNone; up = entity(up).parent) {
    const auto local = local_names_.find(std::pair(static_cast<uint32_t>(up), name));
    if (local != local_names_.end()) id = local->second;
  }
  const bool dotted = at + 1 < value.size() && value[at].kind == TokenKind::DOT;
  if (id == EntityId::kNone) {
    ReportUnknownName(ast, token);
    if (dotted) at += 2;
    return EntityId::kNone;
  }
  if (!dotted) return id;
  const Token& part = value[at + 1];
  at += 2;
  if (part.kind == TokenKind::MEMBER) {
    const auto local = local_names_.find(std::pair(static_cast<uint32_t>(id), Intern(RowOf(part.word).id)));
    if (local != local_names_.end()) {
      *member = part.word;
      *resolved = local->second;
      return id;
    }
  } else {
    const auto local = local_names_.find(std::pair(static_cast<uint32_t>(id), NameSymbol(ast, part)));
    if (local != local_names_.end()) return local->second;
  }
  if (unread_references_.contains(id)) return EntityId::kNone;
  emitter_.Emit(Code::kNoMember, ast.SpanOf(part), {program_.text(entity(id).name), ast.text(part)})
      .related.push_back({"", entity(id).span});
  return EntityId::kNone;
}

void Builder::ResolveText(const Ast& ast, Tokens value, std::string_view key) {
  if (value[0].kind != TokenKind::TEXT) {
    const Span span{ast.file, value.front().begin, value.back().end};
    emitter_.Emit(Code::kTextNeeded, span, {key});
    return;
  }
  AddEntry(ir::Type::kText, CellOf(Intern(ast.TextOf(value[0]))), ast.SpanOf(value[0]));
  if (value.size() > 1) ReportLeftOver(ast, value, 1);
}

void Builder::ResolveWord(const Ast& ast, Tokens value, const FieldSpec& spec, std::string_view key) {
  const Span span{ast.file, value.front().begin, value.back().end};
  W word = W::kNone;
  if (value[0].kind == TokenKind::WORD) {
    for (const W allowed : spec.words) word = allowed == value[0].word ? allowed : word;
    // One spelling may stand for words of two lists; the list decides.
    for (const W allowed : spec.words) {
      if (word == W::kNone && SpellingOf(allowed, ast.skin) == ast.text(value[0])) word = allowed;
    }
  } else if (value[0].kind == TokenKind::ID) {
    for (const W allowed : spec.words) {
      if (SpellingOf(allowed, ast.skin) == ast.text(value[0])) word = allowed;
    }
  }
  if (word == W::kNone) {
    std::string list;
    for (const W allowed : spec.words) list += (list.empty() ? "" : ", ") + std::string(SpellingOf(allowed, ast.skin));
    emitter_.Emit(Code::kWordNeeded, span, {key, list});
    return;
  }
  AddEntry(ir::Type::kWord, static_cast<ir::Cell>(WordId(word)), span);
  if (value.size() > 1) ReportLeftOver(ast, value, 1);
}

// A number with its measure. Weeks, quarters, half-years and years are told in days and months (Civil Code 2015, art. 146).
std::optional<Builder::Literal> Builder::ReadLiteral(const Ast& ast, Tokens value, size_t at) {
  const Token& token = value[at];
  if (token.kind == TokenKind::TEXT) return Literal{ir::Type::kText, CellOf(Intern(ast.TextOf(token)))};
  if (token.kind == TokenKind::DATE) {
    const auto date = ReadDate(ast.text(token), ast.skin);
    const auto days = date ? DaysOf(date->point, TimeContext{}) : std::nullopt;
    if (days) return Literal{ir::Type::kDate, days->second.days()};
    emitter_.Emit(Code::kDateNeeded, ast.SpanOf(token), {ast.text(token)});
    return std::nullopt;
  }
  const auto quantity = ReadQuantity(ast, value, at);
  return quantity ? std::optional(Literal{quantity->type, quantity->value.cell()}) : std::nullopt;
}

std::optional<Builder::Quantity> Builder::ReadQuantity(const Ast& ast, Tokens value, size_t at) {
  const auto number = ReadNumber(ast, value[at]);
  if (!number) return std::nullopt;
  Quantity quantity{ir::Type::kNumber, *number, 1};
  if (at + 1 >= value.size() || value[at + 1].kind != TokenKind::UNIT) return quantity;
  quantity.tokens = 2;
  const Span span{ast.file, value[at].begin, value[at + 1].end};
  const auto scaled = [&](ir::Type type, std::optional<Decimal> factor) -> std::optional<Quantity> {
    const auto product = number->Times(*factor);
    if (!product) {
      emitter_.Emit(Code::kBadNumber, span, {ast.source->slice(span)}).help = "";
      return std::nullopt;
    }
    quantity.type = type;
    quantity.value = *product;
    return quantity;
  };
  switch (value[at + 1].word) {
    case W::unit_percent: return scaled(ir::Type::kPercent, Decimal::Make(1, 2));
    case W::unit_working_days: return scaled(ir::Type::kWorkingDays, Decimal::FromInt(1));
    case W::unit_days: return scaled(ir::Type::kDays, Decimal::FromInt(1));
    case W::unit_weeks: return scaled(ir::Type::kDays, Decimal::FromInt(7));
    case W::unit_months: return scaled(ir::Type::kMonths, Decimal::FromInt(1));
    case W::unit_quarters: return scaled(ir::Type::kMonths, Decimal::FromInt(3));
    case W::unit_half_years: return scaled(ir::Type::kMonths, Decimal::FromInt(6));
    case W::unit_years: return scaled(ir::Type::kMonths, Decimal::FromInt(12));
    case W::unit_vnd: return scaled(ir::Type::kMoney, Decimal::FromInt(1));
    case W::unit_million_vnd: return scaled(ir::Type::kMoney, Decimal::FromInt(1'000'000));
    case W::unit_billion_vnd: return scaled(ir::Type::kMoney, Decimal::FromInt(1'000'000'000));
    default: emitter_.Emit(Code::kUnitNotHere, span, {ast.source->slice(span)}); return std::nullopt;
  }
}

void Builder::ResolveQuantity(const Ast& ast, Tokens value, std::string_view key) {
  const Span span{ast.file, value.front().begin, value.back().end};
  if (value[0].kind != TokenKind::NUMBER) {
    emitter_.Emit(Code::kNumberNeeded, span, {key});
    return;
  }
  const auto quantity = ReadQuantity(ast, value, 0);
  if (!quantity) return;
  size_t at = quantity->tokens;
  ir::Entry* entry = AddEntry(quantity->type, quantity->value.cell(), span);
  if (at < value.size() && value[at].kind == TokenKind::TEXT) entry->wording = Intern(ast.TextOf(value[at++]));
  if (at < value.size()) ReportLeftOver(ast, value, at);
}

// each? NAME(.head)? concerned? requested? (for "…")? "wording"?
void Builder::ResolveRole(const Ast& ast, Tokens value, EntityId owner, const FieldSpec& spec, std::string_view key, ir::Field& field) {
  const Span span{ast.file, value.front().begin, value.back().end};
  ir::Entry entry;
  entry.type = ir::Type::kEntity;
  entry.span = span;
  size_t at = 0;
  if (value[at].kind == TokenKind::WORD && value[at].word == W::word_open && value.size() == 1) {
    field.none = false;
    entry.type = ir::Type::kWord;
    entry.value = static_cast<ir::Cell>(WordId(W::word_open));
    program_.entries.push_back(entry);
    return;
  }
  if (value[at].kind == TokenKind::WORD && value[at].word == W::word_each) {
    entry.mode = WordId(W::word_each);
    ++at;
  }
  if (at >= value.size()) {
    emitter_.Emit(Code::kPartyNeeded, span, {ast.source->slice(span)});
    return;
  }
  const Token& name = value[at];
  EntityId object = EntityId::kNone;
  W member = W::kNone;
  bool from_text = false;
  if (name.kind == TokenKind::ID && name.word != W::kNone) {
    // `lead.head`: filled in for each object, once its own fields are known.
    const bool head = value.size() == 3 && value[1].kind == TokenKind::DOT && value[2].kind == TokenKind::MEMBER &&
                      value[2].word == W::key_head && FindField(KindOf(W::kind_task), name.word) &&
                      FindField(KindOf(W::kind_task), name.word)->type == FieldType::kRoles;
    if (!head) {
      emitter_.Emit(Code::kPartyNeeded, span, {ast.source->slice(span)});
      return;
    }
    entry.type = ir::Type::kWord;
    entry.value = static_cast<ir::Cell>(WordId(name.word));
    entry.member = WordId(W::key_head);
    program_.entries.push_back(entry);
    return;
  }
  if (name.kind == TokenKind::ID) {
    object = ResolveName(ast, value, at, &member, &entry.resolved, owner);
    if (object == EntityId::kNone) return;
  } else if (name.kind == TokenKind::TEXT) {
    const std::string text = ast.TextOf(name);
    object = FindByTitle(text);
    ++at;
    if (object == EntityId::kNone) {
      Finding& finding = emitter_.Emit(Code::kUnknownText, ast.SpanOf(name), {text});
      std::vector<std::string_view> titles;
      for (const auto& [title, id] : titles_) titles.push_back(title);
      std::sort(titles.begin(), titles.end());
      const std::string folded = FoldName(text);
      if (near_budget_ > 0) {
        --near_budget_;
        if (const auto nearest = FindNearest(folded, titles)) {
          const EntityId near = titles_.find(std::string(titles[*nearest]))->second;
          finding.related.push_back({std::string(program_.text(entity(near).title)), entity(near).span});
        }
      }
      return;
    }
    entry.wording = Intern(text);
    from_text = true;
  } else {
    emitter_.Emit(Code::kPartyNeeded, span, {ast.source->slice(span)});
    return;
  }
  const W kind = WordOfKind(entity(object).kind);
  const KindSet allowed = spec.type == FieldType::kRoles
                              ? kParties | (spec.key == W::key_funding ? ~KindSet{0} : 0)
                              : spec.kinds ? spec.kinds : ~KindSet{0};
  if (from_text) {
    const auto second = second_titles_.find(FoldName(program_.text(entry.wording)));
    if (second != second_titles_.end() && Has(allowed, entity(second->second).kind)) {
      Finding& finding = emitter_.Emit(Code::kTextOfTwo, ast.SpanOf(name), {program_.text(entry.wording)});
      finding.related = {{"", entity(object).span}, {"", entity(second->second).span}};
      return;
    }
  }
  if (!(allowed & Only(kind))) {
    std::string wanted;
    for (ir::KindId k = 0; k < kKindCount; ++k) {
      if (Has(allowed, k)) wanted += (wanted.empty() ? "" : ", ") + std::string(Spell(WordOfKind(k)));
    }
    emitter_.Emit(Code::kWrongKind, ast.SpanOf(name), {ast.text(name), Spell(kind), wanted}).related.push_back({"", entity(object).span});
    return;
  }
  entry.value = CellOf(object);
  entry.member = WordId(member);
  while (at < value.size() && value[at].kind == TokenKind::WORD) {
    const W word = value[at].word;
    if (word == W::word_concerned || word == W::word_requested || word == W::word_required || word == W::word_encouraged) {
      entry.mode = WordId(word);
      ++at;
    } else if (word == W::word_part && at + 1 < value.size() && value[at + 1].kind == TokenKind::TEXT) {
      entry.part = Intern(ast.TextOf(value[at + 1]));
      at += 2;
    } else {
      break;
    }
  }
  const bool link = spec.key == W::key_after || spec.key == W::key_after_start || spec.key == W::key_ends_after ||
                    spec.key == W::key_ends_after_start;
  if (link && !ReadLag(ast, value, at, entry)) return;
  if (!from_text && at < value.size() && value[at].kind == TokenKind::TEXT) entry.wording = Intern(ast.TextOf(value[at++]));
  if (at < value.size()) {
    ReportLeftOver(ast, value, at);
    return;
  }
  (void)key;
  program_.entries.push_back(entry);
}

// Heads of the parties of another role, written as `lead.head`: one entry for each party that has a head.
void Builder::FillRoleHeads(EntityId id) {
  for (uint32_t f = entity(id).first_field; f < entity(id).first_field + entity(id).field_count; ++f) {
    const ir::Field field = program_.fields[f];
    bool relative = false;
    for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
      relative |= program_.entries[e].type == ir::Type::kWord && program_.entries[e].member == WordId(W::key_head);
    }
    if (!relative) continue;
    std::vector<ir::Entry> entries;
    for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
      const ir::Entry entry = program_.entries[e];
      if (entry.type != ir::Type::kWord || entry.member != WordId(W::key_head)) {
        entries.push_back(entry);
        continue;
      }
      const ir::Field* role = program_.FindField(id, static_cast<ir::WordId>(entry.value));
      for (uint32_t k = 0; role && k < role->entry_count; ++k) {
        ir::Entry head = program_.entries[role->first_entry + k];
        const auto at = head.value == ir::kAbsent ? UINT32_MAX : static_cast<uint32_t>(head.value);
        if (head.type != ir::Type::kEntity || at >= model_->head_post.size() || model_->head_post[at] == EntityId::kNone) continue;
        head.member = WordId(W::key_head);
        head.resolved = model_->head_post[at];
        head.wording = head.part = Symbol::kEmpty;
        head.span = entry.span;
        entries.push_back(head);
      }
    }
    program_.fields[f].first_entry = static_cast<uint32_t>(program_.entries.size());
    program_.fields[f].entry_count = static_cast<uint32_t>(entries.size());
    program_.entries.insert(program_.entries.end(), entries.begin(), entries.end());
  }
}

void Builder::ResolveProduct(const Ast& ast, Tokens value, EntityId owner, std::string_view key) {
  const Span span{ast.file, value.front().begin, value.back().end};
  ir::Entry entry;
  entry.span = span;
  size_t at = 0;
  const Token& first = value[0];
  if (first.kind == TokenKind::TEXT) {
    entry.type = ir::Type::kText;
    entry.value = CellOf(Intern(ast.TextOf(first)));
    at = 1;
  } else if (first.kind == TokenKind::WORD && RowOf(first.word).id.starts_with("product_")) {
    entry.type = ir::Type::kWord;
    entry.value = static_cast<ir::Cell>(WordId(first.word));
    entry.product = WordId(first.word);
    at = 1;
  } else if (first.kind == TokenKind::ID) {
    W member = W::kNone;
    const EntityId object = ResolveName(ast, value, at, &member, &entry.resolved);
    if (object == EntityId::kNone) return;
    const W kind = WordOfKind(entity(object).kind);
    if (kind != W::kind_target && kind != W::kind_indicator && kind != W::kind_document && kind != W::kind_plan) {
      emitter_.Emit(Code::kWrongKind, ast.SpanOf(first),
                    {ast.text(first), Spell(kind), fmt::format("{}, {}", Spell(W::kind_target), Spell(W::kind_document))})
          .related.push_back({"", entity(object).span});
      return;
    }
    entry.type = ir::Type::kEntity;
    entry.value = CellOf(object);
  } else {
    emitter_.Emit(Code::kTextNeeded, span, {key});
    return;
  }
  if (at < value.size() && first.kind != TokenKind::TEXT && value[at].kind == TokenKind::TEXT) {
    entry.wording = Intern(ast.TextOf(value[at++]));
  }
  if (at < value.size()) {
    ReportLeftOver(ast, value, at);
    return;
  }
  (void)owner;
  program_.entries.push_back(entry);
}

// A field of a table and its heading: `chủ trì "Cơ quan chủ trì"`, `từng phòng_ban`, `ca`, `từng mốc thời gian "Đến năm {}"`.
void Builder::ResolveColumn(const Ast& ast, Tokens value, std::string_view) {
  const Span span{ast.file, value.front().begin, value.back().end};
  ir::Entry entry;
  entry.span = span;
  size_t at = 0;
  if (value[at].kind == TokenKind::WORD && value[at].word == W::word_each) {
    entry.mode = WordId(W::word_each);
    ++at;
  }
  if (at < value.size() && value[at].kind == TokenKind::WORD) {
    const WordRow& row = RowOf(value[at].word);
    if (row.family != "key" && row.family != "member" && value[at].word != W::word_each_horizon) {
      emitter_.Emit(Code::kColumnUnknown, span, {ast.text(value[at])});
      return;
    }
    entry.type = ir::Type::kWord;
    entry.value = static_cast<ir::Cell>(WordId(value[at].word));
    ++at;
  } else if (at < value.size() && value[at].kind == TokenKind::ID) {
    const auto custom = custom_fields_.find(std::pair(KindOf(W::kind_task), NameSymbol(ast, value[at])));
    if (custom != custom_fields_.end()) {
      entry.type = ir::Type::kWord;
      entry.value = static_cast<ir::Cell>(custom->second);
      ++at;
    } else {
      W member = W::kNone;
      const EntityId object = ResolveName(ast, value, at, &member, &entry.resolved);
      if (object == EntityId::kNone) return;
      entry.type = ir::Type::kEntity;
      entry.value = CellOf(object);
      if (!(kParties & Only(WordOfKind(entity(object).kind)))) {
        emitter_.Emit(Code::kPartyNeeded, span, {ast.source->slice(span)});
        return;
      }
    }
  } else {
    emitter_.Emit(Code::kColumnUnknown, span, {ast.source->slice(span)});
    return;
  }
  if (at < value.size() && value[at].kind == TokenKind::TEXT) entry.wording = Intern(ast.TextOf(value[at++]));
  if (at < value.size()) {
    ReportLeftOver(ast, value, at);
    return;
  }
  program_.entries.push_back(entry);
}

void Builder::ResolveType(const Ast& ast, Tokens value, const FieldSpec& spec, std::string_view key) {
  const Span span{ast.file, value.front().begin, value.back().end};
  const Token& token = value[0];
  if (spec.kinds != 0 && (token.kind != TokenKind::WORD || RowOf(token.word).family != "kind" || !(spec.kinds & Only(token.word)))) {
    std::string wanted;
    for (ir::KindId kind = 0; kind < kKindCount; ++kind) {
      if (Has(spec.kinds, kind)) wanted += (wanted.empty() ? "" : ", ") + std::string(SpellingOf(WordOfKind(kind), ast.skin));
    }
    emitter_.Emit(Code::kWordNeeded, span, {key, wanted});
    return;
  }
  if (token.kind != TokenKind::WORD || (RowOf(token.word).family != "kind" && RowOf(token.word).family != "type")) {
    emitter_.Emit(Code::kWordNeeded, span, {key, fmt::format("{}, {}, {}, …", SpellingOf(W::kind_task, ast.skin),
                                                             SpellingOf(W::kind_section, ast.skin), SpellingOf(W::kind_target, ast.skin))});
    return;
  }
  AddEntry(ir::Type::kWord, static_cast<ir::Cell>(WordId(token.word)), span);
  if (value.size() > 1) ReportLeftOver(ast, value, 1);
}

// A value whose type its reader decides: a custom field, `measured in`, the subjects of conditions.
void Builder::ResolveAny(const Ast& ast, Tokens value, EntityId owner, const FieldSpec& spec, std::string_view key, ir::Field& field) {
  const Span span{ast.file, value.front().begin, value.back().end};
  const Token& first = value[0];
  switch (first.kind) {
    case TokenKind::TEXT: ResolveText(ast, value, key); return;
    case TokenKind::NUMBER: ResolveQuantity(ast, value, key); return;
    case TokenKind::UNIT:
      AddEntry(ir::Type::kWord, static_cast<ir::Cell>(WordId(first.word)), span);
      if (value.size() > 1) ReportLeftOver(ast, value, 1);
      return;
    case TokenKind::ID: {
      static const FieldSpec kAnyObject{W::kNone, W::kNone, FieldType::kRefs, 0, {}};
      ResolveRole(ast, value, owner, kAnyObject, key, field);
      return;
    }
    case TokenKind::WORD:
      if (first.word == W::word_each) {
        ResolveRole(ast, value, owner, spec, key, field);
        return;
      }
      AddEntry(ir::Type::kWord, static_cast<ir::Cell>(WordId(first.word)), span);
      return;
    case TokenKind::DATE: {
      if (const auto date = ReadDate(ast.text(first), ast.skin)) {
        Time time;
        time.form = Time::Form::kIn;
        time.to = date->point;
        AddEntry(ir::Type::kEntity, CellOf(AddTime(time, owner, span)), span);
      }
      if (value.size() > 1) ReportLeftOver(ast, value, 1);
      return;
    }
    default: ReportLeftOver(ast, value, 0); return;
  }
}

}  // namespace ordo
