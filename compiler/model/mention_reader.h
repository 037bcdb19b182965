// Reads passages for what they speak of and adds the mentions to the model; what is one for the whole plan (abbreviations, spellings) is
// added by Finish. Internal to compiler/model.
#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "compiler/model/builder.h"
#include "compiler/model/terms.h"
#include "runtime/prose/names.h"

namespace ordo {

class MentionReader {
 public:
  using Passage = Builder::Passage;
  explicit MentionReader(Builder& builder);
  void Read(const Passage& passage, std::span<const prose::Word> words);
  void ReadCells();
  void Finish();

 private:
  struct Variant {
    size_t term;
    bool official;
  };
  struct Name {
    EntityId party;
    size_t title_words;   // of the official title
  };
  struct Seen {
    EntityId owner = EntityId::kNone;
    Span at;
    std::string words;
    size_t count = 0;
  };
  struct Short {
    Seen first;
    bool defined = false, listed = false;
  };

  void AddName(EntityId party, std::string_view name);
  void FindTierWord();
  Mention OfTier(const Term& term) const;
  size_t ReadName(const Passage& passage, std::span<const prose::Word> words, size_t i);
  size_t ReadVariant(const Passage& passage, std::span<const prose::Word> words, size_t i);
  void ReadCell(EntityId owner, ir::Entry entry);
  bool NeedsNoExpansion(std::string_view text) const;

  Builder& b_;
  TermBook terms_;            // the plan's own, then the library's
  const size_t own_terms_;
  prose::NameTable tiers_, variants_, names_;
  std::vector<Variant> variant_of_;
  std::vector<Name> name_of_;
  absl::flat_hash_map<std::string, size_t> short_forms_, bare_forms_;   // «CĐS», «CDS» -> term
  std::map<std::string, std::array<Seen, 2>> spellings_;                // form -> older, newer
  std::map<std::string, Short> abbreviations_;
};

}  // namespace ordo
