#include "lib/subdivision.hpp"

namespace asyncert {

SubdivisionResult subdivide(const std::vector<Side>& box,
                            const std::function<Ternary(const std::vector<Ball>&)>& predicate, long max_boxes) {
  SubdivisionResult result;
  std::vector<std::vector<Side>> stack{box};
  while (!stack.empty()) {
    const std::vector<Side> current = std::move(stack.back());
    stack.pop_back();
    if (result.boxes >= max_boxes) {
      ++result.undecided;
      continue;
    }
    ++result.boxes;
    std::vector<Ball> enclosure;
    for (const Side& s : current) enclosure.push_back(Ball::hull(Ball(s.lower), Ball(s.upper)));
    if (predicate(enclosure) == Ternary::yes) continue;
    std::vector<Rational> middle;
    std::vector<Ball> point;
    for (const Side& s : current) {
      middle.push_back((s.lower + s.upper) / 2);
      point.emplace_back(middle.back());
    }
    if (predicate(point) == Ternary::no) {
      result.counterexample = std::move(middle);
      return result;
    }
    std::size_t widest = 0;
    Rational width;
    for (std::size_t i = 0; i < current.size(); ++i) {
      const Rational whole = box[i].upper - box[i].lower;
      if (whole.sign() == 0) continue;
      const Rational w = (current[i].upper - current[i].lower) / whole;
      if (width < w) {
        width = w;
        widest = i;
      }
    }
    if (width.sign() == 0) {
      ++result.undecided;
      continue;
    }
    std::vector<Side> left = current, right = current;
    left[widest].upper = right[widest].lower = middle[widest];
    stack.push_back(std::move(left));
    stack.push_back(std::move(right));
  }
  return result;
}

Evidence certify_on_box(const std::vector<Side>& box, const std::function<Ternary(const std::vector<Ball>&)>& predicate,
                        const std::function<Comparison(const std::vector<Rational>&)>& compare_at, std::string method,
                        long max_boxes) {
  const SubdivisionResult r = subdivide(box, predicate, max_boxes);
  Evidence e;
  e.coverage = Coverage::domain;
  e.method = std::move(method);
  e.boxes = r.boxes;
  e.undecided_boxes = r.undecided;
  if (r.counterexample) {
    Comparison c = compare_at(*r.counterexample);
    for (std::size_t i = 0; i < box.size(); ++i) c.instance.add(box[i].name, Fraction{(*r.counterexample)[i]});
    e.comparisons.push_back(std::move(c));
  }
  return e;
}

}  // namespace asyncert
