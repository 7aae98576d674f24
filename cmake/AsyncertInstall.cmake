# install(), export, and the package files for find_package(asyncert).
include(CMakePackageConfigHelpers)

install(TARGETS asyncert_core asyncert_bounds asyncert_solvers asyncert_reports asyncert_verify
  EXPORT asyncertTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(folder lib bounds solvers reports verify)
  install(DIRECTORY ${asyncert_SOURCE_DIR}/${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/asyncert
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(EXPORT asyncertTargets NAMESPACE asyncert:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/asyncert)
configure_package_config_file(${asyncert_SOURCE_DIR}/cmake/asyncertConfig.cmake.in
  ${asyncert_BINARY_DIR}/asyncertConfig.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/asyncert)
write_basic_package_version_file(${asyncert_BINARY_DIR}/asyncertConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${asyncert_BINARY_DIR}/asyncertConfig.cmake ${asyncert_BINARY_DIR}/asyncertConfigVersion.cmake
  cmake/FindArb.cmake cmake/FindRandom123.cmake cmake/AsyncertPapers.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/asyncert)
install(DIRECTORY cmake/registry DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/asyncert)
