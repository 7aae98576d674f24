#include "bounds/dasgd/apt.hpp"

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
    return bisect(Rational(0), high, decreases);
  }

  /// The last node at or before T, up to `high`; or the next one where the precision does not tell whether T lies
  /// before it.
  Rational last_node(const Rational& T, const Rational& high) const {
    const auto behind = [&](const Rational& j) { return certainly_less(Ball(T), time(j)); };
    return behind(high) ? bisect(Rational(0), high, behind) - Rational(1) : high;
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
  /// The smallest integer of (low, high] with the property, which holds at `high` and, once true, stays true.
  template <class Property>
  static Rational bisect(Rational low, Rational high, Property&& holds) {
    while (low + Rational(1) < high) {
      const Rational middle = ((low + high) / Rational(2)).floor();
      (holds(middle) ? high : low) = middle;
    }
    return high;
  }

  Rational n_;
  Ball start_;
};

}  // namespace

Ball apt_distance(const Rational& n, const Rational& T) {
  if (T.sign() == 0) return 0;
  const Window window(n);
  const Rational best = window.best_node();
  if (certainly_less_equal(window.time(best), Ball(T))) return window.gap(best);
  const Rational last = window.last_node(T, best);
  return max(window.gap(last), window.gap_after(last, T));
}

}  // namespace asyncert::dasgd
