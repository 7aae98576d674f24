#include "bounds/dasgd/steps.hpp"

#include <algorithm>

#include "lib/arb.hpp"
#include "lib/errors.hpp"

namespace asyncert::dasgd {

StepLaw step_law(const std::string& name) {
  if (name == "1/k") return StepLaw::harmonic;
  if (name == "1/(k log k)") return StepLaw::log;
  if (name == "1/(k log k loglog k)") return StepLaw::loglog;
  throw DomainError("law", name, "one of \"1/k\", \"1/(k log k)\", \"1/(k log k loglog k)\"");
}

long first_index(StepLaw law) { return law == StepLaw::harmonic ? 1 : law == StepLaw::log ? 2 : 3; }

namespace {

// Truncated Taylor series: coefficient k belongs to h^k.
template <class T>
using Series = std::vector<T>;

template <class T>
Series<T> product(const Series<T>& a, const Series<T>& b) {
  Series<T> r(a.size(), T(0));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; i + j < a.size(); ++j) r[i + j] = r[i + j] + a[i] * b[j];
  return r;
}

template <class T>
Series<T> reciprocal(const Series<T>& a) {
  Series<T> r{T(1) / a[0]};
  for (std::size_t k = 1; k < a.size(); ++k) {
    T sum(0);
    for (std::size_t j = 1; j <= k; ++j) sum = sum + a[j] * r[k - j];
    r.push_back(-sum / a[0]);
  }
  return r;
}

/// From g L' = g'.
template <class T>
Series<T> log_series(const Series<T>& g) {
  using std::log;
  Series<T> r{log(g[0])};
  for (std::size_t k = 1; k < g.size(); ++k) {
    T sum = T(static_cast<long>(k)) * g[k];
    for (std::size_t j = 1; j < k; ++j) sum = sum - T(static_cast<long>(j)) * r[j] * g[k - j];
    r.push_back(sum / (T(static_cast<long>(k)) * g[0]));
  }
  return r;
}

template <class T>
Series<T> step_series(StepLaw law, const T& a, std::size_t length) {
  Series<T> x(length, T(0));
  x[0] = a;
  if (length > 1) x[1] = T(1);
  Series<T> denominator = x;
  if (law != StepLaw::harmonic) {
    const Series<T> l = log_series(x);
    denominator = product(denominator, l);
    if (law == StepLaw::loglog) denominator = product(denominator, log_series(l));
  }
  return reciprocal(denominator);
}

Rational bernoulli_number(long n) {
  Rational r;
  bernoulli_fmpq_ui(r.raw(), static_cast<ulong>(n));
  return r;
}

/// f(a)/2 + sum_j B_2j/(2j)! f^(2j-1)(a), and the size of its last term.
template <class T>
struct Correction {
  T value;
  T last;
};

template <class T>
Correction<T> correction(const Series<T>& f) {
  Correction<T> r{f[0] / T(2), T(0)};
  for (std::size_t j = 1; 2 * j - 1 < f.size(); ++j) {
    const long n = static_cast<long>(2 * j);
    r.last = from_rational<T>(bernoulli_number(n) / Rational(n)) * f[2 * j - 1];
    r.value = r.value + r.last;
  }
  return r;
}

/// Where the direct sum ends, for the working precision.
long direct_terms() { return std::max(32L, PrecisionScope::bits() / 2); }

/// The correction term of derivative L is about (L/(2 pi e (a-3)))^L: so many make it smaller than the working
/// precision.
std::size_t series_length(const Rational& a) {
  const double log_a = log(Ball(a - Rational(3))).midpoint() / std::log(2.0),
               bits = static_cast<double>(PrecisionScope::bits() + 16);
  double length = 4;
  while (length * (log_a + std::log2(17.0 / length)) < bits) length += 2;
  return static_cast<std::size_t>(length) + 2;
}

void widen(Ball& x, const Ball& error) { arb_add_error(x.raw(), error.raw()); }

Ball direct_sum(StepLaw law, long s, long n) {
  Ball sum(0);
  for (long k = s + 1; k <= n; ++k) sum += step(law, Ball(k));
  return sum;
}

/// Sum over k > a of the squares, less the integral from a: the Euler-Maclaurin correction at a.
Ball tail_correction(const Series<Ball>& f) {
  const Correction<Ball> c = correction(f);
  Ball r = -c.value;
  widen(r, abs(c.last));
  return r;
}

/// 1/(e^u u^2 log(u)^2), whose integral from log a is that of the squared `loglog` step from a.
int loglog_square_integrand(acb_ptr result, const acb_t u, void*, slong order, slong bits) {
  acb_t t;
  acb_init(t);
  acb_log_analytic(t, u, order != 0, bits);
  acb_mul(t, t, u, bits);
  acb_mul(t, t, t, bits);
  acb_inv(result, t, bits);
  acb_neg(t, u);
  acb_exp(t, t, bits);
  acb_mul(result, result, t, bits);
  acb_clear(t);
  return 0;
}

Ball integral_of_square(StepLaw law, long a) {
  const long bits = PrecisionScope::bits();
  const Ball l = log(Ball(a));
  if (law == StepLaw::log) {  // of e^-u/u^2 from log a: E_2(log a)/log a
    Ball r;
    arb_hypgeom_expint(r.raw(), Ball(2).raw(), l.raw(), bits);
    return r / l;
  }
  const Ball end = l + Ball(bits);
  acb_t from, to, value;
  mag_t tolerance;
  acb_init(from), acb_init(to), acb_init(value), mag_init(tolerance);
  acb_set_arb(from, l.raw());
  acb_set_arb(to, end.raw());
  mag_set_ui_2exp_si(tolerance, 1, -bits - 32);
  acb_calc_integrate(value, loglog_square_integrand, nullptr, from, to, bits, tolerance, nullptr, bits);
  Ball r;
  arb_set(r.raw(), acb_realref(value));
  acb_clear(from), acb_clear(to), acb_clear(value), mag_clear(tolerance);
  widen(r, exp(-end));  // u log u >= 1 beyond the end
  return r;
}

}  // namespace

Ball step_sum(StepLaw law, const Rational& s, const Rational& n) {
  const Rational split = max(s, min(n, Rational(direct_terms())));
  Ball sum(0);
  if (s < split) sum = direct_sum(law, s.to_long(), split.to_long());
  if (split == n) return sum;
  const Correction<Ball> begin = correction(step_series(law, Ball(split), series_length(split)));
  const Correction<Ball> end = correction(step_series(law, Ball(n), series_length(split)));
  Ball tail = step_integral(law, Ball(split), Ball((n - split) / split)) + (end.value - begin.value);
  widen(tail, abs(begin.last));
  return sum + tail;
}

double step_sum_double(StepLaw law, const Rational& s, const Rational& n) {
  const Rational split = max(s, min(n, Rational(32)));
  double sum = 0;
  if (s < split)
    for (long k = split.to_long(); k > s.to_long(); --k) sum += step(law, static_cast<double>(k));
  if (split == n) return sum;
  constexpr std::size_t length = 16;
  const double begin = correction(step_series(law, split.to_double(), length)).value;
  const double end = correction(step_series(law, n.to_double(), length)).value;
  return sum + (step_integral(law, split.to_double(), ((n - split) / split).to_double()) + (end - begin));
}

Ball step_sum_constant(StepLaw law) {
  const long a = direct_terms();
  Ball reference = log(log(Ball(a)));
  if (law == StepLaw::loglog) reference = log(reference);
  return direct_sum(law, first_index(law) - 1, a) + tail_correction(step_series(law, Ball(a), series_length(a))) -
         reference;
}

Ball step_square_sum(StepLaw law) {
  const long a = direct_terms();
  Ball sum(0);
  for (long k = first_index(law); k <= a; ++k) sum += step(law, Ball(k)) * step(law, Ball(k));
  const Series<Ball> f = step_series(law, Ball(a), series_length(a));
  return sum + integral_of_square(law, a) + tail_correction(product(f, f));
}

}  // namespace asyncert::dasgd
