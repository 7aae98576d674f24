#include "solvers/overwrite.hpp"

#include <utility>

#include "lib/errors.hpp"
#include "lib/random.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

namespace {

class Bernoulli final : public Overwrite {
 public:
  explicit Bernoulli(std::vector<double> b) : b_(std::move(b)) {
    if (b_.empty()) throw DomainError("survival probabilities: none were given");
    for (const double p : b_)
      if (!(p >= 0 && p <= 1)) throw DomainError("survival probability", shortest(p), "[0, 1]");
  }
  void mask(std::uint64_t seed, std::uint64_t replicate, std::uint64_t t,
            std::span<std::uint8_t> survives) const override {
    if (b_.size() != 1 && b_.size() != survives.size())
      throw DomainError("survival probabilities", std::to_string(b_.size()),
                        "one, or one for each of " + std::to_string(survives.size()));
    RandomStream stream(seed, stream_key("overwrite"), replicate);
    stream.at(t);
    for (std::size_t k = 0; k < survives.size(); ++k)
      survives[k] = stream.bernoulli(b_.size() == 1 ? b_[0] : b_[k]) ? 1 : 0;
  }
  std::string describe() const override {
    return b_.size() == 1 ? "bernoulli(" + std::to_string(b_[0]) + ")" : "bernoulli per coordinate";
  }

 private:
  std::vector<double> b_;
};

class Custom final : public Overwrite {
 public:
  Custom(std::function<bool(std::uint64_t, std::size_t)> survives, std::string name)
      : survives_(std::move(survives)), name_(std::move(name)) {}
  void mask(std::uint64_t, std::uint64_t, std::uint64_t t, std::span<std::uint8_t> survives) const override {
    for (std::size_t k = 0; k < survives.size(); ++k) survives[k] = survives_(t, k) ? 1 : 0;
  }
  std::string describe() const override { return name_; }

 private:
  std::function<bool(std::uint64_t, std::size_t)> survives_;
  std::string name_;
};

}  // namespace

std::shared_ptr<const Overwrite> bernoulli_overwrite(std::vector<double> b) {
  return std::make_shared<Bernoulli>(std::move(b));
}

std::shared_ptr<const Overwrite> custom_overwrite(std::function<bool(std::uint64_t, std::size_t)> survives,
                                                  std::string name) {
  return std::make_shared<Custom>(std::move(survives), std::move(name));
}

}  // namespace asyncert::solvers
