// The nonsmooth test functions P01..P14 in one and two variables, written once for every scalar.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "lib/rational.hpp"

namespace asyncert::assm {

enum class Problem { P01, P02, P03, P04, P05, P06, P07, P08, P09, P10, P11, P12, P13, P14 };

/// "P01", ..., "P14".
const std::vector<std::string>& problem_names();
/// Throws `DomainError` for any other name.
Problem problem_named(const std::string& name);
/// 1 or 2.
std::size_t dimension(Problem problem);
/// The function as a formula, for people.
std::string formula(Problem problem);

/// f(x). T needs +, -, *, /, abs, max, min and construction from Rational: Rational for values, Germ for one-sided
/// gradients. P10 has lambda = 1/10; P13 takes (w, b); P09 takes (w, v).
template <class T>
T evaluate(Problem problem, const std::vector<T>& x) {
  using std::abs;
  using std::max;
  using std::min;
  const auto number = [](long p, long q = 1) { return T(Rational(p, q)); };
  const auto square = [](const T& a) { return T(a * a); };
  const auto relu = [&](const T& a) { return T(max(a, number(0))); };
  const T& a = x.front();
  const T& b = x.back();
  switch (problem) {
    case Problem::P01:
      return abs(a);
    case Problem::P02:
      return max(a, T(number(-2) * a));
    case Problem::P03:
      return abs(T(abs(a) - number(1)));
    case Problem::P04:
      return abs(T(a - b)) + (square(a) + square(b)) / number(4);
    case Problem::P05:
      return max(T(min(a, T(number(-1) * b))), T(b - a));
    case Problem::P06:
      return a - number(2) * max(T(number(-1) * abs(b)), T(min(a, T(abs(b)))));
    case Problem::P07:
      return abs(T(a - number(1))) / number(4) + abs(T(b - number(2) * abs(a) + number(1)));
    case Problem::P08:
      return (abs(T(square(a) - number(1))) + abs(T(square(b) - number(4))) + abs(T(square(a + b) - number(9)))) /
             number(3);
    case Problem::P09:
      return square(b * relu(a) - number(1)) / number(2);
    case Problem::P10:
      return square(square(a) - number(1)) / number(4) + number(1, 10) * abs(a);
    case Problem::P11:
      return max(T(abs(a)), T(abs(b))) - (square(a) + square(b)) / number(2);
    case Problem::P12:
      return relu(a) - relu(T(number(-1) * a));
    case Problem::P13:
      return abs(T(relu(a + b) - number(1))) / number(2) + relu(b - a) / number(2);
    case Problem::P14:
      return max(T(a - b), T(number(-2) * (a - b))) + (square(a - number(1)) + square(b + number(1))) / number(4);
  }
  return a;
}

}  // namespace asyncert::assm
