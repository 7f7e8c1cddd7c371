#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Before chrony starts: of the settings TONGBAN_TIME_… the rest of its configuration, /run/tongban-time/servers.conf.
set -u
out=${OUT:-/run/tongban-time}
{
    [ -z "${TONGBAN_TIME_CA:-}" ] || echo "ntstrustedcerts $TONGBAN_TIME_CA"
    for server in ${TONGBAN_TIME_SERVERS:-}; do echo "server $server iburst nts"; done
    if [ -z "${TONGBAN_TIME_SERVERS:-}" ]; then
        for server in ${TONGBAN_TIME_SERVERS_PLAIN:-}; do echo "server $server iburst"; done
    else
        echo 'authselectmode require'
    fi
} >"$out/servers.conf"
