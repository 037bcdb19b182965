// Old encodings of Vietnamese are told apart by their bytes, and text that a wrong conversion has made of them is found in text that is
// valid UTF-8. The samples are the wording of the example plans, converted here by tables of each encoding; what is sound, in Vietnamese,
// English and other languages, is never found.
#include "runtime/base/legacy_text.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "gtest/gtest.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> Letters(std::string_view text) {   // code points
  std::vector<std::string> out;
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    out.emplace_back(text.substr(i, size));
    i += size;
  }
  return out;
}

constexpr std::string_view kVowels =
    "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ";
constexpr std::string_view kCapitals =
    "ÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ";

// TCVN 5712:1993, VN3: one byte a letter; capitals with tones are small letters of another font.
std::string Tcvn3(std::string_view text) {
  constexpr unsigned char kBytes[] = {
      0xB8, 0xB5, 0xB6, 0xB7, 0xB9, 0xA8, 0xBE, 0xBB, 0xBC, 0xBD, 0xC6, 0xA9, 0xCA, 0xC7, 0xC8, 0xC9, 0xCB, 0xD0, 0xCC, 0xCE, 0xCF, 0xD1, 0xAA,
      0xD5, 0xD2, 0xD3, 0xD4, 0xD6, 0xDD, 0xD7, 0xD8, 0xDC, 0xDE, 0xE3, 0xDF, 0xE1, 0xE2, 0xE4, 0xAB, 0xE8, 0xE5, 0xE6, 0xE7, 0xE9, 0xAC, 0xED,
      0xEA, 0xEB, 0xEC, 0xEE, 0xF3, 0xEF, 0xF1, 0xF2, 0xF4, 0xAD, 0xF8, 0xF5, 0xF6, 0xF7, 0xF9, 0xFD, 0xFA, 0xFB, 0xFC, 0xFE};
  std::map<std::string, unsigned char> table = {{"đ", 0xAE}, {"Đ", 0xA7}};
  const auto small = Letters(kVowels), large = Letters(kCapitals);
  for (size_t i = 0; i < small.size(); ++i) table[small[i]] = table[large[i]] = kBytes[i];
  unsigned char capital = 0xA1;
  for (const char* letter : {"Ă", "Â", "Ê", "Ô", "Ơ", "Ư"}) table[letter] = capital++;
  std::string out;
  for (const std::string& letter : Letters(text)) {
    const auto found = table.find(letter);
    if (found != table.end()) out += static_cast<char>(found->second);
    else out += letter.size() == 1 ? letter : "-";
  }
  return out;
}

// VNI for Windows: most vowels are a letter and behind it one byte for mark and tone.
std::string Vni(std::string_view text) {
  const std::vector<std::string> kPairs = {
      "a\xF9", "a\xF8", "a\xFB", "a\xF5", "a\xEF", "a\xEA", "a\xE9", "a\xE8", "a\xFA", "a\xFC", "a\xEB", "a\xE2",
      "a\xE1", "a\xE0", "a\xE5", "a\xE3", "a\xE4", "e\xF9", "e\xF8", "e\xFB", "e\xF5", "e\xEF", "e\xE2", "e\xE1",
      "e\xE0", "e\xE5", "e\xE3", "e\xE4", "\xED", "\xEC", "\xE6", "\xF3", "\xF2", "o\xF9", "o\xF8", "o\xFB", "o\xF5",
      "o\xEF", "o\xE2", "o\xE1", "o\xE0", "o\xE5", "o\xE3", "o\xE4", "\xF4", "\xF4\xF9", "\xF4\xF8", "\xF4\xFB",
      "\xF4\xF5", "\xF4\xEF", "u\xF9", "u\xF8", "u\xFB", "u\xF5", "u\xEF", "\xF6", "\xF6\xF9", "\xF6\xF8", "\xF6\xFB",
      "\xF6\xF5", "\xF6\xEF", "y\xF9", "y\xF8", "y\xFB", "y\xF5", "\xEE"};
  std::map<std::string, std::string> table = {{"đ", "\xF1"}, {"Đ", "\xD1"}};
  const auto small = Letters(kVowels), large = Letters(kCapitals);
  for (size_t i = 0; i < small.size(); ++i) {
    table[small[i]] = kPairs[i];
    for (const char c : kPairs[i]) table[large[i]] += static_cast<char>(c - 0x20);
  }
  std::string out;
  for (const std::string& letter : Letters(text)) {
    const auto found = table.find(letter);
    if (found != table.end()) out += found->second;
    else out += letter.size() == 1 ? letter : "-";
  }
  return out;
}

// Windows-1258: a letter with its mark, and behind it a byte for the tone.
std::string Windows1258(std::string_view text) {
  const std::vector<std::string> kBases = {"a", "\xE3", "\xE2", "e", "\xEA", "i", "o", "\xF4", "\xF5", "u", "\xFD", "y"};
  const std::vector<std::string> kTones = {"\xEC", "\xCC", "\xD2", "\xDE", "\xF2"};   // acute, grave, hook, tilde, dot
  std::vector<std::string> all;
  for (const std::string& base : kBases) {
    if (static_cast<unsigned char>(base[0]) >= 0x80) all.push_back(base);
    for (const std::string& tone : kTones) all.push_back(base + tone);
  }
  std::map<std::string, std::string> table = {{"đ", "\xF0"}, {"Đ", "\xD0"}};
  const auto small = Letters(kVowels), large = Letters(kCapitals);
  EXPECT_EQ(all.size(), small.size());
  for (size_t i = 0; i < small.size(); ++i) {
    table[small[i]] = all[i];
    table[large[i]] = static_cast<char>(all[i][0] - 0x20) + all[i].substr(1);
  }
  std::string out;
  for (const std::string& letter : Letters(text)) {
    const auto found = table.find(letter);
    if (found != table.end()) out += found->second;
    else out += letter.size() == 1 ? letter : "-";
  }
  return out;
}

// What a program makes of bytes that it takes for Windows-1252, in UTF-8.
std::string ReadAs1252(std::string_view bytes) {
  constexpr const char* kUpper[] = {"€", "\xC2\x81", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\xC2\x8D", "Ž", "\xC2\x8F",
                                    "\xC2\x90", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\xC2\x9D", "ž", "Ÿ"};
  std::string out;
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80) out += byte;
    else if (c < 0xA0) out += kUpper[c - 0x80];
    else out += std::string{static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
  }
  return out;
}

std::vector<fs::path> Plans() {
  std::vector<fs::path> plans;
  for (const auto& entry : fs::recursive_directory_iterator(std::string(ORDO_SOURCE_DIR) + "/examples")) {
    if (entry.path().filename() == "plan.ordo") plans.push_back(entry.path());
  }
  EXPECT_GE(plans.size(), 6u);
  return plans;
}

TEST(LegacyText, TellsEncodingsOfThePlansApart) {
  for (const fs::path& plan : Plans()) {
    const std::string text = ToNfc(ReadAll(plan));
    ASSERT_FALSE(FindInvalidUtf8(text)) << plan;
    EXPECT_TRUE(FindInvalidUtf8(Tcvn3(text)));
    EXPECT_EQ(GuessEncoding(Tcvn3(text)), Encoding::kTcvn3) << plan;
    EXPECT_EQ(GuessEncoding(Vni(text)), Encoding::kVni) << plan;
    EXPECT_EQ(GuessEncoding(Windows1258(text)), Encoding::kWindows1258) << plan;
  }
  const std::string line = "Kế hoạch thực hiện nhiệm vụ năm 2026 trên địa bàn phường Hải Dương";
  EXPECT_EQ(Tcvn3("Kế hoạch"), "K\xD5 ho\xB9" "ch");
  EXPECT_EQ(Vni("Kế hoạch"), "Ke\xE1 hoa\xEF" "ch");
  EXPECT_EQ(GuessEncoding(Tcvn3(line)), Encoding::kTcvn3);
  EXPECT_EQ(GuessEncoding(Vni(line)), Encoding::kVni);
  EXPECT_EQ(GuessEncoding(Windows1258(line)), Encoding::kWindows1258);
}

TEST(LegacyText, TellsOtherBytes) {
  const auto utf16 = [](std::string_view text, bool big) {
    std::string out;
    for (const std::string& letter : Letters(text)) {
      uint32_t c = static_cast<unsigned char>(letter[0]);
      if (letter.size() == 2) c = ((c & 0x1F) << 6) | (static_cast<unsigned char>(letter[1]) & 0x3F);
      const auto rest = [&](size_t k) { return static_cast<uint32_t>(static_cast<unsigned char>(letter[k]) & 0x3F); };
      if (letter.size() == 3) c = ((c & 0x0F) << 12) | (rest(1) << 6) | rest(2);
      const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
      out += big ? std::string{high, low} : std::string{low, high};
    }
    return out;
  };
  const std::string line = "ordo 1 vi\nkế hoạch k \"Kế hoạch thực hiện nhiệm vụ năm 2026\" { }\n";
  EXPECT_EQ(GuessEncoding("\xFF\xFE" + utf16(line, false)), Encoding::kUtf16Le);
  EXPECT_EQ(GuessEncoding("\xFE\xFF" + utf16(line, true)), Encoding::kUtf16Be);
  EXPECT_EQ(GuessEncoding(utf16(line, false)), Encoding::kUtf16Le);
  EXPECT_EQ(GuessEncoding(utf16(line, true)), Encoding::kUtf16Be);
  EXPECT_EQ(GuessEncoding(std::string("\xFF\xFE\0\0o\0\0\0", 8)), Encoding::kUtf32);
  EXPECT_EQ(GuessEncoding("PK\x03\x04\x14\x80"), Encoding::kOffice);
  EXPECT_EQ(GuessEncoding("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Encoding::kOffice);
  EXPECT_EQ(GuessEncoding("%PDF-1.7\n\xE2\xE3"), Encoding::kBinary);
  EXPECT_EQ(GuessEncoding(std::string(200, '\x01') + "\xFF"), Encoding::kBinary);
  EXPECT_EQ(GuessEncoding("M\xFCller, caf\xE9, na\xEFve, Stra\xDF" "e, gar\xE7on, \xE9t\xE9"), Encoding::kWindows1252);
  // A sound text with a broken letter, and one with a passage out of an old document.
  EXPECT_EQ(GuessEncoding(line + "Vi\xE1\xBB"), Encoding::kDamagedUtf8);
  EXPECT_EQ(GuessEncoding("\xFF"), Encoding::kDamagedUtf8);
  EXPECT_EQ(GuessEncoding(line + Tcvn3("Tổ chức thực hiện nhiệm vụ trên địa bàn phường")), Encoding::kTcvn3);
}

TEST(LegacyText, FindsNothingInSoundText) {
  for (const auto& entry : fs::recursive_directory_iterator(std::string(ORDO_SOURCE_DIR))) {
    const fs::path& path = entry.path();
    if (path.string().find("/build") != std::string::npos || path.string().find("/.git") != std::string::npos) continue;
    const std::string extension = path.extension().string(), name = path.filename().string();
    if (extension != ".ordo" && extension != ".md" && extension != ".txt" && extension != ".tsv" && extension != ".def") continue;
    const std::string text = ReadAll(path);
    if (FindInvalidUtf8(text)) continue;
    for (const Misread& found : FindMisread(text, 100)) {
      const std::string words = text.substr(found.begin, found.end - found.begin);
      // Pages that speak of such text quote two words of it.
      EXPECT_TRUE(false) << path << ": " << words;
    }
  }
  constexpr const char* kSound[] = {
      "The naïve approach of Noël and Zoë: coöperate, reëlect, façade, Müller, señor, São Paulo, où, déjà vu, créée, più, può, città.",
      "Où est-il? Là où naît le maïs, où l'on hait Saül et Moïse; aïe, ouïe, Loïc, Zoé; à côté, forêt, âge, île, naïf, égoïste.",
      "Die Straße nach München führt über Köln; schöne Grüße, Öl, Äpfel, Übung, müßig, größer, häufig, Träume, Bäume.",
      "El niño y la niña comieron piña; mañana, señor, año, ñandú, ñame, ñoño, pingüino, ¿qué?, ¡olé!",
      "São ações, não são opções; maçãs, irmãos, coração, pães, limões, ãos, põe.",
      "Työ, hyvää päivää, äänestys, yöllä, Åbo, blåbær, rød grød med fløde, få, så, når, øre, æble, ærø.",
      "Þetta er íslenska: það, að, við, ég, þú, hún; ðæ ó.",
      "5 µm, 3 µg/m³, 2 µl; 10 m², 7 km²; quyết định¹, văn bản²; Windows®, Word®, Excel®, © 2026, §4, 30°C, ±5, ½, ¾.",
      "Hoà bình, khoá học, xoá đói, toà án, hoá đơn, loã xoã; hoà, khoá, toà, xoá, hoá.",
      "imple\u00ADmen\u00ADta\u00ADtion of the reor\u00ADga\u00ADni\u00ADsa\u00ADtion, "
      "co\u00ADope\u00ADra\u00ADtion and de\u00ADve\u00ADlop\u00ADment",
      "«Kế hoạch»và«Chương trình»; «A»«B»«C»; (xã)«thôn»“XÃ”…“ĐÃ”…“LÃ”…",
  };
  for (const char* text : kSound) EXPECT_TRUE(FindMisread(text, 10).empty()) << text;
}

TEST(LegacyText, FindsMisreadText) {
  const std::vector<std::pair<Encoding, std::string (*)(std::string_view)>> kinds = {
      {Encoding::kTcvn3, Tcvn3}, {Encoding::kVni, Vni}, {Encoding::kWindows1258, Windows1258},
      {Encoding::kUtf8, [](std::string_view text) { return std::string(text); }}};
  // Every passage of the plans that has enough words, alone.
  size_t asked = 0, missed = 0;
  std::string missing;
  for (const fs::path& plan : Plans()) {
    const std::string text = ToNfc(ReadAll(plan));
    for (size_t open = text.find('"'); open != std::string::npos;) {
      const size_t close = text.find('"', open + 1);
      if (close == std::string::npos) break;
      const std::string passage = text.substr(open + 1, close - open - 1);
      open = text.find('"', close + 1);
      if (std::count(passage.begin(), passage.end(), ' ') < 9) continue;
      for (const auto& [encoding, convert] : kinds) {
        const std::string misread = ReadAs1252(convert(passage));
        ASSERT_FALSE(FindInvalidUtf8(misread));
        const auto found = FindMisread(misread, 5);
        ++asked;
        if (found.empty()) {
          ++missed;
          missing += misread + "\n";
          continue;
        }
        EXPECT_EQ(found[0].was, encoding) << misread;
        ASSERT_LE(found[0].begin, found[0].end);
        ASSERT_LE(found[0].end, misread.size());
      }
    }
  }
  EXPECT_GT(asked, 1000u);
  EXPECT_LT(missed * 100, asked) << missed << " of " << asked << "\n" << missing;   // figures and names without signs of their own
}

TEST(LegacyText, PointsToThePassage) {
  const std::string before = "Các đơn vị tổ chức thực hiện. ", after = " Văn phòng theo dõi, đôn đốc.";
  const std::string passage = "Tổ chức thực hiện nhiệm vụ trên địa bàn phường Hải Dương";
  for (const std::string& misread : {ReadAs1252(Tcvn3(passage)), ReadAs1252(Vni(passage)), ReadAs1252(passage)}) {
    const std::string text = before + misread + after;
    const auto found = FindMisread(text, 5);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_GE(found[0].begin, before.size());
    EXPECT_LE(found[0].begin, before.size() + 12);
    EXPECT_LE(found[0].end, before.size() + misread.size());
    EXPECT_GE(found[0].end + 8, before.size() + misread.size());
  }
  EXPECT_EQ(FindMisread("KÕ ho¹ch n¨m 2026", 5).size(), 0u) << "two words are no evidence";
  EXPECT_EQ(FindMisread("KÕ ho¹ch thùc hiÖn nhiÖm vô n¨m 2026 trªn ®Þa bµn", 5).size(), 1u);
  std::string many;
  for (int i = 0; i < 50; ++i) many += before + ReadAs1252(Tcvn3(passage));
  EXPECT_EQ(FindMisread(many, 7).size(), 7u);
}

TEST(LegacyText, AnyBytes) {
  uint32_t state = 12345;
  for (int round = 0; round < 300; ++round) {
    std::string bytes(static_cast<size_t>(round) * 7, '\0');
    for (char& c : bytes) {
      state = state * 1664525u + 1013904223u;
      c = static_cast<char>(state >> 24);
    }
    GuessEncoding(bytes);
    for (const Misread& found : FindMisread(bytes, 10)) EXPECT_LE(found.end, bytes.size());
  }
}

}  // namespace
}  // namespace ordo
