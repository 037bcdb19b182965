#include "runtime/eval/engine.h"

#include <cstring>
#include <new>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "fmt/format.h"
#include "runtime/eval/compile.h"
#include "runtime/eval/derivations.h"
#include "runtime/eval/facts.h"
#include "runtime/eval/plan.h"
#include "runtime/eval/run.h"
#include "runtime/ir/analysis.h"

namespace ordo::eval {

struct Evaluation::State {
  State(const ir::Program& program, const Limits& limits)
      : memory{limits.memory}, facts(program, &memory), derivations(facts, limits.derived_rows), limits(limits) {}

  Memory memory;
  Facts facts;
  Derivations derivations;
  Limits limits;
  uint64_t steps = 0;
  uint32_t at_rule = 0;                                // compiled or run last
  std::vector<uint64_t> rule_steps;
  Calls* calls = nullptr;
  std::vector<std::vector<ir::RelationId>> premises;   // relations of the premises, by rule

  absl::Status Fill(const std::vector<ir::RelationId>& group, const std::vector<std::vector<uint32_t>>& rules_of,
                    const std::vector<const Native*>& natives);
  absl::Status RunRoutine(Routine& routine);
  absl::Status Stopped(const Stop& stop) const;
};

namespace {

constexpr char kStop[] = "ordo/stop";   // of the payload: a Stop

absl::StatusOr<std::vector<const Native*>> ResolveNatives(const ir::Program& program, const std::vector<Native>& natives) {
  std::vector<const Native*> resolved;
  for (const std::string& name : program.functions) {
    const Native* found = nullptr;
    for (const Native& native : natives) {
      if (native.id == name) found = &native;
    }
    if (found == nullptr) return absl::InvalidArgumentError(fmt::format("there is no native function «{}»", name));
    resolved.push_back(found);
  }
  for (const ir::Expr& expr : program.exprs) {
    if (expr.op != ir::Op::kCall) continue;
    const Native& native = *resolved[expr.a];
    bool fits = expr.argument_count == native.parameters.size() && expr.type == native.result;
    for (uint32_t i = 0; fits && i < expr.argument_count; ++i) {
      fits = program.exprs[program.arguments[expr.first_argument + i]].type == native.parameters[i];
    }
    if (!fits) return absl::InvalidArgumentError(fmt::format("native function «{}» has other types", native.id));
  }
  return resolved;
}

}  // namespace

absl::Status Evaluation::State::RunRoutine(Routine& routine) {
  at_rule = routine.rule;
  const uint64_t before = steps;
  const Ending ending = Run(routine, facts, derivations, limits.steps, &steps);
  rule_steps[routine.rule] += steps - before;
  if (ending == Ending::kDone) return absl::OkStatus();
  if (ending == Ending::kTooManyRows) return Stopped({Stop::Limit::kRows, limits.derived_rows, routine.rule});
  if (ending == Ending::kTooManySteps) return Stopped({Stop::Limit::kSteps, limits.steps, routine.rule});
  return Stopped({Stop::Limit::kMemory, limits.memory, routine.rule});
}

absl::Status Evaluation::State::Stopped(const Stop& stop) const {
  const std::string_view what = stop.limit == Stop::Limit::kRows    ? "derived rows"
                                : stop.limit == Stop::Limit::kSteps ? "steps"
                                                                    : "bytes of memory";
  absl::Status status = absl::ResourceExhaustedError(fmt::format("more than {} {}, reached in rule «{}»", stop.value, what,
                                                                 facts.program().text(facts.program().rules[stop.rule].name)));
  status.SetPayload(kStop, absl::Cord(absl::string_view(reinterpret_cast<const char*>(&stop), sizeof stop)));
  return status;
}

// Rules that do not read the group run once. The others run in rounds, each on the rows that the round before has added, until a
// round adds none.
absl::Status Evaluation::State::Fill(const std::vector<ir::RelationId>& group, const std::vector<std::vector<uint32_t>>& rules_of,
                                     const std::vector<const Native*>& natives) {
  const ir::Program& program = facts.program();
  std::vector<bool> member(program.relations.size());
  for (const ir::RelationId relation : group) member[relation] = true;
  bool recursive = false;
  for (const ir::RelationId relation : group) {
    for (const uint32_t rule : rules_of[relation]) {
      ir::ForEachRead(program, program.rules[rule], [&](ir::RelationId read, bool) { recursive = recursive || member[read]; });
    }
  }
  for (const ir::RelationId relation : group) {
    facts.table(relation).growing = recursive;
    facts.table(relation).unique = true;
  }
  std::vector<Routine> rounds;
  for (const ir::RelationId relation : group) {
    for (const uint32_t rule : rules_of[relation]) {
      at_rule = rule;
      std::vector<Routine> routines = CompileRule(program, rule, facts, natives, &premises[rule], calls);
      if (memory.full()) return Stopped({Stop::Limit::kMemory, limits.memory, rule});
      for (Routine& routine : routines) {
        if (routine.delta != nullptr || routine.whole) {
          rounds.push_back(std::move(routine));
          continue;
        }
        // One rule whose bindings all differ gives rows that all differ: no set is needed to know that.
        facts.table(relation).unique = recursive || rules_of[relation].size() > 1 || !routine.distinct;
        if (const absl::Status status = RunRoutine(routine); !status.ok()) return status;
      }
    }
  }
  for (bool again = recursive; again;) {
    again = false;
    for (const ir::RelationId relation : group) {
      Table& table = facts.table(relation);
      table.delta_begin = table.delta_end;
      table.delta_end = table.rows();
    }
    for (Routine& routine : rounds) {
      if (!routine.whole && routine.delta->delta_begin == routine.delta->delta_end) continue;
      if (const absl::Status status = RunRoutine(routine); !status.ok()) return status;
    }
    for (const ir::RelationId relation : group) again = again || facts.table(relation).rows() > facts.table(relation).delta_end;
  }
  for (const ir::RelationId relation : group) facts.table(relation).growing = false;
  return absl::OkStatus();
}

absl::StatusOr<Evaluation> Evaluate(const ir::Program& program, const Limits& limits, const Progress& progress,
                                    const std::vector<Native>& natives, Calls* calls) {
  const absl::StatusOr<std::vector<const Native*>> functions = ResolveNatives(program, natives);
  if (!functions.ok()) return functions.status();
  auto state = std::make_unique<Evaluation::State>(program, limits);
  state->calls = calls;
  if (calls != nullptr) {
    calls->clear();
    for (const Native* function : *functions) calls->push_back(std::make_unique<CallsOf>(*function));
  }
  state->premises.resize(program.rules.size());
  state->rule_steps.resize(program.rules.size());
  std::vector<std::vector<uint32_t>> rules_of(program.relations.size());
  std::vector<bool> read(program.relations.size());
  for (uint32_t rule = 0; rule < program.rules.size(); ++rule) {
    rules_of[program.rules[rule].head].push_back(rule);
    ir::ForEachRead(program, program.rules[rule], [&](ir::RelationId relation, bool) { read[relation] = true; });
  }
  const ir::Strata strata = ir::FindStrata(program);
  for (size_t i = 0; i < strata.groups.size(); ++i) {
    try {
      if (const absl::Status status = state->Fill(strata.groups[i], rules_of, *functions); !status.ok()) return status;
      for (const ir::RelationId relation : strata.groups[i]) {
        if (!read[relation]) state->derivations.Sort(relation);
      }
    } catch (const std::bad_alloc&) {
      return state->Stopped({Stop::Limit::kMemory, limits.memory, state->at_rule});
    }
    if (progress) progress(i + 1, strata.groups.size());
  }
  return Evaluation(std::move(state));
}

Evaluation::Evaluation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Evaluation::~Evaluation() = default;
Evaluation::Evaluation(Evaluation&&) noexcept = default;
Evaluation& Evaluation::operator=(Evaluation&&) noexcept = default;

const ir::Program& Evaluation::program() const { return state_->facts.program(); }
uint32_t Evaluation::rows(ir::RelationId relation) const { return state_->facts.table(relation).rows(); }
ir::Cell Evaluation::cell(ir::RelationId relation, uint32_t row, uint32_t column) const {
  return state_->facts.table(relation).At(row, column);
}
uint64_t Evaluation::steps() const { return state_->steps; }
uint64_t Evaluation::memory() const { return state_->memory.used; }

std::optional<Stop> StopOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kStop);
  if (!payload || payload->size() != sizeof(Stop)) return std::nullopt;
  Stop stop;
  std::memcpy(&stop, std::string(*payload).data(), sizeof stop);
  return stop;
}
uint64_t Evaluation::steps_of(uint32_t rule) const { return state_->rule_steps[rule]; }

Reason Evaluation::reason(RowId row) const {
  Reason reason;
  if (!program().relations[row.relation].derived) return reason;
  const Derivations::Record record = state_->derivations.record(row.relation, row.row);
  reason.rule = record.rule;
  const uint32_t* const rows = state_->derivations.premises(record);
  const std::vector<ir::RelationId>& relations = state_->premises[record.rule];
  for (size_t i = 0; i < relations.size(); ++i) reason.premises.push_back({relations[i], rows[i]});
  return reason;
}

std::vector<ir::Cell> Evaluation::binding(RowId row) const {
  if (!program().relations[row.relation].derived) return {};
  const Derivations::Record record = state_->derivations.record(row.relation, row.row);
  std::vector<ir::Cell> values(program().rules[record.rule].variables.size(), ir::kAbsent);
  const std::vector<uint32_t>& variables = state_->derivations.variables(record.rule);
  for (size_t i = 0; i < variables.size(); ++i) values[variables[i]] = state_->derivations.bindings(record)[i];
  return values;
}

}  // namespace ordo::eval
