// A whole plan as a document to be signed: header, legal bases, body, recipients, signature, annexes. Data only: runtime/office lays
// it out, and nothing here knows about pages or fonts. What the plan does not say stays empty and is left open in print.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/table.h"

namespace ordo::report {

enum class Layout { kState, kParty, kPlain };   // Decree 30/2020/NĐ-CP; Guideline 36-HD/VPTW; neither

struct Paragraph {
  enum class Kind {
    kHeading,   // a title of a section; `level` 0 is «I.»
    kText,
    kTable,     // `table` of Document::body_tables stands here
  };
  Kind kind = Kind::kText;
  int level = 0;
  std::string id;       // name of the declaration
  std::string marker;   // «I.», «1.», «a)», «-» as printed; may be empty
  std::string text;
  size_t table = 0;
  Span at;
};

struct Signature {
  std::vector<std::string> authority;   // «TM. ỦY BAN NHÂN DÂN», «KT. CHỦ TỊCH», «PHÓ CHỦ TỊCH»; one a line
  std::string name;                     // empty: left open for the signer
};

struct Document {
  std::string id;                       // name of the plan
  Layout layout = Layout::kState;
  Language language = Language::kVietnamese;
  std::string parent_agency, agency;    // as printed, capitals
  std::string number;                   // «24/KH-UBND»; empty: open
  std::string place_and_date;           // «Hải Dương, ngày 28 tháng 01 năm 2026»
  std::string kind, subject;            // «KẾ HOẠCH»; what it is about
  std::vector<std::string> bases;       // «Căn cứ …;», one a paragraph, the last ends with a full stop
  std::vector<Paragraph> body;
  std::vector<Table> body_tables;
  std::vector<std::string> recipients;  // «- TT Đảng ủy phường;», the last is the archive copy
  std::vector<Signature> signatures;
  std::vector<Table> annexes;           // each a section of its own, landscape where its table is
};

Document BuildDocument(const eval::Evaluation& evaluation, Language language);
// For a terminal or a mail, and as Markdown: head, bases, body, recipients, signatures, annexes, in the order of the print.
std::string DocumentAsText(const Document& document, const RenderOptions& options = {});
std::string DocumentAsMarkdown(const Document& document);
Layout LayoutOf(const ir::Program& program);   // the plan's own; state if it names none

}  // namespace ordo::report
