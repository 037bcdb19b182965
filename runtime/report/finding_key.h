// The fingerprint of what a rule found at a place: code, the declared names down to the object, the field, and for what has no
// name (times, values, rows, citations) its content. Titles of named objects, numbers of tasks, order and skin do not count.
#pragma once

#include <string>

#include "runtime/ir/ir.h"
#include "runtime/report/words.h"
#include "runtime/time/time_value.h"

namespace ordo::report {

class FindingKeys {
 public:
  explicit FindingKeys(const ir::Program& program);
  FindingKeys(const FindingKeys&) = delete;   // names_ refers to it
  FindingKeys& operator=(const FindingKeys&) = delete;

  std::string KeyOf(std::string_view code, EntityId object, ir::WordId field) const;
  // «khảo_sát», «khảo_sát.bước_1»; of an unnamed object that of the named one above.
  std::string PathOf(EntityId object) const;

 private:
  std::string ContentOf(EntityId object) const;

  const ir::Program& program_;
  Words words_;
  TimeNames names_;
};

}  // namespace ordo::report
