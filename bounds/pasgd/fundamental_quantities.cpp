#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/growth.hpp"
#include "bounds/pasgd/quantities.hpp"
#include "lib/errors.hpp"

namespace asyncert::pasgd {

namespace {

/// The exact growth rate r of the constant delay T.
Ball exact_rate(const Rational& a, const Rational& delay) {
  return delay.sign() == 0 ? Ball(a) : exp(-negative_log_rate(a, delay));
}

/// base^n, and 1 exactly for n = 0.
Value power(const Ball& log_base, long n) { return n == 0 ? Value(1) : Value(exp(Ball(n) * log_base)); }

Object fundamental(const Inputs& in) {
  const Rational a = in.rational("a"), one(1);
  const long T = in.integer("T"), t = in.integer("t");
  const DelaySchedule schedule{in.word("delays"), T, in.integer("M")};
  const std::vector<Rational> x = fundamental_solution(schedule, a, 0, t);
  const Rational& f = x.back();
  Object o;
  o.add("f_0_t", f);
  constexpr std::size_t one_line = 80;
  o.add("f_0_t_rational", f.to_string().size() <= one_line ? Value(Fraction{f}) : Value("omitted"));
  if (t > 0) o.add("one_step_growth", f / x[x.size() - 2] - one);
  o.add("lower_bound_exact_root", power(log1p(exact_rate(a, in.rational("T"))), t - T));
  o.add("lower_bound_constant_T", constant_delay_solution(T, a, t)).add("upper_bound", power(log1p(Ball(a)), t));
  Ball from_one;
  const std::vector<Ball> ends = fundamental_solution_to(schedule, a, t);
  for (std::size_t i = 1; i < ends.size(); ++i) from_one += ends[i] * ends[i];
  o.add("beta2_printed_sum_i0_k", from_one + ends.front() * ends.front()).add("beta2_correct_sum_i1_k", from_one);
  const Ball q = corollary21_rate(Ball(a), Ball(T));
  return o.add("theorem10_rhs", Ball(T) + exp(Ball(t - T) * log1p(q)) / (Ball(2) * q));
}

Object fundamental_large(const Inputs& in) {
  const Rational a = in.rational("a");
  const long T = in.integer("T"), t = in.integer("t");
  const Ball r = exact_rate(a, in.rational("T"));
  Object o;
  o.add("f_0_t", constant_delay_solution(T, a, t)).add("lower_bound_exact_root", power(log1p(r), t - T));
  return o.add("asymptotic_C_z_t", (Ball(1) + r) / (Ball(1) + Ball(T + 1) * r) * exp(Ball(t) * log1p(r)));
}

}  // namespace

void register_fundamental_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "pasgd.fundamental_solution",
      .summary = "f(0,t) for a schedule of delays, exactly, with its bounds and both sums beta^2.",
      .source = "(46), Lemma 12, Theorem 10",
      .parameters = {word("delays", "schedule of delays", {"constant_T", "zero", "zero_then_max", "arith", "saw"}),
                     delay_bound(1'000'000'000'000), workers(1'000'000'000'000), gain(), horizon(2000)},
      .outputs = {"f_0_t: f(0,t)", "f_0_t_rational: as p/q where that takes at most 80 characters, else \"omitted\"",
                  "one_step_growth: f(0,t)/f(0,t-1) - 1, for t > 0", "lower_bound_exact_root: (1+r)^{t-T}",
                  "lower_bound_constant_T: f(0,t) of the constant delay T", "upper_bound: (1+a)^t",
                  "beta2_printed_sum_i0_k: sum of f(i,t)^2 from i = 0", "beta2_correct_sum_i1_k: from i = 1",
                  "theorem10_rhs: T + (1+q)^{t-T}/(2q) with Corollary 21's q"},
      .enclosed = fundamental,
  });

  registry.add({
      .name = "pasgd.fundamental_solution_large",
      .summary = "f(0,t) under the constant delay T for long horizons, its lower bound and its asymptotic form.",
      .source = "(46), Lemma 12",
      .parameters = {word("delays", "schedule of delays", {"constant_T"}), delay_bound(1'000'000'000'000),
                     workers(1'000'000'000'000), gain(), horizon(1'000'000'000'000)},
      .outputs = {"f_0_t: f(0,t)", "lower_bound_exact_root: (1+r)^{t-T}", "asymptotic_C_z_t: (1+r)^{t+1}/(1+(T+1)r)"},
      .validate =
          [](const Inputs& in) {
            const long T = in.integer("T"), t = in.integer("t");
            if (T > 100000 && t / (T + 1) > 20000)
              throw DomainError("t", in.rational("t").to_decimal(17), "t <= 20000 (T + 1) where T > 100000");
          },
      .enclosed = fundamental_large,
  });
}

}  // namespace asyncert::pasgd
