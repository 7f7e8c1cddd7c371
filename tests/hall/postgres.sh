#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The hall's tests on PostgreSQL: starts a server in a temporary folder (as the user postgres where this is root), reached by
# a local socket alone, and runs each test program that stands on a hall's database against it. Their lines are passed on, with
# "_on_postgres" behind the name; then the server goes and comes (database_away.sh), and the scenarios of cases are played, with the hall in a database of its own. Usage: postgres.sh BUILD [COMMAND…]: of that build, or COMMAND alone.
set -u
build=$1
shift
pg=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$pg" ] || [ ! -x "$pg/initdb" ]; then
    echo "# PostgreSQL is not installed: apt-get install postgresql (tools/setup.sh --hall)"
    echo "skip hall_on_postgres"
    exit 0
fi
dir=$(mktemp -d /tmp/tongban-postgres-XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid postgres --regid postgres --init-groups)
    chown postgres "$dir"
    chmod 711 "$dir" # a scenario's hall is nobody, and comes by the socket
fi
export POSTGRES_SERVER=$dir/server
cat >"$POSTGRES_SERVER" <<EOT
#!/bin/sh
cd "$dir" && exec ${as[*]} "$pg/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 120 \\
    -o "-k $dir -c listen_addresses= -c max_connections=200 -c fsync=${POSTGRES_FSYNC:-off}" "\$@" >/dev/null
EOT
chmod 755 "$POSTGRES_SERVER"
server() { "$POSTGRES_SERVER" "$@"; }
end() { server -m immediate stop; rm -rf "$dir"; }
trap end EXIT
(cd "$dir" && "${as[@]}" "$pg/initdb" -D "$dir/data" -U hall -A trust -E UTF8 --locale C --no-sync >"$dir/initdb" 2>&1) &&
    server start ||
    { sed 's/^/# /' "$dir/initdb" "$dir/log" 2>/dev/null; echo "not ok hall_on_postgres"; exit 1; }
export TEST_DATABASE="postgresql:///postgres?host=$dir&user=hall"
if [ $# -gt 0 ]; then
    "$@"
    exit
fi
failed=0
for program in "$build"/tests/hall/store/test_* "$build"/tests/hall/terminals/test_* "$build"/tests/hall/test_* \
    "$build"/tests/hall/door/test_limits "$build"/tests/hall/door/test_server "$build"/tests/e2e/test_*; do
    { [ -x "$program" ] && [ -f "$program" ] && [ "${program%.*}" = "$program" ]; } || continue
    out=$(timeout 300 "$program" 2>"$dir/errors")
    status=$?
    printf '%s\n' "$out" | sed -E 's/^((not )?ok|skip) .*/&_on_postgres/'
    [ $status = 0 ] || failed=1
    [ $status -gt 1 ] || continue
    sed 's/^/# /' "$dir/errors" | tail -30
    echo "not ok $(basename "$program")_on_postgres"
done
for test in case case_open complaint backup notice queue appointment green feed licence report; do
    out=$(timeout 600 tests/tools/$test.sh "$build") || failed=1
    printf '%s\n' "$out" | sed -E 's/^((not )?ok|skip) .*/& on postgres/'
done
tests/hall/database_away.sh "$build" | sed -E 's/^((not )?ok) .*/&_on_postgres/'
[ "${PIPESTATUS[0]}" = 0 ] || failed=1
n=0
for file in tests/scenarios/case*.txt; do
    n=$((n + 1))
    psql -q "$TEST_DATABASE" -c "CREATE DATABASE scenario_$n" || { echo "not ok $(basename "$file" .txt)_on_postgres"; continue; }
    "$build/scenario" --build "$build" --database "postgresql:///scenario_$n?host=$dir&user=hall" "$file" |
        sed -nE 's/^((not )?ok [^ ]*)(.*)/\1_on_postgres\3/p; /^# /p'
    [ "${PIPESTATUS[0]}" = 0 ] || failed=1
done
exit $failed
