#include "runtime/report/agenda.h"

#include <algorithm>

#include <fmt/format.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/report/progress_text.h"
#include "runtime/report/words.h"

namespace ordo::report {
namespace {

using ir::kAbsent;

Date DayOf(ir::Cell day) { return Date(static_cast<int32_t>(day)); }

class AgendaBuilder {
 public:
  AgendaBuilder(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const solve::Schedule& schedule,
                const Progress& progress, const AgendaRequest& request)
      : program_(evaluation.program()),
        reminders_(reminders),
        schedule_(schedule),
        progress_(progress),
        request_(request),
        words_(program_),
        context_(program_.Context()),
        lead_(program_.FindWord("lead")) {
    const ir::RelationId members = program_.FindRelation("group.members");
    for (uint32_t i = 0; members != ir::kNone && i < evaluation.rows(members); ++i) {
      groups_of_[static_cast<EntityId>(evaluation.cell(members, i, 1))].insert(static_cast<EntityId>(evaluation.cell(members, i, 0)));
    }
    for (size_t i = 0; i < program_.entities.size(); ++i) {   // the post that «đứng đầu» of a unit has made
      const ir::Entity& entity = program_.entities[i];
      if (entity.kind == words_.milestone_kind) has_milestones_.insert(entity.parent);
      if (entity.kind != words_.post_kind || entity.name != Symbol::kEmpty || entity.parent == EntityId::kNone) continue;
      if (program_.text(entity.title) == TextNamed(program_, entity.parent, "head")) heads_.try_emplace(entity.parent, static_cast<EntityId>(i));
    }
  }

  Agenda Build() {
    Agenda agenda;
    agenda.as_of = progress_.as_of;
    agenda.until = request_.until;
    agenda.entries = progress_.entries;
    for (const ProgressItem& item : progress_.items) {
      if (item.done != kAbsent && !request_.with_done) continue;
      // «theo từng mốc dưới đây»: its steps are warned of, each by itself.
      const EntityId time = item.dues.empty() ? EntityId::kNone : item.dues.back().time;
      const bool below = time == EntityId::kNone || program_.times[program_.entity(time).row].form == Time::Form::kAsBelow;
      if (below && has_milestones_.contains(item.object)) continue;
      AgendaItem made = ItemOf(item, time);
      if (request_.party != EntityId::kNone && !PartOf(program_, made, request_.party).any()) continue;
      if (item.due == kAbsent) {
        if (item.done == kAbsent) agenda.undated.push_back(item);
        continue;
      }
      if (Shown(made)) agenda.items.push_back(std::move(made));
    }
    std::stable_sort(agenda.items.begin(), agenda.items.end(), [](const AgendaItem& a, const AgendaItem& b) { return a.due < b.due; });
    return agenda;
  }

 private:
  bool Shown(const AgendaItem& item) const {
    if (item.done()) return item.due <= request_.until;
    if (item.late() || item.due <= request_.until) return true;
    return std::any_of(item.alarms.begin(), item.alarms.end(), [&](const Alarm& alarm) {
      return alarm.day.on >= progress_.as_of && alarm.day.on <= request_.until;
    });
  }

  AgendaItem ItemOf(const ProgressItem& progress, EntityId time) {
    AgendaItem item;
    item.progress = progress;
    item.time = time;
    item.uid = UidOf(progress);
    for (const ir::ReminderRule& rule : reminders_.rules()) {
      if (Applies(rule, progress.object)) Warn(rule, progress, item.warned);
    }
    if (schedule_.decided && static_cast<uint32_t>(progress.object) < schedule_.objects.size()) {
      const solve::ObjectDays& days = schedule_.objects[static_cast<uint32_t>(progress.object)];
      // What is bound to nothing has all the time from the issue on, which is no slack to plan with.
      if (days.linked) item.slack = reminders_.SlackOf(days.earliest_end, days.latest_end);
      item.critical = days.critical;
    }
    item.escalate_to = AboveOf(progress);
    if (progress.due == kAbsent) return item;
    item.due = DayOf(progress.computed == kAbsent ? progress.due : progress.computed);
    item.effective = DayOf(progress.due);
    const bool once = progress.first_day == kAbsent || progress.moves() > 0;
    if (once && time != EntityId::kNone) {
      const ResolvedTime days = Resolve(program_.times[program_.entity(time).row], context_);
      if (days.last == item.due && days.effective) item.effective = *days.effective;
    }
    item.aim = reminders_.AimOf(item.due, item.effective);
    const bool tight = ir::Reminders::IsTight(item.slack, item.critical);
    const Date missed_after = std::max(item.due, item.effective);
    for (const ir::AlarmDay& day : reminders_.AlarmsOf(program_.entity(progress.object).kind, item.aim, missed_after, tight)) {
      if (program_.frame.issue_date != kAbsent && day.on.days() < program_.frame.issue_date) continue;   // SCH32 tells
      if (day.kind == ir::AlarmKind::kEscalation) {
        if (item.escalate_to.empty() || (item.escalate_from && *item.escalate_from <= day.on)) continue;
        item.escalate_from = day.on;
        std::erase_if(item.alarms, [](const Alarm& alarm) { return alarm.day.kind == ir::AlarmKind::kEscalation; });
        Alarm alarm{day, {}};
        for (const EntityId party : item.escalate_to) alarm.to.push_back({party, program_.FindWord("escalate_to")});
        item.alarms.push_back(std::move(alarm));
        continue;
      }
      Alarm alarm{day, {}};
      Warn(reminders_.rules()[day.rule], progress, alarm.to);
      const bool said = std::any_of(item.alarms.begin(), item.alarms.end(), [&](const Alarm& other) {
        return other.day.kind == day.kind && other.day.on == day.on && other.to == alarm.to;
      });
      if (!said && !alarm.to.empty()) item.alarms.push_back(std::move(alarm));
    }
    item.escalated = item.late() && item.escalate_from && *item.escalate_from <= progress_.as_of;
    return item;
  }

  bool Applies(const ir::ReminderRule& rule, EntityId object) const {
    return rule.kinds.empty() || std::find(rule.kinds.begin(), rule.kinds.end(), program_.entity(object).kind) != rule.kinds.end();
  }

  // The parties of a role of an item. Where a member of a group has a duty of its own, a role that names the group means the member.
  std::vector<EntityId> RoleOf(const ProgressItem& item, ir::WordId role) const {
    if (role == lead_) return LeadsOf(program_, item);
    std::vector<EntityId> parties = PartiesOf(program_, item.object, program_.word(role).id);
    if (parties.empty() && program_.plan != EntityId::kNone) parties = PartiesOf(program_, program_.plan, program_.word(role).id);
    if (item.party == EntityId::kNone) return parties;
    const auto groups = groups_of_.find(item.party);
    for (EntityId& party : parties) {
      const EntityId unit = HomeOf(program_, party);
      if (groups == groups_of_.end() || !groups->second.contains(unit)) continue;
      const auto head = heads_.find(item.party);
      party = party == unit || head == heads_.end() ? item.party : head->second;
    }
    return parties;
  }

  void Warn(const ir::ReminderRule& rule, const ProgressItem& item, std::vector<Warned>& out) const {
    const auto add = [&](Warned warned) {
      if (std::find(out.begin(), out.end(), warned) == out.end()) out.push_back(warned);
    };
    for (const ir::Recipient& recipient : rule.to) {
      if (recipient.party != EntityId::kNone) add({recipient.party, ir::kNoWord});
      else if (recipient.role < program_.words.size()) {
        for (const EntityId party : RoleOf(item, recipient.role)) add({party, recipient.role});
      }
    }
  }

  // Of the thing itself, else of the reminders, else of the plan.
  std::vector<EntityId> AboveOf(const ProgressItem& item) const {
    for (EntityId id = item.object; id != EntityId::kNone; id = program_.entity(id).parent) {
      if (const ir::Field* field = FieldNamed(program_, id, "escalate_to")) {
        return field->none ? std::vector<EntityId>() : PartiesOf(program_, id, "escalate_to");
      }
    }
    std::vector<EntityId> above;
    for (const ir::ReminderRule& rule : reminders_.rules()) {
      if (!Applies(rule, item.object)) continue;
      for (const ir::Recipient& recipient : rule.escalate_to) {
        const std::vector<EntityId> parties =
            recipient.party != EntityId::kNone ? std::vector<EntityId>{recipient.party} : RoleOf(item, recipient.role);
        for (const EntityId party : parties) {
          if (std::find(above.begin(), above.end(), party) == above.end()) above.push_back(party);
        }
      }
    }
    if (above.empty() && program_.plan != EntityId::kNone) above = PartiesOf(program_, program_.plan, "escalate_to");
    return above;
  }

  // «kh24.báo_cáo.2026-01-01.2026-03-31@ordo»: nothing in it moves with a day.
  std::string UidOf(const ProgressItem& item) {
    const auto name = [&](EntityId id) {
      const ir::Entity& entity = program_.entity(id);
      return entity.name != Symbol::kEmpty ? std::string(program_.text(entity.name))
                                           : fmt::format("{}{}", program_.word(program_.kinds[entity.kind].word).id, entity.row + 1);
    };
    std::string uid = program_.plan == EntityId::kNone ? "plan" : name(program_.plan);
    if (IsKind(program_, item.object, words_.milestone_kind)) uid += "." + name(program_.entity(item.object).parent);
    uid += "." + name(item.object);
    if (item.first_day != kAbsent) uid += fmt::format(".{}.{}", DayOf(item.first_day).Iso(), DayOf(item.last_day).Iso());
    if (item.party != EntityId::kNone) uid += "." + name(item.party);
    if (const int again = ++uids_[uid]; again > 1) uid += fmt::format(".{}", again);   // two due days in one period
    return uid + "@ordo";
  }

  const ir::Program& program_;
  const ir::Reminders& reminders_;
  const solve::Schedule& schedule_;
  const Progress& progress_;
  const AgendaRequest& request_;
  const Words words_;
  const TimeContext context_;
  const ir::WordId lead_;
  absl::flat_hash_map<EntityId, absl::flat_hash_set<EntityId>> groups_of_;
  absl::flat_hash_map<EntityId, EntityId> heads_;
  absl::flat_hash_set<EntityId> has_milestones_;
  absl::flat_hash_map<std::string, int> uids_;
};

}  // namespace

Agenda AgendaOf(const eval::Evaluation& evaluation, const ir::Reminders& reminders, const solve::Schedule& schedule,
                const Progress& progress, const AgendaRequest& request) {
  return AgendaBuilder(evaluation, reminders, schedule, progress, request).Build();
}

EntityId HomeOf(const ir::Program& program, EntityId party) {
  const ir::Entity& entity = program.entity(party);
  if (program.word(program.kinds[entity.kind].word).id != "post") return party;
  if (entity.parent != EntityId::kNone) return entity.parent;
  const ir::Field* of = FieldNamed(program, party, "of");
  if (of == nullptr || of->entry_count == 0 || program.entries[of->first_entry].value == kAbsent) return party;
  return static_cast<EntityId>(program.entries[of->first_entry].value);
}

Part PartOf(const ir::Program& program, const AgendaItem& item, EntityId unit) {
  static constexpr auto kIs = [](const ir::Program& program, EntityId party, EntityId unit) {
    return party == unit || HomeOf(program, party) == unit;
  };
  Part part;
  for (const Warned& warned : item.warned) {
    if (!kIs(program, warned.party, unit)) continue;
    if (warned.role == ir::kNoWord) part.named = true;
    else if (std::find(part.roles.begin(), part.roles.end(), warned.role) == part.roles.end()) part.roles.push_back(warned.role);
  }
  for (const EntityId party : item.escalate_to) part.escalated |= item.escalated && kIs(program, party, unit);
  return part;
}

std::vector<Told> ByUnit(const ir::Program& program, const Agenda& agenda, EntityId party) {
  std::vector<Told> all;
  absl::flat_hash_map<EntityId, size_t> place;
  if (party != EntityId::kNone) {
    all.push_back({party, {}, {}});
    place.emplace(party, 0);
  }
  const auto add = [&](EntityId one, bool dated, uint32_t index) {
    const EntityId unit = HomeOf(program, one);
    const EntityId shown = party != EntityId::kNone && one == party ? one : unit;
    const auto [at, fresh] = place.try_emplace(shown, all.size());
    if (fresh && party != EntityId::kNone) {
      place.erase(at);
      return;
    }
    if (fresh) all.push_back({shown, {}, {}});
    std::vector<uint32_t>& list = dated ? all[at->second].items : all[at->second].undated;
    if (list.empty() || list.back() != index) list.push_back(index);
  };
  for (uint32_t i = 0; i < agenda.items.size(); ++i) {
    for (const Warned& warned : agenda.items[i].warned) add(warned.party, true, i);
    if (!agenda.items[i].escalated) continue;
    for (const EntityId above : agenda.items[i].escalate_to) add(above, true, i);
  }
  for (uint32_t i = 0; i < agenda.undated.size(); ++i) {
    for (const EntityId lead : LeadsOf(program, agenda.undated[i])) add(lead, false, i);
  }
  return all;
}

}  // namespace ordo::report
