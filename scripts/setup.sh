#!/usr/bin/env bash
# Installs the system packages this project needs and the machine lacks (Debian and its relatives).
set -euo pipefail

# What must be there, and the package that brings it.
declare -A packages=(
  [pkg:webkit2gtk-4.1]=libwebkit2gtk-4.1-dev
  [pkg:librsvg-2.0]=librsvg2-dev
  [cmd:WebKitWebDriver]=webkit2gtk-driver
  [cmd:Xvfb]=xvfb
  [cmd:pkg-config]=pkg-config
  [cmd:cc]=build-essential
  [file:/usr/bin/kill]=procps
  [cmd:script]=bsdutils
  [cmd:strace]=strace
  [cmd:age]=age
  [cmd:minisign]=minisign
  [cmd:soffice]=libreoffice-calc
  [file:/usr/lib/postgresql]=postgresql
  [cmd:chromium]=chromium
  [py:venv]=python3-venv
)

missing=()
for need in "${!packages[@]}"; do
  case $need in
    pkg:*) pkg-config --exists "${need#pkg:}" 2>/dev/null || missing+=("${packages[$need]}") ;;
    py:*) python3 -c "import ensurepip, ${need#py:}" 2>/dev/null || missing+=("${packages[$need]}") ;;
    file:*) [ -e "${need#file:}" ] || missing+=("${packages[$need]}") ;;
    cmd:*) command -v "${need#cmd:}" >/dev/null || missing+=("${packages[$need]}") ;;
  esac
done

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "setup: please install by hand: ${missing[*]}" >&2
    exit 1
  fi
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  echo "setup: installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

for tool in cargo node npm; do
  command -v "$tool" >/dev/null || { echo "setup: $tool is missing: install Rust (rustup.rs) and Node 20 or newer" >&2; exit 1; }
done

# What others wrote to look at docs/openapi.json, in an environment of its own.
tools=tests/contract/requirements.txt
if ! cmp -s "$tools" target/venv/requirements.txt; then
  echo "setup: installing $(grep -c == "$tools") Python tools into target/venv"
  python3 -m venv target/venv
  target/venv/bin/pip install --quiet --disable-pip-version-check -r "$tools"
  cp "$tools" target/venv/requirements.txt
fi
