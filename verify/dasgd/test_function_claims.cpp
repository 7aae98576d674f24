// The test function of Section 5 in 101 dimensions: how far it is from coherent, how stiff it is, and why samples do
// not show it.
#include <cmath>

#include "bounds/dasgd/chain_coherence.hpp"
#include "bounds/dasgd/rosenbrock.hpp"
#include "bounds/dasgd/steps.hpp"
#include "lib/certificate.hpp"
#include "lib/random.hpp"
#include "lib/statistics.hpp"
#include "lib/subdivision.hpp"
#include "verify/dasgd/claims.hpp"
#include "verify/dasgd/step_laws.hpp"

namespace asyncert::dasgd {

namespace {

Evidence smallest_coherence(const Rational& bound, long cells) {
  Evidence e = evidence(Coverage::domain, "shortest path over " + std::to_string(cells) +
                                              " intervals a coordinate, each pair bounded below over its two "
                                              "intervals; the exact value at a witness from above");
  const ChainMinimum m = chain_coherence_minimum(0, 2, 101, cells);
  e.data = Object().add("lower_bound", m.lower_bound).add("upper_bound", m.upper_bound).add("witness", m.witness);
  compare(e, "the certified lower bound of min V", bound, Relation::less_equal, m.lower_bound, Object().add("d", 101));
  compare(e, "V(witness) < -1496.17", m.upper_bound, Relation::less, Rational::parse("-1496.17"),
          Object().add("d", 101));
  return e;
}

/// First-order conditions on [0,2]^d with v_i = x_{i+1} - x_i^2. x_i = 0 is impossible for i < d, as the slope there is
/// at most -2, hence for i = d, as v_{d-1} < 0; so is x_i = 2 for i < d, where the slope is 1202 or more. So 200 x_1
/// v_1 + 1 - x_1 = 0, v_{i-1} = 2 x_i v_i + (1-x_i)/100 for 1 < i < d, and v_{d-1} = 0, or x_d = 2 with v_{d-1} <= 0
/// and x_{d-1} > 1. Downwards from i = d-1: v_i >= 0 and x_i < 1 give v_{i-1} > 0 and x_{i-1}^2 = x_i - v_{i-1} < 1,
/// and v_i <= 0 and x_i > 1 the opposite, each of which the first equation excludes; v_i = 0 and x_i = 1 give the same
/// for i-1.
Evidence only_stationary_point(const Rational& planted) {
  Certificate e(
      "the slopes of four coordinates, a first, two inner and a last one, by degree; their signs on the faces at the "
      "corners; so that x_i > 0, and x_i < 2 for i < d, and the equations v_{i-1} = 2 x_i v_i + (1-x_i)/100, v_i = "
      "x_{i+1} "
      "- x_i^2, carry v >= 0, x < 1 or v <= 0, x > 1 from i = d-1 down to 200 x_1 v_1 + 1 - x_1, which would not be 0: "
      "only "
      "v = 0, x = 1 is left");
  const std::vector<Variable> x{{"x_1", 3}, {"x_2", 3}, {"x_3", 3}, {"x_4", 3}};
  for (std::size_t i = 0; i < 4; ++i)
    e.identity(
        "slope " + std::to_string(i + 1), x, [=](const Point& p) { return rosenbrock_gradient(p)[i]; },
        [=](const Point& p) {
          const auto v = [&](std::size_t k) { return p[k + 1] - p[k] * p[k]; };
          Rational slope;
          if (i > 0) slope += Rational(200) * v(i - 1);
          if (i < 3) slope -= Rational(400) * p[i] * v(i) + Rational(2) * (planted - p[i]);
          return slope;
        });
  // a = x_{i-1}^2 in [0,4], b = x_{i+1} in [0,2]; the first coordinate lacks the term with a.
  e.nonnegative("slope at x_i = 0 <= -2", {{"a", 0, 4}}, [](const Point& p) { return Rational(200) * p[0]; });
  e.nonnegative("1202 <= slope at x_i = 2", {{"a", 0, 4}, {"b", 0, 2}}, [](const Point& p) {
    return Rational(200) * (Rational(2) - p[0]) - Rational(800) * (p[1] - 4) + 2 - 1202;
  });
  e.nonnegative("1202 <= slope at x_1 = 2", {{"b", 0, 2}},
                [](const Point& p) { return Rational(-800) * (p[0] - 4) + 2 - 1202; });
  return e;
}

/// Eigenvalues of the Hessian at (1,...,1) below a number: negative pivots of the tridiagonal matrix with the diagonal
/// 802, 1002, ..., 1002, 200 and -400 beside it, exact.
long eigenvalues_below(const Rational& shift, long d) {
  long count = 0;
  Rational pivot;
  for (long i = 1; i <= d; ++i) {
    const Rational diagonal = i == 1 ? Rational(802) : i == d ? Rational(200) : Rational(1002);
    pivot = diagonal - shift - (i == 1 ? Rational(0) : Rational(160000) / pivot);
    if (pivot.sign() < 0) ++count;
  }
  return count;
}

Evidence curvature(const Rational& largest) {
  Evidence e = evidence(Coverage::instance,
                        "exact inertia by the pivots of the shifted tridiagonal Hessian at the minimum, d = 101");
  const Object at = Object().add("d", 101).add("x", "(1,...,1)");
  compare(e, "no eigenvalue below 0.4987", eigenvalues_below(Rational(4987, 10000), 101), Relation::equal, 0, at);
  compare(e, "one eigenvalue below 0.4988", eigenvalues_below(Rational(4988, 10000), 101), Relation::equal, 1, at);
  compare(e, "one eigenvalue is not below the lower end", eigenvalues_below(largest, 101), Relation::equal, 100, at);
  compare(e, "all eigenvalues below the upper end", eigenvalues_below(largest + Rational(1, 100), 101), Relation::equal,
          101, at);
  return e;
}

/// With delays frozen at W the mode of curvature mu is stable where mu W < pi/2. W_n is at least the integral from
/// n/2+1 to n+1, log(log(n+1)/log(n/2+1)), which decreases where (n+1) log(n+1) - (n+2) log(n/2+1) > 0: that is
/// positive at 2 and has the derivative log 2 - log((n+2)/(n+1)).
Evidence unstable_regime(const Rational& curvature) {
  Evidence e = evidence(
      Coverage::domain,
      "decreasing steps: W_n exceeds log(log(n+1)/log(n/2+1)), the integral, which decreases from n = 2 on, by the "
      "signs at n = 2 and of a derivative; enclosed at n = 1e300, with the certified largest curvature 1801.61");
  add_monotonicity(e, StepLaw::log);
  const PrecisionScope scope(1200);
  const Ball log2 = log(Ball(2));
  compare(e, "0 < 3 log 3 - 4 log 2", 0, Relation::less, Ball(3) * log(Ball(3)) - Ball(4) * log2);
  compare(e, "log((n+2)/(n+1)) <= log(4/3) < log 2", log(Ball(Rational(4, 3))), Relation::less, log2);
  const Rational n = Rational::parse("1e300"), half = n / Rational(2);
  const Ball window = log(log(Ball(n + 1)) / log(Ball(half + 1)));
  compare(e, "pi/2 < lambda_max times the integral at n = 1e300", Ball::pi() / Ball(2), Relation::less,
          Ball(curvature) * window, Object().add("n", "1e300").add("read", "n/2").add("law", law_name(StepLaw::log)));
  compare(e, "pi/2 < lambda_max W_n at n = 1e300", Ball::pi() / Ball(2), Relation::less,
          Ball(curvature) * step_sum(StepLaw::log, half, n), Object().add("n", "1e300").add("read", "n/2"));
  return e;
}

/// The share of [0,2]^2 in which V is negative, by x_1: with w = (x_1-1)^2 and r = sqrt(w(25w-1))/10 it is x_2 within r
/// of x_1^2 + w/2. On a cell of x_1 the interval is enclosed, and where 25w may be below 1, it may be empty.
Evidence violated_area(const Rational& lower, const Rational& upper) {
  const long cells = 4000;
  Ball least, most;
  for (long i = 0; i < cells; ++i) {
    const Ball x = Ball::hull(Ball(Rational(2 * i, cells)), Ball(Rational(2 * (i + 1), cells))), w = (x - 1) * (x - 1);
    const Ball center = x * x + w / Ball(2), radicand = w * (Ball(25) * w - 1);
    if (certainly_less(radicand, Ball(0))) continue;
    const auto length = [&](const Ball& r, bool outer) {
      const Ball from = center - r, to = center + r;
      const Ball a = max(Ball(0), outer ? from.lower_end() : from.upper_end()),
                 b = min(Ball(2), outer ? to.upper_end() : to.lower_end());
      return max(Ball(0), b - a);
    };
    most += length(sqrt(max(Ball(0), radicand).upper_end()) / Ball(10), true);
    if (certainly_less(Ball(0), radicand)) least += length(sqrt(radicand) / Ball(10), false);
  }
  Evidence e =
      evidence(Coverage::domain,
               "the interval of x_2 with V < 0, from the pair identity, enclosed from inside and from outside on "
               "4000 cells of x_1");
  const Ball scale(Rational(1, 2 * cells));  // a cell is 2/cells wide, the square has the area 4
  compare(e, "lower bound <= share", lower, Relation::less_equal, least * scale);
  compare(e, "share <= upper bound", most * scale, Relation::less_equal, upper);
  return e;
}

/// E exp(-3 pair/100) for uniform x, y in [0,2], from above: on a cell the pair is at least the smaller end of the
/// concave 2w(1-25w), w = (x-1)^2, plus 200 times the squared distance of the cell's y from its values of c = x^2 +
/// w/2.
Ball mean_exponential(long cells, const Rational& rate) {
  const auto end = [&](long i) { return Rational(2 * i, cells); };
  Ball sum;
  for (long i = 0; i < cells; ++i) {
    std::vector<Rational> part, c;
    for (const Rational& x : {end(i), end(i + 1)}) {
      const Rational w = (x - 1) * (x - 1);
      part.push_back(Rational(2) * w * (Rational(1) - Rational(25) * w));
      c.push_back(x * x + w / 2);
    }
    // c = 3/2 (x-1/3)^2 + 1/3 is least inside the cell that holds 1/3.
    const bool turns = end(i) < Rational(1, 3) && Rational(1, 3) < end(i + 1);
    const Rational low = turns ? Rational(1, 3) : min(c[0], c[1]), high = max(c[0], c[1]);
    Ball row;
    for (long j = 0; j < cells; ++j) {
      const Rational distance = max(Rational(0), max(end(j) - high, low - end(j + 1)));
      row += exp(Ball(-rate * 200 * distance * distance));
    }
    sum += exp(Ball(-rate * min(part[0], part[1]))) * row;
  }
  return sum / Ball(cells * cells);
}

/// The pairs (x_i, x_{i+1}) with odd i are independent, and so are those with even i, 50 each: V < 0 needs a negative
/// sum of one of the two. From below, V < 0 where all coordinates are in an interval on whose square the pair is
/// negative.
Evidence violated_volume(const Rational& lower, const Rational& upper) {
  const PrecisionScope scope(64);
  const Rational from(11, 50), to(11, 25), rate(3, 100);
  const auto pair = [](const Ball& x, const Ball& y) {
    const Ball w = (x - 1) * (x - 1), rest = y - x * x - w / Ball(2);
    return Ball(2) * w * (Ball(1) - Ball(25) * w) + Ball(200) * rest * rest;
  };
  Evidence e = certify_on_box(
      {{"x_i", from, to}, {"x_{i+1}", from, to}},
      [&](const std::vector<Ball>& box) {
        const Ball value = pair(box[0], box[1]);
        return certainly_less(value, 0)         ? Ternary::yes
               : certainly_less_equal(0, value) ? Ternary::no
                                                : Ternary::unknown;
      },
      [&](const std::vector<Rational>& x) {
        return Comparison{.label = "the pair is negative",
                          .left = pair(Ball(x[0]), Ball(x[1])),
                          .relation = Relation::less,
                          .right = 0,
                          .instance = Object().add("x_i", x[0]).add("x_{i+1}", x[1])};
      },
      "Chernoff's bound for the two halves of 50 independent pairs each, P(V < 0) <= 2 (E exp(-3 pair/100))^50, the "
      "expectation bounded above on 200 x 200 cells; below, V < 0 on the cube [11/50,11/25]^101, by "
      "subdivision of the pair");
  const Ball mean = mean_exponential(200, rate);
  e.data = Object().add("mean_exponential", mean);
  compare(e, "lower bound <= ((11/25-11/50)/2)^101", lower, Relation::less_equal, pow((to - from) / 2, 101));
  compare(e, "2 (E exp(-3 pair/100))^50 <= upper bound", Ball(2) * pow(mean, 50), Relation::less_equal, upper);
  return e;
}

/// Uniform points of [0,2]^2 at which V < 0, with exact binomial limits.
Evidence violations(const Context& context, long samples, double bound) {
  const long d = 2;
  Evidence e = evidence(
      Coverage::sample,
      std::to_string(samples) +
          " independent uniform points of the box; limits of Clopper and Pearson for the probability of V < 0");
  RandomStream stream(context.seed, stream_key("dasgd.section5.violations"), static_cast<std::uint64_t>(d));
  long hits = 0;
  std::vector<double> x(static_cast<std::size_t>(d));
  for (long k = 0; k < samples; ++k) {
    for (double& v : x) v = stream.uniform(0, 2);
    const std::vector<double> g = rosenbrock_gradient(x);
    double product = 0;
    for (std::size_t i = 0; i < x.size(); ++i) product += g[i] * (x[i] - 1);
    hits += product < 0;
  }
  const Measure share = proportion_interval(hits, samples, context.false_alarm);
  e.seed = context.seed;
  e.smallest_detectable_violation = detectable_shortfall(samples, bound, context.false_alarm);
  e.data = Object().add("violations", hits).add("samples", samples);
  const Measure limit(Rational::from_double(bound));
  const Object at = Object().add("d", d);
  compare(e, "bound <= P(V < 0)", limit, Relation::less_equal, share, at);
  return e;
}

}  // namespace

void register_test_function_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.section5.smallest_coherence.d101",
       .source = "Section 5",
       .statement = R"(On $[0,2]^{101}$ the smallest coherence product of (5.1) lies between $-1530$ and $-1496.17$)",
       .expected = Verdict::proved,
       .procedure = [](const Context& c) { return smallest_coherence(-1530, c.effort == Effort::quick ? 800 : 2000); },
       .uses = {"dasgd.section5.pair_identity"}});
  add({.id = "dasgd.section5.only_stationary_point.every_d",
       .source = "Section 5, why the runs converge",
       .statement =
           R"($(1,\dots,1)$ is the only point of $[0,2]^d$ that satisfies the first-order conditions of (5.1), for every $d\ge2$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return only_stationary_point(1); },
       .note = "Together with dasgd.flow.objective this, and not (VC), explains convergence on the test function."});
  add({.id = "dasgd.section5.curvature",
       .source = "Section 5",
       .statement =
           R"(The Hessian of (5.1) at its minimum has its eigenvalues between $0.4987$ and $1801.62$, $d=101$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return curvature(Rational(180161, 100)); }});
  add({.id = "dasgd.section5.unstable_regime",
       .source = "Section 5, the steps 1/(n log n) with linear delays",
       .statement =
           R"(The window of the stiffest mode is beyond its stability limit at every $n$ from 2 to $10^{300}$: $\lambda_{\max}W_n>\pi/2$ for $\alpha_n=1/(n\log n)$ and $s(n)=\lfloor n/2\rfloor$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return unstable_regime(Rational(180161, 100)); },
       .uses = {"dasgd.section5.curvature", "dasgd.assumption3.stability_boundary"},
       .note = "The asymptotic regime of the theorem begins beyond any run on this function with the printed steps and "
               "c = 1."});
  add({.id = "dasgd.section5.violations.d2",
       .source = "Section 5",
       .statement = R"((VC) is violated on a share of $[0,2]^2$ between $0.080$ and $0.082$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return violated_area(Rational(80, 1000), Rational(82, 1000)); },
       .uses = {"dasgd.section5.pair_identity"}});
  add({.id = "dasgd.section5.violations.sampled",
       .source = "Section 5",
       .statement = R"(Uniform samples show that (VC) is violated on at least 6 % of $[0,2]^2$)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return violations(c, widened(c, 40000), 0.06); },
       .uses = {"dasgd.section5.violations.d2"}});
  add({.id = "dasgd.section5.violations.d101",
       .source = "Section 5",
       .statement =
           R"((VC) is violated on a share of $[0,2]^{101}$ between $10^{-100}$ and $10^{-24}$: $10^{23}$ uniform samples show it with a probability below $\frac1{10}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return violated_volume(Rational::parse("1e-100"), Rational::parse("1e-24")); },
       .uses = {"dasgd.section5.pair_identity"}});
  add({.id = "dasgd.canary.unstable_regime",
       .source = "planted",
       .statement = R"(A mode of curvature 1500 is beyond its stability limit at $n=10^{300}$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return unstable_regime(1500); },
       .canary = true});
  add({.id = "dasgd.canary.violations_share",
       .source = "planted",
       .statement = R"((VC) is violated on at least 12 % of $[0,2]^2$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context& c) { return violations(c, 40000, 0.12); },
       .canary = true});
  add({.id = "dasgd.canary.shifted_valley",
       .source = "planted",
       .statement = R"(The slopes of (5.1) with $2-x_i$ in place of $1-x_i$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return only_stationary_point(2); },
       .canary = true});
  add({.id = "dasgd.canary.violated_area",
       .source = "planted",
       .statement = R"((VC) is violated on less than 8 % of $[0,2]^2$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return violated_area(0, Rational(79, 1000)); },
       .canary = true});
  add({.id = "dasgd.canary.violated_volume",
       .source = "planted",
       .statement =
           R"(The cube $[\frac{11}{50},\frac{11}{25}]^{101}$ on which (VC) is violated has more than $10^{-90}$ of the volume)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return violated_volume(Rational::parse("1e-90"), 1); },
       .canary = true});
  add({.id = "dasgd.canary.curvature_shifted",
       .source = "planted",
       .statement = "The largest curvature lies between 1801.63 and 1801.64",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return curvature(Rational(180163, 100)); },
       .canary = true});
  add({.id = "dasgd.canary.coherence_bound_too_high",
       .source = "planted",
       .statement = "The certified lower bound of the smallest coherence product exceeds a value that is attained",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return smallest_coherence(-1496, 200); },
       .canary = true});
}

}  // namespace asyncert::dasgd
