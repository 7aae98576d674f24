#include "lib/figure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <stdexcept>

namespace asyncert {

const char* to_string(Mark mark) {
  switch (mark) {
    case Mark::line:
      return "line";
    case Mark::points:
      return "points";
    case Mark::band:
      return "band";
    case Mark::bars:
      return "bars";
  }
  return "?";
}

void Series::add(double at, const Measure& value) {
  x.push_back(at);
  y.push_back(value.exact ? value.exact->to_double() : value.value.midpoint());
  if (value.error_probability > 0) {
    lower.push_back(value.value.lower());
    upper.push_back(value.value.upper());
  }
  rigor = std::max(rigor, value.rigor);
}

void Series::add_float(double at, double value) {
  x.push_back(at);
  y.push_back(value);
  rigor = Rigor::floating;
}

void Series::add_range(double at, const Measure& low, const Measure& high) {
  x.push_back(at);
  lower.push_back(low.exact ? low.exact->to_double() : low.value.lower());
  upper.push_back(high.exact ? high.exact->to_double() : high.value.upper());
  rigor = std::max({rigor, low.rigor, high.rigor});
}

namespace {

void require(bool condition, const Series& s, const std::string& what) {
  if (!condition) throw std::logic_error("series '" + s.name + "': " + what);
}

void check(const Series& s) {
  require(!s.x.empty(), s, "no points");
  require(std::all_of(s.x.begin(), s.x.end(), [](double v) { return std::isfinite(v); }), s, "an x is not finite");
  require(s.y.size() == s.x.size() || (s.mark == Mark::band && s.y.empty()), s, "x and y differ in length");
  require(s.lower.size() == s.upper.size(), s, "lower and upper differ in length");
  require(s.lower.size() == s.x.size() || (s.lower.empty() && s.mark != Mark::band), s,
          "not every point has its interval");
  require(s.lower.empty() || s.mark == Mark::band || !s.band.empty(), s, "the intervals have no meaning given (band)");
}

List numbers(const std::vector<double>& values) {
  List list;
  list.reserve(values.size());
  for (const double v : values) {
    list.emplace_back();
    if (std::isfinite(v)) list.back() = v;
  }
  return list;
}

Object to_object(const Series& s) {
  Object o;
  o.add("name", s.name).add("mark", to_string(s.mark)).add("rigor", to_string(s.rigor)).add("x", numbers(s.x));
  if (!s.y.empty()) o.add("y", numbers(s.y));
  if (!s.lower.empty()) o.add("lower", numbers(s.lower)).add("upper", numbers(s.upper));
  if (!s.band.empty()) o.add("band", s.band);
  return o;
}

Object to_object(const Axis& axis) {
  Object o;
  o.add("label", axis.label).add("unit", axis.unit).add("scale", axis.logarithmic ? "log" : "linear");
  if (!axis.categories.empty()) o.add("categories", Value(axis.categories));
  return o;
}

}  // namespace

Object to_object(const Figure& figure, const Context& context) {
  Object o;
  o.add("id", figure.id).add("paper", figure.paper()).add("source", figure.source).add("title", figure.title);
  o.add("caption", figure.caption).add("x", to_object(figure.x)).add("y", to_object(figure.y));
  const auto start = std::chrono::steady_clock::now();
  const PrecisionScope precision(256);
  try {
    const FigureData data = figure.compute(context);
    if (data.series.empty()) throw std::logic_error("no series");
    List series;
    for (const Series& s : data.series) {
      check(s);
      series.emplace_back(to_object(s));
    }
    o.add("series", std::move(series));
    if (!data.conditions.members().empty()) o.add("conditions", rendered(data.conditions, 17));
  } catch (const std::exception& e) {
    o.add("error", e.what());
  }
  o.add("seconds", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return o;
}

}  // namespace asyncert
