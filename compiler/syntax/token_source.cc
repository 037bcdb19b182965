#include "compiler/syntax/token_source.h"

#include <algorithm>
#include <string>

#include "compiler/ast/literals.h"
#include "compiler/syntax/scanner.h"
#include "fmt/format.h"
#include "runtime/base/one_edit.h"
#include "runtime/base/unicode.h"
#include "runtime/diag/fix.h"

namespace ordo {
namespace {

class TokenSource {
 public:
  TokenSource(Ast& ast, const SyntaxLimits& limits, Emitter& emitter)
      : ast_(ast), limits_(limits), emitter_(emitter), text_(ast.source->text()) {}

  bool Run() {
    if (!ReadEdition()) return false;
    CollectRaw();
    ast_.tokens.reserve(raw_.size() + raw_.size() / 4 + 8);
    while (!AtEnd()) Statement();
    while (!open_.empty()) CloseForgotten();
    const auto end = static_cast<uint32_t>(text_.size());
    ast_.tokens.push_back({TokenKind::EOF_, Token::kVirtual, W::kNone, end, end});
    return true;
  }

 private:
  enum class Mode : uint8_t { kValues, kExpr };

  // ---- edition line: `ordo 1 vi`
  bool ReadEdition() {
    size_t at = 0;
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at = 3;
    const size_t line_end = std::min(text_.find_first_of("\r\n", at), text_.size());
    const std::string_view line = text_.substr(at, line_end - at);
    std::vector<std::string_view> words;
    for (size_t i = 0; i < line.size();) {
      while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
      size_t j = i;
      while (j < line.size() && line[j] != ' ' && line[j] != '\t') ++j;
      if (j > i) words.push_back(line.substr(i, j - i));
      i = j;
    }
    const Span span{ast_.file, static_cast<uint32_t>(at), static_cast<uint32_t>(std::min(line_end, at + 60))};
    if (text_.find_first_not_of(" \t\r\n", at) == std::string_view::npos) {
      emitter_.Emit(Code::kEmptyFile, {ast_.file, 0, 0});
      return false;
    }
    if (words.empty() || words[0] != "ordo") {
      emitter_.Emit(Code::kNoEdition, span);
      return false;
    }
    if (words.size() < 2 || words[1] != "1") {
      emitter_.Emit(Code::kUnknownEdition, span, {words.size() < 2 ? std::string_view() : words[1]});
      return false;
    }
    const bool comment_follows = words.size() > 3 && words[3].substr(0, 2) == "//";
    if (words.size() < 3 || (words[2] != "vi" && words[2] != "en") || (words.size() > 3 && !comment_follows)) {
      emitter_.Emit(Code::kNoEdition, span);
      return false;
    }
    ast_.skin = words[2] == "vi" ? Skin::kVietnamese : Skin::kEnglish;
    ast_.edition_end = static_cast<uint32_t>(words[2].data() + words[2].size() - text_.data());
    return true;
  }

  void CollectRaw() {
    raw_ = Scan(text_, ast_.edition_end);
    size_t kept = 0;
    Fix telex;
    for (Raw& raw : raw_) {
      if (raw.kind == RawKind::kComment) {
        ast_.comments.push_back({ast_.file, raw.begin, raw.end});
        continue;
      }
      if (ast_.skin == Skin::kVietnamese && raw.kind == RawKind::kWord && raw.end - raw.begin == 2 && IsTelexBrace(raw)) {
        const bool opens = text_[raw.begin + 1] == '\xA0';  // Ơ is C6 A0, Ư is C6 AF
        raw.kind = RawKind::kPunctuation;
        raw.sign = opens ? '{' : '}';
        telex.edits.push_back({{ast_.file, raw.begin, raw.end}, opens ? "{" : "}"});
      }
      if (raw.kind == RawKind::kPunctuation) balance_ += raw.sign == '{' ? 1 : raw.sign == '}' ? -1 : 0;
      raw_[kept++] = raw;
    }
    raw_.resize(kept);
    // Told once, mended everywhere.
    if (telex.edits.empty()) return;
    telex.description = emitter_.Say(Phrase::kFixReplace, {"Ơ, Ư", "{ }"});
    Finding& finding = emitter_.Emit(Code::kTelexBrace, telex.edits.front().at);
    finding.fix = std::move(telex);
  }

  // In plain Telex `[`, `]`, `{` and `}` type ơ ư Ơ Ư; a lone capital is no word of Vietnamese.
  bool IsTelexBrace(const Raw& raw) const {
    return text_[raw.begin] == '\xC6' && (text_[raw.begin + 1] == '\xA0' || text_[raw.begin + 1] == '\xAF');
  }

  // ---- raw tokens
  const Raw& Peek(size_t n = 0) const { return raw_[std::min(at_ + n, raw_.size() - 1)]; }
  const Raw& RawAt(size_t i) const { return raw_[std::min(i, raw_.size() - 1)]; }
  bool AtEnd() const { return Peek().kind == RawKind::kEnd; }
  bool IsSign(const Raw& raw, char sign) const { return raw.kind == RawKind::kPunctuation && raw.sign == sign; }
  std::string_view Text(const Raw& raw) const { return text_.substr(raw.begin, raw.end - raw.begin); }
  bool StartsLine(const Raw& raw) const { return raw.begin == 0 || text_[raw.begin - 1] == '\n' || text_[raw.begin - 1] == '\r'; }
  // Only blanks stand before it on its line.
  bool LeadsLine(const Raw& raw) const {
    uint32_t at = raw.begin;
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    return at == 0 || text_[at - 1] == '\n' || text_[at - 1] == '\r';
  }
  std::string_view Shown(Span span) const { return ShownText(text_.substr(span.begin, span.end - span.begin)); }

  // ---- output
  uint32_t EndOfLast() const { return ast_.tokens.empty() ? ast_.edition_end : ast_.tokens.back().end; }
  Token& Push(TokenKind kind, uint32_t begin, uint32_t end, W word = W::kNone, uint8_t flags = 0) {
    ast_.tokens.push_back({kind, flags, word, begin, end});
    return ast_.tokens.back();
  }
  Token& PushRaw(TokenKind kind, const Raw& raw, W word = W::kNone, uint8_t flags = 0) {
    return Push(kind, raw.begin, raw.end, word, flags | (raw.decomposed ? Token::kDecomposed : 0));
  }
  void PushVirtual(TokenKind kind, uint32_t at) { Push(kind, at, at, W::kNone, Token::kVirtual); }
  void EndStatement() { PushVirtual(TokenKind::END, EndOfLast()); }

  // ---- words
  struct Found {
    W word = W::kNone;
    size_t count = 0;  // raw tokens
    uint32_t positions = 0;
  };
  // Longest spelling that begins at raw token i in one of the positions.
  Found Match(size_t i, uint32_t positions) const {
    const Raw& first = RawAt(i);
    if (first.kind != RawKind::kWord) return {};
    std::string composed;
    std::string_view head = Text(first);
    if (first.decomposed) head = composed = ToNfc(head);
    for (const Spelling& spelling : SpellingsFrom(head, ast_.skin)) {
      if (!(spelling.positions & positions)) continue;
      bool same = true;
      for (size_t k = 1; k < spelling.words.size() && same; ++k) {
        const Raw& raw = RawAt(i + k);
        same = raw.kind == RawKind::kWord &&
               (raw.decomposed ? ToNfc(Text(raw)) == spelling.words[k] : Text(raw) == spelling.words[k]);
      }
      if (same) return {spelling.word, spelling.words.size(), spelling.positions};
    }
    return {};
  }

  // Words and then a colon, on one line: the number of words, or 0.
  size_t KeyWords(size_t i) const {
    size_t n = 0;
    while (RawAt(i + n).kind == RawKind::kWord) ++n;
    return n > 0 && IsSign(RawAt(i + n), ':') ? n : 0;
  }

  std::string KeyText(size_t i, size_t n) const {
    std::string text;
    for (size_t k = 0; k < n; ++k) {
      if (k) text += ' ';
      text += RawAt(i + k).decomposed ? ToNfc(Text(RawAt(i + k))) : std::string(Text(RawAt(i + k)));
    }
    return text;
  }

  W LookUpKey(size_t i, size_t n) const {
    const Raw& first = RawAt(i);
    const Raw& last = RawAt(i + n - 1);
    const W word = FindKey(text_.substr(first.begin, last.end - first.begin), ast_.skin);
    if (word != W::kNone) return word;
    std::string text = KeyText(i, n);
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
    if (text.starts_with("Đ")) text.replace(0, 2, "đ");
    return FindKey(text, ast_.skin);
  }

  // Does a statement begin at raw token i? Used where a line end or a semicolon must decide.
  bool StartsStatement(size_t i, bool known_key_only) const {
    const size_t n = KeyWords(i);
    if (n > 0) return !known_key_only || LookUpKey(i, n) != W::kNone;
    if (known_key_only) return false;
    return Opens(i, Match(i, kAtKind | kAtClause));
  }
  // Is a kind or clause word at raw token i used as one?
  bool Opens(size_t i, const Found& found) const {
    if (found.word == W::kNone) return false;
    if (found.positions & kAtClause) return true;
    size_t behind = i + found.count;
    if (RawAt(behind).kind == RawKind::kNewline) {  // `shared` and then `{` on the next line
      while (RawAt(behind).kind == RawKind::kNewline) ++behind;
      return IsSign(RawAt(behind), '{');
    }
    const Raw& next = RawAt(behind);
    return next.kind == RawKind::kWord || next.kind == RawKind::kNumberish || next.kind == RawKind::kText ||
           next.kind == RawKind::kOpenText || IsSign(next, '{');
  }

  // ---- statements
  void Statement() {
    const Raw& raw = Peek();
    if (raw.kind == RawKind::kNewline || IsSign(raw, ';')) {
      ++at_;
      return;
    }
    if (IsSign(raw, '}')) {
      in_open_prose_ = false;
      // A brace further left than the heading of its block: that block was forgotten. Told by indentation only in a file whose
      // braces do not balance.
      while (balance_ > 0 && open_.size() > 1 && LeadsLine(raw) && Indent(raw.begin) < Indent(HeadingBegin())) CloseForgotten();
      if (open_.empty()) {
        emitter_.Emit(Code::kExtraBrace, {ast_.file, raw.begin, raw.end});
        PushRaw(TokenKind::STRAY, raw);
        ++balance_;
      } else {
        PushRaw(TokenKind::RB, raw);
        open_.pop_back();
      }
      ++at_;
      return;
    }
    if (IsSign(raw, '{')) {
      emitter_.Emit(Code::kBlockWithoutKind, {ast_.file, raw.begin, raw.end});
      Push(TokenKind::KIND, raw.begin, raw.begin, W::kNone, Token::kVirtual);
      OpenBlock();
      return;
    }
    if (raw.kind != RawKind::kWord) {
      Stray();
      return;
    }
    const size_t key_words = KeyWords(at_);
    if (in_open_prose_ && (key_words > 0 ? LookUpKey(at_, key_words) == W::kNone : !OpensBlockOnThisLine())) {
      Stray();
      return;
    }
    in_open_prose_ = false;
    if (key_words > 0) {
      Field(key_words);
      return;
    }
    const Found found = Match(at_, kAtKind | kAtClause);
    if (Opens(at_, found)) {
      if (found.positions & kAtClause) {
        Clause(found);
      } else {
        Block(found.word, found.count);
      }
      return;
    }
    if (OpensBlockOnThisLine()) {
      UnknownKind();
      return;
    }
    Stray();
  }

  // The block is read on as the nearest kind, so that its fields and the references to it are judged all the same.
  void UnknownKind() {
    size_t words = 1;
    while (words < kMostKindWords && Peek(words).kind == RawKind::kWord) ++words;
    W near = W::kNone;
    size_t count = words + 1;
    while (near == W::kNone && count > 1) {  // the name behind it is no part of a kind: as many words as the nearest kind has
      near = FindNearestWord(KeyText(at_, --count), ast_.skin, kAtKind);
      const std::string_view spelling = SpellingOf(near, ast_.skin);
      if (std::count(spelling.begin(), spelling.end(), ' ') + 1 != static_cast<ptrdiff_t>(count)) near = W::kNone;
    }
    const Span span{ast_.file, Peek().begin, Peek(count - 1).end};
    Finding& finding = emitter_.Emit(Code::kUnknownKind, span, {Shown(span)});
    if (near != W::kNone) {
      finding.help = emitter_.Say(Phrase::kDidYouMean, {SpellingOf(near, ast_.skin)});
      std::vector<std::string_view> kinds;
      for (size_t i = 1; i < word_count(); ++i) {
        if (RowOf(static_cast<W>(i)).positions & kAtKind) kinds.push_back(SpellingOf(static_cast<W>(i), ast_.skin));
      }
      if (const auto only = FindOneEditAway(KeyText(at_, count), kinds)) {
        finding.fix = ReplaceFix({ast_.file, Peek().begin, Peek(count - 1).end}, Shown(span), kinds[*only], emitter_.language());
      }
    }
    Block(near, count);
  }

  bool OpensBlockOnThisLine() const { return OpensBlockOnLine(at_); }
  bool OpensBlockOnLine(size_t from) const {
    for (size_t i = from; RawAt(i).kind != RawKind::kNewline && RawAt(i).kind != RawKind::kEnd; ++i) {
      if (IsSign(RawAt(i), '{')) return true;
      if (IsSign(RawAt(i), '}') || IsSign(RawAt(i), ';')) return false;
    }
    return false;
  }

  void Stray() {
    const size_t from = at_;
    while (!AtEnd() && Peek().kind != RawKind::kNewline && !IsSign(Peek(), ';') && !IsSign(Peek(), '}') && !IsSign(Peek(), '{'))
      ++at_;
    if (at_ == from) ++at_;
    const Span span{ast_.file, RawAt(from).begin, RawAt(at_ - 1).end};
    Push(TokenKind::STRAY, span.begin, span.end);
    if (in_open_prose_) return;
    const std::string_view shown = Shown(span);
    // A key whose colon was forgotten: longest run of leading words that is a key.
    if (RawAt(from).kind == RawKind::kWord) {
      if (const Found key = Match(from, kAtKey); key.word != W::kNone) {
        const uint32_t end = RawAt(from + key.count - 1).end;
        Finding& finding = emitter_.Emit(Code::kStrayNear, span, {shown, SpellingOf(key.word, ast_.skin)});
        finding.fix = AddFix({{ast_.file, end, end}, ":"}, fmt::format("{}:", SpellingOf(key.word, ast_.skin)), emitter_.language());
        return;
      }
    }
    emitter_.Emit(Code::kStray, span, {shown});
  }

  void Field(size_t n) {
    const W key = LookUpKey(at_, n);
    const Raw& first = Peek();
    const Raw& colon = Peek(n);
    const bool expr = key != W::kNone && RowOf(key).expr;
    // A forgotten line end glues a name to the next key: `vhxh phối hợp:`. Read the tail as the key it is.
    if (key == W::kNone && n > 1) {
      for (size_t skip = n > kMostKeyWords ? n - kMostKeyWords : 1; skip < n; ++skip) {
        const W tail = LookUpKey(at_ + skip, n - skip);
        if (tail == W::kNone) continue;
        const Span span{ast_.file, first.begin, Peek(skip - 1).end};
        Push(TokenKind::STRAY, span.begin, span.end);
        emitter_.Emit(Code::kGluedKey, span, {Shown(span), SpellingOf(tail, ast_.skin)});
        at_ += skip;
        Field(n - skip);
        return;
      }
    }
    Push(expr ? TokenKind::EXPR_KEY : TokenKind::KEY, first.begin, colon.end, key);
    at_ += n + 1;
    if (expr) {
      Values(Mode::kExpr, kAtExpr);
    } else {
      Values(Mode::kValues, key == W::kNone ? kAtRoles | kAtTimes | kAtValues | kAtEnum | kAtKind : RowOf(key).values);
    }
  }

  void Clause(const Found& found) {
    const auto kind = static_cast<TokenKind>(RowOf(found.word).token);
    Push(kind, Peek().begin, Peek(found.count - 1).end, found.word);
    at_ += found.count;
    for_each_line_ = want_type_ = kind == TokenKind::FOR_EACH;
    switch (kind) {
      case TokenKind::IMPORT: Values(Mode::kValues, kAtTexts); break;
      case TokenKind::SERIES: Values(Mode::kValues, kAtSeries); break;
      case TokenKind::EXPECT: Values(Mode::kValues, kAtSeries | kAtEnum); break;
      case TokenKind::PARAMETER:
        Name();
        Values(Mode::kValues, kAtValues | kAtEnum);
        break;
      case TokenKind::LET:
        Name();
        Values(Mode::kExpr, kAtExpr);
        break;
      default: Values(Mode::kExpr, kAtExpr); break;
    }
    for_each_line_ = false;
  }

  // A name where no word of the language can stand.
  void Name() {
    if (Peek().kind != RawKind::kWord) return;
    PushRaw(TokenKind::ID, Peek());
    ++at_;
  }

  void Block(W kind, size_t count) {
    const auto kind_token = static_cast<uint32_t>(ast_.tokens.size());
    // A declaration in column 1 inside an open block: its author had closed that block. Only in a file whose braces do not
    // balance.
    if (balance_ > 0 && !open_.empty() && StartsLine(Peek())) {
      while (!open_.empty()) CloseForgotten();
      Block(kind, count);
      return;
    }
    const uint32_t heading_begin = Peek().begin;
    Push(TokenKind::KIND, heading_begin, Peek(count - 1).end, kind);
    at_ += count;
    if (kind == W::kind_extend) TypeWord();
    bool in_parameters = false;
    while (true) {
      const Raw& raw = Peek();
      if (raw.kind == RawKind::kWord) {
        if (!(in_parameters && TypeWord())) {
          PushRaw(TokenKind::ID, raw);
          ++at_;
        }
      } else if (raw.kind == RawKind::kText) {
        PushRaw(TokenKind::TEXT, raw);
        ++at_;
      } else if (raw.kind == RawKind::kOpenText) {
        OpenText(raw);
      } else if (IsSign(raw, '(')) {
        in_parameters = true;
        PushRaw(TokenKind::LP, raw);
        ++at_;
      } else if (IsSign(raw, ')')) {
        in_parameters = false;
        PushRaw(TokenKind::RP, raw);
        ++at_;
      } else if (IsSign(raw, '.') && (IsJournalKind(kind) || kind == W::kind_exception)) {   // the heading refers: task.milestone
        PushRaw(TokenKind::DOT, raw);
        ++at_;
      } else if (IsSign(raw, ',') && in_parameters) {
        PushRaw(TokenKind::COMMA, raw);
        ++at_;
      } else if (IsSign(raw, '{')) {
        OpenBlock(kind_token);
        return;
      } else if (raw.kind == RawKind::kNewline || raw.kind == RawKind::kEnd || IsSign(raw, ';') || IsSign(raw, '}')) {
        break;
      } else {  // a number or a sign in a heading
        Push(TokenKind::WORD, raw.begin, raw.end);
        ++at_;
      }
    }
    HeadingWithoutBrace(kind_token);
  }

  uint32_t HeadingBegin() const { return ast_.tokens[open_.back()].begin; }
  void CloseForgotten() {
    emitter_.Emit(Code::kNotClosed, ast_.SpanOf(ast_.tokens[open_.back()]));
    PushVirtual(TokenKind::RB, EndOfLast());
    open_.pop_back();
    --balance_;
  }

  // No `{` on the line: it may stand on the next one, the block may have no body, or the brace was forgotten.
  void HeadingWithoutBrace(uint32_t kind_token) {
    size_t i = at_;
    while (RawAt(i).kind == RawKind::kNewline) ++i;
    if (IsSign(RawAt(i), '{') && i > at_) {
      at_ = i;
      OpenBlock(kind_token);
      return;
    }
    const bool fields_follow =
        i > at_ && balance_ < 0 && StartsStatement(i, false) && Indent(RawAt(i).begin) > Indent(ast_.tokens[kind_token].begin);
    PushVirtual(TokenKind::LB, EndOfLast());
    if (fields_follow) {
      emitter_.Emit(Code::kMissingBrace, {ast_.file, ast_.tokens[kind_token].begin, EndOfLast()});
      ++balance_;
      open_.push_back(kind_token);
      return;
    }
    PushVirtual(TokenKind::RB, EndOfLast());
  }

  uint32_t Indent(uint32_t offset) const {
    const size_t line = text_.substr(0, offset).find_last_of("\r\n");
    return offset - static_cast<uint32_t>(line == std::string_view::npos ? 0 : line + 1);
  }

  void OpenBlock(uint32_t kind_token) {
    if (open_.size() >= limits_.max_depth) {
      emitter_.Emit(Code::kTooDeep, {ast_.file, Peek().begin, Peek().end}, {std::to_string(limits_.max_depth)});
      PushVirtual(TokenKind::LB, EndOfLast());
      PushVirtual(TokenKind::RB, EndOfLast());
      Push(TokenKind::STRAY, Peek().begin, static_cast<uint32_t>(text_.size()));  // the rest is not read
      for (; !open_.empty(); open_.pop_back()) PushVirtual(TokenKind::RB, EndOfLast());
      at_ = raw_.size() - 1;
      return;
    }
    PushRaw(TokenKind::LB, Peek());
    open_.push_back(kind_token);
    ++at_;
  }
  void OpenBlock() { OpenBlock(static_cast<uint32_t>(ast_.tokens.size()) - 1); }

  bool TypeWord() {
    const Found found = Match(at_, kAtType);
    if (found.word == W::kNone) return false;
    Push(TokenKind::TYPE, Peek().begin, Peek(found.count - 1).end, found.word);
    at_ += found.count;
    return true;
  }

  void OpenText(const Raw& raw) {
    emitter_.Emit(Code::kOpenText, {ast_.file, raw.begin, raw.end});
    in_open_prose_ = Text(raw).starts_with("\"\"\"");
    PushRaw(TokenKind::TEXT, raw, W::kNone, Token::kOpenText);
    ++at_;
  }

  // ---- values and expressions up to the end of the statement
  void Values(Mode mode, uint32_t positions) {
    brackets_.clear();
    seen_from_ = false;
    while (true) {
      const Raw& raw = Peek();
      switch (raw.kind) {
        case RawKind::kEnd: EndStatement(); return;
        case RawKind::kNewline:
          if (!ContinuesAfterNewline(mode, positions)) {
            ++at_;
            EndStatement();
            return;
          }
          while (Peek().kind == RawKind::kNewline) ++at_;
          continue;
        case RawKind::kText:
          PushRaw(TokenKind::TEXT, raw);
          ++at_;
          continue;
        case RawKind::kOpenText: OpenText(raw); continue;
        case RawKind::kCompare: Compare(raw); continue;
        case RawKind::kNumberish: Number(positions); continue;
        case RawKind::kWord:
          want_type_ = want_type_ && TypeAt(at_);
          if (want_type_) {
            want_type_ = false;
            TypeWord();
            Name();
          } else {
            Word(mode, positions);
          }
          continue;
        case RawKind::kPunctuation: break;
        default:
          Push(TokenKind::STRAY, raw.begin, raw.end);
          ++at_;
          continue;
      }
      switch (raw.sign) {
        case '}': EndStatement(); return;
        case '{': EndStatement(); return;
        case ';':
          if (!ListGoesOnAfterSemicolon(positions)) {
            ++at_;
            EndStatement();
            return;
          }
          PushRaw(TokenKind::COMMA, raw, W::kNone, Token::kSemicolon);
          seen_from_ = false;
          break;
        case ',':
          PushRaw(TokenKind::COMMA, raw);
          seen_from_ = false;
          want_type_ = mode == Mode::kExpr && (for_each_line_ || (!brackets_.empty() && brackets_.back() == kAggregate));
          break;
        case '(':
          if (brackets_.size() >= limits_.max_depth) {
            emitter_.Emit(Code::kTooDeep, {ast_.file, raw.begin, raw.end}, {std::to_string(limits_.max_depth)});
            while (Peek().kind != RawKind::kEnd && Peek().kind != RawKind::kNewline) ++at_;
            Push(TokenKind::STRAY, raw.begin, RawAt(at_ - 1).end);
            EndStatement();
            return;
          }
          brackets_.push_back(LastIs(TokenKind::AGGREGATE) ? kAggregate : kPlain);
          want_type_ = brackets_.back() == kAggregate;
          PushRaw(TokenKind::LP, raw);
          break;
        case ')':
          if (!brackets_.empty()) brackets_.pop_back();
          PushRaw(TokenKind::RP, raw);
          break;
        case '.': PushRaw(TokenKind::DOT, raw); break;
        case '%': PushRaw(TokenKind::UNIT, raw, W::unit_percent); break;
        case '+':
        case '-':
        case '*':
        case '/': PushRaw(TokenKind::SIGN, raw); break;
        case ':':
          if (KeyInsideValues()) return;
          Push(TokenKind::STRAY, raw.begin, raw.end);
          break;
        default: Push(TokenKind::STRAY, raw.begin, raw.end); break;
      }
      ++at_;
    }
  }

  // `chủ trì: vhxh phối hợp: vp`: the line end before a key was forgotten. Ends the statement before that key.
  bool KeyInsideValues() {
    size_t words = 0;
    while (words < kMostKeyWords && words < at_ && RawAt(at_ - words - 1).kind == RawKind::kWord) ++words;
    for (; words > 0; --words) {
      const size_t first = at_ - words;
      const W key = LookUpKey(first, words);
      if (key == W::kNone) continue;
      size_t kept = ast_.tokens.size();
      while (kept > 0 && ast_.tokens[kept - 1].begin >= RawAt(first).begin) --kept;
      if (kept == 0 || ast_.tokens[kept - 1].end > RawAt(first).begin) continue;
      ast_.tokens.resize(kept);
      const Span span{ast_.file, RawAt(first).begin, Peek().end};
      const Token& last = ast_.tokens.back();
      emitter_.Emit(Code::kGluedKey, span, {Shown(ast_.SpanOf(last)), SpellingOf(key, ast_.skin)});
      EndStatement();
      at_ = first;
      return true;
    }
    return false;
  }

  bool LastIs(TokenKind kind) const { return !ast_.tokens.empty() && ast_.tokens.back().kind == kind; }

  bool TypeAt(size_t i) const {
    const Found found = Match(i, kAtType);
    if (found.word == W::kNone || RawAt(i + found.count).kind != RawKind::kWord) return false;
    const W next = Match(i + found.count, kAtExpr).word;  // `for each target among …`: a variable called target
    return next != W::op_among && next != W::op_not_among && next != W::op_with;
  }

  // A comma, an open bracket or (in expressions) an operator at the end of a line goes on; so does what stands before `)`. A
  // known key at the start of the next line always begins a statement.
  bool ContinuesAfterNewline(Mode mode, uint32_t positions) {
    size_t i = at_;
    while (RawAt(i).kind == RawKind::kNewline) ++i;
    if (mode == Mode::kValues && brackets_.empty() && !LastIs(TokenKind::COMMA) && !IsSign(RawAt(i), ')')) return false;
    if (RawAt(i).kind == RawKind::kEnd || StartsStatement(i, true)) return false;
    if (!brackets_.empty() || IsSign(RawAt(i), ')')) return !IsSign(RawAt(i), '}');
    if (LastIs(TokenKind::COMMA)) {
      if (IsSign(RawAt(i), '}')) return false;
      if (!StartsStatement(i, false)) return true;
      // `kết quả: báo cáo,` and then `kế hoạch "…"`: a word of this list, unless it opens a block.
      return Match(i, positions).word != W::kNone && !OpensBlockOnLine(i);
    }
    if (mode != Mode::kExpr) return false;
    return LastIs(TokenKind::AND) || LastIs(TokenKind::OR) || LastIs(TokenKind::COMPARE) || LastIs(TokenKind::SIGN) ||
           LastIs(TokenKind::AMONG) || LastIs(TokenKind::WITH);
  }

  bool ListGoesOnAfterSemicolon(uint32_t positions) const {
    const Raw& next = Peek(1);
    if (next.kind == RawKind::kText) return true;
    if (next.kind != RawKind::kWord) return false;
    if (!StartsStatement(at_ + 1, false)) return true;
    if (KeyWords(at_ + 1) > 0 || (Match(at_ + 1, kAtKind | kAtClause).positions & kAtClause)) return false;
    return Match(at_ + 1, positions).word != W::kNone && !OpensBlockOnLine(at_ + 1);
  }

  void Compare(const Raw& raw) {
    PushRaw(TokenKind::COMPARE, raw);
    ++at_;
  }

  void Number(uint32_t positions) {
    if (const size_t n = MatchDate(at_, positions); n > 0) return;
    PushRaw(TokenKind::NUMBER, Peek());
    ++at_;
    Unit();
  }

  void Unit() {
    const Found unit = Match(at_, kAtUnit);
    if (unit.word == W::kNone) return;
    Push(TokenKind::UNIT, Peek().begin, Peek(unit.count - 1).end, unit.word);
    at_ += unit.count;
  }

  // Dates are several raw tokens and differ in order between the skins: one DATE token, read by literals.h.
  size_t MatchDate(size_t i, uint32_t positions) {
    constexpr uint32_t kWithDates = kAtTimes | kAtSeries | kAtExpr | kAtValues;
    if (!(positions & kWithDates)) return 0;
    const bool windows = (positions & kAtTimes) && !(positions & kAtExpr);
    std::string_view words[kMostDateWords];
    std::string composed[kMostDateWords];
    size_t n = 0;
    while (n < kMostDateWords) {
      const Raw& raw = RawAt(i + n);
      if (raw.kind == RawKind::kWord || raw.kind == RawKind::kNumberish) {
        words[n] = Text(raw);
        if (raw.decomposed) words[n] = composed[n] = ToNfc(words[n]);
      } else if (windows && n > 0 && IsSign(raw, '-')) {
        words[n] = "-";
      } else {
        break;
      }
      ++n;
    }
    const size_t used = CountDateWords({words, n}, ast_.skin, windows);
    if (used == 0) return 0;
    Push(TokenKind::DATE, RawAt(i).begin, RawAt(i + used - 1).end);
    at_ += used;
    return used;
  }

  void Word(Mode mode, uint32_t positions) {
    const Raw& raw = Peek();
    if (LastIs(TokenKind::DOT)) {
      const Found member = Match(at_, kAtMember);
      if (member.word != W::kNone) {
        Push(TokenKind::MEMBER, raw.begin, Peek(member.count - 1).end, member.word);
        at_ += member.count;
      } else {
        PushRaw(TokenKind::ID, raw);
        ++at_;
      }
      return;
    }
    if (LastIs(TokenKind::WORD)) {
      const W last = ast_.tokens.back().word;
      if (last == W::word_every || last == W::word_every_n || last == W::word_per) {
        const Found unit = Match(at_, kAtUnit);
        if (unit.word != W::kNone) return Unit();
      }
    }
    // What a target is measured in may be one of the units: `measured in: million VND`.
    if (mode == Mode::kValues && LastIs(TokenKind::KEY) && ast_.tokens.back().word == W::key_measured_in) {
      if (Match(at_, kAtUnit).word != W::kNone) return Unit();
    }
    if (MatchDate(at_, positions) > 0) return;
    // `lead.head`: the head of whoever leads, whatever the row says. A role is a word here only before a dot.
    if (mode == Mode::kValues && (positions & kAtRoles)) {
      if (const Found role = Match(at_, kAtKey); role.word != W::kNone && IsSign(RawAt(at_ + role.count), '.')) {
        Push(TokenKind::ID, raw.begin, Peek(role.count - 1).end, role.word);
        at_ += role.count;
        return;
      }
    }
    // Whom a reminder goes to is named by role: `to: lead, accountable`.
    if (mode == Mode::kValues && (positions & kAtRoles) && !open_.empty() && ast_.tokens[open_.back()].word == W::kind_reminder) {
      if (const Found role = Match(at_, kAtKey); role.word >= W::key_accountable && role.word <= W::key_escalate_to) {
        Push(TokenKind::WORD, raw.begin, Peek(role.count - 1).end, role.word);
        at_ += role.count;
        return;
      }
    }
    Found found = Match(at_, positions);
    // Behind = an enumeration, a kind of product or a kind of object may stand; `plan.` stays the plan.
    if (mode == Mode::kExpr && LastIs(TokenKind::COMPARE) && !IsSign(RawAt(at_ + found.count), '.')) {
      for (const uint32_t more : {kAtEnum | kAtProducts, kAtType + 0u}) {
        if (const Found other = Match(at_, more); other.count > found.count) found = other;
      }
    }
    if (found.word == W::kNone || IsName(found, mode)) {
      PushRaw(TokenKind::ID, raw);
      ++at_;
      return;
    }
    W word = found.word;
    const size_t next = at_ + found.count;
    if (word == W::word_every || word == W::word_every_n) {
      word = RawAt(next).kind == RawKind::kNumberish ? W::word_every_n : W::word_every;
    }
    if (word == W::word_to && !seen_from_ && mode == Mode::kValues && (positions & (kAtTimes | kAtSeries))) word = W::word_by;
    if (word == W::word_from) seen_from_ = true;
    TokenKind kind = TokenKind::WORD;
    if (mode == Mode::kExpr && RowOf(word).family == "operator") kind = static_cast<TokenKind>(RowOf(word).token);
    if (mode == Mode::kExpr && word == W::word_to) kind = TokenKind::TO;
    if (kind == TokenKind::FOR_EACH || kind == TokenKind::AGGREGATE) want_type_ = kind == TokenKind::FOR_EACH;
    Push(kind, raw.begin, Peek(found.count - 1).end, word);
    at_ = next;
  }

  // `plan` in an expression is the plan itself only before a dot; a word that only a bracket makes a function is a name without.
  bool IsName(const Found& found, Mode mode) const {
    if (mode != Mode::kExpr) return false;
    if (found.word == W::op_this_plan) return false;
    const Raw& next = RawAt(at_ + found.count);
    const WordRow& row = RowOf(found.word);
    if (row.family != "operator") return false;
    const auto token = static_cast<TokenKind>(row.token);
    if (token == TokenKind::AGGREGATE || token == TokenKind::ID) return !IsSign(next, '(');
    return false;
  }

  static constexpr uint8_t kPlain = 0, kAggregate = 1;
  static constexpr size_t kMostKindWords = 4;
  static constexpr size_t kMostKeyWords = 6;

  Ast& ast_;
  const SyntaxLimits& limits_;
  Emitter& emitter_;
  std::string_view text_;
  std::vector<Raw> raw_;
  size_t at_ = 0;
  int64_t balance_ = 0;         // opening less closing braces of the file
  std::vector<uint32_t> open_;  // the KIND tokens of the open blocks
  std::vector<uint8_t> brackets_;
  bool want_type_ = false;
  bool for_each_line_ = false;
  bool seen_from_ = false;
  bool in_open_prose_ = false;  // after an unclosed """: what begins no statement is its prose, told once
};

}  // namespace

bool MakeTokens(Ast& ast, const SyntaxLimits& limits, Emitter& emitter) { return TokenSource(ast, limits, emitter).Run(); }

}  // namespace ordo
