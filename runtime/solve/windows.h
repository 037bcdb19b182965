// How late an instant that another body decides may come. In: a network that has a solution with every window at its best, its
// least values and limits. Out: the two readings of each window (temporal_network.h), without their conflicts. Inside this room.
//
// The more days a window takes, the higher are all bounds: a broken limit stays broken. So up to the last day that breaks nothing
// and sends no bound back to the window itself, found by halves, every day is safe; from there on each day is tried, one raise
// after the other, until one is unsafe. For the joint reading all other windows are raised first, by halves of the list, so that
// each is raised log(windows) times. Work: constraints reached x (log(days) + days tried) a window. No errors.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "runtime/solve/lower_bounds.h"

namespace ordo::solve {

struct AwaitedDays {        // inside the horizon; from > to: no day, nothing is safe
  NodeId node = kNoNode;
  int32_t from = 0, to = 0;
};
struct SafeDays {
  std::optional<int32_t> last;   // safe up to this day
  bool decided = true;           // false: the day after was given up for work
};

class WindowQuestions {
 public:
  struct Answer { SafeDays alone, joint; };
  // `most`: limits that `values` keep. `most_raises`: for one reading of one window.
  WindowQuestions(const Graph& graph, std::span<const AwaitedDays> windows, std::vector<int32_t> values, std::vector<int32_t> most,
                  uint64_t most_raises);
  std::vector<Answer> Ask();

 private:
  enum class Others : uint8_t { kHold, kBreak, kUndecided };
  SafeDays LastSafe(const AwaitedDays& window, Others others);
  // Raises a node and all that follows. `kept`: this node must not be pushed beyond `bound` by others; false: it is, or a limit
  // is broken, and the rest has been left.
  bool Raise(NodeId node, int32_t day, NodeId kept, int32_t bound);
  bool Push(NodeId node, int32_t value);
  Others RaiseToEnds(size_t begin, size_t end, Others others);
  void Halve(size_t begin, size_t end, Others others, std::vector<Answer>& answers);
  void UndoTo(size_t mark);

  const Graph& graph_;
  std::span<const AwaitedDays> windows_;
  std::vector<int32_t> values_, most_;
  std::vector<std::pair<NodeId, int32_t>> undo_;
  std::vector<uint32_t> heap_, next_;
  std::vector<uint8_t> queued_;
  uint32_t at_ = 0;
  uint64_t most_raises_, raises_left_;
};

}  // namespace ordo::solve
