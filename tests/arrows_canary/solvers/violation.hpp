#include "bounds/registry.hpp"
