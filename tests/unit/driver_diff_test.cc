// Two editions of a plan: each kind of change, made to a copy of an example, is told exactly once and nothing else is.
#include <gtest/gtest.h>

#include "compiler/driver/session.h"
#include "runtime/diff/compare.h"
#include "runtime/diff/render.h"
#include "support/plan_generator.h"
#include "support/random_plan.h"
#include "support/run_plan.h"
#include "support/stopwatch.h"

namespace ordo {
namespace {

using diff::Change;
using diff::Differences;

// One line a change: «tasks changed task bố_trí moved: lead, due/year»; «/wording», «/year» where it is no change of meaning.
std::string Told(const Differences& differences) {
  std::string out;
  for (const Change& change : differences.changes) {
    const bool gone = change.kind == Change::Kind::kDropped;
    std::string name = (gone ? change.was : change.now).name;
    if (name.empty()) name = "-";
    out += fmt::format("{} {} {} {}", diff::kPartNames[static_cast<size_t>(change.part)], gone ? "dropped" : change.kind == Change::Kind::kAdded ? "added" : "changed",
                       change.object, name);
    if (change.move == Change::Move::kElsewhere) out += " moved";
    if (change.move == Change::Move::kReordered) out += " reordered";
    if (change.kind == Change::Kind::kChanged) {
      for (size_t i = 0; i < change.pieces.size(); ++i) {
        const diff::Piece& piece = change.pieces[i];
        out += (i == 0 ? ": " : ", ") + piece.key;
        if (piece.weight != diff::Weight::kMeaning) out += fmt::format("/{}", diff::kWeightNames[static_cast<size_t>(piece.weight)]);
      }
    }
    out += '\n';
  }
  return out;
}

std::string ReadExample(const std::string& name) {
  std::ifstream in(std::string(ORDO_SOURCE_DIR "/examples/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

using Edit = std::pair<std::string, std::string>;   // what stands there once, what comes in its place

class Editions {
 public:
  explicit Editions(const std::string& example) : path_(std::string(ORDO_SOURCE_DIR "/examples/") + example), text_(ReadExample(example)) {
    EXPECT_TRUE(Ready(was_)) << path_;
  }

  std::string After(const std::vector<Edit>& edits) {
    std::string text = text_;
    for (const auto& [what, by] : edits) {
      const size_t at = text.find(what);
      EXPECT_NE(at, std::string::npos) << what;
      if (at == std::string::npos) return "?";
      EXPECT_EQ(text.find(what, at + 1), std::string::npos) << "twice: " << what;
      text.replace(at, what.size(), by);
    }
    return To(text);
  }
  std::string To(const std::string& text, const std::string& file = "") {
    settings_now_.load.replaced = {{file.empty() ? path_ : file, text}};
    Session now(path_, settings_now_);
    if (!Ready(now)) return "broken";
    last_ = diff::Compare(was_.program(), now.program(), Language::kVietnamese);
    return Told(last_);
  }
  // The whole block that begins so, with its line end.
  std::string Block(const std::string& head) const {
    const size_t begin = text_.find(head);
    EXPECT_NE(begin, std::string::npos) << head;
    const size_t line = text_.rfind('\n', begin) + 1;
    const std::string end = "\n" + text_.substr(line, begin - line) + "}\n";
    return text_.substr(line, text_.find(end, begin) + end.size() - line);
  }
  const std::string& text() const { return text_; }
  const Differences& last() const { return last_; }

 private:
  static bool Ready(Session& session) {
    const bool ready = session.Load() && session.Model() && session.Lower(true);
    if (!ready) {
      for (const Finding& finding : session.findings()) ADD_FAILURE() << finding.code << " " << finding.message;
    }
    return ready;
  }
  std::string path_, text_;
  Settings settings_, settings_now_;
  Session was_{path_, settings_};
  Differences last_;
};

TEST(DriverDiff, EqualEditionsTellNothing) {
  for (const char* example : {"hai_duong_2026/plan.ordo", "hong_bang_2025/plan.ordo", "tran_bien_2025/plan.ordo", "network_upgrade/plan.ordo", "resolution_57/plan.ordo",
                              "gia_loc_2025/plan.ordo", "first_plan/plan.vi.ordo", "rule_pack/plan.ordo"}) {
    Editions editions(example);
    EXPECT_EQ(editions.To(editions.text()), "") << example;
    EXPECT_FALSE(editions.last().nothing_alike);
  }
}

TEST(DriverDiff, WhatMeansTheSameTellsNothing) {
  Editions plan("hai_duong_2026/plan.ordo");
  EXPECT_EQ(plan.After({{"nhiệm vụ hồ_sơ_attt ", "nhiệm vụ hồ_sơ_khác "}}), "") << "another name";
  EXPECT_EQ(plan.After({{"// I\n", "// Một\n\n"}}), "") << "a comment";
  EXPECT_EQ(plan.After({{"căn cứ: kh358, nq57", "căn cứ: nq57, kh358"}}), "") << "an order that nothing reads";
  EXPECT_EQ(plan.After({{"    kết quả: hồ sơ \"Hồ sơ cấp độ an toàn thông tin được duyệt\"\n    thời hạn: quý I/2026",
                         "    thời hạn: quý I/2026; kết quả: hồ sơ \"Hồ sơ cấp độ  an toàn thông tin được duyệt\""}}), "") << "order of fields, blanks";
}

TEST(DriverDiff, TwoSkinsAreOnePlan) {
  Editions plan("hai_duong_2026/plan.ordo");
  const std::string file = ORDO_SOURCE_DIR "/examples/hai_duong_2026/plan.ordo";
  Emitter emitter(Language::kEnglish);
  SourceSet sources;
  const FileId id = sources.Add(file, plan.text());
  const Ast ast = Parse(sources.file(id), id, {}, emitter);
  std::string english = Format(ast, Skin::kEnglish);
  EXPECT_NE(english, plan.text());
  EXPECT_EQ(plan.To(english), "");
}

TEST(DriverDiff, EachChangeOfATask) {
  Editions plan("hai_duong_2026/plan.ordo");
  const std::string cadres = "mục nhân_lực \"Phát triển";
  const auto in = [&](const std::string& task, const std::string& what, const std::string& by) {
    const std::string block = plan.Block(task);
    std::string edited = block;
    EXPECT_NE(edited.find(what), std::string::npos) << what;
    edited.replace(edited.find(what), what.size(), by);
    return std::vector<Edit>{{block, edited}};
  };
  const std::string task = "nhiệm vụ hồ_sơ_attt ";
  EXPECT_EQ(plan.After(in(task, "chủ trì: vp", "chủ trì: ca")), "tasks changed task hồ_sơ_attt: lead\n");
  EXPECT_EQ(plan.last().changes[0].pieces[0].gone, std::vector<std::string>{"Văn phòng HĐND và UBND"});
  EXPECT_EQ(plan.last().changes[0].pieces[0].come, std::vector<std::string>{"Công an phường"});
  EXPECT_EQ(plan.After(in(task, "người đứng đầu: vp.đứng đầu", "người đứng đầu: ca.đứng đầu")), "tasks changed task hồ_sơ_attt: accountable\n");
  EXPECT_EQ(plan.After(in(task, "phối hợp: phòng_ban có liên quan", "phối hợp: phòng_ban")), "tasks changed task hồ_sơ_attt: support\n");
  EXPECT_EQ(plan.After(in(task, "phối hợp: phòng_ban có liên quan", "phối hợp: không")), "tasks changed task hồ_sơ_attt: support\n");
  EXPECT_EQ(plan.After(in(task, "    phê duyệt: catp\n", "")), "tasks changed task hồ_sơ_attt: approval\n");
  EXPECT_EQ(plan.last().changes[0].pieces[0].now, "");
  EXPECT_EQ(plan.After(in(task, "quý I/2026", "quý II/2026")), "tasks changed task hồ_sơ_attt: due\n");
  EXPECT_EQ(plan.last().changes[0].pieces[0].days, 91);
  EXPECT_EQ(plan.After(in(task, "quý I/2026", "thường xuyên, minh chứng hằng quý")), "tasks changed task hồ_sơ_attt: due\n");
  EXPECT_EQ(plan.After(in(task, "hồ sơ \"Hồ sơ cấp độ", "hồ sơ \"Bộ hồ sơ cấp độ")), "tasks changed task hồ_sơ_attt: product\n");
  EXPECT_EQ(plan.After(in(task, "hồ sơ \"Hồ sơ", "văn bản \"Hồ sơ")), "tasks changed task hồ_sơ_attt: product\n") << "another kind of document";
  EXPECT_EQ(plan.After(in(task, "trình Công an thành phố xem xét", "trình Công an cấp tỉnh xem xét")), "tasks changed task hồ_sơ_attt: title\n");
  EXPECT_EQ(plan.After(in(task, "nhiệm vụ hồ_sơ_attt \"Xây dựng hồ sơ cấp độ", "nhiệm vụ khác \"Lập hồ sơ đề xuất cấp độ")), "tasks changed task khác: title\n") << "renamed and reworded";

  // The same meaning, written otherwise.
  EXPECT_EQ(plan.After(in(task, "thời hạn: quý I/2026", "thời hạn: từ 01/01/2026 đến 31/03/2026")), "tasks changed task hồ_sơ_attt: due/wording\n");
  EXPECT_EQ(plan.After(in(task, "chủ trì: vp", "chủ trì: vp \"Văn phòng\"")), "tasks changed task hồ_sơ_attt: lead/wording\n");
  EXPECT_EQ(plan.After(in(task, "Xây dựng hồ sơ cấp độ an toàn", "XÂY DỰNG hồ sơ cấp độ an toàn")), "tasks changed task hồ_sơ_attt: title/wording\n");
  EXPECT_EQ(plan.After(in(task, "phòng_ban có liên quan", "phòng_ban có liên quan ghi \"Các phòng liên quan\"")), "tasks changed task hồ_sơ_attt: support/wording\n");
  EXPECT_EQ(plan.After(in("nhiệm vụ đăng_ký_học ", "phối hợp: phòng_ban \"Các phòng chuyên môn, đơn vị\"", "phối hợp: vhxh, ktht, vp, pvhcc, dvsnc")),
            "tasks changed task đăng_ký_học: support/wording\n") << "all members of the group";
  EXPECT_EQ(plan.After(in("nhiệm vụ đăng_ký_học ", "phối hợp: phòng_ban \"Các phòng chuyên môn, đơn vị\"", "phối hợp: vhxh, ktht, vp, pvhcc")),
            "tasks changed task đăng_ký_học: support\n") << "all but one";

  // Added, dropped, moved; numbers behind them shift and are not told.
  const std::string block = plan.Block(task), neighbour = plan.Block("nhiệm vụ an_ninh_mạng ");
  EXPECT_EQ(plan.After({{block, ""}}), "tasks dropped task hồ_sơ_attt\n");
  EXPECT_EQ(plan.After({{block, "  nhiệm vụ máy_chủ \"Mua sắm trang thiết bị đầu cuối\" { chủ trì: vp; thời hạn: 30/06/2026 }\n" + block}}), "tasks added task máy_chủ\n");
  EXPECT_EQ(plan.last().changes[0].pieces.size(), 2u);
  EXPECT_EQ(plan.After({{block, neighbour}, {neighbour + "}", block + "}"}}), "tasks changed task an_ninh_mạng reordered\n");
  const std::string last = plan.Block("nhiệm vụ học_kinh_nghiệm ");
  EXPECT_EQ(plan.After({{block, ""}, {last, block + last}}), "tasks changed task hồ_sơ_attt moved\n");
  std::string changed = block;
  changed.replace(changed.find("quý I/2026"), std::string("quý I/2026").size(), "30/06/2026");
  EXPECT_EQ(plan.After({{block, ""}, {last, changed + last}}), "tasks changed task hồ_sơ_attt moved: due\n");
  EXPECT_EQ(plan.After({{cadres, "mục con_người \"Nguồn lực con người"}}), "texts changed section con_người: title\n");
  EXPECT_EQ(plan.After({{"\"Phát triển, trọng dụng nhân lực chất lượng cao, nhân tài đáp ứng yêu cầu phát triển KHCN, ĐMST và CĐS\"", "\"Con người\""}}),
            "texts changed section nhân_lực: title\n") << "a section that was named anew holds the same tasks";
}

TEST(DriverDiff, TheHeadOfThePlan) {
  Editions plan("hai_duong_2026/plan.ordo");
  EXPECT_EQ(plan.After({{"số: \"24/KH-UBND\"", "số: \"25/KH-UBND\""}}), "header changed plan kh24: number\n");
  EXPECT_EQ(plan.After({{"ngày ban hành: 28/01/2026", "ngày ban hành: 29/01/2026"}}), "header changed plan kh24: issue_date\n");
  EXPECT_EQ(plan.last().changes[0].pieces[0].days, 1);
  EXPECT_EQ(plan.After({{"căn cứ: kh358, nq57, nq71, nq11, kh12", "căn cứ: kh358, nq57, nq71, kh12"}}), "header changed plan kh24: basis\n");
  EXPECT_EQ(plan.After({{"người ký: ubnd.đứng đầu", "người ký: lđ_ubnd"}}), "header changed plan kh24: signed_by\n");
  EXPECT_EQ(plan.After({{"lđ_ubnd \"Chủ tịch, các PCT UBND phường\", ca,", "lđ_ubnd \"Chủ tịch, các PCT UBND phường\","}}), "header changed plan kh24: recipients\n");
  EXPECT_EQ(plan.After({{"tt_đảng_ủy \"TT Đảng ủy phường\"", "tt_đảng_ủy \"Thường trực Đảng ủy\""}}), "header changed plan kh24: recipients/wording\n");
  EXPECT_EQ(plan.After({{"kế hoạch kh24 ", "kế hoạch kh25 "}}), "");
  EXPECT_EQ(plan.After({{"đổi mới sáng tạo và chuyển đổi số quốc gia năm 2026 trên địa bàn phường Hải Dương\"\"\" {", "đổi mới sáng tạo và chuyển đổi số năm 2026 trên địa bàn phường Hải Dương\"\"\" {"}}),
            "header changed plan kh24: title\n");
}

TEST(DriverDiff, TextsAndTables) {
  Editions plan("hai_duong_2026/plan.ordo");
  EXPECT_EQ(plan.After({{"qua đó\ngóp phần nâng cao", "qua đó\nnâng cao"}}), "texts changed clause -: wording\n");
  ASSERT_EQ(plan.last().changes[0].pieces[0].words.size(), 3u);
  EXPECT_EQ(plan.last().changes[0].pieces[0].words[1], (diff::Run{diff::Run::Kind::kOld, "góp phần"}));
  EXPECT_EQ(plan.After({{"đoạn \"(Biểu chi tiết các nhiệm vụ cụ thể gửi kèm)\"", ""}}), "texts dropped clause -\n");
  EXPECT_EQ(plan.After({{"đoạn \"(Biểu chi tiết", "đoạn đoạn_mới \"Một lời văn hoàn toàn mới\"\n  đoạn \"(Biểu chi tiết"}}), "texts added clause đoạn_mới\n");
  EXPECT_EQ(plan.After({{"mục yêu_cầu \"Yêu cầu\" {", "mục yêu_cầu \"YÊU CẦU\" {"}}), "texts changed section yêu_cầu: title/wording\n");
  EXPECT_EQ(plan.After({{"chú thích: \"(Ban hành kèm", "chú thích: \"(Kèm"}}), "tables changed appendix nhiệm_vụ_2026: caption\n");
  EXPECT_EQ(plan.After({{"kết quả \"Kết quả\", thời hạn", "thời hạn"}}), "tables changed appendix nhiệm_vụ_2026: columns\n");
  EXPECT_EQ(plan.After({{"phiếu việc phiếu_giao_việc \"PHIẾU GIAO VIỆC\" { áp dụng cho: từng phòng_ban }", ""}}), "tables dropped duties phiếu_giao_việc\n");
}

TEST(DriverDiff, Targets) {
  Editions plan("hong_bang_2025/plan.ordo");
  const std::string target = plan.Block("chỉ tiêu clb_khởi_nghiệp ");
  const auto in = [&](const std::string& what, const std::string& by) {
    std::string edited = target;
    EXPECT_NE(edited.find(what), std::string::npos) << what;
    edited.replace(edited.find(what), what.size(), by);
    return std::vector<Edit>{{target, edited}};
  };
  EXPECT_EQ(plan.After(in("đạt >= 85%", "đạt >= 90%")), "targets changed target clb_khởi_nghiệp: value\n");
  EXPECT_EQ(plan.last().changes[0].pieces[0].label, "Giá trị năm 2030");
  EXPECT_EQ(plan.last().changes[0].pieces[0].was, "≥ 85%");
  EXPECT_EQ(plan.last().changes[0].pieces[0].now, "≥ 90%");
  EXPECT_EQ(plan.After(in("đạt >= 85%", "đạt 85%")), "targets changed target clb_khởi_nghiệp: value\n");
  EXPECT_EQ(plan.After(in("      đến hết 2035 đạt >= 95% ghi m35_clb_khởi_nghiệp\n", "")), "targets changed target clb_khởi_nghiệp: value\n");
  EXPECT_EQ(plan.last().changes[0].pieces[0].now, "");
  EXPECT_EQ(plan.After(in("đến hết 2035 đạt", "đến hết 2036 đạt")), "targets changed target clb_khởi_nghiệp: value, value\n") << "one horizon went, one came";
  EXPECT_EQ(plan.After(in("đạt >= 85% ghi m30_clb_khởi_nghiệp", "đạt >= 85% ghi \"Ít nhất 85%\"")), "targets changed target clb_khởi_nghiệp: value/wording\n");
  EXPECT_EQ(plan.After(in("tốt khi: cao hơn", "tốt khi: cao hơn\n        chủ trì: vhxh")), "targets changed target clb_khởi_nghiệp: lead\n");
  EXPECT_EQ(plan.After(in("tính trên: \"cơ sở giáo dục trung học\"", "tính trên: \"cơ sở giáo dục\"")), "targets changed target clb_khởi_nghiệp: out_of\n");
  EXPECT_EQ(plan.After({{target, ""}}), "targets dropped target clb_khởi_nghiệp\n");
  EXPECT_EQ(plan.After({{target, target + "      chỉ tiêu khác \"Số vườn ươm\" { đơn vị tính: \"vườn\"; đến hết 2030 đạt 3 }\n"}}), "targets added target khác\n");
}

TEST(DriverDiff, ReportingDuties) {
  Editions plan("tran_bien_2025/plan.ordo");
  const std::string duty = plan.Block("chế độ báo cáo thường_xuyên_pvhcc ");
  const auto in = [&](const std::string& what, const std::string& by) {
    std::string edited = duty;
    edited.replace(edited.find(what), what.size(), by);
    return std::vector<Edit>{{duty, edited}};
  };
  EXPECT_EQ(plan.After(in("định kỳ: thường xuyên", "định kỳ: hằng quý")), "reporting changed reporting thường_xuyên_pvhcc: rhythm\n");
  EXPECT_EQ(plan.After(in("bên nhận: bcđ", "bên nhận: bcđ, vp")), "reporting changed reporting thường_xuyên_pvhcc: to\n");
  EXPECT_EQ(plan.After(in("bên báo cáo: pvhcc", "bên báo cáo: vp")), "reporting changed reporting thường_xuyên_pvhcc: from\n");
  EXPECT_EQ(plan.After({{duty, ""}}), "reporting dropped reporting thường_xuyên_pvhcc\n");
  EXPECT_EQ(plan.After({{"định kỳ: cứ 3 tháng, cứ 6 tháng, hằng năm", "định kỳ: hằng quý, cứ 6 tháng, hằng năm"}}), "") << "every quarter is every three months";
}

// Numbers that are kept as issued: an insertion shifts them, and only what was put in is told.
TEST(DriverDiff, NumbersAsIssued) {
  const auto plan = [](const std::string& sections) { return "ordo 1 vi\nkế hoạch k \"Kế hoạch\" {}\nmục m \"Mục đích\" {\n" + sections + "}\n"; };
  const std::string one = "mục a \"Phát huy tiềm năng\" { số: \"1\" }\n", two = "mục b \"Quán triệt nghị quyết\" { số: \"2\" }\n";
  testing::PlanRun was(plan(one + two)), renumbered(plan(one + "mục b \"Quán triệt nghị quyết\" { số: \"3\" }\n")),
      shifted(plan(one + "mục c \"Một điều chưa từng nêu\" { số: \"2\" }\nmục b \"Quán triệt nghị quyết\" { số: \"3\" }\n"));
  ASSERT_TRUE(was.sound() && renumbered.sound() && shifted.sound());
  EXPECT_EQ(Told(diff::Compare(was.program(), renumbered.program(), Language::kVietnamese)), "texts changed section b: number\n");
  EXPECT_EQ(Told(diff::Compare(was.program(), shifted.program(), Language::kVietnamese)), "texts added section c\n");
}

// What the register changes is told once, not at each task; what the plan does not name is not told.
TEST(DriverDiff, TheRegister) {
  Editions plan("hai_duong_2026/plan.ordo");
  const std::string file = ORDO_SOURCE_DIR "/examples/registers/hai_duong.ordo";
  std::string shown = file;
  std::string text = ReadExample("registers/hai_duong.ordo");
  const auto with = [&](const std::string& what, const std::string& by) {
    std::string edited = text;
    EXPECT_NE(edited.find(what), std::string::npos) << what;
    edited.replace(edited.find(what), what.size(), by);
    return plan.To(edited, shown);
  };
  EXPECT_EQ(with("đơn vị ktht \"Phòng Kinh tế, Hạ tầng và Đô thị\"", "đơn vị ktht \"Phòng Kinh tế\""), "register changed unit ktht: title\n");
  EXPECT_EQ(with("đứng đầu: \"Trưởng Công an phường\"", "đứng đầu: \"Trưởng công an\""), "register changed unit ca: head\n");
  EXPECT_EQ(with("đơn vị hội_nông_dân \"Hội Nông dân\" { cấp: xã }\nđơn vị đoàn_thanh_niên \"Đoàn Thanh niên\" { cấp: xã }\n",
                 "đơn vị đoàn_thanh_niên \"Đoàn Thanh niên\" { cấp: xã }\nđơn vị hội_nông_dân \"Hội Nông dân\" { cấp: xã }\n"), "") << "registers have no order";
  EXPECT_EQ(with("đơn vị vnpt \"VNPT Hải Phòng\" {}", "đơn vị vnpt \"VNPT Hải Phòng\" {}\nđơn vị fpt \"FPT Hải Phòng\" {}"), "");
  EXPECT_EQ(with("thành viên: hội_nông_dân, đoàn_thanh_niên", "thành viên: hội_nông_dân"), "register changed group đoàn_thể: members\n");
}

TEST(DriverDiff, TheSameTimeOfAnotherYear) {
  const std::string plan =
      "ordo 1 vi\nkế hoạch k \"Kế hoạch năm 2025 của phường\" {{ giai đoạn: năm {0}; ngày ban hành: 10/01/{0} }}\nđơn vị a \"Phòng A\" {{}}\n"
      "nhiệm vụ x \"Rà soát\" {{ chủ trì: a; thời hạn: quý II/{0} }}\nnhiệm vụ y \"Tổng kết năm\" {{ chủ trì: a; thời hạn: {1} }}\nnhiệm vụ z \"Theo dõi\" {{ chủ trì: a; thời hạn: quý III }}\n";
  testing::PlanRun was(fmt::format(fmt::runtime(plan), 2025, "30/11/2025")), now(fmt::format(fmt::runtime(plan), 2026, "15/11/2026"));
  ASSERT_TRUE(was.sound() && now.sound());
  const Differences differences = diff::Compare(was.program(), now.program(), Language::kVietnamese);
  EXPECT_EQ(Told(differences), "header changed plan k: period, issue_date\ntasks changed task x: due/year\ntasks changed task y: due\n");
  const report::Table table = diff::AsTable(differences, Language::kVietnamese);
  EXPECT_EQ(table.groups.back().rows.back().cells[1].text, "Các mốc thời gian của năm 2025");
  EXPECT_NE(table.groups.back().rows.back().cells[3].text.find("chỉ đổi năm"), std::string::npos);
}

// Titles that stand many times, and a register whose names are others altogether.
TEST(DriverDiff, NamesAndTitlesThatStandTwice) {
  const auto plan = [](const std::string& unit, const std::string& other, const std::string& rest) {
    return "ordo 1 vi\nkế hoạch k \"Kế hoạch\" {}\nđơn vị " + unit + " \"Phòng Kinh tế\" { cách ghi khác: \"P. Kinh tế\" }\nđơn vị " + other + " \"Phòng Văn hóa\" {}\n" + rest;
  };
  const auto body = [](const std::string& one, const std::string& two) {
    return "mục m \"Mục một\" { nhiệm vụ a \"Báo cáo\" { chủ trì: " + one + " } nhiệm vụ b \"Báo cáo\" { chủ trì: " + two + " } }\nmục n \"Mục hai\" { nhiệm vụ c \"Báo cáo\" { chủ trì: " + one + " } }\n";
  };
  testing::PlanRun was(plan("kt", "vh", body("kt", "vh"))), swapped(plan("vh", "kt", body("vh", "kt"))), dropped(plan("kt", "vh", "mục m \"Mục một\" { nhiệm vụ b \"Báo cáo\" { chủ trì: vh } }\nmục n \"Mục hai\" { nhiệm vụ c \"Báo cáo\" { chủ trì: kt } }\n"));
  ASSERT_TRUE(was.sound() && swapped.sound() && dropped.sound());
  EXPECT_EQ(Told(diff::Compare(was.program(), swapped.program(), Language::kVietnamese)), "") << "units are told by their titles";
  EXPECT_EQ(Told(diff::Compare(was.program(), dropped.program(), Language::kVietnamese)), "tasks dropped task a\n");
  testing::PlanRun spelt(plan("kt", "vh", body("kt", "vh")).replace(0, 0, "")), renamed("ordo 1 vi\nkế hoạch k \"Kế hoạch\" {}\nđơn vị x \"P. Kinh tế\" {}\nđơn vị vh \"Phòng Văn hóa\" {}\n" + body("x", "vh"));
  ASSERT_TRUE(renamed.sound());
  EXPECT_EQ(Told(diff::Compare(spelt.program(), renamed.program(), Language::kVietnamese)), "register changed unit x: title\n");
}

TEST(DriverDiff, OnlySomeParts) {
  testing::PlanRun was("ordo 1 vi\nkế hoạch k \"Kế hoạch\" { số: \"1\" }\nnhiệm vụ a \"Một việc\" {}\n"), now("ordo 1 vi\nkế hoạch k \"Kế hoạch\" { số: \"2\" }\n");
  const diff::Part tasks[] = {diff::Part::kTasks};
  EXPECT_EQ(Told(diff::Compare(was.program(), now.program(), Language::kVietnamese, tasks)), "tasks dropped task a\n");
}

TEST(DriverDiff, MilestonesAndConditions) {
  const std::string head = "ordo 1 vi\nkế hoạch k \"Kế hoạch\" { giai đoạn: năm 2026 }\nđơn vị a \"Phòng A\" {}\n";
  const auto plan = [&](const std::string& due, const std::string& bound) {
    return head + "nhiệm vụ x \"Việc lớn\" { chủ trì: a\n mốc m \"Dự thảo xong\" { thời hạn: " + due + " } }\nchỉ tiêu t1 \"Tỷ lệ một\" { đơn vị tính: %; đến hết 2026 đạt 10% }\n" +
           "ràng buộc r \"Tổng\" { phải đúng: t1 <= " + bound + " }\n";
  };
  testing::PlanRun was(plan("30/04/2026", "50%")), due(plan("15/05/2026", "50%")), bound(plan("30/04/2026", "60%")), without(head);
  ASSERT_TRUE(was.sound() && due.sound() && bound.sound() && without.sound()) << was.Rendered();
  EXPECT_EQ(Told(diff::Compare(was.program(), due.program(), Language::kVietnamese)), "tasks changed milestone m: due\n");
  EXPECT_EQ(Told(diff::Compare(was.program(), bound.program(), Language::kVietnamese)), "targets changed condition r: must_hold\n");
  EXPECT_EQ(Told(diff::Compare(was.program(), without.program(), Language::kVietnamese)), "tasks dropped task x\ntargets dropped target t1\ntargets dropped condition r\n")
      << "a milestone goes with its task";
}

TEST(DriverDiff, AMilestoneOfAnotherTask) {
  const auto plan = [](bool first) {
    const std::string step = " mốc m \"Dự thảo xong\" { thời hạn: 30/04/2026 }";
    return "ordo 1 vi\nkế hoạch k \"Kế hoạch\" { giai đoạn: năm 2026 }\nnhiệm vụ x \"Việc thứ nhất của phường\" {\n" + (first ? step : "") + "\n}\nnhiệm vụ y \"Việc khác hẳn\" {\n" + (first ? "" : step) + "\n}\n";
  };
  testing::PlanRun was(plan(true)), now(plan(false));
  ASSERT_TRUE(was.sound() && now.sound());
  EXPECT_EQ(Told(diff::Compare(was.program(), now.program(), Language::kVietnamese)), "tasks changed milestone m moved\n");
}

// Names of declarations are for the machine: none of them is printed.
TEST(DriverDiff, NoNameOfADeclarationIsPrinted) {
  const auto plan = [](const std::string& of) {
    return "ordo 1 vi\nkế hoạch k \"Kế hoạch\" {}\nmục m \"Nội dung\" { đoạn tên_máy_một \"Tuyên truyền rộng rãi\"\n đoạn tên_máy_hai \"Kiểm tra hằng năm\" }\nnhiệm vụ x \"Việc\" { thực hiện: tên_máy_" + of + " }\n";
  };
  testing::PlanRun was(plan("một")), now(plan("hai"));
  ASSERT_TRUE(was.sound() && now.sound());
  const Differences differences = diff::Compare(was.program(), now.program(), Language::kVietnamese);
  EXPECT_EQ(Told(differences), "tasks changed task x: carries_out\n");
  const std::string text = diff::AsText(differences, "a", "b", {});
  EXPECT_EQ(text.find("tên_máy"), std::string::npos) << text;
  EXPECT_NE(text.find("Tuyên truyền rộng rãi"), std::string::npos) << text;
}

// Plans of every construct: with themselves, with their registers shuffled, in the other skin, nothing differs; with another plan
// nothing breaks, and every row says something.
TEST(DriverDiff, RandomPlans) {
  std::mt19937 random(3);
  std::unique_ptr<testing::PlanRun> before;
  for (uint32_t seed = 1; seed <= 25; ++seed) {
    const RandomPlan plan(seed);
    auto run = std::make_unique<testing::PlanRun>(plan.Text(), BuildOptions{}, Language::kVietnamese);
    ASSERT_TRUE(run->sound()) << seed << run->Rendered();
    const testing::PlanRun shuffled(plan.Shuffled(random), {}, Language::kVietnamese), english(run->In(Skin::kEnglish), {}, Language::kVietnamese);
    for (const testing::PlanRun* same : std::initializer_list<const testing::PlanRun*>{run.get(), &shuffled, &english}) {
      ASSERT_TRUE(same->sound()) << seed;
      EXPECT_EQ(Told(diff::Compare(run->program(), same->program(), Language::kVietnamese)), "") << seed;
      EXPECT_EQ(Told(diff::Compare(same->program(), run->program(), Language::kVietnamese)), "") << seed;
    }
    if (before) {
      const Differences there = diff::Compare(before->program(), run->program(), Language::kVietnamese);
      const Differences back = diff::Compare(run->program(), before->program(), Language::kVietnamese);
      EXPECT_FALSE(there.changes.empty());
      EXPECT_EQ(there.changes.empty(), back.changes.empty());
      const report::Table table = diff::AsTable(there, Language::kVietnamese);
      for (const report::Group& group : table.groups) {
        for (const report::Row& row : group.rows) {
          EXPECT_EQ(row.cells.size(), 4u);
          EXPECT_FALSE(row.cells[1].text.empty() && row.cells[2].text.empty()) << row.cells[3].text;
          EXPECT_NE(row.cells[3].text, "");
        }
      }
    }
    before = std::move(run);
  }
}

// 10,000 tasks, a tenth of them changed: within a second here, five are allowed; twice the tasks take no more than three times as long.
TEST(DriverDiff, TenThousandTasks) {
  const auto edited = [](std::string text) {
    size_t count = 0;
    for (size_t at = 0; (at = text.find("nhiệm vụ việc_", at)) != std::string::npos; ++at) {
      if (++count % 10 == 0) text.insert(text.find('"', at) + 1, "Chủ động ");
    }
    return text;
  };
  const auto seconds = [&](size_t tasks, size_t& told) {
    const std::string text = GeneratePlan(tasks);
    const auto program = [](const std::string& plan, std::unique_ptr<testing::PlanRun>& run) { run = std::make_unique<testing::PlanRun>(plan, BuildOptions{}, Language::kVietnamese, false); };
    std::unique_ptr<testing::PlanRun> was, now;
    program(text, was);
    program(edited(text), now);
    EXPECT_TRUE(was->sound() && now->sound()) << was->Found().substr(0, 300) << " / " << now->Found().substr(0, 300);
    Differences differences;
    const double took = Seconds([&] { differences = diff::Compare(was->program(), now->program(), Language::kVietnamese); });
    told = differences.changes.size();
    EXPECT_LT(diff::Count(differences).added + diff::Count(differences).dropped, tasks / 50) << "reworded titles are found again";
    return took;
  };
  size_t few = 0, many = 0;
  const double half = seconds(5000, few), whole = seconds(10000, many);
  EXPECT_EQ(few, 500u);
  EXPECT_EQ(many, 1000u);
  EXPECT_LT(whole, 5) << half;
  EXPECT_LT(whole, 3 * half + 0.5);
}

// The worst for a search of likeness: all titles alike, none equal.
TEST(DriverDiff, AllAlike) {
  const auto plan = [](size_t tasks, std::string_view word) {
    std::string text = "ordo 1 vi\nkế hoạch k \"Kế hoạch\" {}\n";
    for (size_t i = 0; i < tasks; ++i) text += fmt::format("nhiệm vụ {0}{1} \"Xây dựng kế hoạch {0} của phường\" {{}}\n", word, i);
    return text;
  };
  testing::PlanRun was(plan(10000, "cũ"), BuildOptions{}, Language::kVietnamese, false), now(plan(10000, "mới"), BuildOptions{}, Language::kVietnamese, false);
  ASSERT_TRUE(was.sound() && now.sound());
  Differences differences;
  EXPECT_LT(Seconds([&] { differences = diff::Compare(was.program(), now.program(), Language::kVietnamese); }), 5);
  EXPECT_EQ(differences.changes.size(), 20000u) << "words that stand everywhere bind nothing";
}

}  // namespace
}  // namespace ordo
