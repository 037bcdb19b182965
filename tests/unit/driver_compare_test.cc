// `ordo compare` on the real plan: a CSV as it was written, and one edited as an office would.
#include <gtest/gtest.h>

#include "support/office_files.h"

namespace ordo {
namespace {

using office::FileBytes;
using office::PutFile;

class DriverCompare : public ::testing::Test {
 protected:
  DriverCompare() : folder_("compare") {
    std::filesystem::copy(ORDO_SOURCE_DIR "/examples/hai_duong_2026", folder_ / "p", std::filesystem::copy_options::recursive);
    EXPECT_EQ(Ordo("table plan.ordo nhiệm_vụ_2026 --format csv"), 0);
    csv_ = out_;
  }
  int Ordo(const std::string& arguments) {
    const int status = std::system(fmt::format("cd '{}' && '{}' {} > out 2> err", folder_ / "p", ORDO_BINARY, arguments).c_str());
    out_ = FileBytes(folder_ / "p/out");
    return WEXITSTATUS(status);
  }
  int Compare(std::string_view bytes, const std::string& more = "") {
    PutFile(folder_ / "p/back", bytes);
    return Ordo("compare back plan.ordo " + more);
  }
  office::TestFolder folder_;
  std::string csv_, out_;
};

TEST_F(DriverCompare, UnchangedIsNothing) { EXPECT_EQ(Compare(csv_), 0) << out_; }

TEST_F(DriverCompare, TakenOver) {
  std::string back = csv_;
  const size_t at = back.find("Kế hoạch CCHC của phường");
  ASSERT_NE(at, std::string::npos);
  back.replace(at, std::string("Kế hoạch CCHC của phường").size(), "Kế hoạch cải cách hành chính");
  EXPECT_EQ(Compare(back), 1);
  EXPECT_NE(out_.find("+    kết quả: kế hoạch \"Kế hoạch cải cách hành chính\""), std::string::npos) << out_;
  EXPECT_EQ(Compare(back, "--write"), 1);
  EXPECT_EQ(Compare(back), 0) << out_;
}

TEST_F(DriverCompare, Unreadable) {
  const std::pair<const char*, std::string> files[] = {
      {"Word", "%PDF-1.7"}, {"hỏng", "PK\x03\x04xx"}, {"TCVN3", "Ph\xADng \xAE\xB9i, \xAE\xAC\n"},
      {"2007", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"}, {"không bảng nào của", "a,b\nc,d\n"}};
  for (const auto& [word, bytes] : files) {
    EXPECT_EQ(Compare(bytes), 2) << word;
    EXPECT_NE(FileBytes(folder_ / "p/err").find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace ordo
