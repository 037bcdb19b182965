// SARIF against its published schema (tests/data/README.md says where it comes from), by a validator that is not ours, and what
// viewers rely on beyond the schema: every index points to something.
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

class SarifTest : public ::testing::Test {
 protected:
  // Runs, keeps the output as a file, and reads it.
  json Log(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check");
    arguments.insert(arguments.end(), {"--format", "sarif"});
    const Ran ran = folder.Run(arguments);
    EXPECT_GE(ran.status, 0);
    EXPECT_LT(ran.status, 3) << ran.err;
    names.push_back((folder.path() / folder.Write("log" + std::to_string(names.size()) + ".sarif", ran.out)).string());
    json log = json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(log.is_discarded()) << ran.out.substr(0, 300);
    for (const json& run : log["runs"]) CheckIndices(run);
    return log;
  }

  static void CheckIndices(const json& run) {
    const json& rules = run["tool"]["driver"]["rules"];
    const size_t artifacts = run.contains("artifacts") ? run["artifacts"].size() : 0;
    const auto location = [&](const json& place) {
      const json& artifact = place["physicalLocation"]["artifactLocation"];
      ASSERT_LT(artifact["index"].get<size_t>(), artifacts);
      EXPECT_EQ(run["artifacts"][artifact["index"].get<size_t>()]["location"]["uri"], artifact["uri"]);
    };
    for (const json& result : run["results"]) {
      ASSERT_LT(result["ruleIndex"].get<size_t>(), rules.size());
      EXPECT_EQ(rules[result["ruleIndex"].get<size_t>()]["id"], result["ruleId"]);
      EXPECT_TRUE(result["partialFingerprints"]["ordo/1"].is_string());
      for (const json& place : result["locations"]) location(place);
      for (const json& place : result.value("relatedLocations", json::array())) location(place);
    }
    for (const json& rule : rules) {
      EXPECT_FALSE(rule["fullDescription"]["text"].get<std::string>().empty()) << rule["id"];
      EXPECT_TRUE(rule["defaultConfiguration"]["level"].is_string());
    }
    EXPECT_EQ(run["invocations"].size(), 1u);
  }

  void Validate() const {
    std::string command = "/usr/bin/python3 " ORDO_SOURCE_DIR "/tests/support/validate_json.py " ORDO_SOURCE_DIR "/tests/data/sarif-2.1.0.schema.json";
    for (const std::string& name : names) command += " '" + name + "'";
    std::string said;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    char buffer[4096];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) said.append(buffer, n);
    EXPECT_EQ(pclose(pipe), 0) << said;
  }

  Folder folder;
  std::vector<std::string> names;
};

TEST_F(SarifTest, WhatTheProgramWritesIsValid) {
  folder.Copy("examples");
  folder.Write("kế hoạch/rỗng.ordo", "ordo 1 vi\nkế hoạch a \"A\" { giai đoạn: năm 2026; cơ quan ban hành: u; báo lên: u.đứng đầu }\nđơn vị u \"U\" { đứng đầu: \"Chủ tịch\" }\n");
  const json nothing = Log({"kế hoạch/rỗng.ordo", "--only", "OWN07"});
  EXPECT_TRUE(nothing["runs"][0]["results"].empty());
  EXPECT_EQ(nothing["runs"][0]["invocations"][0]["exitCode"], 0);

  const std::string plan =
      "ordo 1 vi\nkế hoạch k \"Trồng cây: đợt 1\" { cơ quan ban hành: u; ngày ban hành: 15/01/2026; giai đoạn: năm 2026 }\n"
      "đơn vị u \"UBND\" { đứng đầu: \"Chủ tịch\" }\nđơn vị v \"Văn phòng\" { trực thuộc: u; đứng đầu: \"Chánh\" }\n"
      "nhiệm vụ t \"Khảo sát\" { người đứng đầu: v.đứng đầu; chủ trì: v; phối hợp: u, v; kết quả: \"Danh sách\"; thời hạn: 27/02/2026 }\n";
  const std::string waiver = "miễn trừ OWN07 { áp dụng cho: t; lý do: \"Hai tổ\"; người quyết định: u.đứng đầu; đến ngày: 31/12/2026 }\n";
  const std::string path = "kế hoạch/đợt 1: trồng cây.ordo";
  folder.Write(path, plan);
  const json fixed = Log({path});
  bool fix = false, related = false;
  for (const json& result : fixed["runs"][0]["results"]) {
    fix |= result.contains("fixes");
    related |= result.contains("relatedLocations");
  }
  EXPECT_TRUE(fix);
  EXPECT_TRUE(related);
  EXPECT_NE(fixed["runs"][0]["artifacts"][0]["location"]["uri"].get<std::string>().find("%3A"), std::string::npos);
  folder.Write(path, plan + waiver);
  const json waived = Log({path});
  bool suppressed = false;
  for (const json& result : waived["runs"][0]["results"]) suppressed |= result.contains("suppressions");
  EXPECT_TRUE(suppressed);

  folder.Write("broken.ordo", "ordo 1 vi\nkế hoạch a \"A\" { chủ chì: b }\n");
  const json broken = Log({"broken.ordo"});
  EXPECT_EQ(broken["runs"][0]["invocations"][0]["exitCode"], 2);
  EXPECT_EQ(broken["runs"][0]["invocations"][0]["executionSuccessful"], false);
  Log({"không có.ordo"});

  ASSERT_EQ(folder.Run({"check", "examples/hai_duong_2026/plan.ordo", "--write-baseline", "known.json"}).status, 1);
  std::string known = ReadBytes(folder.path() / "known.json");
  known.replace(known.find("\"fingerprint\": \"") + 16, 4, "zzzz");
  folder.Write("known.json", known);
  const json compared = Log({"examples/hai_duong_2026/plan.ordo", "--baseline", "known.json"});
  std::map<std::string, int> states;
  for (const json& result : compared["runs"][0]["results"]) ++states[result["baselineState"]];
  EXPECT_EQ(states["new"], 1);
  EXPECT_EQ(states["absent"], 1);
  EXPECT_GT(states["unchanged"], 50);

  const json all = Log({"examples", "--lang", "en"});
  EXPECT_GE(all["runs"].size(), 7u);
  Validate();
}

// The validator does find faults.
TEST_F(SarifTest, TheSchemaRefusesWhatIsNoLog) {
  names.push_back((folder.path() / folder.Write("a.sarif", "{\"version\": \"2.1.0\", \"runs\": [{\"results\": [{}]}]}")).string());
  const std::string command = "/usr/bin/python3 " ORDO_SOURCE_DIR "/tests/support/validate_json.py " ORDO_SOURCE_DIR
                              "/tests/data/sarif-2.1.0.schema.json '" + names[0] + "' >/dev/null 2>&1";
  EXPECT_NE(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace ordo::testing
