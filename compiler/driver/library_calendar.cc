#include "compiler/driver/library_calendar.h"

#include <cstdio>
#include <cstdlib>

#include "compiler/driver/library_part.h"
#include "fmt/format.h"

namespace ordo {

bool CompileCalendar(const std::vector<LibraryFile>& files, Language language, DayBook* book, std::string* faults) {
  return CompileLibraryPart(files, "calendars/", language, [&](const ir::Program& program) { *book = MakeDayBook(program); }, faults);
}

const DayBook& LibraryCalendar() {
  static const DayBook book = [] {
    DayBook made;
    std::string faults;
    if (!CompileCalendar(LibraryFiles(), Language::kEnglish, &made, &faults)) {
      fmt::print(stderr, "stdlib/calendars: {}", faults);
      std::abort();
    }
    return made;
  }();
  return book;
}

}  // namespace ordo
