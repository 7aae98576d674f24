// Finite-sample inference: every interval holds its level at every sample size. Nothing here is asymptotic.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "lib/claim.hpp"

namespace asyncert {

/// P(Bin(n, p) >= k) = I_p(k, n-k+1), for 1 <= k <= n; enclosed.
Ball binomial_upper_tail(long k, long n, const Ball& p);
/// The p with P(Bin(n, p) >= k) = level, for 1 <= k <= n; the tail increases in p.
Ball binomial_tail_inverse(long k, long n, const Rational& level);
/// Limits of the two-sided Clopper-Pearson interval of coverage 1 - alpha, for 0 <= k <= n: the p with P(Bin(n, p) >=
/// k) = alpha/2, or 0 where k = 0; and the p with P(Bin(n, p) <= k) = alpha/2, or 1 where k = n.
Ball clopper_pearson_lower(long k, long n, const Rational& alpha);
Ball clopper_pearson_upper(long k, long n, const Rational& alpha);
/// P(chi^2 with `degrees` degrees of freedom >= x); enclosed.
Ball chi_squared_tail(const Ball& x, long degrees);

/// Exact two-sided limits for the probability behind `successes` of `n` independent trials (Clopper and Pearson 1934):
/// they cover with probability at least 1 - alpha for every p and n. Domain: 0 <= successes <= n, n >= 1, 0 < alpha
/// < 1. The shown interval contains the exact one (rounded outward).
Measure proportion_interval(long successes, long n, double alpha);

/// The mean of independent observations that all lie in [lower, upper].
///
/// `interval` is the intersection of Hoeffding's interval and of the empirical Bernstein interval of Maurer and Pontil
/// (2009), at alpha/2 each, so that the variance is used where it is small. It covers the expectation with probability
/// >= 1 - alpha at the number of observations at which it is asked for; that number must not depend on the observations
/// (else see `test_proportion`). An observation outside the range throws `DomainError`: the range is a fact to be
/// proved, not a guess.
class BoundedMean {
 public:
  BoundedMean(double lower, double upper);
  void add(double x);
  /// Adds the observations of another accumulator of the same range.
  void add(const BoundedMean& other);
  long count() const { return count_; }
  double mean() const;
  /// Needs count() >= 2.
  Measure interval(double alpha) const;

 private:
  double lower_, upper_;
  long count_ = 0;
  // Observations are kept as offsets from lower_; sums with Neumaier's compensation.
  double sum_ = 0, compensation_ = 0, squares_ = 0;
};

/// Half the width of Hoeffding's interval for observations in a range of length `range`.
double hoeffding_half_width(double range, long n, double alpha);
/// The number of observations that gives at most the half width `half_width`.
long hoeffding_sample_size(double range, double half_width, double alpha);

/// What `smallest_detectable_violation` means everywhere: a violation of that size or more, in the units of the
/// compared sides, or for quantiles in probability, is refuted with at least this probability, whatever the
/// distribution.
inline constexpr double detection_probability = 0.999;

/// The smallest violation of a bound on a mean that `BoundedMean::interval(alpha)` of `n` observations detects, in the
/// units of the mean. The interval is no wider than Hoeffding's at alpha/2, and the sample mean is off by more than
/// range sqrt(log(1/(1-p))/(2n)), p = detection_probability, to the wrong side with probability at most 1-p.
double detectable_in_mean(double range, long n, double alpha);
/// The smallest violation of "probability >= bound" that `proportion_interval(., n, alpha)` detects: the difference
/// from the bound of the largest probability that is refuted often enough. None where not even probability 0 is.
/// Domain: n >= 1, 0 < bound < 1. The limits of a `q`-quantile decide "quantile <= x" as those of a proportion decide
/// "P(X <= x) >= q", so that its smallest violation, as a probability, is the one at bound = q.
std::optional<double> detectable_shortfall(long n, double bound, double alpha,
                                           double detection = detection_probability);
/// The same for "probability <= bound".
std::optional<double> detectable_excess(long n, double bound, double alpha);

/// A probability that was held against a bound while trials were added.
struct ProportionTest {
  long successes = 0, trials = 0;
  Measure probability;                      ///< its limits at the level of the last look
  std::optional<double> shortfall, excess;  ///< what the test detects, as `detectable_shortfall` and `_excess`
};
/// Runs trial(0), trial(1), ..., which must be independent, and looks at the limits after first, 2 first, 4 first, ...
/// and at last after `most` trials; it stops at the first look whose limits exclude the bound. Look k = 1, 2, ... has
/// the level alpha/(k(k+1)), which sums to alpha, so that stopping early leaves all limits valid. Domain: 1 <= first
/// <= most, 0 < bound < 1.
ProportionTest test_proportion(const std::function<bool(long)>& trial, double bound, double alpha, long first,
                               long most);

/// Limits for the `q`-quantile by order statistics: [x_(i), x_(j)] of the sorted sample with coverage at least 1 -
/// alpha, for any distribution. An end that the sample cannot bound is infinite. Domain: 0 < q < 1, a nonempty sample.
Measure quantile_interval(std::vector<double> sample, double q, double alpha);

/// Limits for the largest difference, over all x, of the probabilities P(X <= x) and P(Y <= x) behind two samples: that
/// of the empirical laws, less and more hoeffding_half_width(1, n, alpha/2) for each sample, which its empirical law is
/// off by at most with probability 1 - alpha/2 (Dvoretzky, Kiefer and Wolfowitz 1956, Massart 1990), whatever the laws.
/// The samples may depend on each other. Domain: nonempty samples, 0 < alpha < 1. O(n log n).
Measure distance_of_laws(std::vector<double> x, std::vector<double> y, double alpha);

/// Goodness of fit of counts to given probabilities (Pearson): the probability of a statistic at least as large.
/// Asymptotic; every expected count should be at least 5, which is checked. Used to test samplers, never to decide a
/// claim.
double chi_squared_p_value(const std::vector<std::uint64_t>& counts, const std::vector<double>& probabilities);

}  // namespace asyncert
