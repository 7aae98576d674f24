#include "solvers/projection.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

namespace {

class Set final : public ConvexSet {
 public:
  Set(std::function<void(std::span<double>)> project, std::string name)
      : project_(std::move(project)), name_(std::move(name)) {}
  void project(std::span<double> y) const override { project_(y); }
  std::string name() const override { return name_; }

 private:
  std::function<void(std::span<double>)> project_;
  std::string name_;
};

ConvexSetPtr make(std::function<void(std::span<double>)> project, std::string name) {
  return std::make_shared<Set>(std::move(project), std::move(name));
}

void require_positive(const char* what, double value) {
  if (!(value > 0 && std::isfinite(value))) throw DomainError(what, shortest(value), "(0, inf)");
}

/// The threshold s with sum max(v_j - s, 0) = total.
double simplex_threshold(std::vector<double> v, double total) {
  std::sort(v.begin(), v.end(), std::greater<>());
  double sum = 0, threshold = 0;
  for (std::size_t k = 0; k < v.size(); ++k) {
    sum += v[k];
    const double candidate = (sum - total) / static_cast<double>(k + 1);
    if (v[k] > candidate) threshold = candidate;
  }
  return threshold;
}

}  // namespace

ConvexSetPtr whole_space() {
  return make([](std::span<double>) {}, "R^d");
}

ConvexSetPtr box(double lower, double upper) {
  if (!(lower <= upper))
    throw DomainError("box [" + shortest(lower) + ", " + shortest(upper) + "]: needs lower <= upper");
  return make(
      [=](std::span<double> y) {
        for (double& v : y) v = std::clamp(v, lower, upper);
      },
      "[" + shortest(lower) + ", " + shortest(upper) + "]^d");
}

ConvexSetPtr ball(double radius, std::vector<double> center) {
  require_positive("radius", radius);
  return make(
      [=, center = std::move(center)](std::span<double> y) {
        const auto at = [&](std::size_t j) { return center.empty() ? 0.0 : center[j]; };
        double squared = 0;
        for (std::size_t j = 0; j < y.size(); ++j) squared += (y[j] - at(j)) * (y[j] - at(j));
        if (squared <= radius * radius) return;
        const double shrink = radius / std::sqrt(squared);
        for (std::size_t j = 0; j < y.size(); ++j) y[j] = at(j) + shrink * (y[j] - at(j));
      },
      "ball of radius " + shortest(radius));
}

ConvexSetPtr simplex(double total) {
  require_positive("total of the simplex", total);
  return make(
      [=](std::span<double> y) {
        const double threshold = simplex_threshold({y.begin(), y.end()}, total);
        for (double& v : y) v = std::max(v - threshold, 0.0);
      },
      "simplex of total " + shortest(total));
}

ConvexSetPtr l1_ball(double radius) {
  require_positive("radius", radius);
  return make(
      [=](std::span<double> y) {
        std::vector<double> modulus(y.size());
        double sum = 0;
        for (std::size_t j = 0; j < y.size(); ++j) sum += modulus[j] = std::abs(y[j]);
        if (sum <= radius) return;
        const double threshold = simplex_threshold(std::move(modulus), radius);
        for (double& v : y) v = std::copysign(std::max(std::abs(v) - threshold, 0.0), v);
      },
      "l1 ball of radius " + shortest(radius));
}

ConvexSetPtr box_and_halfspace(double lower, double upper, std::vector<double> a, double c) {
  if (!(lower <= upper))
    throw DomainError("box [" + shortest(lower) + ", " + shortest(upper) + "]: needs lower <= upper");
  double least = 0;
  for (const double v : a) least += std::min(v * lower, v * upper);
  if (!(least <= c))
    throw DomainError("half-space offset", shortest(c), "at least " + shortest(least) + ", or the set is empty");
  return make(
      [=, a = std::move(a)](std::span<double> y) {
        // <a, clip(y - s a)> does not increase with s and is piecewise linear: find the piece that meets c.
        const auto value = [&](double s) {
          double sum = 0;
          for (std::size_t j = 0; j < y.size(); ++j) sum += a[j] * std::clamp(y[j] - s * a[j], lower, upper);
          return sum;
        };
        double shift = 0;
        if (value(0) > c) {
          std::vector<double> breaks{0};
          for (std::size_t j = 0; j < y.size(); ++j) {
            if (a[j] == 0) continue;
            for (const double edge : {lower, upper}) breaks.push_back(std::max((y[j] - edge) / a[j], 0.0));
          }
          std::sort(breaks.begin(), breaks.end());
          const auto after = std::partition_point(breaks.begin(), breaks.end(), [&](double s) { return value(s) > c; });
          const double right = after == breaks.end() ? breaks.back() : *after,
                       left = after == breaks.begin() ? 0.0 : *(after - 1);
          const double above = value(left), below = value(right);
          shift = above > below ? left + (right - left) * (above - c) / (above - below) : right;
        }
        for (std::size_t j = 0; j < y.size(); ++j) y[j] = std::clamp(y[j] - shift * a[j], lower, upper);
      },
      "box and half-space");
}

}  // namespace asyncert::solvers
