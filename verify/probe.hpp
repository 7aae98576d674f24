// A quantity over a grid, and the forms in which `asyncert probe` writes it.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "lib/grid.hpp"
#include "lib/quantity.hpp"

namespace asyncert {

/// What a point of the grid gave: outputs by flattened name, or why there are none.
struct ProbedPoint {
  std::vector<std::pair<std::string, Value>> outputs = {};
  std::string error = {};
  Rigor rigor = Rigor::exact;
  bool done = false;
};

/// A table of all points: the varied inputs, the outputs, and an error where a point has none.
struct Probe {
  const Quantity* quantity;
  const Grid* grid;
  std::vector<std::size_t> varied = {};   ///< the axes that have several values
  std::vector<std::string> columns = {};  ///< the outputs, in the order in which they first occur
  std::vector<ProbedPoint> answers = {};
  std::size_t done = 0, failed = 0;

  /// The output of a point, nullptr where it has none of that name.
  const Value* output(std::size_t point, const std::string& name) const {
    for (const auto& [key, value] : answers[point].outputs)
      if (key == name) return &value;
    return nullptr;
  }
  std::string input_text(std::size_t point, std::size_t axis, int digits = 17) const {
    return to_text(grid->axes()[axis].values[grid->indices(point)[axis]], digits);
  }
};

/// A row a point: the varied inputs, the outputs, and the error where there are none.
std::string as_csv(const Probe& probe);

/// The axes and a tree for each point.
Object as_document(const Probe& probe, const std::string& command);

/// A structured array of the grid's shape, NaN where a point has no number; says on `err` which outputs are no numbers
/// and left out.
std::string as_npy(const Probe& probe, std::ostream& err);

/// One HTML page with a figure an output, over one or two varied inputs.
std::string as_page(const Probe& probe, const std::string& command);

}  // namespace asyncert
