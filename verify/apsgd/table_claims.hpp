#pragma once

#include "lib/claim.hpp"

namespace asyncert::apsgd {

/// Tables 1 to 3 row by row, the closed forms (53)-(61), and the comparisons with the basic and synchronous methods.
void register_table_claims(ClaimRegistry& registry);

}  // namespace asyncert::apsgd
