#include "runtime/report/print.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/diag/emitter.h"
#include "runtime/report/body.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

// The first words of a paragraph that has neither name nor number: «Tổ chức triển khai đồng bộ, quyết liệt …».
std::string Opening(std::string_view text) {
  constexpr int kWords = 8;
  size_t at = 0;
  for (int words = 0; words < kWords && at != std::string_view::npos; ++words) at = text.find(' ', at + 1);
  return at == std::string_view::npos ? std::string(text) : fmt::format("{} …", text.substr(0, at));
}

std::string Of(std::optional<Decimal> number, Language language) { return number ? number->ToString(language) : std::string(); }

}  // namespace

NumberingStyle StyleOfTasks(const ir::Program& program, ir::KindId task_kind) {
  using Form = ir::TableDeclaration::Form;
  const ir::TableDeclaration* chosen = nullptr;
  for (const Form form : {Form::kAppendix, Form::kTable}) {
    for (const ir::TableDeclaration& table : program.tables) {
      if (chosen == nullptr && table.form == form && table.rows == task_kind && table.only == ir::kNone) chosen = &table;
    }
  }
  NumberingStyle style;
  if (chosen != nullptr) style = {chosen->grouped, chosen->running, chosen->sub_rows_numbered};
  return style;
}

bool HasTableOfTasks(const ir::Program& program, ir::KindId task_kind) {
  using Form = ir::TableDeclaration::Form;
  return std::any_of(program.tables.begin(), program.tables.end(), [&](const ir::TableDeclaration& table) {
    return (table.form == Form::kAppendix || table.form == Form::kTable) && table.rows == task_kind && !IsForFollowUp(program, table.object);
  });
}

Printer::Printer(const ir::Program& program, Language language)
    : program_(program), language_(language), words_(program), numbers_(program) {
  // A section is numbered among those of its sort: of tasks (an empty one is a place for tasks), else of targets, else of text.
  const std::vector<uint32_t> counts = ObjectsPerKind(program);
  const auto count = [&](ir::KindId kind) { return kind == ir::kNoKind ? 0 : counts[kind]; };
  const size_t sections = count(words_.section_kind);
  const ir::KindId sorts[] = {words_.task_kind, words_.target_kind, words_.clause_kind};
  std::vector<bool> over[3];
  std::vector<bool> shown[3];
  for (int i = 0; i < 3; ++i) {
    shown[i].assign(count(sorts[i]), true);
    over[i] = numbers_.SectionsOver(sorts[i], shown[i]);
  }
  // Work that no table shows stands in the text and is numbered with it; what is kept for follow-up has no number there.
  const bool in_text = count(words_.clause_kind) > 0 && !HasTableOfTasks(program, words_.task_kind);
  const std::vector<bool> kept = KeptForFollowUp(program, words_);
  for (size_t i = 0; i < program.entities.size(); ++i) {
    const ir::Entity& entity = program.entities[i];
    if (entity.kind == words_.task_kind && (in_text || kept[i])) shown[0][entity.row] = false;
  }
  for (size_t row = 0; row < sections; ++row) {
    if (over[0][row]) over[1][row] = over[2][row] = false;
    if (over[1][row]) over[2][row] = false;
    if (!over[0][row] && !over[1][row] && !over[2][row]) over[0][row] = true;
  }
  for (size_t i = 0; i < program.entities.size(); ++i) {   // in the text sections count in one sequence
    const ir::Entity& entity = program.entities[i];
    if (entity.kind != words_.section_kind || !(in_text || kept[i])) continue;
    over[0][entity.row] = over[1][entity.row] = false;
    over[2][entity.row] = !kept[i];
  }
  numbers_.Number(words_.task_kind, shown[0], over[0], StyleOfTasks(program, words_.task_kind));
  numbers_.Number(words_.target_kind, shown[1], over[1], {});
  if (count(words_.clause_kind) > 0) {
    std::vector<bool> text(program.entities.size(), false);
    for (size_t i = 0; i < program.entities.size(); ++i) {
      const ir::Entity& entity = program.entities[i];
      const bool section = entity.kind == words_.section_kind && over[2][entity.row];
      const bool row = in_text && (entity.kind == words_.task_kind || entity.kind == words_.target_kind || entity.kind == words_.reporting_kind);
      text[i] = !kept[i] && (entity.kind == words_.clause_kind || section || row);
    }
    absl::flat_hash_map<EntityId, size_t> dashes;   // section -> paragraphs and rows with a dash
    for (BodyItem& item : NumberedBody(program, words_, text)) {
      if (item.number.empty()) continue;
      if (item.label.empty()) {
        const EntityId up = program.entity(item.id).parent;
        const size_t n = ++dashes[up];
        const auto above = text_numbers_.find(up);
        if (above != text_numbers_.end() && !above->second.second.empty()) item.label = fmt::format("{} (-{})", above->second.second, n);
      }
      text_numbers_.emplace(item.id, std::pair(std::move(item.number), std::move(item.label)));
    }
  }

  names_.entity = [this](EntityId id) {
    // A bare number inside a sentence of time would read as a quantity.
    if (!IsKind(program_, id, words_.task_kind)) return Object(id);
    return fmt::format("{} {}", Spelling(program_.kinds[words_.task_kind].word), Object(id));
  };
  names_.is_work = [this](EntityId id) { return IsKind(program_, id, words_.task_kind) || IsKind(program_, id, words_.milestone_kind); };
  names_.words = [this](Symbol words) { return program_.text(words); };

  entry_of_row_.assign(count(words_.entry_kind), ir::kNone);
  for (size_t i = 0; i < program.entries.size(); ++i) {
    const EntityId object = program.entries[i].object;
    if (IsKind(program, object, words_.entry_kind)) entry_of_row_[program.entity(object).row] = static_cast<uint32_t>(i);
  }
  if (words_.milestone_kind == ir::kNoKind) return;
  for (size_t i = 0; i < program.entities.size(); ++i) {
    const ir::Entity& entity = program.entities[i];
    if (entity.kind == words_.milestone_kind) milestones_[entity.parent].push_back(EntityId{static_cast<uint32_t>(i)});
  }
}

std::string_view Printer::Spelling(ir::WordId word) const {
  if (word >= program_.words.size()) return {};
  const ir::Word& found = program_.words[word];
  const std::string& spelling = language_ == Language::kVietnamese ? found.vi : found.en;
  return spelling.empty() ? found.id : spelling;
}

std::string Printer::Object(EntityId id) const {
  if (id == EntityId::kNone) return {};
  const ir::Entity& entity = program_.entity(id);
  if (entity.kind == words_.task_kind || entity.kind == words_.section_kind) {
    if (const std::string& label = numbers_.Label(id); !label.empty()) return label;
  }
  const bool numbered = entity.name == Symbol::kEmpty || entity.kind == words_.section_kind || entity.kind == words_.task_kind;
  if (const auto text = text_numbers_.find(id); text != text_numbers_.end() && numbered) {
    if (!text->second.second.empty()) return text->second.second;
  }
  if (entity.kind == words_.clause_kind && entity.name == Symbol::kEmpty) return Opening(TextNamed(program_, id, "wording"));
  if (entity.kind == words_.time_kind && entity.row < program_.times.size()) {
    return Print(program_.times[entity.row], language_, names_);
  }
  if (entity.kind == words_.entry_kind) {
    if (entry_of_row_[entity.row] != ir::kNone) return EntryText(program_.entries[entry_of_row_[entity.row]]);
    if (const ir::Entry* entry = program_.FindEntry(id).entry) return EntryText(*entry);
  }
  if (entity.kind == words_.step_kind && entity.row < program_.steps.size()) return StepText(program_.steps[entity.row]);
  if (entity.kind == words_.statement_kind && entity.row < program_.statements.size()) return StatementText(program_.statements[entity.row]);
  if (const ir::SeriesRow* row = entity.kind == words_.row_kind || entity.kind == words_.reference_row_kind ? RowOf(id) : nullptr) {
    if (row->horizon == ir::kAbsent) return SeriesValue(id);
    const std::string aim = WordOf(row->verb) == "strive" ? fmt::format("{} ", Spelling(row->verb)) : std::string();
    return fmt::format("{}{} ({})", aim, SeriesValue(id), Date(static_cast<int32_t>(row->horizon)).ymd().year);
  }
  if (entity.title != Symbol::kEmpty) return std::string(program_.text(entity.title));
  if (const std::string_view symbol = TextNamed(program_, id, "symbol"); !symbol.empty()) return std::string(symbol);
  if (const ir::Cell symbol = PropertyOf(program_, id, "symbol"); symbol != ir::kAbsent) {
    return std::string(program_.text(static_cast<Symbol>(symbol)));
  }
  if (entity.name != Symbol::kEmpty) return std::string(program_.text(entity.name));
  return std::string(entity.kind < program_.kinds.size() ? Spelling(program_.kinds[entity.kind].word) : std::string_view());
}

std::string Printer::RestDaysText() const {
  switch (program_.frame.rest_days) {
    case RestDayPolicy::kKeep: return Say(Phrase::kRestDaysKept, language_);
    case RestDayPolicy::kBefore: return Say(Phrase::kRestDaysBefore, language_);
    case RestDayPolicy::kAfter: return Say(Phrase::kRestDaysAfter, language_);
  }
  return {};
}

std::string Printer::StepText(const ir::Step& step) const {
  using Kind = ir::Step::Kind;
  const auto name = [&](EntityId id) { return id == EntityId::kNone ? std::string() : names_.entity(id); };
  const std::string owner = name(step.owner), other = name(step.other);
  const bool lead = step.length.count.mantissa() < 0;
  const std::string length =
      step.length.count.mantissa() == 0 ? "" : Print(Length{lead ? step.length.count.Negated() : step.length.count, step.length.unit}, language_);
  const std::string day = Value(ir::Type::kDate, step.day);
  const auto say = [&](Phrase phrase) { return Say(phrase, language_, {owner, other, length, day}); };
  switch (step.kind) {
    case Kind::kIssued: return say(Phrase::kStepIssued);
    case Kind::kNotBefore: return say(Phrase::kStepNotBefore);
    case Kind::kLasts: return say(Phrase::kStepLasts);
    case Kind::kNotLonger: return say(Phrase::kStepNotLonger);
    case Kind::kFollows: return say(length.empty() ? Phrase::kStepFollows : lead ? Phrase::kStepOverlaps : Phrase::kStepFollowsLag);
    case Kind::kNotBehind: return say(Phrase::kStepNotBehind);
    case Kind::kWithin: return say(Phrase::kStepWithin);
    case Kind::kExpected: return say(Phrase::kStepExpected);
    case Kind::kDue: return say(step.owner == program_.plan ? Phrase::kStepPlanEnds : Phrase::kStepDue);
    case Kind::kPart: return say(Phrase::kStepPart);
  }
  return {};
}

std::string Printer::Value(ir::Type type, ir::Cell cell) const {
  if (cell == ir::kAbsent) return {};
  const bool vietnamese = language_ == Language::kVietnamese;
  const auto length = [&](TimeUnit unit) { return Print(Length{Decimal::FromCell(cell), unit}, language_); };
  switch (type) {
    case ir::Type::kEntity: return Object(static_cast<EntityId>(cell));
    case ir::Type::kText: return std::string(program_.text(static_cast<Symbol>(cell)));
    case ir::Type::kWord: return std::string(Spelling(static_cast<ir::WordId>(cell)));
    case ir::Type::kBool: return cell != 0 ? (vietnamese ? "có" : "yes") : (vietnamese ? "không" : "no");
    case ir::Type::kDate: return Date(static_cast<int32_t>(cell)).ToString(language_);
    case ir::Type::kNumber: return Decimal::FromCell(cell).ToString(language_);
    case ir::Type::kPercent: {
      const Decimal fraction = Decimal::FromCell(cell);
      const auto percent = fraction.Times(Decimal::FromInt(100));
      return percent ? Of(percent, language_) + "%" : fraction.ToString(language_);
    }
    case ir::Type::kDays: return length(TimeUnit::kDay);
    case ir::Type::kWorkingDays: return length(TimeUnit::kWorkingDay);
    case ir::Type::kMonths: return length(TimeUnit::kMonth);
    case ir::Type::kMoney: return Decimal::FromCell(cell).ToString(language_) + (vietnamese ? " đồng" : " VND");
  }
  return {};
}

std::string Printer::List(const std::vector<std::string>& values, size_t most) const {
  const bool vietnamese = language_ == Language::kVietnamese;
  const std::string_view last_mark = vietnamese ? " và " : " and ";
  std::string text;
  // Numbers are short and may be many; of long titles a few are enough for a sentence.
  constexpr size_t kLong = 360;   // bytes
  size_t printed = 0;
  for (size_t bytes = 0; printed < std::min(values.size(), most) && (printed < 3 || bytes < kLong); ++printed) {
    bytes += values[printed].size() + 2;
  }
  for (size_t i = 0; i < printed; ++i) {
    if (i > 0) text += i + 1 == values.size() ? last_mark : ", ";
    text += values[i];
  }
  if (printed == values.size()) return text;
  if (printed > 0) text += last_mark;
  return text + fmt::format("{} {}", values.size() - printed, vietnamese ? "mục khác" : "more");
}

std::string Printer::Party(const ir::Entry& entry) const {
  const bool vietnamese = language_ == Language::kVietnamese;
  const EntityId party = static_cast<EntityId>(entry.value);
  if (entry.member != ir::kNoWord) {
    if (entry.resolved != EntityId::kNone) return Object(entry.resolved);
    // No post of that name is in the register: say what was asked for.
    const std::string member = vietnamese && entry.member == words_.head ? "Người đứng đầu" : Capitalised(Spelling(entry.member));
    return fmt::format("{}{}{}", member, vietnamese ? " " : " of ", Object(party));
  }
  std::string text = Object(party);
  if (entry.mode != ir::kNoWord && entry.mode == words_.concerned) text += vietnamese ? " có liên quan" : " concerned";
  return text;
}

std::string Printer::EntryText(const ir::Entry& entry) const {
  if (entry.wording != Symbol::kEmpty) return std::string(program_.text(entry.wording));
  std::string text;
  if (entry.product != ir::kNoWord) text = Capitalised(Spelling(entry.product));
  else if (entry.value == ir::kAbsent) text = "";
  else if (entry.type == ir::Type::kEntity) text = Party(entry);
  else text = Value(entry.type, entry.value);
  if (entry.mode == words_.at_most && ir::IsDecimal(entry.type)) text = fmt::format("{} {}", Spelling(words_.at_most), text);
  if (entry.lag != ir::kNone) text += LagText(program_.lags[entry.lag]);
  if (entry.part != Symbol::kEmpty) text += fmt::format(" ({})", program_.text(entry.part));
  return text;
}

// « (thêm 5 ngày làm việc, không quá 30 ngày)»
std::string Printer::LagText(const ir::Lag& lag) const {
  std::string text;
  if (lag.least.unit != TimeUnit::kNone) {
    const bool lead = lag.least.count.mantissa() < 0;
    const Length length{lead ? lag.least.count.Negated() : lag.least.count, lag.least.unit};
    text = fmt::format("{} {}", Spelling(lead ? words_.overlap : words_.plus), Print(length, language_));
  }
  if (lag.most.unit != TimeUnit::kNone) Append(text, ", ", fmt::format("{} {}", Spelling(words_.at_most), Print(lag.most, language_)));
  return text.empty() ? text : fmt::format(" ({})", text);
}

// Milestones have no row of their own; the time cell of their task holds them: «Có văn bản đề xuất (Sở A): Trước ngày ...».
std::string Printer::DueWithMilestones(EntityId id, const ir::Field* stated) const {
  std::string text;
  if (stated != nullptr) {
    for (uint32_t i = 0; i < stated->entry_count; ++i) {
      const ir::Entry& entry = program_.entries[stated->first_entry + i];
      const EntityId time = entry.type == ir::Type::kEntity ? static_cast<EntityId>(entry.value) : EntityId::kNone;
      const bool points_below = entry.wording == Symbol::kEmpty && entry.value != ir::kAbsent &&
                                IsKind(program_, time, words_.time_kind) &&
                                program_.times[program_.entity(time).row].form == Time::Form::kAsBelow;
      if (!points_below) Append(text, "; ", EntryText(entry));
    }
  }
  for (const EntityId milestone : milestones_.find(id)->second) {
    std::string step(program_.text(program_.entity(milestone).title));
    if (const std::string lead = FieldCell(milestone, words_.lead); !lead.empty()) step += fmt::format(" ({})", lead);
    Append(step, ": ", FieldCell(milestone, words_.due));
    Append(text, "; ", step);
  }
  return text;
}

std::string Printer::FieldCell(EntityId id, ir::WordId field) const {
  if (id == EntityId::kNone || field == ir::kNoWord) return {};
  const ir::Field* stated = program_.FindField(id, field);
  if (stated != nullptr && stated->written != Symbol::kEmpty) return std::string(program_.text(stated->written));
  if (field == words_.due && milestones_.contains(id)) return DueWithMilestones(id, stated);
  if (stated == nullptr) {
    if (field == words_.title) return std::string(program_.text(program_.entity(id).title));
    if (field == words_.number) {
      const auto text = text_numbers_.find(id);
      return text == text_numbers_.end() ? numbers_.Own(id) : text->second.first;
    }
    return {};
  }
  if (stated->none) return language_ == Language::kVietnamese ? "Không" : "None";
  if (field == words_.duration && stated->entry_count == 2) {   // from … to …
    const ir::Entry *least = &program_.entries[stated->first_entry], *most = least + 1;
    return Say(Phrase::kDayToDay, language_, {Value(least->type, least->value), Value(most->type, most->value)});
  }
  if (field == words_.baseline && stated->entry_count == 2) {   // its value, and the time that it is of
    const ir::Entry& value = program_.entries[stated->first_entry];
    std::string told = Value(value.type, value.value);
    Append(told, ", ", program_.text(value.wording));
    return fmt::format("{} ({})", told, EntryText(program_.entries[stated->first_entry + 1]));
  }
  std::string text;
  for (uint32_t i = 0; i < stated->entry_count; ++i) {
    Append(text, "; ", EntryText(program_.entries[stated->first_entry + i]));
  }
  return text;
}

}  // namespace ordo::report
