#include "bounds/assm/taylor.hpp"

#include <algorithm>
#include <array>

namespace asyncert::assm {

namespace {

/// Monomials up to those that occur, each with its factor of one degree less: their series follow by convolution.
template <class T>
class MonomialSeries {
 public:
  explicit MonomialSeries(const std::vector<Polynomial>& polynomials) {
    for (const Polynomial& p : polynomials)
      for (const auto& [e, c] : p.terms())
        for (Polynomial::Exponents part = e; part[0] + part[1] > 1; --part[part[0] > 0 ? 0 : 1]) series_[part];
  }
  /// Appends coefficient k of every monomial; those of x up to k are known.
  void extend(const std::vector<std::vector<T>>& x, std::size_t k) {
    for (auto& [e, s] : series_) {  // in this order x^i y^j comes after what it is made of
      const std::size_t variable = e[0] > 0 ? 0 : 1;
      Polynomial::Exponents lower = e;
      --lower[variable];
      const std::vector<T>& other = lower[0] + lower[1] == 1 ? x[lower[0] > 0 ? 0 : 1] : series_.at(lower);
      T sum{Rational(0)};
      for (std::size_t i = 0; i <= k; ++i) sum += other[i] * x[variable][k - i];
      s.push_back(std::move(sum));
    }
  }
  T coefficient(const Polynomial& p, const std::vector<std::vector<T>>& x, std::size_t k) const {
    T sum{Rational(0)};
    for (const auto& [e, c] : p.terms()) {
      if (e[0] + e[1] == 0) {
        if (k == 0) sum += T(c);
      } else {
        sum += T(c) * (e[0] + e[1] == 1 ? x[e[0] > 0 ? 0 : 1] : series_.at(e))[k];
      }
    }
    return sum;
  }

 private:
  std::map<Polynomial::Exponents, std::vector<T>> series_;
};

/// A ball and its derivatives with respect to the coordinates of the start.
struct Dual {
  Ball value;
  std::array<Ball, 2> derivative{};

  explicit Dual(const Rational& constant) : value(constant) {}
  Dual(Ball v, std::array<Ball, 2> d) : value(std::move(v)), derivative(std::move(d)) {}
  Dual& operator+=(const Dual& b) {
    value += b.value;
    for (std::size_t i = 0; i < 2; ++i) derivative[i] += b.derivative[i];
    return *this;
  }
  friend Dual operator*(const Dual& a, const Dual& b) {
    Dual r(a.value * b.value, {});
    for (std::size_t i = 0; i < 2; ++i) r.derivative[i] = a.derivative[i] * b.value + a.value * b.derivative[i];
    return r;
  }
  /// b is a constant.
  friend Dual operator/(Dual a, const Dual& b) {
    a.value /= b.value;
    for (Ball& d : a.derivative) d /= b.value;
    return a;
  }
};

/// Enclosures d x_i(t) / d x_j(0), for all starts, as Taylor models of low order: they only multiply radii.
std::vector<std::array<TaylorModel, 2>> sensitivities(const std::vector<Polynomial>& field,
                                                      const std::vector<Ball>& start, const std::vector<Ball>& box,
                                                      const Ball& length) {
  constexpr long order = 10;
  const std::size_t n = field.size();
  // Gronwall: no entry exceeds exp(L t), L the largest row sum of the Jacobian over the box.
  Ball L;
  for (const Polynomial& f : field) {
    Ball row;
    for (std::size_t j = 0; j < n; ++j) row += abs(f.derivative(j)(box));
    L = max(L, row).upper_end();
  }
  const Ball most = exp(L * length).upper_end(), anything = Ball::hull(-most, most);
  std::vector<Dual> from_start, from_box;
  for (std::size_t i = 0; i < n; ++i) {
    from_start.emplace_back(start[i], std::array<Ball, 2>{Ball(i == 0 ? 1 : 0), Ball(i == 1 ? 1 : 0)});
    from_box.emplace_back(box[i], std::array<Ball, 2>{anything, n > 1 ? anything : Ball(0)});
  }
  const auto series = solution_series(field, from_start, order), tails = solution_series(field, from_box, order + 1);
  std::vector<std::array<TaylorModel, 2>> r(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < 2; ++j) {
      for (const Dual& c : series[i]) r[i][j].coefficients.push_back(c.derivative[j]);
      r[i][j].tail = tails[i].back().derivative[j];
    }
  return r;
}

Ball up_to(const Ball& h) { return Ball::hull(0, h); }

bool inside(const std::vector<Ball>& inner, const std::vector<Ball>& outer) {
  for (std::size_t i = 0; i < inner.size(); ++i)
    if (!arb_contains(outer[i].raw(), inner[i].raw())) return false;
  return true;
}

/// Twice as wide, and at least as wide as rounding errors.
Ball inflated(const Ball& x, const Ball& least) {
  Ball r = x;
  mag_mul_2exp_si(arb_radref(r.raw()), arb_radref(r.raw()), 1);
  arb_add_error(r.raw(), least.raw());
  return r;
}

}  // namespace

template <class T>
std::vector<std::vector<T>> solution_series(const std::vector<Polynomial>& field, const std::vector<T>& start,
                                            long order) {
  MonomialSeries<T> monomials(field);
  std::vector<std::vector<T>> x(start.size());
  for (std::size_t i = 0; i < start.size(); ++i) x[i].push_back(start[i]);
  for (long k = 0; k < order; ++k) {
    const auto at = static_cast<std::size_t>(k);
    monomials.extend(x, at);
    std::vector<T> next;
    for (const Polynomial& f : field) next.push_back(monomials.coefficient(f, x, at) / T(Rational(k + 1)));
    for (std::size_t i = 0; i < next.size(); ++i) x[i].push_back(std::move(next[i]));
  }
  return x;
}

template <class T>
std::vector<T> composed(const Polynomial& p, const std::vector<std::vector<T>>& x) {
  MonomialSeries<T> monomials({p});
  std::vector<T> r;
  for (std::size_t k = 0; k < x.front().size(); ++k) {
    monomials.extend(x, k);
    r.push_back(monomials.coefficient(p, x, k));
  }
  return r;
}

template std::vector<std::vector<Rational>> solution_series(const std::vector<Polynomial>&,
                                                            const std::vector<Rational>&, long);
template std::vector<std::vector<Ball>> solution_series(const std::vector<Polynomial>&, const std::vector<Ball>&, long);
template std::vector<Rational> composed(const Polynomial&, const std::vector<std::vector<Rational>>&);
template std::vector<Ball> composed(const Polynomial&, const std::vector<std::vector<Ball>>&);

Ball TaylorModel::operator()(const Ball& t) const {
  Ball sum = tail;
  for (std::size_t k = coefficients.size(); k-- > 0;) sum = sum * t + coefficients[k];
  return sum;
}

TaylorModel TaylorModel::deflated(std::size_t zeros) const {
  return {{coefficients.begin() + static_cast<std::ptrdiff_t>(zeros), coefficients.end()}, tail};
}

TaylorStep::TaylorStep(const std::vector<Polynomial>& field, const std::vector<Ball>& start, const Ball& longest)
    : length_(longest) {
  const long bits = PrecisionScope::bits(), order = bits / 3 + 4;
  Ball size(1);
  for (const Ball& x : start) size = max(size, abs(x));
  const Ball rounding = size.upper_end() * pow(Ball(2), 4 - bits);
  const auto image = [&](const std::vector<Ball>& box) {
    std::vector<Ball> r;
    for (std::size_t i = 0; i < field.size(); ++i) r.push_back(start[i] + up_to(length_) * field[i](box));
    return r;
  };
  bool found = false;
  for (int halvings = 0; !found && halvings < 400; ++halvings) {
    box_ = start;
    for (int attempt = 0; !found && attempt < 4; ++attempt) {
      std::vector<Ball> candidate = image(box_);
      for (Ball& x : candidate) x = inflated(x, rounding);
      box_ = std::move(candidate);
      found = inside(image(box_), box_);
    }
    if (!found) length_ = (length_ / 2).upper_end();
  }
  if (!found) throw Undecided("no Picard inclusion for a step of the differential inclusion");
  for (const Ball& x : start) {
    centre_.push_back(x);
    arb_get_mid_arb(centre_.back().raw(), x.raw());
    radius_.push_back(x - centre_.back());
  }
  series_ = solution_series(field, start, order);
  from_centre_ = solution_series(field, centre_, order);
  over_box_ = solution_series(field, box_, order + 1);
  // A shorter step keeps the box and makes the remainder as small as the rounding errors.
  Ball remainder;
  for (const auto& x : over_box_) remainder = max(remainder, abs(x.back()).upper_end());
  const Ball now = remainder * pow(length_, order + 1);
  if (certainly_less(rounding, now)) length_ = (length_ * pow(rounding / now, Ball(1) / Ball(order + 1))).lower_end();
  sensitivities_ = sensitivities(field, start, box_, length_);
  // The proof reaches a little further than the step, so that balls around its end are inside.
  length_ = (length_ * Rational(1023, 1024)).lower_end();
}

std::vector<Ball> TaylorStep::at(const Ball& t) const {
  // The mean value theorem: what contracts makes enclosures narrower, where the series from the ball would widen them.
  std::vector<Ball> r;
  for (std::size_t i = 0; i < series_.size(); ++i) {
    Ball x = TaylorModel{from_centre_[i], over_box_[i].back()}(t);
    for (std::size_t j = 0; j < series_.size(); ++j) x += sensitivities_[i][j](t) * radius_[j];
    r.push_back(x);
  }
  return r;
}

TaylorModel TaylorStep::along(const Polynomial& p) const {
  return {composed(p, series_), composed(p, over_box_).back()};
}

}  // namespace asyncert::assm
