// `ordo query`: an expression of the rule language over a plan. `ordo rules`: the rule set that plans are checked with.
#include <cstdio>

#include "compiler/driver/ask.h"
#include "compiler/syntax/parse.h"
#include "fmt/format.h"

namespace ordo {
namespace {

size_t RulesIn(const RuleSet& rules) {
  Emitter emitter(Language::kEnglish);
  Loaded loaded;
  LoadLibrary(loaded, emitter, rules);
  size_t count = 0;
  for (const Part& part : loaded.parts) {
    for (NodeId line = part.ast->first(0); line != part.ast->nodes[0].end; line = part.ast->nodes[line].end) {
      if (part.ast->nodes[line].kind != NodeKind::kBlock) continue;
      const Heading heading = HeadingOf(*part.ast, line);
      count += heading.kind && heading.kind->word == W::kind_rule;
    }
  }
  return count;
}

}  // namespace

int RunQuery(const std::string& plan, const std::string& text, const Settings& settings) {
  Session session(plan, settings);
  if (!session.Load() || session.loaded().main->nodes[0].error) return PrintBroken(session, settings);
  Inquiry inquiry(session, settings, text);
  if (!inquiry.Run()) {
    if (!inquiry.failure().empty()) {
      Tell(session.language(), Code::kRunLimit, {inquiry.failure()});
      return kFailed;
    }
    const std::string out = RenderText(inquiry.findings(), Summarise(inquiry.findings(), 0), inquiry.sources(), {settings.color, true, session.language()});
    std::fwrite(out.data(), 1, out.size(), stderr);
    return kUnreadable;
  }
  report::RenderOptions options;
  options.language = session.language();
  options.width = settings.width;
  options.color = settings.color;
  return WriteOut(session, "", inquiry.Text(report::ParseFormat(settings.format).value_or(report::Format::kText), options));
}

int RunRules(const std::string& place, const std::string& write, const Settings& settings) {
  const Language language = settings.language.value_or(Language::kVietnamese);
  Emitter emitter(language);
  RuleSetRef kept;
  if (!place.empty()) {
    kept = ReadRuleSet(place, "", {{}, "", settings.load.syntax.max_bytes, {}}, false, emitter);
    if (!kept) {
      const auto findings = emitter.Take();
      const std::string text = RenderText(findings, Summarise(findings, 0), SourceSet(), {settings.color, true, language});
      std::fwrite(text.data(), 1, text.size(), stderr);
      return kUnreadable;
    }
  }
  const RuleSet& rules = kept ? *kept : OwnRules();
  if (!write.empty()) {
    std::string written;
    if (!WriteRuleSet(rules, write, &written).ok()) {
      Tell(language, Code::kRunCannotWrite, {write});
      return kFailed;
    }
    fmt::print("{}\n", written);
    return kNothing;
  }
  fmt::print("{}\n", Say(Phrase::kRuleSetIs, language, {rules.version, rules.program, fmt::format("{}", RulesIn(rules)), fmt::format("{}", rules.files.size())}));
  fmt::print("{}:\n", Say(Phrase::kRuleSetLine, language));
  const Skin skin = language == Language::kVietnamese ? Skin::kVietnamese : Skin::kEnglish;
  fmt::print("  {}: \"{}\"\n", SpellingOf(W::key_rule_set, skin), rules.version);
  return kNothing;
}

}  // namespace ordo
