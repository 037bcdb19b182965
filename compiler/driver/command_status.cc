// `ordo status`: where a plan stands on a day.
#include <cstdio>

#include "compiler/driver/session.h"
#include "runtime/base/unicode.h"
#include "runtime/report/status.h"

namespace ordo {

int RunStatus(const std::string& plan, const std::string& unit, const Settings& settings) {
  Session session(plan, settings);
  const bool loaded = session.Load();
  if (!settings.as_of) {
    Tell(session.language(), Code::kRunAsOfNeeded, {});
    return kFailed;
  }
  if (!(loaded && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const ir::Program& program = session.program();
  report::Progress progress = report::ProgressOf(session.evaluation(), *settings.as_of);
  if (!unit.empty()) {
    const auto found = session.model().names.find(program.strings->Find(ToNfc(unit)));
    if (found == session.model().names.end() || !Has(kParties, program.entity(found->second).kind)) {
      Tell(session.language(), Code::kRunNoUnit, {unit});
      return kUnreadable;
    }
    report::KeepLedBy(session.evaluation(), found->second, progress);
  }
  std::string out;
  if (settings.format == "json") {
    out = report::StatusJson(session.evaluation(), progress, session.language());
  } else {
    const auto format = report::ParseFormat(settings.format);
    report::RenderOptions options;
    options.language = session.language();
    options.color = settings.color;
    out = report::RenderAll(report::StatusTables(session.evaluation(), progress, session.language()),
                            format.value_or(report::Format::kText), session.sources(), options);
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kNothing;
}

}  // namespace ordo
