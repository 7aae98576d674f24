// Claims of Sections 1 and 2: sketches and exactness, Lemmas 1 to 4.
#include "bounds/apsgd/reformulation.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/small_systems.hpp"
#include "verify/apsgd/themes.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), half(1, 2);

/// f(u) = (1/2) sum p_i u' C P_i u
Rational objective(const Reformulation& s, const RationalMatrix& u) { return half * inner(s, u, s.mean * u); }

Evidence exactness() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method =
      "exact ranks of E[Z] and A for six systems with row and block sketches, rank-deficient ones and zero rows among "
      "them";
  for (const Reformulation& s : small_systems())
    e.comparisons.push_back({.label = "rank E[Z] = rank A",
                             .left = Rational(static_cast<long>(s.mean.independent_rows().size())),
                             .relation = Relation::equal,
                             .right = Rational(s.dimension())});
  return e;
}

/// Without Assumption 1: only row 1 of a full-rank system is ever drawn.
Evidence inexact() {
  Evidence e;
  e.method = "rank of E[Z] when only one row of the identity is drawn";
  const Reformulation s = subset_sketch(matrix({{1, 0}, {0, 1}}), {one, one}, {{one, {0}}});
  e.hypotheses.push_back({.statement = "Assumption 1: Null(E[Z]) = Null(A)",
                          .realised = s.is_exact(),
                          .detail = "rank E[Z] = 1, rank A = 2"});
  e.comparisons.push_back(
      {.label = "E|r_1|^2 <= rho |r_0|^2", .left = 1, .relation = Relation::less_equal, .right = 1});
  return e;
}

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

/// f(u+h) - f(u-h) = 2 <grad f(u), h>_B with grad f = W u, for the symmetric form 2f = sum_ij c_ij u_i u_j.
Evidence remark1() {
  Certificate e(
      "f is (1/2) sum c_ij u_i u_j with the symmetric c of W in the B-inner product: identity for each pair i, j, "
      "degree 1 in each variable; and central differences of six systems, exact");
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
      const RationalMatrix form = s.gram * P;
      e.compare({.label = "P is a projection, orthogonal for B",
                 .left = P * P == P && form == form.transposed() ? 1 : 0,
                 .relation = Relation::equal,
                 .right = 1});
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

/// Iterates from x_0 in Im(B^{-1}A') stay there: B x_t is orthogonal to the null vector of A, for every sequence of
/// three rows.
Evidence lemma4(bool start_outside) {
  Evidence e;
  e.coverage = start_outside ? Coverage::instance : Coverage::sample;
  e.method = "all 2^3 row sequences of a 2x3 system, B = diag(1, 1, 3), theta = 1/2, delay 1, exact";
  const std::vector<std::vector<Rational>> a = {{one, zero, one}, {zero, two, one}};
  const std::vector<Rational> B = {one, one, Rational(3)}, null = {two, one, Rational(-2)};
  using Vector = std::vector<Rational>;
  const auto dot = [](const Vector& x, const Vector& y) { return x[0] * y[0] + x[1] * y[1] + x[2] * y[2]; };
  const auto leak = [&](const Vector& x) {
    return null[0] * B[0] * x[0] + null[1] * B[1] * x[1] + null[2] * B[2] * x[2];
  };
  // B^{-1} a_1 and, where it starts outside, a second iterate with a part along the null vector.
  const Vector start = {one, zero, Rational(1, 3)}, second = start_outside ? Vector{one, one, one} : start,
               right = {Rational(4), Rational(7)};
  for (int sequence = 0; sequence < 8; ++sequence) {
    Vector older = start, newest = second;
    for (int t = 0; t < 3; ++t) {
      const Vector& row = a[static_cast<std::size_t>(sequence >> t & 1)];
      Vector direction(3);
      for (std::size_t j = 0; j < 3; ++j) direction[j] = row[j] / B[j];
      const Rational step =
          (dot(row, older) - right[static_cast<std::size_t>(sequence >> t & 1)]) / dot(row, direction);
      Vector next(3);
      for (std::size_t j = 0; j < 3; ++j) next[j] = half * newest[j] + half * (older[j] - step * direction[j]);
      older = newest;
      newest = next;
    }
    e.comparisons.push_back({.label = start_outside ? "<null vector, x_3>_B != 0" : "<null vector, x_3>_B = 0",
                             .left = leak(newest),
                             .relation = start_outside ? Relation::not_equal : Relation::equal,
                             .right = 0,
                             .instance = Object()
                                             .add("rows", "(1,0,1), (0,2,1)")
                                             .add("B", "diag(1, 1, 3)")
                                             .add("x_0", "(1, 0, 1/3)")
                                             .add("x_1", start_outside ? "(1, 1, 1)" : "(1, 0, 1/3)")
                                             .add("row sequence", sequence)});
  }
  return e;
}

/// Null vectors of W are B-orthogonal to Im(B^{-1}A'), where x - x_* lies: on the 2x3 system of Lemma 4.
Evidence lemma3() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method =
      "exact E[Z] and its null vector (2, 1, -2) for the rows (1,0,1), (0,2,1), B = diag(1, 1, 3), against a basis of "
      "Im(B^-1 A')";
  const RationalMatrix A = matrix({{1, 0, 1}, {0, 2, 1}}),
                       inverse = RationalMatrix::diagonal({one, one, Rational(1, 3)}), null = matrix({{2}, {1}, {-2}});
  RationalMatrix mean(3, 3);  // A'E[S(S'AB^-1A'S)^+S']A over |A|^2 in the metric of B^-1
  Rational total;
  for (long i = 0; i < 2; ++i) {
    const RationalMatrix row = A.select_rows({i});
    mean = mean + row.transposed() * row;
    total += (row * inverse * row.transposed())(0, 0);
  }
  const RationalMatrix image = one / total * (mean * null);
  for (long i = 0; i < 3; ++i)
    e.comparisons.push_back({.label = "E[Z] u = 0", .left = image(i, 0), .relation = Relation::equal, .right = 0});
  const RationalMatrix span = A * null;  // <u, B^-1 a_i>_B
  for (long i = 0; i < 2; ++i)
    e.comparisons.push_back(
        {.label = "<u, B^-1 a_i>_B = 0", .left = span(i, 0), .relation = Relation::equal, .right = 0});
  return e;
}

/// The Gaussian sketch's spectrum against the closed form for two eigenvalues, sqrt(mu_i)/sum sqrt(mu).
Evidence gaussian(const std::vector<Rational>& roots) {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "certified integrals, compared within 1e-20";
  std::vector<Rational> mu;
  Rational sum;
  for (const Rational& r : roots) {
    mu.push_back(r * r);
    sum += r;
  }
  const std::vector<Ball> lambda = gaussian_spectrum(mu);
  for (std::size_t i = 0; i < roots.size(); ++i)
    e.comparisons.push_back({.label = "|lambda_i - sqrt(mu_i)/sum sqrt(mu)| < 1e-20",
                             .left = abs(lambda[i] - Ball(roots[i] / sum)),
                             .relation = Relation::less,
                             .right = pow(Rational(10), -20),
                             .instance = Object().add("mu", Value(mu))});
  return e;
}

}  // namespace

void register_setup_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.assumption1", "Assumption 1", R"($\mathrm{rank}\,E[Z]=\mathrm{rank}\,A$ for row and block sketches)",
      Verdict::supported, exactness);
  add(
      "apsgd.notation.H.printed", "Section 1, notation", R"($H=S(S^TAB^{-1}A^TS)^+S^T$ is positive definite)",
      Verdict::refuted, [] { return metric_definite(true); }, "It has the rank of the sketch.");
  add("apsgd.notation.H", "Section 1, notation, corrected",
      R"($H$ is positive semidefinite for $S=e_1$, the rows $(1,2)$, $(3,1)$ and $B=I$)", Verdict::proved,
      [] { return metric_definite(false); });
  add("apsgd.remark1", "Remark 1", R"($\nabla f(x)=B^{-1}E[Z](x-x_*)$)", Verdict::proved, remark1);
  add("apsgd.lemma1", "Lemma 1, (7)", R"($\|(I-\omega B^{-1}Z)(x-x_*)\|_B^2=\|x-x_*\|_B^2-2\omega(2-\omega)f_S(x)$)",
      Verdict::proved, [] { return lemma1(one); });
  add("apsgd.lemma2", "Lemma 2",
      R"($\frac{\lambda_{\min}}2\|x-x_*\|_B^2\le f(x)\le\frac{\lambda_{\max}}2\|x-x_*\|_B^2$ for $x_*=\Pi^B_{\mathcal L}(x)$)",
      Verdict::proved, lemma2);
  add("apsgd.lemma3", "Lemma 3", R"($\lambda_i=0\Rightarrow u_i^TB^{1/2}(x-x_*)=0$)", Verdict::supported, lemma3);
  add("apsgd.lemma4", "Lemma 4",
      R"($x_0,\dots,x_\delta\in\mathrm{Im}(B^{-1}A^T)\Rightarrow x_t\in\mathrm{Im}(B^{-1}A^T)$)", Verdict::supported,
      [] { return lemma4(false); });
  add(
      "apsgd.lemma4.outside_history", "Lemma 4 with the history of Theorem 5",
      R"(a history with $x_0\in\mathrm{Im}(B^{-1}A^T)$ and $x_1$ outside keeps a part outside in $x_3$, delay 1)",
      Verdict::proved, [] { return lemma4(true); },
      "So it is all of x_0 to x_delta that have to lie there, as Theorem 5 asks. Lemma 4 names x_0 alone, which is "
      "enough where every worker starts from x_0.");
  add("apsgd.gaussian_sketch", "Section 1, Gaussian sketches, two eigenvalues",
      R"($\lambda_i=\sqrt{\mu_i}/\sum_j\sqrt{\mu_j}$)", Verdict::supported, [] {
        return gaussian({two, Rational(3)});
      });
  add.canary("apsgd.canary.lemma1_dropped_factor", R"($\|(I-\omega P)u\|^2=\|u\|^2-\omega(2-\omega)f_S$)",
             Verdict::refuted, [] { return lemma1(half); });
  add.canary("apsgd.canary.inexact_sketch", "convergence though only one row is ever drawn", Verdict::vacuous, inexact);
  add.canary("apsgd.canary.gaussian_three", R"($\lambda_i=\sqrt{\mu_i}/\sum\sqrt{\mu_j}$ for three eigenvalues)",
             Verdict::refuted, [] {
               return gaussian({one, two, Rational(3)});
             });
}

}  // namespace asyncert::apsgd
