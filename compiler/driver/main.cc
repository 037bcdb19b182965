// The `ordo` program: arguments and exit status. See README.md and design of the command line in the reference.
#include <malloc.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "compiler/driver/session.h"
#include "fmt/format.h"

namespace {

// Columns of the terminal that standard output is; a pipe has always 100, so that what is kept does not depend on a window.
size_t TerminalWidth() {
  constexpr size_t kPipe = 100, kLeast = 40, kMost = 400;
  if (!isatty(STDOUT_FILENO)) return kPipe;
  winsize size{};
  size_t columns = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
  if (const char* told = std::getenv("COLUMNS"); columns == 0 && told != nullptr) columns = std::strtoul(told, nullptr, 10);
  return columns == 0 ? kPipe : std::clamp(columns, kLeast, kMost);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace ordo;
  // One run builds large flat vectors and ends: pages given back and asked for again cost more than the work on a large plan.
  mallopt(M_MMAP_THRESHOLD, 512 << 20);
  mallopt(M_TRIM_THRESHOLD, 2047 << 20);
  mallopt(M_TOP_PAD, 8 << 20);
  CLI::App app{"Ordo: kế hoạch viết như mã, kiểm tra trước khi ban hành | plans as code, proved before they are issued", "ordo"};
  app.require_subcommand(1);
  app.set_version_flag("--version", [] { return fmt::format("ordo {} (edition 1, rules {})", ORDO_VERSION, OwnRules().version); });

  Settings settings;
  settings.color = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
  settings.width = TerminalWidth();
  settings.progress = isatty(STDERR_FILENO);
  std::string language, as_of, plan, second, unit, file, stage = "model", folder = "out", skin, by = "unit";
  std::string of = "tasks";
  BuildRequest building;
  std::vector<std::string> plans, names;
  bool check_only = false, write = false, watch = false;

  auto common = [&](CLI::App* command, bool evaluates = true) {
    command->add_option("--lang", language, "vi | en: ngôn ngữ của thông báo | language of messages")
        ->check(CLI::IsMember({"vi", "en"}));
    command->add_option("--root", settings.load.root, "thư mục gốc cho `nhập` | folder that imports may not leave");
    command->add_option("--max-bytes", settings.load.syntax.max_bytes, "giới hạn một tệp | limit of one file")
        ->capture_default_str();
    command->add_option("--max-depth", settings.load.syntax.max_depth, "số tầng lồng nhau | nesting limit")
        ->capture_default_str();
    if (!evaluates) return;
    command->add_option("--max-steps", settings.limits.steps, "giới hạn số bước của bộ suy diễn | limit of steps of the engine")
        ->check(CLI::PositiveNumber)->capture_default_str();
    command->add_option("--max-rows", settings.limits.derived_rows, "giới hạn số sự kiện suy ra | limit of derived facts")
        ->check(CLI::PositiveNumber)->capture_default_str();
    command->add_option_function<uint64_t>("--max-memory", [&](uint64_t mib) { settings.limits.memory = mib << 20; },
                                           "MiB: giới hạn bộ nhớ của bộ suy diễn (mặc định 3072) | memory limit of the engine (3072)")
        ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 32));
  };
  auto checking = [&](CLI::App* command) {
    command->add_option("--rules", settings.rules, "bộ quy tắc đã lưu bằng `ordo rules --write` | a rule set kept by `ordo rules --write`");
    command->add_option("--profile", settings.profile, "bộ kiểm tra dùng | profile of checks");
    command->add_option("--only", settings.only, "chỉ các mã này | only these codes")->delimiter(',');
    command->add_option("--as-of", as_of, "YYYY-MM-DD: ngày xét nhật ký, miễn trừ | day for which journal and waivers count");
    command->add_option("--journal", settings.load.journal, "nhật ký, thay cho tệp kế hoạch nêu | journal instead of the plan's own");
    command->add_flag("--verify", settings.verify, "kiểm tra IR (dành cho thử nghiệm) | verify the IR (for tests)")->group("");
  };

  CLI::App* check = app.add_subcommand("check", "mọi phát hiện của một hay nhiều kế hoạch | all findings of one or more plans");
  check->add_option("plan", plans, "tệp hoặc thư mục | file or folder")->required();
  check->add_option("--format", settings.format, "text | json | sarif")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  check->add_option("--gate", settings.gate, "error | warning: mức làm lệnh trả về 1 | level at which the exit status is 1")
      ->check(CLI::IsMember({"error", "warning"}))
      ->capture_default_str();
  check->add_option("--order", settings.order, "rank | source: việc cần sửa trước, hay theo thứ tự trong văn bản | what to act on first, or as in the text")
      ->check(CLI::IsMember({"rank", "source"}));
  check->add_option("--first", settings.first, "text: chỉ in bấy nhiêu phát hiện đầu | only so many findings");
  check->add_option("--baseline", settings.baseline, "chỉ báo điều chưa có trong mốc này | only what is not in this baseline");
  check->add_option("--write-baseline", settings.write_baseline, "ghi mốc: mọi phát hiện hiện có | write what is found now as a baseline");
  common(check);
  checking(check);
  check->add_flag("--watch", watch, "soát lại mỗi khi tệp đổi, chỉ in điều đã đổi; Ctrl-C để dừng | check again at each change of the files, print what changed; ends on Ctrl-C");
  check->footer(
      "Ví dụ | Example:\n  ordo check ke_hoach.ordo --first 10\n  ordo check plans/ --gate warning --only OWN01,SCH01\n"
      "  ordo check ke_hoach.ordo --write-baseline moc.json\n  ordo check ke_hoach.ordo --baseline moc.json\n  ordo check ke_hoach.ordo --watch\n  ordo check ke_hoach.ordo --max-memory 1024 --max-steps 1000000000");

  CLI::App* build = app.add_subcommand("build", "ghi mọi bảng, cả kế hoạch (docx, xlsx, pdf, trang html) và phát hiện | write every table, the whole plan and the findings");
  build->add_option("plan", plan)->required();
  build->add_option("-o,--out", folder, "thư mục kết quả | output folder")->capture_default_str();
  build->add_option("--only", building.only, "chỉ các bảng này | only these tables")->delimiter(',');
  build->add_option("--format", building.formats, "text,md,csv,html,json,docx,xlsx,pdf; không nêu thì theo bảng, hoặc tất cả trừ pdf | those that a table declares, else all but pdf")
      ->delimiter(',');
  build->add_option("--by", building.by, "unit: thêm phụ lục việc của từng đơn vị, theo thời hạn | an annex of each unit as well, by date")
      ->check(CLI::IsMember({"unit"}));
  common(build);
  build->footer("Ví dụ | Example:\n  ordo build ke_hoach.ordo -o out --format html,csv\n  ordo build ke_hoach.ordo -o out --format docx,pdf\n"
                "  ordo build ke_hoach.ordo -o out --by unit --format xlsx");

  const std::vector<std::string> text_formats = {"text", "md", "csv", "html", "json"};
  const std::vector<std::string> table_formats = {"text", "md", "csv", "html", "json", "docx", "xlsx", "pdf"};
  const std::string of_tables = "text | md | csv | html | json | docx | xlsx | pdf";
  const auto to_file = [&](CLI::App* command) {
    command->add_option("-o,--out", file, "ghi vào tệp này (docx, xlsx, pdf: cần có) | write into this file (needed for docx, xlsx, pdf on a terminal)");
  };
  CLI::App* table = app.add_subcommand("table", "in một bảng | print one table");
  table->add_option("plan", plan)->required();
  table->add_option("name", second, "tên bảng, đơn vị (phiếu việc) hoặc chỉ tiêu (phiếu chỉ tiêu) | a table, a unit (its duties) or a target (its sheet)")
      ->required();
  table->add_option("--format", settings.format, of_tables)
      ->check(CLI::IsMember(table_formats))
      ->capture_default_str();
  to_file(table);
  common(table);
  table->footer("Ví dụ | Example:\n  ordo table ke_hoach.ordo nhiệm_vụ_2026 --format md\n  ordo table ke_hoach.ordo ktht --format docx -o phieu_viec.docx");

  CLI::App* print = app.add_subcommand("print", "in cả kế hoạch thành văn bản | the whole plan as a document");
  print->add_option("plan", plan)->required();
  print->add_option("--format", settings.format, "text | md | docx | pdf")->check(CLI::IsMember({"text", "md", "docx", "pdf"}))->capture_default_str();
  print->add_option("-o,--out", file, "ghi vào tệp này | write into this file");
  common(print);
  print->footer("Ví dụ | Example:\n  ordo print ke_hoach.ordo\n  ordo print ke_hoach.ordo --format md -o ke_hoach.md");

  CLI::App* matrix = app.add_subcommand("matrix", "ma trận phân công | the assignment matrix");
  matrix->add_option("plan", plan)->required();
  matrix->add_option("--of", of, "tasks: việc theo đơn vị; targets: chỉ tiêu theo mốc thời gian | tasks by units; targets by horizon")
      ->check(CLI::IsMember({"tasks", "targets"}))
      ->capture_default_str();
  matrix->add_option("--by", by, "unit | post")->check(CLI::IsMember({"unit", "post"}))->capture_default_str();
  matrix->add_option("--format", settings.format, of_tables)
      ->check(CLI::IsMember(table_formats))
      ->capture_default_str();
  to_file(matrix);
  common(matrix);
  matrix->footer("Ví dụ | Example:\n  ordo matrix ke_hoach.ordo --by post\n  ordo matrix ke_hoach.ordo --of targets --format xlsx -o chi_tieu.xlsx");

  CLI::App* schedule = app.add_subcommand(
      "schedule", "ngày sớm nhất, muộn nhất, dự trữ, đường găng | earliest and latest days, slack, critical chain");
  schedule->add_option("plan", plan)->required();
  schedule->add_option("--format", settings.format, of_tables)
      ->check(CLI::IsMember(table_formats))
      ->capture_default_str();
  to_file(schedule);
  common(schedule);
  schedule->footer("Ví dụ | Example:\n  ordo schedule ke_hoach.ordo\n  ordo schedule ke_hoach.ordo --format xlsx -o tien_do.xlsx");

  CLI::App* whatif = app.add_subcommand("whatif", "điều gì đổi nếu một trường đổi | what changes if a field changes");
  whatif->add_option("plan", plan)->required();
  whatif->add_option("--set", names, "TÊN.TRƯỜNG = GIÁ TRỊ | NAME.FIELD = VALUE")->required();
  whatif->add_option("--format", settings.format, "text | json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  common(whatif);
  checking(whatif);
  whatif->footer("Ví dụ | Example:\n  ordo whatif ke_hoach.ordo --set 'khảo_sát.thời hạn = 30/06/2026'");
  CLI::App* timeline = app.add_subcommand("timeline", "biểu tiến độ (Gantt) | the timeline of a plan");
  timeline->add_option("plan", plan)->required();
  timeline->add_option("--format", settings.format, "text | svg | html | json")
      ->check(CLI::IsMember({"text", "svg", "html", "json"}))
      ->capture_default_str();
  timeline->add_option("--as-of", as_of, "YYYY-MM-DD: ngày được kẻ trên biểu | the day that is marked");
  timeline->add_option("--journal", settings.load.journal, "nhật ký, thay cho tệp kế hoạch nêu | journal instead of the plan's own");
  timeline->add_option("--unit", unit, "chỉ việc có đơn vị này tham gia | only tasks in which this unit takes part");
  timeline->add_option("-o,--out", file, "ghi vào tệp này | write into this file");
  common(timeline);
  timeline->footer("Ví dụ | Example:\n  ordo timeline ke_hoach.ordo\n  ordo timeline ke_hoach.ordo --format svg -o bieu.svg --as-of 2026-06-30");

  CLI::App* chart = app.add_subcommand("chart", "đường đi của chỉ tiêu: phải đạt và đo được | targets over time: required and measured");
  chart->add_option("plan", plan)->required();
  chart->add_option("name", second, "một chỉ tiêu hoặc chỉ số; không nêu thì vẽ tất cả | one target or indicator; all if none");
  chart->add_option("--format", settings.format, "text | svg | html | json")
      ->check(CLI::IsMember({"text", "svg", "html", "json"}))
      ->capture_default_str();
  chart->add_option("--as-of", as_of, "YYYY-MM-DD: ngày xét số đo; không nêu thì không tính số đo | the day; without it nothing counts as measured");
  chart->add_option("--journal", settings.load.journal, "nhật ký, thay cho tệp kế hoạch nêu | journal instead of the plan's own");
  chart->add_option("-o,--out", file, "ghi vào tệp này | write into this file");
  common(chart);
  chart->footer("Ví dụ | Example:\n  ordo chart ke_hoach.ordo --as-of 2026-06-30\n  ordo chart ke_hoach.ordo phủ_5g --format svg -o phu_5g.svg");

  CLI::App* align = app.add_subcommand("align", "đối chiếu với kế hoạch tham chiếu | the plan beside its reference plans");
  align->add_option("plan", plan)->required();
  align->add_option("--format", settings.format, of_tables)
      ->check(CLI::IsMember(table_formats))
      ->capture_default_str();
  to_file(align);
  common(align);
  align->footer("Ví dụ | Example:\n  ordo align ke_hoach.ordo --format html > doi_chieu.html");

  std::string least;
  CLI::App* clauses = app.add_subcommand("coverage", "đối chiếu lời văn và khai báo, hai chiều | the wording beside the declarations, both ways");
  clauses->add_option("plan", plan)->required();
  clauses->add_option("--min", least, "80%: dưới tỷ lệ này thì lệnh trả về 1 | a share below which the exit status is 1");
  clauses->add_option("--format", settings.format, of_tables)
      ->check(CLI::IsMember(table_formats))
      ->capture_default_str();
  to_file(clauses);
  common(clauses);
  clauses->footer("Ví dụ | Example:\n  ordo coverage ke_hoach.ordo\n  ordo coverage ke_hoach.ordo --min 80% --format html -o doi_chieu.html");

  CLI::App* why = app.add_subcommand("why", "vì sao có một phát hiện, một điều suy ra, một ô bảng | the derivation of a finding, a fact, a cell");
  why->add_option("plan", plan)->required();
  why->add_option("finding", second, "MÃ, MÃ:tên, quan_hệ(a, b) hoặc BẢNG:DÒNG.CỘT | CODE, CODE:name, relation(a, b) or TABLE:ROW.COLUMN")->required();
  why->add_option("--format", settings.format, "text | json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  common(why);
  checking(why);
  why->footer("Ví dụ | Example:\n  ordo why ke_hoach.ordo OWN06:tái_cấu_trúc\n  ordo why ke_hoach.ordo 'nhiệm_vụ_2026:II.3.chủ trì'");

  CLI::App* why_not = app.add_subcommand("why-not", "vì sao một quy tắc không báo, một điều không đúng | why a rule stays silent, a fact does not hold");
  why_not->add_option("plan", plan)->required();
  why_not->add_option("finding", second, "MÃ hoặc quan_hệ(a, b) | CODE or relation(a, b)")->required();
  why_not->add_option("name", unit, "tên đối tượng hoặc số thứ tự nhiệm vụ | name of the object or number of the task");
  why_not->add_option("--format", settings.format, "text | json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  common(why_not);
  checking(why_not);
  why_not->footer("Ví dụ | Example:\n  ordo why-not ke_hoach.ordo WRK01 ktht\n  ordo why-not ke_hoach.ordo 'leads(ktht, ra_quân)'");

  CLI::App* explain = app.add_subcommand("explain", "trang giải thích của một mã | the page of a code");
  explain->add_option("code", second)->required();
  explain->add_option("--lang", language, "vi | en")->check(CLI::IsMember({"vi", "en"}));
  explain->footer("Ví dụ | Example:\n  ordo explain OWN06 --lang en");

  CLI::App* fmt_command = app.add_subcommand("fmt", "dạng chuẩn, hoặc đổi bộ từ | canonical form, or the other skin");
  fmt_command->add_option("plan", plans)->required();
  fmt_command->add_option("--skin", skin, "vi | en: đổi sang bộ từ này | convert to this skin")
      ->check(CLI::IsMember({"vi", "en"}));
  fmt_command->add_flag("--check", check_only, "chỉ liệt kê tệp chưa đúng dạng | only list files that are not canonical");
  fmt_command->add_flag("-w,--write", write, "ghi đè tệp | write the file in place");
  common(fmt_command, false);
  fmt_command->footer("Ví dụ | Example:\n  ordo fmt ke_hoach.ordo --skin en > plan.ordo\n  ordo fmt -w ke_hoach.ordo");

  CLI::App* dump = app.add_subcommand("dump", "một chặng của luồng xử lý | one stage of the flow");
  dump->add_option("plan", plan)->required();
  dump->add_option("--stage", stage, "tokens | ast | model | ir | facts | findings")
      ->check(CLI::IsMember({"tokens", "ast", "model", "ir", "facts", "findings"}))
      ->capture_default_str();
  common(dump);
  checking(dump);
  dump->footer("Ví dụ | Example:\n  ordo dump ke_hoach.ordo --stage facts");

  int year = 0;
  CLI::App* calendar = app.add_subcommand("calendar", "ngày nghỉ, ngày làm bù, số ngày làm việc của một năm | a year's days off, days worked and working days");
  calendar->add_option("plan", plan, "cộng ngày nghỉ riêng của kế hoạch | adds the plan's own days");
  calendar->add_option("--year", year, "năm; mặc định là năm của kế hoạch | the year; that of the plan if none")->check(CLI::Range(1, 9999));
  calendar->add_option("--format", settings.format, "text | json | ics")
      ->check(CLI::IsMember({"text", "json", "ics"}))
      ->capture_default_str();
  common(calendar, false);
  calendar->footer("Ví dụ | Example:\n  ordo calendar --year 2026\n  ordo calendar ke_hoach.ordo --format ics > ngay_nghi.ics");
  CLI::App* status_command = app.add_subcommand("status", "tình hình thực hiện tại một ngày, theo nhật ký | progress at a day, from the journal");
  status_command->add_option("plan", plan)->required();
  status_command->add_option("--as-of", as_of, "YYYY-MM-DD: ngày xét | the day");
  status_command->add_option("--journal", settings.load.journal, "nhật ký, thay cho tệp kế hoạch nêu | journal instead of the plan's own");
  status_command->add_option("--unit", unit, "chỉ việc do đơn vị này chủ trì | only what this unit leads");
  status_command->add_option("--format", settings.format, of_tables)
      ->check(CLI::IsMember(table_formats))
      ->capture_default_str();
  to_file(status_command);
  common(status_command);
  status_command->footer("Ví dụ | Example:\n  ordo status ke_hoach.ordo --journal nhat_ky.ordo --as-of 2026-04-15");

  std::string within, form = "todo";
  CLI::App* remind = app.add_subcommand("remind", "việc phải nhắc: ai, việc gì, ngày nào | who is to be reminded of what, and when");
  remind->add_option("plan", plan)->required();
  remind->add_option("--as-of", as_of, "YYYY-MM-DD: ngày xét | the day");
  remind->add_option("--within", within, "14d, 2w: xét bao nhiêu ngày tới | days ahead; 14d, calendar files: the whole plan");
  remind->add_option("--unit", unit, "chỉ việc của đơn vị này | only what this unit is reminded of");
  remind->add_option("--journal", settings.load.journal, "nhật ký, thay cho tệp kế hoạch nêu | journal instead of the plan's own");
  remind->add_option("--format", settings.format, "text | json | ics")->check(CLI::IsMember({"text", "json", "ics"}))->capture_default_str();
  remind->add_option("--as", form, "todo | event | both: ics ghi việc phải làm hay sự kiện cả ngày | to-dos or all-day events")
      ->check(CLI::IsMember({"todo", "event", "both"}))
      ->capture_default_str();
  remind->add_option("-o,--out", folder, "ghi vào thư mục này, ics mỗi đơn vị một tệp | write into this folder, one ics file a unit");
  common(remind);
  remind->footer("Ví dụ | Example:\n  ordo remind ke_hoach.ordo --as-of 2026-03-16 --within 30d\n  ordo remind ke_hoach.ordo --as-of 2026-03-16 --format ics -o lich");

  bool dry = false;
  CLI::App* fix = app.add_subcommand("fix", "sửa những gì chỉ có một cách sửa | mend what can only be mended one way");
  fix->add_option("plan", plan)->required();
  fix->add_flag("--dry-run", dry, "chỉ in thay đổi (unified diff), không ghi | only print what would change");
  fix->add_option("--only", names, "chỉ sửa các mã này | only these codes")->delimiter(',');
  fix->add_option("--profile", settings.profile, "bộ kiểm tra dùng | profile of checks");
  fix->add_option("--as-of", as_of, "YYYY-MM-DD: ngày xét nhật ký, miễn trừ | day for which journal and waivers count");
  fix->add_option("--journal", settings.load.journal, "nhật ký, thay cho tệp kế hoạch nêu | journal instead of the plan's own");
  common(fix);
  fix->footer("Ví dụ | Example:\n  ordo fix ke_hoach.ordo --dry-run\n  ordo fix ke_hoach.ordo --only OWN07,NAM03");
  CLI::App* compare = app.add_subcommand("compare", "tệp Word, Excel, CSV gửi trả: chỗ nào đã bị sửa tay | what was changed by hand in a file that came back");
  compare->add_option("returned", second, "tệp .docx, .xlsx hoặc .csv | file")->required();
  compare->add_option("plan", plan, "kế hoạch đã in ra tệp ấy | the plan that it was written from")->required();
  compare->add_flag("-w,--write", write, "ghi những chỗ sửa được vào kế hoạch | take over into the plan what can be");
  compare->add_flag("--dry-run", dry, "chỉ in thay đổi (unified diff), không ghi; mặc định | only print what would change; so by default")->excludes("--write");
  compare->add_option("--format", settings.format, "text | json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  common(compare);
  compare->footer("Ví dụ | Example:\n  ordo compare phu_luc_gui_lai.docx ke_hoach.ordo\n  ordo compare phu_luc_gui_lai.docx ke_hoach.ordo --write");

  ImportTarget importing;
  CLI::App* import_command = app.add_subcommand("import", "bản nháp kế hoạch từ bảng trong tệp Word, Excel, CSV | a draft of a plan from the tables of a file");
  import_command->add_option("file", second, "tệp .docx, .xlsx hoặc .csv | file")->required();
  import_command->add_option("-o,--out", importing.draft, "ghi bản nháp vào tệp này | write the draft into this file");
  import_command->add_option("--register", importing.registers, "danh bạ đã có (dùng được nhiều lần) | a register that is there (may be repeated)")->allow_extra_args(false);
  import_command->add_option("--skin", importing.skin, "vi | en: bộ từ của bản nháp | words of the draft")->check(CLI::IsMember({"vi", "en"}));
  import_command->add_option("--year", importing.year, "năm của kế hoạch | year of the plan")->check(CLI::Range(1990, 2099));
  import_command->add_option("--table", importing.table, "chỉ bảng thứ N của tệp | only table N of the file")->check(CLI::Range(1, 1000000));
  import_command->add_flag("--force", importing.force, "ghi đè bản nháp đã có | write over a draft that is there");
  common(import_command);
  import_command->footer("Ví dụ | Example:\n  ordo import phu_luc.docx -o nhap.ordo --register danh_ba.ordo --year 2026\n  ordo import annex.xlsx --skin en -o draft.ordo");

  CLI::App* query = app.add_subcommand("query", "hỏi kế hoạch bằng một biểu thức của ngôn ngữ quy tắc | asks a plan with an expression of the rule language");
  query->add_option("plan", plan)->required();
  query->add_option("expression", second, "biểu thức, hoặc các dòng `với mỗi`, `gọi`, `trong đó`, `cho biết:` | an expression, or lines and `show:`")
      ->required();
  query->add_option("--format", settings.format, "text | md | csv | html | json")
      ->check(CLI::IsMember(text_formats))
      ->capture_default_str();
  query->add_option("--as-of", as_of, "YYYY-MM-DD: ngày xét nhật ký | day for which the journal counts");
  query->add_option("--journal", settings.load.journal, "nhật ký, thay cho tệp kế hoạch nêu | journal instead of the plan's own");
  common(query);
  query->footer("Ví dụ | Example:\n  ordo query ke_hoach.ordo 'đếm(nhiệm vụ t mà t.là dòng cuối)'\n"
                "  ordo query ke_hoach.ordo 'với mỗi đơn vị u; gọi n = đếm(nhiệm vụ t mà u thuộc t.chủ trì); trong đó n > 3; cho biết: u, n'");

  CLI::App* rules = app.add_subcommand("rules", "bộ quy tắc dùng để kiểm tra: mã, lưu lại | the rule set that plans are checked with: its version, a copy");
  rules->add_option("rule-set", plan, "một bộ đã lưu; không nêu thì là bộ của chương trình | a kept one; this program's own if none");
  rules->add_option("--write", folder, "lưu vào thư mục này, hoặc một tệp .json | keep it in this folder, or in one .json file");
  common(rules);
  rules->footer("Ví dụ | Example:\n  ordo rules\n  ordo rules --write quy_tac\n  ordo check ke_hoach.ordo --rules quy_tac");

  CLI::App* test = app.add_subcommand(
      "test", "chạy các khối kiểm thử; không nêu tệp thì chạy của thư viện | run test blocks; the library's if no file is named");
  bool coverage = false;
  test->add_option("plan", plans);
  test->add_option("--only", settings.only, "chỉ kiểm thử của các mã này | only tests of these codes")->delimiter(',');
  test->add_flag("--coverage", coverage, "thêm quy tắc và điều kiện chưa được kiểm thử | also rules and conditions that no test shows");
  test->add_option("--format", settings.format, "text | json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  common(test);
  test->footer("Ví dụ | Example:\n  ordo test\n  ordo test --only OWN07\n  ordo test quy_tac_cua_toi.ordo --coverage");

  CLI::App* health = app.add_subcommand("health", "quy tắc thừa, trùng, tốn qua nhiều kế hoạch | rules that are idle, redundant or costly over plans");
  health->add_option("plan", plans, "tệp hoặc thư mục; không nêu thì các kế hoạch kiểm thử của thư viện | file or folder; the library's tests if none");
  health->add_option("--format", settings.format, "text | json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  common(health);
  checking(health);
  health->footer("Ví dụ | Example:\n  ordo health examples/");

  ExportTarget target;
  CLI::App* export_command = app.add_subcommand(
      "export", "dữ kiện thành bảng, quy tắc thành khung nhìn SQL | facts as tables and rules as views of a database");
  export_command->add_option("plan", plans)->required();
  CLI::Option* sqlite = export_command->add_option("--sqlite", target.sqlite, "ghi một tệp SQLite | write an SQLite file");
  CLI::Option* postgres = export_command->add_option("--postgres", target.postgres, "URL: ghi vào cơ sở dữ liệu PostgreSQL | into a PostgreSQL database");
  export_command->add_option("--schema", target.schema, "lược đồ trong PostgreSQL | schema in PostgreSQL")->needs(postgres)->capture_default_str();
  export_command->add_option("--key", target.key, "khóa của kế hoạch trong PostgreSQL; không nêu thì là tên kế hoạch | key of the plan; its name if none")
      ->needs(postgres);
  sqlite->excludes(postgres);
  common(export_command);
  checking(export_command);
  export_command->footer(
      "Ví dụ | Example:\n  ordo export ke_hoach.ordo --sqlite ke_hoach.db\n  sqlite3 ke_hoach.db 'SELECT code, name, file, line FROM findings'\n"
      "  ordo export phuong_a.ordo phuong_b.ordo --postgres postgresql:///ke_hoach");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kNothing : kFailed;
  }
  if (!language.empty()) settings.language = language == "vi" ? Language::kVietnamese : Language::kEnglish;
  if (!as_of.empty()) {
    settings.as_of = ParseIsoDate(as_of);
    if (!settings.as_of) {
      Tell(settings.language.value_or(Language::kVietnamese), Code::kRunBadArgument, {"--as-of " + as_of, "YYYY-MM-DD"});
      return kFailed;
    }
  }
  const auto run = [&] {
    if (check->parsed() && watch) {
      if (plans.size() == 1 && plans[0] != "-" && settings.format != "sarif") return RunWatch(plans[0], settings);
      Tell(settings.language.value_or(Language::kVietnamese), Code::kRunBadArgument,
           {fmt::format("--watch {} --format {}", fmt::join(plans, " "), settings.format), "--watch PLAN --format text|json"});
      return int{kFailed};
    }
    if (check->parsed()) return RunCheck(plans, settings);
    if (build->parsed()) {
      building.folder = folder;
      return RunBuild(plan, building, settings);
    }
    if (table->parsed()) return RunTable(plan, second, file, settings);
    if (print->parsed()) return RunPrint(plan, file, settings);
    if (matrix->parsed()) return RunMatrix(plan, by, of, file, settings);
    if (schedule->parsed()) return RunSchedule(plan, file, settings);
    if (whatif->parsed()) return RunWhatIf(plan, names, settings);
    if (timeline->parsed()) return RunTimeline(plan, unit, file, settings);
    if (align->parsed()) return RunAlign(plan, file, settings);
    if (chart->parsed()) return RunChart(plan, second, file, settings);
    settings.all_relations = why->parsed() || why_not->parsed() || clauses->parsed();
    if (clauses->parsed()) return RunCoverage(plan, least, file, settings);
    if (why->parsed()) return RunWhy(plan, second, settings);
    if (why_not->parsed()) return RunWhyNot(plan, second, unit, settings);
    if (explain->parsed()) return RunExplain(second, settings);
    if (fmt_command->parsed()) return RunFmt(plans, skin, check_only, write, settings);
    if (status_command->parsed()) return RunStatus(plan, unit, file, settings);
    if (import_command->parsed()) return RunImport(second, importing, settings);
    if (compare->parsed()) return RunCompare(second, plan, write, settings);
    if (fix->parsed()) return RunFix(plan, names, dry, settings);
    if (remind->parsed()) return RunRemind(plan, within, unit, form, remind->count("--out") > 0 ? folder : "", settings);
    if (dump->parsed()) return RunDump(plan, stage, settings);
    if (export_command->parsed()) return RunExport(plans, target, settings);
    if (calendar->parsed()) return RunCalendar(plan, year, settings);
    if (health->parsed()) return RunHealth(plans, settings);
    if (query->parsed()) return RunQuery(plan, second, settings);
    if (rules->parsed()) return RunRules(plan, rules->count("--write") > 0 ? folder : "", settings);
    return RunTest(plans, coverage, settings);
  };
  const int status = run();
  // A full disk behind a redirection: half an output is a failure, whatever was found.
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
    Tell(settings.language.value_or(Language::kVietnamese), Code::kRunCannotWrite, {"stdout"});
    return kFailed;
  }
  return status;
}
