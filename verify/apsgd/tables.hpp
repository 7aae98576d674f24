// Tables 1 to 3 of the paper on linear systems: printed beside recomputed.
#pragma once

#include <string>
#include <vector>

#include "bounds/apsgd/min_tau.hpp"
#include "reports/table.hpp"

namespace asyncert::apsgd {

/// One row of the printed Tables 2 and 3, with the committed values of the recomputed columns.
struct PrintedRow {
  int table;
  const char *lambda_min, *lambda_max, *c;
  long tau;
  const char *closed_form, *bound, *rate, *rate_one_less;

  Spectrum spectrum() const { return {Rational::parse(lambda_min), Rational::parse(lambda_max)}; }
  Rational speed() const { return Rational::parse(c); }
  /// The closed form that the paper used: (56) for Table 2, (61) for Table 3.
  Definition printed_definition() const { return table == 2 ? Definition::printed : Definition::equation_61; }
};
const std::vector<PrintedRow>& printed_rows();

/// "tau", or "first >= 1/first >= 2/always from" where these differ; "none" for what does not exist.
std::string shown(const MinimumProcessors& m);

/// Table 2 or 3. `definition` is all, printed, U, rate or rate-one-less. A cell that differs from the printed value, or
/// from the committed one, is marked, and each differing row says why. `differences` counts what `--check` refuses.
/// Cost: some 10 ms a table.
Table minimum_processors_table(int number, const std::string& definition, int* differences);

/// Table 1: the printed complexities and limits beside the correct ones, at one spectrum of either case.
Table complexity_table(int* differences);

}  // namespace asyncert::apsgd
