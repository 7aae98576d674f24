#include "verify/apsgd/tables.hpp"

#include <algorithm>

namespace asyncert::apsgd {

namespace {

std::string text(const std::optional<Rational>& x) { return x ? x->to_string() : "none"; }

/// Why a cell of the minimum of U differs from the printed number.
std::string explanation(const PrintedRow& row, const MinimumProcessors& closed, const MinimumProcessors& bound,
                        const MinimumProcessors& rate) {
  std::string why;
  for (const Rational& tie : closed.ties)
    if (tie == Rational(row.tau))
      why = "exact tie at " + tie.to_string() + ", strictly better from " + text(closed.first_ge2);
  if (!(bound.first_ge2 == closed.first_ge2)) {
    if (!why.empty()) why += "; ";
    why += row.table == 2 ? "(56) doubles a bracket" : "the minimum lies at omega*, not at omega = 2";
  }
  if (closed.first && *closed.first == Rational(1))
    why += std::string(why.empty() ? "" : "; ") + "tau = 1 wins already, printed is the first tau >= 2";
  else if (why.empty() && bound.first && *bound.first == Rational(1))
    why = "tau = 1 wins already";
  if (why.empty())
    why = shown(rate) == shown(bound) ? "a delay of one update less" : "the exact rate is smaller than its bound U";
  return why;
}

}  // namespace

std::string shown(const MinimumProcessors& m) {
  const std::string first = text(m.first), second = text(m.first_ge2), always = text(m.always_from);
  return first == second && second == always ? first : first + "/" + second + "/" + always;
}

Table minimum_processors_table(int number, const std::string& definition, int* differences) {
  const bool all = definition == "all";
  Table t;
  t.id = "apsgd.table" + std::to_string(number);
  t.title = "Smallest number of processors with which the asynchronous method wins (the paper's Table " +
            std::to_string(number) + ")";
  t.columns = {"lambda_min", "lambda_max", "c", "printed"};
  const auto wanted = [&](const char* name) { return all || definition == name; };
  if (wanted("printed")) t.columns.emplace_back(number == 2 ? "by (56)" : "by (61)");
  if (wanted("U")) t.columns.emplace_back("min U");
  if (wanted("rate")) t.columns.emplace_back("min rate");
  if (wanted("rate-one-less")) t.columns.emplace_back("delay-1");
  t.columns.emplace_back("why");
  int wrong = 0, reproduced = 0, count = 0;
  for (const PrintedRow& row : printed_rows()) {
    if (row.table != number) continue;
    ++count;
    const Spectrum s = row.spectrum();
    const Rational c = row.speed();
    const std::string printed = std::to_string(row.tau);
    std::vector<Cell> cells = {{row.lambda_min}, {row.lambda_max}, {row.c}, {printed}};
    const MinimumProcessors closed = minimum_processors(s, c, row.printed_definition());
    const MinimumProcessors bound = minimum_processors(s, c, Definition::bound);
    const std::optional<Rational> weak = closed.first_weak_ge2();
    const bool same = weak && *weak == Rational(row.tau);
    reproduced += same;
    if (wanted("printed")) {
      wrong += !same || shown(closed) != row.closed_form;
      cells.push_back({shown(closed), shown(closed) != printed});
    }
    const auto add = [&](const char* name, const MinimumProcessors& m, const char* committed) {
      if (!wanted(name)) return;
      wrong += shown(m) != committed;
      cells.push_back({shown(m), shown(m) != printed});
    };
    add("U", bound, row.bound);
    const MinimumProcessors rate = minimum_processors(s, c, Definition::rate);
    if (wanted("rate")) add("rate", rate, row.rate);
    if (wanted("rate-one-less"))
      add("rate-one-less", minimum_processors(s, c, Definition::rate_one_less), row.rate_one_less);
    const bool differs = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.marked; });
    cells.push_back({differs ? explanation(row, closed, bound, rate) : ""});
    t.rows.push_back(std::move(cells));
  }
  t.notes = {
      "min U: the bound U minimised over theta and omega. min rate: the exact growth factor in its place. delay-1: the "
      "same where an update is at most tau - 1 updates old, as a slowest worker sees it.",
      "A star marks a value that differs from the printed one. a/b/c: first tau >= 1 / first tau >= 2 / for every tau "
      "from there on.",
      std::to_string(reproduced) + " of " + std::to_string(count) +
          " printed rows are the smallest tau >= 2 at which the closed form is at most the synchronous bound (ties "
          "count, delay c tau)."};
  if (differences) *differences += wrong;
  return t;
}

Table complexity_table(int* differences) {
  Table t;
  t.id = "apsgd.table1";
  t.title = "Iteration complexities per unit of time, printed and correct (the paper's Table 1)";
  t.columns = {"case", "omega", "theta", "printed", "correct", "limit printed", "limit correct", "why"};
  const Rational one(1), two(2), tau(10);
  const auto decimal = [](const Ball& x) { return x.to_decimal(8); };
  const auto exact = [](const Rational& x) { return x.to_decimal(8); };
  const PrecisionScope scope(256);
  for (const int number : {1, 2}) {
    const Spectrum s = number == 1 ? Spectrum{Rational(1, 5), one} : Spectrum{Rational(1, 10), Rational(3, 10)};
    const Rational delta = tau, per_l = one / s.l, star = s.omega_star();
    const std::string name = std::to_string(number);
    const auto U = [&](const Rational& omega) { return (per_l * scaled_minimum_bound(s, omega, delta)).enclosure(); };
    const auto add = [&](std::vector<std::string> cells, bool value_wrong, bool limit_wrong) {
      std::vector<Cell> row;
      for (std::size_t i = 0; i < cells.size(); ++i)
        row.push_back({cells[i], (i == 3 && value_wrong) || (i == 5 && limit_wrong)});
      t.rows.push_back(std::move(row));
    };
    const auto line = [&](const char* omega, const char* theta, const Ball& printed, const Ball& correct,
                          const Rational& limit_printed, const Rational& limit_correct, const char* why) {
      const bool wrong = !printed.overlaps(correct), limit = !(limit_printed == limit_correct);
      // What is marked has to be explained, and only that.
      if (differences && (wrong || limit) != (*why != '\0')) ++*differences;
      add({name, omega, theta, decimal(printed), decimal(correct), exact(limit_printed), exact(limit_correct), why},
          wrong, limit);
    };
    const Rational q = one + two * delta * (one - s.l), share(1, 4);
    const Ball printed_53 = (per_l * Surd{Rational(3) * share + share / delta, share / delta, q}).enclosure();
    line("1", "theta_1", printed_53, U(one), Rational(3) * share * per_l, (one + s.l) / two * per_l,
         "(53) is not U at theta_1");
    if (number == 1) {
      line("omega*", "theta_omega*", (per_l * scaled_printed_56(s, delta)).enclosure(), U(star),
           (Rational(3) * s.l + s.L) * share * per_l, (Rational(3) * s.l + s.L) * share * per_l,
           "(56) uses 2-k for k+2l(1-k) and doubles a bracket");
    } else {
      const Surd value = scaled_minimum_bound(s, two, delta);
      const Ball printed_61 =
          Ball(per_l) * (Ball(s.l / two + share) + (Ball(1) + sqrt(Ball(one + delta))) / Ball(two * delta));
      line("2", "theta_2", printed_61, (per_l * value).enclosure(), (one + two * s.l) * share * per_l,
           (one + two * s.l) * share * per_l, "");
    }
    const Rational x = xi(s, tau);
    line("1", "synchronous", Ball(per_l / (two - x)), Ball(per_l / (two - x)), per_l / (two - s.L), per_l / (two - s.L),
         "");
    line("1/xi", "synchronous", Ball(x * per_l), Ball(x * per_l), s.L * per_l, s.L * per_l, "");
  }
  t.notes = {
      "Case 1 at lambda_min = 1/5, lambda_max = 1; case 2 at lambda_min = 1/10, lambda_max = 3/10; c = 1, tau = 10.",
      "Limits for tau to infinity. The synchronous rows are bounds; the exact one-step rate is smaller "
      "(apsgd.optimum)."};
  return t;
}

}  // namespace asyncert::apsgd
