#!/usr/bin/env bash
# Backs the platform's PostgreSQL database up to one file, consistent while 'serve' runs. The file holds leads in plain
# text: keep it on an encrypted disk, and delete it when you delete the leads.
# Usage: postgres-backup.sh FILE            with the address in EXPO_STORE, as in /etc/expo-platform/platform.env
# Restore into an empty database, before kiosks connect again:
#   pg_restore --no-owner --exit-on-error --dbname postgres://… FILE
#   psql postgres://… -c "UPDATE kiosk SET report_line = NULL" -c \
#     "SELECT setval('erasure_notice_seq_seq', greatest((SELECT max(seq) FROM erasure_notice), last_value) + 1000000) FROM erasure_notice_seq_seq"
# Then repeat the erasures made since the backup. If this backup was restored before, run the second statement once more.
set -euo pipefail
out=${1:?usage: postgres-backup.sh FILE}
store=${EXPO_STORE:?EXPO_STORE is the address of the database}
case $store in
  postgres://* | postgresql://*) ;;
  *)
    echo "postgres-backup: EXPO_STORE is no PostgreSQL address: use 'expo-platform backup --out FILE'" >&2
    exit 2
    ;;
esac
[ ! -e "$out" ] || {
  echo "postgres-backup: $out exists; choose another name" >&2
  exit 1
}
if [ -n "${EXPO_DATABASE_CA:-}" ]; then
  export PGSSLMODE=verify-full PGSSLROOTCERT="$EXPO_DATABASE_CA"
fi
umask 077
# Complete or not at all. The address is not on a command line that other users see: pg_dump reads it from a service.
service=$(mktemp)
trap 'rm -f "$service" "$out.part"' EXIT
[[ $store =~ ^[a-z]+://(([^:@/]*)(:([^@/]*))?@)?([^:/?]*)(:([0-9]+))?/([^?]*)(\?(.*))?$ ]] || {
  echo "postgres-backup: EXPO_STORE must be postgres://USER:PASSWORD@HOST/DATABASE" >&2
  exit 2
}
user=${BASH_REMATCH[2]} password=${BASH_REMATCH[4]} host=${BASH_REMATCH[5]} port=${BASH_REMATCH[7]}
name=${BASH_REMATCH[8]} options=${BASH_REMATCH[10]}
# One setting, without the escapes of an address.
setting() {
  [ -z "$2" ] || printf '%s=%b\n' "$1" "${2//%/\\x}"
}
{
  echo "[expo]"
  setting user "$user"
  setting password "$password"
  setting host "$host"
  setting port "$port"
  setting dbname "$name"
  # Such as the folder of a socket, or the file of the authorities.
  IFS='&' read -ra pairs <<<"$options"
  for pair in "${pairs[@]}"; do
    setting "${pair%%=*}" "${pair#*=}"
  done
} >"$service"
PGSERVICEFILE=$service pg_dump --format=custom --file="$out.part" --dbname="service=expo"
mv "$out.part" "$out"
echo "$out"
