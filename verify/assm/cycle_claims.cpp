// A function on which the block-wise inclusion has a cycle, and where block-wise solutions do descend.
#include <algorithm>
#include <cmath>

#include "lib/random.hpp"
#include "lib/statistics.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

using At = asyncert::Point;

const char* const trench = "min(y + 2|x| + 2(y-x)+, x-1 + 2|y+1| + 2(y-x)+, x+y + 2|x-y|) + 4(y)+ + 4(-1-y)+";

/// Two descending channels, from O = (0,0) along x = 0 to E = (0,-1) and along y = -1 to A = (-1,-1), and a trench
/// along x = y that rises from A to O. Piecewise linear, and f -> infinity at infinity.
template <class T>
T value(const T& x, const T& y) {
  using std::abs;
  using std::max;
  using std::min;
  const T none(0), unit(1), twice(2), steep(4);
  const T left_of_diagonal = max(none, T(y - x));
  const T down = y + twice * abs(x) + twice * left_of_diagonal,
          left = x - unit + twice * abs(T(y + unit)) + twice * left_of_diagonal, rise = x + y + twice * abs(T(x - y));
  return min(min(down, left), rise) + steep * max(none, y) + steep * max(none, T(-unit - y));
}

/// The gradient on a triangle on which f is linear: there no argument of |.| or (.)+ changes its sign, and one of the
/// three functions is the least at all corners.
At gradient_on(const std::vector<At>& corners, Evidence& e) {
  const auto arguments = [](const At& p) { return At{p[0], p[1], p[1] + one, p[0] - p[1]}; };
  const auto channels = [](const At& p) {
    const Rational &x = p[0], &y = p[1], crossed = two * max(Rational(0), Rational(y - x));
    return At{y + two * abs(x) + crossed, x - one + two * abs(Rational(y + one)) + crossed,
              x + y + two * abs(Rational(x - y))};
  };
  bool linear = true, least[3] = {true, true, true};
  for (const At& p : corners) {
    for (const At& q : corners)
      for (std::size_t k = 0; k < 4; ++k) linear = linear && (arguments(p)[k] * arguments(q)[k]).sign() >= 0;
    const At c = channels(p);
    for (std::size_t k = 0; k < 3; ++k) least[k] = least[k] && c[k] <= min(min(c[0], c[1]), c[2]);
  }
  e.hypotheses.push_back({"f is linear on the triangle", linear && (least[0] || least[1] || least[2]), ""});
  const auto at = [&](std::size_t k) { return value(corners[k][0], corners[k][1]); };
  const At a{corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]},
      b{corners[2][0] - corners[0][0], corners[2][1] - corners[0][1]};
  const Rational along_a = at(1) - at(0), along_b = at(2) - at(0), area = a[0] * b[1] - a[1] * b[0];
  return {(along_a * b[1] - along_b * a[1]) / area, (along_b * a[0] - along_a * b[0]) / area};
}

/// A side of the cycle: from, to, and the corners of triangles on both of its sides, which with it cover a
/// neighbourhood of its interior. The time that it takes is 1.
struct CycleSide {
  At from, to, right, left;
};

/// Twice the area of the triangle, positive where its corners are met counterclockwise.
Rational orientation(const At& a, const At& b, const At& c) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

const std::vector<CycleSide>& cycle() {
  static const std::vector<CycleSide> sides = {
      {{-1, -1}, {0, 0}, {Rational(-3, 8), Rational(-1, 2)}, {Rational(-1, 2), Rational(-3, 8)}},
      {{0, 0}, {0, -1}, {Rational(-1, 8), Rational(-1, 2)}, {Rational(1, 8), Rational(-1, 2)}},
      {{0, -1}, {-1, -1}, {Rational(-1, 2), Rational(-7, 8)}, {Rational(-1, 2), Rational(-9, 8)}}};
  return sides;
}

/// Between the lines x = 0, y = 0, y = -1, x = y, f is the least of three linear functions, hence concave: it is least
/// at a corner if it grows along the rays of the lines, far out.
bool least_in_start() {
  const Rational far(1'000'000);
  bool least = value(Rational(-1), Rational(-1)) == Rational(-2);
  for (const At& corner : {At{-1, -1}, At{0, 0}, At{0, -1}}) {
    least = least && (value(corner[0], corner[1]) > Rational(-2) || corner == At{-1, -1});
    for (const At& ray : {At{1, 0}, At{-1, 0}, At{0, 1}, At{0, -1}, At{1, 1}, At{-1, -1}})
      least = least && value(corner[0] + far * ray[0], corner[1] + far * ray[1]) <
                           value(corner[0] + two * far * ray[0], corner[1] + two * far * ray[1]);
  }
  return least;
}

/// The sides of the cycle as solutions of x_i' in -Pi_i df(x), speeds 1, and how far 0 is from Pi_i df along them.
Evidence block_wise_cycle(const Rational& threshold) {
  Evidence e = evidence(Coverage::instance,
                        "exact gradients on the triangles on both sides of each side of the cycle, between which the "
                        "subdifferential lies: the velocity is one of the inclusion on every side, so that it is a "
                        "solution of period 3");
  e.hypotheses.push_back({"f is least at (-1,-1) only, and its level sets are bounded", least_in_start(), ""});
  for (const CycleSide& side : cycle()) {
    const At velocity{side.to[0] - side.from[0], side.to[1] - side.from[1]},
        a = gradient_on({side.from, side.to, side.right}, e), b = gradient_on({side.from, side.to, side.left}, e);
    e.hypotheses.push_back({"the triangles lie on both sides",
                            orientation(side.from, side.to, side.right).sign() < 0 &&
                                orientation(side.from, side.to, side.left).sign() > 0,
                            ""});
    Rational away;
    bool allowed = true;
    for (std::size_t i = 0; i < 2; ++i) {
      const Rational lower = min(a[i], b[i]), upper = max(a[i], b[i]);
      allowed = allowed && lower <= -velocity[i] && -velocity[i] <= upper;
      away = max(away, max(lower, Rational(-upper)));
    }
    e.hypotheses.push_back({"the velocity is in -Pi_i df for both i", allowed, ""});
    if (velocity[0] * velocity[1] == Rational(0))
      compare(e, "max_i dist(0, Pi_i df) on this side, in every period", away, Relation::less_equal, threshold,
              Object().add("f", trench).add("from", Value(side.from)).add("to", Value(side.to)).add("period", 3));
  }
  return e;
}

/// A run of single writes without delay: block 1 has the probability a where x > y, else 1-a. Returns the least and the
/// largest value of f in its last half.
std::pair<double, double> late_range(RandomStream& stream, double a, long updates, bool full_vector) {
  double x = stream.uniform(-1, 0), y = stream.uniform(-1, 0), least = HUGE_VAL, most = -HUGE_VAL;
  const auto sign = [](double v) { return v > 0 ? 1.0 : v < 0 ? -1.0 : 0.0; };
  for (long k = 0; k < updates; ++k) {
    const double step = 0.004 / std::sqrt(1 + 1e-5 * static_cast<double>(k)), crossed = y > x ? 1 : 0;
    const double down = y + 2 * std::abs(x) + 2 * crossed * (y - x),
                 left = x - 1 + 2 * std::abs(y + 1) + 2 * crossed * (y - x), rise = x + y + 2 * std::abs(x - y);
    double g[2] = {1 + 2 * sign(x - y), 1 - 2 * sign(x - y)};
    if (down <= left && down <= rise)
      g[0] = 2 * sign(x) - 2 * crossed, g[1] = 1 + 2 * crossed;
    else if (left <= rise)
      g[0] = 1 - 2 * crossed, g[1] = 2 * sign(y + 1) + 2 * crossed;
    g[1] += y > 0 ? 4 : y < -1 ? -4 : 0;
    const bool first = stream.uniform() < (x > y ? a : 1 - a);
    if (full_vector || first) x -= step * g[0];
    if (full_vector || !first) y -= step * g[1];
    if (2 * k < updates) continue;
    const double f = value(x, y);
    least = std::min(least, f);
    most = std::max(most, f);
  }
  return {least, most};
}

/// P(f passes -19/10 and -1/10 in the last half of a run) against 1/2.
Evidence cycling_runs(const Context& context, const std::string& id, bool full_vector) {
  const long first = context.effort == Effort::quick      ? 40
                     : context.effort == Effort::standard ? 200
                                                          : 1000,
             updates = 50000;
  const double a = 0.1;
  const ProportionTest test = test_proportion(
      [&](long r) {
        RandomStream stream(context.seed, stream_key(id), static_cast<std::uint64_t>(r));
        const auto [least, most] = late_range(stream, a, updates, full_vector);
        return least <= -1.9 && most >= -0.1;
      },
      0.5, context.false_alarm, first, 4 * first);
  Evidence e = evidence(Coverage::sample,
                        "runs in double from uniform starts in [-1,0]^2, single writes without delay, steps "
                        "0.004/sqrt(1 + k/10^5); Clopper-Pearson limits, looked at after more and more runs until "
                        "they exclude 1/2");
  compare(e, "1/2 <= P(f passes -19/10 and -1/10 in the last half)", Rational(1, 2), Relation::less_equal,
          test.probability,
          Object()
              .add("f", trench)
              .add("P(block 1 | x > y)", Rational(1, 10))
              .add("P(block 1 | x <= y)", Rational(9, 10))
              .add("updates", updates)
              .add("runs", test.trials)
              .add("runs that cycle", test.successes));
  e.smallest_detectable_violation = test.shortfall;
  e.seed = context.seed;
  return e;
}

/// The rate of f along a solution of ubar_i x_i' in -Pi_i df: on a smooth piece and along a kink it is <g, x'> for
/// every g of df, x_i' = -h_i/ubar_i with h_i in Pi_i df.
Certificate descends_elsewhere() {
  return Certificate(
             "at almost all times the solution is where f is smooth, or on a kink and moves along it, or rests at a "
             "corner, which is then block-wise stationary as -ubar_i x_i' = 0 is in Pi_i df; so the rate of f is "
             "<g,x'> for every g of df. Where 0 is not in Pi_1 df take g of df with g_2 = 0 if there is one: the rate "
             "is -h_1 g_1/ubar_1, and h_1, g_1 of Pi_1 df have the same sign. If there is none, both h_i g_i are "
             "positive for every g; the blocks may change their places")
      .identity(
          "g_1 x' + g_2 y' = -(h_1 g_1/ubar_1 + h_2 g_2/ubar_2)",
          {{"g_1", 1}, {"g_2", 1}, {"h_1", 1}, {"h_2", 1}, {"ubar_1", 1}, {"ubar_2", 1}},
          [](const At& v) { return v[0] * (-v[2] / v[4]) + v[1] * (-v[3] / v[5]); },
          [](const At& v) { return -(v[2] * v[0] * v[5] + v[3] * v[1] * v[4]) / (v[4] * v[5]); });
}

/// The same on the cycle: its sides that are not block-wise stationary descend at the rates of `rate`.
Evidence cycle_rates(const Rational& rate) {
  Evidence e = evidence(Coverage::sample, "the change of f along the sides of the cycle, exactly");
  for (const CycleSide& side : cycle())
    if (side.from[0] == side.to[0] || side.from[1] == side.to[1])
      compare(e, "f at the end - f at the start of the side",
              value(side.to[0], side.to[1]) - value(side.from[0], side.from[1]), Relation::less_equal, rate,
              Object().add("f", trench).add("from", Value(side.from)).add("to", Value(side.to)));
  return e;
}

}  // namespace

void register_cycle_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.section3_3_3.blockwise_convergence.printed",
       .source = "Section 3.3.3, \"ensure asymptotic convergence to block-wise stationarity\"",
       .statement =
           R"(Bounded solutions of $\dot x_i\in-\partial_if(x)$ converge to block-wise stationarity: $\max_i\mathrm{dist}(0,\partial_if)\le\frac12$ at all late times)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return block_wise_cycle(Rational(1, 2)); },
       .note = "A piecewise linear function of two variables with bounded level sets has a solution of period 3: it "
               "rises along the kink x = y from the global minimiser (-1,-1), where every point is block-wise "
               "stationary, and descends on two sides that are not. Inside its sides the partial subdifferentials are "
               "the projections of df. The cycle is a bounded invariant set of (8) with its sign, and the solution "
               "returns to each of its points. Block-wise runs follow it: assm.measured.cycle.",
       .instead = "assm.section3_3_3.product_descends"});
  registry.add(
      {.id = "assm.section3_3_3.product_descends",
       .source = "Section 3.3.3, block-wise stationarity, corrected",
       .statement =
           R"(For continuous $f$ of finitely many polynomial pieces with straight kinks in the plane, blocks $x$ and $y$: along $\bar u_i\dot x_i\in-\Pi_i\partial f(x)$, $\bar u_i>0$, $f$ has a negative rate at almost all times at which the point is not block-wise stationary)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(descends_elsewhere(), cycle_rates(-1)); },
       .note =
           "So f can rise among block-wise stationary points only, as it does in assm.section3_3_3.product_ascends. "
           "That does not make solutions converge."});
  registry.add(
      {.id = "assm.measured.cycle",
       .source = "Section 3.3.3 and Section 3, item 2, measured",
       .statement =
           R"(Block-wise runs without delay, block 1 drawn with probability $\frac1{10}$ where $x>y$, else $\frac9{10}$, pass $f\le-\frac{19}{10}$ and $f\ge-\frac1{10}$ again in their last half in at least half of the runs, on the function with the cycle)",
       .expected = Verdict::supported,
       .procedure = [](const Context& c) { return cycling_runs(c, "assm.measured.cycle", false); },
       .uses = {"assm.section3_3_3.blockwise_convergence.printed"},
       .note = "All parts of Assumption 3.1 hold, with p_min = 1/10, and the subgradients are bounded; that the choice "
               "of blocks depends on the iterates is what Section 1 has in mind. The least value "
               "of f is -2: the runs leave the global minimiser again and again."});

  registry.add({.id = "assm.canary.cycle_stationary",
                .source = "planted",
                .statement = R"(On all sides of the cycle $\max_i\mathrm{dist}(0,\Pi_i\partial f)\le\frac{99}{100}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return block_wise_cycle(Rational(99, 100)); },
                .canary = true});
  registry.add({.id = "assm.canary.cycle_steeper",
                .source = "planted",
                .statement = R"(Both descending sides of the cycle lose more than $1$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return cycle_rates(Rational(-11, 10)); },
                .canary = true});
  registry.add({.id = "assm.canary.full_vector_cycles",
                .source = "planted",
                .statement = "Full-vector runs on the function with the cycle pass both levels again",
                .expected = Verdict::refuted,
                .procedure = [](const Context& c) { return cycling_runs(c, "assm.canary.full_vector_cycles", true); },
                .canary = true});
}

}  // namespace asyncert::assm
