#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl appointment from outside: wrong arguments; an hour booked, moved, given back, each refusal; checking in with a number
# of the queue, and who is called then; many processes at once for the last places. On SQLite, or where TEST_DATABASE names a
# PostgreSQL server (hall/postgres.sh) in a schema of its own there. Usage: appointment.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash appointment
hall_with tests/catalogues/booking tests/catalogues/booking/calendar >"$work/made" 2>&1
prepared "appointment: a hall with a catalogue" $? "$work/made"
sql <<<"INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)
    VALUES (1103, 20458, 'general', 'A 001', 't-1', 1767574801000, 0, 0, 'general', 1767574801000),
           (1103, 20458, 'general', 'A 002', 't-1', 1767574802000, 0, 0, 'general', 1767574802000);"

clock=2026-01-05T08:10:00+08:00
check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    "$build/hallctl" --clock $clock "${command[@]}" "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok $name: exit $got, expected $want"
    fi
}
says() { # NAME TEXT, on stdout or stderr
    if grep -qF -- "$2" "$work/out" "$work/err"; then echo "ok $1"; else echo "not ok $1: $(head -c 300 "$work/out" "$work/err")"; fi
}
same() { # NAME GOT WANTED
    if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: \"$2\", expected \"$3\""; fi
}
command=(appointment)
where=(--data "$work/hall" --office 1103)
nine=2026-01-05T09:00:00+08:00 ten=2026-01-05T10:00:00+08:00

check "appointment: no verb" 2
check "appointment: unknown verb" 2 shout "${where[@]}"
check "appointment: book without an hour" 2 book "${where[@]}" --queue general --staff 李
check "appointment: an hour that is no time" 2 book "${where[@]}" --queue general --from nine --staff 李
check "appointment: a day that is none" 2 list "${where[@]}" --day 2026-02-30
check "appointment: a number that is none" 2 cancel "${where[@]}" --number 17 --code 1234 --staff 李
check "appointment: a code that is none" 2 cancel "${where[@]}" --number A0105-0900-1 --code 12345 --staff 李
check "appointment: an office without terminals" 3 book --data "$work/hall" --office 1104 --queue general --from $nine --staff 李
check "appointment: a queue without appointments" 3 free "${where[@]}" --queue insurance
check "appointment: nobody yet" 0 list "${where[@]}"
says "appointment: said so" "nobody has booked that day"
check "appointment: free" 0 free "${where[@]}" --queue general
says "appointment: the first hour" "2026-01-05 Mon 09:00  2 left"
says "appointment: after the break" "2026-01-05 Mon 13:30  2 left"
if grep -q Sun "$work/out"; then echo "not ok appointment: no hours on Sundays"; else echo "ok appointment: no hours on Sundays"; fi

check "appointment: book" 0 book "${where[@]}" --queue general --from $nine --staff 李 --json
number=$(jq -r .number "$work/out") code=$(jq -r .code "$work/out")
same "appointment: its number" "$number" A0105-0900-1
check "appointment: book another" 0 book "${where[@]}" --queue general --from $nine --staff 李
check "appointment: full" 4 book "${where[@]}" --queue general --from $nine --staff 李 --json
same "appointment: the reason is a word" "$(jq -r .refused "$work/out")" full
says "appointment: and what to do" "take another one: hallctl appointment free"
check "appointment: no hour begins then" 4 book "${where[@]}" --queue general --from 2026-01-05T09:30:00+08:00 --staff 李
check "appointment: past" 4 book "${where[@]}" --queue general --from 2026-01-05T08:00:00+08:00 --staff 李
check "appointment: free says full" 0 free "${where[@]}" --queue general
says "appointment: full hours are shown" "2026-01-05 Mon 09:00  full"
check "appointment: the wrong code" 3 cancel "${where[@]}" --number "$number" --code "$(printf %04d $(((10#$code + 1) % 10000)))" --staff 李
check "appointment: move" 0 move "${where[@]}" --number "$number" --code "$code" --from $ten --staff 李 --json
moved=$(jq -r .number "$work/out") moved_code=$(jq -r .code "$work/out")
same "appointment: another number" "$moved" A0105-1000-1
check "appointment: what was moved is over" 4 cancel "${where[@]}" --number "$number" --code "$code" --staff 李
check "appointment: book the place that is free again" 0 book "${where[@]}" --queue general --from $nine --staff 李 --json
third=$(jq -r .number "$work/out") third_code=$(jq -r .code "$work/out")
check "appointment: cancel" 0 cancel "${where[@]}" --number "$moved" --code "$moved_code" --staff 李
says "appointment: it says so" "A0105-1000-1 cancelled"

# --- checking in ---
arrive=(check-in "${where[@]}" --number "$third" --code "$third_code" --staff 李)
clock=2026-01-05T07:59:00+08:00
check "appointment: too early" 4 "${arrive[@]}" --ticket "A 002"
clock=2026-01-05T10:00:00+08:00
check "appointment: too late" 4 "${arrive[@]}" --ticket "A 002"
clock=2026-01-05T09:01:00+08:00
check "appointment: a number that nobody has" 3 "${arrive[@]}" --ticket "A 009"
check "appointment: check in" 0 "${arrive[@]}" --ticket A002
check "appointment: once" 4 "${arrive[@]}" --ticket "A 001" --json
same "appointment: it has its number" "$(jq -r .refused "$work/out")" arrived
check "appointment: the list" 0 list "${where[@]}"
says "appointment: who has which number" "arrived, has A 002"
command=(queue)
check "appointment: a window opens" 0 open "${where[@]}" --window 1 --queue general --staff 王
check "appointment: the window calls" 0 next "${where[@]}" --window 1 --staff 王
says "appointment: who has booked this hour" "general A 002"
command=(appointment)
clock=2026-01-05T08:10:00+08:00

# --- the last places: twenty at once, two of them are booked ---
day=2026-01-06T09:00:00+08:00
for i in $(seq 20); do
    "$build/hallctl" --clock $clock appointment book "${where[@]}" --queue general --from $day --staff "w$i" --json \
        >"$work/at-once.$i" 2>/dev/null &
done
wait
same "appointment: the last places, at once" "$(cat "$work"/at-once.* | jq -r '.number // .refused' | sort | uniq -c | awk '{print $1, $2}' | paste -sd' ')" \
    "1 A0106-0900-1 1 A0106-0900-2 18 full"
