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

as "cd / && $programs/initdb -D $folder/data -A trust -E UTF8 --no-locale -U owner" >/dev/null
# Nothing waits for a lock for ever: it fails with its reason instead, and the run goes on.
options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off"
options="$options -c synchronous_commit=off -c full_page_writes=off -c lock_timeout=60s"
as "cd / && $programs/pg_ctl -D $folder/data -w -l $folder/log -o '$options' start" >/dev/null
# The site's own user is no superuser: a superuser would be held to no policy on rows.
ask() { as "cd / && $programs/psql -q -h $folder -p $port -U owner -d postgres -c '$1'"; }
ask "CREATE ROLE tally LOGIN CREATEDB"
ask "CREATE DATABASE tally OWNER tally"

browsers=()
[ -x /usr/bin/chromium ] || browsers=(-m "not browser")
rooms=(tests/journal tests/parties tests/decisions tests/processes tests/cases tests/challenges
    tests/derogations tests/risks tests/assessments tests/runs tests/conformance tests/journeys tests/site)
# The planted years of these keep evidence and no rows.
rooms+=(--ignore tests/site/test_taking_in.py)
named=""
for one in "$@"; do [ ! -e "${one%%::*}" ] || named=yes; done
[ -n "$named" ] || set -- "${rooms[@]}" "$@"

export DATABASE_URL="postgres://tally@127.0.0.1:$port/tally"
.venv/bin/pytest -q -n 2 --dist loadfile --allow-hosts=127.0.0.1 -o faulthandler_timeout=240 "${browsers[@]}" "$@"
