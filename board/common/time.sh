#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Before chrony starts: of the settings TONGBAN_TIME_… the rest of its configuration, /run/tongban-time/servers.conf. And a clock
# that comes up before the last moment that was known for sure (the age of chrony's drift file) is set to that. Not by chronyd's
# -s: it asks the clock chip again, and takes a time that PID 1 has just thrown out as too far ahead.
set -u
known=$(stat -c %Y "${DRIFT:-/var/lib/chrony/chrony.drift}" 2>/dev/null) || known=0
[ "$(date +%s)" -ge "$known" ] || date -s "@$known" >/dev/null
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
