#include "bounds/apsgd/quantities.hpp"
#include "bounds/apsgd/second_moment.hpp"
#include "bounds/apsgd/varying_delays.hpp"
#include "lib/errors.hpp"

namespace asyncert::apsgd {

namespace {

const Rational one(1);

Parameter matrix_A() { return matrix("A", "A", "the system's matrix, a list of rows"); }
Parameter weights_B() { return real_list("B", "B", "the diagonal of B, as many entries as A has columns").above(0); }
Parameter damping() { return real("theta", "\\theta", "damping of the master's update").at_least(0).at_most(1); }
Parameter relaxation() { return real("omega", "\\omega", "relaxation of the step").at_least(0); }
Parameter delay() {
  return integer("delta", "\\delta", "constant delay in updates").at_least(0).at_most(1'000'000'000'000L);
}

void check_system(const Inputs& in) {
  const auto& A = in.matrix("A");
  if (in.list("B").size() != A.front().size())
    throw DomainError("B", std::to_string(in.list("B").size()) + " entries",
                      "as many entries as A has columns, " + std::to_string(A.front().size()));
  for (const auto& row : A)
    for (const Rational& x : row)
      if (x.sign() != 0) return;
  throw DomainError("A", "0", "a matrix that is not zero");
}

Object& add_extremes(Object& o, const Reformulation::Extremes& e) {
  return o.add("lambda_min", e.min).add("lambda_max", e.max);
}

Object& add_rate(Object& o, const Ball& y) { return o.add("neg_log_z", y).add("z", y.is_finite() ? exp(-y) : Ball(0)); }

Object scalar(const Inputs& in) {
  const long D = in.integer("delta");
  const Ball y = second_moment_log_rate(bernoulli_coordinate(in.rational("lambda")), in.rational("theta"),
                                        in.rational("omega"), D);
  Object o;
  add_rate(o, y).add("one_minus_z", y.is_finite() ? -expm1(-y) : Ball(1));
  return o.add("z_pow_delta", D == 0 ? Ball(1) : y.is_finite() ? exp(-(Ball(D) * y)) : Ball(0));
}

Object kaczmarz(const Inputs& in) {
  const Reformulation system = row_sketch(RationalMatrix(in.matrix("A")), in.list("B"));
  Object o;
  add_extremes(o, system.extremes());
  return add_rate(o, second_moment_log_rate(system, in.rational("theta"), in.rational("omega"), in.integer("delta")));
}

Object synchronous(const Inputs& in) {
  const Reformulation system = row_sketch(RationalMatrix(in.matrix("A")), in.list("B"));
  const Rational &omega = in.rational("omega"), &tau = in.rational("tau");
  Object o;
  if (system.is_deterministic()) {  // lambda_min = lambda_max = 1, exactly: the bound may then vanish
    o.add("lambda_min", one).add("lambda_max", one).add("z", synchronous_second_moment(system, omega, tau));
    return o.add("rho_s_bound", synchronous_bound(one, one, omega, tau))
        .add("one_step_worst", synchronous_step(one, omega, tau));
  }
  const Reformulation::Extremes e = system.extremes();
  add_extremes(o, e).add("z", synchronous_second_moment(system, omega, tau));
  const Ball w(omega), t(tau);
  o.add("rho_s_bound", synchronous_bound(e.min, e.max, w, t));
  return o.add("one_step_worst", max(synchronous_step(e.min, w, t), synchronous_step(e.max, w, t)));
}

Object block(const Inputs& in) {
  Object o;
  return add_extremes(o, block_sketch(RationalMatrix(in.matrix("A")), in.list("B"), in.integer("s")).extremes());
}

Object products(const Inputs& in) {
  const VaryingDelays v = varying_delays(in.rational("K1"), in.rational("K2"), in.integers("delays"));
  return Object()
      .add("period_growth", v.period_growth)
      .add("product_bound", v.product_bound)
      .add("outer_bound", v.outer_bound)
      .add("product_violated", v.product_violated)
      .add("outer_violated", v.outer_violated);
}

void add(QuantityRegistry& registry, const char* name, const char* summary, const char* source,
         std::vector<Parameter> parameters, std::vector<std::string> outputs,
         std::function<void(const Inputs&)> validate, std::function<Object(const Inputs&)> enclosed) {
  registry.add({
      .name = name,
      .summary = summary,
      .source = source,
      .parameters = std::move(parameters),
      .outputs = std::move(outputs),
      .validate = std::move(validate),
      .enclosed = std::move(enclosed),
  });
}

}  // namespace

void register_spectral_quantities(QuantityRegistry& registry) {
  const std::vector<std::string> extremes = {"lambda_min: smallest nonzero eigenvalue of W",
                                             "lambda_max: largest eigenvalue of W"};
  const auto with_extremes = [&](std::vector<std::string> more) {
    more.insert(more.begin(), extremes.begin(), extremes.end());
    return more;
  };
  // No versions in double of what follows: the growth factors are where a matrix stops being positive definite, close
  // to singular by construction, and spectra whose smallest eigenvalue is asked for to full relative accuracy.
  add(registry, "apsgd.lemma6",
      "Growth over a period of varying delays, against the product of the constant-delay factors.", "Lemma 6, (28)",
      {real("K1", "K_1", "weight of the newest term").at_least(0),
       real("K2", "K_2", "weight of the delayed term").at_least(0),
       integer_list("delays", "\\delta_i", "delays of one period, in updates").at_least(0).at_most(1'000'000'000'000L)},
      {"period_growth: growth factor of the recursion (25) over the period", "product_bound: product of rho(delta_i)",
       "outer_bound: rho(max delta_i) to the number of updates",
       "product_violated: whether the growth exceeds the product",
       "outer_violated: whether it exceeds the outer bound"},
      nullptr, products);
  add(registry, "apsgd.second_moment_scalar",
      "Exact growth factor of E e_t^2 for e_{t+1} = (1-theta) e_t + theta (1 - omega b) e_{t-delta}, b ~ "
      "Bernoulli(lambda).",
      "equation (15) in one coordinate of a system with commuting sketches",
      {damping(), relaxation(), delay(), real("lambda", "\\lambda", "eigenvalue of W").at_least(0).at_most(1)},
      {"neg_log_z: -ln z", "z: growth factor per master update", "one_minus_z: 1 - z, to full relative accuracy",
       "z_pow_delta: growth over delta updates"},
      nullptr, scalar);
  add(registry, "apsgd.second_moment_rk",
      "Exact growth factor of E|x_t - x_*|_B^2 per master update with a constant delay, rows drawn by their squared "
      "norms.",
      "equation (15) with the row sketch", {matrix_A(), weights_B(), damping(), relaxation(), delay()},
      with_extremes({"neg_log_z: -ln z", "z: growth factor per master update"}), check_system, kaczmarz);
  add(registry, "apsgd.second_moment_sync",
      "Exact growth factor of the synchronous minibatch method, its bound, and its worst single step; rows drawn by "
      "squared norms.",
      "equation (8), Theorem 1, (9)-(10)",
      {matrix_A(), weights_B(), relaxation(), integer("tau", "\\tau", "sketches averaged in a step").at_least(1)},
      with_extremes({"z: growth factor of E|x_k - x_*|_B^2 per step", "rho_s_bound: the bound (10)",
                     "one_step_worst: largest factor of a single step, over all directions"}),
      check_system, synchronous);
  add(
      registry, "apsgd.spectrum_block", "Spectrum of W for uniformly random subsets of s rows.",
      "Section 1, block sketches",
      {matrix_A(), weights_B(), integer("s", "s", "rows in a subset, at most all").at_least(1)}, extremes,
      [](const Inputs& in) {
        check_system(in);
        block_sketch(RationalMatrix(in.matrix("A")), in.list("B"), in.integer("s"));
      },
      block);
  add(
      registry, "apsgd.spectrum_gaussian", "Spectrum of W for one Gaussian vector as sketch.",
      "Section 1, Gaussian sketches",
      {real_list("mu", "\\mu", "eigenvalues of B^{-1/2} A'A B^{-1/2}, at least one positive").at_least(0)},
      {"lambda: the eigenvalues of W, in the order of mu"},
      [](const Inputs& in) {
        for (const Rational& m : in.list("mu"))
          if (m.sign() > 0) return;
        throw DomainError("mu", "0", "at least one positive entry");
      },
      [](const Inputs& in) { return Object().add("lambda", gaussian_spectrum(in.list("mu"))); });
}

}  // namespace asyncert::apsgd
