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
  std::vector<double> steps = {};  ///< a run each, in order of replicates; `limit` where it did not escape
  std::uint64_t limit = 0;
  double rate = 0.001;              ///< M eta; above a hundredth every step is looked at
  std::uint64_t largest_delay = 0;  ///< as realised
};
/// `perturbation` is r, 0 for the method without it. Starts and delays depend on the replicate only, so that runs pair
/// up.
EscapeTimes escape_times(double distance, double perturbation, long runs, std::uint64_t limit, std::uint64_t seed,
                         const solvers::SchedulePtr& delays = solvers::uniform_delay(10));
/// The run of one replicate alone, whose steps and largest delay are added to `times`.
void add_escape_time(EscapeTimes& times, double distance, double perturbation, std::uint64_t seed,
                     std::uint64_t replicate, const solvers::SchedulePtr& delays = solvers::uniform_delay(10));

/// A perturbed run of the same experiment from the saddle itself, at the step eta = rate/M and with the constant delay
/// 10: whether it has f > -1/4 once more after f <= -1/2 was seen, within 30/rate steps.
struct Return {
  bool returned = false, escaped = false;
  std::uint64_t largest_delay = 0;
};
Return return_run(double rate, std::uint64_t seed, std::uint64_t replicate);

/// A run of Tmax steps on f = (h_1 x_1^2 + h_2 x_2^2)/2 from x = 0 at d = 2, M = 3, T = 1, s = 1e-6, w = 300, where all
/// conditions of Theorem 7 and Lemma 9 hold.
struct FeasibleRun {
  bool large = false;   ///< Theorem 7's event: the squared gradients add up to F2
  bool stayed = false;  ///< no iterate is farther than S from the start; Lemma 9's event (16) is one of the two
  std::uint64_t steps = 0, largest_delay = 0;
};
FeasibleRun feasible_run(const std::vector<double>& curvatures, std::uint64_t seed, std::uint64_t replicate);

}  // namespace asyncert::pasgd
