#include "compiler/driver/load.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include <sha2.h>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "compiler/driver/library.h"
#include "fmt/format.h"

namespace ordo {
namespace {

namespace fs = std::filesystem;

class Loader {
 public:
  Loader(const LoadOptions& options, Loaded& loaded, Emitter& emitter) : options_(options), loaded_(loaded), emitter_(emitter) {}

  bool Main(const std::string& path) {
    auto bytes = ReadFile(path, options_.syntax.max_bytes);
    if (!bytes.ok()) {
      ReportUnreadable(path, bytes.status(), options_.syntax.max_bytes, emitter_);
      return false;
    }
    std::error_code error;
    const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
    root_ = options_.root.empty() ? RootOf(folder) : fs::weakly_canonical(fs::absolute(fs::path(options_.root), error), error);
    main_ = {fs::weakly_canonical(fs::absolute(path, error), error).string(), path};
    Add(path, main_.first, std::move(*bytes));
    if (!options_.journal.empty()) NamedJournal(options_.journal);
    else PlanJournal(path);
    References();
    return true;
  }

  // A reference plan with what it imports, as parts of their own; no journal and no references of its own.
  void Reference(const std::string& shown, const std::string& canonical, std::string bytes) {
    root_ = options_root_;
    Add(shown, canonical, std::move(bytes));
  }

 private:
  // The folder that imports may not leave: the nearest one above that holds a file `ordo.root`, which its owner has put there; else the
  // folder of the plan.
  static fs::path RootOf(const fs::path& folder) {
    std::error_code error;
    const fs::path own = fs::weakly_canonical(fs::absolute(folder, error), error);
    fs::path up = own;
    for (int level = 0; level < kMostLevels; ++level, up = up.parent_path()) {
      if (fs::is_regular_file(up / "ordo.root", error)) return up;
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
      for (NodeId line = ast.first(0); line != ast.nodes[0].end && !part.library; line = ast.nodes[line].end) {
        if (ast.nodes[line].kind != NodeKind::kBlock) continue;
        const Heading heading = HeadingOf(ast, line);
        if (!heading.kind || heading.kind->word != W::kind_reference) continue;
        for (NodeId inner = heading.body; inner != ast.nodes[line].end; inner = ast.nodes[inner].end) {
          const Node& node = ast.nodes[inner];
          if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_file) continue;
          const Token& text = ast.tokens[node.first_token + 1];
          if (text.kind == TokenKind::TEXT) OneReference(ast, line, ast.TextOf(text), ast.SpanOf(text));
        }
      }
    }
    loaded_.parts = own;
    loaded_.main = main;
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
    if (!too_many) bytes = ReadImport(std::string(ast.source->path()), name, span, &shown, &canonical);
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
    auto bytes = ReadFile(path, options_.syntax.max_bytes);
    if (!bytes.ok()) return ReportUnreadable(path, bytes.status(), options_.syntax.max_bytes, emitter_);
    std::error_code error;
    const std::string canonical = fs::weakly_canonical(fs::absolute(path, error), error).string();
    if (seen_.contains(canonical)) {
      emitter_.EmitForPath(Code::kNotAJournal, path, {path});
      return;
    }
    Add(path, canonical, std::move(*bytes), true);
  }

  // `journal: "…"` of the plan: like an import, relative to it and inside its folder tree.
  void PlanJournal(const std::string& path) {
    const Ast& ast = *loaded_.main;
    for (NodeId line = ast.first(0); line != ast.nodes[0].end; line = ast.nodes[line].end) {
      if (ast.nodes[line].kind != NodeKind::kBlock) continue;
      const Heading heading = HeadingOf(ast, line);
      if (!heading.kind || heading.kind->word != W::kind_plan) continue;
      for (NodeId inner = heading.body; inner != ast.nodes[line].end; inner = ast.nodes[inner].end) {
        const Node& node = ast.nodes[inner];
        if (node.kind != NodeKind::kField || node.error || ast.tokens[node.first_token].word != W::key_journal) continue;
        const Token& text = ast.tokens[node.first_token + 1];
        if (text.kind == TokenKind::TEXT) Import(path, ast.TextOf(text), ast.SpanOf(text), true);
      }
      return;
    }
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

  void Import(const std::string& from, const std::string& name, Span span, bool journal = false) {
    constexpr std::string_view kLibrary = "stdlib:";
    if (name.starts_with(kLibrary)) {
      std::string path = name.substr(kLibrary.size());
      if (!path.ends_with(".ordo")) path += ".ordo";
      for (const LibraryFile& file : LibraryFiles()) {
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
    std::error_code error;
    const fs::path target = fs::path(from).parent_path() / fs::path(name);
    const fs::path canonical = fs::weakly_canonical(fs::absolute(target, error), error);
    if (error || name.empty()) {  // links that lead in a circle
      emitter_.Emit(Code::kImportMissing, span, {name});
      return std::nullopt;
    }
    const fs::path relative = canonical.lexically_relative(root_);
    if (fs::path(name).is_absolute() || relative.empty() || *relative.begin() == "..") {
      emitter_.Emit(Code::kImportOutside, span, {name});
      return std::nullopt;
    }
    for (size_t i = 0; i < stack_.size(); ++i) {
      if (stack_[i].first != canonical.string()) continue;
      std::string ring;
      for (size_t k = i; k < stack_.size(); ++k) ring += stack_[k].second + " → ";
      emitter_.Emit(Code::kImportRing, span, {ring + stack_[i].second});
      return std::nullopt;
    }
    if (seen_.contains(canonical.string())) {
      if (journal) emitter_.Emit(Code::kNotAJournal, span, {name});
      return std::nullopt;
    }
    if (seen_.size() > options_.max_imports) {
      emitter_.Emit(Code::kTooManyImports, span, {fmt::format("{}", options_.max_imports)});
      return std::nullopt;
    }
    // Plain files only: opening a pipe that a plan names would wait for ever.
    auto bytes = fs::is_regular_file(canonical, error) ? ReadFile(canonical.string(), options_.syntax.max_bytes)
                                                       : absl::NotFoundError(name.c_str());
    if (absl::IsResourceExhausted(bytes.status())) {
      emitter_.Emit(Code::kFileTooLarge, span,
                    {std::string(bytes.status().message()), fmt::format("{}", options_.syntax.max_bytes)});
      return std::nullopt;
    }
    if (!bytes.ok()) {
      emitter_.Emit(Code::kImportMissing, span, {name});
      return std::nullopt;
    }
    *shown = target.lexically_normal().string();
    *resolved = canonical.string();
    return std::move(*bytes);
  }

  const LoadOptions& options_;
  Loaded& loaded_;
  Emitter& emitter_;
  fs::path root_, options_root_;
  absl::flat_hash_map<std::string, bool> seen_;
  std::pair<std::string, std::string> main_;
  std::vector<std::pair<std::string, std::string>> stack_;  // canonical path, path as shown
};

}  // namespace

Language LanguageOfFile(std::string_view text) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  return line.find(" en") != std::string_view::npos ? Language::kEnglish : Language::kVietnamese;
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (!file) return absl::NotFoundError(path.c_str());
  std::string bytes;
  absl::Status status = absl::OkStatus();
  struct stat info {};
  if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)) {
    status = absl::InvalidArgumentError(path.c_str());
  } else if (S_ISREG(info.st_mode) && static_cast<size_t>(info.st_size) > max_bytes) {
    status = absl::ResourceExhaustedError(fmt::format("{}", info.st_size).c_str());
  } else {
    char buffer[1 << 16];
    size_t n = 0;
    while ((n = std::fread(buffer, 1, sizeof buffer, file)) > 0) {
      bytes.append(buffer, n);
      if (bytes.size() > max_bytes) {
        status = absl::ResourceExhaustedError(fmt::format("> {}", max_bytes).c_str());
        break;
      }
    }
    if (std::ferror(file)) status = absl::NotFoundError(path.c_str());
  }
  if (file != stdin) std::fclose(file);
  if (!status.ok()) return status;
  return bytes;
}

void ReportUnreadable(const std::string& path, const absl::Status& status, size_t max_bytes, Emitter& emitter) {
  if (absl::IsResourceExhausted(status)) {
    emitter.EmitForPath(Code::kFileTooLarge, path, {std::string(status.message()), fmt::format("{}", max_bytes)});
  } else if (absl::IsInvalidArgument(status)) {
    emitter.EmitForPath(Code::kNotAFile, path, {path});
  } else {
    emitter.EmitForPath(Code::kFileMissing, path, {path});
  }
}

absl::Status WriteFile(const std::string& path, std::string_view bytes) {
  const std::string aside = fmt::format("{}.{}.part", path, getpid());
  {
    std::ofstream out(aside, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) {
      std::remove(aside.c_str());
      return absl::UnavailableError(path.c_str());
    }
  }
  if (std::rename(aside.c_str(), path.c_str()) != 0) {
    std::remove(aside.c_str());
    return absl::UnavailableError(path.c_str());
  }
  return absl::OkStatus();
}

namespace {

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
    for (const LibraryFile& file : LibraryFiles()) {
      const bool wanted = file.path.starts_with("checks/") || file.path.starts_with("profiles/");
      if (!wanted || file.path.find("/tests/") != std::string_view::npos) continue;
      const FileId id = parsed->sources.Add(fmt::format("stdlib:{}", file.path), std::string(file.text));
      parsed->asts.push_back(Parse(parsed->sources.file(id), id, SyntaxLimits{}, emitter));
    }
    parsed->sound = emitter.findings().empty();
    return parsed;
  }();
  return *library;
}

}  // namespace

void LoadLibrary(Loaded& loaded, Emitter& emitter) {
  const ParsedLibrary& library = TheLibrary();
  for (FileId file = 0; file < library.sources.size(); ++file) {
    const SourceFile& source = library.sources.file(file);
    const FileId id = loaded.sources.Add(std::string(source.path()), std::string(source.text()));
    const Ast* ast = &library.asts[file];
    // Places are told with the number of the file; a library that is being written has faults, which belong to this run.
    if (id != file || !library.sound) {
      loaded.asts.push_back(Parse(loaded.sources.file(id), id, SyntaxLimits{}, emitter));
      ast = &loaded.asts.back();
    }
    loaded.parts.push_back({ast, 0, true});
  }
}

bool LoadPlan(const std::string& path, const LoadOptions& options, Loaded& loaded, Emitter& emitter) {
  loaded.main = nullptr;
  return Loader(options, loaded, emitter).Main(path);
}

}  // namespace ordo
