// A plan of 100,000 tasks under edits of several kinds: the whole check from the beginning against the check that starts from the one
// before (text to findings in both), and the evaluation alone. Rounds alternate in one run, the middle one of each counts. Begins
// with the figures and fails when an edit of one task does not spare what is promised: the evaluation has to be at least this many
// times as fast, and look at a small part of the rows.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "compiler/driver/library_calendar.h"
#include "compiler/driver/load.h"
#include "compiler/lower/lower.h"
#include "compiler/model/model.h"
#include "runtime/report/findings.h"
#include "support/plan_generator.h"
#include "support/stopwatch.h"

namespace ordo {
namespace {

constexpr size_t kTasks = 100'000;
constexpr int kRounds = 3;
constexpr double kLeastRatio = 2.5;        // of an edit inside a task
constexpr double kLeastRatioOfNumbers = 1.1;   // of one that moves the numbers of all that follows

// Text to findings; what it holds is what the next check starts from.
struct Checked {
  Emitter emitter{Language::kVietnamese};
  Loaded loaded;
  StringPool strings;
  std::unique_ptr<Model> model;
  std::optional<eval::Evaluation> evaluation;
  double front = 0, evaluate = 0, collect = 0;
  std::vector<std::string> findings;
  double whole() const { return front + evaluate + collect; }

  Checked(const std::string& text, const Checked* before) {
    std::string copy = text;
    front = Seconds([&] {
      LoadLibrary(loaded, emitter);
      const FileId file = loaded.sources.Add("plan.ordo", std::move(copy));
      loaded.asts.push_back(Parse(loaded.sources.file(file), file, SyntaxLimits{}, emitter));
      loaded.parts.push_back({&loaded.asts.back(), 0, false});
      BuildOptions options;
      options.days = &LibraryCalendar();
      model = BuildModel(loaded.parts, &strings, options, emitter);
      if (emitter.has_errors()) {
        std::fprintf(stderr, "the edited plan has errors: %s\n", emitter.findings().front().message.c_str());
        std::exit(1);
      }
      Lower(*model, {});
    });
    evaluate = Seconds([&] {
      auto result = before ? eval::Reevaluate(*before->evaluation, model->program) : eval::Evaluate(model->program);
      evaluation.emplace(std::move(*result));
    });
    collect = Seconds([&] {
      for (const Finding& finding : report::CollectFindings(*evaluation, Language::kVietnamese, std::nullopt)) {
        findings.push_back(finding.code + " " + finding.subject + " " + finding.message);
      }
    });
  }
};

// In the block of a task: from its heading to its closing brace.
std::string Edited(const std::string& text, size_t task, std::string_view kind) {
  std::string out = text;
  const size_t begin = out.find("  nhiệm vụ việc_" + std::to_string(task) + " ");
  const size_t end = out.find("\n  }\n", begin) + 5;
  const auto replace = [&](std::string_view key, std::string_view value) {
    const size_t at = out.find(key, begin) + key.size();
    out.replace(at, out.find_first_of(";\n", at) - at, value);
  };
  if (kind == "lead") {
    replace("chủ trì: ", "thư_viện"), replace("người đứng đầu: ", "thư_viện.đứng đầu");
  } else if (kind == "due") {
    replace("thời hạn: ", "trước 18/11/2026");
  } else if (kind == "title") {
    out.insert(out.find('"', begin) + 1, "Sớm ");
  } else if (kind == "new task") {
    out.insert(begin, "  nhiệm vụ việc_mới \"Làm một việc mới trong năm 2026\" {\n    người đứng đầu: vp.đứng đầu; chủ trì: vp; phối hợp: ktht\n"
                      "    kết quả: báo cáo \"Báo cáo về một việc mới\"; thời hạn: trước 18/11/2026\n  }\n");
  } else if (kind == "removed task") {
    out.erase(begin, end - begin);
  }
  return out;
}

double Middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

bool FiguresHold(size_t tasks) {
  const std::string text = GeneratePlan(tasks);
  const Checked before(text, nullptr);
  bool holds = true;
  for (const std::string_view kind : {"nothing", "lead", "due", "title", "new task", "removed task"}) {
    const std::string edited = Edited(text, tasks / 2 + 3, kind);
    std::vector<double> whole[2], evaluate[2];
    uint64_t steps[2] = {0, 0};
    double front = 0;
    for (int round = 0; round < kRounds; ++round) {
      std::vector<std::string> findings[2];
      for (const int incremental : {0, 1}) {
        const Checked after(edited, incremental ? &before : nullptr);
        whole[incremental].push_back(after.whole());
        evaluate[incremental].push_back(after.evaluate);
        steps[incremental] = after.evaluation->steps();
        findings[incremental] = after.findings;
        front = after.front;
      }
      if (findings[0] != findings[1]) {
        std::printf("%.*s: other findings\n", static_cast<int>(kind.size()), kind.data());
        return false;
      }
    }
    const double ratio = Middle(evaluate[0]) / Middle(evaluate[1]);
    const double share = static_cast<double>(steps[1]) / static_cast<double>(steps[0]);
    std::printf("%-12s evaluation %7.1f -> %6.1f ms = %5.1f times; rows looked at %10llu -> %9llu = %.3f%%; check %7.1f -> %7.1f ms = %4.2f times (text to facts %.0f ms)\n",
                std::string(kind).c_str(), Middle(evaluate[0]) * 1e3, Middle(evaluate[1]) * 1e3, ratio, static_cast<unsigned long long>(steps[0]),
                static_cast<unsigned long long>(steps[1]), share * 100, Middle(whole[0]) * 1e3, Middle(whole[1]) * 1e3,
                Middle(whole[0]) / Middle(whole[1]), front * 1e3);
    holds = holds && ratio >= (kind == "new task" || kind == "removed task" ? kLeastRatioOfNumbers : kLeastRatio);
  }
  return holds;
}

}  // namespace
}  // namespace ordo

// Another number of tasks as argument.
int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  return ordo::FiguresHold(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : ordo::kTasks) ? 0 : 1;
}
