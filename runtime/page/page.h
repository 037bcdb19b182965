// One self-contained page for a plan: annex, matrix with filters, timeline, charts, findings linked to rows, source lines. In: what
// runtime/report builds. Out: HTML that needs no network and no other file. Style and script are page.css and page.js beside this
// file, embedded when the program is built. Everything out of a plan is escaped; its policy allows this style and script alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/diag/finding.h"
#include "runtime/report/document.h"
#include "runtime/report/table.h"

namespace ordo::page {

// What the filters offer: a unit, or a role, with its id (part of shared links) and its words.
struct Choice {
  std::string id;
  std::string title;
};

// A unit has a role in the task of that name. `unit` and `role` are indices of PageInput::units and roles.
struct Assignment {
  std::string row;
  uint32_t unit = 0;
  uint32_t role = 0;
};

struct PageInput {
  const report::Document* document = nullptr;      // header, subject
  std::vector<report::Table> tables;               // declared tables and annexes, in order
  report::Table matrix;                            // without groups: no matrix
  std::string timeline_svg;                        // "" if the plan has none
  std::string targets_svg;
  const std::vector<Finding>* findings = nullptr;  // by rank, consequences behind their cause
  const SourceSet* sources = nullptr;
  // Text of each source file that rows or findings name is shown line by line, so that «line 41» can be followed on the page itself.
  // Files before this one are the library's: they are named, never shown.
  FileId first_file = 0;
  std::vector<Choice> units, roles;                // filters; empty: none are offered
  std::vector<Assignment> assignments;             // in any order; rows of tables are met by their ids
  Language language = Language::kVietnamese;
};

// Linear in what it is given. Never fails: what is missing has no section.
std::string PlanPage(const PageInput& input);

}  // namespace ordo::page
