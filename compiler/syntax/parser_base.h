// The base class of the generated parser on the fast path. Generated code finds `_input`, `_errHandler`, `_tracker`, `match`,
// `enterRule`, `exitRule`, `finally`, `setState` and the exception types by class scope; the ones here hide the runtime's. They
// build no ANTLR tree: entering and leaving a rule writes the node array of the Ast directly, contexts live on a stack that is
// never freed rule by rule. No line of generated code is edited; the same grammar generated without this base is the reference
// that tests compare with (trees equal, node for node). Holds for ANTLR tool 4.7.2 with runtime 4.9; see decisions/0002.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <vector>

#include "antlr4-runtime.h"
#include "compiler/ast/ast.h"

namespace ordo {

static_assert(antlr4::atn::ATNDeserializer::SERIALIZED_VERSION == 3,
              "written for the runtime up to 4.9 (format 3); read the names below against a newer one");

class ParserBase : public antlr4::Parser {
 public:
  // Called once for each statement that the parser could not take.
  struct SyntaxError {
    uint32_t token = 0;  // the one that does not fit
  };

  explicit ParserBase(antlr4::TokenStream* input) : antlr4::Parser(input) {}

  void Attach(Ast* ast) {
    ast_ = ast;
    stream_.tokens = ast->tokens.data();
    stream_.at = 0;
  }
  bool AtEof() const { return stream_.tokens[stream_.at].kind == TokenKind::EOF_; }
  uint32_t position() const { return stream_.at; }
  void SkipOne() {
    if (!AtEof()) ++stream_.at;
  }
  const std::vector<SyntaxError>& errors() const { return errors_; }

 protected:
  struct RecognitionException {};
  struct NoViableAltException : RecognitionException {
    explicit NoViableAltException(ParserBase*) {}
  };

  struct Stream {
    const Token* tokens = nullptr;
    uint32_t at = 0;
    size_t LA(size_t) const {
      const TokenKind kind = tokens[at].kind;
      return kind == TokenKind::EOF_ ? antlr4::Recognizer::EOF : static_cast<size_t>(kind);
    }
  };

  // Recovery: the token source guarantees one END a statement and balanced braces, so the parser skips to the next of those.
  struct Errors {
    void sync(ParserBase*) {}
    void reportMatch(ParserBase*) {}
    void reportError(ParserBase* parser, RecognitionException&) {
      if (!parser->recovering_) parser->errors_.push_back({parser->stream_.at});
      parser->recovering_ = true;
    }
    void recover(ParserBase* parser, std::exception_ptr) {
      Node& node = parser->ast_->nodes[parser->open_.back()];
      node.error = true;
      while (true) {
        const TokenKind kind = parser->stream_.tokens[parser->stream_.at].kind;
        if (kind == TokenKind::END || kind == TokenKind::LB || kind == TokenKind::RB || kind == TokenKind::EOF_) break;
        ++parser->stream_.at;
      }
      // Inner rules leave the END to the statement that waits for it; a statement that broke off itself takes it along.
      const bool statement = node.kind == NodeKind::kField || node.kind == NodeKind::kClause;
      if (statement && parser->stream_.tokens[parser->stream_.at].kind == TokenKind::END) {
        ++parser->stream_.at;
        parser->recovering_ = false;
      }
    }
    antlr4::Token* recoverInline(ParserBase*) { throw RecognitionException(); }
  };

  // Contexts are only a formality of generated code: one slot a nesting level, reused.
  struct Tracker {
    static constexpr size_t kSlot = 256;
    std::vector<std::unique_ptr<std::byte[]>> slots;
    size_t depth = 0;
    template <typename Context, typename... Arguments>
    Context* createInstance(Arguments&&...) {
      static_assert(sizeof(Context) <= kSlot);
      if (depth == slots.size()) slots.push_back(std::make_unique<std::byte[]>(kSlot));
      return new (slots[depth].get()) Context(nullptr, 0);
    }
  };

  template <typename Exit>
  struct OnExit {
    Exit exit;
    ~OnExit() { exit(); }
  };
  template <typename Exit>
  OnExit<Exit> finally(Exit exit) {
    return {exit};
  }

  void enterRule(antlr4::ParserRuleContext* context, size_t, size_t rule) {
    ++_tracker.depth;
    contexts_.push_back(context);
    if (rule == static_cast<size_t>(NodeKind::kLine)) {
      open_.push_back(open_.back());
      return;
    }
    open_.push_back(static_cast<uint32_t>(ast_->nodes.size()));
    ast_->nodes.push_back({static_cast<NodeKind>(rule), false, stream_.at, 0, 0});
  }
  void exitRule() {
    --_tracker.depth;
    contexts_.back()->exception = nullptr;  // the slot is never destroyed
    contexts_.pop_back();
    Node& node = ast_->nodes[open_.back()];
    open_.pop_back();
    if (!open_.empty() && &node == &ast_->nodes[open_.back()]) return;  // leaving `line`
    node.token_end = stream_.at;
    node.end = static_cast<uint32_t>(ast_->nodes.size());
  }
  void enterOuterAlt(antlr4::ParserRuleContext*, size_t) {}
  void setState(size_t) {}
  size_t getState() const { return 0; }
  antlr4::Token* consume() final {
    ++stream_.at;
    return nullptr;
  }
  antlr4::Token* match(size_t kind) final {
    if (stream_.LA(1) != kind) {
      if (kind != static_cast<size_t>(TokenKind::LB)) throw RecognitionException();
      SkipToBody();
    }
    if (kind == static_cast<size_t>(TokenKind::END) || kind == static_cast<size_t>(TokenKind::LB)) recovering_ = false;
    if (kind != antlr4::Recognizer::EOF) ++stream_.at;
    return nullptr;
  }

  antlr4::ParserRuleContext* _ctx = nullptr;
  Stream stream_;
  Stream* _input = &stream_;
  Errors errors_handler_;
  Errors* _errHandler = &errors_handler_;
  Tracker _tracker;

 private:
  // A heading with more than a heading holds. The token source made a brace for it in any case; its body is not lost.
  void SkipToBody() {
    errors_.push_back({stream_.at});
    ast_->nodes[open_.back() + 1].error = true;
    while (!AtEof() && stream_.tokens[stream_.at].kind != TokenKind::LB) ++stream_.at;
  }

  Ast* ast_ = nullptr;
  std::vector<uint32_t> open_;
  std::vector<antlr4::ParserRuleContext*> contexts_;
  std::vector<SyntaxError> errors_;
  bool recovering_ = false;
};

}  // namespace ordo
