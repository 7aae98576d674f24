#include "lib/ball.hpp"

#include <algorithm>
#include <cmath>

#include "lib/shortest.hpp"

namespace asyncert {

thread_local long PrecisionScope::bits_ = 128;

namespace {
long prec() { return PrecisionScope::bits(); }
}  // namespace

Ball Ball::from_double(double x) {
  Ball r;
  arb_set_d(r.value_, x);
  return r;
}

Ball Ball::parse(const std::string& text) {
  Ball r;
  if (arb_set_str(r.value_, text.c_str(), prec()) != 0) throw ParseError("'" + text + "' is no real number");
  return r;
}

Ball Ball::hull(const Ball& a, const Ball& b) {
  Ball r;
  arb_union(r.value_, a.value_, b.value_, prec());
  return r;
}

Ball Ball::pi() {
  Ball r;
  arb_const_pi(r.value_, prec());
  return r;
}

Ball Ball::infinity() {
  Ball r;
  arb_pos_inf(r.value_);
  return r;
}

Ball Ball::operator-() const {
  Ball r;
  arb_neg(r.value_, value_);
  return r;
}

double Ball::midpoint() const { return arf_get_d(arb_midref(value_), ARF_RND_NEAR); }

double Ball::lower() const {
  const Ball end = lower_end();
  return arf_get_d(arb_midref(end.value_), ARF_RND_FLOOR);
}

double Ball::upper() const {
  const Ball end = upper_end();
  return arf_get_d(arb_midref(end.value_), ARF_RND_CEIL);
}

Ball Ball::lower_end() const {
  Ball r;
  arb_get_lbound_arf(arb_midref(r.value_), value_, prec());
  return r;
}

Ball Ball::upper_end() const {
  Ball r;
  arb_get_ubound_arf(arb_midref(r.value_), value_, prec());
  return r;
}

Rational Ball::unique_integer() const {
  Rational r;
  if (!arb_get_unique_fmpz(fmpq_numref(r.raw()), value_)) throw Undecided(to_string() + " holds no unique integer");
  return r;
}

std::string Ball::to_decimal(int digits) const {
  if (!is_finite()) {
    if (arb_is_positive(value_) && arb_is_exact(value_)) return "inf";
    if (arb_is_negative(value_) && arb_is_exact(value_)) return "-inf";
    throw Undecided("the value is indeterminate");
  }
  if (arb_is_zero(value_)) return "0";
  if (accuracy_bits() < 5) throw Undecided(to_string() + " has no certain digit");
  char* s = arb_get_str(value_, digits, ARB_STR_NO_RADIUS);
  std::string r(s);
  flint_free(s);
  return r;
}

std::string Ball::to_string(int digits) const {
  char* s = arb_get_str(value_, digits, 0);
  std::string r(s);
  flint_free(s);
  return r;
}

#define ASYNCERT_UNARY(name, function)  \
  Ball name(const Ball& x) {            \
    Ball r;                             \
    function(r.raw(), x.raw(), prec()); \
    return r;                           \
  }
ASYNCERT_UNARY(sqrt, arb_sqrt)
ASYNCERT_UNARY(exp, arb_exp)
ASYNCERT_UNARY(expm1, arb_expm1)
ASYNCERT_UNARY(log, arb_log)
ASYNCERT_UNARY(log1p, arb_log1p)
ASYNCERT_UNARY(sin, arb_sin)
ASYNCERT_UNARY(cos, arb_cos)
ASYNCERT_UNARY(atan, arb_atan)
#undef ASYNCERT_UNARY

Ball abs(const Ball& x) {
  Ball r;
  arb_abs(r.raw(), x.raw());
  return r;
}

Ball pow(const Ball& x, const Ball& y) {
  Ball r;
  arb_pow(r.raw(), x.raw(), y.raw(), prec());
  return r;
}

Ball pow(const Ball& x, long n) {
  Ball r;
  fmpz_t e;
  fmpz_init_set_si(e, n);
  arb_pow_fmpz(r.raw(), x.raw(), e, prec());
  fmpz_clear(e);
  return r;
}

Ball max(const Ball& a, const Ball& b) {
  Ball r;
  arb_max(r.raw(), a.raw(), b.raw(), prec());
  return r;
}

Ball min(const Ball& a, const Ball& b) {
  Ball r;
  arb_min(r.raw(), a.raw(), b.raw(), prec());
  return r;
}

bool certainly_less(const Ball& a, const Ball& b) { return arb_lt(a.raw(), b.raw()); }
bool certainly_less_equal(const Ball& a, const Ball& b) { return arb_le(a.raw(), b.raw()); }

Ternary compare_less(const Ball& a, const Ball& b) {
  if (arb_lt(a.raw(), b.raw())) return Ternary::yes;
  return arb_ge(a.raw(), b.raw()) ? Ternary::no : Ternary::unknown;
}

Ternary compare_less_equal(const Ball& a, const Ball& b) {
  if (arb_le(a.raw(), b.raw())) return Ternary::yes;
  return arb_gt(a.raw(), b.raw()) ? Ternary::no : Ternary::unknown;
}

namespace {
bool settle(Ternary answer, const Ball& a, const Ball& b) {
  if (answer == Ternary::unknown) throw Undecided("the order of " + a.to_string() + " and " + b.to_string());
  return answer == Ternary::yes;
}
}  // namespace

namespace {

void settle(double a, double b) {
  if (a != 0 && b != 0 && std::abs(a - b) <= 0x1p-40 * std::max(std::abs(a), std::abs(b)))
    throw Undecided("the order of doubles near " + shortest(a));
}

}  // namespace

bool decide_less(double a, double b) {
  settle(a, b);
  return a < b;
}
bool decide_less_equal(double a, double b) {
  settle(a, b);
  return a <= b;
}
bool decide_less(const Ball& a, const Ball& b) { return settle(compare_less(a, b), a, b); }
bool decide_less_equal(const Ball& a, const Ball& b) { return settle(compare_less_equal(a, b), a, b); }

}  // namespace asyncert
