#include "lib/grid.hpp"

#include <algorithm>
#include <charconv>

#include "lib/ball.hpp"
#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "lib/text.hpp"

namespace asyncert {

namespace {

constexpr std::size_t most_values = 10'000'000;

std::vector<Rational> equidistant(const Rational& low, const Rational& high, std::size_t n) {
  std::vector<Rational> r;
  for (std::size_t i = 0; i < n; ++i)
    r.push_back(n == 1 ? low : low + (high - low) * Rational(static_cast<long>(i), static_cast<long>(n - 1)));
  return r;
}

std::vector<Rational> equal_ratios(const Rational& low, const Rational& high, std::size_t n) {
  const PrecisionScope precision(256);
  const Ball first = log(Ball(low)), step = (log(Ball(high)) - first) / Ball(std::max<std::size_t>(n, 2) - 1);
  std::vector<Rational> r;
  for (std::size_t i = 0; i < n; ++i)
    r.push_back(i == 0 ? low : i == n - 1 ? high : Rational::parse(exp(first + Ball(i) * step).to_decimal(17)));
  return r;
}

[[noreturn]] void refuse(const Parameter& p, const std::string& text) {
  throw DomainError(p.name, text, "a value, values a,b,c, or a range lo:hi:n or lo:hi:n:log with n >= 1 points");
}

std::vector<Rational> range(const Parameter& p, const std::string& text) {
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() < 3 || parts.size() > 4 || (parts.size() == 4 && parts[3] != "log")) refuse(p, text);
  Rational low, high;
  std::size_t n = 0;
  try {
    low = Rational::parse(parts[0]), high = Rational::parse(parts[1]);
  } catch (const ParseError&) {
    refuse(p, text);
  }
  const char* end = parts[2].data() + parts[2].size();
  if (std::from_chars(parts[2].data(), end, n).ptr != end || n == 0 || n > most_values) refuse(p, text);
  if (parts.size() == 3) return equidistant(low, high, n);
  if (low <= Rational(0) || high <= Rational(0))
    throw DomainError(p.name, text, "a range in equal ratios has ends above 0");
  return equal_ratios(low, high, n);
}

}  // namespace

GridAxis parse_axis(const Parameter& p, const std::string& text) {
  GridAxis axis{.name = p.name, .values = {}};
  if (p.kind == Kind::real_list || p.kind == Kind::integer_list || p.kind == Kind::matrix) {
    axis.values.push_back(parse_json(text));
  } else if (p.kind == Kind::word || text.find(':') == std::string::npos) {
    for (std::string& part : split(text, ',')) axis.values.emplace_back(std::move(part));
  } else {
    axis.logarithmic = text.ends_with(":log");
    std::vector<Rational> points = range(p, text);
    if (p.kind == Kind::integer) {
      for (Rational& x : points) x = (x + Rational(1, 2)).floor();
      points.erase(std::unique(points.begin(), points.end()), points.end());
    }
    axis.values.assign(points.begin(), points.end());
  }
  return axis;
}

Grid::Grid(std::vector<GridAxis> axes, std::size_t most) : axes_(std::move(axes)) {
  for (const GridAxis& axis : axes_) {
    if (axis.values.empty()) throw DomainError("the axis " + axis.name + " of the grid has no value");
    if (axis.values.size() > most / size_)
      throw DomainError("the grid has more than " + std::to_string(most) + " points; take fewer values of " +
                        axis.name);
    size_ *= axis.values.size();
  }
}

std::vector<std::size_t> Grid::indices(std::size_t point) const {
  std::vector<std::size_t> r(axes_.size());
  for (std::size_t a = axes_.size(); a-- > 0; point /= axes_[a].values.size()) r[a] = point % axes_[a].values.size();
  return r;
}

Object Grid::inputs(std::size_t point) const {
  const std::vector<std::size_t> at = indices(point);
  Object r;
  for (std::size_t a = 0; a < axes_.size(); ++a) r.add(axes_[a].name, axes_[a].values[at[a]]);
  return r;
}

}  // namespace asyncert
