#include "verify/examination.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "verify/interrupt.hpp"

namespace asyncert {

bool depends_on_chance(const Claim& claim) {
  return claim.expected != Verdict::proved && claim.expected != Verdict::not_testable;
}

double false_alarm_of_all(const std::vector<const Claim*>& claims, const Context& context) {
  return context.false_alarm * static_cast<double>(std::count_if(claims.begin(), claims.end(),
                                                                 [](const Claim* c) { return depends_on_chance(*c); }));
}

Examination::Examination(std::vector<const Claim*> chosen, const Context& c, std::ostream& err)
    : claims(std::move(chosen)),
      context(c),
      entries_(claims.size()),
      done_(claims.size()),
      progress_("claims", claims.size(), err) {}

bool Examination::run(const std::shared_ptr<Examination>& e, unsigned threads) {
  constexpr auto look = std::chrono::milliseconds(100), moment = std::chrono::milliseconds(2000);
  e->working_ = threads;
  std::vector<std::thread> pool;
  for (unsigned t = 0; t < threads; ++t) pool.emplace_back([e] { e->work(); });
  std::unique_lock lock(e->mutex_);
  for (auto waited = look; !e->ended_.wait_for(lock, look, [&] { return e->working_ == 0; }) && waited < moment;)
    if (InterruptGuard::flag()) waited += look;
  const bool all = e->working_ == 0;
  lock.unlock();
  e->progress_.end();
  for (std::thread& t : pool) all ? t.join() : t.detach();
  return all;
}

std::vector<const LedgerEntry*> Examination::examined() const {
  std::vector<const LedgerEntry*> found;
  for (std::size_t i = 0; i < claims.size(); ++i)
    if (done_[i]) found.push_back(&entries_[i]);
  return found;
}

std::vector<std::string> Examination::at_work() const {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min(next_.load(), claims.size()); ++i)
    if (!done_[i]) ids.push_back(claims[i]->id);
  return ids;
}

void Examination::work() {
  for (std::size_t i; !InterruptGuard::flag() && (i = next_++) < claims.size();) {
    entries_[i] = examine(*claims[i], context);
    done_[i] = true;
    progress_.step();
  }
  const std::lock_guard lock(mutex_);
  if (--working_ == 0) ended_.notify_one();
}

}  // namespace asyncert
