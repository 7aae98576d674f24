// Claims about (6)-(8), the interpolations, and the terms of the proof of Theorem 3.2.
#include "bounds/assm/differential_inclusion.hpp"
#include "verify/assm/certificates.hpp"
#include "verify/assm/claims.hpp"

namespace asyncert::assm {

namespace {

/// A trace of one block: steps gamma_k, inter-update times dtau_k, iterates of |x| with exact signs.
struct Trace {
  std::vector<Rational> gamma, dtau, t{0}, tau{0}, x;
};

Trace make_trace(long K) {
  Trace r;
  r.x.emplace_back(3, 2);
  for (long k = 0; k < K; ++k) {
    r.gamma.emplace_back(1, k + 3);
    r.dtau.emplace_back(1 + (3 * k) % 5, 2);
    r.t.push_back(r.t.back() + r.gamma.back());
    r.tau.push_back(r.tau.back() + r.gamma.back() * r.dtau.back());
    r.x.push_back(r.x.back() - r.gamma.back() * Rational(r.x.back().sign()));
  }
  return r;
}

/// Index k with grid[k] <= at < grid[k+1].
std::size_t interval_of(const std::vector<Rational>& grid, const Rational& at) {
  std::size_t k = 0;
  while (k + 2 < grid.size() && grid[k + 1] <= at) ++k;
  return k;
}

/// x(t) = xhat(tau(t)), xhat(tau) = x(N(tau)) and N(tau(t)) = t_k for piecewise constant interpolations on [t_k,
/// t_{k+1}).
Evidence interpolations() {
  const Trace r = make_trace(40);
  Evidence e = evidence(
      Coverage::sample,
      "exact trace of 40 steps with unequal steps and times; all interpolations at three points of each interval");
  for (std::size_t k = 0; k + 1 < r.t.size(); ++k)
    for (const Rational& share : {Rational(0), Rational(1, 2), Rational(99, 100)}) {
      const Rational t = r.t[k] + share * r.gamma[k], tau_of_t = r.tau[interval_of(r.t, t)];
      const Rational tau = r.tau[k] + share * r.gamma[k] * r.dtau[k], N_of_tau = r.t[interval_of(r.tau, tau)];
      const Object at = Object().add("k", static_cast<long>(k)).add("share of the interval", share);
      compare(e, "x(t) = xhat(tau(t))", r.x[interval_of(r.t, t)], Relation::equal, r.x[interval_of(r.tau, tau_of_t)],
              at);
      compare(e, "xhat(tau) = x(N(tau))", r.x[interval_of(r.tau, tau)], Relation::equal,
              r.x[interval_of(r.t, N_of_tau)], at);
      compare(e, "N(tau(t)) = t_k", r.t[interval_of(r.tau, tau_of_t)], Relation::equal, r.t[k], at);
    }
  return e;
}

/// On closed intervals [t_k, t_{k+1}] the definition gives two values at t_{k+1}.
Evidence closed_intervals() {
  const Trace r = make_trace(3);
  Evidence e = evidence(Coverage::instance,
                        "exact trace: the values that neighbouring closed intervals give to their common end");
  compare(e, "x_k = x_{k+1} at t_{k+1}", r.x[0], Relation::equal, r.x[1],
          Object().add("t", r.t[1]).add("x_0", r.x[0]).add("x_1", r.x[1]));
  return e;
}

/// |x| from 20 with dtau = 2 and constant step 1/100: after real scaled time 16 the method is at 12.
Evidence mean_time_factor(bool with_factor) {
  const Rational ubar(2), gamma(1, 100), horizon(16), x0(20);
  Rational x = x0, tau;
  for (; tau + gamma * ubar <= horizon; tau += gamma * ubar) x -= gamma * Rational(x.sign());
  const Trajectory path = piecewise_linear_flow(Problem::P01, {{x0}, {with_factor ? ubar : Rational(1)}, {horizon}});
  Evidence e =
      evidence(Coverage::instance, "800 exact steps of the method on |x| against the solution of the inclusion");
  compare(e, "x at tau = 16", x, Relation::equal, *path.x[0][0].get<Rational>(),
          Object().add("ubar", ubar).add("x_0", x0).add("tau", horizon).add("gamma", gamma));
  return e;
}

/// |x| along +-d|x| from 1.
Evidence sign_of_inclusion(const Rational& direction) {
  const Rational tau(1, 2), x0(1), x = x0 + direction * tau;
  Evidence e = evidence(Coverage::instance, "the solution from x_0 = 1, where d|x| = {1}, at time 1/2");
  compare(e, "f(xhat(1/2)) <= f(xhat(0))", abs(x), Relation::less_equal, abs(x0),
          Object().add("f", "|x|").add("x_0", x0).add("tau", tau));
  return e;
}

/// tau(t) = ubar t and x(t) = xhat(tau(t)): the chain rule takes ubar xhat' in -df to x' in -df, here on |x| exactly.
Evidence chain_rule() {
  Evidence e = evidence(Coverage::sample, "exact solutions of |x| with ubar = 1, 2, 7/3 from 5 at rational times");
  for (const Rational& ubar : {Rational(1), Rational(2), Rational(7, 3)})
    for (const Rational& t : {Rational(1, 2), Rational(3), Rational(8)}) {
      const Rational x = *piecewise_linear_flow(Problem::P01, {{5}, {1}, {t}}).x[0][0].get<Rational>();
      const Rational xhat = *piecewise_linear_flow(Problem::P01, {{5}, {ubar}, {ubar * t}}).x[0][0].get<Rational>();
      compare(e, "x(t) = xhat(ubar t)", x, Relation::equal, xhat, Object().add("ubar", ubar).add("t", t));
    }
  return e;
}

}  // namespace

void register_inclusion_claims(ClaimRegistry& registry) {
  registry.add({.id = "assm.equation8.sign.printed",
                .source = "Section 3.3, (7) and (8), with the flow towards minimization of Section 1",
                .statement = R"(Along $\bar u\dot{\hat x}\in+\partial f(\hat x)$ the function decreases)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return sign_of_inclusion(1); },
                .note = "The sign is minus throughout.",
                .instead = "assm.inclusion.descent"});
  registry.add(
      {.id = "assm.equation8.sign",
       .source = "(8), corrected",
       .statement =
           R"(Along $\bar u\dot{\hat x}\in-\partial f(\hat x)$ the function decreases, on $|x|$ from $1$ up to time $\frac12$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return sign_of_inclusion(-1); }});
  registry.add(
      {.id = "assm.equation6.chain_rule",
       .source = "(6), from (7) to (8)",
       .statement =
           R"(Where $\dot\tau_i=\bar u_i(\hat x(\tau_i))>0$, (7) for $x_i(t)=\hat x_i(\tau_i(t))$ and (8) are the same, with either sign and every set $\partial_if$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) {
         return with_search(
             Certificate("x' = xhat' ubar by the chain rule and (6): with (8), xhat' = -v/ubar, v in df, it is -v, an "
                         "identity, and conversely")
                 .identity(
                     "(-v/ubar) ubar = -v", {{"v", 1}, {"ubar", 1}},
                     [](const asyncert::Point& p) { return -p[0] / p[1] * p[1]; },
                     [](const asyncert::Point& p) { return -p[0]; }),
             chain_rule());
       }});
  registry.add(
      {.id = "assm.interpolation",
       .source = "Section 3.2, the interpolations on half-open intervals",
       .statement =
           R"($x^\sigma(t)=\hat x^\sigma(\tau(t))$, $\hat x^\sigma=x^\sigma\circ N$, $N(\tau(t))=t_k$ for all positive steps and inter-update times)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) {
         return with_search(
             Certificate("positive gamma_k and dtau_k make both grids increase, so that each t lies in one [t_k, "
                         "t_{k+1}) and has tau(t) = tau_k, which lies in [tau_k, tau_{k+1}), and conversely: all three "
                         "name the same k")
                 .identity(
                     "tau_{k+1} - tau_k = gamma_k dtau_k, with t_{k+1} - t_k = gamma_k",
                     {{"t_k", 1}, {"gamma_k", 1}, {"tau_k", 1}, {"dtau_k", 1}},
                     [](const asyncert::Point& v) { return v[2] + (v[0] + v[1] - v[0]) * v[3] - v[2]; },
                     [](const asyncert::Point& v) { return v[1] * v[3]; }),
             interpolations());
       }});
  registry.add({.id = "assm.interpolation.closed.printed",
                .source = "Section 3.2, [t_k, t_{k+1}]",
                .statement = R"(On closed intervals $[t_k,t_{k+1}]$ the interpolation is single-valued)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return closed_intervals(); },
                .note = "Half-open intervals are meant.",
                .instead = "assm.interpolation"});
  registry.add({.id = "assm.theorem3_2.limit_equation.printed",
                .source = "proof of Theorem 3.2, the last display",
                .statement = R"($\hat x(\tau)-\hat x(0)-\int_0^\tau g(\hat x)=0$ without $1/\bar u$)",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return mean_time_factor(false); },
                .note = "Contradicts (8) unless ubar = 1.",
                .instead = "assm.theorem3_2.limit_equation"});
  registry.add(
      {.id = "assm.theorem3_2.limit_equation",
       .source = "proof of Theorem 3.2, corrected",
       .statement =
           R"($\bar u\dot{\hat x}\in-\partial f(\hat x)$ gives the position of the method on $|x|$ from $20$ with $\delta\tau=2$ at $\tau=16$)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return mean_time_factor(true); }});
}

}  // namespace asyncert::assm
