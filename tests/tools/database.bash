# SPDX-License-Identifier: Apache-2.0
#
# The database of a hall in $work/hall that is to be made: SQLite there, or where TEST_DATABASE names a PostgreSQL server
# (hall/postgres.sh) a schema of its own on it. Skips the test NAME where jq or sqlite3 is missing. Wants $work and $build; gives
#   "${database[@]}"   what hallctl keys init is told
#   sql                runs what stands on its input
#   ask SQL            the same from its argument
#   bytes HEX          as a literal
#   hall_with          makes the hall, with a catalogue and a terminal t-1 of office 1103
# Usage: . tests/tools/database.bash NAME
command -v jq >/dev/null || { echo "skip $1 # jq is not installed"; exit 0; }
database=()
if [ -n "${TEST_DATABASE:-}" ]; then
    schema=$1_$$
    psql -q "$TEST_DATABASE" -c "CREATE SCHEMA $schema" || exit 1
    database=(--database "$TEST_DATABASE&options=-csearch_path%3D$schema")
    sql() { PGOPTIONS="-c search_path=$schema" psql -qAt -v ON_ERROR_STOP=1 "$TEST_DATABASE" -f -; }
    bytes() { printf "'\\\\x%s'" "$1"; }
else
    command -v sqlite3 >/dev/null || { echo "skip $1 # sqlite3 is not installed"; exit 0; }
    sql() { sqlite3 "$work/hall/hall.db" ".timeout 20000" ".read /dev/stdin"; }
    bytes() { printf "x'%s'" "$1"; }
fi
ask() { sql <<<"$1"; }
hall_with() { # CATALOGUE CALENDAR: folders
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test "${database[@]}" &&
        "$build/hallctl" catalog build "$1" --calendar "$2" --out "$work/1.db" --version 1 &&
        "$build/hallctl" catalog sign "$work/1.db" --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog publish --data "$work/hall" &&
        "$build/hallctl" terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json \
            --hall https://127.0.0.1:1 --out "$work/sheet"
}
