#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# kiosk dies, stands still, and dies again and again, in a machine without a network whose clock chip says 1970: it comes back,
# a page says why it does not any more, and the machine starts the other version. Usage: crash.sh BOARD
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash

plate=60,160 # of the page's tool: a dot in it
start() { network=none start_machine -smbios type=1,serial=crash -rtc base=1970-01-01T00:00:10; }
said() { tr -d '\r' <"$work/probe" | sed -n 's/^\(ok\|not ok\) /\1 image-/p; /^# /p'; }

prepare_machine
make_disk "$board-test"
second_slot
start
wait_for $((2 * boot_s)) grep -q '^probe page' "$work/probe"
verdict crash-loop-comes-to-an-end $? < <(cat "$work/probe" "$work/machine.log")
wait_for 60 shows "$board-crash" $plate $sun_colour
verdict crash-page-is-shown $? <"$work/screen"
said
wait_gone $boot_s
verdict crash-loop-starts-anew $? < <(cat "$work/kernel" "$work/machine.log")

spoil_first # both slots hold the same system: so the machine says which of them it runs
keep_vars=1 start
wait_for $boot_s grep -q '^probe done' "$work/probe"
verdict crash-probe-ends $? < <(cat "$work/kernel" "$work/probe" "$work/machine.log")
said
exit 0
