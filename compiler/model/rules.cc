// Relations and rules: their lines, places, slots and texts.
#include "compiler/model/rules.h"

#include <algorithm>

#include "fmt/format.h"

namespace ordo {

using ir::Type;

// ---- rules and relations

void RuleCompiler::Begin(const Ast& ast, std::string_view name, Span span) {
  ast_ = &ast;
  rule_ = {};
  rule_.name = b_.Intern(name);
  rule_.span = span;
  scope_.clear();
  narrowed_.clear();
  trees_.Clear();
  failed_ = false;
  line_ = {};
  plan_ = ir::kNone;
  stages_ = 0;
  root_ = NewBody();
}

bool RuleCompiler::Line(NodeId clause, ir::BodyId body) {
  const Node& node = ast_->nodes[clause];
  if (node.error) return true;
  const Token& token = ast_->tokens[node.first_token];
  switch (token.kind) {
    case TokenKind::FOR_EACH: {
      if (!Generators(ast_->first(clause), node.end, body, nullptr)) return true;
      for (NodeId child = ast_->first(clause); child != node.end; child = ast_->nodes[child].end) {
        if (ast_->nodes[child].kind == NodeKind::kExpr) Condition(BuildTree(child), body);
      }
      return true;
    }
    case TokenKind::LET: {
      const Token& name = ast_->tokens[node.first_token + 1];
      Value value = CompileTree(BuildTree(ast_->first(clause)));
      line_ = ast_->SpanOf(clause);
      Binding binding;
      if (value.ok && value.is_word) value = Fail(value.span, Code::kRuleUnknown, {value.text});
      if (!value.ok) {   // known by name all the same, so that nothing follows from it
        binding.kind = Binding::kAlias;
        Bind(name, binding);
        return true;
      }
      value.key = ast_->NameOf(name);
      if (value.is_set) {
        binding.kind = Binding::kSet;
      } else if (value.type.optional) {
        binding.kind = Binding::kAlias;   // asked again where it is used, behind its guard
      } else {
        binding.var = NewVar(ast_->NameOf(name), value.type.type);
        Let(body, binding.var, value.expr);
        value.expr = VarExpr(binding.var);
      }
      binding.value = value;
      Bind(name, binding);
      return true;
    }
    case TokenKind::TOP:
      TopLine(clause);
      return true;
    case TokenKind::CONDITION:
      Condition(BuildTree(ast_->first(clause)), body);
      return true;
    default: return false;
  }
}

void RuleCompiler::ParameterLine(NodeId clause, const ProfileLine* profile, RulePage& page) {
  // parameter limit = 40%, from 10% to 100%
  const Node& node = ast_->nodes[clause];
  if (node.error) return;
  const Token& name = ast_->tokens[node.first_token + 1];
  page.parameters.emplace_back(Text(ast_->SpanOf(clause)));
  std::vector<Builder::Literal> values;   // the value, then the least and the most
  for (uint32_t i = node.first_token + 2; i < node.token_end; ++i) {
    const TokenKind kind = ast_->tokens[i].kind;
    if (kind != TokenKind::NUMBER && kind != TokenKind::DATE && kind != TokenKind::TEXT) continue;
    const auto value = b_.ReadLiteral(*ast_, {&ast_->tokens[i], node.token_end - i}, 0);
    if (!value) {
      failed_ = true;
      return;
    }
    values.push_back(*value);
  }
  if (values.empty()) {
    Fail(ast_->SpanOf(clause), Code::kNumberNeeded, {ast_->text(name)});
    return;
  }
  const Type type = values[0].type;
  for (const Builder::Literal& value : values) {
    const bool bound = &value != &values[0];
    if (value.type == type && !(bound && type == Type::kText)) continue;
    if (bound && value.type == Type::kNumber && ir::IsDecimal(type) && type != Type::kPercent) continue;   // 5 working days, from 1 to 60
    Fail(ast_->SpanOf(clause), Code::kRuleTypes, {TypeName({value.type}), TypeName({type})});
    return;
  }
  const std::string text = ast_->NameOf(name);
  b_.parameter_names_[std::string(program_.text(page.code))].push_back(text);
  const auto before = [&](ir::Cell a, ir::Cell b) { return type == Type::kDate ? a < b : Decimal::FromCell(a) < Decimal::FromCell(b); };
  const auto outside = [&](ir::Cell value) { return values.size() == 3 && (before(value, values[1].cell) || before(values[2].cell, value)); };
  const auto shown = [&](ir::Cell cell) {
    if (type == Type::kDate) return Date(static_cast<int32_t>(cell)).ToString(b_.emitter_.language());
    const Decimal number = Decimal::FromCell(cell);
    const auto percent = type == Type::kPercent ? number.Times(Decimal::FromInt(100)) : std::nullopt;
    return percent ? percent->ToString(b_.emitter_.language()) + "%" : number.ToString(b_.emitter_.language());
  };
  ir::Cell cell = values[0].cell;
  if (outside(cell)) Fail(ast_->SpanOf(clause), Code::kParameterRange, {text, shown(values[1].cell), shown(values[2].cell)});
  for (const ProfileLine::Parameter& set : profile ? profile->parameters : std::vector<ProfileLine::Parameter>()) {
    if (set.name != text) continue;
    if (set.type != type) {
      b_.emitter_.Emit(Code::kRuleTypes, set.span, {TypeName({set.type}), TypeName({type})}).related.push_back({"", ast_->SpanOf(clause)});
    } else if (outside(set.value)) {
      b_.emitter_.Emit(Code::kParameterRange, set.span, {text, shown(values[1].cell), shown(values[2].cell)})
          .related.push_back({"", ast_->SpanOf(clause)});
    } else {
      cell = set.value;
    }
  }
  Binding binding;
  binding.kind = Binding::kConst;
  binding.value.ok = true;
  binding.value.type.type = type;
  binding.value.expr = ConstExpr(type, cell);
  Bind(name, binding);
}

std::optional<ir::ExprId> RuleCompiler::PlaceColumn(NodeId expr, ir::BodyId body, ir::WordId* field, KindSet* kinds) {
  *field = ir::kNoWord;
  const int tree = BuildTree(expr);
  const Span span = ast_->SpanOf(expr);
  if (tree < 0 || trees_[tree].op) {
    Fail(span, Code::kRulePlace, {Text(span)});
    return std::nullopt;
  }
  const NodeId primary = ast_->first(trees_[tree].unary);
  const Node& node = ast_->nodes[primary];
  if (ast_->tokens[node.first_token].kind != TokenKind::ID) {
    Fail(span, Code::kRulePlace, {Text(span)});
    return std::nullopt;
  }
  const NodeId path = ast_->first(primary);
  const Node& path_node = ast_->nodes[path];
  const Token& name = ast_->tokens[path_node.first_token];
  // A name for a set stands for the field that it came from.
  if (Binding* binding = Find(ast_->NameOf(name)); binding && binding->value.is_set && path_node.token_end == path_node.first_token + 1) {
    const SetPath& set = binding->value.set;
    if (set.field == W::kNone) {
      Fail(span, Code::kRulePlace, {Text(span)});
      return std::nullopt;
    }
    *field = Builder::WordId(set.field);
    *kinds = set.base_kinds;
    return VarExpr(AsVar(body, set.base));
  }
  Value value;
  uint32_t at = path_node.first_token + 1;
  if (Binding* binding = Find(ast_->NameOf(name))) {
    value = binding->value;
    if (!value.ok) return std::nullopt;
  } else if (name.word == W::op_this_plan) {
    value = ThePlan(TokenSpan(name));
  } else {
    Fail(span, Code::kRuleUnknown, {ast_->text(name)});
    return std::nullopt;
  }
  value.span = TokenSpan(name);
  while (at + 1 < path_node.token_end) {
    const Token& member = ast_->tokens[at + 1];
    const bool last = at + 3 >= path_node.token_end;
    bool is_field = false;
    if (last && member.kind == TokenKind::MEMBER && RowOf(member.word).family == "key") {
      for (ir::KindId kind = 0; kind < kKindCount; ++kind) is_field |= Has(value.type.kinds, kind) && FindField(kind, member.word);
    }
    if (is_field) {
      *field = Builder::WordId(member.word);
      break;
    }
    value = Member(value, member);
    if (!value.ok) return std::nullopt;
    at += 2;
  }
  if (!Guarded(value)) return std::nullopt;
  if (value.type.type != Type::kEntity) {
    Fail(span, Code::kRulePlace, {Text(span)});
    return std::nullopt;
  }
  *kinds = value.type.kinds;
  return VarExpr(AsVar(body, value.expr));
}

void RuleCompiler::CompileRule(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || ast.nodes[block].error) return;
  const std::string code = ast.NameOf(*heading.name);
  Begin(ast, "check " + code, ast.SpanOf(heading.node));
  broken_ = false;
  const auto settings = b_.profile_.find(code);
  const ProfileLine* profile = settings == b_.profile_.end() ? nullptr : &settings->second;
  ir::Check check;
  check.code = b_.Intern(code);
  check.span = rule_.span;
  if (heading.title) check.title_en = check.title_vi = b_.Intern(ast.TextOf(*heading.title));
  RulePage page{};
  page.code = check.code;
  bool has_at = false;
  CheckParts parts;
  absl::flat_hash_set<W> stated;
  bool any_failed = false;
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.error) {
      any_failed = true;
      continue;
    }
    const Token& token = ast.tokens[node.first_token];
    any_failed |= failed_;
    failed_ = false;
    if (IsException(ast, line)) continue;   // read once the general case stands
    if (node.kind == NodeKind::kClause) {
      if (token.kind == TokenKind::PARAMETER) ParameterLine(line, profile, page);
      else if (!Line(line, root_)) Fail(TokenSpan(token), Code::kUnexpected, {ast.text(token)});
      continue;
    }
    if (node.kind != NodeKind::kField) {
      Fail(TokenSpan(token), Code::kUnexpected, {ShownText(ast.text(token))});
      continue;
    }
    const Token* text = nullptr;
    for (uint32_t i = node.first_token + 1; i < node.token_end; ++i) {
      if (ast.tokens[i].kind == TokenKind::TEXT && !text) text = &ast.tokens[i];
    }
    const Symbol content = text ? b_.Intern(ast.TextOf(*text)) : Symbol::kEmpty;
    if (text) parts.texts.emplace_back(content, TokenSpan(*text));
    if (token.word != W::kNone && !stated.insert(token.word).second) {
      std::string_view key = ast.text(token);
      key.remove_suffix(1);
      Fail(TokenSpan(token), Code::kKeyTwice, {key});
      continue;
    }
    switch (token.word) {
      case W::key_severity: ReadSeverity(ast, line, &check.severity); break;
      case W::key_at: case W::key_see:
        for (NodeId child = ast.first(line); child != node.end; child = ast.nodes[child].end) parts.places.push_back({token.word, child});
        has_at |= token.word == W::key_at;
        break;
      case W::key_en: check.text_en = content; break;
      case W::key_vi: check.text_vi = content; break;
      case W::key_fix_en: check.fix_en = content; break;
      case W::key_fix_vi: check.fix_vi = content; break;
      case W::key_title_en: check.title_en = content; break;
      case W::key_title_vi: check.title_vi = content; break;
      case W::key_page_en: page.page_en = content; break;
      case W::key_page_vi: page.page_vi = content; break;
      case W::key_note: break;
      case W::key_follows_from: FollowsLine(line, page); break;
      case W::key_repair_remove: case W::key_repair_replace: case W::key_repair_add: parts.repair = line; break;
      default: {
        std::string_view key = ast.text(token);
        key.remove_suffix(1);
        Fail(TokenSpan(token), Code::kUnknownKey, {key, b_.Spell(W::kind_rule)});
        break;
      }
    }
  }
  any_failed |= failed_;
  failed_ = false;
  if (!has_at) Fail(rule_.span, Code::kRuleIncomplete, {SpellingOf(W::key_at, ast.skin)});
  if (check.text_en == Symbol::kEmpty && check.text_vi == Symbol::kEmpty) Fail(rule_.span, Code::kRuleIncomplete, {"vi:"});
  if (check.text_en == Symbol::kEmpty) check.text_en = check.text_vi;
  if (check.text_vi == Symbol::kEmpty) check.text_vi = check.text_en;
  if (check.fix_en == Symbol::kEmpty) check.fix_en = check.fix_vi;
  if (check.fix_vi == Symbol::kEmpty) check.fix_vi = check.fix_en;
  // One language stands in for the other, and the title for a page that nobody has written.
  if (page.page_en == Symbol::kEmpty) page.page_en = page.page_vi != Symbol::kEmpty ? page.page_vi : check.title_en;
  if (page.page_vi == Symbol::kEmpty) page.page_vi = page.page_en != check.title_en ? page.page_en : check.title_vi;
  page.title_en = check.title_en;
  page.title_vi = check.title_vi;
  page.fix_en = check.fix_en;
  page.fix_vi = check.fix_vi;
  page.severity = check.severity;
  page.mends = parts.repair != 0;
  for (const auto& [cause, span] : page.follows) check.follows.push_back(cause);
  b_.model_->pages.push_back(page);

  if (profile && profile->severity) check.severity = *profile->severity;
  const auto& only = b_.options_.only;
  const bool wanted = only.empty() || std::find(only.begin(), only.end(), code) != only.end();
  const bool off = profile && profile->off;
  b_.model_->rules_off += off;
  if (off) b_.model_->off_at.emplace_back(check.code, b_.profile_spans_[code]);
  if (!HasCases({&ast, block}, code)) {
    EmitCheck(std::move(check), parts, "check " + code, wanted && !off && !any_failed);
    return;
  }
  const std::string name = "check " + code;
  const std::vector<Case> cases = FindCases({&ast, block}, code, code, W::key_severity);
  std::vector<std::optional<Severity>> said = {check.severity};   // by case; nothing: silent
  for (size_t i = 1; i < cases.size(); ++i) {
    said.push_back(CaseSeverity(cases[i]));
    broken_ |= failed_;
    failed_ = false;
  }
  for (size_t i = 0; i < cases.size(); ++i) {
    if (!said[i]) continue;
    ir::Check own = check;
    own.severity = *said[i];
    GoOn(cases[i]);
    ast_ = &ast;   // places and slots are the rule's own
    ExceptChildren(cases, i);
    failed_ = false;
    EmitCheck(std::move(own), parts, i == 0 ? name : name + "." + cases[i].name, wanted && !off && !any_failed && !broken_);
  }
  if (wanted && !off && !any_failed && !broken_ && cases.size() > 2) CompareOutcomes(cases, said, code, check.span, parts.places);
}

// Nothing where the case is silent: it says `off`, or no severity of its own.
std::optional<Severity> RuleCompiler::CaseSeverity(const Case& in) {
  const Ast& ast = *in.source.ast;
  Severity severity = Severity::kWarning;
  for (NodeId line = HeadingOf(ast, in.source.block).body; line != ast.nodes[in.source.block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_severity) continue;
    return ReadSeverity(ast, line, &severity) ? std::optional(severity) : std::nullopt;
  }
  return std::nullopt;
}

// False for `off`, and after a finding.
bool RuleCompiler::ReadSeverity(const Ast& ast, NodeId line, Severity* severity) {
  const Node& node = ast.nodes[line];
  W level = W::kNone;
  for (uint32_t i = node.first_token + 1; i < node.token_end && level == W::kNone; ++i) {
    const Token& token = ast.tokens[i];
    if (token.kind == TokenKind::WORD || token.kind == TokenKind::ID) level = FindWord(ast.text(token), ast.skin, kAtEnum);
  }
  if (level == W::word_error) *severity = Severity::kError;
  else if (level == W::word_warning) *severity = Severity::kWarning;
  else if (level == W::word_information) *severity = Severity::kInformation;
  else if (level != W::word_off) {
    Fail(ast.SpanOf(line), Code::kWordNeeded, {ast.text(ast.tokens[node.first_token]),
         fmt::format("{}, {}, {}", SpellingOf(W::word_error, ast.skin), SpellingOf(W::word_warning, ast.skin), SpellingOf(W::word_information, ast.skin))});
  }
  return level != W::word_off && !failed_;
}

// Exceptions that hold of the same binding must agree on what becomes of it.
void RuleCompiler::CompareOutcomes(const std::vector<Case>& cases, const std::vector<std::optional<Severity>>& said, std::string_view code,
                                   Span span, const std::vector<std::pair<W, NodeId>>& places) {
  if (std::all_of(said.begin() + 1, said.end(), [&](const auto& one) { return one == said[1]; })) return;
  const Case& general = cases[0];
  ir::Relation relation;
  relation.name = b_.Intern(fmt::format("check {} outcomes", code));
  relation.derived = true;
  const auto outcomes = static_cast<ir::RelationId>(program_.relations.size());
  for (const ir::VarId var : general.stage.variables) relation.columns.push_back({general.rule.variables[var].name, general.rule.variables[var].type});
  const Ast& ast = *general.source.ast;
  ir::WordId field = ir::kNoWord;
  uint32_t place = ir::kNone;
  for (size_t i = 1; i < cases.size(); ++i) {
    GoOn(cases[i]);
    ast_ = &ast;
    ExceptChildren(cases, i);
    for (const ir::VarId var : general.stage.variables) rule_.head_arguments.push_back(VarExpr(var));
    for (const auto& [key, expr] : places) {
      KindSet kinds = 0;
      if (key != W::key_at) continue;
      const auto object = PlaceColumn(expr, root_, &field, &kinds);
      if (!object) return;
      place = static_cast<uint32_t>(rule_.head_arguments.size());
      rule_.head_arguments.push_back(*object);
    }
    if (i == 1) relation.columns.push_back({b_.Intern("at"), Type::kEntity});
    rule_.head_arguments.push_back(ConstExpr(Type::kNumber, Decimal::FromInt(said[i] ? 1 + static_cast<int>(*said[i]) : 0).cell()));
    rule_.head_arguments.push_back(ConstExpr(Type::kText, Builder::CellOf(b_.Intern(cases[i].name))));
    rule_.head = outcomes;
    rule_.body = root_;
    if (i == 1) {
      relation.columns.push_back({b_.Intern("outcome"), Type::kNumber});
      relation.columns.push_back({b_.Intern("case"), Type::kText});
      program_.relations.push_back(std::move(relation));
    }
    program_.rules.push_back(std::move(rule_));
  }
  ReportConflicts(outcomes, place, field, code, span);
}

// Places and slots are columns of the check's own relation; its rule is the one that is being compiled.
void RuleCompiler::EmitCheck(ir::Check check, const CheckParts& parts, std::string_view name, bool wanted) {
  line_ = {};
  std::vector<ir::ExprId> arguments;
  ir::Relation relation;
  relation.name = b_.Intern(name);
  relation.derived = true;
  auto column = [&](ir::ExprId expr, std::string_view column_name) {
    const ir::VarId var = program_.exprs[expr].a;
    for (size_t i = 0; i < arguments.size(); ++i) {
      if (program_.exprs[arguments[i]].a == var) return static_cast<uint32_t>(i);
    }
    arguments.push_back(expr);
    relation.columns.push_back({b_.Intern(column_name), program_.exprs[expr].type});
    return static_cast<uint32_t>(arguments.size() - 1);
  };
  for (const W key_wanted : {W::key_at, W::key_see}) {
    for (const auto& [key, expr] : parts.places) {
      if (key != key_wanted || failed_) continue;
      ir::Place place;
      KindSet kinds = 0;
      const auto object = PlaceColumn(expr, root_, &place.field, &kinds);
      if (!object) continue;
      place.column = column(*object, key == W::key_at ? "at" : "see");
      if (key == W::key_at) check.at = place;
      else check.see.push_back(place);
    }
  }
  std::vector<std::string> seen;
  for (const Symbol text : {check.text_vi, check.text_en, check.fix_vi, check.fix_en}) {
    const std::string_view sentence = program_.text(text);
    const auto at = std::find_if(parts.texts.begin(), parts.texts.end(), [&](const auto& one) { return one.first == text; });
    const Span span = at == parts.texts.end() ? check.span : at->second;
    for (size_t open = sentence.find_first_of("{}"); open != std::string_view::npos; open = sentence.find_first_of("{}", open + 1)) {
      const size_t close = sentence.find_first_of("{}", open + 1);
      const std::string slot(sentence.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
      const bool closed = sentence[open] == '{' && close != std::string_view::npos && sentence[close] == '}';
      if (!closed || slot.empty() || slot.find_first_of(". ") != std::string::npos) {
        Fail(span, Code::kRuleSlotForm, {ShownText(sentence.substr(open, closed ? close + 1 - open : std::string_view::npos))});
        break;
      }
      open = close;
      if (std::find(seen.begin(), seen.end(), slot) != seen.end()) continue;
      seen.push_back(slot);
      const Binding* binding = Find(slot);
      if (!binding) {
        std::string names;
        for (const auto& [name, bound] : scope_) names += (names.empty() ? "{" : ", {") + name + "}";
        Fail(span, Code::kRuleSlot, {slot, names});
        continue;
      }
      if (!binding->value.ok) continue;
      if (binding->kind == Binding::kConst) {
        const ir::Expr& constant = program_.exprs[binding->value.expr];
        check.constants.push_back({b_.Intern(slot), constant.constant});
        check.constant_types.push_back(constant.type);
        continue;
      }
      ir::ExprId expr = binding->value.expr;
      if (binding->value.is_set) {
        const ir::VarId member = NewVar(slot, binding->value.set.element.type);
        EmitMembers(binding->value.set, member, root_);
        expr = VarExpr(member);
      } else {
        Value value = binding->value;
        value.span = span;
        value.text = slot;
        if (!Guarded(value)) continue;
        expr = VarExpr(AsVar(root_, expr));
      }
      check.slots.push_back({b_.Intern(slot), column(expr, slot)});
    }
  }
  if (parts.repair != 0 && !failed_) CompileRepair(parts.repair, root_, column, check);
  if (!wanted || failed_) return;
  check.relation = static_cast<ir::RelationId>(program_.relations.size());
  program_.relations.push_back(std::move(relation));
  rule_.head = check.relation;
  rule_.head_arguments = std::move(arguments);
  rule_.body = root_;
  program_.rules.push_back(std::move(rule_));
  program_.checks.push_back(std::move(check));
}

// top 3 by led [for each s]: of the bindings found so far, those whose value is among the n first; equal values are kept together.
void RuleCompiler::TopLine(NodeId clause) {
  const Node& node = ast_->nodes[clause];
  const Token& count = ast_->tokens[node.first_token + 1];
  const Span span = ast_->SpanOf(clause);
  std::optional<Decimal> n;
  if (count.kind == TokenKind::NUMBER) {
    n = b_.ReadNumber(*ast_, count);
  } else if (const Binding* parameter = Find(ast_->NameOf(count)); parameter && parameter->kind == Binding::kConst) {
    if (parameter->value.type.type == Type::kNumber) n = Decimal::FromCell(program_.exprs[parameter->value.expr].constant);
  }
  if (!n || !n->is_integer() || n->mantissa() < 1 || n->mantissa() > 1'000'000) {
    Fail(TokenSpan(count), Code::kRuleTopCount, {ast_->text(count)});
    return;
  }
  const Value by = CompileTree(BuildTree(ast_->first(clause)));
  if (!Guarded(by)) return;
  if (!ir::IsDecimal(by.type.type) && by.type.type != Type::kDate) {
    Fail(by.span, Code::kNumberNeeded, {by.text});
    return;
  }
  const ir::VarId value = AsVar(root_, by.expr);
  std::vector<ir::VarId> groups;
  for (NodeId child = ast_->first(clause); child != node.end; child = ast_->nodes[child].end) {
    if (ast_->nodes[child].kind != NodeKind::kItem) continue;
    const Token& name = ast_->tokens[ast_->nodes[child].first_token];
    const Binding* const group = Find(ast_->NameOf(name));
    if (!group || group->kind != Binding::kVar || ast_->nodes[child].token_end != ast_->nodes[child].first_token + 1) {
      Fail(ast_->SpanOf(child), Code::kRuleUnknown, {Text(ast_->SpanOf(child))});
      return;
    }
    groups.push_back(group->var);
  }
  std::string_view owner = program_.text(rule_.name);
  if (owner.starts_with("check ")) owner.remove_prefix(6);
  const Stage stage = Cut(StageName(owner));
  // The same bindings once more, those of this group: what is put in order are the names that the author has bound.
  std::vector<ir::Match> matches;
  std::vector<ir::ExprId> tuple;
  ir::VarId other = ir::kNone;
  for (const ir::VarId var : stage.variables) {
    const bool group = std::find(groups.begin(), groups.end(), var) != groups.end();
    const ir::VarId own = group ? var : NewVar("", rule_.variables[var].type);
    matches.push_back({static_cast<uint32_t>(matches.size()), own, 0});
    if (var == value) other = own;
    const bool named = std::any_of(scope_.begin(), scope_.end(), [&](const auto& binding) {
      return binding.second.kind == Binding::kVar && binding.second.var == var;
    });
    if (!group && (named || var == value)) tuple.push_back(VarExpr(own));
  }
  const ir::BodyId body = NewBody();
  Scan(body, stage.relation, std::move(matches));
  const bool top = ast_->tokens[node.first_token].word == W::clause_top;
  ir::Expr nth{top ? ir::Op::kNthGreatest : ir::Op::kNthLeast, by.type.type, body, VarExpr(other)};
  nth.c = static_cast<uint32_t>(n->mantissa());
  if (tuple.empty()) tuple.push_back(VarExpr(other));
  const ir::ExprId last = WithArguments(nth, tuple);
  Filter(root_, Binary(top ? ir::Op::kGreaterEqual : ir::Op::kLessEqual, Type::kBool, VarExpr(value), last));
}

ir::RelationId RuleCompiler::CompileOnly(const Ast& ast, NodeId field, W kind, std::string_view name) {
  Begin(ast, name, ast.SpanOf(field));
  const ir::BodyId body = root_;
  Binding binding;
  binding.var = NewVar("x", Type::kEntity);
  Scan(body, b_.model_->facts.Keyed(program_, KindOf(kind)), {{0, binding.var, 0}});
  binding.value.ok = true;
  binding.value.type = {Type::kEntity, Only(kind), false};
  binding.value.expr = VarExpr(binding.var);
  binding.value.key = "x";
  // The row is called by the word of its kind's first letter in both skins: `t` for tasks as in the reference, `x` always.
  scope_.emplace_back("x", binding);
  scope_.emplace_back("t", binding);
  for (NodeId child = ast.first(field); child != ast.nodes[field].end; child = ast.nodes[child].end) Condition(BuildTree(child), body);
  if (failed_) return ir::kNone;
  ir::Relation relation;
  relation.name = b_.Intern(name);
  relation.derived = true;
  relation.columns.push_back({b_.Intern("row"), Type::kEntity});
  rule_.head = static_cast<ir::RelationId>(program_.relations.size());
  rule_.head_arguments = {VarExpr(binding.var)};
  rule_.body = body;
  program_.relations.push_back(std::move(relation));
  program_.rules.push_back(std::move(rule_));
  return program_.relations.size() - 1;
}

}  // namespace ordo
