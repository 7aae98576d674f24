// The registered quantities of the paper on asynchronous parallel SGD for linear systems.
#include "bounds/apsgd/quantities.hpp"

#include "lib/errors.hpp"

namespace asyncert {

namespace apsgd {

void check_spectrum(const Inputs& in) {
  const Rational &l = in.rational("lambda_min"), &L = in.rational("lambda_max");
  if (L < l) throw DomainError("lambda_min", l.to_decimal(17), "lambda_min <= lambda_max = " + L.to_decimal(17));
}

}  // namespace apsgd

void register_apsgd_quantities(QuantityRegistry& registry) {
  apsgd::register_rate_quantities(registry);
  apsgd::register_optimum_quantities(registry);
  apsgd::register_spectral_quantities(registry);
}

}  // namespace asyncert
