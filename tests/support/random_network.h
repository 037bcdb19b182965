// Random temporal networks, and what their constraints mean, said once more: by counting days, without the functions of
// runtime/solve. For tests only.
#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "runtime/solve/temporal_network.h"

namespace ordo::testing {

using solve::Constraint;
using solve::NodeId;
using solve::Span;
using solve::SpanUnit;

inline int32_t EndOfRestDays(int32_t x, const OfficeCalendar& calendar) {
  while (!calendar.IsWorking(Date(x - 1))) ++x;
  return x;
}

inline int32_t MonthsOn(int32_t x, int32_t n) {
  const Ymd at = Date(x - 1).ymd();
  const int month = at.year * 12 + at.month - 1 + n;
  const int year = month / 12;
  for (int day = at.day;; --day) {
    if (const auto found = Date::FromYmd(year, month % 12 + 1, day)) return found->days() + 1;
  }
}

inline int32_t WorkingDaysBetween(int32_t from, int32_t to, const OfficeCalendar& calendar) {
  int32_t days = 0;
  for (int32_t day = std::min(from, to); day < std::max(from, to); ++day) days += calendar.IsWorking(Date(day));
  return from <= to ? days : -days;
}

// The end of the n-th working day after x; n < 0: of the last working day that leaves -n behind it until x.
inline int32_t EndOfWork(int32_t x, int32_t n, const OfficeCalendar& calendar) {
  int32_t y = x;
  if (n > 0) {
    while (WorkingDaysBetween(x, y, calendar) < n) ++y;
  } else {
    while (WorkingDaysBetween(y - 1, x, calendar) <= -n) --y;
  }
  return y;
}

inline bool Holds(const Constraint& c, int32_t from, int32_t to, const OfficeCalendar& calendar) {
  if (c.kind == Constraint::Kind::kLeast) return to >= c.instant;
  if (c.kind == Constraint::Kind::kMost) return to <= c.instant;
  const bool least = c.kind == Constraint::Kind::kAtLeast;
  const int32_t n = c.span.count;
  int32_t bound = from;
  if (c.span.unit == SpanUnit::kWorkingDays && n != 0) {
    const int32_t days = WorkingDaysBetween(from, to, calendar);
    if (least) return days >= n;
    if (!c.span.by_end) return days <= n;
    bound = EndOfWork(from, n, calendar);
  } else if (c.span.unit != SpanUnit::kWorkingDays) {
    bound = c.span.unit == SpanUnit::kDays ? from + n : MonthsOn(from, n);
    if (c.span.rolls) bound = EndOfRestDays(bound, calendar);
  }
  return least ? to >= bound : to <= bound;
}

struct RandomNetwork {
  solve::Horizon horizon;
  OfficeCalendar calendar;
  uint32_t nodes = 0;
  std::vector<Constraint> constraints;    // origin: place + 1000
  struct Window { NodeId node; int32_t from, to; };
  std::vector<Window> windows;            // origin: place

  solve::TemporalNetwork Build() const {
    solve::TemporalNetwork network(horizon, calendar);
    for (uint32_t node = 0; node < nodes; ++node) network.AddNode();
    for (const Constraint& c : constraints) {
      switch (c.kind) {
        case Constraint::Kind::kLeast: network.Least(c.to, c.instant, c.origin); break;
        case Constraint::Kind::kMost: network.Most(c.to, c.instant, c.origin); break;
        case Constraint::Kind::kAtLeast: network.AtLeast(c.from, c.to, c.span, c.origin); break;
        case Constraint::Kind::kAtMost: network.AtMost(c.from, c.to, c.span, c.origin); break;
      }
    }
    for (uint32_t i = 0; i < windows.size(); ++i) network.Window(windows[i].node, windows[i].from, windows[i].to, i);
    return network;
  }
  // The network's constraints with the windows' as two each.
  std::vector<Constraint> All() const {
    std::vector<Constraint> all = constraints;
    for (uint32_t i = 0; i < windows.size(); ++i) {
      all.push_back({Constraint::Kind::kLeast, solve::kNoNode, windows[i].node, windows[i].from, {}, i});
      all.push_back({Constraint::Kind::kMost, solve::kNoNode, windows[i].node, windows[i].to, {}, i});
    }
    return all;
  }
};

struct NetworkShape {
  uint32_t nodes = 4, constraints = 6, windows = 0;
  int32_t days = 10;            // of the horizon
  int32_t most_span = 5;
  uint32_t units = 3;           // days; and working days; and months
  bool rolls = true;
};

inline RandomNetwork MakeRandomNetwork(std::mt19937& random, const NetworkShape& shape) {
  const auto pick = [&](int32_t from, int32_t to) { return from + static_cast<int32_t>(random() % static_cast<uint32_t>(to - from + 1)); };
  RandomNetwork network;
  const int32_t first = pick(20000, 20400);
  network.horizon = {first, first + shape.days};
  std::vector<SpecialDay> days;
  for (int32_t day = first - 40; day < first + shape.days + 40; ++day) {
    if (pick(0, 99) < 10) days.push_back({Date(day), pick(0, 1) == 0 ? DayKind::kStatutory : DayKind::kSwapWork});
  }
  network.calendar = OfficeCalendar(std::move(days));
  network.nodes = shape.nodes;
  const auto node = [&] { return static_cast<NodeId>(pick(0, static_cast<int32_t>(shape.nodes) - 1)); };
  for (uint32_t i = 0; i < shape.constraints; ++i) {
    Constraint c;
    c.origin = 1000 + i;
    const int32_t kind = pick(0, 9);
    c.kind = kind == 0   ? Constraint::Kind::kLeast
             : kind == 1 ? Constraint::Kind::kMost
             : kind < 7  ? Constraint::Kind::kAtLeast
                         : Constraint::Kind::kAtMost;
    c.to = node();
    if (kind < 2) {
      c.instant = kind == 0 ? first + pick(-1, shape.days / 2) : first + shape.days - pick(-1, shape.days / 2);
    } else {
      c.from = node();
      if (c.from > c.to && pick(0, 3) != 0) std::swap(c.from, c.to);
      c.span.unit = static_cast<SpanUnit>(pick(0, static_cast<int32_t>(shape.units) - 1));
      c.span.count = c.span.unit == SpanUnit::kMonths ? pick(-1, 1) : pick(-shape.most_span / 2, shape.most_span);
      c.span.rolls = shape.rolls && pick(0, 2) == 0;
      c.span.by_end = pick(0, 2) == 0;
    }
    network.constraints.push_back(c);
  }
  std::vector<NodeId> free(shape.nodes);
  for (uint32_t i = 0; i < shape.nodes; ++i) free[i] = i;
  std::shuffle(free.begin(), free.end(), random);
  for (uint32_t i = 0; i < shape.windows; ++i) {
    const int32_t from = first + pick(0, shape.days / 2);
    network.windows.push_back({free[i], from, std::min(from + pick(0, 4), first + shape.days)});
  }
  return network;
}

// The least solution by single days: whatever is broken moves its later-bound node by one day. nullopt: there is none.
inline std::optional<std::vector<int32_t>> LeastByDays(const std::vector<Constraint>& all, uint32_t nodes, solve::Horizon horizon,
                                                       const OfficeCalendar& calendar) {
  std::vector<int32_t> at(nodes, horizon.first);
  for (bool moved = true; moved;) {
    moved = false;
    for (const Constraint& c : all) {
      while (!Holds(c, c.from == solve::kNoNode ? 0 : at[c.from], at[c.to], calendar)) {
        if (c.kind == Constraint::Kind::kMost) return std::nullopt;
        int32_t& late = c.kind == Constraint::Kind::kAtMost ? at[c.from] : at[c.to];
        if (++late > horizon.last) return std::nullopt;
        moved = true;
      }
    }
  }
  return at;
}

}  // namespace ordo::testing
