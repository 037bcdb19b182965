// Text to syntax tree: the fast path, its stages, and the stock ANTLR lexer and parser with their tree on the same text in the
// same run. Begins with the ratio of the two, in rounds that take turns, since the speed of a machine wanders; it must be 20 or
// more.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "antlr4-runtime.h"
#include "benchmark/benchmark.h"
#include "compiler/format/format.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/scanner.h"
#include "generated/stock/OrdoLexer.h"
#include "generated/stock/OrdoParser.h"
#include "support/ast_tokens.h"
#include "support/plan_generator.h"
#include "support/stopwatch.h"

namespace ordo {
namespace {

constexpr double kLeastRatio = 20;

Ast ParseFast(const SourceFile& source) {
  Emitter emitter(Language::kVietnamese);
  Ast ast = Parse(source, 0, SyntaxLimits{}, emitter);
  if (emitter.has_errors()) {
    std::fprintf(stderr, "the generated plan has errors: %s\n", emitter.findings().front().message.c_str());
    std::exit(1);
  }
  return ast;
}

size_t LexStock(const std::string& text) {
  antlr4::ANTLRInputStream input(text);
  stock::OrdoLexer lexer(&input);
  antlr4::CommonTokenStream stream(&lexer);
  stream.fill();
  return stream.size();
}

size_t ParseStock(const Ast& ast) {
  AstTokens source(ast);
  antlr4::CommonTokenStream stream(&source);
  stock::OrdoParser parser(&stream);
  parser.removeErrorListeners();
  return parser.file()->children.size();
}

bool RatioHolds() {
  const SourceFile source("plan.ordo", GeneratePlan(5000));
  const std::string text(source.text());
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  const Ast tokens = ParseFast(source);
  std::vector<double> ratios;
  double fast_best = 1e9, stock_best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const double fast = Seconds([&] { benchmark::DoNotOptimize(ParseFast(source).nodes.size()); });
    const double stock = Seconds([&] { benchmark::DoNotOptimize(LexStock(text) + ParseStock(tokens)); });
    ratios.push_back(stock / fast);
    fast_best = std::min(fast_best, fast);
    stock_best = std::min(stock_best, stock);
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf(
      "%.1f MB, %zu tokens: text to tree %.0f MB/s, stock lexer and parser %.1f MB/s\nratio of a round: %.1f (median; %.1f to "
      "%.1f), must be %.0f\n",
      megabytes, tokens.tokens.size(), megabytes / fast_best, megabytes / stock_best, ratios[2], ratios.front(), ratios.back(),
      kLeastRatio);
  return ratios[2] >= kLeastRatio;
}

// A small plan of about 50 KB, and a large one.
void Sizes(benchmark::internal::Benchmark* bench) { bench->Arg(100)->Arg(10000)->Unit(benchmark::kMillisecond); }

void Run(benchmark::State& state, auto&& body) {
  const SourceFile source("plan.ordo", GeneratePlan(static_cast<size_t>(state.range(0))));
  const Ast ast = ParseFast(source);
  for (auto _ : state) benchmark::DoNotOptimize(body(source, ast));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * source.text().size()));
  state.counters["ns/token"] = benchmark::Counter(static_cast<double>(state.iterations() * ast.tokens.size()) / 1e9,
                                                  benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void TextToTree(benchmark::State& state) {
  Run(state, [](const SourceFile& source, const Ast&) { return ParseFast(source).nodes.size(); });
}
void RawScan(benchmark::State& state) {
  Run(state, [](const SourceFile& source, const Ast&) { return Scan(source.text()).size(); });
}
void Tokens(benchmark::State& state) {
  Run(state, [](const SourceFile& source, const Ast&) {
    Ast ast;
    ast.source = &source;
    ast.file = 0;
    Emitter emitter(Language::kVietnamese);
    MakeTokens(ast, SyntaxLimits{}, emitter);
    return ast.tokens.size();
  });
}
void Formatting(benchmark::State& state) {
  Run(state, [](const SourceFile&, const Ast& ast) { return Format(ast, Skin::kEnglish).size(); });
}
void StockLexer(benchmark::State& state) {
  Run(state, [](const SourceFile& source, const Ast&) { return LexStock(std::string(source.text())); });
}
void StockParser(benchmark::State& state) {
  Run(state, [](const SourceFile&, const Ast& ast) { return ParseStock(ast); });
}

BENCHMARK(TextToTree)->Apply(Sizes);
BENCHMARK(RawScan)->Apply(Sizes);
BENCHMARK(Tokens)->Apply(Sizes);
BENCHMARK(Formatting)->Apply(Sizes);
BENCHMARK(StockLexer)->Arg(100)->Unit(benchmark::kMillisecond);
BENCHMARK(StockParser)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ordo

int main(int argc, char** argv) {
  const bool holds = ordo::RatioHolds();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return holds ? 0 : 1;
}
