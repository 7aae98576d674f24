#include "bounds/assm/ways.hpp"

namespace asyncert::assm {

namespace {

constexpr long longest_tie = 16;

/// The first coefficient that does not vanish.
struct Leading {
  std::size_t index;
  int sign;  ///< 0 where all vanish
};
Leading leading(const std::vector<Rational>& coefficients) {
  for (std::size_t k = 0; k < coefficients.size(); ++k)
    if (coefficients[k].sign() != 0) return {k, coefficients[k].sign()};
  return {0, 0};
}

/// The signs of polynomials just beside x in the direction d.
Side beside(const Point& x, const Point& d) {
  std::vector<Polynomial> ray;
  for (std::size_t i = 0; i < x.size(); ++i)
    ray.push_back(Polynomial(x[i]) + Polynomial::variable(0) * Polynomial(d[i]));
  return [ray](const Polynomial& p) { return leading(p.at(ray).coefficients()).sign < 0 ? -1 : 1; };
}

}  // namespace

const char* to_string(EventKind kind) {
  switch (kind) {
    case EventKind::crosses:
      return "crosses";
    case EventKind::slides:
      return "slides";
    case EventKind::leaves:
      return "leaves";
    case EventKind::rests:
      return "rests";
    case EventKind::branches:
      return "branches";
  }
  return "";
}

std::vector<Way> ways_from(Problem problem, const Point& x, const std::vector<Cell>& around, const Point& ubar) {
  std::vector<Way> ways;
  for (const Cell& cell : around) {
    Chart chart = smooth_chart(problem, beside(x, cell.direction), ubar);
    const auto series = solution_series(chart.field, x, longest_tie);
    bool enters = true, at_kink = false;
    for (Guard& guard : chart.guards) {
      const Leading first = leading(composed(guard.positive, series));
      guard.zeros = first.index;
      enters = enters && first.sign > 0;
      at_kink = at_kink || guard.positive(x).sign() == 0;
    }
    if (enters) ways.push_back({std::move(chart), x, at_kink ? EventKind::crosses : EventKind::leaves});
    if (!at_kink) return ways;  // the only cell
  }
  for (const Cell& cell : around) {
    if (cell.rays.empty()) continue;
    const Point& ray = cell.rays[1];
    for (const Polynomial& kink : piece(problem, beside(x, cell.direction)).deciding) {
      if (kink.degree() != 1 || kink(x).sign() != 0 || kink(ray) != kink(Point{0, 0})) continue;
      Chart chart = sliding_chart(problem, kink, x, ray, beside(x, ray), ubar);
      bool stays = leading(chart.field[0].coefficients()).sign > 0 && chart.field[0](Point{0}).sign() != 0;
      for (Guard& guard : chart.guards) {
        const Leading first = leading(guard.positive.coefficients());
        guard.zeros = first.index;
        stays = stays && first.sign > 0;
      }
      if (stays) ways.push_back({std::move(chart), {0}, EventKind::slides});
    }
  }
  return ways;
}

}  // namespace asyncert::assm
