// Files as the driver reads and writes them. In: paths. Out: bytes, or why not. Whoever embeds Ordo may answer for every file out of
// memory instead (FileReader); then nothing touches the disk. Never looks into what it reads.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "runtime/diag/emitter.h"

namespace ordo {

// The text of a file by its path in lexical normal form («a/../b.ordo» is asked as «b.ordo»); nullopt: there is none.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

// The bytes of a file; NotFound, InvalidArgument for a folder, or ResourceExhausted when it is larger than the limit. `-` is standard
// input.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);
// Likewise, from the reader if there is one. `plain`: regular files only, since opening a pipe would wait for ever.
absl::StatusOr<std::string> ReadFrom(const FileReader& reader, const std::string& path, size_t max_bytes, bool plain);
// One path for one file: absolute and without links on the disk, lexical for a reader; "" when links lead in a circle.
std::string CanonicalPath(const FileReader& reader, const std::string& path);
// Whether a canonical path lies in the folder tree of a canonical root.
bool IsBelow(const std::string& root, const std::string& path);

// The finding for what could not be read.
void ReportUnreadable(const std::string& path, const absl::Status& status, size_t max_bytes, Emitter& emitter);
// Written aside, then renamed: never half a file.
absl::Status WriteFile(const std::string& path, std::string_view bytes);

}  // namespace ordo
