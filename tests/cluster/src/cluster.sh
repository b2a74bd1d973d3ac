# Creates a PostgreSQL cluster in a temporary folder, prints the folders of its programs and its data, and removes it when
# standard input ends. The input ends when the calling program ends, even by a kill. Argument: "durable" or "fast".
set -eu
trap '' INT TERM HUP
for candidate in "$(dirname "$(command -v initdb || echo /nowhere/initdb)")" /usr/lib/postgresql/*/bin; do
  if [ -x "$candidate/initdb" ]; then bin=$candidate; fi
done
if [ -z "${bin:-}" ]; then
  echo "PostgreSQL is not installed: run 'make setup' (package postgresql)" >&2
  exit 1
fi
dir=$(mktemp -d /tmp/expo-cluster-XXXXXX)
remove() { "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1 || true; rm -rf "$dir"; }
trap remove EXIT
"$bin/initdb" -D "$dir/data" -U expo --auth=trust --no-sync --encoding=UTF8 --locale=C >"$dir/log" 2>&1
cat >>"$dir/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$dir'
max_connections = 400
shared_buffers = 64MB
END
if [ "$1" = fast ]; then printf 'fsync = off\nfull_page_writes = off\n' >>"$dir/data/postgresql.conf"; fi
"$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -s start >>"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
echo "$bin $dir"
cat >/dev/null
