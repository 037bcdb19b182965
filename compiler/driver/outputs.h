// What is made of an evaluated plan, as the bytes of a format: for the commands, and for whoever embeds Ordo. In: a session that has run
// with reports, what is wanted. Out: the bytes, or a finding of the family RUN that says why there is none. Never writes or prints.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/driver/session.h"

namespace ordo {

enum class Output {
  kTable,          // name: a declared table, «sheet:unit», a unit (its duties), a target or an indicator (its sheet)
  kMatrix, kMatrixByPost,
  kSchedule,
  kTimeline,       // name: only what this unit takes part in
  kTrajectories,   // name: of this target or indicator alone
  kAlignment,
  kStatus,         // name: only what this unit leads; asks for a day
  kTargetPivot,    // targets by horizon
};

struct OutputRequest {
  Output what = Output::kTable;
  std::string name;
  std::string format = "text";   // text, md, csv, html, json, docx, xlsx, pdf; pictures: text, svg, html, json
  size_t width = 100;            // columns of a picture as text
  bool color = false;
};

struct Produced {
  std::string text;              // bytes, of a Word, Excel or PDF file
  std::optional<Finding> fault;
};
Produced Produce(const Session& session, const OutputRequest& request, std::optional<Date> as_of);

// From which lines findings of a code follow, one after another; "" if there is none. `subject`: "" is any.
std::string WhyText(const Session& session, std::string_view code, std::string_view subject, std::optional<Date> as_of);

// The page of a code of the rules or of the compiler; nullopt with the codes of rules in *known.
std::optional<std::string> PageOf(std::string_view code, Language language, const RuleSet& rules, std::string* known);

// One finding of the family RUN, as Tell prints it.
Finding Fault(Language language, Code code, std::initializer_list<std::string_view> arguments);

}  // namespace ordo
