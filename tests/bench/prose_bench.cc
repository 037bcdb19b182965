// Reading of prose: the text of the five real plans of the examples, all readers, and how they grow when the text is repeated. Fails when the
// five plans take more than 50 ms, or when sixteen times the text takes more than 24 times as long.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "runtime/prose/citations.h"
#include "runtime/prose/mentions.h"
#include "runtime/prose/resemblance.h"
#include "runtime/prose/slips.h"

namespace ordo::prose {
namespace {

constexpr double kMostMilliseconds = 50;
constexpr size_t kTimes = 16;
constexpr double kMostGrowth = 24;   // for 16 times the text: tables outgrow the caches

// Paragraphs: blank lines part them.
std::vector<std::string> Paragraphs(const std::string& name) {
  std::ifstream in(fmt::format("{}/tests/data/{}_body.txt", ORDO_SOURCE_DIR, name));
  std::vector<std::string> out;
  std::string paragraph;
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \r") == std::string::npos) {
      if (paragraph.size() > 80 && paragraph.find_last_of(".;:") + 2 >= paragraph.size()) out.push_back(std::move(paragraph)), paragraph.clear();
    } else {
      paragraph += (paragraph.empty() ? "" : " ") + line;
    }
  }
  if (!paragraph.empty()) out.push_back(std::move(paragraph));
  return out;
}

size_t g_found = 0;   // so that nothing is left out

double Milliseconds(const std::vector<std::string>& paragraphs) {
  static const std::string_view words[] = {"xã", "phường", "thôn", "quận", "huyện", "tỉnh", "thành phố"};
  static const NameTable tiers{words};
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::string_view> texts(paragraphs.begin(), paragraphs.end());
    for (const std::string_view text : texts) {
      g_found += FindCitations(text).size() + FindSlips(text).size() + FindMentions(text, tiers).size() + FindAbbreviations(text).size() +
                 FindSpellings(text).size();
    }
    g_found += FindResemblances(texts, std::vector<uint32_t>(texts.size(), 0), 12, 0.5).size();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

int Run() {
  std::vector<std::string> all;
  size_t bytes = 0;
  for (const char* name : {"hai_duong_2025", "hai_duong_2026", "hong_bang_2025", "gia_loc_2025", "tran_bien_2025"}) {
    for (std::string& paragraph : Paragraphs(name)) {
      bytes += paragraph.size();
      all.push_back(std::move(paragraph));
    }
  }
  const double once = Milliseconds(all);
  std::vector<std::string> many;
  for (size_t i = 0; i < kTimes; ++i) {
    for (const std::string& paragraph : all) many.push_back(fmt::format("{} {}", i, paragraph));
  }
  const double often = Milliseconds(many);
  fmt::print("five plans: {} paragraphs, {} bytes, {:.1f} ms ({:.0f} MB/s); {} times that: {:.1f} ms, {:.1f} times as long\n", all.size(), bytes, once,
             static_cast<double>(bytes) / 1e3 / once, kTimes, often, often / once);
  const bool fine = once <= kMostMilliseconds && often <= kMostGrowth * once && g_found > 0;
  if (!fine) fmt::print("too slow\n");
  return fine ? 0 : 1;
}

}  // namespace
}  // namespace ordo::prose

int main() { return ordo::prose::Run(); }
