#include "runtime/office/docx_profile.h"

namespace ordo::office {

Profile ProfileOf(report::Layout layout, Language language) {
  const bool vi = language == Language::kVietnamese;
  const uint32_t mm15 = Twips(15), mm20 = Twips(20), mm25 = Twips(25), mm30 = Twips(30);
  Profile profile;
  profile.layout = layout;
  profile.language = language;
  profile.annex_word = vi ? "Phụ lục" : "Annex";
  profile.recipients_word = vi ? "Nơi nhận:" : "Recipients:";
  profile.locale = vi ? "vi-VN" : "en-GB";
  profile.landscape = {mm20, mm20, mm20, mm20};
  switch (layout) {
    case report::Layout::kState:
      profile.portrait = {mm20, mm20, mm30, mm20};
      profile.national_name = vi ? "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" : "SOCIALIST REPUBLIC OF VIET NAM";
      profile.motto_text = vi ? "Độc lập - Tự do - Hạnh phúc" : "Independence - Freedom - Happiness";
      profile.number_word = vi ? "Số: " : "No.: ";
      profile.open_date = vi ? "ngày       tháng       năm          " : "                                ";
      profile.end_mark = "./.";
      break;
    case report::Layout::kParty:
      profile.portrait = {mm20, mm20, mm30, mm15};
      profile.roman = false;
      profile.national = 30;
      profile.parent = profile.agency = profile.number = profile.place = 28;
      profile.kind = 32;
      profile.recipients_head = 28;
      profile.recipients = 24;
      profile.national_name = vi ? "ĐẢNG CỘNG SẢN VIỆT NAM" : "COMMUNIST PARTY OF VIET NAM";
      profile.number_word = vi ? "Số " : "No. ";
      profile.open_date = vi ? "ngày       tháng       năm          " : "                                ";
      profile.end_mark = "./.";
      break;
    case report::Layout::kPlain:
      profile.portrait = profile.landscape = {mm25, mm25, mm25, mm25};
      profile.roman = false;
      profile.body = profile.number = profile.place = 26;
      profile.number_word = vi ? "Số: " : "No.: ";
      profile.recipients_head = 24;
      break;
  }
  return profile;
}

}  // namespace ordo::office
