# What all targets share: language level, warnings, sanitizers, include roots.

add_library(asyncert_options INTERFACE)
target_compile_options(asyncert_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow=local -fno-fast-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # At -O3 g++ reports members of std::variant alternatives that are not active, and (g++ 12) overlapping copies inside std::string.
  target_compile_options(asyncert_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(asyncert_options INTERFACE -Wno-shadow)
endif()
if(ASYNCERT_NATIVE)
  # GCC 12 warns about its own intrinsics.
  target_compile_options(asyncert_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_compile_options(asyncert_options INTERFACE -march=native)
endif()
if(ASYNCERT_SANITIZE)
  target_compile_options(asyncert_options INTERFACE -fsanitize=${ASYNCERT_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(asyncert_options INTERFACE -fsanitize=${ASYNCERT_SANITIZE})
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEV "-O1 -g")

# asyncert_library(NAME SOURCES... LINK targets...) makes the library asyncert_NAME with the alias asyncert::NAME.
function(asyncert_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
  if(NOT ARG_SOURCES)
    # A build without any paper leaves a folder without sources, and a library needs one.
    set(ARG_SOURCES ${asyncert_BINARY_DIR}/generated/${name}_empty.cpp)
    file(WRITE ${ARG_SOURCES} "")
  endif()
  add_library(asyncert_${name} STATIC ${ARG_SOURCES})
  add_library(asyncert::${name} ALIAS asyncert_${name})
  set_target_properties(asyncert_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(asyncert_${name} PUBLIC cxx_std_20)
  target_include_directories(asyncert_${name} PUBLIC
    $<BUILD_INTERFACE:${asyncert_SOURCE_DIR}> $<BUILD_INTERFACE:${asyncert_BINARY_DIR}/generated>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/asyncert>)
  target_link_libraries(asyncert_${name} PUBLIC ${ARG_LINK} PRIVATE $<BUILD_INTERFACE:asyncert_options> ${ARG_PRIVATE})
endfunction()
