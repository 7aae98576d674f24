// Ties at the largest step size, which no enclosure decides: roots of polynomials with rational coefficients.
#include "bounds/hogwild/region.hpp"

#include <utility>

namespace asyncert::hogwild {

namespace {

/// The degree is one more.
constexpr long largest_delay = 64;

}  // namespace

std::vector<RealRoot> ends_of_r(Condition condition, const Rational& L, long tau, const Rational& eta) {
  if (tau > largest_delay) return {};
  const auto [slope, weight] = condition_terms(condition, L, tau);
  std::vector<Rational> excess(static_cast<std::size_t>(tau) + 2, -(eta * weight));
  excess[0] = Rational(-1);
  excess[1] += Rational(1) - eta * slope;
  std::vector<RealRoot> ends;
  for (const RealRoot& root : real_roots(excess))
    if (certainly_less(0, root.value)) ends.push_back(root);
  if (ends.size() == 2 && decide_less(ends[1].value, ends[0].value)) std::swap(ends[0], ends[1]);
  return ends;
}

std::optional<Rational> rational_best_r(Condition condition, const Rational& L, long tau) {
  if (tau < 1 || tau > largest_delay) return std::nullopt;
  const auto [slope, weight] = condition_terms(condition, L, tau);
  // The derivative of the largest step at r has the sign of slope/weight + 1 + 2 (r + ... + r^tau) - tau r^{tau+1}.
  std::vector<Rational> derivative(static_cast<std::size_t>(tau) + 2, Rational(2));
  derivative.front() = slope / weight + Rational(1);
  derivative.back() = Rational(-tau);
  for (const RealRoot& root : real_roots(derivative))
    if (root.exact && root.exact->sign() > 0) return root.exact;
  return std::nullopt;
}

}  // namespace asyncert::hogwild
