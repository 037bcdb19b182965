// Literals whose form differs between the skins: dates, clock times, numbers and texts. Read from the bytes of one token, written
// back for either skin; nothing else in the house knows that 28/01/2026 and 2026-01-28 are one day.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/ast/words.h"
#include "runtime/base/decimal.h"
#include "runtime/time/time_value.h"

namespace ordo {

inline Language LanguageOf(Skin skin) { return skin == Skin::kVietnamese ? Language::kVietnamese : Language::kEnglish; }

struct DateLiteral {
  Point point;       // kind kNone for a clock time
  Point from;        // of a window written as one («quý II - III/2026», «28/6-5/7/2026»), else kNone; has the year of `point`
  int8_t hour = -1;  // `16:00`, `16 giờ`
  int8_t minute = 0;
};

// How many of these raw words form a date or clock time of the skin; 0 if none. A window only where `windows` says so: there a
// dash is a word. At most kMostDateWords are looked at.
inline constexpr size_t kMostDateWords = 9;  // «tháng 01 năm 2026 - tháng 04 năm 2026»
size_t CountDateWords(std::span<const std::string_view> words, Skin skin, bool windows = false);
// The text of a DATE token. nullopt only for text that CountDateWords did not accept.
std::optional<DateLiteral> ReadDate(std::string_view text, Skin skin);
std::string WriteDate(const DateLiteral& date, Skin skin);

// A text between straight quotes, or between three when it holds a quote or is long.
std::string QuoteText(std::string_view content);

}  // namespace ordo
