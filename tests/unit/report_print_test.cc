// How values read: generated numbers, the forms of a cell (language details, decision 6), plain values and lists.
#include <gtest/gtest.h>

#include "runtime/report/print.h"
#include "support/program_builder.h"

namespace ordo::report {
namespace {

using ir::Type;

class PrintTest : public ::testing::Test {
 protected:
  PrintTest() {
    const ir::Column number{b_.Text("number"), Type::kText};
    plan_ = b_.Kind("plan", "plan", "kế hoạch");
    unit_ = b_.Kind("unit", "unit", "đơn vị");
    post_ = b_.Kind("post", "post", "chức danh");
    group_ = b_.Kind("group", "group", "nhóm");
    document_ = b_.Kind("document", "document", "văn bản", {{b_.Text("symbol"), Type::kText}});
    section_ = b_.Kind("section", "section", "mục", {number});
    task_ = b_.Kind("task", "task", "nhiệm vụ", {number});
    target_ = b_.Kind("target", "target", "chỉ tiêu");
    row_ = b_.Kind("row", "row", "dòng chỉ tiêu",
                   {{b_.Text("horizon"), Type::kNumber}, {b_.Text("least"), Type::kPercent}, {b_.Text("most"), Type::kPercent}});
    milestone_ = b_.Kind("milestone", "milestone", "mốc");
    time_ = b_.Kind("time", "time", "thời gian");
    entry_ = b_.Kind("entry", "entry", "nội dung ghi");
    lead_ = b_.Word("lead", "lead", "chủ trì");
    support_ = b_.Word("support", "support", "phối hợp");
    product_ = b_.Word("product", "product", "kết quả");
    due_ = b_.Word("due", "due", "thời hạn");
    concerned_ = b_.Word("concerned", "concerned", "có liên quan");
    each_ = b_.Word("each", "each", "từng");
    head_ = b_.Word("head", "head", "đứng đầu");
    scheme_ = b_.Word("product_scheme", "scheme", "đề án");
  }

  std::string Cell(std::vector<ir::Entry> entries, Language language = Language::kVietnamese) {
    const EntityId task = b_.Add(task_, "t", "Việc");
    b_.Field(task, support_, std::move(entries));
    return Printer(b_.Build(), language).FieldCell(task, support_);
  }

  Time In(Time::Form form, int16_t year, int8_t month, int8_t day = 0) {
    Time time;
    time.form = form;
    time.to.kind = day != 0 ? Point::Kind::kDay : Point::Kind::kMonth;
    time.to.year = year;
    time.to.month = month;
    time.to.day = day;
    return time;
  }

  testing::ProgramBuilder b_;
  ir::KindId plan_, unit_, post_, group_, document_, section_, task_, target_, row_, milestone_, time_, entry_;
  ir::WordId lead_, support_, product_, due_, concerned_, each_, head_, scheme_;
};

TEST_F(PrintTest, NumbersOfSectionsTasksAndSubTasks) {
  const EntityId one = b_.Add(section_, "one", "Một");
  const EntityId a = b_.Add(task_, "a", "A", one);
  const EntityId b = b_.Add(task_, "b", "B", one);
  const EntityId b1 = b_.Add(task_, "b1", "B1", b);
  const EntityId b2 = b_.Add(task_, "b2", "B2", b);
  const EntityId b2x = b_.Add(task_, "b2x", "B2x", b2);
  const EntityId inner = b_.Add(section_, "inner", "Bên trong", one);
  const EntityId c = b_.Add(task_, "c", "C", inner);
  const EntityId targets = b_.Add(section_, "targets", "Chỉ tiêu");
  b_.Add(target_, "g", "Tỷ lệ", targets);
  const EntityId two = b_.Add(section_, "two", "Hai");
  const EntityId d = b_.Add(task_, "d", "D", two);
  const EntityId loose = b_.Add(task_, "loose", "Ngoài mục");
  const EntityId empty = b_.Add(section_, "empty", "Chưa viết");
  const Printer printer(b_.Build(), Language::kVietnamese);
  EXPECT_EQ(printer.Object(one), "I");
  EXPECT_EQ(printer.Object(a), "I.1");
  EXPECT_EQ(printer.Object(b), "I.2");
  EXPECT_EQ(printer.Object(b1), "I.2 (a)");
  EXPECT_EQ(printer.Object(b2), "I.2 (b)");
  EXPECT_EQ(printer.Object(b2x), "I.2 (b)(a)");
  EXPECT_EQ(printer.Object(inner), "I.3");
  EXPECT_EQ(printer.Object(c), "I.3.1");
  EXPECT_EQ(printer.Object(targets), "I");   // sections of targets are a sequence of their own
  EXPECT_EQ(printer.Object(two), "II");
  EXPECT_EQ(printer.Object(d), "II.1");
  EXPECT_EQ(printer.Object(loose), "1");
  EXPECT_EQ(printer.Object(empty), "III");
}

TEST_F(PrintTest, IssuedNumbersWin) {
  const EntityId section = b_.Add(section_, "s", "Mục");
  const EntityId a = b_.Add(task_, "a", "A", section);
  const EntityId sub = b_.Add(task_, "sub", "Con", a);
  const EntityId b = b_.Add(task_, "b", "B", section);
  const EntityId c = b_.Add(task_, "c", "C", section);
  b_.Set(section, "number", static_cast<ir::Cell>(b_.Text("VII")));
  b_.Set(a, "number", static_cast<ir::Cell>(b_.Text("7")));
  b_.Set(sub, "number", static_cast<ir::Cell>(b_.Text("7.2")));
  b_.Set(c, "number", static_cast<ir::Cell>(b_.Text("VII.9")));
  const Printer printer(b_.Build(), Language::kVietnamese);
  EXPECT_EQ(printer.Object(section), "VII");
  EXPECT_EQ(printer.Object(a), "VII.7");
  EXPECT_EQ(printer.Object(sub), "VII.7.2");
  EXPECT_EQ(printer.Object(b), "VII.2");   // still counts from its place
  EXPECT_EQ(printer.Object(c), "VII.9");
}

TEST_F(PrintTest, NumbersFollowTheAnnexOfThePlan) {
  const EntityId one = b_.Add(section_, "one", "Một");
  b_.Add(task_, "a", "A", one);
  const EntityId two = b_.Add(section_, "two", "Hai");
  const EntityId d = b_.Add(task_, "d", "D", two);
  const EntityId d1 = b_.Add(task_, "d1", "D1", d);
  ir::TableDeclaration annex;
  annex.form = ir::TableDeclaration::Form::kAppendix;
  annex.rows = task_;
  annex.grouped = annex.running = annex.sub_rows_numbered = true;
  b_.program().tables.push_back(annex);
  const Printer printer(b_.Build(), Language::kVietnamese);
  EXPECT_EQ(printer.Object(d), "II.2");
  EXPECT_EQ(printer.Object(d1), "II.2.1");
}

TEST_F(PrintTest, KindsNeedNoRelation) {
  // Facts are made on demand: fields and parents alone must do. A target may stand in a task and a section in the plan.
  const EntityId plan = b_.Add(plan_, "kh", "Kế hoạch");
  const EntityId section = b_.Add(section_, "s", "Mục", plan);
  const EntityId a = b_.Add(task_, "a", "A", section);
  b_.Add(target_, "g", "Tỷ lệ", a);
  const EntityId b = b_.Add(task_, "b", "B", section);
  b_.Field(section, b_.Word("number"), {b_.Of("V")});
  const EntityId document = b_.Add(document_, "nq", "");
  b_.Field(document, b_.Word("symbol"), {b_.Of("57-NQ/TW")});
  for (ir::Kind& kind : b_.program().kinds) kind.relation = ir::kNone;
  b_.program().relations.clear();
  const Printer printer(b_.Build(), Language::kVietnamese);
  EXPECT_EQ(printer.Object(section), "V");
  EXPECT_EQ(printer.Object(a), "V.1");
  EXPECT_EQ(printer.Object(b), "V.2");
  EXPECT_EQ(printer.Object(document), "57-NQ/TW");
}

TEST(NumberingTest, RomanNumeralsAndLetters) {
  EXPECT_EQ(RomanNumeral(1), "I");
  EXPECT_EQ(RomanNumeral(4), "IV");
  EXPECT_EQ(RomanNumeral(19), "XIX");
  EXPECT_EQ(RomanNumeral(1994), "MCMXCIV");
  std::string letters;
  for (size_t i = 0; i < 25; ++i) letters += AlphabetLetter(i) + " ";
  EXPECT_EQ(letters, "a b c d đ e g h i k l m n o p q r s t u v x y aa ab ");
}

TEST_F(PrintTest, TitlesAreJoined) {
  const EntityId a = b_.Add(unit_, "a", "Phòng A");
  const EntityId b = b_.Add(unit_, "b", "Công an phường");
  EXPECT_EQ(Cell({b_.Of(a), b_.Of(b), b_.Of("Tổ dân phố")}), "Phòng A; Công an phường; Tổ dân phố");
}

TEST_F(PrintTest, WordingIsAllThatIsPrintedOfAnEntry) {
  const EntityId a = b_.Add(unit_, "a", "Phòng A");
  const EntityId g = b_.Add(group_, "g", "Các cơ quan, đơn vị");
  ir::Entry named = b_.Of(a);
  named.wording = b_.Text("Phòng A – cũ");
  ir::Entry open = b_.Of(g);
  open.mode = concerned_;
  open.wording = b_.Text("các đơn vị liên quan");
  EXPECT_EQ(Cell({named, open}), "Phòng A – cũ; các đơn vị liên quan");
}

TEST_F(PrintTest, WrittenIsTheWholeCell) {
  const EntityId a = b_.Add(unit_, "a", "Phòng A");
  const EntityId task = b_.Add(task_, "t", "Việc");
  b_.Field(task, support_, {b_.Of(a)}).written = b_.Text("Phòng A; Công an phường;");
  EXPECT_EQ(Printer(b_.Build(), Language::kVietnamese).FieldCell(task, support_), "Phòng A; Công an phường;");
}

TEST_F(PrintTest, ConcernedEachAndParts) {
  const EntityId g = b_.Add(group_, "g", "Các phòng, ban, đơn vị");
  const EntityId a = b_.Add(unit_, "a", "Sở A");
  ir::Entry concerned = b_.Of(g);
  concerned.mode = concerned_;
  ir::Entry each = b_.Of(g);
  each.mode = each_;
  ir::Entry part = b_.Of(a);
  part.part = b_.Text("nhiệm vụ KH&CN");
  EXPECT_EQ(Cell({concerned, each, part}),
            "Các phòng, ban, đơn vị có liên quan; Các phòng, ban, đơn vị; Sở A (nhiệm vụ KH&CN)");
  EXPECT_EQ(Cell({concerned}, Language::kEnglish), "Các phòng, ban, đơn vị concerned");
}

TEST_F(PrintTest, Heads) {
  const EntityId a = b_.Add(unit_, "a", "Phòng A");
  const EntityId post = b_.Add(post_, "", "Trưởng phòng A", a);
  ir::Entry known = b_.Of(a);
  known.member = head_;
  known.resolved = post;
  ir::Entry unknown = b_.Of(a);
  unknown.member = head_;
  EXPECT_EQ(Cell({known, unknown}), "Trưởng phòng A; Người đứng đầu Phòng A");
  EXPECT_EQ(Cell({unknown}, Language::kEnglish), "Head of Phòng A");
}

TEST_F(PrintTest, ProductsTargetsAndAbsence) {
  const EntityId g = b_.Add(target_, "g", "Tỷ lệ dịch vụ công");
  ir::Entry kind;
  kind.product = scheme_;
  EXPECT_EQ(Cell({kind, b_.Of(g)}), "Đề án; Tỷ lệ dịch vụ công");
  EXPECT_EQ(Cell({kind}, Language::kEnglish), "Scheme");
}

TEST_F(PrintTest, StatedAsNoneIsNotTheSameAsNotStated) {
  const EntityId task = b_.Add(task_, "t", "Việc");
  b_.Field(task, support_, {}).none = true;
  b_.Build();
  EXPECT_EQ(Printer(b_.program(), Language::kVietnamese).FieldCell(task, support_), "Không");
  EXPECT_EQ(Printer(b_.program(), Language::kEnglish).FieldCell(task, support_), "None");
  EXPECT_EQ(Printer(b_.program(), Language::kEnglish).FieldCell(task, lead_), "");
}

TEST_F(PrintTest, TimesAndMilestones) {
  const EntityId unit = b_.Add(unit_, "a", "Sở A");
  const EntityId task = b_.Add(task_, "t", "Việc");
  b_.Field(task, due_, {b_.Of(b_.AddTime(time_, In(Time::Form::kIn, 2026, 1), task))});
  const EntityId parts = b_.Add(task_, "u", "Việc nhiều mốc");
  Time below;
  below.form = Time::Form::kAsBelow;
  b_.Field(parts, due_, {b_.Of(b_.AddTime(time_, below, parts))});
  const EntityId first = b_.Add(milestone_, "m", "có văn bản đề xuất", parts);
  b_.Field(first, lead_, {b_.Of(unit)});
  b_.Field(first, due_, {b_.Of(b_.AddTime(time_, In(Time::Form::kBefore, 2026, 3, 15), first))});
  const EntityId second = b_.Add(milestone_, "n", "ban hành", parts);
  b_.Field(second, due_, {b_.Of(b_.AddTime(time_, In(Time::Form::kIn, 2026, 3), second))});
  Time following;
  following.form = Time::Form::kFollowing;
  following.anchor = parts;
  const EntityId later = b_.Add(task_, "v", "Việc sau");
  b_.Field(later, due_, {b_.Of(b_.AddTime(time_, following, later))});
  const Printer printer(b_.Build(), Language::kVietnamese);
  EXPECT_EQ(printer.FieldCell(task, due_), "Tháng 01/2026");
  EXPECT_EQ(printer.FieldCell(parts, due_), "có văn bản đề xuất (Sở A): Trước ngày 15/03/2026; ban hành: Tháng 03/2026");
  EXPECT_EQ(printer.FieldCell(later, due_), "Theo tiến độ của nhiệm vụ 2");
}

TEST_F(PrintTest, ObjectsReadByTitleThenSymbolThenName) {
  const EntityId titled = b_.Add(document_, "kh", "Kế hoạch số 358/KH-UBND");
  const EntityId bare = b_.Add(document_, "nq", "");
  b_.Set(bare, "symbol", static_cast<ir::Cell>(b_.Text("57-NQ/TW")));
  const EntityId named = b_.Add(unit_, "vhxh", "");
  ir::Entry entry = b_.Of(titled);
  entry.object = b_.Add(entry_, "", "");
  const EntityId task = b_.Add(task_, "t", "Việc");
  b_.Field(task, support_, {entry});
  const Printer printer(b_.Build(), Language::kVietnamese);
  EXPECT_EQ(printer.Object(titled), "Kế hoạch số 358/KH-UBND");
  EXPECT_EQ(printer.Object(bare), "57-NQ/TW");
  EXPECT_EQ(printer.Object(named), "vhxh");
  EXPECT_EQ(printer.Object(entry.object), "Kế hoạch số 358/KH-UBND");
  EXPECT_EQ(printer.Object(EntityId::kNone), "");
}

TEST_F(PrintTest, RowsOfASeries) {
  const EntityId target = b_.Add(target_, "g", "Tỷ lệ");
  const auto word = [&](std::string_view id, std::string_view vi) { return b_.Word(id, id, vi); };
  const ir::WordId reach = word("reach", "đạt"), strive = word("strive", "phấn đấu"), per = word("per", "mỗi"), years = word("years", "năm");
  const auto row = [&](std::string_view sign, std::optional<int> least, std::optional<int> most, ir::WordId verb, std::string_view text = "") {
    const EntityId id = b_.Add(row_, "", text, target);
    ir::SeriesRow one;
    one.object = id;
    one.verb = verb;
    one.horizon = Date::FromYmd(2030, 12, 31)->days();
    one.type = Type::kPercent;
    if (!sign.empty()) one.comparator = b_.Word(sign);
    if (least) one.least = Decimal::Make(*least, 2)->cell();
    if (most) one.most = Decimal::Make(*most, 2)->cell();
    one.text = b_.Text(text);
    b_.program().series.push_back(one);
    return id;
  };
  (void)per;
  const EntityId at_least = row("sign_least", 80, {}, reach);
  const EntityId more = row("sign_more", 3, {}, strive);
  const EntityId at_most = row("sign_most", {}, 5, reach);
  const EntityId between = row("sign_none", 80, 90, reach);
  const EntityId bare = row("sign_none", 85, {}, reach);
  const EntityId exact = row("sign_exact", 85, 85, reach);
  const EntityId worded = row("", {}, {}, reach, "Hoàn thiện Trung tâm");
  b_.program().series[1].per = years;
  const Printer printer(b_.Build(), Language::kVietnamese);
  EXPECT_EQ(printer.Object(at_least), "≥ 80% (2030)");
  EXPECT_EQ(printer.Object(more), "phấn đấu > 3% mỗi năm (2030)");
  EXPECT_EQ(printer.Object(at_most), "≤ 5% (2030)");
  EXPECT_EQ(printer.Object(between), "80% - 90% (2030)");
  EXPECT_EQ(printer.Object(bare), "85% (2030)");
  EXPECT_EQ(printer.Object(exact), "= 85% (2030)");
  EXPECT_EQ(printer.Object(worded), "Hoàn thiện Trung tâm (2030)");
  EXPECT_EQ(printer.SeriesValue(more), "> 3% mỗi năm");
  EXPECT_EQ(printer.SeriesCell(more), "Phấn đấu > 3% mỗi năm");
}

TEST_F(PrintTest, Values) {
  const ir::Cell text = static_cast<ir::Cell>(b_.Text("chữ"));
  b_.Build();
  const Printer vi(b_.program(), Language::kVietnamese);
  const Printer en(b_.program(), Language::kEnglish);
  const auto number = [](int64_t mantissa, int scale) { return Decimal::Make(mantissa, scale)->cell(); };
  EXPECT_EQ(vi.Value(Type::kText, text), "chữ");
  EXPECT_EQ(vi.Value(Type::kWord, lead_), "chủ trì");
  EXPECT_EQ(en.Value(Type::kWord, lead_), "lead");
  EXPECT_EQ(vi.Value(Type::kBool, 1), "có");
  EXPECT_EQ(en.Value(Type::kBool, 0), "no");
  EXPECT_EQ(vi.Value(Type::kDate, Date::FromYmd(2026, 1, 28)->days()), "28/01/2026");
  EXPECT_EQ(en.Value(Type::kDate, Date::FromYmd(2026, 1, 28)->days()), "2026-01-28");
  EXPECT_EQ(vi.Value(Type::kNumber, number(35, 1)), "3,5");
  EXPECT_EQ(en.Value(Type::kNumber, number(35, 1)), "3.5");
  EXPECT_EQ(vi.Value(Type::kPercent, number(35, 3)), "3,5%");
  EXPECT_EQ(en.Value(Type::kPercent, number(4, 1)), "40%");
  EXPECT_EQ(vi.Value(Type::kWorkingDays, number(10, 0)), "10 ngày làm việc");
  EXPECT_EQ(en.Value(Type::kWorkingDays, number(10, 0)), "10 working days");
  EXPECT_EQ(vi.Value(Type::kDays, number(3, 0)), "3 ngày");
  EXPECT_EQ(vi.Value(Type::kMonths, number(6, 0)), "6 tháng");
  EXPECT_EQ(vi.Value(Type::kMoney, number(16'000'000, 0)), "16.000.000 đồng");
  EXPECT_EQ(en.Value(Type::kMoney, number(16'000'000, 0)), "16000000 VND");
  EXPECT_EQ(vi.Value(Type::kNumber, ir::kAbsent), "");
}

TEST_F(PrintTest, Lists) {
  b_.Build();
  const Printer vi(b_.program(), Language::kVietnamese);
  const Printer en(b_.program(), Language::kEnglish);
  EXPECT_EQ(vi.List({}), "");
  EXPECT_EQ(vi.List({"a"}), "a");
  EXPECT_EQ(vi.List({"a", "b"}), "a và b");
  EXPECT_EQ(vi.List({"a", "b", "c"}), "a, b và c");
  EXPECT_EQ(en.List({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(vi.List({"a", "b", "c", "d", "e"}, 2), "a, b và 3 mục khác");
  EXPECT_EQ(en.List({"a", "b", "c", "d", "e"}, 2), "a, b and 3 more");
  EXPECT_EQ(en.List({"a", "b"}, 2), "a and b");
}

}  // namespace
}  // namespace ordo::report
