// Theorem 5 for every smooth objective: (34) and (35) by moment generating functions, and what (12) says then.
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/descent_proofs.hpp"

namespace asyncert::pasgd {

namespace {

const Rational one(1), two(2);

/// With y >= 1: (y e^{1-y})^{d/2} <= y e^{1-y} <= 2 e^{-y/2}, as ln y <= ln 2 + (y-2)/2.
Evidence gaussian_vector() {
  Certificate e(
      "d = 1: pasgd.assumption3.gaussian. d >= 2: Chernoff gives P(|X|^2 >= s^2 y) <= (y e^{1-y})^{d/2} <= y e^{1-y} "
      "for y >= 1, and the tangent of ln at 2 bounds this by 2 e^{-y/2}, an identity of the exponents; below y = 1 the "
      "right side of (4) is above 1");
  e.identity(
      "1 - y + (y-2)/2 = -y/2", {{"y", 1}}, [](const Point& v) { return one - v[0] + (v[0] - two) / 2; },
      [](const Point& v) { return -v[0] / 2; });
  e.compare({.label = "1 <= 2 e^{-y/2} at y = 1", .left = one, .right = Ball(2) * exp(-(Ball(1) / 2))});
  return e;
}

/// The exponent 4 theta eta^2 M^2 sigma^2 sum |g|^2 + iota/theta at theta = 1/(32 eta M sigma^2).
Evidence inner_products() {
  Certificate e(
      "given the past, E exp(-theta eta <g, sum_m xi_m + M zeta>) <= exp(4 theta^2 eta^2 M^2 |g|^2 (s^2 + r^2)): "
      "pasgd.lemma2.dilation with the unit vector (1, g/|g|)/sqrt 2 for each xi_m, Hoelder's inequality for their sum, "
      "and the Gaussian's r^2/(2d) <= 4 r^2. So exp(-theta eta sum <g_k, Z_k> - 4 theta^2 eta^2 M^2 sigma^2 sum "
      "|g_k|^2) has an expectation of at most 1, and Markov's inequality with theta = 1/(32 eta M sigma^2) gives both "
      "terms: an identity, times 32 eta M sigma^2");
  e.identity(
      "4 eta^2 M^2 v g + (32 eta M v)^2 iota = (eta M g/8 + 8 c M eta v iota) 32 eta M v, v = sigma^2",
      {{"eta", 2}, {"M", 2}, {"v", 2}, {"g", 1}, {"iota", 1}},
      [](const Point& p) {
        const Rational scale = Rational(32) * p[0] * p[1] * p[2];
        return Rational(4) * p[0] * p[0] * p[1] * p[1] * p[2] * p[3] + scale * scale * p[4];
      },
      [](const Point& p) {
        const Rational gain = p[0] * p[1];
        return (gain * p[3] / 8 + Rational(32) * gain * p[2] * p[4]) * Rational(32) * gain * p[2];
      });
  return e;
}

/// Lemma 3's constant makes phi(1/c) <= e for the moment generating function phi(mu) = 4^mu/(1-2mu) of the extremal
/// |X|^2.
Evidence squared_noises(const Rational& c) {
  Certificate e(
      "|Z_k| <= M (A + B), A^2 = mean |xi_m|^2, B = |zeta|, with (A + B)^2 <= (s+r)(A^2/s + B^2/r), an identity; exp "
      "is "
      "convex, so that given the past E exp(mu |Z_k|^2/(M(s+r))^2) <= phi(mu) = 4^mu/(1-2mu), the value for the "
      "extremal law of (4), which zeta meets at r (pasgd.assumption3.gaussian_vector). ln phi is convex with phi(0) = "
      "1 and phi(1/c) <= e, hence phi(x/c) <= e^x on [0, 1]. Markov's inequality for a times the sum over the window "
      "plus b times the sum over the window and the T steps before, at the exponent 1/(c(a+b)), needs e^n e^{Tb/(a+b)} "
      "= exp([a(n+iota) + b(n+T+iota)]/(a+b) - iota), an identity");
  e.identity(
      "(s+r)(r A^2 + s B^2) - r s (A+B)^2 = (r A - s B)^2", {{"s", 2}, {"r", 2}, {"A", 2}, {"B", 2}},
      [](const Point& v) {
        const Rational sum = v[2] + v[3];
        return (v[0] + v[1]) * (v[1] * v[2] * v[2] + v[0] * v[3] * v[3]) - v[1] * v[0] * sum * sum;
      },
      [](const Point& v) { return (v[1] * v[2] - v[0] * v[3]) * (v[1] * v[2] - v[0] * v[3]); });
  e.compare({.label = "ln phi(1/c) = (2/c) ln 2 - ln(1 - 2/c) <= 1",
             .left = Ball(two / c) * log(Ball(2)) - log(Ball(one - two / c)),
             .right = one,
             .instance = Object().add("c", c)});
  e.identity(
      "a (n+iota) + b (n+T+iota) - (a+b) iota = (a+b) n + b T", {{"a", 1}, {"b", 1}, {"n", 1}, {"T", 1}, {"iota", 1}},
      [](const Point& v) { return v[0] * (v[2] + v[4]) + v[1] * (v[2] + v[3] + v[4]) - (v[0] + v[1]) * v[4]; },
      [](const Point& v) { return (v[0] + v[1]) * v[2] + v[1] * v[3]; });
  return e;
}

/// Lemma 6 summed over t0, ..., t0 + tau: each earlier step lies in at most T windows.
Evidence theorem5() {
  Certificate e(
      "Lemma 6 summed over the window, every step j in at most T of the windows k-T..k-1; the coefficient of the "
      "window's |G_j|^2 is at most 0 by (a), an identity; a half and an eighth of M eta |g|^2 leave 3/8; (34) and (35) "
      "fail with probability e^{-iota} each");
  lemma6_summed(e);
  e.compare({.label = "1/2 - 1/8 = 3/8",
             .left = Rational(1, 2) - Rational(1, 8),
             .relation = Relation::equal,
             .right = Rational(3, 8)});
  return e;
}

/// Without noise (s = 0) the printed (36) says f(x_{t0+tau+1}) - f(x_{t0}) <= -(3 M eta/8) sum |g|^2 + L^2 T^2 M eta^3
/// sum_{k=t0-tau}^{t0-1} |G_k|^2. f = x^2/2, M = 1, T = 3 and x = 1 so far: the last tau + 1 steps read what came
/// before and pass the minimum, and of the steps that they read the last sum counts tau only.
Evidence equation36_printed() {
  constexpr std::size_t T = 3;
  const Rational eta(1, 6);
  Evidence e;
  e.method =
      "exact recursions without noise; strict, so that it fails for small s > 0 as well, with a probability as near to "
      "1 as one likes";
  for (const auto& [delays, tau] : {std::pair{std::vector<std::size_t>(8, T), std::size_t{0}},
                                    {std::vector<std::size_t>{3, 3, 3, 3, 3, 3, 2, 1, 3, 3}, std::size_t{1}}}) {
    std::vector<Rational> x(T + 1, Rational(1)), G;  // x_{-3}, ..., x_0; G_0, ...
    List read;
    for (const std::size_t delay : delays) {
      G.push_back(x[x.size() - 1 - delay]);
      x.push_back(x.back() - eta * G.back());
      read.push_back(static_cast<long>(delay));
    }
    const std::size_t t0 = delays.size() - tau - 1;
    Rational descent, boundary;
    for (std::size_t k = t0; k <= t0 + tau; ++k) descent += Rational(3, 8) * eta * x[T + k] * x[T + k];
    for (std::size_t k = t0 - tau; k < t0; ++k) boundary += Rational(T * T) * pow(eta, 3) * G[k] * G[k];
    e.comparisons.push_back(
        {.label = "f(x_{t0+tau+1}) - f(x_{t0}) <= -(3 eta/8) sum |g_k|^2 + T^2 eta^3 sum of |G_k|^2 from t0 - tau on",
         .left = (x.back() * x.back() - x[T + t0] * x[T + t0]) / 2,
         .right = boundary - descent,
         .instance = Object()
                         .add("f", "x^2/2")
                         .add("M", 1)
                         .add("T", static_cast<long>(T))
                         .add("eta", eta)
                         .add("delays", read)
                         .add("x_0", 1)
                         .add("s", 0)
                         .add("t0", static_cast<long>(t0))
                         .add("tau", static_cast<long>(tau))});
  }
  e.hypotheses.push_back({"(a)", eta * eta * (Rational(3, 4) + Rational(9) * eta) < eta / Rational(2), ""});
  return e;
}

/// The condition with a minus, eta^2 (3L/4 - L^2 M T^2 eta) - eta/(2M) < 0, also holds for large steps: f = x^2/2, M =
/// 1, T = 10, eta = 1, where the constant delay 10 makes the run diverge while (12) without noise, from t0 = 0, lets f
/// fall only.
Evidence condition_with_minus() {
  constexpr long T = 10;
  const Rational eta(1), L(1);
  std::vector<Rational> x(T + 1, Rational(1));
  for (long k = 0; k < 40; ++k) x.push_back(x.back() - eta * x[x.size() - 1 - T]);
  Evidence e = single({.label = "f(x_0) < f(x_40)",
                       .left = x.front() * x.front() / 2,
                       .relation = Relation::less,
                       .right = x.back() * x.back() / 2,
                       .instance = Object()
                                       .add("f", "x^2/2")
                                       .add("M", 1)
                                       .add("T", T)
                                       .add("eta", eta)
                                       .add("delays", T)
                                       .add("x_0", 1)
                                       .add("s", 0)},
                      "exact recursion without noise from t0 = 0, where nothing moved before");
  e.hypotheses.push_back({"the condition with a minus",
                          eta * eta * (Rational(3, 4) * L - L * L * Rational(T * T) * eta) < eta / Rational(2), ""});
  return e;
}

/// How many events of probability e^{-iota} each the argument leaves out.
Evidence union_bound(long claimed, std::vector<std::pair<const char*, long>> events) {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method = "the failure probabilities that the proof adds up, in units of e^{-iota}:";
  long total = 0;
  Object parts;
  for (const auto& [name, count] : events) {
    total += count;
    parts.add(name, count);
    e.method += std::string(" ") + std::to_string(count) + " for " + name + ",";
  }
  e.method.back() = '.';
  e.comparisons.push_back({.label = "failure probabilities of the proof <= those that are stated, over e^{-iota}",
                           .left = total,
                           .right = claimed,
                           .instance = parts});
  return e;
}

}  // namespace

void register_theorem5_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "pasgd.assumption3.gaussian_vector",
       .source = "Assumption 3, (4), for the added noise of Algorithm 1",
       .statement = R"(The noise $N(0,(r^2/d)I)$ in $\mathbb{R}^d$ has the tail (4) at $s=r$, every $d$)",
       .procedure = [](const Context&) { return gaussian_vector(); },
       .uses = {"pasgd.assumption3.gaussian"}});
  add({.id = "pasgd.equation34",
       .source = "(34), corrected",
       .statement =
           R"((34) with $8cM\eta\sigma^2\iota$ in place of $c\eta\sigma^2\iota$ fails with probability at most $e^{-\iota}$, for every $f$, gradient noises of mean zero with the tail (4) given the past and independent $\zeta$, $\iota>0$)",
       .procedure = [](const Context&) { return inner_products(); },
       .uses = {"pasgd.lemma2.dilation"}});
  add({.id = "pasgd.equation35",
       .source = "(35), corrected",
       .statement =
           R"((35) with $4.123(s+r)^2$ in place of $c\sigma^2$ and $\tau+1+T+\iota$ in the second term fails with probability at most $e^{-\iota}$, both sums at once, for gradient noises with the tail (4) given the past, $\iota\ge0$)",
       .procedure = [](const Context&) { return squared_noises(Rational(4123, 1000)); },
       .uses = {"pasgd.lemma3", "pasgd.assumption3.gaussian_vector", "pasgd.theorem5.window"},
       .note =
           "One event for both sums, whatever their coefficients, so that Theorem 5 keeps its 2 e^{-iota} and (33) its "
           "factor T, which the left side of (35) lacks. (s+r)^2 is sigma^2 (1 + 2sr/sigma^2).",
       .bound = true});
  add({.id = "pasgd.theorem5",
       .source = "Theorem 5, (12), (33), (36), corrected",
       .statement =
           R"(Under (a), with probability at least $1-2e^{-\iota}$: (12) with $8cM\eta\sigma^2\iota$ for $c\eta\sigma^2\iota$, $4.123(s+r)^2$ for $c\sigma^2$ in the other noise terms and $\tau+1+T+\iota$ in the one with $L^2T^2M\eta^3$, for every $f$)",
       .procedure = [](const Context&) { return theorem5(); },
       .uses = {"pasgd.lemma6", "pasgd.equation34", "pasgd.equation35", "pasgd.theorem5.window"}});
  add({.id = "pasgd.equation36.printed",
       .source = "(36), its last sum",
       .statement = R"((36), whose sum over $k=t_0-\tau,\dots,t_0-1$ has $\tau$ where (12) has $T$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return equation36_printed(); },
       .note = "The steps before t0 that later ones still read are T, whatever the length of the window.",
       .instead = "pasgd.theorem5"});
  add({.id = "pasgd.theorem5.condition_with_minus",
       .source = "Theorem 5, the line before (36)",
       .statement =
           R"($\eta^2(\frac{3L}4-L^2MT^2\eta)-\frac\eta{2M}<0$ does not replace (a) in Theorem 5: it holds at $M=L=\eta=1$, $T=10$, where $f=x^2/2$ without noise has $f(x_{40})>f(x_0)$ under the constant delay 10)",
       .procedure = [](const Context&) { return condition_with_minus(); },
       .uses = {"pasgd.theorem5"},
       .note = "So the minus in that line is a slip: the step to (36) needs the plus that Theorem 5 has."});
  add({.id = "pasgd.lemma11.union.printed",
       .source = "Lemma 11",
       .statement = R"(The failure probabilities that the proof of Lemma 11 adds up are at most $2e^{-\iota}$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) {
             return union_bound(2, {{"Theorem 5 over all K steps", 2}, {"(24), Azuma's inequality", 1}});
           },
       .note = "Both parts may use Theorem 5 for the same window, but (24) can fail, too.",
       .instead = "pasgd.lemma11.union"});
  add({.id = "pasgd.lemma11.union",
       .source = "Lemma 11, corrected",
       .statement = R"(The failure probabilities that the proof of Lemma 11 adds up are at most $3e^{-\iota}$)",
       .procedure =
           [](const Context&) {
             return union_bound(3, {{"Theorem 5 over all K steps", 2}, {"(24), Azuma's inequality", 1}});
           },
       .uses = {"pasgd.theorem5"}});
  add({.id = "pasgd.theorem1.union.printed",
       .source = "Theorem 1, end of the proof",
       .statement = R"(The failure probabilities that the proof of Theorem 1 adds up are at most $3e^{-\iota}$)",
       .expected = Verdict::refuted,
       .procedure =
           [](const Context&) {
             return union_bound(3, {{"Theorem 5 over all K steps", 2},
                                    {"(24), Azuma's inequality", 1},
                                    {"the noise after third-kind blocks", 1}});
           },
       .note = "delta = 4 e^{-iota} changes iota by ln(4/3) only. Printed with the exponent i, which is iota.",
       .instead = "pasgd.theorem1.union"});
  add({.id = "pasgd.theorem1.union",
       .source = "Theorem 1, end of the proof, corrected",
       .statement = R"(The failure probabilities that the proof of Theorem 1 adds up are at most $4e^{-\iota}$)",
       .procedure =
           [](const Context&) {
             return union_bound(4, {{"Theorem 5 over all K steps", 2},
                                    {"(24), Azuma's inequality", 1},
                                    {"the noise after third-kind blocks", 1}});
           },
       .uses = {"pasgd.lemma11.union"}});
  add({.id = "pasgd.canary.equation35_constant",
       .source = "planted",
       .statement = R"((35) with the constant 4.12, by its proof)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return squared_noises(Rational(412, 100)); },
       .canary = true});
}

}  // namespace asyncert::pasgd
