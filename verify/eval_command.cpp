#include <ostream>
#include <regex>

#include "bounds/registry.hpp"
#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "verify/commands.hpp"
#include "verify/quantity_arguments.hpp"

namespace asyncert {

namespace {

struct Answer {
  Object outputs;
  std::string rigor;
};

Answer evaluate(const Quantity& quantity, const Object& raw, const EvalOptions& options) {
  const Inputs inputs = quantity.read(raw);
  require_rigor(quantity, options.floating);
  const Evaluation answer = evaluate(quantity, inputs, options.floating, options.digits);
  return {*rendered(answer.outputs, options.floating ? 17 : options.digits).get<Object>(), to_string(answer.rigor)};
}

const Value& member(const Object& row, const std::string& name) {
  const Value* v = row.find(name);
  if (!v) throw ParseError("a row has no \"" + name + "\"");
  return *v;
}

Object answer_row(const QuantityRegistry& registry, const Value& row, const EvalOptions& options) {
  Object answer;
  try {
    const auto* object = row.get<Object>();
    if (!object) throw ParseError("a row is not an object");
    if (const Value* id = object->find("id")) answer.add("id", *id);
    const auto* name = member(*object, "quantity").get<std::string>();
    if (!name) throw ParseError("the \"quantity\" of a row is not a string");
    answer.add("quantity", *name);
    const auto* inputs = member(*object, "inputs").get<Object>();
    if (!inputs) throw ParseError("the \"inputs\" of a row are not an object");
    Answer a = evaluate(find_quantity(registry, *name), *inputs, options);
    answer.add("outputs", std::move(a.outputs)).add("rigor", a.rigor);
  } catch (const std::exception& e) {
    answer.add("error", e.what());
  }
  return answer;
}

int batch(const QuantityRegistry& registry, const EvalOptions& options, std::ostream& out, std::ostream& err) {
  const Value document = parse_json(read_file(options.batch));
  const auto* root = document.get<Object>();
  const Value* rows_value = root ? root->find("rows") : nullptr;
  const auto* rows = rows_value ? rows_value->get<List>() : nullptr;
  if (!rows) throw ParseError(options.batch + ": wanted {\"rows\": [{\"id\", \"quantity\", \"inputs\"}, ...]}");
  std::vector<Object> answers(rows->size());
  // Rows differ in cost by orders of magnitude, and each thread has its own working precision.
#pragma omp parallel for schedule(dynamic, 1)
  for (std::size_t i = 0; i < rows->size(); ++i) answers[i] = answer_row(registry, (*rows)[i], options);
  List list;
  std::size_t failed = 0;
  for (Object& a : answers) {
    failed += a.find("error") ? 1 : 0;
    list.emplace_back(std::move(a));
  }
  out << to_json(Object().add("schema", 1).add("rows", std::move(list))) << "\n";
  if (failed > 0)
    err << "asyncert eval: " << failed << " of " << rows->size() << " rows failed; each carries its \"error\"\n";
  if (rows->empty()) return exit_nothing;
  return failed > 0 ? exit_bad_input : exit_ok;
}

void print_tree(std::ostream& out, const Object& object, const std::string& prefix) {
  for (const auto& [name, value] : object.members()) {
    if (const auto* nested = value.get<Object>()) {
      print_tree(out, *nested, prefix + name + ".");
    } else {
      out << prefix << name << " = " << to_text(value, 17) << "\n";
    }
  }
}

/// A value as written on the command line: a list is JSON in which a bare element, such as 1/2, stands for its text.
Value parse_argument(const std::string& text) {
  if (text.empty() || text.front() != '[') return text;
  static const std::regex element(R"("(?:[^"\\]|\\.)*"|[^\s\[\],"]+)");
  std::string json;
  auto at = text.begin();
  for (std::sregex_iterator i(text.begin(), text.end(), element), end; i != end; ++i) {
    const std::string token = i->str();
    json.append(at, (*i)[0].first).append(token.front() == '"' ? token : '"' + token + '"');
    at = (*i)[0].second;
  }
  return parse_json(json.append(at, text.end()));
}

}  // namespace

int eval_command(const EvalOptions& options, std::ostream& out, std::ostream& err) {
  const QuantityRegistry registry = all_quantities();
  if (!options.batch.empty()) return batch(registry, options, out, err);
  Object raw;
  for (const std::string& assignment : options.assignments) {
    const auto [name, text] = split_assignment(assignment);
    raw.add(name, parse_argument(text));
  }
  const Answer answer = evaluate(find_quantity(registry, options.quantity), raw, options);
  if (options.json) {
    out << to_json(Object().add("quantity", options.quantity).add("outputs", answer.outputs).add("rigor", answer.rigor))
        << "\n";
  } else {
    print_tree(out, answer.outputs, "");
    out << "rigor: " << answer.rigor << "\n";
  }
  return exit_ok;
}

}  // namespace asyncert
