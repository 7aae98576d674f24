#include "bounds/assm/iterates.hpp"

#include "bounds/assm/root_field.hpp"
#include "bounds/assm/schedule.hpp"

namespace asyncert::assm {

std::vector<Value> absolute_value_iterates(const Rational& m, const Rational& gamma0, const Rational& x0, long K,
                                           bool as_printed) {
  const Rational scale = (Rational(1) - m) * gamma0 * Rational(as_printed ? 1 : -1);
  RootSum x = x0;
  Rational u;
  std::vector<Value> iterates;
  for (long k = 0; k < K; ++k) {
    u *= m;
    if (k > 0 || !as_printed) u += Rational(x.sign());
    x += RootSum(scale * u).over_root(k + 1);
    iterates.push_back(x.value());
  }
  return iterates;
}

namespace {

/// Component `c` of the gradient at (x, y), without penalties.
RootSum partial(DiagonalProblem problem, const RootSum (&view)[2], long c) {
  const int side = (view[0] - view[1]).sign();
  const Rational half(1, 2), outward(c == 0 ? 1 : -1);
  if (problem == DiagonalProblem::absolute_difference) return view[c] * half + RootSum(outward * Rational(side));
  const Rational slope(side > 0 ? 1 : side < 0 ? -2 : 0);
  return (view[c] - RootSum(outward)) * half + RootSum(outward * slope);
}

}  // namespace

std::vector<PassmStep> passm_iterates(DiagonalProblem problem, const PassmOptions& options,
                                      const std::vector<Rational>& periods, const Rational& x0, const Rational& y0,
                                      long K) {
  RootSum x[2] = {x0, y0}, u[2], views[2][2] = {{x0, y0}, {x0, y0}};
  long own[2] = {0, 0};
  std::vector<PassmStep> steps;
  for (const Write& write : deterministic_schedule(periods, K)) {
    const long c = write.core;
    const RootSum& seen = views[c][c];
    RootSum g = partial(problem, views[c], c) + seen * options.l2;
    // The sign is needed only where it counts, so that it need not be decided elsewhere.
    if (options.l1.sign() != 0) g += RootSum(options.l1 * Rational(seen.sign()));
    u[c] = u[c] * options.m + g;
    x[c] = x[c] - (u[c] * ((Rational(1) - options.m) * options.gamma0)).over_root(++own[c]);
    views[c][0] = x[0];
    views[c][1] = x[1];
    steps.push_back({c, x[0].value(), x[1].value()});
  }
  return steps;
}

}  // namespace asyncert::assm
