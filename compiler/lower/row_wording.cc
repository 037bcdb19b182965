// How a row of a target reads in the document.
#include "compiler/lower/lowering.h"
#include "fmt/format.h"

namespace ordo {

// The words written for the row, else the sentence of its target with the value in it as typed, else the words that it completes.
Symbol Lowering::RowWording(const ir::SeriesRow& row) const {
  // A sentence is copied for every row: one that nobody could read to its end stays as it is.
  constexpr size_t kLongest = 2000;  // bytes
  if (row.written != Symbol::kEmpty) return row.written;
  const ir::Entity& object = program_.entity(row.object);
  const ir::Cell sentence = FieldCell(object.parent, W::key_wording, ir::Type::kText);
  if (sentence == ir::kAbsent) return row.text;
  const auto whole = static_cast<Symbol>(static_cast<uint32_t>(sentence));
  const std::string_view text = program_.text(whole), value = program_.text(object.title);
  const size_t slot = text.find("{}");
  if (slot == std::string_view::npos) return row.text != Symbol::kEmpty ? row.text : whole;
  if (text.size() + value.size() > kLongest) return whole;
  return program_.strings->Intern(fmt::format("{}{}{}", text.substr(0, slot), value, text.substr(slot + 2)));
}

}  // namespace ordo
