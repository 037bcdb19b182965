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
  plan_ = ir::kNone;
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
    case TokenKind::CONDITION:
      Condition(BuildTree(ast_->first(clause)), body);
      return true;
    default: return false;
  }
}

void RuleCompiler::DeclareRelation(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || ast.nodes[block].error) return;
  UserRelation relation;
  relation.relation = static_cast<ir::RelationId>(program_.relations.size());
  ir::Relation made;
  made.name = b_.NameSymbol(ast, *heading.name);
  made.derived = true;
  if (heading.parameters != 0) {
    const Node& node = ast.nodes[heading.parameters];
    for (uint32_t i = node.first_token; i + 1 < node.token_end; ++i) {
      if (ast.tokens[i].kind != TokenKind::TYPE) continue;
      const W kind = ast.tokens[i].word;
      const KindSet kinds = kind == W::type_party ? kParties : kind == W::type_object ? ~KindSet{0} >> (64 - kKindCount) : Only(kind);
      relation.parameters.push_back({Type::kEntity, kinds, false});
      made.columns.push_back({b_.Intern(ast.NameOf(ast.tokens[i + 1])), Type::kEntity});
    }
  }
  if (made.columns.empty()) {
    b_.emitter_.Emit(Code::kRuleIncomplete, ast.SpanOf(heading.node), {"(…)"});
    return;
  }
  const auto [at, fresh] = relations_.emplace(made.name, relation);
  if (!fresh) {
    b_.emitter_.Emit(Code::kNameTwice, ast.SpanOf(*heading.name), {ast.text(*heading.name)});
    return;
  }
  program_.relations.push_back(std::move(made));
}

void RuleCompiler::CompileRelation(const Ast& ast, NodeId block) {
  const Heading heading = HeadingOf(ast, block);
  if (!heading.name || heading.parameters == 0) return;
  const auto found = relations_.find(b_.NameSymbol(ast, *heading.name));
  if (found == relations_.end()) return;
  bool any = false;
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kClause || node.error || ast.tokens[node.first_token].word != W::clause_holds_if) {
      if (!node.error) {
        const Token& token = ast.tokens[node.first_token];
        b_.emitter_.Emit(Code::kUnexpected, ast.SpanOf(token), {ShownText(ast.text(token))});
      }
      continue;
    }
    any = true;
    Begin(ast, ast.text(*heading.name), ast.SpanOf(line));
    const ir::BodyId body = root_;
    std::vector<ir::ExprId> arguments;
    const Node& parameters = ast.nodes[heading.parameters];
    for (uint32_t i = parameters.first_token; i + 1 < parameters.token_end; ++i) {
      if (ast.tokens[i].kind != TokenKind::TYPE) continue;
      const W kind = ast.tokens[i].word;
      Binding binding;
      binding.var = NewVar(ast.NameOf(ast.tokens[i + 1]), Type::kEntity);
      if (kind != W::type_party && kind != W::type_object) {
        Scan(body, b_.model_->facts.Keyed(program_, KindOf(kind)), {{0, binding.var, 0}});
      }
      binding.value.ok = true;
      binding.value.type = found->second.parameters[arguments.size()];
      binding.value.expr = VarExpr(binding.var);
      binding.value.key = ast.NameOf(ast.tokens[i + 1]);
      if (!Bind(ast.tokens[i + 1], binding)) break;
      arguments.push_back(VarExpr(binding.var));
    }
    Line(line, body);
    if (failed_) continue;
    rule_.head = found->second.relation;
    rule_.head_arguments = arguments;
    rule_.body = body;
    program_.rules.push_back(std::move(rule_));
  }
  if (!any) b_.emitter_.Emit(Code::kRuleIncomplete, ast.SpanOf(heading.node), {SpellingOf(W::clause_holds_if, ast.skin)});
}

void RuleCompiler::ParameterLine(NodeId clause, const ProfileLine* profile, RulePage& page) {
  // parameter limit = 40%, from 10% to 100%
  const Node& node = ast_->nodes[clause];
  if (node.error) return;
  const Token& name = ast_->tokens[node.first_token + 1];
  page.parameters.emplace_back(Text(ast_->SpanOf(clause)));
  std::vector<std::pair<Type, Decimal>> numbers;
  for (uint32_t i = node.first_token + 2; i < node.token_end; ++i) {
    if (ast_->tokens[i].kind != TokenKind::NUMBER) continue;
    const auto quantity = b_.ReadQuantity(*ast_, {&ast_->tokens[i], node.token_end - i}, 0);
    if (!quantity) {
      failed_ = true;
      return;
    }
    numbers.push_back({quantity->type, quantity->value});
  }
  if (numbers.empty()) {
    Fail(ast_->SpanOf(clause), Code::kNumberNeeded, {ast_->text(name)});
    return;
  }
  auto [type, value] = numbers[0];
  const std::string text = ast_->NameOf(name);
  b_.parameter_names_[std::string(program_.text(page.code))].push_back(text);
  const auto shown = [&](const Decimal& number) {
    const auto percent = type == Type::kPercent ? number.Times(Decimal::FromInt(100)) : std::nullopt;
    return percent ? percent->ToString(b_.emitter_.language()) + "%" : number.ToString(b_.emitter_.language());
  };
  for (const ProfileLine::Parameter& set : profile ? profile->parameters : std::vector<ProfileLine::Parameter>()) {
    if (set.name != text) continue;
    const Decimal number = Decimal::FromCell(set.value);
    if (set.type != type) {
      b_.emitter_.Emit(Code::kRuleTypes, set.span, {TypeName({set.type}), TypeName({type})}).related.push_back({"", ast_->SpanOf(clause)});
    } else if (numbers.size() == 3 && (number < numbers[1].second || number > numbers[2].second)) {
      b_.emitter_.Emit(Code::kParameterRange, set.span, {text, shown(numbers[1].second), shown(numbers[2].second)})
          .related.push_back({"", ast_->SpanOf(clause)});
    } else {
      value = number;
    }
  }
  Binding binding;
  binding.kind = Binding::kConst;
  binding.value.ok = true;
  binding.value.type.type = type;
  binding.value.expr = ConstExpr(type, value.cell());
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
  const ir::BodyId body = root_;
  const auto settings = b_.profile_.find(code);
  const ProfileLine* profile = settings == b_.profile_.end() ? nullptr : &settings->second;
  ir::Check check;
  check.code = b_.Intern(code);
  check.span = rule_.span;
  if (heading.title) check.title_en = check.title_vi = b_.Intern(ast.TextOf(*heading.title));
  RulePage page{};
  page.code = check.code;
  bool has_at = false, has_severity = false;
  std::vector<std::pair<W, NodeId>> places;
  std::vector<std::pair<Symbol, Span>> texts;   // where each stands
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
    if (node.kind == NodeKind::kClause) {
      if (token.kind == TokenKind::PARAMETER) ParameterLine(line, profile, page);
      else if (!Line(line, body)) Fail(TokenSpan(token), Code::kUnexpected, {ast.text(token)});
      continue;
    }
    if (node.kind != NodeKind::kField) {
      Fail(TokenSpan(token), Code::kUnexpected, {ShownText(ast.text(token))});
      continue;
    }
    const Token* text = nullptr;
    const Token* word = nullptr;
    for (uint32_t i = node.first_token + 1; i < node.token_end; ++i) {
      if (ast.tokens[i].kind == TokenKind::TEXT && !text) text = &ast.tokens[i];
      if ((ast.tokens[i].kind == TokenKind::WORD || ast.tokens[i].kind == TokenKind::ID) && !word) word = &ast.tokens[i];
    }
    const Symbol content = text ? b_.Intern(ast.TextOf(*text)) : Symbol::kEmpty;
    if (text) texts.emplace_back(content, TokenSpan(*text));
    if (token.word != W::kNone && !stated.insert(token.word).second) {
      std::string_view key = ast.text(token);
      key.remove_suffix(1);
      Fail(TokenSpan(token), Code::kKeyTwice, {key});
      continue;
    }
    switch (token.word) {
      case W::key_severity: {
        const W level = word ? FindWord(ast.text(*word), ast.skin, kAtEnum) : W::kNone;
        has_severity = true;
        if (level == W::word_error) check.severity = Severity::kError;
        else if (level == W::word_warning) check.severity = Severity::kWarning;
        else if (level == W::word_information) check.severity = Severity::kInformation;
        else Fail(ast.SpanOf(line), Code::kWordNeeded, {ast.text(token), fmt::format("{}, {}, {}", SpellingOf(W::word_error, ast.skin),
                  SpellingOf(W::word_warning, ast.skin), SpellingOf(W::word_information, ast.skin))});
        break;
      }
      case W::key_at: case W::key_see:
        for (NodeId child = ast.first(line); child != node.end; child = ast.nodes[child].end) places.push_back({token.word, child});
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
  (void)has_severity;
  page.title_en = check.title_en;
  page.title_vi = check.title_vi;
  page.fix_en = check.fix_en;
  page.fix_vi = check.fix_vi;
  page.severity = check.severity;
  b_.model_->pages.push_back(page);

  // Places and slots are columns of the check's own relation.
  std::vector<ir::ExprId> arguments;
  ir::Relation relation;
  relation.name = b_.Intern("check " + code);
  relation.derived = true;
  auto column = [&](ir::ExprId expr, std::string_view name) {
    const ir::VarId var = program_.exprs[expr].a;
    for (size_t i = 0; i < arguments.size(); ++i) {
      if (program_.exprs[arguments[i]].a == var) return static_cast<uint32_t>(i);
    }
    arguments.push_back(expr);
    relation.columns.push_back({b_.Intern(name), program_.exprs[expr].type});
    return static_cast<uint32_t>(arguments.size() - 1);
  };
  for (const W wanted : {W::key_at, W::key_see}) {
    for (const auto& [key, expr] : places) {
      if (key != wanted || failed_) continue;
      ir::Place place;
      KindSet kinds = 0;
      const auto object = PlaceColumn(expr, body, &place.field, &kinds);
      if (!object) continue;
      place.column = column(*object, key == W::key_at ? "at" : "see");
      if (key == W::key_at) check.at = place;
      else check.see.push_back(place);
    }
  }
  std::vector<std::string> seen;
  for (const Symbol text : {check.text_vi, check.text_en, check.fix_vi, check.fix_en}) {
    const std::string_view sentence = program_.text(text);
    const auto at = std::find_if(texts.begin(), texts.end(), [&](const auto& one) { return one.first == text; });
    const Span span = at == texts.end() ? rule_.span : at->second;
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
        EmitMembers(binding->value.set, member, body);
        expr = VarExpr(member);
      } else {
        Value value = binding->value;
        value.span = span;
        value.text = slot;
        if (!Guarded(value)) continue;
        expr = VarExpr(AsVar(body, expr));
      }
      check.slots.push_back({b_.Intern(slot), column(expr, slot)});
    }
  }
  any_failed |= failed_;
  if (profile && profile->severity) check.severity = *profile->severity;
  if (profile && profile->off) {
    ++b_.model_->rules_off;
    return;
  }
  const auto& only = b_.options_.only;
  if (!only.empty() && std::find(only.begin(), only.end(), code) == only.end()) return;
  if (any_failed) return;
  check.relation = static_cast<ir::RelationId>(program_.relations.size());
  program_.relations.push_back(std::move(relation));
  rule_.head = check.relation;
  rule_.head_arguments = std::move(arguments);
  rule_.body = body;
  program_.rules.push_back(std::move(rule_));
  program_.checks.push_back(std::move(check));
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
