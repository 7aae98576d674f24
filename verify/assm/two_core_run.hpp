// Runs of two cores on the plane functions with the kink x = y, in exact, certified or plain arithmetic.
#pragma once

#include <array>
#include <cmath>
#include <type_traits>
#include <vector>

#include "bounds/assm/schedule.hpp"
#include "lib/ball.hpp"

namespace asyncert::assm {

/// above (x - y) where x > y, below (x - y) where x < y, plus ((x - centre)^2 + (y + centre)^2)/4.
struct DiagonalKink {
  long above, below, centre;
};
/// P04 and P14 of the test functions.
inline constexpr DiagonalKink absolute_difference{1, -1, 0}, strongly_convex{1, -2, 1};

enum class Update { own_block, full_vector };
enum class Steps { constant, inverse_root };

struct RunOptions {
  DiagonalKink f;
  std::vector<Rational> periods;  ///< one a core
  Update update = Update::own_block;
  Steps steps = Steps::constant;  ///< gamma0, or gamma0/sqrt(nu) with the core's own count nu
  Rational gamma0, x0, y0;
  long updates = 0;
};

template <class T>
struct RunResult {
  T late_mean{};                      ///< mean of (x+y)/2 over the last half of the updates
  std::array<Rational, 2> above{};    ///< theta_c: share of the views of core c with x > y
  std::array<Rational, 2> at_kink{};  ///< share of its views with x = y
  std::array<T, 2> view_mean{};       ///< mean of the own coordinate over the views of core c
  std::array<T, 2> displacement{};    ///< (first - last own coordinate)/(gamma0 own updates)
};

/// The order of two views; that of doubles as they are rounded, since a run in double certifies nothing.
template <class T>
bool lies_below(const T& a, const T& b) {
  if constexpr (std::is_same_v<T, double>)
    return a < b;
  else
    return decide_less(a, b);
}

/// Core c writes coordinate c (own block) or both (full vector) at the multiples of its period, from its view right
/// after its last write, with slope 0 at x = y. T = Rational is exact (constant steps only), T = Ball decides every
/// branch or throws `Undecided`, T = double is fast.
template <class T>
RunResult<T> two_core_run(const RunOptions& o) {
  using std::sqrt;
  std::array<T, 2> x{from_rational<T>(o.x0), from_rational<T>(o.y0)};
  const std::array<T, 2> start = x;
  std::array<std::array<T, 2>, 2> views{x, x};
  std::array<long, 2> own{0, 0};
  RunResult<T> r;
  const T gamma0 = from_rational<T>(o.gamma0);
  T late(0);
  long late_count = 0, k = 0;
  for (const Write& w : deterministic_schedule(o.periods, o.updates)) {
    const auto c = static_cast<std::size_t>(w.core);
    const std::array<T, 2> seen = views[c];
    const bool above = lies_below(seen[1], seen[0]), below = !above && lies_below(seen[0], seen[1]);
    const long slope = above ? o.f.above : below ? o.f.below : 0;
    if (above) r.above[c] += Rational(1);
    if (!above && !below) r.at_kink[c] += Rational(1);
    r.view_mean[c] = r.view_mean[c] + seen[c];
    ++own[c];
    T step = gamma0;
    if constexpr (!std::is_same_v<T, Rational>) {
      if (o.steps == Steps::inverse_root) step = step / sqrt(T(own[c]));
    }
    for (std::size_t i = 0; i < 2; ++i) {
      if (o.update == Update::own_block && i != c) continue;
      const long outward = i == 0 ? 1 : -1;
      x[i] = x[i] - step * (T(outward * slope) + (seen[i] - T(outward * o.f.centre)) / T(2));
    }
    views[c] = x;
    if (2 * ++k > o.updates) {
      late = late + (x[0] + x[1]) / T(2);
      ++late_count;
    }
  }
  r.late_mean = late / T(late_count);
  for (std::size_t c = 0; c < 2; ++c) {
    r.above[c] /= Rational(own[c]);
    r.at_kink[c] /= Rational(own[c]);
    r.view_mean[c] = r.view_mean[c] / T(own[c]);
    r.displacement[c] = (start[c] - x[c]) / (gamma0 * T(own[c]));
  }
  return r;
}

}  // namespace asyncert::assm
