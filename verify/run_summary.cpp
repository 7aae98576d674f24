#include "verify/run_summary.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <ostream>
#include <sstream>
#include <string>

namespace asyncert {

using namespace solvers;

RunProgress::RunProgress(std::uint64_t total, std::uint64_t before, std::ostream& err)
    : total_(total), before_(before), err_(err), terminal_(isatty(STDERR_FILENO) != 0) {}
RunProgress::~RunProgress() {
  if (terminal_) err_ << "\r\033[K" << std::flush;
}

void RunProgress::show(const Position& position) {
  const auto now = Clock::now();
  if (!terminal_ || now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const std::uint64_t done = position.steps, made = done - std::min(done, before_);
  const double rate = static_cast<double>(made) / seconds;
  std::ostringstream line;
  line << done << (total_ > 0 ? "/" + std::to_string(total_) : "") << " updates";
  const auto left = [&](double time) { line << ", " << static_cast<long>(time + 0.5) << " s left"; };
  if (position.points > 0) {
    line << ", curve: " << position.evaluated << "/" << position.points << " points";
    if (!evaluating_) evaluating_ = now;
    const double spent = std::chrono::duration<double>(now - *evaluating_).count();
    if (position.evaluated > 0 && spent > 0)
      left(spent * static_cast<double>(position.points - position.evaluated) / static_cast<double>(position.evaluated));
  } else {
    evaluating_.reset();
    line << ", " << std::setprecision(3) << rate << " a second";
    if (position.share && *position.share > 0)
      left(seconds * (1 - *position.share) / *position.share);
    else if (total_ > 0)
      left(static_cast<double>(total_ - std::min(done, total_)) / std::max(rate, 1e-9));
  }
  err_ << "\r\033[K" << line.str() << std::flush;
}

namespace {

/// The mean over the classes' means, and the largest of their maxima.
std::string over(const std::vector<Distribution>& classes) {
  double sum = 0, count = 0, largest = 0;
  for (const Distribution& d : classes) {
    sum += d.mean * static_cast<double>(d.count);
    count += static_cast<double>(d.count);
    largest = std::max(largest, d.max);
  }
  std::ostringstream text;
  text << std::setprecision(4) << "mean " << (count > 0 ? sum / count : 0) << ", max " << largest;
  return text.str();
}

void print_probes(std::ostream& out, const TraceSummary& s, const std::string& unit) {
  out << std::setprecision(4);
  if (s.worker_shares.size() > 1 && s.worker_shares.size() <= 16) {
    out << "  share of the updates, by worker:";
    for (const double share : s.worker_shares) out << " " << share;
    out << "\n";
  }
  const std::string kind = s.blocks ? "block" : "worker";
  if (s.frequencies.size() > 1) {
    const auto [least, largest] = std::minmax_element(s.frequencies.begin(), s.frequencies.end());
    out << "  frequency of a " << kind << ": " << *least << " to " << *largest
        << "; of the next one given the last: at least " << s.least_conditional << "\n";
  }
  out << "  between updates of a " << kind << ": " << over(s.updates_between) << " updates";
  if (!s.time_between.empty()) out << "; " << over(s.time_between) << " " << unit;
  out << "\n";
  if (s.lock_wait && s.lock_wait->max > 0)
    out << "  lock wait: mean " << s.lock_wait->mean << " " << unit << ", p50 " << s.lock_wait->p50 << ", p99 "
        << s.lock_wait->p99 << ", max " << s.lock_wait->max << ", in all " << s.lock_wait_total << "\n";
  if (s.own_block_ages)
    out << "  age of the own block: mean " << s.own_block_ages->mean() << ", max " << s.own_block_ages->max() << "\n";
}

}  // namespace

void print_summary(std::ostream& out, const Run& run) {
  out << to_string(run.stop) << " after " << run.steps << " updates, " << std::setprecision(3) << run.seconds << " s";
  if (run.seconds > 0) out << ", " << static_cast<double>(run.steps) / run.seconds << " updates a second";
  out << ", " << run.threads << (run.threads == 1 ? " thread\n" : " threads\n");
  const bool said = run.stop == Stop::interrupted || run.stop == Stop::time_limit;  // the line above says it all
  if (!run.reason.empty() && !said) out << "  " << run.reason << "\n";
  if (run.unevaluated > 0 || run.curve_seconds > 1) {
    out << "  the curve was evaluated in " << std::setprecision(3) << run.curve_seconds << " s";
    if (run.unevaluated > 0) out << ", without " << run.unevaluated << " of its points";
    out << "\n";
  }
  if (!run.curve.empty())
    out << std::setprecision(6) << "  f: " << run.curve.front().value << " -> " << run.curve.back().value
        << ", |grad f| " << run.curve.back().gradient_norm << "\n";
  if (const Value* step = run.details.find("step"); step && !std::isnan(run.curve.back().units))
    out << "  step " << to_text(*step, 6) << ": " << run.curve.back().units << " units, " << run.curve.back().passes
        << " passes\n";
  const auto delays = [&](const char* name, const Histogram& h) {
    if (h.total() > 0)
      out << "  delay " << name << ": mean " << std::setprecision(4) << h.mean() << ", p50 " << h.quantile(0.5)
          << ", p99 " << h.quantile(0.99) << ", max " << h.max() << "\n";
  };
  delays("before read", run.delays.before_read);
  delays("after read", run.delays.after_read);
  delays("after write", run.delays.after_write);
  delays("t - a(t)", run.delays.label);
  if (run.gaps > 0 && run.max_gap > 0)
    out << "  gap |w_t - w_hat_t|: root mean square " << std::sqrt(run.mean_squared_gap) << ", max " << run.max_gap
        << "\n";
  if (run.torn_reads > 0) out << "  torn reads, repeated: " << run.torn_reads << "\n";
  if (run.dropped > 0) out << "  messages dropped as too old: " << run.dropped << "\n";
  if (run.inconsistent_reads) out << "  inconsistent reads: " << *run.inconsistent_reads << " of " << run.steps << "\n";
  if (run.alpha()) out << "  alpha: " << *run.alpha() << "\n";
  if (run.probes) {
    const Value* executor = run.requested.find("executor");
    const bool threads = executor && to_text(*executor, 6) == "openmp";
    print_probes(out, *run.probes, threads ? "s" : "units of time");
  }
}

}  // namespace asyncert
