// Section 5: the quartic saddle x'Ax/2 + |x|^4/4 with A = diag(1, -2), and the experiment's settings.
#include "bounds/pasgd/constants.hpp"
#include "bounds/pasgd/saddle.hpp"
#include "lib/certificate.hpp"
#include "lib/subdivision.hpp"
#include "verify/pasgd/claims.hpp"

namespace asyncert::pasgd {

namespace {

/// Gradient of the objective along the first axis: x + x^3.
Rational axis_gradient(const Rational& x) { return x + x * x * x; }

Comparison difference_quotient(const Rational& x, const Rational& y, const Rational& L) {
  return {.label = "|grad f(x) - grad f(y)| <= L |x - y|",
          .left = abs(axis_gradient(x) - axis_gradient(y)),
          .right = L * abs(x - y),
          .instance = Object()
                          .add("A", "diag(1, -2)")
                          .add("x", std::vector<Rational>{x, 0})
                          .add("y", std::vector<Rational>{y, 0})
                          .add("L", L)};
}

/// Eigenvalues of the Hessian A + |x|^2 I + 2xx' of A = diag(1, -2) on the closed disc |x|^2 <= 2, and a difference
/// quotient.
Evidence exact_lipschitz() {
  const Rational slack(1, 100);
  const auto predicate = [&](const std::vector<Ball>& v) {
    const Ball &n = v[0], &c = v[1];  // |x|^2 and the squared cosine of its angle
    const Ball h11 = Ball(1) + n + Ball(2) * n * c, h22 = Ball(-2) + n + Ball(2) * n * (Ball(1) - c);
    const Ball cross = Ball(4) * n * n * c * (Ball(1) - c);
    // A symmetric 2 x 2 matrix is positive definite where a diagonal entry and the determinant are positive.
    const Ball top(Rational(7) + slack), bottom(Rational(2) + slack);
    const bool above = certainly_less(h11, top) && certainly_less(cross, (top - h11) * (top - h22));
    const bool below = certainly_less(0, h11 + bottom) && certainly_less(cross, (h11 + bottom) * (h22 + bottom));
    return above && below ? Ternary::yes : Ternary::unknown;
  };
  Evidence e = certify_on_box(
      {{"|x|^2", 0, 2}, {"cos^2", 0, 1}}, predicate,
      [&](const std::vector<Rational>& x) {
        return Comparison{.label = "lambda_max(H) <= 7.01",
                          .left = Ball(Rational(1) + x[0] + Rational(2) * x[0] * x[1]),
                          .right = Rational(7) + slack};
      },
      "both definite matrices 7.01 I - H and H + 2.01 I certified by subdivision over the whole disc; and a rational "
      "difference quotient");
  const Rational x(1414, 1000), y(1413, 1000);
  e.comparisons.push_back(
      {.label = "6.99 <= |grad f(x) - grad f(y)|/|x - y|",
       .left = Rational(699, 100),
       .right = (axis_gradient(x) - axis_gradient(y)) / (x - y),
       .instance = Object().add("x", std::vector<Rational>{x, 0}).add("y", std::vector<Rational>{y, 0})});
  e.comparisons.push_back({.label = "max(lambda_max + 3B^2, -lambda_min) = 7",
                           .left = quartic_gradient_lipschitz(Rational(-2), Rational(1), Rational(2)),
                           .relation = Relation::equal,
                           .right = Rational(7)});
  return e;
}

/// max(b + 3B^2, -a) <= 4 B^2 for eigenvalues -B^2 <= a <= b <= B^2: linear, so the corners decide.
Evidence safe_lipschitz() {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method =
      "a maximum of two linear functions of the eigenvalues: the four corners of [-B^2, B^2]^2, B^2 = 1 by homogeneity";
  for (long a : {-1L, 1L})
    for (long b : {-1L, 1L})
      e.comparisons.push_back({.label = "max(b + 3, -a) <= 4",
                               .left = quartic_gradient_lipschitz(Rational(a), Rational(b), Rational(1)),
                               .right = Rational(4),
                               .instance = Object().add("lambda_min", a).add("lambda_max", b)});
  return e;
}

/// For a unit vector u, with p = x + y and m = x - y: u'(H(x) - H(y))u = p.m + 2 (u.p)(u.m), at most 3 |p||m| <= 6B
/// |m|. And on a grid of the disc of A = diag(1, -2), B^2 = 2.
Evidence hessian_lipschitz() {
  Certificate e(
      "u'(H(x) - H(y))u = p.m + 2(u.p)(u.m) by identities, p = x + y, m = x - y, and Cauchy-Schwarz, for every A, B "
      "and dimension; and exact on all pairs of a grid of the disc B^2 = 2");
  e.identity(
      "x_i^2 - y_i^2 = (x_i + y_i)(x_i - y_i)", {{"x_i", 2}, {"y_i", 2}},
      [](const Point& v) { return v[0] * v[0] - v[1] * v[1]; },
      [](const Point& v) { return (v[0] + v[1]) * (v[0] - v[1]); });
  e.identity(
      "(u.x)^2 - (u.y)^2, the part of a pair i, j: u_i u_j (x_i x_j - y_i y_j) = u_i u_j (p_i m_j + p_j m_i)/2",
      {{"u_i", 1}, {"u_j", 1}, {"x_i", 1}, {"x_j", 1}, {"y_i", 1}, {"y_j", 1}},
      [](const Point& v) { return v[0] * v[1] * (v[2] * v[3] - v[4] * v[5]); },
      [](const Point& v) { return v[0] * v[1] * ((v[2] + v[4]) * (v[3] - v[5]) + (v[3] + v[5]) * (v[2] - v[4])) / 2; });
  std::vector<std::pair<Rational, Rational>> points;
  for (long i = -4; i <= 4; ++i)
    for (long j = -4; j <= 4; ++j)
      if (i * i + j * j <= 18) points.emplace_back(Rational(i, 3), Rational(j, 3));
  long beyond = 0;  // pairs with |H(x) - H(y)|^2 > 36 B^2 |x - y|^2
  for (const auto& [x1, x2] : points)
    for (const auto& [y1, y2] : points) {
      const Rational n = x1 * x1 + x2 * x2 - y1 * y1 - y2 * y2,
                     distance = (x1 - y1) * (x1 - y1) + (x2 - y2) * (x2 - y2);
      if (distance.sign() == 0) continue;
      const SymmetricMatrix D{n + Rational(2) * (x1 * x1 - y1 * y1), Rational(2) * (x1 * x2 - y1 * y2),
                              n + Rational(2) * (x2 * x2 - y2 * y2)};
      // D^2 has the eigenvalues of D squared, so that |D|^2 <= t is decided by D^2.
      const SymmetricMatrix square{D.a11 * D.a11 + D.a12 * D.a12, D.a12 * (D.a11 + D.a22),
                                   D.a22 * D.a22 + D.a12 * D.a12};
      if (!norm_at_most(square, Rational(72) * distance)) ++beyond;
    }
  e.compare({.label = "pairs with |H(x) - H(y)|^2 > 36 B^2 |x - y|^2",
             .left = beyond,
             .relation = Relation::equal,
             .right = 0});
  return e;
}

/// Section 5's constants in (b) and (c), with L = 7, rho = 6 sqrt 2 and kappa = 7/2.
Evidence settings() {
  const Rational w = Rational(1000, 7), curvature2(4);  // eta = 1/5000, M = 5: w = 1/(eta M L); rho eps2 = gamma^2 = 4
  const EscapeConstants<Ball> k = escape_constants<Ball>(
      {2, 5, 7, Ball(6) * sqrt(Ball(2)), Ball(Rational(1, 10)), Ball(curvature2) / (Ball(6) * sqrt(Ball(2))),
       Ball(Rational(1, 1250)), 10, 1, Ball(Rational(1, 10)), Ball(w)});
  Evidence e;
  e.method = "enclosed, with L = 7, rho = 6 sqrt 2 on B^2 = 2 and r = 0.05 reached at s near 0.0008";
  const Object at = Object().add("M", 5).add("eta", Rational(1, 5000)).add("T", 10).add("w", w);
  e.comparisons.push_back({.label = "(b) fails: 1 < 32 T^2 Tmax/w^2",
                           .left = Rational(1),
                           .relation = Relation::less,
                           .right = k.lhs_b,
                           .instance = at});
  e.comparisons.push_back({.label = "(c) fails: p < eta M Tmax rho S",
                           .left = k.p,
                           .relation = Relation::less,
                           .right = k.lhs_c,
                           .instance = at});
  return e;
}

/// At x = 0 the Hessian is A, and A has a negative eigenvalue.
Evidence strict_saddle() {
  const Eigenvalues e = eigenvalues({1, 0, -2});
  return single(
      {.label = "lambda_min(A) < 0", .left = e.exact->first, .relation = Relation::less, .right = Rational(0)},
      "exact; |x|^2 I + 2xx' vanishes at 0");
}

/// With B^2 = |A| the minimisers (0, +-sqrt 2) lie on the circle |x| = B.
Evidence minimisers(const Rational& B2, Relation relation) {
  return single({.label = "|x_*|^2 against B^2",
                 .left = -eigenvalues({1, 0, -2}).exact->first,
                 .relation = relation,
                 .right = B2,
                 .instance = Object().add("B^2", B2).add("x_*", "(0, +-sqrt 2)")},
                "exact: along an eigenvector lambda x^2/2 + x^4/4 is least at x^2 = -lambda");
}

}  // namespace

void register_saddle_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.section5.lipschitz.printed",
                .source = "Section 5, after (30)",
                .statement = R"($\nabla f$ is $2B^2$-Lipschitz on $\|x\|\le B$ for $B^2\ge\|A\|$)",
                .expected = Verdict::refuted,
                .procedure =
                    [](const Context&) {
                      return single(difference_quotient(Rational(7, 5), Rational(6, 5), 4),
                                    "exact, A = diag(1,-2), B^2 = 2: both points lie in the disc");
                    },
                .note = "The Hessian is A + |x|^2 I + 2xx', whose largest eigenvalue is lambda_max + 3B^2.",
                .instead = "pasgd.section5.lipschitz"});
  registry.add(
      {.id = "pasgd.section5.lipschitz",
       .source = "Section 5, corrected",
       .statement =
           R"(For $A=\mathrm{diag}(1,-2)$, $B^2=2$ the constant lies in $[6.99,7.01]$; the formula $\max(\lambda_{\max}+3B^2,-\lambda_{\min})$ gives 7)",
       .procedure = [](const Context&) { return exact_lipschitz(); }});
  registry.add({.id = "pasgd.section5.lipschitz.safe",
                .source = "Section 5, corrected",
                .statement = R"($\nabla f$ is $4B^2$-Lipschitz where $\|A\|\le B^2$)",
                .procedure = [](const Context&) { return safe_lipschitz(); },
                .bound = true});
  registry.add({.id = "pasgd.section5.hessian_lipschitz",
                .source = "Assumption 2, Section 5",
                .statement = R"($\nabla^2f$ is $6B$-Lipschitz on $\|x\|\le B$)",
                .procedure = [](const Context&) { return hessian_lipschitz(); }});
  registry.add(
      {.id = "pasgd.assumption1.section5",
       .source = "Assumption 1, Section 5",
       .statement = R"(Section 5's $f$ does not meet Assumption 1, for all $x,y$, with any $L$)",
       .procedure =
           [](const Context&) {
             Certificate e("x = 1 + L on the first axis and y = 0: the quotient is 1 + x^2, an identity");
             e.identity(
                 "1 + (1+L)^2 - L = L^2 + L + 2 > 0", {{"L", 2}},
                 [](const Point& v) { return axis_gradient(Rational(1) + v[0]) / (Rational(1) + v[0]) - v[0]; },
                 [](const Point& v) { return v[0] * v[0] + v[0] + Rational(2); });
             return e;
           },
       .note = "It does on a ball, as the section says; an iterate has to stay in it."});
  registry.add({.id = "pasgd.assumption2.section5",
                .source = "Assumption 2, Section 5",
                .statement = R"(Section 5's $f$ does not meet Assumption 2, for all $x,y$, with any $\rho$)",
                .procedure =
                    [](const Context&) {
                      Certificate e(
                          "x = 1 + rho on the first axis and y = 0: the Hessians' first entries differ by 3x^2, and a "
                          "norm is no smaller than an entry: identity");
                      e.identity(
                          "3 x^2/x - rho = 2 rho + 3 > 0 at x = 1 + rho", {{"rho", 1, Rational(1), Rational(1)}},
                          [](const Point& v) {
                            const Rational x = Rational(1) + v[0];
                            return Rational(3) * x * x / x - v[0];
                          },
                          [](const Point& v) { return Rational(2) * v[0] + Rational(3); });
                      return e;
                    },
                .note = "On the ball of radius B it does with 6B (pasgd.section5.hessian_lipschitz)."});
  registry.add({.id = "pasgd.section5.strict_saddle",
                .source = "Section 5",
                .statement = R"($\nabla^2f(0)=A$, so that 0 is a strict saddle)",
                .procedure = [](const Context&) { return strict_saddle(); }});
  registry.add({.id = "pasgd.section5.minimisers_on_the_ball",
                .source = "Section 5, B^2 = |A|",
                .statement = R"(For $A=\mathrm{diag}(1,-2)$ and $B^2=\|A\|=2$ the minimisers have $\|x\|=B$)",
                .procedure = [](const Context&) { return minimisers(2, Relation::equal); },
                .note = "So iterates leave the ball on which the section's constants hold."});
  registry.add({.id = "pasgd.section5.minimisers",
                .source = "Section 5, B^2 = 4",
                .statement = R"(For $A=\mathrm{diag}(1,-2)$ and $B^2=4$ the minimisers have $\|x\|<B$)",
                .procedure = [](const Context&) { return minimisers(4, Relation::less); }});
  registry.add({.id = "pasgd.section5.settings",
                .source = "Section 5",
                .statement = R"(The experiment's $M=5$, $\eta=0.001/M$, $T=10$, $r=0.05$ meet neither (b) nor (c))",
                .procedure = [](const Context&) { return settings(); },
                .note = "The experiment lies outside the theorem's regime."});
}

}  // namespace asyncert::pasgd
