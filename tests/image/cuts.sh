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

# Moments. Those of installing are over in less time than a question takes: so the machine itself looks for them, and says so on its
# second serial line, which is a file here. What an earlier cut left lying is older than /run/looked-for.
seen_inside() { # NAME: a condition for the machine's shell
    local log=/run/tongban-update/log kernels=/efi/EFI/Linux
    case $1 in
    asked) echo '[ -e /run/tongban/update-go ]' ;;                                    # the bundle is there, and go is said
    taken) echo '[ /var/lib/tongban-update/bundle.raucb -nt /run/looked-for ]' ;;     # and root's
    root) echo "grep -q 'Copying image to rootfs' $log" ;;                            # the first slot is being written
    verity) echo "grep -q 'Copying image to verity' $log" ;;                          # the root file system is whole
    kernel) echo "grep -q 'Copying image to kernel' $log" ;;
    staged) echo "grep -q 'Copying image to kernel' $log && ls $kernels/*.new" ;;     # it is being copied, and nothing starts it
    primary) echo "ls $kernels/tongban-$target-*+3.efi" ;;                            # the new one is next
    restarting) echo 'grep -q restarting /run/tongban-update/status' ;;
    other-gone) echo "! ls $kernels/tongban-$target-*" ;;                             # nothing starts what is written over
    *) return 1 ;;
    esac
}
seen_outside() { # NAME
    case $1 in
    first-boot) grep -q 'Linux version' "$work/kernel" ;;                         # the new kernel's first line
    first-start) hears ;;                                                         # its services
    judging) said 'systemctl is-active boot-complete.target' | grep -qx active ;; # about to be called good
    esac
}
# the last one when both slots hold a system, or there would be nothing to be gone
moments=(asked taken root verity kernel staged primary restarting first-boot first-start judging other-gone)

said() { hand_s=10 hand "$1" 2>/dev/null; }
look_for() { # NAME: the machine, from now on; it gives up where the update ends without it
    local condition
    condition=$(seen_inside "$1") || return 0
    said "rm -f /run/tongban-update/log /run/tongban-update/status; : >/run/looked-for
( until $condition; do
    if grep -qE '\"state\":\"(failed|refused)' /run/tongban-update/status; then echo 'moment over' >/dev/ttyS1; exit; fi
    sleep 0.01
done; echo 'moment $1' >/dev/ttyS1 ) >/dev/null 2>&1 &"
}
has_come() { # NAME: waits for it; fails where it did not come
    local end=$((SECONDS + 1800))
    if seen_inside "$1" >/dev/null; then
        until grep -q '^moment' "$work/probe" || gone || ((SECONDS >= end)); do sleep 0.01; done
        grep -q "^moment $1" "$work/probe"
    else
        wait_gone 1800 && start && wait_for 1800 seen_outside "$1"
    fi
}

cut_power() { kill -9 "$machine_pid" 2>/dev/null; wait "$machine_pid" 2>/dev/null; }
now_ms() { date +%s%3N; }

begin() { # [NAME]: an update from the version that runs to the other, in which a moment is looked for
    local running
    running=$(said 'sed -n s/^IMAGE_VERSION=//p /usr/lib/os-release' | tail -n 1)
    target=$([ "$(said 'slots get-current' | tail -n 1)" = a ] && echo b || echo a)
    look_for "${1:-}"
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
    echo "# $(said 'cat /run/tongban-update/status')"
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
    begin "$name"
    has_come "$name"
    code=$?
    cut_power
    machine_verdict "cut-$((n + 1))-$name-has-come" $code "$work/said" "$work/probe"
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
    cut_power
    comes_up "random-$((n + 1))-after-$after-ms"
done
exit 0
