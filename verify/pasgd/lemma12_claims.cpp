// The fundamental solution over all delay sequences: Lemma 12 and the extreme delays.
#include <algorithm>
#include <functional>

#include "bounds/pasgd/fundamental.hpp"
#include "lib/certificate.hpp"
#include "verify/pasgd/claims.hpp"
#include "verify/pasgd/delay_sequences.hpp"

namespace asyncert::pasgd {

namespace {

constexpr long steps = 8, largest_delay = 2;
constexpr const char* enumeration =
    "all 3^8 delay sequences with T = 2 and 8 steps, coefficient by coefficient in a; M > 1 by averaging over the "
    "gradients of a step";

/// The smallest coefficient of all differences that `least` finds for one sequence.
Evidence over_all_sequences(const std::string& label, const std::function<long(const std::vector<long>&)>& least) {
  long smallest = 1;
  for_each_delay_sequence(largest_delay, steps,
                          [&](const std::vector<long>& delays) { smallest = std::min(smallest, least(delays)); });
  return single({.label = label,
                 .left = Rational(0),
                 .relation = Relation::less_equal,
                 .right = Rational(smallest),
                 .instance = Object().add("T", largest_delay).add("steps", steps)},
                enumeration, Coverage::domain);
}

/// D(k) = f(i,k) - f(i,j) f(j,k) is f(i,k) >= 0 for k < j, where f(j,.) is 0, and 0 at k = j; beyond, a step carries it
/// on with coefficients >= 0.
Evidence composition() {
  Certificate proof(
      "induction over k for every T, M and delays: D(k) = f(i,k) - f(i,j) f(j,k) has D >= 0 up to k = j and D(k+1) = "
      "D(k) + (a/M) sum D(k - tau_m), an identity");
  proof.identity(
      "(x + b y) - c (u + b v) = (x - c u) + b (y - c v)", {{"b", 1}, {"c", 1}, {"x", 1}, {"y", 1}, {"u", 1}, {"v", 1}},
      [](const Point& v) { return (v[2] + v[0] * v[3]) - v[1] * (v[4] + v[0] * v[5]); },
      [](const Point& v) { return (v[2] - v[1] * v[4]) + v[0] * (v[3] - v[1] * v[5]); });
  return with_search(
      proof, over_all_sequences("least coefficient of f(i,k) - f(i,j) f(j,k)", [](const std::vector<long>& delays) {
        std::vector<std::vector<Polynomial>> f;
        for (long i = 0; i <= steps; ++i) f.push_back(solution(delays, i));
        long least = 1;
        for (std::size_t i = 0; i <= steps; ++i)
          for (std::size_t j = i; j <= steps; ++j)
            for (std::size_t k = j; k <= steps; ++k)
              least =
                  std::min(least, smallest_coefficient_of_difference(f[i][k - i], product(f[i][j - i], f[j][k - j])));
        return least;
      }));
}

Evidence monotone() {
  const Certificate proof("f(t+1) - f(t) = (a/M) sum f(t - tau_m) with f >= 0 by induction, every T, M and delays");
  return with_search(proof,
                     over_all_sequences("least coefficient of f(0,t+1) - f(0,t)", [](const std::vector<long>& delays) {
                       const auto f = solution(delays, 0);
                       long least = 1;
                       for (std::size_t t = 0; t < steps; ++t)
                         least = std::min(least, smallest_coefficient_of_difference(f[t + 1], f[t]));
                       return least;
                     }));
}

/// Whether f lies between the solutions of the delay T and of no delay.
Evidence extremes() {
  const std::vector<long> slow(steps, largest_delay), fast(steps, 0);
  const auto below = solution(slow, 0), above = solution(fast, 0);
  Certificate proof(
      "induction over t for every T, M and delays, f nondecreasing (pasgd.lemma12.2): f(t-tau) >= f(t-T) >= f_T(t-T) "
      "carries f >= f_T on, and f(t-tau) <= f(t) gives f(t+1) <= (1+a) f(t), by identities");
  proof.identity(
      "(x + b y) - (u + b v) = (x - u) + b (y - v)", {{"b", 1}, {"x", 1}, {"y", 1}, {"u", 1}, {"v", 1}},
      [](const Point& v) { return (v[1] + v[0] * v[2]) - (v[3] + v[0] * v[4]); },
      [](const Point& v) { return (v[1] - v[3]) + v[0] * (v[2] - v[4]); });
  proof.identity(
      "(1+b) x - (x + b y) = b (x - y)", {{"b", 1}, {"x", 1}, {"y", 1}},
      [](const Point& v) { return (Rational(1) + v[0]) * v[1] - (v[1] + v[0] * v[2]); },
      [](const Point& v) { return v[0] * (v[1] - v[2]); });
  return with_search(
      proof,
      over_all_sequences("least coefficient of f - f_T and of (1+a)^t - f", [&](const std::vector<long>& delays) {
        const auto f = solution(delays, 0);
        long least = 1;
        for (std::size_t t = 0; t <= steps; ++t)
          least = std::min({least, smallest_coefficient_of_difference(f[t], below[t]),
                            smallest_coefficient_of_difference(above[t], f[t])});
        return least;
      }));
}

/// beta^2(t) - f(k,t)^2 beta^2(k) with beta^2(k) = sum_{i=first}^k f(i,k)^2: the terms i = first, ..., k by part (1),
/// the others squares.
Evidence lemma12_3() {
  const auto least = [](const std::vector<long>& delays, long first) {
    std::vector<std::vector<Polynomial>> f;
    for (long i = 0; i <= steps; ++i) f.push_back(solution(delays, i));
    std::vector<Polynomial> beta_squared;
    for (long k = 0; k <= steps; ++k) {
      Polynomial sum = {0};
      for (long i = first; i <= k; ++i) {
        const Polynomial& g = f[static_cast<std::size_t>(i)][static_cast<std::size_t>(k - i)];
        add_to(sum, product(g, g));
      }
      beta_squared.push_back(std::move(sum));
    }
    long smallest = 1;
    for (std::size_t k = 0; k <= steps; ++k)
      for (std::size_t t = k; t <= steps; ++t) {
        const Polynomial& g = f[k][t - k];
        smallest = std::min(
            smallest, smallest_coefficient_of_difference(beta_squared[t], product(product(g, g), beta_squared[k])));
      }
    return smallest;
  };
  Certificate proof(
      "f(k,t)^2 f(i,k)^2 <= f(i,t)^2 for every i <= k (pasgd.lemma12.1, f >= 0); beta^2(t) has the further squares i = "
      "k+1, ..., t, whichever i the sum begins with: an identity in one term f(i,t) = f(i,k) f(k,t) + D of the sum");
  proof.identity(
      "(g h + D)^2 - (g h)^2 = D (2 g h + D)", {{"g", 2}, {"h", 2}, {"D", 2}},
      [](const Point& v) {
        const Rational whole = v[0] * v[1] + v[2], part = v[0] * v[1];
        return whole * whole - part * part;
      },
      [](const Point& v) { return v[2] * (Rational(2) * v[0] * v[1] + v[2]); });
  Evidence e = proof;
  for (const long first : {0L, 1L})
    e = with_search(e, over_all_sequences("least coefficient of beta^2(t) - f(k,t)^2 beta^2(k), i from " +
                                              std::to_string(first) + " on",
                                          [&](const std::vector<long>& delays) { return least(delays, first); }));
  return e;
}

/// f(k,t) beta(k) = sqrt(sum_{j=0}^{k-1} f(k,t)^2 f(j,k)^2), as printed in Lemma 12 (3), against the sum that defines
/// beta.
Evidence lemma12_printed_equality() {
  const Rational a(1, 10);
  const DelaySchedule schedule{"constant_T", 1, 1};
  const Rational f01 = fundamental_solution(schedule, a, 0, 1).back(), one(1);
  return single({.label = "f(1,1)^2 sum_{i=0}^{1} f(i,1)^2 = sum_{j=0}^{0} f(1,1)^2 f(j,1)^2",
                 .left = f01 * f01 + one,
                 .relation = Relation::equal,
                 .right = f01 * f01,
                 .instance = Object().add("T", 1).add("a", a).add("k", 1).add("t", 1)},
                "exact, constant delay 1: the term j = k of beta is missing under the second root");
}

/// |f(0,t)| for x(n+1) = x(n) - g x(n - tau): a direction of positive curvature.
Evidence norm_of_stable_direction(bool small_gain) {
  if (!small_gain) {
    const Rational g(1, 2), a(1, 1000);
    std::vector<Rational> x = {1};
    for (long n = 0; n < 15; ++n) x.push_back(n < 10 ? x.back() : x.back() - g * x[static_cast<std::size_t>(n - 10)]);
    return single({.label = "f(0,15,gamma) < |f(0,15,H)|",
                   .left = fundamental_solution({"constant_T", 10, 1}, a, 0, 15).back(),
                   .relation = Relation::less,
                   .right = abs(x.back()),
                   .instance = Object().add("T", 10).add("M eta L", g).add("M eta gamma", a).add("t", 15)},
                  "exact: H with eigenvalues L and -gamma, constant delay 10");
  }
  Rational largest;
  for (const Rational& g : {Rational(1, 3), Rational(1, 6)})
    for_each_delay_sequence(largest_delay, 9, [&](const std::vector<long>& delays) {
      std::vector<Rational> x = {1};
      for (long n = 0; n < 9; ++n) {
        const long read = n - delays[static_cast<std::size_t>(n)];
        x.push_back(read < 0 ? x.back() : x.back() - g * x[static_cast<std::size_t>(read)]);
        largest = max(largest, abs(x.back()));
      }
    });
  Certificate e(
      "induction for a direction of curvature h in [0, L], |x| <= 1 so far: if x(k+1) < x(k), some x(j) > 0 was read, "
      "so that j >= 0, k - T <= j <= k, and x(k+1) >= x(j) - (k+1-j) M eta h >= -1, and alike from above; a curvature "
      "in [-gamma, 0] gives a recursion whose coefficients are >= 0 and at most those of -gamma; and all 3^9 delay "
      "sequences with T = 2, 9 steps, at M eta L = 1/3 and 1/6, exact");
  e.nonnegative("x(j) - s + 1 for x(j) in [0, 1], s = (k+1-j) M eta h in [0, 1]", {{"x(j)", 0, 1}, {"s", 0, 1}},
                [](const Point& v) { return v[0] - v[1] + 1; });
  e.compare({.label = "|f(0,t,H)| <= 1 <= f(0,t,gamma)",
             .left = largest,
             .right = Rational(1),
             .instance = Object().add("T", largest_delay)});
  return e;
}

}  // namespace

void register_lemma12_claims(ClaimRegistry& registry) {
  registry.add({.id = "pasgd.lemma12.1",
                .source = "Lemma 12 (1)",
                .statement = R"($f(t_0,t_1)f(t_1,t_2)\le f(t_0,t_2)$ for every $a\ge 0$)",
                .procedure = [](const Context&) { return composition(); }});
  registry.add({.id = "pasgd.lemma12.2",
                .source = "Lemma 12 (2)",
                .statement = R"($f(t_1,t_2)\ge f(t_1,t_2-1)$ for every $a\ge 0$)",
                .procedure = [](const Context&) { return monotone(); }});
  registry.add({.id = "pasgd.lemma12.3.printed",
                .source = "Lemma 12 (3), its first equality",
                .statement = R"($f(k,t)\beta(k)=\sqrt{\sum_{j=0}^{k-1}f^2(k,t)f^2(j,k)}$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma12_printed_equality(); },
                .note = "beta(k) sums to j = k; the inequality f(k,t) beta(k) <= beta(t) holds with either sum.",
                .instead = "pasgd.lemma12.3"});
  registry.add(
      {.id = "pasgd.lemma12.3",
       .source = "Lemma 12 (3), corrected",
       .statement =
           R"($f(k,t)\beta(k)\le\beta(t)$ for $k\le t$ and every $a\ge0$, $\beta^2(k)=\sum_{i\le k}f^2(i,k)$ from $i=0$ or $i=1$ on)",
       .procedure = [](const Context&) { return lemma12_3(); },
       .uses = {"pasgd.lemma12.1"}});
  registry.add(
      {.id = "pasgd.growth.extremes",
       .source = "(46), sharpened",
       .statement = R"(The constant delay $T$ is slowest and no delay fastest: $f_T\le f\le(1+a)^t$, every $a\ge 0$)",
       .procedure = [](const Context&) { return extremes(); },
       .uses = {"pasgd.lemma12.2"}});
  registry.add(
      {.id = "pasgd.norm_of_fundamental_solution.large_step",
       .source = "after (46)",
       .statement =
           R"($\|f(0,15,H)\|>f(0,15,\gamma)$ at $T=10$, $M\eta L=1/2$, $M\eta\gamma=1/1000$: the inequality after (46) needs a small step)",
       .procedure = [](const Context&) { return norm_of_stable_direction(false); },
       .note = "Directions of positive curvature are unstable under delay when M eta L (T+1) is large; (b) keeps it "
               "small."});
  registry.add({.id = "pasgd.norm_of_fundamental_solution",
                .source = "after (46)",
                .statement = R"($\|f(t_0,t,H)\|\le f(t_0,t,\gamma)$ where $M\eta L(T+1)\le 1$)",
                .procedure = [](const Context&) { return norm_of_stable_direction(true); },
                .bound = true});
}

}  // namespace asyncert::pasgd
