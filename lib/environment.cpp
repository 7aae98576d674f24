#include "lib/environment.hpp"

#include <flint/flint.h>
#include <gmp.h>

#include <fstream>
#include <string>
#include <thread>

#include "build_information.hpp"

namespace asyncert {

const char* version() { return build::version; }

namespace {

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  return "unknown";
}

}  // namespace

Object run_environment() {
  Object libraries;
#ifdef FLINT_VERSION
  libraries.add("flint", FLINT_VERSION);
#endif
#if defined(ARB_VERSION)
  libraries.add("arb", ARB_VERSION);
#endif
  libraries.add("gmp", gmp_version);
  Object o;
  o.add("version", version()).add("commit", build::commit).add("compiler", build::compiler).add("flags", build::flags);
  o.add("cpu", processor()).add("hardware_threads", std::to_string(std::thread::hardware_concurrency()));
  o.add("libraries", std::move(libraries));
  return o;
}

}  // namespace asyncert
