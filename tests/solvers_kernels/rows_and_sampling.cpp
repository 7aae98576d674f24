#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "solvers/data/packed_rows.hpp"
#include "solvers/kernels/linear_sgd.hpp"
#include "solvers/kernels/sampling.hpp"

using namespace asyncert;
using namespace asyncert::solvers;
using namespace asyncert::data;

namespace {

SparseDataset small(double value, std::size_t columns = 5) {
  SparseDataset d;
  d.columns = columns;
  d.column = {0, 4, 1, 2, 3};
  d.value = {1, 1, 1, value, 1};
  d.row_start = {0, 2, 2, 5};
  d.label = {1, -1, 2};
  return d;
}

/// Whether the counts' chi-squared statistic lies where it would with probability below 1e-9 each side: with k degrees
/// of freedom P(X >= k + 2 sqrt(k x) + 2 x) <= exp(-x) and P(X <= k - 2 sqrt(k x)) <= exp(-x) (Laurent and Massart
/// 2000, Lemma 1).
bool surprising(const std::vector<double>& counts, double expected) {
  double statistic = 0;
  for (const double c : counts) statistic += (c - expected) * (c - expected) / expected;
  const double k = static_cast<double>(counts.size()) - 1, x = std::log(1e9);
  return statistic >= k + 2 * std::sqrt(k * x) + 2 * x || statistic <= k - 2 * std::sqrt(k * x);
}

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("packing keeps every row, and takes the narrowest types that change nothing") {
    const auto check = [](const SparseDataset& d, const AnyPackedRows& any, std::vector<std::uint32_t> order) {
      std::visit(
          [&](const auto& rows) {
            REQUIRE(rows.rows() == 3);
            CHECK(rows.columns() == d.columns);
            for (std::size_t r = 0; r < 3; ++r) {
              const auto row = rows.row(r);
              CHECK(row.label == d.label[order[r]]);
              REQUIRE(row.count == d.row_columns(order[r]).size());
              for (std::size_t k = 0; k < row.count; ++k) {
                CHECK(row.indices[k] == d.row_columns(order[r])[k]);
                CHECK(row.value(k) == d.row_values(order[r])[k]);
              }
            }
          },
          any);
    };
    const auto holds = []<class T>(const AnyPackedRows& any, T*) { return std::holds_alternative<T>(any); };
    const auto ones = pack(small(1)), floats = pack(small(0.5)), doubles = pack(small(0.1)),
               single = pack(small(0.5), Storage::single), wide = pack(small(1, 257)), wider = pack(small(0.1, 65537));
    CHECK(holds(ones, static_cast<PackedRows<std::uint8_t, One>*>(nullptr)));
    CHECK(holds(floats, static_cast<PackedRows<std::uint8_t, float>*>(nullptr)));
    CHECK(holds(doubles, static_cast<PackedRows<std::uint8_t, double>*>(nullptr)));
    CHECK(holds(pack(small(0.1), Storage::single), static_cast<PackedRows<std::uint8_t, float>*>(nullptr)));
    CHECK(holds(wide, static_cast<PackedRows<std::uint16_t, One>*>(nullptr)));
    CHECK(holds(wider, static_cast<PackedRows<std::uint32_t, double>*>(nullptr)));
    check(small(1), ones, {0, 1, 2});
    check(small(0.5), floats, {0, 1, 2});
    check(small(0.1), doubles, {0, 1, 2});
    check(small(0.5), single, {0, 1, 2});
    check(small(1, 257), wide, {0, 1, 2});
    check(small(0.1, 65537), wider, {0, 1, 2});
    const std::vector<std::uint32_t> order{2, 0, 1};
    check(small(0.1), pack(small(0.1), Storage::exact, order), order);
  }

  TEST_CASE("what cannot be packed is refused") {
    using Bytes = PackedRows<std::uint8_t, One>;
    CHECK_THROWS_WITH_AS(Bytes(small(0.5)), doctest::Contains("value = 0.500000 is outside its domain"), DomainError);
    CHECK_THROWS_WITH_AS(Bytes(small(1, 257)), doctest::Contains("columns = 257"), DomainError);
    SparseDataset d = small(1);
    d.label[1] = 0.1;
    CHECK_THROWS_WITH_AS(Bytes{d}, doctest::Contains("label"), DomainError);
    const std::vector<std::uint32_t> order{0, 1};
    CHECK_THROWS_WITH_AS(Bytes(small(1), order), doctest::Contains("order = 2 rows"), DomainError);
  }

  TEST_CASE("rows drawn ahead come in the sampler's order") {
    SparseDataset d;
    d.columns = 1;
    for (int r = 0; r < 50; ++r) {
      d.row_start.push_back(0);
      d.label.push_back(r);
    }
    const PackedRows<std::uint8_t, One> rows(d);
    RowStream<PackedRows<std::uint8_t, One>, UniformSampling> stream(rows, UniformSampling(50, 3, 1));
    UniformSampling direct(50, 3, 1);
    for (int s = 0; s < 1000; ++s) CHECK(stream.next().label == static_cast<float>(direct.next()));
  }

  // Each of these two fails for a true sampler with probability 1e-9 over the seeds; the seeds are fixed. They detect,
  // with probability above 0.99, a row whose frequency is off by 5 %.
  TEST_CASE("the sampling law: uniform, independent, different for each worker") {
    const std::size_t n = 97, draws = 2'000'000;
    std::vector<double> counts(n), pairs(n * n), across(n * n);
    UniformSampling sampler(n, 11, 0), other(n, 11, 1);
    std::size_t previous = 0;
    for (std::size_t s = 0; s < draws; ++s) {
      const std::size_t row = sampler.next();
      REQUIRE(row < n);
      counts[row] += 1;
      if (s > 0) pairs[previous * n + row] += 1;
      across[row * n + other.next()] += 1;
      previous = row;
    }
    const double total = static_cast<double>(draws);
    CHECK_FALSE(surprising(counts, total / n));
    CHECK_FALSE(surprising(pairs, total / (n * n)));
    CHECK_FALSE(surprising(across, total / (n * n)));
    counts[0] *= 1.08;  // the test itself: a bias of 8 % in one row is seen
    CHECK(surprising(counts, total / n));
  }

  TEST_CASE("a blocked permutation visits each worker's rows once a pass, in whole blocks and in a new order") {
    const std::size_t n = 1000, block = 64;
    std::vector<int> visits(n);
    for (std::uint64_t worker = 0; worker < 3; ++worker) {
      BlockedPermutation sampler(n, 5, worker, 3, block);
      std::size_t mine = 0;
      for (std::size_t b = worker; b * block < n; b += 3) mine += std::min(block, n - b * block);
      std::vector<std::size_t> first, second;
      for (std::size_t s = 0; s < mine; ++s) first.push_back(sampler.next());
      for (std::size_t s = 0; s < mine; ++s) second.push_back(sampler.next());
      for (const std::size_t row : first) ++visits[row];
      for (std::size_t s = 0; s + 1 < mine; ++s) CHECK((first[s + 1] == first[s] + 1 || first[s + 1] % block == 0));
      CHECK(first != second);
      std::sort(first.begin(), first.end());
      std::sort(second.begin(), second.end());
      CHECK(first == second);
    }
    CHECK(std::all_of(visits.begin(), visits.end(), [](int v) { return v == 1; }));
    CHECK_THROWS_AS(BlockedPermutation(10, 1, 1, 2, 64), DomainError);
    CHECK_THROWS_AS(UniformSampling(0, 1, 0), DomainError);
  }
}
