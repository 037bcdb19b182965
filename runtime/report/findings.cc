#include "runtime/report/findings.h"

#include <algorithm>

#include <fmt/format.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/diag/fingerprint.h"
#include "runtime/report/finding_key.h"
#include "runtime/report/print.h"
#include "runtime/report/text.h"
#include "runtime/report/waivers.h"
#include "runtime/report/words.h"

namespace ordo::report {
namespace {

constexpr size_t kMostRelated = 5;

// A text with its {slots} found once a check, so that a finding only joins pieces.
class Template {
 public:
  Template(const ir::Program& program, const ir::Check& check, std::string_view text) {
    size_t begin = 0;
    while (begin < text.size()) {
      const size_t open = text.find('{', begin);
      const size_t close = open == std::string_view::npos ? open : text.find('}', open);
      if (close == std::string_view::npos) break;
      const Piece found = Find(program, check, text.substr(open + 1, close - open - 1));
      if (found.kind == Piece::Kind::kText) {   // no slot of that name: the braces are text
        pieces_.push_back({Piece::Kind::kText, 0, text.substr(begin, close + 1 - begin)});
      } else {
        pieces_.push_back({Piece::Kind::kText, 0, text.substr(begin, open - begin)});
        pieces_.push_back(found);
      }
      begin = close + 1;
    }
    pieces_.push_back({Piece::Kind::kText, 0, text.substr(std::min(begin, text.size()))});
  }

  std::string Fill(const std::vector<std::string>& slots, const std::vector<std::string>& constants) const {
    std::string text;
    for (const Piece& piece : pieces_) {
      switch (piece.kind) {
        case Piece::Kind::kText: text += piece.text; break;
        case Piece::Kind::kSlot: text += slots[piece.index]; break;
        case Piece::Kind::kConstant: text += constants[piece.index]; break;
      }
    }
    return text;
  }

 private:
  struct Piece {
    enum class Kind { kText, kSlot, kConstant };
    Kind kind = Kind::kText;
    size_t index = 0;
    std::string_view text;
  };

  static Piece Find(const ir::Program& program, const ir::Check& check, std::string_view name) {
    for (size_t i = 0; i < check.slots.size(); ++i) {
      if (program.text(check.slots[i].name) == name) return {Piece::Kind::kSlot, i, {}};
    }
    for (size_t i = 0; i < check.constants.size(); ++i) {
      if (program.text(check.constants[i].first) == name) return {Piece::Kind::kConstant, i, {}};
    }
    return {};
  }

  std::vector<Piece> pieces_;
};

class Collector {
 public:
  Collector(const eval::Evaluation& evaluation, Language language, std::optional<Date> as_of)
      : evaluation_(evaluation), program_(evaluation.program()), printer_(program_, language), words_(program_),
        waivers_(program_, as_of), keys_(program_), vietnamese_(language == Language::kVietnamese) {}

  std::vector<Finding> Collect(const std::vector<FindingRows>& all) {
    std::vector<Finding> findings;
    findings.reserve(all.size());
    for (size_t begin = 0; begin < all.size();) {
      size_t end = begin;
      while (end < all.size() && all[end].check == all[begin].check) ++end;
      OneCheck(program_.checks[all[begin].check], all, begin, end, findings);
      begin = end;
    }
    return findings;
  }

 private:
  std::string_view Either(Symbol vi, Symbol en) const {
    const std::string_view own = program_.text(vietnamese_ ? vi : en);
    return own.empty() ? program_.text(vietnamese_ ? en : vi) : own;
  }

  void OneCheck(const ir::Check& check, const std::vector<FindingRows>& all, size_t begin, size_t end,
                std::vector<Finding>& findings) {
    const Template text(program_, check, Either(check.text_vi, check.text_en));
    const Template fix(program_, check, Either(check.fix_vi, check.fix_en));
    const std::string title(Either(check.title_vi, check.title_en));
    std::vector<std::string> constants;
    for (size_t i = 0; i < check.constants.size(); ++i) {
      constants.push_back(printer_.Value(check.constant_types[i], check.constants[i].second));
    }
    std::vector<std::string> slots(check.slots.size());
    for (size_t i = begin; i < end; ++i) {
      const std::vector<uint32_t>& rows = all[i].rows;
      const EntityId at = static_cast<EntityId>(evaluation_.cell(check.relation, rows.front(), check.at.column));
      for (size_t s = 0; s < slots.size(); ++s) slots[s] = SlotText(check, check.slots[s].column, rows);
      Finding& finding = findings.emplace_back();
      finding.code = program_.text(check.code);
      finding.severity = check.severity;
      finding.title = title;
      finding.message = text.Fill(slots, constants);
      finding.help = fix.Fill(slots, constants);
      finding.subject = SubjectOf(program_, at);
      finding.at = SpanOf(program_, at, check.at.field);
      finding.related = RelatedTo(check, rows, finding.at);
      finding.waiver = waivers_.Covering(check.code, at);
      finding.fingerprint = keys_.KeyOf(finding.code, at, check.at.field);
      finding.rows = static_cast<uint32_t>(rows.size());
      finding.by_limit = !check.constants.empty();
    }
  }

  std::string SlotText(const ir::Check& check, uint32_t column, const std::vector<uint32_t>& rows) const {
    const ir::Type type = program_.relations[check.relation].columns[column].type;
    if (rows.size() == 1) return printer_.Value(type, evaluation_.cell(check.relation, rows.front(), column));
    std::vector<std::string> values;
    absl::flat_hash_set<ir::Cell> cells;
    absl::flat_hash_set<std::string> printed;   // two objects may read alike
    for (const uint32_t row : rows) {
      const ir::Cell cell = evaluation_.cell(check.relation, row, column);
      if (!cells.insert(cell).second) continue;
      std::string value = printer_.Value(type, cell);
      if (printed.insert(value).second) values.push_back(std::move(value));
    }
    return printer_.List(values);
  }

  // The other sides in source order, each place once; the last one that is shown says how many are not.
  std::vector<Related> RelatedTo(const ir::Check& check, const std::vector<uint32_t>& rows, Span at) const {
    struct Side {
      Span span;
      EntityId object;
      ir::WordId field;
    };
    std::vector<Side> sides;
    absl::flat_hash_set<std::pair<ir::Cell, ir::WordId>> known;
    for (const ir::Place& place : check.see) {
      for (const uint32_t row : rows) {
        const ir::Cell cell = evaluation_.cell(check.relation, row, place.column);
        if (cell == ir::kAbsent || !known.insert({cell, place.field}).second) continue;
        const EntityId object = static_cast<EntityId>(cell);
        const Span span = SpanOf(program_, object, place.field);
        if (span.known() && (span != at || IsKind(program_, object, words_.step_kind))) sides.push_back({span, object, place.field});
      }
    }
    // The steps of a conflict are told in the order in which one leads to the next, all of them.
    const bool chain = std::any_of(sides.begin(), sides.end(), [&](const Side& s) { return IsKind(program_, s.object, words_.step_kind); });
    if (chain) {
      std::vector<Related> told;
      for (const Side& side : sides) told.push_back({SideText(side.object, side.field), side.span});
      return told;
    }
    std::stable_sort(sides.begin(), sides.end(), [](const Side& a, const Side& b) { return a.span < b.span; });
    const auto same = [](const Side& a, const Side& b) { return a.span == b.span; };
    sides.erase(std::unique(sides.begin(), sides.end(), same), sides.end());
    std::vector<Related> related;
    for (size_t i = 0; i < std::min(sides.size(), kMostRelated); ++i) {
      related.push_back({SideText(sides[i].object, sides[i].field), sides[i].span});
    }
    if (sides.size() > kMostRelated) {
      const size_t more = sides.size() - kMostRelated;
      related.back().message += vietnamese_ ? fmt::format(" (và {} chỗ khác)", more) : fmt::format(" (and {} more)", more);
    }
    return related;
  }

  // «phối hợp: Công an phường» for a field, «II.3 Rà soát ...» for an object that has a number, else what the object is called.
  std::string SideText(EntityId object, ir::WordId field) const {
    if (field != ir::kNoWord) {
      std::string text(printer_.Spelling(field));
      Append(text, ": ", printer_.FieldCell(object, field));
      return text;
    }
    std::string text = printer_.Object(object);
    if (IsKind(program_, object, words_.task_kind) || IsKind(program_, object, words_.section_kind)) {
      Append(text, " ", program_.text(program_.entity(object).title));
    }
    return text;
  }

  const eval::Evaluation& evaluation_;
  const ir::Program& program_;
  const Printer printer_;
  const Words words_;
  const Waivers waivers_;
  const FindingKeys keys_;
  const bool vietnamese_;
};

}  // namespace

std::vector<FindingRows> CollectRows(const eval::Evaluation& evaluation) {
  const ir::Program& program = evaluation.program();
  std::vector<FindingRows> all;
  absl::flat_hash_map<ir::Cell, size_t> place;
  for (size_t check = 0; check < program.checks.size(); ++check) {
    const ir::Check& rule = program.checks[check];
    if (rule.relation == ir::kNone) continue;
    place.clear();
    for (uint32_t row = 0; row < evaluation.rows(rule.relation); ++row) {
      const auto [found, added] = place.try_emplace(evaluation.cell(rule.relation, row, rule.at.column), all.size());
      if (added) all.push_back({check, {}});
      all[found->second].rows.push_back(row);
    }
  }
  return all;
}

std::vector<Finding> CollectFindings(const eval::Evaluation& evaluation, Language language, std::optional<Date> as_of) {
  return CollectFindings(evaluation, CollectRows(evaluation), language, as_of);
}

std::vector<Finding> CollectFindings(const eval::Evaluation& evaluation, const std::vector<FindingRows>& rows, Language language,
                                     std::optional<Date> as_of) {
  std::vector<Finding> findings = Collector(evaluation, language, as_of).Collect(rows);
  NumberFingerprints(findings);
  LinkCauses(evaluation, rows, findings);
  return findings;
}

}  // namespace ordo::report
