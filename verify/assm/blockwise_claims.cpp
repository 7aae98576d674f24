// Limits of block-wise runs: the strongly convex function under any schedule and delay, block-separable functions.
#include "lib/random.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"
#include "verify/assm/two_core_run.hpp"

namespace asyncert::assm {

namespace {

using Variables = std::vector<asyncert::Variable>;
using At = asyncert::Point;

/// max(D, -2D) + ((x-1)^2 + (y+1)^2)/4, D = x-y, with slope s in [-2,1] and h = gamma/2: a write moves x to (1-h)x +
/// h(1-2s) or y to (1-h)y + h(2s-1), so that [-1,5] x [-5,1] is kept and no write moves farther than 6h. A view with D
/// > 0 has s = 1, one with D < 0 has s = -2.
Certificate diagonal_writes(std::string method) {
  const Rational five(5), six(6), half(1, 2);
  return Certificate(std::move(method))
      .identity(
          "x - 2h (s + (x-1)/2) = (1-h) x + h (1-2s)", {{"x", 1}, {"s", 1}, {"h", 1}},
          [=](const At& v) { return v[0] - two * v[2] * (v[1] + half * (v[0] - one)); },
          [](const At& v) { return (one - v[2]) * v[0] + v[2] * (one - two * v[1]); })
      .identity(
          "y - 2h (-s + (y+1)/2) = (1-h) y + h (2s-1)", {{"y", 1}, {"s", 1}, {"h", 1}},
          [=](const At& v) { return v[0] - two * v[2] * (-v[1] + half * (v[0] + one)); },
          [](const At& v) { return (one - v[2]) * v[0] + v[2] * (two * v[1] - one); })
      .identity(
          "s = 1: D falls by h (x+1) or h (1-y), whose sum is h (D+2)", {{"x", 1}, {"y", 1}, {"h", 1}},
          [](const At& v) {
            const Rational &x = v[0], &y = v[1], &h = v[2];
            return (x - ((one - h) * x - h)) + (((one - h) * y + h) - y);
          },
          [](const At& v) { return v[2] * (v[0] - v[1] + two); })
      .identity(
          "s = -2: D rises by h (5-x) or h (y+5), whose sum is h (10-D)", {{"x", 1}, {"y", 1}, {"h", 1}},
          [=](const At& v) {
            const Rational &x = v[0], &y = v[1], &h = v[2];
            return (((one - h) * x + five * h) - x) + (y - ((one - h) * y - five * h));
          },
          [=](const At& v) { return v[2] * (five + five - (v[0] - v[1])); })
      .nonnegative("0 <= x+1", {{"x", -1, 5}}, [](const At& v) { return v[0] + one; })
      .nonnegative("0 <= 5-x", {{"x", -1, 5}}, [=](const At& v) { return five - v[0]; })
      .nonnegative("x+1 <= 6", {{"x", -1, 5}}, [=](const At& v) { return six - (v[0] + one); })
      .identity(
          "(x-t)^2 + (y-t)^2 = D^2/2 + 2((x+y)/2 - t)^2", {{"x", 2}, {"y", 2}, {"t", 2}},
          [](const At& v) { return (v[0] - v[2]) * (v[0] - v[2]) + (v[1] - v[2]) * (v[1] - v[2]); },
          [=](const At& v) {
            const Rational D = v[0] - v[1], rest = half * (v[0] + v[1]) - v[2];
            return half * D * D + two * rest * rest;
          });
}

/// Exact runs with random writers and random views of the other block, all within delta writes: the squared distance
/// from the segment of (t,t), |t| <= 1, against factor (6h (delta+1))^2.
Evidence delayed_writes(const Context& context, const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample,
               "exact runs of 60 writes from (1/2, 1/2) with random writers and random ages of the other block "
               "up to delta = 0, 1, 4, steps 1/4 and 1/16");
  for (const long delta : {0L, 1L, 4L})
    for (const Rational& gamma : {Rational(1, 4), Rational(1, 16)})
      for (long replicate = 0; replicate < widened(context, 2); ++replicate) {
        RandomStream stream(context.seed, stream_key("assm.section3_3_3.blockwise_limit"),
                            static_cast<std::uint64_t>(replicate));
        std::array<std::vector<Rational>, 2> block;
        block[0].emplace_back(1, 2), block[1].emplace_back(1, 2);
        Rational farthest;
        for (long k = 0; k < 60; ++k) {
          const auto c = static_cast<std::size_t>(stream.below(2));
          const auto& other = block[1 - c];
          const auto age = static_cast<std::size_t>(stream.below(static_cast<std::uint64_t>(delta + 1)));
          const Rational own = block[c].back(), seen = other[other.size() - 1 - std::min(age, other.size() - 1)];
          const int side = c == 0 ? (own - seen).sign() : (seen - own).sign();
          const Rational slope(side > 0 ? 1 : side < 0 ? -2 : 0), outward(c == 0 ? 1 : -1);
          block[c].push_back(own - gamma * (outward * slope + (own - outward) / 2));
          const Rational x = block[0].back(), y = block[1].back(), middle = (x + y) / 2,
                         t = max(Rational(-1), min(one, middle));
          farthest = max(farthest, (x - t) * (x - t) + (y - t) * (y - t));
        }
        const Rational radius = Rational(3) * gamma * Rational(delta + 1);
        compare(e, "squared distance from the segment <= (3 gamma (delta+1))^2", farthest, Relation::less_equal,
                factor * radius * radius, Object().add("delta", delta).add("gamma", gamma).add("replicate", replicate));
      }
  return e;
}

/// Late means of block-wise runs on the strongly convex function lie on the segment of block-stationary points.
Evidence late_means(const Context& context) {
  std::vector<long> sixths = {6, 7, 8, 9, 12, 15, 18, 30, 60};
  for (long period = 61; period < 61 + widened(context, 5) - 5; ++period) sixths.push_back(period);
  Evidence e = evidence(
      Coverage::sample,
      "certified block-wise runs with nine pairs of periods or more and the step 1/64, 4000 updates, from (1/2, 1/2)");
  for (const long period : sixths) {
    const RunOptions o{strongly_convex, {1, Rational(period, 6)}, Update::own_block, Steps::constant,
                       Rational(1, 64), Rational(1, 2),           Rational(1, 2),    4000};
    compare(e, "|mean of (x+y)/2| <= 1", abs(two_core_run<Ball>(o).late_mean), Relation::less_equal, 1,
            Object().add("periods", Value(o.periods)));
  }
  return e;
}

/// |x| + |y| block by block with steps (5) of 1/sqrt(1+s) from real time sigma, against max(0, 1 - tau/ubar_i): at the
/// times of the updates, and just before.
Evidence separable_limit(const Context& context, const Rational& factor) {
  const long largest = context.effort == Effort::quick ? 6 : context.effort == Effort::standard ? 8 : 10;
  Evidence e = evidence(Coverage::sample,
                        "certified runs from real times 10^2, 10^4, 10^6 and, at higher effort, 10^8 and 10^10, "
                        "periods 1 and 2, momentum 0 and 9/10, up to tau = 2");
  for (const Rational& m : {Rational(0), Rational(9, 10)})
    for (long exponent = 2; exponent <= largest; exponent += 2)
      for (const long ubar : {1L, 2L}) {
        const Rational sigma = pow(Rational(10), exponent);
        Ball x(1), u, worst;
        const Ball origin = sqrt(Ball(sigma + Rational(1))), first_step = Ball(1) / origin;
        for (Rational T = sigma;; T += Rational(ubar)) {
          const Ball before = sqrt(Ball(T + Rational(1))), after = sqrt(Ball(T + Rational(ubar + 1)));
          const Ball tau = Ball(2) * (after - origin), solution = max(Ball(0), Ball(1) - tau / Ball(ubar)), old = x;
          u = Ball(m) * u + (decide_less(Ball(0), x) ? Ball(1) : Ball(-1));
          x -= Ball(Rational(1) - m) * Ball(2) / (before + after) * u;
          worst = max(worst, max(abs(x - solution), abs(old - solution)));
          if (certainly_less(2, tau)) break;
        }
        compare(e, "sup_{tau <= 2} |xhat - solution| <= (1+m)/(1-m) gamma(sigma)", worst, Relation::less_equal,
                Ball(factor * (Rational(1) + m) / (Rational(1) - m)) * first_step,
                Object().add("sigma", sigma).add("m", m).add("ubar", ubar));
      }
  return e;
}

}  // namespace

void register_blockwise_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.section3_3_3.blockwise_limit",
       .source = "Section 3.3.3, block-wise stationarity",
       .statement =
           R"(On the strongly convex $\max(D,-2D)+((x-1)^2+(y+1)^2)/4$, $D=x-y$, block-wise runs from $[-1,5]\times[-5,1]$ without momentum, with steps of at most $\gamma\le2$ and of infinite sum in both blocks, the own block fresh and the other's version at most $\delta$ writes old, are from some write on within $3\gamma(\delta+1)$ of the block-stationary segment $x=y=t$, $|t|\le1$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(with_search(diagonal_writes("with h half of a write's step, h <= gamma/2 =: k <= 1, "
                                                            "the box is kept and no write moves more "
                                                            "than 6k. Where D > 6k delta all views have D > 0: D never "
                                                            "rises, falls by at most 6k, and x+1 and "
                                                            "1-y, whose sum D+2 exceeds 2, shrink by 1-h with each "
                                                            "write, to 0 as the steps have an infinite "
                                                            "sum: it ends. D < -6k delta likewise with 5-x, y+5 and "
                                                            "10-D. Then |D| <= 6k (delta+1) is kept; x "
                                                            ">= -1, y <= 1 and t = (x+y)/2, cut off at -1 and 1, give "
                                                            "the distance |D| or less; identities"),
                                            delayed_writes(c, 1)),
                                late_means(c));
           },
       .uses = {"assm.section3_3_3.segment_P14", "assm.own_block_age"},
       .note = "So with steps that tend to 0 they converge to the segment, whatever the order of writes and reads, as "
               "Section 3.3.2 claims with probability one. The function itself may increase along them; where on the "
               "segment they end depends on the schedule and the delays.",
       .bound = true});
  registry.add(
      {.id = "assm.section3_3_3.blockwise_limit.inclusion",
       .source = "(8) with the product of the block projections, Section 3.3.3",
       .statement =
           R"(For the same function every solution of $\bar u_i\dot x_i\in-\Pi_i\partial f(x)$ from $[-1,5]\times[-5,1]$, $\bar u_i>0$, reaches the segment $x=y=t$, $|t|\le1$, by the time $\max\bar u_i|D(0)|$ and stays there)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return diagonal_writes(
                 "the rates are those of the writes over h, times 1/(2 ubar_i): the box is kept, as x moves towards a "
                 "point of [-1,5] and y towards one of [-5,1]; where D > 0, |D| falls at the rate (x+1)/(2 ubar_1) + "
                 "(1-y)/(2 ubar_2) >= (D+2)/(2 max ubar) >= 1/max ubar, where D < 0 at 5/max ubar or more; D = 0 in "
                 "the box is the segment");
           },
       .uses = {"assm.section3_3_3.segment_P14"},
       .note = "So |x-y| is a Lyapunov function of the block-wise inclusion here, although f is none."});
  registry.add(
      {.id = "assm.theorem3_2.separable_limit",
       .source = "Theorem 3.2 on a block-separable function",
       .statement =
           R"(On $|x_1|+\dots+|x_n|$ with decreasing steps, exact subgradients, constant $\delta\tau_i=\bar u_i$ and $u=0$ at first: $\sup_{\tau\ge0}|\hat x^\sigma_i-\hat x_i|\le\frac{1+m}{1-m}\gamma^\sigma_{0,i}$, $\hat x$ the solution of (8))",
       .expected = Verdict::proved,
       .procedure =
           [](const Context& c) {
             return with_search(momentum_as_displacement(
                                    "coordinates are independent, own blocks fresh. z moves by -gamma_k g_k and is "
                                    "within c gamma_0 of x, c = m/(1-m), by identities: as long as z > c gamma_0 it is "
                                    "the solution at the times of the updates; then |z| <= (c+1) gamma_0 for ever, as "
                                    "beyond c gamma_0 it turns back, and z falls no faster than the solution until "
                                    "that is 0, so that they differ by (c+1) gamma_0 at most, also between updates"),
                                separable_limit(c, 1));
           },
       .uses = {"assm.own_block_age", "assm.lemma3_1"},
       .note =
           "Where the nonsmooth part is block-separable the product of the projections is the joint subdifferential.",
       .bound = true});
  registry.add({.id = "assm.canary.blockwise_near",
                .source = "planted",
                .statement = R"(Block-wise runs stay within $\frac34\gamma(\delta+1)$ of the segment)",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return delayed_writes(c, Rational(1, 16)); },
                .canary = true});
  registry.add(
      {.id = "assm.canary.separable_limit_tenth",
       .source = "planted",
       .statement = R"(On $|x|+|y|$: $\sup_{\tau\le2}|\hat x^\sigma-\hat x|\le\frac{1+m}{10(1-m)}\gamma(\sigma)$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context& c) { return separable_limit(c, Rational(1, 10)); },
       .canary = true});
}

}  // namespace asyncert::assm
