// Claims of Sections 1 and 2: the objective, its gradient, Lemmas 1 and 2, and a sketch with a known spectrum.
#include "bounds/apsgd/reformulation.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"
#include "verify/apsgd/small_systems.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), half(1, 2);

/// f(u) = (1/2) sum p_i u' C P_i u
Rational objective(const Reformulation& s, const RationalMatrix& u) { return half * inner(s, u, s.mean * u); }

/// H = S (S' A B^-1 A' S)^+ S' for a row sketch: rank 1 among two rows, hence singular.
Evidence metric_definite(bool strictly) {
  Evidence e;
  e.method = "exact H for S = e_1 on the rows (1,2), (3,1), B = I: (S'AA'S)^+ is 1/|a_1|^2 on the first row";
  const RationalMatrix A = matrix({{1, 2}, {3, 1}}), S = matrix({{1}, {0}});
  const RationalMatrix H = S * (S.transposed() * A * A.transposed() * S).inverse() * S.transposed();
  const Object instance = Object().add("A", "rows (1,2), (3,1)").add("B", "I").add("S", "e_1");
  e.comparisons.push_back({.label = strictly ? "det H > 0" : "det H >= 0",
                           .left = 0,
                           .relation = strictly ? Relation::less : Relation::less_equal,
                           .right = H(0, 0) * H(1, 1) - H(0, 1) * H(1, 0),
                           .instance = instance});
  e.comparisons.push_back({.label = "trace H > 0",
                           .left = 0,
                           .relation = Relation::less,
                           .right = H(0, 0) + H(1, 1),
                           .instance = instance});
  return e;
}

/// x'Hx = y'G^+ y with y = S'x and the positive semidefinite G = M M', M = S'A B^{-1/2}.
Evidence metric_semidefinite() {
  Certificate e(
      "x'Hx = y'G^+ y for y = S'x and G = M M', M = S'A B^{-1/2}; G^+ is symmetric and G^+ = G^+ G G^+, so that it is "
      "z'M M'z = |M'z|^2 with z = G^+ y, an identity in the entries");
  e.identity(
      "z'(M M')z = |M'z|^2", {{"m11", 2}, {"m12", 2}, {"m21", 2}, {"m22", 2}, {"z1", 2}, {"z2", 2}},
      [](const Point& v) {
        const Rational g11 = v[0] * v[0] + v[1] * v[1], g12 = v[0] * v[2] + v[1] * v[3],
                       g22 = v[2] * v[2] + v[3] * v[3];
        return g11 * v[4] * v[4] + two * g12 * v[4] * v[5] + g22 * v[5] * v[5];
      },
      [](const Point& v) {
        const Rational a = v[0] * v[4] + v[2] * v[5], b = v[1] * v[4] + v[3] * v[5];
        return a * a + b * b;
      });
  return with_search(e, metric_definite(false));
}

/// With y = Ax - b and k = Ah: f_S(x+h) - f_S(x-h) = 2 k'Hy = 2 <h, B^{-1}A'Hy>_B, and y = A(x - x_*).
Evidence basic_step(const Rational& planted) {
  Certificate e(
      "identities in free entries: the central difference of f_S along h is 2 (Ah)'H(Ax-b), that is 2 <h, "
      "B^{-1}A'H(Ax-b)>_B; Ax - b = A(x - x_*); the mean over sketches is linear in Z; (4) at tau = 1 is (3)");
  e.identity(
      "(1/2)(y+k)'H(y+k) - (1/2)(y-k)'H(y-k) = 2 k'Hy",
      {{"h11", 1}, {"h12", 1}, {"h22", 1}, {"y1", 2}, {"y2", 2}, {"k1", 2}, {"k2", 2}},
      [](const Point& v) {
        const auto form = [&](const Rational& a, const Rational& b) {
          return half * (v[0] * a * a + two * v[1] * a * b + v[2] * b * b);
        };
        return form(v[3] + v[5], v[4] + v[6]) - form(v[3] - v[5], v[4] - v[6]);
      },
      [&](const Point& v) {
        return planted * (v[5] * (v[0] * v[3] + v[1] * v[4]) + v[6] * (v[1] * v[3] + v[2] * v[4]));
      });
  e.identity(
      "(Ah)'w = h'(A'w)", {{"a11", 1}, {"a12", 1}, {"a21", 1}, {"a22", 1}, {"h1", 1}, {"h2", 1}, {"w1", 1}, {"w2", 1}},
      [](const Point& v) { return (v[0] * v[4] + v[1] * v[5]) * v[6] + (v[2] * v[4] + v[3] * v[5]) * v[7]; },
      [](const Point& v) { return v[4] * (v[0] * v[6] + v[2] * v[7]) + v[5] * (v[1] * v[6] + v[3] * v[7]); });
  e.identity(
      "a x - b = a (x - s) for b = a s", {{"a", 1}, {"x", 1}, {"s", 1}},
      [](const Point& v) { return v[0] * v[1] - v[0] * v[2]; }, [](const Point& v) { return v[0] * (v[1] - v[2]); });
  e.identity(
      "p z (x-s) + (1-p) z'(x-s) = (p z + (1-p) z')(x-s)", {{"p", 1}, {"z", 1}, {"z'", 1}, {"x", 1}, {"s", 1}},
      [](const Point& v) { return v[0] * v[1] * (v[3] - v[4]) + (one - v[0]) * v[2] * (v[3] - v[4]); },
      [](const Point& v) { return (v[0] * v[1] + (one - v[0]) * v[2]) * (v[3] - v[4]); });
  e.identity(
      "x - (omega/tau) g = x - omega g at tau = 1", {{"x", 1}, {"omega", 1}, {"g", 1}},
      [](const Point& v) { return v[0] - v[1] / one * v[2]; }, [](const Point& v) { return v[0] - v[1] * v[2]; });
  return e;
}

Comparison orthogonal_projection(const Reformulation& s, const RationalMatrix& P) {
  const RationalMatrix form = s.gram * P;
  return {.label = "P is a projection, orthogonal for B",
          .left = P * P == P && form == form.transposed() ? 1 : 0,
          .relation = Relation::equal,
          .right = 1};
}

/// <u, Pu>_B = |Pu|_B^2 lies between 0 and |u|_B^2 for a B-orthogonal projection, and so does its mean <u, Wu>_B.
Evidence spectrum_of_W() {
  Certificate e(
      "B^{-1/2}ZB^{-1/2} = M G^+ M' with M = B^{-1/2}A'S, G = M'M: symmetric, and idempotent as G^+ G G^+ = G^+; "
      "Pythagoras: identity in n = |u|^2, p = <u, Pu> = |Pu|^2; the means are ordered alike; and exact forms of every "
      "sketch of six systems, where P^2 = P, symmetry and the image are checked as well");
  e.identity(
      "|u - Pu|^2 = n - 2p + p = n - p", {{"n", 1}, {"p", 1}}, [](const Point& v) { return v[0] - two * v[1] + v[1]; },
      [](const Point& v) { return v[0] - v[1]; });
  for (const Reformulation& s : small_systems()) {
    for (const auto& [probability, P] : s.outcomes) e.compare(orthogonal_projection(s, P));
    for (const RationalMatrix& u : probes(s.dimension())) {
      const Rational form = inner(s, u, s.mean * u);
      e.compare({.label = "0 <= <u, Wu>_B", .left = 0, .relation = Relation::less_equal, .right = form});
      e.compare(
          {.label = "<u, Wu>_B <= |u|_B^2", .left = form, .relation = Relation::less_equal, .right = inner(s, u, u)});
    }
  }
  return e;
}

/// f(u+h) - f(u-h) = 2 <grad f(u), h>_B with grad f = W u, for the symmetric form 2f = sum_ij c_ij u_i u_j.
Evidence remark1() {
  Certificate e(
      "f is (1/2) sum c_ij u_i u_j with the symmetric c of W in the B-inner product: identity for each pair i, j, "
      "degree 1 in each variable; the gradient is linear, so that its matrix is the Hessian; and central differences "
      "of six systems, exact");
  e.identity(
      "[(u_i+h_i)(u_j+h_j) - (u_i-h_i)(u_j-h_j)]/2 = u_i h_j + h_i u_j",
      {{"u_i", 1}, {"u_j", 1}, {"h_i", 1}, {"h_j", 1}},
      [](const Point& v) { return half * ((v[0] + v[2]) * (v[1] + v[3]) - (v[0] - v[2]) * (v[1] - v[3])); },
      [](const Point& v) { return v[0] * v[3] + v[2] * v[1]; });
  for (const Reformulation& s : small_systems()) {
    const RationalMatrix form = s.gram * s.mean;
    e.compare({.label = "CW is symmetric",
               .left = form == form.transposed() ? 1 : 0,
               .relation = Relation::equal,
               .right = 1});
    for (const RationalMatrix& u : probes(s.dimension()))
      for (const RationalMatrix& h : probes(s.dimension()))
        e.compare({.label = "f(x+h) - f(x-h) = 2 <B^-1 E[Z](x-x*), h>_B",
                   .left = objective(s, u + h) - objective(s, u - h),
                   .relation = Relation::equal,
                   .right = two * inner(s, s.mean * u, h)});
  }
  return e;
}

/// |(I - omega P) u|^2 = |u|^2 - 2 omega(2-omega) f_S(u): P = B^-1 Z is a projection and self-adjoint for B, so that
/// Pu and u - Pu are orthogonal, f_S(u) = |Pu|^2/2, and only their squared lengths p and n matter.
Evidence lemma1(const Rational& planted) {
  Certificate e(
      "Pythagoras for the projection P = B^-1 Z: identity in omega and the squared lengths p, n of Pu and u - Pu; and "
      "every sketch of six systems exactly, where P^2 = P and <u, Pv>_B = <Pu, v>_B are checked as well");
  e.identity(
      "(1-omega)^2 p + n = (p + n) - 2 omega (2-omega) p/2", {{"omega", 2}, {"p", 1}, {"n", 1}},
      [](const Point& v) { return (one - v[0]) * (one - v[0]) * v[1] + v[2]; },
      [&](const Point& v) { return v[1] + v[2] - planted * v[0] * (two - v[0]) * v[1]; });
  for (const Reformulation& s : small_systems())
    for (const auto& [probability, P] : s.outcomes) {
      e.compare(orthogonal_projection(s, P));
      for (const RationalMatrix& u : probes(s.dimension())) {
        const RationalMatrix moved = u - Rational(5, 2) * (P * u);
        e.compare({.label = "|(I - omega P)u|^2 = |u|^2 - 2 omega (2-omega) f_S(u)",
                   .left = inner(s, moved, moved),
                   .relation = Relation::equal,
                   .right = inner(s, u, u) - planted * Rational(5, 2) * (two - Rational(5, 2)) * inner(s, u, P * u),
                   .instance = Object().add("omega", Rational(5, 2))});
      }
    }
  return e;
}

/// l/2 |r|^2 <= f <= L/2 |r|^2, eigenvalue by eigenvalue, and with enclosures of both ends on six systems.
Evidence lemma2() {
  Certificate e(
      "f = (1/2) sum lambda_i r_i^2 over the nonzero eigenvalues lambda_i = l + t(L-l) of W: by exactness W u = 0 "
      "makes x_* + B^{-1/2} u a solution, so that u lies in B^{1/2} Null(A), to which r = B^{1/2}(x - x_*) is "
      "orthogonal for the projection x_*; identities for each eigenvalue; and exact f with enclosed eigenvalues on six "
      "systems, all pairs of unit vectors");
  const std::vector<Variable> variables = {{"l", 1}, {"gap", 1}, {"t", 1}};  // L = l + gap
  const auto eigenvalue = [](const Point& v) { return v[0] + v[2] * v[1]; };
  e.identity(
      "lambda - l = t (L-l)", variables, [&](const Point& v) { return eigenvalue(v) - v[0]; },
      [](const Point& v) { return v[2] * v[1]; });
  e.identity(
      "L - lambda = (1-t)(L-l)", variables, [&](const Point& v) { return v[0] + v[1] - eigenvalue(v); },
      [](const Point& v) { return (one - v[2]) * v[1]; });
  e.nonnegative("t (L-l)", {{"t", zero, one}, {"L-l", zero, one}}, [](const Point& v) { return v[0] * v[1]; });
  e.nonnegative("(1-t)(L-l)", {{"t", zero, one}, {"L-l", zero, one}},
                [](const Point& v) { return (one - v[0]) * v[1]; });
  for (const Reformulation& s : small_systems()) {
    // Where all eigenvalues are equal both sides are, and an enclosure decides nothing.
    if (s.is_deterministic() || s.dimension() == 1) continue;
    const auto [l, L] = s.extremes();
    for (const RationalMatrix& u : probes(s.dimension())) {
      const Rational norm = inner(s, u, u), f = objective(s, u);
      e.compare({.label = "(lambda_min/2)|r|^2 <= f", .left = l * Ball(norm / two), .right = f});
      e.compare({.label = "f <= (lambda_max/2)|r|^2", .left = f, .right = L * Ball(norm / two)});
    }
  }
  return e;
}

/// E[mu_1 g_1^2/(mu_1 g_1^2 + mu_2 g_2^2)] over the angle of (g_1, g_2), which is uniform: with a, b = sqrt(mu) and D =
/// a^2 cos^2 + b^2 sin^2 the integrand is a^2/(a^2-b^2) (1 - b^2/D), and 1/D has the mean 1/(ab), as arctan(b tan/a)
/// has the derivative ab/D. For a = b both lambda are 1/2 by symmetry, for b = 0 the integrand is 1.
Evidence gaussian_two(const Rational& planted) {
  Certificate e(
      "mean over the uniform angle of (g_1, g_2), a, b = sqrt(mu), D = a^2 cos^2 + b^2 sin^2: identities in cos^2, in "
      "tan, a, b for the integrand and for the derivative of arctan(b tan/a), whose rise over a turn is 2 pi; a = b by "
      "symmetry, b = 0 trivial; and the library's certified integrals at five pairs contain the closed form");
  e.identity(
      "(a^2 - b^2) a^2 c = a^2 (D - b^2), D = a^2 c + b^2 (1-c), c = cos^2", {{"a", 4}, {"b", 4}, {"c", 1}},
      [](const Point& v) { return (v[0] * v[0] - v[1] * v[1]) * v[0] * v[0] * v[2]; },
      [](const Point& v) {
        const Rational D = v[0] * v[0] * v[2] + v[1] * v[1] * (one - v[2]);
        return v[0] * v[0] * (D - v[1] * v[1]);
      });
  e.identity(
      "(a^2 + b^2 t^2) (b/a)(1+t^2)/(1 + (b t/a)^2) = ab (1+t^2), t = tan", {{"a", 6, one, one}, {"b", 4}, {"t", 4}},
      [](const Point& v) {
        const Rational &a = v[0], &b = v[1], &t = v[2], ratio = b / a;
        return (a * a + b * b * t * t) * ratio * (one + t * t) / (one + ratio * t * ratio * t);
      },
      [](const Point& v) { return v[0] * v[1] * (one + v[2] * v[2]); });
  e.identity(
      "(a+b) a^2 (1 - b^2/(ab)) = a (a^2 - b^2)", {{"a", 4, one, one}, {"b", 4, one, one}},
      [](const Point& v) { return (v[0] + v[1]) * v[0] * v[0] * (one - v[1] * v[1] / (v[0] * v[1])); },
      [&](const Point& v) { return planted * v[0] * (v[0] * v[0] - v[1] * v[1]); });
  for (const auto& [a, b] :
       {std::pair{two, Rational(3)}, {one, one}, {one, Rational(1000)}, {Rational(1, 7), half}, {Rational(5), zero}}) {
    const std::vector<Ball> lambda = gaussian_spectrum({a * a, b * b});
    for (const auto& [value, root] : {std::pair{lambda[0], a}, {lambda[1], b}})
      e.compare({.label = "the enclosed lambda_i contains sqrt(mu_i)/sum sqrt(mu)",
                 .left = value.contains(root / (a + b)) ? 1 : 0,
                 .relation = Relation::equal,
                 .right = 1,
                 .instance = Object().add("mu", Value(std::vector<Rational>{a * a, b * b})).add("lambda_i", value)});
  }
  return e;
}

/// Planted: the same closed form for three eigenvalues.
Evidence gaussian_three() {
  Evidence e;
  e.method = "certified integrals";
  const std::vector<Ball> lambda = gaussian_spectrum({one, Rational(4), Rational(9)});
  for (long i = 0; i < 3; ++i)
    e.comparisons.push_back({.label = "lambda_i = sqrt(mu_i)/sum sqrt(mu)",
                             .left = lambda[static_cast<std::size_t>(i)],
                             .relation = Relation::equal,
                             .right = Rational(i + 1, 6)});
  return e;
}

/// Entry by entry: h stands for one of B^-1 Z (x_{t-delta} - x_*), x, y, s for those of x_t, x_{t-delta}, x_*.
Evidence equation15() {
  Certificate e(
      "(13) put into (14), with grad f_S(x) = B^-1 Z (x - x_*): identity in theta, omega and the entries of x_t, "
      "x_{t-delta}, x_* and of the gradient, whatever that is");
  e.identity(
      "(1-theta) x + theta (y - omega h) - s = (1-theta)(x-s) + theta ((y-s) - omega h)",
      {{"theta", 1}, {"omega", 1}, {"h", 1}, {"x", 1}, {"y", 1}, {"s", 1}},
      [](const Point& v) { return (one - v[0]) * v[3] + v[0] * (v[4] - v[1] * v[2]) - v[5]; },
      [](const Point& v) { return (one - v[0]) * (v[3] - v[5]) + v[0] * ((v[4] - v[5]) - v[1] * v[2]); });
  return e;
}

}  // namespace

void register_setup_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.notation.H.printed", "Section 1, notation", R"($H=S(S^TAB^{-1}A^TS)^+S^T$ is positive definite)",
      Verdict::refuted, [] { return metric_definite(true); },
      {.note = "It has the rank of the sketch.", .instead = "apsgd.notation.H"});
  add("apsgd.notation.H", "Section 1, notation, corrected",
      R"($H=S(S^TAB^{-1}A^TS)^+S^T$ is positive semidefinite for every $A$, $B$ and $S$)", Verdict::proved,
      metric_semidefinite);
  add("apsgd.equation6", "(3), (4), (6)",
      R"((6) is (3): $\nabla f_S(x)=B^{-1}A^TH(Ax-b)=B^{-1}Z(x-x_*)$ in the $B$-inner product, $E\nabla f_S=\nabla f$, and (4) at $\tau=1$ is (3))",
      Verdict::proved, [] { return basic_step(two); });
  add("apsgd.spectrum", "Section 2, the eigenvalues of W",
      R"($B^{-1}Z$ is a $B$-orthogonal projection for every sketch, so that $0\le\lambda_i\le1$)", Verdict::proved,
      spectrum_of_W);
  add("apsgd.remark1", "Remark 1",
      R"($\nabla f(x)=B^{-1}E[Z](x-x_*)$ and $\nabla^2f=B^{-1}E[Z]=B^{-1/2}WB^{1/2}$ in the $B$-inner product)",
      Verdict::proved, remark1);
  add("apsgd.equation15", "(13)-(15)",
      R"((13) and (14) are $x_{t+1}-x_*=(1-\theta)(x_t-x_*)+\theta(I-\omega B^{-1}Z_{t-\delta})(x_{t-\delta}-x_*)$)",
      Verdict::proved, equation15);
  add("apsgd.lemma1", "Lemma 1, (7)", R"($\|(I-\omega B^{-1}Z)(x-x_*)\|_B^2=\|x-x_*\|_B^2-2\omega(2-\omega)f_S(x)$)",
      Verdict::proved, [] { return lemma1(one); });
  add("apsgd.lemma2", "Lemma 2",
      R"($\frac{\lambda_{\min}}2\|x-x_*\|_B^2\le f(x)\le\frac{\lambda_{\max}}2\|x-x_*\|_B^2$ for $x_*=\Pi^B_{\mathcal L}(x)$ under Assumption 1)",
      Verdict::proved, lemma2, {.bound = true});
  add(
      "apsgd.gaussian_sketch", "Section 1.1, one Gaussian vector as sketch, two eigenvalues",
      R"(for $S\sim N(0,I)$ and eigenvalues $\mu_1,\mu_2\ge0$, not both 0, of $B^{-1/2}A^TAB^{-1/2}$: $\lambda_i=\sqrt{\mu_i}/(\sqrt{\mu_1}+\sqrt{\mu_2})$)",
      Verdict::proved, [] { return gaussian_two(one); },
      "The paper allows every distribution of S; this is the one whose spectrum has a closed form.");
  add.canary("apsgd.canary.lemma1_dropped_factor", R"($\|(I-\omega P)u\|^2=\|u\|^2-\omega(2-\omega)f_S$)",
             Verdict::refuted, [] { return lemma1(half); });
  add.canary("apsgd.canary.gradient_dropped_factor", R"($\nabla f_S=\frac12B^{-1}A^TH(Ax-b)$)", Verdict::refuted,
             [] { return basic_step(one); });
  add.canary("apsgd.canary.gaussian_three", R"($\lambda_i=\sqrt{\mu_i}/\sum\sqrt{\mu_j}$ for three eigenvalues)",
             Verdict::refuted, gaussian_three);
  add.canary("apsgd.canary.gaussian_two_factor", R"($\lambda_i=2\sqrt{\mu_i}/(\sqrt{\mu_1}+\sqrt{\mu_2})$)",
             Verdict::refuted, [] { return gaussian_two(two); });
}

}  // namespace asyncert::apsgd
