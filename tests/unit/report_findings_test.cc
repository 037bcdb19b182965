// From rows of checks to findings: folding, slots, other sides, waivers; and the explanation of a finding.
#include <gtest/gtest.h>

#include "runtime/report/findings.h"
#include "support/program_builder.h"

namespace ordo::report {
namespace {

using ir::Type;

class FindingsTest : public ::testing::Test {
 protected:
  FindingsTest() {
    plan_ = b_.Kind("plan", "plan", "kế hoạch");
    unit_ = b_.Kind("unit", "unit", "đơn vị");
    post_ = b_.Kind("post", "post", "chức danh");
    section_ = b_.Kind("section", "section", "mục");
    task_ = b_.Kind("task", "task", "nhiệm vụ");
    time_ = b_.Kind("time", "time", "thời gian");
    waiver_ = b_.Kind("waiver", "waiver", "miễn trừ");
    lead_ = b_.Word("lead", "lead", "chủ trì");
    accountable_ = b_.Word("accountable", "accountable", "người đứng đầu");
    section = b_.Add(section_, "awareness", "Nhận thức");
    task = b_.Add(task_, "campaign", "Tuyên truyền", section);
    other = b_.Add(task_, "review", "Rà soát", section);
    unit = b_.Add(unit_, "a", "Phòng A");
    for (int i = 0; i < 3; ++i) heads.push_back(b_.Add(post_, "", "Trưởng phòng " + std::to_string(i), unit));
    b_.Field(task, lead_, {b_.Of(unit)});
    b_.Field(task, accountable_, {b_.Of(heads[0])});
  }

  // OWN06 with columns task, head, unit.
  ir::Check& Own06() {
    ir::Check check;
    check.code = b_.Text("OWN06");
    check.severity = Severity::kError;
    check.title_en = b_.Text("Head of another unit");
    check.title_vi = b_.Text("Người đứng đầu của đơn vị khác");
    check.text_en = b_.Text("{p} does not head {u}, which leads {t}; limit {limit} {x}");
    check.text_vi = b_.Text("{p} không đứng đầu {u}, đơn vị chủ trì nhiệm vụ {t}; ngưỡng {limit}");
    check.fix_vi = b_.Text("giao cho người đứng đầu {u}");
    check.relation = b_.Relation("check OWN06", {Type::kEntity, Type::kEntity, Type::kEntity});
    check.at = {0, accountable_};
    check.see = {{0, lead_}};
    check.slots = {{b_.Text("t"), 0}, {b_.Text("p"), 1}, {b_.Text("u"), 2}};
    check.constants = {{b_.Text("limit"), Decimal::Make(4, 1)->cell()}};
    check.constant_types = {Type::kPercent};
    b_.program().checks.push_back(check);
    return b_.program().checks.back();
  }

  void Row(ir::RelationId relation, std::vector<EntityId> ids) {
    std::vector<ir::Cell> cells;
    for (const EntityId id : ids) cells.push_back(static_cast<ir::Cell>(id));
    b_.AddRow(relation, cells);
  }

  void Waive(EntityId subject, ir::Cell until, std::string_view name) {
    ir::Waiver waiver;
    waiver.code = b_.Text("OWN06");
    waiver.subject = subject;
    waiver.until = until;
    waiver.object = b_.Add(waiver_, name, "");
    b_.program().waivers.push_back(waiver);
  }

  eval::Evaluation Run() {
    for (const std::string& fault : ir::Verify(b_.Build())) ADD_FAILURE() << fault;
    auto evaluation = eval::Evaluate(b_.program());
    EXPECT_TRUE(evaluation.ok()) << evaluation.status();
    return std::move(*evaluation);
  }
  std::vector<Finding> Found(Language language = Language::kVietnamese, std::optional<Date> as_of = std::nullopt) {
    const eval::Evaluation evaluation = Run();
    return CollectFindings(evaluation, language, as_of);
  }
  std::optional<std::string> WaiverAt(std::optional<Date> as_of) { return Found(Language::kVietnamese, as_of).at(0).waiver; }

  testing::ProgramBuilder b_;
  ir::KindId plan_, unit_, post_, section_, task_, time_, waiver_;
  ir::WordId lead_, accountable_;
  EntityId section, task, other, unit;
  std::vector<EntityId> heads;
};

TEST_F(FindingsTest, RowsAtOnePlaceAreOneFinding) {
  const ir::RelationId rows = Own06().relation;
  Row(rows, {task, heads[0], unit});
  Row(rows, {other, heads[0], unit});
  Row(rows, {task, heads[2], unit});
  Row(rows, {task, heads[1], unit});
  Row(rows, {task, heads[2], unit});
  const std::vector<Finding> found = Found();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].code, "OWN06");
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].title, "Người đứng đầu của đơn vị khác");
  EXPECT_EQ(found[0].message,
            "Trưởng phòng 0, Trưởng phòng 2 và Trưởng phòng 1 không đứng đầu Phòng A, đơn vị chủ trì nhiệm vụ I.1; ngưỡng 40%");
  EXPECT_EQ(found[0].help, "giao cho người đứng đầu Phòng A");
  EXPECT_EQ(found[0].subject, "campaign");
  EXPECT_EQ(found[0].at, b_.program().FindField(task, accountable_)->span);
  EXPECT_FALSE(found[0].from_text);
  EXPECT_EQ(found[1].message, "Trưởng phòng 0 không đứng đầu Phòng A, đơn vị chủ trì nhiệm vụ I.2; ngưỡng 40%");
  EXPECT_EQ(found[1].at, b_.program().entity(other).span);   // the field is not stated there
}

// What is wrong where, and nothing else: not the title, the language, the rows behind it, what else there is.
TEST_F(FindingsTest, AFingerprintIsThatOfThePlace) {
  const ir::RelationId rows = Own06().relation;
  Row(rows, {task, heads[0], unit});
  Row(rows, {other, heads[0], unit});
  const std::vector<Finding> before = Found();
  EXPECT_NE(before[0].fingerprint, before[1].fingerprint);
  b_.program().entities[static_cast<uint32_t>(task)].title = b_.Text("Tên khác");
  Row(rows, {task, heads[1], unit});
  const std::vector<Finding> after = Found(Language::kEnglish);
  EXPECT_EQ(after[0].fingerprint, before[0].fingerprint);
  EXPECT_EQ(after[0].rows, 2u);
  EXPECT_TRUE(after[0].by_limit) << "it has a limit";
  b_.program().checks[0].at.field = lead_;
  EXPECT_NE(Found()[0].fingerprint, before[0].fingerprint) << "another field";
}

class CausesTest : public FindingsTest {
 protected:
  // Another check over objects: at column 0, see column 1.
  size_t Check(std::string_view code, std::vector<std::string_view> follows, std::vector<std::pair<EntityId, EntityId>> rows) {
    ir::Check check;
    check.code = b_.Text(code);
    check.text_vi = check.text_en = b_.Text("câu");
    check.relation = b_.Relation(std::string("check ") + std::string(code), {Type::kEntity, Type::kEntity});
    check.at = {0, ir::kNoWord};
    check.see = {{1, ir::kNoWord}};
    for (const std::string_view cause : follows) check.follows.push_back(b_.Text(cause));
    for (const auto& [at, see] : rows) Row(check.relation, {at, see});
    b_.program().checks.push_back(check);
    return b_.program().checks.size() - 1;
  }
  // «A02<-A01 A03»: each finding with its cause.
  std::string Causes(std::optional<Date> as_of = std::nullopt) {
    std::string out;
    const std::vector<Finding> found = Found(Language::kVietnamese, as_of);
    for (const Finding& finding : found) {
      out += (out.empty() ? "" : " ") + finding.code;
      if (!finding.caused_by) continue;
      out += "<-" + *finding.caused_by;
      const auto named = std::find_if(found.begin(), found.end(), [&](const Finding& f) { return f.fingerprint == finding.cause; });
      EXPECT_TRUE(named != found.end() && named->code == *finding.caused_by);
    }
    return out;
  }
};

TEST_F(CausesTest, AtTheSameObject) {
  Check("A02", {"A01"}, {{task, unit}, {other, unit}});
  Check("A01", {}, {{task, unit}});
  EXPECT_EQ(Causes(), "A02<-A01 A02 A01");
}

TEST_F(CausesTest, TheLikelierCauseFirst) {
  Check("A01", {}, {{task, unit}});
  Check("A02", {}, {{task, unit}});
  Check("A03", {"A09", "A02", "A01"}, {{task, unit}});
  EXPECT_EQ(Causes(), "A01 A02 A03<-A02");
}

TEST_F(CausesTest, TheCauseSpeaksOfTheObject) {
  Check("A01", {}, {{unit, task}, {unit, other}});
  Check("A02", {"A01"}, {{other, section}});
  EXPECT_EQ(Causes(), "A01 A02<-A01");
}

// Of several cases only some might follow from it.
TEST_F(CausesTest, OneCaseThatSpeaksOfTheCause) {
  Check("A01", {}, {{unit, section}});
  const size_t check = Check("A02", {"A01"}, {{task, unit}});
  EXPECT_EQ(Causes(), "A01 A02<-A01");
  Row(b_.program().checks[check].relation, {task, other});
  EXPECT_EQ(Causes(), "A01 A02");
}

TEST_F(CausesTest, WhatIsExcusedIsNoCause) {
  Check("OWN06", {}, {{task, unit}});
  Check("A02", {"OWN06"}, {{task, unit}});
  Waive(task, Date(20500).days(), "w");
  EXPECT_EQ(Causes(Date(20500)), "OWN06 A02");
  EXPECT_EQ(Causes(Date(20501)), "OWN06 A02<-OWN06") << "the waiver has ended";
}

TEST_F(FindingsTest, WaiversThatEndedOrExcuseNothing) {
  Row(Own06().relation, {task, heads[0], unit});
  Waive(task, Date(20500).days(), "used");
  Waive(other, Date(20500).days(), "idle");
  const eval::Evaluation evaluation = Run();
  const std::vector<FindingRows> rows = CollectRows(evaluation);
  const auto codes = [&](std::optional<Date> as_of) {
    std::string out;
    for (const Finding& finding : WaiverFindings(evaluation, rows, Language::kVietnamese, as_of)) {
      out += (out.empty() ? "" : " ") + finding.code;
      EXPECT_FALSE(finding.fingerprint.empty());
      EXPECT_FALSE(finding.from_text);
    }
    return out;
  };
  EXPECT_EQ(codes(std::nullopt), "RUL44");
  EXPECT_EQ(codes(Date(20500)), "RUL44");
  EXPECT_EQ(codes(Date(20501)), "RUL43 RUL43");
  b_.program().waivers[1].code = b_.Text("OWN99");   // a rule that was not run
  EXPECT_EQ(codes(std::nullopt), "");
}

TEST_F(FindingsTest, TheOtherLanguageAndUnknownSlots) {
  const ir::RelationId rows = Own06().relation;
  Row(rows, {task, heads[0], unit});
  const std::vector<Finding> found = Found(Language::kEnglish);
  EXPECT_EQ(found.at(0).title, "Head of another unit");
  EXPECT_EQ(found.at(0).message, "Trưởng phòng 0 does not head Phòng A, which leads I.1; limit 40% {x}");
  EXPECT_EQ(found.at(0).help, "giao cho người đứng đầu Phòng A");   // better than none
}

TEST_F(FindingsTest, OtherSidesOncePerPlaceInSourceOrder) {
  ir::Check& check = Own06();
  check.see = {{1, ir::kNoWord}, {0, lead_}, {0, ir::kNoWord}, {0, accountable_}};
  const ir::RelationId rows = check.relation;
  Row(rows, {task, heads[1], unit});
  Row(rows, {task, heads[0], unit});
  Row(rows, {task, heads[1], unit});
  const std::vector<Finding> found = Found();
  std::vector<std::string> messages;
  for (const Related& related : found.at(0).related) messages.push_back(related.message);
  // `lead` and `accountable` have the same span here: the latter is the place of the finding itself, so neither is told.
  EXPECT_EQ(messages, (std::vector<std::string>{"I.1 Tuyên truyền", "Trưởng phòng 0", "Trưởng phòng 1"}));
}

TEST_F(FindingsTest, AFieldIsToldWithItsCell) {
  ir::Check& check = Own06();
  check.at = {0, ir::kNoWord};
  Row(check.relation, {task, heads[0], unit});
  const std::vector<Finding> found = Found();
  ASSERT_EQ(found.at(0).related.size(), 1u);
  EXPECT_EQ(found[0].related[0].message, "chủ trì: Phòng A");
  EXPECT_EQ(found[0].related[0].at, b_.program().FindField(task, lead_)->span);
}

TEST_F(FindingsTest, ManyOtherSidesAreCounted) {
  ir::Check& check = Own06();
  check.see = {{1, ir::kNoWord}};
  const ir::RelationId rows = check.relation;
  for (int i = 0; i < 20; ++i) {
    const EntityId post = b_.Add(post_, "", "Chức danh " + std::to_string(i), unit);
    Row(rows, {task, post, unit});
  }
  const std::vector<Finding> found = Found();
  ASSERT_EQ(found.at(0).related.size(), 5u);
  EXPECT_EQ(found[0].related[4].message, "Chức danh 4 (và 15 chỗ khác)");
  EXPECT_NE(found[0].message.find("Chức danh 11 và 8 mục khác không đứng đầu"), std::string::npos);
}

TEST_F(FindingsTest, ThePlaceOfANamelessThingBelongsToWhatHoldsIt) {
  ir::Check& check = Own06();
  check.at = {1, ir::kNoWord};
  const EntityId time = b_.AddTime(time_, {}, task);
  Row(check.relation, {task, time, unit});
  const std::vector<Finding> found = Found();
  EXPECT_EQ(found.at(0).subject, "campaign");
  EXPECT_EQ(found[0].at, b_.program().entity(time).span);
}

TEST_F(FindingsTest, WaiversCoverTheirSubjectAndWhatItHolds) {
  const Date day = *Date::FromYmd(2026, 6, 30);
  Row(Own06().relation, {task, heads[0], unit});
  EXPECT_EQ(WaiverAt(day), std::nullopt);
  Waive(other, day.days(), "elsewhere");
  EXPECT_EQ(WaiverAt(day), std::nullopt);
  Waive(section, day.days(), "leave_it");
  EXPECT_EQ(WaiverAt(day), "leave_it");
  EXPECT_EQ(WaiverAt(day.PlusDays(-100)), "leave_it");
  EXPECT_EQ(WaiverAt(day.PlusDays(1)), std::nullopt);   // its last day is over
  EXPECT_EQ(WaiverAt(std::nullopt), "leave_it");
}

TEST_F(FindingsTest, AWaiverForThePlanCoversAllOfItAndOnlyItsCode) {
  b_.program().plan = b_.Add(plan_, "kh24", "Kế hoạch");
  Row(Own06().relation, {task, heads[0], unit});
  Waive(b_.program().plan, ir::kAbsent, "");
  EXPECT_EQ(WaiverAt(Date::FromYmd(2030, 1, 1)), "OWN06");   // a waiver without a name is known by its code
  b_.program().waivers[0].code = b_.Text("OWN07");
  EXPECT_EQ(WaiverAt(std::nullopt), std::nullopt);
}

TEST_F(FindingsTest, RowsComeInTheOrderOfFindings) {
  const ir::RelationId rows = Own06().relation;
  Row(rows, {task, heads[0], unit});
  Row(rows, {other, heads[0], unit});
  Row(rows, {task, heads[1], unit});
  const eval::Evaluation evaluation = Run();
  const std::vector<FindingRows> all = CollectRows(evaluation);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].rows, (std::vector<uint32_t>{0, 2}));
  EXPECT_EQ(all[1].rows, (std::vector<uint32_t>{1}));
  EXPECT_EQ(CollectFindings(evaluation, Language::kEnglish, std::nullopt)[1].subject, "review");
}

TEST_F(FindingsTest, AHundredThousandRowsInOneFinding) {
  ir::Check& check = Own06();
  check.see = {{1, ir::kNoWord}};
  const ir::RelationId rows = check.relation;
  for (int i = 0; i < 100'000; ++i) {
    b_.AddRow(rows, {static_cast<ir::Cell>(task), static_cast<ir::Cell>(heads[i % 3]), static_cast<ir::Cell>(unit)});
  }
  const std::vector<Finding> found = Found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].related.size(), 3u);
}

// waits_on(a, b) holds over two steps; the check fires for a task that waits on itself.
class WhyTest : public FindingsTest {
 protected:
  void MakeCycle() {
    ir::Program& p = b_.program();
    after_ = b_.Relation("task.after", {Type::kEntity, Type::kEntity});
    b_.Word("after", "after", "sau");
    b_.AddRow(after_, {static_cast<ir::Cell>(task), static_cast<ir::Cell>(other)});
    b_.AddRow(after_, {static_cast<ir::Cell>(other), static_cast<ir::Cell>(task)});
    p.relations[after_].spans = {p.entity(task).span, p.entity(other).span};
    waits_ = b_.Relation("waits_on", {Type::kEntity, Type::kEntity});
    const ir::RelationId check_relation = b_.Relation("check SCH03", {Type::kEntity});
    p.relations[waits_].derived = p.relations[check_relation].derived = true;
    p.relations[waits_].spans.clear();
    p.relations[check_relation].spans.clear();

    AddRule("waits_on", waits_, {"a", "b"}, {Scan(after_, {0, 1})}, {0, 1});
    AddRule("waits_on", waits_, {"a", "m", "b"}, {Scan(waits_, {0, 1}), Scan(after_, {1, 2})}, {0, 2});
    AddRule("SCH03", check_relation, {"t"}, {Scan(waits_, {0, 0})}, {0});
    ir::Check check;
    check.code = b_.Text("SCH03");
    check.title_vi = b_.Text("Các nhiệm vụ chờ lẫn nhau");
    check.relation = check_relation;
    p.checks.push_back(check);
  }

  static ir::Literal Scan(ir::RelationId relation, std::vector<ir::VarId> vars) {
    ir::Literal literal;
    literal.kind = ir::Literal::Kind::kScan;
    literal.relation = relation;
    for (uint32_t i = 0; i < vars.size(); ++i) literal.matches.push_back({i, vars[i], 0});
    return literal;
  }

  void AddRule(std::string_view name, ir::RelationId head, std::vector<std::string> variables, std::vector<ir::Literal> body,
               std::vector<ir::VarId> arguments) {
    ir::Program& p = b_.program();
    ir::Rule rule;
    rule.name = b_.Text(name);
    rule.head = head;
    for (const std::string& variable : variables) rule.variables.push_back({b_.Text(variable), Type::kEntity});
    for (const ir::VarId argument : arguments) {
      ir::Expr expr;
      expr.op = ir::Op::kVar;
      expr.type = Type::kEntity;
      expr.a = argument;
      p.exprs.push_back(expr);
      rule.head_arguments.push_back(static_cast<ir::ExprId>(p.exprs.size() - 1));
    }
    p.bodies.push_back({std::move(body)});
    rule.body = static_cast<ir::BodyId>(p.bodies.size() - 1);
    p.rules.push_back(std::move(rule));
  }

  ir::RelationId after_ = ir::kNone, waits_ = ir::kNone;
};

TEST_F(WhyTest, ExplainsDownToLinesOfThePlan) {
  MakeCycle();
  const eval::Evaluation evaluation = Run();
  const std::vector<FindingRows> all = CollectRows(evaluation);
  ASSERT_EQ(all.size(), 2u);
  const FindingRows& first = evaluation.cell(b_.program().checks[0].relation, all[0].rows[0], 0) == static_cast<ir::Cell>(task)
                                 ? all[0] : all[1];
  EXPECT_EQ(Why(evaluation, first, b_.Sources(), Language::kVietnamese),
            "SCH03 Các nhiệm vụ chờ lẫn nhau\n"
            "tại nhiệm vụ I.1 «Tuyên truyền»  [plan.ordo:2]\n"
            "\n"
            "t = I.1\n"
            "  - waits_on: I.1, I.1, vì\n"
            "    a = I.1, m = I.2, b = I.1\n"
            "    - waits_on: I.1, I.2, vì\n"
            "      a = I.1, b = I.2\n"
            "      - sau: I.1, I.2  [plan.ordo:2]\n"
            "    - sau: I.2, I.1  [plan.ordo:3]\n");
}

TEST_F(WhyTest, WhatWasToldOnceIsNotToldAgain) {
  MakeCycle();
  const eval::Evaluation evaluation = Run();
  const uint32_t one = CollectRows(evaluation).at(0).rows[0];
  const FindingRows twice{0, {one, one}};
  const std::string text = Why(evaluation, twice, b_.Sources(), Language::kEnglish);
  EXPECT_NE(text.find("\n1. t = I."), std::string::npos);
  EXPECT_NE(text.find("because"), std::string::npos);
  const size_t second = text.find("\n2. t = I.");
  ASSERT_NE(second, std::string::npos);
  EXPECT_NE(text.substr(second).find("(explained above)"), std::string::npos);
  EXPECT_EQ(text.substr(second).find("because"), std::string::npos);
}

TEST_F(WhyTest, ALongChainIsCutWithANote) {
  MakeCycle();
  ir::Program& p = b_.program();
  EntityId last = other;
  for (int i = 0; i < 30; ++i) {
    const EntityId next = b_.Add(task_, "t" + std::to_string(i), "Bước", section);
    b_.AddRow(after_, {static_cast<ir::Cell>(last), static_cast<ir::Cell>(next)});
    last = next;
  }
  b_.AddRow(after_, {static_cast<ir::Cell>(last), static_cast<ir::Cell>(last)});
  const eval::Evaluation evaluation = Run();
  for (const FindingRows& finding : CollectRows(evaluation)) {
    if (evaluation.cell(p.checks[0].relation, finding.rows[0], 0) != static_cast<ir::Cell>(last)) continue;
    EXPECT_NE(Why(evaluation, finding, b_.Sources(), Language::kEnglish).find("at task I.32"), std::string::npos);
  }
  // waits_on(campaign, last) rests on some thirty steps.
  const ir::RelationId chain = b_.Relation("check CHAIN", {Type::kEntity});
  p.relations[chain].derived = true;
  p.relations[chain].spans.clear();
  ir::Literal scan = Scan(waits_, {0, 1});
  scan.matches[1] = {1, ir::kNone, static_cast<ir::Cell>(last)};
  AddRule("CHAIN", chain, {"t"}, {scan}, {0});
  p.checks[0].relation = chain;
  const eval::Evaluation longer = Run();
  size_t cut = 0;
  for (const FindingRows& finding : CollectRows(longer)) {
    const std::string text = Why(longer, finding, b_.Sources(), Language::kEnglish);
    EXPECT_LT(text.size(), 4000u);
    cut += text.find("deeper steps are left out") != std::string::npos;
  }
  EXPECT_GT(cut, 0u);
}

}  // namespace
}  // namespace ordo::report
