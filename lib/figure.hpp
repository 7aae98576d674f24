// Figures as plain data: axes, series with their bands, and the function that computes them. Nothing here draws.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "lib/claim.hpp"
#include "lib/registry.hpp"
#include "lib/value.hpp"

namespace asyncert {

/// One axis: what it shows, in which unit ("" for a pure number), and on which scale.
struct Axis {
  std::string label;
  std::string unit = {};
  bool logarithmic = false;
  /// Names of the places 0, 1, 2, ... where the axis is no number line (bars of a few things).
  std::vector<std::string> categories = {};
};

/// How a series is drawn. `band` fills from `lower` to `upper` and has no line of its own.
enum class Mark { line, points, band, bars };
const char* to_string(Mark mark);

/// One curve, cloud of points, region or group of bars.
///
/// `lower` and `upper` are empty, or as long as `x`: an interval around each y, with its meaning in `band`
/// ("99.9 % confidence, Clopper-Pearson"). A y that is NaN or infinite is a gap.
struct Series {
  std::string name;
  Mark mark = Mark::line;
  std::vector<double> x = {}, y = {};
  std::vector<double> lower = {}, upper = {};
  std::string band = {};
  Rigor rigor = Rigor::exact;  ///< the weakest among the points

  /// Appends a point and weakens `rigor` where needed. A confidence interval gives the point its interval (y is the
  /// midpoint), and then every point of the series needs one; exact and enclosed numbers are points.
  void add(double at, const Measure& value);
  /// Appends a point in plain floating point.
  void add_float(double at, double value);
  /// Appends an interval of a region (mark `band`).
  void add_range(double at, const Measure& low, const Measure& high);
};

/// What a figure's computation gives: its series, and the parameters at which they were computed or measured.
struct FigureData {
  std::vector<Series> series;
  Object conditions = {};
};

/// A figure: what it is about, and how it is computed. Cost of `compute`: together a few seconds a paper at quick
/// effort.
struct Figure {
  std::string id;      ///< "hogwild.largest_step": paper, dot, topic; stable
  std::string source;  ///< "Lemma 2", "Figure 1"
  std::string title;
  std::string caption;  ///< one sentence that says what to see, formulas between dollar signs
  Axis x, y;
  std::function<FigureData(const Context&)> compute;

  std::string paper() const { return id.substr(0, id.find('.')); }
};

using FigureRegistry = Registry<Figure, &Figure::id>;

/// Computes the figure and gives it as a tree for results.json: {id, paper, source, title, caption, x, y, series,
/// conditions, seconds}, a gap as null. A computation that throws, or gives series that do not fit together, leaves
/// {"error": the reason} in place of the series.
Object to_object(const Figure& figure, const Context& context);

}  // namespace asyncert
