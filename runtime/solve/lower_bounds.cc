#include "runtime/solve/lower_bounds.h"

#include <algorithm>
#include <functional>

namespace ordo::solve {

using Kind = Constraint::Kind;

Graph::Graph(const std::vector<Constraint>& all, std::span<const uint32_t> ids, uint32_t nodes, Horizon horizon,
             OfficeCalendar calendar)
    : horizon(horizon), calendar(std::move(calendar)), nodes(nodes), offsets(nodes + 1), least(nodes, horizon.first),
      most(nodes, horizon.last), least_of(nodes, kNoConstraint), most_of(nodes, kNoConstraint) {
  const auto source = [](const Constraint& c) { return c.kind == Kind::kAtLeast ? c.from : c.to; };
  for (const uint32_t id : ids) {
    const Constraint& c = all[id];
    if (c.kind == Kind::kLeast) {
      if (c.instant > least[c.to]) least[c.to] = c.instant, least_of[c.to] = id;
    } else if (c.kind == Kind::kMost) {
      if (c.instant < most[c.to]) most[c.to] = c.instant, most_of[c.to] = id;
    } else {
      ++offsets[source(c) + 1];
    }
  }
  for (uint32_t node = 0; node < nodes; ++node) offsets[node + 1] += offsets[node];
  edges.resize(offsets[nodes]);
  std::vector<uint32_t> next(offsets.begin(), offsets.end() - 1);
  for (const uint32_t id : ids) {
    const Constraint& c = all[id];
    if (c.kind == Kind::kAtLeast) edges[next[c.from]++] = {c.from, c.to, id, Shift::OfLeast(c.span), false};
    if (c.kind == Kind::kAtMost) edges[next[c.to]++] = {c.to, c.from, id, Shift::OfMost(c.span), true};
  }
  Order();
}

// The reverse of the order in which a depth-first walk leaves the nodes: sources before targets wherever no ring leads back.
void Graph::Order() {
  order.resize(nodes);
  rank.assign(nodes, kNoNode);
  std::vector<uint32_t> next(offsets.begin(), offsets.end() - 1);
  std::vector<uint8_t> seen(nodes);
  std::vector<NodeId> stack;
  uint32_t place = nodes;
  for (NodeId root = nodes; root-- > 0;) {
    if (seen[root]) continue;
    seen[root] = 1;
    stack.push_back(root);
    while (!stack.empty()) {
      const NodeId node = stack.back();
      NodeId below = kNoNode;
      while (next[node] < offsets[node + 1] && below == kNoNode) {
        const Edge& edge = edges[next[node]++];
        if (!edge.inverse && !seen[edge.to]) below = edge.to;
      }
      if (below != kNoNode) {
        seen[below] = 1;
        stack.push_back(below);
      } else {
        stack.pop_back();
        rank[node] = --place;
        order[place] = node;
      }
    }
  }
  for (uint32_t id = 0; id < edges.size(); ++id) {
    if (rank[edges[id].from] >= rank[edges[id].to]) backward.push_back(id);
  }
}

bool LowerBounds::Run() {
  Sweep();
  for (const uint32_t edge : graph_.backward) {
    at_ = graph_.nodes;                     // all that is raised belongs to the first round
    Try(edge);
  }
  uint64_t work = 0;
  while (!next_.empty()) {
    heap_.swap(next_);
    std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
    while (!heap_.empty()) {
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
      at_ = heap_.back();
      heap_.pop_back();
      const NodeId node = graph_.order[at_];
      queued_[node] = 0;
      if (poisoned_[node]) continue;
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) Try(edge);
      ++work;
    }
    if (trail_.size() > raises_left_) return false;
    if (work > raised_.size()) {
      FindRings();
      work = 0;
    }
  }
  return true;
}

void LowerBounds::Sweep() {
  const uint32_t nodes = graph_.nodes;
  value_ = graph_.least;
  swept_by_.assign(nodes, kNoConstraint);
  poisoned_.assign(nodes, 0);
  queued_.assign(nodes, 0);
  ref_.resize(nodes);
  for (NodeId node = 0; node < nodes; ++node) ref_[node] = node;
  for (const NodeId node : graph_.order) {
    if (value_[node] > graph_.horizon.last && !poisoned_[node]) Fail({{}, node, kNoConstraint}, node);
    if (poisoned_[node]) continue;
    for (uint32_t id = graph_.offsets[node]; id < graph_.offsets[node + 1]; ++id) {
      const Edge& edge = graph_.edges[id];
      if (graph_.rank[edge.to] <= graph_.rank[node] || poisoned_[edge.to]) continue;
      const int32_t bound = edge.Lower(value_[node], graph_.calendar);
      if (bound <= value_[edge.to]) continue;
      if (bound > graph_.horizon.last) {
        Fail({{}, node, id}, edge.to);
        continue;
      }
      value_[edge.to] = bound;
      swept_by_[edge.to] = id;
    }
  }
}

void LowerBounds::Try(uint32_t id) {
  const Edge& edge = graph_.edges[id];
  if (poisoned_[edge.from] || poisoned_[edge.to]) return;
  const int32_t bound = edge.Lower(value_[edge.from], graph_.calendar);
  if (bound <= value_[edge.to]) return;
  if (bound > graph_.horizon.last) {
    Fail({{}, ref_[edge.from], id}, edge.to);
    return;
  }
  if (swept_.empty()) swept_ = value_;     // the first raise after the sweep
  if (ref_[edge.to] < graph_.nodes) raised_.push_back(edge.to);
  trail_.push_back({id, ref_[edge.from], bound});
  ref_[edge.to] = static_cast<uint32_t>(graph_.nodes + trail_.size() - 1);
  value_[edge.to] = bound;
  if (queued_[edge.to]) return;
  queued_[edge.to] = 1;
  const uint32_t rank = graph_.rank[edge.to];
  if (rank > at_) {
    heap_.push_back(rank);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  } else {
    next_.push_back(rank);
  }
}

void LowerBounds::Fail(Failure failure, NodeId node) {
  failures_.push_back(std::move(failure));
  std::vector<NodeId> stack = {node};
  poisoned_[node] = 1;
  while (!stack.empty()) {
    const NodeId from = stack.back();
    stack.pop_back();
    for (uint32_t id = graph_.offsets[from]; id < graph_.offsets[from + 1]; ++id) {
      if (std::exchange(poisoned_[graph_.edges[id].to], 1) == 0) stack.push_back(graph_.edges[id].to);
    }
  }
}

void LowerBounds::FindRings() {
  if (mark_.empty()) mark_.assign(graph_.nodes, 0);
  const uint32_t before = marks_;           // marks of this search are greater; each walk has its own
  for (const NodeId start : raised_) {
    const uint32_t walk = ++marks_;
    NodeId node = start;
    while (ref_[node] >= graph_.nodes && !poisoned_[node] && mark_[node] <= before) {
      mark_[node] = walk;
      node = graph_.edges[trail_[ref_[node] - graph_.nodes].edge].from;
    }
    if (mark_[node] != walk || poisoned_[node]) continue;
    std::vector<uint32_t> ring;
    NodeId around = node;
    do {
      ring.push_back(trail_[ref_[around] - graph_.nodes].edge);
      around = graph_.edges[ring.back()].from;
    } while (around != node);
    std::reverse(ring.begin(), ring.end());
    if (SureToGain(ring)) Fail({std::move(ring), 0, kNoConstraint}, node);
  }
}

bool LowerBounds::SureToGain(const std::vector<uint32_t>& ring) const {
  Gain sum;
  for (const uint32_t id : ring) {
    const Edge& edge = graph_.edges[id];
    const Gain gain = edge.inverse ? GainOfLeastAbove(edge.shift) : GainOfApply(edge.shift);
    sum.days += gain.days;
    sum.working += gain.working;
  }
  return sum.days > 0 || sum.working > 0;
}

LowerBounds::Reason LowerBounds::ReasonOf(uint32_t ref) const {
  if (ref >= graph_.nodes) {
    const Raise& raise = trail_[ref - graph_.nodes];
    return {raise.edge, raise.source, graph_.edges[raise.edge].to, raise.value};
  }
  const uint32_t edge = swept_by_[ref];
  return {edge, edge == kNoConstraint ? ref : graph_.edges[edge].from, ref, swept_.empty() ? value_[ref] : swept_[ref]};
}

LowerBounds::Chain LowerBounds::ChainOf(uint32_t ref) const {
  Chain chain;
  while (true) {
    const Reason reason = ReasonOf(ref);
    if (reason.edge == kNoConstraint) {
      chain.node = reason.node;
      std::reverse(chain.edges.begin(), chain.edges.end());
      return chain;
    }
    chain.edges.push_back(reason.edge);
    ref = reason.source;
  }
}

std::vector<int32_t> UpperBounds(const Graph& graph, std::span<const int32_t> most, int32_t cap, uint64_t most_steps) {
  std::vector<int32_t> value(graph.nodes);
  for (NodeId node = 0; node < graph.nodes; ++node) value[node] = std::min(most[node], cap);
  for (uint32_t place = graph.nodes; place-- > 0;) {
    const NodeId node = graph.order[place];
    for (uint32_t id = graph.offsets[node]; id < graph.offsets[node + 1]; ++id) {
      const Edge& edge = graph.edges[id];
      if (graph.rank[edge.to] > place) value[node] = std::min(value[node], edge.Upper(value[edge.to], graph.calendar));
    }
  }
  // What the backward edges disturb, in rounds of falling rank.
  std::vector<uint32_t> heap, next;
  std::vector<uint8_t> queued(graph.nodes);
  uint32_t at = 0;
  const auto lower = [&](const Edge& edge) {
    const int32_t bound = edge.Upper(value[edge.to], graph.calendar);
    if (bound >= value[edge.from]) return;
    value[edge.from] = bound;
    if (std::exchange(queued[edge.from], 1)) return;
    const uint32_t rank = graph.rank[edge.from];
    if (rank < at) {
      heap.push_back(rank);
      std::push_heap(heap.begin(), heap.end());
    } else {
      next.push_back(rank);
    }
  };
  for (const uint32_t id : graph.backward) lower(graph.edges[id]);
  if (next.empty()) return value;
  std::vector<uint32_t> offsets(graph.nodes + 1), incoming(graph.edges.size());
  for (const Edge& edge : graph.edges) ++offsets[edge.to + 1];
  for (uint32_t node = 0; node < graph.nodes; ++node) offsets[node + 1] += offsets[node];
  std::vector<uint32_t> free(offsets.begin(), offsets.end() - 1);
  for (uint32_t id = 0; id < graph.edges.size(); ++id) incoming[free[graph.edges[id].to]++] = id;
  while (!next.empty()) {
    heap.swap(next);
    std::make_heap(heap.begin(), heap.end());
    while (!heap.empty()) {
      std::pop_heap(heap.begin(), heap.end());
      at = heap.back();
      heap.pop_back();
      const NodeId node = graph.order[at];
      queued[node] = 0;
      if (most_steps-- == 0) return {};
      for (uint32_t i = offsets[node]; i < offsets[node + 1]; ++i) lower(graph.edges[incoming[i]]);
    }
  }
  return value;
}

}  // namespace ordo::solve
