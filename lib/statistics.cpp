#include "lib/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/arb.hpp"
#include "lib/bisection.hpp"
#include "lib/certified_root.hpp"
#include "lib/errors.hpp"

namespace asyncert {

namespace {

void check_level(double alpha) {
  if (!(alpha > 0 && alpha < 1)) throw DomainError("alpha", alpha, "0 < alpha < 1");
}

void check_range(double range) {
  if (!(range >= 0 && std::isfinite(range))) throw DomainError("range", range, "a finite length >= 0");
}

void check_trials(long n) {
  if (n < 1) throw DomainError("n", std::to_string(n), "an integer n >= 1");
}

void check_tail(long k, long n) {
  check_trials(n);
  if (k < 1 || k > n) throw DomainError("k", std::to_string(k), "an integer 1 <= k <= n = " + std::to_string(n));
}

void check_successes(long k, long n) {
  check_trials(n);
  if (k < 0 || k > n)
    throw DomainError("successes", std::to_string(k), "an integer 0 <= successes <= n = " + std::to_string(n));
}

/// P(Bin(n, p) <= k), never below its true value: an order statistic must not be chosen too boldly.
double binomial_lower_tail(long k, long n, double p) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return (Ball(1) - binomial_upper_tail(k + 1, n, Ball::from_double(p))).upper();
}

/// Up to so many trials a tail is summed, term by term; beyond, Arb's incomplete beta function is faster.
constexpr long most_summed_trials = 20'000;

/// ln n!
Ball log_factorial(long n) {
  Ball result;
  arb_lgamma(result.raw(), Ball(n + 1).raw(), PrecisionScope::bits());
  return result;
}

/// P(Bin(n, p) >= k) for k > n p: the terms fall from the first on, and the ratio of two bounds those left out.
Ball summed_upper_tail(long k, long n, const Ball& p) {
  constexpr long terms_a_look = 16;
  const Ball q = Ball(1) - p, odds = p / q, negligible = pow(Ball(2), -PrecisionScope::bits());
  Ball term = exp(log_factorial(n) - log_factorial(k) - log_factorial(n - k) + Ball(k) * log(p) + Ball(n - k) * log(q));
  Ball sum = term;
  for (long j = k; j < n; ++j) {
    const Ball ratio = odds * Ball(n - j) / Ball(j + 1);
    if ((j - k) % terms_a_look == 0) {
      const Ball rest = term * ratio / (Ball(1) - ratio);
      if (certainly_less(rest, sum * negligible)) return sum + Ball::hull(Ball(0), rest);
    }
    term *= ratio;
    sum += term;
  }
  return sum;
}

/// The same for 0 < p < 1 and any k, by the tail on whose side k lies; p exact.
Ball summed_tail(long k, long n, const Ball& p) {
  const PrecisionScope more(PrecisionScope::bits() + 32);  // what the factorials cancel
  if (certainly_less(Ball(n) * p, Ball(k))) return summed_upper_tail(k, n, p);
  return Ball(1) - summed_upper_tail(n - k + 1, n, Ball(1) - p);
}

}  // namespace

Ball binomial_upper_tail(long k, long n, const Ball& p) {
  check_tail(k, n);
  if (!p.is_finite() || certainly_less(p, 0) || certainly_less(1, p))
    throw DomainError("p", p.to_string(), "0 <= p <= 1");
  if (n <= most_summed_trials && p.is_exact() && certainly_less(0, p) && certainly_less(p, 1))
    return summed_tail(k, n, p);
  Ball result;
  arb_hypgeom_beta_lower(result.raw(), Ball(k).raw(), Ball(n - k + 1).raw(), p.raw(), 1, PrecisionScope::bits());
  return result;
}

Ball binomial_tail_inverse(long k, long n, const Rational& level) {
  check_tail(k, n);
  if (level <= 0 || level >= 1) throw DomainError("level", level.to_decimal(17), "0 < level < 1");
  // The logarithm of the smaller tail is nearly linear where the tail itself is flat.
  if (level > Rational(1, 2)) return Ball(1) - binomial_tail_inverse(n - k + 1, n, Rational(1) - level);
  const Ball target = log(Ball(level));
  return certified_root([&](const Ball& p) { return log(binomial_upper_tail(k, n, p)) - target; }, Ball(0), Ball(1));
}

Ball clopper_pearson_lower(long k, long n, const Rational& alpha) {
  check_successes(k, n);
  const Rational level = alpha / Rational(2);
  if (k == 0) return 0;
  return k == n ? exp(log(Ball(level)) / Ball(n)) : binomial_tail_inverse(k, n, level);
}

Ball clopper_pearson_upper(long k, long n, const Rational& alpha) {
  check_successes(k, n);
  const Rational level = alpha / Rational(2);
  if (k == n) return 1;
  return k == 0 ? -expm1(log(Ball(level)) / Ball(n)) : binomial_tail_inverse(k + 1, n, Rational(1) - level);
}

Ball chi_squared_tail(const Ball& x, long degrees) {
  if (degrees < 1) throw DomainError("degrees", std::to_string(degrees), "an integer degrees >= 1");
  if (!x.is_finite() || certainly_less(x, 0)) throw DomainError("x", x.to_string(), "x >= 0");
  Ball result;
  arb_hypgeom_gamma_upper(result.raw(), (Ball(degrees) / 2).raw(), (x / 2).raw(), 1, PrecisionScope::bits());
  return result;
}

Measure proportion_interval(long successes, long n, double alpha) {
  check_level(alpha);
  check_successes(successes, n);
  const PrecisionScope precision(128);
  const Rational level = Rational::from_double(alpha);
  const double lower = clopper_pearson_lower(successes, n, level).lower();
  const double upper = clopper_pearson_upper(successes, n, level).upper();
  return Measure::confidence(std::max(lower, 0.0), std::min(upper, 1.0), alpha);
}

BoundedMean::BoundedMean(double lower, double upper) : lower_(lower), upper_(upper) {
  if (!(std::isfinite(lower) && std::isfinite(upper) && lower < upper))
    throw DomainError("range", shortest(lower) + ".." + shortest(upper), "finite ends with lower < upper");
}

void BoundedMean::add(double x) {
  if (!(lower_ <= x && x <= upper_))
    throw DomainError("observation", x, shortest(lower_) + " <= x <= " + shortest(upper_));
  const double y = x - lower_, next = sum_ + y;
  compensation_ += std::abs(sum_) >= std::abs(y) ? (sum_ - next) + y : (y - next) + sum_;
  sum_ = next;
  squares_ += y * y;
  ++count_;
}

void BoundedMean::add(const BoundedMean& other) {
  if (other.lower_ != lower_ || other.upper_ != upper_)
    throw DomainError("accumulators of different ranges cannot be joined");
  const double next = sum_ + other.sum_;
  compensation_ += (std::abs(sum_) >= std::abs(other.sum_) ? (sum_ - next) + other.sum_ : (other.sum_ - next) + sum_) +
                   other.compensation_;
  sum_ = next;
  squares_ += other.squares_;
  count_ += other.count_;
}

double BoundedMean::mean() const {
  if (count_ == 0) throw DomainError("the mean of no observation does not exist");
  return lower_ + (sum_ + compensation_) / static_cast<double>(count_);
}

Measure BoundedMean::interval(double alpha) const {
  check_level(alpha);
  if (count_ < 2) throw DomainError("count", std::to_string(count_), "at least 2 observations");
  const double n = static_cast<double>(count_), range = upper_ - lower_, total = sum_ + compensation_;
  const double variance = std::max(0.0, (squares_ - total * total / n) / (n - 1));
  const double hoeffding = hoeffding_half_width(range, count_, alpha / 2);
  const double log_term = std::log(4 / (alpha / 2));  // two sides at alpha/4 each, and two events a side
  // Rounding of the squares is at most n eps range^2, which the widened variance covers.
  const double safe_variance = variance + 4 * n * std::numeric_limits<double>::epsilon() * range * range;
  const double bernstein = std::sqrt(2 * safe_variance * log_term / n) + 7 * range * log_term / (3 * (n - 1));
  const double slack = 8 * std::numeric_limits<double>::epsilon() * (range + std::abs(lower_));
  const double half = std::min(hoeffding, bernstein) + slack;
  return Measure::confidence(std::max(lower_, mean() - half), std::min(upper_, mean() + half), alpha);
}

double hoeffding_half_width(double range, long n, double alpha) {
  check_range(range);
  check_level(alpha);
  check_trials(n);
  return range * std::sqrt(std::log(2 / alpha) / (2 * static_cast<double>(n)));
}

long hoeffding_sample_size(double range, double half_width, double alpha) {
  check_range(range);
  check_level(alpha);
  if (!(half_width > 0)) throw DomainError("half_width", half_width, "half_width > 0");
  const double ratio = range / half_width, size = std::ceil(ratio * ratio * std::log(2 / alpha) / 2);
  if (!(size < 0x1p62)) throw DomainError("half_width", half_width, "large enough for fewer than 2^62 observations");
  return static_cast<long>(size);
}

double detectable_in_mean(double range, long n, double alpha) {
  return hoeffding_half_width(range, n, alpha / 2) +
         range * std::sqrt(-std::log(1 - detection_probability) / (2 * static_cast<double>(n)));
}

std::optional<double> detectable_shortfall(long n, double bound, double alpha, double detection) {
  check_trials(n);
  if (!(bound > 0 && bound < 1)) throw DomainError("bound", bound, "0 < bound < 1");
  check_level(alpha);
  // The largest number of successes that refutes: the upper limit for k lies below the bound just where P(Bin(n, bound)
  // > k) > 1 - alpha/2, which costs one tail instead of a root.
  const PrecisionScope precision(128);
  const Ball level = Ball(Rational(1) - Rational::from_double(alpha) / 2), at_bound = Ball::from_double(bound);
  const auto holds = [&](long k) { return !certainly_less(level, binomial_upper_tail(k + 1, n, at_bound)); };
  long low = first_true(-1L, n, holds) - 1;
  while (low >= 0 && !(proportion_interval(low, n, alpha).value.upper() < bound)) --low;  // as rounded outward
  if (low < 0) return std::nullopt;
  return bound - binomial_tail_inverse(low + 1, n, Rational(1) - Rational::from_double(detection)).lower();
}

std::optional<double> detectable_excess(long n, double bound, double alpha) {
  return detectable_shortfall(n, 1 - bound, alpha);
}

ProportionTest test_proportion(const std::function<bool(long)>& trial, double bound, double alpha, long first,
                               long most) {
  if (!(1 <= first && first <= most))
    throw DomainError("first", std::to_string(first), "an integer 1 <= first <= " + std::to_string(most));
  const auto level = [alpha](long look) { return alpha / static_cast<double>(look * (look + 1)); };
  long successes = 0, trials = 0, look = 0;
  std::optional<Measure> limits;
  for (long next = first; trials < most; next = std::min(2 * next, most)) {
    for (; trials < next; ++trials) successes += trial(trials) ? 1 : 0;
    limits = proportion_interval(successes, trials, level(++look));
    if (limits->value.upper() < bound || bound < limits->value.lower()) break;
  }
  long looks = 1;
  for (long next = first; next < most; next *= 2) ++looks;
  return {.successes = successes,
          .trials = trials,
          .probability = *limits,
          .shortfall = detectable_shortfall(most, bound, level(looks)),
          .excess = detectable_excess(most, bound, level(looks))};
}

Measure quantile_interval(std::vector<double> sample, double q, double alpha) {
  check_level(alpha);
  if (!(q > 0 && q < 1)) throw DomainError("q", q, "0 < q < 1");
  if (sample.empty()) throw DomainError("a quantile needs at least one observation");
  for (const double x : sample)
    if (std::isnan(x)) throw DomainError("observation", x, "a number, infinities included");
  std::sort(sample.begin(), sample.end());
  const PrecisionScope precision(128);
  const long n = static_cast<long>(sample.size());
  // The number of observations below the quantile is at most, and that up to it at least, binomial with success
  // probability q. x_(i) exceeds the quantile with probability at most P(Bin <= i - 1): the largest such i at alpha/2.
  const long i = first_true(0L, n + 1, [&](long k) { return binomial_lower_tail(k - 1, n, q) > alpha / 2; }) - 1;
  const double lower = i == 0 ? -std::numeric_limits<double>::infinity() : sample[static_cast<std::size_t>(i - 1)];
  // x_(j) lies below the quantile with probability at most P(Bin >= j): the smallest such j at alpha/2.
  const long j = first_true(
      0L, n + 1, [&](long k) { return binomial_upper_tail(k, n, Ball::from_double(q)).upper() <= alpha / 2; });
  const double upper = j == n + 1 ? std::numeric_limits<double>::infinity() : sample[static_cast<std::size_t>(j - 1)];
  return Measure::confidence(lower, upper, alpha);
}

Measure distance_of_laws(std::vector<double> x, std::vector<double> y, double alpha) {
  check_level(alpha);
  double band = 0;
  for (std::vector<double>* sample : {&x, &y}) {
    if (sample->empty()) throw DomainError("the law of a sample needs at least one observation");
    for (const double v : *sample)
      if (std::isnan(v)) throw DomainError("observation", v, "a number, infinities included");
    std::sort(sample->begin(), sample->end());
    band += hoeffding_half_width(1, static_cast<long>(sample->size()), alpha / 2);
  }
  const auto share = [](std::size_t count, const std::vector<double>& sample) {
    return static_cast<double>(count) / static_cast<double>(sample.size());
  };
  double largest = 0;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    const double at = std::min(x[i], y[j]);
    while (i < x.size() && x[i] == at) ++i;
    while (j < y.size() && y[j] == at) ++j;
    largest = std::max(largest, std::abs(share(i, x) - share(j, y)));
  }
  return Measure::confidence(std::max(0.0, largest - band), std::min(1.0, largest + band), alpha);
}

double chi_squared_p_value(const std::vector<std::uint64_t>& counts, const std::vector<double>& probabilities) {
  if (counts.size() != probabilities.size() || counts.size() < 2)
    throw DomainError("counts", std::to_string(counts.size()) + " cells", "as many as probabilities, at least 2");
  double n = 0, statistic = 0, total = 0;
  for (const double p : probabilities) {
    if (!(p >= 0 && p <= 1)) throw DomainError("probability", p, "0 <= probability <= 1");
    total += p;
  }
  if (!(std::abs(total - 1) <= 1e-9)) throw DomainError("sum of the probabilities", total, "1");
  for (const std::uint64_t c : counts) n += static_cast<double>(c);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = n * probabilities[i];
    if (!(expected >= 5)) throw DomainError("expected count", expected, "at least 5 in every cell");
    const double difference = static_cast<double>(counts[i]) - expected;
    statistic += difference * difference / expected;
  }
  const PrecisionScope precision(128);
  return chi_squared_tail(Ball::from_double(statistic), static_cast<long>(counts.size()) - 1).midpoint();
}

}  // namespace asyncert
