#include "runtime/report/numbering.h"

#include <array>

#include <fmt/format.h>

#include "runtime/report/words.h"

namespace ordo::report {
namespace {

// The number as issued: a column of the kind if rules asked for one, else the field as written.
class IssuedNumbers {
 public:
  IssuedNumbers(const ir::Program& program, ir::KindId kind) : program_(program) {
    const auto column = ColumnOf(program, kind, "number");
    if (!column) return;
    const ir::Relation& relation = program.relations[program.kinds[kind].relation];
    if (relation.columns[*column].type == ir::Type::kText) cells_ = &relation.data[*column];
  }
  std::string_view operator()(EntityId id) const {
    if (cells_ == nullptr) return TextNamed(program_, id, "number");
    const ir::Cell cell = (*cells_)[program_.entity(id).row];
    return cell == ir::kAbsent ? std::string_view() : program_.text(static_cast<Symbol>(cell));
  }

 private:
  const ir::Program& program_;
  const std::vector<ir::Cell>* cells_ = nullptr;
};

// «II» and «3» are «II.3»; a number that already says where it stands («II.3») is left alone.
std::string Below(std::string_view outer, std::string_view number) {
  if (outer.empty()) return std::string(number);
  if (number.size() > outer.size() && number.substr(0, outer.size()) == outer && number[outer.size()] == '.') {
    return std::string(number);
  }
  // «2.1» under «III.2» is «III.2.1»: as issued it begins with the number that it stands under.
  const size_t dot = outer.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? std::string_view() : outer.substr(dot + 1);
  if (!last.empty() && number.size() > last.size() && number.starts_with(last) && number[last.size()] == '.') {
    return fmt::format("{}{}", outer, number.substr(last.size()));
  }
  return fmt::format("{}.{}", outer, number);
}

}  // namespace

std::string RomanNumeral(size_t number) {
  static constexpr std::array<std::pair<size_t, std::string_view>, 13> kDigits = {{
      {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
      {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}};
  std::string result;
  for (const auto& [value, digits] : kDigits) {
    for (; number >= value; number -= value) result += digits;
  }
  return result;
}

std::string AlphabetLetter(size_t index) {
  static constexpr std::array<std::string_view, 23> kLetters = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                                                "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};
  std::string result;
  for (size_t rest = index + 1; rest > 0; rest = (rest - 1) / kLetters.size()) {
    result.insert(0, kLetters[(rest - 1) % kLetters.size()]);
  }
  return result;
}

Numbering::Numbering(const ir::Program& program)
    : program_(program), section_kind_(Words(program).section_kind), counts_(ObjectsPerKind(program)), own_(program.kinds.size()),
      labels_(program.kinds.size()), used_(section_kind_ == ir::kNoKind ? 0 : counts_[section_kind_], 0) {}

const std::string& Numbering::Find(const Texts& texts, EntityId id) const {
  static const std::string kNothing;
  if (id == EntityId::kNone) return kNothing;
  const ir::Entity& entity = program_.entity(id);
  if (entity.kind >= texts.size() || entity.row >= texts[entity.kind].size()) return kNothing;
  return texts[entity.kind][entity.row];
}

void Numbering::Set(EntityId id, std::string own, std::string label) {
  const ir::Entity& entity = program_.entity(id);
  own_[entity.kind][entity.row] = std::move(own);
  labels_[entity.kind][entity.row] = std::move(label);
}

std::vector<bool> Numbering::SectionsOver(ir::KindId rows, const std::vector<bool>& shown) const {
  std::vector<bool> sections(used_.size(), false);
  if (rows == ir::kNoKind) return sections;
  for (size_t i = program_.entities.size(); i-- > 0;) {   // a parent stands before what it holds
    const ir::Entity& entity = program_.entities[i];
    const bool holds = (entity.kind == rows && shown[entity.row]) || (entity.kind == section_kind_ && sections[entity.row]);
    if (!holds) continue;
    const EntityId holder = HolderOf(program_, EntityId{static_cast<uint32_t>(i)}, section_kind_, section_kind_);
    if (holder != EntityId::kNone) sections[program_.entity(holder).row] = true;
  }
  return sections;
}

void Numbering::Number(ir::KindId rows, const std::vector<bool>& shown, const std::vector<bool>& sections,
                       const NumberingStyle& style) {
  if (rows == ir::kNoKind) return;
  const IssuedNumbers issued_section(program_, section_kind_);
  const IssuedNumbers issued_row(program_, rows);
  for (const ir::KindId kind : {rows, section_kind_}) {
    if (kind == ir::kNoKind) continue;
    own_[kind].resize(counts_[kind]);
    labels_[kind].resize(counts_[kind]);
  }
  std::vector<uint32_t> used_below(counts_[rows], 0);
  uint32_t top_sections = 0;
  uint32_t top_rows = 0;
  for (size_t i = 0; i < program_.entities.size(); ++i) {
    const ir::Entity& entity = program_.entities[i];
    const EntityId id{static_cast<uint32_t>(i)};
    if (entity.kind == section_kind_ && sections[entity.row]) {
      const EntityId outer = HolderOf(program_, id, section_kind_, section_kind_);
      const std::string_view issued = issued_section(id);
      std::string label;
      if (outer != EntityId::kNone) {
        const std::string generated = fmt::to_string(++used_[program_.entity(outer).row]);
        label = Below(Label(outer), issued.empty() ? std::string_view(generated) : issued);
      } else {
        label = RomanNumeral(++top_sections);
        if (!issued.empty()) label = issued;
      }
      Set(id, label, label);
      continue;
    }
    if (entity.kind != rows || !shown[entity.row]) continue;
    const EntityId holder = HolderOf(program_, id, rows, section_kind_);
    const std::string_view issued = issued_row(id);
    if (IsKind(program_, holder, rows)) {
      const uint32_t n = ++used_below[program_.entity(holder).row];
      const std::string& above = Label(holder);
      if (!issued.empty()) {
        // As issued it stands for itself under the section, not under the number of the row above: «7.2» is «VII.7.2».
        const EntityId section = style.grouped ? HolderOf(program_, id, section_kind_, section_kind_) : EntityId::kNone;
        Set(id, std::string(issued), Below(Label(section), issued));
      } else if (style.sub_rows_numbered) {
        Set(id, fmt::format("{}.{}", Own(holder), n), fmt::format("{}.{}", above, n));
      } else {
        Set(id, "", fmt::format("{}{}({})", above, above.ends_with(')') ? "" : " ", AlphabetLetter(n - 1)));
      }
      continue;
    }
    const bool in_section = style.grouped && holder != EntityId::kNone;
    const uint32_t n = in_section && !style.running ? ++used_[program_.entity(holder).row] : ++top_rows;
    std::string own = issued.empty() ? fmt::to_string(n) : std::string(issued);
    std::string label = Below(in_section ? Label(holder) : std::string(), own);
    Set(id, std::move(own), std::move(label));
  }
}

}  // namespace ordo::report
