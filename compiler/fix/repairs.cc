#include "compiler/fix/repairs.h"

#include <optional>
#include <string>

#include "compiler/ast/edits.h"
#include "fmt/format.h"
#include "runtime/diag/fix.h"

namespace ordo {
namespace {

class Repairer {
 public:
  Repairer(const eval::Evaluation& evaluation, const std::vector<const Ast*>& files, Language language)
      : evaluation_(evaluation), program_(evaluation.program()), language_(language) {
    for (const Ast* ast : files) {
      if (ast->file >= by_file_.size()) by_file_.resize(ast->file + 1);
      by_file_[ast->file].ast = ast;
    }
  }

  std::optional<Fix> FixOf(const ir::Check& check, const ir::Repair& repair, const std::vector<uint32_t>& rows) const {
    const ir::Cell object = evaluation_.cell(check.relation, rows.front(), repair.object.column);
    const ir::Cell value = repair.value == ir::kNone ? 0 : evaluation_.cell(check.relation, rows.front(), repair.value);
    for (const uint32_t row : rows) {
      if (evaluation_.cell(check.relation, row, repair.object.column) != object) return std::nullopt;
      if (repair.value != ir::kNone && evaluation_.cell(check.relation, row, repair.value) != value) return std::nullopt;
    }
    if (object == ir::kAbsent || value == ir::kAbsent) return std::nullopt;
    const EntityId id = static_cast<EntityId>(object);
    switch (repair.kind) {
      case ir::Repair::Kind::kRemove: return Remove(id, repair.object.field);
      case ir::Repair::Kind::kReplace: return Replace(id, repair.object.field, check, repair, value);
      case ir::Repair::Kind::kAdd: return Add(id, repair.object.field, check, repair, value);
    }
    return std::nullopt;
  }

 private:
  struct File {
    const Ast* ast = nullptr;          // null: not to be changed
    std::optional<TextIndex> index;    // made when first asked for
  };
  const Ast* AstOf(Span span) const { return span.known() && span.file < by_file_.size() ? by_file_[span.file].ast : nullptr; }
  const TextIndex& IndexOf(const Ast& ast) const {
    File& file = by_file_[ast.file];
    if (!file.index) file.index.emplace(ast);
    return *file.index;
  }

  // The text of a written value, or of all values of a field; nullopt where it stands for more than this object, or is printed
  // otherwise than it says.
  struct Written {
    const Ast* ast = nullptr;
    Span span;           // begins with the first value
    bool whole = false;  // all values
  };
  std::optional<Written> Find(EntityId object, ir::WordId word) const {
    Written written;
    const ir::Field* field = nullptr;
    if (word == ir::kNoWord) {
      const ir::Program::WrittenValue value = program_.FindEntry(object);
      if (value.entry == nullptr) return std::nullopt;
      field = value.field;
      written.span = value.entry->span;
    } else {
      field = program_.FindField(object, word);
      if (field == nullptr) return std::nullopt;
      written.span = field->span;
      written.whole = true;
    }
    if (field->shared || field->written != Symbol::kEmpty) return std::nullopt;
    written.ast = AstOf(written.span);
    return written.ast ? std::optional(written) : std::nullopt;
  }

  std::optional<Fix> Remove(EntityId object, ir::WordId field) const {
    const auto written = Find(object, field);
    if (!written) return std::nullopt;
    const Ast& ast = *written->ast;
    const NodeId node = IndexOf(ast).FieldAt(written->span.begin);
    if (node == 0) return std::nullopt;
    if (written->whole) {
      return RemoveFix(RemoveField(ast, node), Shown(ast, ast.SpanOf(node)), language_);
    }
    if (program_.FindEntry(object).field->entry_count < 2) return std::nullopt;   // what an empty cell should say is another matter
    auto edit = RemoveValue(ast, node, written->span.begin);
    if (!edit) return std::nullopt;
    return RemoveFix(std::move(*edit), Shown(ast, written->span), language_);
  }

  std::optional<Fix> Replace(EntityId object, ir::WordId field, const ir::Check& check, const ir::Repair& repair, ir::Cell value) const {
    const auto written = Find(object, field);
    if (!written) return std::nullopt;
    const Ast& ast = *written->ast;
    const NodeId node = IndexOf(ast).FieldAt(written->span.begin);
    const auto all = node == 0 ? std::nullopt : ValuesOf(ast, node);
    const auto text = TextOf(check, repair, value, ast.skin);
    if (!all || !text) return std::nullopt;
    const Span span = written->whole ? *all : written->span;
    return ReplaceFix(span, Shown(ast, span), *text, language_);
  }

  std::optional<Fix> Add(EntityId object, ir::WordId field, const ir::Check& check, const ir::Repair& repair, ir::Cell value) const {
    if (program_.FindField(object, field) != nullptr) return std::nullopt;
    const Span heading = program_.entity(object).span;
    const Ast* ast = AstOf(heading);
    const NodeId block = ast ? IndexOf(*ast).BlockAt(heading.begin) : 0;
    if (block == 0) return std::nullopt;
    const auto text = TextOf(check, repair, value, ast->skin);
    const ir::Word& key = program_.word(field);
    const std::string& name = ast->skin == Skin::kVietnamese ? key.vi : key.en;
    auto edit = text ? AddField(*ast, block, name, *text) : std::nullopt;
    if (!edit) return std::nullopt;
    return AddFix(std::move(*edit), fmt::format("{}: {}", name, *text), language_);
  }

  // The value as it is written in a file of this skin.
  std::optional<std::string> TextOf(const ir::Check& check, const ir::Repair& repair, ir::Cell value, Skin skin) const {
    if (program_.relations[check.relation].columns[repair.value].type == ir::Type::kText) {
      const std::string_view text = program_.text(static_cast<Symbol>(value));
      if (text.find_first_of("\"\r\n") != std::string_view::npos) return std::nullopt;
      return fmt::format("\"{}\"", text);
    }
    const Symbol name = program_.entity(static_cast<EntityId>(value)).name;
    if (name == Symbol::kEmpty) return std::nullopt;   // nothing that could be written
    if (repair.member == ir::kNoWord) return std::string(program_.text(name));
    const ir::Word& member = program_.word(repair.member);
    return fmt::format("{}.{}", program_.text(name), skin == Skin::kVietnamese ? member.vi : member.en);
  }

  static std::string Shown(const Ast& ast, Span span) { return std::string(ShownText(ast.source->slice(span))); }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const Language language_;
  mutable std::vector<File> by_file_;
};

}  // namespace

void OfferRepairs(const eval::Evaluation& evaluation, const std::vector<report::FindingRows>& rows, const std::vector<const Ast*>& files,
                  Language language, std::vector<Finding>& findings) {
  const Repairer repairer(evaluation, files, language);
  for (size_t i = 0; i < rows.size(); ++i) {
    const ir::Check& check = evaluation.program().checks[rows[i].check];
    if (!check.repairs.empty() && !findings[i].waiver) findings[i].fix = repairer.FixOf(check, check.repairs.front(), rows[i].rows);
  }
}

}  // namespace ordo
