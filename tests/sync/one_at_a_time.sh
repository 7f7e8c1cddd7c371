#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# DATA/sync is one kiosk-sync's: a second one waits a while, says so and ends, and changes nothing there. Usage:
# one_at_a_time.sh BUILD
build=$1
data=$(mktemp -d)
trap 'kill $holder 2>/dev/null; rm -rf "$data"' EXIT
failed=0

verdict() { # NAME OK
    if [ "$2" = 0 ]; then echo "ok $1"; else sed 's/^/# /' "$data/said"; echo "not ok $1"; failed=1; fi
}

enrol() { "$build/kiosk-sync" enrol --sheet "$data/none.json" --data "$data" >"$data/said" 2>&1; }

mkdir "$data/sync"
: >"$data/none.json"
exec 9>"$data/sync/sync.lock"
flock 9
sleep 1000 9>&9 &
holder=$!
exec 9>&-
before=$(find "$data/sync" | sort)
enrol
code=$?
grep -q "another kiosk-sync works in $data/sync: stop it first" "$data/said" && [ $code = 1 ] &&
    [ "$before" = "$(find "$data/sync" | sort)" ]
verdict a_second_one_says_so_and_ends $?

kill $holder
wait $holder 2>/dev/null
enrol
grep -q "none.json" "$data/said" && ! grep -q "another kiosk-sync" "$data/said"
verdict the_lock_ends_with_its_holder $?
exit $failed
