// One run over one plan: text to findings. Each command takes the stage that it needs; the stages are pure functions, this only
// holds their values in order. Arguments come from main.cc, nothing is read from the environment but NO_COLOR and the terminal.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/load.h"
#include "compiler/lower/lower.h"
#include "runtime/diag/render.h"
#include "runtime/eval/engine.h"
#include "runtime/report/findings.h"
#include "runtime/report/table.h"

namespace ordo {

// Exit status, see design/cli.md.
enum Exit : int { kNothing = 0, kFindings = 1, kUnreadable = 2, kFailed = 3 };

struct Settings {
  std::optional<Language> language;  // --lang; else that of the plan's first line
  std::string format = "text";
  std::string gate = "error";
  std::string profile;
  std::vector<std::string> only;
  std::optional<Date> as_of;
  LoadOptions load;
  std::string rules;    // --rules: a kept rule set; "" : what the plan says, else this program's own
  eval::Limits limits;
  bool color = false;
  size_t width = 100;   // columns of the terminal; of a pipe always these
  bool progress = false;
  bool all_relations = false;  // relations that no rule reads are derived too: they may be asked about
  bool verify = false;  // tests: Verify after lowering
  std::string order;    // of findings: rank, source; "": by rank as text, else that of the source
  size_t first = 0;     // findings as text: only so many; 0: all
  std::string baseline, write_baseline;   // files; "": none
};

class Session {
 public:
  // `before`: a run over the same plan before an edit; Evaluate starts from what it found. It must live until then.
  Session(std::string path, const Settings& settings, const Session* before = nullptr);

  // Stages. Each returns false when the one before found the text broken: findings() then says why.
  bool Load();
  bool Model();
  bool Lower(bool reports);
  // False also when a limit of the engine was met; then failure() is set.
  // `calls`, if given, receives the calls of native functions.
  bool Evaluate(eval::Calls* calls = nullptr);

  const std::string& path() const { return path_; }
  Language language() const { return emitter_->language(); }
  const Loaded& loaded() const { return loaded_; }
  bool has_model() const { return model_ != nullptr; }
  const RuleSet& rules() const { return rules_ ? *rules_ : OwnRules(); }
  // What Model builds with; refers to this session.
  BuildOptions Options() const;
  const ordo::Model& model() const { return *model_; }
  const ir::Program& program() const { return model_->program; }
  const eval::Evaluation& evaluation() const { return *evaluation_; }
  bool evaluated() const { return evaluation_.has_value(); }
  const SourceSet& sources() const { return loaded_.sources; }
  // The sources outlive the rest: findings still point into them. The session is of no use afterwards.
  SourceSet ReleaseSources() { return std::move(loaded_.sources); }
  // Of the compiler and, after Evaluate, of the rules; in source order, with ranks.
  std::vector<Finding> findings() const;
  // The same as they are told: by rank where that is asked for.
  std::vector<Finding> ordered_findings() const;
  // Codes that were checked; a rule with exceptions has several checks.
  size_t rules_run() const;
  const std::string& failure() const { return failure_; }
  // Says on standard error what failure() is.
  void TellFailure() const;

 private:
  void Read(std::string bytes);
  bool ChooseRules();
  bool KeptRules(const std::string& named);

  std::string path_;
  const Settings& settings_;
  RuleSetRef rules_;   // nullptr: this program's own
  const Session* before_;
  Loaded loaded_;
  std::unique_ptr<Emitter> emitter_;
  StringPool strings_;
  std::unique_ptr<ordo::Model> model_;
  std::optional<eval::Evaluation> evaluation_;
  std::string failure_;
  std::optional<eval::Stop> stop_;   // the failure is a limit
};

// One line to standard error: «ordo: …» with the sentence of the catalogue.
void Tell(Language language, Code code, std::initializer_list<std::string_view> arguments);
void Tell(const Finding& finding);
// 0, 1 or 2 after the findings and the gate.
Exit ExitOf(const std::vector<Finding>& findings, std::string_view gate);
// Pages of the codes of findings, in a language: of the rules of the model, and of the compiler's own messages.
void AddRuleTexts(const Session& session, const std::vector<Finding>& findings, RuleTexts& texts);
// Gives each finding of the compiler that has none its fingerprint.
void AddTextFingerprints(const Loaded& loaded, std::vector<Finding>& findings);
// Findings that stop a command other than check: to standard error as text.
Exit PrintBroken(const Session& session, const Settings& settings);

// To standard output, or aside and then into `file`, which may be none of the plan's own.
Exit WriteOut(const Session& session, const std::string& file, std::string_view text);
Exit WriteOut(const std::vector<const SourceSet*>& sources, Language language, const std::string& file, std::string_view text);

// A folder stands for the plans in it: files that hold a plan, registers excepted (they are imported). `unread`: a folder below
// that could not be searched.
std::vector<std::string> PlansIn(const std::vector<std::string>& paths, std::string& unread);

// Commands.
int RunCheck(const std::vector<std::string>& plans, const Settings& settings);
struct BuildRequest {
  std::string folder;
  std::vector<std::string> only;      // names of tables; empty: all, and what is made of the whole plan
  std::vector<std::string> formats;   // empty: those that a table declares, else all but pdf
  std::string by;                     // "unit": an annex for each unit as well
};
int RunBuild(const std::string& plan, const BuildRequest& request, const Settings& settings);
// `file` of these: where the output goes; "": standard output.
int RunTable(const std::string& plan, const std::string& name, const std::string& file, const Settings& settings);
// `by`: unit, post; `of`: tasks, targets.
int RunMatrix(const std::string& plan, const std::string& by, const std::string& of, const std::string& file, const Settings& settings);
int RunSchedule(const std::string& plan, const std::string& file, const Settings& settings);
// The whole plan as a document: text, md, docx or pdf.
int RunPrint(const std::string& plan, const std::string& file, const Settings& settings);
int RunWhatIf(const std::string& plan, const std::vector<std::string>& sets, const Settings& settings);
int RunTimeline(const std::string& plan, const std::string& unit, const std::string& file, const Settings& settings);
// Trajectories of targets; `name`: of one target or indicator, "" of all.
int RunChart(const std::string& plan, const std::string& name, const std::string& file, const Settings& settings);
// Which sentences of the plan a declaration carries out, and which declarations stand for which lines. `least`: «80%», a share below
// which the exit status is 1; "" is none.
int RunCoverage(const std::string& plan, const std::string& least, const std::string& file, const Settings& settings);
// The plan beside its reference plans.
int RunAlign(const std::string& plan, const std::string& file, const Settings& settings);
// Checks a plan again whenever one of its files changes and prints what has come and gone, until it is interrupted.
int RunWatch(const std::string& plan, const Settings& settings);
int RunWhy(const std::string& plan, const std::string& finding, const Settings& settings);
// `asked`: a code, with the name of its subject in `subject`, or a fact such as `waits_on(a, b)`.
int RunWhyNot(const std::string& plan, const std::string& asked, const std::string& subject, const Settings& settings);
int RunExplain(const std::string& code, const Settings& settings);
int RunFmt(const std::vector<std::string>& plans, const std::string& skin, bool check, bool write, const Settings& settings);
int RunDump(const std::string& plan, const std::string& stage, const Settings& settings);
// year 0: the first year of the plan.
int RunCalendar(const std::string& plan, int year, const Settings& settings);
// Progress at the day of --as-of; `unit`: only what this party leads.
int RunStatus(const std::string& plan, const std::string& unit, const std::string& file, const Settings& settings);
// Reminders from --as-of on; `within`: «14d»; `form`: todo, event or both, of a calendar file; `folder`: "" is standard output.
int RunRemind(const std::string& plan, const std::string& within, const std::string& unit, const std::string& form,
              const std::string& folder, const Settings& settings);
// Test blocks of these files, of the library if there are none.
int RunTest(const std::vector<std::string>& plans, bool with_coverage, const Settings& settings);
// What findings over these plans, over those of the library's tests if there are none, say about the rules themselves.
int RunHealth(const std::vector<std::string>& paths, const Settings& settings);
// Mends what is certain. `only`: codes; `dry`: prints a unified diff instead of writing. 1: some fix was not applied.
int RunFix(const std::string& plan, const std::vector<std::string>& only, bool dry, const Settings& settings);
// A Word, Excel or CSV file that came back, beside the plan. `write`: what can be taken over is written into the plan; else a unified
// diff is printed. `format` text or json (ordo/compare/1). 1: there are differences.
int RunCompare(const std::string& returned, const std::string& plan, bool write, const Settings& settings);
// An expression, or lines and `show:`, over a plan.
int RunQuery(const std::string& plan, const std::string& text, const Settings& settings);
// A draft of a plan from the tables of a Word, Excel or CSV file.
struct ImportTarget {
  std::string draft;                     // file; "": standard output
  std::vector<std::string> registers;    // files of the plan language
  std::string skin;                      // vi, en; "": that of the headings
  int year = 0;                          // of the plan; 0: what the file says
  int table = 0;                         // 1 is the first of the file; 0: all that belong together
  bool force = false;                    // a draft that is there is written over
};
int RunImport(const std::string& file, const ImportTarget& target, const Settings& settings);
// The rule set at `place`, or this program's own; `write`: kept there.
int RunRules(const std::string& place, const std::string& write, const Settings& settings);
// Facts as tables and rules as views: one plan into an SQLite file, or plans into a PostgreSQL database.
struct ExportTarget {
  std::string sqlite;                // file
  std::string postgres;              // connection string
  std::string schema = "ordo";
  std::string key;                   // of a single plan; else its name
};
int RunExport(const std::vector<std::string>& plans, const ExportTarget& target, const Settings& settings);

}  // namespace ordo
