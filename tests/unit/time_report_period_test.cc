// Cut-offs of periodic reports: art. 12 of Decree 09/2019/NĐ-CP, and a plan's own day.
#include <gtest/gtest.h>

#include <string>

#include "runtime/time/report_period.h"

namespace ordo {
namespace {

using Form = Time::Form;

Date Iso(std::string_view text) { return ParseIsoDate(text).value(); }
std::string Show(const std::optional<std::pair<Date, Date>>& days) {
  return days ? days->first.Iso() + " " + days->second.Iso() : "none";
}
std::string Decree(std::string_view first, std::string_view last) { return Show(DecreeDataOf(Iso(first), Iso(last))); }
std::string Own(Form form, int day, std::string_view first, std::string_view last) {
  Time cutoff{.form = form};
  cutoff.to = {.kind = Point::Kind::kMonthDay, .day = int8_t(day)};
  return Show(DataOf(cutoff, Iso(first), Iso(last)));
}

TEST(ReportPeriod, ByDecree) {
  EXPECT_EQ(Decree("2026-03-01", "2026-03-31"), "2026-02-15 2026-03-14");
  EXPECT_EQ(Decree("2026-01-01", "2026-01-31"), "2025-12-15 2026-01-14");
  EXPECT_EQ(Decree("2026-01-01", "2026-03-31"), "2025-12-15 2026-03-14");
  EXPECT_EQ(Decree("2026-07-01", "2026-09-30"), "2026-06-15 2026-09-14");
  EXPECT_EQ(Decree("2026-01-01", "2026-06-30"), "2025-12-15 2026-06-14");
  EXPECT_EQ(Decree("2026-07-01", "2026-12-31"), "2026-06-15 2026-12-14");
  EXPECT_EQ(Decree("2026-01-01", "2026-12-31"), "2025-12-15 2026-12-14");
  EXPECT_EQ(Decree("2028-02-01", "2028-02-29"), "2028-01-15 2028-02-14");
}

// Data of one period begin where those of the period before it end.
TEST(ReportPeriod, ByDecreeLeavesNoGap) {
  for (const int months : {1, 3, 6, 12}) {
    std::optional<Date> end;
    for (Date first = Iso("2024-01-01"); first < Iso("2032-01-01"); first = first.PlusMonths(months)) {
      const auto data = DecreeDataOf(first, first.PlusMonths(months).PlusDays(-1));
      ASSERT_TRUE(data);
      if (end) EXPECT_EQ(data->first, end->PlusDays(1));
      end = data->second;
    }
  }
}

TEST(ReportPeriod, TheDecreeKnowsFourPeriods) {
  EXPECT_EQ(Decree("2026-01-01", "2026-02-28"), "none");
  EXPECT_EQ(Decree("2026-02-01", "2026-04-30"), "none");
  EXPECT_EQ(Decree("2026-04-01", "2026-09-30"), "none");
  EXPECT_EQ(Decree("2026-04-01", "2027-03-31"), "none");
  EXPECT_EQ(Decree("2026-01-02", "2026-01-31"), "none");
  EXPECT_EQ(Decree("2026-01-01", "2026-01-30"), "none");
  EXPECT_EQ(Decree("2026-03-31", "2026-03-01"), "none");
  EXPECT_EQ(Decree("0001-01-01", "0001-12-31"), "none");
}

TEST(ReportPeriod, ByADayOfThePlansOwn) {
  EXPECT_EQ(Own(Form::kIn, 20, "2026-03-01", "2026-03-31"), "2026-02-21 2026-03-20");
  EXPECT_EQ(Own(Form::kBy, 20, "2026-01-01", "2026-03-31"), "2025-12-21 2026-03-20");
  EXPECT_EQ(Own(Form::kBefore, 15, "2026-03-01", "2026-03-31"), "2026-02-15 2026-03-14");
  EXPECT_EQ(Own(Form::kBefore, 1, "2026-03-01", "2026-03-31"), "2026-02-01 2026-02-28");
  EXPECT_EQ(Own(Form::kIn, 31, "2026-02-01", "2026-02-28"), "2026-02-01 2026-02-28");
  EXPECT_EQ(Own(Form::kIn, 10, "2026-01-01", "2026-02-28"), "2025-12-11 2026-02-10");
  EXPECT_EQ(Own(Form::kEvery, 10, "2026-01-01", "2026-01-31"), "none");
  EXPECT_EQ(Own(Form::kIn, 10, "2026-01-02", "2026-01-31"), "none");
  EXPECT_EQ(Show(DataOf({.form = Form::kByDecree}, Iso("2026-01-01"), Iso("2026-03-31"))), "2025-12-15 2026-03-14");
  EXPECT_EQ(Show(DataOf({.form = Form::kText}, Iso("2026-01-01"), Iso("2026-03-31"))), "none");
}

}  // namespace
}  // namespace ordo
