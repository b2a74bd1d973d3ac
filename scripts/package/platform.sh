#!/usr/bin/env bash
# Builds the Debian package of the platform from a program that is already built.
# Usage: platform.sh [--program FILE] [--out DIR]     prints the path of the package
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
program=$repository/target/release/expo-platform
out=$repository/target/package

while [ $# -gt 0 ]; do
  case $1 in
    --program) program=${2:?--program needs a file}; shift 2 ;;
    --out) out=${2:?--out needs a folder}; shift 2 ;;
    *) echo "usage: $0 [--program FILE] [--out DIR]" >&2; exit 2 ;;
  esac
done
[ -x "$program" ] || {
  echo "package: $program is missing: run 'cargo build --release -p expo-platform', or give --program" >&2
  exit 1
}

version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$repository/Cargo.toml" | head -n 1)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"

put() {
  install -D -m "$1" "$2" "$tree$3"
}

put 755 "$program" /usr/bin/expo-platform
put 644 "$here/platform/expo-platform.service" /usr/lib/systemd/system/expo-platform.service
put 644 "$here/platform/expo-platform.sysusers" /usr/lib/sysusers.d/expo-platform.conf
put 644 "$here/platform/expo-platform.tmpfiles" /usr/lib/tmpfiles.d/expo-platform.conf
put 640 "$here/platform/platform.env" /etc/expo-platform/platform.env
documents=/usr/share/doc/expo-platform
put 644 "$here/platform/README.Debian" $documents/README.Debian
put 644 "$here/platform/nginx.conf" $documents/examples/nginx.conf
put 755 "$here/platform/postgres-backup.sh" $documents/examples/postgres-backup.sh
put 644 "$repository/LICENSE-MIT" $documents/LICENSE-MIT
put 644 "$repository/LICENSE-APACHE" $documents/LICENSE-APACHE
# 'make licences' writes it.
third_party=$repository/target/package/THIRD_PARTY.txt
if [ -f "$third_party" ]; then
  put 644 "$third_party" $documents/THIRD_PARTY.txt
else
  echo "package: $third_party is missing, the package lacks it: run 'make licences'" >&2
fi
for script in postinst prerm postrm; do
  put 755 "$here/platform/$script" /DEBIAN/$script
done
echo /etc/expo-platform/platform.env >"$tree/DEBIAN/conffiles"
cat >"$tree/DEBIAN/control" <<EOF
Package: expo-platform
Version: $version
Architecture: $architecture
Maintainer: Al-Omrane Expo Kiosk <noreply@example.org>
Section: net
Priority: optional
Depends: libc6, systemd
Recommends: nginx
Suggests: postgresql, postgresql-client
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f1)
Description: Reference platform of the Al-Omrane Expo kiosks
 Enrols kiosks, receives their leads and serves the catalogue, over SQLite or
 PostgreSQL.
EOF
mkdir -p "$out"
package=$out/expo-platform_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$tree" "$package" >/dev/null
echo "$package"
