#include "runtime/office/xml_stream.h"

#include <expat.h>

#include <climits>
#include <memory>

#include "fmt/format.h"

namespace ordo::office {
namespace {

constexpr size_t kMaxDepth = 1000;     // Word writes some twenty
constexpr char kBetween = '\x1F';      // between a namespace and a name
constexpr char kPayload[] = "ordo/office/read";

std::string_view LocalName(const char* name) {
  const std::string_view whole(name);
  const size_t cut = whole.rfind(kBetween);
  return cut == std::string_view::npos ? whole : whole.substr(cut + 1);
}

std::string_view PrefixOf(std::string_view space) {
  if (space.empty() || space.find("wordprocessingml/2006/main") != std::string_view::npos ||
      space.find("ooxml/wordprocessingml/main") != std::string_view::npos ||
      space.find("spreadsheetml/2006/main") != std::string_view::npos || space.find("ooxml/spreadsheetml/main") != std::string_view::npos ||
      space.find("package/2006/relationships") != std::string_view::npos) {
    return "";
  }
  if (space.ends_with("/math")) return "m:";
  if (space.find("markup-compatibility") != std::string_view::npos) return "mc:";
  return "?:";
}

}  // namespace

absl::Status Refused(ReadFault fault, std::string_view detail) {
  const absl::string_view message(detail.data(), detail.size());
  absl::Status status = fault == ReadFault::kTooLarge ? absl::ResourceExhaustedError(message) : absl::InvalidArgumentError(message);
  status.SetPayload(kPayload, absl::Cord(std::string(1, static_cast<char>('a' + static_cast<int>(fault)))));
  return status;
}

std::optional<ReadProblem> ProblemOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload || payload->size() != 1) return std::nullopt;
  return ReadProblem{static_cast<ReadFault>(std::string(*payload).front() - 'a'), std::string(status.message())};
}

std::string_view XmlAttributes::Get(std::string_view name, bool* there) const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (LocalName(at[0]) != name) continue;
    if (there != nullptr) *there = true;
    return at[1];
  }
  if (there != nullptr) *there = false;
  return {};
}

uint64_t XmlAttributes::Number(std::string_view name, uint64_t otherwise) const {
  const std::string_view text = Get(name);
  if (text.empty()) return otherwise;
  uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return otherwise;
    value = std::min<uint64_t>(value * 10 + static_cast<uint64_t>(c - '0'), uint64_t{1} << 40);
  }
  return value;
}

bool XmlAttributes::On() const {
  bool there = false;
  const std::string_view value = Get("val", &there);
  return !there || !(value == "0" || value == "false" || value == "off" || value == "none");
}

struct XmlStream::Calls {
  static void Start(void* self, const char* name, const char** attributes) {
    auto* stream = static_cast<XmlStream*>(self);
    if (!stream->fault_.ok()) return;
    if (++stream->depth_ > kMaxDepth) {
      stream->Stop(ReadFault::kTooLarge, fmt::format("nesting > {}", kMaxDepth));
      return;
    }
    stream->Start(stream->NameOf(name), XmlAttributes(attributes));
  }
  static void End(void* self, const char* name) {
    auto* stream = static_cast<XmlStream*>(self);
    if (!stream->fault_.ok()) return;
    --stream->depth_;
    stream->End(stream->NameOf(name));
  }
  static void Text(void* self, const char* text, int size) {
    auto* stream = static_cast<XmlStream*>(self);
    if (stream->fault_.ok()) stream->Text(std::string_view(text, static_cast<size_t>(size)));
  }
  static void DocType(void* self, const char*, const char*, const char*, int) {
    static_cast<XmlStream*>(self)->Stop(ReadFault::kDeclarations, "");
  }
};

std::string_view XmlStream::NameOf(const char* name) {
  const std::string_view whole(name);
  const size_t cut = whole.rfind(kBetween);
  if (cut == std::string_view::npos) return whole;
  const std::string_view prefix = PrefixOf(whole.substr(0, cut)), local = whole.substr(cut + 1);
  if (prefix.empty()) return local;
  name_.assign(prefix);
  name_.append(local);
  return name_;
}

void XmlStream::Stop(ReadFault fault, std::string_view detail) {
  if (!fault_.ok()) return;
  fault_ = Refused(fault, detail);
  XML_StopParser(static_cast<XML_Parser>(parser_), XML_FALSE);
}

absl::Status XmlStream::Parse(std::string_view part, std::string_view xml) {
  if (xml.size() > INT_MAX) return Refused(ReadFault::kTooLarge, part);
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, kBetween), &XML_ParserFree);
  if (parser == nullptr) return absl::ResourceExhaustedError("memory");
  parser_ = parser.get();
  XML_SetUserData(parser.get(), this);
  XML_SetElementHandler(parser.get(), &Calls::Start, &Calls::End);
  XML_SetCharacterDataHandler(parser.get(), &Calls::Text);
  XML_SetStartDoctypeDeclHandler(parser.get(), &Calls::DocType);
  const bool fine = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) == XML_STATUS_OK;
  const uint64_t line = XML_GetCurrentLineNumber(parser.get());
  parser_ = nullptr;
  if (!fault_.ok()) {
    const auto problem = ProblemOf(fault_);
    return Refused(problem->fault, problem->detail.empty() ? std::string(part) : fmt::format("{}: {}", part, problem->detail));
  }
  if (!fine) return Refused(ReadFault::kBroken, fmt::format("{}:{}", part, line));
  return absl::OkStatus();
}

}  // namespace ordo::office
