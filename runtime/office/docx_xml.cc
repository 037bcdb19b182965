#include "runtime/office/docx_xml.h"

#include <unicode/utf8.h>

namespace ordo::office {
namespace {

constexpr std::string_view kUnknown = "\xEF\xBF\xBD";   // U+FFFD
constexpr std::string_view kOpen = "<w:t xml:space=\"preserve\">";
constexpr std::string_view kClose = "</w:t>";

// Bytes that stand for themselves everywhere.
constexpr bool IsPlain(unsigned char c) { return c >= 0x20 && c < 0x7f && c != '<' && c != '>' && c != '&' && c != '"'; }

// One code point from `i` on that is no plain byte and no control; moves `i` past it.
void AppendSpecial(std::string& out, std::string_view text, size_t& i) {
  switch (text[i]) {
    case '<': out += "&lt;"; ++i; return;
    case '>': out += "&gt;"; ++i; return;
    case '&': out += "&amp;"; ++i; return;
    case '"': out += "&quot;"; ++i; return;
  }
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto begin = static_cast<int64_t>(i), length = static_cast<int64_t>(text.size());
  int64_t end = begin;
  UChar32 c = 0;
  U8_NEXT(bytes, end, length, c);
  i = static_cast<size_t>(end);
  if (c < 0 || c == 0xFFFE || c == 0xFFFF) out += kUnknown;
  else if (c >= 0x7f && c < 0xa0) out += ' ';   // controls that XML allows and no office shows
  else out.append(text, static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

}  // namespace

void AppendAttribute(std::string& out, std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (IsPlain(c)) {
      out += text[i++];
    } else if (c < 0x20) {
      out += ' ';
      ++i;
    } else {
      AppendSpecial(out, text, i);
    }
  }
}

void AppendRunText(std::string& out, std::string_view text) {
  bool open = false;
  const auto close = [&] {
    if (open) out += kClose;
    open = false;
  };
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n' || c == '\r' || c == '\t') {
      close();
      out += c == '\t' ? "<w:tab/>" : "<w:br/>";
      i += c == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
      continue;
    }
    if (!open) out += kOpen;
    open = true;
    if (IsPlain(c)) {
      const size_t begin = i;
      while (i < text.size() && IsPlain(static_cast<unsigned char>(text[i]))) ++i;
      out.append(text, begin, i - begin);
    } else if (c < 0x20) {
      out += ' ';
      ++i;
    } else {
      AppendSpecial(out, text, i);
    }
  }
  close();
}

void AppendRun(std::string& out, std::string_view text) {
  if (text.empty()) return;
  out += "<w:r>";
  AppendRunText(out, text);
  out += "</w:r>";
}

std::string AsPrinted(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (IsPlain(c) || c == '<' || c == '>' || c == '&' || c == '"' || c == '\n' || c == '\r' || c == '\t') {
      out += text[i++];
    } else if (c < 0x20) {
      out += ' ';
      ++i;
    } else {
      AppendSpecial(out, text, i);
    }
  }
  return out;
}

}  // namespace ordo::office
