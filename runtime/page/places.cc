#include "runtime/page/places.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/report/render.h"

namespace ordo::page {

Places::Places(const PageInput& input) : input_(input) {
  if (input.sources != nullptr) number_of_file_.resize(input.sources->size(), kNowhere);
  for (const report::Table& table : input.tables) Enter(table);
  Enter(input.matrix);
  std::sort(spans_.begin(), spans_.end());

  const size_t count = input.findings == nullptr ? 0 : input.findings->size();
  of_finding_.assign(count, kNowhere);
  next_.assign(count, kNowhere);
  std::vector<uint32_t> last(places_.size(), kNowhere);
  for (uint32_t i = 0; i < count; ++i) {
    const Finding& finding = (*input.findings)[i];
    See(finding.at);
    for (const Related& side : finding.related) See(side.at);
    const auto subject = by_id_.find(finding.subject);
    const uint32_t place = subject != by_id_.end() ? subject->second : RowAt(finding.at);
    of_finding_[i] = place;
    if (place == kNowhere) continue;
    if (last[place] != kNowhere) next_[last[place]] = i;
    last[place] = i;
    if (finding.waiver) continue;
    RowPlace& row = places_[place];
    if (row.findings++ == 0) row.first_finding = i;
    row.worst = std::max(row.worst, finding.severity);
  }

  for (FileId file = 0; file < number_of_file_.size(); ++file) {
    if (number_of_file_[file] == kNowhere) continue;
    number_of_file_[file] = static_cast<uint32_t>(files_.size());
    files_.push_back(file);
  }
}

void Places::Enter(const report::Table& table) {
  for (const report::Group& group : table.groups) {
    if (report::HasHeading(group)) Enter(&group, group.id, group.number.empty() ? group.title : group.number, group.at);
    for (const report::Row& row : group.rows) EnterRow(row, group.number, false);
  }
}

void Places::EnterRow(const report::Row& row, const std::string& above, bool nested) {
  std::string label;
  if (row.number.empty()) {
    // The longest cell of the first two is what the row is about.
    for (size_t i = 0; i < row.cells.size() && i < 2; ++i) {
      if (row.cells[i].text.size() > label.size()) label = row.cells[i].text;
    }
    if (label.empty()) label = row.id;
  } else if (above.empty()) {
    label = row.number;
  } else {
    label = nested ? fmt::format("{} ({})", above, row.number) : fmt::format("{}.{}", above, row.number);
  }
  Enter(&row, row.id, label, row.at);
  const uint32_t place = known_.find(&row)->second.place;
  for (const report::Cell& cell : row.cells) {
    if (cell.at.known()) spans_.push_back({cell.at, place});
  }
  for (const report::Row& sub : row.rows) EnterRow(sub, label, true);
}

void Places::Enter(const void* address, const std::string& id, std::string label, Span at) {
  const uint32_t fresh = static_cast<uint32_t>(places_.size());
  uint32_t place = fresh;
  if (!id.empty()) place = by_id_.try_emplace(id, fresh).first->second;
  if (place == fresh) places_.push_back({std::move(label)});
  known_[address] = {place, place == fresh};
  See(at);
  if (at.known()) spans_.push_back({at, place});
}

void Places::See(Span at) {
  if (at.known() && at.file >= input_.first_file && at.file < number_of_file_.size()) number_of_file_[at.file] = 0;
}

uint32_t Places::PlaceOf(const void* row) const {
  const auto known = known_.find(row);
  return known == known_.end() ? kNowhere : known->second.place;
}

bool Places::IsFirst(const void* row) const {
  const auto known = known_.find(row);
  return known != known_.end() && known->second.first;
}

uint32_t Places::RowAt(Span at) const {
  if (!at.known()) return kNowhere;
  auto after = std::upper_bound(spans_.begin(), spans_.end(), std::pair(Span{at.file, at.begin, UINT32_MAX}, UINT32_MAX));
  if (after == spans_.begin()) return kNowhere;
  // Of rows that share a field the first is meant.
  const Span found = std::prev(after)->first;
  if (found.file != at.file || found.end < at.end) return kNowhere;
  return std::lower_bound(spans_.begin(), spans_.end(), std::pair(found, 0u))->second;
}

uint32_t Places::AddLineAnchor(std::string& out, Span at) const {
  if (!at.known() || at.file >= number_of_file_.size() || number_of_file_[at.file] == kNowhere) return 0;
  const uint32_t line = input_.sources->file(at.file).LineOf(at.begin);
  fmt::format_to(std::back_inserter(out), "s{}-{}", number_of_file_[at.file], line);
  return line;
}

}  // namespace ordo::page
