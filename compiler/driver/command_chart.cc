// `ordo chart`: how targets are to move and have moved.
#include "compiler/driver/session.h"
#include "runtime/base/unicode.h"
#include "runtime/report/target_status.h"

namespace ordo {

int RunChart(const std::string& plan, const std::string& name, const std::string& file, const Settings& settings) {
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const ir::Program& program = session.program();
  EntityId only = EntityId::kNone;
  if (!name.empty()) {
    const auto found = session.model().names.find(program.strings->Find(ToNfc(name)));
    const bool fits = found != session.model().names.end() &&
                      ((Only(W::kind_target) | Only(W::kind_indicator)) >> program.entity(found->second).kind & 1);
    if (!fits) {
      Tell(session.language(), Code::kRunNoTarget, {name});
      return kUnreadable;
    }
    only = found->second;
  }
  const report::Trajectories trajectories =
      report::BuildTrajectories(session.evaluation(), settings.as_of, only, session.language());
  if (trajectories.all.empty()) {
    Tell(session.language(), Code::kRunNothingToDraw, {name.empty() ? plan : name});
    return kUnreadable;
  }
  report::RenderOptions options;
  options.language = session.language();
  options.width = settings.width;
  options.color = settings.color && file.empty();
  const std::string out = settings.format == "svg"    ? report::TrajectoriesAsSvg(trajectories, session.language())
                          : settings.format == "html" ? report::TrajectoriesAsHtml(trajectories, session.language())
                          : settings.format == "json" ? report::TrajectoriesAsJson(trajectories, session.sources())
                                                      : report::TrajectoriesAsText(trajectories, options);
  return WriteOut(session, file, out);
}

}  // namespace ordo
