// What can be linked to on the page: rows of tables, findings, source lines. In: a PageInput. Out: for each row its anchor, its label
// and the findings about it; for each finding its row; for each place in a file of the plan the anchor of its line. An object that
// stands in several tables is one place, anchored where it stands first. Linear but for look-ups by place (logarithmic).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/base/source.h"
#include "runtime/page/page.h"

namespace ordo::page {

inline constexpr uint32_t kNowhere = UINT32_MAX;

struct RowPlace {
  std::string label;                  // «II.3», else its title
  uint32_t first_finding = kNowhere;  // the first by rank that is not waived
  uint32_t findings = 0;              // not waived
  Severity worst = Severity::kInformation;
};

class Places {
 public:
  explicit Places(const PageInput& input);

  // `row`: a row or group of a table of the input, at its address. kNowhere if it is not one.
  uint32_t PlaceOf(const void* row) const;
  bool IsFirst(const void* row) const;   // it bears the anchor
  const RowPlace& place(uint32_t index) const { return places_[index]; }

  // By the subject of a finding, else by where it stands.
  uint32_t RowOfFinding(size_t finding) const { return of_finding_[finding]; }
  uint32_t NextOfRow(size_t finding) const { return next_[finding]; }   // the next finding about the same row
  uint32_t RowAt(Span at) const;

  // Files of the plan whose text the page holds, in the order of the set.
  const std::vector<FileId>& files() const { return files_; }
  // Adds «s0-41», and gives the line; 0 and nothing if the file is not shown.
  uint32_t AddLineAnchor(std::string& out, Span at) const;

 private:
  struct Known {
    uint32_t place;
    bool first;
  };
  void Enter(const report::Table& table);
  void EnterRow(const report::Row& row, const std::string& above, bool nested);
  void Enter(const void* address, const std::string& id, std::string label, Span at);
  void See(Span at);

  const PageInput& input_;
  std::vector<RowPlace> places_;
  absl::flat_hash_map<const void*, Known> known_;
  absl::flat_hash_map<std::string_view, uint32_t> by_id_;
  std::vector<std::pair<Span, uint32_t>> spans_;   // sorted
  std::vector<uint32_t> of_finding_, next_;
  std::vector<uint32_t> number_of_file_;   // by FileId
  std::vector<FileId> files_;
};

}  // namespace ordo::page
