#!/bin/sh
# Make the environment of the peers that are not for the product (PM4Py is under the AGPL): build/peers, from
# the lock beside this file, each package checked by its hash. Without it their bars are "not run".
set -eu
cd "$(dirname "$0")/../.."
peers=build/peers
lock=bench/pm4py/requirements.lock
if [ -f "$peers/.locked" ] && [ "$peers/.locked" -nt "$lock" ]; then
  exit 0
fi
for uv in .boot/bin/uv .boot/venv/bin/uv; do
  [ -x "$uv" ] && break
done
[ -x "$uv" ] || { echo "Run make setup first: it brings the installer."; exit 1; }
mkdir -p build
[ -x "$peers/bin/python" ] || "${PYTHON:-python3}" -m venv --without-pip "$peers"
echo "Installing what $lock names, each file checked by its hash ..."
"$uv" pip sync --quiet --require-hashes --python "$peers/bin/python" "$lock"
touch "$peers/.locked"
