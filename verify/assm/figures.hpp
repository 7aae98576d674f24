// The figures of the paper on asynchronous subgradient methods that have a file of their own.
#pragma once

#include "lib/figure.hpp"

namespace asyncert::assm {

/// Figures 1 to 4: training without and with momentum, by epochs and by time.
void add_training_figures(FigureRegistry& registry);

}  // namespace asyncert::assm
