// Claims of the proof of Theorem 3.2: tightness, the decomposition into a mean and a martingale, and the limit.
#include <algorithm>
#include <optional>

#include "lib/random.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

using At = asyncert::Point;

/// x and t of Algorithm 1 with given estimates Y, steps 1/(k+3).
struct Path {
  std::vector<Rational> gamma, t{0}, x{0};
};

Path path(const Rational& m, const std::vector<Rational>& Y) {
  Path p;
  Rational u;
  for (std::size_t k = 0; k < Y.size(); ++k) {
    u = m * u + Y[k];
    p.gamma.emplace_back(1, static_cast<long>(k) + 3);
    p.t.push_back(p.t.back() + p.gamma.back());
    p.x.push_back(p.x.back() - (one - m) * p.gamma.back() * u);
  }
  return p;
}

/// Estimates of length at most 1: all 1, in turn, in stretches, and random.
std::vector<std::vector<Rational>> estimates(const Context& context, long length) {
  std::vector<std::vector<Rational>> all(3 + static_cast<std::size_t>(widened(context, 3)));
  for (std::size_t i = 0; i < all.size(); ++i) {
    RandomStream stream(context.seed, stream_key("assm.theorem3_2.modulus"), i);
    for (long k = 0; k < length; ++k)
      all[i].emplace_back(i == 0   ? 1
                          : i == 1 ? 1 - 2 * (k % 2)
                          : i == 2 ? 1 - 2 * (k / 7 % 2)
                                   : 1 - 2 * static_cast<long>(stream.below(2)));
  }
  return all;
}

const std::vector<Rational>& momenta() {
  static const std::vector<Rational> values = {0, Rational(1, 2), Rational(9, 10)};
  return values;
}

/// |x(t+h) - x(t)| against factor B_g (h + extra), from just before an update to a later one: of each run the pair that
/// comes closest, or exceeds it most.
Evidence modulus(const Context& context, bool with_first_step, const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "exact runs of 30 updates with six sequences of estimates or more, m = 0, 1/2, 9/10: all pairs "
                        "of a left limit and a later update, of which the closest are shown");
  for (const Rational& m : momenta())
    for (const std::vector<Rational>& Y : estimates(context, 30)) {
      const Path p = path(m, Y);
      std::optional<Comparison> closest;
      std::optional<Rational> least;
      for (std::size_t i = 0; i + 1 < p.t.size(); ++i)
        for (std::size_t j = i + 1; j < p.t.size(); ++j) {
          const Rational h = p.t[j] - p.t[i + 1] + p.gamma[i] / Rational(1000), moved = abs(p.x[j] - p.x[i]),
                         bound = factor * (h + (with_first_step ? p.gamma.front() : Rational(0)));
          if (least && *least <= bound - moved) continue;
          least = bound - moved;
          closest = {
              .label = "|x(t+h) - x(t)| <= B_g (h + gamma_max)",
              .left = moved,
              .relation = Relation::less_equal,
              .right = bound,
              .instance =
                  Object().add("m", m).add("i", static_cast<long>(i)).add("j", static_cast<long>(j)).add("h", h)};
        }
      e.comparisons.push_back(std::move(*closest));
    }
  return e;
}

/// t lies in [t_f, t_{f+1}) and the last update up to t+h is at t_{l+1}: x moves by sum gamma_k (1-m) u_k over f <= k
/// <= l, whose gamma_k add up to t_{l+1} - t_f.
Certificate modulus_certificate() {
  return geometric_weights(
             "the moves between t and t+h are gamma_k times averages of estimates with weights that add up to at most "
             "1, over the k from the interval of t to the last update: the steps add up to h + gamma_max at most, an "
             "identity of degree one")
      .identity(
          "h + (t_{f+1} - t_f) - (t_{l+1} - t_f) = (t + h - t_{l+1}) + (t_{f+1} - t)",
          {{"h", 1}, {"t", 1}, {"t_f", 1}, {"t_{f+1}", 1}, {"t_{l+1}", 1}},
          [](const At& v) { return v[0] + (v[3] - v[2]) - (v[4] - v[2]); },
          [](const At& v) { return (v[1] + v[0] - v[4]) + (v[3] - v[1]); });
}

/// Independent fair signs on n intervals of [0,1]: the interpolation does not jump only if all signs agree.
Evidence estimate_jumps() {
  Evidence e = evidence(Coverage::instance,
                        "independent fair signs Y_k, n equal steps gamma_k = 1/n <= delta in [0,1]: exact probability "
                        "that two neighbours differ");
  for (const long n : {10L, 20L, 50L})
    compare(e, "P(sup_{t <= 1, s <= delta} |Y(t+s) - Y(t)| >= 1) <= 1/2", one - pow(Rational(1, 2), n - 1),
            Relation::less_equal, Rational(1, 2), Object().add("delta", Rational(1, n)).add("gamma_k", Rational(1, n)));
  return e;
}

/// |x(t) - x(t_i) + int_{t_i}^t Y| against factor (1+m)/(1-m) gamma_i, at the updates and just before, from every i.
Evidence follows_integral(const Context& context, const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "exact runs of 30 updates with six sequences of estimates or more, m = 1/2, 9/10: from every "
                        "update at all later ones and just before");
  for (const Rational& m : {Rational(1, 2), Rational(9, 10)})
    for (const std::vector<Rational>& Y : estimates(context, 30)) {
      const Path p = path(m, Y);
      for (std::size_t i = 0; i < Y.size(); ++i) {
        Rational integral, worst;
        for (std::size_t k = i; k < Y.size(); ++k) {
          integral += p.gamma[k] * Y[k];
          worst = max(worst, max(abs(p.x[k] - p.x[i] + integral), abs(p.x[k + 1] - p.x[i] + integral)));
        }
        compare(e, "|x(t) - x(t_i) + int_{t_i}^t Y| <= (1+m)/(1-m) B_g gamma_i", worst, Relation::less_equal,
                factor * (one + m) / (one - m) * p.gamma[i], Object().add("m", m).add("i", static_cast<long>(i)));
      }
    }
  return e;
}

/// x(1/2) of Algorithm 1 on |x| from 1 against (7) as printed, x' in d|x| = {1}.
Evidence printed_limit() {
  Evidence e = evidence(Coverage::instance,
                        "exact runs of Algorithm 1 on |x| from x_0 = 1 without noise and delay, m = 1/2, constant "
                        "steps, up to t = 1/2, where all of (7) says x' = 1");
  for (const long exponent : {3L, 4L, 5L}) {
    const Rational gamma = pow(Rational(1, 2), exponent), m(1, 2);
    Rational x(1), u;
    for (Rational t; t < Rational(1, 2); t += gamma) {
      u = m * u + Rational(x.sign());
      x -= (one - m) * gamma * u;
    }
    compare(e, "|x(1/2) - 3/2| <= 1/10", abs(x - Rational(3, 2)), Relation::less_equal, Rational(1, 10),
            Object().add("f", "|x|").add("x_0", 1).add("m", m).add("gamma", gamma));
  }
  return e;
}

/// z moves by -gamma (g + xi); the noise in it is a martingale with sum gamma^2 B^2 of variance at most; views and
/// momentum displace by multiples of gamma.
Certificate limit_inclusion() {
  return momentum_as_displacement(
             "z moves by -gamma_k (g_k + xi_k) and is within c B_g gamma_0 of x, c = m/(1-m). By Kolmogorov's "
             "inequality sums of gamma_{k-1} xi_k over [0,T] reach eta with a probability of at most gamma_0 (T + "
             "gamma_0) B_g^2/eta^2, as gamma^2 <= gamma_0 gamma, and as the steps decrease those of gamma_k xi_k are "
             "within gamma_0 B_g of them; views are within delta B_g gamma_0 of the current point. So "
             "x(t+h) - x(t) is -h times a mean of elements of df at points near x(t), up to what vanishes with "
             "gamma_0; by upper semicontinuity they are within any eta of the convex set df(x(t)) for small h, and so "
             "is their mean. For blocks the same with Pi_i df: the scaled times of all blocks are integrals of one "
             "gamma(s) up to gamma dtau, and the limits are continuous, so that the views tend to xhat(tau_i(t))")
      .identity(
          "gamma_0 gamma - gamma^2 = gamma (gamma_0 - gamma)", {{"gamma", 2}, {"gamma_0", 1}},
          [](const At& v) { return v[1] * v[0] - v[0] * v[0]; }, [](const At& v) { return v[0] * (v[1] - v[0]); })
      .identity(
          "(1-s) |a|^2 + s |b|^2 - |(1-s) a + s b|^2 = s (1-s) |a-b|^2, of one coordinate: with the distances a, b of "
          "two points from a convex set that of a mean is at most eta",
          {{"a", 2}, {"b", 2}, {"s", 2}},
          [](const At& v) {
            const Rational &a = v[0], &b = v[1], c = (one - v[2]) * a + v[2] * b;
            return (one - v[2]) * a * a + v[2] * b * b - c * c;
          },
          [](const At& v) { return v[2] * (one - v[2]) * (v[0] - v[1]) * (v[0] - v[1]); });
}

/// |x| from 1 with random ages up to delta of a single coordinate that several cores write: the solution is max(0,
/// 1-t).
Evidence delayed_limit(const Context& context, const Rational& factor) {
  Evidence e = evidence(Coverage::sample,
                        "exact runs on |x| from 1 up to t = 2, steps 1/8, 1/64, 1/512, m = 0, 1/2, 3/4, random ages up "
                        "to delta = 0, 3, against max(0, 1-t)");
  for (const long exponent : {3L, 6L, 9L})
    for (const Rational& m : {Rational(0), Rational(1, 2), Rational(3, 4)})
      for (const long delta : {0L, 3L}) {
        const Rational gamma = pow(Rational(1, 2), exponent);
        RandomStream stream(context.seed, stream_key("assm.theorem3_2.weak_limit"),
                            static_cast<std::uint64_t>(exponent));
        std::vector<int> signs{1};
        Ball x(1), u, worst;
        for (Rational t; t < two; t += gamma) {
          const std::size_t age =
              std::min(signs.size() - 1, static_cast<std::size_t>(stream.below(static_cast<std::uint64_t>(delta + 1))));
          u = Ball(m) * u + Ball(signs[signs.size() - 1 - age]);
          x -= Ball((one - m) * gamma) * u;
          signs.push_back(certainly_less(0, x) ? 1 : certainly_less(x, 0) ? -1 : 0);
          const Rational before = max(Rational(0), Rational(one - t)),
                         after = max(Rational(0), Rational(one - t - gamma));
          worst = max(worst, max(abs(x - Ball(before)), abs(x - Ball(after))));
        }
        compare(e, "sup_{t <= 2} |x(t) - max(0, 1-t)| <= ((1+m)/(1-m) + delta + 1) gamma", worst, Relation::less_equal,
                factor * ((one + m) / (one - m) + Rational(delta + 1)) * gamma,
                Object().add("m", m).add("gamma", gamma).add("delta", delta));
      }
  return e;
}

/// The sums of the proof's definitions after the first updates: one core on |x| from 4, m = 1/2, gamma_k = 1/4, dtau =
/// 1, no noise, no delay; g_i(xhat) and the averages of g are 1 - m^{k+1}, so that Gbar + Gtilde is their weighted sum.
Evidence decomposition(bool as_printed) {
  const Rational m(1, 2), gamma(1, 4), dtau(1);
  Evidence e = evidence(Coverage::instance,
                        "exact: one core on |x| from 4 without noise and delay, m = 1/2, gamma = 1/4, dtau = 1, sigma "
                        "= 0; as printed with the sign of (4)");
  Rational moved, u, sum;
  for (long k = 0; k < 6; ++k) {
    u = m * u + one;
    moved += (one - m) * gamma * u;
    // p(0) = 0: the printed sums end with k = 0 at every t.
    if (!as_printed || k == 0) sum += (as_printed ? dtau : gamma) * (one - m) * u;
    compare(e, as_printed ? "xhat - x_0 = Gbar + Gtilde + M" : "x_0 - xhat = Gbar + Gtilde + M", moved, Relation::equal,
            sum, Object().add("updates", k + 1).add("m", m).add("gamma", gamma).add("dtau", dtau));
  }
  return e;
}

Certificate decomposition_certificate() {
  return Certificate(
             "each update subtracts gamma times the average A of the subgradients, plus that of the noise, N: with g "
             "the subgradient at xhat an identity of degree one, summed over the updates up to t")
      .identity(
          "gamma (A + N) = gamma g + gamma (A - g) + gamma N", {{"gamma", 1}, {"A", 1}, {"N", 1}, {"g", 1}},
          [](const At& v) { return v[0] * (v[1] + v[2]); },
          [](const At& v) { return v[0] * v[3] + v[0] * (v[1] - v[3]) + v[0] * v[2]; });
}

}  // namespace

void register_weak_limit_claims(ClaimRegistry& registry) {
  registry.add({.id = "assm.theorem3_2.lipschitz.printed",
                .source = "proof of Theorem 3.2, tightness",
                .statement = R"($|x^\sigma(t+h)-x^\sigma(t)|\le B_gh$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return modulus(c, false, 1); },
                .note = "x^sigma is piecewise constant and jumps.",
                .instead = "assm.theorem3_2.modulus"});
  registry.add(
      {.id = "assm.theorem3_2.modulus",
       .source = "proof of Theorem 3.2, tightness, corrected",
       .statement =
           R"(For all estimates $|Y_j|\le B_g$, steps and $0\le m<1$: $|x^\sigma(t+h)-x^\sigma(t)|\le B_g(h+\gamma_{\max})$, so that for vanishing steps $\lim_{\delta\to0}\limsup_\sigma\sup_{t\le T,s\le\delta}|x^\sigma(t+s)-x^\sigma(t)|=0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) { return with_search(modulus_certificate(), modulus(c, true, 1)); },
       .uses = {"assm.lemma3_1"},
       .bound = true});
  registry.add({.id = "assm.theorem3_2.estimate_continuous.printed",
                .source = "proof of Theorem 3.2, tightness of Y",
                .statement = R"($\sup_{t\le T,s\le\delta}|Y^\sigma(t+s)-Y^\sigma(t)|\to0$ in probability)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return estimate_jumps(); },
                .note = "Only the integrated process is asymptotically continuous; bounded inter-update times are not "
                        "Assumption 3.3 either.",
                .instead = "assm.theorem3_2.estimate_continuous"});
  registry.add(
      {.id = "assm.theorem3_2.estimate_continuous",
       .source = "proof of Theorem 3.2, tightness of Y, corrected",
       .statement =
           R"(The integral of $Y^\sigma$ is continuous, and $x^\sigma$ follows it: for $|Y_j|\le B_g$, $0\le m<1$ and decreasing steps $\int_0^tY^\sigma$ is Lipschitz with $B_g$, and $|x^\sigma(t)-x^\sigma(0)+\int_0^tY^\sigma|\le\frac{1+m}{1-m}B_g\gamma^\sigma_0$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(
                 momentum_as_displacement(
                     "z moves by -gamma_k Y_k, which is minus the integral at the updates, and is within c "
                     "B_g gamma_0 of x at first and later, c = m/(1-m), whatever the estimates before; "
                     "between updates the integral moves by at most B_g gamma_0: 2c + 1 = (1+m)/(1-m)"),
                 follows_integral(c, 1));
           },
       .bound = true});
  registry.add(
      {.id = "assm.theorem3_2.decomposition.printed",
       .source = "proof of Theorem 3.2, the definition of W",
       .statement =
           R"($\hat x^\sigma(\tau^\sigma(t))-x_0^\sigma=\bar G^\sigma(t)+\tilde G^\sigma(t)+M^\sigma(t)$ with the sums of $\delta\tau_k$ up to $k=p(\sigma)$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return decomposition(true); },
       .note =
           "The weights must be the steps and the range must depend on t: as printed W(t+tau) - W(t) = 0 for all t.",
       .instead = "assm.theorem3_2.decomposition"});
  registry.add(
      {.id = "assm.theorem3_2.decomposition",
       .source = "proof of Theorem 3.2, the definition of W, corrected",
       .statement =
           R"($\hat x^\sigma(\tau^\sigma(t))-x_0^\sigma=-(\bar G^\sigma(t)+\tilde G^\sigma(t)+M^\sigma(t))$ with the weights $\gamma_k$, the sums over the updates up to $t$ and the averages back to the first update, for every $m$, delay and noise)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(decomposition_certificate(), decomposition(false)); },
       .uses = {"assm.algorithm1.unrolled"}});
  registry.add({.id = "assm.theorem3_2.weak_limit.printed",
                .source = "Theorem 3.2, (7)",
                .statement = R"(The limit of Algorithm 1 has (7) as printed, on $|x|$ from $1$: $x(\frac12)=\frac32$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return printed_limit(); },
                .note = "Algorithm 1 has the minus sign, (4), (7) and (8) have not.",
                .instead = "assm.theorem3_2.weak_limit"});
  registry.add(
      {.id = "assm.theorem3_2.weak_limit",
       .source = "Theorem 3.2, (7), corrected; Section 5, inconsistent reads",
       .statement =
           R"(For locally Lipschitz $f$, $g_k\in\partial f$ at views, consistent or not, of coordinates at most $\delta$ updates old, martingale differences $\xi_k$ given the steps before, $|g_k+\xi_k|,|\xi_k|\le B_g$, $0\le m<1$ and decreasing steps with $\gamma_0^\sigma\to0$: almost surely, along a subsequence, limits of $x^\sigma$, uniform on $[0,T]$, have $\dot x\in-\partial f(x)$ almost everywhere for full-vector updates; for blocks, with the steps of (5), $\gamma\,\delta\tau\to0$ also where $\sigma$ lies between two updates, $\hat x^\sigma\to\hat x$ and $\tau_i^\sigma\to\tau_i$ uniformly, $\dot x_i\in-\Pi_i\partial f(\hat x(\tau_i))$)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) { return with_search(limit_inclusion(), delayed_limit(c, 1)); },
       .uses = {"assm.theorem3_2.modulus", "assm.lemma3_2.exclusive"},
       .note =
           "The subsequence is one on which the sums of the noise vanish. With (6) the limit has (8) with its sign, "
           "assm.equation6.chain_rule. For blocks not with df in place of the product: "
           "assm.theorem3_2.delays_stay, and solutions of the product inclusion need not settle: "
           "assm.section3_3_3.blockwise_convergence.printed. Section 5 says that no theory covers inconsistent reads "
           "of full vectors: this does, where no update is lost."});

  registry.add({.id = "assm.canary.modulus_half",
                .source = "planted",
                .statement = R"($|x^\sigma(t+h)-x^\sigma(t)|\le\frac12B_g(h+\gamma_{\max})$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return modulus(c, true, Rational(1, 2)); },
                .canary = true});
  registry.add({.id = "assm.canary.integral_followed_tenth",
                .source = "planted",
                .statement = R"($|x^\sigma(t)-x^\sigma(0)+\int_0^tY^\sigma|\le\frac{1+m}{10(1-m)}B_g\gamma^\sigma_0$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return follows_integral(c, Rational(1, 10)); },
                .canary = true});
  registry.add({.id = "assm.canary.delayed_limit_tenth",
                .source = "planted",
                .statement = R"($\sup_{t\le2}|x(t)-\max(0,1-t)|\le\frac1{10}(\frac{1+m}{1-m}+\delta+1)\gamma$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return delayed_limit(c, Rational(1, 10)); },
                .canary = true});
}

}  // namespace asyncert::assm
