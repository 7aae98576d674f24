// The section on computational complexity by its registered quantity, at the parameters that several claims share.
#pragma once

#include "lib/value.hpp"

namespace asyncert::hogwild {

/// The whole section at mu = 1/20, v = L = 1, alpha = 9/10 and f(w_0) - inf f = 1, with the least admissible rho.
Object complexity_at(long n, const char* eps, long tau);

/// One number of the group "printed" or "corrected".
Ball number(const Object& section, const char* group, const char* member);

}  // namespace asyncert::hogwild
