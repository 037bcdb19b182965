// Targets from text to findings, with the whole library: plans of 10,000 to 100,000 values (five horizons a target), plain, then with a
// condition for every second target over small groups, then with a chain of 1,000 targets besides. Begins with the times of each stage
// and how the whole grows (the exponent of a power law through the points), and fails when one of the three grows faster than the plan.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "fmt/format.h"
#include "support/check_stages.h"

namespace ordo {
namespace {

constexpr double kMostExponent = 1.2;
constexpr size_t kHorizons = 5;
constexpr size_t kChain = 1000;

enum class Sort { kPlain, kConditions, kChain };

// Sections of fifty targets: half are shares, half are counted in one of six units of words. Sound: series rise, conditions hold.
std::string Plan(size_t values, Sort sort) {
  constexpr std::string_view kWhat[] = {"Hồ sơ", "Hộ dân", "Doanh nghiệp", "Trường học", "Tổ dân phố", "Cán bộ", "Dịch vụ", "Mô hình", "Điểm", "Lớp", "Hội", "Trạm"};
  constexpr std::string_view kHow[] = {"được số hóa", "có chữ ký số", "dùng thanh toán số", "được tập huấn", "nộp trực tuyến", "đạt chuẩn", "có sóng"};
  constexpr std::string_view kUnits[] = {"hồ sơ", "lượt người", "mô hình", "lớp", "điểm", "sản phẩm"};
  const size_t targets = values / kHorizons;
  std::string text = R"(ordo 1 vi
kế hoạch kh "Kế hoạch lớn" { cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: từ 2026 đến 2030; theo dõi: u }
đơn vị u "Ủy ban nhân dân phường" { cấp: xã; đứng đầu: "Chủ tịch" }
)";
  for (int i = 0; i < 12; ++i) text += fmt::format("đơn vị p{} \"Phòng số {}\" {{ trực thuộc: u; đứng đầu: \"Trưởng phòng {}\" }}\n", i, i, i);
  for (size_t i = 0; i < targets; ++i) {
    if (i % 50 == 0) text += fmt::format("{}mục m{} \"Nhóm chỉ tiêu {}\" {{\n", i == 0 ? "" : "}\n", i / 50, i / 50);
    const bool share = i % 2 == 0;
    text += fmt::format("  chỉ tiêu g{} \"{} {} khu vực {}\" {{\n    đơn vị tính: {}; chủ trì: p{}; nguồn số liệu: \"Báo cáo quý\"; hiện trạng: {}{}\n", i,
                        kWhat[i % std::size(kWhat)], kHow[i % std::size(kHow)], i, share ? std::string("%") : fmt::format("\"{}\"", kUnits[i / 2 % std::size(kUnits)]),
                        i % 12, 20 + i % 9, share ? "%" : "");
    for (size_t year = 0; year < kHorizons; ++year) {
      text += fmt::format("    đến hết {} đạt >= {}{}\n", 2026 + year, 30 + i % 7 + 10 * year, share ? "%" : "");
    }
    text += "  }\n";
  }
  text += "}\n";
  // Groups of four targets of one measure, two conditions each.
  for (size_t i = 0; sort != Sort::kPlain && i + 24 < targets; i += 4) {
    const size_t a = i, b = i + 12, c = i + 1, d = i + 13;   // twelve apart: shares with shares, and one unit of words
    text += fmt::format("ràng buộc c{}_1 \"Ràng buộc {} thứ nhất\" {{ phải đúng: g{} + g{} >= 40%; áp dụng cho: 2030 }}\n", i, i, a, b);
    text += fmt::format("ràng buộc c{}_2 \"Ràng buộc {} thứ hai\" {{ phải đúng: g{} <= 1000 hoặc g{} >= 2 * g{}; áp dụng cho: 2030 }}\n", i, i, c, d, c);
  }
  if (sort == Sort::kChain) {
    for (size_t i = 0; i < kChain && 2 * (i + 1) < targets; ++i) {
      text += fmt::format("ràng buộc n{} \"Mắt xích {}\" {{ phải đúng: g{} <= g{} + 50%; áp dụng cho: 2030 }}\n", i, i, 2 * i, 2 * i + 2);
    }
  }
  return text;
}

bool FiguresHold() {
  bool holds = true;
  for (const auto& [sort, name] : {std::pair(Sort::kPlain, "plain"), std::pair(Sort::kConditions, "with conditions"), std::pair(Sort::kChain, "with a chain")}) {
    std::vector<std::pair<double, double>> points;
    std::printf("%s\n", name);
    for (const size_t values : {10000u, 30000u, 100000u}) {
      const std::string text = Plan(values, sort);
      const Stages stages = BestOf(text, values > 10000 ? 2 : 4);
      points.push_back({std::log(static_cast<double>(values)), std::log(stages.whole())});
      std::printf("%7zu values %5.1f MB: parse %7.1f ms, model %7.1f, lower %7.1f, evaluate %7.1f, collect %6.1f; whole %8.1f ms; %zu findings\n",
                  values, static_cast<double>(text.size()) / 1e6, stages.parse * 1e3, stages.model * 1e3, stages.lower * 1e3, stages.evaluate * 1e3,
                  stages.collect * 1e3, stages.whole() * 1e3, stages.findings);
      std::fflush(stdout);
    }
    const double exponent = Exponent(points);
    std::printf("growth %s: exponent %.2f (at most %.2f)\n", name, exponent, kMostExponent);
    holds &= exponent <= kMostExponent;
  }
  return holds;
}

void BM_Series(benchmark::State& state) {
  const std::string text = Plan(static_cast<size_t>(state.range(0)), Sort::kConditions);
  for (auto _ : state) benchmark::DoNotOptimize(Check(text).findings);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Series)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ordo

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const bool holds = ordo::FiguresHold();
  benchmark::RunSpecifiedBenchmarks();
  return holds ? 0 : 1;
}
