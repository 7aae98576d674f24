// Figure 1 with the printed steps, certified: where the first steps throw the state, it stays.
#include "bounds/dasgd/rosenbrock.hpp"
#include "bounds/dasgd/steps.hpp"
#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"
#include "verify/dasgd/experiment.hpp"

namespace asyncert::dasgd {

namespace {

/// f = 100 in runs of the experiment itself, at all recorded steps from 2 on.
Evidence runs_stay(const Context& context) {
  Evidence e = evidence(Coverage::sample, "three realisations of 1000 steps without and with linear delays");
  for (const bool delayed : {false, true}) {
    const ExperimentResult r = run_experiment(
        {.c = 1, .n0 = 1, .start = Start::three_halves, .linear_delay = delayed, .steps = 1000, .realisations = 3},
        context.seed);
    for (const std::vector<double>& curve : r.last)
      for (std::size_t k = r.place(2); k < curve.size(); ++k)
        compare(e, "f(X_n) = 100", Rational::from_double(curve[k]), Relation::equal, 100,
                Object().add("delays", delayed ? "linear" : "none").add("n", static_cast<long>(r.recorded[k])));
  }
  return e;
}

/// On the event that no coordinate of the noise's sum ever leaves [-11,11]: X_1 = (0,...,0,2) and then X_n = 0 as long
/// as the first 100 coordinates of Y, which rise by twice the steps, are negative. The last falls at the step that
/// reads X_1 and is only moved by noise elsewhere. `exponent` is log10 log10 of the last n.
Evidence stays_at_zero(long exponent) {
  Evidence e = evidence(
      Coverage::instance,
      "enclosed: two steps from (3/2, ..., 3/2) on the event that the sums of alpha U stay within 11 in each "
      "coordinate, "
      "which fails with a probability of at most 202 exp(-121/(2 sum alpha^2)), by Doob's inequality for exponentials "
      "of Gaussian sums; then the gradient is (-2, ..., -2, 0), or (-2, ..., -2, 400) at X_1, so that the first 100 "
      "coordinates rise by less than 2 (loglog(n+1) - loglog 2)");
  const std::size_t d = 101;
  const Ball noise(11);
  std::vector<Rational> start(d, Rational(3, 2)), first(d), zero(d);
  first.back() = 2;
  const std::vector<Rational> slope = rosenbrock_gradient(start), at_first = rosenbrock_gradient(first),
                              at_zero = rosenbrock_gradient(zero);
  const Ball alpha_1 = step(StepLaw::log, Ball(2)), alpha_2 = step(StepLaw::log, Ball(3));
  Rational least = slope[0], rise = at_zero[0], fall = at_first[d - 1];
  for (std::size_t i = 0; i + 1 < d; ++i) {
    least = min(least, slope[i]);
    rise = min(rise, min(at_zero[i], at_first[i]));
  }
  compare(e, "X_1 = 0 in the first 100 coordinates: Y_1 < 0", Ball(start[0]) - alpha_1 * Ball(least) + noise,
          Relation::less, 0);
  const Ball last = Ball(start[d - 1]) - alpha_1 * Ball(slope[d - 1]);
  compare(e, "X_1 = 2 in the last coordinate: 2 < Y_1", 2, Relation::less, last - noise);
  compare(e, "X_2 = 0 in the last coordinate: Y_2 < 0", last - alpha_2 * Ball(fall) + noise, Relation::less, 0);
  compare(e, "the slope of the last coordinate at 0 is 0", at_zero[d - 1], Relation::equal, 0);
  const Ball log_n = Ball(pow(Rational(10), exponent)) * log(Ball(10)) + Ball(1);  // above log(n+1)
  compare(e, "Y_n < 0 in the first 100 coordinates",
          Ball(start[0]) - alpha_1 * Ball(least) + noise - Ball(rise) * (log(log_n) - log(log(Ball(2)))),
          Relation::less, 0, Object().add("n", "10^10^" + std::to_string(exponent)));
  compare(e, "f(0) = 100", rosenbrock(zero), Relation::equal, 100);
  compare(e, "the probability of larger noise", Ball(202) * exp(-Ball(121) / (Ball(2) * step_square_sum(StepLaw::log))),
          Relation::less, Rational(1) / pow(Rational(10), 35));
  return e;
}

}  // namespace

void register_literal_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.figure1.literal.stays",
       .source = "Section 5, Figure 1",
       .statement =
           R"(With $\alpha_n=1/((n+1)\log(n+1))$ and noise $N(0,I)$ from $y_0=(\frac32,\dots,\frac32)$, with or without the linear delays, $f(X_n)=100$ for all $n$ from 2 to $10^{10^{40}}$ with probability at least $1-10^{-35}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) { return with_search(stays_at_zero(40), runs_stay(c)); },
       .uses = {"dasgd.assumption3.squares"},
       .note = "For every read rule with s(n) >= 1 from n = 1 on, as the delays of the experiment have. So with these "
               "steps no run from this start shows convergence; from random starts: dasgd.figure1.literal. The paper "
               "gives neither the factor of its steps nor its start."});
  add({.id = "dasgd.canary.literal_stays_longer",
       .source = "planted",
       .statement = R"(The same bound keeps $X_n$ at 0 until $n=10^{10^{60}}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return stays_at_zero(60); },
       .canary = true});
}

}  // namespace asyncert::dasgd
