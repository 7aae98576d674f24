#!/usr/bin/env bash
# doc_commands.sh PROGRAM NAME FOLDER DOCUMENT ...: runs what the documents show. In their code blocks a line "$ NAME ..." (or "$NAME
# ...") is a command, and the lines below it up to the next command are what it prints: they have to come in
# this order, "..." stands for anything in between, and a command has to succeed unless what it prints begins with "asyncert". A whole
# ledger is not examined again here.
set -uo pipefail
program=$1 name=$2 folder=$3
shift 3
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
mkdir -p bin "$(dirname "$name")" && ln -sf "$program" "bin/$(basename "$name")" && ln -sf "$program" "$name" 2>/dev/null
PATH=$folder/bin:$PATH
failed=0 tried=0

finish() {
  [ -n "$command" ] || return 0
  tried=$((tried + 1))
  local output code=0 line rest
  output=$(eval "$command" 2>&1) || code=$?
  rest=$output
  while IFS= read -r line; do
    [ -n "${line// /}" ] || continue
    case "$rest" in
      *"$line"*) rest=${rest#*"$line"} ;;
      *)
        echo "FAILED $document: $command"
        echo "    does not print, or not in this order: $line"
        head -20 <<<"$output" | sed 's/^/    | /'
        failed=1
        break ;;
    esac
  done < <(printf '%s\n' "${expected[@]:-}" | sed 's/\.\.\./\n/g')
  case "${expected[0]:-}" in asyncert*:*) [ "$code" -ne 0 ] ;; *) [ "$code" -eq 0 ] ;; esac ||
    { echo "FAILED $document: $command"; echo "    exit code $code"; echo "$output" | tail -5 | sed 's/^/    | /'; failed=1; }
}

for document; do
  block=no command="" expected=()
  while IFS= read -r line; do
    case "$line" in
      '```'*)
        finish
        command="" expected=()
        [ "$block" = no ] && block=yes || block=no
        continue ;;
    esac
    [ "$block" = yes ] || continue
    case "$line" in
      "\$ $name "*|"\$$name "*)
        finish
        line=${line#\$}
        command=${line# } expected=()
        case "$command" in
          "asyncert verify --out "*) command="" ;;
        esac ;;
      '$'*) finish; command="" expected=() ;;
      *) [ -z "$command" ] || expected+=("$line") ;;
    esac
  done <"$document"
done
echo "$tried commands tried"
[ "$tried" -gt 0 ] && exit "$failed"
exit 1
