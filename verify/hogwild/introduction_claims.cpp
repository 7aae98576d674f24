// What the introduction promises: rates and costs, for all numbers of updates, against Hogwild! and gradient descent.
#include "bounds/hogwild/theorem1.hpp"
#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/complexity_values.hpp"

namespace asyncert::hogwild {

namespace {

const Rational two(2);

/// With h = sqrt(A/b_0), B = b_0 + b_1 eta and T eta^2 B = A = h^2 b_0: eta <= h for T >= 1, hence B <= b_0 + b_1 h.
Evidence hogwild_rate() {
  Certificate e(
      "at T eta^2 (b_0 + b_1 eta) = A = h^2 b_0 the step is at most h for T >= 1, so that B <= b_0 + b_1 h; "
      "identities, "
      "and enclosed at T = 1 ... 10^18");
  e.identity(
      "b_0 (h^2 - T eta^2) = T eta^3 b_1, multiplied out with A = h^2 b_0",
      {{"b_0", 1}, {"b_1", 1}, {"h", 2}, {"eta", 3}, {"T", 1}},
      [](const Point& v) {
        const Rational A = v[2] * v[2] * v[0], at_step = v[4] * v[3] * v[3] * (v[0] + v[1] * v[3]);
        return v[0] * (v[2] * v[2] - v[4] * v[3] * v[3]) - (A - at_step);
      },
      [](const Point& v) { return v[4] * pow(v[3], 3) * v[1]; });
  e.identity(
      "(b_0 + b_1 h) - (b_0 + b_1 eta) = b_1 (h - eta)", {{"b_0", 1}, {"b_1", 1}, {"h", 1}, {"eta", 1}},
      [](const Point& v) { return (v[0] + v[1] * v[2]) - (v[0] + v[1] * v[3]); },
      [](const Point& v) { return v[1] * (v[2] - v[3]); });
  for (long tau = 0; tau <= 6; ++tau)
    e.identity(
        "the library's B is b_0 + b_1 eta, tau = " + std::to_string(tau),
        {{"V", 2}, {"L", 2}, {"eta", 1}, {"rho", tau, 1, Rational(1, 4)}},
        [&](const Point& v) {
          return B(Theorem1Problem<Rational>{1, Rational(4, 5), v[0], v[1], tau, 1}, v[2], v[3]);
        },
        [&](const Point& v) {
          const Rational V2 = v[0] * v[0] * Rational(5, 4);
          Rational K;
          for (long k = 1; k <= tau; ++k) K += pow(v[3], k);
          return V2 * v[1] + Rational(4 * tau) * V2 * v[1] * v[1] * K * v[2];
        });
  for (const long tau : {1L, 4L, 9L})
    for (const char* updates : {"1", "1e6", "1e18"}) {
      const Theorem1Problem<Ball> p{1, Rational(9, 10), 1, 1, tau, Rational::parse(updates)};
      const Ball rho(Rational(11, 10)), eta = fixed_point_step(p, rho);
      e.compare({.label = "2 sqrt(A B) <= 2 sqrt(A (b_0 + b_1 sqrt(A/b_0)))",
                 .left = Ball(2) * sqrt(p.A() * B(p, eta, rho)),
                 .right = Ball(2) * sqrt(p.A() * B(p, sqrt(p.A() / p.B0()), rho)),
                 .instance = Object().add("tau", tau).add("T", updates).add("rho", Fraction{Rational(11, 10)})});
    }
  return e;
}

Evidence asysvrg_rate() {
  Certificate e(
      "Theorem 2 bounds the average by (E f(w_0) - E f(w_T))/(T M~ gamma), and gamma does not contain T: identity "
      "with m = inf f");
  e.identity(
      "(f_0 - m) - (f_0 - f_T) = f_T - m", {{"f_0", 1}, {"f_T", 1}, {"m", 1}},
      [](const Point& v) { return (v[0] - v[2]) - (v[0] - v[1]); }, [](const Point& v) { return v[1] - v[2]; });
  return e;
}

/// f(w - grad f(w)/L) <= f(w) - |grad f(w)|^2/(2L) by smoothness, summed over k updates.
Evidence gradient_descent() {
  Certificate e(
      "smoothness at the step 1/L: f(w') <= f(w) - |g|^2/(2L), whose sum over k updates is (1/k) sum |g|^2 <= 2L (f_0 "
      "- "
      "inf f)/k; identity");
  e.identity(
      "L [-eta g^2 + (L/2) eta^2 g^2] = -g^2/2 at eta = 1/L", {{"L", 1}, {"g", 2}},
      [](const Point& v) {
        const Rational eta = Rational(1) / v[0];
        return v[0] * (-eta * v[1] * v[1] + v[0] / two * eta * eta * v[1] * v[1]);
      },
      [](const Point& v) { return -v[1] * v[1] / two; });
  return e;
}

/// AsySVRG's certified cost against the 2n/eps of gradient descent, for all n from some size on.
Evidence faster_than_descent() {
  Certificate e(
      "with x = n^{1/3}: 2n/eps - 41 n - 210 n^{2/3}/eps = (n^{2/3}/eps) [(2 - 41 eps) x - 210], and the bracket is at "
      "least 159/100 x - 210 for eps <= 1/100, which is positive from x = 200 on; identity");
  e.identity(
      "2 x^3 - 41 eps x^3 - 210 x^2 = x^2 [(2 - 41 eps) x - 210]", {{"x", 3}, {"eps", 1}},
      [](const Point& v) {
        return two * pow(v[0], 3) - Rational(41) * v[1] * pow(v[0], 3) - Rational(210) * v[0] * v[0];
      },
      [](const Point& v) { return v[0] * v[0] * ((two - Rational(41) * v[1]) * v[0] - 210); });
  e.compare({.label = "0 < (2 - 41 eps) x - 210 at x = 200, eps = 1/100; it grows with x and falls with eps",
             .left = 0,
             .relation = Relation::less,
             .right = (two - Rational(41, 100)) * 200 - 210,
             .instance = Object().add("n", 8000000).add("eps", "0.01")});
  for (const long n : {8000000L, 1000000000L, 1000000000000L})
    e.compare({.label = "AsySVRG's gradients < those of gradient descent, 2n/eps",
               .left = number(complexity_at(n, "0.01", 9), "corrected", "grad_evals_total"),
               .relation = Relation::less,
               .right = Rational(200) * Rational(n),
               .instance = Object().add("n", n).add("eps", "0.01")});
  return e;
}

Evidence slower_than_descent() {
  Certificate e(
      "one outer loop costs n + 2M >= 21 n where M >= 10 n, and gradient descent takes at most ceil(2/eps) <= 20 full "
      "gradients for eps >= 1/10");
  e.compare({.label = "ceil(2/eps) at eps = 1/10 < 1 + 2 M/n at M = 10 n",
             .left = (two / Rational(1, 10)).ceil(),
             .relation = Relation::less,
             .right = Rational(1) + two * 10});
  for (const long n : {1000000L, 1000000000L, 1000000000000L})
    for (const char* eps : {"0.1", "1", "10"})
      e.compare({.label = "ceil(2/eps) n < AsySVRG's gradients",
                 .left = (two / Rational::parse(eps)).ceil() * Rational(n),
                 .relation = Relation::less,
                 .right = number(complexity_at(n, eps, 9), "corrected", "grad_evals_total"),
                 .instance = Object().add("n", n).add("eps", eps)});
  return e;
}

const Rational most_samples = 1000000000;

/// Theorem 1's corrected bound times sqrt(T) at f_0 = V = L = 1, alpha = 9/10, tau = 9, and Theorem 2's times the
/// number of its updates at n = 10^9 and the same L, alpha, tau.
Ball hogwild_constant(const Rational& updates) {
  const Theorem1Problem<Ball> p{1, Rational(9, 10), 1, 1, 9, updates};
  const CoupledStep<Ball> step = coupled_step(p);
  return Ball(2) * sqrt(p.A() * B(p, *step.eta, *step.rho));
}
Ball asysvrg_constant() {
  return Ball(1) / number(complexity_at(most_samples.to_long(), "0.01", 9), "corrected", "gamma");
}

/// C/N against H/sqrt(N) with 2 sqrt(A b_0) <= H: C/sqrt(N) falls as N grows.
Evidence against_hogwild(const char* from, const char* to, bool faster) {
  Certificate e(
      std::string(
          "AsySVRG's bound over N updates is C/N, C = 1/gamma, and Hogwild!'s is H/sqrt(N), where H lies between "
          "314/100 and 316/100 for all N >= 10^10 (hogwild.theorem1.rate): C < H sqrt(N) ") +
      (faster ? "at the smallest N, and so at every larger one"
              : "fails at the largest N, and so at every smaller one") +
      "; n = 10^9, mu = 1/20, v = 1, both at f_0 - inf f = L = V = 1, tau = 9, alpha = 9/10");
  const Rational end = Rational::parse(faster ? from : to);
  const Ball C = asysvrg_constant(), root = sqrt(Ball(end));
  e.compare({.label = faster ? "C < (314/100) sqrt(N)" : "(316/100) sqrt(N) < C",
             .left = faster ? C : Ball(Rational(316, 100)) * root,
             .relation = Relation::less,
             .right = faster ? Ball(Rational(314, 100)) * root : C,
             .instance = Object().add("N", end)});
  for (const char* updates : {from, to}) {
    const Rational N = Rational::parse(updates);
    const Ball svrg = C / Ball(N), sgd = hogwild_constant(N) / sqrt(Ball(N));
    e.compare({.label = faster ? "AsySVRG's bound < Hogwild!'s" : "Hogwild!'s bound < AsySVRG's",
               .left = faster ? svrg : sgd,
               .relation = Relation::less,
               .right = faster ? sgd : svrg,
               .instance = Object().add("N", N)});
  }
  return e;
}

}  // namespace

void register_introduction_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.introduction.hogwild_rate",
      .source = "Introduction, first and second contribution; after Theorem 1",
      .statement =
          R"(Hogwild! has the rate $1/\sqrt{\tilde T}$: for every $\rho\ge1$ and all $\tilde T\ge1$, $2\sqrt{AB/\tilde T}\le\frac C{\sqrt{\tilde T}}$ with $C=2\sqrt{A(b_0+b_1\sqrt{A/b_0})}$, $B=b_0+b_1\eta$)",
      .procedure = [](const Context&) { return hogwild_rate(); },
      .uses = {"hogwild.theorem1", "hogwild.theorem1.rate"},
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.introduction.asysvrg_rate",
      .source = "Introduction, first and third contribution",
      .statement =
          R"(AsySVRG has the rate $1/\tilde T$: $\frac1{T\tilde M}\sum\sum E\|\nabla f(u_{t,m})\|^2\le\frac{f(w_0)-\inf f}\gamma\cdot\frac1{T\tilde M}$, where $\gamma>0$ does not depend on $T$)",
      .procedure = [](const Context&) { return asysvrg_rate(); },
      .uses = {"hogwild.theorem2.conclusion.corrected"},
      .note = "The introduction's T~ = pT counts outer loops; Theorem 2 has T M~ = (pT) M, which divides the constant "
              "by M. The constant grows like n^(2/3).",
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.introduction.asysvrg_faster_late",
      .source = "AsySVRG for non-convex problems, faster convergence rate than Hogwild!",
      .statement =
          R"(After $10^{16}$ updates and more at $n=10^9$, $\tau=9$, $\alpha=0.9$, $L=V=f(w_0)-\inf f=1$ the certified bound of AsySVRG is below that of Hogwild!)",
      .procedure = [](const Context&) { return against_hogwild("1e16", "1e20", true); },
      .uses = {"hogwild.theorem1.rate", "hogwild.introduction.asysvrg_rate"},
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.introduction.asysvrg_slower_early",
      .source = "AsySVRG for non-convex problems, faster convergence rate than Hogwild!",
      .statement =
          R"(After $10^{10}$ to $10^{12}$ updates at $n=10^9$, $\tau=9$, $\alpha=0.9$, $L=V=f(w_0)-\inf f=1$ the certified bound of Hogwild! is below that of AsySVRG)",
      .procedure = [](const Context&) { return against_hogwild("1e10", "1e12", false); },
      .uses = {"hogwild.theorem1.rate", "hogwild.introduction.asysvrg_rate"},
      .note = "The faster rate has the larger constant, 1/gamma of the order n^(2/3).",
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.introduction.gradient_descent",
      .source = "Introduction, fourth contribution, gradient descent",
      .statement =
          R"(Gradient descent with step $1/L$ has $\min_{j<k}\|\nabla f(w_j)\|^2\le2L(f(w_0)-\inf f)/k$, so that $2Ln(f(w_0)-\inf f)/\epsilon$ gradients, rounded up to full ones, reach $\epsilon$)",
      .procedure = [](const Context&) { return gradient_descent(); },
  });
  registry.add({
      .id = "hogwild.introduction.faster_than_gradient_descent",
      .source = "Introduction, fourth contribution, computation complexity",
      .statement =
          R"(For all $n\ge8\cdot10^6$ and $\epsilon\le10^{-2}$ at $\mu=\frac1{20}$, $v=L=f(w_0)-\inf f=1$, $\tau=9$, $\alpha=0.9$ AsySVRG's certified number of gradients is below the $2n/\epsilon$ of gradient descent)",
      .procedure = [](const Context&) { return faster_than_descent(); },
      .uses = {"hogwild.complexity.total", "hogwild.introduction.gradient_descent"},
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.introduction.slower_at_large_epsilon",
      .source = "Introduction, fourth contribution, computation complexity",
      .statement =
          R"(For all $n\ge10^6$ and $\epsilon\ge\frac1{10}$ at $\mu=\frac1{20}$, $v=L=f(w_0)-\inf f=1$, $\tau=9$, $\alpha=0.9$ the $\lceil2/\epsilon\rceil n$ of gradient descent is below AsySVRG's certified number of gradients)",
      .procedure = [](const Context&) { return slower_than_descent(); },
      .uses = {"hogwild.complexity.inner_steps_order", "hogwild.introduction.gradient_descent"},
      .note = "One outer loop alone costs n + 2M; the order n^(2/3)/eps has lost that term.",
      .revision = 2,
  });
}

}  // namespace asyncert::hogwild
