#include "verify/hogwild/descent_proofs.hpp"

namespace asyncert::hogwild {

namespace {

const Rational one(1), two(2);

bool absorbs(Sequences which) { return which == Sequences::absorbed || which == Sequences::sharpened; }

/// For one coordinate with eigenvalue B of the overwrite matrix, x = u - u_0, g = grad f(u), h = grad f(u_hat): the
/// term that Lemma 1 drops pays for (8)'s.
void absorption(Certificate& e) {
  e.identity(
      "(h-g)^2/2 - alpha/2 g^2 - B/2 h^2 + g B h = (B-alpha)/2 g^2 + (1-B)/2 (h-g)^2",
      {{"B", 1}, {"alpha", 1}, {"g", 2}, {"h", 2}},
      [](const Point& v) {
        const Rational &B = v[0], &g = v[2], &h = v[3];
        return (h - g) * (h - g) / two - v[1] * g * g / two - B * h * h / two + g * B * h;
      },
      [](const Point& v) {
        const Rational &B = v[0], &g = v[2], &h = v[3];
        return (B - v[1]) * g * g / two + (one - B) * (h - g) * (h - g) / two;
      });
  e.identity(
      "beta^2 x^2 + B^2 h^2 + 2 beta x B h = (beta x + B h)^2", {{"beta", 2}, {"x", 2}, {"B", 2}, {"h", 2}},
      [](const Point& v) {
        return v[0] * v[0] * v[1] * v[1] + v[2] * v[2] * v[3] * v[3] + two * v[0] * v[1] * v[2] * v[3];
      },
      [](const Point& v) { return (v[0] * v[1] + v[2] * v[3]) * (v[0] * v[1] + v[2] * v[3]); });
  e.identity(
      "beta B/2 - c B^2 = B ((beta/2 - c) + c (1-B))", {{"beta", 1}, {"c", 1}, {"B", 2}},
      [](const Point& v) { return v[0] * v[2] / two - v[1] * v[2] * v[2]; },
      [](const Point& v) { return v[2] * ((v[0] / two - v[1]) + v[1] * (one - v[2])); });
}

}  // namespace

Certificate descent_proof(std::string method) {
  return Certificate(std::move(method))
      .identity(
          "right - smoothness bound = eta [L^2/2 gap - alpha/2 g^2 + p] + (L eta^2/2)(q - b)",
          {{"L", 2}, {"eta", 2}, {"alpha", 1}, {"gap", 1}, {"g^2", 1}, {"p", 1}, {"q", 1}, {"b", 1}},
          [](const Point& v) {
            const Rational &L = v[0], &eta = v[1];
            const Rational right = -v[2] * eta / 2 * v[4] + L * eta / 2 * (L * v[3] + eta * v[6]),
                           smooth = -eta * v[5] + L * eta * eta / 2 * v[7];
            return right - smooth;
          },
          [](const Point& v) {
            const Rational &L = v[0], &eta = v[1];
            return eta * (L * L / 2 * v[3] - v[2] / 2 * v[4] + v[5]) + L * eta * eta / 2 * (v[6] - v[7]);
          });
}

Certificate drift_proof() {
  return Certificate(
             "|u_{m+1}-u_0|^2 = |x|^2 - 2 eta x'Bv + eta^2 |Bv|^2 with x = u_m - u_0, E[Bv | u, u_hat] = B h, h = grad "
             "f(u_hat), |Bv| <= |v| and |h - g| <= L |u_hat - u|, g = grad f(u): identities for one coordinate, whose "
             "right sides are not negative for 0 <= B <= 1")
      .identity(
          "eta^2 v2 + (1 + beta eta) x^2 + (2 eta/beta)(g^2 + (h-g)^2) - [x^2 - 2 eta x B h + eta^2 b2] = eta^2 (v2 - "
          "b2) + (eta/beta) [beta^2 x^2 + 2 beta x B h + 2 (g^2 + (h-g)^2)], times beta; v2 = E|v|^2, b2 = E|Bv|^2",
          {{"beta", 2}, {"eta", 2}, {"x", 2}, {"B", 1}, {"h", 2}, {"g", 2}, {"v2", 1}, {"b2", 1}},
          [](const Point& p) {
            const Rational &beta = p[0], &eta = p[1], &x = p[2], &B = p[3], &h = p[4], &g = p[5];
            const Rational right = eta * eta * p[6] + (one + beta * eta) * x * x +
                                   two * eta / beta * (g * g + (h - g) * (h - g)),
                           left = x * x - two * eta * x * B * h + eta * eta * p[7];
            return beta * (right - left);
          },
          [](const Point& p) {
            const Rational &beta = p[0], &eta = p[1], &x = p[2], &B = p[3], &h = p[4], &g = p[5];
            return beta * eta * eta * (p[6] - p[7]) +
                   eta * (beta * beta * x * x + two * beta * x * B * h + two * (g * g + (h - g) * (h - g)));
          })
      .identity(
          "beta^2 x^2 + 2 beta x B h + 2 (g^2 + (h-g)^2) = (beta x + B h)^2 + (2g - h)^2 + (1 - B^2) h^2",
          {{"beta", 2}, {"x", 2}, {"B", 2}, {"h", 2}, {"g", 2}},
          [](const Point& p) {
            const Rational &beta = p[0], &x = p[1], &B = p[2], &h = p[3], &g = p[4];
            return beta * beta * x * x + two * beta * x * B * h + two * (g * g + (h - g) * (h - g));
          },
          [](const Point& p) {
            const Rational &beta = p[0], &x = p[1], &B = p[2], &h = p[3], &g = p[4];
            const Rational first = beta * x + B * h, second = two * g - h;
            return first * first + second * second + (one - B * B) * h * h;
          });
}

Certificate lemma7_proof() {
  return Certificate(
             "(10) with r = 1/eta and the gap of Lemma 6: q(u_hat) - q(u) <= (1-D') q(u_hat), D' = 1 - eta - 4 eta tau "
             "L^2 K >= D, so that rho D' >= 1; identities, with S = 1+K")
      .identity(
          "eta q + (1/eta) L^2 4 eta^2 tau K q = (1-D') q, times eta",
          {{"eta", 2}, {"L", 2}, {"tau", 1}, {"K", 1}, {"q", 1}},
          [](const Point& v) {
            return v[0] * v[0] * v[4] + v[1] * v[1] * Rational(4) * v[0] * v[0] * v[2] * v[3] * v[4];
          },
          [](const Point& v) {
            const Rational D = one - v[0] - Rational(4) * v[0] * v[2] * v[1] * v[1] * v[3];
            return v[0] * (one - D) * v[4];
          })
      .identity(
          "D' - D = eta L^2 (9 (tau+1) + (5 tau + 9) K)", {{"eta", 1}, {"L", 2}, {"tau", 1}, {"K", 1}},
          [](const Point& v) {
            const Rational L2 = v[1] * v[1], D = one - v[0] - Rational(9) * v[0] * (v[2] + one) * L2 * (one + v[3]);
            return one - v[0] - Rational(4) * v[0] * v[2] * L2 * v[3] - D;
          },
          [](const Point& v) {
            return v[0] * v[1] * v[1] * (Rational(9) * (v[2] + one) + (Rational(5) * v[2] + Rational(9)) * v[3]);
          })
      .identity(
          "rho (D' q + e) - q = (rho D' - 1) q + rho e, q(u) = D' q(u_hat) + e",
          {{"rho", 1}, {"D'", 1}, {"q", 1}, {"e", 1}},
          [](const Point& v) { return v[0] * (v[1] * v[2] + v[3]) - v[2]; },
          [](const Point& v) { return (v[0] * v[1] - one) * v[2] + v[0] * v[3]; });
}

Certificate scale_free_lemma7_proof() {
  return Certificate(
             "Minkowski's inequality for p = (E q)^(1/2) and the gap of Lemma 6, sharpened: p(u_hat) - p(u) <= (1-D') "
             "p(u_hat), D' = 1 - eta L (s + ... + s^tau) >= D, so that s D' >= 1, s = rho^(1/2); identities of the "
             "steps")
      .identity(
          "D' - D = eta L with D = 1 - eta L (1 + R)", {{"eta", 1}, {"L", 1}, {"R", 1}},
          [](const Point& v) { return (one - v[0] * v[1] * v[2]) - (one - v[0] * v[1] * (one + v[2])); },
          [](const Point& v) { return v[0] * v[1]; })
      .identity(
          "s (D' p + e) - p = (s D' - 1) p + s e, p(u) = D' p(u_hat) + e", {{"s", 1}, {"D'", 1}, {"p", 1}, {"e", 1}},
          [](const Point& v) { return v[0] * (v[1] * v[2] + v[3]) - v[2]; },
          [](const Point& v) { return (v[0] * v[1] - one) * v[2] + v[0] * v[3]; });
}

Certificate eq7_proof() {
  return Certificate("the gap of Lemma 6 against q(u_hat), and Lemma 7: rho times the coefficient; identity")
      .identity(
          "C rho q - C q_hat = C (rho q - q_hat)", {{"C", 1}, {"rho", 1}, {"q", 1}, {"q_hat", 1}},
          [](const Point& v) { return v[0] * v[1] * v[2] - v[0] * v[3]; },
          [](const Point& v) { return v[0] * (v[1] * v[2] - v[3]); });
}

Certificate variance_reduced_mean() {
  return Certificate(
             "one value of (u_0, u_hat), of probability P, and n = 3 uniform indices independent of it, a_i = grad "
             "f_i(u_hat), b_i "
             "= grad f_i(u_0) in one coordinate: every value and every index adds its own term to both sides")
      .identity(
          "sum over i of P (a_i - b_i + b)^2/3 = P q(u_hat), b = mean b_i, q the mean of |p_i|^2",
          {{"P", 1}, {"a_1", 2}, {"a_2", 2}, {"a_3", 2}, {"b_1", 2}, {"b_2", 2}, {"b_3", 2}},
          [](const Point& v) {
            const Rational b = (v[4] + v[5] + v[6]) / 3;
            Rational sum;
            for (std::size_t i = 1; i <= 3; ++i) {
              const Rational direction = v[i] - v[i + 3] + b;
              sum += v[0] * Rational(1, 3) * direction * direction;
            }
            return sum;
          },
          [](const Point& v) {
            // The mean of p_i^2 from the means of a - b, its square, and b.
            Rational mean, square;
            for (std::size_t i = 1; i <= 3; ++i) {
              const Rational difference = v[i] - v[i + 3];
              mean += difference / 3;
              square += difference * difference / 3;
            }
            const Rational b = (v[4] + v[5] + v[6]) / 3;
            return v[0] * (square + two * mean * b + b * b);
          });
}

RecursionStep recursion_step(Sequences which, const RecursionInput& p, const Rational& c, const Rational& c_of_h) {
  const Rational w(which == Sequences::sharpened ? 1 : 2);
  const auto h = [&](const Rational& at) {
    Rational extra;
    if (!absorbs(which)) extra = two * at * p.eta / p.beta * (which == Sequences::corrected ? p.L * p.L : Rational(1));
    return (p.eta * p.L * p.L / 2 + extra) * p.gap + p.rho * (at + p.L / 2);
  };
  return {
      c * (one + p.beta * p.eta) + w * p.L * p.L * p.eta * p.eta * h(c),
      p.alpha * p.eta / 2 - (absorbs(which) ? Rational(0) : two * c * p.eta / p.beta) - w * p.eta * p.eta * h(c_of_h)};
}

Certificate theorem2_step_proof(Sequences which) {
  const bool absorbed = absorbs(which);
  const Rational w(which == Sequences::sharpened ? 1 : 2);
  Certificate e(
      std::string(absorbed ? "(9) with the term that Lemma 1 drops and (8) after Young's inequality, where c <= beta/2 "
                             "makes that term pay for the other"
                           : "(9) + c_{m+1} times (8)") +
      ", the gap against q(u) " +
      (which == Sequences::sharpened ? "by Minkowski's inequality, E q(u_hat) <= rho E q(u), Lemma 4 with factors 1"
                                     : "by (7), Lemma 7, Lemma 4") +
      ": E R_{m+1} is at most E f(u_m) + c_m E|u_m-u_0|^2 - Gamma_m E|grad f(u_m)|^2, an identity in c_{m+1} >= 0, the "
      "parameters and the moments");
  if (absorbed) absorption(e);
  e.identity(
      "beta times the bound of E R_{m+1} - E f(u_m) = beta (c_m X - Gamma_m g), X = E|u_m-u_0|^2, g = E|grad f(u_m)|^2",
      {{"L", 4}, {"eta", 3}, {"beta", 2}, {"alpha", 1}, {"gap", 1}, {"rho", 1}, {"c", 1}, {"X", 1}, {"g", 1}},
      [&](const Point& v) {
        const Rational &L = v[0], &eta = v[1], &beta = v[2], &rho = v[5], &c = v[6], &X = v[7], &g = v[8];
        const Rational q = w * (L * L * X + g), gap = eta * eta * v[4] * q, read = rho * q;
        const Rational nine = -v[3] * eta / two * g + eta * L / two * (L * gap + eta * read);
        const Rational eight =
            eta * eta * read + (one + beta * eta) * X + (absorbed ? Rational(0) : two * eta / beta * (g + L * L * gap));
        return beta * (nine + c * eight);
      },
      [&](const Point& v) {
        const RecursionStep s = recursion_step(which, {v[0], v[5], v[1], v[2], v[3], v[4]}, v[6], v[6]);
        return v[2] * (s.c * v[7] - s.Gamma * v[8]);
      });
  return e;
}

}  // namespace asyncert::hogwild
