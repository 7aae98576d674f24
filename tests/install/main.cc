// A user's program: exact arithmetic and the registry, through the installed headers only.
#include <bounds/registry.hpp>
#include <lib/ball.hpp>

int main() {
  const asyncert::QuantityRegistry registry = asyncert::all_quantities();
  const bool found = registry.find("no.such.quantity") != nullptr;
  const asyncert::Ball third(asyncert::Rational(1, 3));
  return !found && third.contains(asyncert::Rational(1, 3)) ? 0 : 1;
}
