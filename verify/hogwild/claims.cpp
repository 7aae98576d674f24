// Claims of the paper on lock-free Hogwild! and AsySVRG.
#include "verify/hogwild/claims.hpp"

namespace asyncert {

namespace hogwild {

Evidence at_instance(std::string method, Comparison comparison) {
  Evidence e;
  e.method = std::move(method);
  e.comparisons.push_back(std::move(comparison));
  return e;
}

Hypothesis detects_violations(double smallest, double bound) {
  return {"a violation of 3/10 of the bound would be detected", smallest <= 0.3 * bound,
          "smallest detectable violation over the bound: " + std::to_string(smallest / bound)};
}

Evidence prove(const PolynomialIdentity& identity, std::string method) {
  Evidence e;
  e.coverage = Coverage::domain;
  e.method = std::move(method) + " (degree at most " + std::to_string(identity.degree) + " in each of " +
             std::to_string(identity.variables.size()) + " variables, checked on a grid of " +
             std::to_string(identity.degree + 1) + " values each)";
  std::vector<Rational> point(identity.variables.size());
  const std::function<void(std::size_t)> fill = [&](std::size_t k) {
    if (k == point.size()) {
      Comparison c{.label = identity.label,
                   .left = identity.left(point),
                   .relation = Relation::equal,
                   .right = identity.right(point)};
      for (std::size_t i = 0; i < point.size(); ++i) c.instance.add(identity.variables[i], point[i]);
      e.comparisons.push_back(std::move(c));
      return;
    }
    for (int value = 0; value <= identity.degree; ++value) {
      point[k] = Rational(value, 2);
      fill(k + 1);
    }
  };
  fill(0);
  return e;
}

Walk<Ball> EnclosedRun::walk() const {
  Walk<Ball> w;
  w.start = {Ball(Rational(1, 2))};
  w.eta = eta;
  w.steps = steps;
  w.tau = tau;
  w.seen = [](long, long, long) { return Seen::no; };
  w.survival = {alpha};
  return w;
}

Object EnclosedRun::instance() const {
  return Object()
      .add("problem", "s (1 - cos(x_i w - y_i)), n = 2")
      .add("s", s)
      .add("eta", eta)
      .add("tau", tau)
      .add("alpha", alpha)
      .add("updates", steps)
      .add("w_0", Rational(1, 2))
      .add("reads", "every recent update is missed");
}

}  // namespace hogwild

void register_hogwild_claims(ClaimRegistry& registry) {
  hogwild::register_setup_claims(registry);
  hogwild::register_overwrite_claims(registry);
  hogwild::register_interleaving_claims(registry);
  hogwild::register_lemma1_claims(registry);
  hogwild::register_lemma2_claims(registry);
  hogwild::register_lemma3_claims(registry);
  hogwild::register_inner_loop_claims(registry);
  hogwild::register_theorem1_claims(registry);
  hogwild::register_theorem1_step_claims(registry);
  hogwild::register_sharp_constant_claims(registry);
  hogwild::register_theorem2_claims(registry);
  hogwild::register_large_step_claims(registry);
  hogwild::register_theorem2_repair_claims(registry);
  hogwild::register_complexity_claims(registry);
  hogwild::register_complexity_order_claims(registry);
  hogwild::register_introduction_claims(registry);
  hogwild::register_experiment_claims(registry);
  hogwild::register_measured_claims(registry);
  hogwild::register_thread_claims(registry);
  hogwild::register_canaries(registry);
}

}  // namespace asyncert
