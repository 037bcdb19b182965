// Parts into a ZIP archive in memory. Every entry carries the same time, the oldest that the format knows, so that equal parts give
// equal bytes.
#include <zip.h>

#include <memory>

#include <fmt/format.h>

#include "runtime/office/package.h"

namespace ordo::office {
namespace {

constexpr zip_uint16_t kTime = 0;                      // midnight
constexpr zip_uint16_t kDay = (0 << 9) | (1 << 5) | 1;   // 1 January 1980
constexpr zip_uint32_t kLevel = 4;                     // markup repeats itself: higher levels cost twice the time for a few percent

absl::Status Failed(std::string_view what, zip_error_t* error) {
  return absl::InternalError(fmt::format("{}: {}", what, zip_error_strerror(error)));
}

}  // namespace

absl::StatusOr<std::string> Packed(const std::vector<Part>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_error_t, void (*)(zip_error_t*)> finish(&error, zip_error_fini);

  // Kept once more by us, so that its bytes can be read after the archive is closed.
  const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> out(zip_source_buffer_create(nullptr, 0, 0, &error), zip_source_free);
  if (!out) return Failed("no memory for an archive", &error);
  zip_source_keep(out.get());
  zip_t* archive = zip_open_from_source(out.get(), ZIP_TRUNCATE, &error);
  if (archive == nullptr) {
    zip_source_free(out.get());   // the archive did not take its share
    return Failed("no archive", &error);
  }

  for (const Part& part : parts) {
    zip_source_t* source = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
    const zip_int64_t index = source == nullptr ? -1 : zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      const absl::Status status = Failed(part.name, zip_get_error(archive));
      if (source != nullptr) zip_source_free(source);
      zip_discard(archive);
      return status;
    }
    const auto entry = static_cast<zip_uint64_t>(index);
    zip_set_file_compression(archive, entry, ZIP_CM_DEFLATE, kLevel);
    zip_file_set_dostime(archive, entry, kTime, kDay, 0);
  }
  if (zip_close(archive) != 0) {
    const absl::Status status = Failed("archive not written", zip_get_error(archive));
    zip_discard(archive);
    return status;
  }

  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(out.get(), &stat) != 0 || zip_source_open(out.get()) != 0) return Failed("archive not read", zip_source_error(out.get()));
  std::string bytes(stat.size, '\0');
  const zip_int64_t read = zip_source_read(out.get(), bytes.data(), bytes.size());
  zip_source_close(out.get());
  if (read < 0 || static_cast<zip_uint64_t>(read) != stat.size) return absl::InternalError("archive not read");
  return bytes;
}

}  // namespace ordo::office
