#include "runtime/solve/windows.h"

#include <algorithm>
#include <functional>

namespace ordo::solve {

WindowQuestions::WindowQuestions(const Graph& graph, std::span<const AwaitedDays> windows, std::vector<int32_t> values,
                                 std::vector<int32_t> most, uint64_t most_raises)
    : graph_(graph), windows_(windows), values_(std::move(values)), most_(std::move(most)), queued_(graph.nodes),
      most_raises_(most_raises), raises_left_(most_raises) {}

std::vector<WindowQuestions::Answer> WindowQuestions::Ask() {
  std::vector<Answer> answers(windows_.size());
  for (size_t i = 0; i < windows_.size(); ++i) answers[i].alone = LastSafe(windows_[i], Others::kHold);
  if (!windows_.empty()) Halve(0, windows_.size(), Others::kHold, answers);
  return answers;
}

// All windows outside [begin, end) stand at their last day.
void WindowQuestions::Halve(size_t begin, size_t end, Others others, std::vector<Answer>& answers) {
  if (end - begin == 1) {
    answers[begin].joint = LastSafe(windows_[begin], others);
    return;
  }
  const size_t middle = begin + (end - begin) / 2, mark = undo_.size();
  Halve(begin, middle, RaiseToEnds(middle, end, others), answers);
  UndoTo(mark);
  Halve(middle, end, RaiseToEnds(begin, middle, others), answers);
  UndoTo(mark);
}

WindowQuestions::Others WindowQuestions::RaiseToEnds(size_t begin, size_t end, Others others) {
  for (size_t i = begin; i < end && others == Others::kHold; ++i) {
    const AwaitedDays& window = windows_[i];
    raises_left_ = most_raises_;
    if (window.from > window.to || Raise(window.node, window.to, kNoNode, 0)) continue;
    others = raises_left_ == 0 ? Others::kUndecided : Others::kBreak;
  }
  return others;
}

SafeDays WindowQuestions::LastSafe(const AwaitedDays& window, Others others) {
  if (others != Others::kHold) return {std::nullopt, others == Others::kBreak};
  if (window.from > window.to || values_[window.node] > window.from) return {};
  const size_t mark = undo_.size();
  raises_left_ = most_raises_;
  int32_t safe = window.from, unsure = window.to + 1;   // a day that is unsure may be safe yet, if a bound comes back to it
  for (int32_t day = window.to; unsure - safe > 1; day = safe + (unsure - safe) / 2) {
    (Raise(window.node, day, window.node, window.from) ? safe : unsure) = day;
    UndoTo(mark);
  }
  bool decided = true;
  for (int32_t day = safe + 1; day <= window.to; ++day) {
    if (!Raise(window.node, day, window.node, day)) {
      decided = raises_left_ > 0;
      break;
    }
    safe = day;
  }
  UndoTo(mark);
  return {safe, decided};
}

bool WindowQuestions::Push(NodeId node, int32_t value) {
  if (value > most_[node] || raises_left_ == 0) return false;
  --raises_left_;
  undo_.push_back({node, values_[node]});
  values_[node] = value;
  if (std::exchange(queued_[node], 1)) return true;
  const uint32_t rank = graph_.rank[node];
  if (rank > at_) {
    heap_.push_back(rank);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  } else {
    next_.push_back(rank);
  }
  return true;
}

bool WindowQuestions::Raise(NodeId node, int32_t day, NodeId kept, int32_t bound) {
  if (day <= values_[node]) return true;
  at_ = graph_.nodes;
  bool holds = Push(node, day);
  while (holds && !next_.empty()) {
    heap_.swap(next_);
    std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
    while (holds && !heap_.empty()) {
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
      at_ = heap_.back();
      heap_.pop_back();
      const NodeId from = graph_.order[at_];
      queued_[from] = 0;
      for (uint32_t id = graph_.offsets[from]; holds && id < graph_.offsets[from + 1]; ++id) {
        const Edge& edge = graph_.edges[id];
        const int32_t value = edge.Lower(values_[from], graph_.calendar);
        if (edge.to == kept && value > bound) {
          holds = false;
        } else if (value > values_[edge.to]) {
          holds = Push(edge.to, value);
        }
      }
    }
  }
  for (const std::vector<uint32_t>* ranks : {&heap_, &next_}) {
    for (const uint32_t rank : *ranks) queued_[graph_.order[rank]] = 0;
  }
  heap_.clear();
  next_.clear();
  return holds;
}

void WindowQuestions::UndoTo(size_t mark) {
  while (undo_.size() > mark) {
    values_[undo_.back().first] = undo_.back().second;
    undo_.pop_back();
  }
}

}  // namespace ordo::solve
