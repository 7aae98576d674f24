# cmake -DOUT=file.cpp -DROOT=folder "-DFILES=a|b" -P EmbedFiles.cmake: files as constants of a C++ source that defines
# asyncert::reports::asset. As bytes, so that nothing in a file can be taken for C++ or for CMake.
string(REPLACE "|" ";" FILES "${FILES}")
set(text "// Made by cmake/EmbedFiles.cmake.\n#include \"reports/assets.hpp\"\n\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n
namespace asyncert::reports {\n\nstd::string_view asset(std::string_view name) {\n")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(SIZE ${ROOT}/${file} size)
  file(READ ${ROOT}/${file} bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  string(APPEND text "  if (name == \"${name}\") return {\"${bytes}\", ${size}};\n")
endforeach()
string(APPEND text "  return {};\n}\n\n}  // namespace asyncert::reports\n")
file(WRITE ${OUT} "${text}")
