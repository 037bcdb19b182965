// `ordo align`: a plan beside the plans that it refers to.
#include "compiler/driver/session.h"
#include "runtime/report/alignment.h"

namespace ordo {

int RunAlign(const std::string& plan, const Settings& settings) {
  Session session(plan, settings);
  if (!(session.Load() && session.Model() && session.Lower(true) && session.Evaluate())) return PrintBroken(session, settings);
  if (session.model().by_kind[KindOf(W::kind_reference)].empty()) {
    Tell(session.language(), Code::kRunNoReference, {plan});
    return kUnreadable;
  }
  report::RenderOptions options;
  options.language = session.language();
  options.width = settings.width;
  options.color = settings.color;
  const auto format = report::ParseFormat(settings.format).value_or(report::Format::kText);
  return WriteOut(
      session, "",
      report::Render(report::BuildAlignment(session.evaluation(), session.language()), format, session.sources(), options));
}

}  // namespace ordo
