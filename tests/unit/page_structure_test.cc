// What stands on the page: rows with the data that filters need, links that lead somewhere, texts that stay texts.
#include "runtime/page/page.h"

#include <regex>
#include <set>

#include "gtest/gtest.h"
#include "runtime/page/html.h"
#include "runtime/page/sections.h"
#include "support/html_reader.h"

namespace ordo::page {
namespace {

using report::Cell;
using report::Group;
using report::Row;
using report::Table;

class Page : public ::testing::Test {
 protected:
  Page() {
    sources_.Add("stdlib:library.ordo", "one\ntwo\n");
    sources_.Add("folder/plan.ordo", "dòng một\ntask a\n  due: mai\ntask b\n");
    document_.agency = "ỦY BAN NHÂN DÂN";
    document_.number = "24/KH-UBND";
    document_.kind = "KẾ HOẠCH";
    document_.subject = "Trồng cây";
    Table table;
    table.id = "annex";
    table.title = "PHỤ LỤC";
    table.columns = {{"number", "TT", true}, {"title", "Nhiệm vụ"}, {"due", "Hạn"}};
    Row a = Line("a", "1", "Việc một", Place("task a"));
    a.cells[2].at = Place("due: mai");
    a.rows.push_back(Line("a1", "a", "Việc con", {}));
    Group group;
    group.id = "s";
    group.number = "II";
    group.title = "Mục";
    group.rows = {a, Line("b", "2", "Việc hai", Place("task b"))};
    table.groups = {group};
    input_.tables = {table};
    input_.document = &document_;
    input_.sources = &sources_;
    input_.findings = &findings_;
    input_.first_file = 1;
    input_.units = {{"vp", "Văn phòng"}, {"kt", "Kinh tế"}};
    input_.roles = {{"lead", "chủ trì"}, {"support", "phối hợp"}};
    input_.assignments = {{"a", 0, 0}, {"a", 1, 1}, {"b", 7, 0}};
  }

  static Row Line(std::string id, std::string number, std::string title, Span at) {
    Row row;
    row.id = std::move(id);
    row.number = number;
    row.cells = {Cell(number), Cell(std::move(title)), Cell("ngày mai")};
    row.at = at;
    return row;
  }
  Span Place(std::string_view text) const {
    const size_t at = sources_.file(1).text().find(text);
    return {1, static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
  }
  Finding& Add(std::string code, std::string subject, Span at = {}, Severity severity = Severity::kError) {
    Finding finding;
    finding.code = std::move(code);
    finding.subject = std::move(subject);
    finding.at = at;
    finding.severity = severity;
    finding.message = "Câu.";
    findings_.push_back(finding);
    return findings_.back();
  }
  std::string Write() {
    const std::string page = PlanPage(input_);
    EXPECT_EQ(testing::ReadHtml(page).fault, "");
    // Every link leads to an element, no id stands twice.
    std::set<std::string> ids;
    const std::regex id(" id=\"([^\"]*)\""), link(" href=\"#([^\"]*)\"");
    for (std::sregex_iterator i(page.begin(), page.end(), id), end; i != end; ++i) EXPECT_TRUE(ids.insert((*i)[1]).second) << (*i)[1];
    for (std::sregex_iterator i(page.begin(), page.end(), link), end; i != end; ++i) EXPECT_TRUE(ids.contains((*i)[1])) << (*i)[1];
    return page;
  }

  SourceSet sources_;
  report::Document document_;
  std::vector<Finding> findings_;
  PageInput input_;
};

bool Has(const std::string& page, std::string_view text) { return page.find(text) != std::string::npos; }

TEST_F(Page, RowsCarryWhatFiltersNeed) {
  const std::string page = Write();
  EXPECT_TRUE(Has(page, "data-id=\"a\" data-who=\"0.0 1.1\"")) << page;
  EXPECT_FALSE(Has(page, "data-id=\"b\" data-who")) << "a unit that is not listed is left out";
  EXPECT_TRUE(Has(page, "class=\"sub\" data-level=\"1\""));
  EXPECT_TRUE(Has(page, "<html lang=\"vi\">"));
  EXPECT_TRUE(Has(page, "<option value=\"vp\">Văn phòng</option>"));
  EXPECT_FALSE(Has(page, "id=\"matrix\"")) << "no matrix, no section";
  EXPECT_FALSE(Has(page, "id=\"timeline\""));
  EXPECT_TRUE(Has(page, "Số: 24/KH-UBND"));
  EXPECT_TRUE(Has(page, "#t0 tr:not(.group) > td:nth-child(3)::before { content: \"Hạn\"; }"));
}

TEST_F(Page, FindingsAndRowsLeadToEachOther) {
  Add("AAA01", "a", {}, Severity::kWarning);
  Add("AAA02", "khác", Place("mai"));                       // by its place, inside a cell of row a
  Add("AAA03", "kh", Place("dòng một"));                    // of no row: its line
  Add("AAA04", "a").waiver = "w";
  Add("AAA05", "s");
  Finding& follower = Add("AAA06", "b");
  follower.caused_by = "AAA05";
  findings_[4].fingerprint = "x";
  follower.cause = "x";
  Add("AAA07", "x", Span{0, 0, 3});                         // in the library: named, not shown
  const std::string page = Write();
  EXPECT_TRUE(Has(page, "<a class=\"badge error\" href=\"#f0\" aria-label=\"số phát hiện: 2; nặng nhất: lỗi\">2</a>")) << "waived ones do not count";
  EXPECT_TRUE(Has(page, "id=\"f1\" class=\"finding error\" data-severity=\"error\" data-row=\"r1\""));
  EXPECT_TRUE(Has(page, "<a class=\"row\" href=\"#r1\">mục II.1</a>"));
  EXPECT_TRUE(Has(page, "<a class=\"next\" href=\"#f1\">"));
  EXPECT_TRUE(Has(page, "<a class=\"place\" href=\"#s0-1\">dòng 1</a>"));
  EXPECT_TRUE(Has(page, "id=\"f3\" class=\"finding error waived\""));
  EXPECT_TRUE(Has(page, "id=\"f5\" class=\"follower error\""));
  EXPECT_TRUE(Has(page, "<span class=\"place\">stdlib:library.ordo, dòng 1</span>"));
  EXPECT_TRUE(Has(page, "<li id=\"s0-3\">  due: mai</li>"));
  EXPECT_FALSE(Has(page, "<li id=\"s1-")) << "only the plan's own text";
}

TEST_F(Page, NothingOfAPlanBecomesMarkup) {
  for (const std::string nasty : {"\"><img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "</style><b>", "]]>", "javascript:alert(1)",
                                  "<!--", "' onmouseover='x", "\\\"; } * { color: red", "a\xE2\x80\xA8" "b\x01\r\nc", "</title><svg onload=x>"}) {
    document_.agency = document_.subject = document_.kind = document_.number = nasty;
    Table& table = input_.tables[0];
    table.title = table.id = table.subtitle = nasty;
    for (auto& column : table.columns) column.title = nasty;
    table.groups[0].title = table.groups[0].id = nasty;
    table.groups[0].rows[0].id = nasty;
    for (Cell& cell : table.groups[0].rows[0].cells) cell.text = nasty;
    input_.units[0] = input_.roles[0] = {nasty, nasty};
    findings_.clear();
    Finding& finding = Add(nasty, nasty, Place("task a"));
    finding.title = finding.message = finding.help = nasty;
    finding.waiver = nasty;
    finding.related = {{nasty, Place("mai")}};
    const std::string page = Write();
    const auto count = [&](const char* pattern) {
      const std::regex regex(pattern);
      return std::distance(std::sregex_iterator(page.begin(), page.end(), regex), std::sregex_iterator());
    };
    EXPECT_EQ(count("<script"), 1) << nasty;
    EXPECT_EQ(count("<style"), 1) << nasty;
    EXPECT_EQ(count("</style"), 1) << nasty;
    EXPECT_EQ(count("<img|<svg|<b>\\)"), 0) << nasty;
    EXPECT_EQ(count("<[^>\"]*(\"[^\"]*\"[^>\"]*)* on[a-z]+="), 0) << nasty;
    EXPECT_EQ(count("href=\"[^#]"), 0) << nasty;
  }
}

TEST_F(Page, PolicyNamesItsStyleAndScript) {
  const std::string page = Write();
  const auto inside = [&](const std::string& name) {
    const size_t begin = page.find("<" + name + ">") + name.size() + 2;
    return page.substr(begin, page.find("</" + name + ">", begin) - begin);
  };
  const std::string policy = testing::Unescaped(page.substr(page.find("Content-Security-Policy"), 400));
  EXPECT_NE(policy.find("default-src 'none'; style-src " + HashSource(inside("style")) + "; script-src " + HashSource(inside("script"))),
            std::string::npos);
  EXPECT_EQ(HashSource(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}

TEST(PagePicture, KeepsItsIdsApart) {
  const Picture picture = PictureOf("<?xml version=\"1.0\"?>\n<svg aria-labelledby=\"a b\"><title id=\"a\">id=\"a\" url(#a)</title><desc id=\"b\"/>"
                                    "<style>.x { fill: url(#c); }</style><g data-id=\"a\" fill=\"url(#c)\"/><use href=\"#c\"/></svg>", "p-");
  EXPECT_EQ(picture.style, ".x { fill: url(#p-c); }");
  EXPECT_EQ(picture.body, "<svg aria-labelledby=\"p-a p-b\"><title id=\"p-a\">id=\"a\" url(#a)</title><desc id=\"p-b\"/>"
                          "<g data-id=\"a\" fill=\"url(#p-c)\"/><use href=\"#p-c\"/></svg>");
}

TEST(PageEmpty, NothingGivenIsAPageStill) {
  const std::string page = PlanPage({});
  EXPECT_EQ(testing::ReadHtml(page).fault, "");
}

}  // namespace
}  // namespace ordo::page
