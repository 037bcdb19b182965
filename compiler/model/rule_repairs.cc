// What a rule says about its findings beyond the sentence: from which other findings they follow, and how they are mended.
#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "compiler/model/rules.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {

void RuleCompiler::FollowsLine(NodeId field, RulePage& page) {
  const Node& node = ast_->nodes[field];
  for (NodeId value = ast_->first(field); value != node.end; value = ast_->nodes[value].end) {
    const Node& written = ast_->nodes[value];
    const Token& code = ast_->tokens[written.first_token];
    if (code.kind != TokenKind::ID || written.token_end != written.first_token + 1) {
      Fail(ast_->SpanOf(value), Code::kUnexpected, {Text(ast_->SpanOf(value))});
      continue;
    }
    page.follows.push_back({b_.Intern(ast_->NameOf(code)), TokenSpan(code)});
  }
}

void RuleCompiler::CompileRepair(NodeId field, ir::BodyId body,
                                 absl::FunctionRef<uint32_t(ir::ExprId, std::string_view)> column, ir::Check& check) {
  const Node& node = ast_->nodes[field];
  const Token& key = ast_->tokens[node.first_token];
  std::vector<NodeId> parts;
  for (NodeId child = ast_->first(field); child != node.end; child = ast_->nodes[child].end) parts.push_back(child);
  ir::Repair repair;
  repair.kind = key.word == W::key_repair_remove    ? ir::Repair::Kind::kRemove
                : key.word == W::key_repair_replace ? ir::Repair::Kind::kReplace
                                                    : ir::Repair::Kind::kAdd;
  const size_t wanted = repair.kind == ir::Repair::Kind::kRemove ? 1 : 2;
  std::string_view name = ast_->text(key);
  name.remove_suffix(1);
  if (parts.size() != wanted) {
    Fail(ast_->SpanOf(field), Code::kRuleArguments, {name, fmt::format("{}", wanted)});
    return;
  }
  KindSet kinds = 0;
  const auto object = PlaceColumn(parts[0], body, &repair.object.field, &kinds);
  if (!object) return;
  // What is written is an entry; what is not written yet can only be a field of something declared.
  const bool entry = repair.object.field == ir::kNoWord && kinds == Only(W::type_entry);
  const bool place = repair.object.field != ir::kNoWord && !Has(kinds, KindOf(W::type_entry)) && !Has(kinds, KindOf(W::type_time));
  if (!place && (!entry || repair.kind == ir::Repair::Kind::kAdd)) {
    Fail(ast_->SpanOf(parts[0]), Code::kRuleRepair, {Text(ast_->SpanOf(parts[0]))});
    return;
  }
  repair.object.column = column(*object, "repair");
  if (wanted == 2) {
    // A text stands in quotes, an object by its name.
    const int tree = BuildTree(parts[1]);
    const Binding* binding = nullptr;
    if (const Span span = ast_->SpanOf(parts[1]); tree >= 0) binding = Find(ToNfc(Text(span)));
    if (binding && binding->value.ok && !binding->value.is_set && binding->value.type.type == ir::Type::kText) {
      Value value = binding->value;
      value.span = ast_->SpanOf(parts[1]);
      value.text = Text(value.span);
      if (!Guarded(value)) return;
      repair.value = column(VarExpr(AsVar(body, value.expr)), "repair value");
    } else {
      const auto value = PlaceColumn(parts[1], body, &repair.member, &kinds);
      if (!value) return;
      repair.value = column(*value, "repair value");
    }
  }
  check.repairs.push_back(repair);
}

// ---- causes

namespace {
constexpr size_t kMostShown = 20;   // codes of a ring
}

// Every cause is a rule, none is its own, and no rules are causes of each other: otherwise which of them is folded would depend on
// the order of the text. Depth first, each rule once.
void Builder::CheckCauses(const std::vector<std::string_view>& known) {
  const std::vector<RulePage>& pages = model_->pages;
  absl::flat_hash_map<Symbol, size_t> page_of;
  for (size_t i = 0; i < pages.size(); ++i) page_of.emplace(pages[i].code, i);
  for (const RulePage& page : pages) {
    for (const auto& [cause, span] : page.follows) {
      const std::string_view code = program_.text(cause);
      if (page_of.contains(cause) || std::binary_search(known.begin(), known.end(), code)) continue;
      Finding& finding = emitter_.Emit(Code::kCauseUnknown, span, {code});
      if (const auto nearest = FindNearest(code, known)) finding.help = emitter_.Say(Phrase::kDidYouMean, {known[*nearest]});
    }
  }
  enum : uint8_t { kNew, kOpen, kDone };
  std::vector<uint8_t> state(pages.size(), kNew);
  struct Step {
    size_t page;
    size_t next;   // cause that is looked at next
  };
  for (size_t start = 0; start < pages.size(); ++start) {
    if (state[start] != kNew) continue;
    std::vector<Step> path = {{start, 0}};
    state[start] = kOpen;
    while (!path.empty()) {
      Step& step = path.back();
      const RulePage& page = pages[step.page];
      if (step.next == page.follows.size()) {
        state[step.page] = kDone;
        path.pop_back();
        continue;
      }
      const auto& [cause, span] = page.follows[step.next++];
      const auto found = page_of.find(cause);
      if (found == page_of.end() || state[found->second] == kDone) continue;
      if (state[found->second] == kNew) {
        state[found->second] = kOpen;
        path.push_back({found->second, 0});
        continue;
      }
      std::string ring;
      size_t at = 0;
      while (path[at].page != found->second) ++at;
      for (size_t shown = 0; at < path.size() && shown < kMostShown; ++at, ++shown) {
        ring += std::string(program_.text(pages[path[at].page].code)) + " ← ";
      }
      emitter_.Emit(Code::kCauseRing, span, {ring + std::string(program_.text(cause))});
    }
  }
}

}  // namespace ordo
