// What the commands that evaluate quantities read from their arguments.
#pragma once

#include <string>
#include <utility>

#include "lib/quantity.hpp"

namespace asyncert {

/// The quantity of that name. Throws `DomainError`.
const Quantity& find_quantity(const QuantityRegistry& registry, const std::string& name);

/// Throws `DomainError` where `floating` is asked of a quantity without a version in double precision.
void require_rigor(const Quantity& quantity, bool floating);

/// The outputs in double precision where `floating`, else with `digits` certain digits. Throws as `Quantity` does.
Evaluation evaluate(const Quantity& quantity, const Inputs& inputs, bool floating, int digits);

/// "key=value" as a pair. Throws `UsageError`.
std::pair<std::string, std::string> split_assignment(const std::string& text);

}  // namespace asyncert
