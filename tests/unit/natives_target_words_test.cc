#include <chrono>

#include <gtest/gtest.h>

#include "runtime/base/unicode.h"
#include "runtime/eval/natives.h"

namespace ordo::eval {
namespace {

class TargetWords : public ::testing::Test {
 protected:
  TargetWords() { program_.strings = &strings_; }
  ir::Cell Text(std::string_view text) { return static_cast<ir::Cell>(strings_.Intern(text)); }
  ir::Cell Call(std::string_view id, std::vector<ir::Cell> cells) {
    const Native* native = FindNative(id);
    EXPECT_NE(native, nullptr) << id;
    EXPECT_EQ(native->parameters.size(), cells.size());
    return native->call(program_, cells);
  }
  bool Vague(std::string_view text) { return Call("is_vague", {Text(text)}) == 1; }
  bool BareReport(std::string_view text) { return Call("is_bare_report", {Text(text)}) == 1; }
  bool Malformed(std::string_view text) { return Call("has_malformed_unit", {Text(text)}) == 1; }
  bool MixesUnits(std::string_view a, std::string_view b) { return Call("mixes_units", {Text(a), Text(b)}) == 1; }
  bool MixesNumbers(std::string_view a, std::string_view b) { return Call("mixes_numbers", {Text(a), Text(b)}) == 1; }
  bool Contradicts(std::string_view text, ir::Cell value) { return Call("contradicts", {Text(text), value}) == 1; }
  static ir::Cell Number(int64_t value, int scale = 0) { return Decimal::Make(value, scale)->cell(); }

  ir::WordId Word(std::string_view id) {
    ir::Word word;
    word.id = id;
    program_.words.push_back(word);
    return static_cast<ir::WordId>(program_.words.size() - 1);
  }
  // An object of the fields that follow, each with its entries.
  EntityId Object(const std::vector<std::pair<ir::Field, std::vector<ir::Entry>>>& fields) {
    ir::Entity entity;
    entity.first_field = static_cast<uint32_t>(program_.fields.size());
    entity.field_count = static_cast<uint32_t>(fields.size());
    for (auto [field, entries] : fields) {
      field.first_entry = static_cast<uint32_t>(program_.entries.size());
      field.entry_count = static_cast<uint32_t>(entries.size());
      program_.fields.push_back(field);
      program_.entries.insert(program_.entries.end(), entries.begin(), entries.end());
    }
    program_.entities.push_back(entity);
    return static_cast<EntityId>(program_.entities.size() - 1);
  }
  EntityId EntryObject(EntityId owner, uint32_t entry) {
    ir::Entity entity;
    entity.parent = owner;
    program_.entities.push_back(entity);
    return program_.entries[entry].object = static_cast<EntityId>(program_.entities.size() - 1);
  }

  StringPool strings_;
  ir::Program program_;
};

TEST_F(TargetWords, Vague) {
  for (const char* vague :
       {"Chất lượng hạ tầng được cải thiện", "Nền tảng được sử dụng thường xuyên, hiệu quả", "NÂNG CAO CHẤT LƯỢNG CUỘC SỐNG",
        "Hạ tầng đồng bộ, hiện đại", "Phục vụ tốt hơn", "Xử lý kịp thời", "Nâng cao hiệu quả thực hiện kế hoạch năm 2026",
        "Tiếp tục đẩy mạnh ứng dụng thương mại điện tử", "Phủ sóng 5G được cải thiện",
        "Nhận thức chuyển biến rõ nét trong giai đoạn 1", "Hoàn thành tốt mục tiêu của Đề án",
        "Tự động hóa ra quyết định, tối ưu hóa quy trình, nâng cao chất lượng lãnh đạo", "Services are improved",
        "Effective use of the platform", "Ca\u0309i thiê\u0323n môi trường", "Quan tâm nguồn nhân lực",
        "Cải thiện theo Nghị quyết số 57-NQ/TW ngày 22/12/2024"}) {
    EXPECT_TRUE(Vague(vague)) << vague;
  }
  for (const char* clear : {"",
                            "Hoàn thành kết nối",
                            "Cải thiện lên hạng 5 toàn tỉnh",
                            "100% hồ sơ được xử lý kịp thời",
                            "Kế hoạch nâng cao chất lượng dịch vụ",
                            "Cơ sở dữ liệu đồng bộ, hiện đại",
                            "Báo cáo hiệu quả hoạt động",
                            "Phần mềm được nâng cao",
                            "Nâng cao chất lượng mỗi tháng 2 bài",
                            "Trung tâm giáo dục thường xuyên",
                            "Giao dự toán chi thường xuyên",
                            "Đạt chuẩn nông thôn mới nâng cao",
                            "Đồng bộ dữ liệu hộ tịch",
                            "Dữ liệu đất đai được đồng bộ",
                            "Đồng bộ danh mục dùng chung",
                            "Lớp nâng cao cho cán bộ",
                            "Kết quả đánh giá chất lượng",
                            "Phân tích hiệu quả",
                            "Xếp loại hoàn thành tốt nhiệm vụ",
                            "Học sinh tốt nghiệp",
                            "Trả lời vấn đề cử tri quan tâm",
                            "Khảo sát thực trạng",
                            "Đạt mức 2 trở lên về chất lượng",
                            "Report on improved services",
                            "Trang thông tin điện tử hoạt động hiệu quả",
                            "Thiết bị được nghiệm thu",
                            "Hồ sơ được số hóa",
                            "Biên bản nghiệm thu",
                            "Tin, bài, video, hình ảnh, nội dung tuyên truyền..",
                            "Có bộ phận an ninh mạng"}) {
    EXPECT_FALSE(Vague(clear)) << clear;
  }
}

TEST_F(TargetWords, BareReports) {
  for (const char* bare : {"Báo cáo", "báo cáo hằng năm", "Báo cáo Hàng năm.", "Báo cáo kết quả",
                           "Báo cáo kết quả thực hiện năm 2026", "Báo cáo định kỳ 6 tháng", "Các báo cáo theo quy định",
                           "Báo cáo bằng văn bản", "Report", "Annual report", "Ba\u0301o ca\u0301o"}) {
    EXPECT_TRUE(BareReport(bare)) << bare;
  }
  for (const char* of_something :
       {"", "Báo cáo rà soát", "Báo cáo hiện trạng mạng", "Báo cáo, văn bản của UBND phường", "Kết quả thực hiện", "Hằng năm",
        "Nội dung báo cáo", "Báo cáo viên", "Audit report", "Báo cáo - Quyết định"}) {
    EXPECT_FALSE(BareReport(of_something)) << of_something;
  }
}

TEST_F(TargetWords, MalformedUnits) {
  for (const char* malformed : {"tốc độ trên 01 Gbps/s", "1Gbps/s", "100 Mbps/giây", "1 Gb/s/s", "500 kW/h", "Gbps/s", " kW/h ",
                                "(01 Gbps/s)", "80 km/h/h,", "01\u00A0Gbps/s", "01 Gbps/s trên địa bàn", "1 Gbps/gia\u0302y"}) {
    EXPECT_TRUE(Malformed(malformed)) << malformed;
  }
  for (const char* fine : {"", "01 Gb/s", "1 Gbps", "500 kWh", "80 km/h", "m2/người", "10 kWh/người", "%", "sáng kiến",
                           "tốc độ Gb/s", "24/7", "5 xã", "1 Gbps/sector", "24/01/2025"}) {
    EXPECT_FALSE(Malformed(fine)) << fine;
  }
}

TEST_F(TargetWords, MixedUnits) {
  EXPECT_TRUE(MixesUnits("trên 01 Gbps/s", "trên 01 Gb/s"));
  EXPECT_TRUE(MixesUnits("dài 5 km", "dài 6 ki-lô-mét"));
  EXPECT_TRUE(MixesUnits("rộng 500 m2", "rộng 600 m²"));
  EXPECT_TRUE(MixesUnits("rộng 500 mét vuông.", "rộng 600 m2."));
  EXPECT_TRUE(MixesUnits("đạt 2 ha", "đạt 20.000 m2"));
  EXPECT_TRUE(MixesUnits("10 tấn", "200 kg"));
  EXPECT_FALSE(MixesUnits("dài 5 km", "dài 6 km,"));
  EXPECT_FALSE(MixesUnits("dài 5 km, rộng 7 m", "dài 6 km"));  // several of one measure in one text
  EXPECT_FALSE(MixesUnits("5 km đường", "600 m2 đất"));
  EXPECT_FALSE(MixesUnits("5 xã", "6 phường"));
  EXPECT_FALSE(MixesUnits("80% trên 01 Gb/s", "100% người sử dụng"));
  EXPECT_FALSE(MixesUnits("phủ sóng 5G", "phủ sóng 6G"));
  EXPECT_FALSE(MixesUnits("2 mô hình", "3 m"));
  EXPECT_FALSE(MixesUnits("", "5 km"));
  EXPECT_FALSE(MixesUnits("dài 5 km. Hết năm 2030", "dài 6 km"));
}

TEST_F(TargetWords, NumbersSpeltInTwoWays) {
  EXPECT_TRUE(MixesNumbers("ít nhất 3,0% tổng chi", "ít nhất 3% tổng chi"));
  EXPECT_TRUE(MixesNumbers("02 sáng kiến", "2 sáng kiến"));
  EXPECT_TRUE(MixesNumbers("1.500 hộ", "1500 hộ"));
  EXPECT_TRUE(MixesNumbers("có 02 sáng kiến, 2 mô hình", ""));
  EXPECT_FALSE(MixesNumbers("3% tổng chi", "3 % tổng chi"));
  EXPECT_FALSE(MixesNumbers("3,5%", "3.5%"));
  EXPECT_FALSE(MixesNumbers("02 sáng kiến", "03 sáng kiến"));
  EXPECT_FALSE(MixesNumbers("02 sáng kiến", "2% dân số"));
  EXPECT_FALSE(MixesNumbers("02 sáng kiến", "đạt mức 2, giai đoạn 2, quý 2, Nghị quyết số 2/NQ-CP, ngày 2/3/2025, mạng 2G"));
  EXPECT_FALSE(MixesNumbers("1.500 hộ", "1,5 hộ"));
  EXPECT_FALSE(MixesNumbers("", ""));
}

TEST_F(TargetWords, Contradictions) {
  const auto percent = [](int64_t value, int scale = 0) { return Number(value, scale + 2); };
  struct Case {
    const char* text;
    ir::Cell value;
    bool contradicts;
  };
  for (const Case& test : std::initializer_list<Case>{
           {"Tỷ lệ năm 2026 đạt 85%", percent(80), true},
           {"Tỷ lệ năm 2026 đạt 85%", percent(85), false},
           {"đạt $\\geq 95\\%$ hồ sơ", percent(95), false},
           {"đạt $\\geq 95\\%$ hồ sơ", percent(90), true},
           {"80\\% - 90\\% dân số", percent(80), false},
           {"đạt 85 phần trăm", percent(80), true},
           {"đạt 85 phần trăm", percent(85), false},
           {"ít nhất 3,0% tổng chi", percent(3), false},
           {"ít nhất 3.0% tổng chi", percent(3), false},
           {"trên 3,5%", percent(35, 1), false},
           {"trên 3,5%", percent(3), true},
           {"80 - 90% dân số", percent(80), false},
           {"80 - 90% dân số", percent(85), true},
           {"80% – 90% dân số", percent(90), false},
           {"từ 80 đến 90% dân số", percent(80), false},
           {"100% trường học", Number(1), false},
           {"toàn bộ 5 trường học", Number(1), false},
           {"5 trường học", Number(1), true},
           {"cả 5 trường học", Number(1), false},
           {"5 trường học ở 3 xã", Number(1), false},
           {"báo cáo của 5 phòng", percent(80), false},
           {"mỗi tháng 7 bài", Number(5), true},
           {"có 02 sáng kiến", Number(2), false},
           {"có 03 sáng kiến", Number(2), true},
           {"có ≥ 02 dự án", Number(2), false},
           {"ít nhất 01 doanh nghiệp, hỗ trợ 50% chi phí", Number(1), false},
           {"hai sáng kiến, 50% của trường học", Number(2), false},
           {"tăng 200%", Number(2), false},
           {"16.000.000 đồng", Number(16000000), false},
           {"16,000,000 dong", Number(16000000), false},
           {"1,500.5 ha", Number(15005, 1), false},
           {"1,500 households", Number(1500), false},
           {"1,50 hộ", Number(150), true},
           {"6,5 tỷ đồng", Number(6500), false},
           {"6,5 tỷ đồng", Number(6000), true},
           {"1.500 hộ", Number(1500), false},
           {"duy trì trên 0,7", Number(7, 1), false},
           {"duy trì trên 0,7", Number(8, 1), true},
           {"trong năm 2030", Number(5), false},
           {"theo Thông tư số 02/2025/TT-BGDĐT ngày 24/01/2025", Number(5), false},
           {"theo Nghị quyết số 57-NQ/TW", Number(5), false},
           {"mức 2 trở lên, giai đoạn 1, mạng 5G, IPv6, Covid-19", Number(7), false},
           {"bốn báo cáo trong 24 giờ", Number(4), false},
           {"không có con số", Number(4), false},
           {"", Number(4), false},
       }) {
    EXPECT_EQ(Contradicts(test.text, test.value), test.contradicts)
        << test.text << " " << Decimal::FromCell(test.value).ToString(Language::kEnglish);
  }
}

TEST_F(TargetWords, WiderAreas) {
  const ir::WordId tier = Word("tier");
  const auto unit = [&](ir::WordId value) {
    ir::Field field;
    field.word = tier;
    ir::Entry entry;
    entry.type = ir::Type::kWord;
    entry.value = value;
    return static_cast<ir::Cell>(Object({{field, {entry}}}));
  };
  const ir::Cell ward = unit(Word("commune")), city = unit(Word("province")), state = unit(Word("central")),
                 outside = unit(Word("outside"));
  const ir::Cell unknown = static_cast<ir::Cell>(Object({}));
  const auto wider = [&](std::string_view text, ir::Cell of) { return Call("names_wider_area", {Text(text), of}) == 1; };
  for (const char* text : {"chỉ số phát triển con người (HDI) của thành phố duy trì trên 0,7",
                           "100% hệ thống thông tin của tỉnh được vận hành",
                           "thành phố",
                           "tỉnh",
                           "Tỉnh Hải Dương",
                           "thành phố Hải Phòng",
                           "học sinh phổ thông trên địa bàn thành phố",
                           "doanh nghiệp trên địa bàn tỉnh",
                           "80% dân số toàn tỉnh",
                           "Cơ sở dữ liệu của thành phố được số hóa và liên thông với Trung ương",
                           "systems of the city",
                           "trên 80% dân số của thành phố",
                           "theo kế hoạch. 100% hệ thống của tỉnh",
                           "hệ thống thông tin CỦA TỈNH",
                           "của ti\u0309nh",
                           "phát triển kinh tế - xã hội, chỉ số phát triển con người của thành phố",
                           "các công trình của tỉnh",
                           "trên toàn tỉnh",
                           "100% dữ liệu của các ban, sở, ngành",
                           "dữ liệu của các sở, ban, ngành"}) {
    EXPECT_TRUE(wider(text, ward)) << text;
    EXPECT_FALSE(wider(text, city)) << text;
    EXPECT_FALSE(wider(text, unknown)) << text;
  }
  for (const char* text : {"Tỷ lệ phủ sóng 5G trong cả nước", "thư viện trên toàn quốc", "villages across the country"}) {
    EXPECT_TRUE(wider(text, ward)) << text;
    EXPECT_TRUE(wider(text, city)) << text;
    EXPECT_FALSE(wider(text, state)) << text;
    EXPECT_FALSE(wider(text, outside)) << text;
  }
  for (const char* text : {"",
                           "phường",
                           "sáng kiến đề xuất công nhận cấp thành phố",
                           "liên thông với Trung tâm điều hành của thành phố",
                           "UBND thành phố",
                           "trung tâm thành phố",
                           "Thành phố thông minh",
                           "các tiện ích của thành phố thông minh",
                           "theo yêu cầu của Trung ương, thành phố",
                           "theo kế hoạch của tỉnh",
                           "theo hướng dẫn của các sở, ban, ngành",
                           "hoạt động của các ban, ngành phường",
                           "giữa trung ương và thành phố, giữa các cấp chính quyền",
                           "xử lý trên hệ thống của thành phố",
                           "nghị quyết của tỉnh ủy",
                           "chỉ đạo của Tỉnh ủy",
                           "xếp thứ 5 toàn tỉnh",
                           "cơ sở dữ liệu do Sở Tư pháp của thành phố lập",
                           "cao hơn bình quân cả nước",
                           "đạt giải cuộc thi toàn quốc",
                           "kết quả khoa học và công nghệ Thành phố triển khai",
                           "được liên thông tới thành phố, Trung ương",
                           "tỉnh táo",
                           "đạt giải cấp quốc gia"}) {
    EXPECT_FALSE(wider(text, ward)) << text;
  }
}

TEST_F(TargetWords, PrintedWords) {
  ir::Field own, whole, one;
  whole.written = strings_.Intern("Cả ô");
  one.written = strings_.Intern("Một ô");
  ir::Entry text, target, worded;
  text.value = Text("Danh mục");
  target.type = worded.type = ir::Type::kEntity;
  target.value = worded.value = 0;
  worded.wording = strings_.Intern("đạt 85%");
  const EntityId owner = Object({{own, {text, target, worded}}, {whole, {text, target, worded}}, {one, {text}}});
  std::vector<EntityId> objects;
  for (uint32_t entry = 0; entry < program_.entries.size(); ++entry) objects.push_back(EntryObject(owner, entry));
  const auto printed = [&](size_t i) { return Call("printed_words", {static_cast<ir::Cell>(objects[i])}); };
  EXPECT_EQ(printed(0), Text("Danh mục"));
  EXPECT_EQ(printed(1), ir::kAbsent);
  EXPECT_EQ(printed(2), Text("đạt 85%"));
  EXPECT_EQ(printed(3), Text("Danh mục"));  // one of several: the words of the cell are not its own
  EXPECT_EQ(printed(4), Text("Cả ô"));
  EXPECT_EQ(printed(5), Text("đạt 85%"));
  EXPECT_EQ(printed(6), Text("Một ô"));
  EXPECT_EQ(Call("printed_words", {static_cast<ir::Cell>(owner)}), ir::kAbsent);
}

// Bytes of every kind, numbers without end and long texts: an answer, and soon.
TEST_F(TargetWords, HostileTexts) {
  const EntityId unit = Object({});
  std::vector<std::string> texts = {"\xFF\xFE",
                                    "5\xC3",
                                    "\xE1\xBB",
                                    "80\x80%",
                                    "\xC2",
                                    "5 \xE1\xBB\x8B",
                                    "%",
                                    "1.",
                                    ".1",
                                    "1,,2",
                                    "/",
                                    "-1-",
                                    "1-",
                                    std::string("5\0km", 4),
                                    "99999999999999999999999999",
                                    "1.1.1.1.1.1",
                                    "\u0301\u0301\u0301",
                                    "５%"};
  const size_t small = texts.size();
  std::string mixed;
  for (int byte = 1; byte < 256; ++byte) mixed += static_cast<char>(byte);
  texts.push_back(mixed);
  for (const std::string_view part : {"của tỉnh ", "1", "1.", "1/", "1 km ", "nâng cao dữ liệu ", "báo cáo ", "80 - ", "a",
                                      "\u0301", "- ", "\xFF", "m-m/", "1 \xE1", "5 Gbps/s ", "của ", "..", "đồng bộ "}) {
    std::string text;
    while (text.size() < 50'000) text += part;
    texts.push_back(text);
  }
  const auto begin = std::chrono::steady_clock::now();
  for (size_t i = 0; i < texts.size(); ++i) {
    const ir::Cell text = Text(texts[i]), other = Text(texts[i < small ? (i + 1) % small : i - 1]);
    for (const char* id : {"is_vague", "is_bare_report", "has_malformed_unit"}) {
      const ir::Cell answer = Call(id, {text});
      EXPECT_TRUE(answer == 0 || answer == 1) << id << " " << i;
    }
    for (const char* id : {"mixes_units", "mixes_numbers"}) {
      const ir::Cell answer = Call(id, {text, other});
      EXPECT_TRUE(answer == 0 || answer == 1) << id << " " << i;
    }
    for (const ir::Cell value :
         {Number(0), Number(5), Number(-5), Number(85, 2), Number((int64_t{1} << 55) - 1), Number(1, 15)}) {
      const ir::Cell answer = Call("contradicts", {text, value});
      EXPECT_TRUE(answer == 0 || answer == 1) << i;
    }
    EXPECT_EQ(Call("names_wider_area", {text, static_cast<ir::Cell>(unit)}), 0);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

// What a text says does not depend on how its letters are put together.
TEST_F(TargetWords, DecomposedLetters) {
  const auto decomposed = [](std::string_view text) {
    // «ế» as e, circumflex, acute; the letters of the texts below.
    std::string out;
    for (size_t i = 0; i < text.size();) {
      const std::pair<std::string_view, std::string_view> pairs[] = {
          {"ế", "e\u0302\u0301"}, {"ấ", "a\u0302\u0301"}, {"ả", "a\u0309"}, {"ệ", "e\u0323\u0302"}, {"ư", "u\u031B"},
          {"ậ", "a\u0323\u0302"}, {"á", "a\u0301"},       {"é", "e\u0301"}, {"ở", "o\u031B\u0309"}};
      bool found = false;
      for (const auto& [composed, parts] : pairs) {
        if (!text.substr(i).starts_with(composed)) continue;
        out += parts;
        i += composed.size();
        found = true;
        break;
      }
      if (!found) out += text[i++];
    }
    return out;
  };
  EXPECT_TRUE(Vague(decomposed("Chất lượng được cải thiện")));
  EXPECT_FALSE(Vague(decomposed("Kế hoạch cải thiện")));
  EXPECT_TRUE(BareReport(decomposed("Báo cáo kết quả")));
  EXPECT_TRUE(MixesUnits(decomposed("5 mét"), "6 m"));
  EXPECT_FALSE(MixesUnits(decomposed("5 mét"), "6 mét"));
  EXPECT_FALSE(Contradicts(decomposed("ở mức 2"), Number(7)));
}

}  // namespace
}  // namespace ordo::eval
