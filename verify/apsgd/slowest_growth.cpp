#include "verify/apsgd/slowest_growth.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "bounds/apsgd/second_moment.hpp"
#include "lib/roots.hpp"

namespace asyncert::apsgd {

namespace {

/// A function of (a, b) with its two derivatives.
struct Jet {
  Ball value, by_a, by_b;

  friend Jet operator+(const Jet& x, const Jet& y) { return {x.value + y.value, x.by_a + y.by_a, x.by_b + y.by_b}; }
  friend Jet operator-(const Jet& x, const Jet& y) { return {x.value - y.value, x.by_a - y.by_a, x.by_b - y.by_b}; }
  friend Jet operator*(const Jet& x, const Jet& y) {
    return {x.value * y.value, x.by_a * y.value + x.value * y.by_a, x.by_b * y.value + x.value * y.by_b};
  }
  friend Jet operator/(const Jet& x, const Jet& y) {
    const Ball quotient = x.value / y.value;
    return {quotient, (x.by_a - quotient * y.by_a) / y.value, (x.by_b - quotient * y.by_b) / y.value};
  }
};

/// 1/sum h_j^2 for x_{j+1} = a x_j + b x_{j-D}, where the sum converges: the closed form of second_moment_log_rate with
/// sigma_k = a^{k-1} s_k, so that a may vanish.
template <class T>
T inverse_energy(const T& one, const T& a, const T& b, long D) {
  const T aa = a * a, bb = b * b, trace = one + aa - bb;
  T previous = one - one, sigma = one, power = aa;  // sigma_{k-1}, sigma_k, a^{k+1}
  for (long k = 1; k <= D; ++k) {
    T next = trace * sigma - aa * previous;
    previous = sigma;
    sigma = next;
    if (k < D) power = power * a;
  }
  const T rest = b * power + aa * bb * previous;
  return one - aa - bb - (rest + rest) / (sigma - aa * previous);
}

/// Whether x^{D+1} - a x^D - b certainly has a root outside of the open unit disc.
bool unstable(const Ball& a, const Ball& b, long D) {
  if (certainly_less_equal(1, a + b) || certainly_less_equal(1, abs(b))) return true;
  if (!certainly_less(b, 0)) return false;
  if (certainly_less_equal(Ball(D + 1), Ball(D) * a)) return true;
  // Any angle will do; that of r = 1 for the least a of the box is the best.
  double low = 0, high = std::numbers::pi / static_cast<double>(D + 1);
  for (int step = 0; step < 40; ++step) {
    const double t = (low + high) / 2, d = static_cast<double>(D);
    (std::sin((d + 1) * t) > a.lower() * std::sin(d * t) ? low : high) = t;
  }
  const Ball t = Ball::from_double(high), below = sin(Ball(D) * t);
  return certainly_less(t, Ball::pi() / Ball(D + 1)) && certainly_less_equal(sin(Ball(D + 1) * t) / below, a) &&
         certainly_less_equal(sin(t) / below, -b);
}

Rational exactly(const Ball& x) {
  Rational value;
  arf_get_fmpq(value.raw(), arb_midref(x.raw()));
  return value;
}

constexpr int bits = 64;

}  // namespace

GrowthRules::GrowthRules(std::vector<Rational> lambda, long D, const Rational& factor, long updates)
    : lambda_(std::move(lambda)), D_(D), updates_(updates), last_(lambda_.back()) {
  const PrecisionScope precision(bits);
  y_ = -log(Ball(factor)) / Ball(updates);
  half_ = exp(y_ / 2);
  full_ = pow(half_, D + 1);
}

Ball GrowthRules::damping(const Ball& a) const { return Ball(1) - a / half_; }
Ball GrowthRules::product(const Ball& a, const Ball& b) const {  // s
  return (damping(a) - b / full_) / Ball(last_);
}
/// B of another coordinate as a function of A and of B of the last one.
Ball GrowthRules::response(const Ball& a, const Ball& b, const Rational& x) const {
  return damping(a) * full_ * Ball(Rational(1) - x / last_) + Ball(x / last_) * b;
}
/// q.
Ball GrowthRules::noise(const Ball& s, const Rational& x) const {
  return s * s * Ball(x * (Rational(1) - x)) * full_ * full_;
}

bool GrowthRules::coordinate_decides(const Ball& a, const Ball& b, const Rational& x) const {
  const Rational one(1);
  const Ball here = response(a, b, x), s = product(a, b), q = noise(s, x);
  if (certainly_less_equal(1, q) || unstable(a, here, D_)) return true;
  if (x == one) return false;  // no noise
  // For a, b >= 0 the response h grows with both, so that the least point of the box decides.
  if (certainly_less_equal(0, here))
    return certainly_less_equal(inverse_energy(Ball(1), max(a, 0).lower_end(), here.lower_end(), D_), q);
  const Jet energy = inverse_energy(Jet{1, 0, 0}, Jet{a, 1, 0},
                                    Jet{here, -full_ * Ball(one - x / last_) / half_, Ball(x / last_)}, D_);
  const Ball slope = noise(1, x) * s * 2 / Ball(last_), centre = middle(a), across = middle(b);
  const Ball there =
      inverse_energy(Ball(1), centre, response(centre, across, x), D_) - noise(product(centre, across), x);
  return certainly_less_equal(
      there + (energy.by_a + slope / half_) * (a - centre) + (energy.by_b + slope / full_) * (b - across), 0);
}

Ternary GrowthRules::decide(const std::vector<Ball>& box) const {
  const PrecisionScope precision(bits);
  const Ball &a = box[0], &b = box[1];
  if (certainly_less(product(a, b), 0)) return Ternary::yes;  // omega < 0
  for (const Rational& x : lambda_)
    if (coordinate_decides(a, b, x)) return Ternary::yes;
  if (!a.is_exact() || !b.is_exact()) return Ternary::unknown;
  // A point that no rule settles may be a counterexample: all coordinates fall faster.
  const Point p = at(a, b);
  if (p.theta.sign() <= 0 || p.omega.sign() < 0) return Ternary::unknown;
  for (const Rational& x : lambda_)
    if (!certainly_less(y_, second_moment_log_rate(bernoulli_coordinate(x), p.theta, p.omega, D_)))
      return Ternary::unknown;
  return Ternary::no;
}

Rational GrowthRules::largest_a() const { return (exactly(half_.upper_end()) * 64).ceil() / 64; }

GrowthRules::Point GrowthRules::at(const Ball& a, const Ball& b) const {
  const PrecisionScope precision(bits);
  const Rational theta = exactly(damping(a));
  return {theta, theta.sign() > 0 ? exactly(product(a, b)) / theta : Rational(-1)};
}

std::vector<Ball> GrowthRules::place(const Ball& theta, const Ball& omega) const {
  const PrecisionScope precision(bits);
  return {(Ball(1) - theta) * half_, theta * (Ball(1) - omega * Ball(last_)) * full_};
}

Ball GrowthRules::growth(const Point& p) const {
  const PrecisionScope precision(bits);
  Ball least = Ball::infinity();
  for (const Rational& x : lambda_)
    least = min(least, second_moment_log_rate(bernoulli_coordinate(x), p.theta, p.omega, D_));
  return exp(-Ball(updates_) * least);
}

namespace {

constexpr long few_boxes = 20'000, many_boxes = 200'000;

Comparison growth_of(const GrowthRules& rules, const GrowthRules::Point& p, const Rational& factor, long D) {
  return {.label = "factor <= z^updates",
          .left = factor,
          .right = rules.growth(p),
          .instance = Object().add("theta", p.theta).add("omega", p.omega).add("delta", D)};
}

/// The argument at which a function that falls and then rises on [low, high] is nearly least, by golden sections.
template <class Function>
double least_argument(double low, double high, Function&& function) {
  constexpr double ratio = 0.6180339887498949;
  double left = high - ratio * (high - low), right = low + ratio * (high - low);
  double at_left = function(left), at_right = function(right);
  for (int step = 0; step < 36; ++step) {
    if (at_left < at_right) {
      high = std::exchange(right, left);
      at_right = std::exchange(at_left, function(left = high - ratio * (high - low)));
    } else {
      low = std::exchange(left, right);
      at_left = std::exchange(at_right, function(right = low + ratio * (high - low)));
    }
  }
  return at_left < at_right ? left : right;
}

/// A point that falls nearly fastest: the best of a grid of theta and theta omega, then the best theta nearby, each
/// with its best theta omega.
GrowthRules::Point nearly_fastest(const GrowthRules& rules) {
  constexpr long parts = 12;
  const auto point = [](double theta, double product) {
    const Rational damping = Rational::from_double(theta);
    return GrowthRules::Point{damping, Rational::from_double(product) / damping};
  };
  const auto growth = [&](double theta, double product) { return rules.growth(point(theta, product)).midpoint(); };
  double theta = 1, product = 1, best = 2;
  for (long i = 1; i <= parts; ++i)
    for (long j = 1; j < 2 * parts; ++j) {
      const double t = static_cast<double>(i) / parts, v = static_cast<double>(j) / parts, here = growth(t, v);
      if (!(here < best)) continue;
      best = here;
      theta = t;
      product = v;
    }
  const double near = 1.0 / parts, low = std::max(product - near, 0.0), high = product + near;
  const auto best_product = [&](double t) { return least_argument(low, high, [&](double v) { return growth(t, v); }); };
  theta = least_argument(std::max(theta - near, near / 4), std::min(theta + near, 1.0),
                         [&](double t) { return growth(t, best_product(t)); });
  return point(theta, best_product(theta));
}

}  // namespace

Evidence slowest_growth(const std::vector<Rational>& lambda, long D, const Rational& factor, long updates) {
  const GrowthRules rules(lambda, D, factor, updates);
  const auto certify = [&](long boxes) {
    return certify_on_box(
        {{"A", 0, rules.largest_a()}, {"B", -1, 1}}, [&](const std::vector<Ball>& box) { return rules.decide(box); },
        [&](const std::vector<Rational>& v) { return growth_of(rules, rules.at(Ball(v[0]), Ball(v[1])), factor, D); },
        "subdivision", boxes);
  };
  Evidence e = certify(few_boxes);
  if (e.undecided_boxes == 0) return e;
  // The points that fall faster may lie between the midpoints of all boxes.
  const GrowthRules::Point fast = nearly_fastest(rules);
  if (!certainly_less(rules.growth(fast), factor)) return certify(many_boxes);
  e.undecided_boxes = 0;
  e.method = "a search for the fastest point";
  e.comparisons.push_back(growth_of(rules, fast, factor, D));
  return e;
}

Evidence slowest_growth_at(const std::vector<Rational>& lambda, long D, const Rational& factor, long updates,
                           const Rational& theta, const Rational& least, const Rational& largest) {
  const GrowthRules rules(lambda, D, factor, updates);
  return certify_on_box(
      {{"omega", least, largest}},
      [&](const std::vector<Ball>& box) {
        const Ternary decided = rules.decide(rules.place(Ball(theta), box[0]));
        if (decided == Ternary::yes || !box[0].is_exact()) return decided;
        return certainly_less(rules.growth({theta, exactly(box[0])}), factor) ? Ternary::no : Ternary::unknown;
      },
      [&](const std::vector<Rational>& v) {
        return growth_of(rules, {theta, v[0]}, factor, D);
      },
      "subdivision");
}

}  // namespace asyncert::apsgd
