#include "compiler/import/parties.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "runtime/base/unicode.h"

namespace ordo::import {
namespace {

constexpr size_t kPieces = 40;        // of one list; longer ones are parted at «;» alone
constexpr size_t kNameBytes = 600;

constexpr std::string_view kUnitWords[] = {
#define ORDO_UNIT_WORD(words) words,
#include "compiler/import/parties.def"
};
constexpr std::string_view kHeadWords[] = {
#define ORDO_HEAD_WORD(words) words,
#include "compiler/import/parties.def"
};
const absl::flat_hash_map<std::string_view, std::string_view>& ShortWords() {
  static const auto* words = new absl::flat_hash_map<std::string_view, std::string_view>{
#define ORDO_SHORT(s, l) {s, l},
#include "compiler/import/parties.def"
  };
  return *words;
}

bool BeginsWith(std::string_view plain, std::string_view word) {
  return plain.starts_with(word) && (plain.size() == word.size() || plain[word.size()] == ' ' || plain[word.size()] == ',');
}
template <size_t N>
bool BeginsWithAny(std::string_view text, const std::string_view (&words)[N]) {
  const std::string plain = FoldMarks(text.substr(0, 80));
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return BeginsWith(plain, word); });
}
// «Phòng …», «UBND …», «các …»: another name may begin here. A small letter begins none but «các» and «doanh nghiệp».
bool BeginsUnit(std::string_view text) {
  if (StartsLower(text)) {
    const std::string plain = FoldMarks(text.substr(0, 40));
    return BeginsWith(plain, "cac") || BeginsWith(plain, "doanh nghiep");
  }
  return BeginsWithAny(text, kUnitWords);
}
bool BeginsPost(std::string_view text) { return BeginsWithAny(text, kHeadWords); }

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == ',' || text.front() == ';')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == ';')) text.remove_suffix(1);
  return text;
}

// «-», «…», «x», «Không»: nobody.
bool SaysNobody(std::string_view text) {
  const std::string plain = FoldMarks(text);
  return plain == "-" || plain == "--" || plain == "khong" || plain == "khong co" || plain == "none" || plain == "/" || plain == "n/a";
}

constexpr std::string_view kConcerned[] = {" có liên quan", " liên quan"};

}  // namespace

void ReadRegister(const Ast& ast, Known& known) {
  const auto blocks = [&](const auto& self, NodeId begin, NodeId end, size_t depth) -> void {
    for (NodeId line = begin; line != end; line = ast.nodes[line].end) {
      if (ast.nodes[line].kind != NodeKind::kBlock || ast.nodes[line].error) continue;
      const Heading heading = HeadingOf(ast, line);
      if (heading.kind == nullptr) continue;
      if (heading.name != nullptr) known.names.push_back(ast.NameOf(*heading.name));
      const W kind = heading.kind->word;
      if (heading.body != 0 && depth < 20) self(self, heading.body, ast.nodes[line].end, depth + 1);
      if (heading.name == nullptr) continue;
      const std::string title = heading.title != nullptr ? ast.TextOf(*heading.title) : ast.NameOf(*heading.name);
      if (kind == W::kind_event) known.events.push_back({ast.NameOf(*heading.name), title});
      if (kind != W::kind_unit && kind != W::kind_post && kind != W::kind_group) continue;
      Party party;
      party.kind = kind == W::kind_unit ? Party::Kind::kUnit : kind == W::kind_post ? Party::Kind::kPost : Party::Kind::kGroup;
      party.name = ast.NameOf(*heading.name);
      party.title = title;
      for (NodeId field = heading.body; field != ast.nodes[line].end; field = ast.nodes[field].end) {
        const Node& node = ast.nodes[field];
        if (node.kind != NodeKind::kField || node.error) continue;
        const W key = ast.tokens[node.first_token].word;
        if (key != W::key_head && key != W::key_also_written) continue;
        for (uint32_t t = node.first_token; t < node.token_end; ++t) {
          if (ast.tokens[t].kind != TokenKind::TEXT) continue;
          std::string text = ast.TextOf(ast.tokens[t]);
          if (key == W::key_head) party.head = std::move(text);
          else party.also.push_back(std::move(text));
        }
      }
      known.parties.push_back(std::move(party));
    }
  };
  if (!ast.nodes.empty()) blocks(blocks, ast.first(0), ast.nodes[0].end, 0);
}

Parties::Parties(const Known& known, Names& names) : names_(names), parties_(known.parties) {
  for (uint32_t i = 0; i < parties_.size(); ++i) {
    Index(i);
    near_titles_.push_back(parties_[i].title);
    near_parties_.push_back(i);
  }
}

// Abbreviations spelt out, case and dashes evened out.
std::string Parties::Key(std::string_view text) {
  const std::string folded = FoldName(text.substr(0, kNameBytes));
  std::string key;
  for (size_t at = 0; at < folded.size();) {
    const size_t end = std::min(folded.find(' ', at), folded.size());
    std::string_view word(folded.data() + at, end - at);
    const bool comma = word.ends_with(',');
    if (comma) word.remove_suffix(1);
    const auto found = ShortWords().find(word);
    if (!key.empty()) key += ' ';
    key += found == ShortWords().end() ? word : found->second;
    if (comma) key += ',';
    at = end + 1;
  }
  while (key.ends_with(',') || key.ends_with(' ')) key.pop_back();
  return key;
}

void Parties::Index(uint32_t id) {
  const Party& party = parties_[id];
  index_.try_emplace(Key(party.title), Ref{id});
  for (const std::string& also : party.also) index_.try_emplace(Key(also), Ref{id});
  if (!party.head.empty()) index_.try_emplace(Key(party.head), Ref{id, true});
}

std::optional<Parties::Ref> Parties::Find(std::string_view text) const {
  if (text.empty() || text.size() > kNameBytes) return std::nullopt;
  const auto found = index_.find(Key(text));
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::string Parties::Printed(const Ref& ref) const {
  const Party& party = parties_[ref.party];
  return ref.head ? party.head : party.title;
}

std::optional<Parties::Piece> Parties::Resolve(std::string_view raw) const {
  const std::string_view text = Trimmed(raw);
  Piece piece;
  piece.text = text;
  if (const auto ref = Find(text)) {
    piece.ref = *ref;
    piece.printed = Printed(*ref);
    return piece;
  }
  for (const std::string_view word : kConcerned) {
    const std::string folded = FoldName(text.substr(0, kNameBytes));
    if (!folded.ends_with(word)) continue;
    // The same number of bytes from the end: the word is spelt in small letters.
    if (!text.ends_with(word)) break;
    const auto ref = Find(text.substr(0, text.size() - word.size()));
    if (!ref || ref->head || parties_[ref->party].kind != Party::Kind::kGroup) break;
    piece.ref = *ref;
    piece.mode = " có liên quan";
    piece.printed = Printed(*ref) + " có liên quan";
    return piece;
  }
  // «Đề nghị UBND thành phố»
  constexpr std::string_view kAsked[] = {"Đề nghị ", "đề nghị "};
  for (const std::string_view word : kAsked) {
    if (!text.starts_with(word)) continue;
    if (const auto ref = Find(text.substr(word.size())); ref && !ref->head) {
      piece.ref = *ref;
      piece.mode = " đề nghị";
      piece.printed = Printed(*ref);
      return piece;
    }
  }
  // «Sở Công Thương (phần thương mại)»
  if (text.ends_with(')')) {
    const size_t open = text.rfind('(');
    if (open != std::string_view::npos && open > 0) {
      if (const auto ref = Find(Trimmed(text.substr(0, open)))) {
        piece.ref = *ref;
        piece.about = Even(text.substr(open + 1, text.size() - open - 2));
        piece.printed = fmt::format("{} ({})", Printed(*ref), piece.about);
        if (!piece.about.empty()) return piece;
      }
    }
  }
  return std::nullopt;
}

// Parts of a list that stand between «,» and «và»: all known, or beginning with a word that offices begin with. False: one name.
bool Parties::Part(std::string_view text, std::vector<std::string_view>& parts) const {
  struct Gap {
    size_t end, begin;   // the part before ends here, the next begins there
    bool comma;
  };
  std::vector<Gap> gaps;
  int depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && depth > 0) --depth;
    if (depth > 0) continue;
    if (text[at] == ',') gaps.push_back({at, at + 1, true});
    else if (text.substr(at).starts_with(" và ")) gaps.push_back({at, at + std::string_view(" và ").size(), false});
    else if (text.substr(at).starts_with(" and ")) gaps.push_back({at, at + 5, false});
  }
  if (gaps.empty() || gaps.size() > kPieces) return false;
  const size_t n = gaps.size() + 1;
  const auto begin_of = [&](size_t i) { return i == 0 ? size_t{0} : gaps[i - 1].begin; };
  const auto end_of = [&](size_t i) { return i + 1 == n ? text.size() : gaps[i].end; };
  // Least cost of a parting of the first i pieces: known names are cheap, new ones dear, and long ones better than many.
  constexpr uint32_t kImpossible = std::numeric_limits<uint32_t>::max(), kKnown = 1, kNew = 100;
  std::vector<uint32_t> cost(n + 1, kImpossible);
  std::vector<size_t> from(n + 1, 0);
  std::vector<bool> known_end(n + 1, false);
  cost[0] = 0;
  known_end[0] = true;
  for (size_t i = 0; i < n; ++i) {
    if (cost[i] == kImpossible) continue;
    for (size_t j = i + 1; j <= n; ++j) {
      const std::string_view piece = Trimmed(text.substr(begin_of(i), end_of(j - 1) - begin_of(i)));
      if (piece.empty()) continue;
      const bool known = Resolve(piece).has_value();
      // «và» parts only what is known on both sides.
      const bool and_before = i > 0 && !gaps[i - 1].comma, and_behind = j < n && !gaps[j - 1].comma;
      if (!known && (and_before || and_behind)) continue;
      if (!known && !(BeginsUnit(piece) || BeginsPost(piece))) continue;
      const uint32_t sum = cost[i] + (known ? kKnown : kNew);
      if (sum < cost[j]) cost[j] = sum, from[j] = i;
    }
  }
  if (cost[n] == kImpossible || from[n] == 0) return false;
  std::vector<size_t> ends;
  for (size_t j = n; j > 0; j = from[j]) ends.push_back(j);
  std::reverse(ends.begin(), ends.end());
  size_t i = 0;
  for (const size_t j : ends) {
    parts.push_back(Trimmed(text.substr(begin_of(i), end_of(j - 1) - begin_of(i))));
    i = j;
  }
  return true;
}

Parties::Piece Parties::Declare(std::string_view raw, bool post, const std::string& place, std::vector<PartyRemark>& remarks) {
  std::string text = Even(Trimmed(raw));
  Piece piece;
  piece.text = text;
  Party party;
  std::string_view mode;
  std::string_view title = text;
  const std::string plain = FoldMarks(std::string_view(text).substr(0, 80));
  if (BeginsWith(plain, "cac") || BeginsWith(plain, "nhung") || BeginsWith(plain, "toan the") || BeginsWith(plain, "cac don vi") ||
      (!plain.empty() && plain[0] >= '0' && plain[0] <= '9')) {
    party.kind = Party::Kind::kGroup;
    for (const std::string_view word : kConcerned) {
      if (title.size() > word.size() && title.ends_with(word)) {
        title.remove_suffix(word.size());
        mode = " có liên quan";
        break;
      }
    }
  } else if (BeginsPost(text) || (post && !BeginsUnit(text))) {
    party.kind = Party::Kind::kPost;
  }
  if (party.kind != Party::Kind::kGroup && text.ends_with(')') && text.find('(') != std::string::npos && text.find('(') > 0) {
    const size_t open = text.rfind('(');
    const std::string_view named = Trimmed(std::string_view(text).substr(0, open));
    if (!named.empty()) {
      piece.about = Even(std::string_view(text).substr(open + 1, text.size() - open - 2));
      title = named;
    }
  }
  party.title = title;
  // A head of a party that is known without one: «Trưởng phòng …» of «Phòng …».
  if (party.kind == Party::Kind::kPost) {
    for (size_t at = title.find(' '); at != std::string_view::npos && at < 40; at = title.find(' ', at + 1)) {
      const auto whose = Find(title.substr(at + 1));
      if (!whose || whose->head) continue;
      Party& unit = parties_[whose->party];
      if (unit.fresh && unit.head.empty() && unit.kind != Party::Kind::kPost) {
        unit.head = title;
        index_.try_emplace(Key(title), Ref{whose->party, true});
        piece.ref = {whose->party, true};
        piece.printed = unit.head;
        return piece;
      }
      if (unit.kind != Party::Kind::kPost) party.of = unit.name;
      break;
    }
  }
  party.fresh = true;
  party.heard = place;
  party.name = names_.OfInitials(party.title, party.kind == Party::Kind::kGroup ? "nhom" : party.kind == Party::Kind::kPost ? "chuc_danh" : "don_vi");
  PartyRemark remark;
  remark.text = party.title;
  remark.name = party.name;
  if (party.title.size() < kNameBytes && !near_titles_.empty()) {
    std::vector<std::string_view> titles(near_titles_.begin(), near_titles_.end());
    if (const auto near = FindNearest(party.title, titles)) {
      remark.kind = PartyRemark::Kind::kNear;
      remark.near_title = near_titles_[*near];
      remark.near_name = parties_[near_parties_[*near]].name;
    }
  }
  remarks.push_back(std::move(remark));
  const auto id = static_cast<uint32_t>(parties_.size());
  parties_.push_back(std::move(party));
  Index(id);
  piece.ref = {id};
  piece.mode = mode;
  piece.printed = parties_[id].title + (mode.empty() ? "" : " có liên quan") + (piece.about.empty() ? "" : fmt::format(" ({})", piece.about));
  return piece;
}

std::string Parties::Value(const Piece& piece, bool worded) const {
  std::string value = parties_[piece.ref.party].name;
  if (piece.ref.head) value += ".đứng đầu";
  value += piece.mode;
  if (!piece.about.empty()) value += " về " + Quoted(piece.about);
  // What is printed behind a name is composed; with a part the wording would lose it.
  if (worded && piece.about.empty() && piece.printed != piece.text) value += " " + Quoted(piece.text);
  return value;
}

void Parties::Learn(std::string_view raw, const std::string& place) {
  const std::string_view cell = Trimmed(raw);
  if (cell.empty() || cell.size() > kNameBytes / 2 || SaysNobody(cell) || cell.find(';') != std::string_view::npos || Resolve(cell)) return;
  std::vector<std::string_view> parts;
  if (Part(cell, parts) || !(BeginsUnit(cell) || BeginsPost(cell))) return;
  // A comma with a word behind it that is no beginning of a name: the name goes on («Phòng Kinh tế, Hạ tầng và Đô thị»).
  std::vector<PartyRemark> ignored;
  Declare(cell, false, place, ignored);
}

PartyCell Parties::Read(std::string_view raw, std::string_view lines, bool post, const std::string& place) {
  PartyCell cell;
  const std::string text = Even(raw);
  if (text.empty()) return cell;
  if (SaysNobody(text)) {
    cell.value = "không";
    if (text != "Không") {
      cell.value += " ghi " + Quoted(text);
      cell.remarks.push_back({PartyRemark::Kind::kNobody, text});
    }
    return cell;
  }
  std::vector<Piece> pieces;
  if (auto whole = Resolve(text)) {
    pieces.push_back(std::move(*whole));
  } else {
    // «;» parts always, a line break where both sides are names, «,» and «và» where they part names.
    std::vector<std::string> items;
    std::vector<std::string> by_line = lines.empty() ? std::vector<std::string>{text} : Lines(lines);
    const bool dashes = by_line.size() > 1 && std::all_of(by_line.begin(), by_line.end(), [](const std::string& line) { return line.starts_with("- "); });
    const bool lines_part = by_line.size() > 1 && (dashes || std::all_of(by_line.begin(), by_line.end(), [&](const std::string& line) {
                              return Resolve(line) || BeginsUnit(line) || BeginsPost(line);
                            }));
    if (!lines_part) by_line = {text};
    for (std::string& line : by_line) {
      std::string_view rest = line;
      if (dashes) rest.remove_prefix(2);
      int depth = 0;
      size_t begin = 0;
      for (size_t at = 0; at <= rest.size(); ++at) {
        if (at < rest.size() && rest[at] == '(') ++depth;
        if (at < rest.size() && rest[at] == ')' && depth > 0) --depth;
        if (at < rest.size() && (rest[at] != ';' || depth > 0)) continue;
        if (const std::string_view item = Trimmed(rest.substr(begin, at - begin)); !item.empty()) items.emplace_back(item);
        begin = at + 1;
      }
    }
    for (const std::string& item : items) {
      std::vector<std::string_view> parts;
      if (Resolve(item) || !Part(item, parts)) parts = {item};
      for (const std::string_view part : parts) {
        if (auto known = Resolve(part)) {
          const Party& party = parties_[known->ref.party];
          if (party.fresh && party.heard == place) cell.remarks.push_back({PartyRemark::Kind::kNew, party.title, party.name});
          pieces.push_back(std::move(*known));
        } else {
          pieces.push_back(Declare(part, post, place, cell.remarks));
        }
      }
    }
  }
  if (pieces.size() == 1) {
    const Party& party = parties_[pieces[0].ref.party];
    const bool told = std::any_of(cell.remarks.begin(), cell.remarks.end(), [&](const PartyRemark& remark) { return remark.name == party.name; });
    if (party.fresh && party.heard == place && !told && !pieces[0].ref.head) {
      PartyRemark remark{PartyRemark::Kind::kNew, party.title, party.name};
      std::vector<std::string_view> titles(near_titles_.begin(), near_titles_.end());
      if (const auto near = FindNearest(party.title, titles)) {
        remark = {PartyRemark::Kind::kNear, party.title, party.name, near_titles_[*near], parties_[near_parties_[*near]].name};
      }
      cell.remarks.push_back(std::move(remark));
    }
  }
  // Printed: the pieces joined by «; ». If that is not the cell, each piece keeps its own words, or the cell as a whole.
  std::string printed, worded;
  for (const Piece& piece : pieces) {
    if (!printed.empty()) printed += "; ", worded += "; ";
    printed += piece.printed;
    worded += piece.about.empty() ? piece.text : piece.printed;
  }
  const bool as_pieces = worded == text;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) cell.value += ", ";
    cell.value += Value(pieces[i], as_pieces && printed != text);
  }
  if (!as_pieces && printed != text && !cell.value.empty()) cell.value += " ghi " + Quoted(text);
  return cell;
}

PartyCell Parties::Whole(std::string_view raw, bool post, const std::string& place) {
  PartyCell cell;
  const std::string text = Even(raw);
  if (text.empty()) return cell;
  const auto known = Find(text);
  const Piece piece = known ? Piece{*known, {}, "", text, Printed(*known)} : Declare(text, post, place, cell.remarks);
  cell.value = parties_[piece.ref.party].name + (piece.ref.head ? ".đứng đầu" : "") + " ghi " + Quoted(text);
  return cell;
}

std::string Parties::Authority(std::string_view text, std::vector<PartyRemark>& remarks) {
  if (const auto ref = Find(text); ref && !ref->head && parties_[ref->party].kind == Party::Kind::kUnit) return parties_[ref->party].name;
  // «thành phố», «tỉnh» alone: the one people's committee of that level, if there is one.
  const std::string folded = FoldName(text);
  if (folded != "thành phố" && folded != "tỉnh" && folded != "trung ương" && folded != "cấp trên") return {};
  const std::string wanted = folded == "tỉnh" ? "ủy ban nhân dân tỉnh" : "ủy ban nhân dân thành phố";
  const Party* found = nullptr;
  for (const Party& party : parties_) {
    if (party.fresh || party.kind != Party::Kind::kUnit || !Key(party.title).starts_with(wanted)) continue;
    if (found != nullptr) return {};
    found = &party;
  }
  if (found == nullptr || folded == "trung ương") return {};
  remarks.push_back({PartyRemark::Kind::kTaken, std::string(text), found->name, found->title, found->name});
  return found->name;
}

}  // namespace ordo::import
