#include "bounds/assm/problems.hpp"

#include <algorithm>

#include "lib/errors.hpp"

namespace asyncert::assm {

const std::vector<std::string>& problem_names() {
  static const std::vector<std::string> names = {"P01", "P02", "P03", "P04", "P05", "P06", "P07",
                                                 "P08", "P09", "P10", "P11", "P12", "P13", "P14"};
  return names;
}

Problem problem_named(const std::string& name) {
  const auto& names = problem_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw DomainError("problem", name, "one of P01, ..., P14");
  return static_cast<Problem>(found - names.begin());
}

std::size_t dimension(Problem problem) {
  switch (problem) {
    case Problem::P01:
    case Problem::P02:
    case Problem::P03:
    case Problem::P10:
    case Problem::P12:
      return 1;
    default:
      return 2;
  }
}

std::string formula(Problem problem) {
  switch (problem) {
    case Problem::P01:
      return "|x|";
    case Problem::P02:
      return "max(x, -2x)";
    case Problem::P03:
      return "||x| - 1|";
    case Problem::P04:
      return "|x - y| + (x^2 + y^2)/4";
    case Problem::P05:
      return "max(min(x, -y), y - x)";
    case Problem::P06:
      return "x - 2 clip(x, -|y|, |y|)";
    case Problem::P07:
      return "|x - 1|/4 + |y - 2|x| + 1|";
    case Problem::P08:
      return "(|x^2 - 1| + |y^2 - 4| + |(x + y)^2 - 9|)/3";
    case Problem::P09:
      return "(v relu(w) - 1)^2/2 at (w, v)";
    case Problem::P10:
      return "(x^2 - 1)^2/4 + |x|/10";
    case Problem::P11:
      return "max(|x|, |y|) - (x^2 + y^2)/2";
    case Problem::P12:
      return "relu(x) - relu(-x)";
    case Problem::P13:
      return "|relu(w + b) - 1|/2 + relu(b - w)/2 at (w, b)";
    case Problem::P14:
      return "max(x - y, 2(y - x)) + ((x - 1)^2 + (y + 1)^2)/4";
  }
  return "";
}

}  // namespace asyncert::assm
