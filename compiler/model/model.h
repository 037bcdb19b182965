// The resolved, typed plan. Objects, fields and entries are stored in the shapes of the IR from the start (no pass only renames);
// names are ids, times and quantities are values, rules are typed. Lowering adds the facts. `Build` keeps going after every
// error: all findings of a plan come from one run. After errors the model is for looking at, not for lowering.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "compiler/ast/ast.h"
#include "compiler/model/calendar.h"
#include "compiler/model/facts.h"
#include "compiler/model/schema.h"
#include "compiler/model/terms.h"
#include "runtime/diag/emitter.h"
#include "runtime/ir/ir.h"
#include "runtime/ir/question.h"

namespace ordo {

// A document cited in the plan's own prose, see runtime/prose/citations.h.
struct Citation {
  EntityId object = EntityId::kNone;   // of kind `citation`; its parent is whose words they are
  Symbol symbol = Symbol::kEmpty;      // without blanks, as «358/KH-UBND»
  std::optional<Date> date;
  Symbol issuer = Symbol::kEmpty;
  Symbol document_key = Symbol::kEmpty;   // number, year, kind and issuer whatever their order: «57 NQ TW»
  Symbol number_key = Symbol::kEmpty;     // the same without the kind
  Symbol proper = Symbol::kEmpty;         // what the symbol should read; empty if it is sound
  Symbol short_name = Symbol::kEmpty;     // as defined here
  Symbol as_named = Symbol::kEmpty;       // «Nghị quyết 57-NQ/TW»; empty without a word for its kind
  Symbol title = Symbol::kEmpty;          // what it is about, as written
  bool names_another = false;             // the title bears another symbol
  EntityId registered = EntityId::kNone;  // the document of the registers that bears the symbol, of that day if both say one
  bool is_numbered_by_year = false;       // the symbol holds the year: acts of the National Assembly, normative acts
  bool is_first = false;                  // of its key in the order of the text
};

// A slip of writing in the plan's own prose, see runtime/prose/slips.h.
struct Slip {
  EntityId object = EntityId::kNone;   // of kind `slip`; its parent is whose words they are
  W kind = W::kNone;                   // word_slip_…
  Symbol words = Symbol::kEmpty;
  Symbol meant = Symbol::kEmpty;
};

// What the plan's own prose speaks of, see runtime/prose/mentions.h.
struct Mention {
  EntityId object = EntityId::kNone;   // of kind `mention`; its parent is whose words they are
  W kind = W::kNone;                   // word_mention_…
  Symbol words = Symbol::kEmpty, meant = Symbol::kEmpty, form = Symbol::kEmpty, scope = Symbol::kEmpty;
  W tier = W::kNone;
  EntityId party = EntityId::kNone;    // the unit or group named
  bool is_defined = false;             // an abbreviation that the text expands
  std::optional<Date> last_day;        // a tier word or a unit that is no longer
};

// A passage that says what an earlier one says.
struct Likeness {
  EntityId object = EntityId::kNone;      // of kind `resemblance`; its parent is the later passage
  EntityId repeats = EntityId::kNone;     // the earlier; none: it stands in a reference plan
  EntityId reference = EntityId::kNone;
  ir::Cell share = ir::kAbsent;           // of the shorter passage
  size_t words = 0;
};

// A year for which somebody has a vision: «tầm nhìn đến năm 2045» in prose, or a time that says so.
struct Vision {
  EntityId object = EntityId::kNone;   // of kind `vision`; its parent is what says it
  int year = 0;
};

// A row of a target that takes its words from a clause: so the target carries the clause out.
struct Worded {
  EntityId target = EntityId::kNone, clause = EntityId::kNone;
  Span span;   // of the row
};

struct TimeValue {
  EntityId object = EntityId::kNone;   // of kind `time`; Program::times[entity.row] is its value
  EntityId owner = EntityId::kNone;
};

struct EntryValue {
  EntityId object = EntityId::kNone;   // of kind `entry`
  EntityId owner = EntityId::kNone;
  uint32_t entry = 0;                  // in Program::entries
};

// Settings of one rule from a profile.
struct ProfileLine {
  std::optional<Severity> severity;
  bool off = false;
  struct Parameter {
    std::string name;
    ir::Cell value = ir::kAbsent;
    ir::Type type = ir::Type::kNumber;
    Span span;
  };
  std::vector<Parameter> parameters;   // the last of a name holds
};

// What a plan is held against, of a target of a reference plan; its rows are in Program::reference_series.
struct ReferenceTarget {
  Symbol measured_in = Symbol::kEmpty, indicator = Symbol::kEmpty;   // name of the indicator in the register
  bool addressed = true;   // asked of the tier of communes
};

// The file beside a plan that holds the wording of its clauses, read by the driver.
struct TextFile {
  FileId id = kNoFile;
  const SourceFile* source = nullptr;   // nullptr: it could not be read, which was told
};

// A file and the block to read: node 0 is the whole file, another node the body of that block (a test).
struct Part {
  const Ast* ast = nullptr;
  NodeId root = 0;
  bool library = false;     // rules of the library: their tests and profiles are not read
  bool quoted = false;      // the body of a reference plan: its own fields stand beside what it quotes
  const TextFile* text_file = nullptr;   // of the plan that this file holds, if it names one; outlives the call
};

// A file of a reference plan, read by the driver.
struct ReferenceFile {
  const Ast* ast = nullptr;     // the block that names it
  NodeId block = 0;
  Span span;                    // of its name there
  std::string path;
  std::string hash;             // "sha256:…" of its bytes
  bool broken = false;          // its text has errors
  std::vector<Part> parts;      // empty: it could not be read, which was told
};

struct RulePage {
  Symbol code, title_en, title_vi, page_en, page_vi, fix_en, fix_vi;
  Severity severity = Severity::kWarning;
  std::vector<std::string> parameters;   // «limit = 40%, from 10% to 100%»
  std::vector<std::pair<Symbol, Span>> follows;   // `follows from`: codes, and where they stand
  bool mends = false;                    // has a `repair by …`
};

struct Model {
  explicit Model(StringPool* strings) { program.strings = strings; }

  ir::Program program;                       // objects, fields, entries, times, rules, checks
  std::vector<Citation> citations;
  std::vector<Vision> visions;
  std::vector<Slip> slips;
  std::vector<Worded> worded;
  std::vector<Symbol> prose;                 // the passages of clauses and tasks, in the order of the text
  std::vector<Mention> mentions;
  std::vector<Likeness> likenesses;
  Symbol tier_word = Symbol::kEmpty;         // of the issuing unit: «phường»
  std::vector<EntryValue> entry_values;      // by row of their entity
  std::vector<EntityId> time_owners;         // by row of their entity
  absl::flat_hash_map<Symbol, EntityId> names;
  std::vector<std::pair<const Ast*, NodeId>> blocks;   // of each entity; node 0: none
  std::vector<std::vector<EntityId>> by_kind;          // objects of a kind in order
  std::vector<EntityId> head_post;                     // of each entity: the post of `x.head`
  std::vector<std::vector<EntityId>> members;          // row of a group -> members; empty: open
  Facts facts;
  absl::flat_hash_map<EntityId, ir::RelationId> only;   // table -> the rows that it shows
  std::vector<RulePage> pages;
  std::vector<ReferenceTarget> reference_targets;            // by row of a `reference_target` object
  // By row of a `reference_task` object.
  struct ReferenceTask {
    bool addressed = false;
    ir::Cell last_day = ir::kAbsent;
    Symbol lead_words = Symbol::kEmpty;
  };
  std::vector<ReferenceTask> reference_tasks;
  std::vector<int64_t> reference_groups;                     // by row of a `reference_section` object: its ordinal
  // What a reference plan says as a whole.
  struct ReferencePlan {
    std::vector<Symbol> prose;                // its passages
    ir::Cell report_months = ir::kAbsent;
    ir::Cell common_share = ir::kAbsent;      // words of this plan that stand in it too
  };
  absl::flat_hash_map<EntityId, ReferencePlan> reference_plans;
  absl::flat_hash_map<EntityId, Symbol> reference_hashes;    // of references with a file that was read
  size_t rules_off = 0;
  std::vector<std::pair<Symbol, Span>> off_at;               // codes switched off, with the line of the profile
  Span OffAt(Symbol code) const {
    for (const auto& [off, span] : off_at) {
      if (off == code) return span;
    }
    return {};
  }
  std::optional<ir::Question> question;              // of BuildOptions::query, if nothing is wrong with it
};


struct BuildOptions {
  std::string profile;             // "" : the plan's own, if it declares exactly one
  std::vector<std::string> only;   // codes; empty: all
  bool only_these = false;         // rules not in `only` are not even typed: for runs over rules that are known to be sound
  bool no_profile = false;         // rules as they are written
  bool require_plan = true;
  bool all_facts = false;          // also what only reports and tools ask for
  bool as_reference = false;       // the plan is only held against another: what it carries out itself is not followed
  const std::vector<ReferenceFile>* references = nullptr;   // outlives the call
  const DayBook* days = nullptr;   // the library's days off and worked; nullptr: only the plan's own
  const TermBook* terms = nullptr; // the library's terms; nullptr: only the plan's own
  const Ast* query = nullptr;      // one block with the lines of a query: it is compiled, the checks are not
};

std::unique_ptr<Model> BuildModel(const std::vector<Part>& parts, StringPool* strings, const BuildOptions& options, Emitter& emitter);

// Objects with their fields and values, for `ordo dump --stage model`.
std::string DumpModel(const Model& model);

}  // namespace ordo
