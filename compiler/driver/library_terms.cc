#include "compiler/driver/library_terms.h"

#include <cstdio>
#include <cstdlib>

#include "compiler/driver/library_part.h"
#include "fmt/format.h"

namespace ordo {

const TermBook& LibraryTerms() {
  static const TermBook book = [] {
    TermBook made;
    std::string faults;
    if (!CompileLibraryPart(LibraryFiles(), "registers/", Language::kEnglish, [&](const ir::Program& program) { made = ReadTerms(program); }, &faults)) {
      fmt::print(stderr, "stdlib/registers: {}", faults);
      std::abort();
    }
    return made;
  }();
  return book;
}

}  // namespace ordo
