#include "solvers/step_sizes.hpp"

#include <cmath>
#include <numbers>

#include "lib/errors.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

double StepSize::at(std::uint64_t n) const {
  const double x = static_cast<double>(n) + n0;
  switch (kind) {
    case Kind::constant:
      return c;
    case Kind::power:
      return c / std::pow(x, exponent);
    case Kind::n_log_n:
      return c / (x * std::log(x));
    case Kind::n_log_n_loglog_n:
      return c / (x * std::log(x) * std::log(std::log(x)));
  }
  return c;
}

void StepSize::validate() const {
  if (!(c > 0 && std::isfinite(c))) throw DomainError("step c", shortest(c), "(0, inf)");
  if (!(n0 >= 0 && std::isfinite(n0))) throw DomainError("step n0", shortest(n0), "[0, inf)");
  if (kind == Kind::power && !(exponent >= 0 && std::isfinite(exponent)))
    throw DomainError("step exponent", shortest(exponent), "[0, inf)");
  if (kind == Kind::n_log_n && !(n0 > 0))
    throw DomainError("step n0", shortest(n0), "(0, inf): log(1 + n0) must be positive");
  if (kind == Kind::n_log_n_loglog_n && !(1 + n0 > std::numbers::e))
    throw DomainError("step n0", shortest(n0), "(e - 1, inf): log log (1 + n0) must be positive");
}

std::string StepSize::describe() const {
  const std::string head = shortest(c), n = n0 == 0 ? "n" : "(n + " + shortest(n0) + ")";
  switch (kind) {
    case Kind::constant:
      return head;
    case Kind::power:
      return head + " / " + n + "^" + shortest(exponent);
    case Kind::n_log_n:
      return head + " / (" + n + " log)";
    case Kind::n_log_n_loglog_n:
      return head + " / (" + n + " log loglog)";
  }
  return head;
}

}  // namespace asyncert::solvers
