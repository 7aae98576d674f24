#include "bounds/pasgd/theorem5.hpp"

#include "lib/arb.hpp"

namespace asyncert::pasgd {

Ball normal_tail(const Ball& x) {
  Ball result;
  arb_hypgeom_erfc(result.raw(), (x / sqrt(Ball(2))).raw(), PrecisionScope::bits());
  return result / 2;
}

}  // namespace asyncert::pasgd
