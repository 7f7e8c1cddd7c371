#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl queue from outside: wrong arguments, empty queues, pauses. Usage: queue.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test &&
        "$build/hallctl" catalog build tests/catalogues/zone --calendar tests/catalogues/zone/calendar --out "$work/1.db" &&
        "$build/hallctl" catalog sign "$work/1.db" --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog publish --data "$work/hall" &&
        "$build/hallctl" terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json \
            --hall https://127.0.0.1:1 --out "$work/sheet"
} >"$work/made" 2>&1
prepared "queue: a hall with a catalogue" $? "$work/made"

check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    "$build/hallctl" --clock 2026-01-05T09:00:00+08:00 queue "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok $name: exit $got, expected $want"
    fi
}
says() { # NAME TEXT
    if grep -qF -- "$2" "$work/out"; then echo "ok $1"; else echo "not ok $1: $(head -c 200 "$work/out")"; fi
}

where=(--data "$work/hall" --office 1103)
check "queue: no verb" 2
check "queue: unknown verb" 2 shout "${where[@]}"
check "queue: an office that is none" 2 list --data "$work/hall" --office 12345
check "queue: a queue's id that is none" 2 call "${where[@]}" --queue "A B"
check "queue: nobody to call" 3 call "${where[@]}" --queue general
check "queue: pause without a reason" 2 pause "${where[@]}" --queue general --until 2026-01-05T11:00:00+08:00
check "queue: pause" 0 pause "${where[@]}" --queue general --until 2026-01-05T11:00:00+08:00 --reason 维护
check "queue: list" 0 list "${where[@]}" --at 2026-01-05T10:00:00+08:00 --json
says "queue: list says until when" '"paused_until":1767582000000,"reason":"维护"'
check "queue: resume" 0 resume "${where[@]}" --queue general
check "queue: resume what is not paused" 3 resume "${where[@]}" --queue general
