# cmake -DSOURCE=folder -DOUT=file.cpp -P WriteCommit.cmake: the commit of the working tree, with "-dirty" where tracked files differ from it,
# as a C++ source that is written only when it changes.
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT commit)
  set(commit unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT [[// Made by cmake/WriteCommit.cmake.
#include "build_information.hpp"

namespace asyncert::build {
const char* const commit = "@commit@";
}  // namespace asyncert::build
]] @ONLY)
