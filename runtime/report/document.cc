#include "runtime/report/document.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/unicode.h"
#include "runtime/report/body.h"
#include "runtime/report/build.h"
#include "runtime/report/document_words.h"
#include "runtime/report/print.h"
#include "runtime/report/text.h"

namespace ordo::report {
namespace {

class DocumentBuilder {
 public:
  DocumentBuilder(const eval::Evaluation& evaluation, Language language)
      : evaluation_(evaluation), program_(evaluation.program()), language_(language), words_(program_), printer_(program_, language) {}

  Document Build() {
    Document document;
    document.language = language_;
    document.layout = layout_ = LayoutOf(program_);
    Body(document);
    for (size_t i = 0; i < program_.tables.size(); ++i) {
      const ir::TableDeclaration& table = program_.tables[i];
      if (table.form == ir::TableDeclaration::Form::kAppendix && !IsForFollowUp(program_, table.object)) document.annexes.push_back(BuildTable(evaluation_, i, language_));
    }
    const EntityId plan = program_.plan;
    if (plan == EntityId::kNone) return document;
    const ir::Entity& entity = program_.entity(plan);
    document.id = program_.text(entity.name);
    document.subject = program_.text(entity.title);
    document.kind = UpperCase(DocumentKind(program_, language_));
    const std::string agency = printer_.FieldCell(plan, words_.issued_by);
    document.agency = UpperCase(agency);
    document.parent_agency = UpperCase(ParentAgency(agency));
    document.number = printer_.FieldCell(plan, words_.number);
    document.place_and_date = PlaceAndDate();
    if (document.bases.empty()) document.bases = Bases();
    document.recipients = Recipients();
    document.signatures = Signatures(agency);
    return document;
  }

 private:
  bool vietnamese() const { return language_ == Language::kVietnamese; }
  const ir::Field* Stated(std::string_view key) const { return FieldNamed(program_, program_.plan, key); }
  std::string Text(std::string_view key) const { return std::string(TextNamed(program_, program_.plan, key)); }
  // Not stated is nullopt, stated as none is empty.
  std::optional<std::string> Optional(std::string_view key) const {
    const ir::Field* field = Stated(key);
    if (field == nullptr) return std::nullopt;
    return field->none ? std::string() : Text(key);
  }
  std::span<const ir::Entry> Entries(const ir::Field* field) const {
    if (field == nullptr) return {};
    return {program_.entries.data() + field->first_entry, field->entry_count};
  }

  EntityId Issuer() const {
    for (const ir::Entry& entry : Entries(Stated("issued_by"))) {
      if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent) return static_cast<EntityId>(entry.value);
    }
    return EntityId::kNone;
  }

  // As the plan says, else what the issuing unit is part of; above people's committees and councils, and in Party documents, nothing
  // is printed unless the plan says so.
  std::string ParentAgency(std::string_view agency) const {
    if (const ir::Field* field = Stated("parent_agency")) return field->none ? std::string() : printer_.FieldCell(program_.plan, field->word);
    if (layout_ == Layout::kParty || StandsAlone(agency)) return {};
    const EntityId issuer = Issuer();
    if (issuer == EntityId::kNone) return {};
    const ir::Field* part_of = FieldNamed(program_, issuer, "part_of");
    return part_of == nullptr || part_of->none ? std::string() : printer_.FieldCell(issuer, part_of->word);
  }

  std::string PlaceAndDate() const {
    const IssueDay issue = IssueDayOf(program_, words_);
    const std::string place = Text("place");
    return fmt::format("{}, {}", place.empty() ? "…" : place, DayInWords(issue.day, issue.expected, language_));
  }

  // Cited in full, as a document is the first time: kind, number, day, issuer, subject.
  std::string Citation(EntityId document) const {
    std::string text = printer_.Object(document);
    const std::string_view symbol = TextNamed(program_, document, "symbol");
    if (!symbol.empty() && text.find(symbol) == std::string::npos) text += fmt::format(" {} {}", vietnamese() ? "số" : "No.", symbol);
    if (const ir::Field* issued = FieldNamed(program_, document, "issue_date")) {
      for (const ir::Entry& entry : Entries(issued)) {
        if (!IsKind(program_, static_cast<EntityId>(entry.value), words_.time_kind)) continue;
        const Time& time = program_.times[program_.entity(static_cast<EntityId>(entry.value)).row];
        if (time.to.kind != Point::Kind::kDay || time.expected.kind != Point::Kind::kNone) continue;
        text += fmt::format("{}{}", vietnamese() ? " " : " of ", DayInWords(time.to, false, language_));
      }
    }
    if (const std::string issuer = printer_.FieldCell(document, words_.issued_by); !issuer.empty()) {
      text += fmt::format("{}{}", vietnamese() ? " của " : " of ", issuer);
    }
    Append(text, " ", TextNamed(program_, document, "subject"));
    return text;
  }

  std::vector<std::string> Bases() const {
    std::vector<std::string> lines;
    for (const ir::Entry& entry : Entries(Stated("basis"))) {
      std::string document;
      if (entry.wording != Symbol::kEmpty) document = program_.text(entry.wording);
      else if (entry.type == ir::Type::kEntity && entry.value != ir::kAbsent) document = Citation(static_cast<EntityId>(entry.value));
      if (!document.empty()) lines.push_back(fmt::format("{} {};", vietnamese() ? "Căn cứ" : "Based on", document));
    }
    if (!lines.empty()) lines.back().back() = '.';
    return lines;
  }

  std::vector<std::string> Recipients() const {
    std::vector<std::string> lines;
    const ir::Field* field = Stated("recipients");
    if (field != nullptr && field->written != Symbol::kEmpty) {
      lines.push_back(RecipientLine(program_.text(field->written), layout_));
    } else {
      for (const ir::Entry& entry : Entries(field)) lines.push_back(RecipientLine(printer_.EntryText(entry), layout_));
    }
    const std::optional<std::string> archive = Optional("archive");
    if (archive ? !archive->empty() : layout_ != Layout::kPlain) lines.push_back(ArchiveLine(archive.value_or(""), layout_, language_));
    return lines;
  }

  // Each signer with the lines above the name; the head of the issuing unit when nobody is named.
  std::vector<Signature> Signatures(const std::string& agency) const {
    Authority authority;
    authority.unit = agency;
    authority.on_behalf_of = Optional("on_behalf_of");
    authority.signing_for = Optional("signing_for");
    std::vector<std::string> posts;
    const ir::Field* field = Stated("signed_by");
    if (field != nullptr && field->written != Symbol::kEmpty) {
      posts.emplace_back(program_.text(field->written));
    } else if (field != nullptr) {
      for (const ir::Entry& entry : Entries(field)) {
        const std::string text = printer_.EntryText(entry);
        posts.emplace_back(entry.wording != Symbol::kEmpty ? std::string_view(text) : PositionOf(text));
      }
    } else if (const EntityId issuer = Issuer(); issuer != EntityId::kNone) {
      if (const std::string_view head = TextNamed(program_, issuer, "head"); !head.empty()) posts.emplace_back(PositionOf(head));
    }
    std::vector<Signature> signatures;
    for (const std::string& post : posts) {
      authority.position = post;
      signatures.push_back({AuthorityLines(authority, layout_), signatures.empty() ? Text("signer_name") : std::string()});
    }
    return signatures;
  }

  bool IsBasis(EntityId clause) const {
    for (const ir::Entry& entry : Entries(FieldNamed(program_, clause, "purpose"))) {
      if (entry.type == ir::Type::kWord && program_.word(static_cast<ir::WordId>(entry.value)).id == "basis_text") return true;
    }
    return false;
  }

  void Body(Document& document) const {
    for (const BodyItem& item : NumberedBody(program_, words_, PrintedInBody(evaluation_, words_))) {
      const ir::Entity& entity = program_.entity(item.id);
      Paragraph paragraph;
      paragraph.level = static_cast<int>(item.level);
      paragraph.id = program_.text(entity.name);
      paragraph.marker = MarkerOf(item.number);
      paragraph.at = entity.span;
      if (entity.kind == words_.section_kind) {
        paragraph.kind = Paragraph::Kind::kHeading;
        paragraph.text = program_.text(entity.title);
      } else if (entity.kind == words_.clause_kind) {
        paragraph.text = TextNamed(program_, item.id, "wording");
        if (paragraph.text.empty()) continue;   // only a place that tasks carry out
        if (IsBasis(item.id)) {
          document.bases.push_back(std::move(paragraph.text));
          continue;
        }
      } else if (entity.kind == words_.table_kind) {
        paragraph.kind = Paragraph::Kind::kTable;
        paragraph.table = document.body_tables.size();
        const auto declared = std::find_if(program_.tables.begin(), program_.tables.end(),
                                           [&](const ir::TableDeclaration& table) { return table.object == item.id; });
        document.body_tables.push_back(BuildTable(evaluation_, static_cast<size_t>(declared - program_.tables.begin()), language_));
      } else {
        paragraph.text = RowText(item.id);
      }
      document.body.push_back(std::move(paragraph));
    }
  }

  // A task, target or reporting duty that no table shows, as one paragraph: «Trồng cây. Chủ trì: Phòng Kinh tế. Thời hạn: Quý I/2026.»
  std::string RowText(EntityId id) const {
    static constexpr std::string_view kTold[] = {"accountable", "lead", "support", "from", "through", "to", "copy", "product", "due", "rhythm", "data_until", "form", "source"};
    std::string text(program_.text(program_.entity(id).title));
    if (text.empty()) text = printer_.Object(id);
    // A title that ends a sentence is the passage as issued: nothing is added to it.
    constexpr std::string_view kEnds[] = {".", ":", ";", "!", "?", "…"};
    if (std::any_of(std::begin(kEnds), std::end(kEnds), [&](std::string_view end) { return text.ends_with(end); })) return text;
    std::string values;
    if (IsKind(program_, id, words_.target_kind)) {
      for (const ir::SeriesRow& row : program_.SeriesOf(id)) Append(values, "; ", printer_.Object(row.object));
      Append(text, ": ", values);
    }
    const auto end = [&] {
      if (!text.empty() && std::string_view(".:;!?").find(text.back()) == std::string_view::npos) text += '.';
    };
    for (const std::string_view key : kTold) {
      const ir::Field* field = FieldNamed(program_, id, key);
      if (field == nullptr) continue;
      const std::string value = printer_.FieldCell(id, field->word);
      if (value.empty()) continue;
      end();
      text += fmt::format(" {}: {}", Capitalised(printer_.Spelling(field->word)), value);
    }
    end();
    return text;
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const Language language_;
  const Words words_;
  const Printer printer_;
  Layout layout_ = Layout::kState;
};

}  // namespace

Document BuildDocument(const eval::Evaluation& evaluation, Language language) { return DocumentBuilder(evaluation, language).Build(); }

Layout LayoutOf(const ir::Program& program) {
  if (program.plan == EntityId::kNone) return Layout::kState;
  const ir::Field* field = FieldNamed(program, program.plan, "layout");
  if (field == nullptr || field->entry_count == 0) return Layout::kState;
  const ir::Entry& entry = program.entries[field->first_entry];
  if (entry.type != ir::Type::kWord) return Layout::kState;
  const std::string_view word = program.word(static_cast<ir::WordId>(entry.value)).id;
  if (word == "party_layout") return Layout::kParty;
  return word == "plain_layout" ? Layout::kPlain : Layout::kState;
}

}  // namespace ordo::report
