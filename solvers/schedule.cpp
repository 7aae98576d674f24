#include "solvers/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/errors.hpp"
#include "lib/random.hpp"
#include "lib/shortest.hpp"

namespace asyncert::solvers {

namespace {

using Label = std::int64_t;

/// A schedule whose plan depends on (seed, replicate, t) alone.
class Stateless final : public Schedule {
 public:
  /// label(stream at t, t, part); oldest(t)
  using Draw = std::function<Label(RandomStream&, std::uint64_t, std::uint32_t)>;
  using Oldest = std::function<Label(std::uint64_t)>;
  Stateless(Draw draw, Oldest oldest, std::string name)
      : draw_(std::move(draw)), oldest_(std::move(oldest)), name_(std::move(name)) {}

  std::unique_ptr<PlanGenerator> start(std::uint64_t seed, std::uint64_t replicate) const override {
    struct Generator final : PlanGenerator {
      Generator(const Stateless& s, std::uint64_t seed, std::uint64_t replicate)
          : draw(s.draw_), oldest_label(s.oldest_), stream(seed, stream_key("schedule"), replicate) {}
      void next(std::uint64_t t, Plan& plan) override {
        plan.worker = 0;
        stream.at(t);
        for (std::size_t m = 0; m < plan.label.size(); ++m)
          plan.label[m] = draw(stream, t, static_cast<std::uint32_t>(m));
      }
      Label oldest(std::uint64_t t) const override { return oldest_label(t); }
      Draw draw;
      Oldest oldest_label;
      RandomStream stream;
    };
    return std::make_unique<Generator>(*this, seed, replicate);
  }
  std::string describe() const override { return name_; }

 private:
  Draw draw_;
  Oldest oldest_;
  std::string name_;
};

SchedulePtr stateless(Stateless::Draw draw, Stateless::Oldest oldest, std::string name) {
  return std::make_shared<Stateless>(std::move(draw), std::move(oldest), std::move(name));
}

Label back(std::uint64_t t, std::uint64_t delay, BeforeStart before) {
  const Label label = static_cast<Label>(t) - static_cast<Label>(delay);
  return before == BeforeStart::clip ? std::max<Label>(0, label) : label;
}

void require_delay(std::uint64_t delay) {
  if (delay > (std::uint64_t{1} << 40)) throw DomainError("delay", std::to_string(delay), "at most 2^40");
}

/// ceil(x) kept within 0 .. t, so that rounding in the power cannot leave the past.
Label clamp_label(double x, std::uint64_t t) {
  return std::clamp<Label>(static_cast<Label>(std::ceil(x)), 0, static_cast<Label>(t));
}

class IndependentWorkers final : public Schedule {
 public:
  IndependentWorkers(std::vector<double> weights, std::uint64_t max_delay) : max_delay_(max_delay) {
    if (weights.empty()) throw DomainError("workers: no weights were given");
    double sum = 0;
    for (const double w : weights) {
      if (!(w > 0) || !std::isfinite(w)) throw DomainError("worker weight", shortest(w), "(0, inf)");
      cumulative_.push_back(sum += w);
    }
    for (double& c : cumulative_) c /= sum;
  }
  std::unique_ptr<PlanGenerator> start(std::uint64_t seed, std::uint64_t replicate) const override {
    struct Generator final : PlanGenerator {
      Generator(std::vector<double> c, std::uint64_t d, std::uint64_t seed, std::uint64_t replicate)
          : cumulative(std::move(c)),
            written(cumulative.size(), 0),
            max_delay(d),
            stream(seed, stream_key("schedule"), replicate) {}
      void next(std::uint64_t t, Plan& plan) override {
        stream.at(t);
        const double u = stream.uniform();
        plan.worker = static_cast<std::uint32_t>(std::upper_bound(cumulative.begin(), cumulative.end() - 1, u) -
                                                 cumulative.begin());
        std::fill(plan.label.begin(), plan.label.end(),
                  std::max(back(t, max_delay, BeforeStart::clip), written[plan.worker]));
        written[plan.worker] = static_cast<Label>(t) + 1;
      }
      Label oldest(std::uint64_t t) const override { return back(t, max_delay, BeforeStart::clip); }
      std::vector<double> cumulative;
      std::vector<Label> written;  // the state right after the worker's last write
      std::uint64_t max_delay;
      RandomStream stream;
    };
    return std::make_unique<Generator>(cumulative_, max_delay_, seed, replicate);
  }
  std::string describe() const override {
    return std::to_string(cumulative_.size()) + " independent workers, delay <= " + std::to_string(max_delay_);
  }
  std::uint32_t workers() const override { return static_cast<std::uint32_t>(cumulative_.size()); }

 private:
  std::vector<double> cumulative_;
  std::uint64_t max_delay_;
};

}  // namespace

SchedulePtr no_delay() {
  return stateless([](RandomStream&, std::uint64_t t, std::uint32_t) { return static_cast<Label>(t); },
                   [](std::uint64_t t) { return static_cast<Label>(t); }, "no delay");
}

SchedulePtr constant_delay(std::uint64_t delay, BeforeStart before) {
  require_delay(delay);
  return stateless([=](RandomStream&, std::uint64_t t, std::uint32_t) { return back(t, delay, before); },
                   [=](std::uint64_t t) { return back(t, delay, before); }, "constant delay " + std::to_string(delay));
}

SchedulePtr uniform_delay(std::uint64_t max_delay) {
  require_delay(max_delay);
  return stateless([=](RandomStream& stream, std::uint64_t t,
                       std::uint32_t) { return back(t, stream.below(max_delay + 1), BeforeStart::clip); },
                   [=](std::uint64_t t) { return back(t, max_delay, BeforeStart::clip); },
                   "uniform delay 0.." + std::to_string(max_delay));
}

SchedulePtr saw_tooth_delay(std::uint64_t max_delay) {
  require_delay(max_delay);
  return stateless(
      [=](RandomStream&, std::uint64_t t, std::uint32_t) { return static_cast<Label>(t - t % (max_delay + 1)); },
      [=](std::uint64_t t) { return static_cast<Label>(t - t % (max_delay + 1)); },
      "saw-tooth delay 0.." + std::to_string(max_delay));
}

SchedulePtr periodic_delay(std::vector<std::uint64_t> delays, BeforeStart before) {
  if (delays.empty()) throw DomainError("periodic delay: the list is empty");
  for (const std::uint64_t d : delays) require_delay(d);
  const std::uint64_t longest = *std::max_element(delays.begin(), delays.end());
  std::string name = "periodic delay of length " + std::to_string(delays.size()) + ", max " + std::to_string(longest);
  return stateless(
      [delays = std::move(delays), before](RandomStream&, std::uint64_t t, std::uint32_t) {
        return back(t, delays[t % delays.size()], before);
      },
      [=](std::uint64_t t) { return back(t, longest, before); }, std::move(name));
}

SchedulePtr custom_labels(std::function<Label(std::uint64_t, std::uint32_t)> label,
                          std::function<Label(std::uint64_t)> oldest, std::string name) {
  return stateless([label = std::move(label)](RandomStream&, std::uint64_t t, std::uint32_t m) { return label(t, m); },
                   std::move(oldest), std::move(name));
}

SchedulePtr linear_growth(double k) { return polynomial_growth(k, 1); }

SchedulePtr random_linear_growth(double low, double high) {
  if (!(low >= 0 && low <= high && std::isfinite(high)))
    throw DomainError("growth factors [" + shortest(low) + ", " + shortest(high) + "]: needs 0 <= low <= high < inf");
  return stateless(
      [=](RandomStream& stream, std::uint64_t t, std::uint32_t) {
        return clamp_label(static_cast<double>(t) / (1 + stream.uniform(low, high)), t);
      },
      [=](std::uint64_t t) { return clamp_label(static_cast<double>(t) / (1 + high), t); },
      "linear growth, factor in [" + shortest(low) + ", " + shortest(high) + "]");
}

SchedulePtr polynomial_growth(double k, double q) {
  if (!(k >= 0 && std::isfinite(k))) throw DomainError("growth factor", shortest(k), "[0, inf)");
  if (!(q >= 1 && std::isfinite(q))) throw DomainError("growth exponent", shortest(q), "[1, inf)");
  const auto label = [=](std::uint64_t t) { return clamp_label(std::pow(static_cast<double>(t) / (1 + k), 1 / q), t); };
  return stateless([=](RandomStream&, std::uint64_t t, std::uint32_t) { return label(t); }, label,
                   "growth s(t) = ceil((t/(1+" + shortest(k) + "))^(1/" + shortest(q) + "))");
}

SchedulePtr independent_workers(std::vector<double> weights, std::uint64_t max_delay) {
  require_delay(max_delay);
  return std::make_shared<IndependentWorkers>(std::move(weights), max_delay);
}

}  // namespace asyncert::solvers
