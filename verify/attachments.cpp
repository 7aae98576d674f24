#include "verify/attachments.hpp"

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#ifdef ASYNCERT_HAS_TABLES
#include "verify/apsgd/tables.hpp"
#endif
#include "verify/progress.hpp"
#include "verify/registry.hpp"

namespace asyncert {

namespace {

std::vector<int> numbers_of_tables([[maybe_unused]] const Selection& selection) {
  std::vector<int> numbers;
#ifdef ASYNCERT_HAS_TABLES
  for (const int number : {1, 2, 3})
    if (selection.contains("apsgd.table" + std::to_string(number), "Table " + std::to_string(number)))
      numbers.push_back(number);
#endif
  return numbers;
}

}  // namespace

bool attaches(const Selection& selection) {
  const FigureRegistry registry = all_figures();
  return !numbers_of_tables(selection).empty() ||
         std::any_of(registry.all().begin(), registry.all().end(),
                     [&](const auto& figure) { return selection.contains(figure.first, figure.second.source); });
}

List selected_figures(const Selection& selection, int threads, const Context& context, std::ostream& err) {
  const FigureRegistry registry = all_figures();
  std::vector<const Figure*> chosen;
  for (const auto& [id, figure] : registry.all())
    if (selection.contains(id, figure.source)) chosen.push_back(&figure);
  List list(chosen.size());
  std::atomic<std::size_t> next{0};
  Progress progress("figures", chosen.size(), err);
  const auto work = [&] {
    for (std::size_t i; (i = next++) < chosen.size();) {
      list[i] = to_object(*chosen[i], context);
      progress.step();
    }
  };
  const unsigned workers =
      threads > 0 ? static_cast<unsigned>(threads) : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> pool;
  for (unsigned t = 1; t < workers; ++t) pool.emplace_back(work);
  work();
  for (std::thread& t : pool) t.join();
  return list;
}

List selected_tables(const Selection& selection) {
  List list;
#ifdef ASYNCERT_HAS_TABLES
  for (const int number : numbers_of_tables(selection))
    list.emplace_back(to_object(number == 1 ? apsgd::complexity_table(nullptr)
                                            : apsgd::minimum_processors_table(number, "all", nullptr)));
#endif
  return list;
}

}  // namespace asyncert
