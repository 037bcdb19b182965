// Text for tests of the front end: files of the tree, the samples of the language with their skins, and random edits of a text
// that keep it valid UTF-8. Randomness is a seed given by the test: equal seeds, equal texts.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/parse.h"

namespace ordo {

inline std::string ReadText(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct Sample {
  std::string name;
  std::string text;
};

// The samples of the language and every plan and register of examples/, by name.
inline std::vector<Sample> Samples() {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path root = ORDO_SOURCE_DIR;
  for (const char* folder : {"tests/support/samples", "examples"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() == ".ordo") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Sample> samples;
  for (const auto& path : paths) samples.push_back({path.lexically_relative(root).string(), ReadText(path)});
  return samples;
}

// One text parsed, with what was found. Not copyable: the tree points into the source.
struct Parsed {
  explicit Parsed(std::string text, Language language = Language::kEnglish)
      : source("plan.ordo", std::move(text)), emitter(language, 1u << 20), ast(Parse(source, 0, SyntaxLimits{}, emitter)) {}
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;

  // "3 SYN06, 5 SYN05": line and code of every finding in order of lines.
  std::string Found() const {
    std::vector<std::pair<uint32_t, std::string>> all;
    for (const Finding& finding : emitter.findings()) all.emplace_back(source.LineOf(finding.at.begin), finding.code);
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string out;
    for (const auto& [line, code] : all) out += (out.empty() ? "" : ", ") + std::to_string(line) + " " + code;
    return out;
  }

  SourceFile source;
  Emitter emitter;
  Ast ast;
};

// Pieces that the shapes of tokens turn on: what a random edit inserts.
inline constexpr std::array<std::string_view, 56> kPieces = {
    "\"",     "\"\"\"", "\u201C", "\u201D", "\u2013",  "\u2014", "\u2265", "\u2264",   "\u2260", "\u00A0",     "\uFEFF", "\u0301",
    "\u0309", "\u01A0", "\u01AF", "\u00D7", "\u00F7",  "\u1E00", "\u1EFF", "\u0250",   "\u4E2D", "\U0001F600", "{",      "}",
    "(",      ")",      ";",      ",",      ".",       ":",      "+",      "-",        "*",      "/",          "//",     "%",
    "=",      "!=",     "!",      ">",      ">=",      "<",      "\n",     "\r\n",     "\r",     "\t",         " ",      "\x01",
    "#",      "0",      "2026",   "12/",    "IV/2026", "XI/",    "_",      "chủ trì: "};

// Up to `edits` random insertions, deletions, copies and truncations between whole characters.
inline std::string Mutate(std::string text, std::mt19937& random, size_t edits) {
  const auto at = [&] {
    size_t i = text.empty() ? 0 : random() % (text.size() + 1);
    while (i < text.size() && (static_cast<uint8_t>(text[i]) & 0xC0) == 0x80) ++i;
    return i;
  };
  for (size_t n = 1 + random() % edits; n > 0; --n) {
    size_t a = at(), b = at();
    if (a > b) std::swap(a, b);
    switch (random() % 8) {
      case 0: text.erase(a, std::min<size_t>(b - a, 1 + random() % 40)); break;
      case 1: text.insert(b, text.substr(a, std::min<size_t>(b - a, 200))); break;
      case 2:
        if (random() % 8 == 0) text.resize(std::max(b, text.size() / 2));
        break;
      default: text.insert(a, kPieces[random() % kPieces.size()]); break;
    }
    // An erased or copied range may end inside a character: mend it.
    for (size_t i = 0; i < text.size();) {
      const auto lead = static_cast<uint8_t>(text[i]);
      const size_t size = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      size_t have = size > 0 ? 1 : 0;
      while (have < size && i + have < text.size() && (static_cast<uint8_t>(text[i + have]) & 0xC0) == 0x80) ++have;
      if (size == 0 || have < size) {
        text.erase(i, std::max<size_t>(have, 1));
      } else {
        i += size;
      }
    }
  }
  return text;
}

}  // namespace ordo
