// The formulas of the Hogwild!/AsySVRG paper: recursions, limits, identities and boundary inputs.
#include <doctest/doctest.h>

#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "lib/roots.hpp"

using namespace asyncert;
using namespace asyncert::hogwild;

namespace {

Object evaluate(const std::string& quantity, const Object& raw, bool floating = false) {
  static const QuantityRegistry registry = all_quantities();
  const Quantity* q = registry.find(quantity);
  REQUIRE(q);
  const Inputs inputs = q->read(raw);
  return floating ? q->evaluate_floating(inputs).outputs : q->evaluate(inputs, 20);
}

std::string text(const Object& o, const std::string& name) {
  const Value* v = o.find(name);
  return v ? to_text(*v, 15) : "absent";
}

}  // namespace

TEST_CASE("the geometric sums agree with their definition below and above the closed form's threshold") {
  for (const long tau : {0L, 1L, 5L, 63L, 64L, 100L}) {
    const Rational rho(21, 20);
    Rational S(0), K(0), power(1);
    for (long k = 0; k <= tau; ++k, power *= rho) {
      S += power;
      if (k > 0) K += power;
    }
    CHECK(geometric_sum(rho, tau) == S);
    CHECK(delayed_sum(rho, tau) == K);
    CHECK(geometric_sum(1.05, tau) == doctest::Approx(S.to_double()).epsilon(1e-14));
  }
}

TEST_CASE("doubles: the sums do not cancel near rho = 1, where rho itself rounds to 1") {
  CHECK(geometric_sum(Rational(1), 1000000) == Rational(1000001));
  CHECK(geometric_sum(Ball(1), 1000000).contains(Rational(1000001)));
  CHECK(geometric_sum(1.0, 1000000) == 1000001.0);
  CHECK(geometric_sum_from_excess(1e-18, 1000000) == doctest::Approx(1000001.0).epsilon(1e-12));
  // sum_{k<=n-1} (1+t)^k = n + t n(n-1)/2 + O(t^2 n^3)
  const double n = 100001, t = 1e-13;
  CHECK(geometric_sum_from_excess(t, 100000) == doctest::Approx(n + t * n * (n - 1) / 2).epsilon(1e-14));
}

TEST_CASE("Theorem 2: the closed forms solve the recursion, for each variant, and gamma is least at m = 0") {
  const Rational L(2), rho(6, 5), eta(1, 500), beta(1, 10), alpha(9, 10);
  const long tau = 3, M = 12;
  const PrecisionScope precision(256);
  for (const Sequences which : {Sequences::printed, Sequences::corrected, Sequences::absorbed, Sequences::sharpened}) {
    const bool sharpened = which == Sequences::sharpened;
    const Ball gap = sharpened ? scale_free_gap(tau, Ball(rho)) : printed_gap(tau, Ball(rho));
    const auto s = inner_loop<Ball>(which, gap, L, rho, eta, beta, alpha, M);
    const Ball one(1), w = sharpened ? 1 : 2;
    Ball c(0), least = s.gamma(Ball(0));
    for (long left = 1; left <= M; ++left) {
      Ball extra(0);
      if (!s.absorbed) extra = Ball(2) * c * eta / beta * (which == Sequences::corrected ? Ball(L * L) : one);
      const Ball h = (Ball(eta * L * L / 2) + extra) * gap + Ball(rho) * (c + Ball(L / 2));
      CHECK(h.overlaps(s.h(Ball(left - 1))));
      const Ball gamma =
          Ball(alpha * eta / 2) - (s.absorbed ? Ball(0) : Ball(2) * c * eta / beta) - w * Ball(eta * eta) * h;
      CHECK(gamma.overlaps(s.gamma(Ball(left - 1))));
      least = min(least, gamma);
      c = c * (one + Ball(beta * eta)) + w * Ball(L * L * eta * eta) * h;
      CHECK(c.overlaps(s.c(Ball(left))));
    }
    CHECK(least.overlaps(s.gamma(Ball(M - 1))));
    CHECK(s.gamma(Ball(M - 1)).accuracy_bits() > 150);
  }
}

TEST_CASE("with L = 1 the printed and the corrected sequences coincide") {
  const double gap = printed_gap(4, 1.1);
  const auto a = inner_loop(Sequences::printed, gap, 1.0, 1.1, 1e-4, 0.02, 0.9, 1000.0);
  const auto b = inner_loop(Sequences::corrected, gap, 1.0, 1.1, 1e-4, 0.02, 0.9, 1000.0);
  CHECK(a.gamma(999.0) == b.gamma(999.0));
}

TEST_CASE("one inner step: c_1 is exactly zero and gamma is alpha eta/2 - eta^2 L rho without delay") {
  const Object o = evaluate("hogwild.theorem2", Object()
                                                    .add("L", 1)
                                                    .add("tau", 0)
                                                    .add("rho", "1.1")
                                                    .add("eta", "0.001")
                                                    .add("beta", 1)
                                                    .add("alpha", 1)
                                                    .add("M", 1)
                                                    .add("f_drop", 1)
                                                    .add("T", 1));
  const Object& printed = *o.find("printed")->get<Object>();
  CHECK(text(printed, "c1") == "0");
  CHECK(text(printed, "gamma") == "0.000498900000000000");
}

TEST_CASE("a denominator of exactly zero is neither form of the condition, and has no left side") {
  const Object o =
      evaluate("hogwild.lemma2_check", Object().add("L", "1/3").add("tau", 0).add("eta", "1/2").add("rho", 4));
  CHECK(text(o, "denominator") == "0");
  CHECK(text(o, "lhs") == "absent");
  CHECK(text(o, "holds_as_printed") == "false");
}

TEST_CASE("the condition met with equality holds") {
  // tau = 0, L = 1: D = 1 - 10 eta; eta = 1/20 gives rho D = 1 at rho = 2.
  CHECK(text(evaluate("hogwild.lemma2_check", Object().add("L", 1).add("tau", 0).add("eta", "0.05").add("rho", 2)),
             "holds_correct") == "true");
  CHECK(
      text(evaluate("hogwild.scale_free_condition", Object().add("L", 1).add("tau", 0).add("eta", "1/2").add("rho", 4)),
           "holds") == "true");
}

TEST_CASE("the scale-free condition asks for rho D^2 >= 1, not rho D >= 1") {
  const auto holds = [](const char* rho) {
    return text(evaluate("hogwild.theorem2_sharpened", Object()
                                                           .add("L", 1)
                                                           .add("tau", 0)
                                                           .add("eta", "1/4")
                                                           .add("rho", Rational::parse(rho))
                                                           .add("beta", 1)
                                                           .add("alpha", 1)
                                                           .add("M", 4)
                                                           .add("f_drop", 1)
                                                           .add("T", 1)),
                "condition_holds");
  };
  // Without delay D = 1 - L eta = 3/4: rho D = 1 at 4/3, rho D^2 = 1 at 16/9.
  CHECK(holds("8/5") == "false");
  CHECK(holds("9/5") == "true");
}

TEST_CASE("without delay the supremum of steps is not attained") {
  CHECK(text(evaluate("hogwild.lemma2_rho", Object().add("L", 1).add("tau", 0).add("eta", "0.1")), "feasible") ==
        "false");
  const Object below = evaluate("hogwild.lemma2_rho", Object().add("L", 1).add("tau", 0).add("eta", "0.0999"));
  CHECK(text(below, "rho_min") == "1000.00000000000");
  CHECK(text(below, "rho_max") == "inf");
  CHECK(text(below, "lemma3_coeff") == "0");
}

TEST_CASE("each end of the interval of rho meets the condition with equality, and the best rho lies inside") {
  const PrecisionScope precision(256);
  const Ball L(1), eta(Rational(1, 5000));
  const long tau = 4;
  const auto interval = rho_interval(Condition::printed, L, tau, eta);
  REQUIRE(interval);
  for (const Ball& t : {interval->t_min, *interval->t_max}) {
    const Ball rho = t + 1;
    CHECK((rho * lemma2_denominator(L, tau, eta, rho) - 1).contains_zero());
  }
  const Ball best = *best_t(Condition::printed, L, tau);
  CHECK(certainly_less(interval->t_min, best));
  CHECK(certainly_less(best, *interval->t_max));
}

TEST_CASE("the best rho beats its neighbours for every form of the condition") {
  const PrecisionScope precision(256);
  for (const Condition c : {Condition::printed, Condition::one, Condition::sharp})
    for (const long tau : {1L, 4L, 80L}) {
      const Ball L(Rational(1, 2)), t = *best_t(c, L, tau), cap = step_cap(c, L, tau, t);
      CHECK(certainly_less(step_cap(c, L, tau, t * Ball(Rational(999, 1000))), cap));
      CHECK(certainly_less(step_cap(c, L, tau, t * Ball(Rational(1001, 1000))), cap));
    }
}

TEST_CASE("a root that bisection hits exactly is enclosed") {
  // tau = 1, L = 1/2, C = 1: r^2 - 2 r - 3 = 0 at r = 3.
  CHECK(text(evaluate("hogwild.lemma2_region", Object().add("L", "1/2").add("tau", 1)), "rho_star_C1") ==
        "3.00000000000000");
}

TEST_CASE("Theorem 1's step is a fixed point, far below double's range too") {
  const PrecisionScope precision(512);
  for (const long tau : {0L, 2L, 1000L}) {
    const Theorem1Problem<Ball> p{1, 1, 1, 1, tau, 1000};
    const Ball eta = fixed_point_step(p, Ball(2));
    CHECK((eta * eta * p.updates * B(p, eta, Ball(2)) / p.A() - 1).contains_zero());
    CHECK(eta.accuracy_bits() > 300);
  }
}

TEST_CASE("the direct bound at its own best step is no larger than at Theorem 1's") {
  const Object inputs =
      Object().add("f0", 1).add("alpha", "0.5").add("V", 1).add("L", 1).add("tau", 9).add("T", 1000000);
  const double best = *evaluate("hogwild.direct_bound", inputs, true).find("bound_opt")->get<double>();
  for (const char* eta : {"1e-5", "1e-4", "1e-3", "1e-2"}) {
    Object with = inputs;
    with.add("eta", eta);
    CHECK(best <= *evaluate("hogwild.direct_bound", with, true).find("bound")->get<double>());
  }
}

TEST_CASE("the complexity section: 1/a an exact integer, and a > 1") {
  const auto at = [](const char* mu, const char* v, const char* L, long n) {
    return evaluate("hogwild.complexity", Object()
                                              .add("n", n)
                                              .add("mu", mu)
                                              .add("v", v)
                                              .add("L", L)
                                              .add("tau", 0)
                                              .add("alpha", 1)
                                              .add("eps", "0.01")
                                              .add("f_drop", 1));
  };
  const Object tie = at("0.05", "0.8", "1", 1);
  CHECK(text(*tie.find("printed")->get<Object>(), "M_tilde") == "20");
  const Object none = at("3", "30", "0.1", 8);
  const Object& printed = *none.find("printed")->get<Object>();
  CHECK(text(printed, "M_tilde") == "0");
  CHECK(text(printed, "gamma") == "absent");
}

TEST_CASE("bad inputs name the parameter and its domain") {
  CHECK_THROWS_AS(evaluate("hogwild.lemma3", Object().add("eta", "0.1").add("tau", -1).add("rho", 2)), DomainError);
  CHECK_THROWS_AS(evaluate("hogwild.lemma3", Object().add("eta", "0.1").add("tau", 1).add("rho", "0.99")), DomainError);
  CHECK_THROWS_AS(evaluate("hogwild.lemma3", Object().add("eta", 0).add("tau", 1).add("rho", 2)), DomainError);
  CHECK_THROWS_AS(evaluate("hogwild.lemma3", Object().add("eta", "0.1").add("tau", "1/2").add("rho", 2)), DomainError);
}

TEST_CASE("a gamma that is exactly zero is recognised, and gives no bound") {
  // Without delay g = rho and f = L rho/2; alpha is chosen so that gamma vanishes after `steps` steps.
  const Rational L(1), rho(3, 2), eta(1, 100), beta(3, 7), two(2), one(1);
  for (const long M : {1L, 2L, 7L}) {
    const Rational f = L * rho / two, a = beta * eta + two * L * L * eta * eta * rho;
    const Rational c = two * L * L * eta * eta * f * (pow(one + a, M - 1) - one) / a;
    const Rational alpha = two / eta * (two * c * eta / beta + two * eta * eta * (rho * c + f));
    REQUIRE(alpha < one);
    const auto at = [&](const Rational& lower_bound) {
      return evaluate("hogwild.theorem2", Object()
                                              .add("L", L)
                                              .add("tau", 0)
                                              .add("rho", rho)
                                              .add("eta", eta)
                                              .add("beta", beta)
                                              .add("alpha", lower_bound)
                                              .add("M", M)
                                              .add("f_drop", 1)
                                              .add("T", 1));
    };
    const Object tie = at(alpha), above = at(alpha + Rational::parse("1e-60"));
    const Object& printed = *tie.find("printed")->get<Object>();
    CHECK(text(printed, "gamma") == "0");
    CHECK(text(printed, "bound") == "none (gamma<=0)");
    CHECK(text(*above.find("printed")->get<Object>(), "bound") != "none (gamma<=0)");
  }
}

TEST_CASE("an absorbed bound with c_1 > beta/2 is shown, marked as not valid; one with gamma <= 0 is not shown") {
  const auto absorbed = [](const char* alpha) {
    const Object o = evaluate("hogwild.theorem2", Object()
                                                      .add("L", "0.4317")
                                                      .add("tau", 1)
                                                      .add("rho", "1.292")
                                                      .add("eta", "0.001127")
                                                      .add("beta", "0.04474")
                                                      .add("alpha", alpha)
                                                      .add("M", 112701)
                                                      .add("f_drop", 1)
                                                      .add("T", 1));
    return *o.find("absorbed")->get<Object>();
  };
  const Object shown = absorbed("0.4866"), missing = absorbed("0.0001");
  CHECK(text(shown, "valid") == "false");
  const Ball product = *shown.find("bound")->get<Ball>() * *shown.find("gamma")->get<Ball>() * Ball(112701);
  CHECK(product.contains(Rational(1)));
  CHECK(text(missing, "valid") == "false");
  CHECK(text(missing, "bound") == "none (gamma<=0)");
}

TEST_CASE("without delay the condition at the fixed-point step, and T = T_min, are decided where they are ties") {
  // A = 2 and b0 = 1, so that eta = sqrt(2/T); eta_max = 1/10, and the cap at rho = 2 is 1/20.
  const auto inputs = [](const Rational& T) {
    return Object().add("f0", 1).add("alpha", 1).add("V", 1).add("L", 1).add("tau", 0).add("T", T);
  };
  const auto holds = [&](const Rational& T) {
    return text(evaluate("hogwild.theorem1", inputs(T).add("rho", 2)), "lemma2_holds");
  };
  const Rational little = Rational::parse("1e-40");
  CHECK(holds(800) == "true");
  CHECK(holds(Rational(800) - little) == "false");
  CHECK(holds(200) == "false");
  const auto feasible = [&](const Rational& T) {
    return text(evaluate("hogwild.theorem1_coupled", inputs(T)), "feasible");
  };
  CHECK(feasible(200) == "false");
  CHECK(feasible(Rational(200) + little) == "true");
  // With delay the step at the cap is a tie as well: L = V = alpha = 1, tau = 1, rho = 2, so that S = 3, K = 2, and the
  // cap is 1/110; T = A/(cap^2 (1 + 8 cap)).
  const Rational cap(1, 110), T = Rational(2) / (cap * cap * (Rational(1) + Rational(8) * cap));
  const auto delayed = [](const Rational& updates) {
    return text(evaluate("hogwild.theorem1", Object()
                                                 .add("f0", 1)
                                                 .add("alpha", 1)
                                                 .add("V", 1)
                                                 .add("L", 1)
                                                 .add("tau", 1)
                                                 .add("rho", 2)
                                                 .add("T", updates)),
                "lemma2_holds");
  };
  CHECK(delayed(T) == "true");
  CHECK(delayed(T - little) == "false");
}

TEST_CASE("rho = 1, where Lemma 2 admits no step, has every quantity at any delay") {
  const Object common = Object().add("eta", "1/1000").add("tau", 100).add("rho", 1);
  const Object gap = evaluate("hogwild.lemma3", common);
  CHECK(text(gap, "coeff_printed") == "0.0400000000000000");
  CHECK(text(gap, "coeff_sharp") == "0.0100000000000000");
  const Object check = evaluate("hogwild.lemma2_check", Object(common).add("L", 1));
  CHECK(text(check, "eta_cap_at_rho") == "0");
  CHECK(text(check, "holds_correct") == "false");
}

TEST_CASE("searches in double end, and enclosures answer where doubles leave their range or cannot decide") {
  const auto same = [](const char* quantity, const Object& inputs, std::initializer_list<const char*> outputs) {
    const Object doubles = evaluate(quantity, inputs, true), enclosed = evaluate(quantity, inputs);
    for (const char* name : outputs) {
      CAPTURE(name);
      REQUIRE(enclosed.find(name));
      const auto* x = doubles.find(name) ? doubles.find(name)->get<Ball>() : nullptr;
      if (const auto* y = enclosed.find(name)->get<Ball>())
        CHECK((x && x->overlaps(*y)));
      else
        CHECK(text(doubles, name) == text(enclosed, name));
    }
  };
  // A step that is 0 as a double admits every rho.
  const Object tiny = Object().add("L", 1).add("tau", 4).add("eta", "1e-400");
  same("hogwild.lemma2_rho", tiny, {"feasible", "rho_min", "rho_max", "lemma3_coeff"});
  CHECK(text(evaluate("hogwild.lemma2_rho", tiny, true), "rho_max").substr(0, 8) == "3.860973");
  // L^2 is 0 as a double; the delay is the longest one.
  const Object smooth = Object().add("L", "1e-200").add("tau", 1000000000000);
  same("hogwild.lemma2_region", smooth, {"rho_star", "eta_max", "eta_max_sharp"});
  same("hogwild.lemma2_rho", Object(smooth).add("eta", "1e-20"), {"feasible", "rho_max"});
  const Object updates = Object().add("f0", 1).add("alpha", 1).add("V", 1).add("tau", 5);
  same("hogwild.theorem1_coupled", Object(updates).add("L", "1e-170").add("T", 100000), {"T_min", "feasible"});
  same("hogwild.theorem1_coupled", Object(updates).add("L", 1).add("T", "1e500"), {"eta", "rho", "bound_printed"});
  same("hogwild.theorem1", Object(updates).add("L", 1).add("T", "1e305").add("rho", "1e60"), {"eta", "eta_opt"});
  // Close to the largest step, where a double of rho would keep half of its digits.
  const Rational largest(2, 9);
  same("hogwild.lemma2_rho", Object().add("L", "1/6").add("tau", 1).add("eta", largest - Rational::parse("1e-14")),
       {"feasible", "rho_min", "rho_max"});
  same("hogwild.lemma2_rho", Object().add("L", "1/6").add("tau", 1).add("eta", largest + Rational::parse("1e-14")),
       {"feasible"});
  CHECK_THROWS_AS(crossing([](double) { return std::nan(""); }, 0.0, 1.0), Undecided);
  CHECK_THROWS_AS(doubled_until_positive([](double) { return -1.0; }, 1.0), Undecided);
  CHECK_THROWS_AS(doubled_until_positive([](const Ball&) { return Ball(0); }, Ball(1)), Undecided);
}

TEST_CASE("roots of any magnitude take few evaluations") {
  const PrecisionScope precision(128);
  for (const char* where : {"1e-100000", "1e-30", "0.7"}) {
    int evaluations = 0;
    const Rational wanted = Rational::parse(where);
    const Ball root = crossing([&](const Ball& x) { return ++evaluations, x - Ball(wanted); }, Ball(0), Ball(1));
    CHECK(root.contains(wanted));
    CHECK(root.accuracy_bits() > 100);
    CHECK(evaluations < 200);
  }
  int evaluations = 0;
  const Rational far = Rational::parse("1e100000");
  CHECK(crossing_from_zero([&](const Ball& x) { return ++evaluations, x - Ball(far); }, Ball(1)).contains(far));
  CHECK(evaluations < 250);
  CHECK(crossing([](double x) { return x - 1e-250; }, 0.0, 1e300) == doctest::Approx(1e-250).epsilon(1e-15));
  CHECK(crossing([](double x) { return x; }, 0.0, 1.0) <= 0x1p-1074);
}

TEST_CASE("the largest step itself is decided, where a polynomial has a double root") {
  const auto at = [](const char* L, const Rational& eta) {
    return evaluate("hogwild.lemma2_rho", Object().add("L", L).add("tau", 1).add("eta", eta));
  };
  const Rational largest(2, 9), little = Rational::parse("1e-60");
  // 9 2 L^2 = 1/2: the printed condition at rho = 3.
  CHECK(text(at("1/6", largest), "feasible") == "true");
  CHECK(text(at("1/6", largest), "rho_min") == "3.00000000000000");
  CHECK(text(at("1/6", largest), "rho_max") == "3.00000000000000");
  CHECK(text(at("1/6", largest + little), "feasible") == "false");
  CHECK(text(at("1/6", largest - little), "feasible") == "true");
  // 2 L^2 = 1/2: the condition with the constant 1.
  CHECK(text(at("1/2", largest), "feasible_C1") == "true");
  CHECK(text(at("1/2", largest + little), "feasible_C1") == "false");
  // An irrational double root: s - 1 = eta s (1 + s) twice at s = 1 + sqrt 2, where eta = 3 - 2 sqrt 2 is irrational;
  // so that no rational step is the largest one, and each is decided.
  CHECK(text(at("1", Rational::parse("0.171572875253809902396622551580")), "feasible_sharp") == "true");
  CHECK(text(at("1", Rational::parse("0.171572875253809902396622551581")), "feasible_sharp") == "false");
  const std::vector<RealRoot> ends = ends_of_r(Condition::printed, Rational(1, 6), 1, Rational(1, 5));
  REQUIRE(ends.size() == 2);
  CHECK(certainly_less(ends[0].value, ends[1].value));
  CHECK(*ends[0].exact == Rational(2));  // r - 1 - r (1 + (1 + r)/2)/5
  CHECK(*ends[1].exact == Rational(5));
  CHECK(ends_of_r(Condition::printed, Rational(1), 4, Rational(1)).empty());
  // Theorem 1 at its smallest number of updates: A = 2, eta = 2/9, B = 1/6 + 2/27.
  const auto coupled = [](const Rational& T) {
    return evaluate("hogwild.theorem1_coupled",
                    Object().add("f0", 1).add("alpha", 1).add("V", 1).add("L", "1/6").add("tau", 1).add("T", T));
  };
  CHECK(text(coupled(Rational(2187, 13)), "feasible") == "false");
  CHECK(text(coupled(Rational(2187, 13) + little), "feasible") == "true");
}

TEST_CASE("the complexity section: perfect cubes of any size, and integers that no enclosure decides") {
  const auto at = [](const char* n, const char* mu, const char* v, const char* L, long tau, const char* alpha,
                     const char* eps, bool floating = false) {
    return evaluate("hogwild.complexity",
                    Object()
                        .add("n", n)
                        .add("mu", mu)
                        .add("v", v)
                        .add("L", L)
                        .add("tau", tau)
                        .add("alpha", alpha)
                        .add("eps", eps)
                        .add("f_drop", 1),
                    floating);
  };
  const auto printed = [](const Object& o) { return *o.find("printed")->get<Object>(); };
  // n^(1/3) = 10^10: the step is the largest one, which is not admitted without delay.
  CHECK(text(at("1e30", "1e19", "1", "1", 0, "1", "1"), "lemma5_feasible") == "false");
  CHECK(text(at("1e30", "0.99e19", "1e12", "1", 0, "1", "1"), "lemma5_feasible") == "true");
  CHECK(text(at("1e600", "1", "1", "1", 0, "1", "1", true), "lemma5_feasible") == "true");
  CHECK(text(at("1e599", "1", "1", "1", 2, "1", "1", true), "lemma5_feasible") == "true");
  // rho = 2, a = 0.61, M = 1, and gamma = alpha/40 - 1/200.
  CHECK(text(printed(at("1", "0.05", "12", "1", 0, "1", "0.01")), "T_outer") == "5000");
  CHECK(text(printed(at("1", "0.05", "12", "1", 0, "1", "0.01", true)), "T_outer") == "5000");
  const Object none = printed(at("1", "0.05", "12", "1", 0, "1/5", "0.01"));
  CHECK(text(none, "gamma") == "0");
  CHECK(text(none, "gamma_n23") == "0");
  CHECK(text(none, "T_outer") == "absent");
  // With delay, at the largest step: rho = 3.
  CHECK(text(at("1", "2/9", "1", "1/6", 1, "1", "1"), "rho_min") == "3.00000000000000");
  // rho = 2 with delay; the gap is 4 rho K = 16, g = 2 + 24, and a = 4/75 + 26/450 = 1/9.
  const Object whole = at("1", "1/5", "4/15", "1/6", 1, "1", "1");
  CHECK(text(printed(whole), "M_tilde") == "9");
  CHECK(text(whole, "rho_min") == "2.00000000000000");
}

TEST_CASE("the largest step at a rho close to 1 keeps its digits in double") {
  const Object inputs = Object().add("L", 1).add("tau", 1).add("eta", "0.1").add("rho", "1.000000000000004240523");
  for (const char* quantity : {"hogwild.lemma2_check", "hogwild.scale_free_condition"}) {
    const double x = *evaluate(quantity, inputs, true).find("eta_cap_at_rho")->get<double>();
    CHECK(x == doctest::Approx(std::stod(text(evaluate(quantity, inputs), "eta_cap_at_rho"))).epsilon(1e-14));
  }
}

TEST_CASE("a long delay at a long rho is answered by enclosures, in no time") {
  const Object inputs = Object().add("L", "31.29423").add("tau", 7958).add("rho", "76.8610000000000000170050427701");
  CHECK(text(evaluate("hogwild.lemma2_check", Object(inputs).add("eta", "1e-4")), "holds_as_printed") == "true");
  CHECK(text(evaluate("hogwild.lemma2_check", Object(inputs).add("eta", "1e-4")), "holds_correct") == "false");
  CHECK(text(evaluate("hogwild.theorem1", Object(inputs).add("f0", 1).add("alpha", 1).add("V", 1).add("T", 1000000)),
             "lemma2_holds") == "false");
}

TEST_CASE("gamma in exact arithmetic is what its enclosure contains, with the term of beta and without") {
  const auto loop = []<class T>(const T& one, bool absorbed) {
    return InnerLoop<T>{.L = one * 3,
                        .eta = one / 50,
                        .beta = one * 2 / 5,
                        .alpha = one * 4 / 5,
                        .M = one * 40,
                        .absorbed = absorbed,
                        .w = one * 2,
                        .g = one * 7 / 3,
                        .f = one * 11 / 10,
                        .a = one / 9};
  };
  for (const bool absorbed : {false, true})
    for (const long steps : {0, 1, 7, 40}) {
      CAPTURE(steps);
      const std::optional<Rational> exact = rational_gamma(loop(Rational(1), absorbed), steps);
      REQUIRE(exact);
      const Ball enclosed = loop(Ball(1), absorbed).gamma(steps);
      CHECK(enclosed.contains(*exact));
      CHECK((enclosed - Ball(*exact)).upper() < 1e-12);
    }
}
