// `ordo table`, `matrix`, `schedule`, `timeline`, `chart`, `align` and `status`: one output of a plan.
#include <unistd.h>

#include "compiler/driver/outputs.h"
#include "compiler/driver/table_files.h"

namespace ordo {
namespace {

int RunOutput(const std::string& plan, OutputRequest request, const std::string& file, const Settings& settings) {
  request.format = settings.format;
  request.width = settings.width;
  request.color = settings.color && file.empty();
  Session session(plan, settings);
  const bool loaded = session.Load();
  if (request.what == Output::kStatus && !settings.as_of) {
    Tell(session.language(), Code::kRunAsOfNeeded, {});
    return kFailed;
  }
  const auto format = report::ParseFormat(request.format);
  if (format && report::IsOffice(*format) && file.empty() && isatty(STDOUT_FILENO)) {
    Tell(session.language(), Code::kRunToTerminal, {report::ExtensionOf(*format)});
    return kFailed;
  }
  if (!(loaded && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const Produced produced = Produce(session, request, settings.as_of);
  if (!produced.fault) return WriteOut(session, file, produced.text);
  Tell(*produced.fault);
  return produced.fault->code == TextOf(Code::kRunBadArgument).code || IsFileFault(*produced.fault) ? kFailed : kUnreadable;
}

}  // namespace

int RunTable(const std::string& plan, const std::string& name, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kTable, name}, file, settings);
}
int RunMatrix(const std::string& plan, const std::string& by, const std::string& of, const std::string& file, const Settings& settings) {
  const Output what = of == "targets" ? Output::kTargetPivot : by == "post" ? Output::kMatrixByPost : Output::kMatrix;
  return RunOutput(plan, {what}, file, settings);
}
int RunSchedule(const std::string& plan, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kSchedule}, file, settings);
}
int RunTimeline(const std::string& plan, const std::string& unit, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kTimeline, unit}, file, settings);
}
int RunChart(const std::string& plan, const std::string& name, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kTrajectories, name}, file, settings);
}
int RunAlign(const std::string& plan, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kAlignment}, file, settings);
}
int RunStatus(const std::string& plan, const std::string& unit, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kStatus, unit}, file, settings);
}

}  // namespace ordo
