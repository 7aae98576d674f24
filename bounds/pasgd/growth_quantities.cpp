#include "bounds/pasgd/growth.hpp"
#include "bounds/pasgd/quantities.hpp"

namespace asyncert::pasgd {

namespace {

/// sqrt(1 + q) - 1 without cancellation.
template <class T>
T norm_rate(const T& q) {
  using std::sqrt;
  return q / (T(1) + sqrt(T(1) + q));
}

Object growth(const Inputs& in) {
  const Rational a = in.rational("a"), one(1), delay = in.rational("T");
  const Rational n = delay + one, f = n * a;
  const bool delayed = delay.sign() > 0;
  const Ball r = exp(-negative_log_rate(a, delay));
  Object o;
  o.add("f", f).add("q_cor21", corollary21_rate(Ball(a), Ball(delay))).add("q_lambert", lambert_w(Ball(f)) / Ball(n));
  o.add("q_razumikhin", exp(-negative_log_rate(a, n))).add("r_exact", delayed ? Value(r) : Value(a));
  o.add("q_onestep_sharp", delayed ? Value(one_step_rate(Ball(a), Ball(delay))) : Value(a));
  const Rational q = lemma19_rate(a, delay);
  o.add("q_lemma19_V", q);
  if (q < -one)
    o.add("q_lemma19_norm", "undefined");
  else
    o.add("q_lemma19_norm", q.sign() == 0 ? Value(0) : Value(norm_rate(Ball(q))));
  o.add("slowdown_paper_exp_f", exp(Ball(f)));
  o.add("slowdown_exact_a_over_r", delayed ? Value(exp(Ball(delay) * log1p(r))) : Value(1));
  return o.add("asymptotic_C", delayed ? Value((Ball(1) + r) / (Ball(1) + Ball(n) * r)) : Value(1));
}

Object growth_in_double(const Inputs& in) {
  const double a = in.number<double>("a"), delay = in.number<double>("T"), n = delay + 1;
  const double r = growth_rate(a, delay), q = lemma19_rate(a, delay);
  Object o;
  o.add("f", n * a).add("q_cor21", corollary21_rate(a, delay)).add("q_lambert", lambert_w(n * a) / n);
  o.add("q_razumikhin", growth_rate(a, n))
      .add("r_exact", r)
      .add("q_onestep_sharp", one_step_rate(a, delay))
      .add("q_lemma19_V", q);
  o.add("q_lemma19_norm", q < -1 ? Value("undefined") : Value(norm_rate(q)));
  o.add("slowdown_paper_exp_f", std::exp(n * a)).add("slowdown_exact_a_over_r", std::exp(delay * std::log1p(r)));
  return o.add("asymptotic_C", (1 + r) / (1 + n * r));
}

}  // namespace

void register_growth_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "pasgd.growth",
      .summary = "Growth rates of the delayed recursion: the paper's, the sharp ones and the exact one.",
      .source = "Corollary 21, Lemma 19, Theorem 20",
      .parameters = {delay_bound(1'000'000'000'000'000), gain()},
      .outputs = {"f: (T+1) a", "q_cor21: a e^{-f}", "q_lambert: W(f)/(T+1)", "q_razumikhin: root of q (1+q)^{T+1} = a",
                  "r_exact: root of r (1+r)^T = a", "q_onestep_sharp: a (1+a)^{-T}",
                  "q_lemma19_V: a - a^3 T^2, the rate of the square",
                  "q_lemma19_norm: sqrt(1+q) - 1, undefined where q < -1", "slowdown_paper_exp_f: e^f",
                  "slowdown_exact_a_over_r: a/r = (1+r)^T",
                  "asymptotic_C: f(0,t) is about C (1+r)^t under the constant delay T"},
      .enclosed = growth,
      .floating = growth_in_double,
  });
}

}  // namespace asyncert::pasgd
