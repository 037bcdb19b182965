// One self-contained page for a plan: annex, matrix with filters, timeline, charts, findings linked to rows, source lines. In: what
// runtime/report builds. Out: HTML that needs no network and no other file. Style and script are page.css and page.js beside this
// file, embedded when the program is built. Everything out of a plan is escaped.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/diag/finding.h"
#include "runtime/report/document.h"
#include "runtime/report/table.h"

namespace ordo::page {

struct PageInput {
  const report::Document* document = nullptr;      // header, subject
  std::vector<report::Table> tables;               // declared tables and annexes, in order
  report::Table matrix;
  std::string timeline_svg;                        // "" if the plan has none
  std::string targets_svg;
  const std::vector<Finding>* findings = nullptr;  // by rank
  const SourceSet* sources = nullptr;
  // Text of each source file that rows or findings name is shown line by line, so that «line 41» can be followed on the page itself.
  Language language = Language::kVietnamese;
};

std::string PlanPage(const PageInput& input);

}  // namespace ordo::page
