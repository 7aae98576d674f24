// Runs of the perturbed asynchronous method near saddles, shared by the measured claims and the figures.
#pragma once

#include <optional>
#include <vector>

#include "lib/claim.hpp"
#include "solvers/schedule.hpp"

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
EscapeTimes escape_times(double distance, double perturbation, long runs, std::uint64_t limit, std::uint64_t seed,
                         const solvers::SchedulePtr& delays = solvers::uniform_delay(10));

/// How many of `runs` perturbed runs of the same experiment from the saddle itself, at the step eta = rate/M and with
/// the constant delay 10, have f > -1/4 once more after f <= -1/2 was seen, within 30/rate steps.
struct Returns {
  long returned = 0, escaped = 0, runs = 0;
  std::uint64_t largest_delay = 0;
};
Returns returns(double rate, long runs, std::uint64_t seed);

/// How many of `runs` runs from the saddle of diag(-1, 1)/2 have a sum of squared gradients of at least F2 within Tmax
/// steps, at d = 2, M = 3, T = 1, s = 1e-6, w = 300, where all conditions of Theorem 7 hold.
struct Theorem7Events {
  long events = 0;
  long runs = 0;
  std::uint64_t steps = 0;
  std::uint64_t largest_delay = 0;
};
Theorem7Events theorem7_events(long runs, std::uint64_t seed);

/// Lemma 9's event (16) at the same constants, for f = (h_1 x_1^2 + h_2 x_2^2)/2 from x = 0: the squared gradients of
/// Tmax steps add up to F2, or no iterate up to Tmax is farther than S from the start.
struct Lemma9Events {
  long gradients = 0, near = 0, either = 0, runs = 0;
  std::uint64_t largest_delay = 0;
};
Lemma9Events lemma9_events(const std::vector<double>& curvatures, long runs, std::uint64_t seed);

}  // namespace asyncert::pasgd
