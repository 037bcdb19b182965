#include "compiler/driver/cell_text.h"

#include "compiler/ast/literals.h"

namespace ordo {
namespace {

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(' '), end = text.find_last_not_of(' ');
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin, end - begin + 1);
}

// «18», «-2,5», «40%», «5 ngày»: what stands behind the number is the type's to say.
std::optional<ir::Cell> NumberOf(std::string_view text, ir::Type type, Language language) {
  const bool negative = text.starts_with("-");
  if (negative) text.remove_prefix(1);
  const size_t end = text.find_first_not_of("0123456789.,");
  const std::string_view behind = end == std::string_view::npos ? std::string_view() : Trimmed(text.substr(end));
  std::optional<Decimal> number = Decimal::Parse(text.substr(0, end), language);
  if (number && behind == "%" && (type == ir::Type::kPercent || type == ir::Type::kNumber)) number = number->DividedBy(Decimal::FromInt(100));
  else if (!behind.empty() && (type == ir::Type::kNumber || type == ir::Type::kPercent)) return std::nullopt;
  if (!number) return std::nullopt;
  return (negative ? number->Negated() : *number).cell();
}

std::optional<ir::Cell> DateOf(std::string_view text) {
  for (const Skin skin : {Skin::kVietnamese, Skin::kEnglish}) {
    const auto date = ReadDate(text, skin);
    const auto days = date ? DaysOf(date->point, TimeContext{}) : std::nullopt;
    if (days) return days->second.days();
  }
  return std::nullopt;
}

}  // namespace

std::optional<ir::Cell> CellOfText(const ir::Program& program, ir::Type type, std::string_view text, Language language,
                                   const std::function<EntityId(const std::string&)>& object) {
  text = Trimmed(text);
  if (text.empty()) return std::nullopt;
  switch (type) {
    case ir::Type::kEntity: {
      const EntityId id = object(std::string(text));
      if (id == EntityId::kNone) return std::nullopt;
      return static_cast<ir::Cell>(id);
    }
    case ir::Type::kText: {
      if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
      const Symbol symbol = program.strings->Find(text);
      return program.text(symbol) == text ? static_cast<ir::Cell>(symbol) : ir::kAbsent;
    }
    case ir::Type::kWord:
      for (size_t word = 0; word < program.words.size(); ++word) {
        if (program.words[word].vi == text || program.words[word].en == text) return static_cast<ir::Cell>(word);
      }
      return ir::kAbsent;
    case ir::Type::kBool:
      if (text == "có" || text == "yes") return 1;
      if (text == "không" || text == "no") return 0;
      return std::nullopt;
    case ir::Type::kDate: return DateOf(text);
    default: return NumberOf(text, type, language);
  }
}

}  // namespace ordo
