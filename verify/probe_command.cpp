// `asyncert probe`: a quantity over a grid of its inputs.
#include <algorithm>
#include <ostream>

#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "verify/commands.hpp"
#include "verify/interrupt.hpp"
#include "verify/probe.hpp"
#include "verify/progress.hpp"
#include "verify/quantity_arguments.hpp"

namespace asyncert {

namespace {

constexpr std::size_t most_points = 1'000'000;

void flatten(const Object& object, const std::string& prefix, ProbedPoint& answer) {
  for (const auto& [name, value] : object.members()) {
    if (const auto* nested = value.get<Object>())
      flatten(*nested, prefix + name + ".", answer);
    else
      answer.outputs.emplace_back(prefix + name, value);
  }
}

ProbedPoint evaluate(const Quantity& quantity, const Object& raw, const ProbeOptions& options) {
  ProbedPoint answer{.done = true};
  try {
    const Inputs inputs = quantity.read(raw);
    const Evaluation evaluation = asyncert::evaluate(quantity, inputs, options.floating, options.digits);
    answer.rigor = evaluation.rigor;
    flatten(*rendered(evaluation.outputs, options.digits).get<Object>(), "", answer);
  } catch (const std::exception& e) {
    answer.error = e.what();
  }
  return answer;
}

Grid grid_of(const Quantity& quantity, const std::vector<std::string>& assignments) {
  std::vector<GridAxis> axes;
  for (const std::string& assignment : assignments) {
    const auto [name, text] = split_assignment(assignment);
    const auto known = std::find_if(quantity.parameters.begin(), quantity.parameters.end(),
                                    [&name = name](const Parameter& p) { return p.name == name; });
    if (known == quantity.parameters.end()) quantity.read(Object().add(name, text));  // says what there is
    axes.push_back(parse_axis(*known, text));
  }
  return Grid(std::move(axes), most_points);
}

}  // namespace

int probe_command(const ProbeOptions& options, std::ostream& out, std::ostream& err) {
  const QuantityRegistry registry = all_quantities();
  const Quantity& quantity = find_quantity(registry, options.quantity);
  require_rigor(quantity, options.floating);
  const Grid grid = grid_of(quantity, options.assignments);

  Probe probe{.quantity = &quantity, .grid = &grid};
  for (std::size_t a = 0; a < grid.axes().size(); ++a)
    if (grid.axes()[a].values.size() > 1) probe.varied.push_back(a);
  if (!options.plot.empty() && (probe.varied.empty() || probe.varied.size() > 2))
    throw DomainError("plot", options.plot,
                      "for one or two varied parameters, not " + std::to_string(probe.varied.size()));
  for (const std::string& path : {options.out, options.plot})
    if (!path.empty()) require_writable(path);
  probe.answers.resize(grid.size());
  {
    const InterruptGuard guard;
    Progress progress("points", grid.size(), err);
    // Points differ in cost by orders of magnitude, and each thread has its own working precision.
#pragma omp parallel for schedule(dynamic, 8)
    for (std::size_t i = 0; i < grid.size(); ++i) {
      if (InterruptGuard::flag()) continue;
      probe.answers[i] = evaluate(quantity, grid.inputs(i), options);
      progress.step();
    }
  }
  for (const ProbedPoint& answer : probe.answers) {
    probe.done += answer.done, probe.failed += !answer.error.empty();
    for (const auto& [name, value] : answer.outputs)
      if (std::find(probe.columns.begin(), probe.columns.end(), name) == probe.columns.end())
        probe.columns.push_back(name);
  }
  const std::string format =
      options.out == "-" ? (options.json ? "json" : "csv") : options.out.substr(options.out.find_last_of('.') + 1);
  const std::string text = format == "npy"    ? as_npy(probe, err)
                           : format == "json" ? to_json(as_document(probe, options.command)) + "\n"
                                              : as_csv(probe);
  if (options.out == "-")
    out << text;
  else
    write_file(options.out, text);
  if (!options.plot.empty()) write_file(options.plot, as_page(probe, options.command));

  if (probe.failed > 0)
    err << "asyncert probe: " << probe.failed << " of " << probe.done << " points have no value; the first says: "
        << std::find_if(probe.answers.begin(), probe.answers.end(),
                        [](const ProbedPoint& a) { return !a.error.empty(); })
               ->error
        << "\n";
  if (probe.done < grid.size()) {
    err << "asyncert probe: interrupted after " << probe.done << " of " << grid.size() << " points\n";
    return exit_interrupted;
  }
  return probe.failed == probe.done ? exit_bad_input : exit_ok;
}

}  // namespace asyncert
