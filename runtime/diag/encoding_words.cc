#include "runtime/diag/encoding_words.h"

namespace ordo {

std::string NameOfEncoding(Encoding encoding, Language language) {
  switch (encoding) {
    case Encoding::kTcvn3: return "TCVN3 (ABC)";
    case Encoding::kVni: return "VNI";
    case Encoding::kWindows1258: return "Windows-1258";
    case Encoding::kWindows1252: return "Windows-1252";
    case Encoding::kDamagedUtf8: return Say(Phrase::kEncodingDamaged, language);
    case Encoding::kUtf16Le: case Encoding::kUtf16Be: return Say(Phrase::kEncodingUtf16, language);
    case Encoding::kUtf32: return Say(Phrase::kEncodingUtf32, language);
    case Encoding::kOffice: return Say(Phrase::kEncodingOffice, language);
    case Encoding::kBinary: return Say(Phrase::kEncodingBinary, language);
    case Encoding::kUtf8: return Say(Phrase::kEncodingUtf8Twice, language);
  }
  return {};
}

std::string HowToConvert(Encoding encoding, Language language) {
  switch (encoding) {
    case Encoding::kTcvn3: return Say(Phrase::kConvertTcvn3, language);
    case Encoding::kVni: return Say(Phrase::kConvertVni, language);
    case Encoding::kWindows1258: return Say(Phrase::kConvertWindows1258, language);
    case Encoding::kWindows1252: return Say(Phrase::kConvertWindows1252, language);
    case Encoding::kUtf16Le: return Say(Phrase::kConvertUtf16, language, {"UTF-16LE"});
    case Encoding::kUtf16Be: return Say(Phrase::kConvertUtf16, language, {"UTF-16BE"});
    case Encoding::kUtf32: return Say(Phrase::kConvertUtf16, language, {"UTF-32"});
    case Encoding::kOffice: return Say(Phrase::kConvertOffice, language);
    case Encoding::kBinary: return Say(Phrase::kConvertBinary, language);
    case Encoding::kDamagedUtf8: case Encoding::kUtf8: return Say(Phrase::kConvertDamaged, language);
  }
  return {};
}

}  // namespace ordo
