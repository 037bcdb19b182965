#include "runtime/eval/natives.h"

#include "stdlib/natives/families.h"

namespace ordo::eval {

const std::vector<Native>& Natives() {
  static const std::vector<Native> natives = [] {
    std::vector<Native> all;
    natives::RegisterText(all);
    natives::RegisterDate(all);
    natives::RegisterObject(all);
    natives::RegisterOrder(all);
    natives::RegisterTarget(all);
    natives::RegisterTargetWords(all);
    natives::RegisterWording(all);
    return all;
  }();
  return natives;
}

const Native* FindNative(std::string_view id) {
  for (const Native& native : Natives()) {
    if (native.id == id) return &native;
  }
  return nullptr;
}

}  // namespace ordo::eval
