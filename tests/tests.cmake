# The same grammar generated without our base class, and the lexer that specifies the raw shapes: the references that the fast
# front end is compared with, in tests and benchmarks only.
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

add_library(random_plan STATIC tests/support/random_plan.cc)
target_include_directories(random_plan PUBLIC tests)
target_link_libraries(random_plan PUBLIC fmt::fmt)

# What nearly every test reads, parsed once.
add_library(test_precompiled STATIC ${CMAKE_BINARY_DIR}/precompiled.cc)
target_link_libraries(test_precompiled PUBLIC GTest::gtest fmt::fmt absl::flat_hash_map absl::statusor)
target_compile_options(test_precompiled PRIVATE -fpch-preprocess)
target_precompile_headers(test_precompiled PRIVATE
  <algorithm> <filesystem> <fstream> <functional> <map> <optional> <random> <set> <string> <vector>
  <gtest/gtest.h> <fmt/format.h> <nlohmann/json.hpp> <absl/container/flat_hash_map.h> <absl/status/statusor.h>)

# One program a file: a test names the one room it needs by the first word of its name (base_decimal_test.cc links ordo_base).
file(GLOB unit_tests CONFIGURE_DEPENDS tests/unit/*_test.cc)
foreach(file ${unit_tests})
  get_filename_component(name ${file} NAME_WE)
  string(REGEX REPLACE "_.*" "" room ${name})
  add_executable(${name} ${file})
  target_include_directories(${name} PRIVATE tests)
  target_compile_definitions(${name} PRIVATE ORDO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ORDO_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(${name} PRIVATE GTest::gtest GTest::gtest_main fmt::fmt)
  target_compile_options(${name} PRIVATE -fpch-preprocess)
  target_precompile_headers(${name} REUSE_FROM test_precompiled)
  if(TARGET ordo_${room})
    target_link_libraries(${name} PRIVATE ordo_${room})
  endif()
  if(name STREQUAL time_occurrences_test)   # the recurrence rules to compare with
    target_link_libraries(${name} PRIVATE PkgConfig::libical)
  endif()
  if(room STREQUAL syntax)
    target_link_libraries(${name} PRIVATE stock_front)
  elseif(name STREQUAL solve_z3_test)   # an SMT solver as oracle
    target_link_libraries(${name} PRIVATE z3)
  elseif(room STREQUAL format)
    target_link_libraries(${name} PRIVATE ordo_syntax)
  elseif(room MATCHES "^(driver|model|lower)$")   # from text to findings; driver tests run the program itself as well
    target_link_libraries(${name} PRIVATE ordo_driver random_plan)
    target_compile_definitions(${name} PRIVATE ORDO_BINARY="$<TARGET_FILE:ordo>")
    add_dependencies(${name} ordo)
  endif()
  if(name STREQUAL eval_clingo_test)   # an answer set solver as oracle
    target_sources(${name} PRIVATE tests/support/asp_program.cc tests/support/run_clingo.cc)
  endif()
  if(name STREQUAL driver_embedding_test)   # installs what it then builds against
    add_dependencies(${name} ordo ordo_shared)
  endif()
  if(name MATCHES "timeline|trajectory|chart|^driver_docx")   # drawings are read back, also those of large plans
    target_sources(${name} PRIVATE tests/support/plan_generator.cc)
    target_link_libraries(${name} PRIVATE EXPAT::EXPAT fmt::fmt)
  endif()
  add_test(NAME ${name} COMMAND ${name})
endforeach()

# The tests of the rules, written in the language itself.
add_test(NAME library_rules COMMAND ordo test)

# Random edits through the whole flow.
add_executable(flow_fuzz_test tests/fuzz/flow_fuzz_test.cc)
target_include_directories(flow_fuzz_test PRIVATE tests)
target_compile_definitions(flow_fuzz_test PRIVATE ORDO_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
target_link_libraries(flow_fuzz_test PRIVATE ordo_driver random_plan GTest::gtest)
add_test(NAME flow_fuzz_test COMMAND flow_fuzz_test)

# Goldens run the program itself. They are one test of ctest; `golden-update` writes their outputs anew.
add_executable(golden_test tests/golden/golden_test.cc tests/support/case_file.cc)
target_include_directories(golden_test PRIVATE tests)
target_compile_definitions(golden_test PRIVATE ORDO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ORDO_PROGRAM="$<TARGET_FILE:ordo>")
target_link_libraries(golden_test PRIVATE GTest::gtest nlohmann_json::nlohmann_json)
add_dependencies(golden_test ordo)
add_test(NAME golden_test COMMAND golden_test)
add_custom_target(golden-update COMMAND ${CMAKE_COMMAND} -E env ORDO_UPDATE=1 $<TARGET_FILE:golden_test> DEPENDS golden_test VERBATIM)

# Benchmarks: not run by ctest. `bench` prints the ratios that the house promises.
file(GLOB bench_sources CONFIGURE_DEPENDS tests/bench/*_bench.cc)
add_custom_target(bench)
foreach(file ${bench_sources})
  get_filename_component(name ${file} NAME_WE)
  add_executable(${name} EXCLUDE_FROM_ALL ${file} tests/support/plan_generator.cc)
  target_include_directories(${name} PRIVATE tests)
  target_link_libraries(${name} PRIVATE ordo_driver ordo_solve stock_front benchmark::benchmark)
  target_compile_definitions(${name} PRIVATE ORDO_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(name STREQUAL rules_bench)   # other engines to race with
    target_sources(${name} PRIVATE tests/support/rules_of_library.cc tests/support/run_clingo.cc)
    target_link_libraries(${name} PRIVATE sqlite3)
  endif()
  add_custom_command(TARGET bench POST_BUILD COMMAND ${name} USES_TERMINAL)
  add_dependencies(bench ${name})
endforeach()

# Random edits through the front end; more rounds and other seeds by hand.
add_executable(front_fuzz EXCLUDE_FROM_ALL tests/fuzz/front_fuzz.cc)
target_include_directories(front_fuzz PRIVATE tests)
target_compile_definitions(front_fuzz PRIVATE ORDO_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
target_link_libraries(front_fuzz PRIVATE ordo_syntax ordo_format stock_front)
add_custom_target(fuzz-smoke COMMAND front_fuzz 5000 USES_TERMINAL)

# Random edits of Word, Excel and CSV files through the readers and the comparison.
add_executable(office_fuzz tests/fuzz/office_fuzz.cc)
target_link_libraries(office_fuzz PRIVATE ordo_office)
add_test(NAME office_fuzz COMMAND office_fuzz 1500)
