#include "bounds/assm/first_zero.hpp"

#include "lib/certified_root.hpp"

namespace asyncert::assm {

namespace {

constexpr int deepest = 60;

class Search {
 public:
  Search(const TaylorModel& g, const TaylorModel& rate) : g_(g), rate_(rate) {}

  /// Searches [a, b]; false when a zero, or what may be one, was found and stands in `root` or `doubtful_from`.
  bool positive_on(const Ball& a, const Ball& b, int depth) {
    const Ball whole = Ball::hull(a, b);
    if (certainly_less(0, g_(whole))) return true;
    if (!a.contains_zero() && certainly_less(0, g_(a)) && certainly_less(g_(b), 0) && certainly_less(rate_(whole), 0)) {
      root = certified_root([&](const Ball& t) { return -g_(t); }, a, b);
      return false;
    }
    if (depth == deepest) {
      doubtful_from = a;
      return false;
    }
    // Not in the middle: zeros at simple fractions of the step should not fall on the cuts.
    const Ball cut = (a + (b - a) * Rational(depth % 2 ? 479 : 533, 1000)).lower_end();
    return positive_on(a, cut, depth + 1) && positive_on(cut, b, depth + 1);
  }

  std::optional<Ball> root, doubtful_from;

 private:
  const TaylorModel &g_, &rate_;
};

}  // namespace

FirstZero first_zero(const TaylorModel& g, const TaylorModel& rate, const Ball& length) {
  Search search(g, rate);
  if (search.positive_on(0, length, 0)) return {std::nullopt, length};
  if (search.root) return {search.root, *search.root};
  // A zero just at the end is left to the next step.
  if (certainly_less(length * Rational(15, 16), *search.doubtful_from)) return {std::nullopt, *search.doubtful_from};
  throw Undecided("a solution touches a kink, or comes too close to it");
}

}  // namespace asyncert::assm
