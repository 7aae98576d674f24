#include "solvers/algorithms/apsgd.hpp"

#include <doctest/doctest.h>

#include <Eigen/Dense>
#include <cmath>

#include "lib/errors.hpp"
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

TEST_CASE("a B-norm that is not diagonal is the identity after a change of variables") {
  const std::vector<double> entries{1, 2, 0, -1, 0.5, 3, 2, 0, 1, 1, 1, 1};
  const RowMatrix matrix = RowMatrix::dense(4, 3, entries);
  const std::vector<double> solution{1, -2, 0.5}, x{0.3, 0.7, -1};
  const std::vector<double> norm{2, 0.5, -0.3, 0.5, 1, 0.2, -0.3, 0.2, 0.7};
  using Matrix = Eigen::Matrix<double, 3, 3>;
  const Matrix b = Eigen::Map<const Matrix>(norm.data());
  const Matrix l = b.llt().matrixL();  // B = L L'; y = L' x turns |x|_B into |y|
  const Eigen::Matrix<double, 4, 3, Eigen::RowMajor> a =
      Eigen::Map<const Eigen::Matrix<double, 4, 3, Eigen::RowMajor>>(entries.data()) * l.transpose().inverse();
  const Eigen::Vector3d y = l.transpose() * Eigen::Map<const Eigen::Vector3d>(x.data()),
                        y_solution = l.transpose() * Eigen::Map<const Eigen::Vector3d>(solution.data());
  std::vector<double> right(4);
  for (std::size_t i = 0; i < 4; ++i) right[i] = matrix.row_times(i, solution);
  const RowMatrix turned = RowMatrix::dense(4, 3, {a.data(), 12});
  std::vector<Sketch> sketches;
  sketches.push_back({.kind = Sketch::Kind::row});
  sketches.push_back({.kind = Sketch::Kind::block, .weights = {1, 2}, .blocks = {{0, 1}, {1, 2, 3}}});
  sketches.push_back({.kind = Sketch::Kind::independent, .inclusion = {0.5, 0.1, 0.9, 0.3}});
  sketches.push_back({.kind = Sketch::Kind::gaussian, .size = 2});
  for (const Sketch& sketch : sketches) {
    const LinearSystem system(matrix, right, solution, sketch, norm);
    const LinearSystem plain(turned, right, {y_solution.begin(), y_solution.end()}, sketch);
    CHECK_FALSE(system.diagonal_norm());
    CHECK(system.squared_error(x) == doctest::Approx((y - y_solution).squaredNorm()).epsilon(1e-13));
    std::vector<double> gradient(3), turned_gradient(3);
    for (int k = 0; k < 50; ++k) {
      RandomStream one(3, stream_key("test")), two(3, stream_key("test"));
      const auto draw = system.draw(one.at(k));
      CHECK(draw.rows == plain.draw(two.at(k)).rows);  // row probabilities are those of the norm of B^-1
      system.sketched_gradient(draw, x, gradient);
      plain.sketched_gradient(draw, {y.data(), 3}, turned_gradient);
      const Eigen::Vector3d mapped = l.transpose() * Eigen::Map<const Eigen::Vector3d>(gradient.data());
      for (int j = 0; j < 3; ++j) CHECK(mapped[j] == doctest::Approx(turned_gradient[j]).epsilon(1e-10).scale(1));
    }
    if (sketch.kind == Sketch::Kind::gaussian) continue;
    // B^{-1/2} and L^{-T} differ by a rotation: W has the same spectrum.
    const auto mine = spectrum(system), its = spectrum(plain);
    for (int j = 0; j < 3; ++j) CHECK(mine[j] == doctest::Approx(its[j]).epsilon(1e-10).scale(1));
    const Run run = serial(Apsgd(system, {.omega = 1.2}), {.steps = 400});
    CHECK(system.squared_error(run.x) < 1e-10);
  }
  const LinearSystem diagonal(matrix, right, solution, {}, {1, 0, 0, 0, 2, 0, 0, 0, 0.5});
  CHECK(diagonal.diagonal_norm());
  CHECK(diagonal.squared_error(x) ==
        doctest::Approx(LinearSystem(matrix, right, solution, {}, {1, 2, 0.5}).squared_error(x)).epsilon(1e-15));
  CHECK_THROWS_AS(LinearSystem(matrix, right, solution, {}, {1, 2, 0, 0, 1, 0, 0, 0, 1}),
                  DomainError);  // not symmetric
  CHECK_THROWS_AS(LinearSystem(matrix, right, solution, {}, {1, 2, 0, 2, 1, 0, 0, 0, 1}), DomainError);  // indefinite
  CHECK_THROWS_AS(LinearSystem(matrix, right, solution, {}, {1, 2}), DomainError);
  CHECK_THROWS_AS(LinearSystem(matrix, right, solution, {}, {1, 0, 2}), DomainError);
}
