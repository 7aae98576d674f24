// The data sets that the experiments use: what they hold, whose they are, and where they lie on this machine.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "solvers/data/dataset.hpp"

namespace asyncert::data {

/// A data set by name. Only connect-4 travels with the project; the others are fetched, and none is needed by a test.
struct CatalogEntry {
  std::string name;
  std::string description;
  std::string licence;
  std::string obtain;  ///< how to get it where it is missing
  std::size_t training_rows = 0;
  std::size_t test_rows = 0;
  std::size_t columns = 0;
  std::size_t classes = 0;
  std::vector<std::string> files;
};

/// Every known data set, in the order of their names.
const std::vector<CatalogEntry>& catalog();

/// The directory that holds every file of the entry: the first of `$ASYNCERT_DATA/NAME`,
/// `${XDG_DATA_HOME:-~/.local/share}/asyncert/NAME`, the project's `data/NAME`, the installed one, and the
/// distribution's. Nothing where no directory holds all of them.
std::optional<std::filesystem::path> locate(const CatalogEntry& entry);

/// A data set ready for training: features scaled to [0, 1], labels 0 .. classes - 1, training and test rows apart.
/// connect-4 has no test rows; its classes are 0 loss, 1 draw, 2 win.
struct ClassificationData {
  SparseDataset training;
  SparseDataset test;
  std::size_t classes = 0;
};

/// Reads the data set. Throws `DomainError` for a name that the catalogue lacks and `DataError`, saying how to get it,
/// for one that is not on this machine or does not have the sizes of the catalogue.
ClassificationData load(const std::string& name);

}  // namespace asyncert::data
