# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash
#
# Part of the probe, for tests/image/container.sh, where there is a systemd and no machine around it.
# shellcheck source=/dev/null
. "$here/back.inc"

until_up 120
journalctl --no-pager -o cat -b -u tongban-kiosk >$said/why
is_up
verdict kiosk-is-up $?
for _ in $($bb seq 240); do
    systemctl is-active --quiet tongban-ready && break
    sleep 0.5
done
journalctl --no-pager -o cat -b -u tongban-ready >$said/why
grep -qx ready $said/why && [ -e /var/lib/tongban/devices-seen ]
verdict start-is-ready $?
failed=$(systemctl --no-pager --no-legend --plain list-units --failed | sed 's/ .*//')
for unit in $failed; do journalctl --no-pager -o cat -b -u "$unit" | tail -n 5 | sed "s/^/$unit: /"; done >$said/why
is_empty nothing-failed
properties
dies_and_sticks

mkdir -p /run/systemd/system/tongban-crash.service.d
printf '[Service]\nReadWritePaths=/srv\nEnvironment=TONGBAN_SLOT=/srv/slot TONGBAN_EFI=/srv/efi PAGE_S=3\n' \
    >/run/systemd/system/tongban-crash.service.d/test.conf
systemctl daemon-reload
again_and_again
systemctl status --no-pager tongban-kiosk >$said/why 2>&1
[ "$(prop ActiveState)" = failed ]
verdict crash-loop-is-given-up $?
sleep 60 # the machine is told to start anew, which ends this
