// The figures of the paper on lock-free methods that are measured, in files of their own.
#pragma once

#include "lib/figure.hpp"

namespace asyncert::hogwild {

/// Figures 1 and 2: training loss against CPU time.
void add_training_figures(FigureRegistry& registry);
/// Delays and lost writes of real threads.
void add_thread_figures(FigureRegistry& registry);

}  // namespace asyncert::hogwild
