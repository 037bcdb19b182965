// What a passage of an official plan speaks of: every kind as real plans word it, and near twins that are none.
#include "runtime/prose/mentions.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/prose/resemblance.h"

namespace ordo::prose {
namespace {

const NameTable& Tiers() {
  static const std::string_view words[] = {"xã", "phường", "thôn", "tổ dân phố", "quận", "tỉnh", "thành phố"};
  static const NameTable tiers{words};
  return tiers;
}

// «words [form]» of one kind.
std::vector<std::string> Found(std::string_view text, MentionKind kind) {
  std::vector<std::string> out;
  for (const Mention& mention : FindMentions(text, Tiers())) {
    if (mention.kind == kind) out.push_back(std::string(text.substr(mention.begin, mention.end - mention.begin)) + " [" + mention.form + (mention.own ? ", own" : "") + "]");
  }
  return out;
}
using Texts = std::vector<std::string>;

TEST(Mentions, AnnexesAnnounced) {
  EXPECT_EQ(Found("Chi tiết tại Phụ lục kèm theo.", MentionKind::kAnnex), Texts{"Phụ lục kèm theo [phụ lục]"});
  EXPECT_EQ(Found("(Biểu chi tiết các nhiệm vụ cụ thể gửi kèm)", MentionKind::kAnnex), Texts{"Biểu chi tiết các nhiệm vụ cụ thể gửi kèm [biểu chi tiết]"});
  EXPECT_EQ(Found("phân công tại các Phụ lục kèm theo Kế hoạch này", MentionKind::kAnnex), Texts{"các Phụ lục kèm theo [các phụ lục]"});
  for (const std::string_view none : {"Phụ lục I của Nghị định số 30/2020/NĐ-CP", "theo danh mục. Gửi kèm văn bản này", "hồ sơ kèm theo"}) {
    EXPECT_EQ(Found(none, MentionKind::kAnnex), Texts{}) << none;
  }
}

TEST(Mentions, TierWordsOfOnesOwnArea) {
  EXPECT_EQ(Found("phù hợp với khả năng ngân sách của xã", MentionKind::kTier), Texts{"khả năng ngân sách của xã [xã, own]"});
  EXPECT_EQ(Found("khí thế mới trong toàn xã về phát triển", MentionKind::kTier), Texts{"toàn xã [xã]"});
  EXPECT_EQ(Found("tiềm năng, lợi thế của tỉnh", MentionKind::kTier), Texts{"lợi thế của tỉnh [tỉnh, own]"});
  EXPECT_EQ(Found("học sinh trên địa bàn thành phố đạt", MentionKind::kTier), Texts{"địa bàn thành phố [thành phố, own]"});
  EXPECT_EQ(Found("tổ chức tại thôn", MentionKind::kTier), Texts{"tại thôn [thôn]"});
  for (const std::string_view none : {"kinh tế - xã hội của đất nước", "trong các xã, phường", "chính quyền cấp xã", "tại xã, phường", "phát triển xã hội"}) {
    EXPECT_EQ(Found(none, MentionKind::kTier), Texts{}) << none;
  }
}

TEST(Mentions, Places) {
  EXPECT_EQ(Found("quốc gia” trên địa bàn phường Trấn Biên.", MentionKind::kPlace), Texts{"trên địa bàn phường Trấn Biên [phường trấn biên]"});
  EXPECT_EQ(Found("trụ sở của quận Hồng Bàng cũ", MentionKind::kPlace), Texts{"quận Hồng Bàng [quận hồng bàng]"});
  EXPECT_EQ(Found("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MentionKind::kPlace), Texts{});
}

TEST(Mentions, FurtherPlans) {
  EXPECT_EQ(Found("khẩn trương xây dựng, ban hành các kế hoạch, chương trình, đề án", MentionKind::kFurtherPlan).size(), 1u);
  EXPECT_EQ(Found("Xây dựng Kế hoạch hành động cụ thể", MentionKind::kFurtherPlan).size(), 1u);
  for (const std::string_view none : {"UBND phường xây dựng kế hoạch thực hiện như sau:", "Ban hành kèm theo Kế hoạch số 24", "xây dựng kế hoạch này", "thực hiện kế hoạch"}) {
    EXPECT_EQ(Found(none, MentionKind::kFurtherPlan), Texts{}) << none;
  }
}

TEST(Mentions, SteeringBodiesByWhatTellsThemApart) {
  const auto form = [](std::string_view text) {
    const auto found = FindMentions(text, Tiers());
    for (const Mention& mention : found) {
      if (mention.kind == MentionKind::kSteering) return mention.form;
    }
    return std::string();
  };
  EXPECT_EQ(form("Ban Chỉ đạo phát triển khoa học, công nghệ của xã"), form("Ban Chỉ đạo về phát triển khoa học và công nghệ"));
  EXPECT_NE(form("Ban Chỉ đạo phát triển khoa học, công nghệ"), form("Ban Chỉ đạo thực hiện Nghị quyết 57-NQ/TW"));
  EXPECT_EQ(form("Ban Chỉ đạo thực hiện Nghị quyết số 57-NQ/TW"), form("Ban Chỉ đạo thực hiện Nghị quyết 57-NQ/TW"));
  EXPECT_EQ(form("báo cáo Ban Chỉ đạo và Ban Thường vụ"), "");
}

TEST(Mentions, DocumentsWithoutNumberAndOwnKind) {
  EXPECT_EQ(Found("theo Kế hoạch hành động của Ban Thường vụ Thành ủy về", MentionKind::kUnnumbered), Texts{"Kế hoạch hành động của Ban Thường vụ Thành ủy [Ban Thường vụ Thành ủy]"});
  EXPECT_EQ(Found("Kế hoạch số 358/KH-UBND ngày 31/12/2025 của UBND thành phố Hải Phòng", MentionKind::kUnnumbered), Texts{});
  EXPECT_EQ(Found("Toàn bộ nội dung Kế hoạch hành động được phổ biến", MentionKind::kOwnKind), Texts{"nội dung Kế hoạch hành động [kế hoạch hành động]"});
  EXPECT_EQ(Found("căn cứ Kế hoạch này, các đơn vị", MentionKind::kOwnKind), Texts{"Kế hoạch này [kế hoạch]"});
  EXPECT_EQ(Found("nội dung Kế hoạch số 12-KH/TU", MentionKind::kOwnKind), Texts{});
}

TEST(Mentions, Abbreviations) {
  const auto found = [](std::string_view text) {
    Texts out;
    for (const Abbreviation& one : FindAbbreviations(text)) out.push_back(std::string(text.substr(one.begin, one.end - one.begin)) + (one.defined ? "+" : ""));
    return out;
  };
  EXPECT_EQ(found("khoa học, công nghệ (KHCN), ĐMST và CĐS"), (Texts{"KHCN+", "ĐMST", "CĐS"}));
  EXPECT_EQ(found("các tổ chức CT-XH; (KH-CN, ĐMST và CDS)"), (Texts{"CT-XH", "KH-CN", "ĐMST", "CDS"}));
  EXPECT_EQ(found("Ban Chỉ đạo (sau đây viết tắt là BCĐ)"), Texts{"BCĐ+"});
  for (const std::string_view none : {"Nghị quyết số 57-NQ/TW", "Nghị quyết số 193/2025/QH15", "Phần III và XIV", "KẾ HOẠCH PHÁT TRIỂN", "3G, 4G, 5G"}) {
    EXPECT_EQ(found(none), Texts{}) << none;
  }
  const auto listed = [](std::string_view text) {
    size_t count = 0;
    for (const Abbreviation& one : FindAbbreviations(text)) count += one.listed;
    return count;
  };
  EXPECT_EQ(listed("khoa học, công nghệ và chuyển đổi số (KH-CN, ĐMST và CDS)"), 3u);
  EXPECT_EQ(listed("khoa học, công nghệ (KHCN)"), 0u);
  EXPECT_EQ(listed("các công nghệ (AI, Big Data, GIS)"), 0u);
  EXPECT_EQ(listed("(KHCN, CĐS"), 0u);
  EXPECT_EQ(BareLetters("KH-CN"), "KHCN");
  EXPECT_EQ(BareLetters("CĐS"), "CDS");
}

TEST(Mentions, SpellingsOfOneWord) {
  const auto found = [](std::string_view text) {
    Texts out;
    for (const Spelling& one : FindSpellings(text)) out.push_back(std::string(text.substr(one.begin, one.end - one.begin)) + "=" + one.form + (one.newer ? "" : " old"));
    return out;
  };
  EXPECT_EQ(found("Đảng uỷ và Đảng ủy"), (Texts{"uỷ=ủy old", "ủy=ủy"}));
  EXPECT_EQ(found("số hoá, số hóa"), (Texts{"hoá=hóa old", "hóa=hóa"}));
  EXPECT_EQ(found("hàng năm, hằng năm"), (Texts{"hàng năm=hằng năm old", "hằng năm=hằng năm"}));
  EXPECT_EQ(found("quý III, quỹ đất, hàng hải, bao cấp"), Texts{});
  EXPECT_EQ(found("bán hàng năm loại, ngân hàng quý khách"), Texts{});
}

TEST(Mentions, AnyBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string text;
    const size_t size = random() % 300;
    for (size_t i = 0; i < size; ++i) {
      static constexpr std::string_view kBits[] = {"xã ", "phường ", "Kế hoạch ", "này ", "của ", "Phụ lục ", "kèm theo", "KHCN", "(", ")", "ủy ", "uỷ ", ". ", "Đ", "xây dựng ", "Ban Chỉ đạo ", "toàn "};
      if (random() % 3 != 0) text += kBits[random() % std::size(kBits)];
      else text += static_cast<char>(random());
    }
    for (const Mention& mention : FindMentions(text, Tiers())) ASSERT_LE(mention.end, text.size());
    for (const Abbreviation& one : FindAbbreviations(text)) ASSERT_LE(one.end, text.size());
    for (const Spelling& one : FindSpellings(text)) ASSERT_LE(one.end, text.size());
  }
}

TEST(Resemblance, PassagesThatSayTheSame) {
  const std::string a = "Tăng cường kiểm tra, giám sát việc thực hiện, kịp thời phát hiện khó khăn, vướng mắc và đề xuất giải pháp tháo gỡ cho cơ sở";
  const std::string b = "Định kỳ rà soát; tăng cường kiểm tra, giám sát việc thực hiện, kịp thời phát hiện khó khăn, vướng mắc và đề xuất giải pháp tháo gỡ cho đơn vị";
  const std::string c = "Đẩy mạnh tuyên truyền trên hệ thống truyền thanh, mạng xã hội và các hội nghị của tổ dân phố trong toàn phường năm 2026";
  const std::vector<std::string_view> passages = {a, c, b};
  const std::vector<uint32_t> one(3, 0), apart = {0, 0, 1};
  const auto found = FindResemblances(passages, one, 12, 0.5);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].passage, 2u);
  EXPECT_EQ(found[0].earlier, 0u);
  EXPECT_GE(found[0].words, 20u);
  EXPECT_TRUE(FindResemblances(passages, apart, 12, 0.5).empty());
  // A phrase that the later passage says three times and the earlier one once is shared once.
  const std::string phrase = "phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số";
  const std::string once = "Xác định các lĩnh vực ưu tiên để " + phrase + " dựa trên những trụ cột kinh tế của địa phương mình";
  const std::string often = phrase + " thành nhiệm vụ; coi " + phrase + " là động lực; lấy " + phrase + " làm thước đo hằng quý";
  const std::vector<std::string_view> formula = {once, often};
  for (const Resemblance& one_phrase : FindResemblances(formula, std::vector<uint32_t>(2, 0), 6, 0.1)) EXPECT_LE(one_phrase.words, 14u);
  EXPECT_FALSE(FindResemblances(formula, std::vector<uint32_t>(2, 0), 6, 0.1).empty());
  const std::string twice = "cơ sở giáo dục triển khai ký số trên các hệ thống sổ sách, sổ điểm, học bạ số; cơ sở giáo dục triển khai ký số trên các hệ thống sổ sách, sổ điểm, học bạ số";
  const auto itself = FindResemblances(std::vector<std::string_view>{twice}, std::vector<uint32_t>{0}, 12, 0.5);
  ASSERT_EQ(itself.size(), 1u);
  EXPECT_EQ(itself[0].earlier, 0u);
}

TEST(Resemblance, ShareOfAnotherText) {
  Runs runs;
  runs.Add("một hai ba bốn năm sáu bảy tám chín mười");
  const Runs::Common common = runs.CommonWith("đầu tiên một hai ba bốn năm sáu bảy rồi thôi");
  EXPECT_EQ(common.words, 7u);
  EXPECT_EQ(common.of, 11u);
}

}  // namespace
}  // namespace ordo::prose
