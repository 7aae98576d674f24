// Lemma 8 with T^3 for short delays: what the reads of one window charge to each gradient.
#pragma once

#include <vector>

#include "lib/rational.hpp"

namespace asyncert::pasgd {

/// Weights nu_{c,n} in thousandths, for the steps k = 0, ..., C-1 of the window and for all later ones (c = C), n = 1,
/// ..., T each, in this order, and the range of h = M eta L, in 1/10000, in which they serve.
struct ShortDelayWeights {
  long T, from, to;
  std::vector<long> nu;
};

/// For T = 4, 3, 2 in turn, from the largest h down to 0.
const std::vector<ShortDelayWeights>& short_delay_weights();

/// kappa and h^2 n/nu of each nu of `row`: a read of g_i in step k = i + n has, by Cauchy's inequality with the weights
/// 1/2, n/(4T) and nu,
///   |g_i|^2 (1 - kappa) <= 2|g_k|^2 + 4h^2 T sum |Z_j|^2 + (n/nu) h^2 sum |G_j|^2, j = i..k-1,
/// 1 - kappa = 1/(1/2 + n/(4T) + nu), everything over M: kappa is charged to g_i, the last term to what the G_j read.
struct ReadCharges {
  std::vector<Rational> own, others;
};
ReadCharges read_charges(const ShortDelayWeights& row, const Rational& h);

/// The largest charge to a gradient less its budget share * 4h^2 T^3, over all shares of reads, all gradients and all
/// ends of the window.
///
/// With P_m the share of step i + m's reads that is g_i, step k = i + n charges g_i P_n kappa_n + h^2 [P_n n/nu_n + (1
/// - P_n) W] (P_{n-1} + ... + P_{n-T}), W the largest n/nu of the step, if k >= 0; a step of the window that reads its
/// own gradient leaves 2|g_i|^2 - |g_i|^2. This is multi-affine in the P_m, which may be taken 0 or 1 therefore.
Rational worst_charge(const ShortDelayWeights& row, const Rational& h, const Rational& share);

}  // namespace asyncert::pasgd
