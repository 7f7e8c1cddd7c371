#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The power is cut while an update is installed, started and judged: AIMED times at named moments, one after the other, RANDOM
# times at moments of a printed seed. After each cut the machine has to come up by itself with one of the two systems, and the
# journal has to be whole. Usage: cuts.sh BOARD [AIMED] [RANDOM] [SEED]; default: 3 and 0
set -u
cd "$(dirname "$0")/../.." || exit 1
aimed=${2:-3} random=${3:-0} seed=${4:-$(date +%s)}
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
# shellcheck source=tests/image/updating.bash
. tests/image/updating.bash

# Moments: each waits until it has come, seen from outside. What RAUC and the scripts write to is watched on the disk's file and
# asked of the hand; a machine under emulation is slow enough for it.
said() { hand_s=10 hand "$1" 2>/dev/null; }
moment() { # NAME
    case $1 in
    copied) said 'ls /var/lib/tongban/sync/system' | grep -q raucb ;;                  # the bundle is there
    taken) said 'ls /var/lib/tongban-update' | grep -q bundle.raucb ;;                 # and root's
    other-gone) ! said 'ls /efi/EFI/Linux' | grep -q "tongban-$target" ;;              # nothing starts what is written over
    root) said 'cat /run/tongban-update/log' | grep -q 'Copying image to rootfs' ;;    # the first slot is being written
    verity) said 'cat /run/tongban-update/log' | grep -q 'Copying image to verity' ;;  # the root file system is whole
    kernel) said 'cat /run/tongban-update/log' | grep -q 'Copying image to kernel' ;;
    staged) said 'ls /efi/EFI/Linux' | grep -q '\.new$' ;;                             # the kernel is there, and not named yet
    primary) said 'ls /efi/EFI/Linux' | grep -q '+3\.efi$' ;;                          # the new one is next
    restarting) gone || said 'update status' | grep -q restarting ;;
    first-boot) grep -q 'Linux version' "$work/kernel" ;;                              # the new kernel's first line
    first-start) hears ;;                                                              # its services
    judging) said 'systemctl is-active boot-complete.target' | grep -qx active ;;      # about to be called good
    esac
}
# Some are over in less time than a question takes: then the cut comes late, and not after half an hour.
come_or_over() { # NAME
    seen=yes
    moment "$1" && return
    seen=''
    gone || said 'update status' | grep -qE '"state":"(failed|refused|restarting|good|fellback)"'
}
moments=(copied taken other-gone root verity kernel staged primary restarting first-boot first-start judging)

cut() { kill -9 "$machine_pid" 2>/dev/null; wait "$machine_pid" 2>/dev/null; }
now_ms() { date +%s%3N; }

begin() { # an update from the version that runs to the other
    local running
    running=$(said 'sed -n s/^IMAGE_VERSION=//p /usr/lib/os-release' | tail -n 1)
    target=$([ "$(said 'slots get-current' | tail -n 1)" = a ] && echo b || echo a)
    if [ "$running" = 1.5.1 ]; then hand_over next 1.5.2; else hand_over back 1.5.1; fi >"$work/said" 2>&1
}

# Whatever it was doing: it starts, is judged, and nothing of the journal is lost.
comes_up() { # NAME
    local before=$records code
    start
    # it may start anew by itself, out of a system that the cut spoilt or in order to finish
    for _ in 1 2 3 4; do
        is_up && break
        gone || break
        start
    done
    records=$(records)
    said 'kioskctl journal verify' >"$work/journal"
    hears && [ "${records:-0}" -ge "${before:-0}" ] && ! grep -qiE 'broken|damaged' "$work/journal"
    code=$?
    echo "$before records before, $records now" >>"$work/journal"
    machine_verdict "cut-$1" $code "$work/journal" "$work/kernel" || exit 0
}

[ -n "${READY:-}" ] || systems
prepared image-cuts-systems-are-made $? $kept/build.log
bundles >"$work/bundles" 2>&1
prepared image-cuts-bundles-are-made $? "$work/bundles"
prepare_machine
make_disk "$board-first"
start
is_up
prepared image-cuts-starts $? "$work/kernel" "$work/machine.log"
records=0

for ((n = 0; n < aimed; n++)); do
    # spread over all of them when there are fewer cuts than moments
    name=${moments[$(((n * ${#moments[@]} / (aimed < ${#moments[@]} ? aimed : ${#moments[@]})) % ${#moments[@]}))]}
    begin
    case $name in
    first-*|judging)
        wait_gone 1800 && start
        ;;
    esac
    wait_for 1800 come_or_over "$name"
    [ -n "$seen" ] || echo "# $name was not seen: the cut comes late"
    cut
    comes_up "$((n + 1))-$name"
done

RANDOM=$seed
[ "$random" = 0 ] || echo "# seed $seed"
for ((n = 0; n < random; n++)); do
    begin
    after=$((RANDOM % 240000))
    end=$(($(now_ms) + after))
    while (($(now_ms) < end)); do
        if gone; then start; fi
        sleep 0.05
    done
    cut
    comes_up "random-$((n + 1))-after-$after-ms"
done
exit 0
