#include <gtest/gtest.h>

#include "runtime/eval/natives.h"

namespace ordo::eval {
namespace {

class Natives : public ::testing::Test {
 protected:
  Natives() { program_.strings = &strings_; }
  ir::Cell Text(std::string_view text) { return static_cast<ir::Cell>(strings_.Intern(text)); }
  ir::Cell Call(std::string_view id, std::vector<ir::Cell> cells) {
    const Native* native = FindNative(id);
    EXPECT_NE(native, nullptr) << id;
    EXPECT_EQ(native->parameters.size(), cells.size());
    return native->call(program_, cells);
  }
  bool Blank(std::string_view text) { return Call("has_blank", {Text(text)}) == 1; }
  static ir::Cell Number(int64_t value, int scale = 0) { return Decimal::Make(value, scale)->cell(); }

  StringPool strings_;
  ir::Program program_;
};

TEST_F(Natives, BlanksLeftOpen) {
  for (const char* open :
       {"Kế hoạch số      /KH-UBND ngày       /01/2026", "số …/KH-UBND", "ngày ... tháng ... năm",
        "Số: 12/QĐ-UBND, Công văn số ____/SNV", "NGÀY … THÁNG 01 NĂM 2026", "ngày    tháng 3 năm 2026", "tháng .../2026",
        "tháng ... năm ...", "so\u0302\u0301 .../KH-UBND", "(số\u00A0\u00A0/KH-UBND)", "trước năm ..."}) {
    EXPECT_TRUE(Blank(open)) << open;
  }
  for (const char* filled :
       {"Kế hoạch số 24/KH-UBND ngày 28/01/2026", "ghi ngày, tháng, năm", "ngày tháng năm sinh", "trong 5 ngày", "hằng năm...",
        "từng tháng..", "Số / ký hiệu", "số/ký hiệu", "", "năm 2026", "mỗi ngày.", "Tin, bài, video, hình ảnh.."}) {
    EXPECT_FALSE(Blank(filled)) << filled;
  }
}

TEST_F(Natives, SharedWords) {
  const auto share = [&](std::string_view a, std::string_view b) { return Call("shared_words", {Text(a), Text(b)}); };
  EXPECT_EQ(share("Cải cách hành chính", "cải cách HÀNH CHÍNH năm 2026"), Number(1));
  EXPECT_EQ(share("một hai ba", "ba bốn năm sáu"), Number(3333, 4));
  EXPECT_EQ(share("ba ba ba", "ba"), Number(1));
  EXPECT_EQ(share("hoà", "hòa"), Number(1));
  EXPECT_EQ(share("a b", "c d"), Number(0));
  EXPECT_EQ(share("2026", "2026"), ir::kAbsent);
  EXPECT_EQ(share("", "gì đó"), ir::kAbsent);
}

TEST_F(Natives, NamesAndLengths) {
  EXPECT_EQ(Call("same_name", {Text("Phòng Văn hóa – Xã hội."), Text("phòng văn hoá - xã hội")}), 1);
  EXPECT_EQ(Call("same_name", {Text("Phòng Kinh tế"), Text("Phòng Văn hóa")}), 0);
  EXPECT_EQ(Call("contains", {Text("Ủy ban nhân dân PHƯỜNG Hải Dương"), Text("phường  hải dương")}), 1);
  EXPECT_EQ(Call("contains", {Text("phường"), Text("phường Hải Dương")}), 0);
  EXPECT_EQ(Call("length", {Text("phường")}), Number(6));
  EXPECT_EQ(Call("length", {Text("phu\u031bo\u031b\u0300ng")}), Number(6));
}

TEST_F(Natives, Dates) {
  const ir::Cell day = Date::FromYmd(2026, 8, 2)->days();   // a Sunday
  EXPECT_EQ(Call("year_of", {day}), Number(2026));
  EXPECT_EQ(Call("month_of", {day}), Number(8));
  EXPECT_EQ(Call("quarter_of", {day}), Number(3));
  EXPECT_EQ(Call("weekday_of", {day}), Number(7));
  EXPECT_EQ(FindNative("nothing"), nullptr);
}

TEST_F(Natives, Beginnings) {
  EXPECT_EQ(Call("begins_with", {Text("Rà  soát, hoàn thiện mạng nội bộ"), Text("rà soát")}), 1);
  EXPECT_EQ(Call("begins_with", {Text("ĐẦU TƯ XÂY DỰNG trụ sở"), Text("đầu tư xây dựng")}), 1);
  EXPECT_EQ(Call("begins_with", {Text("kha\u0309o sa\u0301t hiện trạng"), Text("Khảo sát")}), 1);
  EXPECT_EQ(Call("begins_with", {Text("Tổ chức rà soát"), Text("rà soát")}), 0);
  EXPECT_EQ(Call("begins_with", {Text("Rà"), Text("rà soát")}), 0);
  EXPECT_EQ(Call("begins_with", {Text(""), Text("rà soát")}), 0);
}

TEST_F(Natives, Multiples) {
  EXPECT_EQ(Call("is_multiple", {Number(60), Number(30)}), 1);
  EXPECT_EQ(Call("is_multiple", {Number(60), Number(24)}), 0);
  EXPECT_EQ(Call("is_multiple", {Number(25, 1), Number(5, 1)}), 1);
  EXPECT_EQ(Call("is_multiple", {Number(1), Number(3)}), 0);
  EXPECT_EQ(Call("is_multiple", {Number(1), Number(0)}), ir::kAbsent);
}

TEST_F(Natives, WeekdaysThatAreOff) {
  const auto day = [](int year, int month, int of_month) { return ir::Cell{Date::FromYmd(year, month, of_month)->days()}; };
  const auto off = [&](ir::Cell from, ir::Cell to) { return Call("weekdays_off", {from, to}); };
  EXPECT_EQ(off(day(2026, 2, 13), day(2026, 2, 22)), Number(0));   // weekends alone
  std::vector<SpecialDay> tet;
  for (int i = 16; i <= 20; ++i) tet.push_back({*Date::FromYmd(2026, 2, i)});
  tet.push_back({*Date::FromYmd(2026, 2, 28), DayKind::kSwapWork});
  program_.SetCalendar(OfficeCalendar(tet));
  EXPECT_EQ(off(day(2026, 2, 13), day(2026, 2, 22)), Number(5));
  EXPECT_EQ(off(day(2026, 2, 16), day(2026, 2, 22)), Number(4));   // the first is not counted
  EXPECT_EQ(off(day(2026, 1, 1), day(2026, 2, 28)), Number(4));    // a Saturday is worked instead
  EXPECT_EQ(off(day(2026, 2, 22), day(2026, 2, 13)), ir::kAbsent);
  program_.frame.no_calendar = true;
  EXPECT_EQ(off(day(2026, 2, 13), day(2026, 2, 22)), ir::kAbsent);
}

}  // namespace
}  // namespace ordo::eval
