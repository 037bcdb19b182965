// Hands the tokens of an Ast to a stock ANTLR parser, in order: the keyword pass is shared, so a comparison of trees or of speed
// is one of parsers. Tests and benchmarks only.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "antlr4-runtime.h"
#include "compiler/ast/ast.h"

namespace ordo {

class AstTokens : public antlr4::TokenSource {
 public:
  explicit AstTokens(const Ast& ast) : ast_(ast) {}
  std::unique_ptr<antlr4::Token> nextToken() override {
    const Token& token = ast_.tokens[std::min(next_, ast_.tokens.size() - 1)];
    const size_t kind = token.kind == TokenKind::EOF_ ? antlr4::Token::EOF : static_cast<size_t>(token.kind);
    // The source must not be null: the stock error strategy asks the tokens for it.
    auto made = std::make_unique<antlr4::CommonToken>(std::make_pair(static_cast<antlr4::TokenSource*>(this), nullptr), kind,
                                                      antlr4::Token::DEFAULT_CHANNEL, token.begin, token.end);
    ++next_;
    return made;
  }
  size_t getLine() const override { return 0; }
  size_t getCharPositionInLine() override { return 0; }
  antlr4::CharStream* getInputStream() override { return nullptr; }
  std::string getSourceName() override { return "ast"; }
  antlr4::TokenFactory<antlr4::CommonToken>* getTokenFactory() override { return antlr4::CommonTokenFactory::DEFAULT.get(); }

 private:
  const Ast& ast_;
  size_t next_ = 0;
};

}  // namespace ordo
