// Which finding is told under which, and which are told first.
#include <string>

#include "gtest/gtest.h"
#include "runtime/base/one_edit.h"
#include "runtime/diag/fingerprint.h"
#include "runtime/diag/order.h"

namespace ordo {
namespace {

Finding Make(std::string code, Severity severity = Severity::kWarning, uint32_t rows = 1) {
  Finding finding;
  finding.fingerprint = "of " + code;
  finding.code = std::move(code);
  finding.severity = severity;
  finding.rows = rows;
  return finding;
}

Finding Following(std::string code, std::string cause) {
  Finding finding = Make(std::move(code));
  finding.cause = "of " + cause;
  finding.caused_by = std::move(cause);
  return finding;
}

std::string CodesOf(const std::vector<Finding>& findings) {
  std::string codes;
  for (const Finding& finding : findings) codes += (codes.empty() ? "" : " ") + finding.code;
  return codes;
}

TEST(Roots, ByFingerprintThroughChains) {
  const std::vector<Finding> findings = {Following("C", "B"), Following("B", "A"), Make("A"), Make("A2"), Following("D", "gone")};
  EXPECT_EQ(FindRoots(findings), (std::vector<size_t>{2, 2, 2, 3, 4}));
}

TEST(Roots, OfTwoFindingsWithOneCodeTheNamedOne) {
  std::vector<Finding> findings = {Make("A"), Make("A"), Following("B", "A")};
  findings[1].fingerprint = "of A-2";
  findings[2].cause = "of A-2";
  EXPECT_EQ(FindRoots(findings)[2], 1u);
}

TEST(Roots, AWaivedCauseAndALoopHideNothing) {
  std::vector<Finding> waived = {Make("A"), Following("B", "A")};
  waived[0].waiver = "w";
  EXPECT_EQ(FindRoots(waived), (std::vector<size_t>{0, 1}));
  EXPECT_EQ(FindRoots({Following("A", "B"), Following("B", "A")}), (std::vector<size_t>{0, 1}));
  EXPECT_EQ(FindRoots({Following("A", "A")}), (std::vector<size_t>{0}));
}

TEST(Ranks, SeverityThenCasesThenCertaintyThenPlace) {
  std::vector<Finding> findings = {Make("info", Severity::kInformation, 90),
                                   Make("limit"),
                                   Make("late"),
                                   Make("many", Severity::kWarning, 7),
                                   Make("fixed"),
                                   Make("error", Severity::kError),
                                   Make("excused", Severity::kError, 99),
                                   Following("follower", "many")};
  findings[1].by_limit = true;
  findings[4].fix = Fix{};
  findings[6].waiver = "w";
  RankFindings(findings);
  EXPECT_EQ(findings[6].rank, 0u);
  EXPECT_EQ(findings[7].rank, 0u);
  SortByRank(findings);
  EXPECT_EQ(CodesOf(findings), "error many follower fixed late limit info excused");
  for (uint32_t i = 0; i < 2; ++i) EXPECT_EQ(findings[i].rank, i + 1);
}

TEST(Ranks, ConsequencesWeigh) {
  std::vector<Finding> findings = {Make("two", Severity::kWarning, 2), Make("one"), Following("x", "one"), Following("y", "one")};
  RankFindings(findings);
  EXPECT_EQ(findings[1].rank, 1u);
  EXPECT_EQ(findings[0].rank, 2u);
}

// An error that is told under a warning must not sink with it.
TEST(Ranks, ACauseIsAsSevereAsItsWorstConsequence) {
  std::vector<Finding> findings = {Make("warning", Severity::kWarning, 5), Make("cause"), Following("error", "cause")};
  findings[2].severity = Severity::kError;
  RankFindings(findings);
  EXPECT_EQ(findings[1].rank, 1u);
}

TEST(Ranks, ABrokenTextIsReadFromTheTop) {
  std::vector<Finding> findings = {Make("first"), Make("second", Severity::kError)};
  findings[1].from_text = true;
  RankFindings(findings);
  SortByRank(findings);
  EXPECT_EQ(CodesOf(findings), "first second");
}

TEST(Fingerprints, PartsAreToldApart) {
  EXPECT_EQ(Fingerprint().Add("a").Add("b").Hex(), Fingerprint().Add("a").Add("b").Hex());
  EXPECT_NE(Fingerprint().Add("ab").Add("c").Hex(), Fingerprint().Add("a").Add("bc").Hex());
  EXPECT_NE(Fingerprint().Add(1).Hex(), Fingerprint().Add(256).Hex());
  EXPECT_EQ(Fingerprint().Add("Tết").Hex().size(), 16u);
}

TEST(Fingerprints, EqualOnesAreNumbered) {
  std::vector<Finding> findings = {Make("A"), Make("B"), Make("A"), Make("A")};
  NumberFingerprints(findings);
  EXPECT_EQ(findings[0].fingerprint, "of A");
  EXPECT_EQ(findings[2].fingerprint, "of A-2");
  EXPECT_EQ(findings[3].fingerprint, "of A-3");
  EXPECT_EQ(findings[1].fingerprint, "of B");
}

TEST(OneEdit, OnlyWhatCanBeMeantOneWay) {
  const std::vector<std::string_view> names = {"khảo_sát", "vận_động", "ktht", "vhxh", "vp"};
  const auto near = [&](std::string_view word) {
    const auto found = FindOneEditAway(word, names);
    return found ? std::string(names[*found]) : "-";
  };
  EXPECT_EQ(near("kthtt"), "ktht");
  EXPECT_EQ(near("ktt"), "ktht");
  EXPECT_EQ(near("ktx"), "-") << "an exchange and a letter";
  EXPECT_EQ(near("kth"), "ktht");
  EXPECT_EQ(near("ktth"), "ktht") << "neighbours swapped";
  EXPECT_EQ(near("khao_sat"), "khảo_sát") << "marks left out";
  EXPECT_EQ(near("khảo_sat"), "khảo_sát");
  EXPECT_EQ(near("vận_độn"), "vận_động");
  EXPECT_EQ(near("ktht"), "-") << "the word itself";
  EXPECT_EQ(near("v"), "-");
  const std::vector<std::string_view> two = {"phong_a", "phong_b"};
  EXPECT_FALSE(FindOneEditAway("phong_c", two));
  EXPECT_EQ(FindOneEditAway("phong_ab", two), std::nullopt);
  EXPECT_EQ(FindOneEditAway("phong_aa", two), 0u);
}

}  // namespace
}  // namespace ordo
