// How a row of a target reads, and what is to come out of a plan.
#include "support/run_plan.h"

namespace ordo::testing {
namespace {

using Texts = std::vector<std::string>;

const std::string kRules = R"(ordo 1 vi
kế hoạch k "Kế hoạch" { giai đoạn: năm 2026 }
quy tắc ZZ01 "Nguyên văn" {
  mức độ: thông tin
  với mỗi dòng chỉ tiêu r
  trong đó r.nguyên văn đã nêu
  gọi words = r.nguyên văn
  vị trí: r
  en: "{words}"
  vi: "{words}"
}
quy tắc ZZ02 "Kết quả" {
  mức độ: thông tin
  với mỗi kế hoạch p
  với mỗi x thuộc p.các kết quả
  vị trí: x
  en: "{x}"
  vi: "{x}"
}
quy tắc ZZ03 "Chữ in ra" {
  mức độ: thông tin
  với mỗi kế hoạch p
  với mỗi x thuộc p.các kết quả
  trong đó chữ in ra(x) đã nêu
  gọi words = chữ in ra(x)
  vị trí: x
  en: "{words}"
  vi: "{words}"
}
)";

Texts Messages(const PlanRun& run, std::string_view code) {
  Texts messages;
  for (const Finding& finding : run.findings()) {
    if (finding.code == code) messages.push_back(finding.message);
  }
  return messages;
}

TEST(RowWording, ItsOwnElseTheSentenceElseTheWords) {
  const PlanRun run(kRules + R"(chỉ tiêu a "A" {
  nguyên văn: "Có {} hồ sơ {}"
  đến hết 2025 đạt >= 80%
  đến hết 2026 đạt từ 80% đến 90% mỗi năm
  đến hết 2027 đạt 100% ghi "Toàn bộ hồ sơ"
  đến hết 2028 hoàn thành "đủ"
}
chỉ tiêu b "B" { nguyên văn: "Không có chỗ trống"; đến hết 2025 đạt 80%; đến hết 2026 hoàn thành "Xong" }
chỉ tiêu c "C" { đến hết 2025 đạt 80%; đến hết 2026 hoàn thành "Xong cả" }
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Messages(run, "ZZ01"), (Texts{"Có >= 80% hồ sơ {}", "Có từ 80% đến 90% mỗi năm hồ sơ {}", "Toàn bộ hồ sơ",
                                          "Có đủ hồ sơ {}", "Không có chỗ trống", "Xong", "Xong cả"}));
}

TEST(RowWording, ASentenceWithoutEndIsNotCopied) {
  const std::string sentence = "{} " + std::string(3000, 'a');
  const PlanRun run(kRules + "chỉ tiêu a \"A\" { nguyên văn: \"" + sentence + "\"; đến hết 2025 đạt 80% }\n");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Messages(run, "ZZ01"), Texts{sentence});
}

TEST(Results, ValuesOfProductsAndRowsOfTargets) {
  const PlanRun run(kRules + R"(đơn vị u "U"
chỉ tiêu a "A" { đến hết 2026 đạt 80% }
nhiệm vụ t "T" { chủ trì: u; kết quả: "Danh mục", báo cáo, a }
nhiệm vụ t2 "T2" {
  chủ trì: u
  kết quả: a ghi "Đạt 80%"
  mốc m "M" { thời hạn: trước 01/03/2026; kết quả: "Biên bản" }
}
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Messages(run, "ZZ02").size(), 6u);
  EXPECT_EQ(Messages(run, "ZZ03"), (Texts{"Danh mục", "Đạt 80%", "Biên bản"}));
}

TEST(Results, WhatABlockSharesIsOne) {
  const PlanRun run(kRules + R"(đơn vị u "U"
mục m "M" {
  dùng chung { chủ trì: u; kết quả: "Danh mục", báo cáo "Báo cáo rà soát" }
  nhiệm vụ t "T" { thời hạn: tháng 3 năm 2026 }
  nhiệm vụ t2 "T2" { thời hạn: tháng 3 năm 2026 }
}
)");
  ASSERT_TRUE(run.sound()) << run.Rendered();
  EXPECT_EQ(Messages(run, "ZZ02"), (Texts{"Danh mục", "Báo cáo rà soát"}));
  EXPECT_EQ(Messages(run, "ZZ03"), (Texts{"Danh mục", "Báo cáo rà soát"}));
}

}  // namespace
}  // namespace ordo::testing
