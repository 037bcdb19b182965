// The real plan in a folder of its own, `p`, with what it imports beside it, and the program run in it.
#pragma once

#include <gtest/gtest.h>

#include "support/office_files.h"

namespace ordo::office {

class RealPlanTest : public ::testing::Test {
 protected:
  explicit RealPlanTest(std::string_view name) : folder_(name) { CopyRealPlan(folder_.path()); }
  int Ordo(const std::string& arguments) {
    const int status = std::system(fmt::format("cd '{}' && '{}' {} > out 2> err", folder_ / "p", ORDO_BINARY, arguments).c_str());
    out_ = FileBytes(folder_ / "p/out");
    err_ = FileBytes(folder_ / "p/err");
    return WEXITSTATUS(status);
  }

  TestFolder folder_;
  std::string out_, err_;
};

}  // namespace ordo::office
