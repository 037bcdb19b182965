// `ordo compare` on Word and Excel files that the program wrote: unchanged, saved again by LibreOffice, edited by another program.
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "support/real_plan.h"

namespace ordo {
namespace {

using office::FileBytes;
using office::PutFile;

constexpr char kCommission[] =
    "Kiện toàn thành viên của Ban Chỉ đạo, Tổ công tác về phát triển khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số, cải cách hành chính "
    "và Đề án 06 phường";
constexpr char kLast[] =
    "Tích cực học tập kinh nghiệm, kịp thời ứng dụng các thành tựu phù hợp với thực tiễn và điều kiện kinh tế, văn hóa, xã hội của phường "
    "tại các xã, phường khác trên điạ bàn thành phố";

class CompareWord : public office::RealPlanTest {
 protected:
  CompareWord() : RealPlanTest("compare_word") {}
  void Issue(const std::string& table = "nhiệm_vụ_2026") { ASSERT_EQ(Ordo("table plan.ordo " + table + " --format docx -o ../in.docx"), 0) << err_; }
  void Edit(const std::vector<std::string>& edits) {
    std::string command = fmt::format("/usr/bin/python3 '{}/tests/support/compare_edit.py' '{}' '{}'", ORDO_SOURCE_DIR, folder_ / "in.docx", folder_ / "back.docx");
    for (const std::string& edit : edits) command += " '" + edit + "'";
    ASSERT_EQ(office::Shell(command), 0) << command;
  }
  // «kind: plan > returned», sorted.
  std::vector<std::string> Differences(const std::string& file = "../back.docx") {
    const int code = Ordo("compare " + file + " plan.ordo --format json");
    std::vector<std::string> found;
    const auto all = nlohmann::json::parse(out_, nullptr, false);
    if (all.is_discarded()) return {out_ + err_};
    for (const auto& d : all["differences"]) {
      const std::string kind = d["kind"], plan = d["plan"], back = d["returned"];
      found.push_back(kind == "cell" || kind == "both" || kind == "plan_only" ? fmt::format("{}: {} > {}", kind, plan, back) : kind);
    }
    std::sort(found.begin(), found.end());
    EXPECT_EQ(code, found.empty() ? 0 : 1);
    return found;
  }
  // As it is, and saved again.
  void Expect(std::vector<std::string> wanted) {
    std::sort(wanted.begin(), wanted.end());
    EXPECT_EQ(Differences(), wanted);
    ASSERT_TRUE(office::SavedAgain(folder_, "back.docx", "docx"));
    EXPECT_EQ(Differences("../again/back.docx"), wanted) << "saved again";
  }

};

TEST_F(CompareWord, UnchangedIsNothing) {
  for (const char* what : {"table plan.ordo nhiệm_vụ_2026", "table plan.ordo phân_công", "print plan.ordo"}) {
    ASSERT_EQ(Ordo(fmt::format("{} --format docx -o ../back.docx", what)), 0) << what << err_;
    Expect({});
  }
  for (const char* what : {"nhiệm_vụ_2026", "phân_công"}) {
    ASSERT_EQ(Ordo(fmt::format("table plan.ordo {} --format xlsx -o ../back.xlsx", what)), 0) << err_;
    EXPECT_TRUE(Differences("../back.xlsx").empty()) << out_;
    ASSERT_TRUE(office::SavedAgain(folder_, "back.xlsx", "xlsx"));
    EXPECT_TRUE(Differences("../again/back.xlsx").empty()) << out_;
    ASSERT_EQ(Ordo(fmt::format("table plan.ordo {} --format csv -o ../back.csv", what)), 0) << err_;
    EXPECT_TRUE(Differences("../back.csv").empty()) << out_;
  }
}

TEST_F(CompareWord, EachEditOnce) {
  Issue();
  Edit({fmt::format("cell:{}|5|Quyết định kiện toàn", kCommission)});
  Expect({"cell: Quyết định > Quyết định kiện toàn"});
  Edit({fmt::format("delete:{}", kCommission)});
  Expect({"row_removed"});
  Edit({fmt::format("add:{}|3|Tổ chức hội thi tin học trẻ|Trưởng phòng|Phòng|Các đơn vị|Hội thi|Quý III/2026", kCommission)});
  Expect({"row_added"});
  Edit({fmt::format("move:{}|{}", kCommission, kLast)});
  Expect({"row_moved"});
  Edit({"word:Kết quả|Sản phẩm"});
  Expect({"column_title"});
  Edit({"word:Tăng cường hợp tác trong phát triển KHCN, ĐMST và CĐS|Hợp tác phát triển"});
  Expect({"group_title"});
  Edit({"copy_table"});
  Expect({"table_copy"});
}

TEST_F(CompareWord, AllAtOnce) {
  Issue();
  Edit({fmt::format("cell:{}|5|Quyết định kiện toàn", kCommission), "word:Kết quả|Sản phẩm", fmt::format("delete:{}", kLast),
        fmt::format("add:{}|3|Tổ chức hội thi tin học trẻ|Trưởng phòng|Phòng|Các đơn vị|Hội thi|Quý III/2026", kCommission)});
  Expect({"cell: Quyết định > Quyết định kiện toàn", "column_title", "row_added", "row_removed"});
}

TEST_F(CompareWord, TrackedChangesAsAccepted) {
  Issue();
  Edit({fmt::format("tracked:{}|5|Quyết định mới", kCommission)});
  Expect({"cell: Quyết định > Quyết định mới"});
}

TEST_F(CompareWord, ThreeWays) {
  Issue();
  Edit({fmt::format("cell:{}|5|Quyết định kiện toàn", kCommission)});
  std::string plan = FileBytes(folder_ / "p/plan.ordo");
  const std::string was = "Nếu có thay đổi nhân sự";
  ASSERT_NE(plan.find(was), std::string::npos);
  plan.replace(plan.find(was), was.size(), "Khi thay đổi nhân sự");
  PutFile(folder_ / "p/plan.ordo", plan);
  Expect({"cell: Quyết định > Quyết định kiện toàn", "plan_only: Khi thay đổi nhân sự > Nếu có thay đổi nhân sự"});
  Edit({fmt::format("cell:{}|6|Quý II/2026", kCommission)});
  Expect({"both: Khi thay đổi nhân sự > Quý II/2026"});
}

// Three thousand rows, as they are and with a hundred edits.
TEST_F(CompareWord, ManyRows) {
  std::string plan = FileBytes(folder_ / "p/plan.ordo");
  const std::string name = "  nhiệm vụ học_tập_số", title = "Phát động";
  const size_t begin = plan.find(name), end = plan.find("  nhiệm vụ", begin + name.size());
  ASSERT_NE(end, std::string::npos);
  const std::string one = plan.substr(begin, end - begin);
  std::string many;
  for (int i = 0; i < 3000; ++i) {
    std::string task = one;
    task.replace(task.find(title), title.size(), fmt::format("Phát động đợt {}", i));
    many += task.replace(0, name.size(), fmt::format("  nhiệm vụ đợt_{}", i));
  }
  PutFile(folder_ / "p/plan.ordo", plan.insert(begin, many));
  Issue();
  const auto compared = [&](const char* file) {
    const auto start = std::chrono::steady_clock::now();
    const size_t found = Differences(file).size();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
    return found;
  };
  EXPECT_EQ(compared("../in.docx"), 0u);
  Edit({"every:30|5|Báo cáo số"});
  const size_t found = compared("../back.docx");
  EXPECT_GE(found, 100u);
  EXPECT_LE(found, 103u);
}

}  // namespace
}  // namespace ordo
