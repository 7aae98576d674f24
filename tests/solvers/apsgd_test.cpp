#include "solvers/algorithms/apsgd.hpp"

#include <doctest/doctest.h>

#include <Eigen/Dense>
#include <cmath>

#include "solvers/event_workers.hpp"
#include "solvers/executors/openmp.hpp"
#include "solvers/executors/serial.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

namespace {

std::vector<double> spectrum(const LinearSystem& system) {
  const auto w = system.expected_projection();
  const auto n = static_cast<Eigen::Index>(system.dimension());
  const Eigen::MatrixXd m = Eigen::Map<const Eigen::MatrixXd>(w.data(), n, n);
  const Eigen::VectorXd values = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(m).eigenvalues();
  return {values.begin(), values.end()};
}

}  // namespace

TEST_CASE("generators give the spectrum that they promise") {
  const std::vector<double> wanted{0.1, 0.25, 0.9};
  const auto a = spectrum(system_with_spectrum(wanted, 7));
  const std::vector<double> trace_one{0.1, 0.2, 0.7};
  const auto b = spectrum(kaczmarz_with_spectrum(trace_one, 5, 7));
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(a[i] == doctest::Approx(wanted[i]).epsilon(1e-12));
    CHECK(b[i] == doctest::Approx(trace_one[i]).epsilon(1e-12));
  }
}

TEST_CASE("the mean of the sketched gradient is W (x - x*), for each sketch and a B-norm") {
  const std::vector<double> entries{1, 2, 0, -1, 0.5, 3, 2, 0, 1, 1, 1, 1};
  const RowMatrix matrix = RowMatrix::dense(4, 3, entries);
  const std::vector<double> solution{1, -2, 0.5}, x{0.3, 0.7, -1}, norm{1, 2, 0.5};
  std::vector<double> right(4);
  for (std::size_t i = 0; i < 4; ++i) right[i] = matrix.row_times(i, solution);
  std::vector<Sketch> sketches;
  sketches.push_back({.kind = Sketch::Kind::row});
  sketches.push_back({.kind = Sketch::Kind::block, .weights = {1, 2}, .blocks = {{0, 1}, {1, 2, 3}}});
  sketches.push_back({.kind = Sketch::Kind::independent, .inclusion = {0.5, 0.1, 0.9, 0.3}});
  for (const Sketch& sketch : sketches) {
    const LinearSystem system(matrix, right, solution, sketch, norm);
    const auto w = system.expected_projection();
    // In the coordinates B^(1/2) x the mean gradient is W B^(1/2) (x - x*); the sample mean of 40000 draws is within 5
    // standard errors.
    std::vector<double> mean(3, 0.0), square(3, 0.0), gradient(3);
    RandomStream stream(3, stream_key("test"));
    const int draws = 40000;
    for (int k = 0; k < draws; ++k) {
      system.sketched_gradient(system.draw(stream.at(k)), x, gradient);
      for (int j = 0; j < 3; ++j) {
        mean[j] += gradient[j] / draws;
        square[j] += gradient[j] * gradient[j] / draws;
      }
    }
    for (int j = 0; j < 3; ++j) {
      double exact = 0;
      for (int k = 0; k < 3; ++k) exact += w[j * 3 + k] * std::sqrt(norm[k]) * (x[k] - solution[k]);
      exact /= std::sqrt(norm[j]);
      CHECK(std::abs(mean[j] - exact) <= 5 * std::sqrt(square[j] / draws) + 1e-12);
    }
  }
}

TEST_CASE("a gaussian sketch projects onto its equation") {
  LinearSystem system = kaczmarz_with_spectrum({0.2, 0.3, 0.5}, 4, 1);
  const LinearSystem gaussian(system.matrix(), system.right_side(), system.solution(),
                              {.kind = Sketch::Kind::gaussian, .size = 2});
  RandomStream stream(1, stream_key("test"));
  const auto draw = gaussian.draw(stream);
  std::vector<double> x{1, 2, 3}, gradient(3);
  gaussian.sketched_gradient(draw, x, gradient);
  for (int j = 0; j < 3; ++j) x[j] -= gradient[j];
  for (int c = 0; c < 2; ++c) {
    double residual = 0;
    for (std::size_t i = 0; i < 4; ++i)
      residual += draw.gaussian[c * 4 + i] * (gaussian.matrix().row_times(i, x) - gaussian.right_side()[i]);
    CHECK(std::abs(residual) < 1e-10);
  }
}

TEST_CASE("APSGD converges with every executor") {
  const LinearSystem system = system_with_spectrum({0.3, 0.5, 0.9}, 11);
  const Apsgd rule(system, {.omega = 1, .theta = 0.7});
  const double before = system.squared_error(rule.initial());
  RunOptions options{.steps = 2000, .seed = 5};
  SUBCASE("serial") { CHECK(system.squared_error(serial(rule, options).x) < 1e-20 * before); }
  SUBCASE("minibatch") {
    CHECK(system.squared_error(serial(Apsgd(system, {.messages = 4}), options).x) < 1e-20 * before);
  }
  SUBCASE("constant delay") {
    options.schedule = constant_delay(5);
    const Run run = replay(rule, options);
    CHECK(system.squared_error(run.x) < 1e-20 * before);
    CHECK(run.delays.before_read.max() == 5);
    CHECK(run.delays.before_read.counts().at(5) == 1995);
  }
  SUBCASE("event queue") {
    options.schedule = event_workers({.service = {fixed_service(1), fixed_service(1), exponential_service(3)}});
    const Run run = replay(rule, options);
    CHECK(system.squared_error(run.x) < 1e-20 * before);
    CHECK(run.delays.before_read.max() > 2);
  }
  SUBCASE("threads") {
    options.threads = 2;
    options.probes = true;
    for (const MemoryPolicy policy :
         {MemoryPolicy::consistent, MemoryPolicy::locked, MemoryPolicy::atomic_add, MemoryPolicy::wild}) {
      options.memory = policy;
      // A thread that is put to sleep between its read and its write can spoil the end of a run.
      bool any = false;
      for (options.seed = 0; options.seed < 5 && !any; ++options.seed) {
        const Run run = openmp(rule, options);
        CHECK(run.steps == 2000);
        CHECK(run.delays.before_read.total() == 2000);
        any = system.squared_error(run.x) < 1e-12 * before;
      }
      CHECK(any);
    }
  }
}

TEST_CASE("a diverging run ends with a reason") {
  const LinearSystem system = system_with_spectrum({0.5, 0.9}, 2);
  const Run run = serial(Apsgd(system, {.omega = 5}), {.steps = 100000});
  CHECK(run.stop == Stop::diverged);
  CHECK(run.steps < 100000);
  CHECK(run.reason.find("coordinate") != std::string::npos);
}

TEST_CASE("a recorded run of master and workers replays to the same bits") {
  const LinearSystem system = system_with_spectrum({0.3, 0.5, 0.9}, 11);
  const Apsgd rule(system, {.omega = 1.1, .theta = 0.6});
  const Run threaded =
      openmp(rule, {.steps = 3000, .seed = 4, .trace = true, .threads = 2, .memory = MemoryPolicy::consistent});
  const Run replayed = replay(rule, {.steps = 3000, .seed = 4, .schedule = recorded_schedule(threaded.trace)});
  CHECK(threaded.x == replayed.x);
  CHECK(threaded.delays.before_read.counts() == replayed.delays.before_read.counts());
}
