#include "support/random_plan.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "fmt/format.h"

namespace ordo {
namespace {

class Writer {
 public:
  Writer(RandomPlan& plan, uint32_t seed) : plan_(plan), random_(seed) {}

  void Run(size_t sections, size_t tasks) {
    units_ = 4 + Upto(6);
    plan_.loose.push_back(
        fmt::format("kế hoạch kh \"Kế hoạch thử\" {{ số: \"{}/KH-UBND\"; cơ quan ban hành: ubnd; ngày ban hành: {}05/01/2026; "
                    "giai đoạn: năm 2026\n"
                    "  căn cứ: vb0, vb1; theo dõi: u0; nơi nhận: nhóm_a; người ký: ubnd.đứng đầu }}",
                    1 + Upto(90), Often(2) ? "" : "dự kiến "));
    plan_.loose.push_back("đơn vị ubnd \"UBND phường\" { cấp: xã; đứng đầu: \"Chủ tịch UBND\" }");
    plan_.loose.push_back("đơn vị sở \"Sở Nội vụ\" { cấp: tỉnh }");
    for (size_t i = 0; i < units_; ++i) {
      plan_.loose.push_back(
          fmt::format("đơn vị u{} \"Phòng số {}\" {{ cấp: xã; trực thuộc: ubnd; đứng đầu: \"Trưởng phòng {}\"{}{} }}", i, i, i,
                      Often(3) ? fmt::format("; cách ghi khác: \"P. số {}\"", i) : "",
                      Often(4) ? fmt::format("; cấp phó: \"Phó phòng {}\"", i) : ""));
    }
    plan_.loose.push_back("nhóm nhóm_a \"Các phòng, ban\" { thành viên: " + UnitList(2 + Upto(units_ - 2)) +
                          "; đứng đầu: \"Thủ trưởng các phòng, ban\" }");
    plan_.loose.push_back("nhóm nhóm_b \"Các đơn vị kỹ thuật\" { thành viên: " + UnitList(2) + " }");
    plan_.loose.push_back("nhóm nhóm_mở \"Các cơ quan, đơn vị\" { thành viên: mở }");
    plan_.loose.push_back("chức danh pct \"Phó Chủ tịch phụ trách\" { thuộc: ubnd }");
    plan_.loose.push_back("văn bản vb0 \"Nghị quyết số 57-NQ/TW\" { ký hiệu: \"57-NQ/TW\"; ngày ban hành: 22/12/2024 }");
    plan_.loose.push_back(
        "văn bản vb1 \"Kế hoạch số 9/KH-UBND\" { ký hiệu: \"9/KH-UBND\"; cơ quan ban hành: sở; ngày ban hành: dự kiến quý I/2026 "
        "}");
    plan_.loose.push_back("sự kiện sk0 \"khi có thay đổi nhân sự\" { theo dõi: u1 }");
    plan_.loose.push_back("sự kiện sk1 \"khi có văn bản mới\" { }");
    plan_.loose.push_back("giai đoạn năm_học \"năm học 2026 - 2027\" { hiệu lực: từ 05/09/2026 đến 31/05/2027 }");
    plan_.loose.push_back("chỉ số cs0 \"Tỷ lệ chung\" { đơn vị tính: %; tốt khi: cao hơn }");
    plan_.loose.push_back(
        "mở rộng nhiệm vụ { trường cách_làm \"Cách làm\" { loại: văn bản tự do }\n  trường số_lượt \"Số lượt\" { loại: số } }");
    plan_.loose.push_back(
        "quan hệ chờ(nhiệm vụ a, nhiệm vụ b) {\n  đúng khi b thuộc a.sau\n  đúng khi có(nhiệm vụ m mà chờ(a, m) và b thuộc "
        "m.sau)\n}");
    plan_.loose.push_back(
        "quy tắc XR01 \"Chờ\" {\n  mức độ: thông tin\n  với mỗi nhiệm vụ t\n  gọi n = đếm(nhiệm vụ b mà chờ(t, b))\n  trong đó n "
        "> 1\n"
        "  vị trí: t\n  vi: \"{t} chờ {n} việc\"\n  en: \"{t} waits on {n}\"\n}");
    plan_.loose.push_back(
        "quy tắc XR02 \"Nhiều việc\" {\n  mức độ: cảnh báo\n  tham số most = 2, từ 1 đến 99\n  với mỗi đơn vị u\n"
        "  gọi led = đếm(nhiệm vụ t mà t.là dòng cuối và u thuộc t.chủ trì)\n  trong đó led > most\n  vị trí: u\n"
        "  vi: \"{u} chủ trì {led}\"\n  en: \"{u} leads {led}\"\n}");
    if (Often(2))
      plan_.loose.push_back(
          "bộ kiểm tra riêng \"Bộ kiểm tra riêng\" {\n  XR02: lỗi, most = 3\n  OWN03: lỗi\n  SCH11: tắt \"đã thống nhất\"\n}");
    plan_.loose.push_back(
        "miễn trừ OWN01 { áp dụng cho: m0; lý do: \"đang xin ý kiến\"; người quyết định: ubnd.đứng đầu; đến ngày: 31/12/2026 }");
    if (Often(2)) plan_.loose.push_back("dùng chung { giám sát: pct }");
    plan_.ordered.push_back(
        "đoạn đ0 {\n  số: \"I.1\"\n  nguyên văn: \"\"\"Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị và\nKế "
        "hoạch số "
        "9/KH-UBND ngày 02/01/2026 của UBND thành phố\"\"\"\n}");
    for (size_t i = 0; i < sections; ++i) plan_.ordered.push_back(Section(i, tasks));
    for (size_t i = 0; !shares_.empty() && i < 1 + Upto(3); ++i) plan_.ordered.push_back(Condition(i));
    plan_.ordered.push_back(
        "phụ lục pl \"PHỤ LỤC\" { dòng: nhiệm vụ; nhóm theo: mục; đánh số: liên tục; dòng con: đánh số\n  cột: số \"TT\", tên "
        "\"Việc\", "
        "người đứng đầu \"Người\", chủ trì \"Chủ trì\", phối hợp \"Phối hợp\", kết quả \"Kết quả\", thời hạn \"Thời hạn\", "
        "cách_làm \"Cách làm\", số_lượt \"Số lượt\", ghi chú \"Ghi chú\" }");
    plan_.ordered.push_back(
        "bảng của_u0 \"Việc của phòng 0\" { dòng: nhiệm vụ; chỉ lấy: u0 thuộc t.chủ trì; cột: số \"TT\", tên \"Việc\", kinh phí "
        "\"Kinh phí\", sau \"Sau\" }");
    plan_.ordered.push_back(
        "bảng chỉ_tiêu_b \"Chỉ tiêu\" { dòng: chỉ tiêu; cột: số \"TT\", tên \"Chỉ tiêu\", đơn vị tính \"Đơn vị\", từng mốc thời "
        "gian \"Năm {}\" }");
    plan_.ordered.push_back("bảng các_mốc \"Mốc\" { dòng: mốc; cột: tên \"Mốc\", chủ trì \"Chủ trì\", thời hạn \"Thời hạn\" }");
    plan_.ordered.push_back(
        "ma trận mt \"MA TRẬN\" { dòng: nhiệm vụ; cột: từng nhóm_a, sở; chữ cái: chủ trì \"C\", phối hợp \"P\"; dòng tổng: đơn "
        "vị }");
    plan_.ordered.push_back("phiếu việc pv \"PHIẾU\" { áp dụng cho: u0, u1 }");
  }

 private:
  size_t Upto(size_t n) { return n == 0 ? 0 : random_() % n; }
  bool Often(size_t n) { return random_() % n == 0; }  // once in n
  std::string Unit() { return fmt::format("u{}", Upto(units_)); }
  // Different units, so that no list names one twice.
  std::string UnitList(size_t count) {
    std::vector<size_t> all(units_);
    for (size_t i = 0; i < units_; ++i) all[i] = i;
    std::shuffle(all.begin(), all.end(), random_);
    std::string out;
    for (size_t i = 0; i < std::min(count, units_); ++i) out += fmt::format("{}u{}", i ? ", " : "", all[i]);
    return out;
  }

  std::string Party() {
    switch (Upto(12)) {
      case 0: return "từng nhóm_a";
      case 1: return "nhóm_a có liên quan";
      case 2: return fmt::format("{} về \"phần việc {}\"", Unit(), Upto(9));
      case 3: return fmt::format("\"Phòng số {}\"", Upto(units_));
      case 4: return fmt::format("{} \"Phòng, ghi khác\"", Unit());
      case 5: return "nhóm_b";
      case 6: return "sở đề nghị";
      case 7: return "nhóm_mở có liên quan \"các đơn vị liên quan\"";
      default: return Unit();
    }
  }
  std::string Parties(size_t most) {
    std::string out = Party();
    for (size_t n = Upto(most); n > 0; --n) out += ", " + Party();
    if (Often(9)) out += " ghi \"Nguyên văn trong ô\"";
    return out;
  }
  std::string Head() {
    switch (Upto(6)) {
      case 0: return "pct";
      case 1: return "nhóm_a.đứng đầu";
      case 2: return fmt::format("\"Trưởng phòng {}\"", Upto(units_));
      default: return Unit() + ".đứng đầu";
    }
  }
  std::string Due() {
    const size_t day = 1 + Upto(28), month = 1 + Upto(12);
    switch (Upto(19)) {
      case 0: return fmt::format("{:02}/{:02}/2026", day, month);
      case 1: return fmt::format("tháng {:02}/2026", month);
      case 2: return fmt::format("quý {}/2026", std::array{"I", "II", "III", "IV"}[Upto(4)]);
      case 3: return fmt::format("đến hết {:02}/{:02}/2026", day, month);
      case 4: return fmt::format("trước {:02}/{:02}", day, month);
      case 5: return "thường xuyên";
      case 6: return "thường xuyên, minh chứng hằng quý";
      case 7: return "hằng năm";
      case 8: return "cứ 2 tuần vào thứ Sáu trước 16 giờ";
      case 9: return fmt::format("trong vòng {} ngày làm việc kể từ ngày ban hành", 1 + Upto(90));
      case 10: return fmt::format("trong vòng {} ngày kể từ sk0 ghi \"Nếu có thay đổi\"", 1 + Upto(90));
      case 11: return "theo hướng dẫn của sở, dự kiến quý II/2026, đến hết 30/09/2026";
      case 12: return "nếu sk1";
      case 13: return "khi sk0";
      case 14: return "giữa năm_học";
      case 15: return "\"Khẩn trương\"";
      case 16: return fmt::format("từ {:02}/2026 đến 12/2026", month);
      case 17: return fmt::format("31/{:02}/2026", month);  // half of them are in no calendar
      default: return fmt::format("quý I/2026, {:02}/{:02}/2026", day, month);
    }
  }
  std::string Product() {
    switch (Upto(6)) {
      case 0: return "báo cáo";
      case 1: return "quyết định \"Quyết định ban hành\"";
      case 2: return targets_ == 0 ? "kế hoạch" : fmt::format("ct{} ghi \"Đạt như chỉ tiêu\"", Upto(targets_));
      case 3: return "\"Tin, bài\", danh mục";
      case 4: return "vb1";
      default: return fmt::format("\"Sản phẩm {}\"", Upto(100));
    }
  }

  // Shares that rise, once in a while money; with what binds them to others.
  std::string Target() {
    const size_t id = targets_++;
    if (Often(6)) {
      return fmt::format(
          "  chỉ tiêu ct{0} \"Kinh phí số {0}\" {{ đơn vị tính: tỷ đồng; hiện trạng: {1},5 tỷ đồng vào 31/12/2024 \"quyết "
          "toán\"\n"
          "    trong 2026 đạt {2} triệu đồng mỗi xã\n    đến hết 2030 đạt từ {1} đến {2} tỷ đồng lũy kế\n    đến hết 2035 tăng "
          ">= 5% so với 2030\n  }}\n",
          id, 1 + Upto(9), 20 + Upto(4000));
    }
    shares_.push_back(id);
    const size_t first = 20 + Upto(40), second = first + Upto(40);
    std::string out = fmt::format(
        "  chỉ tiêu ct{} \"Tỷ lệ số {}\" {{ đơn vị tính: %; chủ trì: {}; hiện trạng: {}%{}; nguồn số liệu: \"Báo cáo\"{}{}{}\n",
        id, id, Unit(), Upto(20), Often(2) ? " trong 2024" : "", Often(3) ? "; chỉ số: cs0" : "",
        shares_.size() > 1 && Often(4) ? fmt::format("; nằm trong: ct{}", shares_[Upto(shares_.size() - 1)]) : "",
        Often(5) ? "; phụ thuộc: sở, nhóm_mở" : "");
    out += fmt::format("    trong 2026 đạt >= {}%\n    đến hết 2030 phấn đấu {}%{}\n", first, second,
                       Often(3)   ? ", tính trên \"hộ dân\""
                       : Often(4) ? ", tính trên nhóm_b, phạm vi \"phường\""
                                  : "");
    if (Often(4)) out += fmt::format("    đến hết 2035 tăng >= {}% so với 2030\n", 1 + Upto(9));
    if (Often(4)) out += fmt::format("    đến hết 2040 đạt từ {} đến 95% mỗi năm\n", second - 10);
    return out + "  }\n";
  }

  // What stands in words holds of every share, so that it is never quoted in a conflict: quotes stand in the skin of the plan.
  std::string Condition(size_t i) {
    const size_t a = shares_[Upto(shares_.size())], b = shares_[Upto(shares_.size())];
    std::string holds, years;
    switch (Upto(4)) {
      case 0: holds = fmt::format("ct{} trong 2030 >= 0% và không phải (ct{} > 100% hoặc 2 * ct{} < -0,5%)", a, b, a); break;
      case 1: holds = fmt::format("ct{} <= 100% * 1, ct{} - 2 * ct{} trong 2040 <= 100%", a, b, a); break;
      default: holds = fmt::format("ct{} + 2 * ct{} <= {}%", a, b, 60 + Upto(200));
    }
    if (Often(2)) years = Often(2) ? "; áp dụng cho: hằng năm từ 2026" : "; áp dụng cho: từ 2026 đến 2030, 2035";
    return fmt::format("ràng buộc rb{} \"Ràng buộc {}\" {{ phải đúng: {}{} }}", i, i, holds, years);
  }

  std::string Task(size_t depth) {
    const size_t id = tasks_++;
    const std::string pad(2 * depth, ' ');
    std::string out = fmt::format("{}nhiệm vụ t{} \"Việc thứ {} của kế hoạch\" {{\n", pad, id, id);
    const auto field = [&](std::string_view key, const std::string& value) {
      fmt::format_to(std::back_inserter(out), "{}  {}: {}\n", pad, key, value);
    };
    if (!Often(8)) field("chủ trì", Parties(Often(5) ? 3 : 1));
    if (!Often(6)) field("người đứng đầu", Head());
    if (Often(2)) field("phối hợp", Often(8) ? "không" : Parties(3));
    if (!Often(8)) field("kết quả", Product());
    if (!Often(8)) field("thời hạn", Due());
    if (Often(6)) field("theo dõi", Unit());
    if (Often(6)) field("lãnh đạo phụ trách", "ubnd.đứng đầu");
    if (Often(5)) field("kinh phí", fmt::format("{} triệu đồng", 1 + Upto(500)));
    if (Often(4) && id > 0) field("sau", fmt::format("t{}", Upto(id)));
    if (Often(4)) field("cách_làm", "\"Đặt hàng\"");
    if (Often(5)) field("số_lượt", fmt::format("{}", Upto(2000)));
    if (Often(6)) field("ghi chú", "\"=1+1, <b>\"");
    if (!shares_.empty() && Often(6)) {
      field("hoàn thành khi",
            fmt::format("ct{} >= 80% và ct{} trong 2030 >= 6,5%", shares_[Upto(shares_.size())], shares_[Upto(shares_.size())]));
    }
    if (Often(7)) field("số", fmt::format("\"{}\"", 1 + Upto(4)));
    if (Often(5)) field("thực hiện", "đ0");
    if (Often(6)) {
      fmt::format_to(std::back_inserter(out), "{}  mốc mốc_1 \"dự thảo\" {{ chủ trì: {}; thời hạn: {:02}/03/2026 }}\n", pad,
                     Unit(), 1 + Upto(28));
      fmt::format_to(std::back_inserter(out),
                     "{}  mốc mốc_2 \"ban hành\" {{ chủ trì: {}; sau: t{}.mốc_1; thời hạn: quý II/2026 }}\n", pad, Unit(), id);
    }
    if (depth < 3 && Often(5)) {
      if (Often(2))
        fmt::format_to(std::back_inserter(out), "{}  dùng chung {{ chủ trì: {}; thời hạn: {} }}\n", pad, Unit(), Due());
      for (size_t n = 1 + Upto(3); n > 0; --n) out += Task(depth + 1);
    }
    return out + pad + "}\n";
  }

  std::string Section(size_t i, size_t tasks) {
    std::string out = fmt::format("mục m{} \"Nhóm nhiệm vụ {}\" {{\n", i, i);
    if (Often(3)) out += fmt::format("  dùng chung {{ người đứng đầu: {}; phối hợp: {} }}\n", Head(), Parties(2));
    if (Often(2)) out += Target();
    for (size_t t = 0; t < tasks; ++t) out += Task(1);
    return out + "}";
  }

  RandomPlan& plan_;
  std::mt19937 random_;
  size_t units_ = 0, tasks_ = 0, targets_ = 0;
  std::vector<size_t> shares_;  // targets measured in percent
};

}  // namespace

RandomPlan::RandomPlan(uint32_t seed, size_t sections, size_t tasks) { Writer(*this, seed).Run(sections, tasks); }

std::string RandomPlan::Text() const {
  std::string out = "ordo 1 vi\n";
  for (const auto* blocks : {&loose, &ordered}) {
    for (const std::string& block : *blocks) out += block + "\n";
  }
  return out;
}

std::string RandomPlan::Shuffled(std::mt19937& random) const { return Shuffle("ordo 1 vi\n", loose, ordered, random); }

std::string RandomPlan::Shuffle(std::string_view edition, std::vector<std::string> loose, const std::vector<std::string>& ordered,
                                std::mt19937& random) {
  std::shuffle(loose.begin(), loose.end(), random);
  std::vector<std::string> all = ordered;
  for (std::string& block : loose)
    all.insert(all.begin() + static_cast<ptrdiff_t>(random() % (all.size() + 1)), std::move(block));
  std::string out(edition);
  for (const std::string& block : all) out += block + "\n";
  return out;
}

}  // namespace ordo
