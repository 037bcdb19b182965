#include "compiler/driver/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "absl/status/status.h"
#include "fmt/format.h"

namespace ordo {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (!file) return absl::NotFoundError(path.c_str());
  std::string bytes;
  absl::Status status = absl::OkStatus();
  struct stat info {};
  if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)) {
    status = absl::InvalidArgumentError(path.c_str());
  } else if (S_ISREG(info.st_mode) && static_cast<size_t>(info.st_size) > max_bytes) {
    status = absl::ResourceExhaustedError(fmt::format("{}", info.st_size).c_str());
  } else {
    char buffer[1 << 16];
    size_t n = 0;
    while ((n = std::fread(buffer, 1, sizeof buffer, file)) > 0) {
      bytes.append(buffer, n);
      if (bytes.size() > max_bytes) {
        status = absl::ResourceExhaustedError(fmt::format("> {}", max_bytes).c_str());
        break;
      }
    }
    if (std::ferror(file)) status = absl::NotFoundError(path.c_str());
  }
  if (file != stdin) std::fclose(file);
  if (!status.ok()) return status;
  return bytes;
}

absl::StatusOr<std::string> ReadFrom(const FileReader& reader, const std::string& path, size_t max_bytes, bool plain) {
  if (!reader) {
    std::error_code error;
    if (plain && !fs::is_regular_file(path, error)) return absl::NotFoundError(path.c_str());
    return ReadFile(path, max_bytes);
  }
  std::optional<std::string> text = reader(fs::path(path).lexically_normal().string());
  if (!text) return absl::NotFoundError(path.c_str());
  if (text->size() > max_bytes) return absl::ResourceExhaustedError(fmt::format("{}", text->size()).c_str());
  return std::move(*text);
}

std::string CanonicalPath(const FileReader& reader, const std::string& path) {
  if (reader) return fs::path(path).lexically_normal().string();
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  const fs::path canonical = error ? fs::path() : fs::weakly_canonical(absolute, error);
  return error ? std::string() : canonical.string();
}

bool IsBelow(const std::string& root, const std::string& path) {
  const fs::path base = root.empty() ? fs::path(".") : fs::path(root);
  const fs::path relative = fs::path(path).lexically_relative(base);
  return !relative.empty() && *relative.begin() != "..";
}

void ReportUnreadable(const std::string& path, const absl::Status& status, size_t max_bytes, Emitter& emitter) {
  if (absl::IsResourceExhausted(status)) {
    emitter.EmitForPath(Code::kFileTooLarge, path, {std::string(status.message()), fmt::format("{}", max_bytes)});
  } else if (absl::IsInvalidArgument(status)) {
    emitter.EmitForPath(Code::kNotAFile, path, {path});
  } else {
    emitter.EmitForPath(Code::kFileMissing, path, {path});
  }
}

absl::Status WriteFile(const std::string& path, std::string_view bytes) {
  // A link stays a link, and a file keeps who may read and write it.
  std::error_code error;
  const fs::path target = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : fs::path(path);
  const fs::file_status was = fs::status(target, error);
  const std::string aside = fmt::format("{}.{}.part", target.string(), getpid());
  const auto fail = [&] {
    std::remove(aside.c_str());
    return absl::UnavailableError(path.c_str());
  };
  {
    std::ofstream out(aside, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) return fail();
  }
  if (fs::is_regular_file(was)) {
    fs::permissions(aside, was.permissions(), error);
    if (error) return fail();
  }
  if (std::rename(aside.c_str(), target.c_str()) != 0) return fail();
  return absl::OkStatus();
}

}  // namespace ordo
