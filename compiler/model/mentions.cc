// Facts out of the plan's own prose, second part: what it speaks of (annexes, tiers, places, further plans, units by name, abbreviations,
// spellings) and which passages say the same. Cells that word a party are read for tier words and names too.
#include <algorithm>
#include <string>

#include "compiler/model/builder.h"
#include "compiler/model/mention_reader.h"
#include "runtime/base/blanks.h"
#include "runtime/base/unicode.h"
#include "runtime/prose/mentions.h"
#include "runtime/prose/resemblance.h"

namespace ordo {
namespace {

constexpr size_t kLeastWordsAlike = 12;
constexpr double kLeastShareAlike = 0.5;
constexpr size_t kMostUnitNames = 10'000;   // mentions of units by name in one plan

W WordOf(prose::MentionKind kind) {
  switch (kind) {
    case prose::MentionKind::kAnnex: return W::word_mention_annex;
    case prose::MentionKind::kTier: return W::word_mention_tier;
    case prose::MentionKind::kPlace: return W::word_mention_place;
    case prose::MentionKind::kFurtherPlan: return W::word_mention_further_plan;
    case prose::MentionKind::kSteering: return W::word_mention_steering;
    case prose::MentionKind::kUnnumbered: return W::word_mention_unnumbered;
    case prose::MentionKind::kOwnKind: return W::word_mention_own_kind;
  }
  return W::kNone;
}

std::string WithPlainDashes(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    if (text.substr(i, 3) == "–" || text.substr(i, 3) == "—") {
      out += '-';
      i += 3;
    } else {
      out += text[i++];
    }
  }
  return out;
}

// With the first letter of `model`, if it is the same letter: that of a common noun or of a sentence («phi chính phủ», «Thành phố Hải Phòng»).
std::string BeginningAs(std::string_view text, std::string_view model) {
  const auto first = [](std::string_view name) {
    size_t end = name.empty() ? 0 : 1;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
    return name.substr(0, end);
  };
  const std::string_view here = first(text), there = first(model);
  if (UpperCase(here) != UpperCase(there)) return std::string(text);
  return std::string(there).append(text.substr(here.size()));
}

// How a name as written differs from the official one; kNone: not, or only in its first letter, its tone marks or in capitals throughout.
W Difference(std::string_view written, std::string_view official) {
  const std::string text = BeginningAs(written, official);
  if (text == official) return W::kNone;
  const std::string a = WithPlainDashes(text), b = WithPlainDashes(official);
  if (a == b) return W::word_mention_dash;
  if (FoldName(a) != FoldName(b)) return W::kNone;   // signs between the words; told elsewhere
  if (UpperCase(a) == a) return W::kNone;            // a heading
  if (UpperCase(a) != UpperCase(b)) return W::kNone; // old tone placement
  return W::word_mention_capitals;
}

}  // namespace

EntityId Builder::AddMention(EntityId owner, W kind, std::string_view words, Span at, Mention mention) {
  mention.kind = kind;
  mention.words = Intern(OneLine(words));
  mention.object = AddObject(W::type_mention, Symbol::kEmpty, mention.words, owner, at, nullptr, 0);
  model_->mentions.push_back(mention);
  return mention.object;
}

std::optional<Date> Builder::LastDayOf(EntityId object) {
  const ir::Field* field = program_.FindField(object, WordId(W::key_valid));
  if (!field || field->entry_count == 0 || program_.entries[field->first_entry].type != ir::Type::kEntity) return std::nullopt;
  const auto time = static_cast<EntityId>(program_.entries[field->first_entry].value);
  return Resolve(program_.times[entity(time).row], program_.Context()).last;
}

MentionReader::MentionReader(Builder& builder) : b_(builder), terms_(ReadTerms(builder.program_)), own_terms_(terms_.size()) {
  if (b_.options_.terms) terms_.insert(terms_.end(), b_.options_.terms->begin(), b_.options_.terms->end());
  for (size_t i = 0; i < terms_.size(); ++i) {
    if (terms_[i].tier != W::kNone) tiers_.Add(terms_[i].title, static_cast<uint32_t>(i));
    for (const std::string& form : terms_[i].short_forms) {
      short_forms_.try_emplace(form, i);
      bare_forms_.try_emplace(prose::BareLetters(form), i);
    }
    if (terms_[i].variants.empty()) continue;
    variants_.Add(terms_[i].title, static_cast<uint32_t>(variant_of_.size()));
    variant_of_.push_back({i, true});
    for (const std::string& variant : terms_[i].variants) {
      variants_.Add(variant, static_cast<uint32_t>(variant_of_.size()));
      variant_of_.push_back({i, false});
    }
  }
  // Titles before known spellings: the first name of a phrase holds.
  for (const W kind : {W::kind_unit, W::kind_group}) {
    for (const EntityId id : b_.model_->by_kind[KindOf(kind)]) AddName(id, b_.program_.text(b_.entity(id).title));
  }
  for (const W kind : {W::kind_unit, W::kind_group}) {
    for (const EntityId id : b_.model_->by_kind[KindOf(kind)]) {
      const ir::Field* also = b_.program_.FindField(id, Builder::WordId(W::key_also_written));
      for (uint32_t e = 0; also && e < also->entry_count; ++e) {
        const ir::Entry& entry = b_.program_.entries[also->first_entry + e];
        if (entry.type == ir::Type::kText) AddName(id, b_.program_.text(static_cast<Symbol>(entry.value)));
      }
    }
  }
  FindTierWord();
}

void MentionReader::AddName(EntityId party, std::string_view name) {
  if (name.find(' ') == std::string_view::npos) return;   // one word is too little to know a body by
  names_.Add(name, static_cast<uint32_t>(name_of_.size()));
  name_of_.push_back({party, prose::WordsOf(b_.program_.text(b_.entity(party).title)).size()});
}

// The tier word of the office that issues the plan.
void MentionReader::FindTierWord() {
  const ir::Program& program = b_.program_;
  const ir::Field* issuer = program.plan == EntityId::kNone ? nullptr : program.FindField(program.plan, Builder::WordId(W::key_issued_by));
  if (!issuer || issuer->entry_count == 0 || program.entries[issuer->first_entry].type != ir::Type::kEntity) return;
  const std::vector<prose::Word> words = prose::WordsOf(program.text(program.entity(static_cast<EntityId>(program.entries[issuer->first_entry].value)).title));
  for (size_t i = 0; i < words.size() && b_.model_->tier_word == Symbol::kEmpty; ++i) {
    if (const auto tier = tiers_.LongestAt(words, i, true); tier.words > 0) b_.model_->tier_word = b_.Intern(terms_[tier.number].title);
  }
}

Mention MentionReader::OfTier(const Term& term) const {
  Mention mention;
  mention.tier = term.tier;
  mention.scope = b_.Intern(term.scope);
  mention.last_day = term.last_day;
  return mention;
}

// How many words the name of a unit has that begins here; 0: none does.
size_t MentionReader::ReadName(const Passage& passage, std::span<const prose::Word> words, size_t i) {
  const auto match = names_.LongestAt(words, i);
  if (match.words == 0 || b_.model_->mentions.size() > kMostUnitNames) return 0;
  const Name& name = name_of_[match.number];
  const std::string_view title = b_.program_.text(b_.entity(name.party).title);
  const bool unit = WordOfKind(b_.entity(name.party).kind) == W::kind_unit;   // a group's name is a common noun: «các phòng, ban»
  // A longer spelling may hold the title: «Phòng Văn hóa - xã hội phường».
  const bool titled = unit && name.title_words > 0 && name.title_words <= match.words;
  const size_t begin = words[i].begin, named = titled ? words[i + name.title_words - 1].end : 0;
  const W differs = titled ? Difference(EvenBlanks(passage.words.substr(begin, named - begin)), title) : W::kNone;
  const size_t end = differs != W::kNone ? named : words[i + match.words - 1].end;
  Mention mention;
  mention.party = name.party;
  mention.last_day = b_.LastDayOf(name.party);
  if (differs != W::kNone) mention.meant = b_.Intern(title);
  b_.AddMention(passage.owner, differs == W::kNone ? W::word_mention_unit : differs, passage.words.substr(begin, end - begin), passage.Place(begin, end), mention);
  return match.words;
}

size_t MentionReader::ReadVariant(const Passage& passage, std::span<const prose::Word> words, size_t i) {
  const auto match = variants_.LongestAt(words, i);
  if (match.words == 0) return 0;
  const Variant& variant = variant_of_[match.number];
  if (variant.official) return match.words;
  const size_t begin = words[i].begin, end = words[i + match.words - 1].end;
  Mention mention;
  mention.meant = b_.Intern(terms_[variant.term].title);
  b_.AddMention(passage.owner, W::word_mention_term, passage.words.substr(begin, end - begin), passage.Place(begin, end), mention);
  return match.words;
}

void MentionReader::Read(const Passage& passage, std::span<const prose::Word> words) {
  for (const prose::Mention& found : prose::FindMentions(passage.words, words, tiers_)) {
    Mention mention;
    if (found.kind == prose::MentionKind::kTier || found.kind == prose::MentionKind::kPlace) {
      const Term& term = terms_[found.number];
      // «của thành phố» speaks of the upper tier; «lợi thế của thành phố» means one's own area.
      if (found.kind == prose::MentionKind::kTier && term.tier != W::word_commune && !found.own) continue;
      mention = OfTier(term);
    }
    mention.form = b_.Intern(found.form);
    if (found.kind == prose::MentionKind::kUnnumbered) mention.meant = mention.form;
    b_.AddMention(passage.owner, WordOf(found.kind), passage.words.substr(found.begin, found.end - found.begin), passage.Place(found.begin, found.end), mention);
  }
  for (size_t i = 0; i < words.size();) {
    size_t read = ReadName(passage, words, i);
    if (read == 0) read = ReadVariant(passage, words, i);
    i += std::max<size_t>(read, 1);
  }
  for (const prose::Abbreviation& found : prose::FindAbbreviations(passage.words)) {
    const std::string_view text = passage.words.substr(found.begin, found.end - found.begin);
    Short& known = abbreviations_[std::string(text)];
    known.defined |= found.defined;
    known.listed |= found.listed;
    if (known.first.count++ == 0) known.first = {passage.owner, passage.Place(found.begin, found.end), std::string(text), 1};
  }
  for (const prose::Spelling& found : prose::FindSpellings(passage.words, words)) {
    Seen& seen = spellings_[found.form][found.newer ? 1 : 0];
    const std::string_view text = passage.words.substr(found.begin, found.end - found.begin);
    if (seen.count++ == 0) seen = {passage.owner, passage.Place(found.begin, found.end), std::string(text), 1};
  }
}

// Cells that word a party: «Phòng Văn hóa - Xã hội xã» ends in a tier word.
void MentionReader::ReadCells() {
  const size_t declared = b_.program_.entities.size();
  for (size_t i = 0; i < declared; ++i) {
    const ir::Entity object = b_.program_.entities[i];
    const W kind = WordOfKind(object.kind);
    if (kind != W::kind_task && kind != W::kind_target) continue;
    for (uint32_t f = object.first_field; f < object.first_field + object.field_count; ++f) {
      const ir::Field field = b_.program_.fields[f];
      const FieldSpec* spec = field.word < word_count() ? FindField(object.kind, static_cast<W>(field.word)) : nullptr;
      if (!spec || spec->type != FieldType::kRoles || field.shared) continue;
      for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) ReadCell(static_cast<EntityId>(i), b_.program_.entries[e]);
    }
  }
}

void MentionReader::ReadCell(EntityId owner, ir::Entry entry) {
  if (entry.wording == Symbol::kEmpty || entry.value == ir::kAbsent) return;
  const std::string_view wording = b_.program_.text(entry.wording);
  const std::vector<prose::Word> words = prose::WordsOf(wording);
  for (size_t i = 1; i < words.size(); ++i) {
    const auto tier = tiers_.LongestAt(words, i, true);
    if (tier.words == 0 || i + tier.words != words.size() || !words[i].joined) continue;
    Mention mention = OfTier(terms_[tier.number]);
    mention.form = b_.Intern(terms_[tier.number].title);
    if (entry.type == ir::Type::kEntity) mention.party = static_cast<EntityId>(entry.value);
    b_.AddMention(owner, W::word_mention_tier, wording, entry.span, mention);
  }
}

// An abbreviation of the library, or several joined: «HĐND&UBND».
bool MentionReader::NeedsNoExpansion(std::string_view text) const {
  for (size_t sign = 0; sign != std::string_view::npos;) {
    sign = text.find_first_of("&-");
    const auto part = short_forms_.find(std::string(text.substr(0, sign)));
    if (part == short_forms_.end() || part->second < own_terms_) return false;
    if (sign != std::string_view::npos) text.remove_prefix(sign + 1);
  }
  return true;
}

// What is one for the whole plan.
void MentionReader::Finish() {
  for (const auto& [text, known] : abbreviations_) {
    if (NeedsNoExpansion(text)) continue;
    const auto standard = short_forms_.find(text);
    Mention mention;
    mention.is_defined = known.defined || known.listed;
    W kind = W::word_mention_abbreviation;
    if (standard != short_forms_.end()) {
      mention.meant = b_.Intern(terms_[standard->second].title);
    } else if (const auto near = bare_forms_.find(prose::BareLetters(text)); near != bare_forms_.end() && !known.defined) {
      mention.meant = b_.Intern(terms_[near->second].short_forms[0]);
      kind = W::word_mention_short_variant;
    }
    b_.AddMention(known.first.owner, kind, text, known.first.at, mention);
  }
  for (const auto& [form, both] : spellings_) {
    if (both[0].count == 0 || both[1].count == 0) continue;
    const size_t rarer = both[0].count <= both[1].count ? 0 : 1;
    Mention mention;
    mention.form = b_.Intern(form);
    mention.meant = b_.Intern(both[1 - rarer].words);
    b_.AddMention(both[rarer].owner, W::word_mention_spelling, both[rarer].words, both[rarer].at, mention);
  }
}

void Builder::FindLikenesses() {
  const auto percent = [](double share) { return Decimal::Make(static_cast<int64_t>(share * 100 + 0.5), 2)->cell(); };
  const bool annexed = !model_->by_kind[KindOf(W::kind_appendix)].empty();   // rows of an annex say again what the text says
  std::vector<std::string_view> texts;
  std::vector<uint32_t> groups;
  std::vector<size_t> of;   // -> passages_
  for (size_t i = 0; i < passages_.size(); ++i) {
    const W kind = WordOfKind(entity(passages_[i].owner).kind);
    if (kind != W::kind_clause && kind != W::kind_task) continue;
    texts.push_back(passages_[i].words);
    groups.push_back(annexed && kind == W::kind_task ? 1 : 0);
    of.push_back(i);
  }
  for (const prose::Resemblance& found : prose::FindResemblances(texts, groups, kLeastWordsAlike, kLeastShareAlike)) {
    const Passage& later = passages_[of[found.passage]];
    Likeness likeness;
    likeness.repeats = passages_[of[found.earlier]].owner;
    likeness.share = percent(found.share);
    likeness.words = found.words;
    likeness.object = AddObject(W::type_resemblance, Symbol::kEmpty, Symbol::kEmpty, later.owner, later.at, nullptr, 0);
    model_->likenesses.push_back(likeness);
  }
  for (const EntityId reference : model_->by_kind[KindOf(W::kind_reference)]) {
    const auto plan = model_->reference_plans.find(reference);
    if (plan == model_->reference_plans.end() || plan->second.prose.empty()) continue;
    prose::Runs runs;
    for (const Symbol text : plan->second.prose) runs.Add(program_.text(text));
    prose::Runs::Common all;
    for (size_t i = 0; i < texts.size(); ++i) {
      const prose::Runs::Common common = runs.CommonWith(texts[i]);
      all.words += common.words;
      all.of += common.of;
      if (common.words < kLeastWordsAlike || static_cast<double>(common.words) < 0.9 * static_cast<double>(common.of)) continue;
      const Passage& passage = passages_[of[i]];
      Likeness likeness;
      likeness.reference = reference;
      likeness.share = percent(static_cast<double>(common.words) / static_cast<double>(common.of));
      likeness.words = common.words;
      likeness.object = AddObject(W::type_resemblance, Symbol::kEmpty, Symbol::kEmpty, passage.owner, passage.at, nullptr, 0);
      model_->likenesses.push_back(likeness);
    }
    if (all.of > 0) plan->second.common_share = percent(static_cast<double>(all.words) / static_cast<double>(all.of));
  }
}

}  // namespace ordo
