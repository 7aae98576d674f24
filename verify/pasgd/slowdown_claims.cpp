// Section 6: how much longer the delays make the escape.
#include "bounds/pasgd/growth.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"

namespace asyncert::pasgd {

namespace {

/// Steps until f(0, t) >= X under the constant delay T, exact.
long steps_to_grow(long T, const Rational& a, const Rational& X) {
  std::vector<Rational> x = {1};
  while (x.back() < X) {
    const long read = static_cast<long>(x.size()) - 1 - T;
    x.push_back(read < 0 ? x.back() : x.back() + a * x[static_cast<std::size_t>(read)]);
  }
  return static_cast<long>(x.size()) - 1;
}

/// The slowest delays are the constant delay T (pasgd.growth.extremes), the fastest none; f = (T+1) a = 1.
Comparison slowdown_in_steps(const Rational& X, bool longer) {
  const long T = 10;
  const Rational a(1, T + 1);
  const long slow = steps_to_grow(T, a, X), fast = steps_to_grow(0, a, X);
  const Ball printed = exp(Ball(1)) * Ball(fast);
  return {.label = longer ? "e^f times the steps without delay < steps under the slowest delays"
                          : "e^f times the steps without delay <= steps under the slowest delays",
          .left = printed,
          .relation = longer ? Relation::less : Relation::less_equal,
          .right = slow,
          .instance = Object().add("T", T).add("a", a).add("growth", X).add("steps without delay", fast)};
}

/// r exceeds q = a e^{-(T+1)a}, since ln q + T ln(1+q) < ln a: T ln(1+q) <= T a < (T+1) a. And r <= a.
Evidence slowdown_bound() {
  Certificate e(
      "a/r < a/q = e^{(T+1)a} for q = a e^{-(T+1)a}: r(1+r)^T rises in r, and T ln(1+q) <= T q <= T a < (T+1) a; "
      "ln(1+a)/ln(1+r) <= a/r as ln(1+x)/x falls and r <= a; and enclosed at 25 points");
  e.identity(
      "(T+1) a - T a = a", {{"T", 1}, {"a", 1}},
      [](const Point& v) { return (v[0] + Rational(1)) * v[1] - v[0] * v[1]; }, [](const Point& v) { return v[1]; });
  for (long T : {0L, 1L, 10L, 1000L, 1000000L})
    for (const char* text : {"1e-9", "1e-5", "0.01", "1", "10"}) {
      const Rational a = Rational::parse(text);
      const Ball r = exp(-negative_log_rate(a, T));
      const Object at = Object().add("T", T).add("a", a);
      e.compare({.label = "a/r < e^{(T+1)a}",
                 .left = Ball(a) / r,
                 .relation = Relation::less,
                 .right = exp(Ball(Rational(T + 1) * a)),
                 .instance = at});
      if (T == 0) continue;  // r = a
      e.compare(
          {.label = "ln(1+a)/ln(1+r) <= a/r", .left = log1p(Ball(a)) / log1p(r), .right = Ball(a) / r, .instance = at});
    }
  return e;
}

}  // namespace

void register_slowdown_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.section6.slowdown.printed",
                .source = "Section 6",
                .statement = R"(In the worst case the escape takes $e^f=e^{(T+1)M\eta\gamma}$ times as long)",
                .expected = Verdict::refuted,
                .procedure =
                    [](const Context&) {
                      return single(
                          slowdown_in_steps(pow(Rational(10), 6), false),
                          "exact recursions until one mode has grown by 10^6, at f = 1, the step size that the "
                          "section names; the constant delay T is the slowest (pasgd.growth.extremes)");
                    },
                .uses = {"pasgd.growth.extremes"},
                .note = "As an upper bound of the rates' ratio it holds (pasgd.section6.slowdown), but no delays reach "
                        "it: a/r is 5.73 against 22027 at T = 1e6, a = 1e-5.",
                .instead = "pasgd.section6.slowdown"});
  registry.add(
      {.id = "pasgd.section6.slowdown.short",
       .source = "Section 6, short ways",
       .statement =
           R"(At $T=10$, $a=\frac1{11}$ growth by the factor $1+2a$ takes more than $e^{(T+1)a}$ times as long under the constant delay $T$ as without)",
       .procedure =
           [](const Context&) {
             return single(slowdown_in_steps(Rational(13, 11), true), "exact recursions: T + 2 steps against 2");
           },
       .note = "So the factor is no upper bound for short ways either: Tmax has the further term T."});
  registry.add(
      {.id = "pasgd.section6.slowdown",
       .source = "Section 6, corrected",
       .statement =
           R"(The rates $a$ without delay and $r$, $r(1+r)^T=a$, of the slowest delays have $\frac{\ln(1+a)}{\ln(1+r)}\le\frac ar<e^{(T+1)a}$)",
       .procedure = [](const Context&) { return slowdown_bound(); },
       .uses = {"pasgd.growth.extremes", "pasgd.growth.chain"},
       .bound = true});
}

}  // namespace asyncert::pasgd
