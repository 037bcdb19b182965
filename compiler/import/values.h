// Products and values of targets out of cells. In: evened texts. Out: values of the language in Vietnamese words. What is no value
// stays words.
#pragma once

#include <string>
#include <string_view>

namespace ordo::import {

struct ProductReading {
  std::string value;    // «báo cáo "Báo cáo rà soát"», a text, or kinds of documents with the cell as wording
};
ProductReading ReadProduct(std::string_view text);

// A measure as the language writes it: «%», «triệu đồng», else a text. "" for an empty one.
std::string ReadMeasure(std::string_view text);

struct ValueReading {
  bool number = false;    // false: words
  std::string verb;       // đạt, phấn đấu, hoàn thành, duy trì, tăng, giảm
  std::string value;      // «>= 85%», «từ 80% đến 90%», «3,5% mỗi năm», or a text
};
// `measure`: the text of the measure; its noun may stand behind the number («10 sáng kiến»).
ValueReading ReadValue(std::string_view text, std::string_view measure);
// «7 ngày», «tối thiểu 1 tháng»; "" if it is no length.
std::string ReadLength(std::string_view text);
// «150 triệu đồng»; "" if it is no sum of money.
std::string ReadMoney(std::string_view text);

}  // namespace ordo::import
