// Models of lost writes: which coordinates of an update survive.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace asyncert::solvers {

/// The diagonal of B_t in w_{t+1} = w_t - eta B_t grad f_{i_t}(w_hat_t): entries 1 (survives) or 0 (lost).
class Overwrite {
 public:
  virtual ~Overwrite() = default;
  /// Fills the mask of update t. The same (seed, replicate, t) gives the same mask.
  virtual void mask(std::uint64_t seed, std::uint64_t replicate, std::uint64_t t,
                    std::span<std::uint8_t> survives) const = 0;
  virtual std::string describe() const = 0;
};

/// Coordinate k survives with probability b[k] (or b[0] for all), independently of everything else. Each b in [0, 1].
std::shared_ptr<const Overwrite> bernoulli_overwrite(std::vector<double> b);
/// Any deterministic or adversarial model.
std::shared_ptr<const Overwrite> custom_overwrite(std::function<bool(std::uint64_t t, std::size_t coordinate)> survives,
                                                  std::string name);

}  // namespace asyncert::solvers
