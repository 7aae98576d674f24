// The registered quantity about Clarke subdifferentials.
#include "bounds/assm/clarke.hpp"
#include "bounds/assm/quantities.hpp"
#include "lib/errors.hpp"
#include "lib/square_root.hpp"
#include "lib/text.hpp"

namespace asyncert::assm {

namespace {

Object min_norm_subgradient(const Inputs& in) {
  const Problem problem = problem_named(in.word("problem"));
  const Point& x = in.list("x");
  const std::vector<Point> vertices = clarke_vertices(problem, x);
  const Point least = min_norm_point(vertices);
  const BlockProjections blocks = block_projections(vertices);
  List list;
  for (const Point& v : vertices) list.push_back(Value(v));
  Object o;
  o.add("f", evaluate(problem, x)).add("vertices", std::move(list)).add("min_norm", Value(least));
  o.add("dist", square_root(dot(least, least))).add("dist_squared", dot(least, least));
  o.add("block_lower", Value(blocks.lower)).add("block_upper", Value(blocks.upper));
  return o.add("block_measure", blocks.measure());
}

}  // namespace

void register_clarke_quantities(QuantityRegistry& registry) {
  const std::string formulas = join(
      problem_names(), [](const std::string& name) { return name + ": " + formula(problem_named(name)); }, "; ");
  registry.add({
      .name = "assm.min_norm_subgradient",
      .summary =
          "Clarke subdifferential of a test function at a rational point, its element of least norm, and its block "
          "projections.",
      .source = "Assumption 3.2; Section 3.3.3, stationary and block-wise stationary points",
      .parameters = {word("problem", formulas, problem_names()),
                     real_list("x", "x", "the point, of the function's dimension")},
      .outputs = {"f: the value", "vertices: extreme points of the subdifferential, sorted lexicographically",
                  "min_norm: its element of least norm", "dist: distance of 0 from it",
                  "dist_squared: the square of that", "block_lower: smallest i-th component",
                  "block_upper: largest i-th component",
                  "block_measure: largest distance of 0 from a block's interval"},
      .validate =
          [](const Inputs& in) {
            const std::size_t n = dimension(problem_named(in.word("problem"))), given = in.list("x").size();
            if (given != n)
              throw DomainError("x", std::string("a list of ") + std::to_string(given),
                                std::string("a list of ") + std::to_string(n) + " for " + in.word("problem"));
          },
      .enclosed = min_norm_subgradient,
  });
}

}  // namespace asyncert::assm
