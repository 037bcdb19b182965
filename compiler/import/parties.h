// Who is meant by a cell: the parties of the register and those that the table brings. Compared after evening out case, tone
// placement, dashes and common abbreviations; never by likeness alone (that is only offered). In: trees of registers, cells. Out:
// values of the language. Never takes a near name for the name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "compiler/ast/ast.h"
#include "compiler/import/wording.h"

namespace ordo::import {

struct Party {
  enum class Kind : uint8_t { kUnit, kPost, kGroup };
  Kind kind = Kind::kUnit;
  std::string name, title;
  std::string head;             // title of the post at its head; "" if none is declared
  std::string of;               // of a new post: whose
  std::vector<std::string> also;
  bool fresh = false;           // declared by the draft
  std::string heard;            // of a fresh one: where it was first read, «bảng 1, hàng 3»
};

// What stands in registers, of any number of files.
struct Known {
  std::vector<Party> parties;
  struct Named {
    std::string name, title;
  };
  std::vector<Named> events;
  std::vector<std::string> names;   // every declared name
};
void ReadRegister(const Ast& ast, Known& known);

// What was taken for a text, to be told.
struct PartyRemark {
  enum class Kind : uint8_t { kNew, kNear, kTaken, kNobody };
  Kind kind = Kind::kNew;
  std::string text, name, near_title, near_name;
};

struct PartyCell {
  std::string value;      // «vhxh, ktht có liên quan ghi "…"»; "" if the cell is empty
  std::vector<PartyRemark> remarks;
};

class Parties {
 public:
  Parties(const Known& known, Names& names);

  // Makes new parties of cells that hold one name, before lists are read: a name that stands alone somewhere parts lists elsewhere.
  void Learn(std::string_view cell, const std::string& place);
  // `post`: the column names persons. `lines`: the cell with its line breaks, "" if it has one line.
  PartyCell Read(std::string_view cell, std::string_view lines, bool post, const std::string& place);
  // The whole cell as one new party: what is written when lists were not understood.
  PartyCell Whole(std::string_view cell, bool post, const std::string& place);
  // «của thành phố» in a time: a unit; "" if none is known or can be guessed.
  std::string Authority(std::string_view text, std::vector<PartyRemark>& remarks);

  const std::vector<Party>& parties() const { return parties_; }

 private:
  struct Ref {
    uint32_t party = 0;
    bool head = false;
  };
  struct Piece {
    Ref ref;
    std::string_view mode;   // « có liên quan» and such, behind the name
    std::string about;
    std::string text;        // as in the cell
    std::string printed;     // as the table would print it
  };
  static std::string Key(std::string_view text);
  void Index(uint32_t party);
  std::optional<Ref> Find(std::string_view text) const;
  std::optional<Piece> Resolve(std::string_view text) const;
  bool Part(std::string_view text, std::vector<std::string_view>& parts) const;
  Piece Declare(std::string_view text, bool post, const std::string& place, std::vector<PartyRemark>& remarks);
  std::string Printed(const Ref& ref) const;
  std::string Value(const Piece& piece, bool worded) const;

  Names& names_;
  std::vector<Party> parties_;
  absl::flat_hash_map<std::string, Ref> index_;
  std::vector<std::string> near_titles_;      // of the register, for «có phải …»
  std::vector<uint32_t> near_parties_;
};

}  // namespace ordo::import
