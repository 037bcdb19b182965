// Style and script of the page as they stand in page.css and page.js. The build writes them into a source file (embed.cmake).
#pragma once

#include <string_view>

namespace ordo::page {

std::string_view PageStyle();
std::string_view PageScript();

}  // namespace ordo::page
