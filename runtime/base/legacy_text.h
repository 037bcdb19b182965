// Text of Vietnamese offices that is not Unicode: bytes of TCVN3 (ABC), VNI, Windows-1258 and UTF-16, and text that a wrong conversion
// has made of them («KÕ ho¹ch», «Keá hoaïch»): valid UTF-8, and no word of any language. In: bytes. Out: what they most likely are, and
// where. Statistics over letters only; linear in the text, any bytes may come in. Converts nothing and tells nobody anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ordo {

enum class Encoding : uint8_t {
  kDamagedUtf8,    // UTF-8 but for a few bytes
  kTcvn3, kVni, kWindows1258,
  kWindows1252,    // eight bits, and none of these
  kUtf16Le, kUtf16Be, kUtf32,
  kOffice,         // Word or Excel, old or new
  kBinary,         // PDF, RTF, or nothing that is text
  kUtf8,           // of FindMisread: UTF-8 taken for Windows-1252
};

// Of bytes that are no UTF-8, which is what they most likely are.
Encoding GuessEncoding(std::string_view bytes);

// A stretch of words of which most bear signs that no language puts there.
struct Misread {
  size_t begin = 0, end = 0;       // bytes of the text
  Encoding was = Encoding::kTcvn3; // kTcvn3, kVni, kWindows1258 or kUtf8: what the bytes were before they were read as Windows-1252
};
// In valid UTF-8; at most `most`, in the order of the text. A letter that only Vietnamese has («ạ», «ơ», «đ») ends a stretch, so a sound
// text gives none, and of a sound text with a passage that is not, that passage alone.
std::vector<Misread> FindMisread(std::string_view text, size_t most);

}  // namespace ordo
