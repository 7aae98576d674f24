#include "bounds/assm/polynomial.hpp"

#include <flint/fmpq_mpoly.h>
#include <flint/fmpq_mpoly_factor.h>

#include <algorithm>
#include <stdexcept>

namespace asyncert::assm {

Polynomial::Polynomial(const Rational& constant) {
  if (constant.sign() != 0) terms_.emplace(Exponents{0, 0}, constant);
}

Polynomial Polynomial::monomial(const Rational& coefficient, const Exponents& exponents) {
  Polynomial r;
  if (coefficient.sign() != 0) r.terms_.emplace(exponents, coefficient);
  return r;
}

Polynomial Polynomial::variable(std::size_t index) {
  return monomial(Rational(1), index == 0 ? Exponents{1, 0} : Exponents{0, 1});
}

Polynomial& Polynomial::operator+=(const Polynomial& other) {
  for (const auto& [e, c] : other.terms_) {
    const auto at = terms_.try_emplace(e).first;
    at->second += c;
    if (at->second.sign() == 0) terms_.erase(at);
  }
  return *this;
}

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial r;
  for (const auto& [e, c] : a.terms_)
    for (const auto& [f, d] : b.terms_) r += Polynomial::monomial(c * d, {e[0] + f[0], e[1] + f[1]});
  return r;
}

int Polynomial::degree() const {
  int d = 0;
  for (const auto& [e, c] : terms_) d = std::max(d, e[0] + e[1]);
  return d;
}

Polynomial Polynomial::derivative(std::size_t index) const {
  Polynomial r;
  for (const auto& [e, c] : terms_) {
    if (e[index] == 0) continue;
    Exponents lower = e;
    --lower[index];
    r += monomial(c * Rational(e[index]), lower);
  }
  return r;
}

Polynomial Polynomial::at(const std::vector<Polynomial>& x) const {
  Polynomial r;
  for (const auto& [e, c] : terms_) {
    Polynomial product(c);
    for (std::size_t i = 0; i < x.size(); ++i)
      for (int k = 0; k < e[i]; ++k) product = product * x[i];
    r += product;
  }
  return r;
}

std::vector<Rational> Polynomial::coefficients() const {
  std::vector<Rational> r(static_cast<std::size_t>(degree()) + 1);
  for (const auto& [e, c] : terms_) r[static_cast<std::size_t>(e[0])] = c;
  return r;
}

std::vector<Polynomial> gradient(const Polynomial& p, std::size_t n) {
  std::vector<Polynomial> r;
  for (std::size_t i = 0; i < n; ++i) r.push_back(p.derivative(i));
  return r;
}

Factorisation factorise(const Polynomial& p) {
  if (p.is_zero()) return {};
  fmpq_mpoly_ctx_t context;
  fmpq_mpoly_t whole, factor;
  fmpq_mpoly_factor_t split;
  fmpq_mpoly_ctx_init(context, 2, ORD_LEX);
  fmpq_mpoly_init(whole, context), fmpq_mpoly_init(factor, context), fmpq_mpoly_factor_init(split, context);
  for (const auto& [e, c] : p.terms()) {
    const ulong exponents[] = {static_cast<ulong>(e[0]), static_cast<ulong>(e[1])};
    fmpq_mpoly_set_coeff_fmpq_ui(whole, c.raw(), exponents, context);
  }
  const int done = fmpq_mpoly_factor(split, whole, context);
  Factorisation r;
  Rational unit, coefficient;
  fmpq_mpoly_factor_get_constant_fmpq(unit.raw(), split, context);
  r.unit_sign = unit.sign();
  for (slong i = 0; i < fmpq_mpoly_factor_length(split, context); ++i) {
    fmpq_mpoly_factor_get_base(factor, split, i, context);
    const slong power = fmpq_mpoly_factor_get_exp_si(split, i, context);
    // Whatever the library's normalisation: a positive leading coefficient and coprime integers.
    fmpq_mpoly_get_term_coeff_fmpq(coefficient.raw(), factor, 0, context);
    if (coefficient.sign() < 0 && power % 2 != 0) r.unit_sign = -r.unit_sign;
    Rational content;
    fmpq_set(content.raw(), factor->content);
    const Rational scale = Rational(1) / (coefficient.sign() < 0 ? -abs(content) : abs(content));
    Polynomial base;
    for (slong k = 0; k < fmpq_mpoly_length(factor, context); ++k) {
      ulong exponents[2];
      fmpq_mpoly_get_term_exp_ui(exponents, factor, k, context);
      fmpq_mpoly_get_term_coeff_fmpq(coefficient.raw(), factor, k, context);
      base +=
          Polynomial::monomial(coefficient * scale, {static_cast<int>(exponents[0]), static_cast<int>(exponents[1])});
    }
    r.factors.emplace_back(std::move(base), power);
  }
  fmpq_mpoly_clear(whole, context), fmpq_mpoly_clear(factor, context), fmpq_mpoly_factor_clear(split, context);
  fmpq_mpoly_ctx_clear(context);
  if (!done) throw std::logic_error("a polynomial could not be factorised");
  return r;
}

}  // namespace asyncert::assm
