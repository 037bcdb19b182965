#include "runtime/prose/sentences.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "runtime/base/blanks.h"
#include "runtime/prose/words.h"

namespace ordo::prose {
namespace {

constexpr std::string_view kDuties[] = {
    "chủ trì", "phối hợp", "xây dựng", "triển khai", "tổ chức", "thực hiện", "ban hành", "rà soát", "hoàn thành", "hoàn thiện", "tham mưu",
    "bố trí", "bảo đảm", "đảm bảo", "tăng cường", "đẩy mạnh", "hướng dẫn", "kiểm tra", "giám sát", "đôn đốc", "báo cáo", "tổng hợp",
    "đề xuất", "tuyên truyền", "phổ biến", "đào tạo", "bồi dưỡng", "tập huấn", "cập nhật", "kết nối", "số hóa", "số hoá", "đầu tư",
    "nâng cấp", "nâng cao", "phê duyệt", "thẩm định", "theo dõi", "cung cấp", "duy trì", "phấn đấu", "khắc phục", "chỉ đạo", "công khai",
    "áp dụng", "tiếp nhận", "giải quyết", "xử lý", "khai thác", "vận hành", "tích hợp", "thu hút", "hỗ trợ", "chịu trách nhiệm",
    "kiện toàn", "sơ kết", "tổng kết", "lồng ghép", "huy động", "quán triệt", "chuẩn hóa", "chuẩn hoá", "thành lập", "phát triển",
    "ứng dụng", "khuyến khích", "tham gia"};
// A sentence that only gives grounds begins with one of the first and goes on with one of the second.
constexpr std::string_view kGrounds[] = {"căn cứ", "thực hiện", "theo"};
constexpr std::string_view kDocuments[] = {
    "luật", "bộ luật", "pháp lệnh", "nghị quyết", "kế hoạch", "quyết định", "chỉ thị", "chương trình", "công văn", "thông tư", "nghị định",
    "hướng dẫn", "kết luận"};
// Behind these «tổ chức» is a body, not something to be done.
constexpr std::string_view kBodies[] = {"các", "những", "của", "với", "một", "và"};

constexpr size_t kLongest = 3;   // words of a verb

uint64_t HashOf(std::string_view phrase) {
  uint64_t hash = 0;
  for (const Word& word : WordsOf(phrase)) hash = Joined(hash, word.exact);
  return hash;
}

struct Tables {
  absl::flat_hash_map<uint64_t, size_t> duties;   // words
  absl::flat_hash_set<uint64_t> grounds, documents, bodies;
  uint64_t organise = HashOf("tổ chức");
};

const Tables& TheTables() {
  static const Tables tables = [] {
    Tables out;
    for (const std::string_view duty : kDuties) out.duties[HashOf(duty)] = WordsOf(duty).size();
    for (const std::string_view ground : kGrounds) out.grounds.insert(HashOf(ground));
    for (const std::string_view document : kDocuments) out.documents.insert(HashOf(document));
    for (const std::string_view body : kBodies) out.bodies.insert(WordsOf(body)[0].exact);
    return out;
  }();
  return tables;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int32_t PointAt(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  auto i = static_cast<int32_t>(at);
  UChar32 c;
  U8_NEXT(text.data(), i, static_cast<int32_t>(text.size()), c);
  return c;
}

// «- », «+ », «• », «1.», «12)», «a)», «đ)».
bool BeginsItem(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at, 8);
  for (const std::string_view sign : {"- ", "+ ", "– ", "• ", "* "}) {
    if (rest.starts_with(sign)) return true;
  }
  size_t digits = 0;
  while (digits < rest.size() && IsDigit(rest[digits])) ++digits;
  const bool number = digits > 0 && digits < 3 && digits + 1 < rest.size();
  if (number && (rest[digits] == '.' || rest[digits] == ')') && (IsBlank(rest[digits + 1]) || IsDigit(rest[digits + 1]))) return true;
  return (rest.size() > 2 && rest[1] == ')' && rest[0] >= 'a' && rest[0] <= 'z') || rest.starts_with("đ)");
}

// An abbreviation or a number before the stop: «TP. Hải Phòng», «P. Hải Dương», «1. Mục đích».
bool IsShort(std::string_view text, size_t stop) {
  size_t begin = stop;
  while (begin > 0 && !IsBlank(text[begin - 1]) && stop - begin < 8) --begin;
  const std::string_view word = text.substr(begin, stop - begin);
  if (word.empty()) return true;
  const bool digits = std::all_of(word.begin(), word.end(), IsDigit);
  const bool capitals = word.size() <= 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return (digits && word.size() < 3) || capitals;
}

}  // namespace

std::vector<Sentence> FindSentences(std::string_view passage) {
  std::vector<Sentence> sentences;
  passage = passage.substr(0, INT32_MAX);
  size_t begin = 0;
  const auto close = [&](size_t end) {
    while (begin < end && IsBlank(passage[begin])) ++begin;
    while (end > begin && IsBlank(passage[end - 1])) --end;
    if (begin < end) sentences.push_back({begin, end, false});
  };
  for (size_t i = 0; i < passage.size(); ++i) {
    const char c = passage[i];
    if (c != '.' && c != ';' && c != '?' && c != '!' && c != '\n' && c != '\r') continue;
    size_t next = i + 1;
    while (next < passage.size() && IsBlank(passage[next])) ++next;
    const bool line = c == '\n' || c == '\r';
    if (!line && next == i + 1) continue;
    const int32_t point = PointAt(passage, next);
    const bool item = BeginsItem(passage, next);
    const bool ends = line ? item : item || u_isupper(point) || (c != '.' && point >= '0' && point <= '9') || point == 0x201C || point == 0xAB;
    if (!ends || (c == '.' && IsShort(passage, i))) continue;
    close(line ? i : i + 1);
    begin = next;
    i = next - 1;
  }
  close(passage.size());

  const Tables& tables = TheTables();
  const std::vector<Word> words = WordsOf(passage);
  size_t w = 0;
  for (Sentence& sentence : sentences) {
    while (w < words.size() && words[w].begin < sentence.begin) ++w;
    const size_t first = w;
    bool duty = false;
    for (; w < words.size() && words[w].end <= sentence.end; ++w) {
      uint64_t hash = 0;
      for (size_t n = 0; n < kLongest && w + n < words.size() && words[w + n].end <= sentence.end; ++n) {
        if (n > 0 && !words[w + n].joined) break;
        hash = Joined(hash, words[w + n].exact);
        const auto found = tables.duties.find(hash);
        if (found == tables.duties.end() || found->second != n + 1) continue;
        duty |= hash != tables.organise || w == first || !tables.bodies.contains(words[w - 1].exact);
      }
    }
    // Grounds stand at the beginning.
    uint64_t head = 0;
    for (size_t n = 0; n < 2 && first + n < w; ++n) {
      head = Joined(head, words[first + n].exact);
      if (!tables.grounds.contains(head)) continue;
      uint64_t behind = 0;
      for (size_t k = n + 1; k < n + 3 && first + k < w; ++k) {
        behind = Joined(behind, words[first + k].exact);
        if (tables.documents.contains(behind)) duty = false;
      }
    }
    if (passage[sentence.end - 1] == ':') duty = false;
    sentence.is_duty = duty;
  }
  return sentences;
}

}  // namespace ordo::prose
