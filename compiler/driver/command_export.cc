// `ordo export`: a plan, whole, into a database.
#include <filesystem>
#include <set>

#include "compiler/driver/library.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"
#include "runtime/sql/write_postgres.h"
#include "runtime/sql/write_sqlite.h"

namespace ordo {
namespace {

// Everything that tables and rules read, with the calls that the rules made.
struct Exported {
  Exported(const std::string& plan, const Settings& settings) : session(plan, settings) {}
  bool Run() { return session.Load() && session.Model() && session.Lower(true) && session.Evaluate(&calls); }
  sql::Contents contents(const Settings& settings) const {
    sql::Contents contents;
    contents.evaluation = &session.evaluation();
    contents.calls = &calls;
    contents.sources = &session.sources();
    contents.as_of = settings.as_of;
    contents.version = fmt::format("{} rules {}", ORDO_VERSION, session.rules().version);
    return contents;
  }

  Session session;
  eval::Calls calls;
};

Exit WriteFileOf(const Session& session, const std::string& file, const sql::Contents& contents) {
  std::error_code error;
  bool own = std::filesystem::path(file).extension() == ".ordo";
  for (FileId id = 0; id < session.sources().size(); ++id)
    own |= std::filesystem::equivalent(file, session.sources().file(id).path(), error);
  const absl::Status status = own ? absl::AlreadyExistsError(file) : sql::WriteSqliteFile(file, contents);
  if (status.ok()) return kNothing;
  if (absl::IsAlreadyExists(status))
    Tell(session.language(), Code::kRunNotAnExport, {file});
  else if (absl::IsUnavailable(status))
    Tell(session.language(), Code::kRunCannotWrite, {file});
  else
    Tell(session.language(), Code::kRunDatabase, {file, std::string(status.message())});
  return kFailed;
}

}  // namespace

int RunExport(const std::vector<std::string>& plans, const ExportTarget& target, const Settings& settings) {
  const Language language = settings.language.value_or(Language::kVietnamese);
  if (target.sqlite.empty() && target.postgres.empty()) {
    Tell(language, Code::kRunBadArgument, {"export", "--sqlite FILE, --postgres URL"});
    return kFailed;
  }
  if (plans.size() > 1 && (!target.sqlite.empty() || !target.key.empty())) {
    Tell(language, Code::kRunOnePlan, {target.sqlite.empty() ? "--key" : "--sqlite"});
    return kFailed;
  }
  std::set<std::string> keys;
  for (const std::string& plan : plans) {
    Exported exported(plan, settings);
    if (!exported.Run()) return PrintBroken(exported.session, settings);
    const Session& session = exported.session;
    if (!target.sqlite.empty()) {
      if (const Exit exit = WriteFileOf(session, target.sqlite, exported.contents(settings)); exit != kNothing) return exit;
      continue;
    }
    const ir::Program& program = session.program();
    const std::string name(program.plan == EntityId::kNone ? std::string_view()
                                                           : program.text(program.entity(program.plan).name));
    const sql::PostgresTarget into{target.postgres, target.schema, target.key.empty() ? name : target.key};
    // One of the two would be lost, and nobody would see it.
    if (!keys.insert(into.key).second) {
      Tell(session.language(), Code::kRunBadArgument, {plan, fmt::format("--key (≠ {})", into.key)});
      return kFailed;
    }
    const absl::Status status = sql::WritePostgres(into, exported.contents(settings));
    if (!status.ok()) {
      Tell(session.language(), Code::kRunDatabase, {plan, std::string(status.message())});
      return kFailed;
    }
  }
  return kNothing;
}

}  // namespace ordo
