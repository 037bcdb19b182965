// How values read to people: objects by number or title, times in official wording, numbers in the manner of the language.
// Used for messages, cells and explanations alike, so that one value never reads two ways.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/ir/ir.h"
#include "runtime/report/numbering.h"
#include "runtime/report/words.h"

namespace ordo::report {

// As the plan's own annex numbers its tasks, so that what is said elsewhere can be found in print.
NumberingStyle StyleOfTasks(const ir::Program& program, ir::KindId task_kind);

class Printer {
 public:
  Printer(const ir::Program& program, Language language);
  Printer(const Printer&) = delete;   // names_ refers to the printer itself
  Printer& operator=(const Printer&) = delete;

  Language language() const { return language_; }
  // A task or section by its number as tables print it («II.3», «III.10 (a)» for unnumbered sub-rows: second is b), a unit, post
  // or group by title, a document by title or symbol, a time by its wording, an entry by the wording or title of its party.
  std::string Object(EntityId id) const;
  // «II.3» of a task, a target, a section or a paragraph; "" where it has no number.
  std::string NumberOf(EntityId id) const;
  std::string Value(ir::Type type, ir::Cell cell) const;
  // A list for a sentence: «a, b và c» | "a, b and c"; more than `most` values, or very long ones, end in
  // «và n mục khác» | "and n more".
  std::string List(const std::vector<std::string>& values, size_t most = 12) const;
  // The printed cell of a field of an object: `written` if given, else its entries («; » between them). "" if not stated.
  std::string FieldCell(EntityId id, ir::WordId field) const;
  std::string EntryText(const ir::Entry& entry) const;
  // What becomes of named days that fall on a rest day, by the plan's policy: outputs that judge days say it.
  std::string RestDaysText() const;
  // One clause of a conflict of the schedule, with the day that it leads to.
  std::string StepText(const ir::Step& step) const;
  // The value of a row of a target's series: the words of a row told in words, else «≥ 80%», «2 mỗi năm», «tăng ≥ 10% so với 2021».
  // Object adds the year: «≥ 80% (2030)». The cell adds the verb and what is measured differently in this row.
  std::string SeriesValue(EntityId id) const;
  std::string SeriesCell(EntityId id) const;
  // «nguyên văn»: the official bullet of a row, with the wording of its target filled in; empty if neither is given.
  std::string SeriesWording(EntityId id) const;
  // One thing that must hold, of a conflict between targets.
  std::string StatementText(const ir::Statement& statement) const;
  // A value in the measure in which a row tells it: money in millions where the row does.
  std::string Measured(const ir::SeriesRow& row, ir::Cell cell) const;
  std::string_view Spelling(ir::WordId word) const;
  std::string_view WordOf(ir::WordId word) const { return word < program_.words.size() ? std::string_view(program_.words[word].id) : std::string_view(); }

 private:
  const ir::SeriesRow* RowOf(EntityId id) const;   // of the plan or of a reference; nullptr if it is none
  std::string Party(const ir::Entry& entry) const;
  std::string LagText(const ir::Lag& lag) const;
  std::string DueWithMilestones(EntityId id, const ir::Field* stated) const;

  const ir::Program& program_;
  Language language_;
  Words words_;
  Numbering numbers_;
  absl::flat_hash_map<EntityId, std::pair<std::string, std::string>> text_numbers_;   // of sections of text and paragraphs: own, label
  TimeNames names_;
  std::vector<uint32_t> entry_of_row_;                                   // row of an `entry` object -> Program::entries
  absl::flat_hash_map<EntityId, std::vector<EntityId>> milestones_;      // of a task, in source order
};

}  // namespace ordo::report
