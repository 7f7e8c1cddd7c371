#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The image in a virtual machine, with the data of an enrolled terminal. Under Secure Boot with the image's key its first screen
# is looked at, and a kernel that names another root file system is refused. Then the variant with a probe in it starts from the
# other slot, where the first one's does not fit, and says what the machine is like from inside. Pictures stay in
# build/image/shots. Usage: boot.sh BOARD
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash

other_kernel() { # on the disk: one digit of the root hash that it names is another
    local at length offset digit
    read -r at length < <(partition "$work/disk" esp)
    offset=$(dd if="$work/disk" bs=1M skip=$((at >> 20)) count=$((length >> 20)) status=none | grep -abo -m1 'tongban\.hash=' |
        head -n 1 | cut -d : -f 1)
    [ -n "$offset" ] || return 1
    offset=$((at + offset + 13))
    digit=$(dd if="$work/disk" bs=1 skip=$offset count=1 status=none)
    printf '%s' "$([ "$digit" = 0 ] && echo 1 || echo 0)" | dd of="$work/disk" bs=1 seek=$offset conv=notrunc status=none
}

home_sun=540,860 home_sun_colour=f8d797 # where a finger begins a visit
leaves_the_first_screen() { screen "$kept/shots/$board-touched.png" $home_sun && ! grep -q " $home_sun_colour\$" "$work/screen"; }

prepare_machine

make_disk "$board"
start_machine -device virtio-tablet-pci
wait_for $boot_s shows "$board-splash" $sun $sun_colour
verdict splash $? < <(cat "$work/screen" "$work/machine.log")
wait_for $boot_s first_screen "$board"
verdict first-screen $? < <(cat "$work/screen" "$work/machine.log")
# what is there is the firmware's
! grep -qE 'systemd|login|Linux version|^\[ *[0-9]+\.[0-9]+\]|ok ' "$work/kernel" "$work/probe"
verdict serial-lines-are-mute $? < <(cat "$work/kernel" "$work/probe")
# the catalogue may still be looked at: until then no visit can begin
wait_for $boot_s shows "$board-home" $home_sun $home_sun_colour
verdict home-screen $? < <(cat "$work/screen" "$work/machine.log")
# the minute may draw the screen anew: what is looked for is the head of the next page, where the sun was
tests/image/press.py "$work/qmp" touch $home_sun
wait_for 120 leaves_the_first_screen
verdict touch-opens-the-next-page $? < <(cat "$work/screen" "$work/machine.log")
stop

make_disk "$board"
other_kernel && start_machine && wait_for $boot_s grep -qaiE 'access denied|security violation' "$work/kernel"
verdict other-kernel-is-refused $? <"$work/kernel"
stop

# with a keyboard and a stick plugged in, and the desk's reader
make_disk "$board-test"
second_slot
spoil_first
read -r at _ < <(partition "$work/disk" esp)
kernel=$(mdir -b -i "$work/disk@@$at" ::/EFI/Linux) # as an update would have named it
mren -i "$work/disk@@$at" "$kernel" "${kernel/tongban-a/tongban-b}"
truncate -s 16M "$work/stick"
start_desk
start_machine "${desk_on_usb[@]}" -device usb-kbd,bus=xhci.0 -drive if=none,id=stick,format=raw,file="$work/stick" \
    -device usb-storage,bus=xhci.0,drive=stick
wait_for $boot_s grep -q '^probe done' "$work/probe"
verdict probe-ends $? < <(cat "$work/kernel" "$work/probe" "$work/machine.log")
tr -d '\r' <"$work/probe" | sed -n 's/^\(ok\|not ok\) /\1 image-/p; /^# /p'
first_screen "$board-test"
verdict first-screen-with-probe $? <"$work/screen"
exit 0
