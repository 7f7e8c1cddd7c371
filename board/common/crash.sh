#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash
#
# Called by tongban-crash.service, with systemd's words of how kiosk ended last (MONITOR_*, systemd.exec(5)). Its code: K, how
# it ended (1 by itself, 2 by a signal, 3 the watchdog, 4 it did not come up in time, 9 otherwise), then the exit status or
# the signal's number in three digits: K1003, K2011.
set -u
kernels=${KERNELS:-/efi/EFI/Linux} # where the signed kernels of both versions lie
page_s=${PAGE_S:-20}               # how long the page can be read before the machine starts anew
again_s=${AGAIN_S:-600}

code() {
    local how status=${MONITOR_EXIT_STATUS:-0}
    case ${MONITOR_EXIT_CODE:-} in
    exited) how=1 ;;
    killed | dumped) how=2 ;;
    *) how=9 ;;
    esac
    case $(systemctl show -p Result --value tongban-kiosk.service) in
    watchdog) how=3 ;;
    timeout) how=4 ;;
    esac
    case $status in # a signal may come by its name
    ABRT) status=6 ;;
    KILL) status=9 ;;
    SEGV) status=11 ;;
    TERM) status=15 ;;
    *[!0-9]* | '') status=0 ;;
    esac
    printf 'K%d%03d' "$how" "$status"
}

# The file that was started, of which the firmware keeps the name, and another one that has starts left.
this_one() {
    local now
    now=${STARTED:-/sys/firmware/efi/efivars/LoaderEntrySelected-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f}
    [ -r "$now" ] || return
    now=$(tr -d '\000' <"$now" | grep -o 'tongban_[A-Za-z0-9._~^-]*')
    now=${now%.efi}
    [ -n "$now" ] && find "$kernels" -name "$now.efi" -o -name "$now+*.efi" | head -n 1
}
other_one() { # THIS
    local file
    for file in "$kernels"/tongban_*.efi; do
        case $file in "$1" | *+0.efi | *+0-*.efi) continue ;; esac
        [ -e "$file" ] && basename "$file" .efi && return
    done
    return 1
}

this=$(this_one)
other=''
[ -z "$this" ] || other=$(other_one "$this")
version=${other#tongban_}
{
    echo "CODE=$(code)"
    echo "SINCE=$(TZ=Asia/Shanghai date +%H:%M)"
    echo "TIMES=5"
    [ -z "$other" ] || echo "OTHER=--other ${version%+*}"
} >"${SAID:-/run/tongban-crash}"
systemctl start tongban-crash-page.service || echo "crash: the page could not be shown" >&2
if [ -n "$other" ]; then
    echo "crash: kiosk ended again and again: $(basename "$this") is given up for $other" >&2
    sleep "$page_s"
    bad=${this%.efi}
    mv "$this" "${bad%+*}+0-0.efi" && sync && systemctl reboot
else
    echo "crash: kiosk ended again and again, and there is no other version: it is tried again in $again_s s" >&2
    sleep "$again_s"
    systemctl reset-failed tongban-kiosk.service
    systemctl start --no-block tongban-kiosk.service
fi
