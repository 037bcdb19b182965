#include "compiler/driver/session.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"
#include "runtime/report/timeline.h"

namespace ordo {

int RunTimeline(const std::string& plan, const std::string& unit, const std::string& file, const Settings& settings) {
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const ir::Program& program = session.program();
  report::TimelineRequest request;
  request.as_of = settings.as_of;
  if (!unit.empty()) {
    const std::string wanted = ToNfc(unit);
    std::string known;
    for (const W kind : {W::kind_unit, W::kind_group}) {
      for (const EntityId id : session.model().by_kind[KindOf(kind)]) {
        const std::string_view name = program.text(program.entity(id).name);
        known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
        if (name == wanted) request.unit = id;
      }
    }
    if (request.unit == EntityId::kNone) {
      Tell(session.language(), Code::kRunBadArgument, {"--unit " + unit, known.empty() ? "–" : known});
      return kFailed;
    }
  }
  const solve::Schedule schedule = solve::ScheduleOf(program);
  request.schedule = &schedule;
  std::optional<report::Progress> progress;
  if (settings.as_of) progress = report::ProgressOf(session.evaluation(), *settings.as_of);
  if (progress) request.progress = &*progress;
  const report::Timeline timeline = report::BuildTimeline(session.evaluation(), session.language(), request);
  std::string out;
  if (settings.format == "svg") {
    out = report::TimelineAsSvg(timeline, session.language());
  } else if (settings.format == "html") {
    out = report::TimelineAsHtml(timeline, session.language());
  } else if (settings.format == "json") {
    out = report::TimelineAsJson(timeline, session.sources());
  } else {
    report::RenderOptions options;
    options.language = session.language();
    options.width = settings.width;
    options.color = settings.color && file.empty();
    out = report::TimelineAsText(timeline, options);
  }
  return WriteOut(session, file, out);
}

}  // namespace ordo
