#include "bounds/assm/integrator.hpp"

#include <algorithm>
#include <map>

#include "bounds/assm/first_zero.hpp"
#include "lib/errors.hpp"
#include "lib/real_roots.hpp"

namespace asyncert::assm {

namespace {

constexpr std::size_t most_events = 1000;
constexpr long most_steps = 5000, most_bits = 4096;

std::vector<Ball> balls(const Point& x) { return {x.begin(), x.end()}; }

class Integrator {
 public:
  Integrator(Problem problem, const InitialValueProblem& start, const IntegrationOptions& options)
      : problem_(problem), start_(start), options_(options) {
    result_.trajectory.x.resize(start.times.size());
    for (std::size_t k = 0; k < start.times.size(); ++k) pending_.push_back(k);
    last_ = *std::max_element(start.times.begin(), start.times.end());
  }

  Integration run() {
    at_rational_point(start_.x0, Rational(0), Ball(0));
    while (!done_) {
      if (exact_time_ && exact_s_ && constant_velocity())
        exact_motion();
      else
        motion();
      if (result_.events.size() > most_events)
        throw DomainError("tau", last_.to_decimal(17), "reached within 1000 events: the solution chatters");
    }
    return std::move(result_);
  }

 private:
  // ---- what the solution does at a point ----

  void at_rational_point(const Point& x, const std::optional<Rational>& exact_time, const Ball& time) {
    const std::vector<Cell> around = cells(problem_, x);
    std::vector<Point> gradients;
    for (const Cell& cell : around) gradients.push_back(cell.gradient);
    const bool kink =
        std::any_of(gradients.begin(), gradients.end(), [&](const Point& g) { return g != gradients[0]; });
    const Point least = min_norm_point(gradients);
    const bool stationary = dot(least, least).sign() == 0;
    time_ = time, exact_time_ = exact_time;
    const Value when = exact_time ? Value(*exact_time) : Value(time);
    if (kink && !result_.trajectory.hit_time) result_.trajectory.hit_time = when;
    std::vector<Way> ways = ways_from(problem_, x, around, start_.ubar);
    // A smooth stationary point is its own solution; elsewhere resting is one way among others.
    if (stationary && !kink) ways.clear();
    const bool branches = ways.size() + (stationary ? 1 : 0) != 1, rests = stationary && !branches;
    const bool was_sliding = chart_ && chart_->kink;
    for (std::size_t k = 0; k < pending_.size();) {
      const Rational& wanted = start_.times[pending_[k]];
      const bool now = exact_time ? wanted <= *exact_time : false;
      if (now || rests) {
        give(pending_[k], {x.begin(), x.end()});
        pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(k));
      } else {
        ++k;
      }
    }
    EventKind kind = branches ? EventKind::branches : rests ? EventKind::rests : ways.front().kind;
    if (kind == EventKind::crosses && was_sliding) kind = EventKind::leaves;
    if (kink || rests || branches) result_.events.push_back({when, kind, {x.begin(), x.end()}});
    if (branches && !pending_.empty())
      throw DomainError(
          "tau", start_.times[pending_.front()].to_decimal(17),
          "tau <= " + to_text(when, 17) + ", when the inclusion reaches a point from which it has several solutions");
    result_.settled = rests;
    done_ = rests || branches;
    if (done_) return;
    chart_ = std::move(ways.front().chart);
    exact_s_ = ways.front().s;
    s_ = balls(*exact_s_);
  }

  /// Off the rational points: a zero of the guard's factor, a straight kink, is reached at x from a smooth piece.
  void at_line(const Guard& guard, const std::vector<Ball>& x) {
    if (guard.kink.degree() != 1)
      throw DomainError("x0", to_text(Value(start_.x0), 17), "a start that reaches straight kinks only");
    const Polynomial kink = guard.kink;
    const int side = guard.side;
    // Signs here, not at the start of the motion: the other side may be decided by factors that guard only it.
    const Side before = [kink, side, x](const Polynomial& p) {
      return p == kink ? side : decide_less(0, p(x)) ? 1 : -1;
    };
    const Side after = [kink, side, before](const Polynomial& p) { return p == kink ? -side : before(p); };
    const Piece here = piece(problem_, before), there = piece(problem_, after);
    const bool smooth = here.value == there.value;
    const Rational n0 = kink.derivative(0).coefficients().front(), n1 = kink.derivative(1).coefficients().front();
    const Rational scale = n0 * n0 + n1 * n1, offset = kink(Point{0, 0});
    const Point origin = {-(offset * n0 / scale), -(offset * n1 / scale)}, d = {-n1, n0};
    Chart slide = sliding_chart(problem_, kink, origin, d, before, start_.ubar);
    // The rate at which a solution of the other side goes away from the line. One along all of it does not leave it.
    const Polynomial away = Polynomial(Rational(-side)) * along(kink, velocity(there, start_.ubar));
    const bool crosses = smooth || (!away.at(slide.point).is_zero() && decide_less(0, away(x)));
    if (!crosses && !away.at(slide.point).is_zero() && !decide_less(away(x), 0))
      throw Undecided("whether the solution slides");
    const bool rests = !crosses && slide.field.front().is_zero();
    const std::vector<Ball> s = {(Ball(d[0]) * (x[0] - Ball(origin[0])) + Ball(d[1]) * (x[1] - Ball(origin[1]))) /
                                 Ball(scale)};
    if (!smooth) {
      if (!result_.trajectory.hit_time) result_.trajectory.hit_time = time_;
      result_.events.push_back({time_,
                                crosses ? EventKind::crosses
                                : rests ? EventKind::rests
                                        : EventKind::slides,
                                values(slide, s)});
    }
    if (crosses) {
      enter(after, kink, 1, x);
      return;
    }
    chart_ = std::move(slide);
    s_ = s;
    if (rests) stay(s_);
  }

  /// Starts on the piece of the given sides from a point of the kink, whose polynomial has so many zeros there.
  void enter(const Side& side, const Polynomial& kink, std::size_t zeros, const std::vector<Ball>& x) {
    chart_ = smooth_chart(problem_, side, start_.ubar);
    for (Guard& guard : chart_->guards)
      if (guard.kink == kink) guard.zeros = zeros;
    s_ = x;
  }

  // ---- motions between events ----

  static std::vector<Value> values(const Chart& chart, const std::vector<Ball>& s) {
    std::vector<Value> r;
    for (const Polynomial& p : chart.point)
      r.push_back(p.degree() == 0 ? Value(p.coefficients().front()) : Value(p(s)));
    return r;
  }

  bool constant_velocity() const {
    const auto constant = [](const Polynomial& p) { return p.degree() == 0; };
    const auto straight = [](const Guard& g) { return g.positive.degree() <= 1; };
    return std::all_of(chart_->field.begin(), chart_->field.end(), constant) &&
           std::all_of(chart_->guards.begin(), chart_->guards.end(), straight);
  }

  bool finished() const { return pending_.empty() && (result_.trajectory.hit_time || !options_.until_first_kink); }

  /// Rational velocity, guards and start: the next event is exact.
  void exact_motion() {
    const Point s = *exact_s_;
    Point v;
    for (const Polynomial& p : chart_->field) v.push_back(p.coefficients().front());
    std::optional<Rational> event;
    for (const Guard& guard : chart_->guards) {
      const Rational value = guard.positive(s), rate = along(guard.positive, chart_->field).coefficients().front();
      if (rate.sign() < 0 && value.sign() > 0 && (!event || -(value / rate) < *event)) event = -(value / rate);
    }
    const auto after = [&](const Rational& elapsed) {
      Point now = s, x;
      for (std::size_t i = 0; i < now.size(); ++i) now[i] += elapsed * v[i];
      for (const Polynomial& p : chart_->point) x.push_back(p(now));
      return x;
    };
    std::vector<std::size_t> later;
    for (const std::size_t k : pending_) {
      const Rational elapsed = start_.times[k] - *exact_time_;
      if (event && *event < elapsed) {
        later.push_back(k);
        continue;
      }
      const Point x = after(elapsed);
      result_.trajectory.x[k] = {x.begin(), x.end()};
    }
    pending_ = std::move(later);
    done_ = !event || finished();
    if (done_) return;
    const Rational time = *exact_time_ + *event;
    at_rational_point(after(*event), time, Ball(time));
  }

  /// In one dimension a solution goes to the next zero of its velocity or of a guard, and these are algebraic.
  struct Destination {
    std::optional<RealRoot> limit;  ///< where the velocity vanishes first
    std::optional<RealRoot> event;  ///< where a guard vanishes before
    std::optional<std::size_t> guard;
  };

  Destination destination() const {
    const Ball& s = s_.front();
    const Polynomial& field = chart_->field.front();
    const bool up = exact_s_ ? field(*exact_s_).sign() > 0 : decide_less(0, field(s_));
    const auto ahead = [&](const RealRoot& r, std::size_t zeros) {
      if (zeros > 0 && r.value.overlaps(s)) return false;
      if (exact_s_ && r.exact) return up ? exact_s_->front() < *r.exact : *r.exact < exact_s_->front();
      return up ? decide_less(s, r.value) : decide_less(r.value, s);
    };
    const auto nearer = [&](const RealRoot& a, const RealRoot& b) {
      if (a.exact && b.exact) return up ? *a.exact < *b.exact : *b.exact < *a.exact;
      return up ? decide_less(a.value, b.value) : decide_less(b.value, a.value);
    };
    Destination r;
    if (field.degree() > 0)
      for (const RealRoot& root : real_roots(field.coefficients()))
        if (ahead(root, 0) && (!r.limit || nearer(root, *r.limit))) r.limit = root;
    for (std::size_t k = 0; k < chart_->guards.size(); ++k) {
      const Guard& guard = chart_->guards[k];
      if (guard.positive.degree() == 0) continue;
      for (const RealRoot& root : real_roots(guard.positive.coefficients())) {
        if (!ahead(root, guard.zeros) || (r.event && !nearer(root, *r.event))) continue;
        r.event = root;
        r.guard = k;
      }
    }
    // What coincides with the limit is never reached.
    if (r.limit && r.event && !nearer(*r.event, *r.limit)) r.event.reset(), r.guard.reset();
    return r;
  }

  void motion() {
    const bool line = chart_->field.size() == 1;
    const Destination to = line ? destination() : Destination{};
    exact_s_.reset(), exact_time_.reset();
    bool first = true;
    Ball longest = max(Ball(last_) - time_, Ball(1)).upper_end() * Rational(5, 4);
    while (true) {
      if (line && !to.event && options_.until_first_kink && pending_.empty()) done_ = true;  // no kink ahead
      if (done_ || finished() || settles(to)) {
        done_ = true;
        return;
      }
      if (++result_.steps > most_steps)
        throw DomainError("tau", last_.to_decimal(17), "reached, with the first kink, within 5000 steps");
      if (!small(s_)) throw Undecided("the enclosure of the solution is wider than its tolerance");
      const TaylorStep step(chart_->field, s_, longest);
      FirstZero next{std::nullopt, step.length()};
      std::size_t which = 0;
      for (std::size_t k = 0; k < chart_->guards.size(); ++k) {
        if (line && k != to.guard) continue;
        const Guard& guard = chart_->guards[k];
        const FirstZero zero = first_zero(step.along(guard.positive).deflated(first ? guard.zeros : 0),
                                          step.along(along(guard.positive, chart_->field)), step.length());
        if (!decide_earlier(zero, next)) continue;
        next = zero;
        which = k;
      }
      answer(step, next.positive_until);
      const Ball elapsed = next.root ? *next.root : next.positive_until;
      const std::vector<Ball> s = step.at(elapsed);
      time_ += elapsed;
      if (!next.root) {
        s_ = s;
        first = false;
        longest = (step.length() * 2).upper_end();
        continue;
      }
      const Guard guard = chart_->guards[which];
      if (finished()) {
        done_ = true;
        return;
      }
      arrive(guard, to, s);
      return;
    }
  }

  /// Whether a guard's zero comes before what was found so far.
  static bool decide_earlier(const FirstZero& a, const FirstZero& b) {
    if (!a.root && !b.root) return certainly_less(a.positive_until, b.positive_until);
    if (a.root && !b.root) return decide_less(*a.root, b.positive_until) || a.root->overlaps(b.positive_until);
    return decide_less(a.positive_until, b.positive_until);
  }

  void arrive(const Guard& guard, const Destination& to, const std::vector<Ball>& s) {
    std::vector<Ball> x;
    if (!to.event) {
      at_line(guard, s);
      return;
    }
    if (to.event->exact) {
      Point exact;
      for (const Polynomial& p : chart_->point) exact.push_back(p(Point{*to.event->exact}));
      at_rational_point(exact, std::nullopt, time_);
      return;
    }
    if (!guard.kink.is_zero())
      throw DomainError("x0", to_text(Value(start_.x0), 17), "a start that slides to rational corners only");
    for (const Polynomial& p : chart_->point) x.push_back(p(std::vector<Ball>{to.event->value}));
    result_.events.push_back({time_, EventKind::leaves, values(*chart_, {to.event->value})});
    const Polynomial kink = *chart_->kink;
    const Side before = chart_->side;
    const int side = guard.side;
    enter([kink, side, before](const Polynomial& p) { return p == kink ? side : before(p); }, kink, 2, x);
  }

  /// Answers the wanted times that certainly come before `until`. One that may come before or after is answered by the
  /// hull of what this step and the next motion say.
  void answer(const TaylorStep& step, const Ball& until) {
    std::vector<std::size_t> later;
    for (const std::size_t k : pending_) {
      const Ball elapsed = max(Ball(start_.times[k]) - time_, Ball(0));
      if (certainly_less(elapsed, until)) {
        give(k, values(*chart_, step.at(elapsed)));
        continue;
      }
      if (!certainly_less(until, elapsed)) {
        give(k, values(*chart_, step.at(min(elapsed, until.upper_end()))));
        unsettled_[k] = result_.trajectory.x[k];
      }
      later.push_back(k);
    }
    pending_ = std::move(later);
  }

  void give(std::size_t k, std::vector<Value> x) {
    const auto earlier = unsettled_.find(k);
    if (earlier != unsettled_.end()) {
      for (std::size_t i = 0; i < x.size(); ++i) {
        const Value& other = earlier->second[i];
        if (x[i].get<Rational>() && other.get<Rational>() && *x[i].get<Rational>() == *other.get<Rational>()) continue;
        x[i] = Ball::hull(as_ball(x[i]), as_ball(other));
      }
      unsettled_.erase(earlier);
    }
    result_.trajectory.x[k] = std::move(x);
  }

  static Ball as_ball(const Value& x) { return x.get<Rational>() ? Ball(*x.get<Rational>()) : *x.get<Ball>(); }

  /// Whether the solution stays, for all later times, within the tolerance of where it is, away from all kinks.
  bool settles(const Destination& to) {
    std::vector<Ball> box = s_;
    if (chart_->field.size() == 1) {
      if (!to.limit || to.event) return false;
      box.front() = Ball::hull(s_.front(), to.limit->value);
      if (!small(box)) return false;
    } else {
      for (Ball& side : box) arb_add_error(side.raw(), (options_.tolerance / 4).raw());
      if (!small(box)) return false;
      for (const Guard& guard : chart_->guards)
        if (!certainly_less(0, guard.positive(box))) return false;
      for (std::size_t i = 0; i < box.size(); ++i) {
        std::vector<Ball> above = box, below = box;
        above[i] = box[i].upper_end();
        below[i] = box[i].lower_end();
        if (!certainly_less(chart_->field[i](above), 0) || !certainly_less(0, chart_->field[i](below))) return false;
      }
    }
    stay(box);
    return true;
  }

  /// All later answers are in the box.
  void stay(const std::vector<Ball>& box) {
    for (const std::size_t k : pending_) give(k, values(*chart_, box));
    pending_.clear();
    done_ = result_.settled = true;
  }

  bool small(const std::vector<Ball>& box) const {
    return std::all_of(box.begin(), box.end(), [&](const Ball& side) {
      return certainly_less(side.upper_end() - side.lower_end(), options_.tolerance);
    });
  }

  Problem problem_;
  const InitialValueProblem& start_;
  const IntegrationOptions& options_;
  Integration result_;
  std::vector<std::size_t> pending_;                     ///< wanted times that are not answered yet
  std::map<std::size_t, std::vector<Value>> unsettled_;  ///< what the motion before says of times near its end
  Rational last_;
  bool done_ = false;

  std::optional<Chart> chart_;
  std::vector<Ball> s_;
  std::optional<Point> exact_s_;
  Ball time_;
  std::optional<Rational> exact_time_;
};

}  // namespace

Integration integrate(Problem problem, const InitialValueProblem& start, const IntegrationOptions& options) {
  if (PrecisionScope::bits() > most_bits)
    throw DomainError(
        "x0", to_text(Value(start.x0), 17),
        "a start whose path 4096 bits settle: they reach the tolerance, no kink is grazed, nor several met at once");
  return Integrator(problem, start, options).run();
}

}  // namespace asyncert::assm
