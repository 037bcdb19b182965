// The fixpoints of a network. In: constraints in arrays by source node (Graph). Out: least instants with the reason of each, the
// places where there is none; greatest instants. Inside this room only. Instants are boundaries of days (span.h). No errors.
#pragma once

#include <cstdint>
#include <queue>
#include <span>
#include <vector>

#include "runtime/solve/temporal_network.h"

namespace ordo::solve {

// to >= Lower(from), which is the same as from <= Upper(to). `inverse`: it comes from `at most`, read backwards.
struct Edge {
  NodeId from = kNoNode, to = kNoNode;
  uint32_t constraint = kNoConstraint;
  Shift shift;
  bool inverse = false;

  int32_t Lower(int32_t x, const OfficeCalendar& calendar) const {
    if (shift.kind == Shift::Kind::kDays) return inverse ? x - shift.count : x + shift.count;
    return inverse ? shift.LeastAbove(x, calendar) : shift.Apply(x, calendar);
  }
  int32_t Upper(int32_t y, const OfficeCalendar& calendar) const {
    if (shift.kind == Shift::Kind::kDays) return inverse ? y + shift.count : y - shift.count;
    return inverse ? shift.Apply(y, calendar) : shift.GreatestBelow(y, calendar);
  }
};

struct Graph {
  Horizon horizon;
  OfficeCalendar calendar;
  uint32_t nodes = 0;
  std::vector<uint32_t> offsets;          // edges of node u: [offsets[u], offsets[u + 1])
  std::vector<Edge> edges;
  std::vector<NodeId> order;              // topological for `at least` outside its rings
  std::vector<uint32_t> rank;
  std::vector<uint32_t> backward;         // edges that do not go up in rank
  std::vector<int32_t> least, most;       // the tightest, inside the horizon where nothing is said
  std::vector<uint32_t> least_of, most_of;

  // `ids` are places in `all`; nodes of the constraints are below `nodes`.
  Graph(const std::vector<Constraint>& all, std::span<const uint32_t> ids, uint32_t nodes, Horizon horizon, OfficeCalendar calendar);

 private:
  void Order();
};

// Least fixpoint. A reason ("ref") is a number: below `nodes` it is the value that the first sweep gave to this node, from there on
// an entry of the trail, which keeps every later raise with the reason of its source at that moment. A chain of refs is therefore
// a proof of its last value, whatever has been raised since.
//
// Rings: whenever the list of raised nodes has been worked through once more, the reasons of raised nodes are searched for a ring
// (amortised O(1) a raise). A ring whose sure gains sum up to more than nothing, in days or in working days, can never be met: it
// fails at once. Any other is walked on, since a later weekday may satisfy it, until it rests or leaves the horizon.
class LowerBounds {
 public:
  struct Failure {
    std::vector<uint32_t> ring;           // edges of a ring that is sure to gain, in order; or:
    uint32_t ref = 0;                     // the reason of the last value inside the horizon, and
    uint32_t edge = kNoConstraint;        // the edge out of it; kNoConstraint: the least instant of node `ref`
  };
  // `graph` must outlive it. What follows from a failure is left alone.
  LowerBounds(const Graph& graph, uint64_t most_raises) : graph_(graph), raises_left_(most_raises) {}
  bool Run();                             // false: out of work

  const Graph& graph() const { return graph_; }
  int32_t value(NodeId node) const { return value_[node]; }
  uint32_t ref(NodeId node) const { return ref_[node]; }
  bool sound(NodeId node) const { return !poisoned_[node]; }
  const std::vector<Failure>& failures() const { return failures_; }
  uint64_t raises() const { return trail_.size(); }
  size_t refs() const { return graph_.nodes + trail_.size(); }

  struct Reason {
    uint32_t edge = kNoConstraint;        // kNoConstraint: the node's least instant
    uint32_t source = 0;                  // ref
    NodeId node = kNoNode;
    int32_t value = 0;
  };
  Reason ReasonOf(uint32_t ref) const;
  // Edges from the beginning of the chain to `ref`; the first node stands at its least instant.
  struct Chain {
    NodeId node = kNoNode;
    std::vector<uint32_t> edges;
  };
  Chain ChainOf(uint32_t ref) const;

 private:
  struct Raise { uint32_t edge, source; int32_t value; };
  void Sweep();
  void Try(uint32_t edge);                // raises the target of an edge, or fails
  void Fail(Failure failure, NodeId node);
  void FindRings();
  bool SureToGain(const std::vector<uint32_t>& ring) const;

  const Graph& graph_;
  uint64_t raises_left_;
  std::vector<int32_t> value_, swept_;
  std::vector<uint32_t> ref_, swept_by_;  // swept_by_: edge, or kNoConstraint
  std::vector<uint8_t> poisoned_, queued_;
  std::vector<Raise> trail_;
  std::vector<NodeId> raised_;            // each once
  std::vector<uint32_t> mark_;            // of FindRings
  uint32_t marks_ = 0;
  std::vector<uint32_t> heap_, next_;     // ranks of this round (a heap, least first) and of the next
  uint32_t at_ = 0;                       // rank that is being worked on
  std::vector<Failure> failures_;
};

// Greatest fixpoint below `most` and `cap`, for a network that has a solution there. Empty: out of work.
std::vector<int32_t> UpperBounds(const Graph& graph, std::span<const int32_t> most, int32_t cap, uint64_t most_steps);

}  // namespace ordo::solve
