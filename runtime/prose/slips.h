// Slips of writing in a passage of Vietnamese prose, each with its bytes: what a proof-reader would underline. In: a passage in
// UTF-8. Out: slips in the order in which they begin. Pure, one walk over the words, linear in the passage; any bytes may come in.
// Of one kind the first hundred of a passage are given: more tell nothing new. Nothing here decides how grave a slip is: rules do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/prose/words.h"

namespace ordo::prose {

enum class SlipKind : uint8_t {
  kRepeatedWords,    // «với với», «cơ quan, đơn vị, cơ quan, đơn vị»; not the reduplications of the language
  kUnpairedMark,     // a quotation mark or bracket without its partner
  kMarkup,           // of another format: «**», «$\geq», «&nbsp;»
  kHiddenSign,       // zero-width signs, soft hyphens, letters of another script among Latin ones, decomposed letters
  kOpenList,         // a list that ends in dots or «v.v.»
  kHedge,            // «nếu có», «nếu đủ điều kiện»
  kSentenceBreak,    // a small letter after a full stop, two stops, a blank before a comma
  kRunTogether,      // an item of a list inside a sentence: «phi địa giới hành - 100% hồ sơ»
  kPageNumber,       // a number of a page before the passage: «4 - 80% dân số»
  kMisspelling,      // a term of the glossary with another mark: «chuyển đối số»
  kBlank,            // a number or day left open: «số /KH-UBND», «ngày /01/2026»
  kSwallowed,        // a heading inside a sentence: «thông tin, truyền thông Tổ chức học tập»
  kNoun,             // «của» with no noun behind it: «thủ tục hành chính của hiện đại»
  kIllogical,        // to be made, and said to exist: «xây dựng các đề án, dự án đã triển khai»
};

struct Slip {
  SlipKind kind = SlipKind::kRepeatedWords;
  size_t begin = 0, end = 0;      // bytes of the passage
  std::string_view meant;         // of a misspelling: the term of the glossary; lives as long as the program
};

// `words`: those of the passage.
std::vector<Slip> FindSlips(std::string_view passage, std::span<const Word> words);
inline std::vector<Slip> FindSlips(std::string_view passage) { return FindSlips(passage, WordsOf(passage)); }

}  // namespace ordo::prose
