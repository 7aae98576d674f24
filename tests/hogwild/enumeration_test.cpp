// The enumeration of sample and overwrite paths, held against hand calculation.
#include "verify/hogwild/enumeration.hpp"

#include <doctest/doctest.h>

#include "verify/hogwild/theorem1_adversary.hpp"

using namespace asyncert;
using namespace asyncert::hogwild;

TEST_CASE("one noisy step with overwrites") {
  // f_i = w^2/2 +- w at w_0 = 1: gradients 2 and 0; the update survives with probability 3/4, eta = 1/2.
  const auto f = noisy_quadratic<Rational>(1, 1, true);
  Walk<Rational> walk;
  walk.start = {Rational(1)};
  walk.eta = Rational(1, 2);
  walk.survival = {Rational(3, 4)};
  const auto m = enumerate(f, walk);
  CHECK(m.paths == 4);
  CHECK(m.step[0] == Rational(2));
  CHECK(m.q_read[0] == Rational(2));
  // w_1 = 0 with probability 3/8, else 1.
  CHECK(m.squared_gradient[1] == Rational(5, 8));
  CHECK(m.value[1] == Rational(5, 16));
  CHECK(m.drift[1] == Rational(3, 8));
}

TEST_CASE("a read that misses an update sees the state before it, and an overwritten update can be seen") {
  const auto f = noisy_quadratic<Rational>(1, 0, false);
  Walk<Rational> walk;
  walk.start = {Rational(1)};
  walk.eta = Rational(1, 2);
  walk.steps = 2;
  walk.tau = 1;
  walk.seen = [](long, long, long) { return Seen::no; };
  // w: 1, 1/2, then a step with the gradient at 1: 0.
  const auto missed = enumerate(f, walk);
  CHECK(missed.value[2] == Rational(0));
  CHECK(missed.gap[1] == Rational(1, 4));
  // Everything is overwritten, and yet the read sees update 0.
  walk.survival = {Rational(0)};
  walk.seen = [](long, long, long) { return Seen::yes; };
  const auto seen = enumerate(f, walk);
  CHECK(seen.drift[2] == Rational(0));
  CHECK(seen.gap[1] == Rational(1, 4));
  CHECK(seen.q_read[1] == Rational(1, 4));
  walk.seen = [](long, long, long) { return Seen::as_written; };
  CHECK(enumerate(f, walk).gap[1] == Rational(0));
}

TEST_CASE("the variance-reduced direction is unbiased and exact at the snapshot") {
  const auto f = noisy_quadratic<Rational>(2, 5, true);
  Walk<Rational> walk;
  walk.start = {Rational(3)};
  walk.eta = Rational(1, 10);
  walk.steps = 2;
  walk.variance_reduced = true;
  const auto m = enumerate(f, walk);
  // Equal curvatures: the noise cancels entirely.
  for (std::size_t t = 0; t < 3; ++t) CHECK(m.q_read[t] == m.squared_gradient[t]);
}

TEST_CASE("every pattern of reads is visited once") {
  long patterns = 0;
  for_each_pattern(2, 3, [&](const std::vector<long>&) { ++patterns; });
  CHECK(patterns == 2 * 4 * 4);
}

TEST_CASE("the adversary of Theorem 1 meets Lemma 2's condition, and gains too little at delay 100") {
  const PrecisionScope precision(256);
  const AdversaryBound b = certify(adversary_at(10000));
  CHECK(certainly_less(1, b.condition));
  CHECK(certainly_less(b.printed, b.average));
  CHECK(certainly_less(b.average, b.printed * Ball(Rational(8, 7))));
  CHECK(certainly_less(b.w0 * 2, 8));
  const AdversaryBound near = certify(adversary_at(100));
  CHECK(certainly_less(near.average, near.printed));
  // eta is the paper's step size.
  const Theorem1Adversary a = adversary_at(10000);
  CHECK((Ball(a.eta) * Ball(a.eta) * Ball(a.updates) * b.B / b.A - 1).contains_zero());
}
