#include "runtime/report/calendar_file.h"

#include <libical/ical.h>

#include <algorithm>
#include <memory>

namespace ordo::report {

namespace {

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

icaltimetype DayOf(Date date) {
  const Ymd ymd = date.ymd();
  icaltimetype day = icaltime_null_date();
  day.year = ymd.year;
  day.month = ymd.month;
  day.day = ymd.day;
  return day;
}

icaltimetype InstantOf(Date date, int utc_hour) {
  icaltimetype time = DayOf(date);
  time.is_date = 0;
  time.hour = utc_hour;
  time.minute = time.second = 0;
  time.zone = icaltimezone_get_utc_timezone();
  return time;
}

icaltimetype MidnightOf(Date date) { return InstantOf(date, 0); }

// One kind of line end and no control characters: what is left, the library escapes.
std::string Plain(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    } else if (c == '\n' || static_cast<unsigned char>(c) >= 0x20) {
      out += c == 0x7f ? ' ' : c;
    } else {
      out += ' ';
    }
  }
  return out;
}

std::string OneLine(std::string_view text) {
  std::string out = Plain(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// The library takes a comma in it for one between two categories.
std::string Category(std::string_view text) {
  std::string out = OneLine(text);
  for (char& c : out) c = c == ',' || c == ';' ? '/' : c;
  return out;
}

icalproperty* Extra(const char* name, std::string_view text) {
  icalproperty* property = icalproperty_new_x(OneLine(text).c_str());
  icalproperty_set_x_name(property, name);
  return property;
}

icalcomponent* EventOf(const CalendarEvent& event) {
  icalcomponent* component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(component, property); };
  add(icalproperty_new_uid(event.uid.c_str()));
  add(icalproperty_new_dtstamp(MidnightOf(event.first)));
  add(icalproperty_new_dtstart(DayOf(event.first)));
  add(icalproperty_new_dtend(DayOf(event.last.PlusDays(1))));   // the end of an all-day event is not part of it
  add(icalproperty_new_summary(event.summary.c_str()));
  if (!event.description.empty()) add(icalproperty_new_description(event.description.c_str()));
  for (const std::string& category : event.categories) add(icalproperty_new_categories(category.c_str()));
  add(icalproperty_new_status(event.tentative ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED));
  add(icalproperty_new_transp(event.busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
  return component;
}

icalcomponent* AlarmOf(const CalendarAlarm& alarm) {
  icalcomponent* component = icalcomponent_new(ICAL_VALARM_COMPONENT);
  icaltriggertype trigger{};
  trigger.time = InstantOf(alarm.day, alarm.utc_hour);
  trigger.duration = icaldurationtype_null_duration();
  icalcomponent_add_property(component, icalproperty_new_action(ICAL_ACTION_DISPLAY));
  icalcomponent_add_property(component, icalproperty_new_trigger(trigger));
  icalcomponent_add_property(component, icalproperty_new_description(Plain(alarm.text).c_str()));
  return component;
}

icalcomponent* TodoOf(const CalendarTodo& todo, Date as_of) {
  icalcomponent* component = icalcomponent_new(todo.as_event ? ICAL_VEVENT_COMPONENT : ICAL_VTODO_COMPONENT);
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(component, property); };
  add(icalproperty_new_uid(Plain(todo.uid).c_str()));
  add(icalproperty_new_dtstamp(MidnightOf(as_of)));
  add(icalproperty_new_lastmodified(MidnightOf(as_of)));
  add(icalproperty_new_sequence(todo.sequence));
  if (todo.as_event) {
    add(icalproperty_new_dtstart(DayOf(todo.due)));
    add(icalproperty_new_dtend(DayOf(todo.due.PlusDays(1))));
  } else {
    add(icalproperty_new_due(DayOf(todo.due)));
  }
  add(icalproperty_new_summary(Plain(todo.summary).c_str()));
  if (!todo.description.empty()) add(icalproperty_new_description(Plain(todo.description).c_str()));
  std::string categories;   // in one property: some programs read no second one
  for (const std::string& category : todo.categories) {
    if (!category.empty()) categories += (categories.empty() ? "" : ",") + Category(category);
  }
  if (!categories.empty()) add(icalproperty_new_categories(categories.c_str()));
  add(icalproperty_new_priority(todo.priority));
  if (todo.as_event) {
    add(icalproperty_new_status(ICAL_STATUS_CONFIRMED));
    add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  } else {
    using State = CalendarTodo::State;
    add(icalproperty_new_status(todo.state == State::kCompleted   ? ICAL_STATUS_COMPLETED
                                : todo.state == State::kInProcess ? ICAL_STATUS_INPROCESS
                                                                  : ICAL_STATUS_NEEDSACTION));
    if (todo.state == State::kCompleted) {
      add(icalproperty_new_completed(MidnightOf(todo.completed)));
      add(icalproperty_new_percentcomplete(100));
    }
  }
  for (const CalendarAlarm& alarm : todo.alarms) icalcomponent_add_component(component, AlarmOf(alarm));
  return component;
}

using Calendar = std::unique_ptr<icalcomponent, Free>;

Calendar NewCalendar(std::string_view name) {
  Calendar calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//Ordo//Ordo//EN"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar.get(), Extra("X-WR-CALNAME", name));
  return calendar;
}

std::string TextOf(const Calendar& calendar) {
  const std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(calendar.get()), icalmemory_free_buffer);
  return text ? std::string(text.get()) : std::string();
}

}  // namespace

std::string TodoFile(std::string_view name, std::string_view description, Date as_of, const std::vector<CalendarTodo>& todos) {
  const Calendar calendar = NewCalendar(name);
  icalcomponent_add_property(calendar.get(), Extra("X-WR-CALDESC", description));
  for (const CalendarTodo& todo : todos) icalcomponent_add_component(calendar.get(), TodoOf(todo, as_of));
  return TextOf(calendar);
}

std::string CalendarFile(std::string_view name, const std::vector<CalendarEvent>& events) {
  const Calendar calendar = NewCalendar(name);
  for (const CalendarEvent& event : events) icalcomponent_add_component(calendar.get(), EventOf(event));
  return TextOf(calendar);
}

}  // namespace ordo::report
