// First pass: every declared object gets an id, its place in the tree and its name. Nothing is resolved yet, so order never matters.
#include <string>

#include "compiler/model/builder.h"
#include "runtime/base/unicode.h"

namespace ordo {

Builder::Builder(StringPool* strings, const BuildOptions& options, Emitter& emitter)
    : options_(options), emitter_(emitter), model_(std::make_unique<Model>(strings)), program_(model_->program) {}

void Builder::DeclareWords() {
  program_.words.reserve(word_count());
  for (size_t i = 0; i < word_count(); ++i) {
    if (i == 0) {
      program_.words.push_back({});
      continue;
    }
    const W word = static_cast<W>(i);
    const WordRow& row = RowOf(word);
    std::string id(row.id);
    if (row.family == "clause" || row.family == "unit" || row.family == "operator") id = std::string(row.family) + "." + id;
    program_.words.push_back({id, std::string(SpellingOf(word, Skin::kEnglish)), std::string(SpellingOf(word, Skin::kVietnamese))});
  }
  program_.SetCalendar(OfficeCalendar());   // finds its words
  for (ir::KindId kind = 0; kind < kKindCount; ++kind) program_.kinds.push_back({WordId(WordOfKind(kind)), ir::kNone});
  model_->by_kind.resize(kKindCount);
}

Symbol Builder::NameSymbol(const Ast& ast, const Token& token) {
  return token.flags & Token::kDecomposed ? Intern(ast.NameOf(token)) : Intern(ast.text(token));
}

EntityId Builder::AddObject(W kind, Symbol name, Symbol title, EntityId parent, Span span, const Ast* ast, NodeId node) {
  const auto id = static_cast<EntityId>(program_.entities.size());
  ir::Entity object;
  object.kind = KindOf(kind);
  auto& siblings = model_->by_kind[object.kind];
  object.row = static_cast<uint32_t>(siblings.size());
  object.name = name;
  object.title = title;
  object.parent = parent;
  object.span = span;
  siblings.push_back(id);
  program_.entities.push_back(object);
  model_->blocks.push_back({ast, node});
  return id;
}

bool Builder::MayStandIn(W kind, W parent) const {
  switch (kind) {
    case W::kind_milestone: return parent == W::kind_task;
    case W::kind_shared: return parent == W::kind_section || parent == W::kind_task || parent == W::kind_plan || parent == W::kNone;
    case W::kind_field: return parent == W::kind_extend;
    case W::kind_section: case W::kind_clause: return parent == W::kNone || parent == W::kind_section || parent == W::kind_plan;
    case W::kind_table: case W::kind_reporting:   // printed where they stand
      return parent == W::kNone || parent == W::kind_section || parent == W::kind_plan;
    case W::kind_task: case W::kind_target:
      return parent == W::kNone || parent == W::kind_section || parent == W::kind_task || parent == W::kind_plan;
    default: return parent == W::kNone || parent == W::kind_plan;
  }
}

void Builder::DeclarePart(const Part& part) {
  const Ast& ast = *part.ast;
  in_test_ = part.root != 0;
  quoted_ = part.quoted;
  if (part.root == 0) {
    DeclareLines(ast, ast.first(0), ast.nodes[0].end, EntityId::kNone, W::kNone, part.library);
  } else {
    DeclareLines(ast, HeadingOf(ast, part.root).body, ast.nodes[part.root].end, EntityId::kNone, W::kNone, part.library);
  }
}

void Builder::DeclareLines(const Ast& ast, NodeId begin, NodeId end, EntityId parent, W parent_kind, bool library) {
  for (NodeId line = begin; line != end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind == NodeKind::kBlock) {
      DeclareBlock(ast, line, parent, parent_kind, library);
    } else if (node.kind == NodeKind::kField && parent_kind == W::kNone && !node.error) {
      const Token& key = ast.tokens[node.first_token];
      if (quoted_) continue;   // the fields of the reference itself
      if (in_test_ && key.word == W::key_as_of) continue;   // the day for which the test looks at its plan; read by its runner
      emitter_.Emit(Code::kUnexpected, ast.SpanOf(key), {ast.text(key)}).help = "";
    }
  }
}

void Builder::DeclareBlock(const Ast& ast, NodeId block, EntityId parent, W parent_kind, bool library) {
  const Heading heading = HeadingOf(ast, block);
  const W kind = heading.kind ? heading.kind->word : W::kNone;
  const Node& node = ast.nodes[block];
  if (kind == W::kNone) {  // reported by the token source; what stands inside is still read
    DeclareLines(ast, heading.body, node.end, parent, W::kind_plan, library);
    return;
  }
  if (!MayStandIn(kind, parent_kind)) {
    emitter_.Emit(Code::kBlockPlace, ast.SpanOf(*heading.kind), {Spell(kind), Spell(parent_kind)});
    return;
  }
  const Block place{&ast, block, library};
  switch (kind) {
    case W::kind_relation: relations_.push_back(place); return;
    case W::kind_definition: definitions_.push_back(place); return;
    case W::kind_exception: exceptions_.push_back(place); return;
    case W::kind_rule: rules_.push_back(place); return;
    case W::kind_profile:
      if (!library) profiles_.push_back(place);
      inherited_profiles_.push_back(place);
      return;
    case W::kind_test: return;  // read by `ordo test`, each with a model of its own
    case W::kind_extend: DeclareCustomFields(ast, block, heading); return;
    case W::kind_shared: {
      shared_.push_back({parent, {}});
      shared_blocks_.push_back({&ast, block});
      if (parent != EntityId::kNone) {
        shared_of_.resize(program_.entities.size());
        shared_of_[static_cast<uint32_t>(parent)].push_back(static_cast<uint32_t>(shared_.size() - 1));
      }
      return;
    }
    default: break;
  }
  Symbol name = Symbol::kEmpty;
  Span span = ast.SpanOf(heading.node);
  if (heading.name) {
    name = NameSymbol(ast, *heading.name);
    if (kind != W::kind_waiver && !IsJournalKind(kind) && IsReserved(ast.text(*heading.name))) {
      emitter_.Emit(Code::kReservedName, ast.SpanOf(*heading.name), {ast.text(*heading.name)});
    }
  } else if (kind != W::kind_clause && kind != W::kind_term && kind != W::kind_day_off && kind != W::kind_day_worked && !node.error) {
    emitter_.Emit(Code::kNameMissing, ast.SpanOf(*heading.kind), {Spell(kind)});
  }
  const Symbol title = heading.title ? Intern(ast.TextOf(*heading.title)) : Symbol::kEmpty;
  if (IsJournalKind(kind)) {   // it says what has happened to something: whose name this is, the second pass finds out
    if (heading.name) AddObject(kind, Symbol::kEmpty, title, EntityId::kNone, span, &ast, block);
    return;
  }
  const EntityId id = AddObject(kind, name, title, parent, span, &ast, block);
  if (kind == W::kind_plan && program_.plan == EntityId::kNone) program_.plan = id;
  if (kind == W::kind_waiver) waivers_.push_back(place);
  if (name != Symbol::kEmpty && kind != W::kind_waiver) {
    if (kind == W::kind_milestone) {
      const auto [at, fresh] = local_names_.emplace(std::pair(static_cast<uint32_t>(parent), name), id);
      if (!fresh) {
        emitter_.Emit(Code::kNameTwice, ast.SpanOf(*heading.name), {program_.text(name)})
            .related.push_back({"", entity(at->second).span});
      }
    } else {
      const auto [at, fresh] = model_->names.emplace(name, id);
      if (!fresh) {
        emitter_.Emit(Code::kNameTwice, ast.SpanOf(*heading.name), {program_.text(name)})
            .related.push_back({"", entity(at->second).span});
      }
    }
  }
  if (kind == W::kind_unit || kind == W::kind_group) DeclarePosts(ast, block, id);
  if (kind == W::kind_section || kind == W::kind_task || kind == W::kind_plan) {
    // What stands inside the plan's own block stands beside it: the plan is the root of everything.
    DeclareLines(ast, heading.body, node.end, kind == W::kind_plan ? EntityId::kNone : id, kind, library);
  } else {
    for (NodeId line = heading.body; line != node.end; line = ast.nodes[line].end) {
      if (ast.nodes[line].kind == NodeKind::kBlock && kind == W::kind_reference) {
        const Heading inner = HeadingOf(ast, line);
        const W quoted = inner.kind ? inner.kind->word : W::kNone;
        // Quoted from it: what a plan is held against, and what that needs.
        if (quoted == W::kind_target || quoted == W::kind_task || quoted == W::kind_indicator || quoted == W::kind_unit || quoted == W::kind_group) continue;
      }
      if (ast.nodes[line].kind == NodeKind::kBlock) {
        const Heading inner = HeadingOf(ast, line);
        if (inner.kind && inner.kind->word != W::kNone) {
          emitter_.Emit(Code::kBlockPlace, ast.SpanOf(*inner.kind), {Spell(inner.kind->word), Spell(kind)});
        }
      }
    }
  }
}

// `đứng đầu: "Trưởng phòng A"` makes the post that `a.đứng đầu` names.
void Builder::DeclarePosts(const Ast& ast, NodeId block, EntityId owner) {
  const Heading heading = HeadingOf(ast, block);
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    const Node& node = ast.nodes[line];
    if (node.kind != NodeKind::kField) continue;
    const W key = ast.tokens[node.first_token].word;
    if (key != W::key_head && key != W::key_leaders && key != W::key_deputies) continue;
    for (uint32_t i = node.first_token + 1; i < node.token_end; ++i) {
      const Token& token = ast.tokens[i];
      if (token.kind != TokenKind::TEXT) continue;
      const EntityId post = AddObject(W::kind_post, Symbol::kEmpty, Intern(ast.TextOf(token)), owner, ast.SpanOf(token), nullptr, 0);
      const auto at = std::pair(static_cast<uint32_t>(owner), Intern(RowOf(key).id));
      local_names_.emplace(at, post);
      if (key == W::key_head) {
        model_->head_post.resize(program_.entities.size(), EntityId::kNone);
        model_->head_post[static_cast<uint32_t>(owner)] = post;
      }
    }
  }
}

void Builder::DeclareCustomFields(const Ast& ast, NodeId block, const Heading& heading) {
  if (!heading.type) {
    if (!ast.nodes[block].error) emitter_.Emit(Code::kNameMissing, ast.SpanOf(*heading.kind), {Spell(W::kind_extend)});
    return;
  }
  for (NodeId line = heading.body; line != ast.nodes[block].end; line = ast.nodes[line].end) {
    if (ast.nodes[line].kind != NodeKind::kBlock) continue;
    const Heading field = HeadingOf(ast, line);
    if (!field.kind || field.kind->word != W::kind_field || !field.name) continue;
    const Symbol name = NameSymbol(ast, *field.name);
    const auto word = static_cast<ir::WordId>(program_.words.size());
    const auto [at, fresh] = custom_fields_.emplace(std::pair(KindOf(heading.type->word), name), word);
    if (!fresh) {
      emitter_.Emit(Code::kNameTwice, ast.SpanOf(*field.name), {program_.text(name)});
      continue;
    }
    const std::string spelling(program_.text(name));
    program_.words.push_back({spelling, spelling, spelling});
  }
}

}  // namespace ordo
