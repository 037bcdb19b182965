// In: the bytes of a Word file. Out: those of its PDF. Never: a shell, the user's own LibreOffice profile, a file left behind.
#include "runtime/office/pdf.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "fmt/format.h"

extern char** environ;

namespace ordo::office {
namespace {

namespace fs = std::filesystem;

std::string Converter() {
  const char* path = std::getenv("PATH");
  const std::string_view all = path ? path : "";
  for (const std::string_view name : {"soffice", "libreoffice"}) {
    for (size_t begin = 0; begin <= all.size();) {
      const size_t end = std::min(all.find(':', begin), all.size());
      const std::string file = fmt::format("{}/{}", all.substr(begin, end - begin), name);
      if (end > begin && access(file.c_str(), X_OK) == 0) return file;
      begin = end + 1;
    }
  }
  return {};
}

// Private to this user; gone with all that is in it when the object is.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "ordo_pdf_XXXXXX").string();
    if (!error && mkdtemp(pattern.data())) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Waits for a child and, past the limit, ends its whole group: the converter starts a process of its own.
absl::Status Wait(pid_t child, int limit_seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(limit_seconds);
  int status = 0;
  for (;;) {
    const pid_t got = waitpid(child, &status, WNOHANG);
    if (got == child) break;
    if (got < 0 && errno != EINTR) return absl::InternalError("waitpid");
    if (std::chrono::steady_clock::now() >= end) {
      kill(-child, SIGKILL);
      while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
      return absl::DeadlineExceededError(fmt::format("> {} s", limit_seconds).c_str());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  kill(-child, SIGKILL);   // whatever it left running in its group
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return absl::OkStatus();
  return absl::AbortedError((WIFEXITED(status) ? fmt::format("exit status {}", WEXITSTATUS(status)) : fmt::format("signal {}", WTERMSIG(status))).c_str());
}

absl::Status Convert(const std::string& program, const fs::path& folder, int limit_seconds) {
  const std::string profile = fmt::format("-env:UserInstallation=file://{}/profile", folder.string());
  std::string arguments[] = {program, profile, "--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", folder.string(),
                             (folder / "document.docx").string()};
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, program.c_str(), &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) return absl::AbortedError(program.c_str());
  return Wait(child, limit_seconds);
}

}  // namespace

absl::StatusOr<std::string> PdfOf(std::string_view docx, int limit_seconds) {
  const std::string program = Converter();
  if (program.empty()) return absl::NotFoundError("soffice");
  const TemporaryFolder folder;
  if (folder.path().empty()) return absl::InternalError("mkdtemp");
  {
    std::ofstream out(folder.path() / "document.docx", std::ios::binary);
    out.write(docx.data(), static_cast<std::streamsize>(docx.size()));
    if (!out.flush()) return absl::InternalError("write");
  }
  if (absl::Status status = Convert(program, folder.path(), limit_seconds); !status.ok()) return status;
  std::ifstream in(folder.path() / "document.pdf", std::ios::binary);
  std::string pdf{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!pdf.starts_with("%PDF-")) return absl::AbortedError("no PDF");
  return pdf;
}

}  // namespace ordo::office
