// Cell texts as they are compared and written: white space evened out, headings as plain words, texts quoted for the language, names
// made of titles. In: any bytes. Out: valid UTF-8 without control characters. Never decides what a text means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace ordo::import {

// One line: composed, runs of blanks and line breaks as one blank, no control characters, words that a line end broke by a hyphen
// put together. What is no UTF-8 is replaced.
std::string Even(std::string_view text);
// The lines of a cell, each evened out, empty ones left out.
std::vector<std::string> Lines(std::string_view text);
// Words of a heading without letter marks and signs: «Cơ quan, đơn vị chủ trì» is «co quan don vi chu tri». `brackets`: whether what
// stands in brackets counts.
std::string HeadingWords(std::string_view text, bool brackets);

bool StartsLower(std::string_view text);   // a small letter; false for digits and signs
bool StartsUpper(std::string_view text);
bool HasSmallLetter(std::string_view text);

// A text as the language writes it, with its quotes; long ones over several lines. `changed`: straight quotes had to be replaced.
std::string Quoted(std::string_view text, bool* changed = nullptr);
// For a comment line: one line.
std::string Shortened(std::string_view text, size_t points = 80);

// Names that are unique over a plan and that the language accepts.
class Names {
 public:
  void Take(std::string_view name) { taken_.insert(std::string(name)); }
  bool IsTaken(std::string_view name) const { return taken_.contains(std::string(name)); }
  // Of the first words of a title, Vietnamese letters kept: «khảo_sát_các_tuyến_đường».
  std::string OfTitle(std::string_view title, std::string_view otherwise);
  // Of the initials of a name, ASCII: «Phòng Văn hóa - Xã hội» is «pvhxh».
  std::string OfInitials(std::string_view title, std::string_view otherwise);

 private:
  std::string Unique(std::string base);
  absl::flat_hash_set<std::string> taken_;
  absl::flat_hash_map<std::string, size_t> next_;   // of a base: the number that is tried next
};

}  // namespace ordo::import
