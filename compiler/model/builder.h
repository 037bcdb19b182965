// The work of BuildModel, in rooms of their own: declare (names), resolve_* (fields to values), rules (typed relational bodies).
// Internal to compiler/model.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "compiler/model/model.h"
#include "runtime/prose/words.h"

namespace ordo {

using Tokens = std::span<const Token>;

class RuleCompiler;

class Builder {
 public:
  Builder(StringPool* strings, const BuildOptions& options, Emitter& emitter);
  std::unique_ptr<Model> Run(const std::vector<Part>& parts);

 private:
  friend class RuleCompiler;
  friend class TimeReader;
  friend class ConditionReader;
  friend class MentionReader;
  struct Shared {
    EntityId owner;            // its parent object, kNone at the top
    std::vector<ir::Field> fields;
  };
  struct Block {
    const Ast* ast;
    NodeId node;
    bool library;
  };

  // declare.cc
  void DeclareWords();
  void DeclarePart(const Part& part);
  void DeclareLines(const Ast& ast, NodeId begin, NodeId end, EntityId parent, W parent_kind, bool library);
  void DeclareBlock(const Ast& ast, NodeId block, EntityId parent, W parent_kind, bool library);
  void DeclarePosts(const Ast& ast, NodeId block, EntityId owner);
  void DeclareCustomFields(const Ast& ast, NodeId block, const Heading& heading);
  EntityId AddObject(W kind, Symbol name, Symbol title, EntityId parent, Span span, const Ast* ast, NodeId node);
  bool MayStandIn(W kind, W parent) const;

  // resolve.cc
  void ResolveAll();
  void ResolvePlanDates();
  void ResolvePeriods();
  bool ResolveHeading(EntityId id);   // of a journal block: what it is about
  void AddRecords();
  void ResolveObject(EntityId id);
  void ResolveFieldsOf(const Ast& ast, NodeId block, EntityId owner, std::vector<ir::Field>* shared);
  void ResolveField(const Ast& ast, NodeId node, EntityId owner, std::vector<ir::Field>* shared);
  void FillRoleHeads(EntityId id);
  void AddField(EntityId owner, ir::Field field, std::vector<ir::Field>* shared);
  ir::Entry* AddEntry(ir::Type type, ir::Cell value, Span span);

  // resolve_series.cc
  struct Measure {
    ir::Type type = ir::Type::kNumber;
    bool stated = false;
    Span span;
  };
  void ResolveSeries(const Ast& ast, NodeId clause, EntityId owner);
  std::optional<ir::Cell> ReadHorizon(const Ast& ast, Tokens value, size_t& at, Span span);
  bool ReadPopulation(const Ast& ast, Tokens value, size_t& at, Symbol* words, EntityId* population);
  void ResolvePopulation(const Ast& ast, Tokens value, EntityId owner, std::string_view key, ir::Field& field);
  void ResolveBaseline(const Ast& ast, Tokens value, EntityId owner, std::string_view key);
  void FinishTargets();
  void TakeFromIndicator(EntityId target);
  Measure MeasureOf(EntityId target);
  void CheckMeasure(const ir::SeriesRow& row, Measure& measure);
  void CheckBaseline(EntityId id);
  void ReportMeasure(Span span, std::string_view value, EntityId target, const Measure& measure);

  // references.cc
  void DeclareReferences();
  void TakeReference(EntityId reference, const Model& other);
  absl::flat_hash_set<EntityId> unread_references_;   // broken, which was told: names inside are not looked for

  // conditions.cc
  static constexpr size_t kMostConditions = 100'000;   // conditions times years
  static constexpr size_t kMostConditionYears = 500;   // of one condition
  struct PendingCondition {
    EntityId owner;
    const Ast* ast;
    NodeId field;
  };
  void ReadConditions();
  std::vector<int32_t> YearsOf(EntityId condition);

  // resolve.cc
  void TakeWordingFromHeading(EntityId clause);
  void ResolveMembers();

  // wording_lines.cc
  struct QuotedLines {
    uint32_t first = 0, last = 0;
    Span at;              // where the clause states them
  };
  void FindTextFile(const std::vector<Part>& parts);
  void TakeWordingFromLines(EntityId clause);
  void CheckQuotedLines();
  bool InTextFile(Span span) const { return text_file_ && text_file_->source && span.file == text_file_->id; }

  // prose.cc
  struct Passage {
    EntityId owner;
    Span at;                  // without its quotation marks
    Symbol text;
    std::string_view words;   // as in the source where `exact`, else composed
    bool exact;
    Span Place(size_t begin, size_t end) const;
  };
  std::vector<Passage> passages_;
  void GatherPassages();
  void AddPassage(EntityId owner, Symbol text, Span at);
  void ReadProse();
  void ReadProseOf(const Passage& passage, std::span<const prose::Word> words);
  void ResolveCitations();
  static std::string OneLine(std::string_view text);

  // mentions.cc
  std::optional<Date> LastDayOf(EntityId object);   // of its `valid`
  EntityId AddMention(EntityId owner, W kind, std::string_view words, Span at, Mention mention);
  void FindLikenesses();

  // visions.cc
  void ReadVisions();
  void ReadVisionsOf(EntityId owner, Symbol prose, Span at);

  // office_days.cc
  void SetOfficeCalendar();
  void CheckDayBlocks();
  std::string_view TextAt(EntityId owner, Span span) const;

  // resolve_values.cc
  void ResolveText(const Ast& ast, Tokens value, std::string_view key);
  void ResolveWord(const Ast& ast, Tokens value, const FieldSpec& spec, std::string_view key);
  void ResolveQuantity(const Ast& ast, Tokens value, std::string_view key);
  void ResolveDuration(const Ast& ast, Tokens value, std::string_view key);
  void ResolveLength(const Ast& ast, Tokens value);
  void ResolveRecipient(const Ast& ast, Tokens value, EntityId owner, const FieldSpec& spec, std::string_view key, ir::Field& field);
  bool ReadLag(const Ast& ast, Tokens value, size_t& at, ir::Entry& entry);
  void ResolveRole(const Ast& ast, Tokens value, EntityId owner, const FieldSpec& spec, std::string_view key, ir::Field& field);
  void ResolveProduct(const Ast& ast, Tokens value, EntityId owner, std::string_view key);
  void ResolveColumn(const Ast& ast, Tokens value, std::string_view key);
  void ResolveType(const Ast& ast, Tokens value, const FieldSpec& spec, std::string_view key);
  void ResolveAny(const Ast& ast, Tokens value, EntityId owner, const FieldSpec& spec, std::string_view key, ir::Field& field);
  // A name, or `name.head`, `task.milestone`; kNone after a finding. `at` moves past it.
  EntityId ResolveName(const Ast& ast, Tokens value, size_t& at, W* member, EntityId* resolved, EntityId owner = EntityId::kNone);
  EntityId FindByTitle(std::string_view text);
  void ReportUnknownName(const Ast& ast, const Token& token);
  std::optional<Decimal> ReadNumber(const Ast& ast, const Token& token);
  struct Quantity {
    ir::Type type;
    Decimal value;      // percentages as fractions, money in dong
    size_t tokens;      // 1, or 2 with its measure
  };
  // nullopt after a finding.
  static constexpr int64_t kMostDays = 36525;   // a hundred years: longer lengths are a slip
  std::optional<Length> ReadWholeLength(const Ast& ast, Tokens value, size_t& at);
  std::optional<Quantity> ReadQuantity(const Ast& ast, Tokens value, size_t at);
  // A value that is written out: a number with its measure, a date, a text.
  struct Literal {
    ir::Type type;
    ir::Cell cell;
  };
  std::optional<Literal> ReadLiteral(const Ast& ast, Tokens value, size_t at);
  void ReportLeftOver(const Ast& ast, Tokens value, size_t at);

  // resolve_time.cc
  void ResolveTimes(const Ast& ast, NodeId field, std::span<const NodeId> values, EntityId owner, std::string_view key, bool date_only,
                    size_t last_value_tokens);
  EntityId AddTime(const Time& time, EntityId owner, Span span);

  // rules.cc
  void CompileRules();
  void ReadProfile();
  void ReadProfileBlock(const Block& block);
  std::string ProfileName(const Block& block) const;
  std::vector<const Token*> InheritsOf(const Block& block) const;
  const Block* ParentProfile(const Block& child, const std::string& path) const;
  std::string ProfileNames() const;
  void ReadWaivers();
  void CheckCauses(const std::vector<std::string_view>& known);   // known: codes of rules, sorted
  void FinishRelations(RuleCompiler& compiler);
  void DropUnusedRelations();

  std::string_view Spell(W word) const { return SpellingOf(word, emitter_.language() == Language::kVietnamese ? Skin::kVietnamese : Skin::kEnglish); }
  Symbol Intern(std::string_view text) { return model_->program.strings->Intern(text); }
  Symbol NameSymbol(const Ast& ast, const Token& token);
  static ir::WordId WordId(W word) { return word == W::kNone ? ir::kNoWord : static_cast<ir::WordId>(word); }
  ir::Entity& entity(EntityId id) { return model_->program.entities[static_cast<uint32_t>(id)]; }
  static ir::Cell CellOf(EntityId id) { return static_cast<ir::Cell>(static_cast<uint32_t>(id)); }
  static ir::Cell CellOf(Symbol symbol) { return static_cast<ir::Cell>(static_cast<uint32_t>(symbol)); }

  const BuildOptions& options_;
  Emitter& emitter_;
  std::unique_ptr<Model> model_;
  ir::Program& program_;
  absl::flat_hash_map<std::pair<uint32_t, Symbol>, EntityId> local_names_;   // milestones
  absl::flat_hash_map<std::pair<uint16_t, Symbol>, ir::WordId> custom_fields_;  // kind, name -> word
  absl::flat_hash_map<std::string, EntityId> titles_;   // FoldName -> object, built when a text stands for a party
  absl::flat_hash_map<std::string, EntityId> second_titles_;   // where two objects share one
  bool titles_ready_ = false;
  bool in_test_ = false, quoted_ = false;
  const TextFile* text_file_ = nullptr;     // of the plan; nullptr: it names none
  std::vector<QuotedLines> quoted_lines_;   // in the order of the clauses
  std::vector<std::pair<EntityId, std::vector<ir::Field>>> shared_;
  std::vector<std::vector<uint32_t>> shared_of_;   // entity -> indices in shared_
  std::vector<std::pair<size_t, EntityId>> row_clauses_;   // row of a series -> the clause that words it
  std::vector<PendingCondition> conditions_;   // read once every target is
  std::vector<Block> relations_, definitions_, rules_, exceptions_, profiles_, waivers_;
  std::vector<Block> inherited_profiles_;   // all, those of the library included
  std::vector<std::pair<const Ast*, NodeId>> shared_blocks_;
  static constexpr size_t kMostProfiles = 50;   // one inheriting from another, in a row
  std::vector<const Block*> profile_chain_;
  absl::flat_hash_set<std::pair<const Ast*, NodeId>> profiles_read_;
  absl::flat_hash_map<std::string, ProfileLine> profile_;
  absl::flat_hash_map<std::string, Span> profile_spans_;
  absl::flat_hash_map<std::string, std::vector<std::string>> parameter_names_;   // code -> what a profile may set
  size_t near_budget_ = 40;   // "did you mean" over all names is linear; a broken file needs it a few times, not thousands
};

}  // namespace ordo
