// Claims on exactness and on the space that the iterates move in: Assumption 1, Lemmas 3 and 4.
#include "bounds/apsgd/reformulation.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"
#include "verify/apsgd/small_systems.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), half(1, 2);

long rank(const RationalMatrix& a) { return static_cast<long>(a.independent_rows().size()); }

/// Null(E[Z]) is the common null space of the sketched rows: u'E[Z]u = sum p_S v'G^{-1}v with v = Ku for independent
/// rows K among those of the sketch S and G = K B^{-1} K'. With one row split off, G = (g, h'; h, K_2), v = (x, y): s
/// solves (K_2 - hh'/g) s = y - h x/g, and ((x - h's)/g, s) solves G (.) = v.
Evidence exactness() {
  Certificate e(
      "E[Z]u = 0 exactly if u'E[Z]u = sum of p_S u'Z_S u vanishes, that is every term, as Z_S = K'G^{-1}K is positive "
      "semidefinite; v'G^{-1}v > 0 for v = Ku != 0 by induction over the rows of K: identities for one step of the "
      "Schur complement in free scalars; so Null(E[Z]) is what all sketched rows annihilate, for almost every S and "
      "hence "
      "on the support, as S'Au = 0 is closed in S (it contains Null(A), as Z_S = A'H_S A), and uniform blocks and row "
      "sketches draw every row that is not zero; and exact ranks of nine "
      "distributions, some of which leave rows out");
  e.identity(
      "g [x (x - h s)/g + y s] = x^2 + (g y - h x) s", {{"g", 1, one, one}, {"x", 2}, {"h", 1}, {"s", 1}, {"y", 1}},
      [](const Point& v) { return v[0] * (v[1] * (v[1] - v[2] * v[3]) / v[0] + v[4] * v[3]); },
      [](const Point& v) { return v[1] * v[1] + (v[0] * v[4] - v[2] * v[1]) * v[3]; });
  e.identity(
      "g (g t^2 + 2 t H + q) = g q - H^2 at t = -H/g, H = h'z, q = z'K_2 z", {{"g", 2, one, one}, {"H", 2}, {"q", 1}},
      [](const Point& v) {
        const Rational t = -v[1] / v[0];
        return v[0] * (v[0] * t * t + two * t * v[1] + v[2]);
      },
      [](const Point& v) { return v[0] * v[2] - v[1] * v[1]; });
  for (const Reformulation& s : small_systems())
    e.compare(
        {.label = "rank E[Z] = rank A", .left = rank(s.mean), .relation = Relation::equal, .right = s.dimension()});
  const RationalMatrix poor = matrix({{1, 1, 0}, {2, 2, 0}, {0, 0, 0}, {1, 0, 1}});
  for (const std::vector<std::pair<Rational, std::vector<long>>>& subsets :
       {std::vector<std::pair<Rational, std::vector<long>>>{{half, {0, 1, 2}}, {half, {3}}},
        {{one, {0, 1}}},
        {{half, {1, 2}}, {half, {0, 2}}}}) {
    std::vector<long> sketched;
    for (const auto& [probability, subset] : subsets) sketched.insert(sketched.end(), subset.begin(), subset.end());
    e.compare({.label = "rank E[Z] = rank of the sketched rows",
               .left = rank(subset_sketch(poor, {two, one, one}, subsets).mean),
               .relation = Relation::equal,
               .right = rank(poor.select_rows(sketched)),
               .instance = Object().add("rows drawn", Value(sketched))});
  }
  return e;
}

/// Only row 1 of a full-rank system is ever drawn.
Reformulation first_row_only() { return subset_sketch(matrix({{1, 0}, {0, 1}}), {one, one}, {{one, {0}}}); }

/// f_S(x) = (1/2) x_1^2 for b = 0, so that every (0, x_2) minimises f, and only 0 solves the system.
Evidence inexact_solutions() {
  Evidence e;
  e.method = "exact f and exact residual";
  const Reformulation s = first_row_only();
  const RationalMatrix x = matrix({{0}, {1}});
  const Object where = Object().add("A", "I").add("B", "I").add("b", "0").add("S", "e_1").add("x", List{zero, one});
  e.comparisons.push_back({.label = "f(x) = 0",
                           .left = half * inner(s, x, s.mean * x),
                           .relation = Relation::equal,
                           .right = 0,
                           .instance = where});
  e.comparisons.push_back({.label = "|Ax - b|^2 > 0 for this minimiser of f",
                           .left = 0,
                           .relation = Relation::less,
                           .right = inner(s, x, x),
                           .instance = where});
  return e;
}

Evidence inexact() {
  Evidence e;
  e.method = "rank of E[Z] when only one row of the identity is drawn";
  const Reformulation s = first_row_only();
  e.hypotheses.push_back({.statement = "Assumption 1: Null(E[Z]) = Null(A)",
                          .realised = s.is_exact(),
                          .detail = "rank E[Z] = 1, rank A = 2"});
  e.comparisons.push_back(
      {.label = "E|r_1|^2 <= rho |r_0|^2", .left = 1, .relation = Relation::less_equal, .right = 1});
  return e;
}

/// Null vectors of W are orthogonal to B^{1/2}(x - x_*) = B^{-1/2} A'y: with q = B^{-1/2} u it is q'A'y = (Aq)'y.
Evidence lemma3() {
  Certificate e(
      "W u = 0 is E[Z] q = 0 for q = B^{-1/2} u, hence A q = 0 by Assumption 1; x - x_* is B-orthogonal to Null(A), "
      "that is B^{-1}A'y for some y; u'B^{1/2}(x - x_*) = q'A'y = (Aq)'y, an identity, bilinear in the rows and "
      "columns of A; and exact E[Z] and null vectors of two systems, one of them with dependent and zero rows");
  e.identity(
      "q'(A'y) = (Aq)'y", {{"a11", 1}, {"a12", 1}, {"a21", 1}, {"a22", 1}, {"q1", 1}, {"q2", 1}, {"y1", 1}, {"y2", 1}},
      [](const Point& v) { return v[4] * (v[0] * v[6] + v[2] * v[7]) + v[5] * (v[1] * v[6] + v[3] * v[7]); },
      [](const Point& v) { return (v[0] * v[4] + v[1] * v[5]) * v[6] + (v[2] * v[4] + v[3] * v[5]) * v[7]; });
  struct System {
    RationalMatrix A, inverse_weights, null;
  };
  for (const System& s : {System{matrix({{1, 0, 1}, {0, 2, 1}}), RationalMatrix::diagonal({one, one, Rational(1, 3)}),
                                 matrix({{2}, {1}, {-2}})},
                          System{matrix({{1, 1, 0}, {2, 2, 0}, {0, 0, 0}, {1, 0, 1}}),
                                 RationalMatrix::diagonal({half, one, one}), matrix({{1}, {-1}, {-1}})}}) {
    RationalMatrix mean(3, 3);  // a row sketch's E[Z] is A'A over the sum of |a_i|^2 in the metric of B^{-1}
    Rational total;
    for (long i = 0; i < s.A.rows(); ++i) {
      const RationalMatrix row = s.A.select_rows({i});
      mean = mean + row.transposed() * row;
      total += (row * s.inverse_weights * row.transposed())(0, 0);
    }
    const RationalMatrix image = one / total * (mean * s.null), span = s.A * s.null;  // <q, B^{-1} a_i>_B
    e.compare({.label = "E[Z] q = 0", .left = image.is_zero() ? 1 : 0, .relation = Relation::equal, .right = 1});
    e.compare(
        {.label = "<q, B^-1 a_i>_B = 0", .left = span.is_zero() ? 1 : 0, .relation = Relation::equal, .right = 1});
  }
  return e;
}

/// W = diag(1, 0) for the sketch e_1 alone: u = (0, 1) is a null vector, and x - x_* = (0, 1) for x = (0, 1), b = 0.
Evidence lemma3_inexact() {
  Evidence e;
  e.method = "exact W of the identity where only its first row is drawn, u = (0, 1), x = (0, 1), b = 0";
  const RationalMatrix u = matrix({{0}, {1}}), error = matrix({{0}, {1}});
  const Object instance = Object().add("A", "I").add("B", "I").add("S", "e_1").add("u", List{zero, one});
  e.comparisons.push_back({.label = "W u = 0",
                           .left = (first_row_only().mean * u).is_zero() ? 1 : 0,
                           .relation = Relation::equal,
                           .right = 1,
                           .instance = instance});
  e.comparisons.push_back({.label = "u'(x - x_*) != 0",
                           .left = (u.transposed() * error)(0, 0),
                           .relation = Relation::not_equal,
                           .right = 0,
                           .instance = instance});
  return e;
}

/// Every sequence of three rows of a 2x3 system: B x_t against the null vector of A.
Evidence row_sequences(bool start_outside) {
  Evidence e;
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

/// Im(B^{-1}A') is what is B-orthogonal to Null(A). For n in Null(A), coordinate by coordinate with (Bx)_j as a free
/// number: the step moves n'Bx along n'A'y = (An)'y = 0 only.
Evidence lemma4(const Rational& planted) {
  Certificate proof(
      "x_{t+1} = (1-theta) x_t + theta (x_{t-delta} - omega B^{-1} A'y) with y = S(S'AB^{-1}A'S)^+S'(Ax - b), whatever "
      "the sketch and the delay: identity in each coordinate for n'B x_{t+1} with n in Null(A), whose last term sums "
      "to (An)'y = 0; induction over t; two points of Im(B^{-1}A') differ by nothing along Null(A), and so have one "
      "projection");
  proof.identity(
      "n [(1-theta) x + theta (z - omega c)] = (1-theta) n x + theta n z - theta omega n c, x = (B x_t)_j, z = (B "
      "x_{t-delta})_j, c = (A'y)_j",
      {{"n", 1}, {"theta", 1}, {"omega", 1}, {"x", 1}, {"z", 1}, {"c", 1}},
      [](const Point& v) { return v[0] * ((one - v[1]) * v[3] + v[1] * (v[4] - v[2] * v[5])); },
      [&](const Point& v) {
        return (one - v[1]) * v[0] * v[3] + v[1] * v[0] * v[4] - planted * v[1] * v[2] * v[0] * v[5];
      });
  return with_search(proof, row_sequences(false));
}

}  // namespace

void register_exactness_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.assumption1", "Assumption 1",
      R"($\{f=0\}=\mathcal L$, that is $\mathrm{rank}\,E[Z]=\mathrm{rank}\,A$, exactly where the rows of $S^TA$ for all $S$ in the support of its distribution span the row space of $A$; so for row sketches that draw every row but zero rows and for uniform blocks of $s$ rows, every $A\neq0$, $B$ and $s$)",
      Verdict::proved, exactness,
      "f(x) = (1/2)(x-x_*)'E[Z](x-x_*) and its gradient vanish exactly where E[Z](x-x_*) does. Rows may be zero or "
      "depend on each other.");
  add("apsgd.exactness", "Section 1.1, exactness, without Assumption 1",
      R"(where only the first row of $A=I$ is ever drawn, $b=0$, $x=(0,1)$ minimises $f$ and does not solve $Ax=b$)",
      Verdict::proved, inexact_solutions,
      "That the reformulations of every consistent system are exact, as Section 1.1 puts it, is an assumption on the "
      "distribution of S (apsgd.assumption1), which the theorems name.");
  add("apsgd.minimisers", "Appendix B, minimisers of the stochastic function",
      R"($f_S\ge0$ vanishes exactly on $\mathcal L_S=\{x:S^TAx=S^Tb\}$, every $A$, $B$ and $S$)", Verdict::proved,
      exactness, "2 f_S(x) = u'Z_S u with u = x - x_*, which vanishes only where the rows of S'A annihilate u.");
  add("apsgd.lemma3", "Lemma 3",
      R"($\lambda_i=0\Rightarrow u_i^TB^{1/2}(x-x_*)=0$ for $x_*=\Pi^B_{\mathcal L}(x)$ under Assumption 1, every $A$, $B$, $x$ and sketch)",
      Verdict::proved, lemma3);
  add("apsgd.lemma3.inexact", "Lemma 3 without Assumption 1",
      R"(where only the first row of $A=I$ is ever drawn, $u=(0,1)$ has $Wu=0$, but $u^T(x-x_*)\neq0$ at $x=(0,1)$, $b=0$)",
      Verdict::proved, lemma3_inexact);
  add("apsgd.lemma4", "Lemma 4",
      R"($x_0,\dots,x_\delta\in\mathrm{Im}(B^{-1}A^T)\Rightarrow x_t\in\mathrm{Im}(B^{-1}A^T)$ and $\Pi(x_t)=\Pi(x_0)$ for all $t$, every sketch, $\theta$, $\omega$ and delays of at most $\delta$)",
      Verdict::proved, [] { return lemma4(one); });
  add(
      "apsgd.lemma4.outside_history", "Lemma 4 with the history of Theorem 5",
      R"(a history with $x_0\in\mathrm{Im}(B^{-1}A^T)$ and $x_1$ outside keeps a part outside in $x_3$, delay 1)",
      Verdict::proved, [] { return row_sequences(true); },
      "So it is all of x_0 to x_delta that have to lie there, as Theorem 5 asks. Lemma 4 names x_0 alone, which is "
      "enough where every worker starts from x_0.");
  add.canary("apsgd.canary.inexact_sketch", "convergence though only one row is ever drawn", Verdict::vacuous, inexact);
  add.canary(
      "apsgd.canary.undrawn_row", R"($\mathrm{rank}\,E[Z]=\mathrm{rank}\,A$ though one row is never drawn)",
      Verdict::refuted, [] {
        Evidence e;
        e.method = "planted: only the first row of the identity is drawn";
        const Reformulation s = first_row_only();
        e.comparisons.push_back(
            {.label = "rank E[Z] = rank A", .left = rank(s.mean), .relation = Relation::equal, .right = s.dimension()});
        return e;
      });
  add.canary("apsgd.canary.lemma4_wrong_step", "Lemma 4's identity with the step's share of the null vector halved",
             Verdict::refuted, [] { return lemma4(half); });
}

}  // namespace asyncert::apsgd
