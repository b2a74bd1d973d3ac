#!/usr/bin/env bash
# Starts the windows with the fixtures and writes pictures of every screen. Usage: screens.sh OUT [FILTER…]
set -euo pipefail
cd "$(dirname "$0")/.."
npm run --silent dev:fixtures >/dev/null &
server=$!
trap 'kill $server' EXIT
until curl -sf http://localhost:1420/index.html >/dev/null; do sleep 0.2; done
TIMEOUT_MS=${TIMEOUT_MS:-30000} node scripts/shots.mjs "$@"
