// Plans under long series of random edits of their text, the example of a real plan with its registers and plans that use every
// construct: after each edit all findings of the workspace, as JSON, and all reasons equal those of a check from the beginning.
// Broken texts stand in between. And `check --watch` as a process, with files edited under it.
#include <csignal>
#include <chrono>
#include <random>
#include <thread>

#include "compiler/driver/workspace.h"
#include "runtime/diag/render.h"
#include "support/random_plan.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

std::string JsonOf(const Session& session) {
  const auto findings = session.findings();
  return RenderJson(findings, Summarise(findings, session.rules_run()), session.sources());
}

// Why each finding is there, down to the lines of the plan.
std::string ReasonsOf(const Session& session) {
  std::string out;
  if (!session.evaluated()) return out;
  for (const auto& rows : report::CollectRows(session.evaluation())) {
    out += report::Why(session.evaluation(), rows, session.sources(), session.language());
  }
  return out;
}

// Random edits of a text, line by line, as an author makes them.
class TextEditor {
 public:
  explicit TextEditor(uint32_t seed) : random_(seed) {}

  std::string Edit(const std::string& text) {
    std::vector<std::string> lines;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    for (int tries = 0; tries < 20; ++tries) {
      if (EditLines(lines)) break;
    }
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
  }

 private:
  size_t Pick(size_t n) { return random_() % n; }

  static std::string_view Trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    return text;
  }
  // Lines of a block, from its heading to its brace; 0: none begins here.
  static size_t LengthOfBlock(const std::vector<std::string>& lines, size_t at) {
    if (lines[at].find('{') == std::string::npos) return 0;
    int depth = 0;
    for (size_t i = at; i < lines.size(); ++i) {
      for (const char c : lines[i]) depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth <= 0) return i - at + 1;
    }
    return 0;
  }
  // A line that begins with one of these words, or any.
  size_t LineOf(const std::vector<std::string>& lines, std::initializer_list<std::string_view> words) {
    std::vector<size_t> some;
    for (size_t i = 0; i < lines.size(); ++i) {
      for (const std::string_view word : words) {
        if (Trim(lines[i]).starts_with(word)) some.push_back(i);
      }
    }
    return some.empty() ? lines.size() : some[Pick(some.size())];
  }

  bool EditLines(std::vector<std::string>& lines) {
    const auto block = [&] { return LineOf(lines, {"nhiệm vụ ", "task ", "đơn vị ", "chỉ tiêu ", "văn bản ", "quy tắc ", "mục "}); };
    const size_t any = Pick(lines.size());
    switch (Pick(10)) {
      case 0: {   // a block goes
        const size_t at = block();
        const size_t length = at < lines.size() ? LengthOfBlock(lines, at) : 0;
        if (length == 0 || length > 40) return false;
        lines.erase(lines.begin() + static_cast<ptrdiff_t>(at), lines.begin() + static_cast<ptrdiff_t>(at + length));
        return true;
      }
      case 1: {   // a block goes elsewhere
        const size_t at = block(), to = block();
        const size_t length = at < lines.size() ? LengthOfBlock(lines, at) : 0;
        if (length == 0 || length > 40 || to >= lines.size() || (to >= at && to <= at + length)) return false;
        std::vector<std::string> moved(lines.begin() + static_cast<ptrdiff_t>(at), lines.begin() + static_cast<ptrdiff_t>(at + length));
        lines.erase(lines.begin() + static_cast<ptrdiff_t>(at), lines.begin() + static_cast<ptrdiff_t>(at + length));
        lines.insert(lines.begin() + static_cast<ptrdiff_t>(to > at ? to - length : to), moved.begin(), moved.end());
        return true;
      }
      case 2: {   // a block comes, under a name of its own
        const size_t at = LineOf(lines, {"nhiệm vụ ", "task "});
        const size_t length = at < lines.size() ? LengthOfBlock(lines, at) : 0;
        if (length == 0 || length > 40) return false;
        std::vector<std::string> more(lines.begin() + static_cast<ptrdiff_t>(at), lines.begin() + static_cast<ptrdiff_t>(at + length));
        const size_t quote = more[0].find(" \"");
        if (quote == std::string::npos) return false;
        more[0].insert(quote, "_mới" + std::to_string(++made_));
        lines.insert(lines.begin() + static_cast<ptrdiff_t>(at), more.begin(), more.end());
        return true;
      }
      case 3: {   // a title changes
        const size_t at = block();
        const size_t quote = at < lines.size() ? lines[at].find('"') : std::string::npos;
        if (quote == std::string::npos) return false;
        lines[at].insert(quote + 1, "Sớm ");
        return true;
      }
      case 4: {   // a line goes
        const size_t at = LineOf(lines, {"phối hợp:", "support:", "kết quả:", "product:", "thời hạn:", "due:", "chủ trì:", "lead:", "giá trị:", "trong đó"});
        if (at == lines.size() || lines[at].find_first_of("{}") != std::string::npos) return false;
        lines.erase(lines.begin() + static_cast<ptrdiff_t>(at));
        return true;
      }
      case 5: {   // the value of one line stands in another of the same key: another lead, another due
        const std::string_view key = std::vector<std::string_view>{"chủ trì:", "thời hạn:", "phối hợp:", "người đứng đầu:"}[Pick(4)];
        const size_t from = LineOf(lines, {key}), to = LineOf(lines, {key});
        if (from == lines.size() || from == to) return false;
        lines[to] = lines[from];
        return true;
      }
      case 6: {   // a day or a number changes
        std::string& line = lines[any];
        const size_t at = line.find_first_of("123456789");
        if (at == std::string::npos || line.find("ordo") != std::string::npos) return false;
        line[at] = static_cast<char>('1' + Pick(9));
        return true;
      }
      case 7:   // a waiver or the severity of a rule
        lines.push_back(Pick(2) == 0 ? "bộ kiểm tra riêng_" + std::to_string(++made_) + " \"Riêng\" { OWN07: lỗi; SCH11: tắt \"đã thống nhất\" }"
                                     : "quy tắc riêng_" + std::to_string(++made_) + " \"Nhiều việc\" { với: t là nhiệm vụ; trong đó: t.chủ trì có; báo: cảnh báo \"{t}\" }");
        return true;
      case 8:   // an empty line: all places move
        lines.insert(lines.begin() + static_cast<ptrdiff_t>(std::max<size_t>(any, 1)), "");
        return true;
      default:
        if (Pick(3) > 0) return false;
        lines[any] += Pick(2) == 0 ? " {" : " }";   // broken
        return true;
    }
  }

  std::mt19937 random_;
  int made_ = 0;
};

struct Counts {
  int sound = 0, broken = 0;
  uint64_t whole = 0, part = 0;
};

void RunSeries(const std::string& path, std::map<std::string, std::string> texts, const std::string& edited, uint32_t seed, int edits, Counts& counts) {
  Settings settings;
  settings.as_of = Date::FromYmd(2026, 6, 1);
  Workspace workspace(path, settings);
  workspace.Update(texts);
  TextEditor editor(seed);
  std::string good = texts[edited];
  for (int i = 0; i < edits; ++i) {
    texts[edited] = editor.Edit(good);
    workspace.Update(texts);
    Settings alone = settings;
    alone.load.replaced = texts;
    Session scratch(path, alone);
    scratch.Load() && scratch.Model() && scratch.Lower(false) && scratch.Evaluate();
    const std::string got = JsonOf(workspace.last()), want = JsonOf(scratch);
    ASSERT_EQ(got, want) << path << " seed " << seed << " edit " << i << ": " << FirstDifference(got, want);
    const std::string why_got = ReasonsOf(workspace.last()), why_want = ReasonsOf(scratch);
    ASSERT_EQ(why_got, why_want) << path << " seed " << seed << " edit " << i << ": " << FirstDifference(why_got, why_want);
    if (scratch.evaluated()) {
      ++counts.sound;
      counts.whole += scratch.evaluation().steps();
      counts.part += workspace.steps();
      good = texts[edited];
    } else {
      ++counts.broken;   // the author takes it back
    }
  }
}

TEST(Incremental, RealPlanUnderEdits) {
  const std::string root = std::string(ORDO_SOURCE_DIR) + "/examples/hai_duong_2026/";
  Counts counts;
  for (const std::string& file : {root + "plan.ordo", std::string(ORDO_SOURCE_DIR) + "/examples/registers/hai_duong.ordo"}) {
    RunSeries(root + "plan.ordo", {{file, ReadBytes(file)}}, file, 1, 40, counts);
    if (HasFatalFailure()) return;
  }
  std::printf("%d checks, %d of them broken; rows looked at: %.1f of 100 from the beginning\n", counts.sound + counts.broken, counts.broken,
              100.0 * static_cast<double>(counts.part) / static_cast<double>(counts.whole));
  EXPECT_GT(counts.sound, 40);
  EXPECT_GT(counts.broken, 3);
  EXPECT_LT(counts.part * 2, counts.whole);
}

TEST(Incremental, RandomPlansUnderEdits) {
  const Folder folder;
  Counts counts;
  for (uint32_t seed = 1; seed <= 4; ++seed) {
    const std::string path = (folder.path() / "plan.ordo").string();
    const std::string text = RandomPlan(seed).Text();
    folder.Write("plan.ordo", text);
    RunSeries(path, {{path, text}}, path, seed, 20, counts);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(counts.sound, 40);
  EXPECT_LT(counts.part, counts.whole);
}

TEST(Incremental, WorkspacesKnowNothingOfEachOther) {
  const std::string plan = std::string(ORDO_SOURCE_DIR) + "/examples/hai_duong_2026/plan.ordo";
  std::string found[2];
  const auto run = [&](int i) {
    Settings settings;
    Workspace workspace(plan, settings);
    TextEditor editor(7);
    const std::string text = ReadBytes(plan);
    for (int edit = 0; edit < 4; ++edit) {
      workspace.Update({{plan, editor.Edit(text)}});
      found[i] += JsonOf(workspace.last());
    }
  };
  std::thread other(run, 0);
  run(1);
  other.join();
  EXPECT_EQ(found[0], found[1]);
  EXPECT_GT(found[0].size(), 1000u);
}

// ---- the program ----

constexpr const char* kSmall = R"(ordo 1 vi
kế hoạch nhỏ "Việc năm 2026 trên địa bàn phường An Bình" {
  số: "20/KH-UBND"; cơ quan ban hành: ubnd; ngày ban hành: 15/01/2026; giai đoạn: năm 2026; báo lên: ubnd.đứng đầu
}
đơn vị ubnd "UBND phường An Bình" { đứng đầu: "Chủ tịch UBND phường" }
đơn vị vp "Văn phòng HĐND và UBND" { trực thuộc: ubnd; đứng đầu: "Chánh Văn phòng" }
đơn vị ktht "Phòng Kinh tế" { trực thuộc: ubnd; đứng đầu: "Trưởng phòng Kinh tế" }
nhiệm vụ khảo_sát "Khảo sát các tuyến đường cần trồng cây" {
  người đứng đầu: ktht.đứng đầu; chủ trì: ktht; phối hợp: vp
  kết quả: "Danh sách tuyến đường và số cây cần trồng"; thời hạn: 27/02/2026
}
)";

TEST(Watch, TellsWhatChangesUntilItIsInterrupted) {
  const Folder folder;
  folder.Write("plan.ordo", kSmall);
  const fs::path out = folder.path() / "said";
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(folder.path().c_str()) != 0 || !std::freopen("said", "w", stdout) || !std::freopen("err", "w", stderr)) _exit(127);
    alarm(Folder::kSeconds);
    execl(ORDO_BINARY, ORDO_BINARY, "check", "plan.ordo", "--watch", nullptr);
    _exit(127);
  }
  size_t read = 0;
  // What was said since the last time, once it holds the text.
  const auto said = [&](std::string_view text) {
    for (int tries = 0; tries < 400; ++tries) {
      const std::string all = ReadBytes(out);
      if (all.find(text, read) != std::string::npos && all.back() == '\n') {
        const std::string since = all.substr(read);
        read = all.size();
        return since;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "never said: " << text << "\n" << ReadBytes(out).substr(read) << ReadBytes(folder.path() / "err");
    return std::string();
  };
  const std::string text = kSmall;
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string edited = text;
    edited.replace(edited.find(from), from.size(), to);
    return edited;
  };
  said("0 lỗi");
  folder.Write("plan.ordo", with("phối hợp: vp", "phối hợp: vp, ktht"));
  const std::string come = said("OWN07");
  EXPECT_NE(come.find("Phát hiện mới: 1"), std::string::npos) << come;
  folder.Write("plan.ordo", with("chủ trì: ktht", "chủ chì: ktht"));   // broken: NAM04 comes, nothing else is known
  said("NAM04");
  // An editor that writes aside and renames.
  folder.Write("aside", kSmall);
  fs::rename(folder.path() / "aside", folder.path() / "plan.ordo");
  const std::string gone = said("NAM04");
  EXPECT_NE(gone.find("Phát hiện không còn: 1"), std::string::npos) << gone;
  kill(child, SIGINT);
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(ReadBytes(out).substr(read), "");
}

TEST(Watch, TakesOnePlan) {
  const Folder folder;
  folder.Write("plan.ordo", kSmall);
  EXPECT_EQ(folder.Run({"check", "plan.ordo", "plan.ordo", "--watch"}).status, 3);
  EXPECT_EQ(folder.Run({"check", "-", "--watch"}, kSmall).status, 3);
  EXPECT_EQ(folder.Run({"check", "plan.ordo", "--watch", "--format", "sarif"}).status, 3);
}

}  // namespace
}  // namespace ordo::testing
