#include <functional>

#include <gtest/gtest.h>

#include "runtime/ir/analysis.h"
#include "runtime/ir/ir.h"
#include "support/rule_builder.h"

namespace ordo::ir {
namespace {

using testing::Num;
using testing::RuleBuilder;

struct Sample : RuleBuilder {
  RelationId unit = Kind("unit", 2, {Type::kText});
  RelationId task = Kind("task", 3, {Type::kBool, Type::kNumber, Type::kDate, Type::kMoney});
  RelationId lead = Stored("task.lead", {Type::kEntity, Type::kEntity});
  RelationId head = Derived("check X", {Type::kEntity, Type::kNumber});
  RelationId path = Derived("path", {Type::kEntity, Type::kEntity});
  VarId u, n, t;
  BodyId inner, outer;

  Sample() {
    Row(lead, {Object(task, 0), Object(unit, 1)});
    u = NewVar(Type::kEntity, "u"), n = NewVar(Type::kNumber, "n"), t = NewVar(Type::kEntity, "t");
    inner = Body({Scan(task, {t}), Filter(HasVars(lead, {t, u}))});
    outer = Body({Scan(unit, {u}), Let(n, Count(inner, {Var(t)})), Filter(Binary(Op::kGreater, Var(n), Number(1)))});
    RuleOfVars("X", head, {u, n}, outer);
    const VarId a = NewVar(Type::kEntity), b = NewVar(Type::kEntity), m = NewVar(Type::kEntity);
    RuleOfVars("path", path, {a, b}, Body({Scan(path, {a, m}), Filter(HasVars(lead, {m, b}))}));
    Check check;
    check.code = strings.Intern("X");
    check.relation = head;
    check.slots = {{strings.Intern("n"), 1}};
    program.checks.push_back(check);
  }
};

TEST(Verify, AcceptsASoundProgram) { EXPECT_EQ(Verify(Sample().program), std::vector<std::string>{}); }

struct Broken {
  const char* want;   // part of the sentence
  std::function<void(Sample&)> breaks;
};

void ExpectCaught(const std::vector<Broken>& cases) {
  for (const Broken& broken : cases) {
    Sample sample;
    broken.breaks(sample);
    const std::vector<std::string> faults = Verify(sample.program);
    ASSERT_FALSE(faults.empty()) << "not caught: " << broken.want;
    bool told = false;
    for (const std::string& fault : faults) told = told || fault.find(broken.want) != std::string::npos;
    EXPECT_TRUE(told) << "wanted «" << broken.want << "», got «" << faults[0] << "»";
  }
}

TEST(Verify, IdsInRange) {
  ExpectCaught({
      {"no pool of strings", [](Sample& s) { s.program.strings = nullptr; }},
      {"object 99 is out of range", [](Sample& s) { s.program.plan = EntityId{99}; }},
      {"kind 1: word 99", [](Sample& s) { s.program.kinds[1].word = 99; }},
      {"kind 1: relation 99", [](Sample& s) { s.program.kinds[1].relation = 99; }},
      {"object 0: kind", [](Sample& s) { s.program.entities[0].kind = kNoKind; }},
      {"object 0: text", [](Sample& s) { s.program.entities[0].title = Symbol{9999}; }},
      {"fields 0+1", [](Sample& s) { s.program.entities[0].field_count = 1; }},
      {"entries 3+2", [](Sample& s) { s.program.fields.push_back({0, false, false, Symbol::kEmpty, {}, 3, 2}); }},
      {"entry 0: word", [](Sample& s) { s.program.entries.emplace_back().mode = 77; }},
      {"time 0: object 50", [](Sample& s) { s.program.times.emplace_back().anchor = EntityId{50}; }},
      {"argument", [](Sample& s) { s.program.arguments[0] = 999; }},
      {"expr 999", [](Sample& s) { s.program.bodies[s.inner].literals[1].expr = 999; }},
      {"relation 99", [](Sample& s) { s.program.bodies[s.inner].literals[0].relation = 99; }},
      {"column 7", [](Sample& s) { s.program.bodies[s.inner].literals[0].matches[0].column = 7; }},
      {"matched twice", [](Sample& s) { s.program.bodies[s.inner].literals[0].matches.push_back({0, s.t, 0}); }},
      {"body 99", [](Sample& s) { s.program.rules[0].body = 99; }},
      {"relation 4294967295", [](Sample& s) { s.program.rules[0].head = kNone; }},
      {"function 0", [](Sample& s) { s.Add({Op::kCall, Type::kBool, 0}, {}); }},
      {"column 9", [](Sample& s) { s.program.checks[0].slots[0].column = 9; }},
      {"a place that is not an object", [](Sample& s) { s.program.checks[0].at.column = 1; }},
      {"a repair that removes", [](Sample& s) { s.program.checks[0].repairs.push_back({Repair::Kind::kRemove, {}, 0}); }},
      {"a repair that removes", [](Sample& s) { s.program.checks[0].repairs.push_back({Repair::Kind::kAdd, {}, kNone}); }},
      {"a place that is not an object", [](Sample& s) { s.program.checks[0].repairs.push_back({Repair::Kind::kRemove, {1}, kNone}); }},
      {"column 9", [](Sample& s) { s.program.checks[0].repairs.push_back({Repair::Kind::kReplace, {}, 9}); }},
      {"a repair by what is no object", [](Sample& s) { s.program.checks[0].repairs.push_back({Repair::Kind::kReplace, {}, 1}); }},
      {"constants and their types", [](Sample& s) { s.program.checks[0].constant_types.push_back(Type::kDate); }},
      {"waiver 0: object", [](Sample& s) { s.program.waivers.emplace_back().subject = EntityId{70}; }},
      {"table 0: kind", [](Sample& s) { s.program.tables.emplace_back().rows = 70; }},
      {"rows that are shown", [](Sample& s) { s.program.tables.emplace_back().only = s.head; }},
  });
}

TEST(Verify, Facts) {
  ExpectCaught({
      {"row 5 of its kind", [](Sample& s) { s.program.entities[3].row = 5; }},
      {"among its own parents",
       [](Sample& s) {
         s.program.entities[0].parent = EntityId{1};
         s.program.entities[1].parent = EntityId{0};
       }},
      {"is not keyed", [](Sample& s) { s.program.kinds[0].relation = s.lead; }},
      {"belongs to kind 0 too", [](Sample& s) { s.program.kinds[1].relation = s.unit; }},
      {"different length", [](Sample& s) { s.program.relations[s.lead].data[1].push_back(0); }},
      {"derived and yet with rows",
       [](Sample& s) {
         s.Row(s.path, {0, 1});
       }},
      {"both keyed and derived", [](Sample& s) { s.program.relations[s.path].keyed = true; }},
      {"spans for", [](Sample& s) { s.program.relations[s.lead].spans.clear(); }},
      {"an absent cell",
       [](Sample& s) {
         s.Row(s.lead, {0, kAbsent});
       }},
      {"7 is no entity",
       [](Sample& s) {
         s.Row(s.lead, {0, 7});
       }},
      {"2 is no bool", [](Sample& s) { s.Set(s.task, 0, 1, 2); }},
      {"is no number", [](Sample& s) { s.Set(s.task, 0, 2, Num(10) + 1); }},  // 1.0 with a scale: not canonical
      {"is no date", [](Sample& s) { s.Set(s.task, 0, 3, 5'000'000); }},
      {"is not its object's",
       [](Sample& s) { std::swap(s.program.relations[s.task].data[0][0], s.program.relations[s.task].data[0][1]); }},
      {"2 rows for 3 objects",
       [](Sample& s) {
         for (auto& column : s.program.relations[s.task].data) column.pop_back();
         s.program.relations[s.task].spans.pop_back();
       }},
      {"keyed and of no kind", [](Sample& s) { s.program.relations[s.lead].keyed = true; }},
      {"an absent cell", [](Sample& s) { s.Const(Type::kNumber, kAbsent); }},
      {"0 objects and 1 times",
       [](Sample& s) {
         s.Kind("time", 0);
         s.program.times.emplace_back();
       }},
  });
}

TEST(Verify, Circles) {
  ExpectCaught({
      {"contains itself", [](Sample& s) {
         const ExprId a = s.Not(0);
         s.program.exprs[a].a = a;
       }},
      {"contains itself", [](Sample& s) { s.program.bodies[s.inner].literals.push_back(s.Filter(s.Exists(s.inner))); }},
  });
}

TEST(Verify, Types) {
  const auto filter = [](Sample& s, ExprId expr) { s.program.bodies[s.outer].literals.push_back(s.Filter(expr)); };
  ExpectCaught({
      {"is number, not bool", [&](Sample& s) { filter(s, s.Number(1)); }},
      {"number with text", [&](Sample& s) { filter(s, s.Equal(s.Number(1), s.Const(Type::kText, 0))); }},
      {"bool has no order", [&](Sample& s) { filter(s, s.Binary(Op::kLess, s.Const(Type::kBool, 1), s.Const(Type::kBool, 1))); }},
      {"money with number", [&](Sample& s) { filter(s, s.Equal(s.Const(Type::kMoney, Num(1)), s.Number(1))); }},
      {"gives bool, not number",
       [&](Sample& s) {
         s.Add({Op::kStated, Type::kNumber, 0});
       }},
      {"which is not keyed", [&](Sample& s) { s.Column(s.Const(Type::kEntity, 0), s.lead, 1); }},
      {"1 arguments for 2 columns", [&](Sample& s) { filter(s, s.Has(s.lead, {s.Const(Type::kEntity, 0)})); }},
      {"is number, not entity",
       [&](Sample& s) {
         filter(s, s.Has(s.lead, {s.Const(Type::kEntity, 0), s.Number(1)}));
       }},
      {"no such arithmetic",
       [&](Sample& s) { s.Binary(Op::kAdd, s.Const(Type::kDate, 0), s.Const(Type::kDate, 0), Type::kDate); }},
      {"no such arithmetic",
       [&](Sample& s) { s.Binary(Op::kMultiply, s.Const(Type::kMoney, Num(1)), s.Const(Type::kDays, Num(1)), Type::kMoney); }},
      {"text cannot be negated",
       [&](Sample& s) {
         s.Add({Op::kNegate, Type::kText, s.Const(Type::kText, 0)});
       }},
      {"nothing is counted", [&](Sample& s) { s.Count(s.inner, {}); }},
      {"entity has no order", [&](Sample& s) { s.Best(Op::kMin, s.inner, s.Const(Type::kEntity, 0)); }},
      {"cannot be summed", [&](Sample& s) { s.Sum(s.inner, s.Const(Type::kDate, 0), {s.Number(1)}); }},
      {"arguments that nobody reads",
       [&](Sample& s) {
         s.Add({Op::kNot, Type::kBool, s.Const(Type::kBool, 1)}, {s.Number(1)});
       }},
      {"its head is not derived", [](Sample& s) { s.program.rules[0].head = s.lead; }},
      {"1 head arguments for 2 columns", [](Sample& s) { s.program.rules[0].head_arguments.pop_back(); }},
      {"is entity, not number", [](Sample& s) { s.program.rules[0].head_arguments[1] = s.program.rules[0].head_arguments[0]; }},
      {"variable 9 is out of range", [](Sample& s) { s.program.bodies[s.inner].literals[0].matches[0].var = 9; }},
      {"variable 2 is text, not entity", [](Sample& s) { s.program.rules[0].variables[s.t].type = Type::kText; }},
      {"variable 1 is date, not number", [](Sample& s) { s.program.rules[0].variables[s.n].type = Type::kDate; }},
  });
}

TEST(Verify, Scopes) {
  ExpectCaught({
      {"variable 0 «u» of body 1 is never bound",
       [](Sample& s) { s.program.bodies[s.outer].literals.erase(s.program.bodies[s.outer].literals.begin()); }},
      {"is never bound",
       [](Sample& s) {
         // n = n + 1
         ir::Literal& let = s.program.bodies[s.outer].literals[1];
         const ExprId n = s.Add({Op::kVar, Type::kNumber, s.n});
         let.expr = s.Binary(Op::kAdd, n, s.Number(1), Type::kNumber);
       }},
      {"stands in two places", [](Sample& s) { s.program.bodies[s.outer].literals.push_back(s.Filter(s.Exists(s.inner))); }},
      {"is bound in two bodies",
       [](Sample& s) {
         const BodyId other = s.Body({s.Scan(s.task, {s.t})});
         s.program.bodies[s.outer].literals.push_back(s.Filter(s.Exists(other)));
       }},
      {"is never bound", [](Sample& s) { s.program.bodies[s.inner].literals.clear(); }},
  });
}

TEST(Verify, WhatFiltersBind) {
  // A variable alone in kHas, on one side of an equality, or in a column on one side of it.
  Sample s;
  const VarId t = s.NewVar(Type::kEntity), u = s.NewVar(Type::kEntity), v = s.NewVar(Type::kEntity), w = s.NewVar(Type::kEntity);
  const ExprId both = s.And(s.HasVars(s.lead, {t, u}), s.Equal(s.Var(v), s.Var(u)));
  const ExprId probe = s.Equal(s.Column(s.Var(t), s.task, 2), s.Column(s.Var(w), s.task, 2));
  const RelationId head = s.Derived("h", {Type::kEntity, Type::kEntity, Type::kEntity, Type::kEntity});
  s.RuleOfVars("h", head, {t, u, v, w}, s.Body({s.Filter(probe), s.Filter(both)}));
  EXPECT_EQ(Verify(s.program), std::vector<std::string>{});
  // Not what stands under "or" or "not".
  const VarId x = s.NewVar(Type::kEntity);
  s.RuleOfVars("x", s.Derived("x", {Type::kEntity}), {x}, s.Body({s.Filter(s.Not(s.Not(s.HasVars(s.lead, {x, x}))))}));
  EXPECT_FALSE(Verify(s.program).empty());
}

TEST(Verify, Strata) {
  const auto with = [](const std::function<ExprId(Sample&, VarId, VarId)>& filter) {
    return [filter](Sample& s) {
      const VarId a = s.NewVar(Type::kEntity), b = s.NewVar(Type::kEntity);
      ir::Literal scan = s.Scan(s.lead, {a, b});
      s.RuleOfVars("again", s.path, {a, b}, s.Body({scan, s.Filter(filter(s, a, b))}));
    };
  };
  const auto exists = [](Sample& s, VarId a) { return s.Exists(s.Body({s.Scan(s.path, {a, s.NewVar(Type::kEntity)})})); };
  ExpectCaught({
      {"depends on its own head", with([](Sample& s, VarId a, VarId b) {
         return s.Not(s.HasVars(s.path, {b, a}));
       })},
      {"depends on its own head", with([&](Sample& s, VarId a, VarId) { return s.Not(exists(s, a)); })},
      {"depends on its own head", with([&](Sample& s, VarId a, VarId b) {
         return s.Equal(s.HasVars(s.path, {b, a}), s.Const(Type::kBool, 0));
       })},
      {"depends on its own head", with([&](Sample& s, VarId a, VarId) {
         const VarId c = s.NewVar(Type::kEntity);
         return s.Binary(Op::kLess, s.Count(s.Body({s.Scan(s.path, {a, c})}), {s.Var(c)}), s.Number(3));
       })},
  });
  for (const auto& sound : {with([](Sample&s, VarId a, VarId b) {
                              return s.Or(s.HasVars(s.path, {b, a}), s.Const(Type::kBool, 0));
                            }),
                            with([&](Sample&s, VarId a, VarId) { return exists(s, a); })}) {
    Sample s;
    sound(s);
    EXPECT_EQ(Verify(s.program), std::vector<std::string>{});
  }
}

TEST(Strata, ComeInTheOrderInWhichTheyCanBeFilled) {
  RuleBuilder b;
  const RelationId stored = b.Stored("s", {Type::kEntity});
  std::vector<RelationId> chain;
  constexpr uint32_t kLength = 20000;   // deep enough that recursion over it would not do
  for (uint32_t i = 0; i < kLength; ++i) chain.push_back(b.Derived("d", {Type::kEntity}));
  for (uint32_t i = 0; i < kLength; ++i) {
    const VarId x = b.NewVar(Type::kEntity);
    b.RuleOfVars("r", chain[i], {x}, b.Body({b.Scan(i + 1 < kLength ? chain[i + 1] : stored, {x})}));
  }
  const Strata strata = FindStrata(b.program);
  ASSERT_EQ(strata.groups.size(), kLength);
  EXPECT_EQ(strata.groups.front(), std::vector<RelationId>{chain.back()});
  EXPECT_EQ(strata.groups.back(), std::vector<RelationId>{chain.front()});
  EXPECT_EQ(strata.group_of[stored], kNone);
}

}  // namespace
}  // namespace ordo::ir
