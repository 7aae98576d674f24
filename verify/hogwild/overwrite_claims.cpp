// Assumptions 2 to 4: delays of reads, overwritten coordinates, and which index is written when.
#include <algorithm>
#include <array>

#include "lib/certificate.hpp"
#include "verify/hogwild/claims.hpp"

namespace asyncert::hogwild {

namespace {

/// Two indices i and s, fair and independent, w_hat = s, B = 1 where i != s; f_i = (w - phi_i)^2/2 with phi = (0, 2).
Evidence dependent_overwrites(bool conditional) {
  Evidence e;
  e.coverage = Coverage::sample;
  e.method = "exact: all four values of the two fair bits i and s, w_hat = s";
  const Rational phi[2] = {0, 2}, half(1, 2);
  for (int s = 0; s < 2; ++s) {
    Rational mean_B, mean_product, gradient;
    for (int i = 0; i < 2; ++i) {
      const Rational g = Rational(s) - phi[i];
      const Rational B = conditional ? half : Rational(i != s ? 1 : 0);  // independent: its mean
      mean_B += half * B;
      mean_product += half * B * g;
      gradient += half * g;
    }
    e.hypotheses.push_back({"E[B | w_hat] = 1/2", mean_B == half, "w_hat = " + std::to_string(s)});
    e.comparisons.push_back({.label = "E[B grad f_i(w_hat) | w_hat] = E[B] grad f(w_hat)",
                             .left = mean_product,
                             .relation = Relation::equal,
                             .right = half * gradient,
                             .instance = Object()
                                             .add("w_hat", s)
                                             .add("phi", List{phi[0], phi[1]})
                                             .add("B", conditional ? "independent of i" : "1 where i != s")});
  }
  Rational joint;  // E[B; i = 0]
  for (int s = 0; s < 2; ++s) joint += Rational(1, 4) * (conditional ? half : Rational(s != 0 ? 1 : 0));
  e.hypotheses.push_back({"B and i are independent", joint == half * half, "E[B; i = 0] = " + joint.to_string()});
  return e;
}

/// Given (w, w_hat), an index i of n and one entry b of B_t with P(b = 1 | i) = p_i: the mean of b g_i. With one p for
/// all indices it is p times the mean of g_i, which is an identity for each index on its own, hence for every n.
Evidence independent_overwrites() {
  Certificate e(
      "given (w, w_hat), one entry of B_t and n = 3 indices: the sum over all six outcomes; each index adds its own "
      "term to both sides, so that any n, any law and any dimension only add such terms");
  e.identity(
      "sum over i and b of P(i) P(b) b g_i = E[b] (g_1 + g_2 + g_3)/3", {{"p", 1}, {"g_1", 1}, {"g_2", 1}, {"g_3", 1}},
      [](const Point& v) {
        Rational mean;
        for (std::size_t i = 1; i <= 3; ++i)
          for (const long b : {0L, 1L}) mean += Rational(1, 3) * (b == 1 ? v[0] : 1 - v[0]) * Rational(b) * v[i];
        return mean;
      },
      [](const Point& v) { return v[0] * (v[1] + v[2] + v[3]) / 3; });
  return with_search(e, dependent_overwrites(true));
}

/// Two threads start together; index 1 costs one unit of time, index 2 costs five. The first write has index 1 unless
/// both drew 2.
Evidence first_written_index() {
  Rational probability;
  for (int a = 1; a <= 2; ++a)
    for (int b = 1; b <= 2; ++b)
      if (std::min(a, b) == 1) probability += Rational(1, 4);
  return at_instance("exact: all four draws of two threads that start together, computing times 1 and 5",
                     {.label = "1/n < P(index of the first write is the cheap one)",
                      .left = Rational(1, 2),
                      .relation = Relation::less,
                      .right = probability,
                      .instance = Object().add("n", 2).add("threads", 2).add("times", List{1, 5})});
}

/// One thread stores coordinate 0 (its label is 0), loads coordinate 1 and stalls; meanwhile `others` updates of
/// coordinate 1 are made, each by a fresh read, and all of them die when the stalled store comes. A coordinate of the
/// memory is the set of updates that are in it.
Evidence stalled_store() {
  constexpr int others = 6;
  using Set = unsigned;
  std::array<Set, 2> memory{};
  std::vector<std::array<Set, 2>> view;  // what each label's update read
  view.push_back(memory);
  const Set loaded = memory[1];
  memory[0] |= 1U;  // label 0
  for (int label = 1; label <= others; ++label) {
    view.push_back(memory);
    memory[1] |= 1U << label;
  }
  memory[1] = loaded | 1U;  // the stalled store
  // Before a(t) a read agrees with the write sequence, which is made of the updates that survive.
  long delay = 0;
  for (int reader = 0; reader <= others; ++reader)
    for (std::size_t k = 0; k < 2; ++k)
      for (int label = 0; label < reader; ++label)
        if (((view[static_cast<std::size_t>(reader)][k] ^ memory[k]) >> label & 1U) != 0)
          delay = std::max(delay, static_cast<long>(reader - label));
  const Object instance =
      Object().add("threads", 2).add("coordinates", 2).add("updates_during_the_stall", static_cast<long>(others));
  Evidence e;
  e.method = "exact replay: a store of two coordinates is interrupted between them by 6 complete updates";
  e.comparisons.push_back({.label = "updates between a read and its first store < the delay that (3) needs",
                           .left = 0,
                           .relation = Relation::less,
                           .right = delay,
                           .instance = instance});
  e.comparisons.push_back({.label = "the delay that (3) needs = updates between the stalled update's two stores",
                           .left = delay,
                           .relation = Relation::equal,
                           .right = others,
                           .instance = instance});
  return e;
}

/// Two coordinates with any joint law p_ij = P(B_t = diag(i, j)), dependent or not: the first is overwritten with
/// probability 1 - b_1, b_1 the first entry of B = E[B_t], and b_1 >= alpha.
Evidence overwrite_probability() {
  Certificate e(
      "identity in the joint law of the overwrites of two coordinates: P(overwritten) = 1 - b with b = E[(B_t)_11], "
      "and b >= alpha as alpha is the smallest diagonal entry of B; a further coordinate only splits the outcomes");
  e.identity(
      "p_00 + p_01 = 1 - (p_10 + p_11)", {{"p_01", 1}, {"p_10", 1}, {"p_11", 1}},
      [](const Point& v) {
        const Rational p00 = Rational(1) - v[0] - v[1] - v[2];
        return p00 + v[0];
      },
      [](const Point& v) { return Rational(1) - (v[1] + v[2]); });
  return e;
}

/// x'Bx is the sum of b_k x_k^2 with b_k = P((B_t)_kk = 1): what it lacks of |x|^2 are the overwritten parts.
Evidence eigenvalues_of_B() {
  Certificate e("identity for one coordinate: B_t is the case of a certain outcome, p = 0 or 1");
  e.identity(
      "x^2 - p x^2 = (1-p) x^2", {{"p", 1}, {"x", 2}}, [](const Point& v) { return v[1] * v[1] - v[0] * v[1] * v[1]; },
      [](const Point& v) { return (1 - v[0]) * v[1] * v[1]; });
  e.nonnegative("0 <= p x^2, x^2 = 1", {{"p", 0, 1}}, [](const Point& v) { return v[0]; });
  e.nonnegative("0 <= (1-p) x^2, x^2 = 1", {{"p", 0, 1}}, [](const Point& v) { return 1 - v[0]; });
  return e;
}

Evidence some_coordinate_overwritten() {
  const long d = 100;
  const Rational alpha(99, 100);
  return at_instance("exact: independent coordinates that survive with probability alpha",
                     {.label = "1 - alpha < P(some coordinate of an update is overwritten)",
                      .left = Rational(1) - alpha,
                      .relation = Relation::less,
                      .right = Rational(1) - pow(alpha, d),
                      .instance = Object().add("d", d).add("alpha", Fraction{alpha})});
}

}  // namespace

void register_overwrite_claims(ClaimRegistry& registry) {
  registry.add({
      .id = "hogwild.assumption2.read_to_write_delay",
      .source = "Assumption 2 with (3)",
      .statement =
          R"(When 6 updates interrupt a store of two coordinates, (3) needs the delay 6, although no update has another between its read and its first store)",
      .procedure = [](const Context&) { return stalled_store(); },
      .note = "A store that stalls between two coordinates kills updates that other threads have read already, so tau "
              "must also cover the windows between an update's first and last store, as the paper's \"completely "
              "written\" says.",
  });
  registry.add({
      .id = "hogwild.assumption3.eigenvalues",
      .source = "Assumption 3, remark on eigenvalues",
      .statement = R"($B_t$ and $B$ are positive semidefinite with eigenvalues of at most 1)",
      .procedure = [](const Context&) { return eigenvalues_of_B(); },
  });
  registry.add({
      .id = "hogwild.assumption3.overwrite_probability",
      .source = "Assumption 3, remark, for one coordinate",
      .statement = R"(A coordinate of an update is overwritten with probability at most $1-\alpha$)",
      .procedure = [](const Context&) { return overwrite_probability(); },
  });
  registry.add({
      .id = "hogwild.assumption3.whole_update",
      .source = "Assumption 3, remark, for a whole update",
      .statement =
          R"(Of 100 independent coordinates with $\alpha=99/100$ some one is overwritten with a probability above $1-\alpha$)",
      .procedure = [](const Context&) { return some_coordinate_overwritten(); },
      .note = "0.634 against 0.01: the remark's bound is one for each coordinate, not for the write step as a whole.",
  });
  registry.add({
      .id = "hogwild.assumption4.independence.printed",
      .source = "Assumption 4",
      .statement =
          R"($B_t$ independent of $i_t$ gives $E[B_t\nabla f_{i_t}(\hat w_t)\mid w_t,\hat w_t]=B\nabla f(\hat w_t)$)",
      .expected = Verdict::refuted,
      .procedure = [](const Context&) { return dependent_overwrites(false); },
      .note = "The independence must hold conditionally on (w_t, w_hat_t), with i_t uniform given them.",
      .instead = "hogwild.assumption4.independence",
  });
  registry.add({
      .id = "hogwild.assumption4.independence",
      .source = "Assumption 4, corrected",
      .statement =
          R"($B_t$ independent of $i_t$, and $i_t$ uniform, both given $(w_t,\hat w_t)$: $E[B_t\nabla f_{i_t}(\hat w_t)\mid w_t,\hat w_t]=B\nabla f(\hat w_t)$)",
      .procedure = [](const Context&) { return independent_overwrites(); },
  });
  registry.add({
      .id = "hogwild.index.not_uniform_in_write_order",
      .source = "(2), hidden assumption",
      .statement =
          R"(Of two threads that draw a cheap or a dear index uniformly, the first to write has the cheap one with more than $1/n=1/2$)",
      .procedure = [](const Context&) { return first_written_index(); },
      .note = "Cheap indices are written first. Labels by the start of the read, or equal costs, repair it.",
  });
}

}  // namespace asyncert::hogwild
