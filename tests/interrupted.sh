#!/usr/bin/env bash
# usage: interrupted.sh ASYNCERT FOLDER: Ctrl-C ends a long verification within seconds, with a readable partial ledger.
set -euo pipefail
results=$2/results.json
mkdir -p "$2"
rm -f "$results"
code=0
timeout --signal=INT --kill-after=60 --preserve-status 2 "$1" verify --effort deep --out "$results" || code=$?
[ "$code" = 130 ] || { echo "exit code $code instead of 130"; exit 1; }
grep -q '"partial": *true' "$results" || { echo "the ledger is not marked as partial"; exit 1; }
"$1" report "$results" >/dev/null
