#include "verify/catalogue.hpp"

#include "lib/errors.hpp"

namespace asyncert {

std::vector<CatalogueItem> catalogue(const std::string& what) {
  if (what == "datasets")
    return {{"connect-4", "67,557 positions of Connect Four, 126 binary features, 3 classes (UCI, CC BY 4.0); in data/"}};
  throw DomainError("what to list", what, "claims, quantities or datasets");
}

}  // namespace asyncert
