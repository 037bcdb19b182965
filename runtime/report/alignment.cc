#include "runtime/report/alignment.h"

#include <algorithm>

#include <fmt/format.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/diag/emitter.h"
#include "runtime/ir/alignment.h"
#include "runtime/report/print.h"

namespace ordo::report {
namespace {

class Writer {
 public:
  Writer(const eval::Evaluation& evaluation, Language language)
      : evaluation_(evaluation),
        program_(evaluation.program()),
        language_(language),
        words_(program_),
        printer_(program_, language),
        kinds_{KindNamed("reference"), KindNamed("reference_target"), KindNamed("reference_task"), words_.target_kind,
               words_.task_kind} {
    const ir::RelationId relation = program_.FindRelation("object.counterparts") != ir::kNone
                                        ? program_.FindRelation("object.counterparts")
                                        : program_.FindRelation("task.counterparts");
    for (uint32_t i = 0; relation != ir::kNone && i < evaluation_.rows(relation); ++i) {
      counterparts_[static_cast<EntityId>(evaluation_.cell(relation, i, 0))].push_back(
          static_cast<EntityId>(evaluation_.cell(relation, i, 1)));
    }
    for (const ir::SeriesRow& row : program_.reference_series) rows_of_[program_.entity(row.object).parent].push_back(&row);
  }

  Table Build() const {
    Table table;
    table.id = "alignment";
    table.title = Say(Phrase::kAlignTitle);
    table.landscape = true;
    table.columns = {{"theirs", Say(Phrase::kAlignTheirs), false},         {"horizon", Say(Phrase::kAlignHorizon), false},
                     {"their_value", Say(Phrase::kAlignTheirValue), true}, {"ours", Say(Phrase::kAlignOurs), false},
                     {"our_value", Say(Phrase::kAlignOurValue), true},     {"standing", Say(Phrase::kAlignStanding), false}};
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      if (program_.entities[i].kind == kinds_.reference) AddReference(static_cast<EntityId>(i), table);
    }
    return table;
  }

 private:
  struct Kinds {
    ir::KindId reference, target, task, own_target, own_task;
  };
  ir::KindId KindNamed(std::string_view id) const {
    for (size_t i = 0; i < program_.kinds.size(); ++i) {
      if (program_.word(program_.kinds[i].word).id == id) return static_cast<ir::KindId>(i);
    }
    return ir::kNoKind;
  }
  std::string Say(Phrase phrase) const { return ordo::Say(phrase, language_, {}); }

  bool Stands(EntityId reference, std::string_view word) const {
    const ir::Field* stands = FieldNamed(program_, reference, "stands");
    return stands != nullptr && stands->entry_count > 0 && program_.entries[stands->first_entry].value == ir::Cell{program_.FindWord(word)};
  }

  // Nothing here answers: left out, or given to somebody else. What the previous plan asked, it asked of this office.
  Phrase Unanswered(EntityId id) const {
    if (Stands(program_.entity(id).parent, "previous_plan")) return Phrase::kAlignDropped;
    return PropertyOf(program_, id, "is_addressed") == 0 ? Phrase::kAlignElsewhere : Phrase::kAlignDropped;
  }

  void AddReference(EntityId reference, Table& table) const {
    Group group;
    group.id = program_.text(program_.entity(reference).name);
    group.title = printer_.Object(reference);
    group.at = program_.entity(reference).span;
    // Of a sibling only what both ask is of interest.
    const bool sibling = Stands(reference, "sibling_plan");
    absl::flat_hash_set<EntityId> answering;
    for (size_t i = 0; i < program_.entities.size(); ++i) {
      const ir::Entity& entity = program_.entities[i];
      if (entity.parent != reference || (entity.kind != kinds_.target && entity.kind != kinds_.task)) continue;
      const auto id = static_cast<EntityId>(i);
      const auto found = counterparts_.find(id);
      static const std::vector<EntityId> kNobody;
      const std::vector<EntityId>& ours = found == counterparts_.end() ? kNobody : found->second;
      answering.insert(ours.begin(), ours.end());
      if (entity.kind == kinds_.task) {
        if (ours.empty() && !sibling) Add(group, id, nullptr, EntityId::kNone, nullptr, Unanswered(id));
        for (const EntityId own : ours) Add(group, id, nullptr, own, nullptr, Phrase::kAlignCovered);
      } else {
        if (!ours.empty() || !sibling) AddTarget(id, ours, group);
      }
    }
    for (size_t i = 0; i < program_.entities.size() && !sibling; ++i) {
      const auto id = static_cast<EntityId>(i);
      if (program_.entities[i].kind != kinds_.own_target || answering.contains(id)) continue;
      const auto rows = program_.SeriesOf(id);
      if (rows.empty()) Add(group, EntityId::kNone, nullptr, id, nullptr, Phrase::kAlignInvented);
      for (const ir::SeriesRow& row : rows) Add(group, EntityId::kNone, nullptr, id, &row, Phrase::kAlignInvented);
    }
    table.groups.push_back(std::move(group));
  }

  void AddTarget(EntityId id, const std::vector<EntityId>& ours, Group& group) const {
    const auto found = rows_of_.find(id);
    static const std::vector<const ir::SeriesRow*> kNone;
    const auto& theirs = found == rows_of_.end() ? kNone : found->second;
    if (ours.empty()) {
      if (theirs.empty()) Add(group, id, nullptr, EntityId::kNone, nullptr, Unanswered(id));
      for (const ir::SeriesRow* row : theirs) Add(group, id, row, EntityId::kNone, nullptr, Unanswered(id));
      return;
    }
    for (const EntityId own : ours) {
      absl::flat_hash_set<const ir::SeriesRow*> met;
      for (const ir::SeriesRow* row : theirs) {
        bool answered = false;
        for (const ir::SeriesRow& mine : program_.SeriesOf(own)) {
          if (!ir::Comparable(mine, *row)) continue;
          answered = true;
          met.insert(&mine);
          constexpr Phrase kWords[] = {Phrase::kAlignCovered, Phrase::kAlignTightened, Phrase::kAlignLoosened};
          Add(group, id, row, own, &mine, kWords[static_cast<size_t>(ir::Align(program_, mine, *row))]);
        }
        if (!answered) Add(group, id, row, own, nullptr, Phrase::kAlignNoValue);
      }
      for (const ir::SeriesRow& mine : program_.SeriesOf(own)) {
        if (!met.contains(&mine)) Add(group, id, nullptr, own, &mine, Phrase::kAlignOwnHorizon);
      }
    }
  }

  void Add(Group& group, EntityId theirs, const ir::SeriesRow* their_row, EntityId ours, const ir::SeriesRow* our_row,
           Phrase standing) const {
    Row& row = group.rows.emplace_back();
    const ir::SeriesRow* told = their_row != nullptr ? their_row : our_row;
    // A task of the plan by its title beside that of the reference, not by its number.
    const auto title = [&](EntityId id) {
      if (id == EntityId::kNone) return std::string();
      const ir::Entity& entity = program_.entity(id);
      const bool titled = entity.kind == kinds_.own_task && entity.title != Symbol::kEmpty;
      return titled ? std::string(program_.text(entity.title)) : printer_.Object(id);
    };
    row.id = program_.text(program_.entity(ours != EntityId::kNone ? ours : theirs).name);
    row.at = our_row != nullptr ? program_.entity(our_row->object).span
                                : program_.entity(ours != EntityId::kNone ? ours : theirs).span;
    row.cells = {title(theirs),
                 told == nullptr || told->horizon == ir::kAbsent
                     ? std::string()
                     : fmt::format("{}", Date(static_cast<int32_t>(told->horizon)).ymd().year),
                 their_row != nullptr ? printer_.SeriesCell(their_row->object) : std::string(),
                 title(ours),
                 our_row != nullptr ? printer_.SeriesCell(our_row->object) : std::string(),
                 Say(standing)};
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  const Kinds kinds_;
  absl::flat_hash_map<EntityId, std::vector<EntityId>> counterparts_;
  absl::flat_hash_map<EntityId, std::vector<const ir::SeriesRow*>> rows_of_;
};

}  // namespace

Table BuildAlignment(const eval::Evaluation& evaluation, Language language) { return Writer(evaluation, language).Build(); }

}  // namespace ordo::report
