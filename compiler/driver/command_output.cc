// `ordo table`, `matrix`, `schedule`, `timeline`, `chart`, `align`, `status` and `print`: one output of a plan.
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
// The whole plan as a document.
int RunPrint(const std::string& plan, const std::string& file, const Settings& settings) {
  const auto format = report::ParseFormat(settings.format);
  if (format && report::IsOffice(*format) && file.empty() && isatty(STDOUT_FILENO)) {
    Tell(settings.language.value_or(Language::kVietnamese), Code::kRunToTerminal, {report::ExtensionOf(*format)});
    return kFailed;
  }
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const report::Document document = report::BuildDocument(session.evaluation(), session.language());
  TableFileOptions options;
  options.render.language = session.language();
  options.render.width = settings.width;
  options.layout = document.layout;
  options.plan = document.id;
  if (*format == report::Format::kMarkdown) return WriteOut(session, file, report::DocumentAsMarkdown(document));
  if (*format == report::Format::kText) return WriteOut(session, file, report::DocumentAsText(document, options.render));
  const absl::StatusOr<std::string> bytes = DocumentAs(document, *format, options);
  if (bytes.ok()) return WriteOut(session, file, *bytes);
  Tell(FileFault(bytes.status(), *format, session.language()));
  return kFailed;
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
