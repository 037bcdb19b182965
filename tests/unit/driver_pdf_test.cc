// Why a file of an office program cannot be had: each code, and a terminal that is spared.
#include "absl/status/status.h"
#include "compiler/driver/table_files.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

TEST(FileFaults, EachHasItsCode) {
  const auto code = [](const absl::Status& status, report::Format format) {
    const Finding fault = FileFault(status, format, Language::kVietnamese);
    EXPECT_TRUE(IsFileFault(fault)) << fault.code;
    return fault.code;
  };
  EXPECT_EQ(code(absl::NotFoundError("soffice"), report::Format::kPdf), "RUN70");
  EXPECT_EQ(code(absl::DeadlineExceededError("> 120 s"), report::Format::kPdf), "RUN71");
  EXPECT_EQ(code(absl::AbortedError("exit status 1"), report::Format::kPdf), "RUN71");
  EXPECT_EQ(code(absl::InternalError("x"), report::Format::kXlsx), "RUN73");
  EXPECT_FALSE(IsFileFault(Finding{}));
  const Finding missing = FileFault(absl::NotFoundError("soffice"), report::Format::kPdf, Language::kEnglish);
  EXPECT_NE(missing.help.find("libreoffice-writer-nogui"), std::string::npos);
}

TEST(FileFaults, ATerminalIsSpared) {
  const Folder folder;
  folder.Write("k.ordo", "ordo 1 vi\nkế hoạch k \"K\" { giai đoạn: năm 2026 }\n");
  const std::string out = (folder.path() / "typescript").string();
  const std::string command = "cd '" + folder.path().string() + "' && script -qec '" ORDO_BINARY " matrix k.ordo --format xlsx' /dev/null < /dev/null > '" + out + "' 2>&1";
  const int status = std::system(command.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 3);
  const std::string said = ReadBytes(out);
  EXPECT_NE(said.find("-o TỆP.xlsx"), std::string::npos) << said.substr(0, 200);
  EXPECT_EQ(said.find("PK"), std::string::npos) << "bytes";
}

}  // namespace
}  // namespace ordo::testing
