#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "runtime/base/decimal.h"

namespace ordo {
namespace {

constexpr Language kVi = Language::kVietnamese;
constexpr Language kEn = Language::kEnglish;
constexpr int64_t kLargest = (int64_t{1} << 55) - 1;

Decimal D(int64_t mantissa, int scale = 0) { return Decimal::Make(mantissa, scale).value(); }

std::string Read(std::string_view digits, Language language) {
  const auto value = Decimal::Parse(digits, language);
  return value ? value->ToString(kEn) : "none";
}

TEST(Decimal, IsCanonical) {
  EXPECT_EQ(D(1500, 2), D(15));
  EXPECT_EQ(D(1500, 2).scale(), 0);
  EXPECT_EQ(D(-350, 2).mantissa(), -35);
  EXPECT_EQ(D(0, 7), Decimal());
  EXPECT_EQ(D(3, -4), D(30000));
  EXPECT_EQ(D(10, 16), D(1, 15));
  EXPECT_FALSE(Decimal::Make(1, 16));
  EXPECT_FALSE(Decimal::Make(kLargest + 1, 0));
  EXPECT_FALSE(Decimal::Make(INT64_MIN, 0));
  EXPECT_FALSE(Decimal::Make(1, -17));
  EXPECT_TRUE(Decimal::Make(kLargest, 0));
}

TEST(Decimal, ReadsVietnameseDigits) {
  EXPECT_EQ(Read("1.500", kVi), "1500");
  EXPECT_EQ(Read("3,5", kVi), "3.5");
  EXPECT_EQ(Read("16.000.000", kVi), "16000000");
  EXPECT_EQ(Read("16.000,25", kVi), "16000.25");
  EXPECT_EQ(Read("2000", kVi), "2000");
  EXPECT_EQ(Read("05", kVi), "5");
  EXPECT_EQ(Read("0,70", kVi), "0.7");
  EXPECT_EQ(Read("0,50000000000000000000000", kVi), "0.5");
  for (const char* wrong : {"", "0.7", "0.700", "1.50", "1.5000", "1234.500", "1.500.00", "1,", ",5", "1,5,5", "1,500.000", "-1",
                            "+1", "1 500", "1.", ".500", "12a", "99999999999999999999"}) {
    EXPECT_EQ(Read(wrong, kVi), "none") << wrong;
  }
}

TEST(Decimal, ReadsEnglishDigits) {
  EXPECT_EQ(Read("1500", kEn), "1500");
  EXPECT_EQ(Read("3.5", kEn), "3.5");
  EXPECT_EQ(Read("1.500", kEn), "1.5");
  for (const char* wrong : {"1,500", "3,5", "1.2.3", ".5", "5.", "1e3", "0.1234567890123456"}) {
    EXPECT_EQ(Read(wrong, kEn), "none") << wrong;
  }
}

TEST(Decimal, WritesBothSkins) {
  EXPECT_EQ(D(1500).ToString(kVi), "1500");
  EXPECT_EQ(D(9999).ToString(kVi), "9999");
  EXPECT_EQ(D(10000).ToString(kVi), "10.000");
  EXPECT_EQ(D(100000).ToString(kVi), "100.000");
  EXPECT_EQ(D(-16000000).ToString(kVi), "-16.000.000");
  EXPECT_EQ(D(160000005, 4).ToString(kVi), "16.000,0005");
  EXPECT_EQ(D(-5, 2).ToString(kVi), "-0,05");
  EXPECT_EQ(D(1600000).ToString(kEn), "1600000");
  EXPECT_EQ(D(-5, 2).ToString(kEn), "-0.05");
}

TEST(Decimal, ReadsWhatItWrites) {
  for (const int64_t mantissa :
       {int64_t{0}, int64_t{7}, int64_t{1500}, int64_t{9999}, int64_t{10000}, int64_t{1234567890123456}, kLargest}) {
    for (const int scale : {0, 1, 3, 15}) {
      const Decimal value = D(mantissa, scale);
      EXPECT_EQ(Decimal::Parse(value.ToString(kVi), kVi), value);
      EXPECT_EQ(Decimal::Parse(value.ToString(kEn), kEn), value);
    }
  }
}

TEST(Decimal, NothingLeavesTheRangeInSilence) {
  EXPECT_FALSE(D(kLargest).Plus(D(1)));
  EXPECT_FALSE(D(-kLargest).Minus(D(1)));
  EXPECT_EQ(D(kLargest).Minus(D(kLargest)), D(0));
  EXPECT_EQ(D(-kLargest).Negated(), D(kLargest));
  EXPECT_FALSE(D(kLargest).Times(D(2)));
  EXPECT_FALSE(D(1, 8).Times(D(1, 8)));
  EXPECT_FALSE(D(kLargest).Plus(D(1, 15)));
  EXPECT_EQ(D(kLargest).Times(D(1, 15)), D(kLargest, 15));
  EXPECT_EQ(D(4, 8).Times(D(25, 9)), D(1, 15));  // the product ends with zeros
}

TEST(Decimal, Calculates) {
  EXPECT_EQ(D(1, 1).Plus(D(2, 1)), D(3, 1));
  EXPECT_EQ(D(15, 1).Plus(D(5, 1)), D(2));
  EXPECT_EQ(D(40, 2).Times(D(35)), D(14));
  EXPECT_EQ(D(1).Minus(D(1, 15)), D(999999999999999, 15));
}

TEST(Decimal, DividesExactlyOrNotAtAll) {
  EXPECT_EQ(D(1).DividedBy(D(8)), D(125, 3));
  EXPECT_EQ(D(30000).DividedBy(D(16)), D(1875));
  EXPECT_EQ(D(-1).DividedBy(D(-4)), D(25, 2));
  EXPECT_EQ(D(1).DividedBy(D(-4)), D(-25, 2));
  EXPECT_EQ(D(6).DividedBy(D(3)), D(2));
  EXPECT_EQ(D(1).DividedBy(D(1, 15)), D(1000000000000000));
  EXPECT_EQ(D(0).DividedBy(D(7)), D(0));
  EXPECT_EQ(D(1).DividedBy(D(1 << 15)), D(30517578125, 15));
  EXPECT_FALSE(D(1).DividedBy(D(3)));
  EXPECT_FALSE(D(1).DividedBy(D(0)));
  EXPECT_FALSE(D(1).DividedBy(D(1 << 16)));       // ends only after 16 places
  EXPECT_FALSE(D(kLargest).DividedBy(D(1, 15)));  // too large
  EXPECT_EQ(D(1, 15).DividedBy(D(int64_t{1} << 54)), std::nullopt);
}

TEST(Decimal, CellsAreInjectiveAndComeBack) {
  std::set<int64_t> cells;
  std::set<std::pair<int64_t, int>> values;
  for (const int64_t mantissa : {int64_t{0}, int64_t{1}, int64_t{-1}, int64_t{2}, int64_t{16}, int64_t{255}, int64_t{256},
                                 int64_t{-256}, int64_t{1500}, kLargest, -kLargest}) {
    for (int scale = 0; scale <= 15; ++scale) {
      const Decimal value = D(mantissa, scale);
      EXPECT_EQ(Decimal::FromCell(value.cell()), value);
      cells.insert(value.cell());
      values.insert({value.mantissa(), value.scale()});
    }
  }
  EXPECT_EQ(cells.size(), values.size());
  EXPECT_EQ(D(150, 2).cell(), D(15, 1).cell());
}

TEST(Decimal, IsOrderedByValue) {
  const std::vector<Decimal> ordered = {D(-kLargest), D(-16),  D(-15, 1), D(-1, 15), D(0),       D(1, 15),
                                        D(9, 2),      D(1, 1), D(15, 1),  D(2),      D(kLargest)};
  for (size_t i = 0; i < ordered.size(); ++i) {
    for (size_t j = 0; j < ordered.size(); ++j) EXPECT_EQ(ordered[i] <=> ordered[j], i <=> j) << i << " " << j;
  }
}

TEST(Decimal, KnowsIntegers) {
  EXPECT_EQ(D(250, 1).ToInt(), 25);
  EXPECT_EQ(D(25, 1).ToInt(), std::nullopt);
  EXPECT_EQ(Decimal::FromInt(-7), D(-7));
  EXPECT_DEATH(Decimal::FromInt(kLargest + 1), "out of range");
}

}  // namespace
}  // namespace ordo
