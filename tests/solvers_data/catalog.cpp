#include "solvers/data/catalog.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "solvers/data/readers.hpp"

using namespace asyncert;
using namespace asyncert::data;

TEST_SUITE("solver") {
  TEST_CASE("the catalogue's names differ, and connect-4 is here") {
    std::set<std::string> names;
    for (const CatalogEntry& entry : catalog()) {
      CHECK(names.insert(entry.name).second);
      CHECK(!entry.files.empty());
      CHECK(!entry.obtain.empty());
      if (entry.name == "connect-4") CHECK(locate(entry).has_value());
    }
    CHECK(names.count("connect-4") == 1);
  }

  TEST_CASE("connect-4 as classes") {
    const ClassificationData data = load("connect-4");
    CHECK(data.classes == 3);
    CHECK(data.training.rows() == 67557);
    CHECK(data.test.rows() == 0);
    CHECK(std::count(data.training.label.begin(), data.training.label.end(), 2.0) == 44473);
    CHECK(std::count(data.training.label.begin(), data.training.label.end(), 0.0) == 16635);
  }

  TEST_CASE("an unknown name, and files of the wrong size, are refused") {
    CHECK_THROWS_WITH_AS(load("no-such"), doctest::Contains("data set = no-such is outside its domain"), DomainError);
    const auto directory = std::filesystem::temp_directory_path() / ("asyncert-catalog-" + std::to_string(getpid()));
    std::filesystem::create_directories(directory / "connect-4");
    std::string row;
    for (int k = 0; k < 42; ++k) row += "b,";
    std::ofstream(directory / "connect-4" / "connect-4.data.gz") << row << "win\n";
    setenv("ASYNCERT_DATA", directory.c_str(), 1);
    CHECK_THROWS_WITH_AS(load("connect-4"),
                         doctest::Contains("has 1 training rows of 126 features, but connect-4 has 67557"), DataError);
    unsetenv("ASYNCERT_DATA");
    std::filesystem::remove_all(directory);
  }

  TEST_CASE("the data sets that are on this machine have their known first image and class counts") {
    for (const CatalogEntry& entry : catalog()) {
      const auto place = locate(entry);
      if (entry.name == "connect-4" || !place) continue;
      CAPTURE(entry.name);
      if (entry.name == "cifar-10") {  // one file of it: the whole would take some gigabytes
        const ByteDataset batch = read_cifar10({(*place / entry.files[0]).string()});
        CHECK(batch.rows() == 10000);
        CHECK(std::count(batch.label.begin(), batch.label.end(), std::uint8_t{6}) == 1030);
        CHECK(batch.row(0)[0] == 59);
        CHECK(batch.row(0)[1024] == 62);
        CHECK(batch.row(0)[2048] == 63);
        continue;
      }
      const ClassificationData data = load(entry.name);
      CHECK(data.training.rows() == entry.training_rows);
      CHECK(std::all_of(data.training.value.begin(), data.training.value.end(),
                        [](double v) { return v > 0 && v <= 1; }));
      std::vector<std::size_t> counts(data.classes);
      for (const double label : data.training.label) ++counts[static_cast<std::size_t>(label)];
      if (entry.name == "mnist")
        CHECK(counts == std::vector<std::size_t>{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949});
      else
        CHECK(std::all_of(counts.begin(), counts.end(), [&](std::size_t c) { return c == counts[0]; }));
      CHECK(data.training.label[0] == (entry.name == "mnist" ? 5 : 9));
    }
  }
}
