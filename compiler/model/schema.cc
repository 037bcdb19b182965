#include "compiler/model/schema.h"

#include <array>
#include <string_view>

namespace ordo {
namespace {

std::vector<FieldSpec> MakeSchema() {
  std::vector<FieldSpec> specs;
  auto add = [&](W kind, W key, FieldType type, std::string_view of) {
    FieldSpec spec{kind, key, type, 0, {}};
    while (!of.empty()) {
      const std::string_view id = of.substr(0, of.find(' '));
      of.remove_prefix(std::min(of.size(), id.size() + 1));
      for (size_t i = 1; i < word_count(); ++i) {
        const WordRow& row = RowOf(static_cast<W>(i));
        if (row.id != id) continue;
        const bool kinds = type == FieldType::kRef || type == FieldType::kRefs || type == FieldType::kTypes;
        if (kinds && (row.family == "kind" || row.family == "type")) spec.kinds |= Only(static_cast<W>(i));
        if (!kinds && row.family == "word") spec.words.push_back(static_cast<W>(i));
      }
    }
    specs.push_back(std::move(spec));
  };
#define ORDO_FIELD(kind, key, type, of) add(W::kind_##kind, W::key_##key, FieldType::k##type, of);
#include "compiler/model/schema.def"
#undef ORDO_FIELD
  return specs;
}

}  // namespace

std::span<const FieldSpec> Schema() {
  static const std::vector<FieldSpec> schema = MakeSchema();
  return schema;
}

const FieldSpec* FindField(ir::KindId kind, W key) {
  // One small array a kind, indexed by word: a lookup a field, without hashing.
  static const std::vector<std::vector<const FieldSpec*>> table = [] {
    std::vector<std::vector<const FieldSpec*>> out(kKindCount, std::vector<const FieldSpec*>(word_count(), nullptr));
    for (const FieldSpec& spec : Schema()) out[KindOf(spec.kind)][static_cast<size_t>(spec.key)] = &spec;
    return out;
  }();
  return kind < kKindCount ? table[kind][static_cast<size_t>(key)] : nullptr;
}

}  // namespace ordo
