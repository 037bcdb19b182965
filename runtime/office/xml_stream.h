// One XML part of an office file as a stream of events, through expat. Any bytes may come in: document types and entities are refused,
// nesting is bounded, nothing recurses. Names come without their prefix; those of other namespaces than the main ones of Word,
// Excel and packages are told by a prefix of ours. In: the text of a part. Out: events. Never keeps a tree.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "runtime/office/read_fault.h"

namespace ordo::office {

// The attributes of one element by their local name.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** list) : list_(list) {}
  // "" if there is none; `there` tells the difference.
  std::string_view Get(std::string_view name, bool* there = nullptr) const;
  uint64_t Number(std::string_view name, uint64_t otherwise) const;   // digits alone; at most 2^40
  // <w:b/>, <w:b w:val="true"/> and the like.
  bool On() const;

 private:
  const char** list_;
};

class XmlStream {
 public:
  virtual ~XmlStream() = default;
  // `part` is named in errors. Once only.
  absl::Status Parse(std::string_view part, std::string_view xml);

 protected:
  // «p» of Word, «m:t» of formulas, «mc:Fallback», «?:x» of anything else.
  virtual void Start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void End(std::string_view name) = 0;
  virtual void Text(std::string_view) {}
  // Ends the parse after this event.
  void Stop(ReadFault fault, std::string_view detail);

 private:
  struct Calls;
  std::string_view NameOf(const char* name);

  void* parser_ = nullptr;
  size_t depth_ = 0;
  absl::Status fault_;
  std::string name_;   // of the element at hand, reused
};

}  // namespace ordo::office
