// Losses of linear models, as functions of the margin m = y <w, x> with a label y in {-1, 1}.
#pragma once

#include <cmath>

namespace asyncert::solvers {

/// log(1 + exp(-m)): smooth, 1/4-Lipschitz slope, slope in (-1, 0).
struct LogisticLoss {
  static constexpr const char* name = "logistic";
  template <class Real>
  static Real value(Real m) {
    return m > 0 ? std::log1p(std::exp(-m)) : std::log1p(std::exp(m)) - m;
  }
  /// For m -> infinity exp(m) may be infinite; the slope is then the right limit, 0.
  template <class Real>
  static Real slope(Real m) {
    return Real(-1) / (Real(1) + std::exp(m));
  }
};

/// max(0, 1 - m), the support vector machine's: at the kink m = 1 the slope is 0, an element of the Clarke
/// subdifferential [-1, 0].
struct HingeLoss {
  static constexpr const char* name = "hinge";
  template <class Real>
  static Real value(Real m) {
    return m < 1 ? 1 - m : Real(0);
  }
  template <class Real>
  static Real slope(Real m) {
    return m < 1 ? Real(-1) : Real(0);
  }
};

/// max(0, 1 - m)^2 / 2: smooth, with a 1-Lipschitz slope that is not bounded.
struct SquaredHingeLoss {
  static constexpr const char* name = "squared-hinge";
  template <class Real>
  static Real value(Real m) {
    return m < 1 ? (1 - m) * (1 - m) / 2 : Real(0);
  }
  template <class Real>
  static Real slope(Real m) {
    return m < 1 ? m - 1 : Real(0);
  }
};

}  // namespace asyncert::solvers
