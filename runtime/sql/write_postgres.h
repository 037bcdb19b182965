// Plans into one schema of a PostgreSQL database: facts of all plans in the same tables, with the plan before each key; views
// that answer for all of them at once, or for the one that `SET ordo.plan = 'key'` names.
//
// A plan is written in one transaction under a lock of the schema: it is there as a whole or as it was before. The same plan
// written again leaves the same rows. Views are kept by what they say: plans that were written with the same rule share its view,
// one with another version of it (another library, a parameter) has one of its own, and `leads` is all versions of `leads`
// together.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "runtime/sql/catalog.h"
#include "runtime/sql/postgres.h"

namespace ordo::sql {

struct PostgresTarget {
  std::string connection;  // what libpq takes: a URL or «host=… dbname=…»
  std::string schema = "ordo";
  std::string key;  // of the plan
};

// Unavailable: no server, or it went away; FailedPrecondition: it refused, with its reason. Either way nothing has changed.
absl::Status WritePostgres(const PostgresTarget& target, const Contents& contents);

}  // namespace ordo::sql
