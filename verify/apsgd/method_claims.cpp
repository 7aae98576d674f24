// Claims on the synchronous method, Theorem 1, (8)-(12), and on Algorithm 1 and its unit of time.
#include <algorithm>

#include "bounds/apsgd/rate.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"
#include "verify/apsgd/small_systems.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), half(1, 2);

/// Exact E|x_1|^2 of the basic method (omega = 1, x_* = 0) on the rows e_1, e_2, each drawn with probability 1/2: a
/// step on row i clears coordinate i. W = I/2, so lambda_min = lambda_max = 1/2, and rho_s = 1 - omega(2 - omega xi)
/// lambda_min.
Evidence theorem1_instance(const Rational& factor, long exponent_at_first_step,
                           Relation relation = Relation::less_equal) {
  const Rational x[2] = {Rational(3), Rational(4)};
  const Rational lambda(1, 2), norm = x[0] * x[0] + x[1] * x[1];
  Rational expectation;
  for (int row = 0; row < 2; ++row) expectation += half * (norm - x[row] * x[row]);
  const Rational rho_s = synchronous_bound(lambda, lambda, one, one);
  Evidence e;
  e.method = "exact expectation over both rows of the identity, x_0 = (3, 4), omega = 1, tau = 1";
  e.comparisons.push_back({.label = std::string("E|x_1|^2 ") + to_string(relation) + " factor rho_s^exponent |x_0|^2",
                           .left = expectation,
                           .relation = relation,
                           .right = factor * pow(rho_s, exponent_at_first_step) * norm,
                           .instance = Object()
                                           .add("lambda_min", lambda)
                                           .add("lambda_max", lambda)
                                           .add("omega", one)
                                           .add("tau", 1)
                                           .add("x_0", List{x[0], x[1]})});
  return e;
}

/// One synchronous step along every eigenvalue x in [l, L]: rho_s - phi(x) = omega(2 - omega xi)(x-l) + omega^2 x
/// (1-t)(L-x).
Evidence theorem1() {
  Certificate e(
      "E|r+|^2 = sum over eigenvalues of phi(x) |r_x|^2 (apsgd.equation8); identity for rho_s - phi(x), whose terms "
      "are nonnegative for 0 <= omega <= 2/xi; steps are independent");
  const auto xi = [](const Point& v) { return v[1] + (one - v[1]) * v[4]; };
  e.identity(
      "rho_s - phi(x) = omega(2 - omega xi)(x-l) + omega^2 x (1-t)(L-x), t = 1/tau",
      {{"omega", 2}, {"t", 1}, {"x", 2}, {"l", 1}, {"L", 1}},
      [&](const Point& v) {
        const Rational phi = one - two * v[0] * v[2] + v[0] * v[0] * v[2] * (v[1] + (one - v[1]) * v[2]);
        return one - v[0] * (two - v[0] * xi(v)) * v[3] - phi;
      },
      [&](const Point& v) {
        return v[0] * (two - v[0] * xi(v)) * (v[2] - v[3]) + v[0] * v[0] * v[2] * (one - v[1]) * (v[4] - v[2]);
      });
  return e;
}

/// E|r+|^2 of the minibatch of tau independent sketches: of the tau^2 products <P_i r, P_j r>, tau have i = j and the
/// mean <r, W r>, the others |W r|^2. And by enumeration for two sketches.
Evidence equation8() {
  Certificate e(
      "identity in omega, tau and the free numbers n = |r|^2, a = <r, Wr> = E|P_i r|^2 and b = |Wr|^2, times tau^2; "
      "and the exact expectation over all pairs of sketches of six systems, omega = 3/2");
  e.identity(
      "tau^2 E|r - (omega/tau) sum P_i r|^2 = tau^2 [n - 2 omega a + omega^2 (a/tau + (1-1/tau) b)]",
      {{"omega", 2}, {"tau", 2}, {"n", 1}, {"a", 1}, {"b", 1}},
      [](const Point& v) {
        const Rational &w = v[0], &tau = v[1];
        return tau * tau * (v[2] - two * w * v[3]) + w * w * (tau * v[3] + tau * (tau - one) * v[4]);
      },
      [](const Point& v) {
        const Rational &w = v[0], &tau = v[1];
        return tau * tau * (v[2] - two * w * v[3] + w * w * (v[3] / tau + (one - one / tau) * v[4]));
      });
  const Rational omega(3, 2), tau(2);
  for (const Reformulation& s : small_systems())
    for (const RationalMatrix& u : probes(s.dimension())) {
      Rational expectation;
      for (const auto& [p, P] : s.outcomes)
        for (const auto& [q, Q] : s.outcomes) {
          const RationalMatrix moved = u - omega / two * ((P + Q) * u);
          expectation += p * q * inner(s, moved, moved);
        }
      const RationalMatrix Wu = s.mean * u;
      e.compare({.label = "E|r+|^2 = phi(W)",
                 .left = expectation,
                 .relation = Relation::equal,
                 .right = inner(s, u, u) - two * omega * inner(s, u, Wu) +
                          omega * omega * (inner(s, u, Wu) / tau + (one - one / tau) * inner(s, Wu, Wu))});
    }
  return e;
}

Evidence equation11(const Rational& planted) {
  Certificate e("identity xi [rho_s(omega) - (1 - l/xi)] = l (1 - omega xi)^2, which vanishes at omega = 1/xi");
  e.identity(
      "xi rho_s - (xi - l) = l (1 - omega xi)^2", {{"xi", 2}, {"l", 1}, {"omega", 2}},
      [](const Point& v) { return v[0] * (one - v[2] * (two - v[2] * v[0]) * v[1]) - (v[0] - v[1]); },
      [&](const Point& v) { return planted * v[1] * (one - v[2] * v[0]) * (one - v[2] * v[0]); });
  return e;
}

/// Exact rates of randomized Kaczmarz at omega = 1 and 6/5.
Evidence remark2_exact() {
  Evidence e;
  e.method = "enclosures of the exact growth factors of E|r|^2, rows (1,2), (3,1), (1,-1)";
  const Reformulation s = row_sketch(matrix({{1, 2}, {3, 1}, {1, -1}}), {one, one});
  e.comparisons.push_back({.label = "z(1) <= z(6/5)",
                           .left = synchronous_second_moment(s, one, one),
                           .relation = Relation::less_equal,
                           .right = synchronous_second_moment(s, Rational(6, 5), one),
                           .instance = Object().add("rows", "(1,2), (3,1), (1,-1)").add("omega", Rational(6, 5))});
  return e;
}

/// Rows e_1 and e_2, each drawn with probability 1/2, theta = omega = 1, x_0 - x_* = (1, 0), two workers that start
/// together. Where jobs on e_1 are tougher, the first update comes from e_2 unless both workers drew e_1.
Evidence sketch_dependent_delay(bool dependent) {
  Evidence e;
  e.method = dependent ? "exact expectation of the first update, all draws of two workers that start together"
                       : "exact expectation of one update";
  const Reformulation s = row_sketch(matrix({{1, 0}, {0, 1}}), {one, one});
  const RationalMatrix r = matrix({{1}, {0}});
  const Recursion k = recursion(RateParameters{one, one, half, half, one});
  Rational expectation;
  for (const auto& [p, P] : s.outcomes)
    for (const auto& [q, Q] : s.outcomes) {
      const bool second_is_first = dependent && Q(1, 1) == one && !(P(1, 1) == one);  // jobs on e_2 end first
      const RationalMatrix moved = r - (second_is_first ? Q : P) * r;
      expectation += p * q * inner(s, moved, moved);
    }
  const Object instance =
      Object().add("rows", "e_1, e_2").add("theta", 1).add("omega", 1).add("delta", 0).add("r", List{one, zero});
  // Above K2 = 1/2 the recursion (21) does not cover the first update.
  if (dependent)
    e.comparisons.push_back({.label = "K2 |r_{t-delta}|^2 < E|r_{t+1}|^2",
                             .left = k.K2,
                             .relation = Relation::less,
                             .right = expectation,
                             .instance = instance});
  else
    e.comparisons.push_back(
        {.label = "E|r_{t+1}|^2 <= K2 |r_{t-delta}|^2", .left = expectation, .right = k.K2, .instance = instance});
  return e;
}

/// Rows e_1 and e_2, each drawn with probability 1/2, theta = 1/2, omega = 1, x_0 - x_* = (1, 1): both workers read
/// x_0. By the index of (13) both updates have the sketch S_0, the first with delay 0 and the second with delay 1.
Evidence shared_sketch() {
  Evidence e;
  e.method = "exact expectation of the first two updates of two workers that both read x_0, one sketch S_0 for both";
  const Reformulation s = row_sketch(matrix({{1, 0}, {0, 1}}), {one, one});
  const RationalMatrix start = matrix({{1}, {1}});
  const Recursion k = recursion(RateParameters{half, one, half, half, one});
  Rational first, second;
  for (const auto& [p, P] : s.outcomes) {
    const RationalMatrix step = start - P * start, newest = half * start + half * step,
                         next = half * newest + half * step;
    first += p * inner(s, newest, newest);
    second += p * inner(s, next, next);
  }
  e.comparisons.push_back({.label = "K1 E|r_1|^2 + K2 |r_0|^2 < E|r_2|^2",
                           .left = k.K1 * first + k.K2 * inner(s, start, start),
                           .relation = Relation::less,
                           .right = second,
                           .instance = Object()
                                           .add("rows", "e_1, e_2")
                                           .add("theta", half)
                                           .add("omega", 1)
                                           .add("delta", 1)
                                           .add("r_0", List{one, one})});
  return e;
}

/// ln(1/rho) - (1-rho) and (1-rho)/rho - ln(1/rho) vanish at rho = 1 and fall up to there.
Evidence complexity() {
  Certificate e(
      "1 - rho <= ln(1/rho) <= (1-rho)/rho on (0, 1]: both differences vanish at 1 and their derivatives are "
      "-(1-rho)/rho and -(1-rho)/rho^2, identities; the least k is ln(1/eps)/ln(1/rho) rounded up, 1/chi = 1 - rho and "
      "1/(chi-1) = (1-rho)/rho; and enclosures at 6 factors rho and 3 accuracies");
  e.identity(
      "rho (1 - 1/rho) = -(1-rho)", {{"rho", 2, one, one}}, [](const Point& v) { return v[0] * (one - one / v[0]); },
      [](const Point& v) { return -(one - v[0]); });
  e.identity(
      "rho^2 (1/rho - 1/rho^2) = -(1-rho)", {{"rho", 3, one, one}},
      [](const Point& v) { return v[0] * v[0] * (one / v[0] - one / (v[0] * v[0])); },
      [](const Point& v) { return -(one - v[0]); });
  e.identity(
      "(chi - 1)(1 - rho) = rho, chi = 1/(1-rho)", {{"rho", 4, two, one}},
      [](const Point& v) {
        const Rational chi = one / (one - v[0]);
        return (chi - one) * (one - v[0]);
      },
      [](const Point& v) { return v[0]; });
  for (const Rational& rho : {Rational(1, 1000), Rational(1, 10), half, Rational(9, 10), Rational(999, 1000),
                              Rational(999999999, 1000000000)})
    for (const Rational& accuracy : {half, Rational(1, 100), Rational(1, 1000000000)}) {
      const Ball target = -log(Ball(accuracy)), needed = target / -log(Ball(rho));
      const Rational chi = one / (one - rho);
      const Object where = Object().add("rho", rho).add("epsilon", accuracy);
      e.compare({.label = "(chi-1) ln(1/eps) <= ln(1/eps)/ln(1/rho)",
                 .left = Ball(chi - one) * target,
                 .right = needed,
                 .instance = where});
      e.compare({.label = "ln(1/eps)/ln(1/rho) <= chi ln(1/eps)",
                 .left = needed,
                 .right = Ball(chi) * target,
                 .instance = where});
    }
  return e;
}

/// A worker with period P completes its first update at w <= P into a unit of time T, and the m-th at w + (m-1) P.
Evidence updates_in_a_unit() {
  Certificate e(
      "the m-th update of a worker that takes P for each ends w + (m-1) P into the unit of time, w <= P, which is at "
      "most T for m <= T/P: identity for the rest of the unit as a sum of terms that are not negative; so a worker "
      "with P <= T, the slowest one's time, makes one at least");
  e.identity(
      "T - (w + (m-1) P) = (T - m P) + (P - w)", {{"T", 1}, {"w", 1}, {"m", 1}, {"P", 1}},
      [](const Point& v) { return v[0] - (v[1] + (v[2] - one) * v[3]); },
      [](const Point& v) { return (v[0] - v[2] * v[3]) + (v[3] - v[1]); });
  return e;
}

/// Delays of the slowest worker in one unit of time of delta updates: it reads after its own update, and delta - 1
/// others follow.
struct Schedule {
  std::vector<long> worker;  ///< who makes the t-th update, periodically
};

long longest_delay(const Schedule& schedule) {
  const long n = static_cast<long>(schedule.worker.size());
  std::vector<long> read(
      static_cast<std::size_t>(*std::max_element(schedule.worker.begin(), schedule.worker.end()) + 1), 0);
  long longest = 0;
  for (long t = 0; t < 4 * n; ++t) {
    long& since = read[static_cast<std::size_t>(schedule.worker[static_cast<std::size_t>(t % n)])];
    if (t >= n) longest = std::max(longest, t - since);
    since = t + 1;
  }
  return longest;
}

Comparison delay_of_a_unit(const Schedule& s, const char* name, bool exactly) {
  const long delta = static_cast<long>(s.worker.size());
  return {.label = exactly ? "longest delay = delta" : "longest delay = delta - 1",
          .left = longest_delay(s),
          .relation = Relation::equal,
          .right = exactly ? delta : delta - 1,
          .instance = Object().add("schedule", name).add("delta", delta)};
}

Evidence round_robin_of_two() {
  Evidence e;
  e.method = "simulated round robin of two workers";
  e.comparisons.push_back(delay_of_a_unit({{0, 1}}, "round robin", true));
  return e;
}

/// A worker with k updates in a period of delta has k gaps that sum to delta, and its delays are the gaps less its own
/// update: delta - 1 for k = 1, and gaps of at most delta - (k-1) else. And every order of up to three workers.
Evidence unit_of_time() {
  Certificate e(
      "a worker's k >= 1 gaps between its own updates sum to delta, each at least 1, and its delays are the gaps less "
      "one: delta - 1 for k = 1, at most delta - k for every k; and simulated: every order of delta = 2..8 updates of "
      "up to three workers, repeated, in which each takes part and some worker makes one update a unit; round robins "
      "of 2 to 6 workers");
  e.identity(
      "the largest gap, delta - (k-1) where the others are 1, less one: (delta - 1) - (delta - k) = k - 1",
      {{"delta", 1}, {"k", 1}}, [](const Point& v) { return (v[0] - one) - (v[0] - (v[1] - one) - one); },
      [](const Point& v) { return v[1] - one; });
  for (long workers = 2; workers <= 6; ++workers) {
    Schedule round;
    for (long k = 0; k < workers; ++k) round.worker.push_back(k);
    e.compare(delay_of_a_unit(round, "round robin", false));
  }
  for (long workers = 2; workers <= 3; ++workers)
    for (long delta = workers; delta <= 8; ++delta) {
      long different = 0, orders = 0;
      for (long code = 0; code < pow(Rational(workers), delta).to_long(); ++code) {
        Schedule s;
        std::vector<long> updates(static_cast<std::size_t>(workers), 0);
        for (long rest = code, t = 0; t < delta; ++t, rest /= workers) {
          s.worker.push_back(rest % workers);
          ++updates[static_cast<std::size_t>(rest % workers)];
        }
        if (*std::min_element(updates.begin(), updates.end()) != 1) continue;
        ++orders;
        if (longest_delay(s) != delta - 1) ++different;
      }
      e.compare({.label = "orders whose longest delay is not delta - 1",
                 .left = different,
                 .relation = Relation::equal,
                 .right = 0,
                 .instance = Object().add("workers", workers).add("delta", delta).add("orders", orders)});
    }
  return e;
}

}  // namespace

void register_method_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.equation8", "(8)", R"($E\|r_+\|^2=\langle r,(I-2\omega W+\omega^2(W/\tau+(1-1/\tau)W^2))r\rangle$)",
      Verdict::proved, equation8);
  add("apsgd.theorem1.printed", "Theorem 1, (9)",
      R"($E\|x_{k+1}-x_*\|^2 \le \rho_s^k \frac{\lambda_{\max}}{2}\|x_0-x_*\|^2$)", Verdict::refuted,
      [] { return theorem1_instance(Rational(1, 4), 0); },
      {.note = "The factor lambda_max/2 and the exponent k belong to the bound of E f(x_k).",
       .instead = "apsgd.theorem1"});
  registry.add(
      {.id = "apsgd.theorem1",
       .source = "Theorem 1, (9)-(10), corrected",
       .statement =
           R"($E\|x_{k+1}-x_*\|^2\le\rho_s^{k+1}\|x_0-x_*\|^2$ for $0\le\omega\le2/\xi$, $x_*=\Pi^B_{\mathcal L}(x_0)$, every exact system)",
       .procedure = [](const Context&) { return theorem1(); },
       .uses = {"apsgd.equation8", "apsgd.lemma3", "apsgd.lemma4"}});
  add("apsgd.theorem1.instance", "Theorem 1, corrected",
      R"(the corrected (9) holds with equality at $k=0$ on the identity with two rows, $\omega=\tau=1$)",
      Verdict::proved, [] { return theorem1_instance(one, 1, Relation::equal); });
  add("apsgd.equation11", "(11), (12), (64)", R"($\min_\omega\rho_s=1-\lambda_{\min}/\xi$ at $\omega=1/\xi$)",
      Verdict::proved, [] { return equation11(one); });
  add("apsgd.remark2", "Remark 2, for the bound", R"($1-\omega(2-\omega)\lambda_{\min}$ is least at $\omega=1$)",
      Verdict::proved, [] {
        Certificate e("identity [1 - omega(2-omega) l] - [1 - l] = l (omega-1)^2");
        e.identity(
            "[1 - omega(2-omega) l] - [1 - l] = l (omega-1)^2", {{"omega", 2}, {"l", 1}},
            [](const Point& v) { return (one - v[0] * (two - v[0]) * v[1]) - (one - v[1]); },
            [](const Point& v) { return v[1] * (v[0] - one) * (v[0] - one); });
        return Evidence(e);
      });
  add("apsgd.remark2.exact.printed", "Remark 2, for the exact rate", R"($\omega=1$ is best for the basic method)",
      Verdict::refuted, remark2_exact,
      {.note = "It is best for the bound 1 - omega(2-omega) lambda_min only.", .instead = "apsgd.remark2"});
  add("apsgd.algorithm1.independent", "(15), Algorithm 1",
      R"(with an independent fresh sketch $E\|r_{t+1}\|^2\le K_2\|r_{t-\delta}\|^2$ on the rows $e_1$, $e_2$ at $\theta=\omega=1$)",
      Verdict::proved, [] { return sketch_dependent_delay(false); }, {.bound = true});
  add(
      "apsgd.algorithm1.tougher_job", "Section 4, delays that depend on the job",
      R"(where jobs on $e_1$ take longer than those on $e_2$, the first of two workers' updates has $E\|r_{t+1}\|^2>K_2\|r_{t-\delta}\|^2$)",
      Verdict::proved, [] { return sketch_dependent_delay(true); },
      "Section 4 lets a worker be slow by a tougher job. If that depends on the sketch, the easy sketches arrive "
      "first: though the workers draw independently, the first Z that the master receives does not have the mean E[Z], "
      "which (16) and (21) need.");
  add("apsgd.algorithm1.shared_sketch", "(13), the index of the sketch",
      R"(if two workers that both read $x_0$ also share the sketch $S_0$, $E\|r_2\|^2>K_1E\|r_1\|^2+K_2\|r_0\|^2$ on the rows $e_1$, $e_2$ at $\theta=\frac12$, $\omega=1$)",
      Verdict::proved, shared_sketch,
      "The index of S_{t-delta} in (13) is that of the iterate read. The proofs need a sketch of its own for every "
      "job: "
      "x_1 depends on S_0.");
  add("apsgd.remark7", "(12), (34), (35), Remark 7",
      R"(the least number $k$ of units of time with $\rho^k\le\varepsilon$, $0<\rho,\varepsilon<1$, has $(\chi-1)\ln\frac1\varepsilon\le k<\chi\ln\frac1\varepsilon+1$, $\chi=\frac1{1-\rho}$)",
      Verdict::proved, complexity, "So the complexities that the paper compares count units of time up to one factor.");
  add("apsgd.unit_of_time.updates", "Section 4, the number of updates",
      R"(a worker that takes $P\le T$ for an update makes at least $\lfloor T/P\rfloor\ge1$ in each unit of time $T$, so that $\delta_a=\sum_iS_i\ge\tau$, $c\ge1$)",
      Verdict::proved, updates_in_a_unit);
  add("apsgd.unit_of_time.printed", "Section 4", R"(the longest delay is the $\delta$ updates of a unit of time)",
      Verdict::refuted, round_robin_of_two,
      {.note = "The slowest worker's own update is among the delta: its delay is delta - 1, and the paper's bounds are "
               "conservative.",
       .instead = "apsgd.unit_of_time"});
  add("apsgd.unit_of_time", "Section 4, corrected",
      R"(the longest delay is $\delta-1$ in every order of $\delta$ updates that repeats each unit of time, with any number of workers, the slowest of which makes one)",
      Verdict::proved, unit_of_time);
  add.canary("apsgd.canary.minimum_elsewhere", "(11) with the square's factor doubled", Verdict::refuted,
             [] { return equation11(two); });
  add.canary("apsgd.canary.exponent_too_large", R"($E\|x_{k+1}\|^2\le\rho_s^{k+2}\|x_0\|^2$)", Verdict::refuted,
             [] { return theorem1_instance(one, 2); });
}

}  // namespace asyncert::apsgd
