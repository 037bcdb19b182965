// Rule sets: the version of the program's own, copies that are kept and checked with, what a plan says about the one that it was checked
// with, and copies that are not what was written.
#include "compiler/driver/rule_set.h"

#include "compiler/driver/load.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

constexpr const char* kPlan = R"(ordo 1 vi
kế hoạch k "Kế hoạch" { số: "1/KH-UBND"; cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }
đơn vị u "UBND phường" { cấp: xã; đứng đầu: "Chủ tịch" }
nhiệm vụ x "Việc X" { người đứng đầu: u.đứng đầu; chủ trì: u; phối hợp: u; kết quả: "Sổ"; thời hạn: 31/03/2026 }
)";

class RuleSets : public ::testing::Test {
 protected:
  RuleSets() : own_(OwnRules().version) {}
  // The plan with fields of its own block, written below folder `p`.
  std::string Plan(const std::string& fields) const {
    std::string text = kPlan;
    return folder_.Write("p/plan.ordo", text.insert(text.find("số:"), fields));
  }
  // A set of another time: OWN07 has another sentence. Its version.
  std::string Older(const std::string& path, bool broken = false) const {
    RuleSet set;
    set.program = "0.0.9";
    for (const LibraryFile& file : OwnRules().files) {
      set.owned.emplace_back(file.path);
      std::string text(file.text);
      if (file.path == "checks/ownership.ordo") {
        const size_t rule = text.find("rule OWN07");
        const size_t sentence = text.find("\n  vi: \"", rule) + 8;
        text.insert(sentence, "khi ấy: ");
        if (broken) text.insert(text.find('\n', rule) + 1, "  where nothing_of_today(1) = 2\n");
      }
      set.owned.push_back(std::move(text));
    }
    for (size_t i = 0; i < set.owned.size(); i += 2) set.files.push_back({set.owned[i], set.owned[i + 1]});
    set.version = VersionOf(set.files);
    std::string written;
    EXPECT_TRUE(WriteRuleSet(set, (folder_.path() / path).string(), &written).ok());
    return set.version;
  }
  static std::string MessageOf(const std::vector<Told>& all, std::string_view code) {
    const auto some = Only(all, code);
    return some.size() == 1 ? some[0].message : std::to_string(some.size()) + " " + std::string(code);
  }

  Folder folder_;
  const std::string own_;
};

TEST_F(RuleSets, TheProgramTellsItsVersion) {
  EXPECT_TRUE(IsRuleSetVersion(own_)) << own_;
  EXPECT_NE(folder_.Run({"--version"}).out.find("rules " + own_), std::string::npos);
  const Ran vi = folder_.Run({"rules"}), en = folder_.Run({"rules", "--lang", "en"});
  EXPECT_EQ(vi.status, 0);
  EXPECT_NE(vi.out.find("  bộ quy tắc: \"" + own_ + "\"\n"), std::string::npos) << vi.out;
  EXPECT_NE(en.out.find("  rule set: \"" + own_ + "\"\n"), std::string::npos) << en.out;
  for (const LibraryFile& file : OwnRules().files) EXPECT_EQ(file.path.find("tests/"), std::string_view::npos);
}

TEST_F(RuleSets, ACopyChecksAsTheProgramDoes) {
  const std::string plan = Plan("");
  const Ran before = folder_.Run({"check", plan, "--format", "json"});
  const Ran folder = folder_.Run({"rules", "--write", "kept"});
  EXPECT_EQ(folder.out, "kept/" + own_ + "\n");
  EXPECT_EQ(folder_.Run({"rules", "--write", "kept"}).status, 0) << "again";
  EXPECT_EQ(folder_.Run({"rules", "--write", "one.json"}).out, "one.json\n");
  for (const std::string& copy : {std::string("kept"), "kept/" + own_, "kept/" + own_ + "/rules.json", std::string("one.json")}) {
    const Ran shown = folder_.Run({"rules", copy});
    EXPECT_EQ(shown.status, 0) << copy << shown.err;
    EXPECT_NE(shown.out.find(own_), std::string::npos);
    EXPECT_EQ(folder_.Run({"check", plan, "--format", "json", "--rules", copy}).out, before.out) << copy;
  }
}

TEST_F(RuleSets, AnotherOneIsUsedWhenItIsNamed) {
  const std::string older = Older("kept"), single = Older("one.json");
  EXPECT_EQ(older, single);
  EXPECT_NE(older, own_);
  const std::string plan = Plan("");
  EXPECT_EQ(MessageOf(folder_.Check(plan, 0), "OWN07").find("khi ấy: "), std::string::npos);
  for (const std::string copy : {"kept", "one.json"}) {
    const auto told = folder_.Check(plan, 0, {"--rules", copy});
    EXPECT_TRUE(MessageOf(told, "OWN07").starts_with("khi ấy: ")) << MessageOf(told, "OWN07");
    EXPECT_TRUE(Only(told, "FIL20").empty()) << "the plan says nothing";
  }
  // Several in one folder: the plan says which.
  EXPECT_EQ(folder_.Run({"rules", "--write", "kept"}).status, 0);
  EXPECT_EQ(Codes(folder_.Check(plan, 2, {"--rules", "kept"})), "FIL23");
  const auto told = folder_.Check(Plan("bộ quy tắc: \"" + older + "\"; "), 0, {"--rules", "kept"});
  EXPECT_TRUE(MessageOf(told, "OWN07").starts_with("khi ấy: "));
  EXPECT_TRUE(Only(told, "FIL20").empty()) << "the very one";
  // Other commands too.
  EXPECT_NE(folder_.Run({"dump", plan, "--stage", "findings", "--rules", "kept/" + older}).out.find("khi ấy: "), std::string::npos);
}

TEST_F(RuleSets, APlanRecordsTheOneThatItWasCheckedWith) {
  EXPECT_EQ(Codes(Only(folder_.Check(Plan("bộ quy tắc: \"" + own_ + "\"; "), 0), "FIL20")), "");
  const std::string older = Older("p/kept");
  const auto other = folder_.Check(Plan("bộ quy tắc: \"" + older + "\"; "), 0);
  ASSERT_EQ(Only(other, "FIL20").size(), 1u);
  const Told told = Only(other, "FIL20")[0];
  EXPECT_EQ(told.severity, "information");
  EXPECT_EQ(told.line, 2);
  EXPECT_NE(told.message.find(older), std::string::npos);
  EXPECT_NE(told.help.find("bộ quy tắc: \"" + own_ + "\""), std::string::npos) << "the line to write";
  EXPECT_EQ(MessageOf(other, "OWN07").find("khi ấy: "), std::string::npos) << "checked with today's";
  // Kept beside it, it is used.
  const auto kept = folder_.Check(Plan("bộ quy tắc: \"" + older + "\"; nơi giữ bộ quy tắc: \"kept\"; "), 0);
  EXPECT_TRUE(MessageOf(kept, "OWN07").starts_with("khi ấy: "));
  EXPECT_EQ(Codes(Only(kept, "FIL25")), "FIL25");
  // --rules goes first.
  EXPECT_EQ(folder_.Run({"rules", "--write", "now"}).status, 0);
  const auto now = folder_.Check("p/plan.ordo", 0, {"--rules", "now/" + own_});
  EXPECT_EQ(MessageOf(now, "OWN07").find("khi ấy: "), std::string::npos);
  EXPECT_EQ(Codes(Only(now, "FIL20")), "FIL20");
  // Not there: told, and today's are used.
  const auto gone = folder_.Check(Plan("bộ quy tắc: \"0123456789abcdef\"; nơi giữ bộ quy tắc: \"kept\"; "), 0);
  EXPECT_EQ(Codes(Only(gone, "FIL21")), "FIL21");
  EXPECT_EQ(MessageOf(gone, "OWN07").find("khi ấy: "), std::string::npos);
  EXPECT_EQ(Codes(Only(folder_.Check(Plan("bộ quy tắc: \"0123456789abcdef\"; nơi giữ bộ quy tắc: \"không có\"; "), 0), "FIL21")), "FIL21");
  // Standard input is read once.
  const Ran piped = folder_.Run({"check", "-", "--root", "p", "--rules", "p/kept"}, ReadBytes(folder_.path() / Plan("")));
  EXPECT_NE(piped.out.find("khi ấy: "), std::string::npos) << piped.out << piped.err;
}

TEST_F(RuleSets, SlipsAreTold) {
  EXPECT_EQ(Codes(folder_.Check(Plan("bộ quy tắc: \"mới\"; "), 2)), "FIL26");
  EXPECT_EQ(Codes(folder_.Check(Plan("bộ quy tắc: \"" + std::string(15, 'a') + "\"; "), 2)), "FIL26");
  EXPECT_EQ(Codes(folder_.Check(Plan(""), 2, {"--rules", "nowhere"})), "FIL23");
  EXPECT_EQ(Codes(folder_.Check(Plan(""), 2, {"--rules", "p/plan.ordo"})), "FIL23");
  Older("kept");
  for (const std::string outside : {"../kept", "/tmp"}) {
    EXPECT_EQ(Codes(folder_.Check(Plan("bộ quy tắc: \"0123456789abcdef\"; nơi giữ bộ quy tắc: \"" + outside + "\"; "), 2)), "FIL07") << outside;
  }
}

TEST_F(RuleSets, ACopyThatIsNotWhatWasWrittenIsRefused) {
  const auto refused = [&](const std::string& code, const std::string& names) {
    const auto told = folder_.Check(Plan(""), 2, {"--rules", "kept"});
    ASSERT_EQ(Codes(told), code);
    EXPECT_NE(told[0].message.find(names), std::string::npos) << told[0].message;
    EXPECT_NE(folder_.Run({"rules", "kept"}).err.find(code), std::string::npos);
  };
  const std::string place = "kept/" + own_ + "/";
  const auto fresh = [&] {
    fs::remove_all(folder_.path() / "kept");
    EXPECT_EQ(folder_.Run({"rules", "--write", "kept"}).status, 0);
  };
  fresh();
  const std::string file = place + "checks/ownership.ordo";
  const std::string text = ReadBytes(folder_.path() / file);
  folder_.Write(file, text + "// x\n");
  refused("FIL22", "checks/ownership.ordo");
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  folder_.Write(file, windows);
  EXPECT_EQ(folder_.Run({"rules", "kept"}).status, 0) << "other line ends are no change";
  fs::remove(folder_.path() / file);
  refused("FIL22", "checks/ownership.ordo");
  fresh();
  folder_.Write(place + "checks/more.ordo", "ordo 1 vi\n");
  refused("FIL22", "checks/more.ordo");
  fresh();
  // The index itself.
  const std::string index = ReadBytes(folder_.path() / (place + "rules.json"));
  auto json = nlohmann::json::parse(index);
  json["version"] = "0123456789abcdef";
  folder_.Write(place + "rules.json", json.dump());
  refused("FIL22", own_);
  for (const std::string path : {"../../../secret.ordo", "checks/../../x.ordo", "/etc/passwd", "checks/x.txt", "checks//a.ordo", "natives/a.ordo"}) {
    json = nlohmann::json::parse(index);
    json["files"].push_back({{"path", path}, {"sha256", ""}});
    folder_.Write(place + "rules.json", json.dump());
    refused("FIL23", path);
  }
  json = nlohmann::json::parse(index);
  json["files"].push_back(json["files"][0]);
  folder_.Write(place + "rules.json", json.dump());
  refused("FIL23", "calendars/vietnam.ordo");
  for (const std::string bad : {"", "{", "[]", "{}", "{\"schema\": \"ordo/rules/1\"}", "{\"schema\": \"ordo/rules/1\", \"version\": \"0123456789abcdef\", \"files\": {}}"}) {
    folder_.Write(place + "rules.json", bad);
    refused("FIL23", "rules.json");
  }
  fresh();
  EXPECT_EQ(Codes(folder_.Check(Plan(""), 2, {"--rules", "kept", "--max-bytes", "100000"})), "FIL23") << "within the limit of a file";
  // A link that leads out of the folder.
  fs::remove(folder_.path() / file);
  folder_.Write("outside.ordo", text);
  fs::create_symlink(folder_.path() / "outside.ordo", folder_.path() / file);
  refused("FIL22", "checks/ownership.ordo");
}

TEST_F(RuleSets, AnOldOneThatThisProgramCannotReadIsToldAsSuch) {
  Older("kept", true);
  const auto told = folder_.Check(Plan(""), 2, {"--rules", "kept", "--lang", "en"});
  ASSERT_EQ(Only(told, "FIL24").size(), 1u) << Codes(told);
  EXPECT_NE(Only(told, "FIL24")[0].message.find("0.0.9"), std::string::npos);
  ASSERT_EQ(Only(told, "RUL01").size(), 1u) << Codes(told);
  EXPECT_NE(Only(told, "RUL01")[0].file.find("checks/ownership.ordo"), std::string::npos) << "at its place in the set";
}

}  // namespace
}  // namespace ordo::testing
