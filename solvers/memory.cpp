#include "solvers/memory.hpp"

#include "lib/errors.hpp"

namespace asyncert::solvers {

const char* to_string(MemoryPolicy policy) {
  switch (policy) {
    case MemoryPolicy::wild:
      return "wild";
    case MemoryPolicy::atomic_add:
      return "atomic_add";
    case MemoryPolicy::locked:
      return "locked";
    case MemoryPolicy::consistent:
      return "consistent";
  }
  return "wild";
}

MemoryPolicy memory_policy(const std::string& name) {
  for (const MemoryPolicy p :
       {MemoryPolicy::wild, MemoryPolicy::atomic_add, MemoryPolicy::locked, MemoryPolicy::consistent})
    if (name == to_string(p)) return p;
  throw DomainError("memory", name, "wild, atomic_add, locked or consistent");
}

}  // namespace asyncert::solvers
