// What the words of results and targets say: can the result be measured, which numbers, units and areas do they name.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/decimal.h"
#include "runtime/base/unicode.h"
#include "stdlib/natives/families.h"
#include "stdlib/natives/figures.h"
#include "stdlib/natives/phrases.h"
#include "unicode/uchar.h"

namespace ordo::natives {

namespace {

using Cells = std::span<const ir::Cell>;

std::string_view TextOf(const ir::Program& program, ir::Cell cell) { return program.text(Symbol(static_cast<uint32_t>(cell))); }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// ---- can it be measured ----

const Phrases& QualityWords() {
  static const Phrases words(
      "cải thiện, hiệu quả, nâng cao, nâng tầm, thường xuyên, đồng bộ, hiện đại, tốt hơn, tốt nhất, hoàn thành tốt, thực hiện "
      "tốt, hoạt động tốt, phục vụ tốt, kịp thời, chất lượng, tăng cường, đẩy mạnh, thiết thực, chuyển biến, rõ nét, rõ rệt, "
      "tích cực, sâu rộng, mạnh mẽ, quyết liệt, chặt chẽ, tiên tiến, chuyên nghiệp, nhanh chóng, thuận lợi, quan tâm, improve, "
      "improved, improvement, effective, effectively, efficient, efficiently, enhance, enhanced, better, timely, modern, "
      "regularly, strengthen, strengthened, smoothly, high quality");
  return words;
}

// What is there or is not there. It counts where it comes first: «Ban hành kế hoạch nâng cao …», not «Nâng cao … theo kế hoạch».
const Phrases& ConcreteThings() {
  static const Phrases things(
      "báo cáo, kế hoạch, quyết định, danh mục, danh sách, hồ sơ, cơ sở dữ liệu, csdl, phần mềm, văn bản, biên bản, nghị "
      "quyết, thông báo, tờ trình, công văn, đề án, dự án, quy chế, quy trình, chỉ thị, hợp đồng, giấy phép, giấy chứng nhận, "
      "chứng chỉ, chứng nhận, phiếu, bản đồ, sổ tay, tài liệu, hội nghị, hội thảo, lớp tập huấn, khóa học, cuộc thi, trang "
      "thông tin, cổng thông tin, website, trang thiết bị, máy tính, camera, video, trung tâm dữ liệu, data center, trụ sở, "
      "nhà văn hóa, công trình, bộ tiêu chí, bộ chỉ số, mã nguồn, report, plan, decision, list, dossier, database, software, "
      "minutes, certificate, contract, manual, handbook, map, scheme, regulation, resolution, directive, data centre, "
      "equipment, building, course, workshop");
  return things;
}

// A quality word that means something else here: «giáo dục thường xuyên», «nông thôn mới nâng cao», «đồng bộ dữ liệu».
bool MeansOtherwise(const std::vector<Word>& words, size_t at, size_t count) {
  static const Phrases regular("dục, chi, thông");
  static const Phrases advanced("mới, lớp, khóa, tuyến, trình");
  static const Phrases quality("lý, định, giá, chuẩn, loại");
  static const Phrases effect("giá, tích, số");
  static const Phrases synchronised("dữ, cơ, csdl, thông, danh, hồ, tài, lên, về, với, từ, sang, vào, hóa, giữa");
  const std::string_view first = words[at].text, second = count > 1 ? words[at + 1].text : std::string_view();
  const std::string_view before = Before(words, at), next = At(words, at + count);
  if (first == "thường") return regular.Has(before);
  if (first == "nâng" && second == "cao") return advanced.Has(before);
  if (first == "chất") return quality.Has(before);
  if (first == "hiệu") return effect.Has(before);
  if (first == "đồng") return synchronised.Has(next);
  if (first == "quan") return !words[at].begins_sentence;  // «cử tri quan tâm»
  if (first == "hoàn") return next == "nhiệm";             // a rank of officials
  return false;
}

ir::Cell IsVague(const ir::Program& program, Cells cells) {
  const std::string text = FoldName(TextOf(program, cells[0]));
  const std::vector<Word> words = WordsOf(text);
  bool vague = false, of_data = false;
  for (size_t i = 0; i < words.size() && !vague; ++i) {
    // «hỗ trợ ra quyết định», «tối ưu hóa quy trình» are activities.
    const bool activity = (words[i].text == "quyết" && Before(words, i) == "ra") ||
                          (words[i].text == "quy" && i > 0 && At(words, i + 1) == "trình");
    if (!activity && ConcreteThings().Match(words, i) > 0) return 0;
    of_data = of_data || (words[i].text == "dữ" && At(words, i + 1) == "liệu");
    const size_t count = QualityWords().Match(words, i);
    vague = count > 0 && !MeansOtherwise(words, i, count) && !(of_data && words[i].text == "đồng");
  }
  if (!vague) return 0;
  for (const Figure& figure : FiguresOf(text)) {
    if (figure.use == Figure::Use::kValue || figure.use == Figure::Use::kLevel) return 0;
  }
  return 1;
}

// «Báo cáo», «Báo cáo hằng năm», «Báo cáo kết quả thực hiện»: a report, and not a word about what.
ir::Cell IsBareReport(const ir::Program& program, Cells cells) {
  static const Phrases fillers(
      "báo cáo, hằng, hàng, năm, quý, tháng, tuần, định kỳ, đột xuất, kết quả, thực hiện, triển khai, tình hình, theo quy "
      "định, theo yêu cầu, các, bằng văn bản, công tác, nhiệm vụ, và, của, đơn vị, cơ quan, report, reports, annual, yearly, "
      "quarterly, monthly, weekly, periodic, regular, the, a, an, of, on, result, results, work, implementation, progress");
  const std::string_view raw = TextOf(program, cells[0]);
  if (raw.size() > 200) return 0;
  const std::string text = FoldName(raw);
  const std::vector<Word> words = WordsOf(text);
  bool report = false;
  for (size_t i = 0; i < words.size();) {
    report = report || (words[i].text == "báo" && At(words, i + 1) == "cáo") || words[i].text == "report" ||
             words[i].text == "reports";
    const bool number = std::all_of(words[i].text.begin(), words[i].text.end(), IsDigit);
    const size_t count = number ? 1 : fillers.Match(words, i);
    if (count == 0) return 0;
    i += count;
  }
  return report;
}

// ---- units ----

// Behind a number, or as the whole text.
ir::Cell HasMalformedUnit(const ir::Program& program, Cells cells) {
  const Composed composed(TextOf(program, cells[0]));
  const std::string_view text = composed.text();
  const size_t begin = AfterBlanks(text, 0);
  const UnitSpelling* whole = text.size() - begin <= 16 ? FindUnit(text.substr(begin)) : nullptr;
  if (whole && whole->malformed) return 1;
  const std::vector<UnitFound> units = UnitsOf(text);
  return std::any_of(units.begin(), units.end(), [](const UnitFound& found) { return found.unit->malformed; });
}

// One measure, one spelling in each of the two texts, and not the same. A text that has several itself means several things.
ir::Cell MixesUnits(const ir::Program& program, Cells cells) {
  const Composed first(TextOf(program, cells[0])), second(TextOf(program, cells[1]));
  const std::vector<UnitFound> units[2] = {UnitsOf(first.text()), UnitsOf(second.text())};
  for (auto measure = Measure::kDataRate; measure <= Measure::kEnergy;
       measure = static_cast<Measure>(static_cast<int>(measure) + 1)) {
    std::string_view spelling[2];
    bool several = false;
    for (int i = 0; i < 2; ++i) {
      for (const UnitFound& found : units[i]) {
        if (found.unit->measure != measure) continue;
        several = several || (!spelling[i].empty() && spelling[i] != found.spelling);
        spelling[i] = found.spelling;
      }
    }
    if (!several && !spelling[0].empty() && !spelling[1].empty() && spelling[0] != spelling[1]) return 1;
  }
  return 0;
}

// ---- numbers compared ----

// A thousand times more or less: «6,5 tỷ» and 6500 million.
bool EqualButForThousands(Decimal a, Decimal b) {
  const Decimal thousand = Decimal::FromInt(1000);
  for (int side = 0; side < 2; ++side, std::swap(a, b)) {
    std::optional<Decimal> scaled = a;
    for (int i = 0; i < 4 && scaled; ++i, scaled = scaled->Times(thousand)) {
      if (*scaled == b) return true;
    }
  }
  return false;
}

// The text has numbers that could be this value, and none of them is. A share is a value of 0 to 1: 80 % is 0,8.
ir::Cell Contradicts(const ir::Program& program, Cells cells) {
  static const Phrases whole("toàn bộ, tất cả, toàn thể, mọi, cả, đủ, all, every, whole");
  const Composed composed(TextOf(program, cells[0]));
  const std::string_view text = composed.text();
  const Decimal value = Decimal::FromCell(cells[1]);
  const bool one = value == Decimal::FromInt(1), share = one || value.is_zero() || !value.is_integer();
  const std::vector<Figure> figures = FiguresOf(text);
  const bool percent = std::any_of(figures.begin(), figures.end(), [](const Figure& figure) { return figure.percent; });
  const Decimal hundredth = *Decimal::Make(1, 2);
  size_t candidates = 0;
  for (const Figure& figure : figures) {
    if (figure.use == Figure::Use::kReference) continue;
    const auto readings = ReadingsOf(DigitsOf(text, figure));
    for (const auto& reading : readings) {
      if (!reading) continue;
      if (*reading == value || (figure.thousands && EqualButForThousands(*reading, value))) return 0;
      if ((figure.percent || (share && !percent)) && reading->Times(hundredth) == value) return 0;
    }
    if (figure.use != Figure::Use::kValue || figure.of_time || figure.percent != (share && percent)) continue;
    // Where no share is named, 0,7 may be meant by 0,8, never by 5.
    const bool alike = percent || value.is_integer() || (readings[0] && !readings[0]->is_integer());
    candidates += alike ? 1 : 0;
  }
  if (candidates == 0) return 0;
  if (!one || percent) return 1;
  // One, or the whole of it: «cả 5 trường», «5 trường ở 3 xã» are no other number than 100 %.
  const std::string folded = FoldName(text);
  const std::vector<Word> words = WordsOf(folded);
  for (size_t i = 0; i < words.size(); ++i) {
    if (whole.Match(words, i) > 0) return 0;
  }
  return candidates == 1;
}

// One number spelt in two ways in the two texts together: 3,0 and 3, 02 and 2, 1.500 and 1500. Point or comma alone is no
// difference.
ir::Cell MixesNumbers(const ir::Program& program, Cells cells) {
  struct Spelt {
    ir::Cell value;
    bool percent;
    std::string digits;
    auto operator<=>(const Spelt&) const = default;
  };
  std::vector<Spelt> all;
  for (const ir::Cell cell : cells) {
    const Composed composed(TextOf(program, cell));
    for (const Figure& figure : FiguresOf(composed.text())) {
      if (figure.use != Figure::Use::kValue) continue;
      std::string digits(DigitsOf(composed.text(), figure));
      const auto value = ReadingsOf(digits)[0];
      std::replace(digits.begin(), digits.end(), ',', '.');
      if (value) all.push_back({value->cell(), figure.percent, std::move(digits)});
    }
  }
  std::sort(all.begin(), all.end());
  return std::adjacent_find(all.begin(), all.end(), [](const Spelt& a, const Spelt& b) {
           return a.value == b.value && a.percent == b.percent && a.digits != b.digits;
         }) != all.end();
}

// ---- areas ----

constexpr int kProvince = 2, kCountry = 3;

int TierOf(const ir::Program& program, EntityId unit) {
  const ir::Entity& entity = program.entity(unit);
  for (uint32_t f = entity.first_field; f < entity.first_field + entity.field_count; ++f) {
    const ir::Field& field = program.fields[f];
    if (program.words[field.word].id != "tier" || field.entry_count == 0) continue;
    const ir::Entry& entry = program.entries[field.first_entry];
    if (entry.type != ir::Type::kWord || entry.value < 0 || static_cast<size_t>(entry.value) >= program.words.size())
      return kCountry;
    const std::string_view tier = program.words[static_cast<size_t>(entry.value)].id;
    return tier == "commune" ? 1 : tier == "province" ? kProvince : kCountry;
  }
  return kCountry;
}

// Nothing but the name of an area: «thành phố», «tỉnh Hải Dương». The words that follow must be names.
int AreaNamed(std::string_view text, const std::vector<Word>& folded) {
  if (folded.empty() || folded.size() > 8) return 0;
  const std::string_view first = folded[0].text, second = At(folded, 1);
  if (folded.size() == 1)
    return first == "tỉnh" || first == "city" || first == "province" ? kProvince : first == "country" ? kCountry : 0;
  const size_t area = first == "tỉnh" ? 1 : first == "thành" && second == "phố" && folded[1].joined ? 2 : 0;
  if (area == 0) return 0;
  const std::vector<Word> words = WordsOf(text);
  if (words.size() != folded.size()) return 0;
  for (size_t i = area; i < words.size(); ++i) {
    if (!words[i].joined || !u_isupper(PointAt(words[i].text, 0))) return 0;
  }
  return kProvince;
}

// «của các sở, ban, ngành»: bodies of a province.
size_t MatchDepartments(const std::vector<Word>& words, size_t at) {
  const auto part = [&](size_t i) { return At(words, i) == "sở" || At(words, i) == "ban"; };
  const bool listed = words[at].text == "của" && At(words, at + 1) == "các" && part(at + 2) && part(at + 3) &&
                      At(words, at + 2) != At(words, at + 3) && At(words, at + 4) == "ngành";
  return listed ? 5 : 0;
}

// Of which area the text speaks, where that is wider than a ward: 2 a province or city, 3 the country. Not where the area is only
// that of what it is connected with, goes by or is compared to: «kết nối với … của thành phố», «theo kế hoạch của tỉnh», «cao hơn
// bình quân cả nước».
int AreaOf(const std::vector<Word>& words) {
  static const Phrases province(
      "của tỉnh, của thành phố, trên địa bàn tỉnh, trên địa bàn thành phố, toàn tỉnh, toàn thành phố, of the city, of the "
      "province, across the city, across the province, whole city, whole province");
  static const Phrases country("toàn quốc, cả nước, of the country, across the country, whole country, nationwide");
  static const Phrases bodies("ủy, đoàn, đội, thông minh, học tập, sáng tạo, council, committee, department");
  static const Phrases guards(
      "kết nối, liên thông, tích hợp, đồng bộ, chia sẻ, với, theo, sử dụng, thông qua, qua, tại, do, báo cáo, đề xuất, tham "
      "mưu, chỉ đạo, hướng dẫn, yêu cầu, quy định, kế hoạch, nghị quyết, chương trình, đề án, quyết định, chỉ tiêu, mục tiêu, "
      "lãnh đạo, ubnd, hđnd, xếp, thứ hạng, top, tốp, trong nhóm, thứ, bình quân, trung bình, mặt bằng, đạt giải, giải "
      "thưởng, cuộc thi, hội thi, kỳ thi, hội nghị, dẫn đầu, đứng đầu, connected, with, under, according, through, via, from, "
      "plan, ranked, among, average, compared");
  int area = 0;
  bool guarded = false;
  for (size_t i = 0; i < words.size() && area < kCountry; ++i) {
    guarded = guarded && !words[i].begins_sentence;
    const size_t in_country = country.Match(words, i);
    const size_t in_province = std::max(province.Match(words, i), MatchDepartments(words, i));
    const size_t count = std::max(in_country, in_province);
    if (count > 0) {
      const bool body = i + count < words.size() && words[i + count].joined && bodies.Match(words, i + count) > 0;
      if (!guarded && !body) area = std::max(area, in_country > 0 ? kCountry : kProvince);
      continue;
    }
    // «trên hệ thống của tỉnh» is a place, «trên 80%» and «trên toàn tỉnh» are none. «Sở», not «cơ sở».
    const std::string_view word = words[i].text, next = At(words, i + 1);
    const bool place =
        (word == "trên" || word == "từ") && !next.empty() && !IsDigit(next[0]) && next != "địa" && next != "toàn" && next != "cả";
    const bool department = word == "sở" && Before(words, i) != "cơ";
    guarded = guarded || place || department || guards.Match(words, i) > 0;
  }
  return area;
}

ir::Cell NamesWiderArea(const ir::Program& program, Cells cells) {
  const int tier = TierOf(program, static_cast<EntityId>(cells[1]));
  if (tier >= kCountry) return 0;
  const Composed composed(TextOf(program, cells[0]));
  const std::string folded = FoldName(composed.text());
  const std::vector<Word> words = WordsOf(folded);
  return std::max(AreaNamed(composed.text(), words), AreaOf(words)) > tier;
}

// ---- what a written value prints ----

// Its own words, those of its whole cell, or the text that it is; absent where it prints by other means, as a title does.
ir::Cell PrintedWords(const ir::Program& program, Cells cells) {
  const auto [field, entry] = program.FindEntry(static_cast<EntityId>(cells[0]));
  if (!entry) return ir::kAbsent;
  const auto cell = [](Symbol symbol) { return static_cast<ir::Cell>(static_cast<uint32_t>(symbol)); };
  if (entry->wording != Symbol::kEmpty) return cell(entry->wording);
  const bool whole = field->entry_count == 1 || entry->type == ir::Type::kEntity;
  if (field->written != Symbol::kEmpty && whole) return cell(field->written);
  return entry->type == ir::Type::kText ? entry->value : ir::kAbsent;
}

}  // namespace

void RegisterTargetWords(std::vector<eval::Native>& all) {
  using ir::Type;
  all.push_back({"printed_words", {Type::kEntity}, Type::kText, PrintedWords});
  all.push_back({"is_vague", {Type::kText}, Type::kBool, IsVague});
  all.push_back({"is_bare_report", {Type::kText}, Type::kBool, IsBareReport});
  all.push_back({"has_malformed_unit", {Type::kText}, Type::kBool, HasMalformedUnit});
  all.push_back({"mixes_units", {Type::kText, Type::kText}, Type::kBool, MixesUnits});
  all.push_back({"mixes_numbers", {Type::kText, Type::kText}, Type::kBool, MixesNumbers});
  all.push_back({"contradicts", {Type::kText, Type::kNumber}, Type::kBool, Contradicts});
  all.push_back({"names_wider_area", {Type::kText, Type::kEntity}, Type::kBool, NamesWiderArea});
}

}  // namespace ordo::natives
