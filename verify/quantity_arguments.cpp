#include "verify/quantity_arguments.hpp"

#include "lib/errors.hpp"
#include "lib/suggestion.hpp"
#include "verify/commands.hpp"

namespace asyncert {

const Quantity& find_quantity(const QuantityRegistry& registry, const std::string& name) {
  const Quantity* quantity = registry.find(name);
  if (!quantity) {
    std::vector<std::string> names;
    for (const auto& [known, q] : registry.all()) names.push_back(known);
    throw DomainError("quantity", name, "a name that `asyncert list quantities` shows" + suggestion(name, names));
  }
  return *quantity;
}

void require_rigor(const Quantity& quantity, bool floating) {
  if (floating && !quantity.floating)
    throw DomainError(quantity.name + " has no version in double precision; use --rigor enclosed");
}

Evaluation evaluate(const Quantity& quantity, const Inputs& inputs, bool floating, int digits) {
  if (floating) return quantity.evaluate_floating(inputs);
  Object outputs = quantity.evaluate(inputs, digits);
  const Rigor rigor = weakest_rigor(outputs);
  return {std::move(outputs), rigor};
}

std::pair<std::string, std::string> split_assignment(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) throw UsageError("'" + text + "' is no key=value");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace asyncert
