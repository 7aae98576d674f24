#include "bounds/dasgd/chain_coherence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bounds/dasgd/min_coherence.hpp"

namespace asyncert::dasgd {

namespace {

struct Interval {
  double lower, upper;
};

double square(double x) { return x * x; }
double valley(double x) { return (3 * x * x - 2 * x + 1) / 2; }

/// The values of 2w - 50w^2 with w = (x-1)^2 from below, and of the valley floor: the first is concave in w, the second
/// convex in x.
struct Cell {
  Interval x, floor;
  double along;

  explicit Cell(const Interval& i) : x(i) {
    const double a = square(i.lower - 1), b = square(i.upper - 1),
                 nearest = i.lower < 1 && 1 < i.upper ? 0 : std::min(a, b);
    const auto value = [](double w) { return 2 * w - 50 * w * w; };
    along = std::min(value(nearest), value(std::max(a, b)));
    const double c = valley(i.lower), d = valley(i.upper);
    const bool bottom = 3 * i.lower < 1 && 1 < 3 * i.upper;
    floor = {bottom ? 1.0 / 3 : std::min(c, d), std::max(c, d)};
  }
  double pair_lower_bound(const Cell& next) const {
    return along + 200 * square(std::max({0.0, next.x.lower - floor.upper, floor.lower - next.x.upper}));
  }
};

}  // namespace

ChainMinimum chain_coherence_minimum(const Rational& lower, const Rational& upper, long d, long cells) {
  const auto count = static_cast<std::size_t>(cells);
  const double a = lower.to_double(), b = upper.to_double(), scale = 1 + std::max(std::fabs(a), std::fabs(b));
  // Rounding: fewer than 40 operations on numbers below 500 scale^4, so each pair is off by less than 500 scale^4 40
  // 2^-52.
  const double rounding = 20000 * std::pow(scale, 4) * 0x1p-52 * 2;
  std::vector<Cell> cell;
  for (std::size_t i = 0; i < count; ++i) {
    const double width = (b - a) / static_cast<double>(cells);
    // A little wider than the cell, so that the cells cover the interval whatever the rounding of their ends.
    const double at = a + width * static_cast<double>(i), margin = scale * 0x1p-50;
    cell.emplace_back(Interval{at - margin, at + width + margin});
  }
  std::vector<double> pair(count * count);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < count; ++j) pair[i * count + j] = cell[i].pair_lower_bound(cell[j]);
  std::vector<double> best(count, 0.0);
  std::vector<std::vector<std::size_t>> from;
  for (long k = 1; k < d; ++k) {
    std::vector<double> next(count, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> origin(count, 0);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j < count; ++j)
        if (const double v = best[i] + pair[i * count + j]; v < next[j]) next[j] = v, origin[j] = i;
    best = std::move(next);
    from.push_back(std::move(origin));
  }
  auto end = static_cast<std::size_t>(std::min_element(best.begin(), best.end()) - best.begin());
  ChainMinimum r;
  // The additions along the path round too: d of them on partial sums below the result's size.
  const double sum_rounding = static_cast<double>(d) * std::fabs(best[end]) * 0x1p-51;
  r.lower_bound = Rational::from_double(best[end] - static_cast<double>(d) * rounding - sum_rounding);
  std::vector<std::size_t> path{end};
  for (auto step = from.rbegin(); step != from.rend(); ++step) path.push_back(end = (*step)[end]);
  std::reverse(path.begin(), path.end());
  // The witness: cell centres, each moved to the floor of its predecessor where its cell allows.
  const Rational width = (upper - lower) / Rational(cells);
  for (const std::size_t i : path) r.witness.push_back(lower + width * Rational(2 * static_cast<long>(i) + 1, 2));
  const auto value = [&](std::size_t i) {  // the pairs that hold coordinate i
    Rational v;
    if (i > 0) v += rosenbrock_coherence(r.witness[i - 1], r.witness[i]);
    if (i + 1 < r.witness.size()) v += rosenbrock_coherence(r.witness[i], r.witness[i + 1]);
    return v;
  };
  // Coordinate descent on a refined grid of the cube.
  for (Rational h = width / Rational(2); Rational(1, 1'000'000) * (upper - lower) < h; h = h / Rational(2))
    for (int sweep = 0; sweep < 3; ++sweep)
      for (std::size_t i = 0; i < r.witness.size(); ++i) {
        const Rational here = r.witness[i], before = value(i);
        Rational lowest = before;
        Rational at = here;
        for (const Rational& candidate : {here - h, here + h}) {
          if (candidate < lower || upper < candidate) continue;
          r.witness[i] = candidate;
          if (const Rational v = value(i); v < lowest) lowest = v, at = candidate;
        }
        r.witness[i] = at;
      }
  for (std::size_t i = 0; i + 1 < r.witness.size(); ++i)
    r.upper_bound += rosenbrock_coherence(r.witness[i], r.witness[i + 1]);
  return r;
}

}  // namespace asyncert::dasgd
