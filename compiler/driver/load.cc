#include "compiler/driver/load.h"

#include <filesystem>
#include <optional>
#include <utility>

#include <sha2.h>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "compiler/syntax/text_check.h"
#include "fmt/format.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLibrary = "stdlib:";

// «stdlib:PATH», as an import names it; nullptr if there is no such file.
const LibraryFile* FindLibraryFile(std::string_view name) {
  if (!name.starts_with(kLibrary)) return nullptr;
  for (const LibraryFile& file : LibraryFiles()) {
    if (file.path == name.substr(kLibrary.size())) return &file;
  }
  return nullptr;
}

class Loader {
 public:
  Loader(const LoadOptions& options, Loaded& loaded, Emitter& emitter) : options_(options), loaded_(loaded), emitter_(emitter) {}

  void Main(const std::string& path, std::string bytes) {
    const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
    if (!options_.root.empty()) root_ = CanonicalPath(options_.read, options_.root);
    else root_ = options_.read ? folder.lexically_normal().string() : RootOf(folder);
    loaded_.root = root_;
    main_ = {CanonicalPath(options_.read, path), path};
    Add(path, main_.first, std::move(bytes));
    if (!options_.journal.empty()) NamedJournal(options_.journal);
    else if (const Token* text = PlanText(*loaded_.main, W::key_journal))
      Import(path, loaded_.main->TextOf(*text), loaded_.main->SpanOf(*text), true);
    References();
  }

  // A file of the library's tests: its own imports are files of the library as well.
  void LibraryTest(const std::string& shown, std::string text) {
    Add(shown, shown, std::move(text));
    References();
  }

  // A reference plan with what it imports, as parts of their own; no journal and no references of its own.
  void Reference(const std::string& shown, const std::string& canonical, std::string bytes) {
    root_ = options_root_;
    Add(shown, canonical, std::move(bytes));
  }

 private:
  // The folder that imports may not leave: the nearest one above that holds a file `ordo.root`, which its owner has put there; else the
  // folder of the plan.
  static std::string RootOf(const fs::path& folder) {
    std::error_code error;
    const std::string own = CanonicalPath({}, folder.string());
    fs::path up = own;
    for (int level = 0; level < kMostLevels; ++level, up = up.parent_path()) {
      if (fs::is_regular_file(up / "ordo.root", error)) return up.string();
      if (!up.has_relative_path()) break;
    }
    return own;
  }
  static constexpr int kMostLevels = 8;

  void References() {
    const std::vector<Part> own = loaded_.parts;
    const Ast* main = loaded_.main;
    for (const Part& part : own) {
      const Ast& ast = *part.ast;
      if (!part.library) ReferencesIn(ast, ast.first(0), ast.nodes[0].end);
    }
    loaded_.parts = own;
    loaded_.main = main;
  }

  // Of a plan and of the plans of its tests.
  void ReferencesIn(const Ast& ast, NodeId begin, NodeId end) {
    for (NodeId line = begin; line != end; line = ast.nodes[line].end) {
      if (ast.nodes[line].kind != NodeKind::kBlock) continue;
      const Heading heading = HeadingOf(ast, line);
      if (heading.kind && heading.kind->word == W::kind_test) ReferencesIn(ast, heading.body, ast.nodes[line].end);
      if (!heading.kind || heading.kind->word != W::kind_reference) continue;
      for (NodeId inner = heading.body; inner != ast.nodes[line].end; inner = ast.nodes[inner].end) {
        const Node& node = ast.nodes[inner];
        if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_file) continue;
        const Token& text = ast.tokens[node.first_token + 1];
        if (text.kind == TokenKind::TEXT) OneReference(ast, line, ast.TextOf(text), ast.SpanOf(text));
      }
    }
  }

  void OneReference(const Ast& ast, NodeId block, const std::string& name, Span span) {
    const bool too_many = loaded_.references.size() >= options_.max_imports;
    if (loaded_.references.size() == options_.max_imports) emitter_.Emit(Code::kTooManyImports, span, {fmt::format("{}", options_.max_imports)});
    ReferenceFile file;
    file.ast = &ast;
    file.block = block;
    file.span = span;
    file.path = name;
    std::string shown, canonical;
    // What the plan itself imports may be referred to as well; the plan itself is a ring.
    auto seen = std::exchange(seen_, {});
    stack_.push_back(main_);
    std::optional<std::string> bytes;
    if (const LibraryFile* embedded = FindLibraryFile(name)) {
      shown = canonical = name;
      bytes = std::string(embedded->text);
    } else if (!too_many) bytes = ReadImport(std::string(ast.source->path()), name, span, &shown, &canonical);
    stack_.pop_back();
    seen_ = std::move(seen);
    if (bytes) {
      char digest[SHA256_DIGEST_STRING_LENGTH];
      file.hash = fmt::format("sha256:{}", SHA256Data(reinterpret_cast<const uint8_t*>(bytes->data()), bytes->size(), digest));
      Emitter own(emitter_.language());
      loaded_.parts.clear();
      Loader other(options_, loaded_, own);
      other.options_root_ = root_;
      other.Reference(shown, canonical, std::move(*bytes));
      file.parts = std::move(loaded_.parts);
      file.broken = own.has_errors();
    }
    loaded_.references.push_back(std::move(file));
  }

  // `--journal FILE`: a path as the user gave it.
  void NamedJournal(const std::string& path) {
    auto bytes = ReadFrom(options_.read, path, options_.syntax.max_bytes, false);
    if (!bytes.ok()) return ReportUnreadable(path, bytes.status(), options_.syntax.max_bytes, emitter_);
    const std::string canonical = CanonicalPath(options_.read, path);
    if (seen_.contains(canonical)) {
      emitter_.EmitForPath(Code::kNotAJournal, path, {path});
      return;
    }
    Add(path, canonical, std::move(*bytes), true);
  }

  // Nothing but what has happened may stand in a journal: told once, at the first other thing, and the file is left out.
  bool IsJournal(const Ast& ast) {
    for (NodeId line = ast.first(0); line != ast.nodes[0].end; line = ast.nodes[line].end) {
      const Node& node = ast.nodes[line];
      const Token& token = ast.tokens[node.first_token];
      const bool block = node.kind == NodeKind::kBlock && (token.word == W::kNone || IsJournalKind(token.word));
      if (block || node.error || (node.kind == NodeKind::kClause && token.kind == TokenKind::IMPORT)) continue;
      emitter_.Emit(Code::kNotAJournal, ast.SpanOf(token), {ast.source->path()});
      return false;
    }
    return true;
  }

  void Add(const std::string& shown, const std::string& canonical, std::string bytes, bool journal = false) {
    if (const auto found = options_.replaced.find(shown); found != options_.replaced.end()) bytes = found->second;
    seen_.emplace(canonical, true);
    stack_.push_back({canonical, shown});
    const FileId file = loaded_.sources.Add(shown, std::move(bytes));
    loaded_.asts.push_back(Parse(loaded_.sources.file(file), file, options_.syntax, emitter_));
    const Ast* ast = &loaded_.asts.back();
    if (!loaded_.main) loaded_.main = ast;
    if (journal && !IsJournal(*ast)) {
      stack_.pop_back();
      return;
    }
    loaded_.parts.push_back({ast, 0, false});
    if (!shown.starts_with(kLibrary)) {
      ReportMisread(*ast, emitter_);
      loaded_.parts.back().text_file = ReadTextFile(*ast, shown);
    }
    for (NodeId line = ast->first(0); line != ast->nodes[0].end; line = ast->nodes[line].end) {
      const Node& node = ast->nodes[line];
      if (node.kind != NodeKind::kClause || node.error) continue;
      const Token& word = ast->tokens[node.first_token];
      if (word.kind != TokenKind::IMPORT) {
        emitter_.Emit(Code::kUnexpected, ast->SpanOf(word), {ast->text(word)});
        continue;
      }
      const Token& text = ast->tokens[node.first_token + 1];
      if (text.kind == TokenKind::TEXT) Import(shown, ast->TextOf(text), ast->SpanOf(text));
    }
    stack_.pop_back();
  }

  // The file that holds the wording of the clauses of the plan in this file; nullptr if it names none.
  const TextFile* ReadTextFile(const Ast& ast, const std::string& shown_plan) {
    const Token* name_token = PlanText(ast, W::key_text_file);
    if (!name_token) return nullptr;
    const std::string name = ast.TextOf(*name_token);
    const Span span = ast.SpanOf(*name_token);
    TextFile& text = loaded_.text_files.emplace_back();
    const fs::path target = fs::path(shown_plan).parent_path() / fs::path(name);
    const std::optional<std::string> canonical = Inside(target, name, span, Code::kTextFileMissing);
    if (!canonical) return &text;
    std::optional<std::string> bytes = ReadPlain(*canonical, name, span, Code::kTextFileMissing);
    const std::string shown = target.lexically_normal().string();
    if (const auto found = options_.replaced.find(shown); found != options_.replaced.end()) bytes = found->second;
    if (!bytes) return &text;
    text.id = loaded_.sources.Add(shown, std::move(*bytes));
    const SourceFile& source = loaded_.sources.file(text.id);
    if (ReportNoUtf8(source.text(), text.id, emitter_)) return &text;
    size_t told = 0;
    ReportMisread(source.text(), text.id, 0, told, emitter_);
    text.source = &source;
    return &text;
  }

  void Import(const std::string& from, const std::string& name, Span span, bool journal = false) {
    if (name.starts_with(kLibrary)) {
      std::string path = name.substr(kLibrary.size());
      if (!path.ends_with(".ordo")) path += ".ordo";
      for (const LibraryFile& file : loaded_.rules ? loaded_.rules->files : OwnRules().files) {
        if (file.path != path) continue;
        // Checks, profiles and calendars are always there; the rest only when asked for.
        const bool always = path.starts_with("checks/") || path.starts_with("profiles/") || path.starts_with("calendars/");
        if (!always && !seen_.contains(name))
          Add(name, name, std::string(file.text));
        return;
      }
      emitter_.Emit(Code::kImportMissing, span, {name});
      return;
    }
    std::string shown, canonical;
    const std::optional<std::string> bytes = ReadImport(from, name, span, &shown, &canonical, journal);
    if (bytes) Add(shown, canonical, *bytes, journal);
  }

  // The bytes of a file that a file names; nullopt after a finding, or when it has been read already.
  std::optional<std::string> ReadImport(const std::string& from, const std::string& name, Span span, std::string* shown, std::string* resolved,
                                        bool journal = false) {
    const fs::path target = fs::path(from).parent_path() / fs::path(name);
    const std::optional<std::string> inside = Inside(target, name, span, Code::kImportMissing);
    if (!inside) return std::nullopt;
    const std::string& canonical = *inside;
    for (size_t i = 0; i < stack_.size(); ++i) {
      if (stack_[i].first != canonical) continue;
      std::string ring;
      for (size_t k = i; k < stack_.size(); ++k) ring += stack_[k].second + " → ";
      emitter_.Emit(Code::kImportRing, span, {ring + stack_[i].second});
      return std::nullopt;
    }
    if (seen_.contains(canonical)) {
      if (journal) emitter_.Emit(Code::kNotAJournal, span, {name});
      return std::nullopt;
    }
    if (seen_.size() > options_.max_imports) {
      emitter_.Emit(Code::kTooManyImports, span, {fmt::format("{}", options_.max_imports)});
      return std::nullopt;
    }
    auto bytes = ReadPlain(canonical, name, span, Code::kImportMissing);
    *shown = target.lexically_normal().string();
    *resolved = canonical;
    return bytes;
  }

  // The canonical path of what a file names, if that lies where it may; nullopt after a finding.
  std::optional<std::string> Inside(const fs::path& target, const std::string& name, Span span, Code missing) {
    std::string canonical = CanonicalPath(options_.read, target.string());
    if (canonical.empty() || name.empty()) {  // links that lead in a circle
      emitter_.Emit(missing, span, {name});
      return std::nullopt;
    }
    if (fs::path(name).is_absolute() || !IsBelow(root_, canonical)) {
      emitter_.Emit(Code::kImportOutside, span, {name});
      return std::nullopt;
    }
    return canonical;
  }

  // Plain files only: opening a pipe that a plan names would wait for ever.
  std::optional<std::string> ReadPlain(const std::string& canonical, const std::string& name, Span span, Code missing) {
    auto bytes = ReadFrom(options_.read, canonical, options_.syntax.max_bytes, true);
    if (absl::IsResourceExhausted(bytes.status())) {
      Finding& finding = emitter_.Emit(Code::kFileTooLarge, span,
                                       {std::string(bytes.status().message()), fmt::format("{}", options_.syntax.max_bytes)});
      if (missing == Code::kTextFileMissing) finding.help = emitter_.Say(Phrase::kRaiseMaxBytes);
      return std::nullopt;
    }
    if (!bytes.ok()) {
      emitter_.Emit(missing, span, {name});
      return std::nullopt;
    }
    return std::move(*bytes);
  }

  const LoadOptions& options_;
  Loaded& loaded_;
  Emitter& emitter_;
  std::string root_, options_root_;
  absl::flat_hash_map<std::string, bool> seen_;
  std::pair<std::string, std::string> main_;
  std::vector<std::pair<std::string, std::string>> stack_;  // canonical path, path as shown
};

}  // namespace

Language LanguageOfFile(std::string_view text) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  return line.find(" en") != std::string_view::npos ? Language::kEnglish : Language::kVietnamese;
}

const Token* PlanText(const Ast& ast, W key) {
  for (NodeId line = ast.first(0); line != ast.nodes[0].end; line = ast.nodes[line].end) {
    if (ast.nodes[line].kind != NodeKind::kBlock) continue;
    const Heading heading = HeadingOf(ast, line);
    if (!heading.kind || heading.kind->word != W::kind_plan) continue;
    for (NodeId inner = heading.body; inner != ast.nodes[line].end; inner = ast.nodes[inner].end) {
      const Node& node = ast.nodes[inner];
      if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != key) continue;
      const Token& text = ast.tokens[node.first_token + 1];
      return text.kind == TokenKind::TEXT ? &text : nullptr;
    }
    return nullptr;
  }
  return nullptr;
}

bool LoadLibraryTest(const std::string& name, const LoadOptions& options, Loaded& loaded, Emitter& emitter) {
  const LibraryFile* file = FindLibraryFile(name);
  if (file == nullptr) return false;
  loaded.main = nullptr;
  Loader(options, loaded, emitter).LibraryTest(name, std::string(file->text));
  return true;
}

namespace {

bool IsRules(const LibraryFile& file) { return file.path.starts_with("checks/") || file.path.starts_with("profiles/"); }

// The rules of the library, parsed once: they are the same text in every run. Never changed afterwards.
struct ParsedLibrary {
  SourceSet sources;
  std::deque<Ast> asts;   // by file of `sources`
  bool sound = true;
};

const ParsedLibrary& TheLibrary() {
  static const ParsedLibrary* const library = [] {
    auto* const parsed = new ParsedLibrary;
    Emitter emitter(Language::kEnglish);
    for (const LibraryFile& file : OwnRules().files) {
      if (!IsRules(file)) continue;
      const FileId id = parsed->sources.Add(OwnRules().Shown(file), std::string(file.text));
      parsed->asts.push_back(Parse(parsed->sources.file(id), id, SyntaxLimits{}, emitter));
    }
    parsed->sound = emitter.findings().empty();
    return parsed;
  }();
  return *library;
}

}  // namespace

void LoadLibrary(Loaded& loaded, Emitter& emitter, const RuleSet& rules) {
  const ParsedLibrary* const parsed = &rules == &OwnRules() && TheLibrary().sound ? &TheLibrary() : nullptr;
  FileId place = 0;   // of a file among the parsed ones
  for (const LibraryFile& file : rules.files) {
    if (!IsRules(file)) continue;
    const FileId id = loaded.sources.Add(rules.Shown(file), std::string(file.text));
    // Places are told with the number of the file; a library that is being written has faults, which belong to this run.
    const Ast* ast = parsed != nullptr && id == place ? &parsed->asts[place] : nullptr;
    ++place;
    if (ast == nullptr) {
      loaded.asts.push_back(Parse(loaded.sources.file(id), id, SyntaxLimits{}, emitter));
      ast = &loaded.asts.back();
    }
    loaded.parts.push_back({ast, 0, true});
  }
  loaded.rules = &rules;
  loaded.library_end = static_cast<FileId>(loaded.sources.size());
}

bool LoadPlan(const std::string& path, const LoadOptions& options, Loaded& loaded, Emitter& emitter) {
  auto bytes = ReadFrom(options.read, path, options.syntax.max_bytes, false);
  if (!bytes.ok()) ReportUnreadable(path, bytes.status(), options.syntax.max_bytes, emitter);
  else LoadPlan(path, std::move(*bytes), options, loaded, emitter);
  return bytes.ok();
}

void LoadPlan(const std::string& path, std::string bytes, const LoadOptions& options, Loaded& loaded, Emitter& emitter) {
  loaded.main = nullptr;
  Loader(options, loaded, emitter).Main(path, std::move(bytes));
}

}  // namespace ordo
