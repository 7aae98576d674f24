#include "solvers/data/catalog.hpp"

#include <algorithm>
#include <cstdlib>

#include "solvers/data/readers.hpp"

namespace asyncert::data {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> idx_files(const std::string& suffix) {
  return {"train-images-idx3-ubyte" + suffix, "train-labels-idx1-ubyte" + suffix, "t10k-images-idx3-ubyte" + suffix,
          "t10k-labels-idx1-ubyte" + suffix};
}

std::vector<fs::path> places(const std::string& name) {
  std::vector<fs::path> result;
  if (const char* own = std::getenv("ASYNCERT_DATA"); own != nullptr && *own != '\0')
    result.push_back(fs::path(own) / name);
  if (const char* base = std::getenv("XDG_DATA_HOME"); base != nullptr && *base != '\0') {
    result.push_back(fs::path(base) / "asyncert" / name);
  } else if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    result.push_back(fs::path(home) / ".local/share/asyncert" / name);
  }
  result.push_back(fs::path(ASYNCERT_SOURCE_DATA) / name);
  result.push_back(fs::path(ASYNCERT_INSTALLED_DATA) / name);
  result.push_back(fs::path("/usr/share/datasets") / name);
  return result;
}

/// Outcomes 1, 0, -1 become the classes 2, 1, 0.
SparseDataset outcomes_as_classes(SparseDataset data) {
  for (double& label : data.label) label += 1;
  return data;
}

}  // namespace

const std::vector<CatalogEntry>& catalog() {
  static const std::vector<CatalogEntry> entries{
      {"cifar-10",
       "32 x 32 colour images of ten kinds of things (Krizhevsky 2009), as three planes of bytes",
       "none stated by its authors; not to be passed on",
       "scripts/fetch-data cifar-10",
       50000,
       10000,
       3072,
       10,
       {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
        "test_batch.bin"}},
      {"connect-4",
       "the legal connect-4 positions of eight plies and their game-theoretical value (Tromp 1995), 126 binary "
       "features",
       "CC BY 4.0",
       "travels with the project, in data/connect-4",
       67557,
       0,
       126,
       3,
       {"connect-4.data.gz"}},
      {"fashion-mnist", "28 x 28 grey images of ten kinds of clothing (Xiao, Rasul, Vollgraf 2017)", "MIT",
       "scripts/fetch-data fashion-mnist, or the Debian package dataset-fashion-mnist", 60000, 10000, 784, 10,
       idx_files(".gz")},
      {"mnist", "28 x 28 grey images of the ten handwritten digits (LeCun, Cortes, Burges 1998)",
       "none stated by its authors; not to be passed on", "scripts/fetch-data mnist", 60000, 10000, 784, 10,
       idx_files("")},
  };
  return entries;
}

std::optional<fs::path> locate(const CatalogEntry& entry) {
  for (const fs::path& place : places(entry.name)) {
    std::error_code ignored;
    if (std::all_of(entry.files.begin(), entry.files.end(),
                    [&](const std::string& file) { return fs::is_regular_file(place / file, ignored); })) {
      return place;
    }
  }
  return std::nullopt;
}

ClassificationData load(const std::string& name) {
  const auto entry =
      std::find_if(catalog().begin(), catalog().end(), [&](const CatalogEntry& e) { return e.name == name; });
  if (entry == catalog().end()) throw DomainError("data set", name, "a name that `asyncert list datasets` shows");
  const auto place = locate(*entry);
  if (!place) throw DataError(name, 0, "is not on this machine; to get it: " + entry->obtain);
  const auto file = [&](std::size_t k) { return (*place / entry->files[k]).string(); };

  ClassificationData result;
  result.classes = entry->classes;
  if (name == "connect-4") {
    result.training = outcomes_as_classes(read_connect4(file(0)));
    result.test.columns = result.training.columns;
  } else if (name == "cifar-10") {
    result.training = to_sparse(read_cifar10({file(0), file(1), file(2), file(3), file(4)}));
    result.test = to_sparse(read_cifar10({file(5)}));
  } else {
    result.training = to_sparse(read_idx(file(0), file(1), entry->classes));
    result.test = to_sparse(read_idx(file(2), file(3), entry->classes));
  }
  const auto check = [&](const SparseDataset& part, std::size_t rows, const char* which) {
    if (part.rows() == rows && part.columns == entry->columns) return;
    throw DataError(place->string(), 0,
                    "has " + std::to_string(part.rows()) + " " + which + " rows of " + std::to_string(part.columns) +
                        " features, but " + name + " has " + std::to_string(rows) + " of " +
                        std::to_string(entry->columns));
  };
  check(result.training, entry->training_rows, "training");
  check(result.test, entry->test_rows, "test");
  return result;
}

}  // namespace asyncert::data
