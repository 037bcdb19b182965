// A plan out of texts in memory: checked, asked, rendered, explained. Prints the same bytes each time.
#include <ordo/ordo.h>

#include <iostream>

namespace {

constexpr char kUnits[] = R"(ordo 1 vi
đơn vị ubnd "UBND phường" { đứng đầu: "Chủ tịch UBND phường" }
đơn vị vp "Văn phòng" { trực thuộc: ubnd; đứng đầu: "Chánh Văn phòng" }
)";
constexpr char kPlan[] = R"(ordo 1 vi
nhập "don_vi.ordo"
kế hoạch k "Trồng cây năm 2026" { số: "1/KH-UBND"; cơ quan ban hành: ubnd; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }
nhiệm vụ khảo_sát "Khảo sát" { người đứng đầu: vp.đứng đầu; chủ trì: vp; kết quả: "Danh sách"; thời hạn: 27/02/2026 }
nhiệm vụ trồng_cây "Trồng cây" { người đứng đầu: vp.đứng đầu; chủ trì: vp; phối hợp: vp; kết quả: "500 cây"; thời hạn: 29/05/2026 }
bảng việc "VIỆC" { dòng: nhiệm vụ; cột: số "TT", tên "Nhiệm vụ", thời hạn "Thời hạn" }
)";

int Fail(const ordo::api::Status& status) {
  std::cerr << status.message << "\n";
  for (const auto& finding : status.findings) std::cerr << finding.at.line << ": " << finding.message << "\n";
  return 1;
}

}  // namespace

int main() {
  using namespace ordo::api;
  Options options;
  options.only = {"OWN07"};
  const Engine engine(options);
  auto plan = engine.LoadTexts({{"don_vi.ordo", kUnits}, {"ke_hoach.ordo", kPlan}}, "ke_hoach.ordo");
  if (!plan.ok()) return Fail(plan.status());

  for (const Finding& finding : plan->findings()) {
    std::cout << finding.code << " " << finding.at.file << ":" << finding.at.line << ":" << finding.at.column << " " << finding.message << "\n";
  }
  std::cout << plan->summary().warnings << " of " << plan->summary().rules_run << "\n";

  auto count = plan->Query("đếm(nhiệm vụ t mà vp thuộc t.chủ trì)");
  if (!count.ok()) return Fail(count.status());
  std::cout << "vp: " << count->rows[0][0][0].exact << "\n";

  auto rows = plan->Query("for each task t; let last = t.due.last day; where last is stated and last > 2026-03-01; show: t, last");
  if (!rows.ok()) return Fail(rows.status());
  for (const auto& row : rows->rows) std::cout << row[0][0].exact << " " << row[1][0].exact << "\n";

  auto table = plan->Render(Output::kTable, "việc", Format::kMarkdown);
  if (!table.ok()) return Fail(table.status());
  std::cout << *table;

  auto page = engine.Explain("OWN07", Language::kEnglish);
  if (!page.ok()) return Fail(page.status());
  std::cout << page->substr(0, page->find('\n')) << "\n";
  if (auto why = plan->Why("OWN07", "trồng_cây"); !why.ok() || why->empty()) return Fail(why.status());
  return 0;
}
