// What the noise makes of the errors B_n and of the interpolated path, and Algorithm 2 with the samples that it prints.
#include "bounds/dasgd/apt.hpp"
#include "bounds/dasgd/dagd.hpp"
#include "bounds/dasgd/steps.hpp"
#include "verify/dasgd/projection_certificates.hpp"
#include "verify/dasgd/step_laws.hpp"

namespace asyncert::dasgd {

namespace {

/// Calls use(w) for all signs w of `count` samples, each of the probability 2^-count.
template <class Use>
void for_all_signs(long count, const Use& use) {
  std::vector<Rational> w(static_cast<std::size_t>(count));
  for (long code = 0; code < 1L << count; ++code) {
    for (long k = 0; k < count; ++k) w[static_cast<std::size_t>(k)] = code >> k & 1 ? 1 : -1;
    use(w);
  }
}

/// S_N = sum of alpha_{n+1} U_{n+1}, U = +-1, with the sample n+1 or floor(n/2)+1 for the step n.
Evidence variance_of_the_noise(bool fresh) {
  Evidence e = evidence(Coverage::sample, "exact expectations over all signs of up to 8 samples, alpha_n = 1/n");
  const ReadRule read = read_rule(fresh ? "n" : "floor(n/2)");
  for (long N = 1; N <= 8; ++N) {
    Rational second, squares;
    for (long n = 1; n <= N; ++n) squares += Rational(1, n * n);
    for_all_signs(N, [&](const std::vector<Rational>& w) {
      Rational S;
      for (long n = 0; n < N; ++n) S += w[static_cast<std::size_t>(read(n))] / Rational(n + 1);
      second += S * S / Rational(1L << N);
    });
    compare(e, "E|S_N|^2 <= sum of alpha_n^2", second, Relation::less_equal, squares,
            Object().add("sample of step n", fresh ? "w_{n+1}" : "w_{floor(n/2)+1}").add("N", N));
  }
  return e;
}

/// What the errors and the sums of the noise obey in the mean and along the path.
Certificate noise_sums(std::string method) {
  return firmly_nonexpansive(std::move(method))
      .identity(
          "|S+u|^2 = |S|^2 + 2<S,u> + |u|^2", {{"S", 2}, {"u", 2}}, [](const Point& v) { return square(v[0] + v[1]); },
          [](const Point& v) { return square(v[0]) + two * v[0] * v[1] + square(v[1]); })
      .identity(
          "E g^2 = (E g)^2 + q (1-q) (a-b)^2 for the values a, b of weights q, 1-q", {{"q", 2}, {"a", 2}, {"b", 2}},
          [](const Point& v) { return v[0] * square(v[1]) + (one - v[0]) * square(v[2]); },
          [](const Point& v) {
            return square(v[0] * v[1] + (one - v[0]) * v[2]) + v[0] * (one - v[0]) * square(v[1] - v[2]);
          });
}

Evidence vanishing_error() {
  return with_search(
      noise_sums(
          "|B_n| <= L|X_s-X_n| <= L|Y_s-Y_n| by the identities of one coordinate and the obtuse angles, and Y_s - Y_n "
          "= "
          "sum of alpha grad f + S_n - S_s. With fresh samples E<S,U> = 0 and E|U|^2 <= E|grad F|^2 <= G^2, so that "
          "S_n "
          "is a martingale, bounded in the mean of squares by G^2 sum alpha^2: it converges almost surely, by Doob's "
          "theorem, W_n tends to 0, and s(n) to infinity, as each request waits for a finite time"),
      variance_of_the_noise(true));
}

/// For x^2/2 with alpha_n = 1/(n+1), where L = M = 1 and there are no errors: the bound is T e^T alpha_{n+1}.
Evidence distance_within_bound(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample,
               "enclosed suprema for x^2/2 on [-1,1], alpha_n = 1/(n+1), Y_n = 1, windows 1/2 to 10, n to 1e9");
  for (const char* text : {"0", "3", "1000", "1e9"})
    for (const Rational& T : {Rational(1, 2), Rational(2), Rational(10)}) {
      const Rational n = Rational::parse(text);
      Ball d;
      escalate_precision("the distance", [&] {
        d = apt_distance(n, T);
        return d.accuracy_bits() > 40;
      });
      compare(e, "sup |A(t+h) - P(h,A(t))| <= T e^T alpha_{n+1}", d, Relation::less_equal,
              Ball(factor * T / (n + one)) * exp(Ball(T)), Object().add("n", text).add("T", T));
    }
  return e;
}

Evidence pseudotrajectory() {
  return with_search(
      noise_sums(
          "on a segment |A - Y_n| <= alpha_{n+1} (M + |B_n| + |U_{n+1}|), and y -> grad f(P(y)) has the Lipschitz "
          "constant L by the identities of one coordinate: the distance D(h) from the flow is at most the integral of "
          "L D plus h times the suprema of L |A - Y_n| and |B_n| plus |sum of alpha U|, so that Gronwall's lemma gives "
          "the bound. S_n converges, sum alpha^2 |U|^2 is finite in the mean, so that alpha_{n+1} U_{n+1} tends to 0, "
          "B_n tends to 0, and the sum of the steps is infinite"),
      distance_within_bound(1));
}

/// Algorithm 2 on F(x;w) = (x-w)^2/2 over [-1,1] with its printed samples w_{s(n)+1} and alpha_n = 1/(n+1), where L =
/// C_4 = 1, G^2 = 2 and V = x^2: 2 sum alpha E V against E(Y_0) + factor (2 (C_4 L G + G^2) sum alpha W + G^2 sum
/// alpha^2).
Evidence expected_descent(const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "exact expectations over all signs of 9 samples of (x-w)^2/2 on [-1,1], three read rules");
  const long N = 9;
  for (const char* rule : {"n", "floor(n/2)", "max(0,n-3)"})
    for (const Rational& y0 : {Rational(0), Rational(3, 2)}) {
      const ReadRule read = read_rule(rule);
      const auto project = [](const Rational& y) { return max(Rational(-1), min(one, y)); };
      Rational products, windows, squares;
      for (long n = 0; n < N; ++n) {
        const Rational alpha(1, n + 2);
        squares += alpha * alpha;
        for (long r = read(n); r < n; ++r) windows += alpha / Rational(r + 2);
      }
      for_all_signs(N, [&](const std::vector<Rational>& w) {
        std::vector<Rational> x;
        Rational y = y0;
        for (long n = 0; n < N; ++n) {
          x.push_back(project(y));
          const auto s = static_cast<std::size_t>(read(n));
          products += square(x.back()) / Rational((n + 2) * (1L << N));
          y -= (x[s] - w[s]) / Rational(n + 2);
        }
      });
      const Rational start = energy(Point{y0}, Point{project(y0)}, Point{0});
      compare(e, "2 sum alpha E V <= E(Y_0) + 2 (C_4 L G + G^2) sum alpha W + G^2 sum alpha^2", two * products,
              Relation::less_equal,
              Ball(start) + Ball(factor) * (Ball(2) * (sqrt(Ball(2)) + Ball(2)) * Ball(windows) + Ball(two * squares)),
              Object().add("read", rule).add("Y_0", Fraction{y0}).add("N", N));
    }
  return e;
}

/// The steps from N_j to N_{j+1}, and those that may read before N_j: up to (1+K) N_j + 1 and N_j + K N_j^q + 1.
void add_blocks(Evidence& e) {
  for (const long j : {1L, 5L, 20L, 100L}) {
    const PrecisionScope scope(512);
    const Rational N = pow(Rational(10), j);
    compare(e, "sum of 1/(k log k), 10^j < k <= 10^{j+1}, is at most 1/j", step_sum(StepLaw::log, N, Rational(10) * N),
            Relation::less_equal, Rational(1, j), Object().add("j", j));
    for (const long K : {1L, 9L})
      compare(e, "sum of 1/(k log k), N < k <= (1+K) N + 1, is at most 2 log(1+K)/log N",
              step_sum(StepLaw::log, N, Rational(1 + K) * N + one), Relation::less_equal,
              Ball(2) * log(Ball(1 + K)) / log(Ball(N)), Object().add("N", "10^" + std::to_string(j)).add("K", K));
  }
  for (long j = 1; j <= 6; ++j) {
    const PrecisionScope scope(2048);
    const Rational N = pow(Rational(10), 1L << j);
    compare(e, "sum of 1/(k log k loglog k), 10^{2^j} < k <= 10^{2^{j+1}}, is at most 1/j",
            step_sum(StepLaw::loglog, N, N * N), Relation::less_equal, Rational(1, j), Object().add("j", j));
    for (const long q : {1L, 2L, 5L})
      compare(e, "sum of 1/(k log k loglog k), N < k <= N + N^q + 1, is at most 2 log(2q)/loglog N",
              step_sum(StepLaw::loglog, N, N + pow(N, q) + one), Relation::less_equal,
              Ball(2) * log(Ball(2 * q)) / log(log(Ball(N))),
              Object().add("N", "10^2^" + std::to_string(j)).add("q", q));
  }
}

Evidence shared_samples() {
  Evidence e = with_search(
      one_step(
          "identities of one step and of <U,X_n-p> = <U,X_s-p> + <U,X_n-X_s>: a sample is independent of the X_s that "
          "it is used at, so that E<U,X_s-p> = 0, E|<U,X_n-X_s>| <= G^2 W_n and E|B_n| <= L G W_n: 2 sum alpha E "
          "V(X_n) <= E(Y_0) + 2 (C_4 L G + G^2) sum alpha W_n + G^2 sum alpha^2 is finite. With w_m, the sum of the "
          "steps that use the sample m+1, and Z_m, the noise of grad F(X_m,omega_{m+1}), T_n = sum alpha U is the "
          "martingale of the w_m Z_m, m < n, where sum w_m^2 = sum alpha_{n+1} w_{s(n)} is finite as in "
          "dasgd.theorem3.3.summable_windows, less R_n, what these samples do later. Under bounded delays R_n is at "
          "most the last d of the |w_m Z_m|, whose squares are summable in the mean. Else, at n = N_j = 10^j (linear "
          "delays) or 10^{2^j}, E|R_n|^2 <= G^2 sup w_m times the steps from n on that read before n, each of the two "
          "at most C/j; and the steps from N_j to N_{j+1} have a sum of C/j or less, so that E(sum alpha|U|)^2 <= "
          "(GC/j)^2: all squares are summable, and T_n converges almost surely. Then as in dasgd.theorem4.6, as "
          "|X_m-X_k| <= M sum alpha + |T_m-T_k|")
          .identity(
              "<u,x-p> = <u,z-p> + <u,x-z>", {{"u", 1}, {"x", 1}, {"z", 1}, {"p", 1}},
              [](const Point& v) { return v[0] * (v[1] - v[3]); },
              [](const Point& v) { return v[0] * (v[2] - v[3]) + v[0] * (v[1] - v[2]); }),
      expected_descent(1));
  add_blocks(e);
  return e;
}

/// F(x;w) = x^2/2 + w x on [-4,4], w = +-1: step n takes the sample n+1 if it is 1, else the sample n if that is 1, and
/// else again the sample n+1; without `seen` always the sample n+1.
Evidence expected_states(bool seen) {
  Evidence e = evidence(Coverage::sample,
                        "exact expectations over all signs of up to 10 samples, Algorithm 2 on x^2/2 + wx over [-4,4] "
                        "with alpha_n = 1/(n+1) and Y_0 = 0");
  for (long N = 2; N <= 10; ++N) {
    Rational mean_sample, mean_state;
    for_all_signs(N, [&](const std::vector<Rational>& w) {
      std::vector<Rational> x;
      Rational y;
      for (std::size_t n = 0; n < static_cast<std::size_t>(N); ++n) {
        x.push_back(max(Rational(-4), min(Rational(4), y)));
        const std::size_t s = seen && n > 0 && w[n].sign() < 0 && w[n - 1].sign() > 0 ? n - 1 : n;
        if (n + 1 == static_cast<std::size_t>(N)) mean_sample += w[s] / Rational(1L << N);
        y -= (x[s] + w[s]) / Rational(static_cast<long>(n) + 2);
      }
      mean_state += max(Rational(-4), min(Rational(4), y)) / Rational(1L << N);
    });
    const Object at = Object().add("n", N);
    compare(e, "the sample of the step has the mean 1/2", mean_sample, Relation::equal, Rational(1, 2), at);
    compare(e, "|E X_n + 1/2| <= (1 + 4 log n)/(n+1)", abs(mean_state + Rational(1, 2)), Relation::less_equal,
            (Ball(1) + Ball(4) * log(Ball(N))) / Ball(N + 1), at);
    if (N == 10) compare(e, "E X_10 < -1/4", mean_state, Relation::less, Rational(-1, 4), at);
  }
  return e;
}

/// With |X_k| <= 3 up to n the read state differs from X_n by at most 4 alpha_n <= 2, so that |Y_{n+1}| <= 3 and no
/// projection acts; the sum of 4/(k+1), 0 < k < n, is at most 4 log n.
Evidence reads_that_see_the_samples() {
  const Rational half(1, 2);
  return with_search(
      Certificate("the sample taken is 1 with probability 3/4; |Y_n| <= 3 for all n by induction, as |X_{s(n)}-X_n| <= "
                  "4 alpha_n <= 2, so that no projection acts and e_n = E X_n + 1/2 has e_1 = 1/2 and (n+2) e_{n+1} = "
                  "(n+1) e_n - E(X_{s(n)}-X_n): (n+1)|e_n| <= 1 + 4 sum of 1/(k+1) <= 1 + 4 log n")
          .nonnegative(
              "0 <= 3 - (1-a)y - a(4b+1), y <= 3, b = alpha_n <= 1/2", {{"a", 0, 1}, {"y", 0, 3}, {"b", 0, half}},
              [](const Point& v) { return Rational(3) - (one - v[0]) * v[1] - v[0] * (Rational(4) * v[2] + one); })
          .identity(
              "(n+2)(x + 1/2 - (z + 1/2)/(n+2)) = (n+1)(x + 1/2) - (z-x)", {{"n", 1}, {"x", 1}, {"z", 1}},
              [half](const Point& v) {
                const Rational n2 = v[0] + two;
                return n2 * (v[1] + half - (v[2] + half) / n2);
              },
              [half](const Point& v) { return (v[0] + one) * (v[1] + half) - (v[2] - v[1]); }),
      expected_states(true));
}

}  // namespace

void register_noise_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.proposition4.1.vanishing_error",
       .source = "Proposition 4.1, step 1; (4.1)",
       .statement =
           R"($\|B_n\|\le L(MW_n+\|S_n-S_{s(n)}\|)$ with $S_n=\sum_{r\le n}\alpha_rU_r$, $M=\sup\|\nabla f\|$ and $L$ the Lipschitz constant of $\nabla f=E\nabla F$, and $E\|S_n\|^2\le G^2\sum\alpha^2$ with fresh samples, independent of the past, the reads and the delays, and $\sup_xE\|\nabla F(x;\omega)\|^2=G^2<\infty$: $B_n\to0$ almost surely in each of the three regimes)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return vanishing_error(); },
       .uses = {"dasgd.proposition3.2.vanishing_error", "dasgd.proposition4.1.martingale",
                "dasgd.projection.nonexpansive", "dasgd.assumption3.squares"},
       .note =
           "The second fact of the step, as the paper derives it; the first, dasgd.proposition4.1.martingale, needs "
           "the fresh samples."});
  add({.id = "dasgd.corollary4.5",
       .source = "Theorem 4.4 and Corollary 4.5, corrected; Definition 4.3",
       .statement =
           R"(With $\sup_xE\|\nabla F(x;\omega)\|^2<\infty$, $\nabla f=E\nabla F$ with the Lipschitz constant $L$, and fresh samples, independent of the past, the reads and the delays, the interpolation $A$ is an asymptotic pseudotrajectory of (4.5) almost surely, in each of the three regimes: with $M=\sup\|\nabla f\|$ and the limit $S_\infty$ of $S_m=\sum_{r\le m}\alpha_rU_r$, $\sup_{h\le T}\|A(t+h)-P(h,A(t))\|\le e^{LT}(T\sup(L\alpha_{n+1}(M+\|B_n\|+\|U_{n+1}\|)+\|B_n\|)+2\sup\|S_m-S_\infty\|)\to0$, suprema from the step before $t$ on)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return pseudotrajectory(); },
       .uses = {"dasgd.proposition4.1.vanishing_error", "dasgd.projection.nonexpansive",
                "dasgd.assumption3.divergence"},
       .note = "Second moments are enough: p = 2 in condition 3. The proof of the corollary says the domain of the "
               "projection for its range."});
  add({.id = "dasgd.theorem4.6.shared_samples",
       .source = "Theorem 4.6 and Proposition 4.1, with the samples of Algorithm 2",
       .statement =
           R"(For Algorithm 2 with its independent samples $\omega_{s(n)+1}$, which may be used more than once, and reads that do not depend on them, else under the conditions of the corrected theorem: $2\sum\alpha_{n+1}\mathbb E\langle\nabla f(X_n),X_n-x^*\rangle\le E(Y_0)+2(C_4LG+G^2)\sum\alpha_{n+1}W_n+G^2\sum\alpha_n^2$, $G^2=\sup_x\mathbb E\|\nabla F(x;\omega)\|^2$, $C_4=\sup\|x-x^*\|$ and $E(Y_0)$ the energy (3.1), and $\mathrm{dist}(X_n,\mathcal X^*)\to0$ almost surely in each of the three regimes)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return shared_samples(); },
       .uses = {"dasgd.theorem4.6", "dasgd.theorem3.3.summable_windows", "dasgd.theorem3.3.summable_windows.bounded",
                "dasgd.projection.nonexpansive", "dasgd.assumption3.divergence", "dasgd.assumption3.squares"},
       .note = "The increments are then no martingale differences, against the proof, but the theorem holds."});
  add({.id = "dasgd.theorem4.6.dependent_reads",
       .source = "Theorem 4.6, reads that depend on the samples",
       .statement =
           R"(Reads must not depend on the samples: on $x^2/2+\omega x$ over $[-4,4]$, $\omega=\pm1$, $\alpha_n=1/(n+1)$, $Y_0=0$, the rule that prefers $\omega=1$ with delays of at most 1 takes samples of mean $\frac12$ for $n\ge1$, and $|EX_n+\frac12|\le(1+4\log n)/(n+1)$: $EX_n\to-\frac12$ while $x^*=0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return reads_that_see_the_samples(); },
       .note =
           "So X_n, which is bounded, does not tend to x* almost surely. Assumption 3 bounds the delays and does not "
           "say that they are independent of the samples."});
  add({.id = "dasgd.canary.reads_that_see_nothing",
       .source = "planted",
       .statement = R"(The rule $s(n)=n$ takes samples of mean $\frac12$, too)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return expected_states(false); },
       .canary = true});
  add({.id = "dasgd.canary.variance_of_shared_samples",
       .source = "planted",
       .statement = R"(With the samples $\omega_{\lfloor n/2\rfloor+1}$ the noise has the variance of fresh ones)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return variance_of_the_noise(false); },
       .canary = true});
  add({.id = "dasgd.canary.descent_without_noise",
       .source = "planted",
       .statement = R"($2\sum\alpha_{n+1}E\langle\nabla f(X_n),X_n-x^*\rangle\le E(Y_0)$ for DASGD)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return expected_descent(0); },
       .canary = true});
  add({.id = "dasgd.canary.pseudotrajectory_bound",
       .source = "planted",
       .statement = R"(A twentieth of the bound $Te^T\alpha_{n+1}$ on the distance from the flow)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return distance_within_bound(Rational(1, 20)); },
       .canary = true});
}

}  // namespace asyncert::dasgd
