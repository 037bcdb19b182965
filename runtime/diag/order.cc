#include "runtime/diag/order.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace ordo {

void SortFindings(std::vector<Finding>& findings) {
  const auto key = [](const Finding& f) {
    const Span at = f.at.known() ? f.at : Span{};
    return std::tuple(f.at.known(), at.file, at.begin, std::string_view(f.path), std::string_view(f.code), at.end,
                      std::string_view(f.subject), std::string_view(f.message));
  };
  std::stable_sort(findings.begin(), findings.end(), [&key](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

std::vector<size_t> FindRoots(const std::vector<Finding>& findings) {
  // Longer chains than this are loops; what stands in a loop is printed in full.
  constexpr int kLongestChain = 16;
  std::vector<size_t> roots(findings.size());
  std::iota(roots.begin(), roots.end(), size_t{0});
  if (std::none_of(findings.begin(), findings.end(), [](const Finding& f) { return f.caused_by.has_value(); })) return roots;
  absl::flat_hash_map<std::string_view, size_t> by_fingerprint, by_code;
  absl::flat_hash_map<std::pair<std::string_view, std::string_view>, size_t> by_subject;
  for (size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (finding.waiver) continue;
    if (!finding.fingerprint.empty()) by_fingerprint.emplace(finding.fingerprint, i);
    by_code.emplace(finding.code, i);
    by_subject.emplace(std::pair<std::string_view, std::string_view>(finding.code, finding.subject), i);
  }
  const auto cause_of = [&](size_t i) {
    const Finding& finding = findings[i];
    if (!finding.caused_by) return i;
    if (!finding.cause.empty()) {
      const auto named = by_fingerprint.find(finding.cause);
      return named == by_fingerprint.end() ? i : named->second;
    }
    const std::string_view cause = *finding.caused_by;
    if (const auto same = by_subject.find({cause, finding.subject}); same != by_subject.end()) return same->second;
    const auto found = by_code.find(cause);
    return found == by_code.end() ? i : found->second;
  };
  for (size_t i = 0; i < findings.size(); ++i) {
    size_t at = i;
    int steps = 0;
    while (steps < kLongestChain && cause_of(at) != at) {
      at = cause_of(at);
      ++steps;
    }
    roots[i] = steps < kLongestChain ? at : i;
  }
  return roots;
}

void RankFindings(std::vector<Finding>& findings) {
  struct Weight {
    Severity severity = Severity::kInformation;
    size_t cases = 0;
  };
  const std::vector<size_t> roots = FindRoots(findings);
  std::vector<Weight> weights(findings.size());
  std::vector<size_t> order;
  for (size_t i = 0; i < findings.size(); ++i) {
    findings[i].rank = 0;
    if (findings[i].waiver) continue;
    Weight& weight = weights[roots[i]];
    weight.severity = std::max(weight.severity, findings[i].severity);
    weight.cases += roots[i] == i ? findings[i].rows : 1;
    if (roots[i] == i) order.push_back(i);
  }
  const auto certainty = [](const Finding& finding) { return finding.fix ? 2 : finding.by_limit ? 0 : 1; };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::tuple(weights[b].severity, weights[b].cases, certainty(findings[b])) <
           std::tuple(weights[a].severity, weights[a].cases, certainty(findings[a]));
  });
  for (size_t i = 0; i < order.size(); ++i) findings[order[i]].rank = static_cast<uint32_t>(i + 1);
}

void SortByRank(std::vector<Finding>& findings) {
  if (std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return f.from_text; })) return;
  const std::vector<size_t> roots = FindRoots(findings);
  std::vector<size_t> order(findings.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto key = [&](size_t i) {
    const uint32_t rank = findings[roots[i]].rank;
    return std::tuple(rank == 0 ? UINT32_MAX : rank, roots[i] != i);
  };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
  std::vector<Finding> sorted;
  sorted.reserve(findings.size());
  for (const size_t i : order) sorted.push_back(std::move(findings[i]));
  findings = std::move(sorted);
}

}  // namespace ordo
