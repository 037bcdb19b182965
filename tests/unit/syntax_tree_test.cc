// The fast path against the stock parser of the same grammar: equal trees on sound text, no adaptive prediction in the code.
#include "antlr4-runtime.h"
#include "fmt/format.h"
#include "generated/stock/OrdoParser.h"
#include "gtest/gtest.h"
#include "support/ast_tokens.h"
#include "support/source_text.h"

namespace ordo {
namespace {

void Print(const antlr4::tree::ParseTree* tree, int depth, std::string& out) {
  const auto* context = dynamic_cast<const antlr4::ParserRuleContext*>(tree);
  if (!context) return;
  const auto rule = static_cast<NodeKind>(context->getRuleIndex());
  if (rule != NodeKind::kLine) {  // passed through by the fast path
    // A rule without tokens has its stop before its start.
    const size_t first = context->start->getTokenIndex();
    const size_t end =
        context->stop && context->stop->getTokenIndex() != INVALID_INDEX ? context->stop->getTokenIndex() + 1 : first;
    fmt::format_to(std::back_inserter(out), "{:{}}{} {} {}\n", "", depth, NameOf(rule), first, std::max(first, end));
    ++depth;
  }
  for (const auto* child : context->children) Print(child, depth, out);
}

std::string StockTree(const Ast& ast, size_t* errors) {
  AstTokens source(ast);
  antlr4::CommonTokenStream stream(&source);
  stock::OrdoParser parser(&stream);
  parser.removeErrorListeners();
  auto* file = parser.file();
  *errors = parser.getNumberOfSyntaxErrors();
  std::string out;
  Print(file, 0, out);
  return out;
}

std::string FastTree(const Ast& ast) {
  std::string out;
  std::vector<uint32_t> ends;
  for (NodeId id = 0; id < ast.nodes.size(); ++id) {
    while (!ends.empty() && ends.back() <= id) ends.pop_back();
    const Node& node = ast.nodes[id];
    fmt::format_to(std::back_inserter(out), "{:{}}{} {} {}\n", "", ends.size(), NameOf(node.kind), node.first_token,
                   node.token_end);
    ends.push_back(node.end);
  }
  return out;
}

TEST(Tree, EqualsTheStockTree) {
  size_t nodes = 0;
  for (const Sample& sample : Samples()) {
    const Parsed parsed(sample.text);
    size_t errors = 0;
    EXPECT_EQ(FastTree(parsed.ast), StockTree(parsed.ast, &errors)) << sample.name;
    EXPECT_EQ(errors, 0u) << sample.name;
    nodes += parsed.ast.nodes.size();
  }
  EXPECT_GT(nodes, 2500u);
}

// On texts with random edits both see the same texts as sound, and give equal trees for those.
TEST(Tree, EqualsTheStockTreeOnEdits) {
  std::mt19937 random(57);
  std::vector<Sample> samples = Samples();
  size_t sound = 0;
  for (int round = 0; round < 600; ++round) {
    const Sample& sample = samples[random() % samples.size()];
    if (sample.text.size() > 8000) continue;
    const Parsed parsed(Mutate(sample.text, random, 2));
    if (parsed.ast.tokens.size() < 2) continue;
    size_t errors = 0;
    const std::string stock = StockTree(parsed.ast, &errors);
    bool broken = false;
    for (const Node& node : parsed.ast.nodes) broken = broken || node.error;
    EXPECT_EQ(broken, errors > 0) << parsed.source.text();
    if (errors > 0) continue;
    ++sound;
    EXPECT_EQ(FastTree(parsed.ast), stock) << parsed.source.text();
  }
  EXPECT_GT(sound, 200u);
}

TEST(Tree, NestsProperly) {
  for (const Sample& sample : Samples()) {
    const Parsed parsed(sample.text);
    const Ast& ast = parsed.ast;
    for (NodeId id = 0; id < ast.nodes.size(); ++id) {
      uint32_t token = ast.nodes[id].first_token;
      for (NodeId child = ast.first(id); child != ast.nodes[id].end; child = ast.nodes[child].end) {
        ASSERT_LE(token, ast.nodes[child].first_token);
        ASSERT_LE(ast.nodes[child].end, ast.nodes[id].end);
        token = ast.nodes[child].token_end;
      }
      ASSERT_LE(token, ast.nodes[id].token_end);
    }
  }
}

TEST(Generated, NeverPredictsAdaptively) {
  const std::string code = ReadText(std::string(ORDO_BINARY_DIR) + "/generated/OrdoParser.cpp");
  ASSERT_GT(code.size(), 10000u);
  EXPECT_EQ(code.find("adaptivePredict"), std::string::npos);
}

// parser_base.h stands in for names of this pair of tool and runtime and no other.
TEST(Generated, ComesFromTheToolAndRuntimeThatTheBaseStandsInFor) {
  EXPECT_NE(ReadText(std::string(ORDO_BINARY_DIR) + "/generated/OrdoParser.cpp").find("by ANTLR 4.7.2"), std::string::npos);
  EXPECT_EQ(antlr4::RuntimeMetaData::getRuntimeVersion().substr(0, 3), "4.9");
}

}  // namespace
}  // namespace ordo
