#include "runtime/report/body.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/report/numbering.h"

namespace ordo::report {
namespace {

enum class Style { kNone, kDigits, kLetters, kDashes };

// How the section says that its contents are numbered.
Style StyleOf(const ir::Program& program, EntityId section) {
  const ir::Field* field = FieldNamed(program, section, "numbering");
  if (field == nullptr || field->entry_count == 0) return Style::kNone;
  const ir::Entry& entry = program.entries[field->first_entry];
  if (entry.type != ir::Type::kWord) return Style::kNone;
  const std::string_view word = program.word(static_cast<ir::WordId>(entry.value)).id;
  if (word == "by_digits") return Style::kDigits;
  if (word == "by_letters") return Style::kLetters;
  return word == "by_dashes" ? Style::kDashes : Style::kNone;
}

// Kept by the office to follow the plan up: no part of the document.
bool SaysForFollowUp(const ir::Program& program, EntityId id) {
  const ir::Field* field = FieldNamed(program, id, "purpose");
  if (field == nullptr || field->entry_count == 0) return false;
  const ir::Entry& entry = program.entries[field->first_entry];
  return entry.type == ir::Type::kWord && program.word(static_cast<ir::WordId>(entry.value)).id == "for_follow_up";
}

bool IsDash(std::string_view number) { return number == "-" || number == "–" || number == "+" || number == "*" || number == "•"; }

// «1.1» under «II.1» is «II.1.1»; a number that already says where it stands is left alone.
std::string Below(std::string_view outer, std::string_view number) {
  if (number.empty() || IsDash(number) || outer.empty()) return IsDash(number) ? std::string() : std::string(number);
  const auto begins = [&](std::string_view with) { return number.size() > with.size() && number.starts_with(with) && number[with.size()] == '.'; };
  if (begins(outer)) return std::string(number);
  const size_t dot = outer.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? std::string_view() : outer.substr(dot + 1);
  if (!last.empty() && begins(last)) return fmt::format("{}{}", outer, number.substr(last.size()));
  return fmt::format("{}.{}", outer, number);
}

struct Holder {
  size_t level = 0;
  Style style = Style::kNone;
  uint32_t used = 0;         // last number given inside it
  bool row = false;          // a task with tasks below
  std::string number, label;
  uint32_t rows = 0;         // of the whole text: last number given to a row outside sections
};

}  // namespace

std::string MarkerOf(std::string_view number) {
  if (number.empty()) return {};
  const auto byte = static_cast<unsigned char>(number.back());
  const bool lower = (byte >= 'a' && byte <= 'z') || number.ends_with("đ");
  if (lower) return fmt::format("{})", number);
  const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z');
  return plain ? fmt::format("{}.", number) : std::string(number);
}

std::vector<BodyItem> NumberedBody(const ir::Program& program, const Words& words, const std::vector<bool>& wanted) {
  std::vector<BodyItem> items;
  absl::flat_hash_map<EntityId, Holder> holders;
  Holder root;
  for (size_t i = 0; i < program.entities.size(); ++i) {
    if (!wanted[i]) continue;
    const ir::Entity& entity = program.entities[i];
    BodyItem item;
    item.id = EntityId{static_cast<uint32_t>(i)};
    EntityId up = entity.parent;   // the nearest that is printed
    while (up != EntityId::kNone && !holders.contains(up)) up = program.entity(up).parent;
    const auto above = holders.find(up);
    Holder& holder = above == holders.end() ? root : above->second;
    const bool top = &holder == &root;
    const bool section = entity.kind == words.section_kind;
    const bool clause = entity.kind == words.clause_kind;
    const bool row = entity.kind == words.task_kind || entity.kind == words.target_kind || entity.kind == words.reporting_kind;
    item.level = top ? 0 : holder.level + 1;

    const ir::Field* stated = FieldNamed(program, item.id, "number");
    const std::string_view issued = stated == nullptr || stated->none ? std::string_view() : TextNamed(program, item.id, "number");
    const bool dashed = (clause || row) && holder.style == Style::kDashes;
    const bool counts = section || (row && !dashed) || (clause && (holder.style == Style::kDigits || holder.style == Style::kLetters));
    if (stated != nullptr && stated->none) {
      // Said to have none: takes no number from the others.
    } else if (!issued.empty()) {
      item.number = issued;
      if (!IsDash(issued)) ++(top && !section ? holder.rows : holder.used);
    } else if (counts) {
      const uint32_t n = ++(top && !section ? holder.rows : holder.used);
      const bool digits = holder.style == Style::kDigits || holder.row;
      if (holder.style == Style::kLetters) item.number = AlphabetLetter(n - 1);
      else if (top) item.number = section ? RomanNumeral(n) : fmt::to_string(n);
      else if (holder.level == 0 && !holder.row) item.number = fmt::to_string(n);
      else if (digits) item.number = holder.number.empty() ? fmt::to_string(n) : fmt::format("{}.{}", holder.number, n);
      else item.number = holder.level == 1 ? AlphabetLetter(n - 1) : "-";
    } else if (dashed) {
      item.number = "-";
    }
    item.label = Below(holder.label, item.number);
    if (section || row) holders[item.id] = {item.level, section ? StyleOf(program, item.id) : Style::kNone, 0, row, item.number, item.label};
    items.push_back(std::move(item));
  }
  return items;
}

bool IsForFollowUp(const ir::Program& program, EntityId id) {
  for (; id != EntityId::kNone; id = program.entity(id).parent) {
    if (SaysForFollowUp(program, id)) return true;
  }
  return false;
}

std::vector<bool> KeptForFollowUp(const ir::Program& program, const Words& words) {
  std::vector<bool> kept(program.entities.size(), false);   // a parent stands before what it holds
  for (size_t i = 0; i < kept.size(); ++i) {
    const EntityId up = program.entities[i].parent;
    kept[i] = (up != EntityId::kNone && kept[static_cast<uint32_t>(up)]) ||
              (program.entities[i].kind == words.section_kind && SaysForFollowUp(program, EntityId{static_cast<uint32_t>(i)}));
  }
  return kept;
}

std::vector<bool> PrintedInBody(const eval::Evaluation& evaluation, const Words& words) {
  using Form = ir::TableDeclaration::Form;
  const ir::Program& program = evaluation.program();
  const size_t count = program.entities.size();
  // What appendices and tables show.
  std::vector<bool> tabled(count, false), whole(program.kinds.size(), false), result(count, false);
  for (const ir::TableDeclaration& table : program.tables) {
    if (table.form != Form::kAppendix && table.form != Form::kTable) continue;
    if (IsForFollowUp(program, table.object)) continue;
    if (table.object != EntityId::kNone && table.form == Form::kTable) result[static_cast<uint32_t>(table.object)] = true;
    if (table.rows == ir::kNoKind) continue;
    if (table.only == ir::kNone) {
      whole[table.rows == words.row_kind && words.target_kind != ir::kNoKind ? words.target_kind : table.rows] = true;
      continue;
    }
    for (uint32_t row = 0; row < evaluation.rows(table.only); ++row) {
      EntityId id = static_cast<EntityId>(evaluation.cell(table.only, row, 0));
      if (IsKind(program, id, words.row_kind)) id = program.entity(id).parent;
      for (; id != EntityId::kNone && !IsKind(program, id, words.section_kind); id = program.entity(id).parent) {
        tabled[static_cast<uint32_t>(id)] = true;
      }
    }
  }
  for (size_t i = 0; i < count; ++i) {
    const EntityId up = program.entities[i].parent;
    const bool below = IsKind(program, up, words.task_kind) && tabled[static_cast<uint32_t>(up)] && program.entities[i].kind == words.target_kind;
    if (whole[program.entities[i].kind] || below) tabled[i] = true;
    if (!tabled[i] || program.entities[i].kind != words.task_kind) continue;
    const ir::Field* product = program.FindField(EntityId{static_cast<uint32_t>(i)}, words.product);
    for (uint32_t e = 0; product != nullptr && e < product->entry_count; ++e) {
      const ir::Entry& entry = program.entries[product->first_entry + e];
      if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent) tabled[static_cast<size_t>(entry.value)] = true;
    }
  }
  const std::vector<bool> kept = KeptForFollowUp(program, words);
  // A section is printed for what it holds, and when it holds nothing that is shown elsewhere.
  std::vector<bool> elsewhere(count, false);
  for (size_t i = count; i-- > 0;) {   // a parent stands before what it holds
    if (kept[i]) continue;
    const ir::Entity& entity = program.entities[i];
    const bool row = entity.kind == words.task_kind || entity.kind == words.target_kind || entity.kind == words.reporting_kind;
    if (entity.kind == words.section_kind) result[i] = result[i] || !elsewhere[i];
    else if (entity.kind == words.clause_kind || (row && !tabled[i])) result[i] = true;
    if (entity.parent == EntityId::kNone || !IsKind(program, entity.parent, words.section_kind)) continue;
    const size_t up = static_cast<uint32_t>(entity.parent);
    const bool content = row || entity.kind == words.section_kind;
    if (result[i]) result[up] = true;
    else if (content) elsewhere[up] = true;
  }
  return result;
}

}  // namespace ordo::report
