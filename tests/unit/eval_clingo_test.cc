// Random programs, run by the engine and by an answer set solver that shares nothing with it. Programs are stratified, so there is one
// answer set, and it must be the engine's rows, relation by relation. Many programs go into one run of the solver, told apart by the
// beginning of their names.
#include <array>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "runtime/eval/engine.h"
#include "runtime/ir/analysis.h"
#include "support/asp_program.h"
#include "support/run_clingo.h"

namespace ordo::eval {
namespace {

using namespace ordo::testing;

constexpr uint32_t kBatches = 20;
constexpr uint32_t kSeeds = 100;   // of a batch

// What the compared programs have derived rows by: a test of things that never happen would be none.
struct Seen {
  uint32_t programs = 0, rows = 0, linear = 0, non_linear = 0, mutual = 0;   // rows, by their reasons
  std::map<ir::Op, uint32_t> rules;   // with at least one row, by what stands in them
};

void CollectOps(const ir::Program& program, ExprId id, std::set<ir::Op>& ops);
void CollectOpsOfBody(const ir::Program& program, ir::BodyId body, std::set<ir::Op>& ops) {
  for (const ir::Literal& literal : program.bodies[body].literals) {
    if (literal.kind != ir::Literal::Kind::kScan) CollectOps(program, literal.expr, ops);
  }
}
void CollectOps(const ir::Program& program, ExprId id, std::set<ir::Op>& ops) {
  const ir::Expr& expr = program.exprs[id];
  ops.insert(expr.op);
  if (ir::HoldsBody(expr.op)) {
    CollectOpsOfBody(program, expr.a, ops);
    for (const ExprId result : ir::ResultsOf(program, expr)) CollectOps(program, result, ops);
  }
  ir::ForEachOperand(program, expr, [&](ExprId operand) { CollectOps(program, operand, ops); });
}

void Count(const RandomProgram& random, const Evaluation& evaluation, Seen& seen) {
  ++seen.programs;
  std::set<uint32_t> used;
  for (const std::vector<RelationId>& layer : random.layers) {
    for (const RelationId relation : layer) {
      for (uint32_t row = 0; row < evaluation.rows(relation); ++row) {
        const Reason reason = evaluation.reason({relation, row});
        uint32_t own = 0, other = 0;
        for (const RowId premise : reason.premises) {
          own += premise.relation == relation;
          other += premise.relation != relation && std::find(layer.begin(), layer.end(), premise.relation) != layer.end();
        }
        ++seen.rows;
        seen.linear += own == 1 && other == 0;
        seen.non_linear += own + other > 1;
        seen.mutual += other > 0;
        used.insert(reason.rule);
      }
    }
  }
  for (const uint32_t rule : used) {
    std::set<ir::Op> ops;
    CollectOpsOfBody(random.program, random.program.rules[rule].body, ops);
    for (const ExprId argument : random.program.rules[rule].head_arguments) CollectOps(random.program, argument, ops);
    for (const ir::Op op : ops) ++seen.rules[op];
  }
}

std::string Prefix(uint32_t seed) { return "p" + std::to_string(seed); }

// "p17r4(0,3)" -> 17, by the digits after the first letter.
uint32_t SeedOf(const std::string& atom) { return static_cast<uint32_t>(std::strtoul(atom.c_str() + 1, nullptr, 10)); }

std::string Shown(const std::set<std::vector<int64_t>>& rows) {
  std::string text;
  for (const auto& row : rows) {
    text += " (";
    for (size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + std::to_string(row[i]);
    text += ")";
  }
  return text;
}

void CompareBatch(uint32_t first, Seen& seen) {
  std::map<uint32_t, std::unique_ptr<RandomProgram>> programs;
  std::string text;
  for (uint32_t seed = first; seed < first + kSeeds; ++seed) {
    auto random = std::make_unique<RandomProgram>(seed, Numbers::kWhole);
    if (!ir::Verify(random->program).empty()) continue;
    text += AspText(*random, Prefix(seed));
    programs.emplace(seed, std::move(random));
  }
  // Two answers asked for: there must be one. Tuples without a number in an arithmetic term do not occur, so no message is told.
  const ClingoRun run = RunClingo(text, {"--verbose=0", "--models=2", "--time-limit=120"});
  ASSERT_NE(run.status, 127) << "clingo is not installed (Debian: gringo)";
  ASSERT_EQ(run.status, 30) << run.err.substr(0, 2000) << run.out.substr(0, 500);
  std::istringstream lines(run.out);
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  std::map<uint32_t, AspRows> answers;
  std::istringstream atoms(line);
  for (std::string atom; atoms >> atom;) {
    const uint32_t seed = SeedOf(atom);
    ASSERT_TRUE(TakeAtom(atom, Prefix(seed), answers[seed])) << atom;
  }
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(line, "SATISFIABLE") << "a second answer set";
  for (const auto& [seed, random] : programs) {
    const absl::StatusOr<Evaluation> evaluation = Evaluate(random->program, {}, {}, {});
    ASSERT_TRUE(evaluation.ok()) << "seed " << seed << ": " << evaluation.status();
    for (const RelationId relation : random->derived()) {
      const std::vector<ir::Column>& columns = random->program.relations[relation].columns;
      std::set<std::vector<int64_t>> got;
      for (uint32_t row = 0; row < evaluation->rows(relation); ++row) {
        std::vector<int64_t> cells;
        for (uint32_t i = 0; i < columns.size(); ++i) cells.push_back(AspCell(columns[i].type, evaluation->cell(relation, row, i)));
        got.insert(std::move(cells));
      }
      ASSERT_EQ(got.size(), evaluation->rows(relation)) << "seed " << seed << ": a row twice in relation " << relation;
      ASSERT_EQ(got, answers[seed][relation]) << "seed " << seed << ", relation " << relation << "\nengine:" << Shown(got)
                                              << "\nclingo:" << Shown(answers[seed][relation]) << "\n\n"
                                              << ir::Dump(random->program) << "\n" << AspText(*random, Prefix(seed));
    }
    Count(*random, *evaluation, seen);
  }
}

TEST(Clingo, FindsTheSameRows) {
  Seen seen;
  for (uint32_t batch = 0; batch < kBatches; ++batch) {
    CompareBatch(batch * kSeeds, seen);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(seen.programs, kBatches * kSeeds / 2);
  EXPECT_GT(seen.rows, 4 * seen.programs);
  EXPECT_GT(seen.linear, 100u);
  EXPECT_GT(seen.non_linear, 50u);
  EXPECT_GT(seen.mutual, 100u);
  for (const ir::Op op : {Op::kHas, Op::kNot, Op::kAnd, Op::kOr, Op::kExists, Op::kStated, Op::kLess, Op::kGreaterEqual, Op::kEqual,
                          Op::kNotEqual, Op::kAdd, Op::kMultiply, Op::kNegate, Op::kCount, Op::kSum, Op::kMin, Op::kMax}) {
    EXPECT_GT(seen.rules[op], 5u) << "operation " << static_cast<int>(op);
  }
  RecordProperty("programs", static_cast<int>(seen.programs));
  RecordProperty("rows", static_cast<int>(seen.rows));
}

}  // namespace
}  // namespace ordo::eval
