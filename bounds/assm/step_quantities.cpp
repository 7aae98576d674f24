// Registered quantities about step sizes.
#include <algorithm>
#include <map>

#include "bounds/assm/momentum.hpp"
#include "bounds/assm/quantities.hpp"
#include "bounds/assm/step_laws.hpp"
#include "bounds/assm/step_sums.hpp"
#include "lib/errors.hpp"

namespace asyncert::assm {

namespace {

template <class T>
Object momentum_weights_of(const Inputs& in) {
  const T m = in.number<T>("m");
  const std::vector<T> weights = momentum_weights(m, in.integer("k"));
  T sum(0);
  for (const T& w : weights) sum = sum + w;
  // The printed sum starts at j = 1 and so misses the oldest subgradient.
  T printed(0);
  for (std::size_t j = 1; j < weights.size(); ++j) printed = printed + weights[j];
  Object o;
  o.add("weights", Value(weights)).add("sum", sum).add("sum_printed", printed);
  return o.add("geometric_printed", T(printed / (T(1) - m))).add("geometric", T(sum / (T(1) - m)));
}

Object effective_step(const Inputs& in) {
  const Rational m = in.rational("m"), gamma0 = in.rational("gamma0"), rest = Rational(1) - m;
  const long l = in.integer("l"), K = in.integer("K");
  Object o;
  o.add("weight", Ball(rest * gamma0) * geometric_inverse_root_sum(m, l, K));
  o.add("weight_limit", Ball(rest * gamma0) * geometric_inverse_root_tail(m, l))
      .add("step", Ball(gamma0) / sqrt(Ball(l)));
  // The weights of the gradients 1..K add up to the sum of (1 - m^k) gamma_k.
  const Ball steps = inverse_root_sum(1, K), missing = Ball(m) * geometric_inverse_root_sum(m, 1, K);
  return o.add("sum_steps", Ball(gamma0) * steps).add("sum_weights", Ball(gamma0) * (steps - missing));
}

template <class T>
T root_sum(long first, long last) {
  if constexpr (std::is_same_v<T, double>)
    return inverse_root_sum_double(first, last);
  else
    return inverse_root_sum(first, last);
}

template <class T>
Object staleness_window(const Inputs& in) {
  using std::sqrt;
  const T scale = from_rational<T>(in.rational("alpha") * in.rational("gamma0"));
  const long k = in.integer("k"), d = in.integer("d"), delta = in.integer("delta");
  const auto step = [&](long j) { return T(scale / sqrt(T(j))); };
  const T inclusive = scale * root_sum<T>(k - d, k), printed = T(delta) * step(k - delta);
  Object o;
  o.add("sum_inclusive", inclusive).add("sum_exclusive", T(scale * root_sum<T>(k - d, k - 1)));
  o.add("bound_printed", printed).add("printed_holds", decide_less_equal(inclusive, printed));
  return o.add("bound", T(T(d + 1) * step(k - d))).add("bound_exclusive", T(T(d) * step(k - d)));
}

const std::map<std::string, StepLaw> laws = {{"power", StepLaw::power},
                                             {"1/(s log s)", StepLaw::inverse_s_log_s},
                                             {"exponential", StepLaw::exponential},
                                             {"1/log s", StepLaw::inverse_log_s}};
const std::map<std::string, HorizonRule> rules = {{"s", HorizonRule::s},
                                                  {"log s", HorizonRule::log_s},
                                                  {"sqrt s", HorizonRule::sqrt_s},
                                                  {"s^0.8", HorizonRule::s_to_four_fifths}};

template <class Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

bool has_logarithm(StepLaw law) { return law == StepLaw::inverse_s_log_s || law == StepLaw::inverse_log_s; }

template <class T>
Object condition5_sup(const Inputs& in) {
  const T s = in.number<T>("s"), t = horizon(rules.at(in.word("T_rule")), s);
  const StepLaw law = laws.at(in.word("law"));
  const T parameter = has_logarithm(law) ? T(0) : in.number<T>("parameter");
  return Object().add("T", t).add("sup", relative_step_change(law, parameter, s, t));
}

template <class T>
Object interval_average_step(const Inputs& in) {
  const auto r = interval_average_steps(in.number<T>("gamma0"), in.number<T>("T_start"), in.numbers<T>("delta_tau"));
  Object o;
  o.add("gamma_k", Value(r.gamma)).add("tau_partial", Value(r.tau)).add("t_partial", Value(r.t));
  return o.add("telescoped", r.tau.back());
}

Object step_sums(const Inputs& in) {
  const Rational scale = in.rational("alpha") * in.rational("gamma0");
  const long K = in.integer("K"), P = in.integer("P"), K_local = K / P;
  const Ball global = Ball(scale) * inverse_root_sum(1, K), local = Ball(scale) * inverse_root_sum(1, K_local);
  Object o;
  o.add("sum_global", global).add("sum_local_one_core", local).add("HW_local_total", Ball(P) * local);
  // With fewer gradients than cores no core has moved yet, and there is no ratio.
  o.add("ratio_HW_local_over_PASSM", K_local > 0 ? Value(P) : Value());
  o.add("ratio_HW_global_over_PASSM", K_local > 0 ? Value(global / local) : Value());
  return o.add("gamma_K", Ball(scale) / sqrt(Ball(K))).add("sum_gamma_sq", Ball(scale * scale) * harmonic_number(K));
}

template <class T>
Object local_counter_speed_ratio(const Inputs& in) {
  using std::pow;
  const Rational ratio = in.list("ubar")[1] / in.list("ubar")[0];
  const T local = pow(from_rational<T>(ratio), from_rational<T>(Rational(1) - in.rational("a")));
  return Object().add("local_counter", local).add("equation_8", from_rational<T>(ratio));
}

Object momentum_martingale_bias(const Inputs& in) {
  const Rational m = in.rational("m");
  const long n0 = in.integer("n0"), n1 = in.integer("n1");
  const Ball past = Ball(1) - pow(Ball(m), n0);
  Object o;
  o.add("conditional_mean", n0 == 0 ? Ball(0) : past * Ball(m) * geometric_inverse_root_sum(m, n0 + 1, n1));
  return o.add("bound", Ball(m / (Rational(1) - m)) / sqrt(Ball(n0 + 1)));
}

/// `steps` steps of E x_{t+1} = E x_t - gamma v_t, v_{t+1} = (1-1/P) v_t + E x_{t+1}/P; appends the means.
template <class T>
void implicit_momentum_steps(T& x, T& v, long P, const T& gamma, long steps, List& means) {
  const T share = T(1) / T(P), mu = T(1) - share;
  for (long t = 0; t < steps; ++t) {
    x = x - gamma * v;
    v = mu * v + share * x;
    means.push_back(x);
  }
}

Object hw_implicit_momentum(const Inputs& in) {
  // The exact means grow by the size of gamma with every step; after some hundred steps enclosures go on from the exact
  // state, so that a method that has stopped at 0 stays there.
  constexpr long exact_steps = 500;
  const long P = in.integer("P"), K = in.integer("K");
  const Rational& gamma = in.rational("gamma");
  Rational x = in.rational("x0"), v = x;
  List means;
  implicit_momentum_steps(x, v, P, gamma, std::min(K, exact_steps), means);
  Ball enclosed_x(x), enclosed_v(v);
  implicit_momentum_steps(enclosed_x, enclosed_v, P, Ball(gamma), K - exact_steps, means);
  return Object().add("mean_x", std::move(means)).add("momentum", Rational(1) - Rational(1, P));
}

Object hw_implicit_momentum_float(const Inputs& in) {
  double x = in.number<double>("x0"), v = x;
  List means;
  implicit_momentum_steps(x, v, in.integer("P"), in.number<double>("gamma"), in.integer("K"), means);
  return Object().add("mean_x", std::move(means)).add("momentum", 1 - 1 / in.number<double>("P"));
}

Parameter momentum() { return real("m", "m", "momentum").at_least(0).below(1); }
Parameter first_step() { return real("gamma0", "\\gamma", "initial step size").above(0); }
Parameter core_factor() { return real("alpha", "\\alpha^j", "factor of the core's step size").above(0); }
Parameter count(std::string name, std::string symbol, std::string meaning, long least) {
  return integer(std::move(name), std::move(symbol), std::move(meaning))
      .at_least(least)
      .at_most(Rational::parse("1e18"));
}

[[noreturn]] void refuse(const Inputs& in, const std::string& name, const std::string& domain) {
  throw DomainError(name, in.rational(name).to_decimal(17), domain);
}

void validate_condition5(const Inputs& in) {
  const StepLaw law = laws.at(in.word("law"));
  const Rational& s = in.rational("s");
  if (has_logarithm(law) && s <= Rational(1)) refuse(in, "s", std::string("s > 1 for the law ") + in.word("law"));
  if (rules.at(in.word("T_rule")) == HorizonRule::log_s && s < Rational(1)) refuse(in, "s", "s >= 1 where T = log s");
  if (has_logarithm(law) == in.has("parameter"))
    throw DomainError(std::string("the law ") + in.word("law") +
                      (has_logarithm(law) ? " has no parameter" : " needs the parameter: a number > 0"));
}

}  // namespace

void register_step_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "assm.momentum_weights",
      .summary = "Weights of the past subgradients in the momentum variable, their sum, and the printed sum without "
                 "the oldest.",
      .source = "the momentum recursion, (4)",
      .parameters = {momentum(), integer("k", "k", "number of the step").at_least(0).at_most(10000)},
      .outputs = {"weights: (1-m) m^(k-j) for j = 0..k", "sum: of all weights, 1 - m^(k+1)",
                  "sum_printed: from j = 1, 1 - m^k", "geometric_printed: sum_printed / (1-m)",
                  "geometric: sum / (1-m)"},
      .enclosed = momentum_weights_of<Rational>,
      .floating = momentum_weights_of<double>,
  });

  registry.add({
      .name = "assm.effective_step",
      .summary =
          "How much of the subgradient of step l the iterate has moved by step K, and in the limit, for gamma_k = "
          "gamma0/sqrt(k).",
      .source = "(4), with the order of summation changed",
      .parameters = {momentum(), first_step(), count("l", "l", "step of the subgradient", 1),
                     count("K", "K", "last step", 1)},
      .outputs = {"weight: (1-m) times the sum of m^(k-l) gamma_k over k = l..K",
                  "weight_limit: K to infinity, (1-m) gamma0 Phi(m, 1/2, l)", "step: gamma_l",
                  "sum_steps: of gamma_k over k = 1..K", "sum_weights: of the weights of the subgradients 1..K"},
      .validate =
          [](const Inputs& in) {
            if (in.integer("K") < in.integer("l")) refuse(in, "l", "1 <= l <= K");
          },
      .enclosed = effective_step,
  });

  registry.add({
      .name = "assm.staleness_window",
      .summary =
          "Sums of the steps over a window of delays against the printed bound of Lemma 3.2 and the correct ones.",
      .source = "Lemma 3.2",
      .parameters = {core_factor(), first_step(), count("k", "k", "current step", 1),
                     count("d", "[d^k]_l", "delay at step k", 0), count("delta", "\\delta", "bound of the delays", 0)},
      .outputs = {"sum_inclusive: of gamma_j over j = k-d..k", "sum_exclusive: over j = k-d..k-1",
                  "bound_printed: delta gamma_{k-delta}", "printed_holds: whether sum_inclusive <= bound_printed",
                  "bound: (d+1) gamma_{k-d}", "bound_exclusive: d gamma_{k-d}"},
      .validate =
          [](const Inputs& in) {
            if (in.integer("delta") < in.integer("d")) refuse(in, "d", "0 <= d <= delta");
            if (in.integer("k") <= in.integer("delta"))
              refuse(in, "delta", "delta < k, since steps are counted from 1");
          },
      .enclosed = staleness_window<Ball>,
      .floating = staleness_window<double>,
  });

  registry.add({
      .name = "assm.condition5_sup",
      .summary = "The supremum in condition (5), over 0 <= t <= T(s), for four laws of the step size.",
      .source = "(5)",
      .parameters =
          {word("law", "law of the step size gamma(s)", keys(laws)),
           real("parameter", "a", "exponent of the power law, rate of the exponential law").above(0).or_absent(),
           real("s", "s", "real time").above(0), word("T_rule", "the horizon T(s)", keys(rules))},
      .outputs = {"T: the horizon", "sup: of |gamma(s)/gamma(s+t) - 1|"},
      .validate = validate_condition5,
      .enclosed = condition5_sup<Ball>,
      .floating = condition5_sup<double>,
  });

  registry.add({
      .name = "assm.interval_average_step",
      .summary = "Steps that are averages of gamma0/sqrt(1+s) over the inter-update intervals, and their partial sums.",
      .source = "(5)",
      .parameters = {first_step(), real("T_start", "T_{k,i}", "real time at the first interval").at_least(0),
                     real_list("delta_tau", "\\delta\\tau_{k,i}", "lengths of the intervals").above(0)},
      .outputs = {"gamma_k: the steps", "tau_partial: sums of gamma_k delta_tau_k", "t_partial: sums of gamma_k",
                  "telescoped: the integral of the law over all intervals"},
      .enclosed = interval_average_step<Ball>,
      .floating = interval_average_step<double>,
  });

  registry.add({
      .name = "assm.step_sums",
      .summary =
          "How far a coordinate travels in K gradients under the global and the local counters, and the sum of squared "
          "steps.",
      .source = "Section 4, the step size; figure 1",
      .parameters = {count("K", "K", "gradients of all cores together", 1), count("P", "P", "cores", 1), core_factor(),
                     first_step()},
      .outputs = {"sum_global: of alpha gamma0/sqrt(k) over k = 1..K", "sum_local_one_core: over k = 1..floor(K/P)",
                  "HW_local_total: P times that, since every core moves every coordinate",
                  "ratio_HW_local_over_PASSM: null where floor(K/P) = 0",
                  "ratio_HW_global_over_PASSM: null where floor(K/P) = 0", "gamma_K: the last step",
                  "sum_gamma_sq: sum of the squared steps over k = 1..K"},
      .enclosed = step_sums,
  });

  registry.add({
      .name = "assm.local_counter_speed_ratio",
      .summary = "Speed of block 1 over that of block 2 under local counters and under (8).",
      .source = "(5)-(8) against the steps of Section 4",
      .parameters = {real("a", "a", "exponent of the step gamma0/nu^a").at_least(0),
                     real_list("ubar", "\\bar u_i", "mean inter-update times of the two blocks").above(0)},
      .outputs = {"local_counter: (u_2/u_1)^(1-a)", "equation_8: u_2/u_1"},
      .validate =
          [](const Inputs& in) {
            if (in.list("ubar").size() != 2)
              throw DomainError("ubar", std::string("a list of ") + std::to_string(in.list("ubar").size()),
                                "a list of 2 positive numbers");
          },
      .enclosed = local_counter_speed_ratio<Ball>,
      .floating = local_counter_speed_ratio<double>,
  });

  registry.add({
      .name = "assm.momentum_martingale_bias",
      .summary =
          "Conditional mean of the momentum noise from n0 to n1, and its bound, when all noise before n0 was +1.",
      .source = "proof of Theorem 3.2, the term with M",
      .parameters = {momentum(), count("n0", "n_0", "number of noise terms in the past", 0),
                     count("n1", "n_1", "end of the window", 0)},
      .outputs = {"conditional_mean: E[M_{n1} - M_{n0} | past], with gamma_k = 1/sqrt(k+1)",
                  "bound: gamma_{n0} m/(1-m)"},
      .validate =
          [](const Inputs& in) {
            if (in.integer("n1") < in.integer("n0")) refuse(in, "n1", "n1 >= n0");
          },
      .enclosed = momentum_martingale_bias,
  });

  registry.add({
      .name = "assm.hw_implicit_momentum",
      .summary =
          "Mean iterates of lock-free full updates on x^2/2 by P memoryless workers: heavy ball with momentum 1 - 1/P.",
      .source = "figure 2 and its reference on asynchrony and momentum",
      .parameters = {integer("P", "P", "workers").at_least(1).at_most(1000000000),
                     real("gamma", "\\gamma", "constant step").above(0),
                     integer("K", "K", "number of updates").at_least(1).at_most(100000), real("x0", "x_0", "start")},
      .outputs = {"mean_x: E x_t for t = 1..K", "momentum: 1 - 1/P"},
      .enclosed = hw_implicit_momentum,
      .floating = hw_implicit_momentum_float,
  });
}

}  // namespace asyncert::assm
