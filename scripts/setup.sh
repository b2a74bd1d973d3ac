#!/usr/bin/env bash
# Installs the missing system packages (Debian and derivatives) and the Python tools of the tests.
set -euo pipefail

# Requirement → Debian package that provides it.
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
  [cmd:systemd-analyze]=systemd
  [cmd:age]=age
  [cmd:minisign]=minisign
  [cmd:soffice]=libreoffice-calc
  [file:/usr/lib/postgresql]=postgresql
  [cmd:chromium]=chromium
  [py:venv]=python3-venv
)

missing=()
for requirement in "${!packages[@]}"; do
  case $requirement in
    pkg:*) pkg-config --exists "${requirement#pkg:}" 2>/dev/null || missing+=("${packages[$requirement]}") ;;
    py:*) python3 -c "import ensurepip, ${requirement#py:}" 2>/dev/null || missing+=("${packages[$requirement]}") ;;
    file:*) [ -e "${requirement#file:}" ] || missing+=("${packages[$requirement]}") ;;
    cmd:*) command -v "${requirement#cmd:}" >/dev/null || missing+=("${packages[$requirement]}") ;;
  esac
done

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "setup: please install these packages: ${missing[*]}" >&2
    exit 1
  fi
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  echo "setup: installing ${missing[*]}"
  "${as_root[@]}" apt-get update -o DPkg::Lock::Timeout=300 -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -o DPkg::Lock::Timeout=300 -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

for tool in cargo node npm; do
  command -v "$tool" >/dev/null || { echo "setup: $tool is missing: install Rust (rustup.rs) and Node 20 or newer" >&2; exit 1; }
done

# Third-party tools that check docs/openapi.json, in a virtual environment.
tools=tests/contract/requirements.txt
if ! cmp -s "$tools" target/venv/requirements.txt; then
  echo "setup: installing $(grep -c == "$tools") Python tools into target/venv"
  python3 -m venv target/venv
  target/venv/bin/pip install --quiet --disable-pip-version-check -r "$tools"
  cp "$tools" target/venv/requirements.txt
fi
