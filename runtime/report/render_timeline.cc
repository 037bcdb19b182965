#include "runtime/report/render_timeline.h"

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/text.h"

namespace ordo::report {

bool IsArrow(const TimelineRow& row) { return row.cls == TimelineClass::kWaiting || row.cls == TimelineClass::kOpen; }

bool HasBar(const TimelineRow& row) { return row.cls == TimelineClass::kFixed && row.first && row.last; }

std::optional<Date> EndOf(const TimelineRow& row) { return row.due ? row.due : row.last; }

std::optional<Date> SlackBegin(const TimelineRow& row) { return row.earliest && row.last ? row.last : EndOf(row); }

std::optional<Date> SlackEnd(const TimelineRow& row) {
  const std::optional<Date> end = SlackBegin(row);
  if (end && row.earliest) return row.latest && *row.latest > *end ? row.latest : std::nullopt;
  if (!end || !row.slack_days || *row.slack_days <= 0) return std::nullopt;
  return end->PlusDays(*row.slack_days);
}

bool InSight(const Timeline& timeline) {
  return timeline.as_of && timeline.first && *timeline.as_of >= *timeline.first && *timeline.as_of <= *timeline.last;
}

TimelineSigns SignsOf(const Timeline& timeline) {
  TimelineSigns signs;
  for (const TimelineRow& row : timeline.rows) {
    if (row.is_group || !IsDrawn(timeline, row)) continue;
    signs.window |= HasBar(row) && row.starts_as_written;
    signs.by |= HasBar(row) && !row.starts_as_written;
    signs.due |= row.due.has_value();
    signs.milestone |= !row.milestones.empty();
    signs.ongoing |= row.cls == TimelineClass::kOngoing;
    signs.recurring |= row.cls == TimelineClass::kRecurring;
    signs.occurrence |= !row.occurrences.empty();
    signs.waiting |= IsArrow(row) && row.first;
    signs.expected |= row.expected.has_value();
    signs.summary |= row.cls == TimelineClass::kSummary;
    signs.slack |= SlackEnd(row).has_value();
    signs.room |= row.earliest || row.latest;
    signs.critical |= row.critical;
    signs.done |= row.done.has_value();
    signs.late |= row.late;
  }
  return signs;
}

std::string LabelledTitle(const TimelineRow& row) {
  const std::string& number = row.label.empty() ? row.number : row.label;
  return number.empty() || number == row.title ? row.title : fmt::format("{}. {}", number, row.title);
}

std::string DaysInWords(const TimelineRow& row, Language language) {
  const auto text = [&](Date day) { return day.ToString(language); };
  std::string words;
  if (row.first && row.last && *row.first != *row.last) {
    Append(words, "; ", Say(Phrase::kTimelineSpan, language, {text(*row.first), text(*row.last)}));
  } else if (row.first && !row.last) {
    Append(words, "; ", Say(Phrase::kTimelineFrom, language, {text(*row.first)}));
  } else if (row.last && !row.due) {
    Append(words, "; ", Say(Phrase::kTimelineOn, language, {text(*row.last)}));
  }
  const auto say = [&](Phrase what, const std::optional<Date>& day) {
    if (day) Append(words, "; ", fmt::format("{}: {}", Say(what, language), text(*day)));
  };
  say(Phrase::kTimelineDue, row.due);
  if (row.expected) {
    Append(words, "; ", fmt::format("{}: {}", Say(Phrase::kTimelineExpected, language),
                                    Say(Phrase::kTimelineSpan, language, {text(row.expected->first), text(row.expected->second)})));
  }
  for (const TimelineMilestone& milestone : row.milestones) {
    Append(words, "; ", fmt::format("{} {}: {}", Say(Phrase::kTimelineMilestone, language), text(milestone.day), milestone.label));
  }
  if (row.earliest || row.latest) {
    Append(words, "; ", fmt::format("{}: {} - {}", Say(Phrase::kTimelineRoom, language), row.earliest ? text(*row.earliest) : "…",
                                    row.latest ? text(*row.latest) : "…"));
  }
  if (row.slack_days) Append(words, "; ", Say(Phrase::kTimelineSlackDays, language, {fmt::to_string(*row.slack_days)}));
  if (row.critical) Append(words, "; ", Say(Phrase::kTimelineCritical, language));
  say(Phrase::kTimelineDone, row.done);
  if (row.late) Append(words, "; ", Say(Phrase::kTimelineLate, language));
  return Capitalised(words);
}

}  // namespace ordo::report
