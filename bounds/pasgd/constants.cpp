#include "bounds/pasgd/constants.hpp"

#include "lib/roots.hpp"

namespace asyncert::pasgd {

Ball smallest_u(const Ball& A_squared, const Ball& th) {
  // With v = u + th: (v - th) ln 4 - ln A^2 - ln v increases beyond v = 1/ln 4, where it is negative for A^2 >= 4.
  const Ball slope = log(Ball(4)), target = log(A_squared);
  const auto excess = [&](const Ball& v) { return (v - th) * slope - target - log(v); };
  Ball far = 4;
  while (!certainly_less(0, excess(far))) far = far * 2;
  return crossing(excess, (Ball(1) / slope).upper_end(), far) - th;
}

double smallest_u(double A_squared, double th) {
  // u = (ln A^2 + ln(u + th)) / ln 4 contracts by 1/((u + th) ln 4); Newton's method on it, from a start below the
  // root.
  const double slope = std::log(4.0), target = std::log(A_squared);
  double u = target / slope;
  for (int step = 0; step < 50; ++step) {
    const double change = (u * slope - target - std::log(u + th)) / (slope - 1 / (u + th));
    u -= change;
    if (std::fabs(change) < 1e-9 * u) break;
  }
  return u;
}

}  // namespace asyncert::pasgd
