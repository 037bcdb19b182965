#include "runtime/diff/match.h"

#include <algorithm>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "runtime/base/unicode.h"
#include "runtime/report/words.h"

namespace ordo::diff {
namespace {

constexpr size_t kNone = std::numeric_limits<size_t>::max();

// Kinds whose objects have a counterpart, in the order in which they are matched: what others stand in comes before them.
constexpr std::string_view kMatched[] = {"unit",
                                         "group",
                                         "post",
                                         "document",
                                         "event",
                                         "period",
                                         "term",
                                         "reference",
                                         "reference_section",
                                         "reference_target",
                                         "reference_task",
                                         "section",
                                         "task",
                                         "milestone",
                                         "indicator",
                                         "target",
                                         "clause",
                                         "reporting",
                                         "budget",
                                         "condition",
                                         "requirement",
                                         "amendment",
                                         "appendix",
                                         "table",
                                         "matrix",
                                         "duties"};
constexpr size_t kParties = 3;    // the first of these may take one another's place
constexpr size_t kRegister = 11;  // names that a wrong pair would hurt: these must be liker

// Likeness is the share of common words and pairs of words (Dice), in thousandths.
constexpr uint32_t kLikeEnough = 550, kLikeNames = 750, kLikeWithName = 300, kNameCounts = 150, kPlaceCounts = 50;
constexpr size_t kRare = 64;    // a word of more objects tells nothing and would cost much
constexpr size_t kAsked = 24;   // of the rarest words of a title
constexpr size_t kWeighed = 8;  // of the objects that share most of them

// Words and pairs of neighbouring words of a text, as numbers, ascending.
class Vocabulary {
 public:
  std::vector<uint64_t> FeaturesOf(std::string_view folded) {
    std::vector<uint64_t> features;
    uint64_t before = 0;
    for (size_t at = 0; at < folded.size();) {
      while (at < folded.size() && !IsLetter(folded[at])) ++at;
      const size_t begin = at;
      while (at < folded.size() && IsLetter(folded[at])) ++at;
      if (at == begin) continue;
      const auto [word, fresh] = words_.try_emplace(std::string(folded.substr(begin, at - begin)), words_.size() + 1);
      features.push_back(word->second);
      if (before != 0) features.push_back(before << 32 | word->second);
      before = word->second;
    }
    std::sort(features.begin(), features.end());
    features.erase(std::unique(features.begin(), features.end()), features.end());
    return features;
  }

 private:
  static bool IsLetter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  }
  absl::flat_hash_map<std::string, uint64_t> words_;
};

uint32_t Likeness(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  if (a.empty() || b.empty()) return 0;
  size_t shared = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++shared;
    const bool step_a = a[i] <= b[j], step_b = b[j] <= a[i];
    i += step_a;
    j += step_b;
  }
  return static_cast<uint32_t>(2000 * shared / (a.size() + b.size()));
}

struct Item {
  EntityId id = EntityId::kNone;
  std::string folded;
  std::vector<uint64_t> features;  // made when likeness is asked
};

class Matcher {
 public:
  Matcher(const ir::Program& was, const ir::Program& now) : was_(was), now_(now) {
    result_.now_of.assign(was.entities.size(), EntityId::kNone);
    result_.was_of.assign(now.entities.size(), EntityId::kNone);
  }

  Matching Run() {
    if (was_.plan != EntityId::kNone && now_.plan != EntityId::kNone) Bind(was_.plan, now_.plan);
    Collect(was_, a_);
    Collect(now_, b_);
    for (size_t kind = 0; kind < kParties; ++kind) BindEqual(kind);
    BindSpellings();
    for (size_t kind = 0; kind < std::size(kMatched); ++kind) {
      if (kind >= kParties) BindEqual(kind);
      BindAlike(kind);
    }
    BindHolders();
    return std::move(result_);
  }

 private:
  void Bind(EntityId was, EntityId now) {
    result_.now_of[static_cast<uint32_t>(was)] = now;
    result_.was_of[static_cast<uint32_t>(now)] = was;
  }
  bool FreeWas(EntityId id) const { return result_.Now(id) == EntityId::kNone; }
  bool FreeNow(EntityId id) const { return result_.Was(id) == EntityId::kNone; }
  // The place in the new edition where an object of the old one stands; also what stands nowhere has a place.
  EntityId PlaceOf(EntityId was) const { return result_.Now(was_.entity(was).parent); }
  bool SamePlace(EntityId was, EntityId now) const {
    const EntityId old_parent = was_.entity(was).parent, new_parent = now_.entity(now).parent;
    return old_parent == EntityId::kNone ? new_parent == EntityId::kNone : result_.Now(old_parent) == new_parent && new_parent != EntityId::kNone;
  }

  static void Collect(const ir::Program& program, std::vector<Item> (&items)[std::size(kMatched)]) {
    std::vector<size_t> slot_of(program.kinds.size(), kNone);
    for (size_t kind = 0; kind < program.kinds.size(); ++kind) {
      const ir::WordId word = program.kinds[kind].word;
      if (word >= program.words.size()) continue;
      const auto* found = std::find(std::begin(kMatched), std::end(kMatched), program.words[word].id);
      if (found != std::end(kMatched)) slot_of[kind] = static_cast<size_t>(found - kMatched);
    }
    for (size_t i = 0; i < program.entities.size(); ++i) {
      const ir::KindId kind = program.entities[i].kind;
      if (kind >= slot_of.size() || slot_of[kind] == kNone) continue;
      const auto id = static_cast<EntityId>(i);
      items[slot_of[kind]].push_back({id, FoldName(TitleOf(program, id)), {}});
    }
  }

  // Same title: with the same name, then in the same place, then anywhere, each in the order of the text.
  void BindEqual(size_t kind) {
    absl::flat_hash_map<std::string_view, size_t> named;
    for (size_t i = 0; i < b_[kind].size(); ++i) {
      const Symbol name = now_.entity(b_[kind][i].id).name;
      if (name != Symbol::kEmpty) named.try_emplace(now_.text(name), i);
    }
    for (const Item& item : a_[kind]) {
      const Symbol name = was_.entity(item.id).name;
      const auto found = name == Symbol::kEmpty ? named.end() : named.find(was_.text(name));
      if (found == named.end()) continue;
      const Item& other = b_[kind][found->second];
      if (item.folded == other.folded && FreeNow(other.id)) Bind(item.id, other.id);
    }
    using Key = std::pair<std::string_view, EntityId>;
    absl::flat_hash_map<Key, std::vector<size_t>> placed;
    for (size_t i = b_[kind].size(); i-- > 0;) {
      const Item& item = b_[kind][i];
      if (FreeNow(item.id)) placed[{item.folded, now_.entity(item.id).parent}].push_back(i);
    }
    for (const Item& item : a_[kind]) {
      if (!FreeWas(item.id)) continue;
      const EntityId parent = was_.entity(item.id).parent, place = PlaceOf(item.id);
      if (parent != EntityId::kNone && place == EntityId::kNone) continue;
      const auto found = placed.find({item.folded, place});
      if (found == placed.end() || found->second.empty()) continue;
      Bind(item.id, b_[kind][found->second.back()].id);
      found->second.pop_back();
    }
    absl::flat_hash_map<std::string_view, std::vector<size_t>> titled;
    for (size_t i = b_[kind].size(); i-- > 0;) {
      if (FreeNow(b_[kind][i].id) && !b_[kind][i].folded.empty()) titled[b_[kind][i].folded].push_back(i);
    }
    for (const Item& item : a_[kind]) {
      if (!FreeWas(item.id)) continue;
      const auto found = titled.find(item.folded);
      if (found == titled.end() || found->second.empty()) continue;
      Bind(item.id, b_[kind][found->second.back()].id);
      found->second.pop_back();
    }
  }

  // Parties by any of their spellings, whatever kind of party each edition makes of them.
  void BindSpellings() {
    absl::flat_hash_map<std::string, EntityId> spelt;
    for (size_t kind = 0; kind < kParties; ++kind) {
      for (const Item& item : b_[kind]) {
        if (!FreeNow(item.id)) continue;
        for (std::string& text : SpellingsOf(now_, item)) spelt.try_emplace(std::move(text), item.id);
      }
    }
    for (size_t kind = 0; kind < kParties; ++kind) {
      for (const Item& item : a_[kind]) {
        if (!FreeWas(item.id)) continue;
        for (const std::string& text : SpellingsOf(was_, item)) {
          const auto found = spelt.find(text);
          if (found == spelt.end() || !FreeNow(found->second)) continue;
          Bind(item.id, found->second);
          break;
        }
      }
    }
    // A head whose title was written anew is that of the same unit.
    absl::flat_hash_map<EntityId, std::vector<EntityId>> heads;
    for (size_t i = b_[2].size(); i-- > 0;) {
      if (FreeNow(b_[2][i].id) && IsHead(now_, b_[2][i].id)) heads[now_.entity(b_[2][i].id).parent].push_back(b_[2][i].id);
    }
    for (const Item& item : a_[2]) {
      if (!FreeWas(item.id) || !IsHead(was_, item.id)) continue;
      const auto found = heads.find(PlaceOf(item.id));
      if (found == heads.end() || found->second.empty()) continue;
      Bind(item.id, found->second.back());
      found->second.pop_back();
    }
  }
  static bool IsHead(const ir::Program& program, EntityId id) {
    const ir::Entity& entity = program.entity(id);
    return entity.name == Symbol::kEmpty && entity.parent != EntityId::kNone;
  }
  static std::vector<std::string> SpellingsOf(const ir::Program& program, const Item& item) {
    std::vector<std::string> all;
    if (!item.folded.empty()) all.push_back(item.folded);
    const ir::Field* also = report::FieldNamed(program, item.id, "also_written");
    for (uint32_t i = 0; also != nullptr && i < also->entry_count; ++i) {
      const ir::Entry& entry = program.entries[also->first_entry + i];
      if (entry.type == ir::Type::kText && entry.value != ir::kAbsent) all.push_back(FoldName(program.text(static_cast<Symbol>(entry.value))));
    }
    return all;
  }

  struct Pair {
    uint32_t score;
    size_t a, b;
  };

  void BindAlike(size_t kind) {
    std::vector<size_t> left, right;
    for (size_t i = 0; i < a_[kind].size(); ++i) {
      if (FreeWas(a_[kind][i].id) && !a_[kind][i].folded.empty()) left.push_back(i);
    }
    for (size_t i = 0; i < b_[kind].size(); ++i) {
      if (FreeNow(b_[kind][i].id) && !b_[kind][i].folded.empty()) right.push_back(i);
    }
    if (left.empty() || right.empty()) return;
    absl::flat_hash_map<uint64_t, std::vector<size_t>> having;
    absl::flat_hash_map<std::string_view, size_t> named;
    for (const size_t i : right) {
      Item& item = b_[kind][i];
      item.features = vocabulary_.FeaturesOf(item.folded);
      for (const uint64_t feature : item.features) {
        std::vector<size_t>& list = having[feature];
        if (list.size() <= kRare) list.push_back(i);
      }
      const Symbol name = now_.entity(item.id).name;
      if (name != Symbol::kEmpty) named.try_emplace(now_.text(name), i);
    }
    std::vector<Pair> pairs;
    std::vector<uint32_t> shared(b_[kind].size(), 0);
    std::vector<size_t> touched;
    for (const size_t i : left) {
      Item& item = a_[kind][i];
      item.features = vocabulary_.FeaturesOf(item.folded);
      std::vector<const std::vector<size_t>*> lists;
      for (const uint64_t feature : item.features) {
        const auto found = having.find(feature);
        if (found != having.end() && found->second.size() <= kRare) lists.push_back(&found->second);
      }
      std::stable_sort(lists.begin(), lists.end(), [](const auto* x, const auto* y) { return x->size() < y->size(); });
      if (lists.size() > kAsked) lists.resize(kAsked);
      touched.clear();
      for (const auto* list : lists) {
        for (const size_t other : *list) {
          if (shared[other]++ == 0) touched.push_back(other);
        }
      }
      std::sort(touched.begin(), touched.end(), [&](size_t x, size_t y) { return shared[x] != shared[y] ? shared[x] > shared[y] : x < y; });
      const Symbol name = was_.entity(item.id).name;
      const auto found = name == Symbol::kEmpty ? named.end() : named.find(was_.text(name));
      const size_t namesake = found == named.end() ? kNone : found->second;
      for (size_t t = 0; t < touched.size(); ++t) {
        if (t < kWeighed && touched[t] != namesake) Weigh(kind, i, touched[t], false, pairs);
        shared[touched[t]] = 0;
      }
      if (namesake != kNone) Weigh(kind, i, namesake, true, pairs);
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
      return x.score != y.score ? x.score > y.score : x.a != y.a ? x.a < y.a : x.b < y.b;
    });
    for (const Pair& pair : pairs) {
      const EntityId was = a_[kind][pair.a].id, now = b_[kind][pair.b].id;
      if (FreeWas(was) && FreeNow(now)) Bind(was, now);
    }
  }

  void Weigh(size_t kind, size_t a, size_t b, bool same_name, std::vector<Pair>& pairs) const {
    const uint32_t likeness = Likeness(a_[kind][a].features, b_[kind][b].features);
    if (likeness < (same_name ? kLikeWithName : kind < kRegister ? kLikeNames : kLikeEnough)) return;
    const bool same_place = SamePlace(a_[kind][a].id, b_[kind][b].id);
    pairs.push_back({likeness + (same_name ? kNameCounts : 0) + (same_place ? kPlaceCounts : 0), a, b});
  }

  // Sections and tasks that are still alone, by what stands in them; inner ones first.
  void BindHolders() {
    absl::flat_hash_map<EntityId, std::vector<EntityId>> inside;  // of the old edition
    for (size_t kind = kSection; kind < std::size(kMatched); ++kind) {
      for (const Item& item : a_[kind]) {
        const EntityId parent = was_.entity(item.id).parent;
        if (parent != EntityId::kNone && FreeWas(parent)) inside[parent].push_back(item.id);
      }
    }
    for (const size_t kind : {size_t{kTask}, size_t{kSection}}) {
      for (size_t i = a_[kind].size(); i-- > 0;) {
        const EntityId holder = a_[kind][i].id;
        const auto held = inside.find(holder);
        if (!FreeWas(holder) || held == inside.end()) continue;
        absl::flat_hash_map<EntityId, size_t> votes;
        EntityId best = EntityId::kNone;
        for (const EntityId child : held->second) {
          const EntityId counterpart = result_.Now(child);
          const EntityId there = counterpart == EntityId::kNone ? EntityId::kNone : now_.entity(counterpart).parent;
          if (there == EntityId::kNone || !FreeNow(there) || KindOf(now_, there) != kMatched[kind]) continue;
          const size_t count = ++votes[there];
          if (best == EntityId::kNone || count > votes[best] || (count == votes[best] && there < best)) best = there;
        }
        if (best != EntityId::kNone && 2 * votes[best] >= held->second.size()) Bind(holder, best);
      }
    }
  }

  static constexpr size_t kSection = 11, kTask = 12;
  static_assert(kMatched[kSection] == "section" && kMatched[kTask] == "task" && kMatched[2] == "post");

  const ir::Program& was_;
  const ir::Program& now_;
  Matching result_;
  Vocabulary vocabulary_;
  std::vector<Item> a_[std::size(kMatched)], b_[std::size(kMatched)];
};

}  // namespace

std::string_view TitleOf(const ir::Program& program, EntityId id) {
  const ir::Entity& entity = program.entity(id);
  if (entity.title != Symbol::kEmpty) return program.text(entity.title);
  const std::string_view wording = report::TextNamed(program, id, "wording");
  return wording.empty() ? report::TextNamed(program, id, "symbol") : wording;
}

std::string_view KindOf(const ir::Program& program, EntityId id) {
  const ir::KindId kind = program.entity(id).kind;
  const ir::WordId word = kind < program.kinds.size() ? program.kinds[kind].word : ir::kNoWord;
  return word < program.words.size() ? std::string_view(program.words[word].id) : std::string_view();
}

Matching Match(const ir::Program& was, const ir::Program& now) { return Matcher(was, now).Run(); }

}  // namespace ordo::diff
