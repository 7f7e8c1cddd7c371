# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash
#
# Part of the probe, for tests/image/clock.sh: says what time it is when kiosk is up, and when a server was believed.
for _ in $($bb seq 1200); do
    systemctl is-active --quiet tongban-kiosk && break
    sleep 0.5
done
systemctl is-active --quiet tongban-kiosk
verdict clock-does-not-keep-kiosk-down $?
if [ -e /var/lib/tongban/test-was-here ]; then
    echo "seconds $(date +%s)"
    exit
fi
echo "# before: $(date -u +%F)"
for _ in $($bb seq 240); do
    [ "$(date +%Y)" = 2040 ] || break
    sleep 0.5
done
chronyc -n authdata >$said/why 2>&1
cat $said/why /run/tongban-time/servers.conf | sed 's/^/# /'
grep -q ' NTS ' $said/why
verdict clock-is-asked-with-nts $?
echo "clock $(date -u +%FT%T)"
: >/var/lib/tongban/test-was-here
sync
echo "probe done"
systemctl poweroff
sleep 600
