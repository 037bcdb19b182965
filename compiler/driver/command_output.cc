// `ordo table`, `matrix`, `schedule`, `timeline`, `chart`, `align` and `status`: one output of a plan.
#include "compiler/driver/outputs.h"
#include "runtime/office/docx.h"
#include "runtime/office/pdf.h"
#include "runtime/report/document.h"

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
  if (!(loaded && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const Produced produced = Produce(session, request, settings.as_of);
  if (!produced.fault) return WriteOut(session, file, produced.text);
  Tell(*produced.fault);
  return produced.fault->code == TextOf(Code::kRunBadArgument).code ? kFailed : kUnreadable;
}

}  // namespace

int RunTable(const std::string& plan, const std::string& name, const Settings& settings) {
  return RunOutput(plan, {Output::kTable, name}, "", settings);
}
int RunPrint(const std::string& plan, const std::string& file, const Settings& settings) {
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  const report::Document document = report::BuildDocument(session.evaluation(), session.language());
  if (settings.format == "md") return WriteOut(session, file, report::DocumentAsMarkdown(document));
  if (settings.format == "text") {
    report::RenderOptions options;
    options.width = settings.width;
    options.language = session.language();
    return WriteOut(session, file, report::DocumentAsText(document, options));
  }
  absl::StatusOr<std::string> bytes = office::DocumentAsDocx(document, {document.layout, document.language, document.id});
  if (bytes.ok() && settings.format == "pdf") bytes = office::PdfOf(*bytes);
  if (bytes.ok()) return WriteOut(session, file, *bytes);
  Tell(session.language(), Code::kRunCannotWrite, {std::string(bytes.status().message())});
  return kFailed;
}
int RunMatrix(const std::string& plan, const std::string& by, const Settings& settings) {
  return RunOutput(plan, {by == "post" ? Output::kMatrixByPost : Output::kMatrix}, "", settings);
}
int RunSchedule(const std::string& plan, const Settings& settings) { return RunOutput(plan, {Output::kSchedule}, "", settings); }
int RunTimeline(const std::string& plan, const std::string& unit, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kTimeline, unit}, file, settings);
}
int RunChart(const std::string& plan, const std::string& name, const std::string& file, const Settings& settings) {
  return RunOutput(plan, {Output::kTrajectories, name}, file, settings);
}
int RunAlign(const std::string& plan, const Settings& settings) { return RunOutput(plan, {Output::kAlignment}, "", settings); }
int RunStatus(const std::string& plan, const std::string& unit, const Settings& settings) {
  return RunOutput(plan, {Output::kStatus, unit}, "", settings);
}

}  // namespace ordo
