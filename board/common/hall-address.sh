#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash
#
# Keeps the hall's addresses, or those of the proxy that is before it (network.conf), in the sets of wall.nft: those its name has now, asked every two seconds until there are some and
# once a minute from then on. While nobody answers, the last ones stay. With --once: prints what it would tell nft.
terminal=${TERMINAL:-/var/lib/tongban/terminal.json}

# "host port" of "hall":"https://host:port"; an address of version 6 stands in brackets
hall=$(sed -n 's,.*"hall" *: *"https://\([^"/]*\).*,\1,p' "$terminal")
proxy=$(sed -n 's/^TONGBAN_PROXY=//p' "${NETWORK:-/var/lib/tongban-network/network.conf}" 2>/dev/null)
[ -z "$proxy" ] || hall=$proxy
port=443
case $hall in
\[*\]:*) port=${hall##*:} host=${hall%:*} ;;
\[*\]) host=$hall ;;
*:*) port=${hall##*:} host=${hall%:*} ;;
*) host=$hall ;;
esac
host=${host#\[} host=${host%\]}
case $port in '' | *[!0-9]*) port=443 ;; esac
[ -n "$host" ] || { echo "hall-address: $terminal names no hall" >&2; exit 1; }

addresses() { getent ahosts "$host" | awk '{print $1}' | sort -u; }

rules() { # ADDRESS…
    local four='' six='' a
    for a in "$@"; do
        case $a in
        *:*) six="$six${six:+, }$a . $port" ;;
        *) four="$four${four:+, }$a . $port" ;;
        esac
    done
    echo 'flush set inet tongban hall4'
    echo 'flush set inet tongban hall6'
    [ -z "$four" ] || echo "add element inet tongban hall4 { $four }"
    [ -z "$six" ] || echo "add element inet tongban hall6 { $six }"
}

before=''
while :; do
    now=$(addresses)
    if [ "${1:-}" = --once ]; then
        # shellcheck disable=SC2086
        rules $now
        exit
    fi
    if [ -n "$now" ] && [ "$now" != "$before" ]; then
        # shellcheck disable=SC2086
        rules $now | nft -f - && before=$now
    fi
    if [ -n "$before" ]; then sleep 60; else sleep 2; fi
done
