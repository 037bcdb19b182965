# The same grammar generated without our base class, and the lexer that specifies the raw shapes: the references that the fast front
# end is compared with, in tests and benchmarks only.
set(stock ${CMAKE_BINARY_DIR}/generated/stock)
add_custom_command(
  OUTPUT ${stock}/OrdoLexer.cpp ${stock}/OrdoLexer.h ${stock}/OrdoParser.cpp ${stock}/OrdoParser.h
  COMMAND ${ANTLR4} -Dlanguage=Cpp -package stock -no-listener -no-visitor -Werror -o ${stock} OrdoLexer.g4 OrdoParser.g4
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/grammar
  DEPENDS ${CMAKE_SOURCE_DIR}/grammar/OrdoLexer.g4 ${CMAKE_SOURCE_DIR}/grammar/OrdoParser.g4 VERBATIM)
add_library(stock_front STATIC ${stock}/OrdoLexer.cpp ${stock}/OrdoParser.cpp)
target_include_directories(stock_front SYSTEM PUBLIC ${ANTLR4_INCLUDE})
target_compile_options(stock_front PRIVATE -w)
set_target_properties(stock_front PROPERTIES CXX_STANDARD 17)  # the tool writes u8"" for char
target_link_libraries(stock_front PUBLIC ${ANTLR4_RUNTIME} Threads::Threads)

# One program a file: a test names the one room it needs by the first word of its name (base_decimal_test.cc links ordo_base).
file(GLOB unit_tests CONFIGURE_DEPENDS tests/unit/*_test.cc)
foreach(file ${unit_tests})
  get_filename_component(name ${file} NAME_WE)
  string(REGEX REPLACE "_.*" "" room ${name})
  add_executable(${name} ${file})
  target_include_directories(${name} PRIVATE tests)
  target_compile_definitions(${name} PRIVATE ORDO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ORDO_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(${name} PRIVATE GTest::gtest GTest::gtest_main)
  if(TARGET ordo_${room})
    target_link_libraries(${name} PRIVATE ordo_${room})
  endif()
  if(room STREQUAL syntax)
    target_link_libraries(${name} PRIVATE stock_front)
  elseif(room STREQUAL format)
    target_link_libraries(${name} PRIVATE ordo_syntax)
  endif()
  add_test(NAME ${name} COMMAND ${name})
endforeach()
