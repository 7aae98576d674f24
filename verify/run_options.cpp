// The options of `asyncert run` and their domains.
#include <iostream>

#include "lib/errors.hpp"
#include "verify/option_domains.hpp"

namespace asyncert {

void add_run_options(CLI::App& app, RunCommandOptions& o, int& code) {
  const auto positive = whole_number(1, std::uint64_t{1} << 53);  // whole numbers of JSON
  app.add_option("algorithm", o.algorithm, "a name from `asyncert list algorithms`")->required();
  app.add_option("settings", o.settings, "key=value, the algorithm's own: step=0.1");
  app.add_option("--instance", o.instance, "a name from `asyncert list instances`");
  app.add_option("--executor", o.executor,
                 "serial: one worker; replay: deterministic delays; openmp: real threads;\n"
                 "simulate: threads whose reads and writes take time, deterministic")
      ->check(one_of({"serial", "replay", "openmp", "simulate"}))
      ->capture_default_str();
  app.add_option("--steps", o.steps,
                 "updates; default 10000, no bound for the network's curves, a replayed trace's own")
      ->check(positive);
  app.add_option("--seed", o.seed, "seed of all random streams")->check(whole_number())->capture_default_str();
  app.add_option("--replicate", o.replicate, "independent repetitions of one seed")
      ->check(whole_number())
      ->capture_default_str();
  app.add_option("--record-every", o.record_every,
                 "updates between points of the loss curve; default a hundredth of the run")
      ->check(positive);
  app.add_option("--target", o.target, "stop at a recorded point with f at most this")->check(finite_number());
  app.add_option("--time-limit", o.time_limit, "seconds")->check(positive_number());
  app.add_flag("--trace", o.trace, "one record a message in the document; `--schedule trace:FILE` replays it");
  app.add_option("--out", o.out, "write the run as a JSON document");
  app.add_flag("--json", o.json, "the document on standard output");

  const std::string openmp = "Only with openmp", simulate = "Only with simulate", replay = "Only with replay",
                    shared = "With openmp and simulate", state = "Checkpoints";
  app.add_option("--threads", o.threads, "default 1; for simulate, one for each time of --compute")
      ->check(whole_number(1, 1024))
      ->group(shared);
  app.add_option("--memory", o.memory, "which writes may be lost; default the algorithm's own")
      ->check(one_of({"wild", "atomic_add", "locked", "consistent"}))
      ->group(shared);
  app.add_flag("--probes", o.probes, "measure delays and lock waits (the others always do)")->group(openmp);
  app.add_flag("--stamps", o.stamps,
               "every number with the label of its writer, in single precision: exact survival of the writes (alpha),\n"
               "t - a(t), inconsistent reads and the gap; memory wild or atomic_add, updates x coordinates <= 2^27")
      ->group(openmp);
  app.add_flag("--equal-shares", o.equal_shares, "every thread makes the same number of updates")->group(openmp);
  app.add_option("--stall-limit", o.stall_limit, "stop when a thread finishes no message for so many seconds")
      ->check(positive_number())
      ->group(openmp);
  app.add_option("--max-delay", o.max_delay, "drop older messages (memory locked or consistent)")
      ->check(whole_number())
      ->group(openmp);
  app.add_option("--compute", o.compute,
                 "time between a thread's last read and its first write: fixed:T,T.., exponential:T,T.. (means) or\n"
                 "uniform:A-B,A-B..; one for each thread, or one for all; default exponential:1")
      ->group(simulate);
  app.add_option("--read-spacing", o.read_spacing, "time between the reads of two coordinates; default 0")
      ->check(nonnegative_number())
      ->group(simulate);
  app.add_option("--write-time", o.write_time,
                 "time between a coordinate's load and its store: what is stored in between is lost; default 0")
      ->check(nonnegative_number())
      ->group(simulate);
  app.add_option("--write-spacing", o.write_spacing, "time between a store and the next coordinate's load; default 0")
      ->check(nonnegative_number())
      ->group(simulate);
  app.add_option(
         "--schedule", o.schedule,
         "none, constant:D, uniform:D, saw-tooth:D, periodic:D,D.., linear:K, random-linear:A,B, polynomial:K,Q,\n"
         "independent:D:W,W.., events:fixed:T,T.., events:exponential:T,T.., events:uniform:A-B,A-B..,\n"
         "trace:FILE (a run's document: the same settings and seed give the same bits)")
      ->group(replay);
  app.add_option("--survival", o.survival, "probability that a write survives, for each coordinate")
      ->check(probability())
      ->group(replay);
  app.add_option("--inconsistent-read", o.inconsistent_read,
                 "probability that a read sees a newer update, for each coordinate")
      ->check(probability())
      ->group(replay);
  app.add_option("--checkpoint", o.checkpoint, "file for the state, so that the run can be resumed")->group(state);
  app.add_option("--checkpoint-every", o.checkpoint_every,
                 "updates between two checkpoints; default a tenth of the run")
      ->check(positive)
      ->group(state);
  app.add_option(
         "--resume", o.resume,
         "go on from this state; the result is that of an uninterrupted run, bit for bit but for openmp's threads")
      ->group(state);
  app.footer(
      "Examples:\n"
      "  asyncert run hogwild step=0.1 --instance cosine --executor openmp --threads 2 --probes --out run.json\n"
      "  asyncert run hogwild step=0.1 --instance cosine --executor simulate --compute exponential:1,1,2 --write-time "
      "0.1");
  app.callback([&] {
    try {
      code = run_command(o, std::cout, std::cerr);
    } catch (const DomainError& error) {
      throw UsageError(error.what());  // all of them come from the command line; files give parse errors
    }
  });
}

}  // namespace asyncert
