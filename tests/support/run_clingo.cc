#include "support/run_clingo.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ordo::testing {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

PrivateFile::PrivateFile(const std::string& text) {
  std::string pattern = (std::filesystem::temp_directory_path() / "ordo_test_XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  folder_ = pattern;
  std::ofstream(path(), std::ios::binary) << text;
}

PrivateFile::~PrivateFile() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

ClingoRun RunClingo(const PrivateFile& program, std::vector<std::string> options) {
  const std::string out = program.folder() + "/out", err = program.folder() + "/err";
  options.insert(options.begin(), "clingo");
  options.push_back(program.path());
  std::vector<char*> arguments;
  for (std::string& option : options) arguments.push_back(option.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ClingoRun run;
  pid_t child = 0;
  const auto begin = std::chrono::steady_clock::now();
  const int failure = posix_spawnp(&child, "clingo", &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  if (failure != 0) {
    run.status = 127;
  } else if (waitpid(child, &status, 0) == child && WIFEXITED(status)) {
    run.status = WEXITSTATUS(status);
  }
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  run.out = ReadAll(out);
  run.err = ReadAll(err);
  return run;
}

ClingoRun RunClingo(const std::string& program, std::vector<std::string> options) {
  return RunClingo(PrivateFile(program), std::move(options));
}

}  // namespace ordo::testing
