#include "compiler/driver/ask.h"

#include <algorithm>

#include "fmt/format.h"

namespace ordo {
namespace {

// A line of a rule or `show:` begins it; anything else is one expression.
bool HasLines(const Ast& ast) {
  const NodeId block = ast.first(0);
  if (block == ast.nodes[0].end || ast.nodes[block].kind != NodeKind::kBlock) return false;
  const NodeId line = HeadingOf(ast, block).body;
  if (line == ast.nodes[block].end) return false;
  const Token& token = ast.tokens[ast.nodes[line].first_token];
  return token.kind == TokenKind::FOR_EACH || token.kind == TokenKind::LET || token.kind == TokenKind::CONDITION || token.kind == TokenKind::EXPR_KEY;
}

}  // namespace

Inquiry::Inquiry(const Session& session, const Settings& settings, std::string text)
    : session_(session), settings_(settings), text_(std::move(text)), sources_(&session.sources()), file_(sources_.Add("query", text_)) {}

// The text inside a block; *shift: where it begins there.
Ast Inquiry::Parsed(Skin skin, bool expression, size_t* shift, Emitter& emitter) {
  std::string head = fmt::format("ordo 1 {}\n{} Q {{\n", skin == Skin::kVietnamese ? "vi" : "en", SpellingOf(W::kind_rule, skin));
  if (expression) head += fmt::format("{}: ", SpellingOf(W::key_show, skin));
  *shift = head.size();
  const FileId file = sources_.Add("query", head + text_ + "\n}\n");
  return Parse(sources_.file(file), file, settings_.load.syntax, emitter);
}

Inquiry::Reading Inquiry::Read(Skin skin) {
  Reading reading;
  size_t shift = 0;
  Emitter first(session_.language());
  reading.ast = std::make_unique<Ast>(Parsed(skin, false, &shift, first));
  Emitter emitter(session_.language());
  reading.lines = HasLines(*reading.ast);
  if (reading.lines) {
    for (Finding& finding : first.Take()) reading.findings.push_back(std::move(finding));
  } else {
    *reading.ast = Parsed(skin, true, &shift, emitter);
  }
  const Ast& ast = *reading.ast;
  for (const Token& token : ast.tokens) {   // nothing else is told about a text that opens or closes blocks
    const bool brace = (token.kind == TokenKind::LB || token.kind == TokenKind::RB) && !(token.flags & Token::kVirtual);
    if (!brace || token.begin < shift || token.begin >= shift + text_.size()) continue;
    reading.findings.clear();
    emitter.Take();
    emitter.Emit(Code::kQueryForm, ast.SpanOf(token), {ast.text(token)});
    break;
  }
  const auto error = [](const Finding& finding) { return finding.severity == Severity::kError; };
  if (!emitter.has_errors() && std::none_of(reading.findings.begin(), reading.findings.end(), error)) {
    BuildOptions options = session_.Options();
    options.only.clear();
    options.query = &ast;
    reading.model = BuildModel(session_.loaded().parts, &strings_, options, emitter);
  }
  for (Finding& finding : emitter.Take()) reading.findings.push_back(std::move(finding));
  std::erase_if(reading.findings, [&](const Finding& finding) { return !error(finding); });
  // Places count from the beginning of the question.
  const auto moved = [&](Span& span) {
    if (span.file != ast.file) return;
    const auto place = [&](uint32_t offset) {
      return static_cast<uint32_t>(std::min(offset < shift ? 0 : offset - shift, text_.size()));
    };
    span = {file_, place(span.begin), place(span.end)};
  };
  for (Finding& finding : reading.findings) {
    moved(finding.at);
    for (Related& related : finding.related) moved(related.at);
  }
  return reading;
}

bool Inquiry::Run() {
  const Skin own = session_.loaded().main->skin;
  Reading reading = Read(own);
  // How far it makes sense: to the first thing that is wrong in the question itself; a word that opens a line is no accident.
  const auto sense = [&](const Reading& one) {
    std::pair<bool, size_t> until(one.lines, SIZE_MAX);
    for (const Finding& finding : one.findings) {
      if (finding.at.file == file_) until.second = std::min<size_t>(until.second, finding.at.begin);
    }
    return until;
  };
  if (sense(reading).second != SIZE_MAX) {
    Reading other = Read(own == Skin::kVietnamese ? Skin::kEnglish : Skin::kVietnamese);
    if (sense(other).second == SIZE_MAX || sense(other) > sense(reading)) reading = std::move(other);
  }
  findings_ = std::move(reading.findings);
  SortFindings(findings_);
  if (!findings_.empty() || !reading.model || !reading.model->question) return false;
  model_ = std::move(reading.model);
  Lower(*model_, {false, settings_.as_of});
  eval::Limits limits = settings_.limits;
  limits.derived_rows = std::min(limits.derived_rows, kLimits.derived_rows);
  limits.steps = std::min(limits.steps, kLimits.steps);
  auto result = eval::Evaluate(model_->program, limits);
  if (!result.ok()) {
    failure_ = std::string(result.status().message());
    return false;
  }
  evaluation_.emplace(std::move(*result));
  answer_ = report::BuildAnswer(*evaluation_, *model_->question);
  return true;
}

std::string Inquiry::Text(report::Format format, const report::RenderOptions& options) const {
  if (format == report::Format::kJson) return report::AnswerAsJson(*evaluation_, answer_, text_, sources_, options.language);
  if (format == report::Format::kText) return report::AnswerAsText(*evaluation_, answer_, options);
  return report::Render(report::AnswerAsTable(*evaluation_, answer_, options.language), format, sources_, options);
}

}  // namespace ordo
