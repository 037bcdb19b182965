#include "compiler/format/format.h"

#include <algorithm>
#include <vector>

#include "compiler/format/spell.h"
#include "runtime/base/unicode.h"

namespace ordo {
namespace {

constexpr size_t kColumns = 130;
constexpr size_t kIndent = 2;
constexpr Skin kSkins[] = {Skin::kVietnamese, Skin::kEnglish};

size_t FirstLineWidth(std::string_view text) { return DisplayWidth(text.substr(0, text.find('\n'))); }
size_t LastLineWidth(std::string_view text) {
  const size_t end = text.rfind('\n');
  return DisplayWidth(end == std::string_view::npos ? text : text.substr(end + 1));
}

class Formatter {
 public:
  Formatter(const Ast& ast, Skin skin) : ast_(ast), skin_(skin), text_(ast.source->text()) {}

  std::string Run() {
    out_ = skin_ == Skin::kVietnamese ? "ordo 1 vi" : "ordo 1 en";
    last_end_ = ast_.edition_end;
    Lines(ast_.first(0), ast_.nodes[0].end, 0);
    Comments(static_cast<uint32_t>(text_.size()), 0);
    out_ += '\n';
    return std::move(out_);
  }

 private:
  const Token& FirstToken(NodeId node) const { return ast_.tokens[ast_.nodes[node].first_token]; }
  uint32_t EndOf(NodeId node) const { return ast_.SpanOf(node).end; }
  uint32_t LineOf(uint32_t offset) const { return ast_.source->LineOf(offset); }

  // ---- lines and comments
  void StartLine(uint32_t offset, size_t depth, bool may_be_apart = true) {
    const bool apart = may_be_apart && !after_open_ && offset > last_end_ && LineOf(offset) > LineOf(last_end_) + 1;
    out_ += apart ? "\n\n" : "\n";
    out_.append(depth * kIndent, ' ');
    after_open_ = false;
  }

  std::string_view CommentText(const Span& comment) const {
    std::string_view text = text_.substr(comment.begin, comment.end - comment.begin);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
  }
  bool CommentBefore(uint32_t offset) const {
    return next_comment_ < ast_.comments.size() && ast_.comments[next_comment_].begin < offset;
  }
  // All comments that stand before `offset`: at the end of the line, if they stood at the end of its last token, else on their
  // own.
  void Comments(uint32_t offset, size_t depth) {
    while (CommentBefore(offset)) {
      const Span& comment = ast_.comments[next_comment_++];
      if (comment.begin < last_end_ || LineOf(comment.begin) == LineOf(last_end_)) {
        out_ += "  ";
      } else {
        StartLine(comment.begin, depth);
      }
      out_ += CommentText(comment);
      last_end_ = std::max(last_end_, comment.end);
    }
  }

  // ---- what stands in a block
  void Lines(NodeId first, NodeId end, size_t depth) {
    for (NodeId child = first; child != end;) {
      if (ast_.nodes[child].kind == NodeKind::kBlock) {
        Comments(FirstToken(child).begin, depth);
        StartLine(FirstToken(child).begin, depth);
        Block(child, depth);
        child = ast_.nodes[child].end;
        continue;
      }
      // Statements that shared a line share it still, if they fit.
      NodeId group_end = ast_.nodes[child].end;
      NodeId last = child;
      while (group_end != end && ast_.nodes[group_end].kind != NodeKind::kBlock &&
             LineOf(FirstToken(group_end).begin) == LineOf(EndOf(last))) {
        last = group_end;
        group_end = ast_.nodes[group_end].end;
      }
      Comments(FirstToken(child).begin, depth);
      if (last != child && !CommentBefore(EndOf(last)) &&
          Fits(depth, [&](Skin skin) { return Joined(child, group_end, skin); })) {
        StartLine(FirstToken(child).begin, depth);
        out_ += Joined(child, group_end, skin_);
        last_end_ = EndOf(last);
        child = group_end;
        continue;
      }
      for (; child != group_end; child = ast_.nodes[child].end) {
        Comments(FirstToken(child).begin, depth);
        StartLine(FirstToken(child).begin, depth);
        Statement(child, depth);
      }
    }
  }

  // Whether a line fits is asked in both skins: so the layout of a plan does not depend on the skin that it is printed in.
  template <typename Line>
  bool Fits(size_t depth, Line line) const {
    return std::all_of(std::begin(kSkins), std::end(kSkins), [&](Skin skin) {
      const std::string text = line(skin);
      return text.find('\n') == std::string::npos && depth * kIndent + DisplayWidth(text) <= kColumns;
    });
  }

  std::string Joined(NodeId first, NodeId end, Skin skin) const {
    std::string out;
    for (NodeId node = first; node != end; node = ast_.nodes[node].end) {
      if (!out.empty()) out += "; ";
      out += ast_.nodes[node].kind == NodeKind::kBlock ? BlockLine(node, skin) : NodeLine(node, skin);
    }
    return out;
  }
  std::string NodeLine(NodeId node, Skin skin) const {
    return SpellLine(ast_, ast_.nodes[node].first_token, ast_.nodes[node].token_end, skin);
  }

  // ---- blocks
  struct Braces {
    uint32_t open = 0;  // tokens
    uint32_t close = 0;
  };
  Braces BracesOf(NodeId block) const {
    // A heading may have been cut short by the parser: its brace is the first one behind it.
    uint32_t open = ast_.nodes[ast_.first(block)].token_end;
    while (ast_.tokens[open].kind != TokenKind::LB) ++open;
    return {open, ast_.nodes[block].token_end - 1};
  }
  bool HasBody(const Braces& braces) const { return !(ast_.tokens[braces.open].flags & Token::kVirtual); }

  std::string BlockLine(NodeId block, Skin skin) const {
    const NodeId heading = ast_.first(block);
    const Braces braces = BracesOf(block);
    return NodeLine(heading, skin) + (HasBody(braces) ? " " + BodyLine(block, skin) : "");
  }
  std::string BodyLine(NodeId block, Skin skin) const {
    const NodeId body = ast_.nodes[ast_.first(block)].end;
    return body == ast_.nodes[block].end ? "{}" : "{ " + Joined(body, ast_.nodes[block].end, skin) + " }";
  }

  void Block(NodeId block, size_t depth) {
    const NodeId heading = ast_.first(block);
    const NodeId body = ast_.nodes[heading].end;
    const NodeId end = ast_.nodes[block].end;
    const Braces braces = BracesOf(block);
    out_ += NodeLine(heading, skin_);
    last_end_ = EndOf(heading);
    if (!HasBody(braces)) return;
    const Token& open = ast_.tokens[braces.open];
    const Token& close = ast_.tokens[braces.close];
    const bool one_line = LineOf(open.begin) == LineOf(close.begin);
    // A long title may have several lines: then the last one counts.
    const auto line = [&](Skin skin) {
      const std::string text = BlockLine(block, skin);
      const size_t title_end = text.size() - BodyLine(block, skin).size();
      const size_t cut = text.substr(0, title_end).rfind('\n');
      return cut == std::string::npos ? text : text.substr(cut + 1);
    };
    const bool empty = body == end && !CommentBefore(close.begin);
    if (empty || (one_line && !CommentBefore(open.begin) && Fits(depth, line))) {
      out_ += ' ';
      out_ += BodyLine(block, skin_);
      last_end_ = close.end;
      return;
    }
    out_ += " {";
    last_end_ = open.end;
    after_open_ = true;
    Lines(body, end, depth + 1);
    Comments(close.begin, depth + 1);
    StartLine(close.begin, depth, false);
    out_ += '}';
    last_end_ = close.end;
  }

  // ---- one field or clause, wrapped behind commas, `and` and `or`, and where a comment ends its line
  void Statement(NodeId node, size_t depth) {
    const uint32_t first = ast_.nodes[node].first_token;
    const uint32_t end = ast_.nodes[node].token_end;
    std::string line(depth * kIndent, ' ');
    line += SpellToken(ast_, first, skin_);
    const std::string continuation(DisplayWidth(line) + 1, ' ');
    out_ += line.substr(depth * kIndent);
    last_end_ = ast_.tokens[first].end;
    size_t column = DisplayWidth(line);
    bool line_begins = false;  // nothing but the continuation's blanks stands on the line
    bool may_break = false;
    const bool values = ast_.tokens[first].kind == TokenKind::KEY || ast_.tokens[first].kind == TokenKind::SERIES ||
                        ast_.tokens[first].kind == TokenKind::PARAMETER;
    for (uint32_t i = first + 1; i < end;) {
      // One piece: up to the next place where a line may end.
      uint32_t piece_end = i;
      std::string piece;
      while (piece_end < end && !(piece_end > i && CommentBefore(ast_.tokens[piece_end].begin))) {
        const Token& token = ast_.tokens[piece_end];
        if (token.kind != TokenKind::END) {
          if (!piece.empty() && HasGap(ast_, piece_end - 1, piece_end)) piece += ' ';
          piece += SpellToken(ast_, piece_end, skin_);
        }
        ++piece_end;
        if (piece_end < end && MayBreakBefore(piece_end, values)) break;
      }
      if (piece.empty()) break;
      if (CommentBefore(ast_.tokens[i].begin)) {
        InnerComments(ast_.tokens[i].begin, continuation);
        out_ += '\n' + continuation;
        line_begins = true;
      } else if (may_break && column + 1 + FirstLineWidth(piece) > kColumns) {
        out_ += '\n' + continuation;
        line_begins = true;
      }
      if (line_begins) column = continuation.size();
      if (!line_begins && HasGap(ast_, i - 1, i)) {
        out_ += ' ';
        ++column;
      }
      out_ += piece;
      column = piece.find('\n') == std::string::npos ? column + DisplayWidth(piece) : LastLineWidth(piece);
      line_begins = false;
      may_break = piece_end < end && MayBreakBefore(piece_end, values);
      last_end_ = ast_.tokens[piece_end - 1].end;
      i = piece_end;
    }
  }

  void InnerComments(uint32_t offset, const std::string& continuation) {
    while (CommentBefore(offset)) {
      const Span& comment = ast_.comments[next_comment_++];
      out_ += LineOf(comment.begin) == LineOf(last_end_) ? "  " : "\n" + continuation;
      out_ += CommentText(comment);
      last_end_ = comment.end;
    }
  }

  // A line may end behind a comma or an `and`, unless the next line would then look like a statement of its own.
  bool MayBreakBefore(uint32_t i, bool values) const {
    const TokenKind before = ast_.tokens[i - 1].kind;
    const Token& next = ast_.tokens[i];
    if (before == TokenKind::AND || before == TokenKind::OR) return true;
    if (before != TokenKind::COMMA || next.kind == TokenKind::TYPE) return false;
    if (values && next.kind == TokenKind::WORD) return true;
    for (const Skin skin : kSkins) {
      const std::string text = SpellToken(ast_, i, skin);
      for (const Spelling& spelling : SpellingsFrom(std::string_view(text).substr(0, text.find(' ')), skin)) {
        if (spelling.positions & (kAtKind | kAtClause)) return false;
      }
    }
    return true;
  }

  const Ast& ast_;
  const Skin skin_;
  const std::string_view text_;
  std::string out_;
  uint32_t last_end_ = 0;  // where in the source the last thing printed ended
  size_t next_comment_ = 0;
  bool after_open_ = false;  // right behind `{`
};

}  // namespace

std::string Format(const Ast& ast, Skin skin) { return Formatter(ast, skin).Run(); }

}  // namespace ordo
