#include "lib/rational.hpp"

#include <cctype>
#include <cmath>
#include <cstdlib>

#include "lib/ball.hpp"
#include "lib/errors.hpp"

namespace asyncert {

Rational::Rational(long numerator, long denominator) : Rational() {
  if (denominator == 0) throw DomainError("denominator", "0", "denominator != 0");
  fmpz_set_si(fmpq_numref(value_), numerator);
  fmpz_set_si(fmpq_denref(value_), denominator);
  fmpq_canonicalise(value_);
}

Rational& Rational::operator/=(const Rational& b) {
  if (b.sign() == 0) throw DomainError("divisor", "0", "divisor != 0");
  fmpq_div(value_, value_, b.value_);
  return *this;
}

Rational Rational::operator-() const {
  Rational r;
  fmpq_neg(r.value_, value_);
  return r;
}

namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw ParseError("'" + std::string(text.substr(0, 60)) +
                   "' is no number (wanted for instance 3, -0.125, 1e-5 or 2/3)");
}

bool all_digits(std::string_view s) {
  if (s.empty()) return false;
  for (char c : s)
    if (!std::isdigit(static_cast<unsigned char>(c))) return false;
  return true;
}

Rational integer_from_digits(const std::string& digits) {
  Rational r;
  fmpz_set_str(fmpq_numref(r.raw()), digits.c_str(), 10);
  return r;
}

}  // namespace

Rational Rational::parse(std::string_view text) {
  std::string_view s = text;
  const auto slash = s.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view denominator = s.substr(slash + 1);
    if (!all_digits(denominator)) refuse(text);
    std::string_view numerator = s.substr(0, slash);
    const bool negative = !numerator.empty() && numerator.front() == '-';
    if (negative) numerator.remove_prefix(1);
    if (!all_digits(numerator)) refuse(text);
    const Rational q = integer_from_digits(std::string(denominator));
    if (q.sign() == 0) refuse(text);
    const Rational p = integer_from_digits(std::string(numerator)) / q;
    return negative ? -p : p;
  }
  bool negative = false;
  if (!s.empty() && (s.front() == '-' || s.front() == '+')) {
    negative = s.front() == '-';
    s.remove_prefix(1);
  }
  long exponent = 0;
  const auto e = s.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view power = s.substr(e + 1);
    const bool minus = !power.empty() && power.front() == '-';
    if (!power.empty() && (power.front() == '-' || power.front() == '+')) power.remove_prefix(1);
    if (!all_digits(power) || power.size() > 9) refuse(text);
    exponent = std::strtol(std::string(power).c_str(), nullptr, 10);
    if (exponent > 10'000'000)
      throw ParseError("the exponent of '" + std::string(text.substr(0, 60)) + "' is beyond +-10000000");
    if (minus) exponent = -exponent;
    s = s.substr(0, e);
  }
  std::string digits;
  const auto point = s.find('.');
  if (point == std::string_view::npos) {
    digits = std::string(s);
  } else {
    const std::string_view fraction = s.substr(point + 1);
    digits = std::string(s.substr(0, point)) + std::string(fraction);
    exponent -= static_cast<long>(fraction.size());
  }
  if (!all_digits(digits)) refuse(text);
  Rational r = integer_from_digits(digits);
  if (r.sign() != 0) r *= pow(Rational(10), exponent);
  return negative ? -r : r;
}

Rational Rational::from_double(double x) {
  if (!std::isfinite(x)) throw DomainError("x", std::to_string(x), "finite");
  int exponent = 0;
  const double mantissa = std::frexp(x, &exponent);
  const Rational m(static_cast<long>(std::ldexp(mantissa, 53)));
  return m * pow(Rational(2), exponent - 53);
}

long Rational::to_long() const {
  if (!is_integer() || !fmpz_fits_si(fmpq_numref(value_)))
    throw DomainError("x", to_decimal(20), "an integer between -2^63 and 2^63 - 1");
  return fmpz_get_si(fmpq_numref(value_));
}

Rational Rational::floor() const {
  Rational r;
  fmpz_fdiv_q(fmpq_numref(r.value_), fmpq_numref(value_), fmpq_denref(value_));
  return r;
}

Rational Rational::ceil() const { return -(-*this).floor(); }

double Rational::to_double() const {
  const PrecisionScope precision(128);
  return Ball(*this).midpoint();
}

std::string Rational::to_string() const {
  char* s = fmpq_get_str(nullptr, 10, value_);
  std::string r(s);
  flint_free(s);
  return r;
}

std::string Rational::to_decimal(int digits) const {
  if (sign() == 0) return "0";
  // A terminating expansion that fits is shown exactly: the denominator is then 2^a 5^b.
  Rational scaled = *this;
  for (int k = 0; k <= digits + 8; ++k) {
    if (scaled.is_integer()) {
      const bool negative = scaled.sign() < 0;
      std::string s = abs(scaled).to_string();
      if (static_cast<int>(s.size()) > digits + (k == 0 ? 12 : 0)) break;
      if (k > 0) {
        if (static_cast<int>(s.size()) <= k) s.insert(0, static_cast<std::size_t>(k) - s.size() + 1, '0');
        s.insert(s.size() - static_cast<std::size_t>(k), ".");
      }
      return (negative ? "-" : "") + s;
    }
    scaled *= Rational(10);
  }
  const PrecisionScope precision(static_cast<long>(digits * 3.4) + 40);
  return Ball(*this).to_decimal(digits);
}

Rational pow(const Rational& x, long n) {
  if (n < 0 && x.sign() == 0) throw DomainError("exponent", std::to_string(n), "exponent >= 0 where the base is 0");
  Rational r;
  fmpq_pow_si(r.raw(), x.raw(), n);
  return r;
}

Rational abs(const Rational& x) { return x.sign() < 0 ? -x : x; }

}  // namespace asyncert
