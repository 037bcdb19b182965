// Small IR programs made by hand for tests of what reads programs: words, kinds, objects, fields, relations. Object number n
// stands on line n + 1 of the only file, `plan.ordo`, so that places in outputs can be read. Build after each change.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/source.h"
#include "runtime/ir/ir.h"

namespace ordo::testing {

class ProgramBuilder {
 public:
  ProgramBuilder() { program_.strings = &strings_; }

  Symbol Text(std::string_view text) { return strings_.Intern(text); }

  ir::WordId Word(std::string_view id, std::string_view en = "", std::string_view vi = "") {
    for (size_t i = 0; i < program_.words.size(); ++i) {
      if (program_.words[i].id == id) return static_cast<ir::WordId>(i);
    }
    program_.words.push_back({std::string(id), std::string(en.empty() ? id : en), std::string(vi.empty() ? id : vi)});
    return static_cast<ir::WordId>(program_.words.size() - 1);
  }

  // A kind with its keyed relation; further columns hold properties and start absent.
  ir::KindId Kind(std::string_view id, std::string_view en, std::string_view vi, std::vector<ir::Column> properties = {}) {
    ir::Relation relation;
    relation.name = Text(id);
    relation.keyed = true;
    relation.columns.push_back({Text("object"), ir::Type::kEntity});
    relation.columns.insert(relation.columns.end(), properties.begin(), properties.end());
    relation.data.resize(relation.columns.size());
    program_.relations.push_back(std::move(relation));
    program_.kinds.push_back({Word(id, en, vi), static_cast<ir::RelationId>(program_.relations.size() - 1)});
    return static_cast<ir::KindId>(program_.kinds.size() - 1);
  }

  EntityId Add(ir::KindId kind, std::string_view name, std::string_view title, EntityId parent = EntityId::kNone) {
    ir::Relation& relation = program_.relations[program_.kinds[kind].relation];
    const auto number = static_cast<uint32_t>(program_.entities.size());
    const Span span{0, number * kLine, number * kLine + kLine - 1};
    program_.entities.push_back({kind, relation.rows(), Text(name), Text(title), parent, span});
    relation.data[0].push_back(number);
    for (size_t i = 1; i < relation.data.size(); ++i) relation.data[i].push_back(ir::kAbsent);
    relation.spans.push_back(span);
    fields_.emplace_back();
    return EntityId{number};
  }

  EntityId AddTime(ir::KindId kind, const Time& time, EntityId parent) {
    program_.times.push_back(time);
    return Add(kind, "", "", parent);
  }

  void Set(EntityId id, std::string_view property, ir::Cell value) {
    const ir::Entity& entity = program_.entity(id);
    ir::Relation& relation = program_.relations[program_.kinds[entity.kind].relation];
    for (size_t i = 0; i < relation.columns.size(); ++i) {
      if (relation.columns[i].name == Text(property)) relation.data[i][entity.row] = value;
    }
  }

  static ir::Entry Of(EntityId value) {
    ir::Entry entry;
    entry.type = ir::Type::kEntity;
    entry.value = static_cast<ir::Cell>(value);
    return entry;
  }
  ir::Entry Of(std::string_view text) {
    ir::Entry entry;
    entry.value = static_cast<ir::Cell>(Text(text));
    return entry;
  }

  // A field of an object; its place is the object's, one byte in.
  ir::Field& Field(EntityId id, ir::WordId word, std::vector<ir::Entry> entries) {
    ir::Field field;
    field.word = word;
    const Span at = program_.entity(id).span;
    field.span = {0, at.begin + 1, at.end};
    fields_[static_cast<uint32_t>(id)].push_back({field, std::move(entries)});
    return fields_[static_cast<uint32_t>(id)].back().first;
  }

  ir::RelationId Relation(std::string_view name, std::vector<ir::Type> types) {
    ir::Relation relation;
    relation.name = Text(name);
    for (const ir::Type type : types) relation.columns.push_back({Text("c"), type});
    relation.data.resize(types.size());
    program_.relations.push_back(std::move(relation));
    return static_cast<ir::RelationId>(program_.relations.size() - 1);
  }

  void AddRow(ir::RelationId id, std::vector<ir::Cell> cells) {
    ir::Relation& relation = program_.relations[id];
    for (size_t i = 0; i < cells.size(); ++i) relation.data[i].push_back(cells[i]);
    relation.spans.push_back({});
  }

  ir::Program& program() { return program_; }

  // Fields of one object lie side by side only once all are known.
  const ir::Program& Build() {
    program_.fields.clear();
    program_.entries.clear();
    for (size_t i = 0; i < fields_.size(); ++i) {
      program_.entities[i].first_field = static_cast<uint32_t>(program_.fields.size());
      program_.entities[i].field_count = static_cast<uint32_t>(fields_[i].size());
      for (auto& [field, entries] : fields_[i]) {
        field.first_entry = static_cast<uint32_t>(program_.entries.size());
        field.entry_count = static_cast<uint32_t>(entries.size());
        program_.entries.insert(program_.entries.end(), entries.begin(), entries.end());
        program_.fields.push_back(field);
      }
    }
    return program_;
  }

  // The source that the spans point into: as many lines as there are objects.
  SourceSet Sources() const {
    std::string text;
    for (size_t i = 0; i < program_.entities.size(); ++i) text += std::string(kLine - 1, 'x') + "\n";
    SourceSet sources;
    sources.Add("plan.ordo", text);
    return sources;
  }

 private:
  static constexpr uint32_t kLine = 8;

  StringPool strings_;
  ir::Program program_;
  std::vector<std::vector<std::pair<ir::Field, std::vector<ir::Entry>>>> fields_;   // by object
};

}  // namespace ordo::testing
