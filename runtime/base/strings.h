// Interned strings: equal text, equal id. Symbol 0 is the empty string. Comparing names anywhere after the front end is
// comparing two integers. Strings live as long as the pool and never move.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace ordo {

enum class Symbol : uint32_t { kEmpty = 0 };

class StringPool {
 public:
  StringPool();
  StringPool(const StringPool&) = delete;
  StringPool& operator=(const StringPool&) = delete;

  Symbol Intern(std::string_view text);
  std::string_view operator[](Symbol symbol) const { return texts_[static_cast<uint32_t>(symbol)]; }
  // The symbol of a text that is already here, or kEmpty (also for the empty text).
  Symbol Find(std::string_view text) const;
  size_t size() const { return texts_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::string_view Copy(std::string_view text);

  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t used_ = 0;
  size_t capacity_ = 0;
  std::vector<std::string_view> texts_;
  absl::flat_hash_map<std::string_view, uint32_t, Hash, std::equal_to<>> ids_;
};

}  // namespace ordo
