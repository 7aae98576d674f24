// Claims on the best damping and relaxation, (39)-(50) and Lemmas 11 to 13.
#include "bounds/apsgd/optimum.hpp"
#include "lib/certificate.hpp"
#include "verify/apsgd/claims.hpp"

namespace asyncert::apsgd {

namespace {

const Rational zero(0), one(1), two(2), half(1, 2);

/// A rational with its derivative in one variable.
struct Dual {
  Rational value, slope;
  friend Dual operator+(const Dual& a, const Dual& b) { return {a.value + b.value, a.slope + b.slope}; }
  friend Dual operator-(const Dual& a, const Dual& b) { return {a.value - b.value, a.slope - b.slope}; }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value * b.value, a.slope * b.value + a.value * b.slope};
  }
};
Dual constant(const Rational& x) { return {x, Rational(0)}; }

/// Numerator times delta, and denominator, of U (40) with their derivatives.
struct Fraction40 {
  Dual numerator, denominator;
};
Fraction40 equation40(const Dual& t, const Dual& w, const Rational& l, const Rational& d) {
  const Dual I = constant(one), L = constant(l);
  return {constant(d) * t * (I + (I - t) * w * L) + I, t * w * (constant(two) - t * w) * L};
}

using Factor = std::function<Rational(const Rational& t, const Rational& w, const Rational& l, const Rational& d)>;

/// dU = (N'D - N D')/(delta D^2) against printed/(scale (2 - theta omega)^2 lambda_min), multiplied out.
Evidence gradient(bool in_theta, const Factor& printed, const Factor& scale) {
  Certificate e("polynomial identity after multiplying out, derivatives by dual numbers, 8 x 8 x 4 x 3 points");
  e.identity(
      in_theta ? "dU/dtheta = (41)" : "dU/domega = (44)", {{"theta", 7}, {"omega", 7}, {"lambda_min", 3}, {"delta", 2}},
      [&](const Point& v) {
        const Fraction40 u = equation40({v[0], in_theta ? one : zero}, {v[1], in_theta ? zero : one}, v[2], v[3]);
        const Rational gap = two - v[0] * v[1];
        return (u.numerator.slope * u.denominator.value - u.numerator.value * u.denominator.slope) *
               scale(v[0], v[1], v[2], v[3]) * gap * gap * v[2];
      },
      [&](const Point& v) {
        const Rational D = equation40(constant(v[0]), constant(v[1]), v[2], v[3]).denominator.value;
        return printed(v[0], v[1], v[2], v[3]) * v[3] * D * D;
      });
  return e;
}

Rational theta_numerator(const Rational& t, const Rational& w, const Rational& l, const Rational& d) {
  return t * t * w * d * (one + (w - two) * l) + two * (t * w - one);
}
Rational omega_numerator(const Rational& t, const Rational& w, const Rational& l, const Rational& d) {
  return two * d * t * (t * w - one) + d * t * t * w * w * (one - t) * l + two * (t * w - one);
}

/// U of (40) is (37) with the coefficients (39).
Evidence equation_40() {
  Certificate e("identities of the numerators and denominators of (37) and (40)");
  const std::vector<Variable> variables = {{"theta", 2}, {"omega", 2}, {"lambda_min", 1}};
  e.identity(
      "1 - K1 = theta (1 + (1-theta) omega lambda_min)", variables,
      [](const Point& v) { return one - ((one - v[0]) * (one - v[0]) + v[0] * (one - v[0]) * (one - v[1] * v[2])); },
      [](const Point& v) { return v[0] * (one + (one - v[0]) * v[1] * v[2]); });
  e.identity(
      "1 - K1 - K2 = theta omega (2 - theta omega) lambda_min", variables,
      [](const Point& v) {
        const Rational alpha = one - v[1] * v[2], kept = one - v[0];
        return one - kept * kept - v[0] * kept * alpha -
               (v[0] * v[0] * (one - v[1] * (two - v[1]) * v[2]) + v[0] * kept * alpha);
      },
      [](const Point& v) { return v[0] * v[1] * (two - v[0] * v[1]) * v[2]; });
  return e;
}

/// (43) - (46) = delta theta lambda_min (theta omega - 1/lambda_min)(theta omega - 2); neither factor vanishes inside
/// the region.
Evidence no_interior_minimum() {
  Certificate e(
      "identity in theta, omega, lambda_min, delta; theta omega < omega_star <= 1/lambda_min, and theta omega < 2 "
      "where omega < 2");
  e.identity(
      "(43) - (46) = delta theta (lambda_min theta omega - 1)(theta omega - 2)",
      {{"theta", 3}, {"omega", 2}, {"lambda_min", 1}, {"delta", 1}},
      [](const Point& v) { return theta_numerator(v[0], v[1], v[2], v[3]) - omega_numerator(v[0], v[1], v[2], v[3]); },
      [](const Point& v) { return v[3] * v[0] * (v[2] * v[0] * v[1] - one) * (v[0] * v[1] - two); });
  e.identity(
      "(1/l - 2/(l+L)) l (l+L) = L - l", {{"l", 1}, {"L", 1}},
      [](const Point& v) { return (v[0] + v[1]) - two * v[0]; }, [](const Point& v) { return v[1] - v[0]; });
  return e;
}

/// lambda_min U(1, omega) omega(2-omega) = 1 + 1/delta > omega(2-omega).
Evidence undamped() {
  Certificate e(
      "at theta = 1, where K1 and K2 do not depend on alpha, U(1, omega) = (1 + 1/delta)/(omega(2-omega) lambda_min) "
      "for "
      "omega < 2, below omega_star and beyond; identity (1 + 1/delta) - omega(2-omega) = 1/delta + (1-omega)^2 > 0");
  e.identity(
      "1 - K1 - K2 = omega(2-omega) lambda_min at theta = 1, with K1 = 0", {{"omega", 2}, {"l", 1}, {"alpha", 1}},
      [](const Point& v) {
        const Rational theta = one, kept = one - theta, K1 = kept * (kept + theta * v[2]),
                       K2 = theta * (theta * (one - v[0] * (two - v[0]) * v[1]) + kept * v[2]);
        return K1.sign() == 0 ? one - K1 - K2 : zero;
      },
      [](const Point& v) { return v[0] * (two - v[0]) * v[1]; });
  e.identity(
      "(1 + e) - omega(2-omega) = e + (1-omega)^2", {{"omega", 2}, {"e", 1}},
      [](const Point& v) { return (one + v[1]) - v[0] * (two - v[0]); },
      [](const Point& v) { return v[1] + (one - v[0]) * (one - v[0]); });
  return e;
}

/// For omega in [1, min(2, omega_star)] let s^2 = 1 + 2 delta (1 + (omega-2) l)/omega =: 1 + 2 delta q. Then theta =
/// 2/(omega(1+s)) solves dU/dtheta = 0, and lambda_min U = l/2 + 1/(2 omega) + (1+s)/(2 delta). Multiplied by (1+s)^2
/// both are polynomials, with delta = (s^2-1)/(2q) and v = omega q = 1 + (omega-2) l.
Evidence best_damping() {
  Certificate e(
      "rational identities in s, omega, l on a grid with more points than the degree of the products with all "
      "denominators; the numerator of (41) rises with theta >= 0, as v = 1 + (omega-2) l >= 0, so that its zero is the "
      "minimum; omega (1+s) >= 2");
  e.identity(
      "(42) at t' less (42) at t = (t'-t) omega [delta v (t+t') + 2]",
      {{"t", 2}, {"t'", 2}, {"omega", 2}, {"l", 1}, {"delta", 1}},
      [](const Point& x) { return theta_numerator(x[1], x[2], x[3], x[4]) - theta_numerator(x[0], x[2], x[3], x[4]); },
      [](const Point& x) {
        const Rational v = one + (x[2] - two) * x[3];
        return (x[1] - x[0]) * x[2] * (x[4] * v * (x[0] + x[1]) + two);
      });
  e.nonnegative("v", {{"omega", one, two}, {"l", zero, one}}, [](const Point& x) { return one + (x[0] - two) * x[1]; });
  const auto delta = [](const Point& v) { return (v[0] * v[0] - one) * v[1] / (two * (one + (v[1] - two) * v[2])); };
  const auto theta = [](const Point& v) { return two / (v[1] * (one + v[0])); };
  const std::vector<Variable> variables = {
      {"s", 10, Rational(3, 2), half}, {"omega", 12, one, Rational(1, 16)}, {"l", 8, Rational(1, 16), Rational(1, 16)}};
  e.identity(
      "numerator of (41) at theta", variables,
      [&](const Point& v) { return theta_numerator(theta(v), v[1], v[2], delta(v)); },
      [](const Point&) { return zero; });
  e.identity(
      "lambda_min U(theta, omega) = l/2 + 1/(2 omega) + (1+s)/(2 delta)", variables,
      [&](const Point& v) {
        const Rational t = theta(v);
        return (t * (one + (one - t) * v[1] * v[2]) + one / delta(v)) / (t * v[1] * (two - t * v[1]));
      },
      [&](const Point& v) { return v[2] / two + half / v[1] + (one + v[0]) / (two * delta(v)); });
  return e;
}

/// min over theta of U falls in omega: with u = 1/omega - 1/omega' > 0, s^2 - s'^2 = 2 delta (1-2l) u, and S = s + s'
/// >= 2 the difference is (u/2) (1 + 2(1-2l)/S) = (u/(2S)) (S + 2 - 4l).
Evidence lemma11(bool planted) {
  Certificate e(
      "lambda_min [U(omega) - U(omega')] = u (S + 2 - 4l)/(2S) with u = 1/omega - 1/omega' and S = s + s' >= 2, as s^2 "
      "- 1 = 2 delta (1 + (omega-2)l)/omega >= 0; all delta > 0");
  const Rational sign = planted ? Rational(-1) : one;
  // With a = 1/omega: s^2 = 1 + 2 delta ((1-2l) a + l).
  e.identity(
      "s^2 - s'^2 = 2 delta (1-2l)(a - a')", {{"a", 1}, {"a'", 1}, {"l", 1}, {"delta", 1}},
      [](const Point& v) {
        return two * v[3] * ((one - two * v[2]) * v[0] + v[2]) - two * v[3] * ((one - two * v[2]) * v[1] + v[2]);
      },
      [](const Point& v) { return two * v[3] * (one - two * v[2]) * (v[0] - v[1]); });
  e.identity(
      "u/2 + (1-2l) u/S = u (S + 2 - 4l)/(2S), times 2S", {{"u", 1}, {"S", 1}, {"l", 1}},
      [](const Point& v) { return v[0] * v[1] + two * (one - two * v[2]) * v[0]; },
      [&](const Point& v) { return sign * v[0] * (v[1] + two - Rational(4) * v[2]); });
  e.nonnegative("S + 2 - 4l at S = 2", {{"l", zero, one}},
                [](const Point& v) { return two + two - Rational(4) * v[0]; });
  e.nonnegative("1 + (omega-2) l", {{"omega", one, two}, {"l", zero, one}},
                [](const Point& v) { return one + (v[0] - two) * v[1]; });
  return e;
}

/// U(1,1) - U(theta_1, 1) = (1-l)(s-1)/(2(1+s) l) >= 0, with delta (1-l) = (s^2-1)/2.
Evidence lemma12() {
  Certificate e(
      "identity in s, l for lambda_min [U(1,1) - U(theta_1,1)] (1+s), with 1/delta = 2(1-l)/(s^2-1); U(theta_2,2) <= "
      "U(theta_1,1) is apsgd.lemma11");
  e.identity(
      "(1+s)[1 + 1/delta - (1+l)/2 - (1+s)/(2 delta)] = (1-l)(s-1)/2",
      {{"s", 6, two, one}, {"l", 2, Rational(1, 8), Rational(1, 8)}},
      [](const Point& v) {
        const Rational share = two * (one - v[1]) / (v[0] * v[0] - one);
        return (one + v[0]) * (one + share - (one + v[1]) / two - (one + v[0]) * share / two);
      },
      [](const Point& v) { return (one - v[1]) * (v[0] - one) / two; });
  e.nonnegative("(1-l) >= 0 and s-1 >= 0", {{"l", zero, one}}, [](const Point& v) { return one - v[0]; });
  return e;
}

Evidence surd_order(const char* label, const Surd& left, Relation relation, const Surd& right, Object instance) {
  Evidence e;
  e.method = "exact sign of the difference of two surds";
  const PrecisionScope precision(256);
  e.comparisons.push_back(
      {.label = std::string(label) + " (sign of left - right)",
       .left = compare(left, right),
       .relation = relation,
       .right = 0,
       .instance = std::move(instance.add("left", left.enclosure()).add("right", right.enclosure()))});
  return e;
}

/// The library's closed form at omega = 2 is (61), at omega = 1 the corrected (53), and at omega_star the corrected
/// (56).
/// a and b^2 q of the library's surd a + b sqrt(q), b > 0, are rational functions of l, L and delta: multiplied by
/// l^2 delta^2 (l+L)^4 they are polynomials of degree at most 8 in each.
Evidence closed_forms() {
  Certificate e(
      "identities of the rational parts and of the squares of the roots, times l^2 delta^2 (l+L)^4, on grids of 9^3 "
      "points inside of Case 1 and of Case 2");
  using Form = std::function<Surd(const Spectrum&, const Rational&)>;
  const auto identify = [&](const std::string& label, const Spectrum& first,
                            const std::function<Rational(const Spectrum&)>& omega, const Form& form) {
    const Rational step(1, 64);
    const std::vector<Variable> variables = {{"l", 8, first.l, step}, {"L", 8, first.L, step}, {"delta", 8}};
    const auto scaled = [](const Point& v, const Rational& x) {
      return v[0] * v[0] * v[2] * v[2] * pow(v[0] + v[1], 4) * x;
    };
    for (const bool rational_part : {true, false}) {
      const auto part = [=](const Surd& s) { return rational_part ? s.a : s.b * s.b * s.q; };
      e.identity(
          label + (rational_part ? ", rational part" : ", square of the root"), variables,
          [&](const Point& v) {
            const Spectrum s{v[0], v[1]};
            return scaled(v, part(scaled_minimum_bound(s, omega(s), v[2])));
          },
          [&](const Point& v) {
            return scaled(v, part(form({v[0], v[1]}, v[2])));
          });
    }
  };
  const auto tail = [](const Rational& d) { return one / (two * d); };
  const Form at_one = [&](const Spectrum& s, const Rational& d) {
    return Surd{(one + s.l) / two + tail(d), tail(d), one + two * d * (one - s.l)};
  };
  const Form at_star = [&](const Spectrum& s, const Rational& d) {
    const Rational k = s.sum();
    return Surd{(Rational(3) * s.l + s.L) / Rational(4) + tail(d), tail(d), one + d * (k + two * s.l * (one - k))};
  };
  const Form at_two = [&](const Spectrum& s, const Rational& d) {
    return Surd{Rational(1, 4) + s.l / two + tail(d), tail(d), one + d};
  };
  const Spectrum case1{half, Rational(3, 4)}, case2{Rational(1, 8), Rational(1, 4)};
  const auto omega_one = [](const Spectrum&) { return one; };
  identify("omega = 1: (1+l)/2 + (1+s)/(2 delta), Case 1", case1, omega_one, at_one);
  identify("omega = 1, Case 2", case2, omega_one, at_one);
  identify(
      "omega_star: (3l+L)/4 + (1+s)/(2 delta)", case1, [](const Spectrum& s) { return s.omega_star(); }, at_star);
  identify(
      "omega = 2: 1/4 + l/2 + (1+s)/(2 delta), (61)", case2, [](const Spectrum&) { return two; }, at_two);
  return e;
}

}  // namespace

void register_optimum_claims(ClaimRegistry& registry) {
  const Adding add{registry};
  add("apsgd.equation40", "(37), (39), (40)",
      R"($U=\frac{\theta(1+(1-\theta)\omega\lambda_{\min})+1/\delta}{\theta\omega(2-\theta\omega)\lambda_{\min}}$)",
      Verdict::proved, equation_40);
  add("apsgd.equation41", "(41)-(43)", R"($\partial U/\partial\theta$ is (41))", Verdict::proved, [] {
    return gradient(
        true, theta_numerator,
        [](const Rational& t, const Rational& w, const Rational&, const Rational& d) { return t * t * w * d; });
  });
  add("apsgd.equation44", "(44)-(46)", R"($\partial U/\partial\omega$ is (44))", Verdict::proved, [] {
    return gradient(
        false, omega_numerator,
        [](const Rational& t, const Rational& w, const Rational&, const Rational& d) { return t * w * w * d; });
  });
  add("apsgd.equation50", "(47)-(50)",
      R"($(43)-(46)=\delta\theta\lambda_{\min}(\theta\omega-1/\lambda_{\min})(\theta\omega-2)$: no critical point inside)",
      Verdict::proved, no_interior_minimum,
      "With lambda_min = lambda_max the factor vanishes at the corner theta = 1, omega = omega_star, which is not "
      "inside.");
  add("apsgd.undamped", "4.2.10, 4.2.14.2",
      R"($U(1,\omega)$ is least at $\omega=1$ over $0<\omega<2$, and $U(1,\omega)>1/\lambda_{\min}$ for all $\delta$)",
      Verdict::proved, undamped);
  add("apsgd.best_damping", "(42), (43), 4.2.11 to 4.2.14, every relaxation",
      R"($U$ is least at $\theta=\frac2{\omega(1+s)}\in(0,1]$, where $\lambda_{\min}U=\frac{\lambda_{\min}}2+\frac1{2\omega}+\frac{1+s}{2\delta}$, $s^2=1+2\delta\frac{1+(\omega-2)\lambda_{\min}}\omega$, for $1\le\omega\le\min(2,\omega_*)$)",
      Verdict::proved, best_damping);
  add("apsgd.closed_forms", "(53), (56) corrected, (61)",
      R"(the closed form over all $\omega$ has the corrected (53), (56) and the printed (61) as its values at $1,\omega_*,2$)",
      Verdict::proved, closed_forms);
  add(
      "apsgd.lemma11", "Lemmas 11 and 12, (57), (62)",
      R"($\min_\theta U(\theta,\omega)$ decreases in $\omega\in[1,\min(2,\omega_*)]$ for every $\delta>0$)",
      Verdict::proved, [] { return lemma11(false); }, "So the minimum of (57) is always the second entry.");
  add("apsgd.lemma12", "Lemma 12, (62)", R"($U(\theta_2,2)\le U(\theta_1,1)\le U(1,1)$ for every $\delta>0$)",
      Verdict::proved, lemma12, "The printed proof uses the wrong (53); the statement holds.");
  add(
      "apsgd.lemma13.beyond", "Lemma 13, 4.2.15, beyond (63)",
      R"($\min_\theta U(\theta,\omega_*)<U(\theta_2,2)$ at $\lambda_{\min}=1/100$, $\lambda_{\max}=13/50$, $\delta=1000$)",
      Verdict::proved,
      [] {
        const Spectrum s{Rational(1, 100), Rational(13, 50)};
        return surd_order("lambda_min min over theta of U(theta, omega_star) < lambda_min U(theta_2, 2)",
                          scaled_minimum_bound(s, s.omega_star(), Rational(1000)), Relation::less,
                          scaled_minimum_bound(s, two, Rational(1000)),
                          Object().add("lambda_min", s.l).add("lambda_max", s.L).add("delta", 1000));
      },
      "For omega in [2, omega_star], which the paper leaves open, the same quadratic has a closed form; omega_star "
      "wins at large delays.");
  registry.add({.id = "apsgd.canary.lemma11_sign",
                .source = "planted",
                .statement = "the difference of U in omega with its sign flipped",
                .expected = Verdict::refuted,
                .procedure = [](const Context&) { return lemma11(true); },
                .canary = true});
}

}  // namespace asyncert::apsgd
