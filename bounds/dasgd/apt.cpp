#include "bounds/dasgd/apt.hpp"

#include <algorithm>
#include <cmath>

#include "lib/bisection.hpp"

namespace asyncert::dasgd {

namespace {

Ball digamma(const Ball& x) {
  Ball r;
  arb_digamma(r.raw(), x.raw(), PrecisionScope::bits());
  return r;
}

class Window {
 public:
  explicit Window(const Rational& n) : n_(n), start_(digamma(Ball(n + Rational(2)))) {}

  Ball time(const Rational& j) const { return j.sign() == 0 ? Ball(0) : digamma(Ball(n_ + j + Rational(2))) - start_; }
  Ball iterate(const Rational& j) const { return Ball((n_ + Rational(1)) / (n_ + j + Rational(1))); }
  Ball gap(const Rational& j) const { return j.sign() == 0 ? Ball(0) : exp(-time(j)) - iterate(j); }

  /// The smallest j at which the gap no longer increases.
  Rational best_node() const {
    const auto decreases = [&](const Rational& j) {
      const Ball x(n_ + j + Rational(2));
      return decide_less_equal(iterate(j) * exp(time(j)), x * -expm1(Ball(-1) / x));
    };
    Rational high(1);
    while (!decreases(high)) high = high * Rational(2);
    return first_true(Rational(0), high, decreases);
  }

  /// The last node at or before T, up to `high`; or the next one where the precision does not tell whether T lies
  /// before it.
  Rational last_node(const Rational& T, const Rational& high) const {
    const auto behind = [&](const Rational& j) { return certainly_less(Ball(T), time(j)); };
    return behind(high) ? first_true(Rational(0), high, behind) - Rational(1) : high;
  }

  /// The gap at T behind node j: e^{-T} - A(T), with A(T) = A_j - (T - h_j) A_j. Where the precision does not tell on
  /// which side of the node T lies, the slope may be that of the segment before.
  Ball gap_after(const Rational& j, const Rational& T) const {
    const Ball h = time(j);
    Ball slope = iterate(j);
    if (j.sign() > 0 && !certainly_less_equal(h, Ball(T))) slope = Ball::hull(slope, iterate(j - Rational(1)));
    return exp(-Ball(T)) - (iterate(j) - (Ball(T) - h) * slope);
  }

 private:
  Rational n_;
  Ball start_;
};

/// The same window in double: with a = n+1, b = a+j and phi(x) = digamma(x+1) - ln x, the iterate is a/b, the time
/// ln(b/a) - D and the gap (a/b) (e^D - 1), where D = phi(a) - phi(b) >= 0.
class DoubleWindow {
 public:
  explicit DoubleWindow(double n) : a_(n + 1) {}

  double D(double j) const {
    double a = a_, sum = 0;
    for (; a < 16 && j > 0; ++a, --j) sum += std::log1p(1 / a) - 1 / (a + 1);
    if (j <= 0) return sum;
    // phi(x) = 1/(2x) - 1/(12 x^2) + 1/(120 x^4) - ..., from the Bernoulli numbers.
    const double growth = std::log1p(j / a);
    const auto term = [&](double coefficient, int m) {
      return coefficient * std::pow(a, -m) * -std::expm1(-m * growth);
    };
    return sum + term(1.0 / 2, 1) +
           (term(-1.0 / 12, 2) +
            (term(1.0 / 120, 4) +
             (term(-1.0 / 252, 6) + (term(1.0 / 240, 8) + (term(-1.0 / 132, 10) + term(691.0 / 32760, 12))))));
  }
  double time(double j) const { return std::log1p(j / a_) - D(j); }
  double gap(double j) const { return a_ / (a_ + j) * std::expm1(D(j)); }
  double gap_at(double j, double T) const {
    const double s = std::max(0.0, T - time(j));
    return a_ / (a_ + j) * (second_order(s) + std::exp(-s) * std::expm1(D(j)));
  }

  double best_node() const {
    const auto decreases = [&](double j) { return -D(j) <= log_mean_decay(1 / (a_ + j + 1)); };
    double high = 1;
    while (!decreases(high)) high *= 2;
    return first_true(0.0, high, decreases);
  }
  double last_node(double T, double high) const {
    const auto behind = [&](double j) { return T < time(j); };
    return behind(high) ? first_true(0.0, high, behind) - 1 : high;
  }

 private:
  /// e^{-s} - 1 + s.
  static double second_order(double s) {
    if (s > 0.25) return std::expm1(-s) + s;
    double term = s * s / 2, sum = 0;
    for (int k = 3; k < 16; ++k, term *= -s / (k - 1)) sum += term;
    return sum;
  }
  /// ln((1 - e^{-y})/y).
  static double log_mean_decay(double y) {
    return y > 0.05 ? std::log(-std::expm1(-y) / y)
                    : -y / 2 + y * y * (1.0 / 24 - y * y * (1.0 / 2880 - y * y / 181440));
  }

  double a_;
};

}  // namespace

double apt_distance(double n, double T) {
  const DoubleWindow window(n);
  const double best = window.best_node();
  if (window.time(best) <= T) return window.gap(best);
  const double last = window.last_node(T, best);
  return std::max(window.gap(last), window.gap_at(last, T));
}

Ball apt_distance(const Rational& n, const Rational& T) {
  if (T.sign() == 0) return 0;
  const Window window(n);
  const Rational best = window.best_node();
  if (certainly_less_equal(window.time(best), Ball(T))) return window.gap(best);
  const Rational last = window.last_node(T, best);
  return max(window.gap(last), window.gap_after(last, T));
}

}  // namespace asyncert::dasgd
