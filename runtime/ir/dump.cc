#include <array>

#include "fmt/format.h"
#include "runtime/ir/describe.h"

namespace ordo::ir {

namespace {

class Writer {
 public:
  explicit Writer(const Program& program) : program_(program) {}

  std::string Write() {
    out_ = kDumpHeading;
    out_ += '\n';
    if (program_.plan != EntityId::kNone) fmt::format_to(std::back_inserter(out_), "plan {}\n", uint32_t(program_.plan));
    if (program_.frame != Frame()) {
      out_ += "frame";
      MembersOf(program_.frame, ' ');
      out_ += '\n';
    }
    VisitLists([this](std::string_view word, auto list) {
      size_t index = 0;
      for (const auto& thing : program_.*list) Line(word, index++, thing);
    });
    return std::move(out_);
  }

 private:
  template <class T>
  void Line(std::string_view word, size_t index, const T& thing) {
    fmt::format_to(std::back_inserter(out_), "{} {}:", word, index);
    if constexpr (Described<T>) {
      MembersOf(thing, ' ');
    } else {
      out_ += ' ';
      Value(thing);
    }
    if constexpr (std::is_same_v<T, Relation>) {
      if (!thing.data.empty()) fmt::format_to(std::back_inserter(out_), " data={}", thing.data.size());
      if (!thing.spans.empty()) out_ += " spans=true";
      Rows(thing);
    }
    out_ += '\n';
  }

  void Rows(const Relation& relation) {
    for (uint32_t row = 0; row < relation.rows(); ++row) {
      out_ += "\nrow";
      for (size_t column = 0; column < relation.data.size(); ++column) {
        out_ += ' ';
        CellOf(relation.data[column][row], relation.columns[column].type);
      }
      if (!relation.spans.empty()) {
        out_ += " @";
        Value(relation.spans[row]);
      }
    }
  }

  template <class T>
  void MembersOf(const T& thing, char before) {
    [[maybe_unused]] static const T kDefault{};
    Members<T>::Visit([&](std::string_view key, auto member, auto... typed_by) {
      if (thing.*member == kDefault.*member) return;
      if (before != 0) out_ += before;
      before = ' ';
      out_ += key;
      out_ += '=';
      if constexpr (std::is_same_v<T, Literal>) matched_ = thing.relation;
      if constexpr (std::is_same_v<T, Match>) column_ = thing.column;
      if constexpr (sizeof...(typed_by) == 0) {
        Value(thing.*member);
      } else {
        TypedBy(thing, thing.*member, typed_by...);
      }
    });
  }

  template <class T>
  void TypedBy(const T& thing, Cell cell, Type T::*type) { CellOf(cell, thing.*type); }
  template <class T>
  void TypedBy(const T&, Cell cell, Type type) { CellOf(cell, type); }
  void TypedBy(const Match&, Cell cell, TypeOfMatchedColumn) {
    const bool known = matched_ < program_.relations.size() && column_ < program_.relations[matched_].columns.size();
    CellOf(cell, known ? program_.relations[matched_].columns[column_].type : Type::kEntity);
  }
  template <class T>
  void TypedBy(const T& thing, const std::vector<std::pair<Symbol, Cell>>& constants, std::vector<Type> T::*types) {
    out_ += '[';
    for (size_t i = 0; i < constants.size(); ++i) {
      out_ += i == 0 ? "(" : " (";
      Value(constants[i].first);
      out_ += ' ';
      CellOf(constants[i].second, i < (thing.*types).size() ? (thing.*types)[i] : Type::kEntity);
      out_ += ')';
    }
    out_ += ']';
  }

  // A cell that its type cannot explain is written as #number, so that a broken program can be looked at too.
  void CellOf(Cell cell, Type type) {
    if (cell == kAbsent) {
      out_ += '-';
    } else if (type == Type::kText && cell >= 0 && static_cast<uint64_t>(cell) < program_.strings->size()) {
      Value(Symbol(cell));
    } else if (type == Type::kDate && cell >= Date::FromYmd(1, 1, 1)->days() && cell <= Date::FromYmd(9999, 12, 31)->days()) {
      out_ += Date(static_cast<int32_t>(cell)).Iso();
    } else if ((type == Type::kEntity || type == Type::kWord || type == Type::kBool) && cell >= 0) {
      Value(cell);
    } else if (IsDecimal(type) && IsCanonical(cell)) {
      out_ += Decimal::FromCell(cell).ToString(Language::kEnglish);
    } else {
      fmt::format_to(std::back_inserter(out_), "#{}", cell);
    }
  }

  static bool IsCanonical(Cell cell) {
    const Decimal value = Decimal::FromCell(cell);
    if (value.scale() < 0 || value.scale() > 15) return false;
    const std::optional<Decimal> made = Decimal::Make(value.mantissa(), value.scale());
    return made && made->cell() == cell;
  }

  void Value(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        out_ += '\\';
        out_ += c;
      } else if (c == '\n') {
        out_ += "\\n";
      } else if (byte < 0x20 || byte == 0x7F) {
        fmt::format_to(std::back_inserter(out_), "\\x{:02x}", byte);
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }
  void Value(const std::string& text) { Value(std::string_view(text)); }
  void Value(Symbol symbol) { Value((*program_.strings)[symbol]); }
  void Value(EntityId id) { Value(static_cast<uint32_t>(id)); }
  void Value(Date day) { out_ += day.Iso(); }
  void Value(bool value) { out_ += value ? "true" : "false"; }
  void Value(Decimal value) { out_ += value.ToString(Language::kEnglish); }
  void Value(Span span) {
    if (!span.known()) out_ += '-';
    else fmt::format_to(std::back_inserter(out_), "{}", span.file);
    fmt::format_to(std::back_inserter(out_), ":{}-{}", span.begin, span.end);
  }
  template <class T>
    requires std::is_integral_v<T>
  void Value(T value) { fmt::format_to(std::back_inserter(out_), "{}", static_cast<int64_t>(value)); }
  template <Named T>
  void Value(T value) { out_ += NamesOf(value)[static_cast<size_t>(value)]; }
  template <Described T>
  void Value(const T& thing) {
    out_ += '{';
    MembersOf(thing, 0);
    out_ += '}';
  }
  template <class A, class B>
  void Value(const std::pair<A, B>& pair) {
    out_ += '(';
    Value(pair.first);
    out_ += ' ';
    Value(pair.second);
    out_ += ')';
  }
  template <class T>
  void Value(const std::vector<T>& list) {
    out_ += '[';
    for (size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out_ += ' ';
      Value(list[i]);
    }
    out_ += ']';
  }

  const Program& program_;
  std::string out_;
  RelationId matched_ = kNone;
  uint32_t column_ = 0;
};

template <size_t n>
using Names = std::array<std::string_view, n>;

}  // namespace

std::string Dump(const Program& program) { return Writer(program).Write(); }

std::span<const std::string_view> NamesOf(Type) {
  static const auto kNames = [] {
    Names<static_cast<size_t>(Type::kMoney) + 1> names;
    for (size_t i = 0; i < names.size(); ++i) names[i] = NameOf(static_cast<Type>(i));
    return names;
  }();
  return kNames;
}

std::span<const std::string_view> NamesOf(Op) {
  static constexpr Names<static_cast<size_t>(Op::kCall) + 1> kNames = {
      "var",  "const",      "column",  "has",           "stated", "not",      "and",      "or",     "equal",  "not_equal",
      "less", "less_equal", "greater", "greater_equal", "add",    "subtract", "multiply", "divide", "negate", "exists",
      "count", "sum", "min", "max", "nth_greatest", "nth_least", "call"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Literal::Kind) {
  static constexpr Names<3> kNames = {"scan", "let", "filter"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Severity) {
  static constexpr Names<3> kNames = {"information", "warning", "error"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Repair::Kind) {
  static constexpr std::array<std::string_view, 3> kNames = {"remove", "replace", "add"};
  return kNames;
}
std::span<const std::string_view> NamesOf(TableDeclaration::Form) {
  static constexpr Names<4> kNames = {"appendix", "table", "matrix", "duties"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Point::Kind) {
  static constexpr Names<12> kNames = {"none", "day",        "yearly_day", "month_day",  "month",     "quarter",
                                       "half", "year", "issue_date", "named",      "impossible", "lunar_day"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Point::Edge) {
  static constexpr Names<4> kNames = {"whole", "start", "middle", "end"};
  return kNames;
}

std::span<const std::string_view> NamesOf(TimeUnit) {
  static constexpr Names<9> kNames = {"none", "hour", "day", "working_day", "week", "month", "quarter", "half_year", "year"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Time::Form) {
  static constexpr Names<static_cast<size_t>(Time::Form::kByDecree) + 1> kNames = {
      "none",   "in",        "by",         "before", "on", "from_to",  "from",      "within", "every", "ongoing",
      "guided", "following", "on_request", "when",   "if", "as_below", "count_per", "text",   "length",
      "by_decree"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Rhythm::Bound) {
  static constexpr Names<3> kNames = {"in", "by", "before"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Stance) {
  static constexpr Names<4> kNames = {"firm", "aim", "vision", "orientation"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Step::Kind) {
  static constexpr Names<10> kNames = {"issued",     "not_before", "lasts",    "not_longer", "follows",
                                       "not_behind", "within",     "expected", "due",        "part"};
  return kNames;
}

std::span<const std::string_view> NamesOf(ConditionNode::Kind) {
  static constexpr Names<4> kNames = {"compare", "and", "or", "not"};
  return kNames;
}

std::span<const std::string_view> NamesOf(Statement::Kind) {
  static constexpr Names<6> kNames = {"row", "condition", "whole", "count", "part", "baseline"};
  return kNames;
}

std::span<const std::string_view> NamesOf(DayKind) {
  static constexpr Names<6> kNames = {"statutory", "make_up", "swap_off", "swap_work", "own_off", "own_work"};
  return kNames;
}

std::span<const std::string_view> NamesOf(DayScope) {
  static constexpr Names<2> kNames = {"all_workers", "civil_service"};
  return kNames;
}

std::span<const std::string_view> NamesOf(DayStatus) {
  static constexpr Names<3> kNames = {"announced", "proposed", "computed"};
  return kNames;
}

std::span<const std::string_view> NamesOf(RestDayPolicy) {
  static constexpr Names<3> kNames = {"keep", "before", "after"};
  return kNames;
}

}  // namespace ordo::ir
