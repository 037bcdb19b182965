#include "compiler/format/spell.h"

#include "compiler/ast/literals.h"
#include "runtime/base/decimal.h"

namespace ordo {
namespace {

std::string SpellNumber(std::string_view text, Skin from, Skin to) {
  const auto value = Decimal::Parse(text, LanguageOf(from));
  return value ? value->ToString(LanguageOf(to)) : std::string(text);  // a path such as 2.1.3, or beyond our digits
}

std::string SpellDate(std::string_view text, Skin from, Skin to) {
  const auto date = ReadDate(text, from);
  return date ? WriteDate(*date, to) : std::string(text);
}

// Curly quotes become straight ones if the content survives it.
std::string SpellText(const Ast& ast, const Token& token) {
  const std::string_view bytes = ast.text(token);
  if (bytes.starts_with('"')) return std::string(bytes);
  const std::string content = ast.TextOf(token);
  const bool quote = content.find('"') != std::string::npos;
  const bool trimmed =
      content.empty() || content.front() == ' ' || content.back() == ' ' || content.back() == '\t' || content.front() == '\t';
  if (quote && (trimmed || content.find("\"\"\"") != std::string::npos)) return std::string(bytes);
  return QuoteText(content);
}

std::string SpellCompare(std::string_view text) {
  if (text == "≥") return ">=";
  if (text == "≤") return "<=";
  if (text == "≠") return "!=";
  return std::string(text);
}

bool IsOne(const Ast& ast, const Token& token) {
  return token.kind == TokenKind::NUMBER && Decimal::Parse(ast.text(token), LanguageOf(ast.skin)) == Decimal::FromInt(1);
}

// English has a singular: 1 day, every quarter, 10 per year.
std::string_view SpellUnit(const Ast& ast, uint32_t i, Skin skin) {
  const Token& token = ast.tokens[i];
  const auto& spellings = RowOf(token.word).spellings[static_cast<int>(skin)];
  if (skin == Skin::kVietnamese || spellings.size() < 2 || i == 0) return spellings.front();
  const Token& before = ast.tokens[i - 1];
  const bool singular = IsOne(ast, before) || before.word == W::word_every || before.word == W::word_per;
  return singular ? spellings[1] : spellings[0];
}

bool StartsSigned(const Ast& ast, uint32_t sign) {
  if (sign == 0) return true;
  switch (ast.tokens[sign - 1].kind) {
    case TokenKind::ID:
    case TokenKind::MEMBER:
    case TokenKind::NUMBER:
    case TokenKind::DATE:
    case TokenKind::UNIT:
    case TokenKind::TEXT:
    case TokenKind::RP: return false;
    default: return true;
  }
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string SpellToken(const Ast& ast, uint32_t i, Skin skin) {
  const Token& token = ast.tokens[i];
  const std::string_view text = ast.text(token);
  switch (token.kind) {
    case TokenKind::NUMBER: return SpellNumber(text, ast.skin, skin);
    case TokenKind::DATE: return SpellDate(text, ast.skin, skin);
    case TokenKind::TEXT: return SpellText(ast, token);
    case TokenKind::COMPARE: return SpellCompare(text);
    case TokenKind::SIGN: return text == "–" || text == "—" ? "-" : std::string(text);
    case TokenKind::COMMA: return ",";
    case TokenKind::LB: return "{";
    case TokenKind::RB: return "}";
    case TokenKind::UNIT: return std::string(SpellUnit(ast, i, skin));
    case TokenKind::KEY:
    case TokenKind::EXPR_KEY: return token.word == W::kNone ? std::string(text) : std::string(SpellingOf(token.word, skin)) + ":";
    default: return token.word == W::kNone ? std::string(text) : std::string(SpellingOf(token.word, skin));
  }
}

bool HasGap(const Ast& ast, uint32_t before, uint32_t i) {
  const Token& left = ast.tokens[before];
  const Token& right = ast.tokens[i];
  if (right.kind == TokenKind::DOT || left.kind == TokenKind::DOT) {
    // 5 . 3 must not become a number.
    const uint32_t dot = right.kind == TokenKind::DOT ? i : before;
    if (dot == 0 || dot + 1 >= ast.tokens.size()) return false;
    const std::string_view a = ast.text(ast.tokens[dot - 1]), b = ast.text(ast.tokens[dot + 1]);
    return !a.empty() && !b.empty() && IsDigit(b.front()) &&
           (ast.tokens[dot - 1].kind == TokenKind::NUMBER || ast.tokens[dot - 1].kind == TokenKind::DATE);
  }
  if (right.kind == TokenKind::COMMA || right.kind == TokenKind::RP || left.kind == TokenKind::LP) return false;
  if (right.kind == TokenKind::LP) return left.kind != TokenKind::ID && left.kind != TokenKind::AGGREGATE;
  if (right.word == W::unit_percent && right.kind == TokenKind::UNIT) return left.kind != TokenKind::NUMBER;
  if (left.kind == TokenKind::SIGN) {
    const std::string_view sign = ast.text(left);
    return sign == "*" || sign == "/" || !StartsSigned(ast, before);
  }
  return true;
}

std::string SpellLine(const Ast& ast, uint32_t first, uint32_t end, Skin skin) {
  std::string out;
  uint32_t before = first;
  for (uint32_t i = first; i < end; ++i) {
    const Token& token = ast.tokens[i];
    if (token.kind == TokenKind::END || (token.flags & Token::kVirtual)) continue;
    if (!out.empty() && HasGap(ast, before, i)) out += ' ';
    out += SpellToken(ast, i, skin);
    before = i;
  }
  return out;
}

}  // namespace ordo
