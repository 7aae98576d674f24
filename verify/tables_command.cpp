#include <chrono>
#include <ostream>

#include "lib/json.hpp"
#include "verify/apsgd/tables.hpp"
#include "verify/commands.hpp"

namespace asyncert {

int tables_command(const TablesOptions& options, std::ostream& out, std::ostream& err) {
  const auto start = std::chrono::steady_clock::now();
  int differences = 0;
  std::vector<Table> tables;
  for (const int number : {1, 2, 3}) {
    if (options.number != 0 && options.number != number) continue;
    tables.push_back(number == 1 ? apsgd::complexity_table(&differences)
                                 : apsgd::minimum_processors_table(number, options.definition, &differences));
  }
  if (options.format == "json") {
    List list;
    for (const Table& t : tables) list.push_back(to_object(t));
    out << to_json(Object()
                       .add("schema", 1)
                       .add("kind", "tables")
                       .add("tables", std::move(list))
                       .add("differences", differences))
        << "\n";
  } else {
    for (std::size_t i = 0; i < tables.size(); ++i) out << (i ? "\n" : "") << render_table(tables[i], options.format);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  err << "certified in " << static_cast<long>(seconds * 1000) << " ms on one core";
  if (options.check) err << "; " << differences << " values differ from the committed ones";
  err << "\n";
  return options.check && differences > 0 ? exit_differs : exit_ok;
}

}  // namespace asyncert
