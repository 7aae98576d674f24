// Assumption 1 and what the paper derives from it; Algorithm 1's round-robin delay.
#include <algorithm>

#include "lib/certificate.hpp"
#include "verify/dasgd/claims.hpp"

namespace asyncert::dasgd {

namespace {

/// The tent of area one on [1/(n+1), 1/n]: its value at t, and its integral up to t.
struct Tent {
  Rational left, right;
  explicit Tent(long n) : left(1, n + 1), right(1, n) {}

  Rational middle() const { return (left + right) / Rational(2); }
  Rational height() const { return Rational(2) / (right - left); }
  Rational at(const Rational& t) const {
    if (t <= left || right <= t) return 0;
    const Rational run = t < middle() ? t - left : right - t;
    return run * height() / (middle() - left);
  }
  Rational integral(const Rational& t) const {
    if (t <= left) return 0;
    if (right <= t) return 1;
    const Rational half = height() / (middle() - left) / Rational(2);
    return t < middle() ? half * (t - left) * (t - left) : Rational(1) - half * (right - t) * (right - t);
  }
};

/// F(x; n) = 2^n times the integral of b_n - b_{n+1} from 0 to x, with probability 2^-n and the tents b_n on [1/(n+1),
/// 1/n].
///
/// Every F(.; n) is continuously differentiable. At any t > 0 only finitely many tents are not zero, so that the sums
/// below are finite: those with 1/(n+1) < t for values and integrals, all others vanish (for integrals up to x, tents
/// beyond x are 0, and those before x contribute 1 - 1).
struct MovingBumps {
  /// The last n whose terms can differ from zero at t > 0.
  static long last(const Rational& t) { return (Rational(1) / t).ceil().to_long() + 1; }

  static Rational mean_gradient(const Rational& t) {
    Rational sum;
    if (t.sign() > 0)
      for (long n = 1; n <= last(t); ++n) sum += Tent(n).at(t) - Tent(n + 1).at(t);
    return sum;
  }
  static Rational second_moment(const Rational& t) {
    Rational sum;
    if (t.sign() > 0)
      for (long n = 1; n <= last(t); ++n) {
        const Rational a = Tent(n).at(t) - Tent(n + 1).at(t);
        sum += pow(Rational(2), n) * a * a;
      }
    return sum;
  }
  static Rational objective(const Rational& x) {
    Rational sum;
    if (x.sign() > 0)
      for (long n = 1; n <= last(x); ++n) sum += Tent(n).integral(x) - Tent(n + 1).integral(x);
    return sum;
  }
};

/// E grad F is the first tent, which is Lipschitz; second moments are finite at each point; but f(0) = 0 and f = -1 on
/// (0, 1/2].
Evidence interchange() {
  Evidence e = evidence(Coverage::instance,
                        "exact: F(x;n) = 2^n int_0^x (b_n - b_{n+1}), probability 2^-n, b_n the tent of area 1 on "
                        "[1/(n+1), 1/n]; all sums are finite");
  Rational worst;
  bool as_assumed = true;
  for (long k = 0; k <= 60; ++k) {
    const Rational t(k, 60);
    as_assumed = as_assumed && MovingBumps::mean_gradient(t) == Tent(1).at(t);
    worst = max(worst, MovingBumps::second_moment(t));
  }
  e.hypotheses.push_back(
      {"E grad F(t) is the tent on [1/2, 1], which is Lipschitz", as_assumed, "at 61 points of [0, 1]"});
  e.hypotheses.push_back({"E |grad F(t)|^2 is a finite sum at each point", worst < pow(Rational(10), 40),
                          "largest of 61 points: " + worst.to_decimal(6)});
  for (const long k : {2L, 10L, 1000L}) {
    const Rational x(1, k);
    compare(e, "f(x) - f(0) is the integral of E grad F from 0 to x",
            MovingBumps::objective(x) - MovingBumps::objective(0), Relation::equal, Tent(1).integral(x),
            Object().add("x", Fraction{x}).add("f(0)", 0));
  }
  return e;
}

/// The solutions are (0, 1/2], where f = -1 is least.
Evidence solutions_closed() {
  Evidence e = evidence(Coverage::instance,
                        "exact: the same F; f = -1 is least at 1/k for every k >= 2, and f(0) = 0 at their limit");
  for (const long k : {2L, 100L, 10000L}) {
    e.hypotheses.push_back(
        {"f(1/" + std::to_string(k) + ") = -1", MovingBumps::objective(Rational(1, k)) == Rational(-1)});
  }
  compare(e, "the limit 0 of the solutions 1/k is a solution: f(0) <= -1", MovingBumps::objective(0),
          Relation::less_equal, -1, Object().add("x", 0));
  return e;
}

/// Two outcomes of weights q and 1-q stand for the second moments; a Lipschitz gradient g along d has <g(x+sd)-g(x),d>
/// <= L s |d|^2, whose integral over s is the remainder.
Evidence interchange_with_uniform_moment(const Rational& factor) {
  const Rational one(1), two(2);
  return Certificate(
             "the derivative of F along a segment of X has an integrable square for almost all w, by Tonelli's theorem "
             "and the bound G^2, so that it integrates to the difference of F, and f(x+d) - f(x) is the integral of "
             "<E grad F(x+sd),d>, by Fubini's theorem with 2E|grad F| <= 1 + G^2; as E grad F is Lipschitz, this "
             "differs from <E grad F(x),d> by L|d|^2/2 or less. A continuous f on a compact set has a closed, nonempty "
             "set of solutions")
      .identity(
          "1 + g^2 - 2g = (1-g)^2", {{"g", 2}}, [=](const Point& v) { return one + v[0] * v[0] - factor * v[0]; },
          [=](const Point& v) { return (one - v[0]) * (one - v[0]); })
      .identity(
          "E g^2 - (E g)^2 = q (1-q) (a-b)^2", {{"q", 2}, {"a", 2}, {"b", 2}},
          [=](const Point& v) {
            const Rational mean = v[0] * v[1] + (one - v[0]) * v[2];
            return v[0] * v[1] * v[1] + (one - v[0]) * v[2] * v[2] - mean * mean;
          },
          [=](const Point& v) { return v[0] * (one - v[0]) * (v[1] - v[2]) * (v[1] - v[2]); });
}

/// max(0, 1-t), the loss of a support vector machine at the margin t = 1: difference quotients from both sides.
Evidence hinge_loss() {
  Evidence e =
      evidence(Coverage::instance,
               "exact difference quotients of max(0, 1-t) at t = 1, which do not depend on the step: the function "
               "is linear on either side");
  const auto hinge = [](const Rational& t) { return max(Rational(0), Rational(1) - t); };
  for (const Rational& h : {Rational(1, 10), Rational(1, 1'000'000'000)}) {
    const auto quotient = [&](const Rational& step) { return (hinge(Rational(1) + step) - hinge(1)) / step; };
    compare(e, "the quotients from the left and from the right differ by 1", quotient(h) - quotient(-h),
            Relation::equal, 1, Object().add("h", Fraction{h}));
  }
  return e;
}

/// F(x; w) = x^2/2 + w h(x), w = +-1, h(x) = x^2 sin(1/x^2), h(0) = 0: everywhere differentiable, with h' = -2 sqrt(2
/// pi k) at x = 1/sqrt(2 pi k). E grad F = x, and the second moment of the noise is h'(x)^2 = 8 pi k there.
Evidence uniform_moment() {
  Evidence e = evidence(Coverage::instance,
                        "closed form of F(x;w) = x^2/2 + w x^2 sin(1/x^2), w = +-1, on [0,1] at x = (2 pi k)^{-1/2}");
  for (const char* text : {"1e3", "1e9", "1e30"}) {
    const Rational k = Rational::parse(text);
    compare(e, "E |grad F(x;w) - grad f(x)|^2 <= 1000", Ball(8) * Ball::pi() * Ball(k), Relation::less_equal, 1000,
            Object().add("x", "1/sqrt(2 pi k)").add("k", text));
  }
  return e;
}

/// Base points are points of X in (3.1); Lemma 4.2 needs a solution. x^2/2 on [-1,1] with p = 1: dE/dt = -2x(x-1) > 0
/// on (0,1).
Evidence base_point() {
  Evidence e =
      evidence(Coverage::instance,
               "exact: dE/dt = -2 <grad f(x), x-p> at x = y = 1/2 for x^2/2 on [-1,1] with the base point p = 1");
  const Rational x(1, 2), p(1);
  compare(e, "0 < dE/dt", 0, Relation::less, Rational(-2) * x * (x - p), Object().add("y", Fraction{x}).add("p", p));
  return e;
}

/// Workers 0, ..., K-1 in turn: after the first round every gradient is K-1 updates old.
Evidence bookkeeping_in_turn(long difference) {
  Evidence e = evidence(Coverage::sample, "exact bookkeeping of 40 rounds for 1 to 12 workers in turn");
  for (long K = 1; K <= 12; ++K) {
    std::vector<long> read(static_cast<std::size_t>(K), 0);
    long smallest = 1000, largest = 0;
    for (long n = 0; n < 40 * K; ++n) {
      long& s = read[static_cast<std::size_t>(n % K)];
      if (n >= K) smallest = std::min(smallest, n - s), largest = std::max(largest, n - s);
      s = n + 1;
    }
    compare(e, "the least delay after the first round is K-1", smallest, Relation::equal, K - 1 + difference,
            Object().add("K", K));
    compare(e, "the largest delay after the first round is K-1", largest, Relation::equal, K - 1 + difference,
            Object().add("K", K));
  }
  return e;
}

/// The worker of the receipt at n >= K had its last one at n-K, after which it read X_{n-K+1}.
Evidence round_robin() {
  return with_search(
      Certificate("identity of degree one: the worker of receipt n >= K had its last at n-K and then read X_{n-K+1}")
          .identity(
              "n - (n-K+1) = K-1", {{"n", 1}, {"K", 1}},
              [](const Point& v) { return v[0] - (v[0] - v[1] + Rational(1)); },
              [](const Point& v) { return v[1] - Rational(1); }),
      bookkeeping_in_turn(0));
}

}  // namespace

void register_assumption_claims(ClaimRegistry& registry) {
  const auto add = [&](Claim c) { registry.add(std::move(c)); };
  add({.id = "dasgd.assumption1.interchange.printed",
       .source = "Section 2, after Assumption 1",
       .statement = R"(Assumption 1 implies that $f=EF$ is differentiable with $\nabla f=E\nabla F$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return interchange(); },
       .note = "Finite second moments at each point do not dominate the gradients near a point: f jumps at 0 although "
               "E grad F is Lipschitz. With sup_x E|grad F|^2 finite, or an integrable Lipschitz constant of F, the "
               "interchange holds.",
       .instead = "dasgd.assumption1.interchange"});
  add({.id = "dasgd.assumption1.interchange",
       .source = "Section 2, after Assumption 1, corrected; footnote 3",
       .statement =
           R"(With $\sup_xE\|\nabla F(x;\omega)\|^2=G^2<\infty$ in Assumption 1, almost every $F(\cdot;\omega)$ differentiable at all $x$, and $\mathcal X$ convex and compact: $E\|\nabla F\|\le(1+G^2)/2$, $f=EF$ is differentiable with $\nabla f=E\nabla F$, and the solution set is closed and nonempty)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return interchange_with_uniform_moment(2); },
       .note = "Finite second moments give finite first ones, as the footnote says."});
  add({.id = "dasgd.assumption1.solutions_closed.printed",
       .source = "Section 2, after Assumption 1",
       .statement = R"(Under Assumption 1 the solution set is closed)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return solutions_closed(); },
       .uses = {"dasgd.assumption1.interchange.printed"},
       .note = "The solutions are (0, 1/2].",
       .instead = "dasgd.assumption1.interchange"});
  add({.id = "dasgd.assumption1.hinge_loss",
       .source = "Section 2, the instances of (2.1), with Assumption 1, part 1",
       .statement =
           R"(The loss $\max(0,1-t)$ of support vector machines, which the text names, has no derivative at the margin $t=1$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return hinge_loss(); },
       .note = "A finite sum of such losses has the form (2.1), and does not meet the first part of Assumption 1 on a "
               "set that reaches a margin; nor does a trace norm at the matrix 0."});
  add({.id = "dasgd.corollary4.5.uniform_moment.printed",
       .source = "Assumption 1, part 2, \"bounded, that is, finite for all x\", and the proof of Corollary 4.5",
       .statement =
           R"(Second moments that are finite at each $x\in\mathcal X$ are bounded: $\sup_xE\|\nabla F(x;\omega)-\nabla f(x)\|^2<\infty$, here below 1000)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return uniform_moment(); },
       .note = "The assumption calls them bounded and asks for finite values at each point. Condition 3 of Theorem 4.4 "
               "is immediate only from a bound over the whole set, which has to be assumed; here the moment is finite "
               "for every k and grows without bound.",
       .no_correction = "The bound over the whole set is an assumption of its own, which dasgd.theorem4.6 makes."});
  add({.id = "dasgd.lemma4.2.part1.base_point",
       .source = "Lemma 4.2, part 1, with a fixed base point in X as in (3.1)",
       .statement =
           R"(The base point of Lemma 4.2 has to be a solution: with $p=1$ for $x^2/2$ on $[-1,1]$ the energy rises at $y=1/2$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return base_point(); },
       .note = "(3.1) allows any point of X, typically a solution; the lemma, which takes over its notation, means a "
               "solution."});
  add({.id = "dasgd.introduction.round_robin",
       .source = "Section 1",
       .statement =
           R"(Workers of equal speed in turn have the constant delay $K-1$ after the first round, for every $K$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return round_robin(); }});
  add({.id = "dasgd.canary.round_robin_delay",
       .source = "planted",
       .statement = R"(Workers in turn have the delay $K$)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return bookkeeping_in_turn(1); },
       .canary = true});
  add({.id = "dasgd.canary.first_moment_above_second",
       .source = "planted",
       .statement = R"($1+g^2-3g=(1-g)^2$, which would bound three times the first moment)",
       .expected = Verdict::refuted,
       .procedure = [](const Context&) { return interchange_with_uniform_moment(3); },
       .canary = true});
}

}  // namespace asyncert::dasgd
