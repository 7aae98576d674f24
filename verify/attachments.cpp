#include "verify/attachments.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#ifdef ASYNCERT_HAS_TABLES
#include "verify/apsgd/tables.hpp"
#endif
#include "verify/progress.hpp"
#include "verify/registry.hpp"

namespace asyncert {

bool selects(const VerifyOptions& options, const std::string& id) {
  if (!options.paper.empty() && id.substr(0, id.find('.')) != options.paper) return false;
  return options.patterns.empty() || std::any_of(options.patterns.begin(), options.patterns.end(),
                                                 [&](const std::string& p) { return glob_match(p, id); });
}

List selected_figures(const VerifyOptions& options, const Context& context, std::ostream& err) {
  const FigureRegistry registry = all_figures();
  std::vector<const Figure*> chosen;
  for (const auto& [id, figure] : registry.all())
    if (selects(options, id)) chosen.push_back(&figure);
  List list(chosen.size());
  std::atomic<std::size_t> next{0};
  Progress progress("figures", chosen.size(), err);
  const auto work = [&] {
    for (std::size_t i; (i = next++) < chosen.size();) {
      list[i] = to_object(*chosen[i], context);
      progress.step();
    }
  };
  const unsigned threads =
      options.threads > 0 ? static_cast<unsigned>(options.threads) : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> pool;
  for (unsigned t = 1; t < threads; ++t) pool.emplace_back(work);
  work();
  for (std::thread& t : pool) t.join();
  return list;
}

List selected_tables([[maybe_unused]] const VerifyOptions& options) {
  List list;
#ifdef ASYNCERT_HAS_TABLES
  for (const int number : {1, 2, 3}) {
    if (!selects(options, "apsgd.table" + std::to_string(number))) continue;
    list.emplace_back(to_object(number == 1 ? apsgd::complexity_table(nullptr)
                                            : apsgd::minimum_processors_table(number, "all", nullptr)));
  }
#endif
  return list;
}

}  // namespace asyncert
