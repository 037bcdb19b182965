#include "runtime/diff/compare.h"

#include <algorithm>

#include <fmt/format.h>

#include "absl/container/flat_hash_set.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/emitter.h"
#include "runtime/diff/match.h"
#include "runtime/diff/order.h"
#include "runtime/diff/values.h"
#include "runtime/report/print.h"
#include "runtime/report/text.h"

namespace ordo::diff {
namespace {

using Edition = Values::Edition;
using enum Values::Edition;

constexpr size_t kOpening = 60;  // bytes of a text that stand for it

std::optional<Part> PartOf(std::string_view kind) {
  if (kind == "plan") return Part::kHeader;
  if (kind == "task" || kind == "milestone" || kind == "amendment") return Part::kTasks;
  if (kind == "target" || kind == "indicator" || kind == "budget" || kind == "condition") return Part::kTargets;
  if (kind == "reporting") return Part::kReporting;
  if (kind == "section" || kind == "clause" || kind == "requirement") return Part::kTexts;
  if (kind == "appendix" || kind == "table" || kind == "matrix" || kind == "duties") return Part::kTables;
  if (kind == "unit" || kind == "post" || kind == "group" || kind == "document" || kind == "event" || kind == "period" || kind == "term")
    return Part::kRegister;
  return std::nullopt;
}

Facet FacetOf(std::string_view key) {
  constexpr std::string_view kOwners[] = {"accountable", "sponsor",  "lead",    "support",   "drafting",   "appraisal",   "extra_hands",
                                          "submit_to",   "approval", "monitor", "oversight", "informed",   "escalate_to", "from",
                                          "through",     "to",       "copy",    "signed_by", "recipients", "issued_by",   "members"};
  constexpr std::string_view kTimes[] = {"due", "starts", "duration", "rhythm", "data_until", "issue_date", "period", "valid", "on"};
  constexpr std::string_view kValues[] = {"baseline", "measured_in", "out_of",    "scope",     "total",
                                          "cost",     "value",       "must_hold", "done_when", "better_when"};
  const auto among = [&](std::span<const std::string_view> keys) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  if (among(kOwners)) return Facet::kOwner;
  if (among(kTimes)) return Facet::kTime;
  if (key == "product") return Facet::kProduct;
  if (among(kValues)) return Facet::kValue;
  return key == "title" || key == "wording" ? Facet::kText : Facet::kOther;
}

// Told elsewhere, or no part of what a plan says: where files lie, what the machine needs to read a register.
bool IsLeftOut(std::string_view kind, std::string_view key) {
  constexpr std::string_view kAlways[] = {"journal", "rule_set", "rule_sets_in", "text_file", "at_lines",
                                          "file",    "lock",     "also_written", "must_hold", "done_when"};
  if (std::find(std::begin(kAlways), std::end(kAlways), key) != std::end(kAlways)) return true;
  return key == "number" && kind != "plan";
}

class Comparer {
 public:
  Comparer(const ir::Program& was, const ir::Program& now, Language language, std::span<const Part> parts)
      : programs_{&was, &now},
        language_(language),
        printers_{{was, language}, {now, language}},
        matching_(Match(was, now)),
        values_(was, now, matching_, printers_[kWas], printers_[kNow]),
        words_{report::Words(was), report::Words(now)} {
    for (const Part part : {Part::kHeader, Part::kTasks, Part::kTargets, Part::kReporting, Part::kTexts, Part::kTables, Part::kRegister}) {
      wanted_[static_cast<size_t>(part)] = parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    }
    for (const Edition edition : {kWas, kNow}) {
      FindUsed(edition);
      for (const ir::TableDeclaration& table : programs_[edition]->tables) tables_[edition][table.object] = &table;
    }
  }

  Differences Run() {
    moves_ = FindMoves(*programs_[kWas], *programs_[kNow], matching_);
    const ir::Program &was = *programs_[kWas], &now = *programs_[kNow];
    // What was dropped, behind the object of the new edition that it stood behind.
    absl::flat_hash_map<EntityId, std::vector<EntityId>> dropped;
    EntityId before = EntityId::kNone;
    bool said[2] = {false, false}, found = false;
    for (size_t i = 0; i < was.entities.size(); ++i) {
      const auto id = static_cast<EntityId>(i);
      const auto part = PartOf(KindOf(was, id));
      if (!part || *part == Part::kRegister) continue;
      const bool content = *part != Part::kHeader && *part != Part::kTables;
      said[kWas] |= content;
      if (matching_.Now(id) != EntityId::kNone) {
        found |= content;
        before = matching_.Now(id);
      } else if (!IsInside(was, id, kWas)) {
        dropped[before].push_back(id);
      }
    }
    const auto drop = [&](EntityId behind) {
      const auto list = dropped.find(behind);
      if (list == dropped.end()) return;
      for (const EntityId id : list->second) AddAlone(kWas, id);
    };
    drop(EntityId::kNone);
    for (size_t i = 0; i < now.entities.size(); ++i) {
      const auto id = static_cast<EntityId>(i);
      const auto part = PartOf(KindOf(now, id));
      if (!part) continue;
      said[kNow] |= *part != Part::kHeader && *part != Part::kTables && *part != Part::kRegister;
      const EntityId old = matching_.Was(id);
      if (old == EntityId::kNone) {
        if (*part != Part::kRegister && !IsInside(now, id, kNow)) AddAlone(kNow, id);
      } else if (*part != Part::kRegister || (used_[kWas].contains(old) && used_[kNow].contains(id))) {
        ComparePair(*part, old, id);
      }
      drop(id);
    }
    std::stable_sort(out_.changes.begin(), out_.changes.end(), [](const Change& a, const Change& b) { return a.part < b.part; });
    out_.nothing_alike = said[kWas] && said[kNow] && !found;
    const auto year = [](const ir::Program& program) {
      return program.frame.first_day == ir::kAbsent ? 0 : Date(static_cast<int32_t>(program.frame.first_day)).ymd().year;
    };
    out_.was_year = year(was);
    out_.now_year = year(now);
    out_.was_name = NameOf(kWas);
    out_.now_name = NameOf(kNow);
    return std::move(out_);
  }

 private:
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) const { return ordo::Say(phrase, language_, arguments); }

  std::string NameOf(Edition edition) const {
    const ir::Program& program = *programs_[edition];
    if (program.plan == EntityId::kNone) return {};
    std::string name(report::TextNamed(program, program.plan, "number"));
    if (name.empty()) name = Shortened(program.text(program.entity(program.plan).title), kOpening);
    if (program.frame.issue_date == ir::kAbsent) return name;
    return Say(Phrase::kDiffDated, {name, Date(static_cast<int32_t>(program.frame.issue_date)).ToString(language_)});
  }

  // A milestone belongs to its task: of a task that was added or dropped it is told with it.
  bool IsInside(const ir::Program& program, EntityId id, Edition edition) const {
    const EntityId parent = program.entity(id).parent;
    if (KindOf(program, id) != "milestone" || parent == EntityId::kNone) return false;
    return (edition == kWas ? matching_.Now(parent) : matching_.Was(parent)) == EntityId::kNone;
  }

  // What the plan itself names: registers hold more, and differ in more, than a plan needs.
  void FindUsed(Edition edition) {
    const ir::Program& program = *programs_[edition];
    std::vector<EntityId> open;
    const auto use = [&](EntityId id) {
      if (id != EntityId::kNone && PartOf(KindOf(program, id)) == Part::kRegister && used_[edition].insert(id).second) open.push_back(id);
    };
    const auto use_fields = [&](EntityId id) {
      const ir::Entity& entity = program.entity(id);
      for (uint32_t f = entity.first_field; f < entity.first_field + entity.field_count; ++f) {
        for (uint32_t e = program.fields[f].first_entry; e < program.fields[f].first_entry + program.fields[f].entry_count; ++e) {
          const ir::Entry& entry = program.entries[e];
          if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent) use(static_cast<EntityId>(entry.value));
        }
      }
    };
    for (size_t i = 0; i < program.entities.size(); ++i) {
      const auto part = PartOf(KindOf(program, static_cast<EntityId>(i)));
      if (part && *part != Part::kRegister) use_fields(static_cast<EntityId>(i));
    }
    for (const Time& time : program.times) {
      use(time.anchor);
      for (const Point* point : {&time.from, &time.to, &time.expected, &time.limit, &time.since}) use(point->named);
    }
    for (const ir::SeriesRow& row : program.series) {
      use(row.per_object);
      use(row.population);
    }
    while (!open.empty()) {  // members of groups that are used
      const EntityId id = open.back();
      open.pop_back();
      if (KindOf(program, id) == "group") use_fields(id);
    }
  }

  // Targets stand in tables of their own; only a number that the plan keeps as issued tells where.
  std::string NumberOf(Edition edition, EntityId id) const {
    const ir::Program& program = *programs_[edition];
    if (KindOf(program, id) == "target" && report::FieldNamed(program, id, "number") == nullptr) return {};
    const std::string number = printers_[edition].NumberOf(id);
    // A dash is no number: what it counts shifts with every paragraph that is put in.
    return KindOf(program, id) == "clause" && number.find(" (-") != std::string::npos ? std::string() : number;
  }

  // «mục «I. Nhận thức»»
  std::string PlaceOf(Edition edition, EntityId id) const {
    const ir::Program& program = *programs_[edition];
    const EntityId parent = program.entity(id).parent;
    if (parent == EntityId::kNone) return Say(Phrase::kDiffNoSection);
    std::string title = NumberOf(edition, parent);
    report::Append(title, ". ", Shortened(EvenBlanks(TitleOf(program, parent)), 2 * kOpening));
    return Say(KindOf(program, parent) == "task" ? Phrase::kDiffTask : Phrase::kDiffSection, {title});
  }

  Side SideOf(Edition edition, EntityId id) const {
    const ir::Program& program = *programs_[edition];
    const ir::Entity& entity = program.entity(id);
    Side side;
    side.there = true;
    side.name = program.text(entity.name);
    side.number = NumberOf(edition, id);
    side.title = KindOf(program, id) == "clause" ? Shortened(EvenBlanks(TitleOf(program, id)), 2 * kOpening) : EvenBlanks(TitleOf(program, id));
    if (side.title.empty()) side.title = side.name;
    if (id != program.plan) side.place = PlaceOf(edition, id);
    side.in_section = entity.parent != EntityId::kNone;
    side.at = entity.span;
    return side;
  }

  Change Begin(Part part, Change::Kind kind, Edition edition, EntityId id) const {
    Change change;
    change.part = part;
    change.kind = kind;
    change.object = KindOf(*programs_[edition], id);
    change.object_word = printers_[edition].Spelling(programs_[edition]->kinds[programs_[edition]->entity(id).kind].word);
    return change;
  }
  std::string Label(Edition edition, ir::WordId word) const { return report::Capitalised(printers_[edition].Spelling(word)); }
  // A paragraph by its number, else by its first words: its name is for the machine.
  std::string TextOf(Edition edition, const ir::Entry& entry) const {
    if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent && entry.wording == Symbol::kEmpty) {
      const auto id = static_cast<EntityId>(entry.value);
      if (KindOf(*programs_[edition], id) == "clause") {
        const std::string number = NumberOf(edition, id);
        return number.empty() ? fmt::format("«{}»", Shortened(EvenBlanks(TitleOf(*programs_[edition], id)), kOpening)) : number;
      }
    }
    return printers_[edition].EntryText(entry);
  }
  std::string TextOf(Edition edition, EntityId id, const ir::Field* field, bool with_milestones = false) const {
    if (field == nullptr) return {};
    const ir::Program& program = *programs_[edition];
    const std::span entries = std::span(program.entries).subspan(field->first_entry, field->entry_count);
    const bool clauses = !entries.empty() && entries[0].type == ir::Type::kEntity && entries[0].value != ir::kAbsent &&
                         KindOf(program, static_cast<EntityId>(entries[0].value)) == "clause";
    // Milestones stand in the time cell of their task, but are objects of their own here.
    const bool own = clauses || (field->word == words_[edition].due && !with_milestones);
    if (!own || field->none || field->written != Symbol::kEmpty) return EvenBlanks(printers_[edition].FieldCell(id, field->word));
    std::string text;
    for (const ir::Entry& entry : entries) report::Append(text, "; ", TextOf(edition, entry));
    return text;
  }
  static Span SpanOf(const ir::Field* field) { return field == nullptr ? Span() : field->span; }

  // Something that only one edition has, with all that it says.
  void AddAlone(Edition edition, EntityId id) {
    const ir::Program& program = *programs_[edition];
    const std::string_view kind = KindOf(program, id);
    const Part part = *PartOf(kind);
    if (!wanted_[static_cast<size_t>(part)]) return;
    Change change = Begin(part, edition == kWas ? Change::Kind::kDropped : Change::Kind::kAdded, edition, id);
    (edition == kWas ? change.was : change.now) = SideOf(edition, id);
    const auto state = [&](std::string key, std::string label, std::string text, Span at) {
      if (text.empty()) return;
      Piece piece;
      piece.facet = FacetOf(key);
      piece.key = std::move(key);
      piece.label = std::move(label);
      (edition == kWas ? piece.was : piece.now) = std::move(text);
      (edition == kWas ? piece.was_at : piece.now_at) = at;
      change.pieces.push_back(std::move(piece));
    };
    const ir::Entity& entity = program.entity(id);
    for (uint32_t f = entity.first_field; f < entity.first_field + entity.field_count; ++f) {
      const ir::Field& field = program.fields[f];
      const std::string key = program.word(field.word).id;
      if (IsLeftOut(kind, key) || part == Part::kTables) continue;
      state(key, Label(edition, field.word), TextOf(edition, id, &field, true), field.span);
    }
    for (const ir::SeriesRow& row : program.SeriesOf(id))
      state("value", RowLabel(edition, row), printers_[edition].SeriesCell(row.object), program.entity(row.object).span);
    state("must_hold", ConditionLabel(edition, id), values_.ConditionText(edition, id), entity.span);
    if (part == Part::kTables) state("columns", Say(Phrase::kDiffColumns), ColumnsOf(edition, id).first, entity.span);
    out_.changes.push_back(std::move(change));
  }

  void ComparePair(Part part, EntityId was, EntityId now) {
    if (!wanted_[static_cast<size_t>(part)]) return;
    const ir::Program &a = *programs_[kWas], &b = *programs_[kNow];
    pieces_.clear();
    CompareText("title", Label(kNow, words_[kNow].title), TextOfTitle(a, was), TextOfTitle(b, now), a.entity(was).span, b.entity(now).span);
    if (part == Part::kTables) {
      const auto [text, key] = ColumnsOf(kWas, was);
      const auto [text_now, key_now] = ColumnsOf(kNow, now);
      if (key != key_now) Told("columns", Say(Phrase::kDiffColumns), text, text_now, a.entity(was).span, b.entity(now).span);
      const std::string caption = CaptionOf(kWas, was), caption_now = CaptionOf(kNow, now);
      CompareText("caption", Label(kNow, b.FindWord("caption")), caption, caption_now, a.entity(was).span, b.entity(now).span);
    } else {
      CompareFields(was, now);
      CompareSeries(was, now);
      if (values_.ConditionKey(kWas, was) != values_.ConditionKey(kNow, now)) {
        Told("must_hold", ConditionLabel(kNow, now), values_.ConditionText(kWas, was), values_.ConditionText(kNow, now), a.entity(was).span,
             b.entity(now).span);
      }
    }
    const auto move = moves_.moved.find(now);
    if (move == moves_.moved.end() && moves_.quiet.contains(now)) CompareNumbers(was, now);
    if (pieces_.empty() && move == moves_.moved.end()) return;
    Change change = Begin(part, Change::Kind::kChanged, kNow, now);
    change.was = SideOf(kWas, was);
    change.now = SideOf(kNow, now);
    if (move != moves_.moved.end()) change.move = move->second ? Change::Move::kElsewhere : Change::Move::kReordered;
    change.pieces = std::move(pieces_);
    out_.changes.push_back(std::move(change));
  }
  static std::string_view TextOfTitle(const ir::Program& program, EntityId id) { return program.text(program.entity(id).title); }

  Piece& Told(std::string key, std::string label, std::string was, std::string now, Span was_at, Span now_at) {
    Piece& piece = pieces_.emplace_back();
    piece.facet = FacetOf(key);
    piece.key = std::move(key);
    piece.label = std::move(label);
    piece.was = std::move(was);
    piece.now = std::move(now);
    piece.was_at = was_at;
    piece.now_at = now_at;
    return piece;
  }

  void CompareText(std::string key, std::string label, std::string_view was, std::string_view now, Span was_at, Span now_at) {
    if (ReadsAlike(was, now)) return;
    const bool wording = FoldName(was) == FoldName(now);
    Piece& piece = Told(std::move(key), std::move(label), EvenBlanks(was), EvenBlanks(now), was_at, now_at);
    if (wording) piece.weight = Weight::kWording;
    if (!piece.was.empty() && !piece.now.empty()) piece.words = WordDiff(piece.was, piece.now);
  }

  void CompareFields(EntityId was, EntityId now) {
    const ir::Program &a = *programs_[kWas], &b = *programs_[kNow];
    const ir::Entity &x = a.entity(was), &y = b.entity(now);
    const std::string_view kind = KindOf(b, now);
    for (uint32_t f = y.first_field; f < y.first_field + y.field_count; ++f) {
      const ir::Field& field = b.fields[f];
      const std::string& key = b.word(field.word).id;
      if (!IsLeftOut(kind, key)) CompareField(key, field.word, was, now, report::FieldNamed(a, was, key), &field);
    }
    for (uint32_t f = x.first_field; f < x.first_field + x.field_count; ++f) {
      const ir::Field& field = a.fields[f];
      const std::string& key = a.word(field.word).id;
      if (!IsLeftOut(kind, key) && report::FieldNamed(b, now, key) == nullptr) CompareField(key, ir::kNoWord, was, now, &field, nullptr);
    }
  }

  void CompareField(const std::string& key, ir::WordId word, EntityId was, EntityId now, const ir::Field* old, const ir::Field* field) {
    const Values::Compared compared = values_.Fields(old, field);
    if (compared.same == Values::Same::kMeaning && !compared.wording) return;
    const std::string label = word != ir::kNoWord ? Label(kNow, word) : Label(kWas, old->word);
    Piece& piece = Told(key, label, TextOf(kWas, was, old), TextOf(kNow, now, field), SpanOf(old), SpanOf(field));
    if (compared.same == Values::Same::kMeaning) piece.weight = Weight::kWording;
    if (compared.same == Values::Same::kYear) piece.weight = Weight::kYear;
    // A plan's own period and day are what the years are reckoned from.
    if (piece.weight == Weight::kYear && PartOf(KindOf(*programs_[kNow], now)) == Part::kHeader) piece.weight = Weight::kMeaning;
    piece.days = compared.days;
    if (old == nullptr || field == nullptr) return;
    const bool texts = old->entry_count == 1 && field->entry_count == 1 && programs_[kWas]->entries[old->first_entry].type == ir::Type::kText &&
                       programs_[kNow]->entries[field->first_entry].type == ir::Type::kText;
    if (texts || piece.weight == Weight::kWording) {
      piece.words = WordDiff(piece.was, piece.now);
      return;
    }
    if (piece.facet == Facet::kTime) return;
    for (const ir::Entry* entry : compared.gone) piece.gone.push_back(TextOf(kWas, *entry));
    for (const ir::Entry* entry : compared.come) piece.come.push_back(TextOf(kNow, *entry));
  }

  std::string RowLabel(Edition, const ir::SeriesRow& row) const {
    const std::string value = Say(Phrase::kDiffValueLabel);
    if (row.horizon == ir::kAbsent) return value;
    return Say(Phrase::kDiffAtYear, {value, fmt::format("{}", Date(static_cast<int32_t>(row.horizon)).ymd().year)});
  }

  // Rows of one horizon and verb, then of one horizon, each in the order of the text.
  void CompareSeries(EntityId was, EntityId now) {
    const ir::Program &a = *programs_[kWas], &b = *programs_[kNow];
    const auto old_rows = a.SeriesOf(was);
    const auto new_rows = b.SeriesOf(now);
    std::vector<const ir::SeriesRow*> counterpart(new_rows.size(), nullptr);
    std::vector<bool> used(old_rows.size(), false);
    for (const bool with_verb : {true, false}) {
      const auto key = [&](const ir::Program& program, const ir::SeriesRow& row) {
        return std::pair(row.horizon, with_verb && row.verb < program.words.size() ? program.words[row.verb].id : std::string());
      };
      absl::flat_hash_map<std::pair<ir::Cell, std::string>, std::vector<size_t>> at;
      for (size_t i = old_rows.size(); i-- > 0;) {
        if (!used[i]) at[key(a, old_rows[i])].push_back(i);
      }
      for (size_t j = 0; j < new_rows.size(); ++j) {
        if (counterpart[j] != nullptr) continue;
        const auto found = at.find(key(b, new_rows[j]));
        if (found == at.end() || found->second.empty()) continue;
        counterpart[j] = &old_rows[found->second.back()];
        used[found->second.back()] = true;
        found->second.pop_back();
      }
    }
    for (size_t i = 0; i < old_rows.size(); ++i) {
      if (!used[i])
        Told("value", RowLabel(kWas, old_rows[i]), printers_[kWas].SeriesCell(old_rows[i].object), "", a.entity(old_rows[i].object).span, {});
    }
    for (size_t j = 0; j < new_rows.size(); ++j) {
      const ir::SeriesRow& row = new_rows[j];
      const Span at = b.entity(row.object).span;
      if (counterpart[j] == nullptr) {
        Told("value", RowLabel(kNow, row), "", printers_[kNow].SeriesCell(row.object), {}, at);
        continue;
      }
      const ir::SeriesRow& old = *counterpart[j];
      const Span old_at = a.entity(old.object).span;
      std::string cell = printers_[kWas].SeriesCell(old.object), cell_now = printers_[kNow].SeriesCell(row.object);
      if (!values_.SameRow(old, row)) {
        Told("value", RowLabel(kNow, row), std::move(cell), std::move(cell_now), old_at, at);
        continue;
      }
      // Written out in the plan itself: the wording of a target fills in the others.
      const bool own = old.written != Symbol::kEmpty || row.written != Symbol::kEmpty;
      const std::string written = own ? printers_[kWas].SeriesWording(old.object) : std::string(),
                        written_now = own ? printers_[kNow].SeriesWording(row.object) : std::string();
      if (!ReadsAlike(written, written_now)) {
        Piece& piece = Told("value", RowLabel(kNow, row), EvenBlanks(written), EvenBlanks(written_now), old_at, at);
        piece.weight = Weight::kWording;
        piece.words = WordDiff(piece.was, piece.now);
      }
    }
  }

  // A number that is kept as issued and changed though nothing beside it has.
  void CompareNumbers(EntityId was, EntityId now) {
    const ir::Field *old = report::FieldNamed(*programs_[kWas], was, "number"), *field = report::FieldNamed(*programs_[kNow], now, "number");
    if (old == nullptr || field == nullptr) return;
    const std::string_view a = report::TextNamed(*programs_[kWas], was, "number"), b = report::TextNamed(*programs_[kNow], now, "number");
    if (ReadsAlike(a, b)) return;
    Told("number", Label(kNow, field->word), std::string(a), std::string(b), old->span, field->span);
  }

  std::string ConditionLabel(Edition edition, EntityId id) const {
    return Label(edition, programs_[edition]->FindWord(KindOf(*programs_[edition], id) == "condition" ? "must_hold" : "done_when"));
  }

  const ir::TableDeclaration* TableOf(Edition edition, EntityId id) const {
    const auto found = tables_[edition].find(id);
    return found == tables_[edition].end() ? nullptr : found->second;
  }
  std::string CaptionOf(Edition edition, EntityId id) const {
    const ir::TableDeclaration* table = TableOf(edition, id);
    return table == nullptr ? std::string() : std::string(programs_[edition]->text(table->caption));
  }
  // Columns as headed, and a text that is equal where the columns mean the same and are headed alike.
  std::pair<std::string, std::string> ColumnsOf(Edition edition, EntityId id) const {
    std::string text, key;
    const ir::TableDeclaration* table = TableOf(edition, id);
    if (table == nullptr) return {};
    const ir::Program& program = *programs_[edition];
    for (const ir::TableColumn& column : table->columns) {
      const std::string heading = column.heading != Symbol::kEmpty  ? std::string(program.text(column.heading))
                                  : column.custom != Symbol::kEmpty ? std::string(program.text(column.custom))
                                  : column.party != EntityId::kNone ? printers_[edition].Object(column.party)
                                                                    : Label(edition, column.field);
      const size_t slot = heading.find("{}");  // a column a horizon
      report::Append(text, "; ", slot == std::string::npos ? heading : heading.substr(0, slot) + "…" + heading.substr(slot + 2));
      key +=
          fmt::format("{}|{}|{}|{}\n", column.field < program.words.size() ? program.words[column.field].id : "",
                      values_.ObjectKey(edition, column.party), program.text(column.custom), column.party != EntityId::kNone ? "" : EvenBlanks(heading));
    }
    return {text, key};
  }

  const ir::Program* const programs_[2];
  const Language language_;
  const report::Printer printers_[2];
  const Matching matching_;
  const Values values_;
  const report::Words words_[2];
  bool wanted_[std::size(kPartNames)] = {};
  absl::flat_hash_set<EntityId> used_[2];
  absl::flat_hash_map<EntityId, const ir::TableDeclaration*> tables_[2];
  Moves moves_;
  std::vector<Piece> pieces_;
  Differences out_;
};

}  // namespace

Differences Compare(const ir::Program& was, const ir::Program& now, Language language, std::span<const Part> parts) {
  return Comparer(was, now, language, parts).Run();
}

}  // namespace ordo::diff
