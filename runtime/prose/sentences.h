// The sentences of a passage of official Vietnamese prose, and whether each names something to be done. In: a passage in UTF-8. Out: its
// sentences in order, without the blanks between them. Pure, linear in the passage; any bytes may come in.
// A sentence ends at a full stop, semicolon, question or exclamation mark that is followed by a capital, a digit or the sign of an item, and
// before a line that begins like an item («- », «1.», «a)»).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace ordo::prose {

struct Sentence {
  size_t begin = 0, end = 0;   // bytes
  // It holds a verb of duty («chủ trì», «xây dựng», «triển khai») and neither gives grounds («Căn cứ …», «Thực hiện Nghị quyết số …») nor
  // leads to a list (ends in a colon).
  bool is_duty = false;
};

std::vector<Sentence> FindSentences(std::string_view passage);

}  // namespace ordo::prose
