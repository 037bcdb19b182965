// The calendar file is read back by the same standard, with texts that need care.
#include "runtime/report/calendar_file.h"

#include <gtest/gtest.h>
#include <libical/ical.h>

namespace ordo::report {
namespace {

Date Day(int year, int month, int day) { return Date::FromYmd(year, month, day).value(); }

TEST(CalendarFile, IsReadBack) {
  CalendarEvent event;
  event.uid = "tet@ordo";
  event.first = Day(2026, 2, 16);
  event.last = Day(2026, 2, 20);
  event.summary = "Tết Âm lịch; nghỉ 5 ngày, \\ và xuống dòng\nở đây, với một dòng dài hơn bảy mươi lăm byte để phải gập lại";
  event.description = "9441/TB-BNV";
  event.categories = {"nghỉ lễ, tết"};
  CalendarEvent other = event;
  other.uid = "worked@ordo";
  other.first = other.last = Day(2026, 8, 22);
  other.busy = other.tentative = true;
  const std::string text = CalendarFile("Lịch 2026", {event, other});
  for (size_t at = 0, end = 0; (end = text.find("\r\n", at)) != std::string::npos; at = end + 2) EXPECT_LE(end - at, 75u);
  icalcomponent* calendar = icalparser_parse_string(text.c_str());
  ASSERT_NE(calendar, nullptr);
  ASSERT_EQ(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 2);
  icalcomponent* read = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  EXPECT_EQ(icalcomponent_get_summary(read), event.summary);
  EXPECT_EQ(icalcomponent_get_description(read), event.description);
  EXPECT_STREQ(icalcomponent_get_uid(read), "tet@ordo");
  EXPECT_EQ(icaltime_compare(icalcomponent_get_dtstart(read), icaltime_from_string("20260216")), 0);
  EXPECT_EQ(icaltime_compare(icalcomponent_get_dtend(read), icaltime_from_string("20260221")), 0);
  EXPECT_EQ(icaltime_compare(icalcomponent_get_dtstamp(read), icaltime_from_string("20260216T000000Z")), 0);
  EXPECT_EQ(icalcomponent_get_status(read), ICAL_STATUS_CONFIRMED);
  read = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
  EXPECT_EQ(icalcomponent_get_status(read), ICAL_STATUS_TENTATIVE);
  icalcomponent_free(calendar);
}

TEST(CalendarFile, SameEventsSameBytes) {
  CalendarEvent event{"a@ordo", Day(2026, 1, 1), Day(2026, 1, 1), "A", "", {}, false, false};
  EXPECT_EQ(CalendarFile("N", {event}), CalendarFile("N", {event}));
  EXPECT_NE(CalendarFile("N", {}).find("BEGIN:VCALENDAR"), std::string::npos);
}

}  // namespace
}  // namespace ordo::report
