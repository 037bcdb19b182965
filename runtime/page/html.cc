#include "runtime/page/html.h"

#include <cstdint>

#include <fmt/format.h>
#include <sha2.h>

#include "absl/strings/escaping.h"
#include "runtime/base/markup.h"

namespace ordo::page {
namespace {

bool IsPlain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'' && c != 0x7f;
}

}  // namespace

void AddText(std::string& out, std::string_view text) { AppendEscaped(out, text, "<br>"); }
void AddAttribute(std::string& out, std::string_view text) { AppendEscaped(out, text); }

void AddCssString(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (IsPlain(c) && c != '\\') out += c;
    else fmt::format_to(std::back_inserter(out), "\\{:x} ", static_cast<unsigned char>(c));
  }
}

std::string HashSource(std::string_view text) {
  SHA2_CTX context;
  uint8_t digest[SHA256_DIGEST_LENGTH];
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const uint8_t*>(text.data()), text.size());
  SHA256Final(digest, &context);
  return fmt::format("'sha256-{}'", absl::Base64Escape(absl::string_view(reinterpret_cast<const char*>(digest), sizeof digest)));
}

}  // namespace ordo::page
