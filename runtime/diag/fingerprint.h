// A short name for what is wrong and where, which stays the same while the plan around it changes: not a word of it depends on
// lines, on the language of messages, on the order of declarations. Parts come in one after another (code, names, field,
// content); 16 hexadecimal digits come out. FNV-1a over 64 bits: two of ten thousand findings meet by chance once in 10^11 plans.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/diag/finding.h"

namespace ordo {

class Fingerprint {
 public:
  // Parts are told apart: ("ab", "c") is not ("a", "bc").
  Fingerprint& Add(std::string_view part) {
    for (const char c : part) Byte(static_cast<uint8_t>(c));
    Byte(0xFF);   // never in UTF-8
    return *this;
  }
  Fingerprint& Add(int64_t number) {
    for (int shift = 0; shift < 64; shift += 8) Byte(static_cast<uint8_t>(static_cast<uint64_t>(number) >> shift));
    return *this;
  }
  std::string Hex() const;

 private:
  void Byte(uint8_t byte) { hash_ = (hash_ ^ byte) * 1099511628211ull; }
  uint64_t hash_ = 14695981039346656037ull;
};

// Findings that are the same in all that a fingerprint looks at are numbered in their order: «…-2», «…-3».
void NumberFingerprints(std::vector<Finding>& findings);

}  // namespace ordo
