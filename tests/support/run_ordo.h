// Runs the built program as a user does: in a temporary folder of its own, standard output and error captured apart. In: files to
// write, arguments. Out: exit status and what was printed. A run that hangs is killed after a time limit and told as status -1.
// Never writes outside its folder, which it removes. Needs ORDO_BINARY, the path of the program.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace ordo::testing {

namespace fs = std::filesystem;

inline std::string ReadBytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct Ran {
  int status = -1;  // exit status; -1: killed by a signal, also by the time limit
  std::string out;
  std::string err;
};

// One finding of `check --format json`.
struct Told {
  std::string code, severity, subject, message, help, file;
  int line = 0, column = 0;
  std::string related;  // messages and places of the other sides: "message (file:line:column); ..."
  std::string waiver;   // "" where none covers it
};

class Folder {
 public:
  static constexpr unsigned kSeconds = 60;

  Folder() {
    char pattern[] = "/tmp/ordo_test_XXXXXX";
    if (mkdtemp(pattern)) root_ = pattern;
    fs::create_directories(path());
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path path() const { return root_ / "work"; }
  // Writes a file below the folder and gives its name back.
  std::string Write(const std::string& name, std::string_view bytes) const {
    const fs::path file = path() / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return name;
  }
  // A folder of the source tree, copied below this one under the same name.
  void Copy(const std::string& name) const {
    fs::create_directories((path() / name).parent_path());
    fs::copy(fs::path(ORDO_SOURCE_DIR) / name, path() / name, fs::copy_options::recursive);
  }
  // Everything that lies in the folder, sorted.
  std::vector<std::string> Files() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(path()))
      files.push_back(entry.path().lexically_relative(path()).string());
    std::sort(files.begin(), files.end());
    return files;
  }

  Ran Run(std::vector<std::string> arguments, const std::string& input = "") const {
    const fs::path in = root_ / "in", out = root_ / "out", err = root_ / "err";
    std::ofstream(in, std::ios::binary) << input;
    arguments.insert(arguments.begin(), ORDO_BINARY);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      if (chdir(path().c_str()) != 0 || !std::freopen(in.c_str(), "r", stdin) || !std::freopen(out.c_str(), "w", stdout) ||
          !std::freopen(err.c_str(), "w", stderr)) {
        _exit(127);
      }
      alarm(kSeconds);  // outlives exec: a hanging program dies of it
      execv(ORDO_BINARY, argv.data());
      _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadBytes(out), ReadBytes(err)};
  }

  // `check PLAN --format json ...`, parsed; the exit status must be the one given.
  std::vector<Told> Check(const std::string& plan, int status, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"check", plan, "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = Run(arguments);
    EXPECT_EQ(ran.status, status) << plan << "\n" << ran.out.substr(0, 2000) << ran.err.substr(0, 2000);
    return Findings(ran.out);
  }

  static std::vector<Told> Findings(const std::string& json) {
    std::vector<Told> all;
    const auto document = nlohmann::json::parse(json, nullptr, false);
    EXPECT_FALSE(document.is_discarded()) << json.substr(0, 500);
    if (document.is_discarded()) return all;
    const auto place = [](const nlohmann::json& at) {
      return at["file"].get<std::string>() + ":" + std::to_string(at.value("line", 0)) + ":" +
             std::to_string(at.value("column", 0));
    };
    for (const auto& finding : document["findings"]) {
      Told told;
      told.code = finding["code"];
      told.severity = finding["severity"];
      told.subject = finding["subject"];
      told.message = finding["message"];
      told.help = finding["help"];
      if (finding["at"].is_object()) {
        told.file = finding["at"]["file"];
        told.line = finding["at"].value("line", 0);
        told.column = finding["at"].value("column", 0);
      }
      for (const auto& other : finding["related"]) {
        told.related +=
            (told.related.empty() ? "" : "; ") + other["message"].get<std::string>() + " (" + place(other["at"]) + ")";
      }
      if (finding["waiver"].is_string()) told.waiver = finding["waiver"];
      all.push_back(std::move(told));
    }
    return all;
  }

 private:
  fs::path root_;
};

// Where two texts part, for messages: long outputs are never printed whole.
inline std::string FirstDifference(std::string_view a, std::string_view b) {
  if (a == b) return "";
  size_t at = 0;
  while (at < std::min(a.size(), b.size()) && a[at] == b[at]) ++at;
  const auto line = [&](std::string_view text) {
    const size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return std::string(text.substr(begin, std::min<size_t>(text.find('\n', at) - begin, 400)));
  };
  return "«" + line(a) + "»\nand\n«" + line(b) + "»";
}

// "OWN01 SCH01": codes in their order.
inline std::string Codes(const std::vector<Told>& all) {
  std::string out;
  for (const Told& told : all) out += (out.empty() ? "" : " ") + told.code;
  return out;
}
inline std::vector<Told> Only(const std::vector<Told>& all, std::string_view code) {
  std::vector<Told> some;
  for (const Told& told : all) {
    if (told.code == code) some.push_back(told);
  }
  return some;
}

}  // namespace ordo::testing
