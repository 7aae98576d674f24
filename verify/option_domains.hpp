// Domains of command line options: what is not in one is refused with the option, its value and the domain. Included by
// the sources that parse the command line only, because the argument parser is slow to compile.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "verify/commands.hpp"

namespace asyncert {

CLI::Validator whole_number(std::uint64_t least = 0, std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
CLI::Validator finite_number();
/// Above 0; infinity is allowed.
CLI::Validator positive_number();
/// From 0, finite.
CLI::Validator nonnegative_number();
CLI::Validator probability();
/// One of the words; a mistyped one is answered with the nearest.
CLI::Validator one_of(std::vector<std::string> words);

/// The options of `asyncert run`; parsing runs it and sets the exit code.
void add_run_options(CLI::App& app, RunCommandOptions& options, int& code);

}  // namespace asyncert
