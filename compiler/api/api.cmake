# The public API, and what `cmake --install` puts together of it: one shared library that shows nothing but the API, its header, the
# program, and what lets CMake and pkg-config find them. See compiler/decisions/0016-embedding.md.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
ordo_room(ordo_api compiler/api ordo_driver)
add_library(ordo_shared SHARED $<TARGET_OBJECTS:ordo_api>)
target_link_libraries(ordo_shared PRIVATE ordo_driver)
target_include_directories(ordo_shared INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(ordo_shared INTERFACE cxx_std_20)
# Abseil, fmt, ICU, ANTLR, Z3 and libical stay inside: nothing of the rooms and of what they are made with is seen from outside.
# So do the linker's own marks, which it shows when a library behind this one does.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/package/inside.map CONTENT "{ local: __bss_start; _edata; _end; };\n" @ONLY)
target_link_options(ordo_shared PRIVATE -Wl,--exclude-libs,ALL -Wl,--no-undefined -Wl,--version-script=${CMAKE_BINARY_DIR}/package/inside.map)
set_target_properties(ordo_shared PROPERTIES OUTPUT_NAME ordo EXPORT_NAME ordo VERSION ${PROJECT_VERSION}
                      SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

install(TARGETS ordo RUNTIME)
install(TARGETS ordo_shared EXPORT OrdoTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES compiler/api/ordo.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ordo)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/Ordo)
install(EXPORT OrdoTargets NAMESPACE Ordo:: DESTINATION ${package})
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/package/OrdoConfig.cmake CONTENT
     "include(\${CMAKE_CURRENT_LIST_DIR}/OrdoTargets.cmake)\n" ESCAPE_QUOTES @ONLY)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/package/OrdoConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/package/OrdoConfig.cmake ${CMAKE_BINARY_DIR}/package/OrdoConfigVersion.cmake DESTINATION ${package})
# Paths count from where the file lies, so that the whole may be moved.
file(RELATIVE_PATH up /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/package/ordo.pc @ONLY CONTENT [=[
prefix=${pcfiledir}/@up@
libdir=${prefix}/@CMAKE_INSTALL_LIBDIR@
includedir=${prefix}/@CMAKE_INSTALL_INCLUDEDIR@

Name: ordo
Description: Plans as code, proved before they are issued
Version: @PROJECT_VERSION@
Libs: -L${libdir} -lordo
Cflags: -I${includedir} -std=c++20
]=])
install(FILES ${CMAKE_BINARY_DIR}/package/ordo.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
