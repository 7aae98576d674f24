// Solutions by many small explicit steps, against which enclosures are tested.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "bounds/assm/differential_inclusion.hpp"

namespace asyncert::assm {

inline double as_double(const Value& v) {
  return v.get<Rational>() ? v.get<Rational>()->to_double() : v.get<Ball>()->midpoint();
}

using Function = std::function<double(const std::vector<double>&)>;

struct Reals {
  double value;
  Reals(double x) : value(x) {}                       // NOLINT
  Reals(const Rational& x) : value(x.to_double()) {}  // NOLINT
  friend Reals operator+(Reals a, Reals b) { return a.value + b.value; }
  friend Reals operator-(Reals a, Reals b) { return a.value - b.value; }
  friend Reals operator*(Reals a, Reals b) { return a.value * b.value; }
  friend Reals operator/(Reals a, Reals b) { return a.value / b.value; }
  friend Reals abs(Reals a) { return std::fabs(a.value); }
  friend Reals max(Reals a, Reals b) { return a.value < b.value ? b : a; }
  friend Reals min(Reals a, Reals b) { return a.value < b.value ? a : b; }
};

/// Explicit steps with central differences, which at a kink give an element of the subdifferential up to their width.
inline std::vector<double> discretised(const Function& f, std::vector<double> x, const std::vector<double>& ubar,
                                       double horizon) {
  constexpr double width = 1e-7;
  const long steps = 20000;
  const double h = horizon / static_cast<double>(steps);
  for (long k = 0; k < steps; ++k) {
    std::vector<double> g(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      auto above = x, below = x;
      above[i] += width;
      below[i] -= width;
      g[i] = (f(above) - f(below)) / (2 * width);
    }
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= h * g[i] / ubar[i];
  }
  return x;
}

inline void compare(const Trajectory& exact, const InitialValueProblem& p, const Function& f,
                    const std::string& label) {
  std::vector<double> x0, u;
  for (std::size_t i = 0; i < p.x0.size(); ++i) x0.push_back(p.x0[i].to_double()), u.push_back(p.ubar[i].to_double());
  for (std::size_t k = 0; k < p.times.size(); ++k) {
    const auto want = discretised(f, x0, u, p.times[k].to_double());
    for (std::size_t i = 0; i < want.size(); ++i) {
      INFO(label, " x0 = ", to_text(Value(p.x0), 8), " ubar = ", to_text(Value(p.ubar), 8),
           " tau = ", p.times[k].to_double());
      CHECK(std::fabs(as_double(exact.x[k][i]) - want[i]) < 4e-3 * (1 + std::fabs(want[i])));
    }
  }
}

inline void check_against_steps(const Trajectory& exact, const InitialValueProblem& p, Problem problem) {
  const auto f = [problem](const std::vector<double>& x) {
    return evaluate(problem, std::vector<Reals>(x.begin(), x.end())).value;
  };
  compare(exact, p, f, problem_names()[static_cast<std::size_t>(problem)]);
}

}  // namespace asyncert::assm
