// Functions of the language: those over sets and orderings, which are written out, and the native ones.
#include "compiler/model/rules.h"

#include "fmt/format.h"

namespace ordo {

using ir::Type;

// A body over the members of a set, the member in `member`.
ir::BodyId RuleCompiler::MembersBody(const SetPath& set, ir::VarId* member) {
  const ir::BodyId body = NewBody();
  *member = NewVar("", set.element.type);
  EmitMembers(set, *member, body);
  return body;
}

// Some member of the first is (`wanted`) or is not a member of the second.
ir::ExprId RuleCompiler::SomeMember(const Value& of, const Value& in, bool wanted) {
  ir::VarId member = ir::kNone;
  const ir::BodyId body = MembersBody(of.set, &member);
  Value element;
  element.ok = true;
  element.type = of.set.element;
  element.expr = VarExpr(member);
  const ir::ExprId has = HasExpr(element, in.set);
  Filter(body, wanted ? has : Add({ir::Op::kNot, Type::kBool, has}));
  return Add({ir::Op::kExists, Type::kBool, body});
}

Value RuleCompiler::CompileFunction(const Token& name, const std::vector<Value>& arguments, Span span) {
  Value value;
  value.ok = true;
  value.span = span;
  value.text = Text(span);
  const auto count = [&](size_t wanted) {
    if (arguments.size() == wanted) return true;
    Fail(span, Code::kRuleArguments, {ast_->text(name), fmt::format("{}", wanted)});
    return false;
  };
  switch (name.word) {
    case W::op_size_of: {
      if (!count(1)) return {};
      if (!arguments[0].is_set) return Fail(arguments[0].span, Code::kRuleNotSet, {arguments[0].text});
      ir::VarId member = ir::kNone;
      const ir::BodyId body = MembersBody(arguments[0].set, &member);
      value.type.type = Type::kNumber;
      value.expr = WithArguments({ir::Op::kCount, Type::kNumber, body}, {VarExpr(member)});
      return value;
    }
    case W::op_is_part_of:
    case W::op_in_common:
    case W::op_same_members: {
      if (!count(2)) return {};
      for (const Value& argument : arguments) {
        if (!argument.is_set) return Fail(argument.span, Code::kRuleNotSet, {argument.text});
      }
      const StaticType &a = arguments[0].set.element, &b = arguments[1].set.element;
      if (a.type != b.type || (a.type == Type::kEntity && !(a.kinds & b.kinds))) return Fail(span, Code::kRuleTypes, {TypeName(a), TypeName(b)});
      if (name.word == W::op_in_common) {
        value.expr = SomeMember(arguments[0], arguments[1], true);
        return value;
      }
      value.expr = Add({ir::Op::kNot, Type::kBool, SomeMember(arguments[0], arguments[1], false)});
      if (name.word == W::op_same_members) {
        const ir::ExprId back = Add({ir::Op::kNot, Type::kBool, SomeMember(arguments[1], arguments[0], false)});
        value.expr = Binary(ir::Op::kAnd, Type::kBool, value.expr, back);
      }
      return value;
    }
    case W::op_lesser:
    case W::op_greater: {
      if (!count(2) || !Guarded(arguments[0])) return {};
      const Type type = arguments[0].type.type;
      if (!ir::IsDecimal(type) && type != Type::kDate) return Fail(arguments[0].span, Code::kNumberNeeded, {arguments[0].text});
      return Native(fmt::format("{}_{}", RowOf(name.word).id, ir::NameOf(type)), arguments, span);
    }
    default: return Native(RowOf(name.word).id, arguments, span);
  }
}

}  // namespace ordo
