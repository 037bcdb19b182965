// `ordo export`: a plan, whole, into a database.
#include <filesystem>

#include "compiler/driver/library.h"
#include "compiler/driver/session.h"
#include "fmt/format.h"
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
    contents.version = fmt::format("{} rules {}", ORDO_VERSION, LibraryHash());
    return contents;
  }

  Session session;
  eval::Calls calls;
};

bool IsOwn(const Session& session, const std::string& file) {
  std::error_code error;
  bool own = std::filesystem::path(file).extension() == ".ordo";
  for (FileId id = 0; id < session.sources().size(); ++id) own |= std::filesystem::equivalent(file, session.sources().file(id).path(), error);
  return own;
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
  for (const std::string& plan : plans) {
    Exported exported(plan, settings);
    if (!exported.Run()) return PrintBroken(exported.session, settings);
    const Session& session = exported.session;
    if (IsOwn(session, target.sqlite)) {
      Tell(session.language(), Code::kRunCannotWrite, {target.sqlite});
      return kFailed;
    }
    const absl::Status status = sql::WriteSqliteFile(target.sqlite, exported.contents(settings));
    if (!status.ok()) {
      Tell(session.language(), Code::kRunCannotWrite, {target.sqlite});
      return kFailed;
    }
  }
  return kNothing;
}

}  // namespace ordo
