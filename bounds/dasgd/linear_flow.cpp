#include "bounds/dasgd/linear_flow.hpp"

#include "bounds/dasgd/projections.hpp"

namespace asyncert::dasgd {

namespace {

std::vector<Real> reals(const std::vector<Rational>& v) { return {v.begin(), v.end()}; }

/// The average of the vertices at which c is least.
std::vector<Rational> simplex_minimiser(const std::vector<Rational>& c) {
  const Rational least = *std::min_element(c.begin(), c.end());
  const Rational share(1, static_cast<long>(std::count(c.begin(), c.end(), least)));
  std::vector<Rational> p;
  for (const Rational& v : c) p.push_back(v == least ? share : Rational(0));
  return p;
}

FlowPoint on_ball(const std::vector<Rational>& y, const std::vector<Rational>& c) {
  // p = -c/|c| is not rational in general: E is then computed from <y,p> and |y|, and is zero only where y is a
  // multiple of p.
  const Rational squared = inner_product(y, y), c2 = inner_product(c, c), product = -inner_product(y, c), one(1);
  const Real norm = sqrt(Real(squared)), c_norm = sqrt(Real(c2));
  const bool outside = one < squared, central = c2.sign() == 0;
  FlowPoint r;
  r.y = reals(y);
  for (const Real& v : r.y) r.x.push_back(outside ? v / norm : v);
  if (central) {
    r.energy = outside ? Real(2) * norm - Real(1) : Real(squared);
    return r;
  }
  r.product_with_base = Real(product) / c_norm;
  const bool on_ray = product.sign() > 0 && product * product == squared * c2;
  if (!outside) {
    const bool at_minimiser = on_ray && squared == one;
    r.energy = at_minimiser ? Real(0) : Real(squared + one) - Real(2) * r.product_with_base;
  } else if (on_ray) {
    r.energy = 0;
  } else {  // 2 (|y| - <y,p>), as a quotient where the two are close
    const Real across = Real(squared - product * product / c2);
    r.energy = Real(2) * (product.sign() > 0 ? across / (norm + r.product_with_base) : norm - r.product_with_base);
  }
  return r;
}

}  // namespace

FlowPoint linear_flow(const std::string& set, const std::vector<Rational>& y0, const std::vector<Rational>& c,
                      const Rational& lower, const Rational& upper, const Rational& t) {
  std::vector<Rational> y = y0;
  for (std::size_t i = 0; i < y.size(); ++i) y[i] -= t * c[i];
  if (set == "ball") return on_ball(y, c);
  std::vector<Rational> x, p;
  if (set == "simplex") {
    x = project_simplex(y);
    p = simplex_minimiser(c);
  } else {
    for (std::size_t i = 0; i < y.size(); ++i) {
      x.push_back(clip(y[i], lower, upper));
      p.push_back(c[i].sign() > 0 ? lower : c[i].sign() < 0 ? upper : clip(Rational(0), lower, upper));
    }
  }
  return {reals(y), reals(x), Real(energy(y, x, p)), Real(inner_product(y, p))};
}

}  // namespace asyncert::dasgd
