// Random edits of the parts of Word and Excel files, packed again, and of CSV: read or refused with a reason, in bounded time, and
// compared with a table without a crash. `office_fuzz ROUNDS SEED`. In: rounds. Out: exit code 1 and the file at fault. Build with the
// preset `sanitize` to look for faults of memory.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "fmt/format.h"
#include "runtime/office/compare.h"
#include "runtime/office/docx.h"
#include "runtime/office/read_fault.h"
#include "runtime/office/xlsx.h"

namespace ordo::office {
namespace {

report::Table Plan() {
  report::Table table;
  table.id = "t";
  table.title = "NHIỆM VỤ";
  table.columns = {{"number", "TT"}, {"title", "Nội dung"}, {"due", "Thời hạn"}};
  for (int g = 0; g < 3; ++g) {
    report::Group& group = table.groups.emplace_back();
    group.id = fmt::format("g{}", g);
    group.number = "I";
    group.title = fmt::format("Nhóm {}", g);
    for (int r = 0; r < 5; ++r) {
      report::Row& row = group.rows.emplace_back();
      row.id = fmt::format("r{}_{}", g, r);
      row.number = fmt::to_string(r + 1);
      row.cells = {row.number, fmt::format("Việc {} của nhóm {}", r, g), "Quý II/2026"};
    }
  }
  return table;
}

constexpr std::string_view kPieces[] = {
    "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p>", "</w:p>", "<w:vMerge/>", "<w:gridSpan w:val=\"99999999\"/>", "<w:gridSpan w:val=\"-1\"/>",
    "<w:gridBefore w:val=\"1048576\"/>", "<w:del>", "</w:del>", "<w:tbl>", "</w:tbl>", "<row r=\"1048576\"/>", "<row/>", "<c/>", "<c r=\"XFD1\"/>", "<v>999999</v>",
    "<mergeCell ref=\"A1:XFD1048576\"/>", "<mergeCell ref=\"B2:B3\"/>", "t=\"s\"", "<f>HYPERLINK(\"x\")</f>", "<!DOCTYPE a>", "&#0;", "&a;", "\xFF", "\"", "<", ">", ";", "\n",
    "_Ordo0001", "cells=\"\"", "xml:space=\"preserve\"", "<!--", "]]>", "\t", "1e999"};

std::string Edited(std::string text, std::mt19937& random) {
  const auto below = [&](size_t n) { return n == 0 ? 0 : random() % n; };
  for (size_t edits = 1 + below(4); edits > 0; --edits) {
    const size_t at = below(text.size() + 1);
    const size_t length = std::min(below(below(4) == 0 ? 400 : 12), text.size() - at);
    switch (below(5)) {
      case 0: text.erase(at, length); break;
      case 1: text.insert(at, kPieces[below(std::size(kPieces))]); break;
      case 2: text.insert(below(text.size() + 1), text.substr(at, length)); break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(random());
        break;
      case 4: {   // a whole element elsewhere: likely still well-formed
        const size_t open = text.find('<', at), close = text.find('>', open);
        if (close == std::string::npos) break;
        const std::string element = text.substr(open, close - open + 1);
        const size_t into = text.find('<', below(text.size()));
        if (into != std::string::npos) text.insert(into, element);
      }
    }
  }
  return text;
}

int Run(size_t rounds, uint32_t seed) {
  std::mt19937 random(seed);
  const report::Table plan = Plan();
  using Parts = std::map<std::string, std::string>;
  std::vector<Parts> packages;
  for (const std::string& bytes : {*TablesAsDocx(std::span(&plan, 1), {}), *TablesAsXlsx(std::span(&plan, 1), Language::kVietnamese)}) {
    auto parts = Unpacked(bytes, {}, [](std::string_view) { return true; });
    packages.push_back(*std::move(parts));
  }
  const std::string csv = "TT;Nội dung;Thời hạn\r\n1;\"Việc 0; của nhóm\n0\";Quý II/2026\r\n2;Việc 1;'=1+1\r\n";
  size_t read = 0;
  for (size_t round = 0; round < rounds; ++round) {
    std::string bytes;
    if (const size_t which = random() % 3; which == 2) {
      bytes = Edited(csv, random);
    } else {
      const Parts& parts = packages[which];
      const size_t chosen = random() % parts.size();
      std::vector<Part> edited;
      size_t i = 0;
      for (const auto& [name, text] : parts) {
        const bool main = name == "word/document.xml" || name.starts_with("xl/worksheets/") || name.starts_with("customXml/");
        edited.push_back({name, i++ == chosen || (main && random() % 2 == 0) ? Edited(text, random) : text});
      }
      auto packed = Packed(edited);
      if (!packed.ok()) continue;
      bytes = *std::move(packed);
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto file = ReadGrids(bytes);
    const char* law = nullptr;
    if (!file.ok() && !ProblemOf(file.status())) law = "refused without a reason";
    if (file.ok()) {
      ++read;
      for (const Grid& grid : file->grids) {
        for (const GridRow& row : grid.rows) {
          if (row.cells.size() > grid.columns) law = "more cells than columns";
        }
      }
      (void)Compare(*file, std::span(&plan, 1));
    }
    if (std::chrono::steady_clock::now() - begin > std::chrono::seconds(2)) law = "slow";
    if (law == nullptr) continue;
    if (std::FILE* out = std::fopen("office_fuzz.bin", "wb")) {
      std::fwrite(bytes.data(), 1, bytes.size(), out);
      std::fclose(out);
    }
    fmt::print("{}: round {}, seed {}; the file is office_fuzz.bin\n", law, round, seed);
    return 1;
  }
  fmt::print("{} files, {} of them read\n", rounds, read);
  return read > rounds / 20 ? 0 : 1;   // or the edits would test nothing but refusals
}

}  // namespace
}  // namespace ordo::office

int main(int argc, char** argv) {
  const size_t rounds = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2000;
  return ordo::office::Run(rounds, argc > 2 ? static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 1);
}
