// Other plans as a reference: an upper plan, the previous one, a sibling. A reference is built as a model of its own, from its
// file or from the targets and tasks quoted in its block; what the plan is held against comes over as objects of kinds of their
// own, so that no rule takes them for the plan's. Names inside are `reference.name`.
#include <algorithm>

#include "compiler/model/builder.h"
#include "compiler/model/task_groups.h"
#include "fmt/format.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

const ir::Field* FieldOf(const ir::Program& program, EntityId id, W key) {
  return program.FindField(id, static_cast<ir::WordId>(key));
}

// Whether a commune or ward is among those named: a unit of that tier, or a group that says so.
bool NamesCommunes(const ir::Program& program, EntityId id, bool* any) {
  bool found = false;
  for (const W key : {W::key_lead, W::key_support, W::key_accountable}) {
    const ir::Field* field = FieldOf(program, id, key);
    for (uint32_t i = 0; field && i < field->entry_count; ++i) {
      const ir::Entry& entry = program.entries[field->first_entry + i];
      if (entry.type != ir::Type::kEntity || entry.value == ir::kAbsent) continue;
      *any = true;
      const auto party = static_cast<EntityId>(entry.value);
      const ir::Field* tier = FieldOf(program, party, W::key_tier);
      if (tier && tier->entry_count > 0 && program.entries[tier->first_entry].value == static_cast<ir::Cell>(W::word_commune))
        found = true;
      const ir::Field* members =
          WordOfKind(program.entity(party).kind) == W::kind_group ? FieldOf(program, party, W::key_members) : nullptr;
      for (uint32_t m = 0; members && m < members->entry_count; ++m) {
        const ir::Entry& member = program.entries[members->first_entry + m];
        const ir::Field* of =
            member.type == ir::Type::kEntity ? FieldOf(program, static_cast<EntityId>(member.value), W::key_tier) : nullptr;
        found |= of && of->entry_count > 0 && program.entries[of->first_entry].value == static_cast<ir::Cell>(W::word_commune);
      }
      // «UBND các xã, phường»: an open group has no members to ask.
      const std::string title = FoldName(program.text(program.entity(party).title));
      const std::string spaced = fmt::format(" {} ", title);
      for (const std::string_view word :
           {" xa ", " xã ", " phuong ", " phường ", " commune ", " communes ", " ward ", " wards "}) {
        found |= spaced.find(word) != std::string::npos ||
                 spaced.find(fmt::format("{},", word.substr(0, word.size() - 1))) != std::string::npos;
      }
    }
  }
  return found;
}

}  // namespace

// The units that lead, by their folded titles in the order of the alphabet: what two plans, whose names differ, can be compared by.
Symbol LeadInWords(const ir::Program& program, EntityId task) {
  std::vector<std::string> titles;
  const ir::Field* field = FieldOf(program, task, W::key_lead);
  for (uint32_t e = 0; field && e < field->entry_count; ++e) {
    const ir::Entry& entry = program.entries[field->first_entry + e];
    if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent) titles.push_back(FoldName(program.text(program.entity(static_cast<EntityId>(entry.value)).title)));
  }
  std::sort(titles.begin(), titles.end());
  return titles.empty() ? Symbol::kEmpty : program.strings->Intern(fmt::format("{}", fmt::join(titles, "; ")));
}

// Of the reports that the plan asks for, the shortest rhythm; absent without one.
ir::Cell MonthsBetweenReports(const ir::Program& program) {
  std::optional<Decimal> least;
  for (size_t i = 0; i < program.entities.size(); ++i) {
    if (WordOfKind(program.entities[i].kind) != W::kind_reporting) continue;
    const ir::Field* field = FieldOf(program, static_cast<EntityId>(i), W::key_rhythm);
    for (uint32_t e = 0; field && e < field->entry_count; ++e) {
      const ir::Entry& entry = program.entries[field->first_entry + e];
      if (entry.type != ir::Type::kEntity) continue;
      const Time& time = program.times[program.entity(static_cast<EntityId>(entry.value)).row];
      if (time.form != Time::Form::kEvery) continue;
      std::optional<Decimal> months;
      switch (time.rhythm.unit) {
        case TimeUnit::kWeek: months = time.rhythm.count.Times(*Decimal::Make(25, 2)); break;
        case TimeUnit::kMonth: months = time.rhythm.count; break;
        case TimeUnit::kQuarter: months = time.rhythm.count.Times(Decimal::FromInt(3)); break;
        case TimeUnit::kHalfYear: months = time.rhythm.count.Times(Decimal::FromInt(6)); break;
        case TimeUnit::kYear: months = time.rhythm.count.Times(Decimal::FromInt(12)); break;
        default: break;
      }
      if (months && (!least || *months < *least)) least = months;
    }
  }
  return least ? least->cell() : ir::kAbsent;
}

void Builder::DeclareReferences() {
  if (options_.as_reference) return;
  // Objects are added while going through them.
  const std::vector<EntityId> references = model_->by_kind[KindOf(W::kind_reference)];
  for (const EntityId id : references) {
    const auto [ast, block] = model_->blocks[static_cast<uint32_t>(id)];
    if (!ast) continue;
    BuildOptions options;
    options.require_plan = false;
    options.as_reference = true;
    options.days = options_.days;
    options.terms = options_.terms;
    const ReferenceFile* file = nullptr;
    for (size_t i = 0; options_.references && i < options_.references->size(); ++i) {
      const ReferenceFile& one = (*options_.references)[i];
      if (one.ast == ast && one.block == block) file = &one;
    }
    if (file) {
      if (file->parts.empty()) {  // told when it was read
        unread_references_.insert(id);
        continue;
      }
      Emitter own(emitter_.language());
      const std::unique_ptr<Model> other = Builder(program_.strings, options, own).Run(file->parts);
      if (own.has_errors() || file->broken) {
        emitter_.Emit(Code::kReferenceBroken, file->span, {file->path});
        unread_references_.insert(id);
        continue;
      }
      if (other->program.plan != EntityId::kNone && entity(id).title == Symbol::kEmpty) {
        entity(id).title = other->program.entity(other->program.plan).title;
      }
      model_->reference_hashes[id] = Intern(file->hash);
      TakeReference(id, *other);
    } else {
      const std::unique_ptr<Model> quoted = Builder(program_.strings, options, emitter_).Run({{ast, block, false, true}});
      TakeReference(id, *quoted);
    }
  }
}

void Builder::TakeReference(EntityId reference, const Model& other) {
  const ir::Program& from = other.program;
  const auto text_of = [&](EntityId id, W key) {
    const ir::Field* field = FieldOf(from, id, key);
    if (!field || field->entry_count == 0) return Symbol::kEmpty;
    const ir::Entry& entry = from.entries[field->first_entry];
    if (entry.type == ir::Type::kText) return static_cast<Symbol>(entry.value);
    return entry.type == ir::Type::kEntity ? from.entity(static_cast<EntityId>(entry.value)).title : Symbol::kEmpty;
  };
  const auto add = [&](W kind, EntityId id) {
    const ir::Entity& object = from.entity(id);
    const EntityId made = AddObject(kind, object.name, object.title, reference, Span(object.span), nullptr, 0);
    if (object.name != Symbol::kEmpty) local_names_.emplace(std::pair(static_cast<uint32_t>(reference), object.name), made);
    return made;
  };
  for (const EntityId id : other.by_kind[KindOf(W::kind_target)]) {
    const EntityId made = add(W::type_reference_target, id);
    ReferenceTarget target;
    bool any = false;
    const bool communes = NamesCommunes(from, id, &any);
    target.addressed = communes || !any;  // nobody named: asked of all
    target.measured_in = text_of(id, W::key_measured_in);
    const ir::Field* indicator = FieldOf(from, id, W::key_indicator);
    if (indicator && indicator->entry_count > 0 && from.entries[indicator->first_entry].type == ir::Type::kEntity) {
      const ir::Entity& named = from.entity(static_cast<EntityId>(from.entries[indicator->first_entry].value));
      target.indicator = named.name;
      if (entity(made).title == Symbol::kEmpty) entity(made).title = named.title;
    }
    model_->reference_targets.push_back(target);
    for (ir::SeriesRow row : from.SeriesOf(id)) {
      const ir::Entity& object = from.entity(row.object);
      // Ids of the other plan mean nothing here; what they say is kept in words.
      if (row.per_object != EntityId::kNone) row.per = WordId(W::unit_commune);
      row.population = row.per_object = EntityId::kNone;
      if (row.out_of == Symbol::kEmpty) row.out_of = text_of(id, W::key_out_of);
      if (row.scope == Symbol::kEmpty) row.scope = text_of(id, W::key_scope);
      row.object = AddObject(W::type_reference_row, Symbol::kEmpty, object.title, made, Span(object.span), nullptr, 0);
      program_.reference_series.push_back(row);
    }
  }
  for (const EntityId id : other.by_kind[KindOf(W::kind_task)]) {
    add(W::type_reference_task, id);
    bool any = false;
    Model::ReferenceTask task;
    task.addressed = NamesCommunes(from, id, &any);
    const ir::Field* due = FieldOf(from, id, W::key_due);
    for (uint32_t e = 0; due && e < due->entry_count; ++e) {
      const ir::Entry& entry = from.entries[due->first_entry + e];
      if (entry.type != ir::Type::kEntity) continue;
      const auto last = Resolve(from.times[from.entity(static_cast<EntityId>(entry.value)).row], from.Context()).last;
      if (last && (task.last_day == ir::kAbsent || last->days() > task.last_day)) task.last_day = last->days();
    }
    task.lead_words = LeadInWords(from, id);
    model_->reference_tasks.push_back(task);
  }
  for (const TaskGroup& group : TaskGroupsOf(from)) {
    const EntityId made = AddObject(W::type_reference_section, Symbol::kEmpty, from.entity(group.section).title, reference, Span(from.entity(group.section).span), nullptr, 0);
    (void)made;
    model_->reference_groups.push_back(group.ordinal);
  }
  Model::ReferencePlan& plan = model_->reference_plans[reference];
  plan.report_months = MonthsBetweenReports(from);
  for (const auto& passage : other.prose) plan.prose.push_back(passage);
}

}  // namespace ordo
