// A design and its contents into an SQLite database, through libsqlite3.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "runtime/sql/catalog.h"

struct sqlite3;

namespace ordo::sql {

// What the header of the file says of itself: «ORDO».
inline constexpr int32_t kApplicationId = 0x4F52444F;

// Into a new file that then takes the place of `path`. AlreadyExists: what stands there is no export of ours. Unavailable: the
// disk refused. Anything else is our fault.
absl::Status WriteSqliteFile(const std::string& path, const Contents& contents);

// Into an empty database. Each view has been understood by SQLite when this returns; a relation whose view it refuses (a limit)
// is a table of the engine's rows, and `relations` says so. *design receives what was made.
absl::Status WriteSqlite(sqlite3* database, const Contents& contents, Design* design);

}  // namespace ordo::sql
