#include <gtest/gtest.h>

#include "runtime/ir/ir.h"
#include "support/rule_builder.h"

namespace ordo::ir {
namespace {

using testing::Num;
using testing::RuleBuilder;

// One of everything, with texts that need care.
struct Rich : RuleBuilder {
  Rich() {
    const RelationId task = Kind("task", 2, {Type::kText, Type::kDate, Type::kPercent, Type::kBool, Type::kWord, Type::kMoney});
    const RelationId time = Kind("time", 1);
    (void)time;
    Set(task, 0, 1, static_cast<Cell>(strings.Intern("một \"dấu\" \\ và\nhai dòng\t\x01 cuối")));
    Set(task, 0, 2, Date::FromYmd(2026, 1, 28)->days());
    Set(task, 0, 3, Num(35, 3));
    Set(task, 0, 4, 1);
    Set(task, 0, 5, 0);
    Set(task, 1, 6, Num(-16'000'000));
    Set(task, 1, 1, static_cast<Cell>(Symbol::kEmpty));
    program.entities[0].name = strings.Intern("tuyên_truyền");
    program.entities[0].title = strings.Intern("Tổ chức tuyên truyền");
    program.entities[0].span = {3, 10, 20};
    program.entities[0].field_count = 1;
    program.entities[1].parent = EntityId{0};
    program.plan = EntityId{0};
    Time when;
    when.form = Time::Form::kFromTo;
    when.from = {Point::Kind::kQuarter, Point::Edge::kEnd, true, false, 2026, 4};
    when.to.kind = Point::Kind::kYearlyDay;
    when.to.month = 11;
    when.to.named = EntityId{1};
    when.length = {*Decimal::Make(25, 1), TimeUnit::kWorkingDay};
    when.evidence.unit = TimeUnit::kQuarter;
    when.rhythm.weekday = 4;
    when.rhythm.by = {when.from};
    when.words = strings.Intern("khi có yêu cầu");
    when.limit_before = true;
    program.times.push_back(when);
    Field field;
    field.word = 0;
    field.shared = true;
    field.written = strings.Intern("Thường xuyên");
    field.entry_count = 2;
    program.fields.push_back(field);
    Entry entry;
    entry.value = static_cast<Cell>(strings.Intern("chữ"));
    program.entries.push_back(entry);
    entry = {};
    entry.type = Type::kEntity;
    entry.value = 1;
    entry.mode = 1;
    entry.resolved = EntityId{0};
    entry.span = {kNoFile, 4, 5};
    program.entries.push_back(entry);
    const RelationId lead = Stored("task.lead", {Type::kEntity, Type::kEntity});
    Row(lead, {0, 1});
    program.relations[lead].spans[0] = {};
    const RelationId head = Derived("check X", {Type::kEntity, Type::kNumber});
    program.functions = {"shared_words"};
    const VarId t = NewVar(Type::kEntity, "t"), n = NewVar(Type::kNumber, "n"), u = NewVar(Type::kEntity, "u");
    const BodyId inner = Body({Scan(lead, {t, u})});
    const ExprId text = Column(Var(t), task, 1);
    const ExprId shared =
        Add({Op::kCall, Type::kPercent, 0}, {text, Const(Type::kText, static_cast<Cell>(strings.Intern("a \"b\"")))});
    RuleOfVars("X", head, {t, n},
               Body({ScanWith(task, {{0, t, 0},
                                     {1, kNone, static_cast<Cell>(strings.Intern("x"))},
                                     {2, kNone, Date::FromYmd(1, 1, 1)->days()}}),
                     Let(n, Count(inner, {Var(u)})), Filter(Binary(Op::kLess, shared, Const(Type::kPercent, Num(5, 1))))}));
    program.rules[0].span = {1, 2, 3};
    Check check;
    check.code = strings.Intern("X");
    check.severity = Severity::kInformation;
    check.text_vi = strings.Intern("{t} có {n} đơn vị (ngưỡng {limit})");
    check.relation = head;
    check.see = {{0, 0}};
    check.slots = {{strings.Intern("n"), 1}};
    check.constants = {{strings.Intern("limit"), Num(4, 1)}, {strings.Intern("by"), Date::FromYmd(2026, 5, 1)->days()},
                       {strings.Intern("none"), kAbsent}};
    check.constant_types = {Type::kPercent, Type::kDate, Type::kNumber};
    check.follows = {check.code};
    check.repairs = {{Repair::Kind::kReplace, check.at, 0, 1}};
    program.checks.push_back(check);
    Waiver waiver;
    waiver.code = check.code;
    waiver.subject = EntityId{1};
    waiver.until = Date::FromYmd(2026, 12, 31)->days();
    program.waivers.push_back(waiver);
    TableDeclaration table;
    table.form = TableDeclaration::Form::kMatrix;
    table.rows = 0;
    table.grouped = true;
    table.columns = {{0, Symbol::kEmpty, strings.Intern("TT")},
                     {kNoWord, strings.Intern("phương_thức"), Symbol::kEmpty, EntityId{0}, true}};
    table.letters = {{0, strings.Intern("C")}, {1, strings.Intern("P")}};
    table.formats = {0, 1};
    program.tables.push_back(table);
  }
};

TEST(Dump, RoundTripsTheWholeProgram) {
  Rich b;
  ASSERT_EQ(Verify(b.program), std::vector<std::string>{});
  const std::string text = Dump(b.program);
  std::string error;
  const std::optional<Program> back = ParseDump(text, &b.strings, &error);
  ASSERT_TRUE(back) << error << "\n" << text;
  EXPECT_EQ(*back, b.program) << text << "\n---\n" << Dump(*back);
}

TEST(Dump, TextIsTheSameThroughAnotherPool) {
  Rich b;
  const std::string text = Dump(b.program);
  StringPool other;
  for (const char* word : {"numbers", "of", "texts", "shift"}) other.Intern(word);
  std::string error;
  const std::optional<Program> back = ParseDump(text, &other, &error);
  ASSERT_TRUE(back) << error;
  EXPECT_EQ(Dump(*back), text);
  EXPECT_EQ(Verify(*back), std::vector<std::string>{});
  EXPECT_EQ(back->text(back->entities[0].title), "Tổ chức tuyên truyền");
}

TEST(Dump, EmptyProgram) {
  StringPool strings;
  Program program;
  program.strings = &strings;
  std::string error;
  const std::optional<Program> back = ParseDump(Dump(program), &strings, &error);
  ASSERT_TRUE(back) << error;
  EXPECT_EQ(*back, program);
}

TEST(Dump, IsOneLineAThing) {
  Rich b;
  const std::string text = Dump(b.program);
  EXPECT_NE(text.find("\nword 0: id=\"task\" en=\"task\" vi=\"task\"\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nrow 1 \"\" - - - - -16000000 @0:1-2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("row 0 \"một \\\"dấu\\\" \\\\ và\\nhai dòng\\x09\\x01 cuối\" 2026-01-28 0.035 1 0 - @0:0-1\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("constants=[(\"limit\" 0.4) (\"by\" 2026-05-01) (\"none\" -)]"), std::string::npos) << text;
}

TEST(Dump, BrokenTextsAreRefusedWithTheirLine) {
  Rich b;
  const std::string text = Dump(b.program);
  std::string error;
  EXPECT_FALSE(ParseDump("", &b.strings, &error));
  EXPECT_FALSE(ParseDump("something else\n", &b.strings, &error));
  EXPECT_NE(error.find("line 1"), std::string::npos) << error;
  // Cut anywhere, it is no dump, but at the end of a line where a shorter program ends.
  for (size_t size = 0; size < text.size(); ++size) {
    if (size > 0 && text[size - 1] == '\n') continue;
    error.clear();
    EXPECT_FALSE(ParseDump(std::string_view(text).substr(0, size), &b.strings, &error)) << size;
    EXPECT_TRUE(error.starts_with("line ")) << error;
  }
  const auto refused = [&](std::string_view from, std::string_view to) {
    std::string broken = text;
    const size_t at = broken.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    broken.replace(at, from.size(), to);
    EXPECT_FALSE(ParseDump(broken, &b.strings, &error)) << to;
  };
  refused("word 1:", "word 2:");
  refused("op=count", "op=recount");
  refused("2026-01-28", "2026-02-30");
  refused("\\x01", "\\y01");
  refused("kind 0: word=0", "kind 0: word=70000");
  refused("en=\"task\" vi=\"task\"", "vi=\"task\" en=\"task\"");
  refused("row 0 ", "row  0 ");
}

TEST(Program, FindsByName) {
  Rich b;
  EXPECT_EQ(b.program.FindRelation("task.lead"), 2u);
  EXPECT_EQ(b.program.FindRelation("nothing"), kNone);
  EXPECT_EQ(b.program.FindWord("time"), 1);
  EXPECT_EQ(b.program.FindWord("nothing"), kNoWord);
  EXPECT_EQ(b.program.FindField(EntityId{0}, 0), &b.program.fields[0]);
  EXPECT_EQ(b.program.FindField(EntityId{1}, 0), nullptr);
  EXPECT_EQ(NameOf(Type::kWorkingDays), "working_days");
}

}  // namespace
}  // namespace ordo::ir
