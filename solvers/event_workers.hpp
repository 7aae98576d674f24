// Simulated workers with service laws and an exact event queue: delays as they arise, not as they are postulated.
#pragma once

#include <functional>
#include <vector>

#include "lib/random.hpp"
#include "solvers/run.hpp"
#include "solvers/schedule.hpp"

namespace asyncert::solvers {

/// Time that one computation takes, drawn from the stream; positive and finite.
using ServiceLaw = std::function<double(RandomStream&)>;
ServiceLaw fixed_service(double time);
ServiceLaw uniform_service(double low, double high);
ServiceLaw exponential_service(double mean);

struct EventWorkers {
  std::vector<ServiceLaw> service{};  ///< one law a worker
  /// Time between the reads of two neighbouring blocks; 0 reads all blocks at once.
  double read_spacing = 0;
  std::size_t blocks = 1;
  /// Time that a worker holds the (first come, first served) write lock before its update takes effect; 0 for no lock.
  double lock_hold = 0;
};

/// Worker i reads, computes for a time drawn from its law, waits for the lock where there is one, and writes; then it
/// starts again at once. All start at time 0. Events at the same time happen in the order of worker numbers, writes
/// before reads. With `batch` messages an update, the update takes effect when the last of them has arrived. Service
/// times depend on (seed, replicate, worker, local count) alone: they are independent of samples and of each other.
SchedulePtr event_workers(EventWorkers model);

/// The schedule of a recorded run. The run that replays it must have the same number of messages an update and of
/// blocks. A trace that knows its stores one by one (`simulate`) is replayed store by store.
SchedulePtr recorded_schedule(Trace trace);

}  // namespace asyncert::solvers
