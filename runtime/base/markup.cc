#include "runtime/base/markup.h"

namespace ordo {
namespace {

bool IsPlain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'' && c != 0x7f && c != '\xef';
}

}  // namespace

void AppendEscaped(std::string& out, std::string_view text, std::string_view line_end) {
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t begin = i;
    while (i < text.size() && IsPlain(text[i])) ++i;
    out.append(text, begin, i - begin);
    if (i == text.size()) return;
    switch (text[i]) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\r':
        if (i + 1 < text.size() && text[i + 1] == '\n') break;
        [[fallthrough]];
      case '\n': out += line_end; break;
      case '\xef':
        if (text.substr(i, 3) == "\xef\xbf\xbe" || text.substr(i, 3) == "\xef\xbf\xbf") {
          out += ' ';
          i += 2;
        } else {
          out += text[i];
        }
        break;
      default: out += ' ';
    }
  }
}

std::string EscapedMarkup(std::string_view text, std::string_view line_end) {
  std::string out;
  out.reserve(text.size() + 8);
  AppendEscaped(out, text, line_end);
  return out;
}

}  // namespace ordo
