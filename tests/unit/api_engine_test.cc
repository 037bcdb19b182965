// The public API: what each call gives and refuses, out of texts in memory and out of files, and that engines in several threads
// give what one gives alone.
#include "compiler/api/ordo.h"

#include <fstream>
#include <thread>

#include "compiler/driver/rule_set.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace ordo::api {
namespace {

const std::string kUnits = R"(ordo 1 vi
đơn vị ubnd "UBND phường" { đứng đầu: "Chủ tịch UBND phường" }
đơn vị vp "Văn phòng" { trực thuộc: ubnd; đứng đầu: "Chánh Văn phòng" }
)";
const std::string kPlan = R"(ordo 1 vi
nhập "don_vi.ordo"
kế hoạch k "Kế hoạch" { số: "1/KH-UBND"; cơ quan ban hành: ubnd; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }
nhiệm vụ a "Việc A" { người đứng đầu: vp.đứng đầu; chủ trì: vp; kết quả: "Danh sách"; thời hạn: 27/02/2026 }
nhiệm vụ b "Việc B" { người đứng đầu: vp.đứng đầu; chủ trì: vp; phối hợp: vp; kết quả: "Sổ"; thời hạn: 29/05/2026 }
bảng việc "VIỆC" { dòng: nhiệm vụ; cột: số "TT", tên "Nhiệm vụ" }
)";

using Texts = std::map<std::string, std::string>;
const Texts kTexts = {{"don_vi.ordo", kUnits}, {"ke_hoach.ordo", kPlan}};

Result<Plan> Loaded(Options options = {}, Texts texts = kTexts) { return Engine(std::move(options)).LoadTexts(std::move(texts), "ke_hoach.ordo"); }

const Finding* FindOf(const Plan& plan, std::string_view code) {
  for (const Finding& finding : plan.findings()) {
    if (finding.code == code) return &finding;
  }
  return nullptr;
}

TEST(Engine, ChecksTextsInMemory) {
  auto plan = Loaded();
  ASSERT_TRUE(plan.ok()) << plan.status().message;
  EXPECT_TRUE(plan->readable());
  EXPECT_EQ(plan->language(), Language::kVietnamese);
  EXPECT_EQ(plan->rules_version(), Engine::rules_version());
  EXPECT_GT(plan->summary().rules_run, 50u);
  const Finding* finding = FindOf(*plan, "OWN07");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kWarning);
  EXPECT_EQ(finding->subject, "b");
  EXPECT_EQ(finding->at.file, "ke_hoach.ordo");
  EXPECT_EQ(finding->at.line, 5);
  EXPECT_EQ(finding->at.column, 75);
  EXPECT_EQ(finding->at.end_column, 77);
  ASSERT_EQ(finding->related.size(), 1u);
  EXPECT_EQ(finding->related[0].at.line, 5);
  EXPECT_FALSE(finding->help.empty());
  EXPECT_FALSE(finding->waiver);
  Options english;
  english.language = Language::kEnglish;
  auto other = Loaded(english);
  ASSERT_TRUE(other.ok());
  ASSERT_NE(FindOf(*other, "OWN07"), nullptr);
  EXPECT_NE(FindOf(*other, "OWN07")->message, finding->message);
  EXPECT_EQ(other->findings().size(), plan->findings().size());
}

TEST(Engine, OptionsAreThoseOfTheCommand) {
  Options options;
  options.only = {"OWN07"};
  auto plan = Loaded(options);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->summary().rules_run, 1u);
  EXPECT_EQ(plan->findings().size(), 1u);
  const std::string waived = kPlan + R"(miễn trừ OWN07 { áp dụng cho: b; lý do: "một tổ"; người quyết định: ubnd.đứng đầu; đến ngày: 30/06/2026 }
bộ kiểm tra p "P" { OWN07: lỗi }
)";
  options.as_of = "2026-06-30";
  auto before = Loaded(options, {{"don_vi.ordo", kUnits}, {"ke_hoach.ordo", waived}});
  ASSERT_TRUE(before.ok());
  EXPECT_TRUE(FindOf(*before, "OWN07")->waiver);
  EXPECT_EQ(before->summary().waived, 1u);
  options.as_of = "2026-07-01";
  auto after = Loaded(options, {{"don_vi.ordo", kUnits}, {"ke_hoach.ordo", waived}});
  ASSERT_TRUE(after.ok());
  EXPECT_FALSE(FindOf(*after, "OWN07")->waiver);
  EXPECT_EQ(FindOf(*after, "OWN07")->severity, Severity::kError);
  options.as_of = "31/4";
  const auto refused = Loaded(options);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.status().error, Error::kArgument);
  EXPECT_NE(refused.status().message.find("31/4"), std::string::npos);
}

TEST(Engine, WhatCannotBeReadIsToldAsValues) {
  const auto missing = Engine().LoadTexts(kTexts, "khong_co.ordo");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.status().error, Error::kNotFound);
  EXPECT_EQ(Engine().Load("/nowhere/plan.ordo").status().error, Error::kNotFound);
  // A text with errors is a plan with findings, and nothing else.
  Texts broken = kTexts;
  broken["ke_hoach.ordo"] += "nhiệm vụ c \"Việc C\" { chủ chì: vp }\n";
  auto plan = Loaded({}, broken);
  ASSERT_TRUE(plan.ok());
  EXPECT_FALSE(plan->readable());
  ASSERT_NE(FindOf(*plan, "NAM04"), nullptr);
  EXPECT_EQ(FindOf(*plan, "NAM04")->at.line, 7);
  EXPECT_EQ(plan->Query("1").status().error, Error::kPlan);
  EXPECT_FALSE(plan->Query("1").status().findings.empty());
  EXPECT_EQ(plan->Render(Output::kTable, "việc").status().error, Error::kPlan);
  EXPECT_TRUE(plan->Render(Output::kFindings).ok());
  EXPECT_TRUE(plan->Tables().empty());
  // An import that is not among the texts, and one that leaves them.
  EXPECT_FALSE(Loaded({}, {{"ke_hoach.ordo", kPlan}})->readable());
  auto outside = Engine().LoadTexts({{"a/ke_hoach.ordo", "ordo 1 vi\nnhập \"../b.ordo\"\n"}, {"b.ordo", kUnits}}, "a/ke_hoach.ordo");
  ASSERT_TRUE(outside.ok());
  EXPECT_NE(FindOf(*outside, "FIL07"), nullptr);
  // Bytes that are no text, an empty text, a file above the limit.
  EXPECT_NE(FindOf(*Loaded({}, {{"ke_hoach.ordo", "ordo 1 vi\n\xff\n"}}), "FIL04"), nullptr);
  EXPECT_NE(FindOf(*Loaded({}, {{"ke_hoach.ordo", ""}}), "FIL05"), nullptr);
  Options small;
  small.limits.file_bytes = 100;
  EXPECT_EQ(Loaded(small).status().error, Error::kNotFound);
  Options few;
  few.limits.steps = 10;
  EXPECT_EQ(Loaded(few).status().error, Error::kLimit);
}

TEST(Engine, TheTextFileOfAPlanIsAmongTheTexts) {
  const std::string plan = "ordo 1 vi\nkế hoạch k \"K\" { tệp lời văn: \"văn.txt\" }\nđoạn a { ở dòng: \"2\" }\n";
  auto read = Engine().LoadTexts({{"p/ke_hoach.ordo", plan}, {"p/văn.txt", "Một.\nViệc của các của các đơn vị.\n"}}, "p/ke_hoach.ordo");
  ASSERT_TRUE(read.ok());
  ASSERT_NE(FindOf(*read, "TXT10"), nullptr);
  EXPECT_EQ(FindOf(*read, "TXT10")->at.file, "p/văn.txt");
  EXPECT_EQ(FindOf(*read, "TXT10")->at.line, 2);
  EXPECT_NE(FindOf(*Engine().LoadTexts({{"ke_hoach.ordo", plan}}, "ke_hoach.ordo"), "FIL14"), nullptr);
}

TEST(Engine, PathsInMemoryAreOneHoweverTheyAreWritten) {
  auto plan = Engine().LoadTexts({{"phuong/ke_hoach.ordo", "ordo 1 vi\nnhập \"x/../don_vi.ordo\"\nnhập \"./don_vi.ordo\"\n" + kPlan.substr(kPlan.find("kế hoạch"))},
                                  {"phuong/don_vi.ordo", kUnits}},
                                 "phuong/ke_hoach.ordo");
  ASSERT_TRUE(plan.ok());
  EXPECT_TRUE(plan->readable()) << plan->findings().front().message;
}

TEST(Engine, ReadsFilesOrWhatTheReaderGives) {
  const std::string folder = ::testing::TempDir() + "/ordo_api_engine";
  ASSERT_EQ(std::system(("mkdir -p '" + folder + "'").c_str()), 0);
  std::ofstream(folder + "/ke_hoach.ordo") << kPlan;
  std::ofstream(folder + "/don_vi.ordo") << kUnits;
  auto plan = Engine().Load(folder + "/ke_hoach.ordo");
  ASSERT_TRUE(plan.ok());
  EXPECT_TRUE(plan->readable());
  Options options;
  std::vector<std::string> asked;
  options.read = [&](const std::string& path) -> std::optional<std::string> {
    asked.push_back(path);
    if (path == "ao/ke_hoach.ordo") return kPlan;
    if (path == "ao/don_vi.ordo") return kUnits;
    return std::nullopt;
  };
  auto virtual_plan = Engine(options).Load("ao/ke_hoach.ordo");
  ASSERT_TRUE(virtual_plan.ok());
  EXPECT_TRUE(virtual_plan->readable());
  EXPECT_EQ(asked, (std::vector<std::string>{"ao/ke_hoach.ordo", "ao/don_vi.ordo"})) << "each once";
  EXPECT_EQ(Engine(options).Load(folder + "/ke_hoach.ordo").status().error, Error::kNotFound) << "never the disk";
}

TEST(Engine, RuleSetsMayComeOutOfMemoryToo) {
  const std::string file = ::testing::TempDir() + "/ordo_api_rules.json";
  std::string written;
  ASSERT_TRUE(WriteRuleSet(OwnRules(), file, &written).ok());
  std::ifstream in(file, std::ios::binary);
  Texts texts = kTexts;
  texts["luu/bo.json"] = std::string(std::istreambuf_iterator<char>(in), {});
  Options options;
  options.rules = "luu/bo.json";
  auto plan = Loaded(options, texts);
  ASSERT_TRUE(plan.ok());
  EXPECT_TRUE(plan->readable());
  EXPECT_EQ(plan->rules_version(), Engine::rules_version());
  texts["luu/bo.json"] = "{}";
  auto refused = Loaded(options, texts);
  ASSERT_TRUE(refused.ok());
  EXPECT_FALSE(refused->readable());
  EXPECT_NE(FindOf(*refused, "FIL23"), nullptr);
}

TEST(Plan, AnswersQuestions) {
  auto plan = Loaded();
  ASSERT_TRUE(plan.ok());
  auto count = plan->Query("đếm(nhiệm vụ t mà vp thuộc t.chủ trì)");
  ASSERT_TRUE(count.ok()) << count.status().message;
  EXPECT_TRUE(count->single);
  EXPECT_EQ(count->rows.at(0).at(0).at(0).exact, "2");
  EXPECT_EQ(count->columns.at(0).type, Type::kNumber);
  auto rows = plan->Query("for each task t; show: t, t.support, t.due.last day");
  ASSERT_TRUE(rows.ok()) << rows.status().message;
  ASSERT_EQ(rows->rows.size(), 2u);
  EXPECT_EQ(rows->rows[0][0][0].exact, "a");
  EXPECT_EQ(rows->rows[0][0][0].kind, "task");
  EXPECT_EQ(rows->rows[0][0][0].at.line, 4);
  EXPECT_TRUE(rows->rows[0][1].empty());
  EXPECT_EQ(rows->rows[1][1].at(0).text, "Văn phòng");
  EXPECT_EQ(rows->rows[1][2].at(0).exact, "2026-05-29");
  EXPECT_EQ(rows->rows[1][2].at(0).text, "29/05/2026");
  EXPECT_TRUE(rows->columns[1].list);
  const auto wrong = plan->Query("đếm(nhiệm vụ t mà t.chủ chì = vp)");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.status().error, Error::kQuery);
  ASSERT_FALSE(wrong.status().findings.empty());
  EXPECT_EQ(wrong.status().findings[0].at.file, "query");
  EXPECT_EQ(wrong.status().findings[0].at.line, 1);
  EXPECT_EQ(wrong.status().findings[0].at.column, 25) << "the second word";
  auto json = plan->Query("b.thời hạn.ngày cuối", Format::kJson);
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(nlohmann::json::parse(*json)["value"], "2026-05-29");
  EXPECT_EQ(plan->Query("1", Format::kSvg).status().error, Error::kArgument);
}

TEST(Plan, RendersWhatTheCommandsRender) {
  Options options;
  options.as_of = "2026-03-31";
  auto plan = Loaded(options);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->Tables(), std::vector<std::string>{"việc"});
  for (const Output output : {Output::kTable, Output::kMatrix, Output::kMatrixByPost, Output::kSchedule, Output::kStatus}) {
    for (const Format format : {Format::kText, Format::kMarkdown, Format::kCsv, Format::kHtml, Format::kJson}) {
      const auto text = plan->Render(output, output == Output::kTable ? "việc" : "", format);
      ASSERT_TRUE(text.ok()) << text.status().message;
      EXPECT_NE(text->find(format == Format::kJson ? "\"schema\"" : "Việc A"), std::string::npos) << static_cast<int>(output);
    }
  }
  EXPECT_NE(plan->Render(Output::kTable, "vp")->find("Việc B"), std::string::npos) << "a duty sheet";
  EXPECT_NE(plan->Render(Output::kTimeline, "", Format::kSvg)->find("<svg"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(*plan->Render(Output::kFindings, "", Format::kJson))["schema"], "ordo/findings/1");
  EXPECT_EQ(nlohmann::json::parse(*plan->Render(Output::kFindings, "", Format::kSarif))["version"], "2.1.0");
  EXPECT_EQ(plan->Render(Output::kTable, "không_có").status().error, Error::kNotFound);
  EXPECT_EQ(plan->Render(Output::kTrajectories).status().error, Error::kNotFound) << "no target";
  EXPECT_EQ(plan->Render(Output::kTable, "việc", Format::kSvg).status().error, Error::kArgument);
  EXPECT_EQ(plan->Render(Output::kTimeline, "", Format::kCsv).status().error, Error::kArgument);
  EXPECT_EQ(Loaded()->Render(Output::kStatus).status().error, Error::kArgument) << "needs a day";
}

TEST(Plan, Explains) {
  auto plan = Loaded();
  ASSERT_TRUE(plan.ok());
  const auto why = plan->Why("OWN07", "b");
  ASSERT_TRUE(why.ok());
  EXPECT_NE(why->find("ke_hoach.ordo:5"), std::string::npos) << *why;
  EXPECT_EQ(plan->Why("OWN07", "a").status().error, Error::kNotFound);
  const Engine engine;
  EXPECT_NE(*engine.Explain("OWN07"), *engine.Explain("own07", Language::kEnglish));
  EXPECT_TRUE(engine.Explain("SYN03").ok());
  EXPECT_EQ(engine.Explain("OWN99").status().error, Error::kNotFound);
}

TEST(Plan, OutlivesItsEngineAndMoves) {
  std::optional<Plan> kept;
  {
    auto loaded = Loaded();
    kept.emplace(std::move(*loaded));
  }
  Plan moved = std::move(*kept);
  kept.reset();
  EXPECT_EQ(moved.Query("1 + 1")->rows[0][0][0].exact, "2");
}

// Everything that a plan gives, as one text.
std::string Everything(const Engine& engine, const Texts& texts) {
  std::string out;
  auto plan = engine.LoadTexts(texts, "ke_hoach.ordo");
  if (!plan.ok()) return plan.status().message;
  out += *plan->Render(Output::kFindings, "", Format::kJson);
  for (const Output output : {Output::kMatrix, Output::kSchedule, Output::kTimeline, Output::kStatus}) out += *plan->Render(output, "", Format::kJson);
  out += *plan->Query("for each task t; let n = count(unit u with u among t.lead); show: t, n, t.due.last day", Format::kJson);
  out += *engine.Explain("OWN07");
  if (auto why = plan->Why("OWN07"); why.ok()) out += *why;
  return out;
}

TEST(Threads, EnginesSideBySideGiveWhatOneGivesAlone) {
  std::vector<Texts> plans;
  for (int i = 0; i < 4; ++i) {   // each another plan, also with conflicts of targets (Z3) and of days
    Texts texts = kTexts;
    texts["ke_hoach.ordo"] += "nhiệm vụ n" + std::to_string(i) + " \"Việc " + std::to_string(i) +
                              "\" { chủ trì: vp; sau: b; thời hạn: 30/01/2026 }\n"
                              "chỉ tiêu x \"Chỉ tiêu X\" { đơn vị tính: %; trong 2026 đạt >= 60% }\n"
                              "chỉ tiêu y \"Chỉ tiêu Y\" { đơn vị tính: %; trong 2026 đạt >= " + std::to_string(50 + i) + "% }\n"
                              "ràng buộc r \"Tổng\" { phải đúng: x + y <= 100% }\n";
    plans.push_back(std::move(texts));
  }
  Options options;
  options.as_of = "2026-03-31";
  const Engine shared(options);
  std::vector<std::string> alone;
  for (const Texts& texts : plans) alone.push_back(Everything(shared, texts));
  EXPECT_NE(alone[0], alone[1]);
  EXPECT_NE(alone[0].find("TGT3"), std::string::npos) << "the solver has had something to do";
  std::vector<std::string> beside(2 * plans.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < beside.size(); ++i) {
    threads.emplace_back([&, i] {
      const Engine own(options);
      const Engine& engine = i % 2 == 0 ? own : shared;   // an engine of its own, and one for all
      for (int round = 0; round < 3; ++round) beside[i] = Everything(engine, plans[i % plans.size()]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < beside.size(); ++i) EXPECT_EQ(beside[i], alone[i % plans.size()]) << i;
}

}  // namespace
}  // namespace ordo::api
