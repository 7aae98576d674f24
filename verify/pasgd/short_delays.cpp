#include "verify/pasgd/short_delays.hpp"

#include <algorithm>
#include <optional>

namespace asyncert::pasgd {

const std::vector<ShortDelayWeights>& short_delay_weights() {
  static const std::vector<ShortDelayWeights> rows = {{4, 908, 1398, {422, 320, 354, 241, 519, 400, 298, 281}},
                                                      {4, 590, 908, {422, 320, 354, 241, 519, 400, 298, 281}},
                                                      {4, 383, 590, {454, 343, 269, 216, 404, 347, 313, 310}},
                                                      {4, 0, 383, {124, 327, 116, 216, 400, 341, 150, 205}},
                                                      {3, 1251, 1925, {339, 402, 331, 402, 310, 356}},
                                                      {3, 813, 1251, {320, 361, 333, 396, 294, 367}},
                                                      {3, 528, 813, {334, 296, 206, 375, 242, 307}},
                                                      {3, 0, 528, {110, 236, 170, 390, 195, 230}},
                                                      {2, 1990, 3062, {373, 251, 214, 436, 372, 387}},
                                                      {2, 1293, 1990, {391, 265, 239, 456, 345, 780}},
                                                      {2, 969, 1293, {133, 245, 233, 355, 313, 508}},
                                                      {2, 881, 969, {200, 214, 213, 310, 300, 458}},
                                                      {2, 801, 881, {217, 183, 287, 275, 233, 418}},
                                                      {2, 656, 801, {130, 171, 125, 249, 206, 342}},
                                                      {2, 0, 656, {274, 183, 345, 221, 190, 249}}};
  return rows;
}

ReadCharges read_charges(const ShortDelayWeights& row, const Rational& h) {
  ReadCharges charges;
  for (std::size_t i = 0; i < row.nu.size(); ++i) {
    const Rational nu(row.nu[i], 1000), n(static_cast<long>(i) % row.T + 1), one(1);
    charges.own.push_back(one - one / (Rational(1, 2) + n / Rational(4 * row.T) + nu));
    charges.others.push_back(h * h * n / nu);
  }
  return charges;
}

Rational worst_charge(const ShortDelayWeights& row, const Rational& h, const Rational& share) {
  const long T = row.T, later = static_cast<long>(row.nu.size()) / T - 1;
  const Rational budget = share * Rational(4 * T * T * T) * h * h;
  const ReadCharges charges = read_charges(row, h);
  std::vector<Rational> largest(static_cast<std::size_t>(later) + 1);
  for (std::size_t i = 0; i < charges.others.size(); ++i) {
    Rational& most = largest[i / static_cast<std::size_t>(T)];
    most = max(most, charges.others[i]);
  }
  std::optional<Rational> worst;
  for (long vertex = 0; vertex < 1L << (T + 1); ++vertex) {
    const auto P = [&](long m) { return m <= T ? vertex >> m & 1 : 0; };
    for (long i = -2 * T; i <= later; ++i) {
      Rational charge(i >= 0 ? -P(0) : 0);
      for (long n = std::max(1L, -i); n <= 2 * T; ++n) {
        const auto c = static_cast<std::size_t>(std::min(i + n, later));
        long reads = 0;
        for (long m = std::max(0L, n - T); m < n; ++m) reads += P(m);
        const std::size_t at = c * static_cast<std::size_t>(T) + static_cast<std::size_t>(n) - 1;
        charge += P(n) == 1 ? charges.own[at] + charges.others[at] * Rational(reads) : largest[c] * Rational(reads);
        if (!worst || *worst < charge - budget) worst = charge - budget;
      }
    }
  }
  return *worst;
}

}  // namespace asyncert::pasgd
