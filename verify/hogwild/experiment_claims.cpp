// The experiments: what they assume, and what can be said about the figures; planted errors in the algorithm.
#include "bounds/hogwild/region.hpp"
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

/// One sigmoid unit with output weight v: logit v (sigma(w) - 1/2), logistic loss of label 1. At w = 0 the slope is
/// -v/8 and the second derivative v^2/64, since sigma' = 1/4 and sigma'' = 0 there.
Evidence sigmoid_unit(bool curvature) {
  const Rational v(100000), logit_slope = v / 4, loss_slope(-1, 2), loss_curvature(1, 4), bound(1000);
  const Rational value = curvature ? loss_curvature * logit_slope * logit_slope : abs(loss_slope * logit_slope);
  return at_instance("exact at w = 0: one hidden sigmoid unit with output weight v = 10^5",
                     {.label = curvature ? "L < second derivative in w" : "V < |slope in w|",
                      .left = bound,
                      .relation = Relation::less,
                      .right = value,
                      .instance = Object().add("v", v).add(curvature ? "L" : "V", bound)});
}

/// Where all weights and biases vanish, along (1, 1) in a weight w of some hidden unit, whose input is 1, and in the
/// weight v that this unit has in the right class: that class's logit v sigma(w) has the slope 1/2 and the second
/// derivative 2 (1/4), and in it the loss has the slope 1/K - 1 and the second derivative (1/K)(1 - 1/K).
Evidence negative_curvature() {
  const Rational lambda(1, 1000);
  Evidence e;
  e.method = "exact where all weights and biases vanish, along one weight of each layer together, for one instance";
  for (const long classes : {3L, 10L}) {
    const Rational share(1, classes), slope = share - 1, curvature = share * (1 - share);
    e.comparisons.push_back(
        {.label = "curvature along (1, 1) < 0",
         .left = curvature * pow(Rational(1, 2), 2) + slope * Rational(1, 2) + Rational(2) * lambda,
         .relation = Relation::less,
         .right = 0,
         .instance = Object().add("w", 0).add("v", 0).add("K", classes).add("lambda", Fraction{lambda})});
  }
  return e;
}

/// The run of EnclosedRun with a planted change, against the descent inequality.
Evidence broken_descent(const std::function<void(Walk<Ball>&)>& change) {
  const EnclosedRun run;
  Walk<Ball> walk = run.walk();
  change(walk);
  const auto m = enumerate(run.problem(), walk);
  const Ball L(run.s), eta(run.eta), alpha(run.alpha);
  Evidence e;
  e.method = "expectations enclosed over all sample and overwrite paths of a deliberately broken algorithm";
  for (std::size_t t = 0; t + 1 < m.value.size(); ++t)
    e.comparisons.push_back(
        {.label = "E f(w_{t+1}) <= E f(w_t) - alpha eta/2 E|g|^2 + L^2 eta/2 gap + L eta^2/2 E q(w_hat)",
         .left = m.value[t + 1],
         .right = m.value[t] - alpha * eta / 2 * m.squared_gradient[t] + L * L * eta / 2 * m.gap[t] +
                  L * eta * eta / 2 * m.q_read[t],
         .instance = run.instance().add("t", static_cast<long>(t))});
  return e;
}

Evidence not_testable(std::string reason) {
  Evidence e;
  e.not_testable = std::move(reason);
  return e;
}

}  // namespace

void register_experiment_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.experiment.network_unbounded_gradient",
      .source = "Experiment with Assumption 5",
      .statement = R"(A slope of the network of the experiments exceeds $V=10^3$)",
      .procedure = [](const Context&) { return sigmoid_unit(false); },
      .note = "The slope in a first-layer weight grows with the second-layer weight; so does the regulariser's with "
              "any weight.",
  });
  registry.add({
      .id = "hogwild.experiment.network_not_smooth",
      .source = "Experiment with Assumption 1",
      .statement = R"(A second derivative of the network of the experiments exceeds $L=10^3$)",
      .procedure = [](const Context&) { return sigmoid_unit(true); },
      .note = "The curvature in a first-layer weight is v^2/64 at zero, v the second-layer weight.",
  });
  registry.add({
      .id = "hogwild.experiment.network_not_convex",
      .source = "Experiment, a non-convex function",
      .statement =
          R"(The loss of the network of the experiments for one instance has negative curvature at $w=0$, $b=0$, also with its $\frac\lambda2\|w\|^2$, $\lambda=10^{-3}$, for $K=3$ and $K=10$ classes)",
      .procedure = [](const Context&) { return negative_curvature(); },
  });
  registry.add({
      .id = "hogwild.experiment.step_grid",
      .source = "Experiment with Lemma 2",
      .statement =
          R"(No step size of the grid $10^{-1},\dots,10^{-4}$ meets Lemma 2's condition at $\tau=9$ (10 threads) and $L=1$)",
      .procedure =
          [](const Context&) {
            return at_instance(
                "enclosed maximum of the admissible step over rho",
                {.label = "largest admissible step < 10^-4",
                 .left = largest_step(Condition::printed, Ball(1), 9),
                 .relation = Relation::less,
                 .right = Rational(1, 10000),
                 .instance = Object().add("L", 1).add("tau", 9).add("eta", Fraction{Rational(1, 10000)})});
          },
      .note = "The largest is 7.2e-5; the scale-free form of the condition admits 6.5e-3.",
  });
  registry.add({
      .id = "hogwild.experiment.step_grid.scale_free",
      .source = "Experiment with Lemma 2, sharpened",
      .statement = R"(The step $5\cdot10^{-3}$ of the grid meets the scale-free condition with $\tau=9$ and $L=1$)",
      .procedure =
          [](const Context&) {
            return at_instance(
                "enclosed maximum of the admissible step over rho",
                {.label = "5 10^-3 <= largest admissible step",
                 .left = Rational(5, 1000),
                 .right = largest_step(Condition::sharp, Ball(1), 9),
                 .instance = Object().add("L", 1).add("tau", 9).add("eta", Fraction{Rational(5, 1000)})});
          },
  });
  registry.add({
      .id = "hogwild.experiment.inner_steps_whole",
      .source = "Experiment, M = n/p",
      .statement =
          R"(For the $n=67557$ instances of LIBSVM's connect-4 $M=n/p$ is no whole number for 4 or 10 threads)",
      .procedure =
          [](const Context&) {
            Evidence e;
            e.method = "exact: remainders of n by the numbers of threads of the experiment";
            for (const long p : {4L, 10L})
              e.comparisons.push_back({.label = "p floor(n/p) < n",
                                       .left = p * (67557 / p),
                                       .relation = Relation::less,
                                       .right = 67557,
                                       .instance = Object().add("n", 67557).add("p", p)});
            return e;
          },
      .note = "How the paper rounds is not said; on MNIST, n = 60000, all three numbers of threads divide n.",
  });
  registry.add({
      .id = "hogwild.experiment.asysvrg_faster",
      .source = "Figure 1",
      .statement =
          R"(With 10 threads AsySVRG reaches a lower training loss than Hogwild! in the same CPU time on connect-4 and MNIST)",
      .expected = Verdict::not_testable,
      .procedure =
          [](const Context&) {
            return not_testable(
                "a statement about CPU time on one unnamed 12-core server, without seeds, epochs, preprocessing or the "
                "chosen step sizes: no run elsewhere can contradict it");
          },
  });
  registry.add({
      .id = "hogwild.experiment.more_threads_faster",
      .source = "Figure 2",
      .statement = R"(More threads are faster, except Hogwild! with 4 threads on connect-4)",
      .expected = Verdict::not_testable,
      .procedure =
          [](const Context&) {
            return not_testable(
                "a statement about the placement of threads on one unnamed two-socket server, which the paper itself "
                "offers as a possible reason only");
          },
  });
}

void register_canaries(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.canary.ascent",
      .source = "planted",
      .statement = R"(The descent inequality for an algorithm that adds the gradient)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return broken_descent([](Walk<Ball>& w) { w.direction = -1; }); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.step_thirty_times_too_large",
      .source = "planted",
      .statement = R"(The descent inequality for an algorithm that uses thirty times the step it reports)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return broken_descent([](Walk<Ball>& w) { w.eta = w.eta * 30; }); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.more_overwrites_than_reported",
      .source = "planted",
      .statement = R"(The descent inequality with $\alpha=4/5$ for a run in which nine of ten updates are overwritten)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return broken_descent([](Walk<Ball>& w) { w.survival = {Rational(1, 10)}; }); },
      .canary = true,
  });
  registry.add({
      .id = "hogwild.canary.no_delay_realised",
      .source = "planted",
      .statement = R"(Lemma 3 tested on a run in which no read was delayed)",
      .expected = Verdict::vacuous,
      .procedure =
          [](const Context&) {
            const EnclosedRun run;
            Walk<Ball> walk = run.walk();
            walk.seen = [](long, long, long) { return Seen::as_written; };
            const auto m = enumerate(run.problem(), walk);
            Ball gap(0);
            for (const Ball& x : m.gap) gap += x;
            Evidence e =
                at_instance("expectations enclosed over all sample and overwrite paths",
                            {.label = "gap <= anything", .left = m.gap.back(), .right = 1, .instance = run.instance()});
            e.hypotheses.push_back(
                {"some read was delayed", certainly_less(0, gap), "sum of the gaps " + gap.to_string(3)});
            return e;
          },
      .canary = true,
  });
}

}  // namespace asyncert::hogwild
