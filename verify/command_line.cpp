// Parsing of the command line. The argument parser is slow to compile and stays behind this file.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <sstream>

#include "lib/environment.hpp"
#include "lib/errors.hpp"
#include "lib/suggestion.hpp"
#include "verify/commands.hpp"
#include "verify/option_domains.hpp"

namespace asyncert {

namespace {

void add_verify_options(CLI::App& app, VerifyOptions& options, std::string& effort) {
  app.add_option("patterns", options.patterns,
                 "claims: ids with * and ?, a paper, or its numbers ('Lemma 6', '(28)'); none selects all");
  app.add_option("--effort", effort, "how long to try")
      ->check(one_of({"quick", "standard", "deep"}))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "seed of all random streams")->check(whole_number())->capture_default_str();
  app.add_option("--threads", options.threads, "claims examined at the same time; 0 is one a core")
      ->check(whole_number(0, 1024));
  app.add_flag("--strict", options.strict, "exit 4 when a claim stays inconclusive");
  app.add_flag("--show", options.show, "print both sides, instance and method of each claim");
  app.add_flag("--json", options.json, "the results document on standard output");
  app.add_option("--out", options.out, "write results.json");
}

}  // namespace

int command_line(int argc, char** argv, const std::string& paper) {
  const bool single = !paper.empty();
  const std::string name = single ? "verify-" + paper : "asyncert";
  CLI::App app{single ? "Examines every claim of the paper " + paper + " and prints the ledger"
                      : "Checks the theory of asynchronous stochastic optimization by computing"};
  app.name(name);
  app.set_version_flag("--version", std::string("asyncert ") + version());

  EvalOptions eval;
  ProbeOptions probe;
  ListOptions list;
  [[maybe_unused]] TablesOptions tables;
  [[maybe_unused]] bool tables_json = false;
  RunCommandOptions run;
  VerifyOptions verify;
  CompareOptions compare;
  ReportOptions report;
  std::string effort = "quick", rigor = "enclosed";
  int code = exit_ok;
  verify.command = name;
  for (int i = 1; i < argc; ++i) verify.command += std::string(" ") + argv[i];

  if (single) {
    verify.paper = paper;
    add_verify_options(app, verify, effort);
    app.footer("Example: " + name + " --effort quick --out results.json");
    app.callback([&] {
      verify.effort = effort_from_string(effort);
      code = verify_command(verify, std::cout, std::cerr);
    });
  } else {
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 as expected, 1 a verdict or value differs, 2 usage, 3 bad input, 4 inconclusive with --strict,\n"
        "5 nothing was measured, 130 interrupted.\nExample: asyncert list quantities");

    auto* e = app.add_subcommand("eval", "one quantity, or a batch of them");
    e->add_option("quantity", eval.quantity, "a name from `asyncert list quantities`");
    e->add_option("assignments", eval.assignments, "key=value; lists as JSON: x=[1,-1/2]");
    e->add_option("--batch", eval.batch, "JSON file of rows {\"id\", \"quantity\", \"inputs\"}; - is standard input");
    e->add_option("--digits", eval.digits, "significant digits, all certain")
        ->check(whole_number(1, 10000))
        ->capture_default_str();
    e->add_option("--rigor", rigor, "enclosed: certified digits; float: double precision")
        ->check(one_of({"enclosed", "float"}))
        ->capture_default_str();
    e->add_flag("--json", eval.json, "JSON on standard output");
    e->footer("Example: asyncert eval apsgd.rate theta=0.5 omega=1 lambda_min=0.1 lambda_max=0.9 delta=10");
    e->callback([&] {
      eval.floating = rigor == "float";
      if (eval.quantity.empty() == eval.batch.empty())
        throw CLI::ValidationError("eval", "give a QUANTITY or --batch FILE");
      code = eval_command(eval, std::cout, std::cerr);
    });

    auto* p = app.add_subcommand("probe", "one quantity over a grid of its inputs");
    p->add_option("quantity", probe.quantity, "a name from `asyncert list quantities`")->required();
    p->add_option("assignments", probe.assignments,
                  "key=value, key=a,b,c, key=lo:hi:n (equidistant) or key=lo:hi:n:log (equal ratios)");
    p->add_option("--digits", probe.digits, "significant digits, all certain")
        ->check(whole_number(1, 10000))
        ->capture_default_str();
    p->add_option("--rigor", rigor, "enclosed: certified digits; float: double precision, for large grids")
        ->check(one_of({"enclosed", "float"}))
        ->capture_default_str();
    p->add_option("--out", probe.out, "a file that ends in .csv, .json or .npy; - is CSV on standard output")
        ->check(CLI::Validator(
            [](const std::string& path) {
              const bool known =
                  path == "-" || path.ends_with(".csv") || path.ends_with(".json") || path.ends_with(".npy");
              return known ? std::string() : path + " does not end in .csv, .json or .npy";
            },
            "FILE.{csv,json,npy}"))
        ->capture_default_str();
    p->add_option("--plot", probe.plot, "one HTML page that shows every output over one or two varied parameters");
    p->add_flag("--json", probe.json, "JSON on standard output");
    p->footer("Example: asyncert probe apsgd.rate theta=0.5 omega=1 lambda_min=0.1 lambda_max=0.9 delta=1:1e6:25:log");
    p->callback([&] {
      probe.floating = rigor == "float";
      probe.command = verify.command;
      code = probe_command(probe, std::cout, std::cerr);
    });

#ifdef ASYNCERT_HAS_TABLES
    auto* t = app.add_subcommand("tables", "Tables 1 to 3 of the paper on linear systems, printed beside recomputed");
    t->add_option("number", tables.number, "1, 2 or 3; none prints all")->check(whole_number(1, 3));
    t->add_option("--definition", tables.definition, "which complexity the asynchronous method is given")
        ->check(one_of({"all", "printed", "U", "rate", "rate-one-less"}))
        ->capture_default_str();
    t->add_option("--format", tables.format, "text, csv, json, md or tex")
        ->check(one_of({"text", "csv", "json", "md", "tex"}))
        ->capture_default_str();
    t->add_flag("--json", tables_json, "the same as --format json");
    t->add_flag("--check", tables.check, "exit 1 unless every value is reproduced");
    t->footer("Example: asyncert tables 3 --definition U --format md");
    t->callback([&] {
      if (tables_json) tables.format = "json";
      code = tables_command(tables, std::cout, std::cerr);
    });
#endif

    auto* l =
        app.add_subcommand("list", "what there is: claims, quantities, figures, datasets, algorithms or instances");
    l->add_option("what", list.what, "which list")
        ->required()
        ->check(one_of({"claims", "quantities", "figures", "datasets", "algorithms", "instances"}));
    l->add_option("patterns", list.patterns,
                  "only these: ids with * and ?, a paper, or its numbers ('Lemma 6', '(28)')");
    l->add_flag("--json", list.json, "JSON on standard output");
    l->footer("Example: asyncert list claims apsgd 'Theorem 3'");
    l->callback([&] { code = list_command(list, std::cout, std::cerr); });

    run.command = verify.command;
    add_run_options(*app.add_subcommand("run", "run an algorithm on an instance and measure it"), run, code);

    auto* v = app.add_subcommand("verify", "examine claims and judge them");
    add_verify_options(*v, verify, effort);
    v->add_option("--paper", verify.paper, "hogwild, assm, apsgd, dasgd or pasgd");
    v->footer("Example: asyncert verify 'apsgd.lemma*' --show");
    v->callback([&] {
      verify.effort = effort_from_string(effort);
      code = verify_command(verify, std::cout, std::cerr);
    });

    auto* c = app.add_subcommand("compare", "hold a results document against the committed baseline");
    c->add_option("results", compare.results, "results.json of `asyncert verify --out`")->required();
    c->add_option("--baseline", compare.baseline, "the expected ledger")->capture_default_str();
    c->add_flag("--update", compare.update, "write the baseline from the results");
    c->add_flag("--json", compare.json, "JSON on standard output");
    c->footer("Example: asyncert compare out/results.json");
    c->callback([&] { code = compare_command(compare, std::cout, std::cerr); });

    auto* r = app.add_subcommand("report", "render a results document");
    r->add_option("results", report.results, "results.json of `asyncert verify --out`")->required();
    r->add_option("--format", report.format,
                  "html, md, tex, csv, junit, json, errata, canaries, paper-pages; a table: text, md, tex, csv, json")
        ->check(one_of({"html", "md", "tex", "csv", "junit", "json", "errata", "canaries", "paper-pages", "text"}))
        ->capture_default_str();
    r->add_option("--table", report.table,
                  "only this table: summary, claims, claims.PAPER, refuted, differing, slack, table1, figure.ID, ...");
    r->add_option("--out", report.out, "file, or folder for paper-pages; - is standard output")->capture_default_str();
    r->footer("Example: asyncert report out/results.json --format html --out out/report.html");
    r->callback([&] { code = report_command(report, std::cout, std::cerr); });
  }

  try {
    const std::string command = !single && argc > 1 ? argv[1] : "";
    std::vector<std::string> names;
    for (const CLI::App* known : app.get_subcommands([](CLI::App*) { return true; }))
      names.push_back(known->get_name());
    if (!command.empty() && command.front() != '-' && std::find(names.begin(), names.end(), command) == names.end())
      throw UsageError("there is no command " + command + suggestion(command, names) + " (asyncert --help lists them)");
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error), exit_ok;  // --help, --version
    const bool inside = !single && argc > 1 && *argv[1] != '-';
    std::cerr << name << ": " << error.what() << " (" << name << (inside ? std::string(" ") + argv[1] : "")
              << " --help lists what there is)\n";
    return exit_usage;
  } catch (const UsageError& error) {
    std::cerr << name << ": " << error.what() << "\n";
    return exit_usage;
  } catch (const std::invalid_argument& error) {
    std::cerr << name << ": " << error.what() << "\n";
    return exit_bad_input;
  } catch (const Undecided& error) {
    std::cerr << name << ": inconclusive: " << error.what() << "\n";
    return exit_inconclusive;
  } catch (const std::bad_alloc&) {
    std::cerr << name << ": this machine's memory is too small for what was asked\n";
    return exit_bad_input;
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << "\n";
    return exit_bad_input;
  }
  std::cout.flush();
  if (!std::cout) {
    std::cerr << name << ": standard output could not be written\n";
    return exit_bad_input;
  }
  return code;
}

}  // namespace asyncert
