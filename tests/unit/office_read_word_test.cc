// Word files made by python-docx, read as grids; the same files saved again by LibreOffice.
#include <gtest/gtest.h>

#include "support/office_files.h"

namespace ordo::office {
namespace {

class ReadWord : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TestFolder("word");
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
TestFolder* ReadWord::folder_ = nullptr;

constexpr std::string_view kMerges =
    "# Đầu văn bản\n"
    "! >3 trên cùng|(trên cùng)|(trên cùng)\n"
    "v3 dọc|1.1|1.2\n"
    "(dọc)|2.1|2.2\n"
    "(dọc)|>2 v2 khối|(khối)\n"
    "4.0|(khối)|(khối)\n";

TEST_F(ReadWord, MergesAndTextBetween) {
  const GridFile file = Read("merges.docx");
  EXPECT_EQ(file.kind, GridFile::Kind::kWord);
  ASSERT_EQ(file.grids.size(), 2u);
  EXPECT_EQ(AsText(file.grids[0]), kMerges);
  EXPECT_EQ(file.grids[0].rows[3].place, "bảng 1, hàng 4");
  EXPECT_EQ(AsText(file.grids[1]), "# Giữa hai bảng\nmột ô\n");
  EXPECT_EQ(file.after, std::vector<std::string>{"Cuối"});
  EXPECT_FALSE(file.marks);
}

constexpr std::string_view kRuns =
    "tiêu đề\n"
    "thêm chữ chèn\n"
    "còn\n"
    "giữ không gạch\n"
    "chỗ mới\n"
    "liên kết sau\n"
    "một\thai/ba/bốn\n"
    "trong ô nhập\n"
    "cả đoạn\n"
    "KH-UBND\n"
    "hiện\n"
    "liền một mạch\n"
    "trước đây gạch\n"
    "ngoài hộp\n"
    "trước/trong 1/trong 2//sau\n"
    "hàng chèn\n"
    "hàng trong ô nhập\n"
    "ô trong ô nhập\n"
    "[_Ordo0007] có dấu\n";

TEST_F(ReadWord, WhatAReaderSees) {
  const GridFile file = Read("runs.docx");
  ASSERT_EQ(file.grids.size(), 1u);
  EXPECT_EQ(AsText(file.grids[0]), kRuns);
  EXPECT_EQ(file.grids[0].rows.back().place, "bảng 1, hàng 20");   // the deleted row is still a row on the page
}

TEST_F(ReadWord, SavedAgainByLibreOffice) {
  ASSERT_TRUE(SavedAgain(*folder_, "merges.docx", "docx"));
  const GridFile file = Read("again/merges.docx");
  ASSERT_EQ(file.grids.size(), 2u);
  EXPECT_EQ(AsText(file.grids[0]), kMerges);
}

}  // namespace
}  // namespace ordo::office
