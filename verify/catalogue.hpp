// Names and descriptions of what `asyncert run` can combine.
#pragma once

#include <string>
#include <vector>

namespace asyncert {

struct CatalogueItem {
  std::string name;
  std::string description;
};

/// The items of `instances`, `algorithms` or `datasets`; throws `DomainError` for another word.
std::vector<CatalogueItem> catalogue(const std::string& what);

}  // namespace asyncert
