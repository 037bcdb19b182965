// The reference cannot drift from the program: every sample of grammar/README.md and README.md is read, modelled and lowered,
// twins in the two skins are one tree, broken samples give the code that they promise, every row of the table of times means the
// days that it states, and no word of the language is missing from the page.
#include <cctype>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/ast/literals.h"
#include "compiler/driver/library_calendar.h"
#include "compiler/driver/session.h"
#include "compiler/format/format.h"
#include "fmt/format.h"
#include "gtest/gtest.h"
#include "runtime/time/time_value.h"

namespace ordo {
namespace {

struct Sample {
  std::string file;
  size_t line = 0;             // of its first line
  Skin skin = Skin::kVietnamese;
  std::string tag;             // behind the skin: "", "prelude", "broken CODE"
  std::string body;
  bool follows_twin = false;   // the fence before it closed on the line above
  std::string label() const { return fmt::format("{}:{}", file, line); }
};

std::string ReadAll(const std::string& name) {
  std::ifstream in(std::string(ORDO_SOURCE_DIR) + "/" + name, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::stringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Sample> SamplesOf(const std::string& name) {
  std::vector<Sample> samples;
  const std::vector<std::string> lines = LinesOf(ReadAll(name));
  size_t closed = 0;           // the line behind the last sample
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool vi = lines[i].starts_with("```ordo-vi"), en = lines[i].starts_with("```ordo-en");
    if (!vi && !en) continue;
    Sample sample{name, i + 2, vi ? Skin::kVietnamese : Skin::kEnglish, lines[i].substr(10), "", en && closed == i && i > 0};
    if (sample.tag.starts_with(" ")) sample.tag.erase(0, 1);
    while (++i < lines.size() && lines[i] != "```") sample.body += lines[i] + "\n";
    EXPECT_LT(i, lines.size()) << "open fence at " << sample.label();
    closed = i + 1;
    samples.push_back(std::move(sample));
  }
  return samples;
}

class Reference : public testing::Test {
 protected:
  Reference() {
    for (const Sample& sample : SamplesOf("grammar/README.md")) {
      if (sample.tag == "prelude") prelude_[sample.skin == Skin::kEnglish] = sample.body;
    }
  }

  // Complete files stand by themselves; everything else continues the prelude of its skin.
  std::string Text(const Sample& sample) const {
    return sample.body.starts_with("ordo ") ? sample.body : prelude_[sample.skin == Skin::kEnglish] + sample.body;
  }

  struct Outcome {
    std::vector<std::string> codes;   // of errors
    std::string found;                // as a user would read it
  };
  static std::string Rendered(const Emitter& emitter, const SourceSet& sources) {
    std::vector<Finding> all = emitter.findings();
    SortFindings(all);
    return RenderText(all, Summarise(all, 0), sources, {false, true, Language::kEnglish});
  }

  static Outcome Run(const std::string& text) {
    Emitter emitter(Language::kEnglish);
    Loaded loaded;
    LoadLibrary(loaded, emitter);
    const FileId file = loaded.sources.Add("sample", text);
    loaded.asts.push_back(Parse(loaded.sources.file(file), file, {}, emitter));
    loaded.parts.push_back({&loaded.asts.back(), 0, false});
    // Samples that name a text file find one of forty lines.
    std::string lines;
    for (int i = 1; i <= 40; ++i) lines += fmt::format("Câu thứ {} của văn bản.\n", i);
    TextFile text_file{loaded.sources.Add("lời văn", lines), nullptr};
    text_file.source = &loaded.sources.file(text_file.id);
    loaded.parts.back().text_file = PlanText(loaded.asts.back(), W::key_text_file) ? &text_file : nullptr;
    StringPool strings;
    // What the text alone has wrong stops here, as it does for a user.
    if (!loaded.asts.back().nodes[0].error) {
      const auto model = BuildModel(loaded.parts, &strings, {.days = &LibraryCalendar()}, emitter);
      if (!emitter.has_errors()) {
        Lower(*model, {true});
        for (const std::string& fault : ir::Verify(model->program)) ADD_FAILURE() << fault << "\n" << text;
      }
    }
    Outcome outcome;
    for (const Finding& finding : emitter.findings()) {
      if (finding.severity == Severity::kError) outcome.codes.push_back(finding.code);
    }
    outcome.found = Rendered(emitter, loaded.sources);
    return outcome;
  }

  static std::string Formatted(const std::string& text, Skin skin) {
    Emitter emitter(Language::kEnglish);
    SourceSet sources;
    const FileId file = sources.Add("sample", text);
    const Ast ast = Parse(sources.file(file), file, {}, emitter);
    EXPECT_FALSE(emitter.has_errors()) << text;
    return Format(ast, skin);
  }

  std::string prelude_[2];   // Vietnamese, English
};

TEST_F(Reference, SoundSamplesAreSound) {
  size_t run = 0;
  for (const char* name : {"grammar/README.md", "README.md"}) {
    for (const Sample& sample : SamplesOf(name)) {
      if (sample.tag.starts_with("broken")) continue;
      EXPECT_TRUE(sample.tag.empty() || sample.tag == "prelude") << sample.label() << ": " << sample.tag;
      const Outcome outcome = Run(Text(sample));
      EXPECT_TRUE(outcome.codes.empty()) << sample.label() << "\n" << outcome.found;
      ++run;
    }
  }
  EXPECT_GT(run, 60u);
}

TEST_F(Reference, BrokenSamplesGiveTheirCode) {
  size_t run = 0;
  for (const char* name : {"grammar/README.md", "README.md"}) {
    for (const Sample& sample : SamplesOf(name)) {
      if (!sample.tag.starts_with("broken ")) continue;
      const Outcome outcome = Run(Text(sample));
      EXPECT_EQ(outcome.codes, std::vector<std::string>{sample.tag.substr(7)}) << sample.label() << "\n" << outcome.found;
      ++run;
    }
  }
  EXPECT_GT(run, 10u);
}

// The canonical text of both must be one text in either skin: same words, names, values and order.
TEST_F(Reference, TwinsAreOneTree) {
  const std::vector<Sample> samples = SamplesOf("grammar/README.md");
  size_t twins = 0;
  for (size_t i = 1; i < samples.size(); ++i) {
    if (!samples[i].follows_twin || !samples[i - 1].tag.empty() || !samples[i].tag.empty()) continue;
    ASSERT_EQ(samples[i - 1].skin, Skin::kVietnamese) << samples[i].label();
    const std::string vi = Text(samples[i - 1]), en = Text(samples[i]);
    for (const Skin skin : {Skin::kVietnamese, Skin::kEnglish}) {
      EXPECT_EQ(Formatted(vi, skin), Formatted(en, skin)) << samples[i].label();
    }
    ++twins;
  }
  EXPECT_GT(twins, 30u);
}

std::vector<std::string> CellsOf(const std::string& row) {
  std::vector<std::string> cells;
  for (size_t at = 1, end = 0; (end = row.find('|', at)) != std::string::npos; at = end + 1) {
    std::string cell = row.substr(at, end - at);
    for (const char sign : {' ', '`'}) {
      while (!cell.empty() && cell.front() == sign) cell.erase(0, 1);
      while (!cell.empty() && cell.back() == sign) cell.pop_back();
    }
    cells.push_back(cell);
  }
  return cells;
}

std::string_view ClassName(TimeClass cls) {
  switch (cls) {
    case TimeClass::kNone: return "timeless";
    case TimeClass::kFixed: return "fixed";
    case TimeClass::kRecurring: return "recurring";
    case TimeClass::kWaiting: return "waiting";
    case TimeClass::kOpen: return "undecided";
    case TimeClass::kImpossible: return "impossible";
  }
  return "";
}

std::string DayName(const std::optional<Date>& day) {
  if (!day) return "–";
  const Ymd ymd = day->ymd();
  return fmt::format("{:02}/{:02}/{}", ymd.day, ymd.month, ymd.year);
}

// | official wording | tiếng Việt | English | meaning | first | last | class |; of several times the first is told, but all worded.
TEST_F(Reference, TimesMeanWhatTheTableSays) {
  bool inside = false;
  size_t rows = 0;
  for (const std::string& line : LinesOf(ReadAll("grammar/README.md"))) {
    if (line == "| official wording | tiếng Việt | English | meaning | first | last | class |") {
      inside = true;
      continue;
    }
    if (!line.starts_with("|")) inside = false;
    if (!inside || line.starts_with("|--")) continue;
    std::vector<std::string> cells = CellsOf(line);
    ASSERT_EQ(cells.size(), 7u) << line;
    EXPECT_FALSE(cells[3].empty()) << line;
    const std::string official = cells[0];
    cells = {cells[1], cells[2], cells[4], cells[5], cells[6]};
    ++rows;
    const std::string vi = prelude_[0] + "nhiệm vụ x \"X\" { thời hạn: " + cells[0] + " }\n";
    const std::string en = prelude_[1] + "task x \"X\" { due: " + cells[1] + " }\n";
    EXPECT_EQ(Formatted(vi, Skin::kEnglish), Formatted(en, Skin::kEnglish)) << line;

    const std::string texts[] = {vi, en};
    for (const std::string& text : texts) {
      Emitter emitter(Language::kEnglish);
      SourceSet sources;
      const FileId file = sources.Add("time", text);
      const Ast ast = Parse(sources.file(file), file, {}, emitter);
      StringPool strings;
      const auto model = BuildModel({{&ast, 0, false}}, &strings, {.days = &LibraryCalendar()}, emitter);
      ASSERT_FALSE(emitter.has_errors()) << line << "\n" << Rendered(emitter, sources);
      const ir::Program& program = model->program;
      const ir::Field* due = program.FindField(model->names.at(strings.Find("x")), static_cast<ir::WordId>(W::key_due));
      ASSERT_NE(due, nullptr) << line;
      ASSERT_GT(due->entry_count, 0u) << line;
      const TimeContext context = program.Context();
      const auto object = static_cast<EntityId>(program.entries[due->first_entry].value);
      const ResolvedTime resolved = Resolve(program.times[program.entity(object).row], context);
      EXPECT_EQ(DayName(resolved.first), cells[2]) << line;
      EXPECT_EQ(DayName(resolved.last), cells[3]) << line;
      EXPECT_EQ(ClassName(resolved.cls), cells[4]) << line;
      const TimeNames names{[&](EntityId id) { return std::string(strings[program.entity(id).title]); },
                            [&](Symbol words) { return strings[words]; }};
      std::string printed;
      for (uint32_t i = 0; i < due->entry_count; ++i) {
        const auto entry = static_cast<EntityId>(program.entries[due->first_entry + i].value);
        printed += (i > 0 ? "; " : "") + Print(program.times[program.entity(entry).row], Language::kVietnamese, names);
      }
      if (&text == &texts[0]) EXPECT_EQ(printed, official) << line;
    }
  }
  EXPECT_GT(rows, 50u);
}

// Samples and `quoted` words, one after another.
std::string CodeOf(const std::string& page) {
  std::string code;
  bool fenced = false;
  for (const std::string& line : LinesOf(page)) {
    if (line.starts_with("```")) {
      fenced = !fenced;
    } else if (fenced) {
      code += line + "\n";
    } else {
      for (size_t at = 0, end = 0; (at = line.find('`', at)) != std::string::npos; at = end + 1) {
        if ((end = line.find('`', at + 1)) == std::string::npos) break;
        code += line.substr(at + 1, end - at - 1) + "\n";
      }
    }
  }
  return code;
}

bool HasWord(const std::string& code, std::string_view word) {
  const auto letter = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) || c == '_';
  };
  for (size_t at = 0; (at = code.find(word, at)) != std::string::npos; ++at) {
    const size_t end = at + word.size();
    if ((at == 0 || !letter(code[at - 1])) && (end == code.size() || !letter(code[end]))) return true;
  }
  return false;
}

TEST_F(Reference, EveryWordStandsOnThePage) {
  const std::string code = CodeOf(ReadAll("grammar/README.md"));
  for (size_t i = 1; i < word_count(); ++i) {
    const auto word = static_cast<W>(i);
    for (const Skin skin : {Skin::kVietnamese, Skin::kEnglish}) {
      const std::string_view spelling = SpellingOf(word, skin);
      EXPECT_TRUE(HasWord(code, spelling)) << RowOf(word).family << "." << RowOf(word).id << ": «" << spelling << "»";
    }
  }
}

}  // namespace
}  // namespace ordo
