#include "verify/pasgd/descent_proofs.hpp"

#include <algorithm>

namespace asyncert::pasgd {

namespace {

const Rational one(1), two(2), three(3), half(1, 2);

/// n (v_1^2 + ... + v_n^2) - (v_1 + ... + v_n)^2 = sum of (v_i - v_j)^2 over the pairs, coordinate by coordinate.
void cauchy_schwarz(Certificate& e) {
  e.identity(
      "n sum v_i^2 - (sum v_i)^2, the part of a pair: v_i^2 + v_j^2 - 2 v_i v_j = (v_i - v_j)^2",
      {{"v_i", 2}, {"v_j", 2}}, [](const Point& v) { return v[0] * v[0] + v[1] * v[1] - two * v[0] * v[1]; },
      [](const Point& v) { return (v[0] - v[1]) * (v[0] - v[1]); });
}

/// 2 (G^2 + Z^2) - (G + Z)^2 = (G - Z)^2.
void two_parts(Certificate& e) {
  e.identity(
      "2 (G^2 + Z^2) - (G + Z)^2 = (G - Z)^2", {{"G", 2}, {"Z", 2}},
      [](const Point& v) { return two * (v[0] * v[0] + v[1] * v[1]) - (v[0] + v[1]) * (v[0] + v[1]); },
      [](const Point& v) { return (v[0] - v[1]) * (v[0] - v[1]); });
}

}  // namespace

Evidence equation10_proof() {
  Certificate e(
      "Assumption 1 integrated along the segment gives f(y) - f(x) <= <g, y-x> + (L/2)|y-x|^2, put in at y - x = -eta "
      "(G + Z): identity coordinate by coordinate");
  e.identity(
      "g s + (L/2) s^2 at s = -eta (G + Z)", {{"g", 1}, {"G", 2}, {"Z", 2}, {"eta", 2}, {"L", 1}},
      [](const Point& v) {
        const Rational step = -v[3] * (v[1] + v[2]);
        return v[0] * step + v[4] / 2 * step * step;
      },
      [](const Point& v) {
        const Rational sum = v[1] + v[2];
        return v[3] * v[3] * v[4] / 2 * sum * sum - v[3] * v[0] * sum;
      });
  return e;
}

Evidence lemma6_proof() {
  Certificate e(
      "from (10) by identities coordinate by coordinate: <g, G> as in (32), |G + Z|^2 <= (3/2)|G|^2 + 3|Z|^2, |Mg - "
      "G|^2 <= M sum_m |g - g_m|^2 with |g - g_m| <= L eta |sum of at most T steps G_j + Z_j|, Cauchy-Schwarz");
  e.identity(
      "(3/2) G^2 + 3 Z^2 - (G + Z)^2 = (G - 2Z)^2/2", {{"G", 2}, {"Z", 2}},
      [](const Point& v) { return three / two * v[0] * v[0] + three * v[1] * v[1] - (v[0] + v[1]) * (v[0] + v[1]); },
      [](const Point& v) { return half * (v[0] - two * v[1]) * (v[0] - two * v[1]); });
  e.identity(
      "2M g G = M^2 g^2 + G^2 - (M g - G)^2", {{"M", 2}, {"g", 2}, {"G", 2}},
      [](const Point& v) { return two * v[0] * v[1] * v[2]; },
      [](const Point& v) {
        const Rational gap = v[0] * v[1] - v[2];
        return v[0] * v[0] * v[1] * v[1] + v[2] * v[2] - gap * gap;
      });
  cauchy_schwarz(e);
  two_parts(e);
  // (eta/2M) |Mg - G|^2 <= (eta/2M) M^2 L^2 eta^2 T 2 sum (|G_j|^2 + |Z_j|^2)
  e.identity(
      "(eta/2M) M^2 L^2 eta^2 2T = L^2 T M eta^3, times M", {{"eta", 3}, {"M", 2}, {"L", 2}, {"T", 1}},
      [](const Point& v) { return v[0] / 2 * v[1] * v[1] * v[2] * v[2] * v[0] * v[0] * two * v[3]; },
      [](const Point& v) { return v[2] * v[2] * v[3] * v[1] * v[0] * v[0] * v[0] * v[1]; });
  e.identity(
      "coefficient of |G|^2: (eta^2 L/2)(3/2) - eta/(2M) = 3 eta^2 L/4 - eta/(2M), times M",
      {{"eta", 2}, {"L", 1}, {"M", 1}},
      [](const Point& v) { return v[0] * v[0] * v[1] / 2 * three / two * v[2] - v[0] / 2; },
      [](const Point& v) { return three * v[0] * v[0] * v[1] / 4 * v[2] - v[0] / 2; });
  return e;
}

void lemma6_summed(Certificate& e) {
  e.identity(
      "of |G_j|^2, times M: 3 eta^2 L/4 - eta/(2M) + L^2 T M eta^3 T = eta^2 (3L/4 + L^2 M T^2 eta) - eta/(2M)",
      {{"eta", 3}, {"L", 2}, {"M", 2}, {"T", 2}},
      [](const Point& v) {
        const Rational &eta = v[0], &L = v[1], &M = v[2], &T = v[3];
        return M * (three * eta * eta * L / 4 + L * L * T * M * eta * eta * eta * T) - eta / 2;
      },
      [](const Point& v) {
        const Rational &eta = v[0], &L = v[1], &M = v[2], &T = v[3];
        return M * eta * eta * (three * L / 4 + L * L * M * T * T * eta) - eta / 2;
      });
  for (long T = 0; T <= 12; ++T) {
    long windows = 0;  // k > 0 whose window holds j = 0
    for (long k = 1; k <= 3 * T + 1; ++k) windows += k - T <= 0 ? 1 : 0;
    e.compare({.label = "windows with a given step",
               .left = windows,
               .relation = Relation::equal,
               .right = T,
               .instance = Object().add("T", T)});
  }
}

Evidence equation11_proof() {
  Certificate e(
      "Lemma 6 summed over k = 0..K, in expectation: <grad f(x_k), noise of step k> has the mean 0 given the past, "
      "every step j >= 0 lies in at most T windows k-T..k-1, and nothing moved before step 0: identities for the "
      "coefficients, the first of which is at most 0 by (a)");
  lemma6_summed(e);
  e.identity(
      "of |Z_j|^2: 3 eta^2 L/2 + T L^2 T M eta^3 = 3 eta^2 L/2 + L^2 T^2 M eta^3",
      {{"eta", 3}, {"L", 2}, {"M", 1}, {"T", 2}},
      [](const Point& v) {
        return three * v[0] * v[0] * v[1] / 2 + v[3] * (v[1] * v[1] * v[3] * v[2] * v[0] * v[0] * v[0]);
      },
      [](const Point& v) {
        return three * v[0] * v[0] * v[1] / 2 + v[1] * v[1] * v[3] * v[3] * v[2] * v[0] * v[0] * v[0];
      });
  return e;
}

Evidence lemma8_proof() {
  Certificate e(
      "x_t - x_0 = -eta sum (M g_k + (G_k - M g_k) + Z_k) in three parts; |M g_k - G_k|^2 as in Lemma 6, |G_j|^2 <= M "
      "sum_m |g_{j - tau}|^2, every j in at most T windows and every gradient read at T + 1 different j: identities "
      "and counts");
  e.identity(
      "3 (a^2 + b^2 + c^2) - (a + b + c)^2 = (a-b)^2 + (b-c)^2 + (c-a)^2", {{"a", 2}, {"b", 2}, {"c", 2}},
      [](const Point& v) {
        const Rational sum = v[0] + v[1] + v[2];
        return three * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) - sum * sum;
      },
      [](const Point& v) {
        const Rational x = v[0] - v[1], y = v[1] - v[2], z = v[2] - v[0];
        return x * x + y * y + z * z;
      });
  cauchy_schwarz(e);
  two_parts(e);
  for (long T = 1; T <= 12; ++T) {
    long windows = 0, reads = 0;
    for (long k = 1; k <= 3 * T; ++k) windows += k - T <= 0 && 0 <= k - 1 ? 1 : 0;  // k whose window holds j = 0
    for (long j = -T; j <= 2 * T; ++j) reads += 0 <= j && j <= T ? 1 : 0;           // j that can read i = 0
    e.compare({.label = "windows with a given step",
               .left = windows,
               .relation = Relation::equal,
               .right = T,
               .instance = Object().add("T", T)});
    e.compare({.label = "steps that read a given iterate",
               .left = reads,
               .relation = Relation::equal,
               .right = T + 1,
               .instance = Object().add("T", T)});
  }
  e.identity(
      "(1/M^2) M^2 L^2 eta^2 2T T M M (T+1) = 2 L^2 M^2 eta^2 T^2 (T+1)", {{"M", 2}, {"L", 2}, {"eta", 2}, {"T", 3}},
      [](const Point& v) { return v[1] * v[1] * v[2] * v[2] * two * v[3] * v[3] * v[0] * v[0] * (v[3] + one); },
      [](const Point& v) { return two * v[1] * v[1] * v[0] * v[0] * v[2] * v[2] * v[3] * v[3] * (v[3] + one); });
  return e;
}

Evidence equation27_proof() {
  Certificate e(
      "|Mg_k - G_k| <= sum_m L |x_k - x_{k - tau_m}|, |x_k - x_{k-tau}|^2 <= eta^2 T sum |G_j + Z_j|^2 <= 2 eta^2 T "
      "sum "
      "(|G_j|^2 + |Z_j|^2) over the T steps before k; |G_j|^2 <= M sum_m |g_{j-tau}|^2, and T steps can read the same "
      "iterate: identities, and a count");
  cauchy_schwarz(e);
  two_parts(e);
  e.identity(
      "2 M^2 L^2 eta^2 T times M M T = 2 M^2 L^2 eta^2 T^2 M^2", {{"M", 4}, {"L", 2}, {"eta", 2}, {"T", 2}},
      [](const Point& v) { return two * v[0] * v[0] * v[1] * v[1] * v[2] * v[2] * v[3] * (v[0] * v[0] * v[3]); },
      [](const Point& v) {
        const Rational gain = v[0] * v[1] * v[2] * v[3];
        return two * gain * gain * v[0] * v[0];
      });
  for (long T = 1; T <= 12; ++T) {
    long most = 0;  // of the steps k-T..k-1, k = 0, those that can read the iterate i
    for (long i = -2 * T; i <= -1; ++i) {
      long reads = 0;
      for (long j = -T; j <= -1; ++j) reads += j - T <= i && i <= j ? 1 : 0;
      most = std::max(most, reads);
    }
    e.compare({.label = "steps of the window that read a given iterate <= T",
               .left = most,
               .right = T,
               .instance = Object().add("T", T)});
  }
  return e;
}

Evidence equation28_proof() {
  Certificate e(
      "|g_k|^2 <= 2|g_{k-1}|^2 + 2L^2 eta^2 |G_{k-1} + Z_{k-1}|^2, |G_{k-1} + Z_{k-1}|^2 <= 2|G_{k-1}|^2 + "
      "2|Z_{k-1}|^2, and |G_{k-1}|^2 <= M^2 max |g_i|^2 over k-1-T <= i <= k-1, which lies in the block k-2T..k-1 for "
      "T >= 1; what (28) has more is not negative: identities");
  cauchy_schwarz(e);
  two_parts(e);
  e.identity(
      "2 L^2 eta^2 2 M^2 = 4 L^2 eta^2 M^2", {{"L", 2}, {"eta", 2}, {"M", 2}},
      [](const Point& v) { return two * v[0] * v[0] * v[1] * v[1] * two * v[2] * v[2]; },
      [](const Point& v) { return Rational(4) * v[0] * v[0] * v[1] * v[1] * v[2] * v[2]; });
  e.nonnegative("(k-1-T) - (k-2T) = T - 1 at T = 1 + t", {{"t", 0, 1000000}}, [](const Point& v) { return v[0]; });
  return e;
}

}  // namespace asyncert::pasgd
