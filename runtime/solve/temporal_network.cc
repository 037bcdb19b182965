#include "runtime/solve/temporal_network.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "runtime/solve/conflicts.h"
#include "runtime/solve/lower_bounds.h"
#include "runtime/solve/windows.h"

namespace ordo::solve {

using Kind = Constraint::Kind;

struct Solution::Reasons {
  std::vector<Constraint> all;   // the network's, then two a window: not before its first day, not after its last
  size_t own;
  Graph graph;
  LowerBounds bounds;
  Reasons(std::vector<Constraint> constraints, size_t own, std::span<const uint32_t> ids, uint32_t nodes, Horizon horizon,
          const OfficeCalendar& calendar, uint64_t most_raises)
      : all(std::move(constraints)), own(own), graph(all, ids, nodes, horizon, calendar), bounds(graph, most_raises) {}
};

namespace {

// An instant outside all years stands just outside them: differences of instants do not overflow.
int32_t InAllYears(int32_t instant) {
  static const int32_t first = Date::FromYmd(1, 1, 1)->days(), last = Date::FromYmd(9999, 12, 31)->days();
  return std::clamp(instant, first - 1, last + 1);
}

}  // namespace

TemporalNetwork::TemporalNetwork(Horizon horizon, OfficeCalendar calendar) : calendar_(std::move(calendar)) {
  const int32_t first = Date::FromYmd(1, 1, 1)->days(), last = Date::FromYmd(9999, 12, 31)->days();
  horizon_.first = std::clamp(horizon.first, first, last);
  horizon_.last = std::clamp(horizon.last, horizon_.first, last);
}

void TemporalNetwork::Add(Constraint constraint) {
  assert(constraint.to < nodes_ && (constraint.from == kNoNode || constraint.from < nodes_));
  constraint.instant = InAllYears(constraint.instant);
  constraints_.push_back(constraint);
}
void TemporalNetwork::Least(NodeId node, int32_t instant, uint32_t origin) { Add({Kind::kLeast, kNoNode, node, instant, {}, origin}); }
void TemporalNetwork::Most(NodeId node, int32_t instant, uint32_t origin) { Add({Kind::kMost, kNoNode, node, instant, {}, origin}); }
void TemporalNetwork::AtLeast(NodeId from, NodeId to, const Span& span, uint32_t origin) {
  Add({Kind::kAtLeast, from, to, 0, span, origin});
}
void TemporalNetwork::AtMost(NodeId from, NodeId to, const Span& span, uint32_t origin) {
  Add({Kind::kAtMost, from, to, 0, span, origin});
}
void TemporalNetwork::Window(NodeId node, int32_t from, int32_t to, uint32_t origin) {
  assert(node < nodes_);
  windows_.push_back({node, InAllYears(from), InAllYears(to), origin});
}

namespace {

// Which member of a conflict without a limit gives way: a bound read backwards, if there is one, or else the last.
uint32_t GivesWay(const Graph& graph, const LowerBounds::Failure& failure) {
  for (const uint32_t edge : failure.ring) {
    if (graph.edges[edge].inverse) return graph.edges[edge].constraint;
  }
  if (!failure.ring.empty()) return graph.edges[failure.ring.back()].constraint;
  return failure.edge == kNoConstraint ? graph.least_of[failure.ref] : graph.edges[failure.edge].constraint;
}

// Broken limits, split into those that are told and those that are broken on top of another that stands in their chain.
class BrokenLimits {
 public:
  explicit BrokenLimits(const LowerBounds& bounds) : bounds_(bounds) {
    const Graph& graph = bounds.graph();
    for (const NodeId node : graph.order) {
      if (bounds.value(node) > graph.most[node]) nodes_.push_back(node);
    }
    if (!nodes_.empty()) nearest_.assign(bounds.refs(), kUnknown);
  }
  // In rank order: each with the node that it only repeats, or kNoNode.
  std::vector<std::pair<NodeId, NodeId>> Split() {
    std::vector<std::pair<NodeId, NodeId>> split;
    std::vector<uint8_t> seen(bounds_.graph().nodes);
    for (const NodeId node : nodes_) {
      uint32_t above = Above(bounds_.ref(node));
      while (above != kNone && bounds_.ReasonOf(above).node == node) above = Above(above);
      const NodeId root = above == kNone ? kNoNode : bounds_.ReasonOf(above).node;
      split.push_back({node, root != kNoNode && seen[root] ? root : kNoNode});
      seen[node] = 1;
    }
    return split;
  }

 private:
  static constexpr uint32_t kUnknown = UINT32_MAX, kNone = UINT32_MAX - 1;
  bool Broken(const LowerBounds::Reason& reason) const { return reason.value > bounds_.graph().most[reason.node]; }
  // The nearest ref above this one at which a limit is already broken. Each ref is looked at once for all questions.
  uint32_t Above(uint32_t ref) {
    std::vector<uint32_t> path;
    uint32_t found = kNone;
    while (true) {
      if (nearest_[ref] != kUnknown) {
        found = nearest_[ref];
        break;
      }
      path.push_back(ref);
      const LowerBounds::Reason reason = bounds_.ReasonOf(ref);
      if (reason.edge == kNoConstraint) break;
      ref = reason.source;
      if (Broken(bounds_.ReasonOf(ref))) {
        found = ref;
        break;
      }
    }
    for (const uint32_t on : path) nearest_[on] = found;
    return found;
  }

  const LowerBounds& bounds_;
  std::vector<NodeId> nodes_;
  std::vector<uint32_t> nearest_;
};

}  // namespace

Solution TemporalNetwork::Solve(const SolveOptions& options) const {
  Solution solution;
  std::vector<Constraint> all = constraints_;
  const size_t own = all.size();
  for (const Awaited& window : windows_) {
    all.push_back({Kind::kLeast, kNoNode, window.node, window.from, {}, window.origin});
    all.push_back({Kind::kMost, kNoNode, window.node, window.to, {}, window.origin});
  }
  std::vector<uint32_t> active(all.size());
  std::iota(active.begin(), active.end(), 0);

  // Rings and what leaves the horizon: told, one member gives way, and the rest is solved again.
  std::shared_ptr<Solution::Reasons> reasons;
  for (uint32_t pass = 0;; ++pass) {
    reasons = std::make_shared<Solution::Reasons>(all, own, active, nodes_, horizon_, calendar_, options.most_raises);
    LowerBounds& bounds = reasons->bounds;
    if (!bounds.Run()) {
      solution.decided = solution.feasible = false;
      return solution;
    }
    if (bounds.failures().empty()) break;
    std::vector<uint8_t> gone(all.size());
    for (const LowerBounds::Failure& failure : bounds.failures()) {
      uint32_t way = GivesWay(reasons->graph, failure);
      if (solution.conflicts.size() < options.most_conflicts) {
        Conflict conflict = ConflictTeller(reasons->all, own, options.most_raises).OfFailure(bounds, failure);
        // A member of the set that is told, so that this set cannot come again.
        const auto told = [&](uint32_t id) {
          return std::any_of(conflict.steps.begin(), conflict.steps.end(), [&](const Step& step) { return step.constraint == id; });
        };
        if (!conflict.steps.empty() && !told(way < own ? way : kNoConstraint)) {
          for (const Step& step : conflict.steps) {
            if (step.constraint != kNoConstraint && all[step.constraint].kind != Kind::kLeast) way = step.constraint;
          }
        }
        solution.conflicts.push_back(std::move(conflict));
      } else {
        ++solution.untold;
      }
      gone[way] = 1;
    }
    // Rings inside rings without end: from here on no bound goes backwards where one has failed, so that this pass is the last.
    if (pass >= options.most_conflicts + 16) {
      for (const uint32_t edge : reasons->graph.backward) {
        if (!bounds.sound(reasons->graph.edges[edge].from)) gone[reasons->graph.edges[edge].constraint] = 1;
      }
    }
    std::erase_if(active, [&](uint32_t id) { return gone[id] != 0; });
  }

  const Graph& graph = reasons->graph;
  const LowerBounds& bounds = reasons->bounds;
  const ConflictTeller teller(reasons->all, own, options.most_raises);
  std::vector<uint32_t> place(nodes_, kNoConstraint);   // of the conflict that tells of this node
  for (const auto& [node, root] : BrokenLimits(bounds).Split()) {
    if (root != kNoNode) {
      place[node] = place[root];
      if (place[node] != kNoConstraint) ++solution.conflicts[place[node]].repeats;
    } else if (solution.conflicts.size() < options.most_conflicts) {
      place[node] = static_cast<uint32_t>(solution.conflicts.size());
      solution.conflicts.push_back(teller.OfLimit(bounds, node));
    } else {
      ++solution.untold;
    }
  }
  solution.feasible = solution.conflicts.empty() && solution.untold == 0;

  std::vector<int32_t> most = graph.most, earliest(nodes_);
  int32_t finish = horizon_.first;
  for (NodeId node = 0; node < nodes_; ++node) {
    earliest[node] = bounds.value(node);
    most[node] = std::max(most[node], earliest[node]);
    finish = std::max(finish, earliest[node]);
  }
  const std::vector<int32_t> latest = UpperBounds(graph, most, horizon_.last, options.most_raises);
  const std::vector<int32_t> in_time = UpperBounds(graph, most, finish, options.most_raises);
  if (latest.size() != nodes_ || in_time.size() != nodes_) {
    solution = Solution();
    solution.decided = solution.feasible = false;
    return solution;
  }
  solution.nodes.resize(nodes_);
  for (NodeId node = 0; node < nodes_; ++node) {
    int32_t free = most[node];
    bool again = false;                       // a bond of the node with itself, which moves along
    for (uint32_t id = graph.offsets[node]; id < graph.offsets[node + 1]; ++id) {
      const Edge& edge = graph.edges[id];
      if (edge.to != node) free = std::min(free, edge.Upper(earliest[edge.to], calendar_));
      again |= edge.to == node;
    }
    while (again) {
      again = false;
      for (uint32_t id = graph.offsets[node]; id < graph.offsets[node + 1]; ++id) {
        const Edge& edge = graph.edges[id];
        const int32_t bound = edge.to == node ? edge.Upper(free, calendar_) : free;
        if (bound < free) free = bound, again = true;
      }
    }
    const int32_t at = earliest[node];
    solution.nodes[node] = {at, latest[node], latest[node] - at, free - at, in_time[node] == at};
  }

  std::vector<AwaitedDays> days;
  for (const Awaited& window : windows_) {
    days.push_back({window.node, std::max(window.from, horizon_.first), std::min(window.to, horizon_.last)});
  }
  const std::vector<WindowQuestions::Answer> safe = WindowQuestions(graph, days, earliest, most, options.most_raises).Ask();
  size_t told = 0;
  // The first unsafe day as a network of its own: the windows take their days, conflicts that are told have given way.
  const auto conflict = [&](size_t asked, int32_t day, bool joint) -> std::optional<Conflict> {
    if (days[asked].from > days[asked].to || told++ >= options.most_conflicts) return std::nullopt;
    std::vector<Constraint> at = reasons->all;
    for (Constraint& c : at) {
      if (c.kind == Kind::kMost) c.instant = std::max(c.instant, earliest[c.to]);
    }
    for (size_t i = 0; i < days.size(); ++i) {
      int32_t& least = at[own + 2 * i].instant;
      int32_t& limit = at[own + 2 * i + 1].instant;
      if (i == asked) least = limit = day;
      else if (joint && days[i].from <= days[i].to) least = days[i].to;
    }
    const Graph asked_graph(at, active, nodes_, horizon_, calendar_);
    LowerBounds asked_bounds(asked_graph, options.most_raises);
    if (!asked_bounds.Run()) return std::nullopt;
    return ConflictTeller(at, own, options.most_raises).First(asked_bounds);
  };
  for (size_t i = 0; i < windows_.size(); ++i) {
    WindowAnswer answer{windows_[i].origin, windows_[i].node, {}, {}};
    for (const bool joint : {false, true}) {
      WindowReading& reading = joint ? answer.joint : answer.alone;
      const SafeDays& known = joint ? safe[i].joint : safe[i].alone;
      reading.last_safe = known.last;
      reading.decided = known.decided;
      reading.holds = reading.last_safe && *reading.last_safe >= days[i].to;
      if (!reading.holds && reading.decided) reading.conflict = conflict(i, reading.last_safe ? *reading.last_safe + 1 : days[i].from, joint);
    }
    solution.windows.push_back(std::move(answer));
  }
  solution.reasons_ = std::move(reasons);
  return solution;
}

std::vector<Step> Solution::Why(NodeId node) const {
  std::vector<Step> steps;
  if (reasons_ == nullptr || node >= nodes.size()) return steps;
  const Graph& graph = reasons_->graph;
  const ConflictTeller teller(reasons_->all, reasons_->own, 0);
  const LowerBounds::Chain chain = reasons_->bounds.ChainOf(reasons_->bounds.ref(node));
  int32_t value = graph.least[chain.node];
  if (graph.least_of[chain.node] != kNoConstraint) steps.push_back(teller.StepOfLeast(graph, chain.node));
  for (const uint32_t edge : chain.edges) {
    steps.push_back(teller.StepOf(graph, edge, value));
    value = steps.back().after;
  }
  return steps;
}

NodeId Solution::LastNode() const {
  NodeId last = kNoNode;
  for (NodeId node = 0; node < nodes.size(); ++node) {
    if (last == kNoNode || nodes[node].earliest > nodes[last].earliest) last = node;
  }
  return last;
}

}  // namespace ordo::solve
