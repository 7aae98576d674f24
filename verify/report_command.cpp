#include <filesystem>
#include <ostream>

#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "reports/report.hpp"
#include "verify/commands.hpp"

namespace asyncert {

int report_command(const ReportOptions& options, std::ostream& out, std::ostream& err) {
  const Value results = parse_json(read_file(options.results));
  if (options.format == "paper-pages") {
    if (options.out == "-") throw DomainError("out", options.out, "a folder, for paper-pages");
    std::filesystem::create_directories(options.out);
    for (const auto& [paper, page] : render_paper_pages(results)) {
      write_file(options.out + "/" + paper + ".md", page);
      err << options.out << "/" << paper << ".md: " << page.size() << " bytes\n";
    }
    return exit_ok;
  }
  const std::string text = options.table.empty() ? render_report(results, options.format)
                                                 : render_report_table(results, options.table, options.format);
  if (options.out == "-") {
    out << text;
  } else {
    write_file(options.out, text);
    err << options.out << ": " << text.size() << " bytes\n";
  }
  return exit_ok;
}

}  // namespace asyncert
