#include "runtime/report/calendar_file.h"

#include <libical/ical.h>

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

icaltimetype MidnightOf(Date date) {
  icaltimetype time = DayOf(date);
  time.is_date = 0;
  time.hour = time.minute = time.second = 0;
  time.zone = icaltimezone_get_utc_timezone();
  return time;
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

}  // namespace

std::string CalendarFile(std::string_view name, const std::vector<CalendarEvent>& events) {
  const std::unique_ptr<icalcomponent, Free> calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//Ordo//Ordo//EN"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalproperty* title = icalproperty_new_x(std::string(name).c_str());
  icalproperty_set_x_name(title, "X-WR-CALNAME");
  icalcomponent_add_property(calendar.get(), title);
  for (const CalendarEvent& event : events) icalcomponent_add_component(calendar.get(), EventOf(event));
  const std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(calendar.get()), icalmemory_free_buffer);
  return text ? std::string(text.get()) : std::string();
}

}  // namespace ordo::report
