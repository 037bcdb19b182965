// Runs every `.case` file below tests/golden: writes its inputs to a temporary folder, runs the `ordo` program for each output
// section and compares. ORDO_UPDATE=1 rewrites the outputs; a crash is never written. A name holds `fail_` if and only if the
// program finds an error; `known_wrong_` says that the output records a bug.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "support/case_file.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
void WriteText(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

struct Ran {
  int status = -1;  // exit status; -1: killed by a signal
  std::string out;
  std::string err;
};

Ran RunOrdo(const fs::path& folder, std::vector<std::string> arguments) {
  const fs::path out = folder / ".stdout", err = folder / ".stderr";
  arguments.insert(arguments.begin(), ORDO_PROGRAM);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(folder.c_str()) != 0 || !std::freopen(out.c_str(), "w", stdout) || !std::freopen(err.c_str(), "w", stderr))
      _exit(127);
    execv(ORDO_PROGRAM, argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadText(out), ReadText(err)};
}

// The command that prints a stage; empty if there is no such stage.
std::vector<std::string> CommandOf(const std::string& stage, const std::string& plan) {
  for (const char* dumped : {"tokens", "ast", "model", "ir", "facts"}) {
    if (stage == dumped) return {"dump", plan, "--stage", stage};
  }
  if (stage == "findings") return {"check", plan};
  if (stage == "timeline" || stage == "align" || stage == "chart") return {stage, plan};
  if (stage == "fmt") return {"fmt", plan};
  if (stage.starts_with("status/")) return {"status", plan, "--as-of", stage.substr(7)};
  if (stage.starts_with("table/")) return {"table", plan, stage.substr(6)};
  if (stage.starts_with("calendar/")) return {"calendar", plan, "--year", stage.substr(9)};
  if (stage.starts_with("chart/")) return {"chart", plan, stage.substr(6)};
  if (stage.starts_with("why/")) return {"why", plan, stage.substr(4)};
  return {};
}

class Golden : public testing::Test {
 public:
  explicit Golden(fs::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const std::string text = ReadText(path_);
    std::optional<CaseFile> read = ReadCase(text);
    ASSERT_TRUE(read) << path_ << " is no archive";
    CaseFile& file = *read;
    ASSERT_FALSE(file.header.empty()) << "the first line must say what the case shows";
    ASSERT_FALSE(file.sections.front().is_output()) << "the first section must be the plan";
    const std::string plan = file.sections.front().name;
    ASSERT_TRUE(std::any_of(file.sections.begin(), file.sections.end(), [](const CaseSection& s) { return s.is_output(); }))
        << "no output section: nothing is tested";

    char pattern[] = "/tmp/ordo_golden_XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    const fs::path folder = pattern;
    for (const CaseSection& section : file.sections) {
      if (!section.is_output()) WriteText(folder / section.name, section.content);
    }
    RunSections(file, plan, folder);
    if (!HasFatalFailure()) ExpectNameTellsOfErrors(file, plan, folder);
    fs::remove_all(folder);

    if (HasFailure() || !std::getenv("ORDO_UPDATE")) return;
    if (const std::string updated = WriteCase(file); updated != text) WriteText(path_, updated);
  }

 private:
  void RunSections(CaseFile& file, const std::string& plan, const fs::path& folder) {
    const bool update = std::getenv("ORDO_UPDATE") != nullptr;
    for (CaseSection& section : file.sections) {
      if (!section.is_output()) continue;
      std::vector<std::string> command = CommandOf(section.stage(), plan);
      ASSERT_FALSE(command.empty()) << section.name << " is no stage";
      const std::vector<std::string> flags = file.FlagsFor(section.stage());
      command.insert(command.end(), flags.begin(), flags.end());
      Ran ran = RunOrdo(folder, command);
      ASSERT_TRUE(ran.status >= 0 && ran.status <= 2) << section.name << ": exit status " << ran.status << "\n" << ran.err;
      // Output that has no last line end is shown with one.
      std::string got = ran.out;
      if (!got.empty() && got.back() != '\n') got += '\n';
      got += ran.err;
      ASSERT_FALSE(got.empty() && ran.status != 0) << section.name << ": exit status " << ran.status << " without a word";
      if (update) {
        section.content = got;
      } else {
        EXPECT_EQ(section.content, got) << path_ << ": " << section.name;
      }
    }
  }

  // Cases that show only the front of the flow are judged by it; a plan that the model refuses may still be a sound text.
  void ExpectNameTellsOfErrors(const CaseFile& file, const std::string& plan, const fs::path& folder) {
    const bool front_only = std::all_of(file.sections.begin(), file.sections.end(), [](const CaseSection& s) {
      return !s.is_output() || s.stage() == "tokens" || s.stage() == "ast" || s.stage() == "fmt";
    });
    bool errors;
    if (front_only) {
      errors = RunOrdo(folder, {"fmt", plan}).status == 2;
    } else {
      std::vector<std::string> command = {"check", plan, "--format", "json"};
      const std::vector<std::string> flags = file.FlagsFor("findings");
      command.insert(command.end(), flags.begin(), flags.end());
      const auto json = nlohmann::json::parse(RunOrdo(folder, command).out, nullptr, false);
      ASSERT_FALSE(json.is_discarded()) << "check --format json printed no JSON";
      errors = json["summary"]["error"].get<int>() > 0;
    }
    const bool says = path_.filename().string().find("fail_") != std::string::npos;
    EXPECT_EQ(errors, says) << path_
                            << (errors ? " finds an error: its name must hold fail_"
                                       : " finds no error: its name must not hold fail_");
  }

  const fs::path path_;
};

}  // namespace
}  // namespace ordo

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const std::filesystem::path root = std::filesystem::path(ORDO_SOURCE_DIR) / "tests" / "golden";
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) {
    std::fprintf(stderr, "no .case file below %s\n", root.c_str());
    return 1;
  }
  for (const auto& path : paths) {
    std::string name = path.lexically_relative(root).replace_extension().string();
    std::replace(name.begin(), name.end(), '/', '.');
    testing::RegisterTest("Golden", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new ordo::Golden(path); });
  }
  return RUN_ALL_TESTS();
}
