#include "runtime/report/numbering.h"

#include <array>

#include <fmt/format.h>

#include "runtime/report/words.h"

namespace ordo::report {
namespace {

uint32_t RowCount(const ir::Program& program, ir::KindId kind) {
  if (kind == ir::kNoKind || program.kinds[kind].relation == ir::kNone) return 0;
  return program.relations[program.kinds[kind].relation].rows();
}

// The number as issued, by row; an empty column when the kind has none.
class IssuedNumbers {
 public:
  IssuedNumbers(const ir::Program& program, ir::KindId kind) : program_(program) {
    const auto column = ColumnOf(program, kind, "number");
    if (!column) return;
    const ir::Relation& relation = program.relations[program.kinds[kind].relation];
    if (relation.columns[*column].type == ir::Type::kText) cells_ = &relation.data[*column];
  }
  std::string_view operator()(const ir::Entity& entity) const {
    if (cells_ == nullptr || (*cells_)[entity.row] == ir::kAbsent) return {};
    return program_.text(static_cast<Symbol>((*cells_)[entity.row]));
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
    : program_(program), section_kind_(Words(program).section_kind), own_(program.kinds.size()), labels_(program.kinds.size()),
      used_(RowCount(program, section_kind_), 0) {}

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
    if (holds && IsKind(program_, entity.parent, section_kind_)) sections[program_.entity(entity.parent).row] = true;
  }
  return sections;
}

void Numbering::Number(ir::KindId rows, const std::vector<bool>& shown, const std::vector<bool>& sections,
                       const NumberingStyle& style) {
  const IssuedNumbers issued_section(program_, section_kind_);
  const IssuedNumbers issued_row(program_, rows);
  for (const ir::KindId kind : {rows, section_kind_}) {
    if (kind == ir::kNoKind) continue;
    own_[kind].resize(RowCount(program_, kind));
    labels_[kind].resize(RowCount(program_, kind));
  }
  std::vector<uint32_t> used_below(RowCount(program_, rows), 0);
  uint32_t top_sections = 0;
  uint32_t top_rows = 0;
  for (size_t i = 0; i < program_.entities.size(); ++i) {
    const ir::Entity& entity = program_.entities[i];
    const EntityId id{static_cast<uint32_t>(i)};
    const bool in_section = IsKind(program_, entity.parent, section_kind_);
    if (entity.kind == section_kind_ && section_kind_ != ir::kNoKind) {
      if (!sections[entity.row]) continue;
      const std::string_view issued = issued_section(entity);
      std::string label;
      if (in_section) {
        const std::string generated = fmt::to_string(++used_[program_.entity(entity.parent).row]);
        label = Below(Label(entity.parent), issued.empty() ? std::string_view(generated) : issued);
      } else {
        label = RomanNumeral(++top_sections);
        if (!issued.empty()) label = issued;
      }
      Set(id, label, label);
    } else if (entity.kind == rows && rows != ir::kNoKind && shown[entity.row]) {
      const std::string_view issued = issued_row(entity);
      if (IsKind(program_, entity.parent, rows)) {
        const uint32_t n = ++used_below[program_.entity(entity.parent).row];
        const std::string& outer = Label(entity.parent);
        if (!issued.empty()) {
          // As issued it stands for itself under the section, not under the number of the row above: «7.2» is «VII.7.2».
          EntityId top = entity.parent;
          while (IsKind(program_, program_.entity(top).parent, rows)) top = program_.entity(top).parent;
          const bool under = style.grouped && IsKind(program_, program_.entity(top).parent, section_kind_);
          Set(id, std::string(issued), Below(under ? Label(program_.entity(top).parent) : std::string(), issued));
        } else if (style.sub_rows_numbered) {
          Set(id, fmt::format("{}.{}", Own(entity.parent), n), fmt::format("{}.{}", outer, n));
        } else {
          const std::string_view blank = outer.ends_with(')') ? "" : " ";
          Set(id, "", fmt::format("{}{}({})", outer, blank, AlphabetLetter(n - 1)));
        }
        continue;
      }
      const bool restarts = style.grouped && !style.running && in_section;
      const uint32_t n = restarts ? ++used_[program_.entity(entity.parent).row] : ++top_rows;
      std::string own = issued.empty() ? fmt::to_string(n) : std::string(issued);
      std::string label = Below(style.grouped && in_section ? Label(entity.parent) : std::string(), own);
      Set(id, std::move(own), std::move(label));
    }
  }
}

}  // namespace ordo::report
