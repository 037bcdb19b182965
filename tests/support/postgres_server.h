// A PostgreSQL server of one's own: started on a socket in a temporary folder, as an unprivileged user, listening to no network;
// stopped and removed with the object. As root it runs as the package's user, for the server refuses to be root.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ordo::testing {

class PostgresServer {
 public:
  PostgresServer() {
    char pattern[] = "/tmp/ordo_pg_XXXXXX";
    if (mkdtemp(pattern) != nullptr) folder_ = pattern;
    if (geteuid() == 0) {
      as_ = "runuser -u postgres -- ";
      EXPECT_EQ(std::system(fmt::format("chown postgres '{}'", folder_).c_str()), 0);
    }
    const std::string programs = "/usr/lib/postgresql/15/bin/";
    Do(fmt::format("{}initdb -D '{}/data' -E UTF8 --locale=C.UTF-8 -A trust -U ordo -N", programs, folder_));
    Do(fmt::format(
        "{0}pg_ctl -D '{1}/data' -l '{1}/log' -w -t 60 -o \"-c listen_addresses='' -k '{1}' -c fsync=off -c jit=off\" start",
        programs, folder_));
  }
  ~PostgresServer() {
    Do(fmt::format("/usr/lib/postgresql/15/bin/pg_ctl -D '{}/data' -m immediate -w stop", folder_));
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  std::string connection(const std::string& more = "") const {
    return fmt::format("host={} user=ordo dbname=postgres {}", folder_, more);
  }

 private:
  void Do(const std::string& command) const {
    EXPECT_EQ(std::system(fmt::format("cd / && {}{} > /dev/null 2>&1", as_, command).c_str()), 0) << command;
  }

  std::string folder_, as_;
};

}  // namespace ordo::testing
