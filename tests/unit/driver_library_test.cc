// The library of rules is whole: the checks that were promised are there, each is made to speak and made to be silent by a test
// in the language, and those tests pass.
#include <map>

#include "compiler/ast/literals.h"
#include "compiler/driver/library.h"
#include "compiler/syntax/parse.h"
#include "runtime/diag/emitter.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

struct Tests {
  size_t fires = 0, silent = 0;
};

class Library : public ::testing::Test {
 protected:
  Library() {
    for (const LibraryFile& file : LibraryFiles()) {
      if (!file.path.starts_with("checks/")) continue;
      Emitter emitter(Language::kEnglish);
      const SourceFile source(std::string(file.path), std::string(file.text));
      const Ast ast = Parse(source, 0, SyntaxLimits{}, emitter);
      EXPECT_FALSE(emitter.has_errors()) << file.path;
      for (NodeId line = ast.first(0); line != ast.nodes[0].end; line = ast.nodes[line].end) {
        if (ast.nodes[line].kind != NodeKind::kBlock) continue;
        const Heading heading = HeadingOf(ast, line);
        if (heading.kind->word == W::kind_rule) rules_[ast.NameOf(*heading.name)] = file.path;
        if (heading.kind->word != W::kind_test) continue;
        for (NodeId inner = heading.body; inner != ast.nodes[line].end; inner = ast.nodes[inner].end) {
          const Node& node = ast.nodes[inner];
          if (node.kind != NodeKind::kClause || ast.tokens[node.first_token].kind != TokenKind::EXPECT) continue;
          const uint32_t name = node.first_token + (ast.tokens[node.first_token + 1].kind == TokenKind::NUMBER ? 2 : 1);
          if (ast.tokens[name + 1].kind == TokenKind::LP) continue;   // a fact
          Tests& tests = tests_[ast.NameOf(ast.tokens[name])];
          ++(ast.tokens[node.first_token].word == W::clause_expect_no ? tests.silent : tests.fires);
        }
      }
    }
  }

  std::map<std::string, std::string_view> rules_;
  std::map<std::string, Tests> tests_;
};

TEST_F(Library, HoldsEveryCheckThatWasPromised) {
  for (const char* code :
       {"OWN01", "OWN02", "OWN03", "OWN04", "OWN05", "OWN06", "OWN07", "OWN08", "OWN09", "OWN11", "OWN12", "OWN19", "OWN21",
        "SCH01", "SCH02", "SCH03", "SCH04", "SCH05", "SCH06", "SCH08", "SCH11", "SCH14", "SCH17", "SCH19", "SCH20", "SCH25",
        "SCH27", "SCH28", "SCH30", "SCH33", "STR01", "STR02", "STR03", "STR04", "STR05", "STR07", "STR11", "STR13", "DOC02",
        "DOC03", "DOC07", "DOC09", "TGT01", "TGT04", "TGT05", "TGT06", "TGT07", "TGT08", "TGT09", "TGT10", "TGT11", "TGT12", "TGT13",
        "TGT14", "TGT17", "TGT18", "TGT19", "TGT20", "TGT21", "TGT22", "TGT23", "TGT24", "TGT25", "TGT26", "TGT27", "TGT30", "TGT31",
        "TGT32", "TGT33", "WRK01", "WRK02", "WRK03", "WRK04", "WRK12", "JRN01", "JRN02", "JRN03", "JRN04", "JRN05",
        "JRN06", "JRN07", "JRN08", "JRN09", "JRN10", "JRN11", "JRN12", "JRN13", "JRN14", "JRN15", "JRN16", "JRN17", "JRN18", "AMD01",
        "AMD02", "AMD03"}) {
    EXPECT_TRUE(rules_.contains(code)) << code;
  }
}

TEST_F(Library, EveryRuleSpeaksInOneTestAndIsSilentInAnother) {
  for (const auto& [code, file] : rules_) {
    EXPECT_GE(tests_[code].fires, 1u) << code << " of " << file << " is never made to speak";
    EXPECT_GE(tests_[code].silent, 1u) << code << " of " << file << " is never made to be silent";
  }
  for (const auto& [code, tests] : tests_) EXPECT_TRUE(rules_.contains(code)) << code << " is tested and is no rule";
}

TEST_F(Library, ItsTestsPass) {
  const Folder folder;
  const Ran ran = folder.Run({"test"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  size_t expected = 0;
  for (const auto& [code, tests] : tests_) expected = std::max(expected, tests.fires + tests.silent);
  EXPECT_NE(ran.out.find(" 0 failed"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("\n0 passed"), std::string::npos);
}

// The runner itself: it must notice what it is there to notice.
TEST_F(Library, TheRunnerFailsWhatIsWrong) {
  const Folder folder;
  const auto status = [&](const std::string& body, const std::string& word = "") {
    const Ran ran =
        folder.Run({"test", folder.Write("t.ordo", "ordo 1 en\ntest OWN01 \"x\" {\n  unit a \"A\"\n" + body + "}\n")});
    if (!word.empty()) EXPECT_NE((ran.out + ran.err).find(word), std::string::npos) << ran.out << ran.err;
    return ran.status;
  };
  EXPECT_EQ(status("  task t \"T\" { }\n  expect OWN01 at t\n"), 0);
  EXPECT_EQ(status("  task t \"T\" { }\n  expect no OWN01\n", "TST02"), 1);
  EXPECT_EQ(status("  task t \"T\" { lead: a }\n  expect OWN01 at t\n", "TST01"), 1);
  EXPECT_EQ(status("  task t \"T\" { }\n  task s \"S\" { lead: a }\n  expect OWN01 at s\n", "TST01"), 1);
  EXPECT_EQ(status("  task t \"T\" { }\n  task s \"S\" { lead: a }\n  expect no OWN01 at s\n"), 0);
  EXPECT_EQ(status("  task t \"T\" { }\n", "TST08"), 1) << "a test that expects nothing";
  EXPECT_EQ(status("  task t \"T\" { lead: b }\n  expect OWN01\n", "NAM03"), 1);
  EXPECT_EQ(status("  task t \"T\" { }\n  expect OWN01 at nowhere\n", "nowhere"), 1);
  EXPECT_EQ(status("  task t \"T\" {\n  expect OWN01\n"), 2) << "broken text";
  EXPECT_EQ(folder.Run({"test", "nowhere.ordo"}).status, 2);
}

}  // namespace
}  // namespace ordo::testing
