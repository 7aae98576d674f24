#include "solvers/kernels/network.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include "lib/errors.hpp"
#include "lib/random.hpp"

using namespace asyncert;
using namespace asyncert::solvers;

namespace {

/// Rows whose class is the input with the largest value, with some inputs zero.
data::SparseDataset synthetic(const NetworkShape& shape, std::size_t rows, std::uint64_t seed) {
  RandomStream random(seed, stream_key("network test"));
  data::SparseDataset d;
  d.columns = shape.inputs;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t label = random.below(shape.classes);
    for (std::size_t c = 0; c < shape.inputs; ++c) {
      if (c % shape.classes != label && random.bernoulli(0.6)) continue;
      d.column.push_back(static_cast<std::uint32_t>(c));
      d.value.push_back(random.uniform() + (c % shape.classes == label ? 0.5 : 0));
    }
    d.row_start.push_back(d.column.size());
    d.label.push_back(static_cast<double>(label));
  }
  return d;
}

template <class Real>
double run_step(NetworkWorker<Real>& worker, const NetworkRow& row) {
  const std::vector<Real> values(row.values.begin(), row.values.end());
  return worker.step({row.inputs, values, row.label});
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double result = 0;
  for (std::size_t j = 0; j < a.size(); ++j) result = std::max(result, std::abs(a[j] - b[j]));
  return result;
}

const NetworkShape shapes[] = {{12, 7, 3}, {12, 100, 3}, {20, 8, 10}, {15, 5, 10}, {9, 1, 2}};

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("the sizes of the paper's networks") {
    CHECK(NetworkShape{126, 100, 3}.parameters() == 13003);
    CHECK(NetworkShape{784, 100, 10}.parameters() == 79510);
  }

  TEST_CASE("the start has the paper's law") {
    const NetworkShape shape{784, 100, 10};
    const auto w = network_start(shape, 1);
    double sum = 0, squares = 0;
    for (std::size_t j = 0; j < shape.b1(); ++j) {
      sum += w[j];
      squares += w[j] * w[j];
    }
    const double n = static_cast<double>(shape.b1());
    CHECK(std::abs(sum / n) < 6 * 0.1 / std::sqrt(n));
    CHECK(std::abs(squares / n - 0.01) < 6 * 0.01 * std::sqrt(2 / n));
    CHECK(std::all_of(w.begin() + static_cast<std::ptrdiff_t>(shape.b1()),
                      w.begin() + static_cast<std::ptrdiff_t>(shape.w2()), [](double x) { return x == 0; }));
    CHECK(std::all_of(w.begin() + static_cast<std::ptrdiff_t>(shape.b2()), w.end(), [](double x) { return x == 0; }));
    CHECK(w == network_start(shape, 1));
    CHECK(w != network_start(shape, 2));
  }

  TEST_CASE("at weights zero the outputs are uniform") {
    const NetworkShape shape{4, 6, 3};
    const std::vector<std::uint32_t> inputs{1, 3};
    const std::vector<double> values{2, -1}, w(shape.parameters());
    const NetworkRow row{inputs, values, 2};
    CHECK(network_term(shape, row, w, 1e-3) == doctest::Approx(std::log(3.0)).epsilon(1e-15));
    std::vector<double> gradient(w.size());
    network_term_gradient(shape, row, w, 1e-3, gradient);
    for (std::size_t c = 0; c < 3; ++c) {
      const double error = 1.0 / 3 - (c == 2 ? 1 : 0);  // softmax minus the unit vector; the hidden units are 1/2
      CHECK(gradient[shape.b2() + c] == doctest::Approx(error).epsilon(1e-15));
      for (std::size_t h = 0; h < 6; ++h)
        CHECK(gradient[shape.w2() + c * 6 + h] == doctest::Approx(error / 2).epsilon(1e-15));
    }
    for (std::size_t j = 0; j < shape.w2(); ++j) CHECK(gradient[j] == 0);
  }

  TEST_CASE("one hidden unit, two classes, by hand") {
    // logit difference v s(u x + b): f = log(1 + exp(-v s)) for class 0 with W2 = (v, 0).
    const NetworkShape shape{1, 1, 2};
    const double u = 0.7, b = -0.2, v = 1.3, x = 1.5, s = 1 / (1 + std::exp(-(u * x + b)));
    const std::vector<double> w{u, b, v, 0, 0, 0};
    const std::vector<std::uint32_t> inputs{0};
    const std::vector<double> values{x};
    const NetworkRow row{inputs, values, 0};
    CHECK(network_term(shape, row, w, 0.1) ==
          doctest::Approx(std::log1p(std::exp(-v * s)) + 0.05 * (u * u + v * v)).epsilon(1e-14));
    std::vector<double> gradient(6);
    network_term_gradient(shape, row, w, 0.1, gradient);
    const double slope = -1 / (1 + std::exp(v * s));
    CHECK(gradient[0] == doctest::Approx(slope * v * s * (1 - s) * x + 0.1 * u).epsilon(1e-14));
    CHECK(gradient[1] == doctest::Approx(slope * v * s * (1 - s)).epsilon(1e-14));
    CHECK(gradient[2] == doctest::Approx(slope * s + 0.1 * v).epsilon(1e-14));
    CHECK(gradient[3] == doctest::Approx(-slope * s).epsilon(1e-14));
  }

  TEST_CASE("the gradient is the derivative of the term, in every coordinate") {
    for (const NetworkShape& shape : shapes) {
      const auto d = synthetic(shape, 3, 4);
      auto w = network_start(shape, 5);
      for (double& x : w) x = 5 * x + 0.01;
      for (const double penalty : {0.0, 1e-3, 0.3}) {
        for (std::size_t r = 0; r < d.rows(); ++r) {
          const NetworkRow row = network_row(d, r);
          std::vector<double> gradient(w.size());
          network_term_gradient(shape, row, w, penalty, gradient);
          for (std::size_t j = 0; j < w.size(); ++j) {
            const double h = 1e-5, here = w[j];
            w[j] = here + h;
            const double right = network_term(shape, row, w, penalty);
            w[j] = here - h;
            const double left = network_term(shape, row, w, penalty);
            w[j] = here;
            CHECK(gradient[j] == doctest::Approx((right - left) / (2 * h)).epsilon(1e-6).scale(1));
          }
        }
      }
    }
  }

  TEST_CASE_TEMPLATE("the worker's trajectory is that of dense steps", Real, double, float) {
    const bool single = std::is_same_v<Real, float>;
    for (const NetworkShape& shape : shapes) {
      const auto d = synthetic(shape, 30, 6);
      const auto start = network_start(shape, 7);
      for (const double penalty : {0.0, 0.02}) {
        const double step = 0.3;
        std::vector<double> dense = start, gradient(start.size());
        NetworkWorker<Real> serial(shape, start, step, penalty);
        SharedNetwork<Real> direct(shape, start), delayed(shape, start), added(shape, start);
        NetworkWorker<Real> on_direct(direct, step, penalty, {1, false}),
            on_delayed(delayed, step, penalty, {7, false}), on_added(added, step, penalty, {5, true});
        // More steps than the penalty may be owed, so that the settlement of all rows happens on the way.
        for (std::size_t t = 0; t < 1500; ++t) {
          const NetworkRow row = network_row(d, (t * t + 3 * t) % d.rows());
          const double expected = network_term(shape, row, dense, 0);
          const double tolerance = single ? 2e-3 : 1e-9;
          REQUIRE(std::abs(run_step(serial, row) - expected) < tolerance);
          REQUIRE(std::abs(run_step(on_direct, row) - expected) < tolerance);
          REQUIRE(std::abs(run_step(on_delayed, row) - expected) < tolerance);
          REQUIRE(std::abs(run_step(on_added, row) - expected) < tolerance);
          network_term_gradient(shape, row, dense, penalty, gradient);
          for (std::size_t j = 0; j < dense.size(); ++j) dense[j] -= step * gradient[j];
        }
        for (auto* worker : {&serial, &on_direct, &on_delayed, &on_added}) worker->finish();
        const double tolerance = single ? 5e-3 : 1e-9;
        CHECK(largest_difference(serial.parameters(), dense) < tolerance);
        CHECK(largest_difference(direct.parameters(), dense) < tolerance);
        CHECK(largest_difference(delayed.parameters(), dense) < tolerance);
        CHECK(largest_difference(added.parameters(), dense) < tolerance);
      }
    }
  }

  TEST_CASE_TEMPLATE("steps of reduced variance are those of the definition", Real, double, float) {
    for (const NetworkShape& shape : shapes) {
      const auto d = synthetic(shape, 30, 6);
      const auto start = network_start(shape, 7);
      for (const double penalty : {0.0, 0.02}) {
        const double step = 0.2;
        std::vector<double> u = start, here(u.size()), there(u.size()), full(u.size());
        NetworkWorker<Real> serial(shape, start, step, penalty);
        SharedNetwork<Real> shared(shape, start);
        NetworkWorker<Real> delayed(shared, step, penalty, {9, false});
        for (int epoch = 0; epoch < 3; ++epoch) {
          const std::vector<double> snapshot = u;
          network_gradient(shape, d, snapshot, penalty, full);
          if (std::is_same_v<Real, double>) {  // the same full gradient from the kernel, row by row
            double loss = 0;
            for (std::size_t r = 0; r < d.rows(); ++r) {
              const NetworkRow row = network_row(d, r);
              const std::vector<Real> values(row.values.begin(), row.values.end());
              loss += serial.accumulate({row.inputs, values, row.label}) / static_cast<double>(d.rows());
            }
            const std::vector<double> sum = serial.take_sum();
            network_gradient(shape, d, snapshot, 0, here);
            for (std::size_t j = 0; j < sum.size(); ++j) there[j] = sum[j] / static_cast<double>(d.rows());
            CHECK(largest_difference(there, here) < 1e-9);
            CHECK(loss == doctest::Approx(network_loss(shape, d, snapshot, 0)).epsilon(1e-9));
          }
          serial.reduce_variance(snapshot, full);
          delayed.reduce_variance(snapshot, full);
          for (std::size_t t = 0; t < 400; ++t) {
            const NetworkRow row = network_row(d, (t * t + 3 * t) % d.rows());
            network_term_gradient(shape, row, u, penalty, here);
            network_term_gradient(shape, row, snapshot, penalty, there);
            for (std::size_t j = 0; j < u.size(); ++j) u[j] -= step * (here[j] - there[j] + full[j]);
            run_step(serial, row);
            run_step(delayed, row);
          }
          serial.finish();
          delayed.finish();
          const double tolerance = std::is_same_v<Real, float> ? 5e-3 : 1e-9;
          CHECK(largest_difference(serial.parameters(), u) < tolerance);
          CHECK(largest_difference(shared.parameters(), u) < tolerance);
        }
      }
    }
  }

  TEST_CASE_TEMPLATE("training converges with every exchange and several threads", Real, double, float) {
    const NetworkShape shape{20, 16, 4};
    const auto d = synthetic(shape, 400, 8);
    const auto start = network_start(shape, 9);
    const double penalty = 1e-3, before = network_loss(shape, d, start, penalty);
    CHECK(before > 1.2);
    for (const NetworkExchange exchange : {NetworkExchange{1, false}, {1, true}, {16, false}, {16, true}}) {
      for (const int threads : {1, 2, 4}) {
        CAPTURE(exchange.every);
        CAPTURE(threads);
        SharedNetwork<Real> shared(shape, start);
        std::vector<std::thread> running;
        for (int t = 0; t < threads; ++t) {
          running.emplace_back([&, t] {
            NetworkWorker<Real> worker(shared, 0.1, penalty, exchange);
            RandomStream random(3, stream_key("rows"), 0, static_cast<std::uint64_t>(t));
            for (int s = 0; s < 20000 / threads; ++s) run_step(worker, network_row(d, random.below(d.rows())));
            worker.finish();
          });
        }
        for (auto& thread : running) thread.join();
        CHECK(network_loss(shape, d, shared.parameters(), penalty) < 0.35);
        CHECK(network_accuracy(shape, d, shared.parameters()) > 0.97);
      }
    }
  }

  TEST_CASE("a worker that joins late keeps the common snapshot, and two workers of reduced variance converge") {
    const NetworkShape shape{20, 16, 4};
    const auto d = synthetic(shape, 400, 8);
    std::vector<double> u = network_start(shape, 9), full(u.size());
    SharedNetwork<double> shared(shape, u);
    for (int epoch = 0; epoch < 10; ++epoch) {
      u = shared.parameters();
      network_gradient(shape, d, u, 1e-3, full);
      for (int worker = 0; worker < 2; ++worker) {  // the second reads what the first has already changed
        NetworkWorker<double> one(shared, 0.1, 1e-3, {16, false});
        one.reduce_variance(u, full);
        RandomStream random(3, stream_key("rows"), static_cast<std::uint64_t>(epoch),
                            static_cast<std::uint64_t>(worker));
        for (int s = 0; s < 1000; ++s) run_step(one, network_row(d, random.below(d.rows())));
        one.finish();
      }
    }
    CHECK(network_loss(shape, d, shared.parameters(), 1e-3) < 0.2);
    NetworkWorker<double> worker(shared, 0.1, 1e-3, {16, false});
    CHECK_THROWS_AS(worker.reduce_variance(u, std::span(full).first(3)), DomainError);
  }

  TEST_CASE("inputs outside their domains are refused") {
    const NetworkShape shape{3, 2, 2};
    const auto start = network_start(shape, 1);
    CHECK_THROWS_WITH_AS(NetworkWorker<double>(shape, start, 2, 0.5), doctest::Contains("step * penalty = 1 "),
                         DomainError);
    CHECK_THROWS_AS(NetworkWorker<double>(shape, start, -1, 0), DomainError);
    CHECK_THROWS_AS(NetworkWorker<double>(shape, std::span(start).first(3), 0.1, 0), DomainError);
    SharedNetwork<double> shared(shape, start);
    CHECK_THROWS_WITH_AS(NetworkWorker<double>(shared, 0.1, 0, NetworkExchange{0, false}),
                         doctest::Contains("every = 0"), DomainError);
    data::SparseDataset d;
    d.columns = 4;
    CHECK_THROWS_WITH_AS(network_loss(shape, d, start, 0), doctest::Contains("columns = 4"), DomainError);
  }
}
