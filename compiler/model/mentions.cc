// Facts out of the plan's own prose, second part: what it speaks of (annexes, tiers, places, further plans, units by name, abbreviations,
// spellings) and which passages say the same. Cells that word a party are read for tier words and names too.
#include <algorithm>
#include <map>
#include <string>

#include "compiler/model/builder.h"
#include "compiler/model/terms.h"
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

std::string Evened(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
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

void Builder::ReadMentions() {
  TermBook terms = ReadTerms(program_);
  const size_t own_terms = terms.size();
  if (options_.terms) terms.insert(terms.end(), options_.terms->begin(), options_.terms->end());

  prose::NameTable tiers, variants;
  absl::flat_hash_map<std::string, size_t> short_forms, bare_forms;   // «CĐS», «CDS» -> term
  struct Variant {
    size_t term;
    bool official;
  };
  std::vector<Variant> variant_of;
  for (size_t i = 0; i < terms.size(); ++i) {
    if (terms[i].tier != W::kNone) tiers.Add(terms[i].title, static_cast<uint32_t>(i));
    for (const std::string& form : terms[i].short_forms) {
      short_forms.try_emplace(form, i);
      bare_forms.try_emplace(prose::BareLetters(form), i);
    }
    if (terms[i].variants.empty()) continue;
    variants.Add(terms[i].title, static_cast<uint32_t>(variant_of.size()));
    variant_of.push_back({i, true});
    for (const std::string& variant : terms[i].variants) {
      variants.Add(variant, static_cast<uint32_t>(variant_of.size()));
      variant_of.push_back({i, false});
    }
  }

  // Units and groups by title and by known spelling; the title's own words come first.
  prose::NameTable names;
  struct Name {
    EntityId party;
    bool title;
  };
  std::vector<Name> name_of;
  const auto add_name = [&](EntityId party, std::string_view name, bool title) {
    if (name.find(' ') == std::string_view::npos) return;
    names.Add(name, static_cast<uint32_t>(name_of.size()));
    name_of.push_back({party, title});
  };
  for (const W kind : {W::kind_unit, W::kind_group}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) add_name(id, program_.text(entity(id).title), true);
  }
  for (const W kind : {W::kind_unit, W::kind_group}) {
    for (const EntityId id : model_->by_kind[KindOf(kind)]) {
      const ir::Field* also = program_.FindField(id, WordId(W::key_also_written));
      for (uint32_t e = 0; also && e < also->entry_count; ++e) {
        const ir::Entry& entry = program_.entries[also->first_entry + e];
        if (entry.type == ir::Type::kText) add_name(id, program_.text(static_cast<Symbol>(entry.value)), false);
      }
    }
  }
  const auto last_day_of = [&](EntityId id) -> std::optional<Date> {
    const ir::Field* field = program_.FindField(id, WordId(W::key_valid));
    if (!field || field->entry_count == 0 || program_.entries[field->first_entry].type != ir::Type::kEntity) return std::nullopt;
    return Resolve(program_.times[entity(static_cast<EntityId>(program_.entries[field->first_entry].value)).row], program_.Context()).last;
  };

  // The tier word of the office that issues the plan.
  if (program_.plan != EntityId::kNone) {
    const ir::Field* issuer = program_.FindField(program_.plan, WordId(W::key_issued_by));
    if (issuer && issuer->entry_count > 0 && program_.entries[issuer->first_entry].type == ir::Type::kEntity) {
      const std::string_view title = program_.text(entity(static_cast<EntityId>(program_.entries[issuer->first_entry].value)).title);
      const std::vector<prose::Word> words = prose::WordsOf(title);
      for (size_t i = 0; i < words.size() && model_->tier_word == Symbol::kEmpty; ++i) {
        if (const auto tier = tiers.LongestAt(words, i, true); tier.words > 0) model_->tier_word = Intern(terms[tier.number].title);
      }
    }
  }

  struct Seen {
    EntityId owner = EntityId::kNone;
    Span at;
    std::string words;
    size_t count = 0;
  };
  std::map<std::string, std::array<Seen, 2>> spellings;   // form -> older, newer
  struct Short {
    Seen first;
    bool defined = false, listed = false;
  };
  std::map<std::string, Short> abbreviations;
  const auto unit_name = [&](EntityId owner, std::string_view passage, const std::vector<prose::Word>& words, size_t i, const auto& place) -> size_t {
    const auto match = names.LongestAt(words, i);
    if (match.words == 0 || model_->mentions.size() > kMostUnitNames) return 0;
    const Name& name = name_of[match.number];
    const std::string_view title = program_.text(entity(name.party).title);
    const bool unit = WordOfKind(entity(name.party).kind) == W::kind_unit;   // a group's name is a common noun: «các phòng, ban»
    // A longer spelling may hold the title: «Phòng Văn hóa - xã hội phường».
    const size_t in_title = name.title ? match.words : prose::WordsOf(title).size();
    const bool titled = unit && in_title > 0 && in_title <= match.words;
    const size_t begin = words[i].begin, named = titled ? words[i + in_title - 1].end : 0;
    const W differs = titled ? Difference(Evened(passage.substr(begin, named - begin)), title) : W::kNone;
    const size_t end = differs != W::kNone ? named : words[i + match.words - 1].end;
    Mention mention;
    mention.party = name.party;
    mention.last_day = last_day_of(name.party);
    if (differs != W::kNone) mention.meant = Intern(title);
    AddMention(owner, differs == W::kNone ? W::word_mention_unit : differs, passage.substr(begin, end - begin), place(begin, end), mention);
    return match.words;
  };
  const auto tier_mention = [&](const Term& term) {
    Mention mention;
    mention.tier = term.tier;
    mention.scope = Intern(term.scope);
    mention.last_day = term.last_day;
    return mention;
  };

  for (const Passage& passage : passages_) {
    const auto place = [&](size_t begin, size_t end) { return passage.Place(begin, end); };
    for (const prose::Mention& found : prose::FindMentions(passage.words, tiers)) {
      Mention mention;
      if (found.kind == prose::MentionKind::kTier || found.kind == prose::MentionKind::kPlace) {
        const Term& term = terms[found.number];
        // «của thành phố» speaks of the upper tier; «lợi thế của thành phố» means one's own area.
        if (found.kind == prose::MentionKind::kTier && term.tier != W::word_commune && !found.own) continue;
        mention = tier_mention(term);
      }
      mention.form = Intern(found.form);
      if (found.kind == prose::MentionKind::kUnnumbered) mention.meant = mention.form;
      AddMention(passage.owner, WordOf(found.kind), passage.words.substr(found.begin, found.end - found.begin), place(found.begin, found.end), mention);
    }
    const std::vector<prose::Word> words = prose::WordsOf(passage.words);
    for (size_t i = 0; i < words.size();) {
      if (const size_t n = unit_name(passage.owner, passage.words, words, i, place); n > 0) {
        i += n;
        continue;
      }
      if (const auto match = variants.LongestAt(words, i); match.words > 0) {
        const Variant& variant = variant_of[match.number];
        const size_t begin = words[i].begin, end = words[i + match.words - 1].end;
        if (!variant.official) {
          Mention mention;
          mention.meant = Intern(terms[variant.term].title);
          AddMention(passage.owner, W::word_mention_term, passage.words.substr(begin, end - begin), place(begin, end), mention);
        }
        i += match.words;
        continue;
      }
      ++i;
    }
    for (const prose::Abbreviation& found : prose::FindAbbreviations(passage.words)) {
      const std::string_view text = passage.words.substr(found.begin, found.end - found.begin);
      Short& known = abbreviations[std::string(text)];
      known.defined |= found.defined;
      known.listed |= found.listed;
      if (known.first.count++ == 0) known.first = {passage.owner, place(found.begin, found.end), std::string(text), 1};
    }
    for (const prose::Spelling& found : prose::FindSpellings(passage.words)) {
      Seen& seen = spellings[found.form][found.newer ? 1 : 0];
      const std::string_view text = passage.words.substr(found.begin, found.end - found.begin);
      if (seen.count++ == 0) seen = {passage.owner, place(found.begin, found.end), std::string(text), 1};
    }
  }

  // Cells that word a party: «Mặt trận Tổ quốc Việt Nam xã».
  const size_t declared = program_.entities.size();
  for (size_t i = 0; i < declared; ++i) {
    const ir::Entity object = program_.entities[i];
    const W kind = WordOfKind(object.kind);
    if (kind != W::kind_task && kind != W::kind_target) continue;
    for (uint32_t f = object.first_field; f < object.first_field + object.field_count; ++f) {
      const ir::Field field = program_.fields[f];
      const FieldSpec* spec = field.word < word_count() ? FindField(object.kind, static_cast<W>(field.word)) : nullptr;
      if (!spec || spec->type != FieldType::kRoles || field.shared) continue;
      for (uint32_t e = field.first_entry; e < field.first_entry + field.entry_count; ++e) {
        const ir::Entry entry = program_.entries[e];
        if (entry.wording == Symbol::kEmpty || entry.value == ir::kAbsent) continue;
        const std::string_view wording = program_.text(entry.wording);
        const std::vector<prose::Word> words = prose::WordsOf(wording);
        for (size_t w = 0; w < words.size(); ++w) {
          const auto tier = tiers.LongestAt(words, w, true);
          // «Phòng Văn hóa - Xã hội xã»: a tier word that ends the name.
          if (tier.words == 0 || w + tier.words != words.size() || w == 0 || !words[w].joined) continue;
          Mention mention = tier_mention(terms[tier.number]);
          mention.form = Intern(terms[tier.number].title);
          if (entry.type == ir::Type::kEntity) mention.party = static_cast<EntityId>(entry.value);
          AddMention(static_cast<EntityId>(i), W::word_mention_tier, wording, entry.span, mention);
        }
      }
    }
  }

  // «HĐND&UBND»: two that need no expansion.
  const auto joins_known = [&](std::string_view text) {
    for (size_t sign; (sign = text.find_first_of("&-")) != std::string_view::npos; text.remove_prefix(sign + 1)) {
      const auto part = short_forms.find(std::string(text.substr(0, sign)));
      if (part == short_forms.end() || part->second < own_terms) return false;
    }
    const auto part = short_forms.find(std::string(text));
    return part != short_forms.end() && part->second >= own_terms;
  };
  for (const auto& [text, known] : abbreviations) {
    if (joins_known(text)) continue;
    const auto standard = short_forms.find(text);
    Mention mention;
    mention.is_defined = known.defined || known.listed;
    if (standard != short_forms.end()) {
      mention.meant = Intern(terms[standard->second].title);
    } else if (const auto near = bare_forms.find(prose::BareLetters(text)); near != bare_forms.end() && !known.defined) {
      const Term& term = terms[near->second];
      mention.meant = Intern(term.short_forms[0]);
      AddMention(known.first.owner, W::word_mention_short_variant, text, known.first.at, mention);
      continue;
    }
    AddMention(known.first.owner, W::word_mention_abbreviation, text, known.first.at, mention);
  }
  for (const auto& [form, both] : spellings) {
    if (both[0].count == 0 || both[1].count == 0) continue;
    const size_t rarer = both[0].count <= both[1].count ? 0 : 1;
    Mention mention;
    mention.form = Intern(form);
    mention.meant = Intern(both[1 - rarer].words);
    AddMention(both[rarer].owner, W::word_mention_spelling, both[rarer].words, both[rarer].at, mention);
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
