// Smallest sets of constraints that cannot be met, out of a fixpoint that failed or broke a limit. In: bounds with their reasons.
// Out: a Conflict whose members are all needed, in the order of the chain. Inside this room only. Instants: see span.h. No errors.
//
// A chain in which no node comes twice is cut by one walk back from its end: what the end needs is carried up the chain until the
// beginning of the horizon already breaks it; what stands before is not needed, and all the rest is. A ring is minimal if two laps
// stay in the horizon (then every path that is left without one member does). All else goes through a deletion filter, which
// solves the small network of its members once a member.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "runtime/solve/lower_bounds.h"

namespace ordo::solve {

class ConflictTeller {
 public:
  // From `own` on constraints are windows. All must outlive it. `most_raises`: for the filter of one conflict.
  ConflictTeller(const std::vector<Constraint>& all, size_t own, uint64_t most_raises)
      : all_(all), own_(own), most_raises_(most_raises) {}
  Conflict OfFailure(const LowerBounds& bounds, const LowerBounds::Failure& failure) const;
  Conflict OfLimit(const LowerBounds& bounds, NodeId node) const;   // value(node) > most[node]
  // The first conflict of a network that has run: a failure, or else the broken limit that is first in rank.
  std::optional<Conflict> First(const LowerBounds& bounds) const;
  // One step for an edge that is passed at `before`.
  Step StepOf(const Graph& graph, uint32_t edge, int32_t before) const;
  Step StepOfLeast(const Graph& graph, NodeId node) const;

 private:
  struct End { uint32_t limit_of; NodeId node; int32_t limit; };   // kNoConstraint: the end of the horizon
  Step Base(uint32_t constraint, NodeId from, NodeId to, int32_t before, int32_t after) const;
  bool Ring(const LowerBounds& bounds, const std::vector<uint32_t>& ring, Conflict& conflict) const;
  bool Simple(const Graph& graph, const LowerBounds::Chain& chain, const End& end, Conflict& conflict) const;
  void Long(const Graph& graph, const LowerBounds::Chain& chain, const End& end, Conflict& conflict) const;
  std::optional<Conflict> Filtered(const Graph& graph, std::vector<uint32_t> members) const;   // nullopt: too much work
  Conflict OfChain(const Graph& graph, const LowerBounds::Chain& chain, const End& end) const;

  const std::vector<Constraint>& all_;
  size_t own_;
  uint64_t most_raises_;
  bool filtering_ = true;                                            // false: tell what is there
};

}  // namespace ordo::solve
