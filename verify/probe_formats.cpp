#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <ostream>
#include <set>

#include "lib/environment.hpp"
#include "lib/errors.hpp"
#include "lib/figure.hpp"
#include "lib/numpy.hpp"
#include "lib/text.hpp"
#include "reports/report.hpp"
#include "reports/table.hpp"
#include "verify/probe.hpp"

namespace asyncert {

namespace {

double as_double(const std::string& text) {
  if (text == "true" || text == "false") return text == "true" ? 1 : 0;
  if (text == "inf" || text == "-inf") return (text == "inf" ? 1 : -1) * std::numeric_limits<double>::infinity();
  try {
    return Rational::parse(text).to_double();
  } catch (const ParseError&) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

double as_double(const Value* value) {
  const auto* text = value ? value->get<std::string>() : nullptr;
  return text ? as_double(*text) : std::numeric_limits<double>::quiet_NaN();
}

/// Evenly chosen among n, the ends included.
std::vector<std::size_t> chosen(std::size_t n, std::size_t most) {
  std::vector<std::size_t> r;
  const std::size_t count = std::min(n, most);
  for (std::size_t i = 0; i < count; ++i) r.push_back(count == 1 ? 0 : i * (n - 1) / (count - 1));
  return r;
}

/// Whether to show positive numbers by their logarithm: when they span more than two decades.
bool spans_decades(const std::vector<double>& values) {
  double low = std::numeric_limits<double>::infinity(), high = 0;
  for (const double x : values) {
    if (std::isnan(x)) continue;
    if (x <= 0) return false;
    if (std::isfinite(x)) low = std::min(low, x), high = std::max(high, x);
  }
  return high > 100 * low;
}

/// An output over the first varied parameter, a curve for each value of the second.
Figure figure_of(const Probe& probe, const std::string& output) {
  constexpr std::size_t most_curves = 8;
  const Quantity& quantity = *probe.quantity;
  const auto parameter = [&](std::size_t axis) {
    return std::find_if(quantity.parameters.begin(), quantity.parameters.end(),
                        [&](const Parameter& p) { return p.name == probe.grid->axes()[axis].name; });
  };
  const GridAxis& across = probe.grid->axes()[probe.varied[0]];
  const bool family = probe.varied.size() > 1;
  // The last axis runs fastest.
  const std::size_t inner = family ? probe.grid->axes()[probe.varied[1]].values.size() : 1;
  FigureData data;
  std::vector<double> all;
  const bool words = parameter(probe.varied[0])->kind == Kind::word;
  for (const std::size_t k : chosen(inner, most_curves)) {
    Series series{.name = output};
    if (family)
      series.name = probe.grid->axes()[probe.varied[1]].name + " = " + probe.input_text(k, probe.varied[1], 4);
    if (words) series.mark = Mark::points;
    for (std::size_t i = 0; i < across.values.size(); ++i) {
      const std::size_t point = i * inner + k;
      const double y = as_double(probe.output(point, output));
      series.add_float(words ? static_cast<double>(i) : as_double(probe.input_text(point, probe.varied[0])), y);
      series.rigor = probe.answers[point].rigor;
      all.push_back(y);
    }
    data.series.push_back(std::move(series));
  }
  Axis x{.label = across.name, .logarithmic = across.logarithmic};
  if (words)
    for (const Value& v : across.values) x.categories.push_back(to_text(v, 17));
  std::string caption = parameter(probe.varied[0])->meaning + " from left to right";
  if (family) caption += "; a curve for each " + parameter(probe.varied[1])->meaning;
  if (inner > most_curves)
    caption += " (" + std::to_string(most_curves) + " of the " + std::to_string(inner) + " values)";
  caption[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(caption[0])));
  return {.id = quantity.name + "." + output,
          .source = quantity.source,
          .title = output,
          .caption = caption + ".",
          .x = std::move(x),
          .y = {.label = output, .logarithmic = spans_decades(all)},
          .compute = [data = std::move(data)](const Context&) { return data; }};
}

}  // namespace

std::string as_csv(const Probe& probe) {
  Table table;
  for (const std::size_t a : probe.varied) table.columns.push_back(probe.grid->axes()[a].name);
  table.columns.insert(table.columns.end(), probe.columns.begin(), probe.columns.end());
  if (probe.failed > 0) table.columns.emplace_back("error");
  for (std::size_t i = 0; i < probe.answers.size(); ++i) {
    if (!probe.answers[i].done) continue;
    std::vector<Cell> row;
    for (const std::size_t a : probe.varied) row.push_back({probe.input_text(i, a)});
    for (const std::string& name : probe.columns) {
      const Value* v = probe.output(i, name);
      row.push_back({v ? to_text(*v, 17) : ""});
    }
    if (probe.failed > 0) row.push_back({probe.answers[i].error});
    table.rows.push_back(std::move(row));
  }
  return render_table(table, "csv");
}

Object as_document(const Probe& probe, const std::string& command) {
  Object fixed;
  List axes, points;
  for (std::size_t a = 0; a < probe.grid->axes().size(); ++a) {
    const GridAxis& axis = probe.grid->axes()[a];
    if (std::count(probe.varied.begin(), probe.varied.end(), a) == 0) {
      fixed.add(axis.name, axis.values.front());
      continue;
    }
    axes.emplace_back(Object()
                          .add("name", axis.name)
                          .add("scale", axis.logarithmic ? "log" : "linear")
                          .add("values", rendered(Value(axis.values), 17)));
  }
  Rigor weakest = Rigor::exact;
  for (std::size_t i = 0; i < probe.answers.size(); ++i) {
    const ProbedPoint& answer = probe.answers[i];
    if (!answer.done) continue;
    Object inputs, outputs;
    for (const std::size_t a : probe.varied) inputs.add(probe.grid->axes()[a].name, probe.input_text(i, a));
    for (const auto& [name, value] : answer.outputs) outputs.add(name, value);
    Object point;
    point.add("inputs", std::move(inputs));
    if (answer.error.empty())
      point.add("outputs", std::move(outputs));
    else
      point.add("error", answer.error);
    points.emplace_back(std::move(point));
    weakest = std::max(weakest, answer.rigor);
  }
  Object document;
  document.add("schema", 1).add("kind", "probe").add("environment", run_environment()).add("command", command);
  document.add("quantity", probe.quantity->name).add("fixed", std::move(fixed)).add("axes", std::move(axes));
  return document.add("rigor", to_string(weakest)).add("points", std::move(points));
}

std::string as_npy(const Probe& probe, std::ostream& err) {
  std::vector<std::size_t> shape;
  std::vector<NamedColumn> columns;
  for (const std::size_t a : probe.varied) {
    shape.push_back(probe.grid->axes()[a].values.size());
    NamedColumn column{probe.grid->axes()[a].name, {}};
    for (std::size_t i = 0; i < probe.answers.size(); ++i) column.values.push_back(as_double(probe.input_text(i, a)));
    columns.push_back(std::move(column));
  }
  std::vector<std::string> left_out;
  for (const std::string& name : probe.columns) {
    NamedColumn column{name, {}};
    for (std::size_t i = 0; i < probe.answers.size(); ++i) column.values.push_back(as_double(probe.output(i, name)));
    if (std::all_of(column.values.begin(), column.values.end(), [](double x) { return std::isnan(x); }))
      left_out.push_back(name);
    else
      columns.push_back(std::move(column));
  }
  if (!left_out.empty()) err << "asyncert probe: not numbers, and so not in the array: " << join(left_out) << "\n";
  return to_npy(shape, columns);
}

std::string as_page(const Probe& probe, const std::string& command) {
  Object fixed;
  for (std::size_t a = 0; a < probe.grid->axes().size(); ++a)
    if (std::count(probe.varied.begin(), probe.varied.end(), a) == 0)
      fixed.add(probe.grid->axes()[a].name, probe.grid->axes()[a].values.front());
  Object same;
  List figures;
  for (const std::string& name : probe.columns) {
    std::set<std::string> texts;
    bool number = false;
    for (std::size_t i = 0; i < probe.answers.size(); ++i) {
      const Value* value = probe.output(i, name);
      if (value) texts.insert(to_text(*value, 17));
      number = number || !std::isnan(as_double(value));
    }
    if (texts.size() == 1)
      same.add(name, *texts.begin());
    else if (number)
      figures.emplace_back(to_object(figure_of(probe, name), Context{}));
  }
  Object page;
  page.add("title", probe.quantity->name)
      .add("summary", probe.quantity->summary)
      .add("conditions", std::move(fixed))
      .add("same", std::move(same));
  return render_figure_page(page.add("command", command).add("figures", std::move(figures)));
}

}  // namespace asyncert
