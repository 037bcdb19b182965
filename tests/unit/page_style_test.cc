// Colours of the page: contrast after WCAG 2.2, reckoned from the custom properties of page.css, on a light and on a dark screen.
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace ordo::testing {
namespace {

using Colours = std::map<std::string, std::string>;

std::string Style() {
  std::ifstream in(std::string(ORDO_SOURCE_DIR) + "/runtime/page/page.css");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Custom properties of the first `:root` from `at` on that are colours.
void Read(const std::string& style, size_t at, Colours& colours) {
  const size_t begin = style.find(":root {", at), end = style.find('}', begin);
  ASSERT_NE(begin, std::string::npos);
  for (size_t name = style.find("--", begin); name < end; name = style.find("--", name + 2)) {
    const size_t colon = style.find(':', name);
    if (style.compare(colon + 2, 1, "#") == 0) colours[style.substr(name + 2, colon - name - 2)] = style.substr(colon + 3, 6);
  }
}

double Luminance(const std::string& hex) {
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (int i = 0; i < 3; ++i) {
    const double part = std::stoi(hex.substr(2 * i, 2), nullptr, 16) / 255.0;
    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double Contrast(const std::string& a, const std::string& b) {
  const double one = Luminance(a), other = Luminance(b);
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

class PageStyle : public ::testing::TestWithParam<bool> {};

TEST_P(PageStyle, TextAndSignsStandOut) {
  const std::string style = Style();
  Colours colours;
  Read(style, 0, colours);
  if (GetParam()) Read(style, style.find("prefers-color-scheme: dark"), colours);
  const auto least = [&](double ratio, const std::string& front, const std::string& back) {
    ASSERT_TRUE(colours.contains(front) && colours.contains(back)) << front << " " << back;
    EXPECT_GE(Contrast(colours[front], colours[back]), ratio) << front << " on " << back;
  };
  for (const char* ground : {"ground", "paper", "head", "stripe", "information-ground", "found", "here"}) least(4.5, "ink", ground);
  for (const char* ground : {"ground", "paper", "stripe", "head", "here"}) least(4.5, "soft", ground);
  for (const char* ground : {"ground", "paper", "here"}) least(4.5, "link", ground);
  for (const char* severity : {"error", "warning", "information"}) {
    least(4.5, severity, "paper");
    least(4.5, severity, "ground");
    least(4.5, severity, std::string(severity) + "-ground");
    least(4.5, "paper", severity);   // the sign inside the shape
  }
  for (const char* sign : {"line", "focus", "crest"}) least(3, sign, "paper");
  least(3, "line", "ground");
  least(3, "focus", "ground");
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, PageStyle, ::testing::Values(false, true));

TEST(PageStyle, ReckonsContrastAsDefined) {
  EXPECT_NEAR(Contrast("000000", "ffffff"), 21, 1e-9);
  EXPECT_NEAR(Contrast("777777", "ffffff"), 4.48, 0.01);
}

}  // namespace
}  // namespace ordo::testing
