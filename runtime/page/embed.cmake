# Writes style and script of the page as C++. Run by cmake -P with ROOT (this folder) and OUT.
file(READ ${ROOT}/page.css style)
file(READ ${ROOT}/page.js script)
file(WRITE ${OUT}.new "#include \"runtime/page/assets.h\"\n\nnamespace ordo::page {\n\nstd::string_view PageStyle() {\n  return R\"page_(${style})page_\";\n}\n\nstd::string_view PageScript() {\n  return R\"page_(${script})page_\";\n}\n\n}  // namespace ordo::page\n")
file(RENAME ${OUT}.new ${OUT})
