#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A small fleet against a hall: storms, hours without network, bad certificates, a hall that is killed and comes back. What was
# acknowledged is there exactly once, judged by fleet_check.py, which is then given damaged databases to see whether it finds
# that. Nothing here depends on how long anything takes. Usage: fleet.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
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
for needed in jq sqlite3 python3; do
    command -v $needed >/dev/null || { echo "skip fleet # $needed is not installed"; exit 0; }
done
export PYTHONDONTWRITEBYTECODE=1

verdict() { # NAME CODE [FILE…]: what to show where it failed
    if [ "$2" = 0 ]; then
        echo "ok $1"
    else
        tail -q -n 20 "${@:3}" </dev/null | sed 's/^/# /'
        echo "not ok $1"
    fi
}

start_hall() { # ADDRESS
    : >"$work/hall.out"
    "$build/hall" --data "$work/hall" --listen "$1" >"$work/hall.out" 2>>"$work/hall.log" &
    hall_pid=$!
    until grep -q listening "$work/hall.out" || ! kill -0 "$hall_pid" 2>/dev/null; do sleep 0.1; done
    address=$(sed -n 's/^listening on //p' "$work/hall.out")
    [ -n "$address" ]
}
{
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog build tests/catalogues/zone --calendar tests/catalogues/zone/calendar --out "$work/1.db" &&
        "$build/hallctl" catalog sign "$work/1.db" --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog publish --data "$work/hall"
} >"$work/made" 2>&1 && start_hall 127.0.0.1:0
prepared "fleet: a hall with a catalogue" $? "$work/made" "$work/hall.log"

cat >"$work/plan" <<'EOT'
at 00:00 visits 1
at 06:00 visits 3
applications 50
offline 20 240
storm 04:00 100
storm 12:00 100
storm 16:00 60
expired 10
revoked 10
foreign 10
EOT
"$build/fleet" --data "$work/hall" --hall "$address" --terminals 12 --seconds 12 --plan "$work/plan" --seed 7 --json \
    --acknowledged "$work/acknowledged" >"$work/fleet.json" 2>"$work/fleet.log" &
fleet_pid=$!

# the hall is killed in the middle of it, and comes back where it was
until [ "$(tail -n 1 "$work/fleet.json" | jq '.acknowledged // 0' 2>/dev/null || echo 0)" -gt 50 ] 2>/dev/null ||
    ! kill -0 "$fleet_pid" 2>/dev/null; do sleep 0.1; done
kill -KILL "$hall_pid"
wait "$hall_pid" 2>/dev/null
start_hall "$address"
verdict hall_comes_back $? "$work/hall.log"
wait "$fleet_pid"
code=$?
fleet_pid=
tail -n 1 "$work/fleet.json" >"$work/end"
verdict all_is_acknowledged $code "$work/fleet.log" "$work/end"
says() { jq -e "$1" "$work/end" >/dev/null; }
says '.phase == "end" and .acknowledged > 0 and .acknowledged == .made and .contradicted == 0'
verdict its_sum_says_so $? "$work/end"
says '.storms == 3 and .dropped > 0 and .unreached > 0 and .handshakes > 18 and .resumed > 0'
verdict storms_and_a_killed_hall_were_felt $? "$work/end"
says '.refused > 0'
verdict bad_certificates_were_refused $? "$work/end"
[ "$(wc -l <"$work/acknowledged")" = "$(jq .acknowledged "$work/end")" ]
verdict a_line_for_each $? "$work/end"

kill "$hall_pid"
wait "$hall_pid"
hall_pid=
tests/tools/fleet_check.py "$work/hall/hall.db" "$work/acknowledged" >"$work/found"
verdict what_was_acknowledged_is_there_once $? "$work/found"
"$build/hallctl" terminals --data "$work/hall" --json >"$work/terminals"
[ "$(jq 'map(select(.terminal | test("-(expired|revoked|foreign)$"))) | [length, (map(.stored) | add)] == [3, 0]' "$work/terminals")" = true ]
verdict of_bad_certificates_nothing_is_stored $? "$work/terminals"

# what the checker is worth
damage() { # NAME SQL WORDS
    cp "$work/hall/hall.db" "$work/damaged.db"
    sqlite3 "$work/damaged.db" "$2"
    ! tests/tools/fleet_check.py "$work/damaged.db" "${4:-$work/acknowledged}" >"$work/found" && grep -q "$3" "$work/found"
    verdict "damage_is_found_$1" $? "$work/found"
}
sqlite3 "$work/hall/hall.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
damage lost "DELETE FROM record WHERE rowid = (SELECT min(rowid) FROM record WHERE kind = 'application')" 'is not there'
damage changed "UPDATE record SET body = x'00' WHERE rowid = (SELECT min(rowid) FROM record WHERE kind = 'application')" 'chain breaks'
damage no_case "DELETE FROM cases WHERE number = (SELECT min(number) FROM cases)" 'as a case 0'
damage no_ticket "DELETE FROM ticket WHERE rowid = (SELECT min(rowid) FROM ticket)" 'stands in the queue 0 times'
damage forged "UPDATE chain SET signature = (SELECT signature FROM chain ORDER BY seq DESC LIMIT 1 OFFSET 1)" 'is not signed by it'
damage cut_off "UPDATE chain SET seq = seq - 1 WHERE seq > 0" 'its chain ends at'
sed '1{p}' "$work/acknowledged" >"$work/twice"
damage twice "" 'acknowledged twice' "$work/twice"
sed '1d' "$work/acknowledged" >"$work/unasked"
damage unasked "" 'was not acknowledged' "$work/unasked"

# a second fleet on the same hall, whose terminals are enrolled anew; and one that is told to end
start_hall 127.0.0.1:0
prepared "fleet: the hall again" $? "$work/hall.log"
"$build/fleet" --data "$work/hall" --hall "$address" --terminals 3 --seconds 3600 --plan day >"$work/fleet.out" 2>"$work/fleet.log" &
fleet_pid=$!
until grep -q '^ .*[0-9][0-9]:[0-9][0-9]' "$work/fleet.out" || ! kill -0 "$fleet_pid" 2>/dev/null; do sleep 0.1; done
kill "$fleet_pid"
wait "$fleet_pid"
verdict it_ends_when_it_is_told $? "$work/fleet.log" "$work/fleet.out"
fleet_pid=
grep -q '^acknowledged .* each by a word that the hall signed$' "$work/fleet.out"
verdict its_sum_is_read $? "$work/fleet.out"
