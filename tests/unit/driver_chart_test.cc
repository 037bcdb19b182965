// `ordo chart` as a user runs it: which targets are drawn, what counts as measured on a day, every format, and files that it must not
// write over. How a picture is drawn is tested with the pictures (report_trajectory_test.cc).
#include "support/html_reader.h"
#include "support/run_ordo.h"
#include "support/xml_reader.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

constexpr const char* kPlan = R"PLAN(ordo 1 en
plan p "Kế hoạch <thử> & vẽ" { issued by: u; issue date: 2025-01-05; period: from 2025 to 2030; required path: linear }
unit u "UBND phường" { head: "Chủ tịch" }
indicator i5 "Phủ sóng 5G" { measured in: % }
indicator i6 "Chưa dùng" { measured in: % }
section s1 "Mục một" {
  target r "Tỷ lệ" { measured in: %; lead: u; baseline: 50% in 2025; by 2026 reach 70%; by 2028 strive for 90% }
  target x "Sóng <a>" { indicator: i5; by 2026 reach 60% }
}
section s2 "Mục hai" {
  target y "Sóng b" { indicator: i5; by 2027 reach 80% }
  target z "Quá hạn" { measured in: %; better when: lower; baseline: 30% in 2025; by 2027 reach 10% }
}
target w "Chỉ lời" { by 2026 complete "Xong" }
target k "Từ khoảng" { measured in: "điểm"; by 2030 reach from 5 to 7 }
)PLAN";
constexpr const char* kJournal = R"(ordo 1 en
measured r { on: 2026-03-31; value: 52% }
measured r { on: 2026-06-30; value: 62% }
measured i5 { on: 2026-04-30; value: 61% }
measured z { on: 2026-02-28; value: 40% }
)";

class Chart : public ::testing::Test {
 protected:
  Chart() {
    folder_.Write("plan.ordo", kPlan);
    folder_.Write("journal.ordo", kJournal);
  }
  Ran Run(std::vector<std::string> more) {
    more.insert(more.begin(), {"chart", "plan.ordo"});
    return folder_.Run(more);
  }
  json Json(std::vector<std::string> more) {
    more.insert(more.end(), {"--format", "json", "--journal", "journal.ordo"});
    const Ran ran = Run(more);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json::parse(ran.out, nullptr, false);
  }
  static std::string Ids(const json& all) {
    std::string ids;
    for (const json& one : all["trajectories"]) ids += one["id"].get<std::string>() + " ";
    return ids;
  }
  static json Of(const json& all, const std::string& id) {
    for (const json& one : all["trajectories"]) {
      if (one["id"] == id) return one;
    }
    ADD_FAILURE() << "no trajectory " << id;
    return {};
  }

  Folder folder_;
};

TEST_F(Chart, AllWithANumberAreDrawn) {
  const json all = Json({"--as-of", "2026-07-01"});
  EXPECT_EQ(all["schema"], "ordo/trajectories/1");
  EXPECT_EQ(all["title"], "Kế hoạch <thử> & vẽ");
  EXPECT_EQ(all["path"], "linear");
  EXPECT_EQ(Ids(all), "r x y z k ") << "words alone are no point";
  const json r = Of(all, "r");
  EXPECT_EQ(r["group"], "Mục một");
  EXPECT_EQ(r["lead"], "UBND phường");
  EXPECT_EQ(r["baseline"]["day"], "2025-12-31");
  EXPECT_EQ(r["baseline"]["value"], "0.5");
  ASSERT_EQ(r["required"].size(), 2u);
  EXPECT_EQ(r["required"][0]["day"], "2026-12-31");
  EXPECT_EQ(r["required"][0]["text"], "70%");
  EXPECT_EQ(r["required"][0]["at"]["line"], 7);
  EXPECT_EQ(r["required"][0]["strive"], false);
  EXPECT_EQ(r["required"][1]["strive"], true);
  EXPECT_EQ(Of(all, "z")["lower_is_better"], true);
  EXPECT_EQ(Of(all, "z")["required"][0]["at_most"], true);
  EXPECT_EQ(Of(all, "k")["required"][0]["value"], "5");
  EXPECT_EQ(Of(all, "k")["required"][0]["most"], "7");
}

TEST_F(Chart, OneTargetOrAllOfAnIndicator) {
  EXPECT_EQ(Ids(Json({"r"})), "r ");
  const json shared = Json({"i5", "--as-of", "2026-07-01"});
  EXPECT_EQ(Ids(shared), "x y ");
  EXPECT_EQ(Of(shared, "x")["measured"], Of(shared, "y")["measured"]) << "measured once for both";
  EXPECT_EQ(Of(shared, "x")["state"], "reached");
  EXPECT_EQ(Of(shared, "y")["state"], "not_yet");
}

TEST_F(Chart, TheDayDecidesWhatCountsAsMeasured) {
  const json none = Json({"r"});
  EXPECT_TRUE(none["as_of"].is_null());
  EXPECT_TRUE(Of(none, "r")["measured"].empty());
  EXPECT_TRUE(Of(none, "r")["state"].is_null());
  EXPECT_EQ(Of(none, "r")["state_words"], "");
  EXPECT_EQ(Of(Json({"r", "--as-of", "2026-03-30"}), "r")["measured"].size(), 0u);
  EXPECT_EQ(Of(Json({"r", "--as-of", "2026-03-31"}), "r")["measured"].size(), 1u) << "of the day itself";
  const json both = Json({"r", "--as-of", "2026-06-30"});
  EXPECT_EQ(both["as_of"], "2026-06-30");
  ASSERT_EQ(Of(both, "r")["measured"].size(), 2u);
  EXPECT_EQ(Of(both, "r")["measured"][1]["value"], "0.62");
  EXPECT_EQ(Of(both, "r")["measured"][1]["at"]["file"], "journal.ordo");
}

TEST_F(Chart, StatesInWords) {
  const json all = Json({"--as-of", "2026-07-01"});
  for (const auto& [id, state, words] : std::vector<std::array<std::string, 3>>{
           {"r", "on_path", "on path"}, {"x", "reached", "reached"}, {"y", "not_yet", "not required yet"}, {"z", "behind", "behind"}, {"k", "not_yet", "not required yet"}}) {
    EXPECT_EQ(Of(all, id)["state"], state) << id;
    EXPECT_EQ(Of(all, id)["state_words"], words) << id;
  }
  EXPECT_EQ(Of(Json({"z", "--as-of", "2026-02-27"}), "z")["state_words"], "not measured");
  const json vi = Json({"--as-of", "2026-07-01", "--lang", "vi"});
  EXPECT_EQ(Of(vi, "r")["state_words"], "đúng lộ trình");
  EXPECT_EQ(Of(vi, "x")["state_words"], "đã đạt mốc tới");
  EXPECT_EQ(Of(vi, "y")["state_words"], "chưa đến mốc");
  EXPECT_EQ(Of(vi, "z")["state_words"], "chậm lộ trình");
}

TEST_F(Chart, AsText) {
  const Ran ran = Run({"--as-of", "2026-07-01", "--journal", "journal.ordo"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  for (const char* line : {"Last measured: 62% (2026-06-30)", "State: ✓ on path", "State: ▲ reached", "State: ! behind", "State: … not required yet", "Baseline: 30% (2025-12-31)",
                           "Required values by horizon: end of 2026: 70%; end of 2028: 90% (striven for)", "Mục hai"}) {
    EXPECT_NE(ran.out.find(line), std::string::npos) << line << "\n" << ran.out;
  }
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << "no colours in a pipe";
  const Ran plain = Run({});
  EXPECT_EQ(plain.out.find("State"), std::string::npos);
  EXPECT_EQ(plain.out.find("Last measured"), std::string::npos);
}

TEST_F(Chart, AsPictureAndPage) {
  const std::vector<std::string> day = {"--as-of", "2026-07-01", "--journal", "journal.ordo"};
  for (const char* name : {"", "i5", "z"}) {
    std::vector<std::string> arguments = day;
    if (*name) arguments.insert(arguments.begin(), name);
    arguments.insert(arguments.end(), {"--format", "svg"});
    const Ran svg = Run(arguments);
    ASSERT_EQ(svg.status, 0) << svg.err;
    const XmlDocument document = ReadXml(svg.out);
    EXPECT_EQ(document.error, "") << name;
    std::string ids;
    for (const XmlElement& element : document.elements) {
      if (const auto id = element.attributes.find("data-id"); id != element.attributes.end()) ids += id->second + " ";
    }
    EXPECT_EQ(ids, *name == 0 ? "r x y z k " : std::string(name) == "i5" ? "x y " : "z ");
    arguments.back() = "html";
    const Ran page = Run(arguments);
    ASSERT_EQ(page.status, 0) << page.err;
    EXPECT_EQ(ReadHtml(page.out).fault, "") << name;
    EXPECT_EQ(page.out.find("<thử>"), std::string::npos);
    EXPECT_EQ(page.out, Run(arguments).out) << "twice the same";
  }
}

TEST_F(Chart, UnknownNamesAndNothingToDraw) {
  for (const char* name : {"nowhere", "u", "s1"}) {
    const Ran ran = Run({name});
    EXPECT_EQ(ran.status, 2) << name;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find("no target or indicator «" + std::string(name) + "»"), std::string::npos) << ran.err;
  }
  for (const char* name : {"w", "i6"}) {
    const Ran ran = Run({name});
    EXPECT_EQ(ran.status, 2) << name;
    EXPECT_NE(ran.err.find("«" + std::string(name) + "» has no value with a number and a year"), std::string::npos) << ran.err;
  }
  folder_.Write("none.ordo", "ordo 1 vi\nkế hoạch p \"P\" { ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }\n");
  const Ran none = folder_.Run({"chart", "none.ordo"});
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.err.find("«none.ordo» không có giá trị nào có con số và thời điểm"), std::string::npos) << none.err;
  EXPECT_EQ(Run({"--as-of", "1/7/2026"}).status, 3);
  EXPECT_EQ(Run({"--format", "csv"}).status, 3);
}

TEST_F(Chart, IntoAFileButNeverOverThePlan) {
  const Ran file = Run({"r", "--format", "svg", "-o", "r.svg"});
  EXPECT_EQ(file.status, 0) << file.err;
  EXPECT_EQ(file.out, "");
  EXPECT_EQ(ReadXml(ReadBytes(folder_.path() / "r.svg")).error, "");
  EXPECT_EQ(Run({"r", "--format", "svg", "-o", "r.svg"}).status, 0) << "a picture may be drawn again";
  fs::create_hard_link(folder_.path() / "plan.ordo", folder_.path() / "plan.svg");
  fs::create_symlink("journal.ordo", folder_.path() / "journal.svg");
  for (const char* own : {"plan.ordo", "./plan.ordo", "other.ordo", "plan.svg", "journal.svg", "no/such/folder/x.svg", "."}) {
    const Ran ran = Run({"r", "--format", "svg", "-o", own, "--journal", "journal.ordo"});
    EXPECT_EQ(ran.status, 3) << own;
    EXPECT_NE(ran.err.find(own), std::string::npos) << ran.err;
  }
  EXPECT_EQ(ReadBytes(folder_.path() / "plan.ordo"), kPlan);
  EXPECT_EQ(ReadBytes(folder_.path() / "journal.ordo"), kJournal);
  EXPECT_EQ(folder_.Files(), (std::vector<std::string>{"journal.ordo", "journal.svg", "plan.ordo", "plan.svg", "r.svg"}));
}

}  // namespace
}  // namespace ordo::testing
