// The machinery behind the claims: path polynomials against the recursion, exact runs against Algorithm 1.
#include <doctest/doctest.h>

#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/repaired.hpp"
#include "verify/pasgd/delay_sequences.hpp"
#include "verify/pasgd/paths.hpp"
#include "verify/pasgd/settings.hpp"
#include "verify/pasgd/short_delays.hpp"

using namespace asyncert;
using namespace asyncert::pasgd;

namespace {

Rational at(const Polynomial& p, const Rational& a) {
  Rational value;
  for (std::size_t i = p.size(); i-- > 0;) value = value * a + Rational(p[i]);
  return value;
}

}  // namespace

TEST_SUITE("formula") {
  TEST_CASE("path polynomials are the fundamental solutions") {
    for (const Rational& a : {Rational(1, 7), Rational(3)}) {
      CHECK(at(solution({2, 2, 2, 2, 2, 2, 2, 2}, 0).back(), a) ==
            fundamental_solution({"constant_T", 2, 1}, a, 0, 8).back());
      CHECK(at(solution({0, 0, 2, 2, 2, 2, 2, 2}, 0).back(), a) ==
            fundamental_solution({"zero_then_max", 2, 1}, a, 0, 8).back());
      CHECK(at(solution({0, 1, 2, 0, 1, 2, 0, 1}, 3).back(), a) == fundamental_solution({"saw", 2, 1}, a, 3, 8).back());
    }
  }

  TEST_CASE("every delay sequence is visited once") {
    long visits = 0, sum = 0;
    for_each_delay_sequence(2, 5, [&](const std::vector<long>& delays) {
      ++visits;
      for (const long d : delays) sum += d;
    });
    CHECK(visits == 243);
    CHECK(sum == 243 * 5);
  }

  TEST_CASE("M gradients a step average the sequences of one gradient") {
    // Two gradients with delays 0 and 2 in each of 4 steps against the mean over the 16 sequences of one of them.
    const Rational a(2, 5);
    std::vector<Rational> x = {1};
    for (std::size_t n = 0; n < 4; ++n)
      x.push_back(x[n] + a / Rational(2) * (x[n] + (n >= 2 ? x[n - 2] : Rational(0))));
    Rational mean;
    for_each_delay_sequence(1, 4, [&](std::vector<long> delays) {
      for (long& d : delays) d *= 2;
      mean += at(solution(delays, 0).back(), a) / Rational(16);
    });
    CHECK(mean == x.back());
  }

  TEST_CASE("the difference of two polynomials sees a coefficient beyond the shorter one") {
    CHECK(smallest_coefficient_of_difference({1, 2}, {1, 2, 1}) == -1);
    CHECK(smallest_coefficient_of_difference({1, 2, 1}, {1, 2}) == 0);
  }

  TEST_CASE("exact runs obey the update rule") {
    RandomStream random(1, stream_key("test"));
    for (std::uint64_t i = 0; i < 40; ++i) {
      const Path p = random_path(random.at(i), 6);
      for (std::size_t k = 0; k < p.G.size(); ++k)
        for (std::size_t j = 0; j < p.curvature.size(); ++j) {
          CHECK(p.x[k + 1][j] == p.x[k][j] - p.eta * (p.G[k][j] + p.noise[k][j]));
          CHECK(p.gradient[k][j] == p.curvature[j] * p.x[k][j]);
        }
    }
  }

  TEST_CASE("the settings called feasible meet every condition, and a step of 1/(M L T) does not") {
    const PrecisionScope precision(256);
    for (EscapeSetting s : feasible_settings()) {
      const auto met = [](const EscapeSetting& at) {
        const EscapeConstants<Ball> k = at.constants();
        return condition_a(at.w, Rational(at.T)).sign() > 0 && certainly_less_equal(k.lhs_b, 1) &&
               certainly_less_equal(k.lhs_c, k.p) && certainly_less_equal(log(Ball(48)), k.lhs_8);
      };
      CHECK(met(s));
      s.w = Rational(s.T);
      CHECK_FALSE(met(s));
    }
  }

  TEST_CASE("the constants of the repaired Theorem 1 are those of an evaluation elsewhere, in both arithmetics") {
    const PrecisionScope precision(128);
    const struct {
      EscapeProblem<double> p;
      double Tmax, lhs_b, lhs_c, way_over_2S, K;
    } rows[] = {{{2, 1, 1, 1, 0.1, 1, 1e-6, 1, 1, 0.05, 2450},
                 23800,
                 0.126880466472303207,
                 0.00771840832289554435,
                 1.00185899231656349,
                 901084747737147.865},
                {{32, 8, 3, 0.5, 0.1, 0.01, 2, 10, 5, 0.05, 1e6},
                 2e7,
                 0.064,
                 972.686309138745551,
                 0.0000605848671221540374,
                 105187875064.292745}};
    for (const auto& row : rows) {
      const RepairedConstants<double> k = repaired_constants(row.p, row.Tmax);
      CHECK(k.lhs_b == doctest::Approx(row.lhs_b).epsilon(1e-12));
      CHECK(k.lhs_c == doctest::Approx(row.lhs_c).epsilon(1e-12));
      CHECK(k.way / (2 * k.S) == doctest::Approx(row.way_over_2S).epsilon(1e-9));
      CHECK(k.K == doctest::Approx(row.K).epsilon(1e-12));
      const EscapeProblem<double>& p = row.p;
      const RepairedConstants<Ball> b = repaired_constants<Ball>(
          {Ball::from_double(p.d), Ball::from_double(p.M), Ball::from_double(p.L), Ball::from_double(p.rho),
           Ball::from_double(p.eps1), Ball::from_double(p.eps2), Ball::from_double(p.s), Ball::from_double(p.delay),
           Ball::from_double(p.Delta_f), Ball::from_double(p.delta), Ball::from_double(p.w)},
          Ball::from_double(row.Tmax));
      CHECK(b.K.midpoint() == doctest::Approx(row.K).epsilon(1e-12));
      CHECK((b.way / b.S).midpoint() == doctest::Approx(2 * row.way_over_2S).epsilon(1e-12));
    }
    // With a step a little larger no Tmax meets both (c) and the way: one rises with Tmax as the other's margin does.
    const EscapeProblem<double> p{2, 1, 1, 1, 0.1, 1, 1e-6, 1, 1, 0.05, 2400};
    for (double Tmax = 7 * p.w; Tmax < 60000; Tmax += 50) {
      const RepairedConstants<double> k = repaired_constants(p, Tmax);
      CHECK_FALSE((k.lhs_c <= escape_constants(p).p && k.way >= 2 * k.S));
    }
  }

  TEST_CASE("no window of reads charges a gradient more than the worst that is counted, and one comes close") {
    RandomStream random(2, stream_key("charges"));
    const auto whole = [&](long n) { return static_cast<long>(random.below(static_cast<std::uint64_t>(n))); };
    for (const ShortDelayWeights& row : short_delay_weights()) {
      const long T = row.T, later = static_cast<long>(row.nu.size()) / T - 1, t = 3 * T + later;
      const Rational h(row.to, 10000), counted = worst_charge(row, h, Rational(0));
      const ReadCharges charges = read_charges(row, h);
      Rational most(-1);
      for (int trial = 0; trial < 600; ++trial) {
        // Step j reads one gradient: often the target, else at the longest delay or any other.
        const long target = whole(2 * T + later + 1) - 2 * T;
        std::vector<long> read;
        for (long j = -T; j < t; ++j) {
          const bool within = target <= j && j <= target + T;
          read.push_back(within && whole(4) != 0 ? target : whole(3) != 0 ? j - T : j - whole(T + 1));
        }
        std::vector<Rational> charged(static_cast<std::size_t>(2 * T + t));  // of g_{-2T}, ..., g_{t-1}
        const auto to = [&](long i) -> Rational& { return charged[static_cast<std::size_t>(i + 2 * T)]; };
        const long end = 1 + whole(t);
        for (long k = 0; k < end; ++k) {
          const long i = read[static_cast<std::size_t>(k + T)], n = k - i;
          if (n == 0) {
            to(k) -= Rational(1);
            continue;
          }
          const auto at = static_cast<std::size_t>(std::min(k, later) * T + n - 1);
          to(i) += charges.own[at];
          for (long j = i; j < k; ++j) to(read[static_cast<std::size_t>(j + T)]) += charges.others[at];
        }
        for (const Rational& c : charged) most = max(most, c);
      }
      CHECK(most <= counted);
      CHECK(Rational(9, 10) * counted <= most);
    }
  }
}
