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

// ---- functions that rules of the library call by their ids ----

TEST_F(Natives, PhrasesOfAList) {
  const auto names = [&](std::string_view text, std::string_view list) { return Call("names_one_of", {Text(text), Text(list)}); };
  EXPECT_EQ(names("Bảo đảm AN NINH  MẠNG trên địa bàn", "công an, an ninh mạng"), 1);
  EXPECT_EQ(names("Ba\u0309o vệ thành uỷ", "thành ủy"), 1);   // composition and tone placement
  EXPECT_EQ(names("an ninh mạngg", "an ninh mạng"), 0);
  EXPECT_EQ(names("ban thường vụ", "an"), 0);
  EXPECT_EQ(names("ban an", "an"), 1);   // the first place is inside a word, the second is one
  EXPECT_EQ(names("", "an"), 0);
  EXPECT_EQ(names("an ninh", ""), 0);
  EXPECT_EQ(names("an ninh", " , ,"), 0);
  EXPECT_EQ(names("một\nhai", "một hai"), 1);
  const auto begins = [&](std::string_view text, std::string_view list) { return Call("begins_with_one_of", {Text(text), Text(list)}); };
  EXPECT_EQ(begins("- “Phối hợp” với các sở", "chủ trì, phối hợp"), 1);
  EXPECT_EQ(begins("UBND phường", "ủy ban nhân dân, ubnd"), 1);
  EXPECT_EQ(begins("Leading the way", "lead"), 0);
  EXPECT_EQ(begins("Tăng cường phối hợp", "phối hợp"), 0);
  EXPECT_EQ(begins("—", "phối hợp"), 0);
}

TEST_F(Natives, Actions) {
  const auto actions = [&](std::string_view text) { return Call("actions_in", {Text(text)}); };
  EXPECT_EQ(actions("Rà soát, đề xuất đơn giản hóa thủ tục; kiến nghị, tham mưu tháo gỡ; tổng hợp báo cáo"), Number(5));
  EXPECT_EQ(actions("RÀ SOÁT. Ban hành quy chế."), Number(2));
  EXPECT_EQ(actions("Tăng cường công tác kiểm tra, giám sát, đánh giá; đẩy mạnh tuyên truyền"), Number(2));
  EXPECT_EQ(actions("Kết nối dữ liệu để theo dõi, xử lý, cảnh báo. Vận hành trung tâm"), Number(2));
  EXPECT_EQ(actions("Giải quyết công việc, báo cáo, theo dõi"), Number(3));
  EXPECT_EQ(actions("Thực hiện việc rà soát, báo cáo"), Number(1));
  EXPECT_EQ(actions("Hỗ trợ doanh nghiệp (tập huấn, đào tạo, kết nối), hướng dẫn kê khai"), Number(2));
  EXPECT_EQ(actions("Hỗ trợ) (tập huấn, đào tạo"), Number(1));   // unbalanced brackets
  EXPECT_EQ(actions("Review the forms, publish the results"), Number(2));
  EXPECT_EQ(actions("Danh sách học sinh, giáo viên"), Number(0));
  EXPECT_EQ(actions(""), Number(0));
}

TEST_F(Natives, FiguresAndLaws) {
  const auto figure = [&](std::string_view text) { return Call("has_figure", {Text(text)}); };
  EXPECT_EQ(figure("Nâng tỷ lệ lên 85%"), 1);
  EXPECT_EQ(figure("đạt cấp độ 3"), 1);
  EXPECT_EQ(figure("Thực hiện Nghị quyết số 57-NQ/TW năm 2026, phủ sóng 5G"), 0);
  const auto law = [&](std::string_view text) { return Call("names_law", {Text(text)}); };
  for (const char* text : {"Căn cứ Luật Tổ chức chính quyền địa phương", "theo Luật số 72/2025/QH15", "Bộ luật Lao động",
                           "Pháp lệnh Ưu đãi người có công", "Law on Local Government", "Lu\u00E2\u0323t An ninh mạng"}) {
    EXPECT_EQ(law(text), 1) << text;
  }
  for (const char* text : {"pháp luật của Nhà nước", "Luật sư", "kỷ luật, kỷ cương", "Luật", "Luật, Nghị định", "Pháp luật về đất đai", ""}) {
    EXPECT_EQ(law(text), 0) << text;
  }
}

TEST_F(Natives, LooseEnds) {
  const auto small = [&](std::string_view text) { return Call("begins_small", {Text(text)}); };
  EXPECT_EQ(small("quả giải quyết thủ tục"), 1);
  EXPECT_EQ(small(" “đúng, đủ"), 1);
  EXPECT_EQ(small("đất đai"), 1);
  EXPECT_EQ(small("x"), 1);
  for (const char* text : {"Đất đai", "a) rà soát", "eKYC", "e-learning", "4G", "", "…"}) EXPECT_EQ(small(text), 0) << text;
  const auto open = [&](std::string_view text) { return Call("is_left_open", {Text(text)}); };
  EXPECT_EQ(open("y tế, đất đai; kết"), 1);
  EXPECT_EQ(open("y tế,"), 1);
  for (const char* text : {"xong.", "xong; ", "gồm:", "“đúng.”", "(xong!)", "và…", "", " "}) EXPECT_EQ(open(text), 0) << text;
}

TEST_F(Natives, StylesOfNumbers) {
  const auto alike = [&](std::string_view a, std::string_view b) { return Call("numbered_alike", {Text(a), Text(b)}); };
  EXPECT_EQ(alike("2.1.", "10.12."), 1);
  EXPECT_EQ(alike("II", "IV"), 1);
  EXPECT_EQ(alike("c)", "đ)"), 1);
  EXPECT_EQ(alike("1. ", "2."), 1);
  EXPECT_EQ(alike("2.1.", "2.2"), 0);
  EXPECT_EQ(alike("1.", "2)"), 0);
  EXPECT_EQ(alike("a)", "B)"), 0);
  EXPECT_EQ(alike("1", "1.1"), 0);
}

TEST_F(Natives, NamesOfBodies) {
  const auto another = [&](std::string_view a, std::string_view b) { return Call("names_another_body", {Text(a), Text(b)}); };
  EXPECT_EQ(another("Ban Thường vụ Thành uỷ Hải Phòng", "Ban Thường vụ Thành ủy"), 0);
  EXPECT_EQ(another("UBND TP Hải Phòng", "Ủy ban nhân dân thành phố"), 0);
  EXPECT_EQ(another("Ban Thường vụ Thành ủy", "Thành ủy"), 1);
  EXPECT_EQ(another("UBND phường", "UBND xã"), 1);
  const auto kind = [&](std::string_view a, std::string_view b) { return Call("same_kind_of_body", {Text(a), Text(b)}); };
  EXPECT_EQ(kind("UBND phường", "Ủy ban nhân dân thành phố"), 1);
  EXPECT_EQ(kind("Ban Thường vụ Thành ủy", "Thành ủy"), 0);
  EXPECT_EQ(kind("Chính", "Chính"), 0);
}

TEST_F(Natives, FieldsThatSayNone) {
  for (const char* id : {"on_behalf_of", "archive"}) {
    ir::Word word;
    word.id = id;
    program_.words.push_back(word);
    ir::Field field;
    field.word = static_cast<ir::WordId>(program_.words.size() - 1);
    field.none = program_.words.size() == 1;
    program_.fields.push_back(field);
  }
  ir::Entity plan;
  plan.field_count = 2;
  program_.entities.push_back(plan);
  EXPECT_EQ(Call("leaves_out", {0, Text("on_behalf_of")}), 1);
  EXPECT_EQ(Call("leaves_out", {0, Text("archive")}), 0);
  EXPECT_EQ(Call("leaves_out", {0, Text("place")}), 0);
}

TEST_F(Natives, WordingOfAnyBytes) {
  std::string long_text;
  for (int i = 0; i < 20000; ++i) long_text += "rà soát, (";
  for (const std::string& text : {std::string("\xF0\x9F"), std::string("\xC3"), std::string("a\0b", 3), std::string("Lu\xE1\xBA"), long_text}) {
    for (const char* id : {"actions_in", "has_figure", "names_law", "begins_small", "is_left_open"}) Call(id, {Text(text)});
    for (const char* id : {"names_one_of", "begins_with_one_of", "numbered_alike", "names_another_body", "same_kind_of_body"}) {
      Call(id, {Text(text), Text("rà soát, xong")});
      Call(id, {Text("rà soát"), Text(text)});
    }
  }
}

}  // namespace
}  // namespace ordo::eval
