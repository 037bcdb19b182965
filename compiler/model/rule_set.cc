// All rules of a plan: profiles, waivers, which relations have to be run.
#include "compiler/model/rules.h"

#include <algorithm>

#include "fmt/format.h"
#include "runtime/base/one_edit.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/fix.h"
#include "runtime/ir/analysis.h"

namespace ordo {

using ir::Type;

// ---- all rules of a plan

std::string Builder::ProfileName(const Block& block) const {
  const Heading heading = HeadingOf(*block.ast, block.node);
  return heading.name ? block.ast->NameOf(*heading.name) : std::string();
}

// The texts of its `inherits:` line.
std::vector<const Token*> Builder::InheritsOf(const Block& block) const {
  const Ast& ast = *block.ast;
  std::vector<const Token*> texts;
  for (NodeId line = HeadingOf(ast, block.node).body; line != ast.nodes[block.node].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_inherits) continue;
    for (uint32_t i = node.first_token; i < node.token_end; ++i) {
      if (ast.tokens[i].kind == TokenKind::TEXT) texts.push_back(&ast.tokens[i]);
    }
  }
  return texts;
}

// The last part of a path is the name of what is inherited: "stdlib:profiles/ward". A profile may have the name of the one that it
// inherits.
const Builder::Block* Builder::ParentProfile(const Block& child, const std::string& path) const {
  std::string name = path.substr(path.find_last_of("/:") + 1);
  if (name.ends_with(".ordo")) name.resize(name.size() - 5);
  const bool of_library = path.starts_with("stdlib:");
  const Block* parent = nullptr;
  for (const Block& other : inherited_profiles_) {
    const bool self = other.ast == child.ast && other.node == child.node;
    if (!self && ProfileName(other) == name && (!of_library || other.library) && (!parent || parent->library)) parent = &other;
  }
  return parent;
}

void Builder::ReadProfile() {
  if (options_.no_profile) return;
  absl::flat_hash_map<std::string, Span> names;
  std::vector<const Block*> own, leaves;   // leaves: from which no other one inherits
  absl::flat_hash_set<const Block*> inherited;
  for (const Block& block : inherited_profiles_) {
    if (block.library) continue;
    own.push_back(&block);
    for (const Token* text : InheritsOf(block)) inherited.insert(ParentProfile(block, block.ast->TextOf(*text)));
    const Heading heading = HeadingOf(*block.ast, block.node);
    if (!heading.name) continue;
    const auto [at, fresh] = names.emplace(ProfileName(block), block.ast->SpanOf(*heading.name));
    if (!fresh) emitter_.Emit(Code::kNameTwice, block.ast->SpanOf(*heading.name), {at->first}).related.push_back({"", at->second});
  }
  for (const Block* block : own) {
    if (!inherited.contains(block)) leaves.push_back(block);
  }
  const Block* chosen = nullptr;
  if (options_.profile.empty()) {
    if (own.size() == 1) chosen = own[0];
    else if (leaves.size() == 1) chosen = leaves[0];
  } else {
    for (const Block* block : own) {
      if (ProfileName(*block) == options_.profile) chosen = block;
    }
  }
  if (!chosen) {
    if (!options_.profile.empty()) emitter_.EmitForPath(Code::kUnknownProfile, "", {options_.profile, ProfileNames()});
    else if (own.size() > 1) emitter_.EmitForPath(Code::kProfileNotChosen, "", {ProfileNames()});
    // Of those that are in nobody's way a ring is told all the same.
    if (options_.profile.empty() && own.size() > 1 && leaves.empty()) ReadProfileBlock(*own[0]);
    return;
  }
  ReadProfileBlock(*chosen);
}

std::string Builder::ProfileNames() const {
  std::string names;
  for (const Block& block : profiles_) {
    const Heading heading = HeadingOf(*block.ast, block.node);
    if (heading.name) names += (names.empty() ? "" : ", ") + block.ast->NameOf(*heading.name);
  }
  return names.empty() ? "–" : names;
}

// What a profile inherits is read first, each only once, and its own lines say otherwise where they differ.
void Builder::ReadProfileBlock(const Block& block) {
  const Ast& ast = *block.ast;
  const Block* chosen = &block;
  if (!profiles_read_.insert({&ast, block.node}).second) return;
  profile_chain_.push_back(&block);
  for (const Token* text : InheritsOf(block)) {
    const std::string path = ast.TextOf(*text);
    const Block* parent = ParentProfile(block, path);
    const auto same = [&](const Block* other) { return parent && other->ast == parent->ast && other->node == parent->node; };
    const auto ring = std::find_if(profile_chain_.begin(), profile_chain_.end(), same);
    if (!parent) {
      emitter_.Emit(Code::kUnknownProfile, ast.SpanOf(*text), {path, ProfileNames()});
    } else if (ring != profile_chain_.end()) {
      std::string names;
      for (auto at = ring; at != profile_chain_.end(); ++at) names += ProfileName(**at) + " → ";
      emitter_.Emit(Code::kProfileRing, ast.SpanOf(*text), {names + ProfileName(*parent)});
    } else if (profile_chain_.size() >= kMostProfiles) {
      emitter_.Emit(Code::kTooDeep, ast.SpanOf(*text), {fmt::format("{}", kMostProfiles)});
    } else {
      ReadProfileBlock(*parent);
    }
  }
  profile_chain_.pop_back();
  absl::flat_hash_set<std::string> stated;
  for (NodeId line = HeadingOf(ast, chosen->node).body; line != ast.nodes[chosen->node].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField || node.error) continue;
    const Token& key = ast.tokens[node.first_token];
    if (key.word != W::kNone) continue;  // inherits: read before
    std::string code(ast.text(key).substr(0, ast.text(key).size() - 1));
    while (code.ends_with(' ')) code.pop_back();
    if (!stated.insert(code).second) emitter_.Emit(Code::kKeyTwice, ast.SpanOf(key), {code}).related.push_back({"", profile_spans_[code]});
    ProfileLine& setting = profile_[code];
    setting.off = false;
    profile_spans_[code] = ast.SpanOf(key);
    bool reason = false;
    for (NodeId value = ast.first(line); value != node.end; value = ast.nodes[value].end) {
      const Tokens tokens(&ast.tokens[ast.nodes[value].first_token], ast.nodes[value].token_end - ast.nodes[value].first_token);
      if (tokens.size() >= 3 && tokens[0].kind == TokenKind::ID && tokens[1].kind == TokenKind::COMPARE) {
        const TokenKind kind = tokens[2].kind;
        if (kind != TokenKind::NUMBER && kind != TokenKind::DATE && kind != TokenKind::TEXT) {
          emitter_.Emit(Code::kNumberNeeded, ast.SpanOf(value), {ast.text(tokens[0])});
        } else if (const auto literal = ReadLiteral(ast, tokens, 2)) {
          setting.parameters.push_back({ast.NameOf(tokens[0]), literal->cell, literal->type, ast.SpanOf(value)});
        }
        continue;
      }
      const W word = tokens.empty() ? W::kNone : tokens[0].kind == TokenKind::WORD || tokens[0].kind == TokenKind::ID
                                                     ? FindWord(ast.text(tokens[0]), ast.skin, kAtEnum) : W::kNone;
      if (tokens.size() > 1 && tokens.back().kind == TokenKind::TEXT) reason = !ast.TextOf(tokens.back()).empty();
      if (word == W::word_error) setting.severity = Severity::kError;
      else if (word == W::word_warning) setting.severity = Severity::kWarning;
      else if (word == W::word_information) setting.severity = Severity::kInformation;
      else if (word == W::word_off) setting.off = true;
      else emitter_.Emit(Code::kWordNeeded, ast.SpanOf(value), {code, fmt::format("{}, {}, {}, {}", SpellingOf(W::word_error, ast.skin),
                         SpellingOf(W::word_warning, ast.skin), SpellingOf(W::word_information, ast.skin), SpellingOf(W::word_off, ast.skin))});
    }
    if (setting.off && !reason) emitter_.Emit(Code::kReasonNeeded, ast.SpanOf(line), {code});
  }
}

void Builder::CompileRules() {
  ReadProfile();
  RuleCompiler compiler(*this);
  for (const Block& block : relations_) compiler.DeclareRelation(*block.ast, block.node);
  for (const Block& block : definitions_) compiler.DeclareDefinition(*block.ast, block.node);
  for (const Block& block : exceptions_) compiler.DeclareException(*block.ast, block.node);
  compiler.CompileDefinitions();
  for (const Block& block : relations_) compiler.CompileRelation(*block.ast, block.node);
  if (options_.query) {
    compiler.CompileQuery(*options_.query, options_.query->first(0));
    return FinishRelations(compiler);
  }
  absl::flat_hash_map<std::string, Span> codes;
  for (const Block& block : rules_) {
    const Heading heading = HeadingOf(*block.ast, block.node);
    if (heading.name) {
      const auto [at, fresh] = codes.emplace(block.ast->NameOf(*heading.name), block.ast->SpanOf(*heading.name));
      if (!fresh) {
        emitter_.Emit(Code::kNameTwice, block.ast->SpanOf(*heading.name), {at->first}).related.push_back({"", at->second});
        continue;
      }
    }
    const bool asked = std::find(options_.only.begin(), options_.only.end(), heading.name ? block.ast->NameOf(*heading.name) : "") != options_.only.end();
    if (options_.only_these && !options_.only.empty() && !asked) continue;
    compiler.CompileRule(*block.ast, block.node);
  }
  compiler.ReportLooseExceptions(codes);
  codes.emplace(TextOf(Code::kExceptionsClash).code, Span{});   // a rule that exceptions bring with them
  std::vector<std::string_view> candidates;
  for (const auto& [known, at] : codes) candidates.push_back(known);
  std::sort(candidates.begin(), candidates.end());
  CheckCauses(candidates);
  // `written`: the code itself, where it stands in a text.
  auto unknown_code = [&](std::string_view code, Span span, Span written = {}) {
    Finding& finding = span.known() ? emitter_.Emit(Code::kUnknownCode, span, {code}) : emitter_.EmitForPath(Code::kUnknownCode, "", {code});
    if (const auto nearest = FindNearest(code, candidates)) finding.help = emitter_.Say(Phrase::kDidYouMean, {candidates[*nearest]});
    if (!written.known()) return;
    if (const auto only = FindOneEditAway(code, candidates)) finding.fix = ReplaceFix(written, code, candidates[*only], emitter_.language());
  };
  for (const auto& [code, span] : profile_spans_) {
    if (!codes.contains(code)) unknown_code(code, span, {span.file, span.begin, static_cast<uint32_t>(span.begin + code.size())});
  }
  for (const auto& [code, setting] : profile_) {
    const std::vector<std::string>& names = parameter_names_[code];
    for (const ProfileLine::Parameter& set : setting.parameters) {
      if (!codes.contains(code) || std::find(names.begin(), names.end(), set.name) != names.end()) continue;
      emitter_.Emit(Code::kParameterUnknown, set.span, {code, set.name}).help = fmt::format("{}", fmt::join(names, ", "));
    }
  }
  for (const std::string& code : options_.only) {
    if (!codes.contains(code)) unknown_code(code, {});
  }
  for (const EntityId id : model_->by_kind[KindOf(W::kind_waiver)]) {
    const std::string code(program_.text(entity(id).name));
    const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
    const Token* name = ast ? HeadingOf(*ast, block).name : nullptr;
    if (!codes.contains(code)) unknown_code(code, entity(id).span, name ? ast->SpanOf(*name) : Span{});
  }
  ReadWaivers();
  // `only:` of a table
  for (const W kind : {W::kind_appendix, W::kind_table, W::kind_matrix}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) {
      const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
      if (!ast) continue;
      for (NodeId line = HeadingOf(*ast, block).body; line != ast->nodes[block].end; line = ast->nodes[line].end) {
        const Node& node = ast->nodes[line];
        if (node.kind != NodeKind::kField || node.error || ast->tokens[node.first_token].word != W::key_only) continue;
        const ir::Field* rows = program_.FindField(id, WordId(W::key_rows));
        W row_kind = W::kind_task;
        if (rows && rows->entry_count > 0) row_kind = static_cast<W>(program_.entries[rows->first_entry].value);
        const ir::RelationId only =
            compiler.CompileOnly(*ast, line, row_kind, fmt::format("only {}", program_.text(entity(id).name)));
        model_->only[id] = only;
      }
    }
  }
  FinishRelations(compiler);
}

void Builder::FinishRelations(RuleCompiler& compiler) {
  const ir::Strata strata = ir::FindStrata(program_);
  compiler.ReportRings(strata);
  compiler.ReportGrowth(strata);
  DropUnusedRelations();
}

// Relations that no check and no table reads are typed but not run.
void Builder::DropUnusedRelations() {
  if (options_.all_facts) return;
  std::vector<bool> needed(program_.relations.size(), false);
  for (const ir::Check& check : program_.checks) needed[check.relation] = true;
  for (const auto& [table, only] : model_->only) {
    if (only != ir::kNone) needed[only] = true;
  }
  if (model_->question) {
    needed[model_->question->rows] = true;
    for (const ir::QuestionColumn& column : model_->question->columns) needed[column.relation] = true;
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const ir::Rule& rule : program_.rules) {
      if (!needed[rule.head]) continue;
      ir::ForEachRead(program_, rule, [&](ir::RelationId relation, bool) {
        grown |= !needed[relation];
        needed[relation] = true;
      });
    }
  }
  std::erase_if(program_.rules, [&](const ir::Rule& rule) { return !needed[rule.head]; });
}

void Builder::ReadWaivers() {
  for (const EntityId id : model_->by_kind[KindOf(W::kind_waiver)]) {
    const ir::Entity& object = entity(id);
    const ir::Field* subject = program_.FindField(id, WordId(W::key_applies_to));
    const ir::Field* reason = program_.FindField(id, WordId(W::key_reason));
    const ir::Field* person = program_.FindField(id, WordId(W::key_decided_by));
    const ir::Field* until = program_.FindField(id, WordId(W::key_until));
    bool missing = false, broken = false;
    for (const ir::Field* field : {subject, reason, person, until}) {
      missing |= !field || field->none;
      broken |= field && field->entry_count == 0;   // told where it stands
    }
    if (!missing && !broken && program_.entries[reason->first_entry].value == CellOf(Symbol::kEmpty)) missing = true;
    if (missing) emitter_.Emit(Code::kWaiverIncomplete, object.span);
    if (missing || broken) continue;
    const auto time = static_cast<EntityId>(program_.entries[until->first_entry].value);
    const ResolvedTime day = Resolve(program_.times[entity(time).row], program_.Context());
    if (!day.last) continue;   // a day that no calendar has excuses nothing
    for (uint32_t i = 0; i < subject->entry_count; ++i) {
      ir::Waiver waiver;
      waiver.code = object.name;
      waiver.subject = static_cast<EntityId>(program_.entries[subject->first_entry + i].value);
      waiver.reason = static_cast<Symbol>(program_.entries[reason->first_entry].value);
      waiver.object = id;
      waiver.until = day.last->days();
      program_.waivers.push_back(waiver);
    }
  }
}

}  // namespace ordo
