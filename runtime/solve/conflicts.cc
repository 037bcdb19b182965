#include "runtime/solve/conflicts.h"

#include <algorithm>

namespace ordo::solve {

namespace {

// A network of some constraints with only the nodes that they name, numbered anew.
struct SmallNetwork {
  std::vector<NodeId> names;
  std::vector<Constraint> constraints;
  std::vector<uint32_t> ids;

  SmallNetwork(const std::vector<Constraint>& all, std::span<const uint32_t> members) {
    for (const uint32_t id : members) {
      names.push_back(all[id].to);
      if (all[id].from != kNoNode) names.push_back(all[id].from);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    const auto place = [&](NodeId node) {
      return static_cast<NodeId>(std::lower_bound(names.begin(), names.end(), node) - names.begin());
    };
    for (const uint32_t id : members) {
      Constraint small = all[id];
      small.to = place(small.to);
      if (small.from != kNoNode) small.from = place(small.from);
      ids.push_back(static_cast<uint32_t>(ids.size()));
      constraints.push_back(small);
    }
  }
};

bool BreaksALimit(const LowerBounds& bounds) {
  for (NodeId node = 0; node < bounds.graph().nodes; ++node) {
    if (bounds.value(node) > bounds.graph().most[node]) return true;
  }
  return false;
}

// nullopt: out of work.
std::optional<bool> Feasible(const std::vector<Constraint>& all, std::span<const uint32_t> members, const Graph& like,
                             uint64_t& raises) {
  const SmallNetwork small(all, members);
  const Graph graph(small.constraints, small.ids, static_cast<uint32_t>(small.names.size()), like.horizon, like.calendar);
  LowerBounds bounds(graph, raises);
  if (!bounds.Run()) return std::nullopt;
  raises -= std::min(raises, bounds.raises());
  return bounds.failures().empty() && !BreaksALimit(bounds);
}

}  // namespace

Step ConflictTeller::Base(uint32_t constraint, NodeId from, NodeId to, int32_t before, int32_t after) const {
  return {constraint < own_ ? constraint : kNoConstraint, all_[constraint].origin, all_[constraint].kind, from, to, before, after};
}

Step ConflictTeller::StepOf(const Graph& graph, uint32_t id, int32_t before) const {
  const Edge& edge = graph.edges[id];
  return Base(edge.constraint, edge.from, edge.to, before, edge.Lower(before, graph.calendar));
}

Step ConflictTeller::StepOfLeast(const Graph& graph, NodeId node) const {
  return Base(graph.least_of[node], kNoNode, node, graph.horizon.first, graph.least[node]);
}

std::optional<Conflict> ConflictTeller::First(const LowerBounds& bounds) const {
  if (!bounds.failures().empty()) return OfFailure(bounds, bounds.failures().front());
  for (const NodeId node : bounds.graph().order) {
    if (bounds.value(node) > bounds.graph().most[node]) return OfLimit(bounds, node);
  }
  return std::nullopt;
}

Conflict ConflictTeller::OfLimit(const LowerBounds& bounds, NodeId node) const {
  const Graph& graph = bounds.graph();
  return OfChain(graph, bounds.ChainOf(bounds.ref(node)), {graph.most_of[node], node, graph.most[node]});
}

Conflict ConflictTeller::OfFailure(const LowerBounds& bounds, const LowerBounds::Failure& failure) const {
  const Graph& graph = bounds.graph();
  if (!failure.ring.empty()) {
    Conflict conflict;
    if (Ring(bounds, failure.ring, conflict) || !filtering_) return conflict;
    std::vector<uint32_t> members;
    for (const uint32_t edge : failure.ring) members.push_back(graph.edges[edge].constraint);
    if (std::optional<Conflict> filtered = Filtered(graph, std::move(members))) return *std::move(filtered);
    conflict.minimal = false;
    return conflict;
  }
  LowerBounds::Chain chain = bounds.ChainOf(failure.ref);
  NodeId node = chain.node;
  if (failure.edge != kNoConstraint) {
    chain.edges.push_back(failure.edge);
    node = graph.edges[failure.edge].to;
  }
  return OfChain(graph, chain, {kNoConstraint, node, graph.horizon.last});
}

Conflict ConflictTeller::OfChain(const Graph& graph, const LowerBounds::Chain& chain, const End& end) const {
  Conflict conflict;
  conflict.kind = end.limit_of == kNoConstraint ? Conflict::Kind::kHorizon : Conflict::Kind::kDeadline;
  conflict.node = end.node;
  if (Simple(graph, chain, end, conflict)) return conflict;
  Long(graph, chain, end, conflict);
  if (!filtering_) return conflict;
  std::vector<uint32_t> members;
  for (const uint32_t edge : chain.edges) members.push_back(graph.edges[edge].constraint);
  if (graph.least_of[chain.node] != kNoConstraint) members.push_back(graph.least_of[chain.node]);
  if (end.limit_of != kNoConstraint) members.push_back(end.limit_of);
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  if (std::optional<Conflict> filtered = Filtered(graph, std::move(members))) return *std::move(filtered);
  conflict.minimal = false;
  return conflict;
}

bool ConflictTeller::Ring(const LowerBounds& bounds, const std::vector<uint32_t>& ring, Conflict& conflict) const {
  const Graph& graph = bounds.graph();
  size_t first = 0;
  for (size_t i = 1; i < ring.size(); ++i) {
    if (bounds.value(graph.edges[ring[i]].from) < bounds.value(graph.edges[ring[first]].from)) first = i;
  }
  conflict.kind = Conflict::Kind::kRing;
  conflict.node = graph.edges[ring[first]].from;
  const int32_t begin = bounds.value(conflict.node);
  int32_t value = begin;
  for (size_t i = 0; i < 2 * ring.size(); ++i) {
    const uint32_t edge = ring[(first + i) % ring.size()];
    // Outside the horizon there are no days: the other members are named, and the instant stands.
    Step step = StepOf(graph, edge, std::min(value, graph.horizon.last));
    if (value > graph.horizon.last) step.before = step.after = value;
    value = step.after;
    if (i < ring.size()) conflict.steps.push_back(step);
    if (i + 1 == ring.size()) conflict.excess = value - begin;
  }
  return value <= graph.horizon.last;
}

bool ConflictTeller::Simple(const Graph& graph, const LowerBounds::Chain& chain, const End& end, Conflict& conflict) const {
  std::vector<NodeId> nodes = {chain.node};
  for (const uint32_t edge : chain.edges) nodes.push_back(graph.edges[edge].to);
  std::sort(nodes.begin(), nodes.end());
  if (std::adjacent_find(nodes.begin(), nodes.end()) != nodes.end()) return false;
  // The value at each place is above what is needed there, so that no need leaves the horizon at its end.
  const int32_t begin = graph.horizon.first;
  int32_t need = end.limit;
  size_t from = chain.edges.size();
  while (from > 0 && begin <= need) {
    need = std::min(graph.edges[chain.edges[--from]].Upper(need, graph.calendar), graph.horizon.last);
  }
  int32_t value = begin;
  if (begin <= need) {
    conflict.steps.push_back(StepOfLeast(graph, chain.node));
    value = conflict.steps.back().after;
  }
  for (; from < chain.edges.size(); ++from) {
    conflict.steps.push_back(StepOf(graph, chain.edges[from], value));
    value = conflict.steps.back().after;
  }
  conflict.excess = value - end.limit;
  if (end.limit_of != kNoConstraint) conflict.steps.push_back(Base(end.limit_of, kNoNode, end.node, value, end.limit));
  return true;
}

// Each member where it is used first; the ring is where a node comes a second time.
void ConflictTeller::Long(const Graph& graph, const LowerBounds::Chain& chain, const End& end, Conflict& conflict) const {
  std::vector<uint8_t> used(graph.edges.size());
  std::vector<int64_t> seen(graph.nodes, INT64_MIN);
  if (graph.least_of[chain.node] != kNoConstraint) conflict.steps.push_back(StepOfLeast(graph, chain.node));
  int32_t value = graph.least[chain.node];
  seen[chain.node] = value;
  std::optional<std::pair<NodeId, int32_t>> lap;
  for (const uint32_t edge : chain.edges) {
    const Step step = StepOf(graph, edge, value);
    value = step.after;
    if (std::exchange(used[edge], 1) == 0) conflict.steps.push_back(step);
    if (!lap && seen[step.to] != INT64_MIN) lap = {step.to, static_cast<int32_t>(value - seen[step.to])};
    seen[step.to] = value;
  }
  conflict.excess = value - end.limit;
  if (end.limit_of != kNoConstraint) {
    conflict.steps.push_back(Base(end.limit_of, kNoNode, end.node, value, end.limit));
  } else if (lap) {
    conflict.kind = Conflict::Kind::kRing;
    conflict.node = lap->first;
    conflict.excess = lap->second;
  }
}

std::optional<Conflict> ConflictTeller::Filtered(const Graph& graph, std::vector<uint32_t> members) const {
  if (members.size() > kMostFiltered) return std::nullopt;
  uint64_t raises = most_raises_;
  bool minimal = true;
  for (size_t i = 0; i < members.size();) {
    std::vector<uint32_t> rest = members;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    const std::optional<bool> feasible = Feasible(all_, rest, graph, raises);
    if (!feasible) minimal = false;
    if (feasible.value_or(true)) {
      ++i;
    } else {
      members = std::move(rest);
    }
  }
  // The small network fails for a chain that needs every member: told as it stands, in the caller's numbers.
  const SmallNetwork small(all_, members);
  const Graph only(small.constraints, small.ids, static_cast<uint32_t>(small.names.size()), graph.horizon, graph.calendar);
  LowerBounds bounds(only, most_raises_);
  if (!bounds.Run()) return std::nullopt;
  ConflictTeller teller(small.constraints, small.constraints.size(), 0);
  teller.filtering_ = false;
  Conflict conflict = teller.First(bounds).value_or(Conflict{});
  conflict.minimal = minimal;
  if (conflict.node != kNoNode) conflict.node = small.names[conflict.node];
  for (Step& step : conflict.steps) {
    const uint32_t id = members[step.constraint];
    step.constraint = id < own_ ? id : kNoConstraint;
    step.to = small.names[step.to];
    if (step.from != kNoNode) step.from = small.names[step.from];
  }
  return conflict;
}

}  // namespace ordo::solve
