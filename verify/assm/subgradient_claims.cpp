// Claims about subgradient estimates: (2), Assumption 3.2, backpropagation.

#include "bounds/assm/clarke.hpp"
#include "lib/arb.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// Coefficient of g_1 in the mean of g(x, xi) over all subsets xi of size b of {1..M}, by enumeration.
Rational coefficient_of_first(long M, long b) {
  Rational sum;
  long subsets = 0;
  for (long mask = 0; mask < (1L << M); ++mask) {
    if (__builtin_popcountl(static_cast<unsigned long>(mask)) != b) continue;
    ++subsets;
    if (mask & 1) sum += Rational(1, b);
  }
  return sum / Rational(subsets);
}

/// Every j lies in b C/M of the C batches of size b out of M, as b C pairs of a batch and a member are shared equally.
Certificate shared_equally() {
  return Certificate(
             "the b C pairs of a batch and one of its b members are shared equally by the M samples: the "
             "coefficient of g_j is 1/(C b) times b C/M")
      .identity(
          "(1/C) (1/b) (b C/M) = 1/M", {{"C", 1}, {"b", 1}, {"M", 1}},
          [](const Point& p) { return one / p[0] / p[1] * (p[1] * p[0] / p[2]); },
          [](const Point& p) { return one / p[2]; });
}

Evidence unbiased(const Rational& planted) {
  Evidence e = evidence(Coverage::sample,
                        "enumeration of all mini-batches, M <= 8; the coefficients of g_1..g_M are equal by symmetry");
  for (long M = 1; M <= 8; ++M)
    for (long b = 1; b <= M; ++b)
      compare(e, "coefficient of g_j in the mean over xi", coefficient_of_first(M, b), Relation::equal,
              planted / Rational(M), Object().add("M", M).add("batch", b));
  return e;
}

Rational distance_squared(const std::vector<Point>& vertices, const Point& g) {
  std::vector<Point> shifted = vertices;
  for (Point& v : shifted)
    for (std::size_t i = 0; i < g.size(); ++i) v[i] -= g[i];
  const Point least = min_norm_point(shifted);
  return dot(least, least);
}

/// f_1 = |x|, f_2 = -|x|: g_1 = g_2 = 1 are Clarke subgradients at 0, f = 0.
Evidence mean_is_subgradient() {
  const Rational mean = Rational(1, 2) * (Rational(1) + Rational(1));
  Evidence e =
      evidence(Coverage::instance, "f_1 = |x|, f_2 = -|x|, so that f = 0; one of the two terms is drawn at x = 0");
  compare(e, "dist(E g, df(0))", mean, Relation::less_equal, 0,
          Object().add("x", 0).add("g_1 in df_1(0) = [-1,1]", 1).add("g_2 in df_2(0) = [-1,1]", 1).add("df(0)", "{0}"));
  return e;
}

/// relu(x) - relu(-x) = x at 0: backpropagation with relu'(0) = 0 gives 0.
Evidence backpropagation() {
  Evidence e = evidence(Coverage::instance,
                        "exact subdifferential of relu(x) - relu(-x) at 0 against backpropagation with relu'(0) = 0");
  compare(e, "0 < dist^2(backpropagation, df(0))", 0, Relation::less,
          distance_squared(clarke_vertices(Problem::P12, {0}), {0}),
          Object().add("f", formula(Problem::P12)).add("x", 0).add("backpropagation", 0));
  return e;
}

/// Batch normalisation: the mean over batches of the batch variance is not the variance of all.
Evidence batch_variance() {
  const std::vector<Rational> data = {0, 2, 4};
  Rational mean_of_variances;
  long batches = 0;
  for (std::size_t i = 0; i < data.size(); ++i)
    for (std::size_t j = i + 1; j < data.size(); ++j, ++batches) {
      const Rational half = (data[i] - data[j]) / Rational(2);
      mean_of_variances += half * half;
    }
  Rational mean, variance;
  for (const Rational& x : data) mean += x / Rational(3);
  for (const Rational& x : data) variance += (x - mean) * (x - mean) / Rational(3);
  Evidence e = evidence(Coverage::instance, "all batches of 2 out of the data 0, 2, 4, exactly");
  compare(e, "mean over batches of the batch variance", mean_of_variances / Rational(batches), Relation::not_equal,
          variance, Object().add("data", Value(data)).add("batch", 2));
  return e;
}

/// The gradients of the three terms of P08 at a point where all are smooth.
std::vector<Point> terms_of_phase_retrieval(const Rational& x, const Rational& y) {
  const auto sign = [](const Rational& a) { return Rational(a.sign()); };
  const Rational a = sign(x * x - Rational(1)) * Rational(2) * x, b = sign(y * y - Rational(4)) * Rational(2) * y,
                 c = sign((x + y) * (x + y) - Rational(9)) * Rational(2) * (x + y);
  return {{a, 0}, {0, b}, {c, c}};
}

/// E dist(g, df)^2 <= factor E|g - Eg|^2 and |g|^2 <= 288 on [-3,3]^2, one term of P08 drawn with probability 1/3.
Evidence redundancy(const Rational& factor) {
  Evidence e =
      evidence(Coverage::sample,
               "one term of the robust phase retrieval problem drawn; exact at a grid of smooth points of [-3,3]^2");
  for (long i = -5; i <= 5; ++i)
    for (long j = -5; j <= 5; ++j) {
      const Rational x(3 * i + 1, 7), y(3 * j - 1, 7);
      const std::vector<Point> vertices = clarke_vertices(Problem::P08, {x, y});
      if (vertices.size() > 1) continue;
      const Point& mean = vertices.front();
      Rational distance, variance, largest;
      for (const Point& g : terms_of_phase_retrieval(x, y)) {
        const Point off = {g[0] - mean[0], g[1] - mean[1]};
        distance += distance_squared(vertices, g) / Rational(3);
        variance += dot(off, off) / Rational(3);
        largest = max(largest, dot(g, g));
      }
      const Object at = Object().add("x", x).add("y", y);
      compare(e, "E dist(g, df)^2 <= E|g - Eg|^2", distance, Relation::less_equal, factor * variance, at);
      compare(e, "|g|^2 <= B_g^2 = 288", largest, Relation::less_equal, 288, at);
    }
  return e;
}

/// All extreme choices g_j of the weakly convex terms of P08: the distance of (g_1 + .. + g_terms)/3 from df.
Evidence means_of_regular_terms(std::size_t terms) {
  Evidence e = evidence(Coverage::sample,
                        "all extreme g_j of the three weakly convex terms of the robust phase retrieval problem at the "
                        "half-integer points of [-3,3]^2 on their kinks, against exact subdifferentials");
  for (long i = -6; i <= 6; ++i)
    for (long j = -6; j <= 6; ++j) {
      const Rational x(i, 2), y(j, 2), inner[3] = {x * x - one, y * y - Rational(4), (x + y) * (x + y) - Rational(9)};
      const Point slope[3] = {{two * x, 0}, {0, two * y}, {two * (x + y), two * (x + y)}};
      const std::vector<Point> vertices = clarke_vertices(Problem::P08, {x, y});
      if (vertices.size() < 2) continue;
      Rational farthest;
      for (unsigned choice = 0; choice < 8; ++choice) {
        Point mean{0, 0};
        for (std::size_t k = 0; k < terms; ++k) {
          const int side = inner[k].sign() != 0 ? inner[k].sign() : choice >> k & 1 ? 1 : -1;
          for (std::size_t c = 0; c < 2; ++c) mean[c] += Rational(side) * slope[k][c] / Rational(3);
        }
        farthest = max(farthest, distance_squared(vertices, mean));
      }
      compare(e, "dist(E g, df)^2", farthest, Relation::equal, 0, Object().add("x", x).add("y", y));
    }
  return e;
}

/// The L2 penalty of Section 4 adds 0.0005 x to every subgradient.
Evidence weight_decay_unbounded() {
  const Rational decay = Rational::parse("0.0005"), x = pow(Rational(10), 12);
  Evidence e = evidence(Coverage::instance, "|x| with weight decay 0.0005 at a far point, exactly");
  compare(e, "10^6 < |g(x)|", pow(Rational(10), 6), Relation::less, Rational(1) + decay * x,
          Object().add("x", x).add("decay", decay));
  return e;
}

/// sqrt|x| is continuous; its difference quotients at 0, which the Clarke subdifferential is made of, are unbounded.
Evidence quotients_of_root() {
  Evidence e = evidence(Coverage::instance, "difference quotients of sqrt|x| at 0, exactly at h = 10^-2j");
  for (const long j : {1L, 5L, 20L}) {
    const Rational root = pow(Rational(1, 10), j);
    compare(e, "(f(h) - f(0))/h", root / (root * root), Relation::equal, pow(Rational(10), j),
            Object().add("f", "sqrt|x|").add("h", root * root));
  }
  return e;
}

/// P(Z <= z) of the standard Gaussian.
Ball gaussian_below(const Ball& z) {
  Ball tail;
  arb_hypgeom_erfc(tail.raw(), (-z / sqrt(Ball(2))).raw(), PrecisionScope::bits());
  return tail / Ball(2);
}

/// All but one of M samples with g_j = +-1, as many of both: the error is minus the sample that is left out over M-1,
/// below 0 for M/2 of the M samples.
Evidence batches_of_all_but_one() {
  Evidence e = evidence(Coverage::instance,
                        "M samples with g_j = 1 or -1, half of each, batches of M-1: the error over its standard "
                        "deviation is 1 or -1 with equal probabilities, for every M");
  for (const long M : {10L, 1000L, 1000000L})
    compare(e, "1/4 < |P(error/sd <= -1) - Phi(-1)|", Rational(1, 4), Relation::less,
            abs(Ball(Rational(M / 2, M)) - gaussian_below(Ball(-1))), Object().add("M", M).add("batch", M - 1));
  return e;
}

/// Batches of half of M samples with g_j = +-1, as many of both: the sample holds n of the first kind with the
/// probability C(M/2,n)^2/C(M,M/2), and the deviation of n from M/4 has the variance M^2/(16 (M-1)).
Evidence batches_of_half(const Rational& factor) {
  Evidence e = evidence(Coverage::instance,
                        "M samples with g_j = 1 or -1, half of each, batches of M/2: exact distribution of the error "
                        "against the Gaussian of its variance, at all values and just below them");
  for (const long M : {16L, 64L, 256L}) {
    const long half = M / 2;
    std::vector<Rational> weight{1};
    Rational total(1);
    for (long n = 1; n <= half; ++n) {
      const Rational ratio(half - n + 1, n);
      weight.push_back(weight.back() * ratio * ratio);
      total += weight.back();
    }
    Rational below;
    Ball worst;
    for (long n = 0; n <= half; ++n) {
      const Ball z = Ball(Rational(4 * n - M)) * sqrt(Ball(M - 1)) / Ball(M), gauss = gaussian_below(z);
      worst = max(worst, abs(Ball(below) - gauss));
      below += weight[static_cast<std::size_t>(n)] / total;
      worst = max(worst, abs(Ball(below) - gauss));
    }
    compare(e, "sup |P(error/sd <= z) - Phi(z)| <= 1/sqrt(M)", worst, Relation::less_equal,
            Ball(factor) / sqrt(Ball(M)), Object().add("M", M).add("batch", half));
  }
  return e;
}

/// P(|Z| > B) of the standard Gaussian, erfc(B/sqrt 2).
Evidence gaussian_tails() {
  Evidence e =
      evidence(Coverage::instance, "enclosed Gaussian tails beyond the bound of the estimates, in standard deviations");
  for (const long bound : {3L, 10L, 30L}) {
    Ball tail;
    arb_hypgeom_erfc(tail.raw(), (Ball(bound) / sqrt(Ball(2))).raw(), PrecisionScope::bits());
    compare(e, "0 < P(|error| > B_g)", 0, Relation::less, tail, Object().add("B_g in standard deviations", bound));
  }
  return e;
}

}  // namespace

void register_subgradient_claims(ClaimRegistry& registry) {
  registry.add({.id = "assm.equation2",
                .source = "(2)",
                .statement = R"(The mean of $g(x,\xi)$ over all mini-batches of any size is $\frac1M\sum_jg_j(x)$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return with_search(shared_equally(), unbiased(1)); }});
  registry.add({.id = "assm.assumption3_2.mean.printed",
                .source = "Assumption 3.2, part 1, from (2)",
                .statement = R"(With $g_j\in\partial f_j$ the standard sampling gives $E\,g(x,\xi)\in\partial f(x)$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return mean_is_subgradient(); },
                .note = "The sum rule of Clarke subdifferentials is an inclusion in the other direction; it is an "
                        "equality for regular terms.",
                .instead = "assm.assumption3_2.mean"});
  registry.add(
      {.id = "assm.assumption3_2.mean",
       .source = "Assumption 3.2, part 1, from (2), corrected",
       .statement =
           R"(For locally Lipschitz $f_j$: where they are regular, as convex, weakly convex and continuously differentiable ones are, $g_j\in\partial f_j(x)$ gives $E\,g(x,\xi)\in\partial f(x)$ for all mini-batches; without regularity $E\,g(x,\xi)\in\frac1M\sum_j\partial f_j(x)\supseteq\partial f(x)$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate(
                     "by (2) the mean is that of the g_j, an element of the mean of the sets, which holds df by the "
                     "sum rule. A regular f_j has the directional derivative f_j'(x;v) = max <df_j,v> >= <g_j,v>: "
                     "their mean is f'(x;v) >= <Eg,v> for every v, so that Eg is in df; here of two terms")
                     .identity(
                         "(a - p)/2 + (b - q)/2 = (a+b)/2 - (p+q)/2", {{"a", 1}, {"b", 1}, {"p", 1}, {"q", 1}},
                         [](const Point& v) { return (v[0] - v[2]) / two + (v[1] - v[3]) / two; },
                         [](const Point& v) { return (v[0] + v[1]) / two - (v[2] + v[3]) / two; }),
                 means_of_regular_terms(3));
           },
       .uses = {"assm.equation2"}});
  registry.add(
      {.id = "assm.assumption3_2.backpropagation",
       .source = "Assumption 3.2, part 1, in training",
       .statement =
           R"(Backpropagation with $\mathrm{relu}'(0)=0$ returns no element of $\partial f$ for $\mathrm{relu}(x)-\mathrm{relu}(-x)$ at $0$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return backpropagation(); },
       .note = "From x = 0 the method then never moves, although f = x."});
  registry.add({.id = "assm.assumption3_2.batch_normalisation",
                .source = "Assumption 3.2 for the network of Section 4",
                .statement = R"(Batch variances do not average to the variance of all the data $0,2,4$, batches of 2)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return batch_variance(); },
                .note = "So (2) does not describe a network with batch normalisation."});
  registry.add(
      {.id = "assm.assumption3_2.redundant",
       .source = "Assumption 3.2, part 2",
       .statement = R"($E\,\mathrm{dist}(g,\partial f)^2\le E|g-Eg|^2\le B_g^2$: part 2 follows from parts 1 and 3)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate(
                     "Eg is in df by part 1, so that dist(g, df) <= |g - Eg|; with S = E|g|^2 and m = Eg, of one "
                     "coordinate, E|g-m|^2 = S - 2mm + m^2 = S - m^2 <= B_g^2")
                     .identity(
                         "S - 2mm + m^2 = S - m^2", {{"S", 1}, {"m", 2}},
                         [](const Point& p) { return p[0] - two * p[1] * p[1] + p[1] * p[1]; },
                         [](const Point& p) { return p[0] - p[1] * p[1]; }),
                 redundancy(1));
           },
       .bound = true});
  registry.add(
      {.id = "assm.assumption3_2.weight_decay",
       .source = "Assumption 3.2, part 3, with the penalties of Section 4",
       .statement = R"(With the weight decay of the experiments $|g(x,\xi)|$ exceeds $10^6$ on $|x|$, at $x=10^{12}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return weight_decay_unbounded(); },
       .note = "No bound holds globally; on a bounded set one does."});
  registry.add(
      {.id = "assm.section2.gaussian_error",
       .source = "Section 2, the error of the mini-batches, with Assumption 3.2, part 3",
       .statement =
           R"(A Gaussian error exceeds the bounds of 3, 10 and 30 standard deviations with a positive probability)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return gaussian_tails(); },
       .note = "Gaussian only in a limit in which the bound is lost; bounded estimates are what the analysis uses."});
  registry.add(
      {.id = "assm.section2.gaussian_limit.left_out",
       .source = "Section 2, \"the error is asymptotically Gaussian\", a hypothesis",
       .statement =
           R"(With $M-1$ of $M$ samples in the batch, $M=10,10^3,10^6$, the distribution of the error over its standard deviation is more than $\frac14$ from the Gaussian one)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return batches_of_all_but_one(); },
       .note = "The number of samples that are left out has to grow, too, which the sentence does not say; with all of "
               "them in the batch there is no error at all."});
  registry.add(
      {.id = "assm.section2.gaussian_limit",
       .source = "Section 2, \"the error is asymptotically Gaussian\"",
       .statement =
           R"(For half of $M$ samples, $g_j=\pm1$ in equal numbers, the distribution of the error over its standard deviation is within $1/\sqrt M$ of the Gaussian one, $M=16,64,256$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return batches_of_half(1); },
       .bound = true});
  registry.add(
      {.id = "assm.equation1.continuous",
       .source = "(1), f continuous, and Section 3.3.2, a compact subgradient",
       .statement =
           R"(The continuous $\sqrt{|x|}$ has the difference quotients $h^{-1/2}$ at $0$: $10$, $10^5$, $10^{20}$ for $h=10^{-2},10^{-10},10^{-40}$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return quotients_of_root(); },
       .note = "So continuity alone leaves the subdifferential unbounded: f must be locally Lipschitz."});

  registry.add({.id = "assm.canary.biased_batches",
                .source = "planted",
                .statement = R"(The mean over mini-batches is $\frac2M\sum_jg_j$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return unbiased(2); },
                .canary = true});
  registry.add({.id = "assm.canary.mean_without_a_term",
                .source = "planted",
                .statement = R"(Two of the three subgradients, over $3$, are in $\partial f$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return means_of_regular_terms(2); },
                .canary = true});
  registry.add({.id = "assm.canary.gaussian_limit_half",
                .source = "planted",
                .statement = R"(The error for half of the samples is within $\frac1{2\sqrt M}$ of the Gaussian)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return batches_of_half(Rational(1, 2)); },
                .canary = true});
  registry.add({.id = "assm.canary.variance_below_one",
                .source = "planted",
                .statement = R"($E\,\mathrm{dist}(g,\partial f)^2\le\frac12E|g-Eg|^2$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return redundancy(Rational(1, 2)); },
                .canary = true});
}

}  // namespace asyncert::assm
