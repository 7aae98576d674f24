// The registered quantities of the paper on perturbed asynchronous SGD.
#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/growth.hpp"
#include "bounds/pasgd/probabilities.hpp"
#include "lib/errors.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

namespace {

using namespace pasgd;

Object growth(const Inputs& in) {
  const Rational a = in.rational("a"), one(1);
  const long T = in.integer("T");
  const Rational n(T + 1), f = n * a;
  const Ball y = negative_log_rate(a, Rational(T)), r = exp(-y);
  Object o;
  o.add("f", f).add("q_cor21", corollary21_rate(a, T)).add("q_lambert", lambert_w(Ball(f)) / Ball(n));
  o.add("q_razumikhin", exp(-negative_log_rate(a, n))).add("r_exact", T == 0 ? Value(a) : Value(r));
  o.add("q_onestep_sharp", Ball(a) * exp(-(Ball(T) * log1p(Ball(a)))));
  const Rational q = a - a * a * a * Rational(T) * Rational(T);
  o.add("q_lemma19_V", q);
  if (q < -one) o.add("q_lemma19_norm", "undefined");
  else o.add("q_lemma19_norm", q.sign() == 0 ? Value(0) : Value(Ball(q) / (Ball(1) + sqrt(Ball(one + q)))));
  o.add("slowdown_paper_exp_f", exp(Ball(f)));
  o.add("slowdown_exact_a_over_r", T == 0 ? Value(1) : Value(exp(Ball(T) * log1p(r))));
  return o.add("asymptotic_C", T == 0 ? Value(1) : Value((Ball(1) + r) / (Ball(1) + Ball(n) * r)));
}

Object fundamental(const Inputs& in) {
  const std::string schedule = in.word("delays");
  const Rational a = in.rational("a"), one(1);
  const long T = in.integer("T"), M = in.integer("M"), t = in.integer("t");
  const std::vector<Rational> x = fundamental_solution(schedule, T, M, a, 0, t);
  const Rational& f = x.back();
  Object o;
  o.add("f_0_t", f);
  const std::string text = f.to_string();
  o.add("f_0_t_rational", text.size() <= 120 ? Value(Fraction{f}) : Value("omitted"));
  if (t > 0) o.add("one_step_growth", f / x[x.size() - 2] - one);
  const Ball r = exp(-negative_log_rate(a, Rational(T)));
  o.add("lower_bound_exact_root", t == T ? Value(1) : Value(exp(Ball(t - T) * log1p(r))));
  const std::vector<Rational> slowest = fundamental_solution("constant_T", T, 1, a, 0, t);
  o.add("lower_bound_constant_T", slowest.back()).add("upper_bound", pow(one + a, t));
  Rational beta = one;  // f(t, t)^2
  for (long i = 1; i < t; ++i) {
    const Rational value = fundamental_solution(schedule, T, M, a, i, t).back();
    beta += value * value;
  }
  o.add("beta2_printed_sum_i0_k", t > 0 ? beta + f * f : one).add("beta2_correct_sum_i1_k", t > 0 ? beta : Rational(0));
  const Ball q = corollary21_rate(a, T);
  return o.add("theorem10_rhs", Ball(T) + exp(Ball(t - T) * log1p(q)) / (Ball(2) * q));
}

Object fundamental_large(const Inputs& in) {
  const Rational a = in.rational("a");
  const long T = in.integer("T"), t = in.integer("t");
  const Ball r = T == 0 ? Ball(a) : exp(-negative_log_rate(a, Rational(T)));
  Object o;
  o.add("f_0_t", constant_delay_solution(T, a, t));
  o.add("lower_bound_exact_root", t == T ? Value(1) : Value(exp(Ball(t - T) * log1p(r))));
  return o.add("asymptotic_C_z_t", (Ball(1) + r) / (Ball(1) + Ball(T + 1) * r) * exp(Ball(t) * log1p(r)));
}

Object quartic_saddle(const Inputs& in) {
  const Rational a = in.rational("A11"), b = in.rational("A12"), c = in.rational("A22"), B2 = in.rational("B2"), zero(0);
  const Rational two(2), trace = a + c, determinant = a * c - b * b;
  // Eigenvalues that are rational are kept exact, so that a zero is a zero.
  std::optional<Rational> exact_min, exact_max;
  if (b.sign() == 0) exact_min = min(a, c), exact_max = max(a, c);
  else if (determinant.sign() == 0) exact_min = min(zero, trace), exact_max = max(zero, trace);
  const Ball spread = sqrt(Ball((a - c) * (a - c) / Rational(4) + b * b)), centre(trace / two);
  const Ball lowest = exact_min ? Ball(*exact_min) : centre - spread, highest = exact_max ? Ball(*exact_max) : centre + spread;
  const auto value = [](const std::optional<Rational>& exact, const Ball& x) { return exact ? Value(*exact) : Value(x); };
  Object o;
  std::optional<Rational> exact_norm, exact_L, exact_gamma;
  if (exact_min) {
    exact_norm = max(abs(*exact_min), abs(*exact_max));
    exact_L = max(*exact_max + Rational(3) * B2, -*exact_min);
    exact_gamma = -*exact_min;
  }
  const Ball norm = max(abs(lowest), abs(highest));
  o.add("norm_A", value(exact_norm, norm));
  // |A|_2 <= B^2: |trace|/2 + spread <= B^2, squared.
  const Rational room = B2 - abs(trace) / two;
  o.add("precondition_B2_ge_normA", room.sign() >= 0 && (a - c) * (a - c) / Rational(4) + b * b <= room * room);
  o.add("L_true", value(exact_L, max(highest + Ball(Rational(3) * B2), -lowest)));
  o.add("L_paper_2B2", two * B2).add("L_safe_4B2", Rational(4) * B2).add("rho_true_6B", Ball(6) * sqrt(Ball(B2)));
  o.add("gamma_at_0", value(exact_gamma, -lowest));
  // The smallest eigenvalue is negative unless trace >= 0 and determinant >= 0.
  if (trace.sign() >= 0 && determinant.sign() >= 0) return o.add("f_min_global", 0).add("minimiser_norm", 0);
  o.add("f_min_global", exact_min ? Value(-*exact_min * *exact_min / Rational(4)) : Value(-(lowest * lowest) / Ball(4)));
  return o.add("minimiser_norm", sqrt(-lowest));
}

Object clopper_pearson(const Inputs& in) {
  const long k = in.integer("successes"), n = in.integer("n");
  const Rational half = in.rational("alpha") / Rational(2), one(1), share(1, 24);
  Object o;
  o.add("lower", k == 0 ? Value(0) : Value(binomial_tail_inverse(k, n, half)));
  o.add("upper", k == n ? Value(1) : Value(binomial_tail_inverse(k + 1, n, one - half)));
  // lower >= 1/24 exactly where the tail at 1/24 is at most alpha/2.
  return o.add("certifies_ge_1_24", k > 0 && decide_less_equal(binomial_tail(k, n, Ball(share)), Ball(half)));
}

Object lemma3_failure(const Inputs& in) {
  const Ball fails = lemma3_failure_probability(in.integer("n"), in.rational("iota")), allowed = exp(-Ball(in.rational("iota")));
  return Object().add("prob_fails", fails).add("allowed", allowed).add("violated", decide_less(allowed, fails));
}

Object constants(const Inputs& in) {
  const EscapeProblem p{in.integer("d"), in.integer("M"), in.rational("L"), in.rational("rho"), in.rational("eps1"), in.rational("eps2"),
                        in.rational("s"), in.integer("T"), in.rational("Delta_f"), in.rational("delta"), in.rational("w")};
  const EscapeConstants k = escape_constants(p);
  const bool delayed = p.T > 0;
  const auto or_zero = [&](const Ball& x) { return delayed ? Value(x) : Value(0); };
  Object o;
  o.add("eta", k.eta).add("c1", k.c1).add("r", k.r).add("sigma2", k.sigma2).add("kappa", k.kappa).add("a", k.a).add("f", k.f);
  o.add("q", k.q).add("u_min_eq7", k.u).add("u_min_eq7_with_c", k.u_with_c).add("Tmax", k.Tmax).add("F", or_zero(k.F)).add("F2", k.F2);
  o.add("S", k.S).add("b", k.b).add("C", k.C).add("p", k.p);
  // (a) is w^2 - 3w/2 - 2T^2 > 0, decided in rationals.
  const Rational w = p.w, T(p.T), condition_a = w * w - Rational(3, 2) * w - Rational(2) * T * T;
  o.add("lhs_a", condition_a.sign() == 0 ? Value(0) : Value(k.lhs_a)).add("lhs_b", or_zero(k.lhs_b)).add("lhs_c", k.lhs_c);
  o.add("lhs_8", k.lhs_8).add("lhs_9", or_zero(k.lhs_9));
  o.add("ok_a", condition_a.sign() > 0).add("ok_b", decide_less_equal(k.lhs_b, Ball(1))).add("ok_c", decide_less_equal(k.lhs_c, k.p));
  o.add("ok_8", decide_less_equal(log(Ball(48)), k.lhs_8)).add("ok_9", Rational(2) * T * T * T <= w * w);
  o.add("three_F", or_zero(Ball(3) * k.F)).add("ok_3F_le_eps1sq", decide_less_equal(Ball(3) * k.F, Ball(p.eps1 * p.eps1)));
  o.add("iota", k.iota);
  if (delayed) {
    const Ball K1 = Ball(100) * k.iota * Ball(T * p.Delta_f) / (Ball(Rational(p.M) * k.eta) * k.F);
    o.add("K1", K1).add("K2", k.K2).add("K", max(K1, k.K2));
  } else {  // F = 0: the blocks of length 2T are empty and K1 is 0/0
    o.add("K1", {}).add("K2", k.K2).add("K", {});
  }
  return o.add("eq25_noise_over_descent", k.noise_over_descent);
}

Object theorem5_counterexample(const Inputs& in) {
  const long d = in.integer("d");
  const Rational per_worker = in.rational("iota") / in.rational("M");
  // sigma/r, times sqrt(d) since the noise has variance r^2/d along the gradient.
  const Ball c1 = noise_factor(d), scale = sqrt(Ball(d) + Ball(1) / (c1 * c1)), chance = exp(-Ball(in.rational("iota")));
  const Ball fails_12 = normal_tail(sqrt(Ball(Rational(10) * per_worker)) * scale);
  const Ball fails_34 = normal_tail(sqrt(Ball(Rational(2) * per_worker)) * scale);
  Object o;
  o.add("prob_eq12_fails", fails_12).add("allowed_eq12", Ball(2) * chance);
  o.add("prob_eq34_fails", fails_34).add("allowed_eq34", chance);
  return o.add("violated_eq12", decide_less(Ball(2) * chance, fails_12));
}

Parameter delay_bound(long largest) { return integer("T", "T", "largest delay in steps").at_least(0).at_most(largest); }
Parameter gain() { return real("a", "a", "M eta gamma: growth of one step without delay").above(0); }
Parameter horizon(long largest) { return integer("t", "t", "number of steps").at_least(0).at_most(largest); }

}  // namespace

void register_pasgd_quantities(QuantityRegistry& registry) {
  Quantity rates;
  rates.name = "pasgd.growth";
  rates.summary = "Growth rates of the delayed recursion: the paper's, the sharp ones and the exact one.";
  rates.source = "Corollary 21, Lemma 19, Theorem 20";
  rates.parameters = {delay_bound(1'000'000'000'000), gain()};
  rates.outputs = {"f: (T+1) a", "q_cor21: a e^{-f}", "q_lambert: W(f)/(T+1)", "q_razumikhin: root of q (1+q)^{T+1} = a",
                   "r_exact: root of r (1+r)^T = a", "q_onestep_sharp: a (1+a)^{-T}", "q_lemma19_V: a - a^3 T^2, the rate of the square",
                   "q_lemma19_norm: sqrt(1+q) - 1", "slowdown_paper_exp_f: e^f", "slowdown_exact_a_over_r: a/r = (1+r)^T",
                   "asymptotic_C: f(0,t) is about C (1+r)^t under the constant delay T"};
  rates.enclosed = growth;
  registry.add(std::move(rates));

  Quantity solution;
  solution.name = "pasgd.fundamental_solution";
  solution.summary = "f(0,t) for a schedule of delays, exactly, with its bounds and both sums beta^2.";
  solution.source = "(46), Lemma 12, Theorem 10";
  solution.parameters = {word("delays", "schedule of delays", {"constant_T", "zero", "zero_then_max", "arith", "saw"}), delay_bound(1'000'000),
                         integer("M", "M", "gradients in one step").at_least(1).at_most(10000), gain(), horizon(2000)};
  solution.outputs = {"f_0_t: f(0,t)", "f_0_t_rational: as p/q where that is short", "one_step_growth: f(0,t)/f(0,t-1) - 1",
                      "lower_bound_exact_root: (1+r)^{t-T}", "lower_bound_constant_T: f(0,t) of the constant delay T",
                      "upper_bound: (1+a)^t", "beta2_printed_sum_i0_k: sum of f(i,t)^2 from i = 0",
                      "beta2_correct_sum_i1_k: from i = 1", "theorem10_rhs: T + (1+q)^{t-T}/(2q) with Corollary 21's q"};
  solution.enclosed = fundamental;
  registry.add(std::move(solution));

  Quantity large;
  large.name = "pasgd.fundamental_solution_large";
  large.summary = "f(0,t) under the constant delay T for long horizons, its lower bound and its asymptotic form.";
  large.source = "(46), Lemma 12";
  large.parameters = {word("delays", "schedule of delays", {"constant_T"}), delay_bound(1'000'000'000),
                      integer("M", "M", "gradients in one step").at_least(1), gain(), horizon(1'000'000'000)};
  large.outputs = {"f_0_t: f(0,t)", "lower_bound_exact_root: (1+r)^{t-T}", "asymptotic_C_z_t: (1+r)^{t+1}/(1+(T+1)r)"};
  large.validate = [](const Inputs& in) {
    if (in.integer("t") / (in.integer("T") + 1) > 20000)
      throw DomainError("t", in.rational("t").to_decimal(17), "t <= 20000 (T + 1)");
  };
  large.enclosed = fundamental_large;
  registry.add(std::move(large));

  Quantity saddle;
  saddle.name = "pasgd.quartic_saddle";
  saddle.summary = "Constants of x'Ax/2 + |x|^4/4 on the ball |x| <= B.";
  saddle.source = "Section 5, (30)";
  saddle.parameters = {real("A11", "A_{11}", "entry of the symmetric matrix A"), real("A12", "A_{12}", "entry of A"),
                       real("A22", "A_{22}", "entry of A"), real("B2", "B^2", "squared radius of the ball").above(0)};
  saddle.outputs = {"norm_A: spectral norm of A", "precondition_B2_ge_normA", "L_true: max(lambda_max + 3 B^2, -lambda_min)",
                    "L_paper_2B2: the printed 2 B^2", "L_safe_4B2: 4 B^2", "rho_true_6B: Lipschitz constant of the Hessian",
                    "gamma_at_0: -lambda_min", "f_min_global: minimum over the plane", "minimiser_norm: norm of its minimisers"};
  saddle.enclosed = quartic_saddle;
  registry.add(std::move(saddle));

  Quantity limits;
  limits.name = "pasgd.clopper_pearson";
  limits.summary = "Clopper-Pearson limits of a probability, and whether they certify the 1/24 of Theorem 7.";
  limits.source = "Theorem 7, measured";
  limits.parameters = {integer("successes", "x", "events seen").at_least(0), integer("n", "n", "trials").at_least(1),
                       real("alpha", "\\alpha", "error probability, half on either side").above(0).below(1)};
  limits.outputs = {"lower: lower limit", "upper: upper limit", "certifies_ge_1_24: lower >= 1/24"};
  limits.validate = [](const Inputs& in) {
    if (in.integer("n") < in.integer("successes"))
      throw DomainError("successes", in.rational("successes").to_decimal(17), "successes <= n = " + in.rational("n").to_decimal(17));
  };
  limits.enclosed = clopper_pearson;
  registry.add(std::move(limits));

  Quantity failure;
  failure.name = "pasgd.lemma3_failure";
  failure.summary = "Probability that Lemma 3 with c = 4 fails under the extremal law P(|X| >= t) = min(1, 2 exp(-t^2/2)).";
  failure.source = "Lemma 3";
  failure.parameters = {integer("n", "n", "number of terms").at_least(1), real("iota", "\\iota", "confidence exponent").at_least(0)};
  failure.outputs = {"prob_fails: probability of failure", "allowed: e^{-iota}", "violated: prob_fails > allowed"};
  failure.enclosed = lemma3_failure;
  registry.add(std::move(failure));

  Quantity constant;
  constant.name = "pasgd.lemma3_smallest_c";
  constant.summary = "The smallest constant with which Lemma 3 holds for all n and iota.";
  constant.source = "Lemma 3";
  constant.outputs = {"c: root of 1 + ln(1 - 2/c) - (2/c) ln 2"};
  constant.enclosed = [](const Inputs&) { return Object().add("c", lemma3_smallest_constant()); };
  registry.add(std::move(constant));

  Quantity escape;
  escape.name = "pasgd.constants";
  escape.summary = "The constants (6)-(9), the conditions (a)-(c), and the numbers of steps, at one step size.";
  escape.source = "(6)-(9), Definition 2, (25)";
  escape.parameters = {integer("d", "d", "dimension").at_least(1).at_most(1'000'000'000), integer("M", "M", "gradients in one step").at_least(1),
                       real("L", "L", "Lipschitz constant of the gradient").above(0), real("rho", "\\rho", "Lipschitz constant of the Hessian").above(0),
                       real("eps1", "\\epsilon_1", "wanted gradient norm").above(0), real("eps2", "\\epsilon_2", "wanted curvature").above(0),
                       real("s", "s", "scale of the gradient noise").above(0), delay_bound(1'000'000'000),
                       real("Delta_f", "f(x_0)-f_*", "initial gap").above(0), real("delta", "\\delta", "failure probability").above(0).below(1),
                       real("w", "w", "factor of the step size 1/(w M L)").above(0)};
  escape.outputs = {"eta: 1/(w M L)", "c1, r, sigma2, kappa: noise factor, scale, s^2 + r^2, L/sqrt(rho eps2)", "a, f, q: M eta sqrt(rho eps2), (T+1)a, a e^{-f}",
                    "u_min_eq7: smallest admissible u, the larger root of (7)", "u_min_eq7_with_c: with the missing factor c",
                    "Tmax, F, F2, S, b, C, p: as in (6)", "lhs_a, lhs_b, lhs_c, lhs_8, lhs_9: left sides of (a), (b), (c), (8), (9)",
                    "ok_a, ok_b, ok_c, ok_8, ok_9: whether they hold", "three_F, ok_3F_le_eps1sq: 3F <= eps1^2", "iota: ln(3/delta)",
                    "K1, K2, K: numbers of steps (K1 and K need T > 0)", "eq25_noise_over_descent: must be below 1 for the proof"};
  escape.enclosed = constants;
  registry.add(std::move(escape));

  Quantity linear;
  linear.name = "pasgd.theorem5_counterexample";
  linear.summary = "Probability that (12) and (34) fail on a linear objective with exact gradients.";
  linear.source = "Theorem 5, (12), (34)";
  linear.parameters = {integer("M", "M", "gradients in one step").at_least(1), real("iota", "\\iota", "confidence exponent").above(0),
                       integer("d", "d", "dimension").at_least(1).at_most(1'000'000'000), real("L", "L", "zero: the objective is linear").at_least(0).at_most(0)};
  linear.outputs = {"prob_eq12_fails: at n g^2 = (8/5) c sigma^2 iota/M", "allowed_eq12: 2 e^{-iota}", "prob_eq34_fails: at n g^2 = 8 c sigma^2 iota/M",
                    "allowed_eq34: e^{-iota}", "violated_eq12: whether (12) fails too often"};
  linear.enclosed = theorem5_counterexample;
  registry.add(std::move(linear));
}

}  // namespace asyncert
