// Each renderer's whole output for one small table with cells that try to break out of it.
#include <gtest/gtest.h>

#include "runtime/base/unicode.h"
#include "runtime/report/table.h"

namespace ordo::report {
namespace {

Row MakeRow(std::string id, std::vector<Cell> cells, uint32_t begin) {
  Row row;
  row.id = std::move(id);
  row.number = cells[0].text;
  row.cells = std::move(cells);
  row.at = {0, begin, begin + 1};
  return row;
}

class RenderTest : public ::testing::Test {
 protected:
  RenderTest() {
    sources_.Add("plan.ordo", "a\nb\nc\nd\n");
    table_.id = "tasks";
    table_.title = "NHIỆM VỤ <2026>";
    table_.subtitle = "(Kèm theo Kế hoạch)";
    table_.columns = {{"number", "TT", true}, {"title", "Nội dung", false}, {"lead", "Chủ trì", false}};
    table_.landscape = true;
    Group group;
    group.id = "awareness";
    group.number = "I";
    group.title = "Nhận thức | \"số\"";
    group.at = {0, 0, 1};
    group.rows.push_back(MakeRow("sum", {"1", "=SUM(A1:A9)", "<script>alert('x')</script>"}, 2));
    group.rows.back().rows.push_back(MakeRow("part", {"", "a | b\nc & \"d\"", "Phòng A, *B*"}, 4));
    table_.groups.push_back(group);
    Row totals;
    totals.id = "totals";
    totals.cells = {"", "Tổng cộng", "-2"};
    table_.totals = totals;
  }

  std::string As(Format format) { return Render(table_, format, sources_, options_); }

  SourceSet sources_;
  Table table_;
  RenderOptions options_;
};

TEST_F(RenderTest, Json) {
  EXPECT_EQ(As(Format::kJson), R"json({
  "schema": "ordo/table/1",
  "id": "tasks",
  "title": "NHIỆM VỤ <2026>",
  "subtitle": "(Kèm theo Kế hoạch)",
  "columns": [
    {
      "id": "number",
      "title": "TT"
    },
    {
      "id": "title",
      "title": "Nội dung"
    },
    {
      "id": "lead",
      "title": "Chủ trì"
    }
  ],
  "groups": [
    {
      "number": "I",
      "title": "Nhận thức | \"số\"",
      "rows": [
        {
          "id": "sum",
          "number": "1",
          "cells": {
            "number": "1",
            "title": "=SUM(A1:A9)",
            "lead": "<script>alert('x')</script>"
          },
          "at": {
            "file": "plan.ordo",
            "line": 2
          },
          "rows": [
            {
              "id": "part",
              "number": "",
              "cells": {
                "number": "",
                "title": "a | b\nc & \"d\"",
                "lead": "Phòng A, *B*"
              },
              "at": {
                "file": "plan.ordo",
                "line": 3
              },
              "rows": []
            }
          ]
        }
      ]
    }
  ],
  "totals": {
    "number": "",
    "title": "Tổng cộng",
    "lead": "-2"
  }
}
)json");
}

TEST_F(RenderTest, Csv) {
  EXPECT_EQ(As(Format::kCsv),
            "\xEF\xBB\xBFTT,Nội dung,Chủ trì\r\n"
            "I,\"Nhận thức | \"\"số\"\"\",\r\n"
            "1,'=SUM(A1:A9),<script>alert('x')</script>\r\n"
            ",\"a | b\nc & \"\"d\"\"\",\"Phòng A, *B*\"\r\n"
            ",Tổng cộng,'-2\r\n");
}

TEST_F(RenderTest, CsvDisarmsEveryFormulaSign) {
  table_.totals.reset();
  table_.groups[0].rows = {MakeRow("a", {"+1", "@x", "\tx"}, 2), MakeRow("b", {"=\"a\",1", "\rx", "- x"}, 2)};
  EXPECT_EQ(As(Format::kCsv),
            "\xEF\xBB\xBFTT,Nội dung,Chủ trì\r\n"
            "I,\"Nhận thức | \"\"số\"\"\",\r\n"
            "'+1,'@x,'\tx\r\n"
            "\"'=\"\"a\"\",1\",\"'\rx\",'- x\r\n");
}

TEST_F(RenderTest, Markdown) {
  EXPECT_EQ(As(Format::kMarkdown),
            "# NHIỆM VỤ \\<2026\\>\n\n"
            "*(Kèm theo Kế hoạch)*\n\n"
            "| TT | Nội dung | Chủ trì |\n"
            "| ---: | --- | --- |\n"
            "| **I** | **Nhận thức \\| \"số\"** |  |\n"
            "| 1 | =SUM(A1:A9) | \\<script\\>alert('x')\\</script\\> |\n"
            "|  | a \\| b<br>c \\& \"d\" | Phòng A, \\*B\\* |\n"
            "|  | **Tổng cộng** | **-2** |\n");
}

TEST_F(RenderTest, Html) {
  const std::string page = As(Format::kHtml);
  const size_t body = page.find("<body>");
  ASSERT_NE(body, std::string::npos);
  EXPECT_EQ(page.substr(body),
            "<body>\n<main>\n"
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"NHIỆM VỤ &lt;2026&gt;\">\n<table>\n"
            "<caption><strong>NHIỆM VỤ &lt;2026&gt;</strong><em>(Kèm theo Kế hoạch)</em></caption>\n"
            "<thead>\n<tr><th scope=\"col\">TT</th><th scope=\"col\">Nội dung</th><th scope=\"col\">Chủ trì</th></tr>\n</thead>\n"
            "<tbody>\n"
            "<tr class=\"group\" data-id=\"awareness\" data-source=\"plan.ordo:1\" title=\"plan.ordo:1\">"
            "<td class=\"number\"><strong>I</strong></td>"
            "<th scope=\"rowgroup\" colspan=\"2\">Nhận thức | &quot;số&quot;</th></tr>\n"
            "<tr data-id=\"sum\" data-source=\"plan.ordo:2\" title=\"plan.ordo:2\"><td class=\"number\">1</td>"
            "<th scope=\"row\">=SUM(A1:A9)</th><td>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</td></tr>\n"
            "<tr class=\"sub\" data-id=\"part\" data-source=\"plan.ordo:3\" title=\"plan.ordo:3\"><td class=\"number\"></td>"
            "<th scope=\"row\">a | b<br>c &amp; &quot;d&quot;</th><td>Phòng A, *B*</td></tr>\n"
            "</tbody>\n<tfoot>\n"
            "<tr class=\"totals\" data-id=\"totals\"><td class=\"number\"></td><th scope=\"row\">Tổng cộng</th><td>-2</td></tr>\n"
            "</tfoot>\n</table>\n</div>\n</main>\n</body>\n</html>\n");
  const std::string head = page.substr(0, body);
  EXPECT_EQ(head.find("<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">"), 0u);
  EXPECT_NE(head.find("<title>NHIỆM VỤ &lt;2026&gt;</title>"), std::string::npos);
  EXPECT_NE(head.find("size: A4 landscape"), std::string::npos);
  EXPECT_NE(head.find("prefers-color-scheme: dark"), std::string::npos);
  EXPECT_EQ(page.find("http"), std::string::npos);      // needs nothing else
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

TEST_F(RenderTest, HtmlTellsItsLanguageAndPaper) {
  options_.language = Language::kEnglish;
  table_.landscape = false;
  const std::string page = As(Format::kHtml);
  EXPECT_NE(page.find("<html lang=\"en\">"), std::string::npos);
  EXPECT_NE(page.find("size: A4 portrait"), std::string::npos);
}

TEST_F(RenderTest, Text) {
  EXPECT_EQ(As(Format::kText), R"text(              NHIỆM VỤ <2026>
            (Kèm theo Kế hoạch)

TT  Nội dung     Chủ trì
──  ───────────  ───────────────────────────
 I  Nhận thức | "số"

 1  =SUM(A1:A9)  <script>alert('x')</script>

    a | b        Phòng A, *B*
    c & "d"
──  ───────────  ───────────────────────────
    Tổng cộng    -2
)text");
}

TEST_F(RenderTest, TextWrapsOnWordsAndBreaksLongOnes) {
  options_.width = 30;
  table_.title = table_.subtitle = "";
  table_.totals.reset();
  EXPECT_EQ(As(Format::kText), R"text(TT  Nội dung     Chủ trì
──  ───────────  ─────────────
 I  Nhận thức | "số"

 1  =SUM(A1:A9)  <script>alert
                 ('x')</script
                 >

    a | b        Phòng A, *B*
    c & "d"
)text");
}

TEST_F(RenderTest, TextFitsItsWidthAndKeepsControlCharactersOut) {
  table_.groups[0].rows[0].cells[1] =
      "Rà soát, hoàn thiện hệ thống mạng nội bộ, đường truyền Internet chuyên dùng\x1b[31m tại trụ sở";
  for (const size_t width : {40, 60, 100}) {
    options_.width = width;
    const std::string text = As(Format::kText);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = text.find('\n', begin);
      EXPECT_LE(DisplayWidth(std::string_view(text).substr(begin, end - begin)), width);
      begin = end + 1;
    }
  }
}

TEST_F(RenderTest, AWideTextTableGoesIntoParts) {
  table_.columns = {
      {"number", "TT", true}, {"title", "Việc", false}, {"a", "Phòng A", false}, {"b", "Phòng B", false}, {"c", "C", false}};
  table_.groups[0].rows = {MakeRow("x", {"1", "Rà soát", "R", "S", "M"}, 2)};
  table_.totals->cells = {"", "Tổng cộng", "R 1", "S 1", "M 1"};
  options_.width = 50;
  EXPECT_EQ(As(Format::kText), R"text(        NHIỆM VỤ <2026>
      (Kèm theo Kế hoạch)

TT  Việc       Phòng A  Phòng B
──  ─────────  ───────  ───────
 I  Nhận thức | "số"

 1  Rà soát    R        S
──  ─────────  ───────  ───────
    Tổng cộng  R 1      S 1

TT  Việc       C
──  ─────────  ───
 I  Nhận thức |
    "số"

 1  Rà soát    M
──  ─────────  ───
    Tổng cộng  M 1
)text");
}

TEST_F(RenderTest, ColourMarksHeadings) {
  table_.groups[0].rows.clear();
  table_.totals.reset();
  table_.title = table_.subtitle = "";
  options_.color = true;
  EXPECT_EQ(As(Format::kText),
            "\x1b[1mTT  Nội dung  Chủ trì\x1b[0m\n──  ────────  ───────\n\x1b[1m I  Nhận thức | \"số\"\x1b[0m\n");
}

TEST_F(RenderTest, NothingToShow) {
  EXPECT_EQ(Render({}, Format::kText, sources_), "\n");
  EXPECT_EQ(Render({}, Format::kCsv, sources_), "\xEF\xBB\xBF\r\n");
}

TEST(FormatTest, Names) {
  EXPECT_EQ(ParseFormat("text"), Format::kText);
  EXPECT_EQ(ParseFormat("md"), Format::kMarkdown);
  EXPECT_EQ(ParseFormat("markdown"), Format::kMarkdown);
  EXPECT_EQ(ParseFormat("csv"), Format::kCsv);
  EXPECT_EQ(ParseFormat("html"), Format::kHtml);
  EXPECT_EQ(ParseFormat("json"), Format::kJson);
  EXPECT_EQ(ParseFormat("xls"), std::nullopt);
  for (const Format format : {Format::kText, Format::kMarkdown, Format::kCsv, Format::kHtml, Format::kJson}) {
    EXPECT_EQ(ParseFormat(ExtensionOf(format)), format);
  }
}

}  // namespace
}  // namespace ordo::report
