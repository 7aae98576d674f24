// The smallest number of processors from which on the asynchronous method beats the synchronous one: Tables 2 and 3.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bounds/apsgd/optimum.hpp"

namespace asyncert::apsgd {

/// What "the complexity of the asynchronous method" means; the synchronous one is the bound (11) unless said otherwise.
enum class Definition {
  printed,         ///< the printed closed form (56) at omega_star; needs k >= 1
  equation_61,     ///< the closed form (61) at omega = 2; needs k <= 1
  bound,           ///< the exact minimum of U over theta in [0,1], omega in [1, omega_star]
  rate,            ///< the exact minimum of 1/(1 - rho^delta) over the same region
  rate_one_less,   ///< the same where the delay is delta - 1 updates, which is what a slowest worker sees
  bound_vs_tight,  ///< the minimum of U against the exact best one-step rate of the synchronous method
};

/// Numbers of processors tau = 1, 2, ... at which the asynchronous complexity is strictly smaller. A missing member
/// says that there is none (or, with `scanned_to`, that there is none up to there).
struct MinimumProcessors {
  std::optional<Rational> first;        ///< smallest tau >= 1
  std::optional<Rational> first_ge2;    ///< smallest tau >= 2
  std::optional<Rational> always_from;  ///< from here on it is smaller for every tau
  std::vector<Rational> ties;           ///< tau with equal complexities
  std::optional<long> scanned_to;       ///< the answer was found by trying every tau up to this one
  /// The smallest tau >= 2 with a complexity that is not larger: ties count. This is what the printed tables show.
  std::optional<Rational> first_weak_ge2() const;
};

/// Decides all of it exactly: `printed`, `equation_61` and `bound` by the sign of surds, using that
/// tau (xi(tau) - lambda_min U) is convex in tau for each omega; the two rates by certified enclosures at those tau
/// where the bound does not win already (rho^delta <= u^delta, and a smaller delay gives no larger rho).
/// Ranges of tau are settled by bounds that are monotone in tau. `bound_vs_tight` is tried up to `scan_limit`, as is a
/// rate where the bound never wins for good. Errors: DomainError where the definition does not apply to the spectrum,
/// and where 100,000 comparisons do not tell the rates apart. Cost: microseconds to some 0.1 s.
MinimumProcessors minimum_processors(const Spectrum& s, const Rational& c, Definition definition,
                                     long scan_limit = 3000);

/// Whether the definition's closed form exists for this spectrum.
bool applies(Definition definition, const Spectrum& s);

/// xi(tau) - lambda_min U under `printed`, `equation_61` or `bound`: positive where the asynchronous method wins.
Surd margin(const Spectrum& s, const Rational& c, const Rational& tau, Definition definition);

}  // namespace asyncert::apsgd
