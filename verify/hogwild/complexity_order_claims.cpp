// Orders in n and in the number of updates: gamma, the inner steps, the cost and the rates, against gradient descent
// and Hogwild!.
#include "bounds/hogwild/region.hpp"
#include "bounds/hogwild/theorem1.hpp"
#include "bounds/hogwild/theorem2.hpp"
#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

/// The whole section by the registered quantity.
Object evaluate(long n, const char* eps, long tau) {
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
Ball number(const Object& o, const char* group, const char* member) {
  const Value& v = *o.find(group)->get<Object>()->find(member);
  if (const auto* r = v.get<Rational>()) return Ball(*r);
  return *v.get<Ball>();
}

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
  for (const long n : {1000000L, 1000000000L, 1000000000000L, 1000000000000000L})
    e.comparisons.push_back({.label = std::string("constant <= ") + member,
                             .left = least,
                             .right = number(evaluate(n, "0.01", 9), "corrected", member),
                             .instance = Object().add("n", n)});
  return e;
}

Evidence total_cost(bool with_n) {
  Evidence e;
  e.method =
      "enclosed cost T (n + 2M) at mu = 1/20, v = 1, L = 1, tau = 9, alpha = 9/10, eps = 1, in units of the claimed "
      "order";
  const auto ratio = [&](long n) {
    const Ball root = exp(log(Ball(n)) / 3), order = root * root + (with_n ? Ball(n) : Ball(0));
    return number(evaluate(n, "1", 9), "corrected", "grad_evals_total") / order;
  };
  const Ball allowed = ratio(1000000) * 2;
  for (const long n : {1000000000L, 1000000000000L})
    e.comparisons.push_back({.label = "cost over its order <= twice that at n = 10^6",
                             .left = ratio(n),
                             .right = allowed,
                             .instance = Object().add("n", n).add("eps", 1)});
  return e;
}

/// Gradient descent with step 1/L reaches min |grad f|^2 <= eps after 2 L (f_0 - inf f)/eps full gradients.
Evidence against_gradient_descent(const char* eps, bool faster) {
  const long n = 1000000000;
  const Ball svrg = number(evaluate(n, eps, 9), "corrected", "grad_evals_total"),
             descent(Rational(2) * Rational(n) / Rational::parse(eps));
  return at_instance(
      "enclosed cost T (n + 2M) at mu = 1/20, v = 1, L = f_0 - inf f = 1, tau = 9, alpha = 9/10, n = 10^9",
      {.label = faster ? "AsySVRG's gradients < those of gradient descent, 2n/eps" : "2n/eps < AsySVRG's gradients",
       .left = faster ? svrg : descent,
       .relation = Relation::less,
       .right = faster ? descent : svrg,
       .instance = Object().add("n", n).add("eps", eps)});
}

/// Theorem 1's corrected bound over T at f_0 = V = L = 1, alpha = 9/10, tau = 9, and Theorem 2's over the number of its
/// updates at n = 10^9 and the same L, alpha, tau.
Ball hogwild_bound(const Rational& updates) {
  const Theorem1Problem<Ball> p{1, Rational(9, 10), 1, 1, 9, updates};
  const CoupledStep<Ball> step = coupled_step(p);
  return Ball(2) * sqrt(p.A() * B(p, *step.eta, *step.rho) / Ball(updates));
}
Ball asysvrg_bound(const Rational& updates) {
  return Ball(1) / (number(evaluate(1000000000, "0.01", 9), "corrected", "gamma") * Ball(updates));
}

/// The slope of ln(bound) over ln(updates) between powers of ten, against what the order says.
Evidence rate(Ball (*bound)(const Rational&), const Rational& slope) {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method =
      "slopes of ln(bound) over ln(updates) from 10^10 to 10^18, enclosed, at tau = 9 and alpha = 9/10: a statement of "
      "order is supported by such slopes, never proved";
  for (const long exponent : {10L, 12L, 14L, 16L}) {
    const Rational from = pow(Rational(10), exponent), to = from * Rational(100);
    const Ball measured = log(bound(to) / bound(from)) / log(Ball(100));
    e.comparisons.push_back({.label = "slope <= that of the order + 1/100",
                             .left = measured,
                             .right = slope + Rational(1, 100),
                             .instance = Object().add("from", from).add("to", to)});
  }
  return e;
}

/// The two certified bounds after as many updates.
Evidence against_hogwild(const Rational& updates, bool faster) {
  const Ball svrg = asysvrg_bound(updates), sgd = hogwild_bound(updates);
  return at_instance(
      "enclosed: 1/(T M gamma) at n = 10^9, mu = 1/20, v = 1, and 2 sqrt(A B/T), both at f_0 - inf f = L = "
      "V = 1, tau = 9, alpha = 9/10",
      {.label = faster ? "AsySVRG's bound < Hogwild!'s" : "Hogwild!'s bound < AsySVRG's",
       .left = faster ? svrg : sgd,
       .relation = Relation::less,
       .right = faster ? sgd : svrg,
       .instance = Object().add("updates", updates).add("n", 1000000000)});
}

}  // namespace

void register_complexity_order_claims(ClaimRegistry& registry) {
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
      .source = "Computation complexity",
      .statement = R"(The cost by all threads is of order $n^{2/3}/\epsilon$ (tried at $\epsilon=1$))",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return total_cost(false); },
      .note = "One outer loop computes a full gradient and M inner steps: the order is n + n^(2/3)/eps.",
      .instead = "hogwild.complexity.total",
  });
  registry.add({
      .id = "hogwild.complexity.total",
      .source = "Computation complexity, corrected",
      .statement =
          R"(The cost by all threads over $n+n^{2/3}/\epsilon$ at $n=10^9,10^{12}$ is at most twice that at $n=10^6$)",
      .procedure = [](const Context&) { return total_cost(true); },
  });
  registry.add({
      .id = "hogwild.complexity.multiple_of_threads.printed",
      .source = "Computation complexity with Theorem 2",
      .statement = R"($\tilde M=\lfloor1/a\rfloor$ and $\tilde M=M\times p$ hold together for 10 threads)",
      .expected = Verdict::refuted,
      .procedure =
          [](const Context&) {
            const Rational M =
                *evaluate(10000, "0.01", 4).find("printed")->get<Object>()->find("M_tilde")->get<Rational>();
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
      .id = "hogwild.introduction.hogwild_rate",
      .source = "Introduction, second contribution; after Theorem 1",
      .statement = R"(Hogwild! has the convergence rate $O(1/\sqrt{\tilde T})$)",
      .expected = Verdict::supported,
      .procedure = [](const Context&) { return rate(hogwild_bound, Rational(-1, 2)); },
      .uses = {"hogwild.theorem1", "hogwild.theorem1.rate"},
  });
  registry.add({
      .id = "hogwild.introduction.asysvrg_rate",
      .source = "Introduction, third contribution",
      .statement = R"(AsySVRG has the convergence rate $O(1/\tilde T)$, $\tilde T$ the number of all inner updates)",
      .expected = Verdict::supported,
      .procedure = [](const Context&) { return rate(asysvrg_bound, -1); },
      .uses = {"hogwild.theorem2.conclusion.corrected"},
      .note =
          "The introduction's T~ = pT would count AsySVRG's outer loops; Theorem 2 has T M~. The constant grows like "
          "n^(2/3).",
  });
  registry.add({
      .id = "hogwild.introduction.asysvrg_faster_late",
      .source = "AsySVRG for non-convex problems, faster convergence rate than Hogwild!",
      .statement =
          R"(After $10^{16}$ updates at $n=10^9$, $\tau=9$, $\alpha=0.9$, $L=V=f(w_0)-\inf f=1$ the certified bound of AsySVRG is below that of Hogwild!)",
      .procedure = [](const Context&) { return against_hogwild(Rational::parse("1e16"), true); },
  });
  registry.add({
      .id = "hogwild.introduction.asysvrg_slower_early",
      .source = "AsySVRG for non-convex problems, faster convergence rate than Hogwild!",
      .statement =
          R"(After $10^{12}$ updates at the same constants the certified bound of Hogwild! is below that of AsySVRG)",
      .procedure = [](const Context&) { return against_hogwild(Rational::parse("1e12"), false); },
      .note = "The faster rate has the larger constant, 1/gamma of the order n^(2/3).",
  });
  registry.add({
      .id = "hogwild.introduction.faster_than_gradient_descent",
      .source = "Introduction, computation complexity",
      .statement =
          R"(At $n=10^9$, $\epsilon=10^{-2}$, $\mu=\frac1{20}$, $v=L=f(w_0)-\inf f=1$, $\tau=9$, $\alpha=0.9$ AsySVRG's certified number of gradients is below the $2n/\epsilon$ of gradient descent)",
      .procedure = [](const Context&) { return against_gradient_descent("0.01", true); },
  });
  registry.add({
      .id = "hogwild.introduction.slower_at_large_epsilon",
      .source = "Introduction, computation complexity",
      .statement =
          R"(At $n=10^9$, $\epsilon=1$, $\mu=\frac1{20}$, $v=L=f(w_0)-\inf f=1$, $\tau=9$, $\alpha=0.9$ the $2n/\epsilon$ of gradient descent is below AsySVRG's certified number of gradients)",
      .procedure = [](const Context&) { return against_gradient_descent("1", false); },
      .note = "One outer loop alone costs n + 2M; the order n^(2/3)/eps has lost that term.",
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
                                .right = number(evaluate(10000, "0.01", 4), "printed", "M_tilde"),
                                .instance = Object().add("n", 10000).add("tau", 4)});
          },
  });
}

}  // namespace asyncert::hogwild
