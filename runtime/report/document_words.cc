#include "runtime/report/document_words.h"

#include <array>

#include <fmt/format.h>

#include "runtime/base/unicode.h"

namespace ordo::report {
namespace {

// True when `text` begins with `head` as a whole word, letters and tone placement aside.
bool Begins(std::string_view folded, std::string_view head) {
  const std::string first = FoldName(head);
  return folded.starts_with(first) && (folded.size() == first.size() || folded[first.size()] == ' ');
}

struct Body {
  std::string_view spelling, name;
};
constexpr std::array<Body, 12> kCollectives = {{{"UBND", "Ủy ban nhân dân"},
                                                {"Ủy ban nhân dân", "Ủy ban nhân dân"},
                                                {"HĐND", "Hội đồng nhân dân"},
                                                {"Hội đồng nhân dân", "Hội đồng nhân dân"},
                                                {"Ban Thường vụ", "Ban Thường vụ"},
                                                {"Ban Chấp hành", "Ban Chấp hành"},
                                                {"Ban Thường trực", "Ban Thường trực"},
                                                {"Ban Chỉ đạo", "Ban Chỉ đạo"},
                                                {"Đảng ủy", "Đảng ủy"},
                                                {"Thành ủy", "Thành ủy"},
                                                {"Tỉnh ủy", "Tỉnh ủy"},
                                                {"Huyện ủy", "Huyện ủy"}}};

// Longer ones first where one begins another.
constexpr std::array<std::string_view, 22> kPositions = {
    "Phó Chủ tịch",    "Chủ tịch",   "Phó Bí thư",         "Bí thư",         "Phó Trưởng phòng", "Trưởng phòng", "Phó Giám đốc",    "Giám đốc",
    "Phó Chánh Văn phòng", "Chánh Văn phòng", "Phó Trưởng ban", "Trưởng ban", "Phó Trưởng Công an", "Trưởng Công an", "Phó Hiệu trưởng", "Hiệu trưởng",
    "Phó Cục trưởng",  "Cục trưởng", "Phó Chi cục trưởng", "Chi cục trưởng", "Thứ trưởng",       "Bộ trưởng"};

bool HasPrefix(std::string_view text) {
  return text.starts_with("TM.") || text.starts_with("T/M") || text.starts_with("TM ") || text.starts_with("KT.") || text.starts_with("K/T");
}

std::string Ended(std::string_view text, std::string_view mark) {
  const bool ended = text.ends_with(';') || text.ends_with(',') || text.ends_with('.');
  return fmt::format("- {}{}", text, ended ? std::string_view() : mark);
}

}  // namespace

std::string_view CollectiveOf(std::string_view unit) {
  const std::string folded = FoldName(unit);
  for (const Body& body : kCollectives) {
    if (Begins(folded, body.spelling)) return body.name;
  }
  return {};
}

bool StandsAlone(std::string_view unit) {
  const std::string_view body = CollectiveOf(unit);
  return body == "Ủy ban nhân dân" || body == "Hội đồng nhân dân";
}

std::string_view PositionOf(std::string_view post) {
  const std::string folded = FoldName(post);
  for (const std::string_view position : kPositions) {
    if (Begins(folded, position)) return position;
  }
  return post;
}

std::vector<std::string> AuthorityLines(const Authority& authority, Layout layout) {
  std::vector<std::string> lines;
  const bool party = layout == Layout::kParty;
  std::string body;
  if (authority.on_behalf_of) body = *authority.on_behalf_of;
  else if (layout != Layout::kPlain) body = CollectiveOf(authority.unit);
  if (!body.empty()) {
    const std::string capitals = UpperCase(body);
    lines.push_back(HasPrefix(capitals) ? capitals : fmt::format("{} {}", party ? "T/M" : "TM.", capitals));
  }
  std::string chief;
  constexpr std::string_view kDeputy = "Phó ";
  if (authority.signing_for) {
    chief = *authority.signing_for;
  } else if (layout == Layout::kState || (party && body.empty())) {   // of a Party committee a deputy signs on its behalf as well
    if (authority.position.starts_with(kDeputy)) chief = authority.position.substr(kDeputy.size());
  }
  if (!chief.empty()) {
    const std::string capitals = UpperCase(chief);
    lines.push_back(HasPrefix(capitals) ? capitals : fmt::format("{} {}", party ? "K/T" : "KT.", capitals));
  }
  if (!authority.position.empty()) lines.push_back(UpperCase(authority.position));
  return lines;
}

std::string DayInWords(std::optional<Point> point, bool expected, Language language) {
  std::string day = "…", month = "…", year = "…";
  if (point) {
    const bool vietnamese = language == Language::kVietnamese;
    if (!expected && point->day > 0) day = fmt::format("{:02}", point->day);
    if (point->month > 0) month = point->month < 3 || !vietnamese ? fmt::format("{:02}", point->month) : fmt::to_string(point->month);
    if (point->year > 0) year = fmt::to_string(point->year);
  }
  if (language == Language::kVietnamese) return fmt::format("ngày {} tháng {} năm {}", day, month, year);
  return fmt::format("{}-{}-{}", year, month, day);
}

std::string RecipientLine(std::string_view text, Layout layout) { return Ended(text, layout == Layout::kParty ? "," : ";"); }

std::string ArchiveLine(std::string_view text, Layout layout, Language language) {
  if (text.starts_with("Lưu")) return fmt::format("- {}", text);   // the whole line, as worded
  if (language == Language::kEnglish) return Ended(fmt::format("Archive: {}", text.empty() ? "records" : text), ".");
  if (layout == Layout::kParty) return Ended(fmt::format("Lưu {}", text.empty() ? "Văn phòng" : text), ".");
  return Ended(fmt::format("Lưu: {}", text.empty() ? "VT" : text), ".");
}

}  // namespace ordo::report
