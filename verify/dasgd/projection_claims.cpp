// What holds for the projection onto every closed convex set, and what the energy inequalities make of it.
#include "bounds/dasgd/energy.hpp"
#include "verify/dasgd/projection_certificates.hpp"

namespace asyncert::dasgd {

namespace {

/// For 0 < s <= 1 the point x + s(p-x) belongs to the set, and x is nearest: 2 <y-x, p-x> <= s |p-x|^2 for every s.
Evidence obtuse_angle() {
  return Certificate(
             "identity of degree at most 2 in each variable of a coordinate; the left side is at least |y-x|^2, "
             "since x + s(p-x) is in the set, and s tends to 0")
      .identity(
          "|y-x-s(p-x)|^2 = |y-x|^2 - 2s <y-x,p-x> + s^2 |p-x|^2", {{"y", 2}, {"x", 2}, {"p", 2}, {"s", 2}},
          [](const Point& v) { return square(v[0] - v[1] - v[3] * (v[2] - v[1])); },
          [](const Point& v) {
            const Rational normal = v[0] - v[1], to_p = v[2] - v[1];
            return square(normal) - two * v[3] * normal * to_p + square(v[3] * to_p);
          });
}

/// q = x + s(x-p) and q = x - s(x-p) are both in the set where it is a cone near p: both angles at x are obtuse.
Evidence locally_conical() {
  const auto at = [](const Rational& sign) {
    return [sign](const Point& v) {
      const Rational q = v[1] + sign * v[3] * (v[1] - v[2]);
      return (v[0] - v[1]) * (q - v[1]);
    };
  };
  const auto product = [](const Rational& sign) {
    return [sign](const Point& v) { return sign * v[3] * (v[0] - v[1]) * (v[1] - v[2]); };
  };
  const std::vector<Variable> variables{{"y", 2}, {"x", 2}, {"p", 2}, {"s", 2}};
  return Certificate(
             "identities of degree at most 2 in each variable of a coordinate: by the obtuse angles to x + s(x-p) and "
             "x - s(x-p), both in the set, <y-x,x-p> is neither positive nor negative, and E = |x-p|^2 + 2<y-x,x-p>")
      .identity("<y-x,q-x> = s<y-x,x-p> at q = x + s(x-p)", variables, at(1), product(1))
      .identity("<y-x,q-x> = -s<y-x,x-p> at q = x - s(x-p)", variables, at(-1), product(-1));
}

/// z in p + T but not in the set, x = P(z), v = z - x. If <v,x-p> = 0, then <v,q-p> = <v,q-x> <= 0 for all q of the
/// set, so that <v,z-p> <= 0 as for all of p + T, against <v,z-p> = |v|^2. So <v,x-p> > 0, and y = x + l v has P(y) =
/// x.
Evidence not_conical() {
  Certificate certificate(
      "identities of degree at most 2 in each variable of a coordinate, for points z of the tangent cone outside the "
      "set; and the points on the unit disc, exactly");
  certificate
      .identity(
          "<v,z-p> = |v|^2 + <v,x-p> with z = x + v", {{"v", 2}, {"x", 1}, {"p", 1}},
          [](const Point& a) { return a[0] * (a[1] + a[0] - a[2]); },
          [](const Point& a) { return square(a[0]) + a[0] * (a[1] - a[2]); })
      .identity(
          "<v,q-p> = <v,q-x> + <v,x-p>", {{"v", 1}, {"q", 1}, {"x", 1}, {"p", 1}},
          [](const Point& a) { return a[0] * (a[1] - a[3]); },
          [](const Point& a) { return a[0] * (a[1] - a[2]) + a[0] * (a[2] - a[3]); })
      .identity(
          "E(x + l v) = |x-p|^2 + 2l <v,x-p>", {{"v", 1}, {"x", 2}, {"p", 2}, {"l", 1}},
          [](const Point& a) { return energy(Point{a[1] + a[3] * a[0]}, Point{a[1]}, Point{a[2]}); },
          [](const Point& a) { return square(a[1] - a[2]) + two * a[3] * a[0] * (a[1] - a[2]); });
  for (const long j : {1L, 3L, 9L}) {
    // z = (1, 2t/(1-t^2)) on the tangent at p = (1,0), with the rational norm (1+t^2)/(1-t^2).
    const Rational t = pow(Rational(1, 10), j), norm = (one + t * t) / (one - t * t);
    const Point p{1, 0}, z{1, two * t / (one - t * t)}, x{z[0] / norm, z[1] / norm}, v{z[0] - x[0], z[1] - x[1]};
    const Rational rise = v[0] * (x[0] - p[0]) + v[1] * (x[1] - p[1]), squared = squared_distance(x, p),
                   l = (one - squared) / (two * rise);
    const Point y{x[0] + l * v[0], x[1] + l * v[1]};
    const auto seen = outside_unit_ball(y, p, one + l * (norm - one));
    const Object at = Object().add("set", "unit disc").add("p", point(p)).add("y", point(y));
    certificate
        .compare({.label = "E(y) = 1", .left = seen.energy, .relation = Relation::equal, .right = 1, .instance = at})
        .compare({.label = "|P(y)-p|^2 <= 4t^2",
                  .left = seen.squared_distance,
                  .relation = Relation::less_equal,
                  .right = Rational(4) * t * t,
                  .instance = at});
  }
  return certificate;
}

}  // namespace

void register_projection_claims(ClaimRegistry& registry) {
  registry.add({.id = "dasgd.projection.obtuse_angle",
                .source = "Section 3.1, the projection",
                .statement = R"($\langle y-P(y),p-P(y)\rangle\le0$ for all $p\in X$, for every closed convex $X$)",
                .expected = Verdict::proved,
                .procedure = [](const Context&) { return obtuse_angle(); }});
  registry.add(
      {.id = "dasgd.projection.nonexpansive",
       .source = "Section 4.2 and Corollary 4.5, the projection is Lipschitz continuous",
       .statement =
           R"($\|P(z)-P(y)\|^2\le\langle z-y,P(z)-P(y)\rangle$ and $\|P(z)-P(y)\|\le\|z-y\|$, for every closed convex $X$)",
       .expected = Verdict::proved,
       .procedure =
           [](const Context&) {
             return firmly_nonexpansive(
                 "identities of degree at most 2 in each variable of a coordinate; the inner products on the right "
                 "are not negative by the obtuse angles at P(y) and P(z)");
           },
       .uses = {"dasgd.projection.obtuse_angle"},
       .note = "So the gradient after projection is Lipschitz with the constant of the gradient, and bounded for "
               "compact X."});
  registry.add(
      {.id = "dasgd.lemma3.1.part2.locally_conical",
       .source = "Lemma 3.1, part 2, corrected",
       .statement =
           R"(Where $X$ is a cone near $p$, $X\cap B(p,r)=(p+T_X(p))\cap B(p,r)$: $E(y)=\|P(y)-p\|^2$ once $\|P(y)-p\|<r$, so that both directions hold)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return locally_conical(); },
       .uses = {"dasgd.projection.obtuse_angle", "dasgd.equation3.1"},
       .note = "Polytopes are cones near each of their points."});
  registry.add(
      {.id = "dasgd.lemma3.1.part2.not_conical",
       .source = "Lemma 3.1, part 2, corrected",
       .statement =
           R"(Where $X$ is no cone near $p$ there are $y_n$ with $P(y_n)\to p$ and $E(y_n)=1$: part 2 holds exactly at the points where $X$ is locally conical)",
       .expected = Verdict::proved,
       .procedure = [](const Context&) { return not_conical(); },
       .uses = {"dasgd.lemma3.1.part2.locally_conical", "dasgd.projection.obtuse_angle"},
       .note =
           "z of the tangent cone outside X gives y on the ray from P(z) through z. A ball is nowhere conical on its "
           "boundary, a circular cone at its apex only."});
}

}  // namespace asyncert::dasgd
