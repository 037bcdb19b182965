#include "compiler/syntax/text_check.h"

#include "fmt/format.h"
#include "runtime/base/legacy_text.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/encoding_words.h"

namespace ordo {

bool ReportNoUtf8(std::string_view text, FileId file, Emitter& emitter) {
  const auto bad = FindInvalidUtf8(text);
  if (!bad) return false;
  const Encoding encoding = GuessEncoding(text);
  emitter.Emit(Code::kInvalidUtf8, {file, static_cast<uint32_t>(*bad), static_cast<uint32_t>(*bad)},
               {fmt::format("{}", *bad + 1), NameOfEncoding(encoding, emitter.language())})
      .help = HowToConvert(encoding, emitter.language());
  return true;
}

void ReportMisread(std::string_view text, FileId file, size_t begin, size_t& told, Emitter& emitter) {
  for (const Misread& found : FindMisread(text, kMostMisread - std::min(told, kMostMisread))) {
    ++told;
    emitter.Emit(Code::kMojibake, {file, static_cast<uint32_t>(begin + found.begin), static_cast<uint32_t>(begin + found.end)},
                 {ShownText(text.substr(found.begin, found.end - found.begin)), NameOfEncoding(found.was, emitter.language())});
  }
}

void ReportMisread(const Ast& ast, Emitter& emitter) {
  size_t told = 0;
  for (const Token& token : ast.tokens) {
    if (token.kind == TokenKind::TEXT) ReportMisread(ast.text(token), ast.file, token.begin, told, emitter);
    if (told >= kMostMisread) return;
  }
}

}  // namespace ordo
