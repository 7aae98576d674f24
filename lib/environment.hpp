// What a result depends on besides its inputs: build, machine, libraries.
#pragma once

#include "lib/value.hpp"

namespace asyncert {

/// "0.1.0"
const char* version();
/// Version, commit, compiler, flags, CPU, hardware threads and library versions, for the head of every results file.
Object run_environment();

}  // namespace asyncert
