// Claims of Sections 1 to 3: sketches, exactness, the synchronous method, Algorithm 1 and the unit of time.
#include <algorithm>

#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/themes.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), half(1, 2);

RationalMatrix matrix(const std::vector<std::vector<long>>& rows) {
  RationalMatrix m(static_cast<long>(rows.size()), static_cast<long>(rows.front().size()));
  for (long i = 0; i < m.rows(); ++i)
    for (long j = 0; j < m.columns(); ++j) m.set(i, j, Rational(rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]));
  return m;
}

/// Systems with full rank, a null space, a zero row, repeated rows, and two norms.
std::vector<Reformulation> systems() {
  const RationalMatrix tall = matrix({{1, 2}, {3, 1}, {1, -1}}), wide = matrix({{1, 0, 1}, {0, 2, 1}}), poor = matrix({{1, 1, 0}, {2, 2, 0}, {0, 0, 0}, {1, 0, 1}});
  return {row_sketch(tall, {one, one}), row_sketch(tall, {one, two}), row_sketch(wide, {one, one, Rational(3)}), row_sketch(poor, {two, one, one}),
          block_sketch(poor, {two, one, one}, 2), block_sketch(tall, {one, half}, 2)};
}

Rational inner(const Reformulation& s, const RationalMatrix& u, const RationalMatrix& v) { return (u.transposed() * s.gram * v)(0, 0); }

/// f(u) = (1/2) sum p_i u' C P_i u
Rational objective(const Reformulation& s, const RationalMatrix& u) { return half * inner(s, u, s.mean * u); }

/// Unit vectors and their pairwise sums: a quadratic form is known from its values there.
std::vector<RationalMatrix> probes(long n) {
  std::vector<RationalMatrix> result;
  for (long i = 0; i < n; ++i)
    for (long j = i; j < n; ++j) {
      RationalMatrix u(n, 1);
      u.set(i, 0, one);
      u.set(j, 0, one);
      result.push_back(u);
    }
  return result;
}

Evidence exactness() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact ranks of E[Z] and A for six systems with row and block sketches, rank-deficient ones and zero rows among them";
  for (const Reformulation& s : systems())
    e.comparisons.push_back({.label = "rank E[Z] = rank A", .left = Rational(static_cast<long>(s.mean.independent_rows().size())), .relation = Relation::equal,
                             .right = Rational(s.dimension())});
  return e;
}

/// Without Assumption 1: only row 1 of a full-rank system is ever drawn.
Evidence inexact() {
  Evidence e;
  e.method = "rank of E[Z] when only one row of the identity is drawn";
  const Reformulation s = subset_sketch(matrix({{1, 0}, {0, 1}}), {one, one}, {{one, {0}}});
  e.hypotheses.push_back({.statement = "Assumption 1: Null(E[Z]) = Null(A)", .realised = s.is_exact(), .detail = "rank E[Z] = 1, rank A = 2"});
  e.comparisons.push_back({.label = "E|r_1|^2 <= rho |r_0|^2", .left = 1, .relation = Relation::less_equal, .right = 1});
  return e;
}

/// H = S (S' A B^-1 A' S)^+ S' for a row sketch: rank 1 among two rows, hence singular.
Evidence metric_definite(bool strictly) {
  Evidence e;
  e.method = "exact H for S = e_1 on the rows (1,2), (3,1), B = I: (S'AA'S)^+ is 1/|a_1|^2 on the first row";
  const RationalMatrix A = matrix({{1, 2}, {3, 1}}), S = matrix({{1}, {0}});
  const RationalMatrix H = S * (S.transposed() * A * A.transposed() * S).inverse() * S.transposed();
  e.comparisons.push_back({.label = strictly ? "det H > 0" : "det H >= 0", .left = 0, .relation = strictly ? Relation::less : Relation::less_equal,
                           .right = H(0, 0) * H(1, 1) - H(0, 1) * H(1, 0)});
  e.comparisons.push_back({.label = "trace H > 0", .left = 0, .relation = Relation::less, .right = H(0, 0) + H(1, 1)});
  return e;
}

/// f(u+h) - f(u-h) = 2 <grad f(u), h>_B with grad f = W u: bilinear in u and h.
Evidence remark1() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "central differences of the quadratic f, exact, on six systems";
  for (const Reformulation& s : systems())
    for (const RationalMatrix& u : probes(s.dimension()))
      for (const RationalMatrix& h : probes(s.dimension()))
        e.comparisons.push_back({.label = "f(x+h) - f(x-h) = 2 <B^-1 E[Z](x-x*), h>_B", .left = objective(s, u + h) - objective(s, u - h), .relation = Relation::equal,
                                 .right = two * inner(s, s.mean * u, h)});
  return e;
}

/// |(I - omega P) u|^2 = |u|^2 - 2 omega(2-omega) f_S(u) for every sketch; quadratic in omega and in u.
Evidence lemma1(const Rational& planted) {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact, for every sketch of six systems, all pairs of unit vectors and three omega, which determine both sides";
  for (const Reformulation& s : systems())
    for (const auto& [p, P] : s.outcomes)
      for (const RationalMatrix& u : probes(s.dimension()))
        for (const Rational& omega : {half, one, Rational(5, 2)}) {
          const RationalMatrix moved = u - omega * (P * u);
          e.comparisons.push_back({.label = "|(I - omega P)u|^2 = |u|^2 - 2 omega (2-omega) f_S(u)", .left = inner(s, moved, moved), .relation = Relation::equal,
                                   .right = inner(s, u, u) - planted * omega * (two - omega) * inner(s, u, P * u), .instance = Object().add("omega", omega)});
        }
  return e;
}

/// l/2 |r|^2 <= f <= L/2 |r|^2, with enclosures of both ends, and attained within them on the mirrored system.
Evidence lemma2() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact f and enclosed eigenvalues on six systems, all pairs of unit vectors";
  for (const Reformulation& s : systems()) {
    if (s.is_deterministic()) continue;
    const auto [l, L] = s.extremes();
    for (const RationalMatrix& u : probes(s.dimension())) {
      const Rational norm = inner(s, u, u), f = objective(s, u);
      if (s.dimension() == 1) continue;
      e.comparisons.push_back({.label = "(lambda_min/2)|r|^2 <= f", .left = l * Ball(norm / two), .relation = Relation::less_equal, .right = f});
      e.comparisons.push_back({.label = "f <= (lambda_max/2)|r|^2", .left = f, .relation = Relation::less_equal, .right = L * Ball(norm / two)});
    }
  }
  return e;
}

/// Iterates from x_0 in Im(B^{-1}A') stay there: B x_t is orthogonal to the null vector of A, for every sequence of three rows.
Evidence lemma4(bool start_outside) {
  Evidence e;
  e.method = "all 2^3 row sequences of a 2x3 system, B = diag(1, 1, 3), theta = 1/2, delay 1, exact";
  const std::vector<std::vector<Rational>> a = {{one, zero, one}, {zero, two, one}};
  const std::vector<Rational> B = {one, one, Rational(3)}, null = {two, one, Rational(-2)};
  using Vector = std::vector<Rational>;
  const auto dot = [](const Vector& x, const Vector& y) { return x[0] * y[0] + x[1] * y[1] + x[2] * y[2]; };
  const auto leak = [&](const Vector& x) { return null[0] * B[0] * x[0] + null[1] * B[1] * x[1] + null[2] * B[2] * x[2]; };
  // B^{-1} a_1 and, where it starts outside, a second iterate with a part along the null vector.
  const Vector start = {one, zero, Rational(1, 3)}, second = start_outside ? Vector{one, one, one} : start, right = {Rational(4), Rational(7)};
  for (int sequence = 0; sequence < 8; ++sequence) {
    Vector older = start, newest = second;
    for (int t = 0; t < 3; ++t) {
      const Vector& row = a[static_cast<std::size_t>(sequence >> t & 1)];
      Vector direction(3);
      for (std::size_t j = 0; j < 3; ++j) direction[j] = row[j] / B[j];
      const Rational step = (dot(row, older) - right[static_cast<std::size_t>(sequence >> t & 1)]) / dot(row, direction);
      Vector next(3);
      for (std::size_t j = 0; j < 3; ++j) next[j] = half * newest[j] + half * (older[j] - step * direction[j]);
      older = newest;
      newest = next;
    }
    e.comparisons.push_back({.label = "<null vector, x_3>_B = 0", .left = leak(newest), .relation = Relation::equal, .right = 0, .instance = Object().add("row sequence", sequence)});
  }
  return e;
}

/// Null vectors of W are B-orthogonal to Im(B^{-1}A'), where x - x_* lies: on the 2x3 system of Lemma 4.
Evidence lemma3() {
  Evidence e;
  e.method = "exact E[Z] and its null vector (2, 1, -2) for the rows (1,0,1), (0,2,1), B = diag(1, 1, 3), against a basis of Im(B^-1 A')";
  const RationalMatrix A = matrix({{1, 0, 1}, {0, 2, 1}}), inverse = RationalMatrix::diagonal({one, one, Rational(1, 3)}), null = matrix({{2}, {1}, {-2}});
  RationalMatrix mean(3, 3);  // A'E[S(S'AB^-1A'S)^+S']A over |A|^2 in the metric of B^-1
  Rational total;
  for (long i = 0; i < 2; ++i) {
    const RationalMatrix row = A.select_rows({i});
    mean = mean + row.transposed() * row;
    total += (row * inverse * row.transposed())(0, 0);
  }
  const RationalMatrix image = one / total * (mean * null);
  for (long i = 0; i < 3; ++i) e.comparisons.push_back({.label = "E[Z] u = 0", .left = image(i, 0), .relation = Relation::equal, .right = 0});
  const RationalMatrix span = A * null;  // <u, B^-1 a_i>_B
  for (long i = 0; i < 2; ++i) e.comparisons.push_back({.label = "<u, B^-1 a_i>_B = 0", .left = span(i, 0), .relation = Relation::equal, .right = 0});
  return e;
}

/// Exact E|x_1|^2 of the basic method (omega = 1, x_* = 0) on the rows e_1, e_2, each drawn with probability 1/2: a step
/// on row i clears coordinate i. W = I/2, so lambda_min = lambda_max = 1/2, and rho_s = 1 - omega(2 - omega xi) lambda_min.
Evidence theorem1_instance(const Rational& factor, long exponent_at_first_step) {
  const Rational x[2] = {Rational(3), Rational(4)};
  const Rational lambda(1, 2), norm = x[0] * x[0] + x[1] * x[1];
  Rational expectation;
  for (int row = 0; row < 2; ++row) expectation += half * (norm - x[row] * x[row]);
  const Rational rho_s = synchronous_bound(lambda, lambda, one, one);
  Evidence e;
  e.method = "exact expectation over both rows of the identity, x_0 = (3, 4), omega = 1, tau = 1";
  e.comparisons.push_back({.label = "E|x_1|^2 <= factor rho_s^exponent |x_0|^2", .left = expectation, .relation = Relation::less_equal,
                           .right = factor * pow(rho_s, exponent_at_first_step) * norm,
                           .instance = Object().add("lambda_min", lambda).add("lambda_max", lambda).add("omega", one).add("tau", 1).add("x_0", List{x[0], x[1]})});
  return e;
}

/// One synchronous step along every eigenvalue x in [l, L]: rho_s - phi(x) = omega(2 - omega xi)(x-l) + omega^2 x (1-t)(L-x).
Evidence theorem1() {
  Certificate e("E|r+|^2 = sum over eigenvalues of phi(x) |r_x|^2 (apsgd.equation8); identity for rho_s - phi(x), whose terms are nonnegative for 0 <= omega <= 2/xi; steps are independent");
  const auto xi = [](const Point& v) { return v[1] + (one - v[1]) * v[4]; };
  e.identity("rho_s - phi(x) = omega(2 - omega xi)(x-l) + omega^2 x (1-t)(L-x), t = 1/tau", {{"omega", 2}, {"t", 1}, {"x", 2}, {"l", 1}, {"L", 1}},
             [&](const Point& v) {
               const Rational phi = one - two * v[0] * v[2] + v[0] * v[0] * v[2] * (v[1] + (one - v[1]) * v[2]);
               return one - v[0] * (two - v[0] * xi(v)) * v[3] - phi;
             },
             [&](const Point& v) { return v[0] * (two - v[0] * xi(v)) * (v[2] - v[3]) + v[0] * v[0] * v[2] * (one - v[1]) * (v[4] - v[2]); });
  return e;
}

/// E|r+|^2 of the minibatch of two sketches, by enumeration, against r'(I - 2 omega W + omega^2 (W/tau + (1-1/tau) W^2)) r.
Evidence equation8() {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact expectation over all pairs of sketches of six systems, omega = 3/2, tau = 2";
  const Rational omega(3, 2), tau(2);
  for (const Reformulation& s : systems())
    for (const RationalMatrix& u : probes(s.dimension())) {
      Rational expectation;
      for (const auto& [p, P] : s.outcomes)
        for (const auto& [q, Q] : s.outcomes) {
          const RationalMatrix moved = u - omega / two * ((P + Q) * u);
          expectation += p * q * inner(s, moved, moved);
        }
      const RationalMatrix Wu = s.mean * u;
      e.comparisons.push_back({.label = "E|r+|^2 = phi(W)", .left = expectation, .relation = Relation::equal,
                               .right = inner(s, u, u) - two * omega * inner(s, u, Wu) + omega * omega * (inner(s, u, Wu) / tau + (one - one / tau) * inner(s, Wu, Wu))});
    }
  return e;
}

Evidence equation11(const Rational& planted) {
  Certificate e("identity xi [rho_s(omega) - (1 - l/xi)] = l (1 - omega xi)^2, which vanishes at omega = 1/xi");
  e.identity("xi rho_s - (xi - l) = l (1 - omega xi)^2", {{"xi", 2}, {"l", 1}, {"omega", 2}},
             [](const Point& v) { return v[0] * (one - v[2] * (two - v[2] * v[0]) * v[1]) - (v[0] - v[1]); },
             [&](const Point& v) { return planted * v[1] * (one - v[2] * v[0]) * (one - v[2] * v[0]); });
  return e;
}

/// Exact rates of randomized Kaczmarz at omega = 1 and 6/5.
Evidence remark2_exact() {
  Evidence e;
  e.method = "enclosures of the exact growth factors of E|r|^2, rows (1,2), (3,1), (1,-1)";
  const Reformulation s = row_sketch(matrix({{1, 2}, {3, 1}, {1, -1}}), {one, one});
  e.comparisons.push_back({.label = "z(1) <= z(6/5)", .left = synchronous_second_moment(s, one, one), .relation = Relation::less_equal,
                           .right = synchronous_second_moment(s, Rational(6, 5), one), .instance = Object().add("omega", Rational(6, 5))});
  return e;
}

/// Rows e_1 (slow) and e_2 (fast), probability 1/2, theta = omega = 1, r = (1, 0): given that a fast job arrives, S = e_2.
Evidence sketch_dependent_delay(bool dependent) {
  Evidence e;
  e.method = "exact conditional expectation of one update";
  const Reformulation s = row_sketch(matrix({{1, 0}, {0, 1}}), {one, one});
  const RationalMatrix r = matrix({{1}, {0}});
  const Recursion k = recursion(RateParameters{one, one, half, half, one});
  Rational expectation, probability;
  for (const auto& [p, P] : s.outcomes) {
    if (dependent && !(P(1, 1) == one)) continue;  // only jobs on e_2 are fast
    const RationalMatrix moved = r - P * r;
    expectation += p * inner(s, moved, moved);
    probability += p;
  }
  e.comparisons.push_back({.label = "E|r_{t+1}|^2 <= K2 |r_{t-delta}|^2", .left = expectation / probability, .relation = Relation::less_equal, .right = k.K2,
                           .instance = Object().add("rows", "e_1, e_2").add("r", List{one, zero})});
  return e;
}

/// Delays of the slowest worker in one unit of time of delta updates: it reads after its own update, and delta - 1 others follow.
struct Schedule {
  std::vector<long> worker;  ///< who makes the t-th update, periodically
};
long longest_delay(const Schedule& schedule) {
  const long n = static_cast<long>(schedule.worker.size());
  std::vector<long> read(static_cast<std::size_t>(*std::max_element(schedule.worker.begin(), schedule.worker.end()) + 1), 0);
  long longest = 0;
  for (long t = 0; t < 4 * n; ++t) {
    long& since = read[static_cast<std::size_t>(schedule.worker[static_cast<std::size_t>(t % n)])];
    if (t >= n) longest = std::max(longest, t - since);
    since = t + 1;
  }
  return longest;
}
Evidence unit_of_time(bool exactly) {
  Evidence e;
  e.coverage = exactly ? Coverage::instance : Coverage::sample;
  e.method = "simulated periodic schedules: round robin of 2 to 6 workers, and one slow worker among fast ones";
  const auto add = [&](const Schedule& s, const char* name) {
    const long delta = static_cast<long>(s.worker.size());
    e.comparisons.push_back({.label = exactly ? "longest delay = delta" : "longest delay = delta - 1", .left = longest_delay(s), .relation = Relation::equal,
                             .right = exactly ? delta : delta - 1, .instance = Object().add("schedule", name).add("delta", delta)});
  };
  for (long workers = 2; workers <= 6; ++workers) {
    Schedule round;
    for (long k = 0; k < workers; ++k) round.worker.push_back(k);
    add(round, "round robin");
    Schedule fast;
    for (long k = 0; k < 2 * workers; ++k) fast.worker.push_back(0);
    fast.worker.push_back(1);
    add(fast, "a fast and a slow worker");
  }
  return e;
}

/// The Gaussian sketch's spectrum against the closed form for two eigenvalues, sqrt(mu_i)/sum sqrt(mu).
Evidence gaussian(const std::vector<Rational>& roots) {
  Evidence e;
  e.method = "certified integrals";
  std::vector<Rational> mu;
  Rational sum;
  for (const Rational& r : roots) {
    mu.push_back(r * r);
    sum += r;
  }
  const std::vector<Ball> lambda = gaussian_spectrum(mu);
  for (std::size_t i = 0; i < roots.size(); ++i)
    e.comparisons.push_back({.label = "|lambda_i - sqrt(mu_i)/sum sqrt(mu)| < 1e-20", .left = abs(lambda[i] - Ball(roots[i] / sum)), .relation = Relation::less,
                             .right = pow(Rational(10), -20), .instance = Object().add("mu", Value(mu))});
  return e;
}

}  // namespace

void register_setup_claims(ClaimRegistry& registry) {
  const auto add = [&](const char* id, const char* source, const char* statement, Verdict expected, std::function<Evidence()> procedure, const char* note = "") {
    registry.add({.id = id, .source = source, .statement = statement, .expected = expected,
                  .procedure = [procedure](const Context&) { return procedure(); }, .note = note});
  };
  const auto canary = [&](const char* id, const char* statement, Verdict expected, std::function<Evidence()> procedure) {
    registry.add({.id = id, .source = "planted", .statement = statement, .expected = expected,
                  .procedure = [procedure](const Context&) { return procedure(); }, .canary = true});
  };
  add("apsgd.assumption1", "Assumption 1", R"($\mathrm{rank}\,E[Z]=\mathrm{rank}\,A$ for row and block sketches)", Verdict::supported, exactness);
  add("apsgd.notation.H.printed", "Section 1, notation", R"($H=S(S^TAB^{-1}A^TS)^+S^T$ is positive definite)", Verdict::refuted, [] { return metric_definite(true); }, "It has the rank of the sketch.");
  add("apsgd.notation.H", "Section 1, notation, corrected", R"($H$ is positive semidefinite)", Verdict::proved, [] { return metric_definite(false); });
  add("apsgd.remark1", "Remark 1", R"($\nabla f(x)=B^{-1}E[Z](x-x_*)$)", Verdict::supported, remark1);
  add("apsgd.lemma1", "Lemma 1, (7)", R"($\|(I-\omega B^{-1}Z)(x-x_*)\|_B^2=\|x-x_*\|_B^2-2\omega(2-\omega)f_S(x)$)", Verdict::supported, [] { return lemma1(one); });
  add("apsgd.lemma2", "Lemma 2", R"($\frac{\lambda_{\min}}2\|x-x_*\|_B^2\le f(x)\le\frac{\lambda_{\max}}2\|x-x_*\|_B^2$)", Verdict::supported, lemma2);
  add("apsgd.lemma3", "Lemma 3", R"($\lambda_i=0\Rightarrow u_i^TB^{1/2}(x-x_*)=0$)", Verdict::proved, lemma3);
  add("apsgd.lemma4", "Lemma 4", R"($x_t\in\mathrm{Im}(B^{-1}A^T)$)", Verdict::proved, [] { return lemma4(false); });
  add("apsgd.lemma4.printed", "Lemma 4, as stated", R"($x_0\in\mathrm{Im}(B^{-1}A^T)$ alone suffices)", Verdict::refuted, [] { return lemma4(true); },
      "With a delay all of x_0 to x_delta have to lie there.");
  add("apsgd.equation8", "(8)", R"($E\|r_+\|^2=\langle r,(I-2\omega W+\omega^2(W/\tau+(1-1/\tau)W^2))r\rangle$)", Verdict::supported, equation8);
  add("apsgd.theorem1.printed", "Theorem 1, (9)", R"($E\|x_{k+1}-x_*\|^2 \le \rho_s^k \frac{\lambda_{\max}}{2}\|x_0-x_*\|^2$)", Verdict::refuted, [] { return theorem1_instance(Rational(1, 4), 0); },
      "The factor lambda_max/2 and the exponent k belong to the bound of E f(x_k).");
  add("apsgd.theorem1", "Theorem 1, (9)-(10), corrected", R"($E\|x_{k+1}-x_*\|^2\le\rho_s^{k+1}\|x_0-x_*\|^2$ for $0\le\omega\le2/\xi$)", Verdict::proved, theorem1);
  add("apsgd.theorem1.instance", "Theorem 1, corrected", R"(it holds with equality at $k=0$ on the identity with two rows)", Verdict::proved, [] { return theorem1_instance(one, 1); });
  add("apsgd.equation11", "(11), (12), (64)", R"($\min_\omega\rho_s=1-\lambda_{\min}/\xi$ at $\omega=1/\xi$)", Verdict::proved, [] { return equation11(one); });
  add("apsgd.remark2.exact.printed", "Remark 2, for the exact rate", R"($\omega=1$ is best for the basic method)", Verdict::refuted, remark2_exact, "It is best for the bound 1 - omega(2-omega) lambda_min only.");
  add("apsgd.algorithm1.independent", "(15), Algorithm 1", R"(with an independent fresh sketch $E\|r_{t+1}\|^2\le K_2\|r_{t-\delta}\|^2$ at $\theta=\omega=1$)", Verdict::proved, [] { return sketch_dependent_delay(false); });
  add("apsgd.algorithm1.tougher_job.printed", "Section 4, delays that depend on the job", R"((21) holds given the delay, if delays depend on the sketch)", Verdict::refuted, [] { return sketch_dependent_delay(true); },
      "Given a delay that depends on S, E[Z | delay] is not E[Z].");
  add("apsgd.unit_of_time.printed", "Section 4", R"(the longest delay is the $\delta$ updates of a unit of time)", Verdict::refuted, [] { return unit_of_time(true); },
      "The slowest worker's own update is among the delta: its delay is delta - 1, and the paper's bounds are conservative.");
  add("apsgd.unit_of_time", "Section 4, corrected", R"(the longest delay is $\delta-1$)", Verdict::supported, [] { return unit_of_time(false); });
  add("apsgd.gaussian_sketch", "Section 1, Gaussian sketches, two eigenvalues", R"($\lambda_i=\sqrt{\mu_i}/\sum_j\sqrt{\mu_j}$)", Verdict::proved, [] { return gaussian({two, Rational(3)}); });
  canary("apsgd.canary.lemma1_dropped_factor", R"($\|(I-\omega P)u\|^2=\|u\|^2-\omega(2-\omega)f_S$)", Verdict::refuted, [] { return lemma1(half); });
  canary("apsgd.canary.minimum_elsewhere", "(11) with the square's factor doubled", Verdict::refuted, [] { return equation11(two); });
  canary("apsgd.canary.exponent_too_large", R"($E\|x_{k+1}\|^2\le\rho_s^{k+2}\|x_0\|^2$)", Verdict::refuted, [] { return theorem1_instance(one, 2); });
  canary("apsgd.canary.inexact_sketch", "convergence though only one row is ever drawn", Verdict::vacuous, inexact);
  canary("apsgd.canary.gaussian_three", R"($\lambda_i=\sqrt{\mu_i}/\sum\sqrt{\mu_j}$ for three eigenvalues)", Verdict::refuted, [] { return gaussian({one, two, Rational(3)}); });
}

}  // namespace asyncert::apsgd
