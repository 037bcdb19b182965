// The text of a draft: plan, register, rows, tables. In: found tables, registers. Out: canonical text and what it should print. Never
// drops a cell: what no field takes is written as words, what was guessed has a remark above it.
#include "compiler/import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/format/format.h"
#include "compiler/import/parties.h"
#include "compiler/import/structure.h"
#include "compiler/import/times.h"
#include "compiler/import/values.h"
#include "compiler/import/wording.h"
#include "compiler/syntax/parse.h"
#include "runtime/diag/emitter.h"

namespace ordo::import {
namespace {

struct FieldName {
  std::string_view id, spelling;   // as in words.def
};

FieldName NameOf(Column column) {
  switch (column) {
    case Column::kNumber: return {"number", "số"};
    case Column::kCode: return {"code", "mã"};
    case Column::kTitle:
    case Column::kIndicator: return {"title", "tên"};
    case Column::kAccountable: return {"accountable", "người đứng đầu"};
    case Column::kSponsor: return {"sponsor", "lãnh đạo phụ trách"};
    case Column::kLead:
    case Column::kBothRoles: return {"lead", "chủ trì"};
    case Column::kSupport: return {"support", "phối hợp"};
    case Column::kExtraHands: return {"extra_hands", "lực lượng hỗ trợ"};
    case Column::kDrafting: return {"drafting", "tham mưu"};
    case Column::kAppraisal: return {"appraisal", "thẩm định"};
    case Column::kSubmitTo: return {"submit_to", "trình"};
    case Column::kApproval: return {"approval", "phê duyệt"};
    case Column::kMonitor: return {"monitor", "theo dõi"};
    case Column::kProduct: return {"product", "kết quả"};
    case Column::kDue: return {"due", "thời hạn"};
    case Column::kDuration: return {"duration", "thời lượng"};
    case Column::kCost: return {"cost", "kinh phí"};
    case Column::kNote: return {"note", "ghi chú"};
    case Column::kMeasure: return {"measured_in", "đơn vị tính"};
    case Column::kBaseline: return {"baseline", "hiện trạng"};
    case Column::kSource: return {"source", "nguồn số liệu"};
    default: return {};
  }
}

// A column as it is printed.
struct Printed {
  size_t column = 0;
  FieldName field;
  std::string own;        // name of a field that the draft declares; "" for one of the language
  std::string heading;
  int year = 0;           // of a value
  bool series = false;
  bool hidden = false;    // tables of targets take no fields of the draft: kept in the rows only
};

class Writer {
 public:
  Writer(const Options& options, const Feedback& feedback) : options_(options), feedback_(feedback), names_(), parties_(Prepare(), names_) {}

  absl::StatusOr<Draft> Write(const FoundTable* tasks, const FoundTable* targets) {
    const FoundTable& first = tasks != nullptr ? *tasks : *targets;
    std::string body, tables;
    year_ = YearOf(first);
    const std::string plan = PlanBlock(first);
    if (targets != nullptr) AddTable(*targets, true, body, tables);
    if (tasks != nullptr) AddTable(*tasks, false, body, tables);
    std::string text = "ordo 1 vi\n";
    if (!options_.copy_registers) {
      for (const std::string& path : options_.imports) text += fmt::format("nhập {}\n", Quoted(path));
    }
    text += fmt::format("// {}\n", S(Phrase::kImportDraftOf, {Shortened(options_.file)}));
    text += plan;
    if (options_.copy_registers) text += copied_;
    text += Register() + extends_ + body + tables;
    return Canonical(std::move(text));
  }

 private:
  const Known& Prepare() {
    for (const Ast* ast : options_.registers) ReadRegister(*ast, known_);
    for (const std::string& name : known_.names) names_.Take(name);
    if (options_.copy_registers) {
      for (const Ast* ast : options_.registers) copied_ += Copied(*ast);
    }
    return known_;
  }

  // Declarations of a register in Vietnamese words.
  static std::string Copied(const Ast& ast) {
    if (ast.skin != Skin::kVietnamese) {
      SourceSet sources;
      Emitter emitter(Language::kVietnamese);
      const FileId file = sources.Add("register", Format(ast, Skin::kVietnamese));
      const Ast again = Parse(sources.file(file), file, Limits(), emitter);
      return again.skin == Skin::kVietnamese ? Copied(again) : std::string();
    }
    std::string out;
    for (NodeId id = ast.first(0); id < ast.nodes[0].end; id = ast.nodes[id].end) {
      if (ast.nodes[id].kind != NodeKind::kBlock) continue;
      const Heading heading = HeadingOf(ast, id);
      if (heading.kind == nullptr || heading.name == nullptr || heading.kind->word == W::kind_plan) continue;
      const Span span = ast.SpanOf(id);
      out += fmt::format("{}\n", ast.source->text().substr(span.begin, span.end - span.begin));
    }
    return out;
  }

  static SyntaxLimits Limits() {
    SyntaxLimits limits;
    limits.max_bytes = size_t{512} << 20;
    return limits;
  }

  template <typename... Arguments>
  std::string T(std::string_view vi, std::string_view en, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(options_.skin == Skin::kEnglish ? en : vi), arguments...);
  }

  std::string S(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const {
    return Say(phrase, options_.skin == Skin::kEnglish ? Language::kEnglish : Language::kVietnamese, arguments);
  }
  // About a cell or a row of the file.
  void RemarkAt(std::string& out, const std::string& place, const std::string& text) { Remark(out, S(Phrase::kImportAtRow, {place, text})); }

  void Remark(std::string& out, const std::string& text) {
    out += fmt::format("// {}\n", Even(text));
    ++draft_.remarks;
  }

  int YearOf(const FoundTable& table) {
    if (options_.year != 0) return options_.year;
    for (const std::string* text : {&table.title, &table.caption}) {
      if (const int year = YearIn(*text)) return year;
    }
    for (auto line = table.before.rbegin(); line != table.before.rend(); ++line) {
      if (const int year = YearIn(*line)) return year;
    }
    // The year that most times name.
    std::map<int, size_t> years;
    for (const TableColumn& column : table.columns) {
      if (column.field != Column::kDue) continue;
      const size_t at = static_cast<size_t>(&column - table.columns.data());
      for (const RawRow& row : table.rows) {
        if (const int year = YearIn(row.cells[at].text)) ++years[year];
      }
    }
    int best = 0;
    for (const auto& [year, count] : years) {
      if (best == 0 || count > years[best]) best = year;
    }
    guessed_year_ = best != 0;
    return best;
  }

  std::string PlanBlock(const FoundTable& table) {
    std::string title;
    for (size_t i = 0; i < table.before.size() && title.empty(); ++i) {
      const std::string words = HeadingWords(table.before[i], true);
      if (words == "ke hoach" && i + 1 < table.before.size()) title = Even(table.before[i + 1]);
      else if (words.starts_with("ke hoach ") && words.size() < 250) title = Even(table.before[i]);
    }
    if (title.empty()) title = table.title;
    std::string out;
    if (title.empty()) {
      title = T("Kế hoạch nhập từ {}", "Plan imported from {}", Shortened(options_.file));
      Remark(out, T("không thấy tên kế hoạch trước bảng: tên lấy theo tệp", "no title before the table: named by the file"));
    }
    out += fmt::format("kế hoạch {} {} {{\n", names_.OfTitle(title, "ke_hoach"), Quoted(title));
    if (year_ != 0) {
      if (guessed_year_) Remark(out, S(Phrase::kImportYearTaken, {fmt::to_string(year_), S(Phrase::kImportYearOfCells)}));
      out += fmt::format("giai đoạn: năm {}\n", year_);
    } else {
      Remark(out, S(Phrase::kImportNoYear, {SpellingOf(W::key_period, options_.skin)}));
    }
    return out + "}\n";
  }

  std::string Register() {
    std::string out;
    for (const Party& party : parties_.parties()) {
      if (!party.fresh) continue;
      RemarkAt(out, Even(party.heard), S(Phrase::kImportNewParty, {Shortened(party.title), party.name}));
      const char* kind = party.kind == Party::Kind::kUnit ? "đơn vị" : party.kind == Party::Kind::kPost ? "chức danh" : "nhóm";
      out += fmt::format("{} {} {} {{\n", kind, party.name, Quoted(party.title));
      if (party.kind == Party::Kind::kGroup) out += "thành viên: mở\n";
      if (!party.of.empty()) out += fmt::format("thuộc: {}\n", party.of);
      if (!party.head.empty()) out += fmt::format("đứng đầu: {}\n", Quoted(party.head));
      out += "}\n";
    }
    return out;
  }

  static bool IsEvery(const FoundTable& table, size_t column, std::string (*read)(std::string_view)) {
    return std::all_of(table.rows.begin(), table.rows.end(), [&](const RawRow& row) {
      const std::string& text = row.cells[column].text;
      return row.across || text.empty() || !read(text).empty();
    });
  }
  static std::string ReadNumber(std::string_view text) {
    const ValueReading reading = ReadValue(text, "");
    return reading.number && reading.verb == "đạt" && reading.value.find_first_of("<>") == std::string::npos && !reading.value.starts_with("từ") ? reading.value : "";
  }

  std::vector<Printed> ColumnsOf(const FoundTable& table, bool targets) {
    std::vector<Printed> columns;
    bool lead = false, support = false;
    for (const TableColumn& column : table.columns) lead |= column.field == Column::kLead, support |= column.field == Column::kSupport;
    std::string owns;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const TableColumn& column = table.columns[i];
      if (column.field == Column::kSection) continue;   // becomes groups
      Printed printed{i, NameOf(column.field), "", column.heading, 0, false};
      if (printed.heading.empty()) printed.heading = T("Cột {}", "Column {}", i + 1);
      bool own = printed.field.id.empty() || feedback_.plain_columns.contains(i + (targets ? kTargetColumns : 0));
      if (column.field == Column::kHorizon || column.field == Column::kValue) {
        printed.year = column.year != 0 ? column.year : year_;
        printed.series = targets && printed.year != 0 && !feedback_.plain_columns.contains(i + (targets ? kTargetColumns : 0));
        own = !printed.series;
      }
      if (column.field == Column::kBothRoles && !lead && !support) {
        columns.push_back({i, NameOf(Column::kLead), "", T("Chủ trì", "Lead"), 0, false});
        columns.push_back({i, NameOf(Column::kSupport), "", T("Phối hợp", "Support"), 0, false});
        continue;
      }
      own |= column.field == Column::kBothRoles;
      own |= column.field == Column::kDuration && !IsEvery(table, i, ReadLength);
      own |= column.field == Column::kCost && !IsEvery(table, i, ReadMoney);
      own |= column.field == Column::kBaseline && !IsEvery(table, i, ReadNumber);
      if (column.field == Column::kNumber || column.field == Column::kTitle || column.field == Column::kIndicator) own = false;
      if (own) {
        printed.field = {};
        printed.own = names_.OfTitle(printed.heading, "cot");
        printed.hidden = targets;
        Remark(owns, S(Phrase::kImportOwnColumn, {Shortened(printed.heading, 40), printed.own}));
        owns += fmt::format("trường {} {} {{\nloại: văn bản tự do\n}}\n", printed.own, Quoted(printed.heading));
      }
      columns.push_back(std::move(printed));
    }
    if (!owns.empty()) extends_ += fmt::format("mở rộng {} {{\n{}}}\n", targets ? "chỉ tiêu" : "nhiệm vụ", owns);
    return columns;
  }

  void NameItems(const std::vector<Item>& items, bool targets) {
    for (const Item& item : items) {
      const bool group = item.kind == Item::Kind::kGroup;
      item_names_[&item] = names_.OfTitle(item.title, group ? "muc" : targets ? "chi_tieu" : "viec");
      NameItems(item.items, targets);
    }
  }

  static bool NamesPersons(Column field) { return field == Column::kAccountable || field == Column::kSponsor; }

  void AddTable(const FoundTable& found, bool targets, std::string& body, std::string& tables) {
    FoundTable table = found;
    const Structure structure = StructureOf(table);
    const std::vector<Printed> columns = ColumnsOf(table, targets);
    NameItems(structure.items, targets);
    // Units before persons: a person may then be the head of one.
    for (const bool posts : {false, true}) {
      for (const RawRow& row : table.rows) {
        if (row.across) continue;
        for (size_t i = 0; i < row.cells.size(); ++i) {
          const Column field = table.columns[i].field;
          if (IsParty(field) && posts == NamesPersons(field)) parties_.Learn(row.cells[i].text, row.place);
        }
      }
    }
    ExpectedTable expected;
    expected.targets = targets;
    const std::string title = table.title.empty() ? T(targets ? "Chỉ tiêu" : "Nhiệm vụ", targets ? "Targets" : "Tasks") : table.title;
    expected.name = names_.OfTitle(title, targets ? "bang_chi_tieu" : "phu_luc");
    for (const Printed& column : columns) {
      if (!column.hidden) expected.headings.push_back(column.heading);
      else Remark(tables, S(Phrase::kImportNoteColumn, {Shortened(column.heading, 40), column.own}));
    }
    draft_.rows += structure.rows;
    size_t number = 0;
    for (const Item& item : structure.items) AddItem(item, table, columns, targets, 0, number, body, expected);
    tables += fmt::format("{} {} {} {{\n", targets ? "bảng" : "phụ lục", expected.name, Quoted(title));
    if (!table.caption.empty()) tables += fmt::format("chú thích: {}\n", Quoted(table.caption));
    tables += fmt::format("dòng: {}\n", targets ? "chỉ tiêu" : "nhiệm vụ");
    if (structure.grouped) tables += "nhóm theo: mục\n";
    tables += fmt::format("đánh số: {}\n", structure.grouped && !structure.running ? "theo mục" : "liên tục");
    if (!targets) tables += fmt::format("dòng con: {}\n", structure.sub_numbered ? "đánh số" : "không đánh số");
    tables += "cột: ";
    bool series = false, some = false;
    for (const Printed& column : columns) {
      if (column.hidden || (column.series && series)) continue;   // one entry prints all of them
      std::string heading = column.heading, name = column.own.empty() ? std::string(column.field.spelling) : column.own;
      if (column.series) {
        series = true;
        name = "từng mốc thời gian";
        const std::string year = fmt::to_string(column.year);
        if (const size_t at = heading.find(year); at != std::string::npos) heading.replace(at, year.size(), "{}");
      }
      tables += fmt::format("{}{} {}", some ? ", " : "", name, Quoted(heading));
      some = true;
    }
    tables += fmt::format("\n{}}}\n", columns.size() > 5 ? "khổ giấy: khổ ngang\n" : "");
    draft_.tables.push_back(std::move(expected));
  }

  static std::string Roman(size_t n) {
    constexpr std::pair<size_t, std::string_view> kSigns[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
    std::string out;
    for (const auto& [value, sign] : kSigns) {
      for (; n >= value && out.size() < 16; n -= value) out += sign;
    }
    return out;
  }

  void AddItem(const Item& item, FoundTable& table, const std::vector<Printed>& columns, bool targets, int depth, size_t& number, std::string& out,
               ExpectedTable& expected) {
    const RawRow& row = table.rows[item.row];
    const std::string& name = item_names_[&item];
    const std::string title = item.title.empty() ? T("(không có nội dung)", "(no text)") : item.title;
    if (!item.joined.empty()) RemarkAt(out, row.place, S(Phrase::kImportJoinedRow, {fmt::format("{}", fmt::join(item.joined, ", "))}));
    if (item.kind == Item::Kind::kGroup) {
      ++number;
      const bool flat = std::any_of(table.columns.begin(), table.columns.end(), [](const TableColumn& c) { return c.field == Column::kSection; });
      for (size_t i = 0; i < row.cells.size() && !row.across && !flat; ++i) {
        const Column field = table.columns[i].field;
        if (field == Column::kNumber || field == Column::kTitle || field == Column::kIndicator) continue;
        if (row.cells[i].text.empty() || row.cells[i].merged_above) continue;
        const std::string left = S(Phrase::kImportLeftOver, {Shortened(row.cells[i].text, 300)});
        Remark(out, S(Phrase::kImportAt, {row.place, Shortened(table.columns[i].heading, 40), left}));
      }
      out += fmt::format("mục {} {} {{\n", name, Quoted(title));
      if (!item.number.empty() && (depth > 0 || item.number != Roman(number))) out += fmt::format("số: {}\n", Quoted(item.number));
      size_t inner = 0;
      for (const Item& below : item.items) AddItem(below, table, columns, targets, depth + 1, inner, out, expected);
      out += "}\n";
      return;
    }
    if (item.title.empty()) RemarkAt(out, row.place, S(Phrase::kImportNoTitle));
    out += fmt::format("{} {} {} {{\n", targets ? "chỉ tiêu" : "nhiệm vụ", name, Quoted(title));
    ExpectedRow line{name, row.place, {}};
    std::string series;
    for (const Printed& column : columns) {
      const RawCell& cell = row.cells[column.column];
      ExpectedCell unseen;
      ExpectedCell& cell_out = column.hidden ? unseen : line.cells.emplace_back();
      cell_out.column = column.column + (targets ? kTargetColumns : 0);
      cell_out.text = cell.text;
      AddCell(item, row, cell, table.columns[column.column].field, column, name, table, cell_out, column.series ? series : out);
    }
    out += series;
    expected.rows.push_back(std::move(line));
    size_t inner = 0;
    for (const Item& below : item.items) AddItem(below, table, columns, targets, depth + 1, inner, out, expected);
    out += "}\n";
  }

  void AddCell(const Item& item, const RawRow& row, const RawCell& cell, Column field, const Printed& column, const std::string& name, const FoundTable& table,
               ExpectedCell& expected, std::string& out) {
    const std::string key = fmt::format("{}.{}", name, column.series ? fmt::format("series_{}", column.year) : std::string(column.field.id));
    const bool worded = feedback_.worded.contains(key), plain = feedback_.plain.contains(key) || feedback_.plain.contains("*");
    const std::string& text = cell.text;
    if (field == Column::kTitle || field == Column::kIndicator) {
      expected.text = item.title;
      expected.read = true;
      return;
    }
    if (field == Column::kNumber) {
      expected.text = item.number;
      expected.key = item.number.empty() ? "" : key;
      expected.read = item.number.empty();
      if (worded && !plain) out += fmt::format("số: {}\n", Quoted(item.number));
      return;
    }
    if (cell.formula && !text.empty()) RemarkAt(out, row.place, S(Phrase::kImportFormula));
    if (text.empty()) return;
    if (!column.own.empty()) {
      out += fmt::format("{}: {}\n", column.own, Quoted(text));
      return;
    }
    expected.key = key;
    if (column.series) return Value(row, text, column, worded, plain, MeasureOf(row, table), expected, out);
    if (field == Column::kBothRoles) {
      expected.read = true;
      const std::string part = RolePart(text, column.field.id == "lead");
      if (!part.empty()) PartyField(row, part, "", false, column.field.spelling, worded, plain, out);
      return;
    }
    if (IsParty(field)) {
      return PartyField(row, text, cell.lines, NamesPersons(field), column.field.spelling, worded, plain, out);
    }
    switch (field) {
      case Column::kProduct: {
        ++draft_.products.cells;
        std::string value = plain ? Quoted(text) : ReadProduct(text).value;
        if (worded && !plain && value != Quoted(text)) value = value.find('"') == std::string::npos ? fmt::format("{} ghi {}", value, Quoted(text)) : Quoted(text);
        out += fmt::format("kết quả: {}\n", value);
        return;
      }
      case Column::kDue: return Due(row, cell, FirstDaysOnly(table, column.column), worded, plain, name, expected, out);
      case Column::kDuration: out += fmt::format("thời lượng: {}\n", ReadLength(text)); break;
      case Column::kCost: out += fmt::format("kinh phí: {}\n", ReadMoney(text)); break;
      case Column::kMeasure: out += fmt::format("đơn vị tính: {}\n", plain ? Quoted(text) : ReadMeasure(text)); break;
      case Column::kBaseline: out += fmt::format("hiện trạng: {}\n", InMeasure(ReadNumber(text), MeasureOf(row, table))); break;
      default: out += fmt::format("{}: {}\n", column.field.spelling, Quoted(text)); break;
    }
  }

  // «Chủ trì: A; Phối hợp: B»; without those words the whole cell leads.
  static std::string RolePart(const std::string& text, bool lead) {
    const auto find = [&](std::initializer_list<std::string_view> words) {
      for (const std::string_view word : words) {
        if (const size_t at = text.find(word); at != std::string::npos) return std::pair(at, at + word.size());
      }
      return std::pair(std::string::npos, std::string::npos);
    };
    const auto first = find({"Chủ trì:", "chủ trì:", "Lead:"}), second = find({"Phối hợp:", "phối hợp:", "Support:"});
    const auto clean = [](std::string part) {
      while (!part.empty() && (part.back() == ' ' || part.back() == ';' || part.back() == '-' || part.back() == ',' || part.back() == '.')) part.pop_back();
      return Even(part);
    };
    if (first.first == std::string::npos) {
      if (second.first == std::string::npos) return lead ? clean(text) : "";
      return lead ? clean(text.substr(0, second.first)) : clean(text.substr(second.second));
    }
    const auto between = [&](size_t begin, size_t end) { return clean(text.substr(begin, end > begin ? end - begin : std::string::npos)); };
    if (lead) return between(first.second, second.first);
    return second.first == std::string::npos ? "" : between(second.second, first.first);
  }

  void PartyField(const RawRow& row, const std::string& text, const std::string& lines, bool post, std::string_view spelling, bool worded, bool plain,
                  std::string& out) {
    ++draft_.parties.cells;
    PartyCell cell = plain ? parties_.Whole(text, post, row.place) : parties_.Read(text, lines, post, row.place);
    if (worded && !plain && cell.value.find(" ghi ") == std::string::npos) cell.value += " ghi " + Quoted(text);
    if (cell.value.empty()) cell = parties_.Whole(text, post, row.place);
    for (const PartyRemark& remark : cell.remarks) Told(row, text, remark, out);
    draft_.parties.unsure += !cell.remarks.empty() || plain;
    if (plain) Remark(out, T("{}: không hiểu cả ô «{}», giữ làm một tên", "{}: «{}» was not understood; kept as one name", row.place, Shortened(text)));
    if (!cell.value.empty()) out += fmt::format("{}: {}\n", spelling, cell.value);
  }

  void Told(const RawRow& row, const std::string& text, const PartyRemark& remark, std::string& out) {
    using Kind = PartyRemark::Kind;
    const std::string part = Shortened(remark.text.empty() ? text : remark.text);
    switch (remark.kind) {
      case Kind::kNew: return RemarkAt(out, row.place, S(Phrase::kImportNewParty, {part, remark.name}));
      case Kind::kNear: return RemarkAt(out, row.place, S(Phrase::kImportNearParty, {part, remark.name, Shortened(remark.near_title), remark.near_name}));
      case Kind::kTaken: return RemarkAt(out, row.place, S(Phrase::kImportTakenParty, {part, Shortened(remark.near_title), remark.name}));
      case Kind::kNobody: return RemarkAt(out, row.place, S(Phrase::kImportNobody, {part}));
    }
  }

  // Spreadsheets make the first of a month out of «5/2026». Where every day of a column is one, months were meant.
  bool FirstDaysOnly(const FoundTable& table, size_t column) {
    const auto [at, fresh] = first_days_.try_emplace({&table, column}, false);
    if (!fresh) return at->second;
    size_t days = 0, firsts = 0;
    for (const RawRow& row : table.rows) {
      if (!row.cells[column].day) continue;
      ++days;
      firsts += row.cells[column].day->ymd().day == 1;
    }
    return at->second = days > 1 && firsts == days;
  }

  void Due(const RawRow& row, const RawCell& cell, bool first_days_only, bool worded, bool plain, const std::string& name, ExpectedCell& expected,
           std::string& out) {
    const std::string& text = cell.text;
    ++draft_.times.cells;
    TimeContext context{year_, &known_.events, &parties_};
    TimeReading reading = ReadTime(text, context);
    if (plain) reading = {TimeReading::Kind::kWords, Quoted(text), {}, {}};
    const std::string day = cell.day ? fmt::format("{:02}/{:02}/{}", cell.day->ymd().day, cell.day->ymd().month, cell.day->ymd().year) : std::string();
    if (!plain && cell.day && cell.day->ymd().day == 1 && reading.value == day) {
      draft_.times.unsure += 1;
      RemarkAt(out, row.place, S(first_days_only ? Phrase::kImportMonthTaken : Phrase::kImportDayOne, {day}));
      if (first_days_only) {
        reading.value = "tháng " + day.substr(3);
        expected.read = true;
      }
    }
    for (const PartyRemark& remark : reading.remarks) Told(row, text, remark, out);
    const bool words = reading.kind == TimeReading::Kind::kWords, guess = reading.kind == TimeReading::Kind::kGuess;
    draft_.times.unsure += words || guess || !reading.remarks.empty();
    if (words) RemarkAt(out, row.place, S(Phrase::kImportTimeWords, {Shortened(text)}));
    if (guess) RemarkAt(out, row.place, S(Phrase::kImportTimeGuess, {Shortened(text), reading.value}));
    if (worded && !words && reading.value.find(" ghi ") == std::string::npos) reading.value += " ghi " + Quoted(text);
    out += fmt::format("thời hạn: {}\n", reading.value);
    size_t n = 0;
    for (const TimeStep& step : reading.steps) out += fmt::format("mốc {}_{} {} {{\nthời hạn: {}\n}}\n", name, ++n, Quoted(step.label), step.value);
  }

  static std::string MeasureOf(const RawRow& row, const FoundTable& table) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].field == Column::kMeasure) return row.cells[i].text;
    }
    return {};
  }

  // «42» of what is measured in percent is «42%».
  static std::string InMeasure(std::string value, std::string_view measure) {
    if (value.find('%') != std::string::npos || value.find("đồng") != std::string::npos || value.starts_with("từ")) return value;
    const std::string read = ReadMeasure(measure);
    if (read == "%") return value + "%";
    return read.ends_with("đồng") ? fmt::format("{} {}", value, read) : value;
  }

  void Value(const RawRow& row, const std::string& text, const Printed& column, bool worded, bool plain, const std::string& measure, ExpectedCell&,
             std::string& out) {
    ++draft_.values.cells;
    ValueReading reading = ReadValue(text, measure);
    if (plain) reading = {false, "đạt", Quoted(text)};
    if (reading.number) reading.value = InMeasure(std::move(reading.value), measure);
    if (!reading.number) {
      ++draft_.values.unsure;
      RemarkAt(out, row.place, S(Phrase::kImportValueWords, {Shortened(text)}));
    }
    const bool by = HeadingWords(column.heading, true).find("den") != std::string::npos;
    out += fmt::format("{} {} {} {}{}\n", by ? "đến hết" : "trong", column.year, reading.verb, reading.value,
                       worded && reading.number ? " ghi " + Quoted(text) : std::string());
  }

  absl::StatusOr<Draft> Canonical(std::string text) {
    SourceSet sources;
    Emitter emitter(options_.skin == Skin::kEnglish ? Language::kEnglish : Language::kVietnamese);
    const FileId file = sources.Add("draft", std::move(text));
    const Ast ast = Parse(sources.file(file), file, Limits(), emitter);
    for (const Finding& finding : emitter.findings()) {
      if (finding.severity != Severity::kError) continue;
      return absl::InternalError(fmt::format("{}: {}", sources.file(file).PositionOf(finding.at.begin).line, finding.message));
    }
    draft_.text = Format(ast, options_.skin);
    return std::move(draft_);
  }

  std::map<std::pair<const FoundTable*, size_t>, bool> first_days_;
  const Options& options_;
  const Feedback& feedback_;
  Known known_;
  std::string copied_;
  Names names_;
  Parties parties_;
  absl::flat_hash_map<const Item*, std::string> item_names_;
  std::string extends_;
  Draft draft_;
  int year_ = 0;
  bool guessed_year_ = false;
};

}  // namespace

absl::StatusOr<Draft> WriteDraft(const FoundTable* tasks, const FoundTable* targets, const Options& options, const Feedback& feedback) {
  return Writer(options, feedback).Write(tasks, targets);
}

Skin SkinOf(const FoundTable& table) {
  // Vietnamese headings have letters beyond ASCII.
  size_t plain = 0, all = 0;
  for (const TableColumn& column : table.columns) {
    if (column.heading.empty()) continue;
    ++all;
    plain += std::all_of(column.heading.begin(), column.heading.end(), [](unsigned char c) { return c < 0x80; });
  }
  return all > 0 && plain == all ? Skin::kEnglish : Skin::kVietnamese;
}

}  // namespace ordo::import
