#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Called by tongban-logs.service, once kiosk has left a line because a technician asked: what `kioskctl logs` says goes onto
# the first FAT partition of a USB stick, as one new file; nothing else there is touched. What came of it is a line
# in `status`, which kiosk reads: how far it is, kB, when, the name of the file.
set -u
go=${TONGBAN_LOGS_GO:-/run/tongban/logs-go}
run=${RUNTIME_DIRECTORY:-/run/tongban-logs}
sticks=${TONGBAN_STICKS:-/dev/disk/by-path/*-usb-*-part*}
labels=${TONGBAN_LABELS:-/dev/disk/by-partlabel}
data=${TONGBAN_DATA:-/var/lib/tongban}

tell() { # STATE FILE: working, done, no-stick, full, broken
    kb=$(($(stat -c %s "$run/logs.txt" 2>/dev/null || echo 0) / 1024 + 1))
    echo "$1 $kb $(date +%s) $2" >"$run/status.new"
    mv "$run/status.new" "$run/status"
}
ours() { # DEVICE: a boot partition of this machine, or of its installer
    for label in esp stick-esp; do
        [ "$(readlink -f "$labels/$label")" != "$(readlink -f "$1")" ] || return 0
    done
    return 1
}
put() { # whole, or not at all
    cp "$run/logs.txt" "$run/stick/$name" && sync -f "$run/stick" && cmp -s "$run/logs.txt" "$run/stick/$name" && return
    rm -f "$run/stick/$name"
    return 1
}

[ -e "$go" ] || exit 0
rm -f "$go" "$run/logs.txt"
mkdir -p "$run/stick"
tell working ''
if ! journalctl --no-pager -q -o short-iso --since=-7days -u 'tongban-*' | kioskctl logs --messages /dev/stdin --out "$run/logs.txt"; then
    tell broken ''
    exit 1
fi
terminal=$(sed -n 's/.*"terminal" *: *"\([a-z0-9-]*\)".*/\1/p' "$data/terminal.json" 2>/dev/null | head -n 1)
name=tongban-${terminal:-unknown}-$(date +%Y%m%d-%H%M%S).txt
why=no-stick
for device in $sticks; do
    if [ ! -e "$device" ] || ours "$device"; then continue; fi
    mount -t vfat -o nosuid,nodev,noexec "$device" "$run/stick" 2>/dev/null || continue
    if put; then why='done'; else why=full; fi
    umount "$run/stick"
    [ $why != 'done' ] || break
done
file=''
[ $why != 'done' ] || file=$name
tell $why "$file"
rm -f "$run/logs.txt"
[ $why = 'done' ]
