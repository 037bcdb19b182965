// Commands over the text and the stages: fmt, dump, explain.
#include <cstdio>

#include "absl/strings/ascii.h"
#include "compiler/driver/outputs.h"
#include "compiler/format/format.h"
#include "fmt/format.h"

namespace ordo {

int RunFmt(const std::vector<std::string>& plans, const std::string& skin, bool check, bool write, const Settings& settings) {
  int worst = kNothing;
  for (const std::string& path : plans) {
    const auto bytes = ReadFile(path, settings.load.syntax.max_bytes);
    const Language language = settings.language.value_or(bytes.ok() ? LanguageOfFile(*bytes) : Language::kVietnamese);
    Emitter emitter(language);
    SourceSet sources;
    if (!bytes.ok()) {
      ReportUnreadable(path, bytes.status(), settings.load.syntax.max_bytes, emitter);
    } else {
      const FileId file = sources.Add(path, *bytes);
      const Ast ast = Parse(sources.file(file), file, settings.load.syntax, emitter);
      if (!emitter.has_errors()) {
        const Skin target = skin == "vi" ? Skin::kVietnamese : skin == "en" ? Skin::kEnglish : ast.skin;
        const std::string text = Format(ast, target);
        if (check) {
          if (text != *bytes) {
            fmt::print("{}\n", path);
            worst = std::max<int>(worst, kFindings);
          }
        } else if (write && path != "-") {
          if (text != *bytes && !WriteFile(path, text).ok()) return kFailed;
        } else {
          std::fwrite(text.data(), 1, text.size(), stdout);
        }
        continue;
      }
    }
    auto findings = emitter.Take();
    SortFindings(findings);
    const std::string out = RenderText(findings, Summarise(findings, 0), sources, {settings.color, true, language});
    std::fwrite(out.data(), 1, out.size(), stderr);
    worst = kUnreadable;
  }
  return worst;
}

int RunDump(const std::string& plan, const std::string& stage, const Settings& settings) {
  Session session(plan, settings);
  const auto print = [](const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); };
  const bool loaded = session.Load();
  if (!loaded || !session.loaded().main) return PrintBroken(session, settings);
  if (stage == "tokens" || stage == "ast") {
    print(stage == "tokens" ? DumpTokens(*session.loaded().main) : DumpAst(*session.loaded().main));
    const auto findings = session.findings();
    if (ExitOf(findings, "error") == kUnreadable) return PrintBroken(session, settings);
    return kNothing;
  }
  if (!session.Model()) return PrintBroken(session, settings);
  if (stage == "model") {
    print(DumpModel(session.model()));
    return kNothing;
  }
  if (!session.Lower(true)) return PrintBroken(session, settings);
  if (stage == "ir") {
    print(ir::Dump(session.program()));
    return kNothing;
  }
  if (!session.Evaluate()) return PrintBroken(session, settings);
  if (stage == "findings") {
    const auto findings = session.findings();
    print(RenderJson(findings, Summarise(findings, session.rules_run()), session.sources()));
    return kNothing;
  }
  // facts: every row of every relation, derived ones with the rule that gave them
  const ir::Program& program = session.program();
  const auto& facts = session.evaluation();
  for (ir::RelationId id = 0; id < program.relations.size(); ++id) {
    const ir::Relation& relation = program.relations[id];
    for (uint32_t row = 0; row < facts.rows(id); ++row) {
      std::string line(program.text(relation.name));
      for (uint32_t column = 0; column < relation.columns.size(); ++column) {
        const ir::Cell cell = facts.cell(id, row, column);
        if (cell == ir::kAbsent) {
          line += column ? ", -" : "(-";
          continue;
        }
        std::string value;
        switch (relation.columns[column].type) {
          case ir::Type::kEntity: {
            const ir::Entity& object = program.entity(static_cast<EntityId>(cell));
            value = object.name != Symbol::kEmpty
                        ? std::string(program.text(object.name))
                        : fmt::format("{}#{}", program.word(program.kinds[object.kind].word).id, object.row);
            break;
          }
          case ir::Type::kText: value = fmt::format("\"{}\"", program.text(static_cast<Symbol>(cell))); break;
          case ir::Type::kWord: value = program.word(static_cast<ir::WordId>(cell)).id; break;
          case ir::Type::kDate: value = Date(static_cast<int32_t>(cell)).Iso(); break;
          case ir::Type::kBool: value = cell ? "true" : "false"; break;
          default: value = Decimal::FromCell(cell).ToString(Language::kEnglish); break;
        }
        line += (column ? ", " : "(") + value;
      }
      print(line + ")\n");
    }
  }
  return kNothing;
}

int RunExplain(const std::string& name, const Settings& settings) {
  const Language language = settings.language.value_or(Language::kVietnamese);
  std::string known;
  const auto page = PageOf(name, language, OwnRules(), &known);
  if (!page) {
    Tell(language, Code::kRunNoCode, {absl::AsciiStrToUpper(name), known});
    return kUnreadable;
  }
  std::fwrite(page->data(), 1, page->size(), stdout);
  return kNothing;
}

}  // namespace ordo
