// Every time that officials were seen to write (tests/data/time_words.tsv), said in the plan language of both skins: it is read,
// means the stated class and days, and prints back in official wording. Columns: as found; the language in Vietnamese and in
// English (\n is a line end: steps are milestones); class of each time, or the code of the finding, or why it is no time; first and
// last day of each; printed in both languages. ORDO_UPDATE=1 writes the last three anew, to be read before they are kept.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/driver/session.h"
#include "compiler/format/format.h"
#include "fmt/format.h"
#include "runtime/time/canonical.h"
#include "runtime/time/time_value.h"

namespace ordo {
namespace {

const std::string kFile = std::string(ORDO_SOURCE_DIR) + "/tests/data/time_words.tsv";

// Seasons and fiscal years are named periods: each body has its own.
constexpr const char* kPrelude[] = {R"(ordo 1 vi
kế hoạch kh "Kế hoạch thử" { cơ quan ban hành: ubnd; ngày ban hành: 28/01/2026; giai đoạn: năm 2026 }
đơn vị ubnd "UBND phường" { đứng đầu: "Chủ tịch UBND phường" }
đơn vị vp "Văn phòng" { trực thuộc: ubnd }
đơn vị ubtp "thành phố" { cấp: tỉnh }
văn bản nghị_quyết "Nghị quyết"
văn bản hướng_dẫn "có hướng dẫn của Trung ương"
sự kiện đổi_nhân_sự "có thay đổi nhân sự"
giai đoạn nk2025 "nhiệm kỳ 2025 - 2030" { hiệu lực: từ 2025 đến 2030 }
giai đoạn gđ1 "giai đoạn 2026 - 2027" { hiệu lực: từ 2026 đến 2027 }
giai đoạn gđ2 "giai đoạn 2028 - 2030" { hiệu lực: từ 2028 đến 2030 }
giai đoạn xuân_2022 "mùa xuân 2022" { hiệu lực: từ tháng 3/2022 đến tháng 5/2022 }
giai đoạn hè_2023 "mùa hè 2023" { hiệu lực: từ tháng 6/2023 đến tháng 8/2023 }
giai đoạn thu_2022 "mùa thu 2022" { hiệu lực: từ tháng 9/2022 đến tháng 11/2022 }
giai đoạn nth_2023 "năm tài chính 2023" { hiệu lực: từ 01/10/2022 đến 30/9/2023 }
giai đoạn nth_2023_24 "năm tài chính 2023-24" { hiệu lực: từ 01/4/2023 đến 31/3/2024 }
nhiệm vụ khung_kpi "Xây dựng khung KPI"
nhiệm vụ bản_sao_số "hoàn thành bản sao số"
nhiệm vụ nhân_rộng "nhân rộng"
nhiệm vụ x "X" { thời hạn: {} }
)",
                                    R"(ordo 1 en
plan kh "Kế hoạch thử" { issued by: ubnd; issue date: 2026-01-28; period: year 2026 }
unit ubnd "UBND phường" { head: "Chủ tịch UBND phường" }
unit vp "Văn phòng" { part of: ubnd }
unit ubtp "thành phố" { tier: province }
document nghị_quyết "Nghị quyết"
document hướng_dẫn "có hướng dẫn của Trung ương"
event đổi_nhân_sự "có thay đổi nhân sự"
period nk2025 "nhiệm kỳ 2025 - 2030" { valid: from 2025 to 2030 }
period gđ1 "giai đoạn 2026 - 2027" { valid: from 2026 to 2027 }
period gđ2 "giai đoạn 2028 - 2030" { valid: from 2028 to 2030 }
period xuân_2022 "mùa xuân 2022" { valid: from March 2022 to May 2022 }
period hè_2023 "mùa hè 2023" { valid: from June 2023 to August 2023 }
period thu_2022 "mùa thu 2022" { valid: from September 2022 to November 2022 }
period nth_2023 "năm tài chính 2023" { valid: from 2022-10-01 to 2023-09-30 }
period nth_2023_24 "năm tài chính 2023-24" { valid: from 2023-04-01 to 2024-03-31 }
task khung_kpi "Xây dựng khung KPI"
task bản_sao_số "hoàn thành bản sao số"
task nhân_rộng "nhân rộng"
task x "X" { due: {} }
)"};
constexpr size_t kPeriods = 8, kTimesBefore = 2 + kPeriods;   // times of the prelude: issue date and period of the plan

std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
  cells.resize(7);
  return cells;
}

std::string TextOf(std::string form, size_t skin) {
  for (size_t at = 0; (at = form.find("\\n", at)) != std::string::npos;) form.replace(at, 2, "\n");
  std::string text = kPrelude[skin];
  text.replace(text.rfind("{}"), 2, form);
  return text;
}

struct Meaning {
  std::string codes, classes, days, printed[2];
  std::vector<Time> times;
};

Meaning MeaningOf(const std::string& text) {
  Emitter emitter(Language::kEnglish);
  SourceSet sources;
  const FileId file = sources.Add("time", text);
  const Ast ast = Parse(sources.file(file), file, {}, emitter);
  StringPool strings;
  const auto model = BuildModel({{&ast, 0, false}}, &strings, {}, emitter);
  Meaning meaning;
  for (const Finding& finding : emitter.findings()) meaning.codes += (meaning.codes.empty() ? "" : " ") + finding.code;
  if (!model || emitter.has_errors()) return meaning;
  const ir::Program& program = model->program;
  const TimeNames names{[&](EntityId id) { return std::string(strings[program.entity(id).title]); },
                        [&](Symbol words) { return strings[words]; }};
  static constexpr const char* kClasses[] = {"timeless", "fixed", "recurring", "waiting", "undecided", "impossible"};
  const auto day = [](const std::optional<Date>& date) { return date ? date->Iso() : std::string("-"); };
  meaning.times.assign(program.times.begin() + kTimesBefore, program.times.end());
  for (const Time& time : meaning.times) {
    const char* gap = meaning.classes.empty() ? "" : "; ";
    const ResolvedTime resolved = Resolve(time, program.Context());
    meaning.classes += gap + std::string(kClasses[static_cast<size_t>(resolved.cls)]);
    meaning.days += gap + day(resolved.first) + ".." + day(resolved.last);
    for (const Language language : {Language::kEnglish, Language::kVietnamese}) {
      meaning.printed[language == Language::kEnglish] += gap + Print(time, language, names);
    }
  }
  return meaning;
}

// English has no month in digits and no Roman quarter, and the years of a window may be written in digits or not.
std::vector<Time> WithoutSpelling(std::vector<Time> times) {
  for (Time& time : times) {
    for (Point* point : {&time.from, &time.to, &time.expected_from, &time.expected, &time.limit, &time.since}) point->digits = false, point->roman = true;
    for (Rhythm* rhythm : {&time.rhythm, &time.evidence}) {
      for (Point& point : rhythm->by) point.digits = false, point.roman = true;
    }
    time.words = time.words == Symbol::kEmpty ? Symbol::kEmpty : Symbol{1};
  }
  return times;
}

std::string Formatted(const std::string& text, Skin skin) {
  Emitter emitter(Language::kEnglish);
  SourceSet sources;
  const FileId file = sources.Add("time", text);
  return Format(Parse(sources.file(file), file, {}, emitter), skin);
}

TEST(TimeWords, AreReadMeanAndPrint) {
  const bool update = std::getenv("ORDO_UPDATE") != nullptr;
  std::ifstream in(kFile);
  std::string line, written;
  ASSERT_TRUE(std::getline(in, line));
  written = line + "\n";
  size_t rows = 0, said = 0;
  while (std::getline(in, line)) {
    std::vector<std::string> cells = CellsOf(line);
    ++rows;
    if (cells[3].starts_with("not a time")) {
      EXPECT_EQ(cells[1], "-") << line;
      written += line + "\n";
      continue;
    }
    const std::string vi = TextOf(cells[1], 0), en = TextOf(cells[2], 1);
    const Meaning meant = MeaningOf(vi), english = MeaningOf(en);
    if (cells[3].starts_with("TIM")) {
      EXPECT_EQ(meant.codes, cells[3]) << line;
      EXPECT_EQ(english.codes, cells[3]) << line;
      written += line + "\n";
      continue;
    }
    ++said;
    EXPECT_EQ(meant.codes + english.codes, "") << line;
    EXPECT_EQ(meant.classes, cells[3]) << line;
    EXPECT_EQ(english.classes, cells[3]) << line;
    EXPECT_EQ(english.days, meant.days) << line;
    EXPECT_EQ(WithoutSpelling(meant.times), WithoutSpelling(english.times)) << line;
    // Either text, put into the other skin, still means the same.
    EXPECT_EQ(WithoutSpelling(MeaningOf(Formatted(vi, Skin::kEnglish)).times), WithoutSpelling(meant.times)) << Formatted(vi, Skin::kEnglish);
    EXPECT_EQ(WithoutSpelling(MeaningOf(Formatted(en, Skin::kVietnamese)).times), WithoutSpelling(meant.times)) << line;
    if (update) {
      if (cells[3] == "?") cells[3] = meant.classes;   // a new row: to be read before it is kept
      cells[4] = meant.days;
      cells[5] = meant.printed[0];
      cells[6] = english.printed[1];
      written += fmt::format("{}\n", fmt::join(cells, "\t"));
    } else {
      EXPECT_EQ(meant.days, cells[4]) << line;
      EXPECT_EQ(meant.printed[0], cells[5]) << line;
      EXPECT_EQ(english.printed[1], cells[6]) << line;
    }
  }
  EXPECT_GT(rows, 150u);
  EXPECT_GT(said, 140u);
  if (update) std::ofstream(kFile) << written;
}

}  // namespace
}  // namespace ordo
