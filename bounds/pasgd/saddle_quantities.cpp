#include "bounds/pasgd/quantities.hpp"
#include "bounds/pasgd/saddle.hpp"

namespace asyncert::pasgd {

namespace {

Object quartic_saddle(const Inputs& in) {
  const SymmetricMatrix A{in.rational("A11"), in.rational("A12"), in.rational("A22")};
  const Rational B2 = in.rational("B2");
  const Eigenvalues e = eigenvalues(A);
  Object o;
  o.add("norm_A",
        e.exact ? Value(max(abs(e.exact->first), abs(e.exact->second))) : Value(max(abs(e.lowest), abs(e.highest))));
  o.add("precondition_B2_ge_normA", norm_at_most(A, B2));
  o.add("L_true", e.exact ? Value(max(e.exact->second + Rational(3) * B2, -e.exact->first))
                          : Value(quartic_gradient_lipschitz(e.lowest, e.highest, Ball(B2))));
  o.add("L_paper_2B2", Rational(2) * B2)
      .add("L_safe_4B2", Rational(4) * B2)
      .add("rho_true_6B", Ball(6) * sqrt(Ball(B2)));
  o.add("gamma_at_0", e.exact ? Value(-e.exact->first) : Value(-e.lowest));
  if (is_positive_semidefinite(A)) return o.add("f_min_global", 0).add("minimiser_norm", 0);
  // Along the lowest eigenvector lambda t^2/2 + t^4/4 is least at t^2 = -lambda.
  o.add("f_min_global",
        e.exact ? Value(-e.exact->first * e.exact->first / Rational(4)) : Value(-(e.lowest * e.lowest) / Ball(4)));
  return o.add("minimiser_norm", sqrt(-e.lowest));
}

}  // namespace

void register_saddle_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "pasgd.quartic_saddle",
      .summary = "Constants of x'Ax/2 + |x|^4/4 on the ball |x| <= B.",
      .source = "Section 5, (30)",
      .parameters = {real("A11", "A_{11}", "entry of the symmetric matrix A"), real("A12", "A_{12}", "entry of A"),
                     real("A22", "A_{22}", "entry of A"), real("B2", "B^2", "squared radius of the ball").above(0)},
      .outputs = {"norm_A: spectral norm of A", "precondition_B2_ge_normA",
                  "L_true: max(lambda_max + 3 B^2, -lambda_min)", "L_paper_2B2: the printed 2 B^2",
                  "L_safe_4B2: 4 B^2, enough where |A| <= B^2", "rho_true_6B: Lipschitz constant of the Hessian",
                  "gamma_at_0: -lambda_min", "f_min_global: minimum over the plane",
                  "minimiser_norm: norm of its minimisers"},
      .enclosed = quartic_saddle,
  });
}

}  // namespace asyncert::pasgd
