// Settings at which the conditions of the escape theorem hold together.
#pragma once

#include <vector>

#include "bounds/pasgd/constants.hpp"
#include "lib/value.hpp"

namespace asyncert::pasgd {

/// Exact inputs of the constants (6); eps1 = 1/10 and delta = 1/20 throughout.
struct EscapeSetting {
  long d, M, T;
  Rational L, rho, eps2, s, Delta_f, w;

  EscapeConstants<Ball> constants() const {
    return escape_constants<Ball>({Ball(d), Ball(M), Ball(L), Ball(rho), Ball(Rational(1, 10)), Ball(eps2), Ball(s),
                                   Ball(T), Ball(Delta_f), Ball(Rational(1, 20)), Ball(w)});
  }
  Object instance() const {
    return Object()
        .add("d", d)
        .add("M", M)
        .add("T", T)
        .add("L", L)
        .add("rho", rho)
        .add("eps2", eps2)
        .add("s", s)
        .add("Delta_f", Delta_f)
        .add("w", w);
  }
};

inline std::vector<EscapeSetting> feasible_settings() {
  const Rational tiny = Rational::parse("1e-6");
  return {{2, 1, 1, 1, 1, 1, tiny, 1, 300},
          {2, 3, 5, 1, 1, 1, tiny, 1, 6500},
          {1, 1, 1, 1, 1, 1, tiny, 1, 1000000},
          {32, 8, 10, 1, 1, Rational(1, 100), 1, 5, Rational::parse("2e17")}};
}

}  // namespace asyncert::pasgd
