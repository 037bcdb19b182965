// The work of Lower: one fact family a file. Internal to compiler/lower.
#pragma once

#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "compiler/lower/lower.h"
#include "runtime/solve/plan_network.h"
#include "runtime/solve/plan_targets.h"
#include "runtime/ir/journal.h"
#include "runtime/ir/target_standing.h"

namespace ordo {

class Lowering {
 public:
  explicit Lowering(Model& model) : model_(model), program_(model.program) {}
  void Run(const LowerOptions& options);

 private:
  // lower.cc
  void AskForReports();
  void FillKeyed();
  void FillColumn(const Facts::Column& column, std::vector<ir::Cell>& cells);
  ir::Cell FieldCell(EntityId id, W key, ir::Type type) const;
  // row_wording.cc
  Symbol RowWording(const ir::SeriesRow& row) const;
  // lower_sets.cc
  void FillSets();
  void Expand(const ir::Entry& entry, std::vector<EntityId>& out) const;
  void AddPair(ir::RelationId relation, EntityId owner, EntityId member, Span span);
  void AddPair(ir::RelationId relation, ir::Cell owner, ir::Cell member, Span span);
  void AddNamedTargets(ir::RelationId relation);
  EntityId AddEntryObject(EntityId owner, uint32_t entry);
  // lower_series.cc
  ir::Cell RowCell(W member, uint32_t index) const;
  EntityId PopulationOf(EntityId id) const;
  ir::Cell OutOfCell(EntityId id) const;
  ir::Cell SizeCell(EntityId population) const;
  ir::Cell BaselineDayCell(EntityId target) const;
  void OrderRows();
  static bool IsStandingColumn(W kind, W member);
  void ReadStandings();
  ir::Cell StandingCell(W kind, W member, EntityId id) const;
  void FindHorizons();
  void SolveTargets();
  ir::Cell StatementCell(W kind, W member, uint32_t row) const;
  // lower_prose.cc
  ir::Cell ProseCell(W kind, W member, uint32_t row) const;
  void AddUnmet(ir::RelationId relation);
  // lower_references.cc
  void AddCounterparts(ir::RelationId relation);
  ir::Cell ReferenceCell(W kind, W member, EntityId id, uint32_t row) const;
  // lower_times.cc
  void ResolveTimes();
  ir::Cell TimeCell(W member, uint32_t row) const;
  // lower_schedule.cc
  void SolveSchedule();
  EntityId AddScheduleObject(W kind, EntityId parent, Span span);
  std::vector<EntityId> AddSteps(const solve::Clash& clash, EntityId of);
  bool IsScheduleColumn(W kind, W member) const;
  ir::Cell ScheduleCell(W kind, W member, EntityId id, uint32_t row) const;
  // lower_reminders.cc
  bool AsksForAlarms() const;
  void AddAlarms();
  ir::Cell AlarmCell(W member, uint32_t row) const;
  // lower_journal.cc
  void ReadJournal();
  ir::Cell RecordCell(W member, uint32_t row) const;
  ir::Cell ChangeCell(W member, EntityId source) const;
  ir::Cell IsInUnit(const ir::JournalEntry& entry) const;
  // lower_rings.cc
  std::vector<EntityId> RingsOfTasks() const;
  // lower_tables.cc
  void LowerTables();
  void LowerTable(EntityId id, ir::TableDeclaration::Form form);
  // structure of sections and tasks
  struct Tree {
    std::vector<ir::Cell> previous, level, siblings, ordinal;
    std::vector<bool> has_children;
  };
  Tree TreeOf(W kind) const;

  static ir::Cell CellOf(EntityId id) { return id == EntityId::kNone ? ir::kAbsent : static_cast<ir::Cell>(static_cast<uint32_t>(id)); }
  static ir::Cell CellOf(Symbol symbol) { return symbol == Symbol::kEmpty ? ir::kAbsent : static_cast<ir::Cell>(static_cast<uint32_t>(symbol)); }
  static ir::Cell CellOf(const std::optional<Date>& date) { return date ? date->days() : ir::kAbsent; }
  static ir::Cell CellOf(W word) { return static_cast<ir::Cell>(word); }
  static ir::Cell Number(int64_t value) { return Decimal::FromInt(value).cell(); }
  const std::vector<EntityId>& Objects(W kind) const { return model_.by_kind[KindOf(kind)]; }

  struct RecordLinks {   // objects of kind `record`; the amendment is one
    ir::Cell previous = ir::kAbsent, repeats = ir::kAbsent, start = ir::kAbsent, done = ir::kAbsent, amendment = ir::kAbsent;
  };

  Model& model_;
  ir::Program& program_;
  std::vector<ResolvedTime> times_;
  struct ClashObject {
    EntityId last;
    int shortfall = 0;
  };
  std::optional<solve::Schedule> schedule_;
  std::vector<ClashObject> clash_objects_;                     // by row of a `clash` object
  std::vector<std::pair<EntityId, EntityId>> steps_of_;        // a clash or an awaited day, its step
  std::vector<EntityId> last_statements_;                      // by row of a `conflict` object
  std::vector<std::pair<EntityId, EntityId>> statements_of_;   // a conflict, its statement
  std::vector<ir::TargetStanding> standings_;                  // by target, on the day of the journal
  absl::flat_hash_map<EntityId, ir::Cell> conditions_hold_;    // a condition or a task, a word
  bool targets_decided_ = true;
  struct RowOrder {
    ir::Cell previous = ir::kAbsent, earlier = ir::kAbsent;
    bool is_last = false, is_only = false;
  };
  std::vector<RowOrder> order_;                                // of Program::series
  std::vector<ir::Cell> horizons_;                             // ascending days
  struct AlarmObject {
    EntityId owner, reminder;
    Date on, aim;
  };
  std::vector<AlarmObject> alarms_;                            // by row of an `alarm` object
  std::vector<uint32_t> entry_of_;         // row of an `entry` object -> Program::entries
  std::vector<EntityId> entry_owners_;
  std::optional<Date> as_of_;
  std::unique_ptr<ir::Journal> journal_;
  std::vector<RecordLinks> records_;       // by row
  absl::flat_hash_map<EntityId, const ir::DueChange*> change_of_;   // amendment or `moved` -> what it changed
  absl::flat_hash_map<EntityId, W> unit_of_rows_;                   // target -> measure of its rows
};

// The last part of a number as written («2.1.» -> 1, «II» -> 2, «đ)» -> 5); nullopt if it has none.
std::optional<int64_t> OrdinalOf(std::string_view number);

}  // namespace ordo
