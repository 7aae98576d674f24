#include "bounds/dasgd/energy.hpp"
#include "bounds/dasgd/one_step.hpp"
#include "bounds/dasgd/projections.hpp"
#include "bounds/dasgd/quantities.hpp"

namespace asyncert::dasgd {

namespace {

std::vector<Real> reals(const std::vector<Rational>& v) { return {v.begin(), v.end()}; }

bool in_unit_ball(const std::vector<Rational>& p) { return inner_product(p, p) <= Rational(1); }

/// P(y) on one of the polyhedral sets.
template <class T>
std::vector<T> project_polyhedral(const std::string& set, const Inputs& in) {
  const std::vector<T> y = in.numbers<T>("y");
  if (set == "box") return project_box(y);
  if (set == "simplex") return project_simplex(y);
  if (set == "l1_ball") return project_l1_ball(y);
  return project_box_halfspace(y, in.numbers<T>("a"), in.number<T>("b"));
}

Object projection_energy(const Inputs& in) {
  const std::string set = in.word("set");
  const std::vector<Rational> y = in.list("y"), p = in.list("p");
  if (set != "ball") {
    const std::vector<Rational> x = project_polyhedral<Rational>(set, in);
    Object o;
    o.add("x", fractions(x)).add("squared_distance", Fraction{squared_distance(x, p)});
    return o.add("energy", Fraction{energy(y, x, p)});
  }
  const Rational squared = inner_product(y, y);
  Object o;
  if (squared <= Rational(1)) {
    const Rational distance = squared_distance(y, p);
    return o.add("x", y).add("squared_distance", distance).add("energy", distance);
  }
  const auto at = outside_unit_ball(reals(y), reals(p), sqrt(Real(squared)));
  return o.add("x", values(at.x)).add("squared_distance", at.squared_distance.value()).add("energy", at.energy.value());
}

Object projection_energy_double(const Inputs& in) {
  const std::string set = in.word("set");
  const std::vector<double> y = in.numbers<double>("y"), p = in.numbers<double>("p");
  Object o;
  if (set == "ball") {
    if (const double norm = std::sqrt(inner_product(y, y)); 1 < norm) {
      const auto at = outside_unit_ball(y, p, norm);
      return o.add("x", at.x).add("squared_distance", at.squared_distance).add("energy", at.energy);
    }
  }
  const std::vector<double> x = set == "ball" ? y : project_polyhedral<double>(set, in);
  return o.add("x", x).add("squared_distance", squared_distance(x, p)).add("energy", energy(y, x, p));
}

void validate_projection(const Inputs& in) {
  const std::string set = in.word("set");
  const bool halfspace = set == "box_halfspace";
  require_same_length(in, "p", "y");
  require_given(in, "a", halfspace, "the set " + set);
  require_given(in, "b", halfspace, "the set " + set);
  const std::vector<Rational>& p = in.list("p");
  const Rational zero(0), one(1);
  Rational sum, magnitude;
  bool nonnegative = true, boxed = true;
  for (const Rational& v : p) {
    sum += v;
    magnitude += abs(v);
    nonnegative = nonnegative && zero <= v;
    boxed = boxed && zero <= v && v <= one;
  }
  bool inside = boxed;
  if (set == "simplex") inside = nonnegative && sum == one;
  if (set == "l1_ball") inside = magnitude <= one;
  if (set == "ball") inside = in_unit_ball(p);
  if (halfspace) {
    require_same_length(in, "a", "y");
    const std::vector<Rational>& a = in.list("a");
    if (in.rational("b") < smallest_on_box(a))
      throw DomainError("b", in.rational("b").to_decimal(17),
                        "b >= " + smallest_on_box(a).to_decimal(17) + ", or the set is empty");
    inside = boxed && inner_product(a, p) <= in.rational("b");
  }
  if (!inside) throw DomainError("p", to_text(Value(p), 17), "a point of the set " + set);
}

Object energy_counterexample(const Inputs& in) {
  const std::vector<Real> y = reals(in.list("y")), p = reals(in.list("p"));
  const Real squared = inner_product(y, y), norm = sqrt(squared);
  const auto show = [](const Real& v) { return v.exact() ? Value(Fraction{*v.exact()}) : v.value(); };
  const auto at = [&](const std::vector<Real>& z, const Real& length) {  // z has this length
    if (!decide_less(Real(1), length)) return std::pair(squared_distance(z, p), squared_distance(z, p));
    const auto o = outside_unit_ball(z, p, length);
    return std::pair(o.energy, o.squared_distance);
  };
  std::vector<Real> scaled;
  for (const Real& v : y) scaled.push_back(v * norm);
  const auto [energy, distance] = at(y, norm);
  Object o;
  o.add("energy", show(energy)).add("squared_distance", show(distance));
  return o.add("energy_of_scaled_y", show(at(scaled, squared).first));
}

template <class T>
Object one_step(const Inputs& in) {
  const auto k = one_step_constants(in.numbers<T>("c"));
  const auto root = [](const T& x) {
    if constexpr (std::same_as<T, Rational>)
      return sqrt(Real(x)).value();
    else
      return std::sqrt(x);
  };
  Object o;
  if constexpr (std::same_as<T, Rational>)
    o.add("C_2", Fraction{k.C_2});
  else
    o.add("C_2", k.C_2);
  o.add("L", 1).add("B_lipschitz", root(k.squared_diameter)).add("B_gradient", root(T(T(4) * k.C_2)));
  o.add("C_4", root(k.squared_C_4));
  if constexpr (std::same_as<T, Rational>)
    return o.add("minimiser", fractions(k.minimiser));
  else
    return o.add("minimiser", k.minimiser);
}

}  // namespace

void register_energy_quantities(QuantityRegistry& registry) {
  registry.add({
      .name = "dasgd.projection_energy",
      .summary = "The projection onto a set and the energy function, exactly where they are rational.",
      .source = "(3.1), Lemma 3.1",
      .parameters = {word("set", "box [0,1]^d, simplex, unit balls, box with {<a,x> <= b}",
                          {"box", "simplex", "l1_ball", "ball", "box_halfspace"}),
                     real_list("y", "y", "the point that is projected"), real_list("p", "p", "base point, in the set"),
                     real_list("a", "a", "normal of the half-space").or_absent(),
                     real("b", "b", "its level").or_absent()},
      .outputs = {"x: P(y)", "squared_distance: |x-p|^2", "energy: E(y) >= |x-p|^2"},
      .validate = validate_projection,
      .enclosed = projection_energy,
      .floating = projection_energy_double,
  });

  registry.add({
      .name = "dasgd.energy_counterexample",
      .summary = "On the unit ball: E(y), and E(|y| y) in the same direction; E = 4 at y = (m^2-1, 2m), p = (1,0), for "
                 "every m.",
      .source = "Lemma 3.1, part 2",
      .parameters = {real_list("p", "p", "base point, in the unit ball"), real_list("y", "y", "the point")},
      .outputs = {"energy: E(y)", "squared_distance: |P(y)-p|^2", "energy_of_scaled_y: E(|y| y)"},
      .validate =
          [](const Inputs& in) {
            require_same_length(in, "p", "y");
            if (!in_unit_ball(in.list("p")))
              throw DomainError("p", to_text(Value(in.list("p")), 17), "a point of the unit ball");
          },
      .enclosed = energy_counterexample,
  });

  registry.add({
      .name = "dasgd.one_step_constants",
      .summary = "The constants of the one-step inequalities for f = |x-c|^2/2 on [0,1]^d.",
      .source = "(3.4), (3.5)",
      .parameters = {real_list("c", "c", "center of the function")},
      .outputs = {"C_2: sup |grad f|^2", "L: Lipschitz constant of the gradient", "B_lipschitz: L times the diameter",
                  "B_gradient: 2 sqrt(C_2)", "C_4: sup |x - x*|", "minimiser: x*"},
      .enclosed = one_step<Rational>,
      .floating = one_step<double>,
  });
}

}  // namespace asyncert::dasgd
