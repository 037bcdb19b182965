#include "runtime/sql/design.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "fmt/format.h"
#include "runtime/base/decimal.h"
#include "runtime/ir/analysis.h"
#include "runtime/sql/stratum.h"

namespace ordo::sql {

namespace {

using ir::Cell;

constexpr size_t kLongestName = 46;  // bytes; with a hash or a number within the 63 of PostgreSQL

// Names of tables that are no relation.
constexpr std::string_view kTaken[] = {"entities", "fields",   "words",         "checks",      "waivers", "relations",
                                       "columns",  "findings", "meta",          "ancestors",   "plans",   "chosen",
                                       "uses",     "views",    "table_columns", "public_views"};

class Names {
 public:
  std::string Take(std::string_view wanted) {
    std::string name = PlainName(wanted);
    for (int n = 2; !taken_.insert(name).second; ++n) name = fmt::format("{}_{}", PlainName(wanted), n);
    return name;
  }

 private:
  absl::flat_hash_set<std::string> taken_;
};

// Percentages read as such: 40% is 40 hundredths, or 400 thousandths where one of them needs that.
int LeastPlaces(ir::Type type) { return type == ir::Type::kPercent ? 2 : 0; }

int PlacesOf(ir::Type type, const Cell* cells, size_t count, size_t stride) {
  int places = LeastPlaces(type);
  for (size_t i = 0; i < count; ++i) {
    if (cells[i * stride] != ir::kAbsent) places = std::max(places, Decimal::FromCell(cells[i * stride]).scale());
  }
  return places;
}

}  // namespace

std::string PlainName(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool capital = c >= 'A' && c <= 'Z';
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || static_cast<uint8_t>(c) >= 0x80;
    name += capital ? static_cast<char>(c - 'A' + 'a') : kept ? c : '_';
  }
  if (name.size() > kLongestName) {
    size_t end = kLongestName;
    while (end > 0 && (static_cast<uint8_t>(name[end]) & 0xC0) == 0x80) --end;
    name.resize(end);
  }
  return name.empty() ? "_" : name;
}

Design MakeDesign(const ir::Program& program, const eval::Calls& calls, Dialect dialect, std::string schema,
                  const std::map<ir::RelationId, std::string>& as_rows) {
  Design design;
  design.dialect = dialect;
  design.schema = std::move(schema);
  const bool sqlite = dialect == Dialect::kSqlite;
  absl::flat_hash_set<std::string> known;
  for (const ir::Word& word : program.words) {
    std::string id = word.id;
    for (int n = 2; !known.insert(id).second; ++n) id = fmt::format("{}#{}", word.id, n);
    design.words.push_back(std::move(id));
  }
  Names names;
  for (const std::string_view taken : kTaken) names.Take(taken);
  design.relations.resize(program.relations.size());
  for (const bool derived : {false, true}) {
    for (ir::RelationId id = 0; id < program.relations.size(); ++id) {
      const ir::Relation& relation = program.relations[id];
      if (relation.derived != derived) continue;
      Relation& shape = design.relations[id];
      shape.name = names.Take(program.text(relation.name));
      shape.view_name = shape.name;
      shape.source = design.From(shape.name);
      Names columns;
      if (!sqlite) columns.Take("plan");
      for (size_t i = 0; i < relation.columns.size(); ++i) {
        const ir::Type type = relation.columns[i].type;
        Column& column = shape.columns.emplace_back();
        column.name = columns.Take(program.text(relation.columns[i].name));
        column.type = type;
        if (!sqlite || !ir::IsDecimal(type)) continue;
        column.places = derived ? LeastPlaces(type) : PlacesOf(type, relation.data[i].data(), relation.data[i].size(), 1);
      }
    }
  }
  for (const auto& of : calls) {
    Function& function = design.functions.emplace_back();
    function.name = names.Take(fmt::format("call_{}", of->native->id));
    function.source = design.From(function.name);
    const size_t width = of->native->parameters.size();
    for (size_t i = 0; i < width; ++i) {
      const ir::Type type = of->native->parameters[i];
      function.parameters.push_back({fmt::format("a{}", i + 1), type, 0});
      if (sqlite && ir::IsDecimal(type))
        function.parameters.back().places = PlacesOf(type, of->arguments.data() + i, of->arguments.size(), width);
    }
    function.result = {"result", of->native->result, 0};
    if (sqlite && ir::IsDecimal(of->native->result)) {
      function.result.places = PlacesOf(of->native->result, of->results.data(), of->results.size(), 1);
    }
  }
  std::vector<std::vector<uint32_t>> rules_of(program.relations.size());
  for (uint32_t rule = 0; rule < program.rules.size(); ++rule) rules_of[program.rules[rule].head].push_back(rule);
  for (const std::vector<ir::RelationId>& group : ir::FindStrata(program).groups) {
    const auto refused = std::find_if(group.begin(), group.end(), [&](ir::RelationId id) { return as_rows.contains(id); });
    if (refused == group.end()) {
      DesignStratum(program, group, rules_of, design);
      continue;
    }
    for (const ir::RelationId id : group) {
      design.relations[id].problem = as_rows.at(*refused);
      design.order.push_back(id);
    }
  }
  return design;
}

}  // namespace ordo::sql
