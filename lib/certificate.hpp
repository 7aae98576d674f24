// Algebraic certificates: polynomial identities by counting degrees, and signs of multi-affine factors on boxes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/claim.hpp"
#include "lib/subdivision.hpp"

namespace asyncert {

/// A variable of an identity: its degree on both sides is at most `degree`; it is given the values first + i step.
struct Variable {
  std::string name;
  long degree;
  Rational first = Rational(1);
  Rational step = Rational(1);
};

using Point = std::vector<Rational>;
using Polynomial = std::function<Rational(const Point&)>;

/// Collects exact facts that together settle a statement for every point of its domain.
///
/// An inequality left <= right is certified by an identity right - left = sum of products of factors, and by the sign
/// of each factor. A fact that fails becomes the comparison that refutes, with the point where it fails.
class Certificate {
 public:
  explicit Certificate(std::string method);

  /// Two polynomials agree everywhere if they agree on a grid with more points than degree in each variable.
  Certificate& identity(const std::string& label, const std::vector<Variable>& variables, const Polynomial& left,
                        const Polynomial& right);
  /// A polynomial of degree at most one in each variable is least at a corner of the box; there it has to be >= 0.
  Certificate& nonnegative(const std::string& label, const std::vector<Side>& box, const Polynomial& factor);
  Certificate& compare(Comparison comparison);

  const Evidence& evidence() const { return evidence_; }
  operator Evidence() const { return evidence_; }  // NOLINT: a certificate is evidence

 private:
  Evidence evidence_;
};

/// A proof together with a search for counterexamples that found none: the comparisons and hypotheses of both.
Evidence with_search(Evidence proof, const Evidence& search);

}  // namespace asyncert
