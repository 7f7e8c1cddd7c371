#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A clock chip that says 2040: the machine takes the time of a server with NTS, and of no other. Started once more, with a chip that
# says 1970 and nobody to ask, its clock is not before the moment it was sure of. Usage: clock.sh BOARD
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/../.." || exit 1
[ "${2:-}" = inside ] || exec unshare -n "$0" "$1" inside
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash

command -v chronyd >/dev/null || skip "chrony is not installed: tools/setup.sh --image"
ip link set lo up
prepare_machine
# a server whose certificate is good today; the machine reaches it at 10.0.2.2
mkdir -p "$work/nts" "$work/var/etc/tongban"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj '/CN=time' -addext 'subjectAltName=IP:10.0.2.2' \
    -keyout "$work/nts/key.pem" -out "$work/nts/cert.pem" 2>/dev/null
chmod 600 "$work/nts/key.pem"
printf 'local stratum 5\nallow all\nntsserverkey %s\nntsservercert %s\npidfile %s\nbindcmdaddress /\ncmdport 0\nuser root\n' \
    "$work/nts/key.pem" "$work/nts/cert.pem" "$work/nts/pid" >"$work/nts/conf"
chronyd -d -x -f "$work/nts/conf" >"$work/nts/log" 2>&1 &
time_pid=$!
trap 'kill $time_pid; stop; rm -rf "$work"' EXIT
# the machine's settings
printf 'TONGBAN_TIME_SERVERS=10.0.2.2\nTONGBAN_TIME_CA=/var/etc/tongban/time-ca.pem\n' >"$work/var/etc/tongban/terminal.conf"
cp "$work/nts/cert.pem" "$work/var/etc/tongban/time-ca.pem"
make_data || exit 0

said() { tr -d '\r' <"$work/probe" | sed -n 's/^\(ok\|not ok\) /\1 image-/p; /^# /p'; }
make_disk "$board-test"
date +%s >"$work/now"
network=user,id=net start_machine -smbios type=1,serial=clock -rtc base=2040-01-01T00:00:00
wait_for $boot_s grep -q '^probe done' "$work/probe"
verdict clock-probe-ends $? < <(cat "$work/kernel" "$work/probe" "$work/machine.log" "$work/nts/log")
said
grep -q "^clock $(date -u +%Y-%m)" "$work/probe"
verdict clock-of-2040-is-put-right $? < <(cat "$work/probe" "$work/nts/log")
wait_gone 120 # it switches itself off
stop

network=none start_machine -smbios type=1,serial=clock -rtc base=1970-01-01T00:00:10
wait_for $boot_s grep -q '^probe done' "$work/probe"
verdict clock-probe-ends-again $? < <(cat "$work/kernel" "$work/probe" "$work/machine.log")
said
seconds=$(sed -n 's/^seconds \([0-9]*\).*/\1/p' "$work/probe")
[ "${seconds:-0}" -ge "$(cat "$work/now")" ]
verdict clock-does-not-go-back $? <"$work/probe"
# a firmware may take the chip's 70 for 2070
[ "${seconds:-0}" -gt 0 ] && [ "$seconds" -lt $(($(date +%s) + 86400)) ]
verdict clock-is-not-far-ahead $? <"$work/probe"
exit 0
