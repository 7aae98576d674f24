// Claims about what momentum averages: noise, and subgradients at stale views.
#include <algorithm>

#include "bounds/assm/root_field.hpp"
#include "bounds/assm/step_sums.hpp"
#include "lib/random.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

Ball enclosure(const Value& v) { return v.get<Rational>() ? Ball(*v.get<Rational>()) : *v.get<Ball>(); }

/// E[M_{n1} - M_{n0} | past] when all noise before n0 was +1, gamma_k = 1/sqrt(k+1).
Ball conditional_mean(const Rational& m, long n0, long n1) {
  return (Ball(1) - pow(Ball(m), n0)) * Ball(m) * geometric_inverse_root_sum(m, n0 + 1, n1);
}

Evidence martingale_printed() {
  const Rational m(9, 10);
  Evidence e =
      evidence(Coverage::instance, "closed form of the conditional mean: past noise keeps acting through the momentum");
  compare(e, "E[M_6 - M_3 | noise +1 before step 3] = 0", conditional_mean(m, 3, 6), Relation::equal, 0,
          Object().add("m", m).add("n_0", 3).add("n_1", 6).add("gamma_k", "1/sqrt(k+1)"));
  return e;
}

Evidence martingale_bound(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample,
               "certified sums at 4 momenta, 5 starts and 4 window lengths up to 10^12, noise +1 before the start");
  for (const char* text : {"0.1", "0.5", "0.9", "0.99"})
    for (const long n0 : {1L, 3L, 100L, 10000L, 100000000L})
      for (const long length : {1L, 3L, 1000L, 1000000000000L}) {
        const Rational m = Rational::parse(text);
        compare(e, "|E[M_{n1}-M_{n0} | past]| <= gamma_{n0} m/(1-m)", conditional_mean(m, n0, n0 + length),
                Relation::less_equal, Ball(factor * m / (Rational(1) - m)) / sqrt(Ball(n0 + 1)),
                Object().add("m", m).add("n_0", n0).add("n_1", n0 + length));
      }
  return e;
}

/// E[dM_k dM_j] for independent fair signs, by enumeration of both.
Evidence increments_printed() {
  Rational mean;
  for (const long a : {-1L, 1L}) mean += Rational(1, 2) * Rational(a * a);
  Evidence e = evidence(Coverage::instance, "enumeration of the signs of a fair increment");
  compare(e, "E[dM_k dM_j]", mean, Relation::equal, 0, Object().add("k", 1).add("j", 1).add("noise", "fair signs"));
  return e;
}

/// The noise of K steps on f = (f_1 + f_2)/2, f_1 = 2 max(x, 0), f_2 = 0, one of which is drawn: 1 or -1 where x > 0,
/// else 0. From 1/2, m = 1/2, constant step 1; bit k of `draws` says whether f_1 is drawn at step k.
std::vector<Rational> rectifier_noise(unsigned draws, long K) {
  const Rational m(1, 2);
  Rational x(1, 2), u;
  std::vector<Rational> noise;
  for (long k = 0; k < K; ++k) {
    const Rational mean(x.sign() > 0 ? 1 : 0), g = draws >> k & 1 ? two * mean : Rational(0);
    noise.push_back(g - mean);
    u = m * u + g;
    x -= (one - m) * u;
  }
  return noise;
}

/// P(noise_0 = 1 and noise_1 = 0) against the product.
Evidence dependent_noise() {
  Rational first, second, both;
  for (unsigned draws = 0; draws < 4; ++draws) {
    const std::vector<Rational> n = rectifier_noise(draws, 2);
    const Rational quarter(1, 4);
    if (n[0] == one) first += quarter;
    if (n[1] == Rational(0)) second += quarter;
    if (n[0] == one && n[1] == Rational(0)) both += quarter;
  }
  Evidence e = evidence(Coverage::instance,
                        "all four draws of one of f_1 = 2 max(x,0), f_2 = 0 in two steps, from 1/2, m = 1/2, step 1");
  compare(e, "P(noise_0 = 1, noise_1 = 0) = 1/2", both, Relation::equal, Rational(1, 2));
  compare(e, "P(noise_0 = 1) P(noise_1 = 0) = 1/4", first * second, Relation::equal, Rational(1, 4));
  return e;
}

/// E[noise_k noise_j] over all draws of 8 steps.
Evidence uncorrelated_noise() {
  const long K = 8;
  Evidence e = evidence(Coverage::sample, "all 256 draws of 8 steps on f_1 = 2 max(x,0), f_2 = 0, exactly");
  for (long k = 1; k < K; ++k)
    for (long j = 0; j < k; ++j) {
      Rational mean;
      for (unsigned draws = 0; draws < 1u << K; ++draws) {
        const std::vector<Rational> n = rectifier_noise(draws, K);
        mean += n[static_cast<std::size_t>(k)] * n[static_cast<std::size_t>(j)];
      }
      compare(e, "sum of noise_k noise_j over the draws", mean, Relation::equal, 0, Object().add("k", k).add("j", j));
    }
  return e;
}

/// On |x| along x_k = (-1)^k/k the unique subgradients alternate, although x_k tends to 0: x_k is the stale view,
/// x_{k+1} the iterate.
Evidence selection_converges() {
  const long k = 1000000;
  Evidence e = evidence(Coverage::instance, "unique subgradients of |x| at two neighbouring terms of x_k = (-1)^k/k");
  const Rational here(k % 2 == 0 ? 1 : -1), next(k % 2 == 0 ? -1 : 1);
  compare(e, "|g(x_k) - g(x_{k+1})| <= 1/2 for large k", abs(here - next), Relation::less_equal, Rational(1, 2),
          Object().add("f", "|x|").add("k", k).add("x_k", here / Rational(k)).add("x_{k+1}", next / Rational(k + 1)));
  return e;
}

/// dist of the averaged subgradient from the Goldstein subdifferential of |x| with radius sum of the last J + delta
/// steps; B_g = 1. The views are at most delta updates old.
Evidence averaged_selection(const Context& context, const Rational& factor) {
  const Rational m(9, 10);
  Evidence e =
      evidence(Coverage::sample,
               "exact runs on |x|, m = 0.9, gamma_k = 1/sqrt(k+1), 150 steps, random ages up to delta = 0, 4, J "
               "= 0, 3, 10, 30");
  for (const long delta : {0L, 4L}) {
    RandomStream stream(context.seed, stream_key("assm.selection"), static_cast<std::uint64_t>(delta));
    RootSum x = Rational(1);
    std::vector<Ball> steps;
    std::vector<Rational> signs;
    Rational average;
    for (long k = 0; k < 150; ++k) {
      signs.emplace_back(x.sign());
      const long age = std::min(k, static_cast<long>(stream.below(static_cast<std::uint64_t>(delta) + 1)));
      average = m * average + (one - m) * signs[static_cast<std::size_t>(k - age)];
      for (const long J : {0L, 3L, 10L, 30L}) {
        if (J > k) continue;
        Ball radius;
        for (long l = std::max(0L, k - J - delta); l < k; ++l) radius += steps[static_cast<std::size_t>(l)];
        // Within the radius of 0 the hull is [-1, 1], which holds every average of signs.
        const Ball position = enclosure(x.value());
        const bool near = !certainly_less(radius, abs(position));
        const Rational distance =
            near ? max(Rational(0), Rational(abs(average) - one)) : abs(average - Rational(x.sign()));
        compare(e, "dist <= 2 m^{J+1} B_g", distance, Relation::less_equal, factor * two * pow(m, J + 1),
                Object().add("k", k).add("J", J).add("m", m).add("delta", delta));
      }
      steps.push_back(Ball(1) / sqrt(Ball(k + 1)));
      x += RootSum(-average).over_root(k + 1);
    }
  }
  return e;
}

/// Variance of (1-m) sum_{k in window} weight_k sum_j m^j dM_{k-j} for independent noise of variance 1 inside the
/// window.
Ball noise_variance(const Rational& m, const std::vector<Ball>& weights) {
  // Backwards: C_l = (1-m) weight_l + m C_{l+1}.
  Ball coefficient, variance;
  for (std::size_t l = weights.size(); l-- > 0;) {
    coefficient = Ball(Rational(1) - m) * weights[l] + Ball(m) * coefficient;
    variance += coefficient * coefficient;
  }
  return variance;
}

/// The printed M weighs with dtau (here 1) up to k = p.
Evidence noise_grows() {
  const Rational m(9, 10);
  Evidence e = evidence(Coverage::instance, "exact variances for independent noise of variance 1, dtau = 1, m = 0.9");
  for (const std::size_t p : {1000u, 4000u})
    compare(e, "p/2 < Var M", Rational(static_cast<long>(p), 2), Relation::less,
            noise_variance(m, std::vector<Ball>(p + 1, Ball(1))),
            Object().add("m", m).add("p", static_cast<long>(p)).add("weights", "dtau = 1"));
  return e;
}

/// Weights gamma_k = 1/sqrt(k) over a unit of the time t, from k_0 on: the variance is at most gamma_{k_0} (1 +
/// gamma_{k_0}).
Evidence noise_corrected(const Rational& factor) {
  const Rational m(9, 10);
  Evidence e = evidence(
      Coverage::sample,
      "enclosed variances for independent noise of variance 1, steps 1/sqrt(k), windows of length 1 in t, m = 0.9");
  for (const long start : {100L, 10000L, 1000000L}) {
    std::vector<Ball> weights;
    Ball t;
    for (long k = start; certainly_less(t, 1); ++k) {
      weights.push_back(Ball(1) / sqrt(Ball(k)));
      t += weights.back();
    }
    compare(e, "Var M <= gamma_{k_0} (1 + gamma_{k_0})", noise_variance(m, weights), Relation::less_equal,
            Ball(factor) * weights.front() * (Ball(1) + weights.front()), Object().add("m", m).add("k_0", start));
  }
  return e;
}

}  // namespace

void register_averaging_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.momentum_noise.printed",
       .source = "proof of Theorem 3.2, the term with M",
       .statement = R"($E[M_{n_1}-M_{n_0}\mid\mathcal F_{n_0}]=0$ by the martingale property, at $m=\frac9{10}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return martingale_printed(); },
       .note =
           "Momentum makes the noise of a block correlated; the conditional mean vanishes only in the limit. The sum "
           "is taken from n_0 to n_1: with the upper limit p(sigma) as printed the difference would be empty.",
       .instead = "assm.momentum_noise"});
  registry.add(
      {.id = "assm.momentum_noise",
       .source = "proof of Theorem 3.2, corrected",
       .statement =
           R"($|E[M_{n_1}-M_{n_0}\mid\mathcal F_{n_0}]|\le\gamma_{n_0}\frac{m}{1-m}\sup|\delta M|$ for decreasing steps)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 geometric_weights("at step n_0 + i - 1, i >= 1, the noise before n_0 has the weights (1-m) m^{i+j}, "
                                   "j >= 0, which add up to at most m^i, and these to at most m/(1-m), by induction"),
                 martingale_bound(1));
           },
       .bound = true});
  registry.add({.id = "assm.increments.printed",
                .source = "Section 3.2, the martingale differences",
                .statement = R"($E[\delta M_k\,\delta M_j']=0$ for all $k,j$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return increments_printed(); },
                .note = "False for k = j.",
                .instead = "assm.increments"});
  registry.add(
      {.id = "assm.increments",
       .source = "Section 3.2 and Section 3.1, the noise of independent mini-batches, corrected",
       .statement =
           R"(For independent mini-batches $E[g(x_k,\xi^k)-\frac1M\sum_jg_j(x_k)\mid\text{past}]=0$, and $E[\delta M_k\,\delta M_j']=0$ for $k\ne j$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate("with the mean a over the batches of values g_1, g_2, ... of the same probability the "
                             "differences g - a add up to 0, here of two; for j < k the mean of the product is that of "
                             "the earlier difference times the conditional mean of the later, 0")
                     .identity(
                         "(g_1 - a) + (g_2 - a) = 0 at a = (g_1 + g_2)/2", {{"g_1", 1}, {"g_2", 1}},
                         [](const Point& p) { return p[0] + p[1] - two * ((p[0] + p[1]) / two); },
                         [](const Point&) { return Rational(0); }),
                 uncorrelated_noise());
           },
       .uses = {"assm.equation2"}});
  registry.add(
      {.id = "assm.section3_1.dependent_noise",
       .source = "Section 3.1, before (2), \"independent noise at each iteration\"",
       .statement =
           R"(Independent mini-batches leave the noises $g(x_k,\xi^k)-Eg$ of two steps dependent: $P(n_0=1,n_1=0)=\frac12\ne\frac14=P(n_0=1)P(n_1=0)$ on $f_1=2\max(x,0)$, $f_2=0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return dependent_noise(); },
       .note = "The law of the noise depends on the iterate, which the earlier noise has moved: independent are the "
               "mini-batches, and the noises are martingale differences (assm.increments)."});
  registry.add(
      {.id = "assm.selection.printed",
       .source = "proof of Theorem 3.2, upper semicontinuity",
       .statement =
           R"(If the stale $x'$ and $\hat x$ approach each other, some $g\in\partial f(\hat x)$ is within $\frac12$ of $g(x')$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return selection_converges(); },
       .note = "On |x| with x' and xhat on different sides of 0 the unique subgradients are 1 and -1. Upper "
               "semicontinuity gives dist(g(x'), df(x)) -> 0 at the limit x of both, not convergence of a "
               "selection.",
       .instead = "assm.selection"});
  registry.add(
      {.id = "assm.selection",
       .source = "proof of Theorem 3.2, corrected",
       .statement =
           R"(With $g_j\in\partial f$ at a view whose coordinates are at most $\delta$ updates older than $x_j$, $|g_j|\le B_g$: $\operatorname{dist}((1-m)\sum_{j\le k}m^jg_{k-j},\partial_\varepsilon f(x_k))\le 2m^{J+1}B_g$ with $\varepsilon=B_g\sum_{l=k-J-\delta}^{k-1}\gamma_l$, $J\le k$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 geometric_weights(
                     "with q = m^{J+1}, r = m^{k+1} the average is (1-q) A + (q-r) R, A of the Goldstein "
                     "subdifferential, which is convex, and |A|, |R| <= B_g: it differs from A by at most "
                     "(q-r) B_g + q B_g <= 2q B_g. A view lacks the moves of some coordinates in each of at most "
                     "delta updates, each no longer than B_g gamma_l")
                     .identity(
                         "(1-q) A + (q-r) R - A = (q-r) R - q A", {{"q", 1}, {"r", 1}, {"A", 1}, {"R", 1}},
                         [](const Point& p) { return (one - p[0]) * p[2] + (p[0] - p[1]) * p[3] - p[2]; },
                         [](const Point& p) { return (p[0] - p[1]) * p[3] - p[0] * p[2]; }),
                 averaged_selection(c, 1));
           },
       .note = "The Goldstein subdifferential is convex, which is what the limit needs.",
       .bound = true});
  registry.add(
      {.id = "assm.theorem3_2.noise_grows",
       .source = "proof of Theorem 3.2, the definition of M",
       .statement =
           R"($M^\sigma=\sum_{k\le p}(1-m)\delta\tau_k\sum_jm^j\delta M_{k-j}$, as it is defined, has a variance above $p/2$, $p=1000,4000$, for noise of variance 1)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return noise_grows(); },
       .note = "The weights must be the steps and the range must depend on t; as printed the variance grows as p and "
               "W(t+tau)-W(t) = 0."});
  registry.add(
      {.id = "assm.theorem3_2.noise",
       .source = "proof of Theorem 3.2, corrected",
       .statement =
           R"(With decreasing weights $\gamma_k$ over a unit of $t$ the variance for uncorrelated noise of variance 1 is at most $\gamma_{k_0}(1+\gamma_{k_0})$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 geometric_weights(
                     "the variance is sum C_l^2 <= max C_l sum C_l; by the weights (1-m) m^j, whose sum is at "
                     "most 1, C_l <= gamma_{k_0} and sum C_l <= sum gamma_k <= 1 + gamma_{k_0}"),
                 noise_corrected(1));
           },
       .bound = true});

  registry.add({.id = "assm.canary.momentum_noise_half",
                .source = "planted",
                .statement = R"($|E[M_{n_1}-M_{n_0}\mid\mathcal F_{n_0}]|\le\frac12\gamma_{n_0}\frac{m}{1-m}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return martingale_bound(Rational(1, 2)); },
                .canary = true});
  registry.add({.id = "assm.canary.selection_tenth",
                .source = "planted",
                .statement = R"(The averaged subgradient is within $m^{J+1}B_g/5$ of the Goldstein subdifferential)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return averaged_selection(c, Rational(1, 10)); },
                .canary = true});
  registry.add({.id = "assm.canary.noise_tenth",
                .source = "planted",
                .statement = R"(The variance over a unit of $t$ is at most $\gamma_{k_0}/10$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return noise_corrected(Rational(1, 10)); },
                .canary = true});
}

}  // namespace asyncert::assm
