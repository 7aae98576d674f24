// Random streams and finite-sample inference: known answers, coverage measured, and what must be refused.
#include "lib/statistics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "lib/errors.hpp"
#include "lib/random.hpp"

using namespace asyncert;

TEST_SUITE("statistical") {
  TEST_CASE("Philox-4x64-10 gives Random123's known answer") {
    const r123::Philox4x64::ctr_type zero{};
    const r123::Philox4x64::key_type key{};
    CHECK(r123::Philox4x64()(zero, key)[0] == 0x16554d9eca36314cULL);
    CHECK(RandomStream(0, 0)() == 0x16554d9eca36314cULL);
  }

  TEST_CASE("a stream's draws depend on its address alone") {
    RandomStream a(7, stream_key("x"), 3, 1), b(7, stream_key("x"), 3, 1), other(7, stream_key("x"), 3, 2);
    for (int i = 0; i < 5; ++i) a();
    a.at(9), b.at(9), other.at(9);
    bool same = true, differs = false;
    for (int i = 0; i < 20; ++i) {
      const auto x = a();
      same = same && x == b();
      differs = differs || x != other();
    }
    CHECK(same);
    CHECK(differs);
    a.at(4).normal();
    b.at(4).normal();
    CHECK(a.at(5).normal() == b.at(5).normal());  // a spare normal of the step before must not leak
  }

  TEST_CASE("the samplers follow their laws, and a biased one is seen") {
    RandomStream random(11, stream_key("laws"));
    std::vector<std::uint64_t> die(7), biased(7), quarter(4);
    double sum = 0, squares = 0, mean = 0;
    constexpr int n = 70000;
    for (int i = 0; i < n; ++i) {
      ++die[random.below(7)];
      ++biased[random.below(8) % 7];
      const double z = random.normal();
      sum += z, squares += z * z;
      // Quartiles of the standard normal.
      ++quarter[z < -0.67448975019608171 ? 0 : z < 0 ? 1 : z < 0.67448975019608171 ? 2 : 3];
      mean += random.exponential();
    }
    const std::vector<double> seventh(7, 1.0 / 7);
    CHECK(chi_squared_p_value(die, seventh) > 1e-6);
    CHECK(chi_squared_p_value(biased, seventh) < 1e-6);
    CHECK(chi_squared_p_value(quarter, {0.25, 0.25, 0.25, 0.25}) > 1e-6);
    CHECK(std::abs(sum) < 5 * std::sqrt(n));
    CHECK(std::abs(squares / n - 1) < 5 * std::sqrt(2.0 / n));
    CHECK(std::abs(mean / n - 1) < 5 / std::sqrt(n));
  }

  TEST_CASE("Clopper-Pearson limits") {
    const Measure m = proportion_interval(10, 100, 0.05);
    CHECK(m.value.lower() == doctest::Approx(0.0490046892214860).epsilon(1e-9));
    CHECK(m.value.upper() == doctest::Approx(0.1762225977400227).epsilon(1e-9));
    CHECK(proportion_interval(0, 5, 0.05).value.lower() <= 0);
    CHECK(proportion_interval(5, 5, 0.05).value.upper() >= 1);
    CHECK_THROWS_AS(proportion_interval(6, 5, 0.05), DomainError);
    CHECK_THROWS_AS(proportion_interval(1, 5, 0), DomainError);
  }

  TEST_CASE("binomial tails: sums of terms, the incomplete beta function beyond them, and their inverses") {
    const PrecisionScope precision(128);
    // P(Bin(n, 1/4) >= k) 4^n = sum_{i >= k} C(n, i) 3^{n-i}.
    for (const long n : {1L, 2L, 7L, 60L}) {
      Rational tail = 0, choose = 1;  // C(n, k)
      for (long k = n; k >= 1; --k) {
        tail += choose * pow(Rational(3), n - k);
        choose *= Rational(k, n - k + 1);
        const Ball computed = binomial_upper_tail(k, n, Ball(Rational(1, 4)));
        CHECK(computed.contains(tail / pow(Rational(4), n)));
        CHECK(computed.accuracy_bits() > 100);
      }
    }
    for (const long k : {1L, 3L, 250L, 251L, 999L, 1000L}) {  // p exact: summed
      const Ball p = Ball(Rational(1, 4)), wide = Ball::hull(p, p + pow(Ball(2), -120));
      const Ball summed = binomial_upper_tail(k, 1000, p), beta = binomial_upper_tail(k, 1000, wide);
      CHECK(summed.overlaps(beta));
      CHECK(summed.accuracy_bits() > 90);
    }
    CHECK(binomial_upper_tail(5, 10, Ball(0)).contains(Rational(0)));
    CHECK(binomial_upper_tail(5, 10, Ball(1)).contains(Rational(1)));
    // The tail is flat over most of (0, 1), where roots were not found once.
    const Rational alpha = Rational::parse("1e-9");
    const Ball upper = clopper_pearson_upper(133, 400, alpha), lower = clopper_pearson_lower(133, 400, alpha);
    CHECK(upper.accuracy_bits() > 90);
    CHECK(lower.accuracy_bits() > 90);
    CHECK((Ball(1) - binomial_upper_tail(134, 400, upper)).overlaps(Ball(alpha / 2)));
    CHECK(binomial_upper_tail(133, 400, lower).overlaps(Ball(alpha / 2)));
    CHECK(certainly_less(lower, Ball(Rational(133, 400))));
    CHECK(certainly_less(Ball(Rational(133, 400)), upper));
  }

  TEST_CASE("the intervals cover at least as often as they say") {
    constexpr double alpha = 0.05;
    int mean_misses = 0, proportion_misses = 0, quantile_misses = 0;
    constexpr int replicates = 400;
    for (int r = 0; r < replicates; ++r) {
      RandomStream random(5, stream_key("coverage"), static_cast<std::uint64_t>(r));
      BoundedMean mean(0, 1);
      long successes = 0;
      std::vector<double> sample;
      for (int i = 0; i < 60; ++i) {
        const double u = random.uniform();
        mean.add(u * u);  // expectation 1/3
        successes += u < 0.2 ? 1 : 0;
        sample.push_back(u);
      }
      mean_misses += mean.interval(alpha).value.contains(Rational(1, 3)) ? 0 : 1;
      proportion_misses += proportion_interval(successes, 60, alpha).value.contains(Rational(1, 5)) ? 0 : 1;
      quantile_misses += quantile_interval(sample, 0.9, alpha).value.contains(Rational(9, 10)) ? 0 : 1;
    }
    // Of 400 runs an interval of coverage 95 % misses more than 45 with probability below 1e-6.
    CHECK(mean_misses <= 45);
    CHECK(proportion_misses <= 45);
    CHECK(quantile_misses <= 45);
    CHECK(proportion_misses + quantile_misses > 0);  // an interval that never misses would be uselessly wide
  }

  TEST_CASE("the distance of two laws is that of the empirical ones, and its limits cover the true one") {
    // P(X <= x) - P(Y <= x) is 1/2 at x = 0, 3/4 - 1/4 at 1, 1 - 1/2 at 2.
    std::vector<double> x, y;
    for (int i = 0; i < 1000; ++i) {
      x.insert(x.end(), {0, 0, 1, 2});
      y.insert(y.end(), {1, 2, 3, 3});
    }
    const Measure m = distance_of_laws(x, y, 0.01), reversed = distance_of_laws(y, x, 0.01);
    const double band = 2 * hoeffding_half_width(1, 4000, 0.005);
    CHECK(m.value.lower() == doctest::Approx(0.5 - band).epsilon(1e-8));  // a Ball's radius is rounded up
    CHECK(m.value.upper() == doctest::Approx(0.5 + band).epsilon(1e-8));
    CHECK(reversed.value.lower() == m.value.lower());
    CHECK(distance_of_laws({1, 1, 1}, {1, 1}, 0.5).value.contains(0));
    CHECK(distance_of_laws({1}, {2}, 0.5).value.upper() >= 1);
    // Uniform on [0, 1] against uniform on [0, 4/5]: the distance is 1/5, at 4/5.
    constexpr double alpha = 0.05;
    long misses = 0;
    for (std::uint64_t run = 0; run < 200; ++run) {
      RandomStream random(9, stream_key("laws"), run);
      std::vector<double> wide, narrow;
      for (int i = 0; i < 200; ++i) {
        wide.push_back(random.uniform());
        narrow.push_back(0.8 * random.uniform());
      }
      misses += distance_of_laws(wide, narrow, alpha).value.contains(Rational(1, 5)) ? 0 : 1;
    }
    CHECK(misses <= 30);
  }

  TEST_CASE("the mean of bounded observations uses a small variance") {
    BoundedMean quiet(0, 1);
    for (int i = 0; i < 10000; ++i) quiet.add(0.5 + 1e-3 * (i % 2));
    const Measure m = quiet.interval(1e-3);
    CHECK(m.value.upper() - m.value.lower() < 2 * hoeffding_half_width(1, 10000, 1e-3));
    CHECK(m.value.contains(Rational::parse("0.5005")));
    BoundedMean first(0, 1), second(0, 1);
    for (int i = 0; i < 10000; ++i) (i < 3000 ? first : second).add(0.5 + 1e-3 * (i % 2));
    first.add(second);
    CHECK(first.mean() == doctest::Approx(quiet.mean()).epsilon(1e-14));
    CHECK_THROWS_AS(quiet.add(1.5), DomainError);
    CHECK_THROWS_AS(quiet.add(std::nan("")), DomainError);
    CHECK(hoeffding_half_width(1, hoeffding_sample_size(1, 0.01, 1e-6), 1e-6) <= 0.01);
  }

  TEST_CASE("a test of a proportion stops at the first look that decides, and all its looks share one level") {
    long calls = 0;
    const auto count = [&](bool success) { return [&calls, success](long) { return ++calls, success; }; };
    const ProportionTest sure = test_proportion(count(true), 0.5, 1e-9, 40, 1000);
    CHECK(sure.trials == 40);
    CHECK(calls == 40);
    CHECK(sure.successes == 40);
    CHECK(sure.probability.error_probability == doctest::Approx(0.5e-9));
    CHECK(sure.probability.value.lower() > 0.5);
    // 40, 80, 160, 320, 640 and 1000 trials: the levels alpha/2, alpha/6, ... of six looks sum to 6/7 alpha.
    long i = 0;
    const ProportionTest open = test_proportion([&](long) { return ++i % 2 == 0; }, 0.5, 1e-9, 40, 1000);
    CHECK(open.trials == 1000);
    CHECK(open.probability.error_probability == doctest::Approx(1e-9 / 42));
    CHECK(open.probability.value.contains(Rational(1, 2)));
    CHECK_THROWS_AS(test_proportion(count(true), 0.5, 1e-9, 0, 10), DomainError);
    CHECK_THROWS_AS(test_proportion(count(true), 0.5, 1e-9, 20, 10), DomainError);
    CHECK_THROWS_AS(test_proportion(count(true), 1, 1e-9, 5, 10), DomainError);
  }

  TEST_CASE("the smallest detectable violation is refuted as often as it says, and a smaller one is not") {
    // n = 600 at alpha = 1e-9 against 1/26: only 0 successes refute, as 1 - (alpha/2)^{1/600} = 0.0351.
    const double alpha = 1e-9, bound = 1.0 / 26;
    const auto refutes = [&](long k) { return proportion_interval(k, 600, alpha).value.upper() < bound; };
    REQUIRE(refutes(0));
    REQUIRE_FALSE(refutes(1));
    // (1-p)^600 = 0.999 at p = 1.6675e-6.
    CHECK(*detectable_shortfall(600, bound, alpha) == doctest::Approx(bound - 1.66750e-6).epsilon(1e-9));
    CHECK_FALSE(detectable_shortfall(400, bound, alpha).has_value());  // even no success leaves 1/26 possible
    CHECK(*detectable_excess(600, 1 - bound, alpha) == doctest::Approx(*detectable_shortfall(600, bound, alpha)));
    CHECK(*detectable_shortfall(600, 0.5, alpha) > *detectable_shortfall(2400, 0.5, alpha));
    CHECK_THROWS_AS(detectable_shortfall(10, 0, alpha), DomainError);
    CHECK_THROWS_AS(detectable_shortfall(0, bound, alpha), DomainError);
    // The rate of refutation at the smallest violation, against another seed's runs: 0.999, and far less at half of it.
    const long n = 200;
    const double v = *detectable_shortfall(n, 0.5, 1e-3);
    std::vector<bool> refuting;  // by the number of successes
    for (long k = 0; k <= n; ++k) refuting.push_back(proportion_interval(k, n, 1e-3).value.upper() < 0.5);
    int seen = 0, half_seen = 0;
    for (int r = 0; r < 2000; ++r) {
      RandomStream random(6, stream_key("detectable"), static_cast<std::uint64_t>(r));
      long successes = 0, half = 0;
      for (long j = 0; j < n; ++j) {
        const double u = random.uniform();
        successes += u < 0.5 - v, half += u < 0.5 - v / 2;
      }
      seen += refuting[static_cast<std::size_t>(successes)];
      half_seen += refuting[static_cast<std::size_t>(half)];
    }
    CHECK(seen >= 1985);  // of 2000 at 0.999 fewer with probability below 1e-8
    CHECK(half_seen < 1000);
  }

  TEST_CASE("a detectable violation of a mean is detected, whatever the variance") {
    const double v = detectable_in_mean(1, 500, 1e-6);
    CHECK(v == doctest::Approx(hoeffding_half_width(1, 500, 0.5e-6) + std::sqrt(std::log(1000.0) / 1000)));
    int seen = 0;
    for (int r = 0; r < 500; ++r) {
      RandomStream random(8, stream_key("mean"), static_cast<std::uint64_t>(r));
      BoundedMean mean(0, 1);
      for (int j = 0; j < 500; ++j) mean.add(random.uniform() < 0.4 + v ? 1 : 0);
      seen += mean.interval(1e-6).value.lower() > 0.4;
    }
    CHECK(seen >= 492);
  }

  TEST_CASE("what is no number, or no probability, is refused with a sentence") {
    const double nan = std::nan("");
    CHECK_THROWS_WITH(proportion_interval(1, 5, nan), "alpha = nan is outside its domain: 0 < alpha < 1");
    CHECK_THROWS_WITH(proportion_interval(1, 5, 0), "alpha = 0 is outside its domain: 0 < alpha < 1");
    CHECK_THROWS_WITH(proportion_interval(-1, 5, 0.1),
                      "successes = -1 is outside its domain: an integer 0 <= successes <= n = 5");
    CHECK_THROWS_AS(proportion_interval(0, 0, 0.1), DomainError);
    CHECK_THROWS_AS(clopper_pearson_upper(6, 5, Rational(1, 10)), DomainError);
    CHECK_THROWS_AS(binomial_upper_tail(0, 5, Ball(Rational(1, 2))), DomainError);
    CHECK_THROWS_AS(binomial_upper_tail(1, 5, Ball(2)), DomainError);
    CHECK_THROWS_AS(binomial_upper_tail(1, 5, log(Ball(-1))), DomainError);
    CHECK_THROWS_AS(binomial_tail_inverse(1, 5, Rational(1)), DomainError);
    CHECK_THROWS_AS(chi_squared_tail(Ball(-1), 2), DomainError);
    CHECK_THROWS_AS(chi_squared_tail(Ball(1), 0), DomainError);
    CHECK_THROWS_AS(BoundedMean(0, nan), DomainError);
    CHECK_THROWS_AS(hoeffding_half_width(nan, 10, 0.1), DomainError);
    CHECK_THROWS_AS(hoeffding_half_width(1, 10, 0), DomainError);
    CHECK_THROWS_AS(hoeffding_sample_size(1, nan, 0.1), DomainError);
    CHECK_THROWS_AS(hoeffding_sample_size(1, 1e-300, 0.1), DomainError);
    CHECK_THROWS_AS(quantile_interval({1, nan, 3}, 0.5, 0.1), DomainError);
    CHECK_THROWS_AS(quantile_interval({1, 2, 3}, nan, 0.1), DomainError);
    CHECK(quantile_interval({1, 2, std::numeric_limits<double>::infinity()}, 0.5, 0.9).value.upper() >= 2);
    CHECK_THROWS_AS(distance_of_laws({1, nan}, {1}, 0.1), DomainError);
    CHECK_THROWS_AS(distance_of_laws({1}, {}, 0.1), DomainError);
    CHECK_THROWS_AS(distance_of_laws({1}, {1}, 1), DomainError);
    CHECK_THROWS_AS(chi_squared_p_value({50, 50}, {0.5, nan}), DomainError);
    CHECK_THROWS_AS(chi_squared_p_value({50, 50}, {1.5, -0.5}), DomainError);
    CHECK_THROWS_AS(chi_squared_p_value({50, 50}, {0.5, 0.4}), DomainError);
    CHECK_THROWS_AS(Measure::confidence(nan, 1, 0.1), DomainError);
    CHECK_THROWS_AS(Measure::confidence(0, 1, nan), DomainError);
  }
}
