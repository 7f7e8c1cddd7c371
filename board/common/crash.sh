#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash
#
# Called by tongban-crash.service, with systemd's words of how kiosk ended last (MONITOR_*, systemd.exec(5)). Its code: K, how
# it ended (1 by itself, 2 by a signal, 3 the watchdog, 4 it did not come up in time, 9 otherwise), then the exit status or
# the signal's number in three digits: K1003, K2011.
set -u
slots=${TONGBAN_SLOTS:-/usr/libexec/tongban/slots} # of an image: which systems there are
page_s=${PAGE_S:-20} # how long the page can be read before the machine starts anew
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

# Where there are two systems: the slot of the other one, if it has starts left.
other_one() {
    local other
    [ -x "$slots" ] || return
    other=$([ "$("$slots" get-current)" = a ] && echo b || echo a)
    [ "$("$slots" get-state "$other")" = good ] && echo "$other"
}

other=$(other_one)
{
    echo "CODE=$(code)"
    echo "SINCE=$(TZ=Asia/Shanghai date +%H:%M)"
    echo "TIMES=5"
    [ -z "$other" ] || echo "OTHER=--other $("$slots" version "$other")"
} >"${SAID:-/run/tongban-crash}"
systemctl start tongban-crash-page.service || echo "crash: the page could not be shown" >&2
if [ -n "$other" ]; then
    echo "crash: kiosk ended again and again: this version is given up for that in slot $other" >&2
    sleep "$page_s"
    "$slots" set-state "$("$slots" get-current)" bad && systemctl reboot
else
    echo "crash: kiosk ended again and again, and there is no other version: it is tried again in $again_s s" >&2
    sleep "$again_s"
    systemctl reset-failed tongban-kiosk.service
    systemctl start --no-block tongban-kiosk.service
fi
