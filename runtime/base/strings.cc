#include "runtime/base/strings.h"

#include <algorithm>
#include <cstring>

namespace ordo {

namespace {
constexpr size_t kBlock = 64 << 10;
}

StringPool::StringPool() {
  texts_.push_back({});
  ids_.emplace(std::string_view(), 0u);
}

std::string_view StringPool::Copy(std::string_view text) {
  if (blocks_.empty() || used_ + text.size() > capacity_) {
    capacity_ = std::max(kBlock, text.size());
    blocks_.push_back(std::make_unique<char[]>(capacity_));
    used_ = 0;
  }
  char* at = blocks_.back().get() + used_;
  std::memcpy(at, text.data(), text.size());
  used_ += text.size();
  return {at, text.size()};
}

Symbol StringPool::Intern(std::string_view text) {
  if (text.empty()) return Symbol::kEmpty;
  const auto found = ids_.lazy_emplace(text, [&](const auto& construct) {
    const auto id = static_cast<uint32_t>(texts_.size());
    texts_.push_back(Copy(text));
    construct(texts_.back(), id);
  });
  return static_cast<Symbol>(found->second);
}

Symbol StringPool::Find(std::string_view text) const {
  auto found = ids_.find(text);
  return found == ids_.end() ? Symbol::kEmpty : static_cast<Symbol>(found->second);
}

}  // namespace ordo
