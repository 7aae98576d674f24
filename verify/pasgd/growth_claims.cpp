// The delayed recursion x(n+1) = x(n) + a x(n - tau): Lemmas 18, 19, Theorem 20 and Corollary 21.
#include <functional>

#include "bounds/pasgd/fundamental.hpp"
#include "bounds/pasgd/growth.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/delay_sequences.hpp"

namespace asyncert::pasgd {

namespace {

constexpr long steps = 8, largest_delay = 2;

/// With f = (T+1)a > 0, W e^W = f and v = W/(T+1): (T+1) q_cor21 = f e^{-f} < f e^{-W} = W as W < f; v (1+v)^{T+1} < v
/// e^W = a as ln(1+v) < v, so that v < q_R; and q_R (1+q_R)^T = a/(1+q_R) < a, so that q_R < r.
Evidence rate_chain() {
  Certificate e(
      "with f = (T+1)a and v = W/(T+1): (T+1) a e^{-f} = f e^{-f} < f e^{-W} = W by W < W e^W = f; v(1+v)^{T+1} < v "
      "e^W = a "
      "by ln(1+v) < v; q_R(1+q_R)^T = a/(1+q_R) < a; x(1+x)^n increases in x: identities with the powers free, every T "
      ">= 0 "
      "and a > 0; and 40 points enclosed");
  e.identity(
      "(T+1) v E = f and v E = a at E = f/W, f = (T+1)a, v = W/(T+1), the second times x",
      {{"T", 2, Rational(0), Rational(1)}, {"a", 1}, {"W", 2, Rational(1), Rational(1)}, {"x", 1}},
      [](const Point& v) {
        const Rational n = v[0] + Rational(1), f = n * v[1], E = f / v[2], rate = v[2] / n;
        return n * rate * E + v[3] * rate * E;
      },
      [](const Point& v) { return (v[0] + Rational(1)) * v[1] + v[3] * v[1]; });
  e.identity(
      "(1+q) q P = a at P = a/(q (1+q))", {{"q", 2, Rational(1), Rational(1)}, {"a", 1}},
      [](const Point& v) { return (Rational(1) + v[0]) * v[0] * (v[1] / (v[0] * (Rational(1) + v[0]))); },
      [](const Point& v) { return v[1]; });
  for (long T : {0L, 1L, 10L, 1000L, 1000000L})
    for (const char* text : {"1e-9", "1e-6", "1e-3", "0.01", "0.1", "1", "5", "10"}) {
      const Rational a = Rational::parse(text), n(T + 1);
      const Object at = Object().add("T", T).add("a", a);
      const Ball w = lambert_w(Ball(n * a)) / Ball(n), razumikhin = exp(-negative_log_rate(a, n)),
                 r = exp(-negative_log_rate(a, T));
      e.compare({.label = "q_cor21 < W/(T+1)",
                 .left = corollary21_rate(Ball(a), Ball(T)),
                 .relation = Relation::less,
                 .right = w,
                 .instance = at});
      e.compare({.label = "W/(T+1) < q_R", .left = w, .relation = Relation::less, .right = razumikhin, .instance = at});
      e.compare({.label = "q_R < r", .left = razumikhin, .relation = Relation::less, .right = r, .instance = at});
    }
  return e;
}

/// 1 + a (1+a)^{-T} bounds one step of every sequence, and a e^{-(T+1)a} is smaller: ln(1+a) <= a.
Evidence corollary21() {
  Certificate e(
      "f is nondecreasing and f(t) <= (1+a)^T f(t-T), so that a step gains a f(t-T) >= a (1+a)^{-T} f(t) at least; the "
      "identity (T+1)a - T ln(1+a) = a + T(a - ln(1+a)), a sum of terms >= 0, gives a (1+a)^{-T} > a e^{-(T+1)a}; and "
      "the least step of all 3^8 sequences with T = 2");
  e.identity(
      "(T+1) a - T l = a + T (a - l)", {{"T", 1}, {"a", 1}, {"l", 1}},
      [](const Point& v) { return (v[0] + Rational(1)) * v[1] - v[0] * v[2]; },
      [](const Point& v) { return v[1] + v[0] * (v[1] - v[2]); });
  for (const Rational& a : {Rational(1, 100), Rational(1, 2), Rational(3)}) {
    Rational least(1000);
    for_each_delay_sequence(largest_delay, steps, [&](const std::vector<long>& delays) {
      std::vector<Rational> x = {1};
      for (long n = 0; n < steps; ++n) {
        const long read = n - delays[static_cast<std::size_t>(n)];
        x.push_back(read < 0 ? x.back() : x.back() + a * x[static_cast<std::size_t>(read)]);
        if (n >= largest_delay) least = min(least, x.back() / x[x.size() - 2]);
      }
    });
    e.compare({.label = "1 + q <= least f(0,t+1)/f(0,t)",
               .left = Ball(1) + corollary21_rate(Ball(a), Ball(largest_delay)),
               .right = least,
               .instance = Object().add("a", a).add("T", largest_delay)});
  }
  return e;
}

/// One step of the sequence "no delay for T steps, then T", against a rate.
Comparison adversarial_step(long T, const Rational& a, const Measure& rate, Relation relation) {
  const auto f = fundamental_solution({"zero_then_max", T, 1}, a, 0, T + 1);
  return {.label = "rate against f(0,T+1)/f(0,T) - 1",
          .left = rate,
          .relation = relation,
          .right = f.back() / f[f.size() - 2] - Rational(1),
          .instance = Object().add("delays", "zero for T steps, then T").add("T", T).add("a", a)};
}

/// Without delay each step multiplies f by 1 + a, and the step that reads f(0,0) = 1 after T of them adds a.
Evidence sharp_step() {
  Certificate e(
      "identities in a and the power P = (1+a)^T; every step gains at least that (pasgd.corollary21); and exact at 5 T "
      "and 3 a: without delay for T steps f reaches (1+a)^T, and the next step reads f(0,0) = 1");
  const Rational one(1);
  e.identity(
      "P + a P = (1+a) P", {{"P", 1}, {"a", 1}}, [](const Point& v) { return v[0] + v[1] * v[0]; },
      [&](const Point& v) { return (one + v[1]) * v[0]; });
  e.identity(
      "P [(P + a)/P - 1] = a", {{"P", 2, one, one}, {"a", 1}},
      [&](const Point& v) { return v[0] * ((v[0] + v[1]) / v[0] - one); }, [](const Point& v) { return v[1]; });
  for (long T : {0L, 1L, 2L, 10L, 100L})
    for (const Rational& a : {Rational(1, 1000), Rational(1, 2), Rational(10)})
      e.compare(adversarial_step(T, a, a / pow(one + a, T), Relation::equal));
  return e;
}

Evidence razumikhin_step() {
  const Measure root = exp(-negative_log_rate(Rational(1, 2), 11));
  Comparison c = adversarial_step(10, Rational(1, 2), root, Relation::less);
  std::swap(c.left, c.right);
  c.label = "f(0,T+1)/f(0,T) - 1 < root q of q (1+q)^{11} = 1/2";
  return single(std::move(c), "exact recursion at T = 10, a = 1/2, against the enclosed root, which satisfies (61)");
}

/// Lemma 19 by the sharp step: V grows by (1+g)^2 with g >= a(1 - aT), and 2a(1-x) - a(1-x^2) = a (1-x)^2 with x = aT.
Evidence lemma19() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "2(1-x) - (1-x^2) = (1-x)^2 by agreement of two quadratics at 4 points, x = aT; and the step of the worst "
      "sequence";
  for (long i = 0; i < 4; ++i) {
    const Rational x(i, 3), one(1);
    e.comparisons.push_back({.label = "2(1-x) - (1-x^2) = (1-x)^2",
                             .left = Rational(2) * (one - x) - (one - x * x),
                             .relation = Relation::equal,
                             .right = (one - x) * (one - x),
                             .instance = Object().add("x", x)});
  }
  for (long T : {0L, 1L, 5L, 40L})
    for (const Rational& a : {Rational(1, 1000), Rational(1, 41)}) {
      const Rational g = a / pow(Rational(1) + a, T);
      e.comparisons.push_back({.label = "a - a^3 T^2 <= (1+g)^2 - 1",
                               .left = lemma19_rate(a, Rational(T)),
                               .right = g * (Rational(2) + g),
                               .instance = Object().add("T", T).add("a", a)});
    }
  return e;
}

/// B(t) = (1+q)^{-t} V(t) stays at least p V(0): by (b) B does not fall; where (b)'s premise fails at some tau <= T,
/// (a) gives V(t+1) >= q_m V(t) > (1+q)^{T+1} V(t-tau), that is B(t+1) > (1+q)^{T-tau} B(t-tau). And a search: at each
/// step the least value allowed, twice, or eight times it.
Evidence theorem20() {
  Certificate proof("");
  proof.identity(
      "exponents of (1+q): -(t+1) + (T+1) + (t-tau) = T - tau", {{"t", 1}, {"T", 1}, {"tau", 1}},
      [](const Point& v) { return -(v[0] + Rational(1)) + (v[1] + Rational(1)) + (v[0] - v[2]); },
      [](const Point& v) { return v[1] - v[2]; });
  proof.identity(
      "q_m V > (1+q)^{T+1} W where V > (1+q)^{T+1} W/q_m: q_m (X W/q_m + e) = X W + q_m e",
      {{"q_m", 1, 1, 1}, {"X", 1}, {"W", 1}, {"e", 1}},
      [](const Point& v) { return v[0] * (v[1] * v[2] / v[0] + v[3]); },
      [](const Point& v) { return v[1] * v[2] + v[0] * v[3]; });
  constexpr long T = 2;
  const Rational one(1), p(1, 2);
  Rational least(1000);
  Object worst;
  for (const Rational& q : {Rational(1, 10), Rational(1)})
    for (const Rational& q_m : {Rational(1, 2), Rational(9, 10), Rational(1)}) {
      const Rational threshold = pow(one + q, -T) * q_m / (one + q);
      std::vector<Rational> V;
      const std::function<void(long)> extend = [&](long depth) {
        const Rational now = V.back();
        const Rational ratio = now / (pow(one + q, static_cast<long>(V.size()) - T - 1) * p);  // V(0) = 1
        if (ratio < least) {
          least = ratio;
          worst = Object().add("q", q).add("q_m", q_m);
        }
        if (depth == 0) return;
        bool premise = true;
        for (std::size_t tau = 0; tau <= T; ++tau) premise = premise && V[V.size() - 1 - tau] >= threshold * now;
        const Rational next = (premise ? max(one + q, q_m) : q_m) * now;
        for (long factor : {1L, 2L, 8L}) {
          V.push_back(Rational(factor) * next);
          extend(depth - 1);
          V.pop_back();
        }
      };
      for (const Rational& first : {p, one, Rational(3)})
        for (const Rational& second : {p, one, Rational(3)}) {
          V = {first, second, one};
          extend(6);
        }
    }
  proof.compare({.label = "1 <= V(t) / ((1+q)^t p V(0))", .left = Rational(1), .right = least, .instance = worst});
  Evidence e = proof;
  e.method =
      "induction over t by the two cases of (b), whose exponents add up to T - tau >= 0; and a search over 6 pairs (q, "
      "q_m), 9 histories with T = 2 and p = 1/2, and 3^6 continuations, exact";
  return e;
}

/// V(n+1) = (1+gamma)^2 V(n): both sides are quadratics in gamma.
Evidence lemma18() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method = "one exact step on diag(gamma, -1) from (3, 5); quadratics in gamma that agree at 4 points";
  for (long i = 0; i < 4; ++i) {
    const Rational gamma(i, 2), x(3), next = x + gamma * x;
    e.comparisons.push_back({.label = "V(1) = (1+gamma)^2 V(0)",
                             .left = next * next,
                             .relation = Relation::equal,
                             .right = pow(Rational(1) + gamma, 2) * x * x,
                             .instance = Object().add("gamma", gamma)});
  }
  return e;
}

Evidence equation62() {
  Certificate e(
      "identity in a, q and the power P = (1+q)^{T+1} > 0: (61) times P is (62); and exact on both sides of the root, "
      "T <= 40");
  const Rational one(1);
  e.identity(
      "P [1 + a/P - (1+q)] = a - q P", {{"P", 2, one, one}, {"a", 1}, {"q", 1}},
      [&](const Point& v) { return v[0] * (one + v[1] / v[0] - (one + v[2])); },
      [](const Point& v) { return v[1] - v[2] * v[0]; });
  for (long T : {0L, 1L, 7L, 40L})
    for (long i = 1; i <= 12; ++i) {
      const Rational a(1, 20), q(i, 200), power = pow(one + q, T + 1);
      const bool printed_61 = one + a / power >= one + q, printed_62 = q * power <= a;
      e.compare({.label = "(61) and (62) agree",
                 .left = Rational(printed_61 ? 1 : 0),
                 .relation = Relation::equal,
                 .right = Rational(printed_62 ? 1 : 0),
                 .instance = Object().add("T", T).add("q", q).add("a", a)});
    }
  return e;
}

}  // namespace

void register_growth_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "pasgd.corollary21",
       .source = "Corollary 21, Lemma 12 (4)",
       .statement =
           R"($f(k,t+1)\ge(1+q)f(k,t)$ for $t-k\ge T$, $q=ae^{-(T+1)a}$, for every $a=M\eta\gamma>0$ and $T\ge0$)",
       .procedure = [](const Context&) { return corollary21(); },
       .note = "The printed derivation from Theorem 20 does not give it: Theorem 20 is cumulative and needs V > 0 "
               "before 0.",
       .bound = true});
  registry.add({.id = "pasgd.corollary21.sharp",
                .source = "Corollary 21, sharpened",
                .statement = R"(The best one-step rate is $a(1+a)^{-T}$: attained by no delay for $T$ steps, then $T$)",
                .procedure = [](const Context&) { return sharp_step(); },
                .uses = {"pasgd.corollary21"}});
  registry.add({.id = "pasgd.corollary21.root_of_62",
                .source = "Corollary 21, proof, (61)-(62)",
                .statement = R"(For $T=10$, $a=\frac12$ one step grows by less than the root of $q(1+q)^{T+1}=a$)",
                .procedure = [](const Context&) { return razumikhin_step(); },
                .note = "A q that satisfies (62) bounds the growth over many steps, not each one: Corollary 21 holds, "
                        "but not by (62)."});
  registry.add(
      {.id = "pasgd.growth.chain",
       .source = "Corollary 21, Theorem 20, ordered",
       .statement = R"($ae^{-(T+1)a}<W((T+1)a)/(T+1)<q_R<r$ where $q_R(1+q_R)^{T+1}=a=r(1+r)^T$, every $T\ge0$, $a>0$)",
       .procedure = [](const Context&) { return rate_chain(); },
       .bound = true});
  registry.add({.id = "pasgd.equation62",
                .source = "(61), (62)",
                .statement = R"($1+a(1+q)^{-T-1}\ge 1+q$ exactly where $q(1+q)^{T+1}\le a$)",
                .procedure = [](const Context&) { return equation62(); }});
  registry.add({.id = "pasgd.lemma18",
                .source = "Lemma 18, (55)",
                .statement = R"($V(n+1)=(1+\gamma)^2V(n)$ without delay)",
                .procedure = [](const Context&) { return lemma18(); }});
  registry.add(
      {.id = "pasgd.lemma19",
       .source = "Lemma 19, (56)-(58)",
       .statement = R"($V(n+1)\ge(1+q)V(n)$ for $n\ge T$ with $q=m\gamma-m^3\gamma^3T^2$, and $V(n+1)\ge V(n)$ before)",
       .procedure = [](const Context&) { return lemma19(); },
       .uses = {"pasgd.corollary21.sharp", "pasgd.lemma12.2"},
       .note = "Before step T by pasgd.lemma12.2, as V is the square of f(0,.) along each eigenvector.",
       .bound = true});
  registry.add(
      {.id = "pasgd.theorem20",
       .source = "Theorem 20, (59)-(60)",
       .statement = R"((a) and (b) and $V\ge pV(0)>0$ on $[-T,0]$ give $V(t)\ge(1+q)^tpV(0)$, $q\ge0$, $q_m>0$)",
       .procedure = [](const Context&) { return theorem20(); },
       .note = "The printed proof only reaches the bound times q_m/(1+q). Where (b)'s premise fails at tau, V(t+1) >= "
               "q_m V(t) > (1+q)^{T+1} V(t-tau), which gives the full bound.",
       .bound = true});
}

}  // namespace asyncert::pasgd
