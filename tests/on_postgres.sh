#!/usr/bin/env bash
# Run the tests of everything that keeps rows on a PostgreSQL server of their own, and remove it afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$programs" ]; then
    echo "PostgreSQL is not installed (Debian: apt-get install postgresql): its tests did not run."
    exit "${MUST_RUN:-0}"
fi

folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
as() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$1" </dev/null; else bash -c "$1" </dev/null; fi; }
stop() { as "cd / && $programs/pg_ctl -D $folder/data -m immediate stop" >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi

as "cd / && $programs/initdb -D $folder/data -A trust -E UTF8 --no-locale -U tally" >/dev/null
options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off"
as "cd / && $programs/pg_ctl -D $folder/data -w -l $folder/log -o '$options' start" >/dev/null

export DATABASE_URL="postgres://tally@127.0.0.1:$port/postgres"
.venv/bin/pytest -q -n 2 --dist loadfile --allow-hosts=127.0.0.1 -m "not browser" ${@:-tests/journal tests/parties tests/runs}
