// Times: the flat words of a value read as the closed sum type of runtime/time.
#include <utility>

#include "compiler/ast/literals.h"
#include "compiler/model/builder.h"

namespace ordo {
namespace {

TimeUnit UnitOf(W word) {
  switch (word) {
    case W::unit_days: return TimeUnit::kDay;
    case W::unit_working_days: return TimeUnit::kWorkingDay;
    case W::unit_weeks: return TimeUnit::kWeek;
    case W::unit_months: return TimeUnit::kMonth;
    case W::unit_quarters: return TimeUnit::kQuarter;
    case W::unit_half_years: return TimeUnit::kHalfYear;
    case W::unit_years: return TimeUnit::kYear;
    default: return TimeUnit::kNone;
  }
}

}  // namespace

// Reads one value; several values of one field share `last`, so that a modifier finds what it modifies.
class TimeReader {
 public:
  TimeReader(Builder& builder, const Ast& ast, Tokens value, EntityId owner) : b_(builder), ast_(ast), value_(value), owner_(owner) {}

  struct Result {
    bool ok = false;
    bool modifier = false;     // changed *last instead of being a time of its own
    Symbol wording = Symbol::kEmpty;
    std::optional<Time> instead_of;
  };

  Result Read(Time& time, Time* last) {
    Result result;
    if (Take(W::word_aim)) time.stance = Stance::kAim;
    else if (Take(W::word_vision)) time.stance = Stance::kVision;
    else if (Take(W::word_orientation)) time.stance = Stance::kOrientation;
    time.at_least = Take(W::word_at_least);
    result.modifier = last && time.stance == Stance::kFirm && !time.at_least && (NextPlace(*last) || Modifier(*last));
    if (!result.modifier && !Head(time)) {
      if (!reported_) Told(Code::kTimeNeeded);
      return result;
    }
    if (time.at_least && time.form != Time::Form::kEvery && time.form != Time::Form::kCountPer) {
      Told(Code::kTimeNeeded);
      return result;
    }
    if (Is(W::word_instead_of)) {
      ++at_;
      Time other;
      if (Head(other)) result.instead_of = other;
    }
    if (Peek() && Peek()->kind == TokenKind::TEXT) result.wording = b_.Intern(ast_.TextOf(value_[at_++]));
    if (at_ < value_.size() && !reported_) {
      b_.ReportLeftOver(ast_, value_, at_);
      return result;
    }
    result.ok = !reported_;
    return result;
  }

 private:
  const Token* Peek(size_t n = 0) const { return at_ + n < value_.size() ? &value_[at_ + n] : nullptr; }
  bool Is(W word) const { return Peek() && Peek()->kind == TokenKind::WORD && Peek()->word == word; }
  bool Take(W word) {
    if (!Is(word)) return false;
    ++at_;
    return true;
  }
  Span ValueSpan() const { return {ast_.file, value_.front().begin, value_.back().end}; }

  // Emits the finding once and fails.
  bool Told(Code code) {
    if (!reported_) b_.emitter_.Emit(code, ValueSpan(), {ast_.source->slice(ValueSpan())});
    reported_ = true;
    return false;
  }

  // `hằng năm trước 15/6, 15/12`: a bare place like the ones before it goes on with their list.
  bool NextPlace(Time& last) {
    Rhythm& rhythm = last.evidence.unit != TimeUnit::kNone ? last.evidence : last.rhythm;
    if (rhythm.by.empty() || value_.size() != 1 || !Peek() || Peek()->kind != TokenKind::DATE) return false;
    const auto literal = ReadDate(ast_.text(*Peek()), ast_.skin);
    if (!literal || literal->hour >= 0 || literal->from.kind != Point::Kind::kNone) return false;
    const Point& point = literal->point;
    const bool impossible = point.kind == Point::Kind::kImpossible && point.year == 0 && point.day != 0;
    if (!impossible && (point.year != 0 || point.kind != rhythm.by.front().kind)) return false;
    ++at_;
    rhythm.by.push_back(point);
    return true;
  }

  // A modifier is a word that says more about the time before it.
  bool Modifier(Time& last) {
    using Form = Time::Form;
    const bool waits = last.anchor != EntityId::kNone || last.words != Symbol::kEmpty;
    const bool open = last.form == Form::kGuided || last.form == Form::kFollowing || last.form == Form::kWhen || last.form == Form::kIf ||
                      last.form == Form::kOnRequest || (waits && (last.form == Form::kWithin || last.form == Form::kBefore));
    const bool repeats = last.form == Form::kEvery || last.form == Form::kOngoing || last.form == Form::kCountPer;
    if (Take(W::word_evidence)) return ReadRhythm(last.evidence) || Fail();
    if (Take(W::word_expected)) return ReadExpected(last) || Fail();
    // Behind a rhythm a day without a year is a time of its own: «hằng quý, trước 30/11».
    if ((open || (repeats && !YearlessDay(Peek(1)))) && (Is(W::word_by) || Is(W::word_before))) return ReadLimit(last) || Fail();
    if (open && Take(W::word_within)) {
      const bool bare = last.form == Form::kWithin && last.length.unit == TimeUnit::kNone;
      return ReadLength(bare ? last.length : last.lag) || Fail();
    }
    if (repeats && Take(W::word_from)) return ReadSince(last) || Fail();
    return false;
  }
  bool YearlessDay(const Token* token) const {
    const auto literal = token && token->kind == TokenKind::DATE ? ReadDate(ast_.text(*token), ast_.skin) : std::nullopt;
    return literal && (literal->point.kind == Point::Kind::kYearlyDay || literal->point.kind == Point::Kind::kMonthDay);
  }
  // `đến hết 2030`, `trước 2030`: the day by which an open time ends in any case, and the end of what repeats.
  bool ReadLimit(Time& time) {
    time.limit_before = Is(W::word_before);
    if (!time.limit_before && !Is(W::word_by) && !Is(W::word_to)) return false;
    ++at_;
    return ReadPoint(time.limit);
  }
  // `từ 2026`, `từ 2026 trở đi`, `từ 2026 đến hết 2030`
  bool ReadSince(Time& time) {
    Point from;
    if (!ReadWindow(from, time.limit)) {
      if (reported_ || !ReadPoint(time.since)) return false;
      if (Take(W::word_onwards)) return true;
      return (!Is(W::word_to) && !Is(W::word_by)) || ReadLimit(time);
    }
    time.since = from;
    return true;
  }
  bool Fail() {
    Told(Code::kTimeNeeded);
    return true;
  }

  bool Head(Time& time) {
    using Form = Time::Form;
    const Token* token = Peek();
    if (!token) return false;
    if (token->kind == TokenKind::TEXT) {
      time.form = Form::kText;
      time.words = b_.Intern(ast_.TextOf(*token));
      ++at_;
      return true;
    }
    if (token->kind == TokenKind::NUMBER) {
      const Token* next = Peek(1);
      if (next && next->kind == TokenKind::UNIT) {
        if (!ReadLength(time.length)) return false;
        time.form = Form::kLength;
        if (Is(W::word_after) || Is(W::word_after_all)) {  // «100 ngày kể từ ngày ban hành»: a limit all the same
          time.form = Form::kWithin;
          time.after_all = value_[at_++].word == W::word_after_all;
          return Anchor(time, true);
        }
        return true;
      }
      if (next && next->kind == TokenKind::WORD && next->word == W::word_per) {
        const auto count = b_.ReadNumber(ast_, *token);
        const Token* unit = Peek(2);
        if (!count || !unit || unit->kind != TokenKind::UNIT) return false;
        time.form = Form::kCountPer;
        if (count->mantissa() <= 0) return Told(Code::kTimeZero);
        time.length = {*count, UnitOf(unit->word)};
        at_ += 3;
        return time.length.unit != TimeUnit::kNone && Bounds(time);
      }
    }
    if (token->kind != TokenKind::WORD) {
      if (value_.size() == 1 && token->kind == TokenKind::ID && UnitOf(FindWord(ast_.text(*token), ast_.skin, kAtUnit)) != TimeUnit::kNone) {
        return Told(Code::kTimeNumberLost);
      }
      if (ReadWindow(time.from, time.to)) {
        time.form = Form::kFromTo;
        return true;
      }
      // Words that are no name at all («quý V/2026»): the whole is not understood, rather than its first word unknown.
      const Token* next = Peek(1);
      if (token->kind == TokenKind::ID && next && next->kind != TokenKind::DOT && next->kind != TokenKind::TEXT && next->kind != TokenKind::WORD) {
        return false;
      }
      time.form = Form::kIn;
      if (!ReadPoint(time.to)) return false;
      if (!Is(W::word_by) && !Is(W::word_to)) return true;
      ++at_;   // «quý IV/2026 đến hết quý II/2027»
      time.form = Form::kFromTo;
      time.from = time.to;
      return ReadPoint(time.to);
    }
    const W word = token->word;
    switch (word) {
      case W::word_by: case W::word_to: return Simple(time, Form::kBy);
      case W::word_before: return Before(time);
      case W::word_on: case W::word_in: return Simple(time, Form::kOn);
      case W::word_issue_date: case W::word_start_of: case W::word_middle_of: case W::word_end_of:
        time.form = Form::kIn;
        return ReadPoint(time.to);
      case W::word_expected:
        ++at_;
        time.form = Form::kIn;
        if (!ReadExpected(time)) return false;
        time.to = time.expected;
        return true;
      case W::word_from:
        ++at_;
        if (ReadWindow(time.from, time.to)) {
          time.form = Form::kFromTo;
          return true;
        }
        if (!ReadPoint(time.from)) return false;
        if (Take(W::word_onwards)) {
          time.form = Form::kFrom;
          return true;
        }
        if (!Take(W::word_to) && !Take(W::word_by)) {
          time.form = Form::kFrom;
          return true;
        }
        time.form = Form::kFromTo;
        return ReadPoint(time.to);
      case W::word_within:
        ++at_;
        time.form = Form::kWithin;
        if (!ReadLength(time.length)) return false;
        if (Is(W::word_after) || Is(W::word_after_all)) {
          time.after_all = value_[at_++].word == W::word_after_all;
          return Anchor(time, true);
        }
        return true;
      case W::word_every: case W::word_every_n:
        time.form = Form::kEvery;
        return ReadRhythm(time.rhythm) && Bounds(time);
      case W::word_after: case W::word_after_all:   // «sau khi có hướng dẫn»: no length
        time.form = Form::kWithin;
        time.after_all = value_[at_++].word == W::word_after_all;
        return Anchor(time, false);
      case W::word_ongoing: ++at_; time.form = Form::kOngoing; return Bounds(time);
      case W::word_by_decree: ++at_; time.form = Form::kByDecree; return true;
      case W::word_on_request: ++at_; time.form = Form::kOnRequest; return true;
      case W::word_as_below: ++at_; time.form = Form::kAsBelow; return true;
      case W::word_guided: ++at_; time.form = Form::kGuided; return Anchor(time, false);
      case W::word_following: ++at_; time.form = Form::kFollowing; return Anchor(time, false);
      case W::word_when: ++at_; time.form = Form::kWhen; return Anchor(time, false);
      case W::word_if: ++at_; time.form = Form::kIf; return Anchor(time, false);
      case W::word_evidence:
        b_.emitter_.Emit(Code::kTimeModifier, ValueSpan(), {ast_.source->slice(ValueSpan())});
        reported_ = true;
        return false;
      default: return false;
    }
  }

  bool Simple(Time& time, Time::Form form) {
    ++at_;
    time.form = form;
    return ReadPoint(time.to);
  }

  // Before a place of the calendar, or before something happens or is done.
  bool Before(Time& time) {
    ++at_;
    time.form = Time::Form::kBefore;
    const Token* token = Peek();
    if (token && token->kind == TokenKind::TEXT) return Anchor(time, false);
    if (!token || token->kind != TokenKind::ID) return ReadPoint(time.to);
    if (!Anchor(time, false)) return false;
    if (WordOfKind(b_.entity(time.anchor).kind) == W::kind_period) {
      time.to.kind = Point::Kind::kNamed;
      time.to.named = std::exchange(time.anchor, EntityId::kNone);
    }
    return true;
  }

  // The start and the end of what repeats, without a comma.
  bool Bounds(Time& time) {
    if (Take(W::word_from) && !ReadSince(time)) return false;
    if (time.limit.kind != Point::Kind::kNone || (!Is(W::word_by) && !Is(W::word_to) && !Is(W::word_before))) return true;
    return ReadLimit(time);
  }

  // A point, or a window: Q2-Q3 2026, from 2026-04-15 to 2026-05-20.
  bool ReadExpected(Time& time) {
    const bool from = Take(W::word_from);
    if (ReadWindow(time.expected_from, time.expected)) return true;
    if (!from) return ReadPoint(time.expected);
    return ReadPoint(time.expected_from) && (Take(W::word_to) || Take(W::word_by)) && ReadPoint(time.expected);
  }

  bool ReadWindow(Point& from, Point& to) {
    const Token* token = Peek();
    if (!token || token->kind != TokenKind::DATE) return false;
    const auto literal = ReadDate(ast_.text(*token), ast_.skin);
    if (!literal || literal->from.kind == Point::Kind::kNone) return false;
    from = literal->from;
    to = literal->point;
    ++at_;
    return true;
  }

  bool Anchor(Time& time, bool may_be_point) {
    const Token* token = Peek();
    if (!token) return false;
    if (may_be_point && Is(W::word_issue_date)) {
      ++at_;
      time.from.kind = Point::Kind::kIssueDate;
      return true;
    }
    if (token->kind == TokenKind::TEXT) {
      time.words = b_.Intern(ast_.TextOf(*token));
      ++at_;
      return true;
    }
    if (may_be_point && (token->kind == TokenKind::DATE || token->kind == TokenKind::NUMBER)) return ReadPoint(time.from);
    if (token->kind != TokenKind::ID) return false;
    W member = W::kNone;
    EntityId resolved = EntityId::kNone;
    time.anchor = b_.ResolveName(ast_, value_, at_, &member, &resolved, owner_);
    if (time.anchor == EntityId::kNone) reported_ = true;
    if (resolved != EntityId::kNone) time.anchor = resolved;
    return !reported_;
  }

  bool ReadLength(Length& length) {
    const Token* number = Peek();
    const Token* unit = Peek(1);
    if (!number || number->kind != TokenKind::NUMBER || !unit || unit->kind != TokenKind::UNIT) return false;
    const auto count = b_.ReadNumber(ast_, *number);
    if (!count) {
      reported_ = true;
      return false;
    }
    length = {*count, UnitOf(unit->word)};
    at_ += 2;
    return length.unit != TimeUnit::kNone;
  }

  bool ReadRhythm(Rhythm& rhythm) {
    if (!Take(W::word_every) && !Take(W::word_every_n)) return false;
    if (const Token* token = Peek(); token && token->kind == TokenKind::NUMBER) {
      const auto count = b_.ReadNumber(ast_, *token);
      if (!count) {
        reported_ = true;
        return false;
      }
      if (count->mantissa() <= 0) return Told(Code::kTimeZero);
      rhythm.count = *count;
      ++at_;
    }
    const Token* unit = Peek();
    if (!unit || unit->kind != TokenKind::UNIT) return false;
    rhythm.unit = UnitOf(unit->word);
    ++at_;
    if (rhythm.unit == TimeUnit::kNone) return false;
    while (const Token* token = Peek()) {
      if (token->kind != TokenKind::WORD) break;
      const bool inside = token->word == W::word_on || token->word == W::word_in, before = token->word == W::word_before;
      if (!inside && !before && token->word != W::word_by) break;
      const Token* next = Peek(1);
      if (!next) return false;
      if (next->kind == TokenKind::WORD && next->word >= W::word_monday && next->word <= W::word_sunday && inside) {
        if (rhythm.weekday >= 0) return false;
        rhythm.weekday = static_cast<int8_t>(static_cast<int>(next->word) - static_cast<int>(W::word_monday));
        at_ += 2;
        continue;
      }
      const auto literal = next->kind == TokenKind::DATE ? ReadDate(ast_.text(*next), ast_.skin) : std::nullopt;
      if (literal && literal->hour >= 0) {
        if (!before || rhythm.hour >= 0) return false;
        rhythm.hour = literal->hour;
        rhythm.minute = literal->minute;
        at_ += 2;
        continue;
      }
      const bool place = literal && literal->from.kind == Point::Kind::kNone && literal->point.year == 0;
      if (!place) {
        if (inside) return false;
        break;   // a place with a year, or a name: the end of the rhythm
      }
      if (!rhythm.by.empty()) return false;
      rhythm.by.push_back(literal->point);
      rhythm.bound = inside ? Rhythm::Bound::kIn : before ? Rhythm::Bound::kBefore : Rhythm::Bound::kBy;
      at_ += 2;
    }
    return Fits(rhythm) || Told(Code::kTimePlace);
  }

  // A day of the month comes round in months, a place of the year in years, a day of the week in whole weeks or months.
  static bool Fits(const Rhythm& rhythm) {
    const bool months = MonthsOf(rhythm).has_value(), weeks = rhythm.unit == TimeUnit::kWeek;
    if (rhythm.weekday >= 0) return rhythm.by.empty() && (weeks || months);
    if (rhythm.by.empty()) return true;
    switch (rhythm.by.front().kind) {
      case Point::Kind::kMonthDay: return rhythm.unit == TimeUnit::kMonth || rhythm.unit == TimeUnit::kQuarter;
      case Point::Kind::kImpossible: return months;
      default: return rhythm.unit == TimeUnit::kHalfYear || rhythm.unit == TimeUnit::kYear;
    }
  }

  bool ReadPoint(Point& point) {
    Point::Edge edge = Point::Edge::kWhole;
    if (Take(W::word_start_of)) edge = Point::Edge::kStart;
    else if (Take(W::word_middle_of)) edge = Point::Edge::kMiddle;
    else if (Take(W::word_end_of)) edge = Point::Edge::kEnd;
    const Token* token = Peek();
    if (!token) return false;
    if (token->kind == TokenKind::DATE) {
      const auto literal = ReadDate(ast_.text(*token), ast_.skin);
      if (!literal || literal->hour >= 0 || literal->from.kind != Point::Kind::kNone) return false;
      point = literal->point;
    } else if (token->kind == TokenKind::NUMBER && token->end - token->begin == 4) {
      const auto year = b_.ReadNumber(ast_, *token);
      if (!year || !year->is_integer() || year->mantissa() < 1900) return false;
      point = {};
      point.kind = Point::Kind::kYear;
      point.year = static_cast<int16_t>(year->mantissa());
      point.digits = true;
    } else if (Is(W::word_issue_date)) {
      point = {};
      point.kind = Point::Kind::kIssueDate;
    } else if (token->kind == TokenKind::ID) {
      W member = W::kNone;
      EntityId resolved = EntityId::kNone;
      size_t at = at_;
      const EntityId named = b_.ResolveName(ast_, value_, at, &member, &resolved);
      if (named == EntityId::kNone) {
        reported_ = true;
        return false;
      }
      const W kind = WordOfKind(b_.entity(named).kind);
      if (kind != W::kind_period) {
        b_.emitter_.Emit(Code::kWrongKind, ast_.SpanOf(*token), {ast_.text(*token), b_.Spell(kind), b_.Spell(W::type_time)});
        reported_ = true;
        return false;
      }
      point = {};
      point.kind = Point::Kind::kNamed;
      point.named = named;
      at_ = at - 1;
    } else {
      return false;
    }
    point.edge = edge;
    ++at_;
    return true;
  }

  Builder& b_;
  const Ast& ast_;
  Tokens value_;
  EntityId owner_;
  size_t at_ = 0;
  bool reported_ = false;
};

EntityId Builder::AddTime(const Time& time, EntityId owner, Span span) {
  const EntityId id = AddObject(W::type_time, Symbol::kEmpty, Symbol::kEmpty, owner, span, nullptr, 0);
  program_.times.push_back(time);
  model_->time_owners.push_back(owner);
  return id;
}

void Builder::ResolveTimes(const Ast& ast, NodeId, std::span<const NodeId> values, EntityId owner, std::string_view key, bool date_only,
                           size_t last_value_tokens) {
  EntityId last = EntityId::kNone;
  for (size_t i = 0; i < values.size(); ++i) {
    const Node& node = ast.nodes[values[i]];
    size_t count = node.token_end - node.first_token;
    if (i + 1 == values.size()) count = last_value_tokens;
    if (count == 0) continue;
    const Tokens value(&ast.tokens[node.first_token], count);
    const Span span{ast.file, value.front().begin, value.back().end};
    if (value.size() == 1 && value[0].kind == TokenKind::WORD && value[0].word == W::word_none) continue;
    Time time;
    Time* before = last == EntityId::kNone ? nullptr : &program_.times[entity(last).row];
    const auto result = TimeReader(*this, ast, value, owner).Read(time, before);
    if (!result.ok || result.modifier) continue;
    if (date_only && time.form != Time::Form::kIn && !(time.form == Time::Form::kText)) {
      emitter_.Emit(Code::kDateNeeded, span, {key});
      continue;
    }
    last = AddTime(time, owner, span);
    AddEntry(ir::Type::kEntity, CellOf(last), span)->wording = result.wording;
    if (result.instead_of) {
      const EntityId old = AddTime(*result.instead_of, owner, span);
      AddEntry(ir::Type::kEntity, CellOf(old), span)->mode = WordId(W::word_instead_of);
    }
  }
}

}  // namespace ordo
