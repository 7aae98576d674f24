// Delay schedules and service laws by their text.
#include "lib/errors.hpp"
#include "lib/json.hpp"
#include "lib/text.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/catalog/parsing.hpp"
#include "solvers/trace_document.hpp"

namespace asyncert::solvers::catalog {

std::vector<ServiceLaw> parse_laws(const std::string& parameter, const std::string& text) {
  const auto wrong = [&]() {
    return DomainError(parameter, "'" + text + "'",
                       "fixed:T,T.., exponential:T,T.. or uniform:A-B,A-B.., one a thread");
  };
  const auto parts = split(text, ':');
  if (parts.size() != 2) throw wrong();
  std::vector<ServiceLaw> laws;
  for (const std::string& part : split(parts[1], ',')) {
    if (parts[0] == "fixed")
      laws.push_back(fixed_service(parse_double(parameter, part)));
    else if (parts[0] == "exponential")
      laws.push_back(exponential_service(parse_double(parameter, part)));
    else if (const auto ends = split(part, '-'); parts[0] == "uniform" && ends.size() == 2)
      laws.push_back(uniform_service(parse_double(parameter, ends[0]), parse_double(parameter, ends[1])));
    else
      throw wrong();
  }
  return laws;
}

SchedulePtr parse_schedule(const std::string& text) {
  const auto parts = split(text, ':');
  const std::string& kind = parts[0];
  if (kind == "trace" && parts.size() > 1) {
    const std::string path = text.substr(6);
    return recorded_schedule(trace_from(read_json(path), path));
  }
  if (kind == "events" && parts.size() > 1) return event_workers({.service = parse_laws("schedule", text.substr(7))});
  const auto need = [&](std::size_t count, const char* form) {
    if (parts.size() != count) throw DomainError("schedule", "'" + text + "'", form);
  };
  const auto whole = [&](std::size_t i) { return parse_whole("schedule", parts[i]); };
  const auto list = [&](std::size_t i, std::size_t length) {
    auto values = parse_list("schedule", parts[i]);
    if (length > 0 && values.size() != length)
      throw DomainError("schedule", "'" + text + "'",
                        (length == 1 ? "one number after " : "two numbers after ") + kind);
    return values;
  };
  if (kind == "none") return need(1, "none, with nothing after it"), no_delay();
  if (kind == "constant") return need(2, "constant:D, as constant:4"), constant_delay(whole(1));
  if (kind == "uniform") return need(2, "uniform:D, as uniform:4"), uniform_delay(whole(1));
  if (kind == "saw-tooth") return need(2, "saw-tooth:D, as saw-tooth:4"), saw_tooth_delay(whole(1));
  if (kind == "linear") return need(2, "linear:K, as linear:1"), linear_growth(list(1, 1)[0]);
  if (kind == "periodic") {
    need(2, "periodic:D,D.., as periodic:0,3,7");
    std::vector<std::uint64_t> delays;
    for (const std::string& d : split(parts[1], ',')) delays.push_back(parse_whole("schedule", d));
    return periodic_delay(std::move(delays));
  }
  if (kind == "random-linear" || kind == "polynomial") {
    need(2, kind == "polynomial" ? "polynomial:K,Q, as polynomial:1,2" : "random-linear:A,B, as random-linear:0.5,1.5");
    const auto pair = list(1, 2);
    return kind == "polynomial" ? polynomial_growth(pair[0], pair[1]) : random_linear_growth(pair[0], pair[1]);
  }
  if (kind == "independent") {
    need(3, "independent:D:W,W.., as independent:4:2,1");
    return independent_workers(list(2, 0), whole(1));
  }
  throw DomainError(
      "schedule", "'" + text + "'",
      "none, constant:D, uniform:D, saw-tooth:D, periodic:D,D.., linear:K, random-linear:A,B, polynomial:K,Q, "
      "independent:D:W,W.., events:LAW:T,T.., trace:FILE");
}

}  // namespace asyncert::solvers::catalog
