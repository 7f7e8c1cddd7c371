#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Updates of the image in a virtual machine, from bundles that lie where kiosk-sync puts them: what has to be refused, a full data
# partition, a good one, one that is never healthy, and an older one with leave. What the line to the hall does to a download is
# tests/sync/bad_line.sh's. Usage: update.sh BOARD
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
# shellcheck source=tests/image/updating.bash
. tests/image/updating.bash

refuses() { # NAME BUNDLE VERSION STATE WHY [COMMAND]: before it is asked for
    local said
    hand_over "$2" "$3" "${6:-true}" >"$work/said" 2>&1
    wait_for 600 is_state "$4"
    said=$(hand 'update status; slots get-primary; slots left a; slots left b')
    grep -q "\"state\":\"$4\".*\"why\":\"$5\"" <<<"$said" && grep -qx a <<<"$said"
    machine_verdict "update-$1" $? "$work/said"
}

[ -n "${READY:-}" ] || systems
prepared image-update-systems-are-made $? $kept/build.log
bundles >"$work/bundles" 2>&1
prepared image-update-bundles-are-made $? "$work/bundles"
echo "# over the line, from the first to the next: $(tests/image/share.py "$kept/$board-first.raucb" "$kept/$board-next.raucb")"
prepare_machine
make_disk "$board-first"
start
is_up
prepared image-update-starts $? "$work/kernel" "$work/machine.log"
hand 'slots left a' | grep -qx good
machine_verdict update-first-start-is-good $?
before=$(records)

refuses stranger-is-refused stranger 9.0.0 refused signature
refuses older-is-refused older 1.0.0 refused older
refuses leave-for-another-version-is-none older-for-another 1.0.0 refused older
refuses another-version-than-ordered-is-refused next 1.7.0 refused other-version
refuses other-board-is-not-installed other-board 9.0.0 failed install
refuses truncated-is-refused truncated 1.5.2 refused signature
refuses changed-is-not-installed changed 1.5.2 failed install

# not one block is left, not even for root
refuses full-data-partition-is-said next 1.5.2 failed not-kept '{ n=0
    for m in 256 32 4 1; do while fallocate -l ${m}M /var/full.$((n += 1)); do :; done; done
    cat /dev/zero >/var/full.rest
    sync
} 2>/dev/null; [ "$(df --output=avail /var | tail -n 1)" -eq 0 ]'
hand 'rm /var/full.*'
[ "$(records)" -ge "$before" ]
machine_verdict update-full-data-partition-loses-nothing $?

begin=$SECONDS
hand_over next 1.5.2 >"$work/said" 2>&1
wait_gone 1200
machine_verdict update-good-restarts $? "$work/said" || exit 0
echo "# installed and shut down after $((SECONDS - begin)) s"
start
is_up
hand 'update status; slots left b; slots left a; cat /var/lib/tongban-update/floor' >"$work/said" 2>&1
grep -q '"state":"good".*"running":"1.5.2","slot":"b"' "$work/said" && grep -qx good "$work/said" && grep -qx 1.5.2 "$work/said"
machine_verdict update-good-runs $? "$work/said"
after=$(records)
[ "${before:-0}" -gt 0 ] && [ "${after:-0}" -ge "$before" ]
code=$?
echo "$before before, $after after" >"$work/said"
machine_verdict update-undelivered-records-stay $code "$work/said"

hand_over unhealthy 1.5.3 >"$work/said" 2>&1
wait_gone 1200
machine_verdict update-unhealthy-is-installed $? || exit 0
begin=$SECONDS
start
wait_gone 1200
machine_verdict update-unhealthy-makes-way $? || exit 0
echo "# it made way after $((SECONDS - begin)) s, of which it was given 45 for being ready"
start
is_up
hand 'update status' >"$work/said" 2>&1
grep -q '"state":"fellback","version":"1.5.3","why":"tongban-never.*"running":"1.5.2","slot":"b"' "$work/said"
machine_verdict update-unhealthy-fell-back $? "$work/said"
hand 'kioskctl slots' >"$work/said" 2>&1 # who stands before it reads this, and the same on the page Versions
grep -q '^b *1.5.2 *runs now' "$work/said" && grep -q '^a *1.5.3 *given up' "$work/said" &&
    grep -q '^update 1.5.3: was not ready; the one before runs again' "$work/said"
machine_verdict update-unhealthy-is-told $? "$work/said"
sed 's/^/# /' "$work/said"
[ "$(records)" -ge "$before" ]
verdict update-records-stay-after-falling-back $? </dev/null

hand_over back 1.5.1 >"$work/said" 2>&1
wait_gone 1200
machine_verdict update-older-with-leave-is-installed $? || exit 0
start
is_up
hand 'update status; cat /var/lib/tongban-update/floor' >"$work/said" 2>&1
grep -q '"state":"good".*"running":"1.5.1","slot":"a"' "$work/said" && grep -qx 1.5.1 "$work/said"
machine_verdict update-older-with-leave-runs $? "$work/said"
exit 0
