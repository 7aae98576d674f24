#include "bounds/assm/schedule.hpp"

#include <numeric>
#include <queue>

namespace asyncert::assm {

std::vector<Write> deterministic_schedule(const std::vector<Rational>& periods, long K) {
  struct Event {
    Rational time;
    std::size_t core;
    bool operator>(const Event& other) const { return time == other.time ? core > other.core : time > other.time; }
  };
  const std::size_t P = periods.size();
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  for (std::size_t c = 0; c < P; ++c) events.push({periods[c], c});
  std::vector<long> written(P, 0);
  std::vector<std::vector<long>> seen(P, written);  // seen[c]: writes a block at the last read of core c
  std::vector<Write> writes;
  for (long k = 0; k < K; ++k) {
    const Event event = events.top();
    events.pop();
    const std::size_t c = event.core;
    Write w;
    w.core = static_cast<long>(c);
    for (std::size_t j = 0; j < P; ++j) w.block_ages.push_back(written[j] - seen[c][j]);
    w.global_age = std::accumulate(w.block_ages.begin(), w.block_ages.end(), 0L);
    writes.push_back(std::move(w));
    ++written[c];
    seen[c] = written;
    events.push({event.time + periods[c], c});
  }
  return writes;
}

}  // namespace asyncert::assm
