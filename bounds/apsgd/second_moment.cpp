#include "bounds/apsgd/second_moment.hpp"

#include <functional>

#include "bounds/apsgd/weak.hpp"
#include "lib/ball_matrix.hpp"
#include "lib/certified_root.hpp"
#include "lib/errors.hpp"

namespace asyncert::apsgd {

namespace {

const Rational one(1), two(2);

/// A linear map of symmetric matrices of order n, as a matrix on their upper triangles.
RationalMatrix on_symmetric(long n, const std::function<RationalMatrix(const RationalMatrix&)>& map) {
  const long size = n * (n + 1) / 2;
  RationalMatrix result(size, size);
  long column = 0;
  for (long i = 0; i < n; ++i)
    for (long j = i; j < n; ++j, ++column) {
      RationalMatrix unit(n, n);
      unit.set(i, j, one);
      unit.set(j, i, one);
      const RationalMatrix image = map(unit);
      long row = 0;
      for (long k = 0; k < n; ++k)
        for (long m = k; m < n; ++m) result.set(row++, column, image(k, m));
    }
  return result;
}

RationalMatrix sandwich(const RationalMatrix& m) {
  return on_symmetric(m.rows(), [&](const RationalMatrix& v) { return m * v * m.transposed(); });
}

/// N(V) = E[(P - W) V (P - W)'].
RationalMatrix covariance(const Reformulation& system) {
  const long n = system.dimension(), size = n * (n + 1) / 2;
  RationalMatrix sum(size, size);
  for (const auto& [probability, projection] : system.outcomes)
    sum = sum + probability * sandwich(projection - system.mean);
  return sum;
}

/// A number that is negative if the solution X of operator X = I is certainly positive definite, positive if it
/// certainly is not, and indeterminate otherwise; near a singular operator it is smooth.
Ball definiteness(const BallMatrix& op, long n) {
  BallMatrix identity(op.rows(), 1);
  for (long i = 0, k = 0; i < n; k += n - i, ++i) identity.set(k, 0, 1);
  const auto solution = op.solve(identity);
  if (!solution) return Ball::infinity() - Ball::infinity();
  BallMatrix X(n, n);
  Ball trace;
  long k = 0;
  for (long i = 0; i < n; ++i)
    for (long j = i; j < n; ++j, ++k) {
      X.set(i, j, (*solution)(k, 0));
      if (i == j) trace += (*solution)(k, 0);
    }
  const Ternary positive = is_positive_definite(X);
  if (positive == Ternary::unknown) return Ball::infinity() - Ball::infinity();
  const Ball size = abs(Ball(1) / trace);
  return positive == Ternary::yes ? -size : size;
}

/// 1/Gamma of two eigenvalues: a = (1-theta) z^{-1/2}, with the sum and the product of the two b = theta(1 - omega
/// lambda) z^{-(D+1)/2}.
Ball inverse_gamma(const Ball& a, const Ball& b_sum, const Ball& bb, long D) {
  const Ball trace = (Ball(1) + a * a - bb) / a, discriminant = (trace - 2) * (trace + 2);
  // s_k and v_k = m^k + m^{-k}, doubled along the bits of D.
  Ball s = 0, v = 2;
  const auto next = [&] { return (trace * s + v) / 2; };
  int bit = 0;
  while (D >> bit) ++bit;
  while (bit-- > 0) {
    s = s * v;
    v = v * v - 2;
    if ((D >> bit) & 1) {
      const Ball raised = next();
      v = (trace * v + discriminant * s) / 2;
      s = raised;
    }
  }
  return Ball(1) - a * a - bb - a * (b_sum + Ball(2) * bb * s) / (next() - a * s);
}

/// The delay-free reduction: 1/Gamma - c z^{-1-D} N on upper triangles, for z = e^{-y}.
class Reduction {
 public:
  Reduction(const Reformulation& system, const Rational& theta, const Rational& omega, long D)
      : n_(system.dimension()),
        D_(D),
        kept_(one - theta),
        N_(BallMatrix(theta * theta * omega * omega * covariance(system))) {
    const std::vector<Ball> lambda = real_eigenvalues(system.mean);
    const std::vector<BallMatrix> projector = spectral_projectors(system.mean, lambda);
    for (std::size_t a = 0; a < lambda.size(); ++a)
      for (std::size_t b = a; b < lambda.size(); ++b) {
        const Ball ba = Ball(theta) * (Ball(1) - Ball(omega) * lambda[a]),
                   bb = Ball(theta) * (Ball(1) - Ball(omega) * lambda[b]);
        pairs_.push_back({ba + bb, ba * bb, component(projector[a], projector[b], a == b)});
      }
  }

  Ball sign(const Ball& y) const {
    const Ball half = y / 2, a = Ball(kept_) * exp(half), growth = exp(Ball(D_ + 1) * half), full = growth * growth;
    BallMatrix op = (-full) * N_;
    for (const Pair& p : pairs_) op += inverse_gamma(a, growth * p.sum, full * p.product, D_) * p.component;
    return definiteness(op, n_);
  }

 private:
  struct Pair {
    Ball sum, product;     ///< of b at z = 1
    BallMatrix component;  ///< V -> E_a V E_b' (+ E_b V E_a')
  };

  /// E_a = prod over b != a of (W - lambda_b)/(lambda_a - lambda_b), which needs no eigenvectors and allows
  /// multiplicities.
  static std::vector<BallMatrix> spectral_projectors(const RationalMatrix& mean, const std::vector<Ball>& lambda) {
    const BallMatrix W(mean), I = BallMatrix::identity(mean.rows());
    std::vector<BallMatrix> result;
    for (std::size_t a = 0; a < lambda.size(); ++a) {
      BallMatrix E = I;
      for (std::size_t b = 0; b < lambda.size(); ++b)
        if (b != a) E = E * (Ball(1) / (lambda[a] - lambda[b]) * (W - lambda[b] * I));
      result.push_back(std::move(E));
    }
    return result;
  }

  static BallMatrix component(const BallMatrix& Ea, const BallMatrix& Eb, bool same) {
    const long n = Ea.rows(), size = n * (n + 1) / 2;
    BallMatrix result(size, size);
    for (long i = 0, column = 0; i < n; ++i)
      for (long j = i; j < n; ++j, ++column)
        for (long k = 0, row = 0; k < n; ++k)
          for (long m = k; m < n; ++m, ++row) {
            // The image of the unit matrix with ones at (i, j) and (j, i).
            Ball x = Ea(k, i) * Eb(m, j);
            if (i != j) x += Ea(k, j) * Eb(m, i);
            if (!same) {
              x += Eb(k, i) * Ea(m, j);
              if (i != j) x += Eb(k, j) * Ea(m, i);
            }
            result.set(row, column, x);
          }
    return result;
  }

  long n_, D_;
  Ball kept_;
  BallMatrix N_;
  std::vector<Pair> pairs_;
};

/// A lower bound of -ln z_det for the mean's growth factor z_det = rho_det^2 over the whole spectrum of W: as a
/// function of b the modulus is largest at an end.
Ball mean_log_rate_bound(const Reformulation& system, const Rational& theta, const Rational& omega, long D) {
  const auto rate = [&](const Rational& lambda) {
    return weak_log_rate(one - theta, theta * (one - omega * lambda), D).lower_end();
  };
  // A rounded eigenvalue could come too close to where the dominant roots turn complex for any precision to decide.
  if (system.dimension() == 1) return Ball(2) * rate(system.mean(0, 0));
  const auto [least, largest] = system.extremes();
  const auto at = [&](const Ball& end) {
    Rational lambda;
    arf_get_fmpq(lambda.raw(), arb_midref(end.raw()));
    return rate(lambda);
  };
  return Ball(2) * min(at(least.lower_end()), at(largest.upper_end()));
}

void check(const Rational& theta, const Rational& omega, long D) {
  if (theta.sign() < 0 || one < theta) throw DomainError("theta", theta.to_decimal(17), "0 <= theta <= 1");
  if (omega.sign() < 0) throw DomainError("omega", omega.to_decimal(17), "omega >= 0");
  if (D < 0) throw DomainError("delta", std::to_string(D), "an integer delta >= 0");
}

/// -ln of the spectral radius of V -> (I - omega W) V (I - omega W)' + (omega^2/tau) N(V).
Ball undelayed_log_rate(const Reformulation& system, const Rational& omega, const Rational& tau) {
  // omega = 0 does nothing; with one sketch omega = 2 reflects the error, which keeps its length.
  if (omega.sign() == 0 || (omega == two && tau == one)) return 0;
  const RationalMatrix I = RationalMatrix::identity(system.dimension());
  if (system.is_deterministic()) {
    const Rational factor = abs(one - omega);
    return factor == one ? Ball(0) : factor.sign() == 0 ? Ball::infinity() : Ball(-2) * log(Ball(factor));
  }
  const RationalMatrix op = sandwich(I - omega * system.mean) + omega * omega / tau * covariance(system);
  if (op.rows() == 1) return op(0, 0) == one ? Ball(0) : -log(Ball(op(0, 0)));
  const BallMatrix T(op), unit = BallMatrix::identity(T.rows());
  const auto f = [&](const Ball& y) { return definiteness(exp(-y) * unit - T, system.dimension()); };
  Ball lower = -1, upper = 1;
  while (!certainly_less(f(lower), 0)) lower = lower * 2;
  while (!certainly_less(0, f(upper))) upper = upper * 2;
  return certified_root(f, lower, upper);
}

}  // namespace

Ball second_moment_log_rate(const Reformulation& system, const Rational& theta, const Rational& omega, long D) {
  check(theta, omega, D);
  if (theta.sign() == 0 || omega.sign() == 0) return 0;
  if (D == 0) return undelayed_log_rate(system, theta * omega, one);
  // theta = 1 interleaves D+1 independent runs of the basic method.
  if (theta == one) return undelayed_log_rate(system, omega, one) / Ball(D + 1);
  if (covariance(system).is_zero())
    return Ball(2) * weak_log_rate(one - theta, theta * (one - omega * system.mean(0, 0)), D);
  const Reduction reduction(system, theta, omega, D);
  const auto f = [&](const Ball& y) { return reduction.sign(y); };
  const Ball upper = mean_log_rate_bound(system, theta, omega, D);
  Ball step = upper.contains_zero() ? Ball(Rational(1, D + 1)) : abs(upper) / 2, lower = upper - step;
  while (!certainly_less(f(lower), 0)) {
    step = step * 2;
    lower = lower - step;
    if (certainly_less(Ball(1L << 40), step)) throw Undecided("the second moment's growth factor has no enclosure");
  }
  return certified_root(f, lower, upper);
}

Ball synchronous_second_moment(const Reformulation& system, const Rational& omega, const Rational& tau) {
  if (omega.sign() < 0) throw DomainError("omega", omega.to_decimal(17), "omega >= 0");
  if (tau < one) throw DomainError("tau", tau.to_decimal(17), "tau >= 1");
  const Ball y = undelayed_log_rate(system, omega, tau);
  return y.is_finite() ? exp(-y) : Ball(0);
}

}  // namespace asyncert::apsgd
