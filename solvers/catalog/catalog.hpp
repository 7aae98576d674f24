// Algorithms and instances by name, for the command line. Programs construct rules and problems directly.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "solvers/event_workers.hpp"
#include "solvers/instances/analytic.hpp"
#include "solvers/linear_system.hpp"
#include "solvers/projection.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers::catalog {

/// What an algorithm can run on: a problem (perhaps on a convex set), or a linear system.
struct Instance {
  std::string name;
  instances::ProblemPtr problem{};
  std::shared_ptr<const LinearSystem> system{};
  ConvexSetPtr set{};
  Evaluate evaluate{};  ///< f and |grad f|; for systems |x - x_*|_B^2 and |A x - b|
};

struct Description {
  std::string name, summary;
  bool on_data = false;  ///< it reads files, so that nothing more is known before
};
/// The instances, in the order of the documentation. `FILE` in a name stands for a path.
std::vector<Description> instance_list();
/// Throws `DomainError` on an unknown name, `ParseError` on a bad file.
Instance make_instance(const std::string& name);

/// A constant that theorems ask for.
struct Constant {
  std::string symbol, name, meaning;
  double value = 0;
};
/// All of them, without values.
const std::vector<Constant>& constant_list();
/// What is known of an instance beside its formula.
struct Facts {
  std::size_t dimension = 0, terms = 0;  ///< rows, for a linear system
  std::vector<Constant> constants;       ///< those that exist and are known
  std::string domain;                    ///< where they hold
  std::string set;                       ///< the constraint; empty where there is none
  bool stationary_points_known = false;  ///< so that the distance to them is
};
Facts facts_of(const Instance& instance);

/// key=value settings; every key must be one that the algorithm has.
class Settings {
 public:
  Settings() = default;
  explicit Settings(std::map<std::string, std::string> values) : values_(std::move(values)) {}
  const std::map<std::string, std::string>& values() const { return values_; }
  /// Throws `DomainError` naming the key and what was wanted.
  double number(const std::string& key, double fallback) const;
  double positive(const std::string& key, double fallback) const;     ///< (0, inf)
  double nonnegative(const std::string& key, double fallback) const;  ///< [0, inf)
  std::uint64_t count(const std::string& key, std::uint64_t fallback, std::uint64_t least = 0,
                      std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
  bool flag(const std::string& key, bool fallback) const;
  std::string word(const std::string& key, const std::string& fallback) const;
  std::vector<double> numbers(const std::string& key) const;
  bool given(const std::string& key) const { return values_.count(key) > 0; }

 private:
  std::map<std::string, std::string> values_;
};

struct Setting {
  std::string name;
  std::string symbol;  ///< in the method's paper; empty where it has none
  std::string meaning;
  std::string domain;
  std::string initial;  ///< what holds where it is not given
};
struct Algorithm {
  std::string name, summary;
  std::vector<Setting> settings;
  MemoryPolicy memory = MemoryPolicy::wild;  ///< the policy of the method as published
  /// `executor` is serial, replay, openmp or simulate.
  std::function<Run(const Instance&, const Settings&, const std::string& executor, const RunOptions&)> run;
  std::vector<std::string> executors{"serial", "replay", "openmp", "simulate"};  ///< those that can run it
  std::uint64_t default_steps = 10000;                                           ///< 0: it ends by itself
  /// The function of its curve, where that is not the instance's own.
  std::function<Evaluate(const Instance&, const Settings&)> objective{};
  bool needs_instance = true;
};
const std::vector<Algorithm>& algorithm_list();
/// Throws `DomainError` naming the known ones.
const Algorithm& find_algorithm(const std::string& name);
/// What the curve of a run shows: f of the instance, with the penalties that the settings add.
Evaluate objective(const Algorithm& algorithm, const Instance& instance, const Settings& settings);
/// Checks the settings' keys, then runs.
Run run(const Algorithm& algorithm, const Instance& instance, const Settings& settings, const std::string& executor,
        const RunOptions& options);

/// "none", "constant:4", "uniform:4", "saw-tooth:4", "periodic:0,3,7", "linear:1", "random-linear:0.5,1.5",
/// "polynomial:1,2", "independent:4:2,1" (delay and weights), "events:LAW" (workers with service laws as below), or
/// "trace:FILE" (the document of a run with a trace).
SchedulePtr parse_schedule(const std::string& text);

/// "fixed:1,2" or "exponential:1,1" (one time a thread), "uniform:1-2,1-3". `parameter` is named in errors.
std::vector<ServiceLaw> parse_laws(const std::string& parameter, const std::string& text);

}  // namespace asyncert::solvers::catalog
