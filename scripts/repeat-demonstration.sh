#!/usr/bin/env bash
# Plays the demonstration many times without a display, beside busy processes, and counts the runs that succeed.
# Usage: repeat-demonstration.sh [RUNS] [--busy PROCESSES]
# Run `make programs demo-bundle` first. Exits with 0 if every run did.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=20 busy=0
while [ $# -gt 0 ]; do
  case $1 in
    --busy) busy=$2; shift 2 ;;
    *) runs=$1; shift ;;
  esac
done

logs=target/repeat-demonstration
rm -rf "$logs" && mkdir -p "$logs"
busy_processes=()
for ((i = 0; i < busy; i++)); do
  (while :; do :; done) &
  busy_processes+=($!)
done
trap 'kill "${busy_processes[@]}" 2>/dev/null || true' EXIT

succeeded=0
for ((run = 1; run <= runs; run++)); do
  start=$SECONDS
  log=$(printf '%s/run-%02d.log' "$logs" "$run")
  if env -u DISPLAY -u WAYLAND_DISPLAY target/debug/demo-visit >"$log" 2>&1; then
    succeeded=$((succeeded + 1)) result=ok
  else
    result="failed: $(tail -n 1 "$log")"
  fi
  retries=$(grep -cE 'trying again|^Attempt' "$log" || true)
  echo "run $run of $runs: $((SECONDS - start)) s, $retries new sessions, $result"
done
echo "$succeeded of $runs runs succeeded beside $busy busy processes; logs: $logs"
[ "$succeeded" -eq "$runs" ]
