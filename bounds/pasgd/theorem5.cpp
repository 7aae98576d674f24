#include "bounds/pasgd/theorem5.hpp"

#if __has_include(<flint/arb_hypgeom.h>)
#include <flint/arb_hypgeom.h>
#else
#include <arb_hypgeom.h>
#endif

namespace asyncert::pasgd {

Ball normal_tail(const Ball& x) {
  Ball result;
  arb_hypgeom_erfc(result.raw(), (x / sqrt(Ball(2))).raw(), PrecisionScope::bits());
  return result / 2;
}

}  // namespace asyncert::pasgd
