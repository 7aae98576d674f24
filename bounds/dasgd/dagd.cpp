#include "bounds/dasgd/dagd.hpp"

#include <algorithm>

#include "lib/errors.hpp"

namespace asyncert::dasgd {

namespace {

long integer_sqrt(long n) {
  long r = static_cast<long>(std::sqrt(static_cast<double>(n)));
  while (r * r > n) --r;
  while ((r + 1) * (r + 1) <= n) ++r;
  return r;
}

}  // namespace

ReadRule read_rule(const std::string& name) {
  if (name == "n") return [](long n) { return n; };
  if (name == "floor(n/2)") return [](long n) { return n / 2; };
  if (name == "isqrt(n)") return integer_sqrt;
  if (name == "max(0,n-3)") return [](long n) { return std::max(0L, n - 3); };
  throw DomainError("read", name, "one of \"n\", \"floor(n/2)\", \"isqrt(n)\", \"max(0,n-3)\"");
}

}  // namespace asyncert::dasgd
