// Orders in n: gamma, the inner steps, and the cost, for all n and not only for some.
#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "bounds/registry.hpp"
#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"
#include "verify/hogwild/complexity_values.hpp"

namespace asyncert::hogwild {

Object complexity_at(long n, const char* eps, long tau) {
  const QuantityRegistry quantities = all_quantities();
  const Quantity& q = *quantities.find("hogwild.complexity");
  return q.enclosed(q.read(Object()
                               .add("n", n)
                               .add("mu", "0.05")
                               .add("v", 1)
                               .add("L", 1)
                               .add("tau", tau)
                               .add("alpha", "0.9")
                               .add("eps", eps)
                               .add("f_drop", 1)));
}

Ball number(const Object& section, const char* group, const char* member) {
  const Value& v = *section.find(group)->get<Object>()->find(member);
  if (const auto* r = v.get<Rational>()) return Ball(*r);
  return *v.get<Ball>();
}

namespace {

constexpr long sizes[] = {1000000L, 1000000000L, 1000000000000L, 1000000000000000L};

/// With x = n^{-1/3}: eta = mu x^2, beta = v x and a >= mu v x^3, so that c_1 <= 2(e-1) L^2 eta^2 f/a <= 2(e-1) mu x
/// f/v (hogwild.complexity.c0_upper_sharp) bounds gamma n^{2/3} from below, and floor(1/a) n^{-1} >= 1/(mu v + 2 mu^2 x
/// g) - x^3. f and g grow with rho and eta, and the smallest admissible rho grows with eta: n = 10^6 is the worst of
/// all n >= 10^6.
Evidence large_n(const char* member, const Rational& least) {
  const Rational mu(1, 20), alpha(9, 10), x(1, 100);
  const Ball eta(mu * x * x), beta(x), rho = Ball(1) + rho_interval(Condition::printed, Ball(1), 9, eta)->t_min;
  const InnerLoop<Ball> worst =
      inner_loop<Ball>(Sequences::corrected, printed_gap(9, rho), Ball(1), rho, eta, beta, Ball(alpha), Ball(1));
  const Ball euler = Ball(2) * expm1(Ball(1)), c = euler * Ball(mu * x) * worst.f, square(mu * mu);
  const bool gamma = std::string(member) == "gamma_n23";
  const Ball bound = gamma ? Ball(alpha * mu / 2) - Ball(2) * Ball(mu / x) * c -
                                 Ball(2) * square * Ball(x * x) * (worst.g * c + worst.f)
                           : Ball(1) / (Ball(mu) + Ball(2) * square * Ball(x) * worst.g) - Ball(x * x * x);
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "lower bound at n = 10^6, which is the least over all n >= 10^6 as every term that is subtracted falls with n; "
      "and enclosed at n = 10^6 ... 10^15, all with mu = 1/20, v = 1, L = 1, tau = 9, alpha = 9/10";
  e.comparisons.push_back({.label = std::string("constant <= lower bound of ") + member + " for n >= 10^6",
                           .left = least,
                           .right = bound,
                           .instance = Object().add("n", 1000000).add("rho", rho)});
  for (const long n : sizes)
    e.comparisons.push_back({.label = std::string("constant <= ") + member,
                             .left = least,
                             .right = number(complexity_at(n, "0.01", 9), "corrected", member),
                             .instance = Object().add("n", n)});
  return e;
}

/// With x = n^{-1/3}: what gamma takes off alpha eta/2, and what a adds to beta eta = mu v x^3 = mu v/n.
Evidence upper_orders() {
  Certificate e(
      "identities: gamma is alpha eta/2 less terms that are not negative, and 1/a <= 1/(beta eta) = n/(mu v); for the "
      "printed sequences and for the corrected ones, whose g is at least as large");
  e.identity(
      "beta [alpha eta/2 - Gamma(c)] = 2 eta c + 2 beta eta^2 (g c + f)",
      {{"alpha", 1}, {"eta", 2}, {"beta", 1}, {"g", 1}, {"f", 1}, {"c", 1}},
      [](const Point& v) {
        const Rational &alpha = v[0], &eta = v[1], &beta = v[2], h = v[3] * v[5] + v[4];
        const Rational gamma = alpha * eta / 2 - Rational(2) * v[5] * eta / beta - Rational(2) * eta * eta * h;
        return beta * (alpha * eta / 2 - gamma);
      },
      [](const Point& v) {
        const Rational &eta = v[1], &beta = v[2], h = v[3] * v[5] + v[4];
        return Rational(2) * eta * v[5] + Rational(2) * beta * eta * eta * h;
      });
  for (const Sequences which : {Sequences::printed, Sequences::corrected})
    e.identity(
        "v a = mu v^2 x^3 + 2 L^2 mu^2 x^4 v g, the library's a and g",
        {{"L", 4}, {"mu", 3}, {"v", 2}, {"x", 5, Rational(1, 8), Rational(1, 8)}, {"rho", 1}, {"gap", 1}},
        [&](const Point& p) {
          const Rational eta = p[1] * p[3] * p[3], beta = p[2] * p[3];
          return p[2] * inner_loop<Rational>(which, p[5], p[0], p[4], eta, beta, 1, 0).a;
        },
        [&](const Point& p) {
          const Rational &L = p[0], &mu = p[1], &v = p[2], &x = p[3];
          const Rational g_v = p[4] * v + Rational(2) * mu * x * p[5] * (which == Sequences::corrected ? L * L : 1);
          return mu * v * v * pow(x, 3) + Rational(2) * L * L * mu * mu * pow(x, 4) * g_v;
        });
  return e;
}

/// c_1 <= c_0 <= C = 2k L^2 eta f/beta with k = e - 1, by hogwild.complexity.c0_upper_sharp and a >= beta eta; Gamma
/// falls in c.
Evidence positive_gamma() {
  Certificate e(
      "identity for C = 2 (e-1) L^2 eta f/beta >= c_0, where eta/beta^2 = mu/v^2 makes 16 L^2 f eta <= alpha beta^2 of "
      "the condition; e - 1 < 2; and enclosed at n = 10^6 ... 10^15");
  e.identity(
      "beta^2 [alpha eta/2 - 2 C eta/beta] = (eta/4) [(2-k) alpha beta^2 + k (alpha beta^2 - 16 L^2 f eta)], k = e - 1",
      {{"alpha", 1}, {"beta", 2}, {"eta", 2}, {"L", 2}, {"f", 1}, {"k", 1}},
      [](const Point& v) {
        const Rational &alpha = v[0], &beta = v[1], &eta = v[2], &L = v[3], &f = v[4], &k = v[5];
        const Rational C = Rational(2) * k * L * L * eta * f / beta;
        return beta * beta * (alpha * eta / 2 - Rational(2) * C * eta / beta);
      },
      [](const Point& v) {
        const Rational &alpha = v[0], &beta = v[1], &eta = v[2], &L = v[3], &f = v[4], &k = v[5];
        const Rational ab = alpha * beta * beta;
        return eta / 4 * ((Rational(2) - k) * ab + k * (ab - Rational(16) * L * L * f * eta));
      });
  e.compare({.label = "e - 1 < 2", .left = expm1(Ball(1)), .relation = Relation::less, .right = 2});
  const Ball share = (Ball(2) - expm1(Ball(1))) / 4, alpha(Rational(9, 10));
  for (const long n : sizes) {
    const Object section = complexity_at(n, "1", 9);
    const auto value = [&](const char* member) { return number(section, "corrected", member); };
    const Ball eta = *section.find("eta")->get<Ball>();
    e.compare({.label = "(3-e) alpha eta/4 - 2 eta^2 (g c_0 + f) <= gamma",
               .left = share * alpha * eta - Ball(2) * eta * eta * (value("g") * value("c0") + value("f")),
               .right = value("gamma"),
               .instance = Object().add("n", n).add("cond_16", value("cond_16"))});
  }
  return e;
}

/// For every C and eps there is an n, n^{1/3} = C/eps + 1, at which one full gradient alone costs more.
Evidence no_constant_serves() {
  Certificate e(
      "one outer loop costs n at least, and n = C n^{2/3}/eps + n^{2/3} where n^{1/3} = C/eps + 1: identities for "
      "every "
      "C, eps, T and M; and the numbers themselves for some of them");
  e.identity(
      "T (n + 2M) - n = (T-1) n + 2 T M", {{"T", 1}, {"n", 1}, {"M", 1}},
      [](const Point& v) { return v[0] * (v[1] + Rational(2) * v[2]) - v[1]; },
      [](const Point& v) { return (v[0] - 1) * v[1] + Rational(2) * v[0] * v[2]; });
  e.identity(
      "n = C n^{2/3}/eps + n^{2/3} at n^{1/3} = C/eps + 1", {{"C", 3}, {"1/eps", 3}},
      [](const Point& v) { return pow(v[0] * v[1] + 1, 3); },
      [](const Point& v) {
        const Rational r = v[0] * v[1] + 1;
        return v[0] * v[1] * r * r + r * r;
      });
  for (const long C : {1L, 1000L, 1000000L})
    for (const Rational& eps : {Rational(1), Rational(1, 100)}) {
      const Rational root = Rational(C) / eps + 1;
      e.compare({.label = "cost of one full gradient <= C n^{2/3}/eps",
                 .left = pow(root, 3),
                 .right = Rational(C) * root * root / eps,
                 .instance = Object().add("C", C).add("eps", Fraction{eps}).add("n", pow(root, 3))});
    }
  return e;
}

/// T <= 1/(gamma eps M) + 1, so that with G = gamma n^{2/3} and n = kM the cost is at most (n^{2/3}/eps)(k+2)/G + n +
/// 2M.
Evidence total_cost() {
  Certificate e(
      "T = ceil(1/(gamma eps M)) <= 1/(gamma eps M) + 1 with gamma n^{2/3} >= 1/100, M >= 10 n and M <= 20 n: identity "
      "in q = n^{2/3}/eps, 1/G = 1/(gamma n^{2/3}), k = n/M and M, and the signs of multi-affine factors; and enclosed "
      "at n = 10^6 ... 10^15");
  e.identity(
      "M [(q/G)/M + 1] (n + 2M) = M [(q/G) (k+2) + n + 2M], n = kM", {{"q", 1}, {"1/G", 1}, {"k", 1}, {"M", 2}},
      [](const Point& v) { return (v[0] * v[1] + v[3]) * (v[2] * v[3] + Rational(2) * v[3]); },
      [](const Point& v) {
        const Rational n = v[2] * v[3];
        return v[3] * (v[0] * v[1] * (v[2] + 2) + n + Rational(2) * v[3]);
      });
  e.nonnegative("(k+2)/G <= 210", {{"1/G", 0, 100}, {"k", 0, Rational(1, 10)}},
                [](const Point& v) { return Rational(210) - (v[1] + 2) * v[0]; });
  e.nonnegative("n + 2M <= 41 n", {{"M/n", 0, 20}}, [](const Point& v) { return Rational(40) - Rational(2) * v[0]; });
  for (const long n : sizes)
    for (const char* eps : {"1", "0.01", "1e-6"}) {
      const Ball root = exp(log(Ball(n)) / 3);
      e.compare({.label = "T (n + 2M) <= 41 n + 210 n^{2/3}/eps",
                 .left = number(complexity_at(n, eps, 9), "corrected", "grad_evals_total"),
                 .right = Ball(41) * Ball(n) + Ball(210) * root * root / Ball(Rational::parse(eps)),
                 .instance = Object().add("n", n).add("eps", eps)});
    }
  return e;
}

}  // namespace

void register_complexity_order_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.complexity.orders",
      .source = "Computation complexity",
      .statement =
          R"($\gamma\le\frac{\alpha\mu}2n^{-2/3}$ and $\tilde M\le\frac n{\mu v}$ for all parameters: the upper orders as printed)",
      .procedure = [](const Context&) { return upper_orders(); },
      .note = "The cost needs them from below: hogwild.complexity.gamma_positive, gamma_order and inner_steps_order.",
  });
  registry.add({
      .id = "hogwild.complexity.gamma_positive",
      .source = "Computation complexity",
      .statement =
          R"($\eta=\mu n^{-2/3}$, $\beta=vn^{-1/3}$, $\tilde M\le1/a$ and $\frac{16L^2f\mu}{\alpha v^2}\le1$ give $\gamma\ge\frac{3-e}4\alpha\eta-2\eta^2(gc_0+f)$, which is positive for small $\eta$, hence for large $n$)",
      .procedure = [](const Context&) { return positive_gamma(); },
      .uses = {"hogwild.complexity.gamma", "hogwild.complexity.c0_upper_sharp"},
      .bound = true,
  });
  registry.add({
      .id = "hogwild.complexity.gamma_order",
      .source = "Computation complexity",
      .statement =
          R"($\gamma n^{2/3}\ge\frac1{100}$ for all $n\ge10^6$ at $\mu=\frac1{20}$, $v=L=1$, $\tau=9$, $\alpha=0.9$ and the least admissible $\rho$)",
      .procedure = [](const Context&) { return large_n("gamma_n23", Rational(1, 100)); },
      .note = "The cost needs a lower order of gamma, where the paper writes an upper one.",
  });
  registry.add({
      .id = "hogwild.complexity.inner_steps_order",
      .source = "Computation complexity",
      .statement =
          R"($\tilde M/n\ge10$ for all $n\ge10^6$ at $\mu=\frac1{20}$, $v=L=1$, $\tau=9$, $\alpha=0.9$ and the least admissible $\rho$)",
      .procedure = [](const Context&) { return large_n("M_over_n", 10); },
  });
  registry.add({
      .id = "hogwild.complexity.total.printed",
      .source = "Introduction, fourth contribution; Computation complexity",
      .statement =
          R"(The cost by all threads, $p$ times that of each, is $O(n^{2/3}/\epsilon)$: at most $Cn^{2/3}/\epsilon$ with one $C$ for all $n$ and $\epsilon$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return no_constant_serves(); },
      .note = "One outer loop computes a full gradient: the order is n + n^(2/3)/eps, for each thread a p-th of it.",
      .instead = "hogwild.complexity.total",
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.complexity.total",
      .source = "Introduction, fourth contribution; Computation complexity, corrected",
      .statement =
          R"(The cost by all threads is at most $41n+210\,n^{2/3}/\epsilon$ for all $n\ge10^6$ and $\epsilon>0$ at $\mu=\frac1{20}$, $v=L=f(w_0)-\inf f=1$, $\tau=9$, $\alpha=0.9$)",
      .procedure = [](const Context&) { return total_cost(); },
      .uses = {"hogwild.complexity.gamma_order", "hogwild.complexity.inner_steps_order", "hogwild.complexity.orders"},
      .bound = true,
      .revision = 2,
  });
  registry.add({
      .id = "hogwild.complexity.multiple_of_threads.printed",
      .source = "Computation complexity with Theorem 2",
      .statement = R"($\tilde M=\lfloor1/a\rfloor$ and $\tilde M=M\times p$ hold together for 10 threads)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            const Rational M =
                *complexity_at(10000, "0.01", 4).find("printed")->get<Object>()->find("M_tilde")->get<Rational>();
            return at_instance("enclosed floor(1/a) at n = 10^4, mu = 1/20, v = 1, L = 1, tau = 4, alpha = 9/10",
                               {.label = "p floor(M/p) = M",
                                .left = Rational(10) * (M / 10).floor(),
                                .relation = Relation::equal,
                                .right = M,
                                .instance = Object().add("n", 10000).add("p", 10).add("tau", 4)});
          },
      .note = "M must be rounded down to a multiple of p.",
      .no_correction = "M has to be rounded down to a multiple of p, and the paper does not say which of its two "
                       "definitions is to give way.",
  });
  registry.add({
      .id = "hogwild.experiment.inner_steps",
      .source = "Experiment, M = n/p, with the section on complexity",
      .statement =
          R"(At $n=10^4$, $\mu=\frac1{20}$, $v=L=1$, $\tau=4$, $\alpha=0.9$ the analysis takes more inner steps, $\lfloor1/a\rfloor$, than the experiment's $\tilde M=n$)",
      .procedure =
          [](const Context&) {
            return at_instance("enclosed floor(1/a)",
                               {.label = "n < floor(1/a)",
                                .left = 10000,
                                .relation = Relation::less,
                                .right = number(complexity_at(10000, "0.01", 4), "printed", "M_tilde"),
                                .instance = Object().add("n", 10000).add("tau", 4)});
          },
  });
}

}  // namespace asyncert::hogwild
