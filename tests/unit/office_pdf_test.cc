// The way to LibreOffice: missing, hanging, failing, and nothing left behind. A script stands in for it.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "runtime/office/pdf.h"

namespace ordo::office {
namespace {

namespace fs = std::filesystem;

class Pdf : public ::testing::Test {
 protected:
  Pdf() {
    char pattern[] = "/tmp/ordo_pdf_test_XXXXXX";
    root_ = mkdtemp(pattern);
    fs::create_directories(root_ / "tmp");
    setenv("TMPDIR", (root_ / "tmp").c_str(), 1);
    setenv("PATH", root_.c_str(), 1);
  }
  ~Pdf() override {
    EXPECT_TRUE(fs::is_empty(root_ / "tmp")) << "left behind";
    setenv("PATH", path_.c_str(), 1);
    fs::remove_all(root_);
  }
  void Script(const std::string& body) const {
    std::ofstream(root_ / "soffice") << "#!/bin/sh\n" << body << "\n";
    chmod((root_ / "soffice").c_str(), 0755);
  }
  const std::string path_ = std::getenv("PATH");
  fs::path root_;
};

TEST_F(Pdf, Missing) { EXPECT_TRUE(absl::IsNotFound(PdfOf("x").status())); }
TEST_F(Pdf, Hangs) {
  Script("/bin/sleep 60");
  EXPECT_TRUE(absl::IsDeadlineExceeded(PdfOf("x", 1).status()));
}
TEST_F(Pdf, Fails) {
  Script("exit 7");
  EXPECT_TRUE(absl::IsAborted(PdfOf("x").status()));
}
TEST_F(Pdf, WritesNothing) {
  Script("exit 0");
  EXPECT_TRUE(absl::IsAborted(PdfOf("x").status()));
}
TEST_F(Pdf, Gives) {
  Script("for last; do :; done; while [ \"$1\" != --outdir ]; do shift; done; printf '%%PDF-1.7 ' > \"$2/document.pdf\"; /bin/cat \"$last\" >> \"$2/document.pdf\"");
  const auto pdf = PdfOf("the document");
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  EXPECT_EQ(*pdf, "%PDF-1.7 the document");
}

// The real one takes a page for what it is, whatever its name.
TEST_F(Pdf, LibreOfficeItself) {
  setenv("PATH", path_.c_str(), 1);
  const auto pdf = PdfOf("<html><body><p>Kế hoạch</p></body></html>");
  if (absl::IsNotFound(pdf.status())) GTEST_SKIP() << "not installed";
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_GT(pdf->size(), 1000u);
}

}  // namespace
}  // namespace ordo::office
