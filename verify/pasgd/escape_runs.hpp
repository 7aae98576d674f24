// Runs of the perturbed asynchronous method near saddles, shared by the measured claims and the figures.
#pragma once

#include <optional>
#include <vector>

#include "lib/claim.hpp"

namespace asyncert::pasgd {

/// The experiment of Section 5: A = diag(1, -2), M = 5, eta = 0.001/M, T = 10 with uniform delays, exact gradients.
/// What the paper leaves open: starts are N(0, distance^2 I), and a run has escaped at the first tenth step with f <=
/// -1/2 (f_* = -1).
struct EscapeTimes {
  std::vector<double> steps;  ///< a run each, in order of replicates; `limit` where it did not escape
  std::uint64_t limit = 0;
  std::uint64_t largest_delay = 0;  ///< as realised
};
/// `perturbation` is r, 0 for the method without it. Starts and delays depend on the replicate only, so that runs pair
/// up.
EscapeTimes escape_times(double distance, double perturbation, long runs, std::uint64_t limit, std::uint64_t seed);

/// How many of `runs` runs from the saddle of diag(-1, 1)/2 have a sum of squared gradients of at least F2 within Tmax
/// steps, at d = 2, M = 3, T = 1, s = 1e-6, w = 300, where all conditions of Theorem 7 hold.
struct Theorem7Events {
  long events = 0;
  long runs = 0;
  std::uint64_t steps = 0;
  std::uint64_t largest_delay = 0;
};
Theorem7Events theorem7_events(long runs, std::uint64_t seed);

}  // namespace asyncert::pasgd
