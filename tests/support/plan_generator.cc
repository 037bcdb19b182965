#include "support/plan_generator.h"

#include <array>
#include <iterator>
#include <string_view>

#include "fmt/format.h"
#include "runtime/time/civil.h"

namespace ordo {
namespace {

struct Unit {
  std::string_view id;
  std::string_view title;
  std::string_view head;
};
constexpr std::array<Unit, 12> kUnits = {{
    {"vp", "Văn phòng HĐND và UBND", "Chánh Văn phòng HĐND và UBND"},
    {"vhxh", "Phòng Văn hóa - Xã hội", "Trưởng phòng Văn hóa - Xã hội"},
    {"ktht", "Phòng Kinh tế, Hạ tầng và Đô thị", "Trưởng phòng Kinh tế, Hạ tầng và Đô thị"},
    {"pvhcc", "Trung tâm Phục vụ hành chính công", "Giám đốc Trung tâm Phục vụ hành chính công"},
    {"dvsnc", "Trung tâm Dịch vụ sự nghiệp công", "Giám đốc Trung tâm Dịch vụ sự nghiệp công"},
    {"quân_sự", "Ban Chỉ huy Quân sự phường", "Chỉ huy trưởng Ban Chỉ huy Quân sự phường"},
    {"trạm_y_tế", "Trạm Y tế phường", "Trưởng Trạm Y tế phường"},
    {"tư_pháp", "Bộ phận Tư pháp - Hộ tịch", "Trưởng Bộ phận Tư pháp - Hộ tịch"},
    {"tài_chính", "Bộ phận Tài chính - Kế toán", "Trưởng Bộ phận Tài chính - Kế toán"},
    {"văn_hóa", "Trung tâm Văn hóa - Thể thao", "Giám đốc Trung tâm Văn hóa - Thể thao"},
    {"môi_trường", "Đội Quản lý trật tự đô thị và môi trường", "Đội trưởng Đội Quản lý trật tự đô thị và môi trường"},
    {"thư_viện", "Thư viện phường", "Giám đốc Thư viện phường"},
}};
constexpr std::array<std::string_view, 11> kVerbs = {"Triển khai",
                                                     "Xây dựng",
                                                     "Rà soát và hoàn thiện",
                                                     "Tổ chức tập huấn về",
                                                     "Kiểm tra, đánh giá",
                                                     "Số hóa",
                                                     "Cập nhật",
                                                     "Tuyên truyền về",
                                                     "Nâng cấp",
                                                     "Lập danh mục",
                                                     "Thí điểm"};
constexpr std::array<std::string_view, 13> kObjects = {"quy trình giải quyết thủ tục hành chính",
                                                       "cơ sở dữ liệu hộ tịch",
                                                       "hệ thống truyền thanh thông minh",
                                                       "kỹ năng số cho cán bộ, công chức",
                                                       "mô hình tổ công nghệ cộng đồng",
                                                       "hồ sơ cấp độ an toàn thông tin",
                                                       "dịch vụ công trực tuyến",
                                                       "dữ liệu đất đai",
                                                       "học bạ số",
                                                       "thanh toán không dùng tiền mặt",
                                                       "sổ sức khỏe điện tử",
                                                       "kho dữ liệu dùng chung của phường",
                                                       "chữ ký số cá nhân"};
constexpr std::array<std::string_view, 7> kPlaces = {"trên địa bàn phường",      "tại các tổ dân phố", "tại các trường học",
                                                     "tại Trung tâm hành chính", "cho hộ kinh doanh",  "cho người cao tuổi",
                                                     "cho doanh nghiệp nhỏ"};
constexpr std::array<std::string_view, 6> kProducts = {"kế hoạch", "báo cáo", "quyết định", "văn bản", "danh mục", "quy chế"};

// The Wednesday of the week of a day of 2026, as a plan writes it; 2 September is a holiday. A sound plan has no deadline that rests.
std::string Wednesday(size_t month, size_t day, int behind = 0) {
  const Date any = *Date::FromYmd(2026, static_cast<int>(month), static_cast<int>(day));
  Date wednesday = any.PlusDays(2 - any.weekday());
  if (wednesday == *Date::FromYmd(2026, 9, 2)) wednesday = wednesday.PlusDays(7);
  return wednesday.PlusDays(behind).ToString(Language::kVietnamese);
}

std::string Due(size_t i) {
  switch (i % 8) {
    case 0: return fmt::format("quý {}/2026", std::array{"I", "II", "III", "IV"}[i / 8 % 4]);
    case 1: return fmt::format("tháng {:02}/2026", std::array{3, 6, 7, 9, 11, 12}[i / 8 % 6]);
    case 2: return fmt::format("đến hết {}", Wednesday(3 + i / 8 % 10, 1 + i / 8 % 28));
    case 3: return "thường xuyên, minh chứng hằng quý";
    case 4: return fmt::format("trước {}", Wednesday(4 + i / 8 % 9, 2 + i / 8 % 27, 1));
    case 5: return "hằng tháng, trước 25/12/2026";
    case 6: return fmt::format("trong vòng {} ngày làm việc kể từ ngày ban hành", 30 + i / 8 % 90);
    default: return fmt::format("từ {:02}/2026 đến {:02}/2026", 2 + i / 8 % 5, std::array{7, 9, 11, 12, 9}[i / 8 % 5]);
  }
}

}  // namespace

std::string GeneratePlan(size_t tasks, bool flawed) {
  std::string out =
      "ordo 1 vi\n\n"
      "kế hoạch kh_lớn \"Phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số năm 2026\" {\n"
      "  số: \"01/KH-UBND\"; cơ quan ban hành: ubnd; địa danh: \"An Bình\"; ngày ban hành: 15/01/2026; giai đoạn: năm 2026\n"
      "  thể thức: nhà nước; theo dõi: vp; người ký: ubnd.đứng đầu; nơi nhận: phòng_ban\n"
      "}\n"
      "đơn vị ubnd \"UBND phường An Bình\" { cấp: xã; đứng đầu: \"Chủ tịch UBND phường\"; cấp phó: \"Phó Chủ tịch UBND phường\" "
      "}\n";
  out.reserve(out.size() + tasks * 460);
  const auto add = std::back_inserter(out);
  std::string members;
  for (const Unit& unit : kUnits) {
    fmt::format_to(add, "đơn vị {} \"{}\" {{ cấp: xã; trực thuộc: ubnd; đứng đầu: \"{}\" }}\n", unit.id, unit.title, unit.head);
    members += (members.empty() ? "" : ", ") + std::string(unit.id);
  }
  fmt::format_to(
      add, "nhóm phòng_ban \"Các phòng, ban, đơn vị\" {{ thành viên: {}; đứng đầu: \"Thủ trưởng các phòng, ban, đơn vị\" }}\n",
      members);
  constexpr size_t kSection = 50;
  for (size_t i = 0; i < tasks; ++i) {
    if (i % kSection == 0) fmt::format_to(add, "\nmục nhóm_{} \"Nhóm nhiệm vụ số {}\" {{\n", i / kSection + 1, i / kSection + 1);
    const Unit& lead = kUnits[i % 12];
    const Unit& support = kUnits[(i + 1 + i / 12 % 11) % 12];
    fmt::format_to(add, "  nhiệm vụ việc_{} \"{} {} {}, đợt {} năm 2026\" {{\n", i + 1, kVerbs[i % 11], kObjects[i / 11 % 13],
                   kPlaces[i / 143 % 7], i / 1001 + 1);
    // Flaws: one unit leads half of the plan; every so often a cell is missing, the head is another's, the lead also supports.
    const std::string_view leads = flawed && i % 2 == 0 ? kUnits[0].id : lead.id;
    if (!flawed || i % 89 != 7) fmt::format_to(add, "    người đứng đầu: {}.đứng đầu;", flawed && i % 101 == 9 ? support.id : leads);
    if (!flawed || i % 97 != 5) fmt::format_to(add, " chủ trì: {};", leads);
    fmt::format_to(add, " phối hợp: {}", flawed && i % 83 == 4 ? leads : support.id);
    if (i % 3 == 0) out += ", phòng_ban có liên quan";
    fmt::format_to(add, "\n    kết quả: {} \"{} về {}, việc {}\"{}\n", kProducts[i % 6],
                   std::array{"Kế hoạch", "Báo cáo", "Quyết định", "Văn bản", "Danh mục", "Quy chế"}[i % 6],
                   kObjects[i / 11 % 13], i + 1, flawed && i % 79 == 6 ? "" : "; thời hạn: " + Due(i));
    if (i % 5 == 1) fmt::format_to(add, "    phê duyệt: ubnd; trình: {}\n", support.id);
    if (i % 7 == 2)
      fmt::format_to(add, "    lãnh đạo phụ trách: ubnd.cấp phó; tham mưu: {}; thẩm định: {}\n", lead.id, support.id);
    if (i % 11 == 3 && i % kSection > 0 && i >= 16)
      fmt::format_to(add, "    theo dõi: vp; giám sát: ubnd; ghi chú: \"Nối tiếp việc {}\"\n", i);
    if (i % 13 == 4) fmt::format_to(add, "    kinh phí: {} triệu đồng\n", 10 + i % 90);
    out += "  }\n";
    if (i % kSection == kSection - 1 || i + 1 == tasks) out += "}\n";
  }
  out +=
      "\nphụ lục nhiệm_vụ_2026 \"NHIỆM VỤ NĂM 2026\" {\n  dòng: nhiệm vụ; nhóm theo: mục\n"
      "  cột: số \"TT\", tên \"Nhiệm vụ\", người đứng đầu \"Người đứng đầu\", chủ trì \"Chủ trì\", phối hợp \"Phối hợp\",\n"
      "       kết quả \"Kết quả\", thời hạn \"Thời hạn\"\n}\n";
  return out;
}

}  // namespace ordo
