#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A whole visit on the image: the desk's reader and printers on its USB, a hall outside, fingers on its panel. The scenario
# happy-split is rehearsed on this machine's programs, and each touch and each card of it is done to the virtual machine. The
# application reaches the hall, the receipt lies on the desk. Pictures and paper stay in build/image/shots. Usage: visit.sh BOARD
set -u
cd "$(dirname "$0")/../.." || exit 1
[ "${2:-}" = inside ] || exec unshare -n "$0" "$1" inside # the hall's port is the test's own
images=${1:-x86_64}-test
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
# shellcheck source=tests/image/updating.bash
. tests/image/updating.bash
programs=build/release

ip link set lo up
$programs/scenario --hands "$work/hands" tests/scenarios/happy-split.txt >"$work/rehearsal" 2>&1
prepared image-visit-is-rehearsed $? "$work/rehearsal"
prepare_machine
$programs/hall --data $kept/hall >"$work/hall.log" 2>&1 &
hall=$!
trap 'kill $hall; stop; stop_desk; rm -rf "$work"' EXIT
make_disk "$board-test"
start_desk
network=user,id=net start_machine "${desk_on_usb[@]}" -device virtio-tablet-pci -smbios type=1,serial=hand
status() { hand_s=30 hand 'kioskctl status --json'; }
says() { status >"$work/status" && jq -es ".[0] | $1" "$work/status" >/dev/null; }
wait_for $boot_s says '.hall and .reader_state == "ready" and .receipt_state == "ready" and .screen == "idle"'
verdict visit-terminal-is-ready $? < <(cat "$work/status" "$work/kernel" "$work/machine.log") || exit 0

# Under emulation a page takes its time: the panel has to show the same twice in a row.
settle() {
    local before='' now
    for _ in $(seq 20); do
        sleep 1
        screen "$work/now.png" && now=$(sha256sum <"$work/now.png")
        [ "$now" != "$before" ] || return 0
        before=$now
    done
}

shown=0
act() { # touch X,Y | card WORDS | screen NAME: as the rehearsal wrote it
    case $1 in
    touch)
        tests/image/press.py "$work/qmp" touch "$2" && settle
        ;;
    card) $programs/desk --socket "$work/desk" "$@" >"$work/desk.said" ;;
    screen)
        shown=$((shown + 1))
        # a card that lies there for eight seconds opens the form, which may be before the machine has answered
        wait_for 180 says ".screen == \"$2\" or (.screen == \"form\" and \"$2\" == \"card-remove\")" && settle &&
            screen "$kept/shots/visit-$(printf %02d $shown)-$2.png"
        ;;
    esac
}
while read -r -u 3 -a did; do
    act "${did[@]}" && continue
    screen "$kept/shots/visit-ends.png"
    false
    verdict "visit-${did[*]}" $? <"$work/status" || exit 0
done 3<"$work/hands"
verdict visit-is-played 0

# --- what came of it ---
$programs/desk --socket "$work/desk" paper >"$work/papers"
jq -e '[.[] | select(.role == "printer" and .cut and (.text | contains("收件凭证")))] | length == 1' "$work/papers" >/dev/null
verdict visit-receipt-is-printed-once $? <"$work/papers"
for paper in "$work"/paper/*.png; do cp "$paper" "$kept/shots/visit-paper-${paper##*/}"; done
number=$(sed -n '/办件编号/{n;s/ //gp;q}' "$work"/paper/*.txt)
arrived() {
    $programs/hallctl records --data $kept/hall --json >"$work/records" && says '.acknowledged == .last_record' &&
        jq -e --arg n "$number" '[.[] | select(.kind == "application")] | length == 1 and .[0].number == $n' "$work/records" >/dev/null
}
wait_for 300 arrived
verdict visit-application-is-at-the-hall-once $? < <(echo "on the paper: $number"; cat "$work/records" "$work/status" "$work/hall.log")
stop
exit 0
