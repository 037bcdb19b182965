// The timeline from the text of a plan: rows and days as the plan means them, the command, and plans of 400 and 10,000 tasks.
#include <map>
#include <set>

#include "runtime/report/timeline.h"
#include "support/plan_generator.h"
#include "support/run_ordo.h"
#include "support/run_plan.h"
#include "support/xml_reader.h"

namespace ordo::testing {
namespace {

using report::Timeline;
using report::TimelineClass;
using report::TimelineRow;

constexpr std::string_view kPlan = R"(ordo 1 vi
kế hoạch p "Kế hoạch thử" { cơ quan ban hành: u; ngày ban hành: 15/01/2026; giai đoạn: năm 2026 }
đơn vị u "Ủy ban nhân dân phường An Bình" { cách ghi khác: "UBND phường"; đứng đầu: "Chủ tịch" }
đơn vị a "Phòng A" { trực thuộc: u; đứng đầu: "Trưởng phòng A" }
đơn vị b "Phòng B" { trực thuộc: u; đứng đầu: "Trưởng phòng B" }
sự kiện đổi "có thay đổi" { theo dõi: a }
mục m1 "Mục một" {
  nhiệm vụ t1 "Quý một" { chủ trì: u; phối hợp: b; thời hạn: quý I/2026 }
  nhiệm vụ t2 "Đến hạn" { chủ trì: a; thời hạn: đến hết 15/04/2026 }
  nhiệm vụ t3 "Hướng dẫn" { chủ trì: a; thời hạn: theo hướng dẫn của u, dự kiến quý II/2026 }
}
mục m2 "Mục hai" {
  nhiệm vụ t4 "Có phần" {
    nhiệm vụ t5 "Phần một" { chủ trì: b; thời hạn: tháng 02/2026 }
    nhiệm vụ t6 "Phần hai" { chủ trì: a; thời hạn: 30/06/2026 }
  }
  nhiệm vụ t7 "Có mốc" {
    chủ trì: a
    mốc x "bước hai" { thời hạn: 31/05/2026 }
    mốc y "bước một" { chủ trì: b; thời hạn: 15/03/2026 }
    mốc z "bước ba" { sau: x }
  }
  nhiệm vụ t8 "Luôn luôn" { chủ trì: a; thời hạn: thường xuyên }
  nhiệm vụ t9 "Chờ" { chủ trì: a; thời hạn: nếu đổi ghi "Nếu có thay đổi" }
  nhiệm vụ t10 "Chỉ lời" { chủ trì: a; thời hạn: theo hướng dẫn của u ghi "Theo hướng dẫn của phường" }
  nhiệm vụ t11 "Hằng năm" { chủ trì: a; thời hạn: hằng năm, trước 30/11 }
}
)";

class TimelineTest : public ::testing::Test {
 protected:
  TimelineTest() : run_(std::string(kPlan), {}, Language::kVietnamese) {}
  Timeline Build(EntityId unit = EntityId::kNone) {
    report::TimelineRequest request;
    request.unit = unit;
    return report::BuildTimeline(run_.evaluation(), Language::kVietnamese, request);
  }
  static const TimelineRow& Row(const Timeline& timeline, std::string_view id) {
    for (const TimelineRow& row : timeline.rows) {
      if (row.id == id) return row;
    }
    ADD_FAILURE() << "no row " << id;
    static const TimelineRow kNone;
    return kNone;
  }
  static std::string Days(const TimelineRow& row) {
    return (row.first ? row.first->Iso() : "-") + " " + (row.last ? row.last->Iso() : "-") + " " + (row.due ? row.due->Iso() : "-");
  }

  PlanRun run_;
};

TEST_F(TimelineTest, RowsStandAsThePlanNumbersThem) {
  ASSERT_TRUE(run_.sound()) << run_.Rendered();
  std::string rows;
  for (const TimelineRow& row : Build().rows) {
    rows += std::string(static_cast<size_t>(row.level), '>') + (row.is_group ? "[" : "") + row.label + (row.is_group ? "] " : " ");
  }
  EXPECT_EQ(rows, "[I] I.1 I.2 I.3 [II] II.1 >II.1 (a) >II.1 (b) II.2 II.3 II.4 II.5 II.6 ");
}

TEST_F(TimelineTest, DaysAreThoseThatTheTimesMean) {
  ASSERT_TRUE(run_.sound()) << run_.Rendered();
  const Timeline timeline = Build();
  EXPECT_EQ(timeline.first->Iso(), "2026-01-01");
  EXPECT_EQ(timeline.last->Iso(), "2026-12-31");
  EXPECT_EQ(Days(Row(timeline, "t1")), "2026-01-01 2026-03-31 2026-03-31");
  EXPECT_TRUE(Row(timeline, "t1").starts_as_written);
  EXPECT_EQ(Row(timeline, "t1").owner, "UBND phường");
  EXPECT_EQ(Row(timeline, "t1").owner_title, "Ủy ban nhân dân phường An Bình");
  EXPECT_EQ(Days(Row(timeline, "t2")), "2026-01-01 2026-04-15 2026-04-15");
  EXPECT_FALSE(Row(timeline, "t2").starts_as_written);
  EXPECT_EQ(Row(timeline, "t3").cls, TimelineClass::kOpen);
  ASSERT_TRUE(Row(timeline, "t3").expected);
  EXPECT_EQ(Row(timeline, "t3").expected->second.Iso(), "2026-06-30");
  EXPECT_EQ(Row(timeline, "t4").cls, TimelineClass::kSummary);
  EXPECT_EQ(Days(Row(timeline, "t4")), "2026-02-01 2026-06-30 -");
  EXPECT_EQ(Row(timeline, "t7").cls, TimelineClass::kSummary);
  EXPECT_EQ(Days(Row(timeline, "t7")), "2026-03-15 2026-05-31 -");
  ASSERT_EQ(Row(timeline, "t7").milestones.size(), 2u);
  EXPECT_EQ(Row(timeline, "t7").milestones[0].label, "bước một (Phòng B)");
  ASSERT_EQ(timeline.notes.size(), 1u);
  EXPECT_EQ(timeline.notes[0].label + " " + timeline.notes[0].title, "II.2 bước ba");
  EXPECT_EQ(Row(timeline, "t8").cls, TimelineClass::kOngoing);
  EXPECT_EQ(Days(Row(timeline, "t8")), "2026-01-01 2026-12-31 -");
  EXPECT_EQ(Row(timeline, "t9").cls, TimelineClass::kWaiting);
  EXPECT_EQ(Days(Row(timeline, "t9")), "2026-01-15 - -");   // from the day of issue
  EXPECT_FALSE(report::IsDrawn(timeline, Row(timeline, "t10")));
  EXPECT_EQ(Row(timeline, "t10").words, "Theo hướng dẫn của phường");
  EXPECT_EQ(Row(timeline, "t11").cls, TimelineClass::kRecurring);
}

TEST_F(TimelineTest, OfOneUnit) {
  ASSERT_TRUE(run_.sound()) << run_.Rendered();
  std::string ids;
  for (const TimelineRow& row : Build(run_.Named("b")).rows) ids += row.id + " ";
  EXPECT_EQ(ids, "m1 t1 m2 t4 t5 ");   // t4 stands above t5; a milestone is no role in a task
}

std::map<std::string, int> TasksIn(const std::string& svg) {
  const XmlDocument document = ReadXml(svg);
  EXPECT_EQ(document.error, "");
  std::map<std::string, int> counts;
  for (const XmlElement& element : document.elements) {
    if (const auto id = element.attributes.find("data-id"); id != element.attributes.end()) ++counts[id->second];
  }
  return counts;
}

TEST(TimelineOfLargePlans, EveryTaskOnceAndLinearTime) {
  const auto measure = [](size_t tasks) {
    const PlanRun run(GeneratePlan(tasks), {}, Language::kVietnamese, /*library=*/false);
    EXPECT_TRUE(run.sound()) << run.Rendered().substr(0, 1000);
    const auto start = std::chrono::steady_clock::now();
    const Timeline timeline = report::BuildTimeline(run.evaluation(), Language::kVietnamese, {});
    const std::string svg = report::TimelineAsSvg(timeline, Language::kVietnamese);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const auto counts = TasksIn(svg);
    EXPECT_EQ(counts.size(), tasks);
    for (const auto& [id, count] : counts) EXPECT_EQ(count, 1) << id;
    return took.count();
  };
  measure(400);
  const double small = measure(1000), large = measure(10000);
  EXPECT_LT(large, small * 10 * 4);   // a quadratic step would give a hundredfold
}

TEST(TimelineCommand, FormatsFileAndUnit) {
  const Folder folder;
  folder.Write("plan.ordo", kPlan);
  const Ran text = folder.Run({"timeline", "plan.ordo"});
  ASSERT_EQ(text.status, 0) << text.err;
  EXPECT_TRUE(text.out.starts_with("BIỂU TIẾN ĐỘ THỰC HIỆN\nKế hoạch thử\n")) << text.out;
  EXPECT_EQ(text.out.find('\x1b'), std::string::npos);
  const Ran english = folder.Run({"timeline", "plan.ordo", "--lang", "en"});
  EXPECT_TRUE(english.out.starts_with("TIMELINE\n")) << english.out;
  const Ran json = folder.Run({"timeline", "plan.ordo", "--format", "json", "--as-of", "2026-06-30"});
  EXPECT_EQ(nlohmann::json::parse(json.out)["as_of"], "2026-06-30");
  const Ran file = folder.Run({"timeline", "plan.ordo", "--format", "svg", "-o", "bieu.svg"});
  EXPECT_EQ(file.status, 0) << file.err;
  EXPECT_EQ(file.out, "");
  EXPECT_EQ(TasksIn(ReadBytes(folder.path() / "bieu.svg")).size(), 11u);
  const Ran page = folder.Run({"timeline", "plan.ordo", "--format", "html", "--unit", "b"});
  EXPECT_NE(page.out.find("Các nhiệm vụ có Phòng B tham gia"), std::string::npos);
  EXPECT_EQ(page.out.find("data-id=\"t2\""), std::string::npos);
  const Ran unknown = folder.Run({"timeline", "plan.ordo", "--unit", "không_có"});
  EXPECT_EQ(unknown.status, 3);
  EXPECT_NE(unknown.err.find("u, a, b"), std::string::npos) << unknown.err;
  EXPECT_EQ(folder.Run({"timeline", "plan.ordo", "--as-of", "31/12/2026"}).status, 3);
  EXPECT_EQ(folder.Run({"timeline", "plan.ordo", "-o", "no/such/folder/x.svg"}).status, 3);
}

}  // namespace
}  // namespace ordo::testing
