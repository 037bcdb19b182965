// How an encoding is called, and what brings a text of it into UTF-8. In: a guess of runtime/base/legacy_text.h. Out: parts of sentences.
#pragma once

#include <string>

#include "runtime/base/legacy_text.h"
#include "runtime/diag/emitter.h"

namespace ordo {

std::string NameOfEncoding(Encoding encoding, Language language);
std::string HowToConvert(Encoding encoding, Language language);

}  // namespace ordo
