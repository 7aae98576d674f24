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

TEST_CASE("momentum and penalties enter the block-wise iterates as Algorithm 1 has them") {
  const Rational m(9, 10), l2(1, 50), l1(1, 7);
  const std::vector<Rational> periods{1, 2};
  const auto steps = passm_iterates(DiagonalProblem::absolute_difference,
                                    {.m = m, .gamma0 = Rational(1, 3), .l2 = l2, .l1 = l1}, periods, 3, 1, 30);
  double x[2] = {3, 1}, u[2] = {0, 0}, views[2][2] = {{3, 1}, {3, 1}};
  long own[2] = {0, 0};
  for (const PassmStep& s : steps) {
    const long c = s.core;
    const double side = views[c][0] > views[c][1] ? 1 : -1, seen = views[c][c];
    const double g = (c == 0 ? side : -side) + seen / 2 + seen / 50 + (seen > 0 ? 1.0 : -1.0) / 7;
    u[c] = 0.9 * u[c] + g;
    x[c] -= 0.1 / 3 / std::sqrt(static_cast<double>(++own[c])) * u[c];
    views[c][0] = x[0];
    views[c][1] = x[1];
    CHECK(enclosure(s.x).midpoint() == doctest::Approx(x[0]).epsilon(1e-12));
    CHECK(enclosure(s.y).midpoint() == doctest::Approx(x[1]).epsilon(1e-12));
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
