// What a passage of an official plan speaks of: annexes that it announces, words for tiers of administration, places, further plans that it
// orders, steering bodies, documents named without number, itself; abbreviations, and words that have two accepted spellings. In: a
// passage in UTF-8, composed (NFC). Out: each with its bytes, in the order of the text. Pure, one walk over the words, linear; any bytes
// may come in. Of one kind the first hundred of a passage are given. Whether a mention is a fault, rules decide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/prose/names.h"

namespace ordo::prose {

enum class MentionKind : uint8_t {
  kAnnex,         // «Chi tiết tại Phụ lục kèm theo»; form: «phụ lục», «biểu chi tiết»
  kTier,          // the plan's own area by a word for its tier: «ngân sách của xã», «toàn phường»; form: the word
  kPlace,         // a tier word with a name: «trên địa bàn phường Trấn Biên», «quận Hồng Bàng»; form: «phường trấn biên»
  kFurtherPlan,   // «xây dựng kế hoạch …», «ban hành các chương trình, đề án»
  kSteering,      // «Ban Chỉ đạo thực hiện Nghị quyết …»; form: what tells it from another, «thực hiện nghị quyết 57»
  kUnnumbered,    // «Kế hoạch của Thành ủy»: no symbol; form: the issuer as written
  kOwnKind,       // «Kế hoạch hành động này», «nội dung Kế hoạch này»; form: the kind, «kế hoạch hành động»
};

struct Mention {
  MentionKind kind = MentionKind::kAnnex;
  size_t begin = 0, end = 0;
  std::string form;        // see the kinds; letters as FoldName has them
  uint32_t number = 0;     // of kTier and kPlace: that of the tier word in `tiers`
  bool own = false;        // of kTier: something that an area has of its own stands before it, «lợi thế của tỉnh», or «trên địa bàn»
};
// `words`: those of the passage.
std::vector<Mention> FindMentions(std::string_view passage, std::span<const Word> words, const NameTable& tiers);
inline std::vector<Mention> FindMentions(std::string_view passage, const NameTable& tiers) { return FindMentions(passage, WordsOf(passage), tiers); }

// «KHCN», «CT-XH», «BCĐ»: two capitals and more, maybe parted by «-» or «&». Not read: symbols of documents, Roman numbers, passages in
// capitals.
struct Abbreviation {
  size_t begin = 0, end = 0;
  bool defined = false;          // here: «khoa học, công nghệ (KHCN)», «viết tắt là KHCN»
  bool listed = false;           // with others, behind what they stand for: «khoa học, công nghệ và chuyển đổi số (KHCN, CĐS)»
};
std::vector<Abbreviation> FindAbbreviations(std::string_view passage);
// Its letters without signs and marks: «KH-CN» and «KH&CN» are «KHCN», «CDS» and «CĐS» are «CDS».
std::string BareLetters(std::string_view abbreviation);

// A word or phrase that has another accepted spelling: «ủy» and «uỷ», «hằng năm» and «hàng năm».
struct Spelling {
  size_t begin = 0, end = 0;
  std::string form;      // one for all spellings of the word
  bool newer = true;     // the tone on the main vowel («hóa»), «hằng» for «every»
};
std::vector<Spelling> FindSpellings(std::string_view passage, std::span<const Word> words);
inline std::vector<Spelling> FindSpellings(std::string_view passage) { return FindSpellings(passage, WordsOf(passage)); }

}  // namespace ordo::prose
