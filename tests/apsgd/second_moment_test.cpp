// The delay-free reduction against the full operator, written out differently: power iteration in double on the second
// moments of the stacked iterates, sketch by sketch.
#include "bounds/apsgd/second_moment.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "lib/errors.hpp"

using namespace asyncert;
using namespace asyncert::apsgd;

namespace {

using Matrix = std::vector<std::vector<double>>;

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix r(a.size(), std::vector<double>(b.front().size()));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < b.size(); ++k)
      for (std::size_t j = 0; j < b.front().size(); ++j) r[i][j] += a[i][k] * b[k][j];
  return r;
}

Matrix transposed(const Matrix& a) {
  Matrix r(a.front().size(), std::vector<double>(a.size()));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.front().size(); ++j) r[j][i] = a[i][j];
  return r;
}

/// Growth of E[X X'] for X_t = (u_t, ..., u_{t-D}), one companion matrix a sketch.
double full_operator(const Reformulation& s, double theta, double omega, long D, int steps) {
  const std::size_t n = static_cast<std::size_t>(s.dimension()), size = n * static_cast<std::size_t>(D + 1);
  std::vector<std::pair<double, Matrix>> companions;
  for (const auto& [p, P] : s.outcomes) {
    Matrix M(size, std::vector<double>(size));
    for (std::size_t i = n; i < size; ++i) M[i][i - n] = 1;
    for (std::size_t i = 0; i < n; ++i) {
      M[i][i] += 1 - theta;
      for (std::size_t j = 0; j < n; ++j)
        M[i][size - n + j] += theta * ((i == j) - omega * P(static_cast<long>(i), static_cast<long>(j)).to_double());
    }
    companions.emplace_back(p.to_double(), M);
  }
  Matrix C(size, std::vector<double>(size));
  for (std::size_t i = 0; i < size; ++i) C[i][i] = 1;
  double log_growth = 0;
  for (int t = 0; t < 2 * steps; ++t) {
    Matrix next(size, std::vector<double>(size));
    for (const auto& [p, M] : companions) {
      const Matrix image = product(product(M, C), transposed(M));
      for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = 0; j < size; ++j) next[i][j] += p * image[i][j];
    }
    double trace = 0;
    for (std::size_t i = 0; i < size; ++i) trace += next[i][i];
    if (t >= steps) log_growth += std::log(trace);
    for (auto& row : next)
      for (double& x : row) x /= trace;
    C = next;
    if (t == steps - 1) log_growth = 0;
  }
  return std::exp(log_growth / steps);
}

double rate(const Reformulation& s, const Rational& theta, const Rational& omega, long D) {
  return exp(-second_moment_log_rate(s, theta, omega, D)).midpoint();
}

const RationalMatrix tall({{Rational(1), Rational(2)}, {Rational(3), Rational(1)}, {Rational(1), Rational(-1)}});

}  // namespace

TEST_CASE("the reduction agrees with the full operator") {
  const std::vector<Rational> B = {Rational(1), Rational(5, 2)};
  const RationalMatrix orthogonal({{Rational(1), Rational(1)}, {Rational(1), Rational(-1)}});  // a double eigenvalue
  const RationalMatrix mirrored({{Rational(2), Rational(1)}, {Rational(2), Rational(-1)}, {Rational(0), Rational(0)}});
  for (const Reformulation& s :
       {row_sketch(tall, B), row_sketch(orthogonal, {Rational(1), Rational(1)}),
        row_sketch(mirrored, {Rational(1), Rational(1)}), bernoulli_coordinate(Rational(2, 5))})
    for (const long D : {0L, 1L, 2L, 5L})
      for (const auto& [theta, omega] : {std::pair{Rational(1, 2), Rational(1)},
                                         {Rational(1, 5), Rational(9, 5)},
                                         {Rational(9, 10), Rational(5, 2)},
                                         {Rational(1), Rational(5, 4)},
                                         {Rational(1, 3), Rational(1, 4)}}) {
        CAPTURE(D);
        CAPTURE(theta.to_string());
        CAPTURE(omega.to_string());
        // theta = 1 is periodic: whole periods of D + 1 updates are compared.
        const int steps = 600 * static_cast<int>(D + 1);
        CHECK(rate(s, theta, omega, D) ==
              doctest::Approx(full_operator(s, theta.to_double(), omega.to_double(), D, steps)).epsilon(1e-6));
      }
}

TEST_CASE("cases with a closed form") {
  const Rational l(3, 10), w(3, 2), one(1);
  const Reformulation coordinate = bernoulli_coordinate(l);
  // One update without delay multiplies E e^2 by E(1 - theta omega b)^2.
  const Rational theta(2, 5), s = theta * w;
  CHECK(exp(-second_moment_log_rate(coordinate, theta, w, 0)).contains(one - Rational(2) * s * l + s * s * l));
  CHECK(second_moment_log_rate(coordinate, one, Rational(2), 7).is_exact());  // reflections keep all lengths
  CHECK(second_moment_log_rate(coordinate, Rational(0), w, 7).is_exact());
  CHECK(second_moment_log_rate(coordinate, theta, Rational(0), 7).is_exact());
  CHECK_FALSE(second_moment_log_rate(bernoulli_coordinate(one), one, one, 3).is_finite());
  // A deterministic sketch leaves the mean's recursion: g^2 = a g + b with a = b = 1/4.
  const double root = (0.25 + std::sqrt(0.0625 + 1)) / 2;
  CHECK(rate(bernoulli_coordinate(one), Rational(3, 4), Rational(2, 3), 1) ==
        doctest::Approx(root * root).epsilon(1e-14));
}

TEST_CASE("the double root of the mean's polynomial is decided exactly") {
  // theta = 2/5, omega = 6/5, lambda = 9/10, delay 2: g^3 = (3/5) g^2 - 4/125 has the double root 2/5.
  const PrecisionScope precision(64);
  const Reformulation coordinate = bernoulli_coordinate(Rational(9, 10));
  CHECK(rate(coordinate, Rational(2, 5), Rational(6, 5), 2) ==
        doctest::Approx(full_operator(coordinate, 0.4, 1.2, 2, 1800)).epsilon(1e-6));
}

TEST_CASE("reaches delays of 1e12 with full relative accuracy, and unstable iterations") {
  const Reformulation coordinate = bernoulli_coordinate(Rational(3, 10));
  const Ball y = second_moment_log_rate(coordinate, Rational(1, 2), Rational(2), 1'000'000'000'000L);
  CHECK(y.accuracy_bits() > 60);
  // Between reads the master only averages: per delay the error is that of theta = 1 with a fresh mean, 1 - omega
  // lambda.
  CHECK((Ball(1'000'000'000'000L) * y).midpoint() == doctest::Approx(-std::log(0.377777777778)).epsilon(1e-9));
  CHECK(certainly_less(second_moment_log_rate(coordinate, Rational(1, 2), Rational(20), 1000), 0));
}

TEST_CASE("the synchronous rate lies below its worst step, which lies below the bound") {
  const Reformulation s = row_sketch(tall, {Rational(1), Rational(2)});
  const auto [l, L] = s.extremes();
  for (const long tau : {1L, 2L, 10L})
    for (const Rational& omega : {Rational(1, 2), Rational(1), Rational(5, 4)}) {
      const Ball z = synchronous_second_moment(s, omega, Rational(tau)), w(omega), t(tau);
      const Ball worst = max(synchronous_step(l, w, t), synchronous_step(L, w, t));
      CHECK(certainly_less(z, worst));
      if (omega <= Rational(1)) CHECK_FALSE(certainly_less(synchronous_bound(l, L, w, t), worst));
    }
}

TEST_CASE("sketches") {
  const std::vector<Rational> ones = {Rational(1), Rational(1)};
  const Reformulation rows = row_sketch(tall, ones);
  CHECK(rows.is_exact());
  CHECK(rows.outcomes.size() == 3);
  Rational trace = rows.mean(0, 0) + rows.mean(1, 1);
  CHECK(trace == Rational(1));
  for (const auto& [p, P] : rows.outcomes) CHECK(P * P == P);
  CHECK(block_sketch(tall, ones, 2).is_deterministic());
  CHECK(block_sketch(tall, ones, 3).is_deterministic());
  // A row that is never drawn leaves a direction untouched: Assumption 1 fails.
  CHECK_FALSE(subset_sketch(tall, ones, {{Rational(1), {0}}}).is_exact());
  // Dependent and zero rows, and a null space: the reduction keeps the row space only.
  const RationalMatrix deficient({{Rational(1), Rational(1), Rational(0)},
                                  {Rational(2), Rational(2), Rational(0)},
                                  {Rational(0), Rational(0), Rational(0)}});
  const std::vector<Rational> three = {Rational(1), Rational(2), Rational(3)};
  CHECK(row_sketch(deficient, three).dimension() == 1);
  CHECK(row_sketch(deficient, three).is_deterministic());
  CHECK(block_sketch(deficient, three, 1).mean(0, 0) == Rational(2, 3));
  CHECK_THROWS_AS(row_sketch(RationalMatrix(2, 2), ones), DomainError);
  CHECK_THROWS_AS(row_sketch(tall, three), DomainError);
  CHECK_THROWS_AS(row_sketch(tall, {Rational(1), Rational(0)}), DomainError);
  CHECK_THROWS_AS(block_sketch(tall, ones, 4), DomainError);
  CHECK_THROWS_AS(block_sketch(tall, ones, 0), DomainError);
  CHECK_THROWS_AS(subset_sketch(tall, ones, {{Rational(1, 2), {0}}}), DomainError);
}

TEST_CASE("the spectrum of the Gaussian sketch") {
  const auto two = gaussian_spectrum({Rational(9), Rational(4)});  // sqrt(mu_i)/sum sqrt(mu)
  CHECK(two[0].contains(Rational(3, 5)));
  CHECK(two[1].contains(Rational(2, 5)));
  const auto many = gaussian_spectrum({Rational(1, 1000000), Rational(3), Rational(0), Rational(7), Rational(1)});
  Ball sum;
  for (const Ball& x : many) sum += x;
  CHECK(sum.contains(Rational(1)));  // P projects onto a line
  CHECK(many[2].is_exact());
  CHECK(gaussian_spectrum({Rational(5)})[0].contains(Rational(1)));
  CHECK_THROWS_AS(gaussian_spectrum({Rational(0)}), DomainError);
}
