#include "bounds/assm/root_field.hpp"

#include <numeric>

namespace asyncert::assm {

namespace {

struct SquareSplit {
  long squarefree;
  long root;  ///< n = squarefree root^2
};

SquareSplit split(long n) {
  SquareSplit r{1, 1};
  for (long p = 2; p * p <= n; ++p) {
    for (; n % (p * p) == 0; n /= p * p) r.root *= p;
    if (n % p == 0) {
      r.squarefree *= p;
      n /= p;
    }
  }
  r.squarefree *= n;
  return r;
}

}  // namespace

RootSum::RootSum(const Rational& x) : terms_(std::in_place), enclosure_(x) {
  if (x.sign() != 0) terms_->emplace(1, x);
}

RootSum& RootSum::operator+=(const RootSum& other) {
  enclosure_ += other.enclosure_;
  if (!other.terms_) terms_.reset();
  if (!terms_) return *this;
  for (const auto& [radicand, coefficient] : *other.terms_) {
    const auto at = terms_->try_emplace(radicand).first;
    at->second += coefficient;
    if (at->second.sign() == 0) terms_->erase(at);
  }
  if (terms_->empty()) enclosure_ = Ball(0);
  return *this;
}

RootSum& RootSum::operator*=(const Rational& x) {
  if (x.sign() == 0) return *this = RootSum();
  enclosure_ *= Ball(x);
  if (terms_)
    for (auto& [radicand, coefficient] : *terms_) coefficient *= x;
  return *this;
}

RootSum RootSum::over_root(long n) const {
  const SquareSplit divisor = split(n);
  RootSum r;
  r.enclosure_ = enclosure_ / sqrt(Ball(n));
  r.terms_.reset();
  if (!terms_ || terms_->size() > longest) return r;
  r.terms_.emplace();
  // sqrt(s)/(b sqrt(t)) with squarefree s, t and g = gcd(s, t): sqrt(s t)/(b t) = g sqrt((s/g)(t/g))/(b t).
  for (const auto& [s, coefficient] : *terms_) {
    const long g = std::gcd(s, divisor.squarefree), other = divisor.squarefree / g;
    long product = 0;
    if (__builtin_mul_overflow(s / g, other, &product)) {
      r.terms_.reset();
      return r;
    }
    r.terms_->emplace(product, coefficient / Rational(divisor.root) / Rational(other));
  }
  return r;
}

int RootSum::sign() const {
  if (terms_ && terms_->empty()) return 0;
  if (certainly_less(0, enclosure_)) return 1;
  if (certainly_less(enclosure_, 0)) return -1;
  throw Undecided("the sign of " + enclosure_.to_string());
}

Value RootSum::value() const {
  if (terms_ && terms_->empty()) return Rational(0);
  if (terms_ && terms_->size() == 1 && terms_->begin()->first == 1) return terms_->begin()->second;
  return enclosure_;
}

}  // namespace asyncert::assm
