// Second pass: the fields of every object, in source order. One field is resolved by the type that the schema gives it; a broken one
// costs one finding and nothing else.
#include <algorithm>
#include <string>

#include "compiler/ast/edits.h"
#include "compiler/ast/literals.h"
#include "compiler/model/builder.h"
#include "fmt/format.h"
#include "runtime/base/one_edit.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/fix.h"

namespace ordo {

std::unique_ptr<Model> Builder::Run(const std::vector<Part>& parts) {
  DeclareWords();
  for (const Part& part : parts) DeclarePart(part);
  DeclareReferences();
  FindTextFile(parts);
  if (options_.require_plan && program_.plan == EntityId::kNone) {
    for (const Part& part : parts) {
      if (part.library) continue;
      emitter_.Emit(Code::kNoPlan, {part.ast->file, 0, part.ast->edition_end});
      break;
    }
  }
  model_->head_post.resize(program_.entities.size(), EntityId::kNone);
  ResolveAll();
  CompileRules();
  return std::move(model_);
}

void Builder::ResolveAll() {
  const size_t declared = program_.entities.size();
  shared_of_.resize(declared);
  // Times need the plan's own dates and named periods first: those are declared anywhere, so they are read before the rest.
  auto resolve_kind = [&](W kind) {
    for (size_t i = 0; i < model_->by_kind[KindOf(kind)].size(); ++i) {
      const EntityId id = model_->by_kind[KindOf(kind)][i];
      if (static_cast<uint32_t>(id) < declared) ResolveObject(id);
    }
  };
  resolve_kind(W::kind_period);
  ResolvePeriods();
  resolve_kind(W::kind_plan);
  ResolvePlanDates();
  for (size_t i = 0; i < shared_blocks_.size(); ++i) {
    if (shared_[i].first == EntityId::kNone) {
      ResolveFieldsOf(*shared_blocks_[i].first, shared_blocks_[i].second, EntityId::kNone, &shared_[i].second);
    }
  }
  for (size_t i = 0; i < declared; ++i) {
    const auto id = static_cast<EntityId>(i);
    const W kind = WordOfKind(program_.entities[i].kind);
    if (kind != W::kind_period && kind != W::kind_plan) ResolveObject(id);
  }
  ResolveMembers();
  FinishTargets();
  ReadConditions();
  SetOfficeCalendar();
  CheckQuotedLines();
  ReadVisions();
  ReadProse();
  AddRecords();
}

// What rules ask of the journal as a whole: one record for each of its blocks, in the order of the text.
void Builder::AddRecords() {
  const size_t declared = program_.entities.size();
  for (size_t i = 0; i < declared; ++i) {
    const ir::Entity& block = program_.entities[i];
    if (!IsJournalKind(WordOfKind(block.kind))) continue;
    AddObject(W::type_record, Symbol::kEmpty, Symbol::kEmpty, static_cast<EntityId>(i), Span(block.span), nullptr, 0);
  }
}

// `done task.milestone`: the block is about an object of the plan, which becomes its parent.
bool Builder::ResolveHeading(EntityId id) {
  const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
  const Heading heading = HeadingOf(*ast, block);
  const Token* last = heading.part ? heading.part : heading.name;
  size_t at = 0;
  W member = W::kNone;
  EntityId resolved = EntityId::kNone;
  const EntityId subject =
      ResolveName(*ast, Tokens(heading.name, static_cast<size_t>(last - heading.name) + 1), at, &member, &resolved);
  if (subject == EntityId::kNone) return false;
  const W kind = WordOfKind(entity(id).kind);
  std::vector<W> allowed;
  switch (kind) {
    case W::kind_measured: allowed = {W::kind_target, W::kind_indicator}; break;
    case W::kind_happened: allowed = {W::kind_event, W::kind_document}; break;
    case W::kind_started: allowed = {W::kind_task, W::kind_milestone, W::kind_reporting}; break;
    default: allowed = {W::kind_task, W::kind_milestone, W::kind_reporting, W::kind_target}; break;
  }
  const W found = WordOfKind(entity(subject).kind);
  if (std::find(allowed.begin(), allowed.end(), found) == allowed.end()) {
    std::string wanted;
    for (const W one : allowed) wanted += (wanted.empty() ? "" : ", ") + std::string(Spell(one));
    emitter_.Emit(Code::kWrongKind, ast->SpanOf(*heading.name), {ast->text(*heading.name), Spell(found), wanted})
        .related.push_back({"", entity(subject).span});
    return false;
  }
  entity(id).parent = subject;
  return true;
}

void Builder::ResolvePlanDates() {
  if (program_.plan == EntityId::kNone) return;
  const auto first_time = [&](W key) -> const Time* {
    const ir::Field* field = program_.FindField(program_.plan, WordId(key));
    if (!field || field->entry_count == 0) return nullptr;
    const ir::Entry& entry = program_.entries[field->first_entry];
    return &program_.times[entity(static_cast<EntityId>(entry.value)).row];
  };
  const Time* issue = first_time(W::key_issue_date);
  if (issue && issue->to.kind == Point::Kind::kDay) {
    if (const auto days = DaysOf(issue->to, TimeContext{})) program_.frame.issue_date = days->second.days();
  }
  if (const Time* period = first_time(W::key_period)) {
    const ResolvedTime resolved = Resolve(*period, program_.Context());
    if (resolved.first && resolved.last) {
      program_.frame.first_day = resolved.first->days();
      program_.frame.last_day = resolved.last->days();
    }
  }
}

// First and last day of the named periods.
void Builder::ResolvePeriods() {
  for (const EntityId period : model_->by_kind[KindOf(W::kind_period)]) {
    const ir::Field* field = program_.FindField(period, WordId(W::key_valid));
    if (!field || field->entry_count == 0) continue;
    const auto value = static_cast<EntityId>(program_.entries[field->first_entry].value);
    const ResolvedTime days = Resolve(program_.times[entity(value).row], TimeContext{});
    if (days.first && days.last) program_.frame.periods.push_back({period, days.first->days(), days.last->days()});
  }
}

void Builder::ResolveObject(EntityId id) {
  const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
  entity(id).first_field = static_cast<uint32_t>(program_.fields.size());
  if (!ast) return;
  if (IsJournalKind(WordOfKind(entity(id).kind)) && !ResolveHeading(id)) return;
  // Shared blocks of this object are read once; its children copy them.
  for (const uint32_t index : shared_of_[static_cast<uint32_t>(id)]) {
    ResolveFieldsOf(*shared_blocks_[index].first, shared_blocks_[index].second, id, &shared_[index].second);
  }
  entity(id).first_field = static_cast<uint32_t>(program_.fields.size());
  ResolveFieldsOf(*ast, block, id, nullptr);
  if (WordOfKind(entity(id).kind) == W::kind_clause) {
    TakeWordingFromLines(id);
    TakeWordingFromHeading(id);
  }
  // What an ancestor shares and this object does not state itself, the nearest first.
  const W kind = WordOfKind(entity(id).kind);
  if (kind == W::kind_milestone) FillRoleHeads(id);
  if (kind != W::kind_task && kind != W::kind_target) return;
  auto take = [&](const std::vector<ir::Field>& fields) {
    for (ir::Field field : fields) {
      const W key = field.word < word_count() ? static_cast<W>(field.word) : W::kNone;
      if (key != W::kNone && !FindField(entity(id).kind, key)) continue;
      if (program_.FindField(id, field.word)) continue;
      field.shared = true;
      program_.fields.push_back(field);
      ++entity(id).field_count;
    }
  };
  for (EntityId up = entity(id).parent; up != EntityId::kNone; up = entity(up).parent) {
    for (const uint32_t index : shared_of_[static_cast<uint32_t>(up)]) take(shared_[index].second);
  }
  for (const auto& [owner, fields] : shared_) {
    if (owner == EntityId::kNone) take(fields);
  }
  FillRoleHeads(id);
}

void Builder::ResolveFieldsOf(const Ast& ast, NodeId block, EntityId owner, std::vector<ir::Field>* shared) {
  const Heading heading = HeadingOf(ast, block);
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind == NodeKind::kField) {
      ResolveField(ast, line, owner, shared);
    } else if (node.kind == NodeKind::kClause && owner != EntityId::kNone && !node.error) {
      const W kind = WordOfKind(entity(owner).kind);
      const Token& token = ast.tokens[node.first_token];
      if (token.kind == TokenKind::SERIES && (kind == W::kind_target || kind == W::kind_budget)) {
        ResolveSeries(ast, line, owner);
      } else {
        emitter_.Emit(Code::kUnexpected, ast.SpanOf(token), {ast.text(token)});
      }
    }
  }
}

ir::Entry* Builder::AddEntry(ir::Type type, ir::Cell value, Span span) {
  ir::Entry entry;
  entry.type = type;
  entry.value = value;
  entry.span = span;
  program_.entries.push_back(entry);
  return &program_.entries.back();
}

void Builder::AddField(EntityId owner, ir::Field field, std::vector<ir::Field>* shared) {
  if (shared) {
    shared->push_back(field);
    return;
  }
  program_.fields.push_back(field);
  ++entity(owner).field_count;
}

void Builder::ResolveField(const Ast& ast, NodeId id, EntityId owner, std::vector<ir::Field>* shared) {
  const Node& node = ast.nodes[id];
  const Token& key_token = ast.tokens[node.first_token];
  const W key = key_token.word;
  if (options_.as_reference && key == W::key_fulfils) return;
  const W kind = owner == EntityId::kNone ? W::kind_shared : WordOfKind(entity(owner).kind);
  std::string_view key_text = ast.text(key_token);
  key_text.remove_suffix(1);
  while (!key_text.empty() && key_text.back() == ' ') key_text.remove_suffix(1);
  const Span key_span{ast.file, key_token.begin, static_cast<uint32_t>(key_token.begin + key_text.size())};

  // Which type the schema gives it; a shared field must fit tasks or targets.
  const FieldSpec* spec = nullptr;
  ir::WordId word = WordId(key);
  static const FieldSpec kCustom{W::kNone, W::kNone, FieldType::kAny, 0, {}};
  if (key != W::kNone) {
    if (shared) {
      spec = FindField(KindOf(W::kind_task), key);
      if (!spec) spec = FindField(KindOf(W::kind_target), key);
    } else {
      spec = FindField(KindOf(kind), key);
    }
  }
  if (!spec) {
    const ir::KindId custom_kind = shared ? KindOf(W::kind_task) : KindOf(kind);
    const auto custom = custom_fields_.find(std::pair(custom_kind, program_.strings->Find(key_text)));
    if (custom != custom_fields_.end()) {
      spec = &kCustom;
      word = custom->second;
    }
  }
  if (!spec) {
    if (key_text == "đơn vị" || key_text == "unit") {
      emitter_.Emit(Code::kUnitKey, key_span);
      return;
    }
    Finding& finding = emitter_.Emit(Code::kUnknownKey, key_span, {key_text, Spell(kind)});
    std::vector<std::string_view> candidates;
    for (const FieldSpec& row : Schema()) {
      if (row.kind == kind || (shared && row.kind == W::kind_task)) candidates.push_back(SpellingOf(row.key, ast.skin));
    }
    if (const auto only = FindOneEditAway(key_text, candidates)) {
      finding.fix = ReplaceFix(key_span, key_text, candidates[*only], emitter_.language());
    }
    if (const auto nearest = FindNearest(key_text, candidates)) {
      finding.help = emitter_.Say(Phrase::kDidYouMean, {fmt::format("{}:", candidates[*nearest])});
    } else {
      finding.help = emitter_.Say(Phrase::kFieldsHere, {fmt::format("{}", fmt::join(candidates, ", "))});
    }
    return;
  }
  const ir::Field* twice = nullptr;
  if (shared) {
    for (const ir::Field& field : *shared) twice = field.word == word ? &field : twice;
  } else {
    twice = program_.FindField(owner, word);
  }
  if (twice) {
    Finding& finding = emitter_.Emit(Code::kKeyTwice, key_span, {key_text});
    finding.related.push_back({"", twice->span});
    // Said twice in the same words: one of the two can go. To look for the first one costs a pass over the tree.
    const bool look = twice->span.file == ast.file && near_budget_ > 0;
    if (look) --near_budget_;
    const NodeId first = look ? TextIndex(ast).FieldAt(twice->span.begin) : 0;
    const auto was = first == 0 ? std::nullopt : ValuesOf(ast, first), now = first == 0 ? std::nullopt : ValuesOf(ast, id);
    if (was && now && ast.source->slice(*was) == ast.source->slice(*now)) {
      finding.fix = RemoveFix(RemoveField(ast, id), ShownText(ast.source->slice(ast.SpanOf(id))), emitter_.language());
    }
    return;
  }

  ir::Field field;
  field.word = word;
  field.first_entry = static_cast<uint32_t>(program_.entries.size());
  std::vector<NodeId> values;
  for (NodeId child = ast.first(id); child != node.end; child = ast.nodes[child].end) {
    if (ast.nodes[child].kind == NodeKind::kValue) values.push_back(child);
  }
  // `written "…"` ends the field: the whole printed cell.
  size_t last_count = 0;
  if (!values.empty()) {
    const Node& last = ast.nodes[values.back()];
    last_count = last.token_end - last.first_token;
    if (last_count >= 2 && ast.tokens[last.token_end - 1].kind == TokenKind::TEXT &&
        ast.tokens[last.token_end - 2].kind == TokenKind::WORD && ast.tokens[last.token_end - 2].word == W::word_written) {
      field.written = Intern(ast.TextOf(ast.tokens[last.token_end - 1]));
      last_count -= 2;
    }
  }
  Span span = ast.SpanOf(id);
  if (!values.empty()) span.begin = ast.tokens[ast.nodes[values.front()].first_token].begin;
  field.span = values.empty() ? Span{ast.file, key_token.begin, key_token.end} : span;
  if (node.error) {  // reported; the field counts as stated so that nothing follows from the broken line
    AddField(owner, field, shared);
    return;
  }
  if (spec->type == FieldType::kExpr) {
    if (key == W::key_must_hold || key == W::key_done_when) conditions_.push_back({owner, &ast, id});
    AddField(owner, field, shared);
    return;
  }
  if (values.empty()) {
    emitter_.Emit(Code::kValueMissing, key_span, {key_text});
    return;
  }
  if (spec->type == FieldType::kTime || spec->type == FieldType::kTimes || spec->type == FieldType::kDate) {
    ResolveTimes(ast, id, values, owner, key_text, spec->type == FieldType::kDate, last_count);
  } else {
    for (size_t i = 0; i < values.size(); ++i) {
      const Node& value_node = ast.nodes[values[i]];
      const size_t count = i + 1 == values.size() ? last_count : value_node.token_end - value_node.first_token;
      const Tokens value(&ast.tokens[value_node.first_token], count);
      if (value.empty()) continue;  // `written` alone
      if (value.size() == 1 && value[0].kind == TokenKind::WORD && value[0].word == W::word_none) {
        field.none = true;
        continue;
      }
      switch (spec->type) {
        case FieldType::kText: case FieldType::kTexts: ResolveText(ast, value, key_text); break;
        case FieldType::kWord: case FieldType::kWords: ResolveWord(ast, value, *spec, key_text); break;
        case FieldType::kNumber: case FieldType::kQuantity: ResolveQuantity(ast, value, key_text); break;
        case FieldType::kRef: case FieldType::kRefs: case FieldType::kRoles:
          ResolveRole(ast, value, owner, *spec, key_text, field);
          break;
        case FieldType::kPopulation: ResolvePopulation(ast, value, owner, key_text, field); break;
        case FieldType::kBaseline: ResolveBaseline(ast, value, owner, key_text); break;
        case FieldType::kDuration: ResolveDuration(ast, value, key_text); break;
        case FieldType::kLengths: ResolveLength(ast, value); break;
        case FieldType::kRecipients: ResolveRecipient(ast, value, owner, *spec, key_text, field); break;
        case FieldType::kProducts: ResolveProduct(ast, value, owner, key_text); break;
        case FieldType::kColumns: ResolveColumn(ast, value, key_text); break;
        case FieldType::kTypes: ResolveType(ast, value, *spec, key_text); break;
        default: ResolveAny(ast, value, owner, *spec, key_text, field); break;
      }
    }
    const bool single = spec->type == FieldType::kText || spec->type == FieldType::kWord || spec->type == FieldType::kNumber ||
                        spec->type == FieldType::kQuantity || spec->type == FieldType::kRef || spec->type == FieldType::kPopulation ||
                        spec->type == FieldType::kBaseline;
    if (single && values.size() > 1) emitter_.Emit(Code::kOneValue, key_span, {key_text});
  }
  field.entry_count = static_cast<uint32_t>(program_.entries.size()) - field.first_entry;
  AddField(owner, field, shared);
}

// `đoạn "…"` is the passage itself; a clause that states `nguyên văn`, or lines of the text file, keeps its title as a name for people.
void Builder::TakeWordingFromHeading(EntityId clause) {
  const auto [ast, block] = model_->blocks[static_cast<uint32_t>(clause)];
  const Heading heading = HeadingOf(*ast, block);
  if (!heading.title || program_.FindField(clause, WordId(W::key_wording)) || program_.FindField(clause, WordId(W::key_at_lines))) return;
  ir::Field field;
  field.word = WordId(W::key_wording);
  field.span = ast->SpanOf(*heading.title);
  field.first_entry = static_cast<uint32_t>(program_.entries.size());
  field.entry_count = 1;
  AddEntry(ir::Type::kText, CellOf(entity(clause).title), field.span);
  AddField(clause, field, nullptr);
  entity(clause).title = Symbol::kEmpty;
}

void Builder::ResolveMembers() {
  const auto& groups = model_->by_kind[KindOf(W::kind_group)];
  model_->members.resize(groups.size());
  // Members of members: a group inside a group is opened, each group once.
  for (size_t i = 0; i < groups.size(); ++i) {
    std::vector<bool> seen(groups.size(), false);
    std::vector<EntityId> stack{groups[i]};
    std::vector<EntityId>& out = model_->members[i];
    while (!stack.empty()) {
      const EntityId group = stack.back();
      stack.pop_back();
      if (seen[entity(group).row]) continue;
      seen[entity(group).row] = true;
      const ir::Field* field = program_.FindField(group, WordId(W::key_members));
      if (!field) continue;
      for (uint32_t e = 0; e < field->entry_count; ++e) {
        const ir::Entry& entry = program_.entries[field->first_entry + e];
        if (entry.type != ir::Type::kEntity) continue;
        const auto member = static_cast<EntityId>(entry.value);
        if (WordOfKind(entity(member).kind) == W::kind_group) stack.push_back(member);
        else out.push_back(member);
      }
    }
  }
}

std::unique_ptr<Model> BuildModel(const std::vector<Part>& parts, StringPool* strings, const BuildOptions& options, Emitter& emitter) {
  return Builder(strings, options, emitter).Run(parts);
}

}  // namespace ordo
