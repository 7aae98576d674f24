# From folders bounds/PAPER and verify/PAPER to registries and programs. Used by the build of asyncert itself, and installed for others.

# asyncert_paper_sources(LAYER ROOT OUT papers...): the sources of ROOT/LAYER/PAPER for each paper, and the generated registry that calls
# register_PAPER_quantities (LAYER bounds), or register_PAPER_claims and, where figures.cpp exists, register_PAPER_figures (LAYER verify).
function(asyncert_paper_sources layer root out)
  set(sources "")
  set(declarations "")
  set(calls "")
  set(figure_calls "")
  set(titles "")
  foreach(paper IN LISTS ARGN)
    set(folder ${root}/${layer}/${paper})
    set(title ${paper})
    if(EXISTS ${folder}/title.txt)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/title.txt)
      file(STRINGS ${folder}/title.txt title LIMIT_COUNT 1)
    endif()
    string(APPEND titles "      {\"${paper}\", R\"(${title})\"},\n")
    file(GLOB paper_sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    if(NOT paper_sources)
      continue()
    endif()
    list(APPEND sources ${paper_sources})
    if(layer STREQUAL bounds)
      string(APPEND declarations "void register_${paper}_quantities(QuantityRegistry&);\n")
      string(APPEND calls "  register_${paper}_quantities(registry);\n")
      continue()
    endif()
    string(APPEND declarations "void register_${paper}_claims(ClaimRegistry&);\n")
    string(APPEND calls "  register_${paper}_claims(registry);\n")
    if(EXISTS ${folder}/figures.cpp)
      string(APPEND declarations "void register_${paper}_figures(FigureRegistry&);\n")
      string(APPEND figure_calls "  register_${paper}_figures(registry);\n")
    endif()
  endforeach()
  set(registry ${CMAKE_CURRENT_BINARY_DIR}/generated/${layer}/registry.cpp)
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/registry/${layer}.cpp.in ${registry} @ONLY)
  set(${out} ${sources} ${registry} PARENT_SCOPE)
endfunction()

# asyncert_add_verifier(NAME papers...): a program with all of asyncert's commands over your own papers, whose folders bounds/PAPER and
# verify/PAPER lie beside the calling CMakeLists.txt. Its registries take the place of those in asyncert's libraries.
function(asyncert_add_verifier name)
  asyncert_paper_sources(bounds ${CMAKE_CURRENT_SOURCE_DIR} bounds_sources ${ARGN})
  asyncert_paper_sources(verify ${CMAKE_CURRENT_SOURCE_DIR} verify_sources ${ARGN})
  set(main ${CMAKE_CURRENT_BINARY_DIR}/generated/${name}_main.cpp)
  file(CONFIGURE OUTPUT ${main} CONTENT [[#include "verify/commands.hpp"

int main(int argc, char** argv) { return asyncert::command_line(argc, argv, ""); }
]])
  add_executable(${name} ${main} ${bounds_sources} ${verify_sources})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE asyncert::verify)
endfunction()
