// Equations that only rewrite, statements about the class of coherent functions, and what cannot be tested.
#include "bounds/dasgd/min_coherence.hpp"
#include "verify/dasgd/claims.hpp"
#include "verify/dasgd/instances.hpp"

namespace asyncert::dasgd {

namespace {

/// Bilinear in alpha and the gradients, linear in y: the corners of the unit cube settle the identity.
Evidence update_with_errors(bool noise) {
  Evidence e = evidence(
      Coverage::domain,
      "identity of degree one in each variable, exact at all corners of the unit cube; coordinates are independent");
  for (int code = 0; code < 32; ++code) {
    const auto bit = [&](int k) { return Rational(code >> k & 1); };
    const Rational y = bit(0), alpha = bit(1), now = bit(2), read = bit(3), sampled = noise ? bit(4) : read;
    const Rational B = read - now, U = sampled - read;
    compare(e,
            noise ? "Y - alpha grad F = Y - alpha (grad f(X_n) + B_n + U_{n+1})"
                  : "y - alpha grad f(x_s) = y - alpha (grad f(x_n) + b_n)",
            y - alpha * sampled, Relation::equal, y - alpha * (now + B + U), Object().add("corner", code));
  }
  return e;
}

/// The mean over a uniformly drawn term of linear terms a_i x is their average: an expectation over finitely many
/// values.
Evidence finite_sum() {
  Evidence e =
      evidence(Coverage::instance, "exact expectation over the uniform law on five quadratic terms, at eleven points");
  for (long k = -5; k <= 5; ++k) {
    const Rational x(k, 3);
    Rational mean, average;
    for (long i = 1; i <= 5; ++i) {
      const Rational term = Rational(i, 2) * (x - Rational(i)) * (x - Rational(i));
      mean += Rational(1, 5) * term;
      average += term;
    }
    compare(e, "E F(x;w) = (1/N) sum f_i(x)", mean, Relation::equal, average / Rational(5), Object().add("x", x));
  }
  return e;
}

/// For solutions x_1, x_2 and z = (1-s) x_1 + s x_2: (1-s)(z - x_1) + s (z - x_2) = 0, so that the two coherence
/// products at z, which are not negative, have a weighted sum of zero: both vanish, and z is a solution.
Evidence solutions_convex() {
  Evidence e =
      evidence(Coverage::domain, "identity of degree at most 2 in s and 1 in each endpoint, exact on a 3 x 2 x 2 grid");
  for (long s = 0; s < 3; ++s)
    for (long a = 0; a < 2; ++a)
      for (long b = 0; b < 2; ++b) {
        const Rational share(s), one(1), x1(a), x2(b), z = (one - share) * x1 + share * x2;
        compare(e, "(1-s)(z-x_1) + s(z-x_2) = 0", (one - share) * (z - x1) + share * (z - x2), Relation::equal, 0,
                Object().add("s", share).add("x_1", x1).add("x_2", x2));
      }
  return e;
}

/// A pair at x_i = x_{i+1} = c.
Evidence constant_points(const Rational& middle) {
  Evidence e = evidence(
      Coverage::domain,
      "polynomial identity of degree 4 in c, exact at five points; the sign at two rationals beside the roots");
  for (long k = 0; k < 5; ++k) {
    const Rational c(k), one(1);
    compare(e, "pair = (1-c)^2 (400c^2 - 200c + 2)", rosenbrock_coherence(c, c), Relation::equal,
            (one - c) * (one - c) * (Rational(400) * c * c - middle * c + Rational(2)), Object().add("c", c));
  }
  for (const Rational& c : {Rational(1021, 100000), Rational(48979, 100000)})
    compare(e, "pair < 0 between the roots", rosenbrock_coherence(c, c), Relation::less, 0, Object().add("c", c));
  return e;
}

/// a_k = 1 at powers of two and 0 elsewhere: its means vanish, and it does not.
Evidence vanishing_mean() {
  Evidence e = evidence(Coverage::instance,
                        "exact: the sequence that is 1 at powers of two, else 0; its mean up to 2^m is (m+1)/2^m");
  const long m = 40;
  e.hypotheses.push_back({"the mean of the first 2^40 terms is below 1e-10",
                          Rational(m + 1) / pow(Rational(2), m) < Rational(1, 10'000'000'000L), "41/2^40"});
  compare(e, "1/2 < the term at 2^40", Rational(1, 2), Relation::less, 1, Object().add("k", "2^40"));
  return e;
}

Evidence not_testable(const char* reason) {
  Evidence e;
  e.not_testable = reason;
  return e;
}

}  // namespace

void register_identity_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.equation2.1",
       .source = "(2.1)",
       .statement =
           R"(A finite sum $N^{-1}\sum f_i$ is an expectation $EF(x;\omega)$ over a uniform index: five quadratic terms at eleven points)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return finite_sum(); }});
  add({.id = "dasgd.equation3.2",
       .source = "(3.2), (3.3)",
       .statement = R"($y_n-\alpha\nabla f(x_{s(n)})=y_n-\alpha(\nabla f(x_n)+b_n)$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return update_with_errors(false); }});
  add({.id = "dasgd.equation4.2",
       .source = "(4.1)-(4.4)",
       .statement = R"($Y_n-\alpha\nabla F=Y_n-\alpha(\nabla f(X_n)+B_n+U_{n+1})$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return update_with_errors(true); }});
  add({.id = "dasgd.assumption2.solutions_convex",
       .source = "Assumption 2 (VC)",
       .statement = "A variationally coherent problem has a convex solution set",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return solutions_convex(); },
       .note = "Not in the paper. Between two solutions the coherence products to both are not negative and cancel."});
  add({.id = "dasgd.section5.constant_points",
       .source = "Section 5",
       .statement =
           R"(At $x_i=c$ for all $i$ each pair of (5.1) adds $(1-c)^2(400c^2-200c+2)$, negative for $0.01021\le c\le0.48979$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return constant_points(200); }});
  add({.id = "dasgd.introduction.vanishing_mean",
       .source = "Section 1, on the ergodic guarantee of earlier work",
       .statement =
           R"(Means that vanish do not imply terms that do, as for $n^{-1}\sum_{k\le n}E\|\nabla f(X_k)\|^2$: terms of 1 at the powers of two, 0 elsewhere)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return vanishing_mean(); },
       .note = "The paper says so, rightly."});
  add({.id = "dasgd.related_work.earlier_theorems",
       .source = "Section 1",
       .statement = "Earlier theorems cover sublinear delays (deterministic) and bounded delays (stochastic)",
       .expected = Verdict::not_testable,
       .procedure = [](const Context&) {
         return not_testable("a statement about other papers' theorems, which are not among the given texts");
       }});
  add({.id = "dasgd.section1.supercomputers",
       .source = "Section 1",
       .statement = "Computing grids have workers with unbounded response times",
       .expected = Verdict::not_testable,
       .procedure = [](const Context&) {
         return not_testable("a statement about deployed systems: no computation on an instance can decide it");
       }});
  add({.id = "dasgd.canary.constant_points_wrong_root",
       .source = "planted",
       .statement = R"(At constant points each pair adds $(1-c)^2(400c^2-201c+2)$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return constant_points(201); },
       .canary = true});
}

}  // namespace asyncert::dasgd
