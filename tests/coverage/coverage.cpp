// How often the estimators err: every interval's misses over repeated samples from known laws, and how often a
// violation of the size that is called detectable is detected.
//
// usage: coverage TABLE.csv [--update]
// Every case is repeated 2000 times, or 400 where a repetition is dear, with random streams of its own. Exits 1 when an
// estimator errs more often than its level explains (a share of 1e-9 for each case), when the planted estimator, the
// normal approximation, is not found out, or when the counts are not those of the committed table; --update writes the
// table.
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "lib/files.hpp"
#include "lib/random.hpp"
#include "lib/statistics.hpp"

using namespace asyncert;

namespace {

/// One estimator on one law: `errs` draws a sample and says whether the estimator errs on it, which it may with
/// probability at most `alpha`.
struct Case {
  std::string estimator, law;
  long n;
  double alpha;
  std::function<bool(RandomStream&)> errs;
  long samples = 2000;
  bool planted = false;  ///< errs more often than alpha, and must be found out
};

bool covers(const Measure& m, double truth) { return m.value.lower() <= truth && truth <= m.value.upper(); }

/// Limits that depend on a count alone, computed once for each count.
std::function<Measure(long)> by_count(std::function<Measure(long)> limits) {
  return [limits = std::move(limits), known = std::map<long, Measure>()](long k) mutable {
    const auto found = known.find(k);
    return found != known.end() ? found->second : known.emplace(k, limits(k)).first->second;
  };
}

long successes(RandomStream& random, long n, double p) {
  long k = 0;
  for (long i = 0; i < n; ++i) k += random.uniform() < p ? 1 : 0;
  return k;
}

std::string percent(double p) {
  char text[40];
  std::snprintf(text, sizeof text, "%g", 100 * p);
  return text;
}

void add_proportions(std::vector<Case>& cases) {
  for (const double alpha : {0.05, 0.001})
    for (const long n : {20L, 300L})
      for (const double p : {0.01, 0.2, 0.5, 0.97})
        cases.push_back({.estimator = "proportion_interval",
                         .law = "Bernoulli " + std::to_string(p).substr(0, 4),
                         .n = n,
                         .alpha = alpha,
                         .errs = [=, limits = by_count([=](long k) { return proportion_interval(k, n, alpha); })](
                                     RandomStream& random) { return !covers(limits(successes(random, n, p)), p); }});
  cases.push_back({.estimator = "planted: normal approximation",
                   .law = "Bernoulli 0.01",
                   .n = 20,
                   .alpha = 0.05,
                   .errs =
                       [](RandomStream& random) {
                         const double mean = static_cast<double>(successes(random, 20, 0.01)) / 20;
                         return std::abs(mean - 0.01) > 1.96 * std::sqrt(mean * (1 - mean) / 20);
                       },
                   .planted = true});
}

/// A test may stop at the look whose limits suit it best: they must cover all the same.
void add_sequential_tests(std::vector<Case>& cases) {
  const double bound = 0.3, alpha = 0.05;
  for (const double p : {0.25, 0.3, 0.35}) {
    cases.push_back(
        {.estimator = "test_proportion",
         .law = "Bernoulli " + std::to_string(p).substr(0, 4) + " against 0.3",
         .n = 640,
         .alpha = alpha,
         .errs =
             [=](RandomStream& random) {
               return !covers(
                   test_proportion([&](long) { return random.uniform() < p; }, bound, alpha, 40, 640).probability, p);
             },
         .samples = 400});
  }
}

void add_means(std::vector<Case>& cases) {
  struct Law {
    std::string name;
    double mean;
    double (*draw)(RandomStream&);
  };
  const std::vector<Law> laws = {
      {"uniform", 0.5, [](RandomStream& r) { return r.uniform(); }},
      {"square of a uniform", 1.0 / 3,
       [](RandomStream& r) {
         const double u = r.uniform();
         return u * u;
       }},
      {"Bernoulli 0.05", 0.05, [](RandomStream& r) { return r.uniform() < 0.05 ? 1.0 : 0.0; }},
      {"within 0.001 of a half", 0.5, [](RandomStream& r) { return 0.5 + 0.001 * (2 * r.uniform() - 1); }},
  };
  for (const double alpha : {0.5, 0.05})
    for (const long n : {20L, 500L})
      for (const Law& law : laws)
        cases.push_back({.estimator = "BoundedMean::interval",
                         .law = law.name,
                         .n = n,
                         .alpha = alpha,
                         .errs = [=](RandomStream& random) {
                           BoundedMean mean(0, 1);
                           for (long i = 0; i < n; ++i) mean.add(law.draw(random));
                           return !covers(mean.interval(alpha), law.mean);
                         }});
}

void add_quantiles(std::vector<Case>& cases) {
  for (const long n : {30L, 300L})
    for (const double q : {0.5, 0.9}) {
      cases.push_back({.estimator = "quantile_interval",
                       .law = percent(q) + " % of a uniform",
                       .n = n,
                       .alpha = 0.05,
                       .errs =
                           [=](RandomStream& random) {
                             std::vector<double> sample;
                             for (long i = 0; i < n; ++i) sample.push_back(random.uniform());
                             return !covers(quantile_interval(std::move(sample), q, 0.05), q);
                           },
                       .samples = 400});
      // Atoms: the q-quantile of the multiples of 1/10 is q itself.
      cases.push_back({.estimator = "quantile_interval",
                       .law = percent(q) + " % of a lattice",
                       .n = n,
                       .alpha = 0.05,
                       .errs =
                           [=](RandomStream& random) {
                             std::vector<double> sample;
                             for (long i = 0; i < n; ++i)
                               sample.push_back(static_cast<double>(random.below(10) + 1) / 10);
                             return !covers(quantile_interval(std::move(sample), q, 0.05), q);
                           },
                       .samples = 400});
    }
}

/// Errs where a violation of the smallest detectable size goes undetected.
void add_detections(std::vector<Case>& cases) {
  const double missed = 1 - detection_probability;
  for (const long n : {100L, 1000L})
    for (const double bound : {0.2, 0.5}) {
      const double level = 1e-3, less = *detectable_shortfall(n, bound, level),
                   more = *detectable_excess(n, bound, level);
      const auto limits = [=](long k) { return proportion_interval(k, n, level); };
      cases.push_back({.estimator = "detectable_shortfall",
                       .law = "Bernoulli at bound " + std::to_string(bound).substr(0, 3),
                       .n = n,
                       .alpha = missed,
                       .errs = [=, known = by_count(limits)](RandomStream& random) {
                         return known(successes(random, n, bound - less)).value.upper() >= bound;
                       }});
      cases.push_back({.estimator = "detectable_excess",
                       .law = "Bernoulli at bound " + std::to_string(bound).substr(0, 3),
                       .n = n,
                       .alpha = missed,
                       .errs = [=, known = by_count(limits)](RandomStream& random) {
                         return known(successes(random, n, bound + more)).value.lower() <= bound;
                       }});
    }
  const double v = detectable_in_mean(1, 500, 1e-6);
  cases.push_back({.estimator = "detectable_in_mean",
                   .law = "Bernoulli at bound 0.4",
                   .n = 500,
                   .alpha = missed,
                   .errs = [=](RandomStream& random) {
                     BoundedMean mean(0, 1);
                     for (long i = 0; i < 500; ++i) mean.add(random.uniform() < 0.4 + v ? 1 : 0);
                     return mean.interval(1e-6).value.lower() <= 0.4;
                   }});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: coverage TABLE.csv [--update]\n");
    return 2;
  }
  std::vector<Case> cases;
  add_proportions(cases);
  add_sequential_tests(cases);
  add_means(cases);
  add_quantiles(cases);
  add_detections(cases);
  std::string table = "estimator,law,observations,level,samples,errors\n";
  int wrong = 0;
  for (Case& c : cases) {
    const std::string name = c.estimator + "," + c.law + "," + std::to_string(c.n);
    long errors = 0;
    for (long r = 0; r < c.samples; ++r) {
      RandomStream random(1, stream_key(name + percent(c.alpha)), static_cast<std::uint64_t>(r));
      errors += c.errs(random) ? 1 : 0;
    }
    const bool too_many =
        errors > 0 && binomial_upper_tail(errors, c.samples, Ball::from_double(c.alpha)).upper() < 1e-9;
    if (too_many != c.planted) {
      ++wrong;
      std::printf("%s: %ld errors of %ld at level %g\n", name.c_str(), errors, c.samples, c.alpha);
    }
    char cells[80];
    std::snprintf(cells, sizeof cells, ",%g,%ld,%ld\n", c.alpha, c.samples, errors);
    table += name + cells;
  }
  if (argc > 2 && std::string(argv[2]) == "--update")
    write_file(argv[1], table);
  else if (read_file(argv[1]) != table) {
    ++wrong;
    std::printf("%s is not what was counted; --update writes it\n", argv[1]);
  }
  std::printf("%zu cases, %d wrong\n", cases.size(), wrong);
  return wrong ? 1 : 0;
}
