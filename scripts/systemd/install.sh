#!/usr/bin/env bash
# Installs the kiosk as a service that starts with the machine. Can be repeated, also to update the program.
# Usage: install.sh [--program FILE] [--root DIR]
#   --program FILE  the program; default target/release/expo-kiosk
#   --root DIR      installs into this folder, for example to prepare an image; changes nothing on this machine
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$here/../../target/release/expo-kiosk
root=

fail() {
  echo "install: $1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --program) program=${2:?--program needs a file}; shift 2 ;;
    --root) root=${2:?--root needs a folder}; shift 2 ;;
    *) echo "usage: $0 [--program FILE] [--root DIR]" >&2; exit 2 ;;
  esac
done

[ -x "$program" ] || fail "$program is missing: run 'cargo build --release', or give --program"
if [ -z "$root" ]; then
  [ "$(id -u)" = 0 ] || fail "run this with sudo"
  for needed in cage Xwayland; do
    command -v "$needed" >/dev/null || fail "$needed is missing: sudo apt install cage xwayland"
  done
else
  root=$(realpath -m "$root")
  mkdir -p "$root"
fi

# Replaces the file by a rename: the running program keeps the old one.
put() {
  install -D -m "$1" "$2" "$root$3.new"
  mv -f "$root$3.new" "$root$3"
}

put 755 "$program" /usr/local/bin/expo-kiosk
put 644 "$here/expo-kiosk.service" /etc/systemd/system/expo-kiosk.service
put 644 "$here/expo-kiosk.pam" /etc/pam.d/expo-kiosk
put 644 "$here/expo-kiosk.rules" /etc/udev/rules.d/90-expo-kiosk.rules
put 644 "$here/expo-kiosk.sysusers" /etc/sysusers.d/expo-kiosk.conf
put 644 "$here/expo-kiosk.tmpfiles" /etc/tmpfiles.d/expo-kiosk.conf

systemd-sysusers --root="${root:-/}" expo-kiosk.conf
systemd-tmpfiles --root="${root:-/}" --create expo-kiosk.conf
systemctl --root="${root:-/}" --quiet enable expo-kiosk.service
# What a removed package wrote down says nothing about the leads from now on, and its 'purge' must not believe it.
rm -f "$root/var/lib/expo-kiosk/status-at-removal.json"

if [ -z "$root" ]; then
  systemctl daemon-reload
  udevadm control --reload
  echo "Set the kiosk up: sudo -u expo-kiosk expo-kiosk --data-dir /var/lib/expo-kiosk/data provision --event FILE.toml"
  echo "Then start it: sudo systemctl restart expo-kiosk"
fi
