// The schema of blocks (schema.def) as data: which key may stand in which kind and what its values must be.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/ast/words.h"
#include "runtime/ir/ir.h"

namespace ordo {

enum class FieldType : uint8_t { kText, kTexts, kWord, kWords, kNumber, kQuantity, kRef, kRefs, kRoles, kProducts, kTime, kTimes, kDate, kDuration, kLengths, kRecipients,
                                 kExpr, kColumns, kTypes, kPopulation, kBaseline, kAny };

// Kinds are the first rows of words.def, so a kind's id is its word's place there.
inline constexpr ir::KindId KindOf(W word) {
  return word == W::kNone ? ir::kNoKind : static_cast<ir::KindId>(static_cast<uint16_t>(word) - static_cast<uint16_t>(W::kind_plan));
}
inline constexpr W WordOfKind(ir::KindId kind) { return static_cast<W>(static_cast<uint16_t>(W::kind_plan) + kind); }
inline constexpr size_t kKindCount = static_cast<size_t>(W::type_object) - static_cast<size_t>(W::kind_plan) + 1;
using KindSet = uint64_t;
static_assert(kKindCount <= 64);
inline constexpr KindSet Only(W kind) { return KindSet{1} << KindOf(kind); }
inline constexpr bool Has(KindSet set, ir::KindId kind) { return kind < 64 && (set >> kind & 1); }
inline constexpr KindSet kParties = Only(W::kind_unit) | Only(W::kind_post) | Only(W::kind_group);

struct FieldSpec {
  W kind;
  W key;
  FieldType type;
  KindSet kinds = 0;           // kRef, kRefs: objects allowed; kTypes: kinds allowed (0: any)
  std::vector<W> words;        // kWord, kWords: words allowed
};

std::span<const FieldSpec> Schema();
// The row of a kind and key; nullptr if the key may not stand there.
const FieldSpec* FindField(ir::KindId kind, W key);

}  // namespace ordo
