// Exact expectations of Hogwild! and of one inner loop of AsySVRG: every sample path and every overwrite path is
// walked.
#pragma once

#include <functional>
#include <vector>

#include "lib/ball.hpp"
#include "lib/rational.hpp"

namespace asyncert::hogwild {

/// f = (f_1 + ... + f_n)/n in d coordinates, over Rational (exact) or Ball (enclosed).
template <class T>
struct FiniteSum {
  using Vector = std::vector<T>;
  long n = 1, d = 1;
  std::function<T(long, const Vector&)> value;          ///< f_i(w)
  std::function<Vector(long, const Vector&)> gradient;  ///< grad f_i(w)

  T mean_value(const Vector& w) const {
    T sum(0);
    for (long i = 0; i < n; ++i) sum += value(i, w);
    return sum / T(n);
  }
  Vector mean_gradient(const Vector& w) const {
    Vector sum(static_cast<std::size_t>(d), T(0));
    for (long i = 0; i < n; ++i) {
      const Vector g = gradient(i, w);
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += g[k] / T(n);
    }
    return sum;
  }
};

template <class T>
T squared_norm(const std::vector<T>& v) {
  T sum(0);
  for (const T& x : v) sum += x * x;
  return sum;
}

/// How a read sees one coordinate of a recent update: as the write sequence has it, entirely, or not at all.
enum class Seen { as_written, yes, no };

/// A run: w_{t+1} = w_t - eta B_t v_t with v_t = grad f_i(w_hat_t), or the variance-reduced direction of AsySVRG around
/// w_0.
template <class T>
struct Walk {
  std::vector<T> start;
  T eta;
  long steps = 1, tau = 0;
  /// What read t sees of coordinate k of update j, t - tau <= j < t: this is a(t) and P_{t,j} in one.
  std::function<Seen(long t, long j, long k)> seen = [](long, long, long) { return Seen::as_written; };
  std::vector<Rational> survival =
      {};  ///< P((B_t)_kk = 1), one a coordinate, independent of everything else; empty: all 1
  bool variance_reduced = false;
  /// The sign of the step; -1 would be a broken algorithm.
  int direction = 1;
};

/// Expectations at t = 0..steps.
template <class T>
struct Moments {
  std::vector<T> q_read;            ///< E q(w_hat_t), q(x) = (1/n) sum_i |v_i(x)|^2
  std::vector<T> q_written;         ///< E q(w_t)
  std::vector<T> gap;               ///< E|w_t - w_hat_t|^2
  std::vector<T> squared_gradient;  ///< E|grad f(w_t)|^2
  std::vector<T> read_gradient;     ///< E|grad f(w_hat_t)|^2
  std::vector<T> value;             ///< E f(w_t)
  std::vector<T> drift;             ///< E|w_t - w_0|^2
  std::vector<T> step;              ///< E|v_t|^2 of the drawn direction, t < steps
  long paths = 0;
};

namespace detail {

template <class T>
class Enumeration {
 public:
  using Vector = std::vector<T>;
  Enumeration(const FiniteSum<T>& f, const Walk<T>& walk) : f_(f), walk_(walk) {
    const auto length = static_cast<std::size_t>(walk.steps + 1);
    for (auto* list :
         {&m_.q_read, &m_.q_written, &m_.gap, &m_.squared_gradient, &m_.read_gradient, &m_.value, &m_.drift, &m_.step})
      list->assign(length, T(0));
    m_.step.pop_back();
    anchor_gradient_ = f.mean_gradient(walk.start);
    for (long i = 0; i < f.n; ++i) anchor_.push_back(f.gradient(i, walk.start));
  }

  Moments<T> run() {
    visit(walk_.start, 0, Rational(1));
    return std::move(m_);
  }

 private:
  struct Update {
    Vector direction;
    std::vector<int> survived;
  };

  Vector direction(long i, const Vector& w) const {
    Vector v = f_.gradient(i, w);
    if (!walk_.variance_reduced) return v;
    for (std::size_t k = 0; k < v.size(); ++k) v[k] += anchor_gradient_[k] - anchor_[static_cast<std::size_t>(i)][k];
    return v;
  }

  T q(const Vector& w) const {
    T sum(0);
    for (long i = 0; i < f_.n; ++i) sum += squared_norm(direction(i, w));
    return sum / T(f_.n);
  }

  Vector read(const Vector& w, long t) const {
    Vector r = w;
    for (long j = std::max(0L, t - walk_.tau); j < t; ++j) {
      const Update& u = history_[static_cast<std::size_t>(j)];
      for (std::size_t k = 0; k < r.size(); ++k) {
        const Seen s = walk_.seen(t, j, static_cast<long>(k));
        const int coefficient = s == Seen::as_written ? u.survived[k] : s == Seen::yes;
        r[k] += T(walk_.direction * (u.survived[k] - coefficient)) * walk_.eta * u.direction[k];
      }
    }
    return r;
  }

  void visit(const Vector& w, long t, const Rational& weight) {
    const auto at = static_cast<std::size_t>(t);
    const Vector w_hat = read(w, t);
    const T p(weight);
    Vector difference(w.size()), moved(w.size());
    for (std::size_t k = 0; k < w.size(); ++k) difference[k] = w[k] - w_hat[k], moved[k] = w[k] - walk_.start[k];
    m_.q_read[at] += p * q(w_hat);
    m_.q_written[at] += p * q(w);
    m_.gap[at] += p * squared_norm(difference);
    m_.squared_gradient[at] += p * squared_norm(f_.mean_gradient(w));
    m_.read_gradient[at] += p * squared_norm(f_.mean_gradient(w_hat));
    m_.value[at] += p * f_.mean_value(w);
    m_.drift[at] += p * squared_norm(moved);
    if (t == walk_.steps) {
      ++m_.paths;
      return;
    }
    for (long i = 0; i < f_.n; ++i) {
      const Vector v = direction(i, w_hat);
      m_.step[at] += p * squared_norm(v) / T(f_.n);
      for (long bits = 0; bits < 1L << f_.d; ++bits) {
        Rational probability = weight / Rational(f_.n);
        Update u{v, std::vector<int>(w.size())};
        Vector next = w;
        for (std::size_t k = 0; k < w.size(); ++k) {
          u.survived[k] = static_cast<int>(bits >> k & 1);
          const Rational b = walk_.survival.empty() ? Rational(1) : walk_.survival[k];
          probability *= u.survived[k] ? b : Rational(1) - b;
          if (u.survived[k]) next[k] -= T(walk_.direction) * walk_.eta * v[k];
        }
        if (probability.sign() == 0) continue;
        history_.push_back(std::move(u));
        visit(next, t + 1, probability);
        history_.pop_back();
      }
    }
  }

  const FiniteSum<T>& f_;
  const Walk<T>& walk_;
  Moments<T> m_;
  Vector anchor_gradient_;
  std::vector<Vector> anchor_;
  std::vector<Update> history_;
};

}  // namespace detail

/// All expectations of a run, exact over Rational, enclosed over Ball. Cost (n 2^d)^steps paths.
template <class T>
Moments<T> enumerate(const FiniteSum<T>& f, const Walk<T>& walk) {
  return detail::Enumeration<T>(f, walk).run();
}

/// Calls `visit` with every pattern of reads at delay tau in which a read misses or sees each of the last tau updates
/// as a whole: 2^min(t,tau) patterns at each of the reads t = 1..last.
inline void for_each_pattern(long tau, long last, const std::function<void(const std::vector<long>&)>& visit) {
  std::vector<long> missed(static_cast<std::size_t>(last + 1), 0);
  const std::function<void(long)> choose = [&](long t) {
    if (t > last) return visit(missed);
    for (long mask = 0; mask < 1L << std::min(t, tau); ++mask) {
      missed[static_cast<std::size_t>(t)] = mask;
      choose(t + 1);
    }
  };
  choose(1);
}

/// The read pattern of `for_each_pattern`: bit t-1-j of missed[t] says that read t does not see update j.
inline std::function<Seen(long, long, long)> reads_of(std::vector<long> missed) {
  return [missed = std::move(missed)](long t, long j, long) {
    return missed[static_cast<std::size_t>(t)] >> (t - 1 - j) & 1 ? Seen::no : Seen::yes;
  };
}

/// f_i(w) = L w^2/2 +- sigma w in one coordinate: n = 2, or n = 1 where sigma = 0.
template <class T>
FiniteSum<T> noisy_quadratic(const T& L, const T& sigma, bool noisy) {
  FiniteSum<T> f;
  f.n = noisy ? 2 : 1;
  const auto slope = [=](long i) { return noisy ? (i == 0 ? sigma : -sigma) : T(0); };
  f.value = [=](long i, const std::vector<T>& w) { return L * w[0] * w[0] / T(2) + slope(i) * w[0]; };
  f.gradient = [=](long i, const std::vector<T>& w) { return std::vector<T>{L * w[0] + slope(i)}; };
  return f;
}

/// Two non-convex terms s (1 - cos(x_i . w - y_i)): gradients s-Lipschitz and at most s where |x_i| <= 1, f >= 0.
FiniteSum<Ball> two_cosines(const Rational& s, long d);

}  // namespace asyncert::hogwild
