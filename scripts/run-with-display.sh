#!/usr/bin/env bash
# Runs the demonstration on a desktop: the reference platform in the background, the kiosk in a window.
# Usage: run-with-display.sh DATA_FOLDER
set -euo pipefail
data=$1
kiosk="target/debug/expo-kiosk --data-dir $data"
platform="target/debug/expo-platform --store $(dirname "$data")/platform"
listen=127.0.0.1:8787

mkdir -p "$(dirname "$data")"
$platform keygen --publisher assets/demo/publisher.key >/dev/null
$platform serve --listen "$listen" &
trap 'kill %1 2>/dev/null' EXIT
until (: <>"/dev/tcp/${listen/://}") 2>/dev/null; do
  kill -0 %1 2>/dev/null || { echo "the platform does not listen on $listen" >&2; exit 1; }
  sleep 0.2
done
$kiosk status >/dev/null 2>&1 || $kiosk provision --demo
if $kiosk status --json | grep -q '"platform":null'; then
  $kiosk enrol --platform "http://$listen" --code "$($platform enrolment-code)"
fi
echo "To open the staff window, hold the top-start corner, then the bottom-end corner, for 1.5 seconds each. PIN: 240616."
echo "To list the leads at the platform: $platform leads"
$kiosk --window "${WINDOW:-810x1440}"
