// Values of targets and conditions on them, through the program: what cannot be read is told with its place and what is meant, in
// both skins, and never makes it crash, hang or guess; what can be read comes out right in the IR.
#include <chrono>
#include <initializer_list>
#include <random>

#include "fmt/format.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

const std::string kHead =
    "ordo 1 en\n"
    "plan k \"Plan\" { issued by: u; issue date: 2026-01-05; period: 2026 }\n"
    "unit u \"Office\" { head: \"Chairman\" }\n";  // what follows begins on line 4
const std::string kHeadVi =
    "ordo 1 vi\n"
    "kế hoạch k \"Kế hoạch\" { cơ quan ban hành: u; ngày ban hành: 05/01/2026; giai đoạn: năm 2026 }\n"
    "đơn vị u \"Văn phòng\" { đứng đầu: \"Chánh Văn phòng\" }\n";

std::string Repeat(std::string_view piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

class TargetValues : public ::testing::Test {
 protected:
  std::vector<Told> Check(const std::string& text, int status) { return folder_.Check(folder_.Write("plan.ordo", text), status); }

  // Nothing else is an error; its sentence, its help or its other sides hold the words.
  void Expect(const std::string& text, int status, const std::string& code, int line, int column,
              std::initializer_list<const char*> words) {
    const std::vector<Told> found = Check(text, status);
    std::vector<Told> errors = Only(found, code);
    ASSERT_EQ(errors.size(), 1u) << code << " in: " << Codes(found) << "\n" << text.substr(0, 500);
    const Told& told = errors[0];
    if (status == 2) EXPECT_EQ(Codes(found), code) << text.substr(0, 500);
    EXPECT_EQ(told.severity, "error");
    EXPECT_EQ(std::pair(told.line, told.column), std::pair(line, column)) << code << ": " << told.message;
    const std::string all = told.message + "\n" + told.help + "\n" + told.related;
    for (const char* word : words) EXPECT_NE(all.find(word), std::string::npos) << code << ": «" << word << "» in: " << all;
  }
  // A line of a target: line 6.
  void Row(const std::string& measure, const std::string& row, const std::string& code, int column,
           std::initializer_list<const char*> words, int status = 2) {
    SCOPED_TRACE(row);
    Expect(kHead + "target a \"Share\" {\n  measured in: " + measure + "\n  " + row + "\n}\n", status, code, 6, column, words);
  }
  void RowVi(const std::string& measure, const std::string& row, const std::string& code, int column,
             std::initializer_list<const char*> words, int status = 2) {
    SCOPED_TRACE(row);
    Expect(kHeadVi + "chỉ tiêu a \"Tỷ lệ\" {\n  đơn vị tính: " + measure + "\n  " + row + "\n}\n", status, code, 6, column,
           words);
  }
  // A condition: line 9, its expression from column 16.
  static std::string With(const std::string& condition, const std::string& more = "") {
    return kHead +
           "target a \"Share\" { measured in: %; by 2026 reach 60% }\n"
           "target b \"Other share\" { measured in: %; by 2026 reach 30% }\n"
           "target n \"Count\" { measured in: \"offices\"; by 2026 reach 5 }\n"
           "target m \"Cost\" { measured in: billion VND; by 2026 reach 5 billion VND }\n"
           "task t \"Work\" { lead: u; accountable: u.head; due: 2026-06-30 }\n"
           "condition r { must hold: " +
           condition + more + " }\n";
  }
  void Condition(const std::string& condition, const std::string& code, int column, std::initializer_list<const char*> words) {
    SCOPED_TRACE(condition);
    Expect(With(condition), 2, code, 9, column, words);
  }
  // Lines of the IR of a kind, as they are dumped.
  std::vector<std::string> Dumped(const std::string& text, const std::string& kind) {
    const Ran ran = folder_.Run({"dump", folder_.Write("plan.ordo", text), "--stage", "ir"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    std::vector<std::string> lines;
    for (size_t begin = 0; begin < ran.out.size();) {
      const size_t end = std::min(ran.out.find('\n', begin), ran.out.size());
      const std::string line = ran.out.substr(begin, end - begin);
      const size_t colon = line.find(": ");
      if (line.starts_with(kind + " ") && colon != std::string::npos &&
          line.find_first_not_of("0123456789", kind.size() + 1) == colon)
        lines.push_back(line.substr(colon + 1) + " ");
      begin = end + 1;
    }
    return lines;
  }
  static std::string Wrong(const std::string& line, std::initializer_list<const char*> parts,
                           std::initializer_list<const char*> absent = {}) {
    for (const char* part : parts) {
      if (line.find(std::string(" ") + part + " ") == std::string::npos) return std::string(part) + " is missing in:" + line;
    }
    for (const char* part : absent) {
      if (line.find(std::string(" ") + part) != std::string::npos) return std::string(part) + " stands in:" + line;
    }
    return "";
  }

  Folder folder_;
};

constexpr int kValue = 17;  // column of a value behind `by 2026 reach `

TEST_F(TargetValues, AnotherMeasure) {
  Row("\"offices\"", "by 2026 reach 60%", "TYP15", 3, {"«60%»", "«Share»", "a number"});
  Row("%", "by 2026 reach 60", "TYP15", 3, {"«60»", "«Share»", "%", "plan.ordo:5:16"});
  Row("%", "by 2026 reach 5 million VND", "TYP15", 3, {"«5 million VND»", "%"});
  Row("billion VND", "by 2026 reach 5", "TYP15", 3, {"«5»", "VND"});
  Row("days", "by 2026 reach 5 working days", "TYP15", 3, {"«5 working days»", "days"});
  Row("\"triệu đồng\"", "by 2026 reach 5 million VND", "TYP15", 3, {"a number"});
  Row("%", "baseline: 62 in 2024", "TYP15", 13, {"«62»", "%"});
  Row("%", "by 2026 reach from 80% to 90 million VND", "TYP15", kValue, {"«from 80% to 90 million VND»", "%"});
  Row("%", "by 2026 reach from 80% to 90", "TYP15", kValue, {"«from 80% to 90»", "%"});
  RowVi("\"cơ quan\"", "đến hết 2026 đạt 60%", "TYP15", 3, {"«60%»", "«Tỷ lệ»", "số"});
  RowVi("%", "đến hết 2026 đạt 60", "TYP15", 3, {"«60»", "đơn vị tính"});
  RowVi("%", "đến hết 2026 đạt 5 tỷ đồng", "TYP15", 3, {"«5 tỷ đồng»"});
  // Without a stated measure the first value settles it.
  Expect(kHead + "target a \"Share\" {\n  by 2026 reach 60%\n  by 2030 reach 80\n}\n", 2, "TYP15", 6, 3,
         {"«80»", "plan.ordo:5:3"});
}

TEST_F(TargetValues, Ranges) {
  Row("%", "by 2026 reach from 90% to 80%", "TYP16", kValue, {"«from 90% to 80%»", "smaller"});
  Row("%", "by 2026 reach from 90 to 80%", "TYP16", kValue, {"«from 90 to 80%»"});
  RowVi("%", "đến hết 2026 đạt từ 90% đến 80%", "TYP16", 20, {"«từ 90% đến 80%»", "nhỏ"});
  for (const char* row :
       {"by 2026 reach from", "by 2026 reach from 80%", "by 2026 reach from 80% to", "by 2026 reach from to 90%"}) {
    Row("%", row, "TYP04", 3, {row, "number"});
  }
  // Finer than decimals are: not a value of something else.
  Row("%", "by 2026 reach from 0.00000000000001 to 90%", "TYP05", 22, {"0.00000000000001"});
}

TEST_F(TargetValues, MoreThanTheWholeAndNoHorizon) {
  Row("%", "by 2026 reach 120%", "TGT31", 3, {"120%", "whole"}, 1);
  RowVi("%", "đến hết 2026 đạt 120%", "TGT31", 3, {"120%"}, 1);
  Row("%", "reach 60%", "TGT05", 3, {"60%"}, 1);
  RowVi("%", "đạt 60%", "TGT05", 3, {"60%"}, 1);
}

TEST_F(TargetValues, WordsThatDoNotBelong) {
  Row("%", "by 2026 reach 60 percent", "TYP12", 20, {"«percent»"});
  Row("\"offices\"", "by 2026 reach 60 offices", "TYP12", 20, {"«offices»"});
  RowVi("\"cơ quan\"", "đến hết 2026 đạt 60 cơ_quan", "TYP12", 23, {"«cơ_quan»"});
  Row("%", "by 2026 reach 60% 70%", "TYP12", 21, {"«70%»"});
  Row("%", "by 2026 reach 60% per", "TYP12", 21, {"«per»"});
  Row("%", "by 2026 reach 60% per year per year", "TYP12", 30, {"«per year»"});
  Row("%", "by 2026 reach 60% in all in all", "TYP12", 28, {"«in all»"});
  Row("%", "by 2026 increase by 5% against", "TYP12", 26, {"«against»"});
  Row("%", "by 2026 reach 60%, out of", "TYP12", 22, {"«out of»"});
  Row("%", "by 2026 reach 60%, scope u", "TYP12", 22, {"«scope u»"});
  for (const char* row : {"by 2030 reach >= >= 80%", "by 2030 reach", "by 2030 reach >=", "by 2030 reach != 80%", "by 2030",
                          "by 2030 reach -5%", "by 2030 reach >= -5%", "by 2030 reach u"}) {
    Row("%", row, "TYP04", 3, {row, "number"});
  }
  RowVi("%", "đến hết 2030 đạt >= >= 80%", "TYP04", 3, {"«đến hết 2030 đạt >= >= 80%»"});
  RowVi("%", "đến hết 2030 đạt -5%", "TYP04", 3, {"số"});
}

TEST_F(TargetValues, Names) {
  const auto target = [](const std::string& fields) { return kHead + "target a \"Share\" {\n  " + fields + "\n}\n"; };
  Expect(target("measured in: offices; by 2026 reach 5"), 2, "NAM03", 5, 16, {"«offices»", "quotes"});
  Expect(target("by 2026 reach 5, out of homes"), 2, "NAM03", 5, 27, {"«homes»"});
  Expect(target("by 2026 reach 5, out of k"), 2, "TYP07", 5, 27, {"«k»"});
  Expect(target("out of: k; by 2026 reach 5"), 2, "TYP02", 5, 11, {"«k»", "unit"});
  Expect(target("out of: u, u; by 2026 reach 5"), 2, "TYP08", 5, 3, {"«out of»"});
  Expect(target("included in: u; by 2026 reach 5"), 2, "TYP02", 5, 16, {"«u»", "target"});
  Expect(target("included in: b; by 2026 reach 5"), 2, "NAM03", 5, 16, {"«b»"});
  Expect(target("depends on: a; by 2026 reach 5"), 2, "TYP02", 5, 15, {"«a»", "unit"});
  Expect(target("by soon reach 5"), 2, "NAM03", 5, 6, {"«soon»"});
  Expect(target("by 2026 increase by 5 against soon"), 2, "NAM03", 5, 33, {"«soon»"});
}

TEST_F(TargetValues, Horizons) {
  for (const char* row :
       {"by 0 reach 5%", "by 0000 reach 5%", "by 10000 reach 5%", "by 12345678901234567890 reach 5%", "by u reach 5%"}) {
    Row("%", row, "TIM03", 3, {row, "year"});
  }
  Row("%", "baseline: 62% in 20240", "TIM03", 17, {"«in 20240»"});
  Row("%", "baseline: 62% in", "TIM03", 17, {"«in»"});
  Row("%", "baseline: 62% in u", "TIM03", 17, {"«in u»"});
  Row("%", "baseline: 62% in 2024 2025", "TYP12", 25, {"«2025»"});
  Row("%", "baseline: in 2024", "TYP04", 13, {"baseline"});
  for (const char* year : {"0001", "1000", "9999"}) {
    EXPECT_EQ(Codes(Only(Check(kHead + "target a \"A\" { measured in: %; by " + year + " reach 5% }\n", 1), "TIM03")), "")
        << year;
  }
}

TEST_F(TargetValues, NumbersThatDoNotFit) {
  const std::string twenty = "12345678901234567890";
  Row("\"offices\"", "by 2026 reach " + twenty, "TYP05", kValue, {"«12345678901234567890»"});
  Row("%", "by 2026 reach " + twenty + "%", "TYP05", kValue, {"«12345678901234567890»"});
  Row("%", "baseline: " + twenty + "%", "TYP05", 13, {"«12345678901234567890»"});
  Row("billion VND", "by 2026 reach 1234567890123 billion VND", "TYP05", kValue, {"1234567890123 billion VND"});
  RowVi("%", "đến hết 2026 đạt " + twenty + "%", "TYP05", 20, {"«12345678901234567890»"});
  Condition("a >= " + twenty + "%", "TYP05", 31, {"«12345678901234567890»"});
  Condition("a * 100000000000000 * 100000000000000 >= 1%", "TYP05", 26, {"«a * 100000000000000 * 100000000000000»"});
}

TEST_F(TargetValues, Conditions) {
  Condition("x + b <= 100%", "NAM03", 26, {"«x»"});
  Condition("t >= 5%", "TYP02", 26, {"«t»", "task", "target", "plan.ordo:8:1"});
  Condition("u >= 5%", "TYP02", 26, {"«u»", "unit"});
  Condition("r >= 5%", "TYP02", 26, {"«r»", "condition"});
  Condition("a * b <= 5%", "RUL19", 26, {"«a * b»", "sum"});
  Condition("a * (b) <= 5%", "RUL19", 26, {"«a * (b)»"});
  Condition("a / b >= 3%", "RUL22", 26, {"«a / b»", "3% * b"});
  Condition("a / 3 >= 3%", "RUL22", 26, {"«a / 3»"});
  Condition("a / 0 >= 3%", "RUL21", 26, {"«a / 0»", "zero"});
  Condition("a / (1 - 1) >= 3%", "RUL21", 26, {"«a / (1 - 1)»"});
  Condition("a >= 80", "RUL20", 26, {"«a >= 80»", "a percentage", "a number"});
  Condition("a + m <= 100%", "RUL20", 26, {"«a + m»", "a percentage", "money"});
  Condition("a + 5 billion VND <= 100%", "RUL20", 26, {"money"});
  Condition("n >= 5%", "RUL20", 26, {"a number", "a percentage"});
  Condition("a >= 5 days", "RUL20", 26, {"a percentage", "days"});
  Condition("1 <= 2", "RUL23", 26, {"«1 <= 2»"});
  Condition("a - a <= 5%", "RUL23", 26, {"«a - a <= 5%»"});
  Condition("a >= 60% and 1 = 1", "RUL23", 39, {"«1 = 1»"});
  Condition("a", "RUL19", 26, {"«a»"});
  Condition("not a >= 60%", "RUL19", 26, {"«not a»", "not ( … )"});
  Condition("a >= 80% >= 60%", "RUL19", 26, {"«a >= 80%»"});
  Condition("a.lead >= 5%", "RUL19", 26, {"«a.lead»"});
  Condition("count(task x) >= 5", "RUL19", 26, {"«count(task x)»"});
  Condition("a is stated", "RUL19", 26, {"«a is stated»"});
  Condition("n >= 5 per year", "RUL19", 31, {"«5 per year»"});
  Condition("a in 0 >= 5%", "TIM03", 31, {"«0»"});
  Condition("a in 10000 >= 5%", "TIM03", 31, {"«10000»"});
  // What is broken as text is told once.
  Condition("a >= 60% or", "SYN07", 35, {});
  Condition("a in n >= 5%", "SYN06", 31, {"«n»"});
  Condition("", "SYN07", 15, {});
  const std::string vi = kHeadVi + "chỉ tiêu a \"Tỷ lệ\" { đơn vị tính: %; đến hết 2026 đạt 60% }\nràng buộc r {\n  phải đúng: ";
  Expect(vi + "a >= 80\n}\n", 2, "RUL20", 6, 14, {"«a >= 80»", "phần trăm"});
  Expect(vi + "a * a >= 80%\n}\n", 2, "RUL19", 6, 14, {"«a * a»", "không phải ( … )"});
  Expect(vi + "a / 0 >= 80%\n}\n", 2, "RUL21", 6, 14, {"chia cho 0"});
  Expect(vi + "u >= 80%\n}\n", 2, "TYP02", 6, 14, {"«u»", "đơn vị"});
  for (const char* sound :
       {"a >= 60%", "- a <= 0%", "a * 50% <= 40%", "2 * (a + b) <= 200%", "a / 4 >= 1%", "a in 0001 >= 5% or a in 9999 >= 5%",
        "m + 5 million VND <= 6 billion VND", "n != 4", "((a)) >= 1%", "not not (a > 5%)", "a >= 1%, b >= 1%"}) {
    EXPECT_EQ(Codes(Only(Check(With(sound), 1), "TGT32")), "") << sound;
  }
}

// A task says what must be reached before it counts as done.
TEST_F(TargetValues, Acceptance) {
  const auto task = [](const std::string& done) {
    return kHead + "target a \"Share\" { measured in: %; by 2026 reach 60% }\ntask t \"Work\" {\n  done when: " + done + "\n}\n";
  };
  Expect(task("a >= 80"), 2, "RUL20", 6, 14, {"«a >= 80»"});
  Expect(task("t >= 80%"), 2, "TYP02", 6, 14, {"«t»"});
  Expect(task("1 >= 80%"), 2, "RUL20", 6, 14, {});
  EXPECT_EQ(Codes(Only(Check(task("a >= 80% and a in 2030 >= 60%"), 1), "TGT32")), "");
}

TEST_F(TargetValues, LongAndMany) {
  for (const std::string& condition :
       {Repeat("a + ", 750) + "a >= 1%", Repeat("a >= 1% and ", 300) + "a >= 1%", Repeat("a >= 1% or ", 300) + "a >= 1%",
        Repeat("not ", 1500) + "(a >= 1%)", Repeat("- ", 1500) + "a >= 1%", Repeat("2 * ", 750) + "a >= 1%"}) {
    Expect(With(condition), 2, "RUL18", 9, 26, {"1000"});
  }
  EXPECT_EQ(Only(Check(With(Repeat("(", 5000) + "a" + Repeat(")", 5000) + " >= 1%"), 2), "FIL09").size(), 1u);
  Check(With(Repeat("a + ", 240) + Repeat("(", 100) + "a" + Repeat(")", 100) + " >= 1%"), 1);
  // 100,000 conditions, each year counted once, and one more.
  const auto yearly = [](size_t count) {
    std::string text = With("a + b <= 100%");
    for (size_t i = 0; i < count; ++i)
      text += fmt::format("condition c{} {{ must hold: a + b <= 200%; for: from 1950 to 2099 }}\n", i);
    return text;
  };
  EXPECT_EQ(Codes(Only(Check(yearly(666), 1), "RUL24")), "");
  Expect(yearly(667), 2, "RUL24", 9 + 667, 29, {"100000", "years"});
}

// Ten thousand conditions end within ten seconds, whatever is found.
TEST_F(TargetValues, TenThousandConditions) {
  std::mt19937 random(20260128);
  const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<uint32_t>(n)); };
  std::string targets, sums, choices, same;
  for (int i = 0; i < 1000; ++i)
    targets += fmt::format("target t{} \"T{}\" {{ measured in: %; by 2026 reach {}% }}\n", i, i, 1 + upto(99));
  for (int i = 0; i < 10000; ++i) {
    const int a = upto(500), b = 500 + upto(500);
    sums += fmt::format("condition c{} {{ must hold: t{} + {} * t{} <= {}% }}\n", i, a, 1 + upto(9), b, 50 + upto(900));
    choices += fmt::format("condition c{} {{ must hold: t{} - 0.{} * t{} <= {}% or t{} >= t{} }}\n", i, a, 1 + upto(999), b,
                           upto(50), b, a);
    same += fmt::format("condition c{} {{ must hold: t1 + t2 <= {}% }}\n", i, i % 200);
  }
  for (const std::string& conditions : {sums, choices, same}) {
    const auto begin = std::chrono::steady_clock::now();
    Check(kHead + targets + conditions, 1);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)) << conditions.substr(0, 80);
  }
}

TEST_F(TargetValues, LettersApartOrTogetherAreOneName) {
  const std::string apart = "ty\u0309_le\u0323\u0302", together = "tỷ_lệ";
  ASSERT_NE(apart, together);
  for (const auto& [declared, named] : {std::pair(apart, together), std::pair(together, apart)}) {
    const std::string plan = kHeadVi + "chỉ tiêu " + declared + " \"Tỷ lệ\" { đơn vị tính: %; đến hết 2026 đạt 60% }\n";
    const std::vector<Told> found =
        Check(plan + "chỉ tiêu b \"B\" { đơn vị tính: %; nằm trong: " + named +
                  "; đến hết 2026 đạt 50% }\nràng buộc r { phải đúng: " + named +
                  " <= 50% }\nnhiệm vụ t \"T\" { chủ trì: u; hoàn thành khi: " + named + " >= 80% }\n",
              1);
    EXPECT_EQ(Only(found, "TGT32").size(), 1u) << Codes(found);
  }
}

TEST_F(TargetValues, AConflictTellsAConditionWhole) {
  const std::string first = "tỷ_lệ_hồ_sơ_nộp_trực_tuyến_của_phường", second = "tỷ_lệ_hồ_sơ_nộp_trực_tiếp_của_phường";
  const std::vector<Told> found =
      Check(kHeadVi + "chỉ tiêu " + first + " \"A\" { đơn vị tính: %; đến hết 2026 đạt 60% }\nchỉ tiêu " + second +
                " \"B\" { đơn vị tính: %; đến hết 2026 đạt 50% }\nràng buộc r {\n  phải đúng: " + first +
                " +   // hai cách nộp\n    " + second + " <= 100%\n}\n",
            1);
  const std::vector<Told> told = Only(found, "TGT32");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].message.find(first + " + " + second + " <= 100%"), std::string::npos) << told[0].message;
}

// ---- what can be read

TEST_F(TargetValues, RightValues) {
  const std::string text =
      kHeadVi +
      "chỉ số cs \"Chỉ số\" { đơn vị tính: %; hiện trạng: 62,5% trong 2024 \"theo báo cáo\"; chủ trì: u; tính trên: \"hộ dân\"; "
      "tốt khi: thấp hơn }\n"
      "chỉ tiêu a \"A\" { chỉ số: cs; đến hết 2026 đạt 20%; đến hết 2027 đạt >= 5%; đến hết 2028 giảm 3% so với 2024 }\n"
      "chỉ tiêu b \"B\" { đơn vị tính: %; đến hết 2026 đạt từ 80 đến 90%, tính trên u; trong 2027 phấn đấu = 95% }\n"
      "chỉ tiêu c \"C\" {\n"
      "  đơn vị tính: tỷ đồng\n"
      "  đến hết 2026 đạt >= 6,5 tỷ đồng\n"
      "  trong 2027 đạt từ 500 đến 7.000 triệu đồng mỗi xã\n"
      "  đến hết 31/03/2028 đạt 6.500 triệu đồng lũy kế\n"
      "  đến hết 2029 tăng > 10% so với 2026\n"
      "  đến hết 2030 đạt 1 đồng mỗi năm\n"
      "}\n"
      "chỉ tiêu d \"D\" { đơn vị tính: \"thứ bậc\"; tốt khi: thấp hơn; trong 2030 đạt 3; trong 2031 đạt <= 2 }\n"
      "chỉ tiêu e \"E\" { đến hết 2026 hoàn thành \"Xong\" ghi \"Xong việc\" }\n"
      "dự toán g \"G\" { trong 2026 bố trí 6.500 triệu đồng }\n";
  const auto rows = Dumped(text, "series");
  ASSERT_EQ(rows.size(), 14u);
  // What is better when lower: a bare value is a most. The indicator says so.
  EXPECT_EQ(Wrong(rows[0], {"type=percent", "most=0.2", "by=true", "horizon=2026-12-31"}, {"least="}), "");
  EXPECT_EQ(Wrong(rows[1], {"least=0.05"}, {"most="}), "") << "a sign is taken at its word";
  EXPECT_EQ(Wrong(rows[2], {"least=0.03", "is_change=true", "against=2024-12-31"}, {"most="}), "") << "a change is no level";
  EXPECT_EQ(Wrong(rows[3], {"type=percent", "least=0.8", "most=0.9", "out_of=\"Văn phòng\"", "population=1"}), "");
  EXPECT_EQ(Wrong(rows[4], {"least=0.95", "most=0.95", "horizon=2027-12-31"}, {"by="}), "");
  // Money in dong, whatever unit is written.
  EXPECT_EQ(Wrong(rows[5], {"type=money", "least=6500000000"}, {"most="}), "");
  EXPECT_EQ(Wrong(rows[6], {"type=money", "least=500000000", "most=7000000000"}), "");
  EXPECT_NE(rows[6].find(" per="), std::string::npos);
  EXPECT_EQ(Wrong(rows[7], {"least=6500000000", "in_all=true", "horizon=2028-03-31"}), "");
  EXPECT_EQ(Wrong(rows[8], {"type=percent", "least=0.1", "is_change=true", "against=2026-12-31"}), "");
  EXPECT_EQ(Wrong(rows[9], {"type=money", "least=1"}), "");
  EXPECT_NE(rows[9].find(" per="), std::string::npos);
  EXPECT_EQ(Wrong(rows[10], {"most=3"}, {"least=", "type="}), "");
  EXPECT_EQ(Wrong(rows[11], {"most=2"}, {"least="}), "");
  EXPECT_EQ(Wrong(rows[12], {"text=\"Xong\"", "written=\"Xong việc\""}, {"least=", "most=", "comparator="}), "");
  EXPECT_EQ(Wrong(rows[13], {"type=money", "least=6500000000"}), "");
  // The same in the other skin.
  folder_.Write("plan.ordo", text);
  const Ran english = folder_.Run({"fmt", "plan.ordo", "--skin", "en"});
  ASSERT_EQ(english.status, 0) << english.err;
  EXPECT_EQ(Dumped(english.out, "series"), rows);
}

// A target takes from its indicator what it does not say itself: measure, baseline with its day, lead, population.
TEST_F(TargetValues, WhatATargetTakesFromItsIndicator) {
  const std::string text =
      kHead +
      "unit v \"Other\" { head: \"Head\" }\n"
      "indicator i \"Index\" { measured in: %; baseline: 62% in 2024; lead: u; out of: \"homes\"; source: \"Survey\" }\n"
      "target a \"A\" { indicator: i; by 2026 reach 70% }\n"
      "target b \"B\" { indicator: i; lead: v; baseline: 10% in 2025; out of: \"people\"; by 2026 reach 70% }\n"
      "table x \"X\" { rows: target; columns: title \"T\", lead \"L\", baseline \"B\", measured in \"M\", source \"S\" }\n";
  const Ran table = folder_.Run({"table", folder_.Write("plan.ordo", text), "x", "--format", "csv"});
  ASSERT_EQ(table.status, 0) << table.err;
  EXPECT_NE(table.out.find("A,Office,62%"), std::string::npos) << table.out;
  EXPECT_NE(table.out.find("B,Other,10%"), std::string::npos) << table.out;
  const std::vector<Told> found = Check(text, 0);
  EXPECT_EQ(Codes(Only(found, "TGT21")) + Codes(Only(found, "TGT22")) + Codes(Only(found, "TGT23")), "")
      << "owner, baseline, source";
  // Their baseline binds where a condition asks of its year; that of the indicator's series stands for all its targets.
  const auto told = [&](const std::string& condition, int status) {
    return Codes(Check(text + "condition r { must hold: " + condition + " }\n", status));
  };
  EXPECT_EQ(told("a in 2024 >= 63%", 1), "TGT32");
  EXPECT_EQ(told("a in 2024 >= 62%", 0), "");
  // Percent as a measure of the indicator is not a number.
  Expect(kHead + "indicator i \"Index\" { measured in: % }\ntarget a \"A\" {\n  indicator: i\n  by 2026 reach 70\n}\n", 2,
         "TYP15", 7, 3, {"«70»"});
}

TEST_F(TargetValues, RightConditions) {
  const auto nodes = Dumped(
      With("2 * a - b in 2030 <= 50% and not (m > 5 billion VND) or a / 4 + 3 * (b - a) != 5%", "; for: from 2026 to 2028"),
      "condition_node");
  ASSERT_EQ(nodes.size(), 6u);
  EXPECT_EQ(Wrong(nodes[0], {"sign=less_equal", "type=percent", "bound=0.5"}), "");
  EXPECT_NE(nodes[0].find("factor=2} {"), std::string::npos) << nodes[0];
  EXPECT_NE(nodes[0].find("factor=-1 year=2030}"), std::string::npos) << nodes[0];
  EXPECT_EQ(Wrong(nodes[1], {"sign=greater", "type=money", "bound=5000000000"}), "");
  EXPECT_NE(nodes[4].find("factor=-2.75}"), std::string::npos) << nodes[4];
  const auto conditions = Dumped(With("a >= 1%", "; for: from 2026 to 2028"), "condition");
  ASSERT_EQ(conditions.size(), 1u);
  EXPECT_NE(conditions[0].find("years=[2026 2027 2028]"), std::string::npos) << conditions[0];
}

// Written out in either skin and read back, all of it is the same.
TEST_F(TargetValues, FormatKeepsThem) {
  const std::string text =
      kHead +
      "group g \"Schools\" { members: none; size: 0 }\n"
      "target a \"A\" {\n"
      "  measured in: %; baseline: 62.5% in 2024 \"as reported\"; out of: g; depends on: u\n"
      "  by 2026 reach from 80 to 90%, out of u\n"
      "  by 2030 increase by >= 10% against 2021\n"
      "  in 2031 reach > 95% per year, out of \"homes\", scope \"city\"\n"
      "}\n"
      "target b \"B\" { measured in: million VND; baseline: 5 million VND on 2024-12-31; by 2026 reach 7 million VND in all }\n"
      "target c \"C\" { measured in: %; included in: a; by 2026 reach 5% }\n"
      "condition r \"R\" { must hold: a in 2030 >= 2 * c in 2026 and not (b > 5 million VND or b in 2030 < 1 VND), a != 3%; "
      "for: every year from 2026 }\n"
      "task t \"T\" { lead: u; done when: a >= 80% and c in 2030 >= 6.5% }\n";
  folder_.Write("first.ordo", text);
  const auto formatted = [&](const std::string& name, const std::string& skin) {
    const Ran ran = folder_.Run({"fmt", name, "--skin", skin});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  };
  const std::string english = formatted("first.ordo", "en"), vietnamese = formatted("first.ordo", "vi");
  folder_.Write("en.ordo", english);
  folder_.Write("vi.ordo", vietnamese);
  EXPECT_EQ(formatted("en.ordo", "en"), english);
  EXPECT_EQ(formatted("vi.ordo", "vi"), vietnamese);
  EXPECT_EQ(FirstDifference(formatted("vi.ordo", "en"), english), "");
  EXPECT_EQ(FirstDifference(formatted("en.ordo", "vi"), vietnamese), "");
  for (const char* piece :
       {"baseline: 62.5% in 2024 \"as reported\"", "baseline: 5 million VND on 2024-12-31", "measured in: million VND",
        "by 2026 reach from 80 to 90%, out of u", "by 2030 increase by >= 10% against 2021",
        "in 2031 reach > 95% per year, out of \"homes\", scope \"city\"", "reach 7 million VND in all",
        "a in 2030 >= 2 * c in 2026 and not (b > 5 million VND or b in 2030 < 1 VND), a != 3%", "every year from 2026",
        "done when: a >= 80% and c in 2030 >= 6.5%", "included in: a", "depends on: u"}) {
    EXPECT_NE(english.find(piece), std::string::npos) << piece << "\n" << english;
  }
  for (const char* piece :
       {"hiện trạng: 62,5% trong 2024 \"as reported\"", "hiện trạng: 5 triệu đồng vào 31/12/2024", "đơn vị tính: triệu đồng",
        "đạt từ 80 đến 90%, tính trên u", "tăng >= 10% so với 2021", "đạt 7 triệu đồng lũy kế",
        "a trong 2030 >= 2 * c trong 2026 và không phải (b > 5 triệu đồng hoặc b trong 2030 < 1 đồng), a != 3%",
        "hoàn thành khi: a >= 80% và c trong 2030 >= 6,5%", "nằm trong: a", "phụ thuộc: u"}) {
    EXPECT_NE(vietnamese.find(piece), std::string::npos) << piece << "\n" << vietnamese;
  }
  EXPECT_EQ(Dumped(english, "condition_node"), Dumped(vietnamese, "condition_node"));
}

}  // namespace
}  // namespace ordo::testing
