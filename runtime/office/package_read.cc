// Reading ZIP containers: what the directory says is checked before anything is unpacked, and once more while it is.
#include <zip.h>

#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "runtime/office/package.h"
#include "runtime/office/read_fault.h"

namespace ordo::office {
namespace {

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// How many entries the end of the file promises: read before the library builds its directory of them. Nothing: no ZIP.
std::optional<size_t> PromisedEntries(std::string_view bytes) {
  constexpr size_t kEnd = 22, kComment = 65535;
  if (bytes.size() < kEnd) return std::nullopt;
  const size_t least = bytes.size() - std::min(bytes.size(), kEnd + kComment);
  const size_t at = bytes.rfind("PK\x05\x06", bytes.size() - kEnd);
  if (at == std::string_view::npos || at < least) return std::nullopt;
  return static_cast<unsigned char>(bytes[at + 10]) | static_cast<unsigned char>(bytes[at + 11]) << 8;
}

// «/word\document.xml» is «word/document.xml». "" for what leaves the package or is a folder.
std::string Normalised(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '\\', '/');
  out.erase(0, std::min(out.find_first_not_of('/'), out.size()));
  if (out.empty() || out.back() == '/' || out == ".." || out.starts_with("../") || out.find("/../") != std::string::npos) return "";
  return out;
}

std::string LowerAscii(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

struct Wanted {
  zip_uint64_t index = 0;
  zip_uint64_t size = 0;
  std::string name;
};

absl::StatusOr<std::string> Unpack(zip_t* zip, const Wanted& part) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(zip, part.index, 0));
  if (file == nullptr) return Refused(ReadFault::kBroken, part.name);
  std::string out(part.size, '\0');
  size_t filled = 0;
  while (filled < out.size()) {
    const zip_int64_t read = zip_fread(file.get(), out.data() + filled, out.size() - filled);
    if (read <= 0) return Refused(ReadFault::kBroken, part.name);   // shorter than the directory says, or damaged
    filled += static_cast<size_t>(read);
  }
  char more;
  const zip_int64_t rest = zip_fread(file.get(), &more, 1);   // at the end the checksum is compared as well
  if (rest > 0) return Refused(ReadFault::kTooLarge, fmt::format("{} > {} byte", part.name, part.size));
  if (rest < 0) return Refused(ReadFault::kBroken, part.name);
  return out;
}

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> Unpacked(std::string_view bytes, const ReadLimits& limits,
                                                            bool (*wanted)(std::string_view name)) {
  const auto promised = PromisedEntries(bytes);
  if (!promised) return Refused(ReadFault::kBroken, "ZIP");
  if (*promised > limits.max_parts) return Refused(ReadFault::kTooLarge, fmt::format("ZIP: {} > {}", *promised, limits.max_parts));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  std::unique_ptr<zip_t, CloseZip> zip(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (zip == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (zip == nullptr) return Refused(ReadFault::kBroken, "ZIP");
  const zip_int64_t entries = zip_get_num_entries(zip.get(), 0);
  if (entries < 0) return Refused(ReadFault::kBroken, "ZIP");
  if (static_cast<size_t>(entries) > limits.max_parts) return Refused(ReadFault::kTooLarge, fmt::format("ZIP: {} > {}", entries, limits.max_parts));

  std::vector<Wanted> parts;
  absl::flat_hash_set<std::string> names;
  size_t total = 0;
  for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(entries); ++index) {
    zip_stat_t stat;
    if (zip_stat_index(zip.get(), index, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0) return Refused(ReadFault::kBroken, "ZIP");
    std::string name = Normalised(stat.name);
    if (name.empty()) {
      if (std::string_view(stat.name).find("..") != std::string_view::npos) return Refused(ReadFault::kBroken, stat.name);
      continue;
    }
    // Names of parts differ in more than the case of their letters (ECMA-376-2, 6.2.2).
    if (!names.insert(LowerAscii(name)).second) return Refused(ReadFault::kBroken, name);
    if (!wanted(name)) continue;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((stat.valid & kNeeded) != kNeeded) return Refused(ReadFault::kBroken, name);
    if (stat.encryption_method != ZIP_EM_NONE) return Refused(ReadFault::kLocked, name);
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) return Refused(ReadFault::kBroken, name);
    // Deflate gains a factor of 1032 at most: a larger promise is a lie, found before memory is set aside for it.
    if ((stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.size / 1040 > stat.comp_size) return Refused(ReadFault::kBroken, name);
    if (stat.size > limits.max_part) return Refused(ReadFault::kTooLarge, fmt::format("{}: {} > {} byte", name, stat.size, limits.max_part));
    total += stat.size;
    if (total > limits.max_total) return Refused(ReadFault::kTooLarge, fmt::format("{}: {} > {} byte", name, total, limits.max_total));
    parts.push_back({index, stat.size, std::move(name)});
  }
  std::map<std::string, std::string> out;
  for (const Wanted& part : parts) {
    auto text = Unpack(zip.get(), part);
    if (!text.ok()) return text.status();
    out.emplace(part.name, *std::move(text));
  }
  return out;
}

}  // namespace ordo::office
