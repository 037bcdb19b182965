// The temporal network behind dependencies between tasks. In: nodes (instants at boundaries between days, see span.h), constraints
// with the number that the caller knows each by, a horizon, an office calendar. Out: the earliest and latest instant of each node,
// slack, chains of reasons, smallest conflicts, and how late an instant that another body decides may come. It knows nothing of
// plans and words, reads no clock, never guesses: a network too knotted for the bound on work says so (`decided`).
//
// All constraints are monotone and bound one node by one other. So the earliest solution is the least fixpoint of the lower bounds,
// the latest the greatest fixpoint of the upper bounds. Cost: O(nodes + constraints) where `at least` has no ring, plus what the
// backward constraints disturb. Termination: each raise of a node gains a day inside the horizon, so there are at most
// nodes x horizon of them; rings that are sure to gain for ever are seen before (lower_bounds.h), the others are walked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/solve/span.h"
#include "runtime/time/office_calendar.h"

namespace ordo::solve {

using NodeId = uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;
inline constexpr uint32_t kNoConstraint = UINT32_MAX;

struct Horizon {          // no instant lies outside; cut to the years 1 to 9999
  int32_t first = 0, last = 0;
};

struct Constraint {
  enum class Kind : uint8_t {
    kLeast,     // to >= instant
    kMost,      // to <= instant
    kAtLeast,   // to >= from (+) span
    kAtMost,    // to <= from (+) span
  };
  Kind kind = Kind::kLeast;
  NodeId from = kNoNode, to = kNoNode;
  int32_t instant = 0;
  Span span;
  uint32_t origin = 0;    // the caller's number
};

// One constraint at work. A bound of `to` by `from`: from an instant `before` of one node it follows that the other is not before
// `after`. kAtMost works backwards: `from` of the step is the constraint's `to`. kLeast: `from` is kNoNode and `before` the
// beginning of the horizon. kMost ends a chain: `before` is the instant that was reached, `after` the limit.
struct Step {
  uint32_t constraint = kNoConstraint;   // its place in the order of adding; kNoConstraint: the window of a question
  uint32_t origin = 0;
  Constraint::Kind kind = Constraint::Kind::kLeast;
  NodeId from = kNoNode, to = kNoNode;
  int32_t before = 0, after = 0;
};

struct Conflict {
  enum class Kind : uint8_t {
    kDeadline,   // the chain reaches `node` after its limit; the last step is the limit
    kRing,       // the steps lead back to their first node, later than it began
    kHorizon,    // the chain leaves the horizon: there is no such day
  };
  Kind kind = Kind::kDeadline;
  NodeId node = kNoNode;
  int32_t excess = 0;           // days beyond the limit, gained by one lap, or beyond the horizon
  // A minimal set (no member can be left out) in the order of the chain, each member once, with the instants that the set alone
  // leads to; a ring begins at its earliest node in the network at large, and one that leaves the horizon stops counting there.
  std::vector<Step> steps;
  uint32_t repeats = 0;         // later limits that are broken only on top of this one, not told
  bool minimal = true;          // false: sound, but no simple chain and too much work for the filter (kMostFiltered, most_raises)
};

struct NodeTimes {
  int32_t earliest = 0, latest = 0;
  int32_t total_slack = 0;      // latest - earliest
  int32_t free_slack = 0;       // how far it may move while all that follows stays at its earliest
  bool critical = false;        // one day later breaks a limit or moves the last of all nodes
};

// What a window's day does. Unsafe: the network as told (see Solution) has no solution with the node on that day exactly.
struct WindowReading {
  bool holds = false;                      // whatever day of the window it comes
  std::optional<int32_t> last_safe;        // the latest day up to which it holds; none: the first day of the window is unsafe
  bool decided = true;                     // false: given up for work after last_safe
  std::optional<Conflict> conflict;        // of the first unsafe day (kNoConstraint: a window's day); up to the limit of options
};

// Two readings of the other windows. `alone`: they come on the day of their window that suits best. `joint`: they come on their
// last day. Joint is exact for the worst case of all together: lower bounds grow with every day, so a limit that some choice of
// days breaks is broken by the last days, and the network holds whatever days come if and only if every window holds jointly.
// A joint reading of a window fails from its first day when the others alone break the network.
struct WindowAnswer {
  uint32_t origin = 0;
  NodeId node = kNoNode;
  WindowReading alone, joint;
};

struct SolveOptions {
  uint32_t most_conflicts = 20;           // told; windows count apart, by the same number
  uint64_t most_raises = uint64_t{1} << 24;   // of nodes after the first sweep; beyond: not decided. The same for one filter, one window
};

inline constexpr size_t kMostFiltered = 512;

// If there are conflicts, times are those of the network in which each has given way: a ring without one member, a limit moved to
// the instant that is reached.
class Solution {
 public:
  bool decided = true;          // false: given up for work; nothing else is said
  bool feasible = true;
  std::vector<NodeTimes> nodes;
  std::vector<Conflict> conflicts;
  uint32_t untold = 0;          // conflicts beyond the limit
  std::vector<WindowAnswer> windows;

  // The chain that gives a node its earliest instant, from its beginning; empty: nothing bounds it but the horizon.
  std::vector<Step> Why(NodeId node) const;
  NodeId LastNode() const;      // the one with the last earliest instant (the first of equals); kNoNode: no nodes
  std::vector<Step> CriticalChain() const { return LastNode() == kNoNode ? std::vector<Step>{} : Why(LastNode()); }

 private:
  friend class TemporalNetwork;
  struct Reasons;
  std::shared_ptr<const Reasons> reasons_;
};

class TemporalNetwork {
 public:
  TemporalNetwork(Horizon horizon, OfficeCalendar calendar);
  NodeId AddNode() { return nodes_++; }
  NodeId AddTask() { nodes_ += 2; return nodes_ - 2; }   // its start; its end is the next; nothing binds them yet
  uint32_t nodes() const { return nodes_; }
  // Nodes must exist. Any instant, any span, a node bound to itself: all have a meaning.
  void Least(NodeId node, int32_t instant, uint32_t origin);
  void Most(NodeId node, int32_t instant, uint32_t origin);
  void AtLeast(NodeId from, NodeId to, const Span& span, uint32_t origin);
  void AtMost(NodeId from, NodeId to, const Span& span, uint32_t origin);
  // Another body decides this instant inside [from, to]; one window a node. In the times of the solution it comes as it suits best.
  // Windows cost one walk over what they reach, by halves; one that lies on a ring a walk a day: days x constraints it reaches.
  void Window(NodeId node, int32_t from, int32_t to, uint32_t origin);
  const std::vector<Constraint>& constraints() const { return constraints_; }

  Solution Solve(const SolveOptions& options = {}) const;

 private:
  struct Awaited { NodeId node; int32_t from, to; uint32_t origin; };
  friend class WindowQuestions;
  void Add(Constraint constraint);

  Horizon horizon_;
  OfficeCalendar calendar_;
  uint32_t nodes_ = 0;
  std::vector<Constraint> constraints_;
  std::vector<Awaited> windows_;
};

}  // namespace ordo::solve
