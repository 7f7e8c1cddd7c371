#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The stick that installs itself, in a virtual machine with an empty disk and Secure Boot: its pages, played with the assistive
# keypad's keys; the power is cut in the middle and the disk starts nothing; it goes on by itself, the stick is pulled out, and
# the machine starts from its own disk, where the sheet has arrived. Then the same stick once more: the new system goes into the
# other slot, and nothing of the data changes. Pictures stay in build/image/shots. Usage: stick.sh BOARD
set -u
cd "$(dirname "$0")/../.." || exit 1
images="${1:-x86_64}-stick"
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
[ -e "$kept/$board-stick.sig" ] || skip "there is no $kept/$board-stick.sig: make stick"
for tool in mdir debugfs cryptsetup; do command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --image"; done

night=0a394b glow=f2b754 primary=0f4f66

make_media() { # an empty disk, and a stick as flash writes it, with a sheet behind its label
    local at
    rm -f "$work/disk" "$work/stick"
    truncate -s 3G "$work/disk"
    cp --sparse=always "$kept/$board-stick.img" "$work/stick"
    truncate -s 2G "$work/stick"
    at=$(((2 << 30) - (1 << 20) + 4096))
    printf '{"v":1,"hall":"https://hall.example","terminal":"t-1103-003","code":"2345-6789","ca_sha256":"%064d","root_sha256":"%064d","spot":"城东街道","device":"03 号机"}\n' \
        1 2 >"$work/sheet.json"
    dd if="$work/sheet.json" of="$work/stick" bs=4096 seek=$((at / 4096)) conv=notrunc status=none
}

start_with_stick() { # OPTION…: of the disk
    start_machine -device qemu-xhci,id=usb -device usb-kbd,bus=usb.0 \
        -drive if=none,id=medium,format=raw,file="$work/stick" \
        -device usb-storage,bus=usb.0,id=stick,drive=medium,removable=on,bootindex=1
}

page() { wait_for $boot_s shows "stick-$1" "$2" "$3"; }
press() { tests/image/press.py "$work/qmp" "$@" 2>>"$work/machine.log"; }

kernels() { # on the disk's boot partition
    local at
    read -r at _ < <(partition "$work/disk" esp)
    mdir -b -i "$work/disk@@$at" ::/EFI/Linux 2>/dev/null
}
data_file() { # PATH of the data partition, to stdout: it is encrypted, with its key in the note
    rm -f "$work/data"
    tests/image/disk.py "$work/disk" data "$work/data" 2>"$work/why" && debugfs -R "cat $1" "$work/data" 2>>"$work/why"
}
sheet_left_the_note() { # the stick put it into its last block; it is taken out once it is in the data
    local at length
    read -r at length < <(partition "$work/disk" note)
    [ "$(dd if="$work/disk" bs=4096 skip=$(((at + length) / 4096 - 1)) count=1 status=none | tr -d '\0' | wc -c)" = 0 ]
}
slot_holds_the_image() { # SLOT
    local at
    read -r at _ < <(partition "$work/disk" "root-$1")
    cmp -s -n "$(stat -c %s $kept/work/root)" -i "$at:0" "$work/disk" $kept/work/root
}

mkdir -p $kept/shots
choose_accelerator
own_keys >"$work/keys" 2>&1
prepared image-stick-firmware-has-our-key $? "$work/keys"

make_media
start_with_stick
page empty 420,1660 $primary
verdict stick-shows-empty-machine $? < <(cat "$work/screen" "$work/kernel" "$work/machine.log") || exit 0
[ "$(tr -d '\0' <"$work/disk" | head -c 1 | wc -c)" = 0 ]
verdict stick-asks-before-it-writes $? </dev/null

press down down ret
page writing 20,1900 $night
verdict stick-writes $? <"$work/screen"
half() { cmp -s -n 65536 -i $((169 << 20)):$((8 << 20)) "$work/disk" $kept/work/root; } # measuring the disk is over: it wrote others
wait_for $boot_s half
stop # as when the power is cut
[ "$(head -c 1048576 "$work/disk" | tr -d '\0' | wc -c)" = 0 ] && half
verdict stick-cut-starts-nothing $? </dev/null

start_with_stick
page done 200,538 $glow
verdict stick-goes-on-after-a-cut $? < <(cat "$work/screen" "$work/machine.log")
slot_holds_the_image a
verdict stick-wrote-the-image $? </dev/null
press pull stick
wait_gone 60
verdict stick-out-restarts $? <"$work/machine.log"
stop

! sheet_left_the_note
verdict stick-leaves-the-sheet-in-the-note $? </dev/null

start_machine
wait_for $boot_s sheet_left_the_note
verdict stick-installed-system-starts $? < <(kernels; tail -n 5 "$work/kernel" "$work/machine.log")
stop # as when the power is cut: what left the note is in the data, whatever was not written yet
data_file /lib/tongban/sheet.json >"$work/arrived"
cmp -s "$work/arrived" "$work/sheet.json"
verdict stick-sheet-is-in-the-data $? < <(cat "$work/why" "$work/arrived")

start_with_stick
page keep 420,1660 $primary
verdict stick-shows-records-stay $? <"$work/screen"
press down down ret
page done-slot 200,538 $glow
verdict stick-changes-the-system $? < <(cat "$work/screen" "$work/machine.log")
stop
slot_holds_the_image b && kernels >"$work/kernels" && grep -q 'tongban-b-.*+3\.efi' "$work/kernels" &&
    grep -q 'tongban-a-.*+0\.efi' "$work/kernels"
verdict stick-other-slot $? <"$work/kernels"
data_file /lib/tongban/sheet.json | cmp -s - "$work/sheet.json"
verdict stick-data-stays $? <"$work/why"
exit 0
