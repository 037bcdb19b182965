// Values as they are typed in questions and expectations.
#include <gtest/gtest.h>

#include "compiler/driver/cell_text.h"

namespace ordo {
namespace {

class CellText : public ::testing::Test {
 protected:
  CellText() {
    program_.strings = &strings_;
    program_.words.push_back({"warning", "warning", "cảnh báo"});
    known_ = strings_.Intern("đã biết");
  }
  std::optional<ir::Cell> Of(ir::Type type, std::string_view text, Language language = Language::kVietnamese) {
    return CellOfText(program_, type, text, language, [](const std::string& name) { return name == "t1" ? EntityId{7} : EntityId::kNone; });
  }
  static ir::Cell Number(int64_t mantissa, int scale) { return Decimal::Make(mantissa, scale)->cell(); }
  StringPool strings_;
  ir::Program program_;
  Symbol known_ = Symbol::kEmpty;
};

TEST_F(CellText, ReadsEveryType) {
  EXPECT_EQ(Of(ir::Type::kEntity, " t1 "), 7);
  EXPECT_EQ(Of(ir::Type::kEntity, "t2"), std::nullopt);
  EXPECT_EQ(Of(ir::Type::kNumber, "18"), Number(18, 0));
  EXPECT_EQ(Of(ir::Type::kNumber, "-2,5"), Number(-25, 1));
  EXPECT_EQ(Of(ir::Type::kNumber, "2.5", Language::kEnglish), Number(25, 1));
  EXPECT_EQ(Of(ir::Type::kPercent, "40%"), Number(4, 1));
  EXPECT_EQ(Of(ir::Type::kDays, "5 ngày"), Number(5, 0));
  EXPECT_EQ(Of(ir::Type::kDate, "31/03/2026"), Of(ir::Type::kDate, "2026-03-31"));
  EXPECT_TRUE(Of(ir::Type::kDate, "2026-03-31").has_value());
  EXPECT_EQ(Of(ir::Type::kText, "\"đã biết\""), static_cast<ir::Cell>(known_));
  EXPECT_EQ(Of(ir::Type::kText, "đã biết"), static_cast<ir::Cell>(known_));
  EXPECT_EQ(Of(ir::Type::kWord, "cảnh báo"), 0);
  EXPECT_EQ(Of(ir::Type::kBool, "có"), 1);
}

TEST_F(CellText, RefusesWhatIsNone) {
  EXPECT_EQ(Of(ir::Type::kNumber, "mười"), std::nullopt);
  EXPECT_EQ(Of(ir::Type::kNumber, "18 việc"), std::nullopt);
  EXPECT_EQ(Of(ir::Type::kNumber, ""), std::nullopt);
  EXPECT_EQ(Of(ir::Type::kDate, "31/04/2026"), std::nullopt);
  EXPECT_EQ(Of(ir::Type::kBool, "1"), std::nullopt);
  // A value all the same, only of nothing in the plan.
  EXPECT_EQ(Of(ir::Type::kText, "chưa từng có"), ir::kAbsent);
  EXPECT_EQ(Of(ir::Type::kWord, "chưa từng có"), ir::kAbsent);
}

}  // namespace
}  // namespace ordo
