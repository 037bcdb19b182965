// Excel files made by openpyxl, read as grids; the same files saved again by LibreOffice, which computes their formulas.
#include <gtest/gtest.h>

#include "support/office_files.h"

namespace ordo::office {
namespace {

class ReadExcel : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TestFolder("excel");
    ASSERT_TRUE(MakeOfficeFiles(*folder_));
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  static GridFile Read(std::string_view name) {
    auto file = ReadGrids(folder_->Bytes(name));
    EXPECT_TRUE(file.ok()) << file.status();
    return file.ok() ? *std::move(file) : GridFile();
  }
  static TestFolder* folder_;
};
TestFolder* ReadExcel::folder_ = nullptr;

constexpr std::string_view kValues =
    "! TT|Giá trị|Ghi chú\n"
    "1|1500,5|\n"
    "2|12,5%|\n"
    "3|16.000.000|\n"
    "4|2,68|\n"
    "5|05/03/2026|\n"
    "6|Tháng 5/2026|\n"
    "7|{}|\n"
    "8|TRUE|\n"
    "9|{}|\n"
    "10|- gạch đầu dòng|+84\n"
    "11|chữ đậm|\n"
    "12|01/01/1900|\n"
    "13|28/02/1900|\n"
    "14|01/03/1900|\n"
    "15|0,3|\n"
    "16|18:00|\n"
    "17|45|\n"
    "||\n"
    ">3 gộp ngang|(gộp ngang)|(gộp ngang)\n"
    "v2 gộp dọc|x|\n"
    "(gộp dọc)|y|\n";

TEST_F(ReadExcel, ValuesAsShown) {
  const GridFile file = Read("values.xlsx");
  EXPECT_EQ(file.kind, GridFile::Kind::kExcel);
  ASSERT_EQ(file.grids.size(), 2u);
  EXPECT_EQ(file.skipped, std::vector<std::string>{"Ẩn"});
  const Grid& grid = file.grids[0];
  EXPECT_EQ(grid.name, "Biểu 1");
  EXPECT_EQ(AsText(grid), fmt::format(fmt::runtime(kValues), "", ""));   // openpyxl keeps no value of a formula
  EXPECT_EQ(grid.rows[1].place, "Biểu 1!A2");
  EXPECT_EQ(grid.rows.back().place, "Biểu 1!A22");
  EXPECT_EQ(grid.rows[5].cells[1].day, Date::FromYmd(2026, 3, 5));
  EXPECT_EQ(grid.rows[6].cells[1].day, Date::FromYmd(2026, 5, 1));
  EXPECT_EQ(grid.rows[3].cells[1].number, Decimal::FromInt(16'000'000));
  EXPECT_EQ(AsText(file.grids[1]), "! đầu|\n|hàng\n");
}

TEST_F(ReadExcel, SavedAgainByLibreOffice) {
  ASSERT_TRUE(SavedAgain(*folder_, "values.xlsx", "xlsx"));
  const GridFile file = Read("again/values.xlsx");
  ASSERT_EQ(file.grids.size(), 2u);
  std::string text = AsText(file.grids[0]);
  EXPECT_NE(text.find("\n7|=21|\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n9|=#DIV/0!|\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n6|Tháng 5/2026|\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n15|0,3|\n"), std::string::npos) << text;
  EXPECT_NE(text.find("v2 gộp dọc|x|\n(gộp dọc)|y|\n"), std::string::npos) << text;
}

TEST_F(ReadExcel, EmptyRowsAreOneRow) {
  const GridFile file = Read("far.xlsx");
  ASSERT_EQ(file.grids.size(), 1u);
  EXPECT_EQ(AsText(file.grids[0]), "đầu|\n|\n|cuối\n");
  EXPECT_EQ(file.grids[0].rows.back().place, "Sheet!A1048576");
}

TEST_F(ReadExcel, DaysSince1904) {
  const GridFile file = Read("since_1904.xlsx");
  ASSERT_EQ(file.grids.size(), 1u);
  EXPECT_EQ(file.grids[0].rows[0].cells[0].day, Date::FromYmd(2026, 3, 5));
}

}  // namespace
}  // namespace ordo::office
