// Files for the tests of office files: made once a run by other programs, and by hand where those would refuse. Into a folder of the
// build that belongs to this process.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "runtime/office/grid.h"

namespace ordo::office {

inline std::string FileBytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
inline void PutFile(const std::filesystem::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

// A folder that lives as long as this.
class TestFolder {
 public:
  explicit TestFolder(std::string_view name) : path_(fmt::format("{}/office_files/{}_{}", ORDO_BINARY_DIR, name, getpid())) {
    std::filesystem::create_directories(path_);
  }
  ~TestFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return fmt::format("{}/{}", path_, name); }
  std::string Bytes(std::string_view name) const { return FileBytes(*this / name); }

 private:
  std::string path_;
};

// The real plan as `p`, with the registers and the plan of the year before beside it.
inline void CopyRealPlan(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  const fs::path examples = fs::path(ORDO_SOURCE_DIR) / "examples";
  PutFile(folder / "ordo.root", "");
  fs::copy(examples / "registers", folder / "registers", fs::copy_options::recursive);
  fs::copy(examples / "hai_duong_2025", folder / "hai_duong_2025", fs::copy_options::recursive);
  fs::copy(examples / "hai_duong_2026", folder / "p", fs::copy_options::recursive);
}

inline int Shell(const std::string& command) {
  const int status = std::system((command + " > /dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
inline bool MakeOfficeFiles(const TestFolder& folder) {
  return Shell(fmt::format("/usr/bin/python3 '{}/tests/support/office_files.py' '{}'", ORDO_SOURCE_DIR, folder.path())) == 0;
}
// Saved again by LibreOffice as `extension`, into the folder `again` below.
inline bool SavedAgain(const TestFolder& folder, std::string_view name, std::string_view extension) {
  return Shell(fmt::format("timeout 120 soffice '-env:UserInstallation=file://{0}/profile' --headless --convert-to {2} --outdir '{0}/again' '{0}/{1}'",
                           folder.path(), name, extension)) == 0;
}

// «a|b|c»: «>» a cell that spans, «v» one that covers rows, «(…)» one that is covered.
inline std::string AsText(const Grid& grid) {
  std::string out;
  for (const std::string& text : grid.before) out += "# " + text + "\n";
  for (const GridRow& row : grid.rows) {
    std::string line = row.header ? "! " : "";
    if (!row.bookmark.empty()) line += "[" + row.bookmark + "] ";
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const GridCell& cell = row.cells[i];
      std::string text = cell.text;
      for (size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 1) text.replace(at, 1, "/");
      if (i > 0) line += "|";
      if (cell.formula) line += "=";
      if (cell.column_span > 1) line += fmt::format(">{} ", cell.column_span);
      if (cell.row_span > 1) line += fmt::format("v{} ", cell.row_span);
      line += cell.covered ? "(" + text + ")" : text;
    }
    out += line + "\n";
  }
  return out;
}

}  // namespace ordo::office
