// Files cut off anywhere, with bytes turned over, with entities, in legacy encodings, beyond the limits: refused or read, never worse.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "runtime/office/read_fault.h"
#include "support/office_files.h"

namespace ordo::office {
namespace {

std::optional<ReadFault> FaultOf(std::string_view bytes, const ReadLimits& limits = {}) {
  const auto file = ReadGrids(bytes, limits);
  if (file.ok()) return std::nullopt;
  const auto problem = ProblemOf(file.status());
  EXPECT_TRUE(problem) << file.status();
  return problem ? std::optional(problem->fault) : std::nullopt;
}
std::string Word(std::string_view xml) { return *Packed({{"word/document.xml", std::string(xml)}}); }

TEST(ReadHostile, CutOffAndTurnedOver) {
  const TestFolder folder("hostile");
  ASSERT_TRUE(MakeOfficeFiles(folder));
  std::mt19937 random(7);
  for (const char* name : {"runs.docx", "values.xlsx"}) {
    const std::string whole = folder.Bytes(name);
    ASSERT_FALSE(FaultOf(whole)) << name;
    for (size_t size = 0; size < whole.size(); size += 97) EXPECT_TRUE(FaultOf(whole.substr(0, size))) << name << size;
    for (int round = 0; round < 1000; ++round) {
      std::string bytes = whole;
      for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
      (void)ReadGrids(bytes);
    }
  }
}

TEST(ReadHostile, EntitiesAndDepth) {
  EXPECT_EQ(FaultOf(Word("<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><d>&a;</d>")), ReadFault::kDeclarations);
  EXPECT_EQ(FaultOf(Word("<d>&undeclared;</d>")), ReadFault::kBroken);
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(FaultOf(Word(deep)), ReadFault::kTooLarge);
}

TEST(ReadHostile, Limits) {
  ReadLimits limits;
  limits.max_part = 1 << 20;
  EXPECT_EQ(FaultOf(Word(std::string(2 << 20, ' ')), limits), ReadFault::kTooLarge);
  limits = {};
  limits.max_rows = 10;
  std::string csv;
  for (int i = 0; i < 11; ++i) csv += "a,b\r\n";
  EXPECT_EQ(FaultOf(csv, limits), ReadFault::kTooLarge);
  limits.max_parts = 1;
  EXPECT_EQ(FaultOf(*Packed({{"a", "a"}, {"b", "b"}}), limits), ReadFault::kTooLarge);
}

void Put16(std::string& bytes, size_t at, uint32_t value) {
  bytes[at] = static_cast<char>(value);
  bytes[at + 1] = static_cast<char>(value >> 8);
}
// Offset of the only entry's record in the directory.
size_t Directory(const std::string& bytes) { return bytes.rfind("PK\x01\x02"); }

TEST(ReadHostile, EntryThatLiesAboutItsSize) {
  const std::string whole = Word("<d>" + std::string(5000, 'x') + "</d>");
  for (const uint32_t size : {100u, 60'000u}) {   // less and more than there is
    std::string bytes = whole;
    Put16(bytes, Directory(bytes) + 24, size);
    EXPECT_TRUE(FaultOf(bytes)) << size;
  }
  std::string bytes = whole;
  Put16(bytes, Directory(bytes) + 26, 0x7FFF);   // two gigabytes: refused before they are set aside
  EXPECT_TRUE(FaultOf(bytes));
}

TEST(ReadHostile, BombAndPassword) {
  const std::string bomb = Word(std::string(300u << 20, ' '));
  ASSERT_LT(bomb.size(), (300u << 20) / 900);
  EXPECT_EQ(FaultOf(bomb), ReadFault::kTooLarge);
  std::string locked = Word("<d/>");
  Put16(locked, Directory(locked) + 8, 1);
  Put16(locked, locked.find("PK\x03\x04") + 6, 1);
  EXPECT_EQ(FaultOf(locked), ReadFault::kLocked);
}

std::string Sheet(const std::string& data) {
  return *Packed({{"xl/workbook.xml", R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>)"},
                  {"xl/_rels/workbook.xml.rels", R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="t" Target="worksheets/a.xml"/></Relationships>)"},
                  {"xl/worksheets/a.xml", R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>)" + data + "</sheetData></worksheet>"}});
}

TEST(ReadHostile, EmptyRowsAndCells) {
  const auto begin = std::chrono::steady_clock::now();
  std::string rows, cells, line;
  for (int i = 0; i < 1'000'000; ++i) rows += "<row/>";
  for (int i = 0; i < 10'000; ++i) line += "<c/>";
  for (int i = 0; i < 100; ++i) cells += "<row>" + line + "</row>";
  for (const std::string& data : {rows, cells}) {
    const auto file = ReadGrids(Sheet(data));
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_TRUE(file->grids[0].rows.empty());
  }
  EXPECT_TRUE(FaultOf(Sheet("<row>" + std::string(20'000 * 4, ' ').replace(0, 0, line + line) + "</row>")));   // beyond the last column
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(ReadHostile, FormulasAreTheirKeptValues) {
  const auto file = ReadGrids(Sheet(R"(<row r="1"><c t="str"><f>HYPERLINK("http://x","bấm")</f><v>bấm</v></c><c t="str"><f>cmd|' /C calc'!A0</f><v>0</v></c></row>)"));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(AsText(file->grids[0]), "=bấm|=0\n");
}

TEST(ReadHostile, Csv) {
  const auto text = [](std::string_view bytes) {
    const auto file = ReadGrids(bytes);
    return file.ok() ? AsText(file->grids[0]) : std::string(file.status().message());
  };
  EXPECT_EQ(text("\xEF\xBB\xBF" "TT;Việc, hạn\r\n1;'=1+1\r\n\r\n2;\"a;\nb\"\r\n"), "TT|Việc, hạn\n1|=1+1\n|\n2|a;/b\n");
  EXPECT_EQ(text("a\tb\nc\td\n"), "a|b\nc|d\n");
  EXPECT_EQ(text(std::string_view("\xFF\xFE" "a\0,\0b\0\n\0", 10)), "a|b\n");
  EXPECT_EQ(FaultOf("a,\"b\n"), ReadFault::kBroken);
  EXPECT_EQ(FaultOf("Ph\xADng \xAE\xB9i, \xAE\xAC\n"), ReadFault::kEncoding);
  EXPECT_EQ(FaultOf(""), ReadFault::kUnknown);
  EXPECT_EQ(FaultOf("%PDF-1.7"), ReadFault::kUnknown);
  EXPECT_EQ(FaultOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), ReadFault::kOldFormat);
  EXPECT_EQ(FaultOf(*Packed({{"mimetype", "x"}})), ReadFault::kUnknown);
}

}  // namespace
}  // namespace ordo::office
