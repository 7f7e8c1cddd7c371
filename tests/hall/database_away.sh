#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The hall's database goes in the middle of deliveries, at once as when its machine dies, and comes back: the hall is not started
# anew, and what it acknowledged before and after is there, each record once. Run by postgres.sh, whose server can be stopped:
# POSTGRES_SERVER is the command for it. Usage: database_away.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
[ -n "${POSTGRES_SERVER:-}" ] || { echo "skip database_away # no server that could be stopped: tests/hall/postgres.sh runs it"; exit 0; }
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
work=$(mktemp -d)
hall_pid='' fleet_pid=''
stop() {
    [ -z "$fleet_pid" ] || kill "$fleet_pid" 2>/dev/null
    [ -z "$hall_pid" ] || kill "$hall_pid" 2>/dev/null
    wait
    rm -rf "$work"
}
trap stop EXIT
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash database_away
verdict() { # NAME CODE [FILE…]: what to show where it failed
    if [ "$2" = 0 ]; then
        echo "ok $1"
    else
        tail -q -n 20 "${@:3}" </dev/null | sed 's/^/# /'
        echo "not ok $1"
    fi
}

hall_with tests/catalogues/zone tests/catalogues/zone/calendar >"$work/made" 2>&1
prepared "database_away: a hall with a catalogue" $? "$work/made"
"$build/hall" --data "$work/hall" --listen 127.0.0.1:0 >"$work/hall.out" 2>"$work/hall.log" &
hall_pid=$!
until grep -q listening "$work/hall.out" || ! kill -0 "$hall_pid" 2>/dev/null; do sleep 0.1; done
address=$(sed -n 's/^listening on //p' "$work/hall.out")
"$build/fleet" --data "$work/hall" --hall "$address" --terminals 12 --seconds 12 --plan steady --seed 7 --json \
    --acknowledged "$work/acknowledged" >"$work/fleet.json" 2>"$work/fleet.log" &
fleet_pid=$!

acknowledged() { tail -n 1 "$work/fleet.json" 2>/dev/null | jq -s ".[0].acknowledged // 0" 2>/dev/null || echo 0; }
runs() { kill -0 "$fleet_pid" 2>/dev/null; }
until [ "$(acknowledged)" -gt 30 ] || ! runs; do sleep 0.1; done
"$POSTGRES_SERVER" -m immediate stop >"$work/out" 2>&1
before=$(acknowledged)
until grep -q 'database' "$work/hall.log" || ! runs; do sleep 0.1; done # it was asked for meanwhile
sleep 3
kill -0 "$hall_pid" 2>/dev/null
verdict the_hall_stays $? "$work/hall.log"
"$POSTGRES_SERVER" start >"$work/out" 2>&1
prepared "database_away: the server comes back" $? "$work/out"
wait "$fleet_pid"
code=$?
fleet_pid=
tail -n 1 "$work/fleet.json" >"$work/end"
verdict all_is_acknowledged_in_the_end $code "$work/fleet.log" "$work/hall.log" "$work/end"
[ "$(acknowledged)" -gt "$before" ] && [ "$(acknowledged)" = "$(wc -l <"$work/acknowledged")" ]
verdict before_and_after $? "$work/end"
cut -f 1-4 "$work/acknowledged" | sort >"$work/told"
ask "SELECT terminal, encode(epoch, 'hex'), seq, encode(hash, 'hex') FROM record" | tr '|' '\t' | sort >"$work/there"
comm -23 "$work/told" "$work/there" >"$work/lost"
[ -s "$work/told" ] && ! [ -s "$work/lost" ]
verdict what_was_acknowledged_is_there $? "$work/lost"
[ -z "$(cut -f 1-3 "$work/there" | uniq -d)" ] && [ -z "$(ask "SELECT number FROM record WHERE kind = 'application' GROUP BY number HAVING count(*) > 1")" ]
verdict nothing_stands_twice $? "$work/there"
[ "$(wc -l <"$work/hall.log")" -lt 300 ] # a line when it goes, not one for each try
verdict its_log_stays_short $? "$work/hall.log"
