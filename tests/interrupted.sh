#!/usr/bin/env bash
# usage: interrupted.sh ASYNCERT FOLDER: Ctrl-C ends a long verification within seconds, with a readable partial ledger, and verdicts
# are on the disk before figures are computed.
set -euo pipefail
results=$2/results.json
mkdir -p "$2"
rm -f "$results"
code=0
timeout --signal=INT --kill-after=60 --preserve-status 2 "$1" verify --effort deep --out "$results" || code=$?
[ "$code" = 130 ] || { echo "exit code $code instead of 130"; exit 1; }
grep -q '"partial": *true' "$results" || { echo "the ledger is not marked as partial"; exit 1; }
"$1" report "$results" >/dev/null

# Figures that are still computed when the process is killed take no verdict with them.
rm -f "$results"
"$1" verify hogwild.lemma1 hogwild.figure1 --effort deep --out "$results" >/dev/null &
pid=$!
for _ in $(seq 600); do [ ! -f "$results" ] || break; sleep 0.1; done
kill -9 "$pid" 2>/dev/null || true
wait "$pid" || true
grep -q '"id": *"hogwild.lemma1"' "$results" || { echo "the verdicts are lost with the figures"; exit 1; }
"$1" report "$results" >/dev/null
