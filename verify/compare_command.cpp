#include <filesystem>
#include <ostream>

#include "lib/errors.hpp"
#include "lib/files.hpp"
#include "lib/json.hpp"
#include "reports/baseline.hpp"
#include "verify/commands.hpp"

namespace asyncert {

namespace {

Baseline read(const std::string& path) { return read_baseline(parse_json(read_file(path)), path); }

void print(std::ostream& out, const std::vector<Change>& changes, const std::string& sentence, bool json) {
  if (json) {
    List list;
    for (const Change& c : changes)
      list.push_back(Object().add("id", c.id).add("what", c.what).add("baseline", c.was).add("now", c.is));
    out << to_json(Object().add("schema", 1).add("changes", std::move(list))) << "\n";
    return;
  }
  if (!changes.empty()) out << render_table(changes_table(changes), "text");
  out << sentence << "\n";
}

std::string number(std::size_t n, const std::string& thing) {
  return std::to_string(n) + " " + thing + (n == 1 ? "" : "s");
}

int update(const CompareOptions& options, const Baseline& now, std::ostream& out) {
  if (now.partial)
    throw DomainError("results", options.results,
                      "a run that was not interrupted: a baseline of a part would lose the rest");
  const bool exists = std::filesystem::exists(options.baseline);
  const Baseline before = exists ? read(options.baseline) : Baseline{};
  if (now.selected) {
    if (const std::string why = other_run(before, now); !why.empty())
      throw DomainError("results", options.results, "a run like that of the baseline, into which it is merged; " + why);
  }
  const Baseline result = updated(before, now);
  write_file(options.baseline, to_json(to_object(result)) + "\n");
  const std::size_t kept = result.lines.size() - now.lines.size();
  const std::string note = kept > 0 ? " (" + std::to_string(kept) + " of them not among the results, and kept)" : "";
  print(out, changes(before, now), options.baseline + ": " + number(result.lines.size(), "claim") + note, options.json);
  return exit_ok;
}

}  // namespace

int compare_command(const CompareOptions& options, std::ostream& out, std::ostream& err) {
  const Baseline now = read(options.results);
  if (now.lines.empty()) {
    err << "asyncert compare: " << options.results << " holds no claims\n";
    return exit_nothing;
  }
  if (options.update) return update(options, now, out);
  const Baseline before = read(options.baseline);
  const std::vector<Change> found = changes(before, now);
  std::string sentence = found.empty() ? "nothing changed" : number(found.size(), "change");
  sentence += " against " + options.baseline;
  if (now.partial || now.selected)
    sentence += ", " + number(now.lines.size(), "claim") + " compared of " + std::to_string(before.lines.size()) +
                (now.partial ? ": the run was interrupted" : ": the run was of some claims only");
  if (const std::string why = other_run(before, now); !why.empty()) sentence += "; slacks were not compared, as " + why;
  print(out, found, sentence, options.json);
  return found.empty() ? exit_ok : exit_differs;
}

}  // namespace asyncert
