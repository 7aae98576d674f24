#!/usr/bin/env bash
# usage: run_interrupted.sh ASYNCERT FOLDER: Ctrl-C ends a run within seconds, with a readable partial result and a state from
# which the run goes on.
set -euo pipefail
mkdir -p "$2"
for executor in serial openmp simulate; do
  result=$2/$executor.json state=$2/$executor.state
  rm -f "$result" "$state"
  options=(--instance cosine --executor "$executor" --seed 5 --checkpoint "$state")
  steps=2000000000
  [ "$executor" = openmp ] && options+=(--threads 2)
  [ "$executor" = simulate ] && steps=200000000
  code=0
  timeout --signal=INT --kill-after=30 --preserve-status 1 "$1" run hogwild "${options[@]}" --steps "$steps" --out "$result" \
    >"$2/summary" || code=$?
  [ "$code" = 130 ] || { echo "$executor: exit code $code instead of 130"; exit 1; }
  grep -q "^interrupted after [0-9]* updates" "$2/summary" || { echo "$executor: the summary is no interrupted run's"; exit 1; }
  grep -q '"stop": "interrupted"' "$result" || { echo "$executor: the document does not say that it is partial"; exit 1; }
  grep -q '"curve"' "$result" || { echo "$executor: the partial document has no curve"; exit 1; }
  # The state is a whole one: a run that goes on from it ends for its own reason.
  "$1" run hogwild "${options[@]}" --steps "$steps" --resume "$state" --time-limit 0.2 | grep -q "^time limit after [0-9]* updates"
done
