#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Called by tongban-logs.service, once kiosk has left a line: what `kioskctl logs` says goes to who asked for it.
# In `logs-go`, a technician did: onto the first FAT partition of a USB stick, as one new file; nothing else there is touched.
# What came of it is a line in `status`, which kiosk reads: how far it is, kB, when, the name of the file.
# In `logs-hall`, staff of the hall did, and the line is their act's id: packed, into a folder from which kiosk-sync hands it
# over as hall-ID.gz; or hall-ID.why with a word of wire/logs_why.def. What was there before goes.
set -u
go=${TONGBAN_LOGS_GO:-/run/tongban/logs-go}
hall=${TONGBAN_LOGS_HALL:-/run/tongban/logs-hall}
kept=${STATE_DIRECTORY:-/var/lib/tongban-logs}
run=${RUNTIME_DIRECTORY:-/run/tongban-logs}
sticks=${TONGBAN_STICKS:-/dev/disk/by-path/*-usb-*-part*}
labels=${TONGBAN_LABELS:-/dev/disk/by-partlabel}
data=${TONGBAN_DATA:-/var/lib/tongban}

most=${TONGBAN_LOGS_MOST:-4194304} # LOGS_SIZE_MAX

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

collect() {
    rm -f "$run/logs.txt"
    journalctl --no-pager -q -o short-iso --since=-7days -u 'tongban-*' | kioskctl logs --messages /dev/stdin --out "$run/logs.txt"
}
for_hall() {
    id=$(head -n 1 "$hall" | tr -cd 0-9a-f)
    rm -f "$hall" "$kept"/hall-*
    [ ${#id} = 32 ] || return 1
    why=broken
    if collect && gzip -n <"$run/logs.txt" >"$kept/new"; then
        why=too-long
        [ "$(stat -c %s "$kept/new")" -gt "$most" ] || why=''
    fi
    rm -f "$run/logs.txt"
    [ -z "$why" ] || echo "$why" >"$kept/new"
    chmod 640 "$kept/new" && sync "$kept/new"
    if [ -n "$why" ]; then mv "$kept/new" "$kept/hall-$id.why"; else mv "$kept/new" "$kept/hall-$id.gz"; fi
    [ -z "$why" ]
}

if [ ! -e "$go" ]; then # one at a time: what is left calls this again
    [ ! -e "$hall" ] || for_hall
    exit
fi
rm -f "$go"
mkdir -p "$run/stick"
tell working ''
if ! collect; then
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
