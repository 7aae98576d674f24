// The runs behind the claims against the registered iterates, which are computed by other code in exact sums of roots.
#include <doctest/doctest.h>

#include "bounds/assm/iterates.hpp"
#include "bounds/assm/min_norm.hpp"
#include "bounds/assm/problems.hpp"
#include "solvers/instances/nonsmooth.hpp"
#include "verify/assm/two_core_run.hpp"

using namespace asyncert;
using namespace asyncert::assm;

namespace {

Ball enclosure(const Value& v) { return v.get<Rational>() ? Ball(*v.get<Rational>()) : *v.get<Ball>(); }

}  // namespace

TEST_CASE("certified runs end where the exact iterates end") {
  const PrecisionScope precision(256);
  for (const auto& [f, problem] : {std::pair{absolute_difference, DiagonalProblem::absolute_difference},
                                   std::pair{strongly_convex, DiagonalProblem::tilted_difference}})
    for (const std::vector<Rational>& periods : {std::vector<Rational>{1, 1}, {1, 2}, {Rational(3, 2), 1}}) {
      const long K = 40;
      const RunOptions o{f,           periods, Update::own_block, Steps::inverse_root, Rational(1, 3), Rational(3),
                         Rational(1), K};
      const RunResult<Ball> run = two_core_run<Ball>(o);
      const auto steps =
          passm_iterates(problem, {.m = 0, .gamma0 = Rational(1, 3), .l2 = 0, .l1 = 0}, periods, 3, 1, K);
      long own[2] = {0, 0};
      for (const PassmStep& s : steps) ++own[s.core];
      const Ball x = Ball(3) - run.displacement[0] * Ball(Rational(own[0], 3)),
                 y = Ball(1) - run.displacement[1] * Ball(Rational(own[1], 3));
      CHECK(x.overlaps(enclosure(steps.back().x)));
      CHECK(y.overlaps(enclosure(steps.back().y)));
      CHECK(x.accuracy_bits() > 100);
    }
}

TEST_CASE("double runs follow certified ones") {
  const RunOptions o{strongly_convex, {1, 3},         Update::own_block, Steps::constant,
                     Rational(1, 64), Rational(1, 2), Rational(1, 2),    3000};
  CHECK(std::abs(two_core_run<double>(o).late_mean - two_core_run<Ball>(o).late_mean.midpoint()) < 1e-9);
}

TEST_CASE("full vectors keep what blocks lose: the mean of both coordinates decays") {
  RunOptions o{strongly_convex, {1, 3},         Update::full_vector, Steps::constant,
               Rational(1, 16), Rational(1, 2), Rational(1, 2),      800};
  CHECK(abs(two_core_run<Ball>(o).late_mean).upper() < 1e-3);
  o.update = Update::own_block;
  CHECK(two_core_run<Ball>(o).late_mean.upper() < -0.2);
}

TEST_CASE("the functions that are run are those whose subdifferentials are computed") {
  for (const std::string& name : problem_names()) {
    const Problem problem = problem_named(name);
    const auto instance = solvers::instances::nonsmooth(static_cast<int>(problem) + 1);
    for (long i = -3; i <= 3; ++i) {
      Point x = {Rational(5 * i + 1, 4)};
      if (dimension(problem) == 2) x.emplace_back(3 * i - 1, 8);
      solvers::Vector at;
      for (const Rational& c : x) at.push_back(c.to_double());
      INFO(name, " at ", to_text(Value(x), 8));
      CHECK(instance->value(at) == doctest::Approx(evaluate(problem, x).to_double()).epsilon(1e-14));
    }
  }
}
