#include "runtime/diff/values.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/unicode.h"
#include "runtime/diff/word_diff.h"
#include "runtime/report/words.h"

namespace ordo::diff {
namespace {

constexpr size_t kMostPairs = 64;  // of values without an equal one: more are not compared each with each
constexpr int kMostLevels = 16;    // of groups in groups
constexpr size_t kMostMembers = 4096;

int YearsBetween(const ir::Frame& was, const ir::Frame& now) {
  if (was.first_day == ir::kAbsent || now.first_day == ir::kAbsent || was.last_day == ir::kAbsent || now.last_day == ir::kAbsent) return 0;
  const Date a(static_cast<int32_t>(was.first_day)), b(static_cast<int32_t>(now.first_day));
  const Date c(static_cast<int32_t>(was.last_day)), d(static_cast<int32_t>(now.last_day));
  const int years = b.ymd().year - a.ymd().year;
  return years != 0 && a.PlusMonths(12 * years) == b && c.PlusMonths(12 * years) == d ? years : 0;
}

}  // namespace

bool ReadsAlike(std::string_view a, std::string_view b) { return a == b || EvenBlanks(ToNfc(a)) == EvenBlanks(ToNfc(b)); }

Values::Values(const ir::Program& was, const ir::Program& now, const Matching& matching, const report::Printer& was_printer,
               const report::Printer& now_printer)
    : was_(was),
      now_(now),
      matching_(matching),
      was_printer_(was_printer),
      now_printer_(now_printer),
      was_context_(was.Context()),
      now_context_(now.Context()),
      shift_(YearsBetween(was.frame, now.frame)) {
  for (const ir::Condition& condition : was.conditions) conditions_[kWas][condition.object].push_back(&condition);
  for (const ir::Condition& condition : now.conditions) conditions_[kNow][condition.object].push_back(&condition);
}

std::string Values::ObjectKey(Edition edition, EntityId id) const {
  if (id == EntityId::kNone) return {};
  if (edition == kNow) return fmt::format("n{}", static_cast<uint32_t>(id));
  const EntityId counterpart = matching_.Now(id);
  return counterpart == EntityId::kNone ? fmt::format("w{}", static_cast<uint32_t>(id)) : fmt::format("n{}", static_cast<uint32_t>(counterpart));
}

std::string Values::WordKey(Edition edition, ir::WordId word) const {
  return word < Of(edition).words.size() ? Of(edition).words[word].id : std::string();
}

const Time* Values::TimeOf(Edition edition, const ir::Entry& entry) const {
  if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) return nullptr;
  const auto id = static_cast<EntityId>(entry.value);
  if (KindOf(Of(edition), id) != "time") return nullptr;
  const uint32_t row = Of(edition).entity(id).row;
  return row < Of(edition).times.size() ? &Of(edition).times[row] : nullptr;
}

// Months in digits and quarters in Roman numerals are a way to print.
std::string Values::PointKey(Edition edition, const Point& point, int shift) const {
  if (point.kind == Point::Kind::kNone) return "-";
  const int year = point.year == 0 ? 0 : point.year + shift;
  return fmt::format("{}.{}.{}.{}.{}.{}", static_cast<int>(point.kind), static_cast<int>(point.edge), year, point.month, point.day,
                     ObjectKey(edition, point.named));
}

std::string Values::RhythmKey(Edition edition, const Rhythm& rhythm, int shift) const {
  if (rhythm.unit == TimeUnit::kNone) return "-";
  // Every quarter is every three months, unless days of the period are named.
  const auto months = rhythm.by.empty() ? MonthsOf(rhythm) : std::nullopt;
  std::string key = months ? fmt::format("m{}", months->cell()) : fmt::format("u{}.{}", static_cast<int>(rhythm.unit), rhythm.count.cell());
  key += fmt::format(".{}.{}.{}.{}", rhythm.weekday, rhythm.hour, rhythm.minute, static_cast<int>(rhythm.bound));
  for (const Point& point : rhythm.by) key += "," + PointKey(edition, point, shift);
  return key;
}

std::string Values::ModifierKey(Edition edition, const Time& time, int shift) const {
  const auto length = [](const Length& length) { return fmt::format("{}.{}", length.count.cell(), static_cast<int>(length.unit)); };
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", static_cast<int>(time.stance), time.at_least, RhythmKey(edition, time.evidence, shift),
                     PointKey(edition, time.expected_from, shift), PointKey(edition, time.expected, shift), PointKey(edition, time.limit, shift),
                     time.limit_before, length(time.lag), PointKey(edition, time.since, shift));
}

std::string Values::TimeKey(Edition edition, const Time& time, int shift) const {
  const std::string words = time.words == Symbol::kEmpty ? std::string() : FoldName(Of(edition).text(time.words));
  return fmt::format("{}|{}|{}|{}|{}.{}|{}|{}|{}|{}", static_cast<int>(time.form), time.after_all, PointKey(edition, time.from, shift),
                     PointKey(edition, time.to, shift), time.length.count.cell(), static_cast<int>(time.length.unit),
                     RhythmKey(edition, time.rhythm, shift), ObjectKey(edition, time.anchor), words, ModifierKey(edition, time, shift));
}

std::string Values::EntryKey(Edition edition, const ir::Entry& entry, int shift) const {
  const ir::Program& program = Of(edition);
  std::string key;
  if (const Time* time = TimeOf(edition, entry)) {
    key = "t" + TimeKey(edition, *time, shift);
  } else if (entry.value == ir::kAbsent) {
    key = "-";
  } else if (entry.type == ir::Type::kEntity) {
    // A head is its post, however it is named; a head that the register does not know is that of the unit.
    const auto party = static_cast<EntityId>(entry.value);
    key = entry.member != ir::kNoWord && entry.resolved == EntityId::kNone
              ? fmt::format("{}.{}", ObjectKey(edition, party), WordKey(edition, entry.member))
              : ObjectKey(edition, entry.member != ir::kNoWord ? entry.resolved : party);
  } else if (entry.type == ir::Type::kText) {
    key = "x" + FoldName(program.text(static_cast<Symbol>(entry.value)));
  } else if (entry.type == ir::Type::kWord) {
    key = fmt::format("v{}.{}", WordKey(edition, static_cast<ir::WordId>(entry.value)), WordKey(edition, entry.member));
    // Which plan, which report: that stands in its wording.
    if (entry.product != ir::kNoWord && entry.wording != Symbol::kEmpty) key += "|w" + FoldName(program.text(entry.wording));
  } else {
    key = fmt::format("{}.{}", static_cast<int>(entry.type), entry.value);
  }
  if (entry.mode != ir::kNoWord) key += "|m" + WordKey(edition, entry.mode);
  if (entry.product != ir::kNoWord) key += "|p" + WordKey(edition, entry.product);
  if (entry.part != Symbol::kEmpty) key += "|f" + FoldName(program.text(entry.part));
  if (entry.lag != ir::kNone) {
    const ir::Lag& lag = program.lags[entry.lag];
    key += fmt::format("|l{}.{}.{}.{}", lag.least.count.cell(), static_cast<int>(lag.least.unit), lag.most.count.cell(),
                       static_cast<int>(lag.most.unit));
  }
  return key;
}

// Both are certain days, and the same ones: a named period keeps its first day, a day by which something is due has none.
bool Values::SameDays(const Time& was, const Time& now) const {
  if (ModifierKey(kWas, was, 0) != ModifierKey(kNow, now, 0)) return false;
  const ResolvedTime a = Resolve(was, was_context_), b = Resolve(now, now_context_);
  if (a.cls != TimeClass::kFixed || b.cls != TimeClass::kFixed || !a.last || !b.last || *a.last != *b.last) return false;
  const auto first = [](const Time& time, const ResolvedTime& resolved) -> std::optional<Date> {
    if (time.form == Time::Form::kBy || time.form == Time::Form::kBefore) return std::nullopt;
    if (time.form == Time::Form::kIn && resolved.first == resolved.last) return std::nullopt;
    return resolved.first;
  };
  return first(was, a) == first(now, b);
}

void Values::Expand(Edition edition, EntityId party, int depth, std::vector<std::string>& out) const {
  const ir::Field* members = KindOf(Of(edition), party) == "group" ? report::FieldNamed(Of(edition), party, "members") : nullptr;
  bool closed = members != nullptr && members->entry_count > 0 && depth < kMostLevels && out.size() < kMostMembers;
  for (uint32_t i = 0; closed && i < members->entry_count; ++i) {
    const ir::Entry& entry = Of(edition).entries[members->first_entry + i];
    closed = entry.type == ir::Type::kEntity && entry.value != ir::kAbsent && entry.mode == ir::kNoWord;
  }
  if (!closed) {
    out.push_back(ObjectKey(edition, party));
    return;
  }
  for (uint32_t i = 0; i < members->entry_count; ++i) {
    const ir::Entry& entry = Of(edition).entries[members->first_entry + i];
    Expand(edition, entry.resolved != EntityId::kNone ? entry.resolved : static_cast<EntityId>(entry.value), depth + 1, out);
  }
}

std::optional<std::vector<std::string>> Values::Expanded(Edition edition, const ir::Field& field) const {
  std::vector<std::string> out;
  for (uint32_t i = 0; i < field.entry_count; ++i) {
    const ir::Entry& entry = Of(edition).entries[field.first_entry + i];
    const bool plain = entry.type == ir::Type::kEntity && entry.value != ir::kAbsent && entry.mode == ir::kNoWord && entry.part == Symbol::kEmpty &&
                       entry.member == ir::kNoWord && entry.product == ir::kNoWord && entry.lag == ir::kNone && TimeOf(edition, entry) == nullptr;
    if (!plain) return std::nullopt;
    Expand(edition, static_cast<EntityId>(entry.value), 0, out);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Only what one edition wrote itself counts: a title that changes in the register is told once, there.
bool Values::OtherWords(const ir::Entry& was, const ir::Entry& now) const {
  if (was.type == ir::Type::kText && now.type == ir::Type::kText && was.wording == Symbol::kEmpty && now.wording == Symbol::kEmpty) {
    return was.value != ir::kAbsent && now.value != ir::kAbsent &&
           !ReadsAlike(was_.text(static_cast<Symbol>(was.value)), now_.text(static_cast<Symbol>(now.value)));
  }
  const bool time = TimeOf(kWas, was) != nullptr && TimeOf(kNow, now) != nullptr;
  if (was.wording == Symbol::kEmpty && now.wording == Symbol::kEmpty && !time) return false;
  // A time without a wording prints what it is; that numbers of tasks in it have moved is no other wording.
  if (time && was.wording == Symbol::kEmpty && now.wording == Symbol::kEmpty &&
      (TimeOf(kWas, was)->anchor != EntityId::kNone || TimeOf(kNow, now)->anchor != EntityId::kNone))
    return false;
  const auto text = [](const ir::Program& program, const report::Printer& printer, const ir::Entry& entry) {
    return entry.wording != Symbol::kEmpty ? std::string(program.text(entry.wording)) : printer.EntryText(entry);
  };
  return !ReadsAlike(text(was_, was_printer_, was), text(now_, now_printer_, now));
}

std::optional<Date> Values::LastDay(Edition edition, const ir::Field& field) const {
  std::optional<Date> last;
  for (uint32_t i = 0; i < field.entry_count; ++i) {
    const Time* time = TimeOf(edition, Of(edition).entries[field.first_entry + i]);
    if (time == nullptr) continue;
    const ResolvedTime resolved = Resolve(*time, edition == kWas ? was_context_ : now_context_);
    if (resolved.cls == TimeClass::kFixed && resolved.last) last = std::max(last, resolved.last);
  }
  return last;
}

Values::Compared Values::Fields(const ir::Field* was, const ir::Field* now) const {
  Compared out;
  const auto entries = [](const ir::Program& program, const ir::Field* field) {
    return field == nullptr ? std::span<const ir::Entry>() : std::span(program.entries).subspan(field->first_entry, field->entry_count);
  };
  const auto a = entries(was_, was), b = entries(now_, now);
  absl::flat_hash_map<std::string, std::vector<size_t>> by_key;
  for (size_t i = b.size(); i-- > 0;) by_key[EntryKey(kNow, b[i], 0)].push_back(i);
  std::vector<size_t> counterpart(a.size(), b.size());
  std::vector<bool> taken(b.size(), false);
  const auto bind = [&](size_t i, size_t j) {
    counterpart[i] = j;
    taken[j] = true;
  };
  for (size_t i = 0; i < a.size(); ++i) {
    const auto found = by_key.find(EntryKey(kWas, a[i], 0));
    if (found == by_key.end() || found->second.empty()) continue;
    bind(i, found->second.back());
    found->second.pop_back();
  }
  // Times that are written otherwise and mean the same days.
  size_t asked = 0;
  for (size_t i = 0; i < a.size() && asked < kMostPairs; ++i) {
    const Time* time = counterpart[i] == b.size() ? TimeOf(kWas, a[i]) : nullptr;
    for (size_t j = 0; time != nullptr && j < b.size() && asked < kMostPairs; ++j) {
      const Time* other = taken[j] ? nullptr : TimeOf(kNow, b[j]);
      if (other == nullptr) continue;
      ++asked;
      if (!SameDays(*time, *other)) continue;
      bind(i, j);
      break;
    }
  }
  for (size_t i = 0; i < a.size(); ++i) {
    if (counterpart[i] == b.size())
      out.gone.push_back(&a[i]);
    else
      out.wording |= OtherWords(a[i], b[counterpart[i]]);
  }
  for (size_t j = 0; j < b.size(); ++j) {
    if (!taken[j]) out.come.push_back(&b[j]);
  }
  const bool was_none = was != nullptr && was->none, now_none = now != nullptr && now->none;
  if (was != nullptr && now != nullptr && (was->written != Symbol::kEmpty || now->written != Symbol::kEmpty)) {
    const auto text = [](const ir::Program& program, const report::Printer& printer, const ir::Field& field, std::span<const ir::Entry> all) {
      if (field.written != Symbol::kEmpty) return std::string(program.text(field.written));
      std::string joined;
      for (const ir::Entry& entry : all) joined += (joined.empty() ? "" : "; ") + printer.EntryText(entry);
      return joined;
    };
    out.wording = !ReadsAlike(text(was_, was_printer_, *was, a), text(now_, now_printer_, *now, b));
  }
  if (out.gone.empty() && out.come.empty()) {
    out.same = was_none == now_none && (was != nullptr) == (now != nullptr) ? Same::kMeaning : Same::kNo;
    return out;
  }
  if (was != nullptr && now != nullptr) {
    const auto members = Expanded(kWas, *was);
    if (members && members == Expanded(kNow, *now)) {
      out.gone.clear();
      out.come.clear();
      out.wording = true;
      return out;
    }
    if (shift_ != 0) {
      std::vector<std::string> then, today;
      bool times = true;
      for (const ir::Entry* entry : out.gone) times &= TimeOf(kWas, *entry) != nullptr, then.push_back(EntryKey(kWas, *entry, shift_));
      for (const ir::Entry* entry : out.come) times &= TimeOf(kNow, *entry) != nullptr, today.push_back(EntryKey(kNow, *entry, 0));
      std::sort(then.begin(), then.end());
      std::sort(today.begin(), today.end());
      if (times && then == today) {
        out.same = Same::kYear;
        return out;
      }
    }
    const auto last = LastDay(kWas, *was), later = LastDay(kNow, *now);
    if (last && later) out.days = later->days() - last->days();
  }
  out.same = Same::kNo;
  return out;
}

bool Values::SameRow(const ir::SeriesRow& a, const ir::SeriesRow& b) const {
  const auto same_text = [&](Symbol x, Symbol y) { return FoldName(was_.text(x)) == FoldName(now_.text(y)); };
  const auto same_word = [&](ir::WordId x, ir::WordId y) { return WordKey(kWas, x) == WordKey(kNow, y); };
  // Money and other units are held in their smallest one: how many zeros were written does not matter.
  return same_word(a.verb, b.verb) && same_word(a.comparator, b.comparator) && a.by == b.by && a.in_all == b.in_all && a.horizon == b.horizon &&
         a.type == b.type && a.least == b.least && a.most == b.most && same_word(a.per, b.per) && a.against == b.against &&
         a.is_change == b.is_change && ObjectKey(kWas, a.per_object) == ObjectKey(kNow, b.per_object) &&
         ObjectKey(kWas, a.population) == ObjectKey(kNow, b.population) && same_text(a.text, b.text) && same_text(a.out_of, b.out_of) &&
         same_text(a.scope, b.scope);
}

void Values::AddNode(Edition edition, uint32_t index, std::string& out) const {
  // Children stand before their parent, so this ends; the depth is that of the text.
  const ir::Program& program = Of(edition);
  const ir::ConditionNode& node = program.condition_nodes[index];
  out += fmt::format("({}.{}.{}.{}", static_cast<int>(node.kind), static_cast<int>(node.sign), static_cast<int>(node.type), node.bound);
  for (const ir::LinearTerm& term : node.terms) out += fmt::format("+{}.{}.{}", term.factor, ObjectKey(edition, term.series), term.year);
  for (const uint32_t child : node.children) {
    if (child < index && out.size() < (1u << 20)) AddNode(edition, child, out);
  }
  out += ")";
}

std::string Values::ConditionKey(Edition edition, EntityId object) const {
  std::string key;
  const auto found = conditions_[edition].find(object);
  if (found == conditions_[edition].end()) return key;
  for (const ir::Condition* condition : found->second) {
    for (const int year : condition->years) key += fmt::format("{},", year);
    if (condition->root != ir::kNone) AddNode(edition, condition->root, key);
  }
  return key;
}

std::string Values::ConditionText(Edition edition, EntityId object) const {
  std::string text;
  const auto found = conditions_[edition].find(object);
  if (found == conditions_[edition].end()) return text;
  for (const ir::Condition* condition : found->second) text += (text.empty() ? "" : "; ") + std::string(Of(edition).text(condition->text));
  return text;
}

}  // namespace ordo::diff
