// ordo/table/1: the shape that other tools build on.
#include <nlohmann/json.hpp>

#include "runtime/report/render.h"

namespace ordo::report {
namespace {

using Json = nlohmann::ordered_json;

Json Cells(const Table& table, const Row& row) {
  Json cells = Json::object();
  for (size_t i = 0; i < table.columns.size() && i < row.cells.size(); ++i) cells[table.columns[i].id] = row.cells[i].text;
  return cells;
}

Json RowAsJson(const Table& table, const Row& row, const SourceSet& sources) {
  Json json;
  json["id"] = row.id;
  json["number"] = row.number;
  json["cells"] = Cells(table, row);
  json["at"] = nullptr;
  if (row.at.known() && row.at.file < sources.size()) {
    const SourceFile& file = sources.file(row.at.file);
    json["at"] = {{"file", file.path()}, {"line", file.LineOf(row.at.begin)}};
  }
  json["rows"] = Json::array();
  for (const Row& sub : row.rows) json["rows"].push_back(RowAsJson(table, sub, sources));
  return json;
}

}  // namespace

std::string TableAsJson(const Table& table, const SourceSet& sources) {
  Json json;
  json["schema"] = "ordo/table/1";
  json["id"] = table.id;
  json["title"] = table.title;
  json["subtitle"] = table.subtitle;
  json["columns"] = Json::array();
  for (const TableColumnText& column : table.columns) json["columns"].push_back({{"id", column.id}, {"title", column.title}});
  json["groups"] = Json::array();
  for (const Group& group : table.groups) {
    Json rows = Json::array();
    for (const Row& row : group.rows) rows.push_back(RowAsJson(table, row, sources));
    json["groups"].push_back({{"number", group.number}, {"title", group.title}, {"rows", std::move(rows)}});
  }
  if (table.totals) json["totals"] = Cells(table, *table.totals);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ordo::report
