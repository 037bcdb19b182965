# text -> IR. Generated code of ANTLR stays in its own target without our warnings; only compiler/syntax sees it.
find_program(ANTLR4 antlr4 REQUIRED)
find_path(ANTLR4_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_RUNTIME antlr4-runtime REQUIRED)
set(generated ${CMAKE_BINARY_DIR}/generated)
# The fast path: generated code over compiler/syntax/parser_base.h, which is put before it on the command line so that the
# grammar itself holds no line of C++.
add_custom_command(
  OUTPUT ${generated}/OrdoParser.cpp ${generated}/OrdoParser.h
  COMMAND ${ANTLR4} -Dlanguage=Cpp -DsuperClass=ordo::ParserBase -package generated -no-listener -no-visitor -Werror
          -o ${generated} OrdoParser.g4
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/grammar
  DEPENDS ${CMAKE_SOURCE_DIR}/grammar/OrdoParser.g4 VERBATIM)

file(GLOB syntax_sources CONFIGURE_DEPENDS compiler/syntax/*.cc)
file(GLOB ast_sources CONFIGURE_DEPENDS compiler/ast/*.cc)
add_library(ordo_ast STATIC ${ast_sources})
target_compile_options(ordo_ast PRIVATE -Wall -Wextra -Wno-missing-field-initializers)
target_link_libraries(ordo_ast PUBLIC ordo_time absl::statusor)
ordo_precompiled(ordo_ast)
add_library(ordo_syntax STATIC ${syntax_sources} ${generated}/OrdoParser.cpp)
target_include_directories(ordo_syntax PRIVATE ${generated})
target_include_directories(ordo_syntax SYSTEM PRIVATE ${ANTLR4_INCLUDE})
target_compile_options(ordo_syntax PRIVATE -Wall -Wextra -Wno-missing-field-initializers)
set_source_files_properties(${generated}/OrdoParser.cpp PROPERTIES COMPILE_OPTIONS
  "-include;${CMAKE_SOURCE_DIR}/compiler/syntax/parser_base.h;-w")
target_link_libraries(ordo_syntax PUBLIC ordo_ast ordo_diag PRIVATE ${ANTLR4_RUNTIME} Threads::Threads)

ordo_room(ordo_format compiler/format ordo_ast)
ordo_room(ordo_model compiler/model ordo_ast ordo_ir ordo_natives ordo_prose)
ordo_room(ordo_lower compiler/lower ordo_model ordo_solve)
ordo_room(ordo_import compiler/import ordo_syntax ordo_format ordo_office)
ordo_room(ordo_fix compiler/fix ordo_ast ordo_report)

# The `ordo` program and the library of rules inside it.
file(GLOB_RECURSE library_files CONFIGURE_DEPENDS stdlib/*.ordo)
add_custom_command(
  OUTPUT ${generated}/library_files.cc
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR}/stdlib -DOUT=${generated}/library_files.cc -P ${CMAKE_SOURCE_DIR}/stdlib/embed.cmake
  DEPENDS ${library_files} ${CMAKE_SOURCE_DIR}/stdlib/embed.cmake VERBATIM)
file(GLOB driver_sources CONFIGURE_DEPENDS compiler/driver/*.cc)
list(REMOVE_ITEM driver_sources ${CMAKE_SOURCE_DIR}/compiler/driver/main.cc)
add_library(ordo_driver STATIC ${driver_sources} ${generated}/library_files.cc)
target_compile_options(ordo_driver PRIVATE -Wall -Wextra -Wno-missing-field-initializers)
target_compile_definitions(ordo_driver PUBLIC ORDO_VERSION="${PROJECT_VERSION}")
target_link_libraries(ordo_driver PUBLIC ordo_syntax ordo_format ordo_lower ordo_report ordo_fix ordo_sql ordo_office ordo_diff ordo_page ordo_import PRIVATE md)
ordo_precompiled(ordo_driver)
add_executable(ordo compiler/driver/main.cc)
target_link_libraries(ordo PRIVATE ordo_driver CLI11::CLI11)
include(compiler/api/api.cmake)
