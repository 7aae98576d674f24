// The commands of the `asyncert` binary. Each returns the process's exit code and prints to the given streams, so that
// tests can call them.
#pragma once

#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/claim.hpp"

namespace asyncert {

/// The exit codes of every command.
enum ExitCode : int {
  exit_ok = 0,
  exit_differs = 1,  ///< a verdict or value differs from what was expected
  exit_usage = 2,
  exit_bad_input = 3,
  exit_inconclusive = 4,  ///< with --strict
  exit_nothing = 5,       ///< nothing was measured
  exit_interrupted = 130,
};

/// Arguments that do not have the form of the command line; exit code 2.
class UsageError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

struct EvalOptions {
  std::string quantity;
  std::vector<std::string> assignments;  ///< key=value; lists as JSON
  std::string batch = {};                ///< file of rows, "-" for standard input
  int digits = 30;
  bool floating = false;  ///< --rigor float
  bool json = false;
};
int eval_command(const EvalOptions& options, std::ostream& out, std::ostream& err);

struct ProbeOptions {
  std::string quantity;
  std::vector<std::string> assignments;  ///< key=value, key=a,b,c, key=lo:hi:n or key=lo:hi:n:log
  int digits = 17;
  bool floating = false;     ///< --rigor float
  std::string out = "-";     ///< a file that ends in .csv, .json or .npy; CSV on standard output
  std::string plot = {};     ///< a file for one HTML page with a figure an output
  bool json = false;         ///< JSON instead of CSV on standard output
  std::string command = {};  ///< the command line, for the record
};
/// A quantity over the product of the given values. Points outside the quantity's domain carry an error and the rest go
/// on; exit code 3 when no point has a value, 130 after Ctrl-C, with the points that were done.
int probe_command(const ProbeOptions& options, std::ostream& out, std::ostream& err);

struct TablesOptions {
  int number = 0;                  ///< 1, 2 or 3; 0 for all
  std::string definition = "all";  ///< all, printed, U, rate, rate-one-less
  std::string format = "text";     ///< text, csv, json, md, tex
  bool check = false;              ///< exit 1 unless every value equals the committed one
};
/// Only in builds that contain the paper apsgd.
int tables_command(const TablesOptions& options, std::ostream& out, std::ostream& err);

struct ListOptions {
  std::string what;                   ///< claims, quantities, figures, datasets, algorithms or instances
  std::vector<std::string> patterns;  ///< see `Selection`; none selects all
  bool json = false;
};
int list_command(const ListOptions& options, std::ostream& out, std::ostream& err);

struct RunCommandOptions {
  std::string algorithm, instance;
  std::string executor = "serial";    ///< serial, replay, openmp, simulate
  std::vector<std::string> settings;  ///< key=value, those of the algorithm
  std::uint64_t steps = 0;            ///< 0: the algorithm's default
  std::uint64_t seed = 1, replicate = 0;
  std::uint64_t record_every = 0;  ///< updates between points of the loss curve; 0: a hundredth of the run
  std::optional<double> target, time_limit;
  bool trace = false;
  // replay
  std::string schedule;
  std::optional<double> survival, inconsistent_read;
  // openmp and simulate
  std::optional<int> threads;
  std::string memory;  ///< empty: the algorithm's own
  // simulate
  std::string compute;  ///< laws of computing; empty: exponential:1
  std::optional<double> read_spacing, write_time, write_spacing;
  // openmp
  bool probes = false, stamps = false, equal_shares = false;
  std::optional<std::uint64_t> max_delay;
  std::optional<double> stall_limit;  ///< seconds
  std::string checkpoint, resume;
  std::uint64_t checkpoint_every = 0;  ///< 0: a tenth of the run
  std::string out;                     ///< "-": the document on standard output
  bool json = false;
  std::string command = {};  ///< the command line, for the record
};
/// Runs an algorithm and writes its curve, delays and stop reason. Exit code 130 after Ctrl-C, 1 when the run
/// diverged or a thread stalled.
int run_command(const RunCommandOptions& options, std::ostream& out, std::ostream& err);

struct VerifyOptions {
  std::vector<std::string> patterns;  ///< see `Selection`; none selects all
  std::string paper;                  ///< restricts to one paper where not empty
  Effort effort = Effort::quick;
  std::uint64_t seed = Context{}.seed;
  bool strict = false;
  bool show = false;  ///< print the full evidence of each claim
  bool json = false;
  bool include_canaries = true;
  std::string out;      ///< results.json
  std::string command;  ///< the command line, for the record
  int threads = 0;      ///< 0: as many as the machine has
};
int verify_command(const VerifyOptions& options, std::ostream& out, std::ostream& err);

struct CompareOptions {
  std::string results;
  std::string baseline = "data/baselines/ledger.json";
  bool update = false;
  bool json = false;
};
int compare_command(const CompareOptions& options, std::ostream& out, std::ostream& err);

struct ReportOptions {
  std::string results;
  std::string format = "md";  ///< html, md, tex, csv, junit, json, errata, paper-pages; text for a table
  std::string table;          ///< only the table of that name
  std::string out = "-";
};
int report_command(const ReportOptions& options, std::ostream& out, std::ostream& err);

/// Parses the command line and runs the command. `paper` restricts to one paper's verifier (verify-PAPER); empty is the
/// full tool.
int command_line(int argc, char** argv, const std::string& paper);

}  // namespace asyncert
