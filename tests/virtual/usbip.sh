#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Another author's client meets the desk over USB/IP: Debian's `usbip list`. Attaching needs a kernel with vhci_hcd: see
# tests/guest. Usage: usbip.sh BUILD
set -u
# shellcheck source=tests/prepared.bash
. "$(dirname "$0")/../prepared.bash"
build=$1
PATH=$PATH:/usr/sbin:/sbin
if ! command -v usbip >/dev/null; then
    echo "# the package usbip is not installed"
    echo "skip debian_lists_the_devices"
    exit 0
fi

work=$(mktemp -d)
port=$((20000 + $$ % 20000))
"$build/desk" --socket "$work/desk" --paper "$work/paper" --usbip "$port" >"$work/out" 2>"$work/log" &
desk=$!
trap 'kill "$desk" 2>/dev/null; wait "$desk" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 200); do
    grep -q ready "$work/out" && break
    sleep 0.05
done
grep -q ready "$work/out"
prepared desk_is_ready $? "$work/log"

usbip --tcp-port "$port" list -r 127.0.0.1 >"$work/list" 2>&1
sed 's/^/# /' "$work/list" "$work/log"
if grep -q '1-1: .*(0400:c35a)' "$work/list" && grep -q '1-2: .*(04b8:0e15)' "$work/list" &&
    grep -q '0 - .*Printer' "$work/list"; then
    echo "ok debian_lists_the_devices"
else
    echo "not ok debian_lists_the_devices"
fi

# on this machine alone, unless told otherwise
if "$build/desk" --socket "$work/other" --paper "$work/paper" --usbip "somewhere:1" >/dev/null 2>"$work/refused"; then
    echo "not ok a_wrong_place_is_refused"
else
    sed 's/^/# /' "$work/refused"
    grep -q 'neither PORT nor ADDRESS:PORT' "$work/refused" && echo "ok a_wrong_place_is_refused" || echo "not ok a_wrong_place_is_refused"
fi
