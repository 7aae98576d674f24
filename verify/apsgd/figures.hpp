// The figures of the paper on linear systems that have a file of their own.
#pragma once

#include "lib/figure.hpp"

namespace asyncert::apsgd {

/// Figure 1: where the bound is feasible, and where its optimum is sought.
void add_region_figures(FigureRegistry& registry);
/// The squared error over time: bound, exact and measured.
void add_error_figure(FigureRegistry& registry);

}  // namespace asyncert::apsgd
