// The plan's office calendar: the library's days and the plan's own, for the years that the plan touches.
#include <algorithm>
#include <map>

#include "compiler/model/builder.h"
#include "fmt/format.h"

namespace ordo {

// What stands at a place, for a message: the words of the block that it belongs to, or of the plan's text file.
std::string_view Builder::TextAt(EntityId owner, Span span) const {
  if (InTextFile(span)) return text_file_->source->slice(span);
  const Ast* ast = owner == EntityId::kNone ? nullptr : model_->blocks[static_cast<uint32_t>(owner)].first;
  for (const auto& [shared, block] : shared_blocks_) ast = !ast && shared->file == span.file ? shared : ast;
  return ast && ast->file == span.file ? ast->source->slice(span) : std::string_view();
}

// Blocks of days hold days; an authority that says both of one day is told so.
void Builder::CheckDayBlocks() {
  std::map<Date, Span> rests;
  for (const W kind : {W::kind_day_off, W::kind_day_worked}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) {
      const ir::Field* days = program_.FindField(id, WordId(W::key_days));
      if (!days) {
        emitter_.Emit(Code::kDaysMissing, entity(id).span, {Spell(W::key_days)});
        continue;
      }
      for (uint32_t e = days->first_entry; e < days->first_entry + days->entry_count; ++e) {
        const ir::Entity& object = entity(static_cast<EntityId>(program_.entries[e].value));
        const Time& time = program_.times[object.row];
        if (!IsFormOfDays(time)) {
          emitter_.Emit(Code::kDaysNeeded, object.span, {TextAt(id, object.span)});
          continue;
        }
        const auto day = time.form == Time::Form::kIn && time.to.kind == Point::Kind::kDay ? DaysOf(time.to, TimeContext{}) : std::nullopt;
        if (!day) continue;
        if (kind == W::kind_day_off) {
          rests.emplace(day->first, object.span);
        } else if (const auto at = rests.find(day->first); at != rests.end()) {
          emitter_.Emit(Code::kDayBothWays, at->second, {day->first.ToString(emitter_.language())}).related.push_back({"", object.span});
        }
      }
    }
  }
}

void Builder::SetOfficeCalendar() {
  ir::Frame& frame = program_.frame;
  const auto field = [&](W key) { return program_.plan == EntityId::kNone ? nullptr : program_.FindField(program_.plan, WordId(key)); };
  const auto word = [&](const ir::Field* of) {
    return of && of->entry_count > 0 ? static_cast<W>(program_.entries[of->first_entry].value) : W::kNone;
  };
  switch (word(field(W::key_rest_days))) {
    case W::word_rest_before: frame.rest_days = RestDayPolicy::kBefore; break;
    case W::word_rest_after: frame.rest_days = RestDayPolicy::kAfter; break;
    default: break;
  }
  const auto& off = model_->by_kind[KindOf(W::kind_day_off)];
  const auto& worked = model_->by_kind[KindOf(W::kind_day_worked)];
  CheckDayBlocks();
  if (const ir::Field* calendar = field(W::key_calendar); calendar && calendar->none) {
    frame.no_calendar = true;
    return;
  }
  static const DayBook kNoBook;
  const DayBook& book = options_.days ? *options_.days : kNoBook;
  if (book.rules.empty() && off.empty() && worked.empty()) return;
  const std::vector<DayRule> own = ReadDayRules(program_, true);

  // Years: the plan's with one on each side, and those of limits that run from a named day. Without a plan's frame those that
  // somebody has announced.
  const bool framed = frame.first_day != ir::kAbsent && frame.last_day != ir::kAbsent;
  const auto year_of = [](ir::Cell day) { return Date(static_cast<int32_t>(day)).ymd().year; };
  int first = framed ? year_of(frame.first_day) - 1 : book.first_announced;
  int last = framed ? year_of(frame.last_day) + 1 : book.last_announced;
  const auto widen = [&](int year) {
    first = first == 0 ? year : std::min(first, year);
    last = std::max(last, year);
  };
  if (frame.issue_date != ir::kAbsent) widen(year_of(frame.issue_date));
  const TimeContext context = program_.Context();
  bool told = false;   // one finding is enough: they all want the same calendar
  for (size_t row = 0; row < program_.times.size(); ++row) {
    const Time& time = program_.times[row];
    if (time.form != Time::Form::kWithin) continue;
    const ResolvedTime limit = Resolve(time, context);   // by weekends alone: only the years are asked for
    if (!limit.first || !limit.last) continue;
    const int begin = limit.first->ymd().year, end = limit.last->ymd().year;
    widen(begin);
    widen(end + 1);   // days off may carry the end over the new year
    const bool unknown = book.first_year != 0 && (begin < book.first_year || end > book.last_year);
    if (!unknown || told || time.length.unit != TimeUnit::kWorkingDay) continue;
    told = true;
    const Span span = entity(model_->by_kind[KindOf(W::type_time)][row]).span;
    emitter_.Emit(Code::kCalendarYears, span,
                  {TextAt(model_->time_owners[row], span), fmt::format("{}", begin < book.first_year ? begin : end),
                   fmt::format("{}", book.first_year), fmt::format("{}", book.last_year)});
  }
  if (book.first_year != 0) {
    first = std::clamp(first, book.first_year, book.last_year);
    last = std::clamp(last, book.first_year, book.last_year);
  }
  const DayScope scope = word(field(W::key_calendar)) == W::word_all_workers ? DayScope::kAllWorkers : DayScope::kCivilService;
  program_.SetCalendar(MakeCalendar(book.rules, own, scope, first, last, *program_.strings));
  frame.first_year = first;
  frame.last_year = last;
}

}  // namespace ordo
