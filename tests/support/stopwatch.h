// Wall time of one call, for benchmarks.
#pragma once

#include <chrono>

namespace ordo {

inline double Seconds(auto&& body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace ordo
