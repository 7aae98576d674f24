// An event-driven integrator of the differential inclusion, with certified enclosures.
#pragma once

#include "bounds/assm/differential_inclusion.hpp"
#include "bounds/assm/ways.hpp"

namespace asyncert::assm {

struct FlowEvent {
  Value time;
  EventKind kind;
  std::vector<Value> x;
};

struct Integration {
  Trajectory trajectory;
  std::vector<FlowEvent> events;
  bool settled = false;  ///< from the last answer on it stays within the tolerance: at rest, or near its limit
  long steps = 0;
};

/// When the integration may end, and how wide enclosures may be.
struct IntegrationOptions {
  bool until_first_kink = true;  ///< go on behind the last wanted time until the hit time is known
  Ball tolerance;                ///< largest width of an enclosure
};

/// The solution of ubar_i x_i' in -(df(x))_i of any problem P01..P14.
///
/// Between events the solution follows one polynomial piece of f, or slides along a straight kink with the only
/// velocity of the hull of the neighbouring ones that keeps it there (Filippov's); each step is a Taylor polynomial of
/// an order that grows with the precision, with a remainder bounded over a box for which a Picard inclusion proves
/// existence, so that every point, event time and event is certified. Events are first zeros of polynomials along the
/// solution: bracketed by sign changes, with all times before excluded. Starts, corners and every other rational point
/// are decided exactly, ties by the first Taylor coefficient that does not vanish; steps with constant velocity from
/// them are exact. A solution that rests, or is caught in a box around a stable equilibrium that it cannot leave, ends
/// the work.
///
/// Throws `DomainError` where a wanted time lies behind a point from which there are several solutions, after 1000
/// events (chattering) or 5000 steps, and where 4096 bits neither reach the tolerance nor decide how a kink is
/// reached (grazing it, or a corner at once); `Undecided` where the working precision decides too little or enclosures
/// become wider than the tolerance. Cost: about 2 L steps a unit of
/// time, L the Lipschitz constant of the velocity, each of (bits/3)^2 multiplications a monomial.
Integration integrate(Problem problem, const InitialValueProblem& start, const IntegrationOptions& options);

}  // namespace asyncert::assm
