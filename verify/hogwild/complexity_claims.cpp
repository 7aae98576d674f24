// The section on computational complexity: c_0, g and gamma.
#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "lib/certificate.hpp"
#include "lib/subdivision.hpp"
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

/// The section's quantities at rational parameters without delay and with a perfect cube n: all of them rational.
struct Undelayed {
  Rational n, root, mu, v, L, alpha, eta, beta, rho, g, f, a;
  long M;
  Undelayed(long cube_root, Rational mu_, Rational v_, Rational L_, Rational alpha_)
      : n(pow(Rational(cube_root), 3)),
        root(cube_root),
        mu(std::move(mu_)),
        v(std::move(v_)),
        L(std::move(L_)),
        alpha(std::move(alpha_)) {
    eta = mu / (root * root);
    beta = v / root;
    const auto interval = undelayed_rho_interval(Condition::printed, L, eta);
    if (!interval) throw DomainError("the step size admits no rho");
    rho = interval->t_min + Rational(1);
    const auto s = inner_loop(Sequences::printed, Rational(0), L, rho, eta, beta, alpha, Rational(0));
    g = s.g, f = s.f, a = s.a;
    M = (Rational(1) / a).floor().to_long();
  }
  Rational c(long left) const { return Rational(2) * L * L * eta * eta * f * (pow(Rational(1) + a, left) - 1) / a; }
  /// Gamma(c) as printed in this section.
  Rational gamma(const Rational& x) const {
    return alpha / 2 *
           (eta - Rational(4) * x * eta / (alpha * beta) - Rational(4) * g * x / alpha * eta * eta -
            Rational(4) * f / alpha * eta * eta);
  }
  Rational condition() const { return Rational(16) * L * L * f * mu / (alpha * v * v); }
  Object instance() const {
    return Object()
        .add("n", n)
        .add("mu", Fraction{mu})
        .add("v", Fraction{v})
        .add("L", Fraction{L})
        .add("tau", 0)
        .add("alpha", Fraction{alpha})
        .add("M", M);
  }
};

Undelayed smallest_problem() { return {2, Rational(4, 5), Rational(43, 10), Rational(3, 5), Rational(1, 2)}; }
Undelayed small_problem() { return {8, Rational(1, 4), Rational(2), Rational(1), Rational(9, 10)}; }

/// From c_M = 0, where (1+a)^0 - 1 = 0, one step of c_m = (1+a) c_{m+1} + X takes X (P-1)/a to X ((1+a)P - 1)/a.
Evidence closed_form() {
  Certificate e(
      "induction: identity in a, X = 2 L^2 eta^2 f and the power P = (1+a)^k; and the exact recursion for k = 1..20 at "
      "n = 512, tau = 0");
  e.identity(
      "(1+a) X (P-1) + a X = X ((1+a) P - 1)", {{"a", 2}, {"X", 1}, {"P", 1}},
      [](const Point& v) { return (Rational(1) + v[0]) * v[1] * (v[2] - 1) + v[0] * v[1]; },
      [](const Point& v) { return v[1] * ((Rational(1) + v[0]) * v[2] - 1); });
  const Undelayed p = small_problem();
  Rational c;
  for (long left = 1; left <= 20; ++left) {
    c = (Rational(1) + p.a) * c + Rational(2) * p.L * p.L * p.eta * p.eta * p.f;
    e.compare({.label = "c by recursion = 2 L^2 eta^2 f ((1+a)^k - 1)/a",
               .left = c,
               .relation = Relation::equal,
               .right = p.c(left),
               .instance = p.instance().add("k", left)});
  }
  return e;
}

/// h as Theorem 2 defines it, printed or with the L^2 of (8), against the library's g c + f.
Evidence g_and_f(Sequences which) {
  Certificate e("identity in all parameters, gap = 4 tau rho K");
  e.identity(
      "beta h_m = beta (g c_m + f)", {{"L", 2}, {"rho", 1}, {"eta", 1}, {"beta", 1}, {"gap", 1}, {"c", 1}},
      [&](const Point& v) {
        const Rational &L = v[0], &rho = v[1], &eta = v[2], &beta = v[3], &c = v[5];
        const Rational square = which == Sequences::corrected ? L * L : Rational(1);
        return beta * eta * L * L / 2 * v[4] + Rational(2) * c * eta * square * v[4] + beta * rho * (c + L / 2);
      },
      [&](const Point& v) {
        const InnerLoop<Rational> s = inner_loop<Rational>(which, v[4], v[0], v[1], v[2], v[3], 1, 0);
        return v[3] * (s.g * v[5] + s.f);
      });
  return e;
}

/// eta <= beta in g, and eta <= eta_0 in f.
Evidence bounded_constants() {
  Certificate e("identities: what the bounds leave over has the sign of beta - eta, and f is linear in eta");
  const std::vector<Variable> variables = {{"L", 2}, {"rho", 1}, {"eta", 1}, {"beta", 1}, {"gap", 1}};
  for (const Sequences which : {Sequences::printed, Sequences::corrected})
    e.identity(
        "beta (rho + 2 gap L^2 - g) = 2 gap L^2 (beta - eta), the L^2 in the corrected g only", variables,
        [&](const Point& v) {
          const Rational square = which == Sequences::corrected ? v[0] * v[0] : Rational(1);
          return v[3] * (v[1] + Rational(2) * v[4] * square -
                         inner_loop<Rational>(which, v[4], v[0], v[1], v[2], v[3], 1, 0).g);
        },
        [&](const Point& v) {
          const Rational square = which == Sequences::corrected ? v[0] * v[0] : Rational(1);
          return Rational(2) * v[4] * square * (v[3] - v[2]);
        });
  e.identity(
      "f = L rho/2 + eta L^2 gap/2", variables,
      [](const Point& v) { return inner_loop<Rational>(Sequences::printed, v[4], v[0], v[1], v[2], v[3], 1, 0).f; },
      [](const Point& v) { return v[0] * v[1] / 2 + v[2] * v[0] * v[0] * v[4] / 2; });
  return e;
}

/// (1+a)^(1/a) - 1 against a constant, over the a that the subdivision reaches.
Evidence upper_bound(const Rational& constant, bool sharp) {
  const auto target = [=] { return sharp ? expm1(Ball(1)) : Ball(constant); };
  return certify_on_box(
      {{"a", Rational(1, 100), Rational(1)}},
      [=](const std::vector<Ball>& box) { return compare_less_equal(expm1(log1p(box[0]) / box[0]), target()); },
      [=](const std::vector<Rational>& p) {
        return Comparison{
            .label = "(1+a)^(1/a) - 1 <= constant", .left = expm1(log1p(Ball(p[0])) / Ball(p[0])), .right = target()};
      },
      "subdivision of 1/100 <= a <= 1; for smaller a, log(1+a) <= a gives at most e - 1 = 1.718");
}

/// Gamma(c) = alpha eta/2 - 2 c eta/beta - 2 eta^2 (g c + f) falls in c, and c_m falls in m as c_m = (1+a) c_{m+1} + X:
/// the minimum over m is Gamma(c_1), and the printed Gamma(c_0) is below it.
Certificate gamma_of_c(const std::string& method) {
  Certificate e(method);
  const std::vector<Variable> variables = {{"alpha", 1}, {"eta", 2}, {"beta", 1}, {"g", 1}, {"f", 1}, {"c", 1}};
  e.identity(
      "beta times the printed form = beta Gamma(c)", variables,
      [](const Point& v) {
        const Rational &alpha = v[0], &eta = v[1], &beta = v[2], &g = v[3], &f = v[4], &c = v[5];
        return beta * alpha / 2 * eta - Rational(2) * c * eta - Rational(2) * beta * eta * eta * (g * c + f);
      },
      [](const Point& v) {
        const Rational &alpha = v[0], &eta = v[1], &beta = v[2], &g = v[3], &f = v[4], &c = v[5];
        // alpha beta/2 (eta - 4 c eta/(alpha beta) - 4 g c eta^2/alpha - 4 f eta^2/alpha), multiplied out by alpha beta
        return (alpha * beta * eta - Rational(4) * c * eta - Rational(4) * beta * g * c * eta * eta -
                Rational(4) * beta * f * eta * eta) /
               2;
      });
  e.identity(
      "beta [Gamma(c_1) - Gamma(c_0)] = 2 eta (c_0 - c_1)(1 + beta eta g)",
      {{"eta", 2}, {"beta", 1}, {"g", 1}, {"c_0", 1}, {"c_1", 1}},
      [](const Point& v) {
        const auto part = [&](const Rational& c) {
          return -(Rational(2) * c * v[0] + Rational(2) * v[1] * v[0] * v[0] * v[2] * c);
        };
        return part(v[4]) - part(v[3]);
      },
      [](const Point& v) { return Rational(2) * v[0] * (v[3] - v[4]) * (Rational(1) + v[1] * v[0] * v[2]); });
  e.identity(
      "c_m - c_{m+1} = a c_{m+1} + X", {{"a", 1}, {"c", 1}, {"X", 1}},
      [](const Point& v) { return (Rational(1) + v[0]) * v[1] + v[2] - v[1]; },
      [](const Point& v) { return v[0] * v[1] + v[2]; });
  return e;
}

const std::vector<Undelayed>& undelayed_problems() {
  static const std::vector<Undelayed> problems = {small_problem(),
                                                  Undelayed(4, Rational(1, 2), 3, Rational(1, 2), Rational(1))};
  return problems;
}

Comparison gamma_at_c0(const Undelayed& p, Relation relation) {
  Rational least = p.gamma(p.c(0));
  for (long left = 0; left < p.M; ++left) least = min(least, p.gamma(p.c(left)));
  return {.label = "gamma with c_0 against the minimum",
          .left = p.gamma(p.c(p.M)),
          .relation = relation,
          .right = least,
          .instance = p.instance()};
}

Evidence gamma_printed() {
  return at_instance(
      "exact at tau = 0, n = 512: the minimum over m of alpha eta/2 - 2 c_{m+1} eta/beta - 2 eta^2 h_{m+1}",
      gamma_at_c0(small_problem(), Relation::equal));
}

Evidence gamma_lower_bound() {
  Certificate e = gamma_of_c(
      "identities: Gamma falls in c, and c_m in m; and the exact minimum over m at tau = 0, n = 512 and n = 64");
  for (const Undelayed& p : undelayed_problems()) e.compare(gamma_at_c0(p, Relation::less_equal));
  return e;
}

/// exact - printed = 2 eta (c_0 - c_1)(1 + beta eta g)/beta.
Evidence gamma_difference() {
  Certificate e = gamma_of_c("identities: Gamma(c_1) is the minimum; and exact values at tau = 0, n = 512 and n = 64");
  for (const Undelayed& p : undelayed_problems()) {
    const Rational c0 = p.c(p.M), c1 = p.c(p.M - 1);
    e.compare({.label = "gamma(c_1) - gamma(c_0) = 2 eta (c_0 - c_1)(1 + beta eta g)/beta",
               .left = p.gamma(c1) - p.gamma(c0),
               .relation = Relation::equal,
               .right = Rational(2) * p.eta * (c0 - c1) * (Rational(1) + p.beta * p.eta * p.g) / p.beta,
               .instance = p.instance()});
  }
  return e;
}

/// c_0 <= 4 L^2 eta^2 f/a, a >= beta eta, and eta/beta^2 = mu/v^2.
Evidence condition_16() {
  Certificate e(
      "c_0 <= 4 L^2 eta^2 f/a by M <= 1/a, a >= beta eta, and eta v^2 = mu beta^2: identities; and exact at tau = 0, n "
      "= "
      "8, 64 and 512");
  e.identity(
      "a - beta eta = 2 L^2 eta^2 g", {{"L", 2}, {"eta", 2}, {"beta", 1}, {"g", 1}},
      [](const Point& v) { return v[2] * v[1] + Rational(2) * v[0] * v[0] * v[1] * v[1] * v[3] - v[2] * v[1]; },
      [](const Point& v) { return Rational(2) * v[0] * v[0] * v[1] * v[1] * v[3]; });
  e.identity(
      "(4/(alpha beta)) (4 L^2 eta^2 f/(beta eta)) = 16 L^2 f mu/(alpha v^2) at eta = mu x^2, beta = v x, times alpha "
      "v^2",
      {{"L", 2}, {"f", 1}, {"mu", 1}, {"v", 2}, {"x", 2}},
      [](const Point& p) {
        const Rational eta = p[2] * p[4] * p[4], beta = p[3] * p[4];
        return p[3] * p[3] * Rational(4) / beta * (Rational(4) * p[0] * p[0] * eta * p[1] / beta);
      },
      [](const Point& p) { return Rational(16) * p[0] * p[0] * p[1] * p[2]; });
  std::vector<Undelayed> problems = undelayed_problems();
  problems.push_back(smallest_problem());
  for (const Undelayed& p : problems)
    e.compare({.label = "4 c_0/(alpha beta) <= 16 L^2 f mu/(alpha v^2)",
               .left = Rational(4) * p.c(p.M) / (p.alpha * p.beta),
               .right = p.condition(),
               .instance = p.instance()});
  return e;
}

Evidence negative_gamma() {
  const Undelayed p = smallest_problem();
  Evidence e = at_instance("exact at n = 8, tau = 0, where eta = 1/5 and rho is the smallest admissible",
                           {.label = "gamma < 0",
                            .left = p.gamma(p.c(p.M - 1)),
                            .relation = Relation::less,
                            .right = 0,
                            .instance = p.instance()});
  e.hypotheses.push_back({"16 L^2 f mu/(alpha v^2) < 1", p.condition() < Rational(1), p.condition().to_decimal(8)});
  e.hypotheses.push_back({"eta < beta", p.eta < p.beta, ""});
  return e;
}

}  // namespace

void register_complexity_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.complexity.g",
      .source = "Computation complexity, corrected",
      .statement =
          R"($h_m=gc_m+f$ with $g=\frac{2\eta L^2}\beta4\tau\rho K+\rho$ and $f=\frac{\eta L^2}24\tau\rho K+\frac{L\rho}2$, for the $h_m$ that (8) gives)",
      .procedure = [](const Context&) { return g_and_f(Sequences::corrected); },
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.complexity.g.of_printed_h",
      .source = "Computation complexity",
      .statement =
          R"($h_m=gc_m+f$ with $g=\frac{2\eta}\beta4\tau\rho K+\rho$ and $f=\frac{\eta L^2}24\tau\rho K+\frac{L\rho}2$, for the $h_m$ that Theorem 2 prints)",
      .procedure = [](const Context&) { return g_and_f(Sequences::printed); },
      .note = "So g is right for the h_m that the paper defines; the L^2 that this h_m lacks is missing in g as well, "
              "hogwild.theorem2.missing_square.printed.",
  });
  registry.add({
      .id = "hogwild.complexity.bounded",
      .source = "Computation complexity",
      .statement =
          R"($\beta>\eta$ gives $\rho\le g\le\rho+8\tau\rho K$ (with $8L^2\tau\rho K$ in the corrected $g$), and $f=\frac{L\rho}2+2\eta L^2\tau\rho K$: bounded positive constants)",
      .procedure = [](const Context&) { return bounded_constants(); },
  });
  registry.add({
      .id = "hogwild.complexity.c0",
      .source = "Computation complexity",
      .statement = R"($c_0=2L^2\eta^2f\frac{(1+a)^{\tilde M}-1}a$)",
      .procedure = [](const Context&) { return closed_form(); },
  });
  registry.add({
      .id = "hogwild.complexity.c0_upper",
      .source = "Computation complexity",
      .statement = R"($(1+a)^{\tilde M}-1\le2$ for $\tilde M\le1/a$, hence $c_0\le4L^2\eta^2f/a$)",
      .procedure = [](const Context&) { return upper_bound(2, false); },
  });
  registry.add({
      .id = "hogwild.complexity.c0_upper_sharp",
      .source = "Computation complexity, sharpened",
      .statement = R"($c_0\le2(e-1)L^2\eta^2f/a$ for $\tilde M\le1/a$)",
      .procedure = [](const Context&) { return upper_bound(0, true); },
  });
  registry.add({
      .id = "hogwild.canary.c0_upper_too_small",
      .source = "planted",
      .statement = R"($(1+a)^{1/a}-1\le\frac53$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return upper_bound(Rational(5, 3), false); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.complexity.gamma.printed",
      .source = "Computation complexity",
      .statement =
          R"($\gamma=\frac\alpha2(\eta-\frac{4c_0\eta}{\alpha\beta}-\frac{4gc_0}\alpha\eta^2-\frac{4f}\alpha\eta^2)$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return gamma_printed(); },
      .note = "The minimum is at m = 0, where c_{m+1} = c_1 and not c_0: the right side is a lower bound.",
      .instead = "hogwild.complexity.gamma",
  });
  registry.add({
      .id = "hogwild.complexity.gamma",
      .source = "Computation complexity, corrected",
      .statement =
          R"($\gamma\ge\frac\alpha2(\eta-\frac{4c_0\eta}{\alpha\beta}-\frac{4gc_0}\alpha\eta^2-\frac{4f}\alpha\eta^2)$)",
      .procedure = [](const Context&) { return gamma_lower_bound(); },
      .bound = true,
  });
  registry.add({
      .id = "hogwild.complexity.gamma_difference",
      .source = "Computation complexity, corrected",
      .statement = R"(The printed $\gamma$ is too small by $2\eta(c_0-c_1)(1+\beta\eta g)/\beta$)",
      .procedure = [](const Context&) { return gamma_difference(); },
  });
  registry.add({
      .id = "hogwild.complexity.condition",
      .source = "Computation complexity",
      .statement =
          R"($\frac{4c_0}{\alpha\beta}\le\frac{16L^2f\mu}{\alpha v^2}$ at $\eta=\mu n^{-2/3}$, $\beta=vn^{-1/3}$, $\tilde M\le1/a$)",
      .procedure = [](const Context&) { return condition_16(); },
      .uses = {"hogwild.complexity.c0_upper"},
      .bound = true,
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.complexity.condition_at_small_n",
      .source = "Computation complexity",
      .statement = R"($\frac{16L^2f\mu}{\alpha v^2}<1$ and $\eta<\beta$ hold at $n=8$, $\tau=0$, yet $\gamma<0$)",
      .procedure = [](const Context&) { return negative_gamma(); },
      .note = "The other two terms vanish only for large n, which the paper assumes.",
  });
}

}  // namespace asyncert::hogwild
