#include <charconv>
#include <limits>

#include "fmt/format.h"
#include "runtime/ir/describe.h"

namespace ordo::ir {

namespace {

// Reads what dump.cc writes and nothing else: one blank between things, members in the order of describe.h.
class Reader {
 public:
  Reader(std::string_view text, StringPool* strings) : rest_(text) { program_.strings = strings; }

  bool Read() {
    if (!NextLine() || !(Take(kDumpHeading) && line_.empty())) return Fail("this is not a dump of an IR program");
    NextLine();
    if (Take("plan ")) {
      if (!Value(program_.plan) || !EndLine()) return false;
      NextLine();
    }
    if (Take("frame")) {
      if (!MembersOf(program_.frame, " ") || !EndLine()) return false;
      NextLine();
    }
    bool good = true;
    VisitLists([&](std::string_view word, auto list) {
      while (good && Take(word, " ")) good = Thing(program_.*list);
    });
    if (!good) return false;
    program_.SetCalendar(OfficeCalendar(program_.special_days));
    return at_end_ || Fail("a thing that is unknown or out of order");
  }

  Program& program() { return program_; }
  const std::string& error() const { return error_; }

 private:
  bool Fail(std::string_view reason) {
    if (error_.empty()) error_ = fmt::format("line {}: {} at «{}»", number_, reason, line_.substr(0, 40));
    return false;
  }

  bool NextLine() {
    ++number_;
    const size_t end = rest_.find('\n');
    if (end == std::string_view::npos) {
      at_end_ = rest_.empty();  // what has no line end is no line of a dump, and is left over
      line_ = {};
      return false;
    }
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  bool EndLine() { return line_.empty() || Fail("something left over"); }

  bool Take(std::string_view word) {
    if (!line_.starts_with(word)) return false;
    line_.remove_prefix(word.size());
    return true;
  }
  bool Take(std::string_view word, std::string_view after) {
    if (!line_.starts_with(word) || !line_.substr(word.size()).starts_with(after)) return false;
    line_.remove_prefix(word.size() + after.size());
    return true;
  }
  bool Need(std::string_view word) { return Take(word) || Fail(fmt::format("«{}» is missing", word)); }

  template <class T>
  bool Thing(std::vector<T>& list) {
    size_t index = 0;
    if (!Value(index) || !Need(":")) return false;
    if (index != list.size()) return Fail("numbers of things do not run on");
    T& thing = list.emplace_back();
    if constexpr (Described<T>) {
      if (!MembersOf(thing, " ")) return false;
    } else {
      if (!Need(" ") || !Value(thing)) return false;
    }
    if constexpr (std::is_same_v<T, Relation>) return Rows(thing);
    if (!EndLine()) return false;
    NextLine();
    return true;
  }

  bool Rows(Relation& relation) {
    bool spans = false;
    if (Take(" data=")) {
      size_t columns = 0;
      if (!Value(columns)) return false;
      if (columns > relation.columns.size()) return Fail("more columns of data than columns");
      relation.data.resize(columns);
    }
    if (Take(" spans=true")) spans = true;
    if (!EndLine()) return false;
    NextLine();
    while (Take("row")) {
      for (size_t column = 0; column < relation.data.size(); ++column) {
        Cell& cell = relation.data[column].emplace_back();
        if (!Need(" ") || !CellOf(cell, relation.columns[column].type)) return false;
      }
      if (spans && (!Need(" @") || !Value(relation.spans.emplace_back()))) return false;
      if (!EndLine()) return false;
      NextLine();
    }
    return true;
  }

  template <class T>
  bool MembersOf(T& thing, std::string_view before) {
    bool good = true;
    Members<T>::Visit([&](std::string_view key, auto member, auto... typed_by) {
      if (!good || !line_.starts_with(before) || !line_.substr(before.size()).starts_with(key) ||
          !line_.substr(before.size() + key.size()).starts_with("=")) {
        return;
      }
      line_.remove_prefix(before.size() + key.size() + 1);
      before = " ";
      if constexpr (std::is_same_v<T, Literal>) matched_ = thing.relation;
      if constexpr (std::is_same_v<T, Match>) column_ = thing.column;
      if constexpr (sizeof...(typed_by) == 0) {
        good = Value(thing.*member);
      } else {
        good = TypedBy(thing, thing.*member, typed_by...);
      }
    });
    return good;
  }

  template <class T>
  bool TypedBy(const T& thing, Cell& cell, Type T::*type) { return CellOf(cell, thing.*type); }
  template <class T>
  bool TypedBy(const T&, Cell& cell, Type type) { return CellOf(cell, type); }
  bool TypedBy(const Match&, Cell& cell, TypeOfMatchedColumn) {
    const bool known = matched_ < program_.relations.size() && column_ < program_.relations[matched_].columns.size();
    return CellOf(cell, known ? program_.relations[matched_].columns[column_].type : Type::kEntity);
  }
  template <class T>
  bool TypedBy(const T& thing, std::vector<std::pair<Symbol, Cell>>& constants, std::vector<Type> T::*types) {
    return List([&] {
      const size_t i = constants.size();
      auto& [name, cell] = constants.emplace_back();
      return Need("(") && Value(name) && Need(" ") &&
             CellOf(cell, i < (thing.*types).size() ? (thing.*types)[i] : Type::kEntity) && Need(")");
    });
  }

  bool CellOf(Cell& cell, Type type) {
    if (Take("#")) return Value(cell);
    if (type == Type::kText && line_.starts_with('"')) {
      Symbol symbol = Symbol::kEmpty;
      if (!Value(symbol)) return false;
      cell = static_cast<Cell>(symbol);
      return true;
    }
    if (type == Type::kDate && !line_.starts_with("-")) {
      const std::optional<Date> date = ParseIsoDate(line_.substr(0, 10));
      if (!date) return Fail("a date is missing");
      line_.remove_prefix(10);
      cell = date->days();
      return true;
    }
    const size_t digit = line_.starts_with("-") ? 1 : 0;
    if (IsDecimal(type) && line_.size() > digit && IsDigit(line_[digit])) {
      Decimal value;
      if (!Value(value)) return false;
      cell = value.cell();
      return true;
    }
    if ((type == Type::kEntity || type == Type::kWord || type == Type::kBool) && !line_.empty() && IsDigit(line_[0])) {
      return Value(cell);
    }
    cell = kAbsent;
    return Need("-");
  }

  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

  bool Value(std::string& text) {
    if (!Need("\"")) return false;
    for (size_t i = 0; i < line_.size(); ++i) {
      if (line_[i] == '"') {
        line_.remove_prefix(i + 1);
        return true;
      }
      if (line_[i] != '\\') {
        text += line_[i];
        continue;
      }
      const char c = ++i < line_.size() ? line_[i] : ' ';
      unsigned byte = 0;
      if (c == 'n') {
        text += '\n';
      } else if (c == '"' || c == '\\') {
        text += c;
      } else if (c == 'x' && i + 2 < line_.size() &&
                 std::from_chars(line_.data() + i + 1, line_.data() + i + 3, byte, 16).ptr == line_.data() + i + 3) {
        text += static_cast<char>(byte);
        i += 2;
      } else {
        return Fail("an escape that no text has");
      }
    }
    return Fail("a text without its end");
  }
  bool Value(Symbol& symbol) {
    std::string text;
    if (!Value(text)) return false;
    symbol = program_.strings->Intern(text);
    return true;
  }
  bool Value(EntityId& id) {
    uint32_t number = 0;
    if (!Value(number)) return false;
    id = EntityId{number};
    return true;
  }
  bool Value(Date& day) {
    const std::optional<Date> read = ParseIsoDate(line_.substr(0, 10));
    if (!read) return Fail("a date is missing");
    line_.remove_prefix(10);
    day = *read;
    return true;
  }
  bool Value(bool& value) {
    value = Take("true");
    return value || Need("false");
  }
  bool Value(Decimal& value) {
    const bool negative = Take("-");
    size_t size = 0;
    while (size < line_.size() && (IsDigit(line_[size]) || line_[size] == '.')) ++size;
    const std::optional<Decimal> read = Decimal::Parse(line_.substr(0, size), Language::kEnglish);
    if (!read) return Fail("a number is missing");
    line_.remove_prefix(size);
    value = negative ? read->Negated() : *read;
    return true;
  }
  bool Value(Span& span) {
    if (Take("-")) span.file = kNoFile;
    else if (!Value(span.file)) return false;
    return Need(":") && Value(span.begin) && Need("-") && Value(span.end);
  }
  template <class T>
    requires std::is_integral_v<T>
  bool Value(T& value) {
    const auto [end, error] = std::from_chars(line_.data(), line_.data() + line_.size(), value);
    if (error != std::errc()) return Fail("a number in range is missing");
    line_.remove_prefix(static_cast<size_t>(end - line_.data()));
    return true;
  }
  // The longest name that stands here: some begin with another.
  template <Named T>
  bool Value(T& value) {
    const auto names = NamesOf(value);
    size_t best = names.size();
    for (size_t i = 0; i < names.size(); ++i) {
      if (line_.starts_with(names[i]) && (best == names.size() || names[i].size() > names[best].size())) best = i;
    }
    if (best == names.size()) return Fail("an unknown word");
    line_.remove_prefix(names[best].size());
    value = static_cast<T>(best);
    return true;
  }
  template <Described T>
  bool Value(T& thing) { return Need("{") && MembersOf(thing, "") && Need("}"); }
  template <class A, class B>
  bool Value(std::pair<A, B>& pair) {
    return Need("(") && Value(pair.first) && Need(" ") && Value(pair.second) && Need(")");
  }
  template <class T>
  bool Value(std::vector<T>& list) {
    return List([&] { return Value(list.emplace_back()); });
  }
  template <class F>
  bool List(F&& item) {
    if (!Need("[")) return false;
    for (bool first = true; !Take("]"); first = false) {
      if (!first && !Need(" ")) return false;
      if (!item()) return false;
    }
    return true;
  }

  std::string_view rest_, line_;
  size_t number_ = 0;
  bool at_end_ = false;
  Program program_;
  std::string error_;
  RelationId matched_ = kNone;
  uint32_t column_ = 0;
};

}  // namespace

std::optional<Program> ParseDump(std::string_view text, StringPool* strings, std::string* error) {
  Reader reader(text, strings);
  if (reader.Read()) return std::move(reader.program());
  *error = reader.error();
  return std::nullopt;
}

}  // namespace ordo::ir
