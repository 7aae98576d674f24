// Step sums, step laws and iterates against direct sums, identities and limits.
#include <doctest/doctest.h>

#include "bounds/assm/iterates.hpp"
#include "bounds/assm/root_field.hpp"
#include "bounds/assm/schedule.hpp"
#include "bounds/assm/scheduling.hpp"
#include "bounds/assm/stationary_roots.hpp"
#include "bounds/assm/step_laws.hpp"
#include "bounds/assm/step_sums.hpp"
#include "bounds/registry.hpp"

using namespace asyncert;
using namespace asyncert::assm;

namespace {

bool close(const Ball& a, const Ball& b) { return a.overlaps(b) && a.accuracy_bits() > 60 && b.accuracy_bits() > 60; }

Object evaluate(const std::string& name, const Object& raw) {
  const QuantityRegistry registry = all_quantities();
  const Quantity& quantity = *registry.find(name);
  return quantity.evaluate(quantity.read(raw), 20);
}

}  // namespace

TEST_CASE("sums of inverse roots equal direct sums, with and without weights") {
  for (const char* text : {"0", "0.5", "0.9", "0.999"}) {
    const Rational m = Rational::parse(text);
    for (const auto& [first, last] : {std::pair{1L, 1L}, {1L, 40L}, {7L, 90L}, {1000L, 1010L}}) {
      Ball plain, weighted;
      for (long k = first; k <= last; ++k) {
        plain += Ball(1) / sqrt(Ball(k));
        weighted += pow(Ball(m), k - first) / sqrt(Ball(k));
      }
      CHECK(close(plain, inverse_root_sum(first, last)));
      CHECK(close(weighted, geometric_inverse_root_sum(m, first, last)));
    }
  }
  CHECK(inverse_root_sum(5, 4).is_exact());
}

TEST_CASE("sums of inverse roots in double") {
  for (const auto& [first, last] : {std::pair{1L, 1L},
                                    {5L, 4L},
                                    {1L, 63L},
                                    {1L, 64L},
                                    {1L, 65L},
                                    {3L, 1000000L},
                                    {64L, 64L},
                                    {99999L, 100003L},
                                    {999999999999L, 1000000000000L},
                                    {1L, 1000000000000000L}}) {
    const Ball exact = inverse_root_sum(first, last);
    const double rounded = inverse_root_sum_double(first, last);
    if (last < first)
      CHECK(rounded == 0);
    else
      CHECK(abs((Ball::from_double(rounded) - exact) / exact).upper() < 2e-15);
  }
}

TEST_CASE("the tail of the weighted sum satisfies its recursion far out and near m = 1") {
  for (const char* text : {"0.5", "0.999999999", "1e-30"})
    for (const long first : {1L, 1000L, 1000000000000L}) {
      const Rational m = Rational::parse(text);
      const Ball here = geometric_inverse_root_tail(m, first), next = geometric_inverse_root_tail(m, first + 1);
      CHECK(close(here, Ball(1) / sqrt(Ball(first)) + Ball(m) * next));
    }
}

TEST_CASE("harmonic numbers") {
  Rational h;
  for (long k = 1; k <= 50; ++k) h += Rational(1, k);
  CHECK(harmonic_number(50).contains(h));
}

TEST_CASE("the change of the step is zero at horizon zero and grows with the horizon") {
  for (const StepLaw law : {StepLaw::power, StepLaw::inverse_s_log_s, StepLaw::exponential, StepLaw::inverse_log_s}) {
    const Ball s(9), a(Rational(1, 2));
    CHECK(relative_step_change(law, a, s, Ball(0)).contains(0));
    CHECK(certainly_less(relative_step_change(law, a, s, Ball(1)), relative_step_change(law, a, s, Ball(2))));
    const double rounded = relative_step_change(law, 0.5, 9.0, 2.0);
    CHECK(abs(relative_step_change(law, a, s, Ball(2)) - Ball::from_double(rounded)).upper() < 1e-14);
  }
}

TEST_CASE("averaged steps telescope to the integral") {
  const std::vector<Ball> dtau = {Ball(2), Ball(Rational(1, 3)), Ball(5)};
  const auto r = interval_average_steps(Ball(3), Ball(Rational(1, 2)), dtau);
  Ball sum;
  for (std::size_t k = 0; k < dtau.size(); ++k) {
    sum += r.gamma[k] * dtau[k];
    CHECK(close(sum, r.tau[k]));
  }
  CHECK(
      close(sum, Ball(6) * (sqrt(Ball(Rational(1) + Rational(1, 2) + Rational(22, 3))) - sqrt(Ball(Rational(3, 2))))));
}

TEST_CASE("sums of roots know their zeros") {
  const RootSum one(1);
  const RootSum twice_root_two = one.over_root(2) + one.over_root(8) + one.over_root(8);  // 1/sqrt 2 + 2/(2 sqrt 2)
  CHECK((twice_root_two - one.over_root(2) * Rational(2)).sign() == 0);
  CHECK((twice_root_two.over_root(2) - RootSum(1)).sign() == 0);
  CHECK((one.over_root(2) - one.over_root(3)).sign() == 1);
  CHECK((one.over_root(3) - one.over_root(2)).sign() == -1);
  // sqrt(6)/sqrt(10) = sqrt(15)/5
  CHECK((RootSum(6).over_root(6).over_root(10) - RootSum(3).over_root(15)).sign() == 0);
}

TEST_CASE("an iterate that lands on the kink is exactly zero and stays there") {
  const auto x = absolute_value_iterates(0, 1, 1, 4, false);
  for (const Value& v : x) CHECK(*v.get<Rational>() == Rational(0));
}

TEST_CASE("ages count the writes between read and write") {
  const auto writes = deterministic_schedule({Rational(1), Rational(3), Rational(7, 2)}, 400);
  std::vector<long> last_read(3, 0);
  for (std::size_t k = 0; k < writes.size(); ++k) {
    const auto c = static_cast<std::size_t>(writes[k].core);
    CHECK(writes[k].global_age == static_cast<long>(k) - last_read[c]);
    CHECK(writes[k].block_ages[c] == 0);
    last_read[c] = static_cast<long>(k) + 1;
    CHECK(Rational(writes[k].global_age) <= delay_bound(3, 1, Rational(7, 2)));
  }
}

TEST_CASE("the limit of a schedule balances both blocks") {
  for (long i = 1; i < 5; ++i)
    for (long j = 1; j < 5; ++j) {
      const Rational a(i, 5), b(j, 5);
      const Value t = scheduling_limit(a, b);
      const Ball h = (t.get<Rational>() ? Ball(*t.get<Rational>()) : *t.get<Ball>()) / 2;
      const Ball up = Ball(b * (Rational(1) - a)) * (Ball(1) - h) * (Ball(1) - h);
      CHECK(up.overlaps(Ball(a * (Rational(1) - b)) * (Ball(1) + h) * (Ball(1) + h)));
    }
  CHECK(*scheduling_limit(Rational(1, 4), Rational(3, 4)).get<Rational>() == Rational(1));
}

TEST_CASE("stationary roots are roots, and their number changes where it must") {
  for (const char* text : {"0.1", "0.384", "1e-40", "0.3849"}) {
    const Rational lambda = Rational::parse(text);
    const auto roots = positive_stationary_points(lambda);
    REQUIRE(roots.size() == 2);
    for (const Value& r : roots)
      CHECK((*r.get<Ball>() * *r.get<Ball>() * *r.get<Ball>() - *r.get<Ball>() + Ball(lambda)).contains_zero());
    CHECK(certainly_less(*roots[0].get<Ball>(), *roots[1].get<Ball>()));
  }
  CHECK(positive_stationary_points(Rational::parse("0.385")).empty());
}

TEST_CASE("the horizons of condition (5) at s = 32") {
  const Ball s(32);
  CHECK(horizon(HorizonRule::s, s).contains(Rational(32)));
  CHECK(horizon(HorizonRule::s_to_four_fifths, s).contains(Rational(16)));
  CHECK((horizon(HorizonRule::sqrt_s, s) * horizon(HorizonRule::sqrt_s, s)).contains(Rational(32)));
  CHECK(exp(horizon(HorizonRule::log_s, s)).contains(Rational(32)));
}

TEST_CASE("domains are refused with the parameter's name") {
  const auto refused = [](const std::string& name, const Object& raw) {
    try {
      evaluate(name, raw);
      return std::string();
    } catch (const std::invalid_argument& e) {
      return std::string(e.what());
    }
  };
  const Object window = Object().add("alpha", 1).add("gamma0", 1).add("k", 5).add("d", 3).add("delta", 2);
  CHECK(refused("assm.staleness_window", window).find("d = 3") == 0);
  const Object law = Object().add("law", "1/log s").add("s", 1).add("T_rule", "s");
  CHECK(refused("assm.condition5_sup", law).find("s = 1") == 0);
  CHECK(refused("assm.condition5_sup", Object().add("law", "power").add("s", 1).add("T_rule", "s"))
            .find("needs the parameter") != std::string::npos);
  const Object never = Object().add("p1_if_D_pos", 0).add("p1_if_D_neg", 0);
  CHECK(refused("assm.scheduling_limit", never).find("p1_if_D_pos") == 0);
}
