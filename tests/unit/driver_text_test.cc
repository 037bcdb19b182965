// What the program prints is safe and complete: hostile texts reach no format as markup or formula, pipes get no colours, every
// code has its page and every command its example.
#include <set>

#include "runtime/diag/emitter.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

constexpr const char* kHostile = R"ordo(ordo 1 vi
kế hoạch k "<script>alert(1)</script>" { cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }
đơn vị u "UBND & <b>phường</b>" { đứng đầu: "@Chủ tịch" }
nhóm n """Nhóm "đặc biệt" """ { thành viên: u }
mục m """=HYPERLINK("http://x")""" {
  nhiệm vụ t "=1+1" {
    người đứng đầu: u.đứng đầu
    chủ trì: u "</td></tr></table><script>x</script>"
    phối hợp: n
    kết quả: """dòng một "trích"
dòng hai, có dấu phẩy; '; DROP TABLE""", "+84 220"
    thời hạn: "-khẩn | trương"
    ghi chú: "a\nb"
  }
}
phụ lục p "PHỤ LỤC </title>" {
  dòng: nhiệm vụ; nhóm theo: mục; chú thích: "<!-- --><img src=x onerror=1>"
  cột: số "TT", tên "=SUM(A1)", người đứng đầu "<i>Người</i>", chủ trì "Chủ trì", phối hợp "Phối hợp", kết quả "Kết quả", thời hạn "Thời hạn"
}
)ordo";

class Output : public ::testing::Test {
 protected:
  std::string Table(const std::string& format) {
    folder_.Write("plan.ordo", kHostile);
    const Ran ran = folder_.Run({"table", "plan.ordo", "p", "--format", format});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  Folder folder_;
};

// RFC 4180.
std::vector<std::vector<std::string>> ReadCsv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      rows.back().back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (quoted || (c != ',' && c != '\r' && c != '\n')) {
      rows.back().back() += c;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.push_back({""});
    }
  }
  EXPECT_FALSE(quoted) << "a quote is left open";
  rows.pop_back();  // behind the last line end
  return rows;
}

TEST_F(Output, CsvHoldsNoFormulaAndReadsBack) {
  const std::string csv = Table("csv");
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
  const auto rows = ReadCsv(csv);
  std::set<std::string> cells;
  size_t widest = 0;
  for (const auto& row : rows) {
    widest = std::max(widest, row.size());
    for (const std::string& cell : row) {
      if (!cell.empty()) EXPECT_EQ(std::string_view("=+-@\t\r").find(cell[0]), std::string_view::npos) << cell;
      cells.insert(cell);
    }
  }
  EXPECT_EQ(widest, 7u);
  for (const char* cell : {"'=1+1", "'@Chủ tịch", "'=SUM(A1)", "</td></tr></table><script>x</script>", "Nhóm \"đặc biệt\"",
                           "'-khẩn | trương", "dòng một \"trích\" dòng hai, có dấu phẩy; '; DROP TABLE; +84 220"}) {
    EXPECT_TRUE(cells.contains(cell)) << cell << "\n" << csv;
  }
}

TEST_F(Output, HtmlHoldsNoMarkupOfThePlan) {
  const std::string html = Table("html");
  for (const char* markup : {"<script>", "<b>ph", "<i>Ng", "<img", "onerror=1>", "</title> "}) {
    EXPECT_EQ(html.find(markup), std::string::npos) << markup;
  }
  const auto count = [&](std::string_view piece) {
    size_t n = 0;
    for (size_t at = html.find(piece); at != std::string::npos; at = html.find(piece, at + 1)) ++n;
    return n;
  };
  for (const char* tag : {"table", "title", "body", "html"}) {
    EXPECT_EQ(count(std::string("<") + tag), 1u) << tag;
    EXPECT_EQ(count(std::string("</") + tag + ">"), 1u) << tag;
  }
  EXPECT_NE(html.find("&lt;script&gt;x&lt;/script&gt;"), std::string::npos);
  EXPECT_EQ(html.find("http://"), html.find("http://x")) << "nothing is loaded from elsewhere";
}

TEST_F(Output, JsonAndMarkdownKeepTheCells) {
  const json table = json::parse(Table("json"));
  const json& row = table["groups"][0]["rows"][0];
  EXPECT_EQ(row["cells"]["title"], "=1+1");
  EXPECT_EQ(row["cells"]["lead"], "</td></tr></table><script>x</script>");
  EXPECT_EQ(row["cells"]["product"], "dòng một \"trích\" dòng hai, có dấu phẩy; '; DROP TABLE; +84 220");
  EXPECT_EQ(table["groups"][0]["title"], "=HYPERLINK(\"http://x\")");
  // In Markdown a bar inside a cell must not make a column.
  const std::string md = Table("md");
  EXPECT_EQ(md.find("<script>"), std::string::npos) << md;
  const size_t line = md.find("khẩn");
  ASSERT_NE(line, std::string::npos);
  EXPECT_NE(md.substr(line, 12).find("\\|"), std::string::npos) << md.substr(line, 30);
}

TEST_F(Output, PipesGetNoColourAndTerminalsNoControlCharacters) {
  folder_.Write("plan.ordo", "ordo 1 vi\nkế hoạch k \"K\" { }\nnhiệm vụ t \"đỏ \x1b[31m\x1b]0;x\x07 việc\" { chủ trì: lạ }\n");
  folder_.Copy("examples");
  const char* real = "examples/hai_duong_2026/plan.ordo";
  for (const std::vector<std::string>& command : {std::vector<std::string>{"check", "plan.ordo"},
                                                  {"check", real},
                                                  {"table", real, "nhiệm_vụ_2026"},
                                                  {"matrix", real},
                                                  {"why", real, "OWN06"},
                                                  {"explain", "OWN06"},
                                                  {"build", "plan.ordo"},
                                                  {"table", "plan.ordo", "x"},
                                                  {"--help"}}) {
    const Ran ran = folder_.Run(command);
    EXPECT_FALSE(ran.out.empty() && ran.err.empty());
    for (const std::string* text : {&ran.out, &ran.err}) {
      EXPECT_EQ(text->find('\x1b'), std::string::npos) << command[0];
      EXPECT_EQ(text->find('\x07'), std::string::npos) << command[0];
      EXPECT_EQ(text->find('\r'), std::string::npos) << command[0] << ": a line of progress";
    }
  }
}

TEST_F(Output, EveryCodeHasItsPage) {
  folder_.Copy("examples");
  std::set<std::string> codes;
  for (size_t i = 0; i < message_count(); ++i) codes.insert(std::string(TextOf(static_cast<Code>(i)).code));
  EXPECT_GT(codes.size(), 60u);
  // Rules name themselves when a code is unknown.
  const Ran unknown = folder_.Run({"explain", "XYZ99", "--lang", "en"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(unknown.out, "");
  size_t rules = 0;
  for (const char* family : {"OWN", "SCH", "STR", "DOC", "TGT", "WRK", "JRN", "AMD"}) {
    for (size_t at = unknown.err.find(family); at != std::string::npos; at = unknown.err.find(family, at + 1)) {
      codes.insert(unknown.err.substr(at, 5));
      ++rules;
    }
  }
  EXPECT_GE(rules, 50u) << unknown.err;
  for (const std::string& code : codes) {
    std::string pages[2];
    for (const char* language : {"vi", "en"}) {
      const Ran ran = folder_.Run({"explain", code, "--lang", language});
      EXPECT_EQ(ran.status, 0) << code << ran.err;
      EXPECT_TRUE(ran.out.starts_with(code + "  ")) << ran.out;
      EXPECT_GE(std::count(ran.out.begin(), ran.out.end(), '\n'), 3) << ran.out;
      EXPECT_EQ(ran.out.find("\n\n\n"), std::string::npos) << "an empty part: " << ran.out;
      pages[language[0] == 'e'] = ran.out;
    }
    EXPECT_NE(pages[0], pages[1]) << code << " says the same in both languages";
  }
}

TEST_F(Output, EveryCommandHasHelpWithAnExample) {
  const Ran top = folder_.Run({"--help"});
  EXPECT_EQ(top.status, 0);
  size_t commands = 0;
  for (const std::string command : {"check", "build", "table", "matrix", "why", "explain", "fmt", "dump", "test"}) {
    EXPECT_NE(top.out.find("\n  " + command + " "), std::string::npos) << top.out;
    const Ran ran = folder_.Run({command, "--help"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_NE(ran.out.find("\n  ordo " + command), std::string::npos) << ran.out;
    EXPECT_EQ(ran.err, "");
    ++commands;
  }
  EXPECT_EQ(commands, 9u);
  EXPECT_NE(folder_.Run({"--version"}).out.find("edition 1"), std::string::npos);
}

}  // namespace
}  // namespace ordo::testing
