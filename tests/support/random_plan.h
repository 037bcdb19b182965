// Random plans that use every construct, in the Vietnamese skin. In: a seed. Out: blocks without an order of their own (units,
// posts, groups, documents, events, periods, rules, fields, waivers) apart from those whose order is meaning (sections, tasks,
// targets, clauses, tables). Sound as text: names resolve, values fit; rules may find whatever they find. Equal seeds, equal
// plans.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace ordo {

struct RandomPlan {
  explicit RandomPlan(uint32_t seed, size_t sections = 3, size_t tasks = 5);

  std::vector<std::string> loose;    // order never matters
  std::vector<std::string> ordered;  // order is meaning

  // Loose blocks first, as generated.
  std::string Text() const;
  // Loose blocks in a random order and at random places between the ordered ones.
  std::string Shuffled(std::mt19937& random) const;
  // The text of blocks in the order given, as Shuffled lays them out.
  static std::string Shuffle(std::string_view edition, std::vector<std::string> loose, const std::vector<std::string>& ordered,
                             std::mt19937& random);
};

}  // namespace ordo
