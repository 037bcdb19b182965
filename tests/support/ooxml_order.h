// The order that ECMA-376 Part 1 (transitional) prescribes for the children of the elements whose schema is a sequence. In: the name of
// a parent. Out: its children in order. Word calls a file damaged when they stand otherwise. Only what the standard lists, never what we
// happen to write.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ordo::testing {

// A list of names separated by blanks.
inline std::vector<std::string> Names(const std::string& text) {
  std::vector<std::string> names;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) names.push_back("w:" + text.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

inline const std::map<std::string, std::vector<std::string>>& OoxmlOrder() {
  static const std::map<std::string, std::vector<std::string>> order = {
      // CT_PPr (17.3.1.26)
      {"w:pPr", Names("pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
                      "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
                      "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
                      "divId cnfStyle rPr sectPr pPrChange")},
      // EG_RPrBase: a choice in any order since the second edition; Word writes this one
      {"w:rPr", Names("rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
                      "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
                      "eastAsianLayout specVanish oMath rPrChange")},
      {"w:pBdr", Names("top left bottom right between bar")},
      // CT_TblPr (17.4.59)
      {"w:tblPr", Names("tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
                        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange")},
      {"w:tblBorders", Names("top left start bottom right end insideH insideV")},
      {"w:tblCellMar", Names("top left start bottom right end")},
      {"w:tbl", Names("bookmarkStart bookmarkEnd tblPr tblGrid tr")},
      {"w:tr", Names("tblPrEx trPr tc")},
      // CT_TcPr (17.4.69)
      {"w:tcPr", Names("cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
                       "cellIns cellDel cellMerge tcPrChange")},
      // CT_SectPr (17.6.17)
      {"w:sectPr", Names("headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
                         "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange")},
      {"w:styles", Names("docDefaults latentStyles style")},
      {"w:docDefaults", Names("rPrDefault pPrDefault")},
      // CT_Style (17.7.4.17)
      {"w:style", Names("name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
                        "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr")},
      // CT_Settings (17.15.1.78)
      {"w:settings",
       Names("writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape "
             "printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts "
             "saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
             "hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles "
             "stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
             "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
             "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle "
             "evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
             "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
             "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
             "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
             "savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText "
             "doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields "
             "hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping "
             "doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary "
             "shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator")},
      {"w:font", Names("altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic")},
  };
  return order;
}

// CT_TrPr is a choice in any order: only these may stand in it, none twice.
inline const std::vector<std::string>& OoxmlRowProperties() {
  static const std::vector<std::string> names =
      Names("cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden ins del trPrChange");
  return names;
}

}  // namespace ordo::testing
