// The vectors of tests/data/calendar_vectors.tsv: one row a fact about the Vietnamese calendar or a limit.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "runtime/time/office_calendar.h"

namespace ordo::testing {

struct CalendarVector {
  std::string kind, input, expected, note;
};

inline std::vector<CalendarVector> CalendarVectors(const std::string& kind) {
  std::ifstream in(std::string(ORDO_SOURCE_DIR) + "/tests/data/calendar_vectors.tsv");
  std::vector<CalendarVector> all;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == '\t') cells.emplace_back();
      else cells.back() += c;
    }
    cells.resize(4);
    if (cells[0] == kind) all.push_back({cells[0], cells[1], cells[2], cells[3]});
  }
  return all;
}

// The civil service of 2025 and 2026 as the vectors have it.
inline OfficeCalendar CalendarOfVectors() {
  std::vector<SpecialDay> days;
  for (const auto& vector : CalendarVectors("off")) days.push_back({*ParseIsoDate(vector.input), DayKind::kStatutory});
  for (const auto& vector : CalendarVectors("work")) days.push_back({*ParseIsoDate(vector.input), DayKind::kSwapWork});
  return OfficeCalendar(std::move(days));
}

}  // namespace ordo::testing
