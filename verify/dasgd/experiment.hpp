// The experiment of Section 5: realisations of DASGD on the test function, with and without delays.
#pragma once

#include <cstdint>
#include <vector>

namespace asyncert::dasgd {

/// Where the realisations start: at one point for all, uniform on the box as the paper's "random but otherwise fixed"
/// start; as many as `realisations_a_start` at each of several uniform points; or all at (3/2, ..., 3/2).
enum class Start { one_random, random_each, three_halves };

/// Settings that the paper leaves open are named here: alpha_n = c/((n+n0) log(n+n0)), n >= 1, noise N(0,I) added to
/// the gradient, lazy projection onto [0,2]^101.
struct Experiment {
  double c = 1, n0 = 1;
  Start start = Start::one_random;
  bool linear_delay = false;  ///< s(n) = min(n, ceil(n/(1+xi_n))), xi_n uniform on [1/2, 3/2]; else s(n) = n
  std::uint64_t steps = 2000;
  std::uint64_t realisations = 100, first_realisation = 0, realisations_a_start = 1;
};

/// f along the realisations at the recorded steps: last[r][k] = f(X_n), average[r][k] = f(Xbar_n), and mean[r][k], the
/// mean of f(X_1), ..., f(X_n) with the weights of Xbar_n, n = recorded[k].
struct ExperimentResult {
  std::vector<std::uint64_t> recorded;
  std::vector<std::vector<double>> last, average, mean;
  std::uint64_t largest_delay = 0;  ///< n - s(n), as realised

  std::vector<double> last_at_end() const;
  /// The place of n among the recorded steps; n must be one of them.
  std::size_t place(std::uint64_t n) const;
};

/// Cost: about 5 microseconds a step. The same seed gives the same numbers.
ExperimentResult run_experiment(const Experiment& e, std::uint64_t seed);

}  // namespace asyncert::dasgd
