// A large plan with the library, for comparing the engine with others: the program with all rules; the same facts with a stated part of
// them; and that part translated by hand to SQL and to answer set rules over the same facts. The part: waits_on (recursion), leads,
// dated, OWN01, OWN05, SCH01 (absence), OWN06 (absence in a set), OWN07 (a join), WRK01 (counts against a share), WRK02 (counts by
// unit and day), XB01 of our own (a count over the recursion). The plan has faults and links between tasks, so that each of them finds something.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/ir/ir.h"

namespace ordo::testing {

class LibraryRules {
 public:
  explicit LibraryRules(size_t tasks);
  ~LibraryRules();

  const ir::Program& whole() const;
  const ir::Program& some() const { return some_; }

  struct Answer {
    ir::RelationId relation;
    std::string sql, atom;
  };
  std::vector<Answer> Answers() const;
  // SQL: the facts' tables with indexes, what several queries share, and what takes that away again.
  std::vector<std::string> Tables() const;
  std::vector<std::string> Prepare() const;
  std::vector<std::string> Clean() const;
  // table, width, rows, and row(i, cells).
  using Row = std::function<void(size_t, int64_t*)>;
  void ForEachTable(const std::function<void(const std::string&, size_t, size_t, const Row&)>& visit) const;
  std::string AspFacts() const;
  std::string AspRules() const;

 private:
  struct Source;   // texts and model that the programs live in
  // Columns of a relation that the translations read, by name; "parent" of an object is one too.
  struct Read {
    const char* relation;
    std::vector<const char*> columns;
    std::vector<const char*> indexes;
  };
  static const std::vector<Read>& Reads();
  ir::RelationId Relation(const char* name) const;
  // Cells of the columns read, row by row.
  Row RowOf(const Read& read) const;

  std::unique_ptr<Source> source_;
  ir::Program some_;
};

}  // namespace ordo::testing
