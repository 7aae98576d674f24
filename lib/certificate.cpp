#include "lib/certificate.hpp"

namespace asyncert {

namespace {

Object instance(const std::vector<std::string>& names, const Point& x) {
  Object o;
  for (std::size_t i = 0; i < names.size(); ++i) o.add(names[i], Fraction{x[i]});
  return o;
}

/// Calls `visit` on the product of the given values until it returns false; returns the number of points visited.
long for_each_point(const std::vector<std::vector<Rational>>& values, const std::function<bool(const Point&)>& visit) {
  std::vector<std::size_t> index(values.size());
  Point x(values.size());
  for (long count = 1;; ++count) {
    for (std::size_t i = 0; i < values.size(); ++i) x[i] = values[i][index[i]];
    if (!visit(x)) return count;
    std::size_t i = 0;
    while (i < values.size() && ++index[i] == values[i].size()) index[i++] = 0;
    if (i == values.size()) return count;
  }
}

}  // namespace

Certificate::Certificate(std::string method) {
  evidence_.coverage = Coverage::domain;
  evidence_.method = std::move(method);
}

Certificate& Certificate::identity(const std::string& label, const std::vector<Variable>& variables,
                                   const Polynomial& left, const Polynomial& right) {
  std::vector<std::vector<Rational>> values;
  std::vector<std::string> names;
  for (const Variable& v : variables) {
    names.push_back(v.name);
    values.emplace_back();
    for (long i = 0; i <= v.degree; ++i) values.back().push_back(v.first + Rational(i) * v.step);
  }
  std::optional<Comparison> failure;
  const long points = for_each_point(values, [&](const Point& x) {
    const Rational a = left(x), b = right(x);
    if (a == b) return true;
    failure =
        Comparison{.label = label, .left = a, .relation = Relation::equal, .right = b, .instance = instance(names, x)};
    return false;
  });
  if (failure) return compare(std::move(*failure));
  return compare({.label = label + ": grid points that differ, of " + std::to_string(points),
                  .left = 0,
                  .relation = Relation::equal,
                  .right = 0});
}

Certificate& Certificate::nonnegative(const std::string& label, const std::vector<Side>& box,
                                      const Polynomial& factor) {
  std::vector<std::vector<Rational>> values;
  std::vector<std::string> names;
  for (const Side& s : box) {
    names.push_back(s.name);
    values.push_back({s.lower, s.upper});
  }
  for_each_point(values, [&](const Point& x) {
    compare({.label = label,
             .left = 0,
             .relation = Relation::less_equal,
             .right = factor(x),
             .instance = instance(names, x)});
    return true;
  });
  return *this;
}

Certificate& Certificate::compare(Comparison comparison) {
  evidence_.comparisons.push_back(std::move(comparison));
  return *this;
}

Evidence with_search(Evidence proof, const Evidence& search) {
  proof.method += "; and a search: " + search.method;
  for (const Comparison& c : search.comparisons) proof.comparisons.push_back(c);
  for (const Hypothesis& h : search.hypotheses) proof.hypotheses.push_back(h);
  if (search.seed) proof.seed = search.seed;
  return proof;
}

}  // namespace asyncert
