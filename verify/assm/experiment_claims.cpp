// Claims of Section 4: what its figures say, as far as a model reproduces it.
#include "bounds/assm/lock_queue.hpp"
#include "bounds/assm/schedule.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// Lock service rates relative to computing.
Evidence ten_processes_behind_a_lock() {
  Evidence e =
      evidence(Coverage::instance,
               "exact throughput of the closed queue with 5 and 10 processes, holding 1/5 of the computing time");
  compare(e, "throughput with 5 processes < throughput with 10", lock_queue<Rational>(5, 1, 5).throughput,
          Relation::less, lock_queue<Rational>(10, 1, 5).throughput,
          Object().add("compute rate", 1).add("lock service rate", 5));
  return e;
}

Evidence throughput_monotone(const Rational& factor) {
  Evidence e = evidence(Coverage::sample, "exact throughputs of the closed queue for P = 1..30 and five lock rates");
  for (const Rational& rate : {Rational(1, 10), Rational(1), Rational(5), Rational(20), Rational(1000)})
    for (long P = 1; P < 30; ++P)
      compare(e, "throughput(P) <= throughput(P+1)", factor * lock_queue<Rational>(P, 1, rate).throughput,
              Relation::less_equal, lock_queue<Rational>(P + 1, 1, rate).throughput,
              Object().add("P", P).add("lock service rate", rate));
  return e;
}

/// The throughput is mu (1 - 1/G_P), G_P = sum_n P!/(P-n)! r^n with r = lambda/mu, since 1/G_P is the probability of
/// an idle lock by the balance of neighbouring states. So G_0 = 1 and G_P = 1 + P r G_{P-1}.
Certificate throughput_certificate() {
  Certificate c(
      "the throughput is mu (1 - 1/G_P) with G_P = 1 + P r G_{P-1}, r = lambda/mu, G_0 = 1, held against the computed "
      "stationary law; by induction G_P increases from G_0 <= 1 + r = G_1, an identity of degree one with G = G_P, H = "
      "G_{P-1}");
  c.identity(
      "(1 + (P+1) r G) - (1 + P r H) = r (G + P (G - H))", {{"P", 1}, {"r", 1}, {"G", 1}, {"H", 1}},
      [](const asyncert::Point& p) { return (one + (p[0] + one) * p[1] * p[2]) - (one + p[0] * p[1] * p[3]); },
      [](const asyncert::Point& p) { return p[1] * (p[2] + p[0] * (p[2] - p[3])); });
  for (const Rational& mu : {Rational(1, 10), Rational(5), Rational(1000)}) {
    Rational G(1);
    for (long P = 1; P <= 12; ++P) {
      G = one + Rational(P) / mu * G;
      c.compare({.label = "throughput = mu (1 - 1/G_P)",
                 .left = lock_queue<Rational>(P, 1, mu).throughput,
                 .relation = Relation::equal,
                 .right = mu * (one - one / G),
                 .instance = Object().add("P", P).add("lock service rate", mu)});
    }
  }
  return c;
}

/// E x_K on x^2/2 over all sequences of writers: P memoryless workers, each writing from its view at its last write.
Rational enumerated_mean(long P, long K, const Rational& gamma) {
  Rational sum;
  long paths = 1;
  for (long k = 0; k < K; ++k) paths *= P;
  for (long path = 0; path < paths; ++path) {
    std::vector<Rational> views(static_cast<std::size_t>(P), Rational(1));
    Rational x(1);
    for (long k = 0, rest = path; k < K; ++k, rest /= P) {
      Rational& view = views[static_cast<std::size_t>(rest % P)];
      x -= gamma * view;
      view = x;
    }
    sum += x;
  }
  return sum / Rational(paths);
}

/// The heavy ball x_{t+1} = x_t - gamma v_t, v_{t+1} = mu v_t + (1 - mu) x_{t+1}, v_0 = x_0 = 1.
Rational heavy_ball(const Rational& mu, long K, const Rational& gamma) {
  Rational x(1), v(1);
  for (long k = 0; k < K; ++k) {
    x -= gamma * v;
    v = mu * v + (Rational(1) - mu) * x;
  }
  return x;
}

/// v = E mean of the views, x = E x_t. The writer is drawn independently of the views, so that E x_{t+1} = x - gamma v;
/// the P views lose one of mean v and get x_{t+1}.
Certificate mean_of_views() {
  return Certificate(
             "the mean v of the views over workers and draws, and the mean of the iterate, have the recursion of "
             "the heavy ball: an identity of degree one")
      .identity(
          "(P v - v + x)/P = (1 - 1/P) v + x/P, times P", {{"P", 1}, {"v", 1}, {"x", 1}},
          [](const asyncert::Point& p) { return p[0] * p[1] - p[1] + p[2]; },
          [](const asyncert::Point& p) { return p[0] * ((one - one / p[0]) * p[1] + p[2] / p[0]); });
}

Evidence implicit_momentum(const Rational& shift) {
  Evidence e =
      evidence(Coverage::sample, "enumeration of all sequences of writers, P = 1, 2, 3, K <= 6, constant step 1/5");
  const Rational gamma(1, 5);
  for (long P = 1; P <= 3; ++P)
    for (long K = 1; K <= 6; ++K)
      compare(e, "E x_K", enumerated_mean(P, K, gamma), Relation::equal,
              heavy_ball(Rational(1) - Rational(1, P) + shift, K, gamma),
              Object().add("P", P).add("K", K).add("gamma", gamma));
  return e;
}

/// Two cores, one block each, on (x^2+y^2)/2: x after its first own updates against gradient descent.
Evidence own_block_without_momentum() {
  const Rational gamma(1, 5);
  std::vector<Rational> x = {1, 1};
  std::vector<std::vector<Rational>> views = {x, x};
  long own = 0;
  for (const Write& w : deterministic_schedule({Rational(1), Rational(1)}, 6)) {
    const auto c = static_cast<std::size_t>(w.core);
    x[c] -= gamma * views[c][c];
    views[c] = x;
    own += c == 0 ? 1 : 0;
  }
  Evidence e = evidence(Coverage::instance,
                        "exact event-driven run of two cores of equal speed with one block each on (x^2+y^2)/2");
  compare(e, "x after its own updates = heavy ball with momentum 0", x[0], Relation::equal, heavy_ball(0, own, gamma),
          Object().add("P", 2).add("gamma", gamma).add("own updates", own));
  return e;
}

std::function<Evidence(const Context&)> not_reproducible(std::string what) {
  return [what = std::move(what)](const Context&) {
    Evidence e;
    e.not_testable = what +
                     "; step sizes, batch size, core factors and epochs are not given, and the curves come from one "
                     "machine with four GPUs";
    return e;
  };
}

}  // namespace

void register_experiment_claims(ClaimRegistry& registry) {
  registry.add(
      {.id = "assm.figure1",
       .source = "Figure 1",
       .statement =
           R"(Without momentum HW and ASSM converge better per epoch than PASSM, training ResNet18 on CIFAR-10)",
       .expected = Verdict::not_testable,
       .procedure = not_reproducible("curves without numbers for one network"),
       .note =
           "The clocks alone would order them so: see assm.figure1.clocks, and assm.measured.figure1 for a stand-in."});
  registry.add(
      {.id = "assm.figure2",
       .source = "Figure 2",
       .statement = R"(With momentum 0.9 PASSM gains most per epoch)",
       .expected = Verdict::not_testable,
       .procedure = not_reproducible("a comparison of gains read off curves"),
       .note =
           "Implicit momentum is a property of full-vector updates: see assm.figure2.implicit_momentum. On a stand-in "
           "the gain comes from the missing factor 1-m: assm.measured.figure2 and assm.measured.figure2.library."});
  registry.add(
      {.id = "assm.figure2.implicit_momentum",
       .source = "Figure 2 and the work it cites",
       .statement =
           R"(On $x^2/2$ the mean iterate of $P$ memoryless full-vector workers, the writer drawn uniformly at each step, is a heavy ball with momentum $1-1/P$, for every $P$, constant step and number of steps)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(mean_of_views(), implicit_momentum(0)); },
       .note = "So asynchrony acts as momentum and lowers the best explicit momentum."});
  registry.add(
      {.id = "assm.figure2.partitioned_momentum",
       .source = "Figure 2, the explanation by asynchrony",
       .statement =
           R"(A block of PASSM has no implicit momentum on $(x_1^2+\dots+x_n^2)/2$: its own updates are those of gradient descent, whatever the other cores do)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return with_search(
                 Certificate("a block has one writer, which uses its own block with age 0: x moves by -gamma x")
                     .identity(
                         "x - gamma x = (1-gamma) x", {{"x", 1}, {"gamma", 1}},
                         [](const asyncert::Point& p) { return p[0] - p[1] * p[0]; },
                         [](const asyncert::Point& p) { return (one - p[1]) * p[0]; }),
                 own_block_without_momentum());
           },
       .uses = {"assm.own_block_age"}});
  registry.add({.id = "assm.figure3",
                .source = "Figures 3 and 4",
                .statement = R"(Against the clock PASSM is fastest, and 10 processes beat 5)",
                .expected = Verdict::not_testable,
                .procedure = not_reproducible("wall-clock curves of one machine"),
                .note = "What its explanation by locks is worth: assm.figure3.lock, assm.figure3.lock.ten_processes."});
  registry.add(
      {.id = "assm.figure3.lock.ten_processes",
       .source = "Figure 3, the use of locks",
       .statement =
           R"(Waiting for one write lock (M/M/1//P, held for a fifth of the computing time) does not make 10 processes slower than 5)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return ten_processes_behind_a_lock(); },
       .note = "Figure 3 shows ASSM slower with 10 and blames the lock; queueing does not explain it."});
  registry.add(
      {.id = "assm.figure3.lock",
       .source = "Figure 3, the use of locks",
       .statement = R"(The throughput behind one lock (M/M/1//P) is nondecreasing in the number of processes)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return with_search(throughput_certificate(), throughput_monotone(1)); }});

  registry.add({.id = "assm.canary.implicit_momentum_shifted",
                .source = "planted",
                .statement = R"(The implicit momentum is $1-1/P+1/100$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return implicit_momentum(Rational(1, 100)); },
                .canary = true});
  registry.add({.id = "assm.canary.throughput_proportional",
                .source = "planted",
                .statement = R"(Each further process adds at least 1 % of throughput behind a lock)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return throughput_monotone(Rational(101, 100)); },
                .canary = true});
}

}  // namespace asyncert::assm
