# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash
#
# Part of the probe, for tests/image/crash.sh: kiosk dies, stands still, and dies again and again. Runs at both starts.
# shellcheck source=/dev/null
. "$here/back.inc"
entry() { tr -d '\000' </sys/firmware/efi/efivars/LoaderEntrySelected-* | grep -o 'tongban-[A-Za-z0-9._+~-]*'; }

until_up 600
journalctl --no-pager -o cat -b -u tongban-kiosk >$said/why
is_up
verdict "crash-kiosk-is-up" $?

if [ -e /var/lib/tongban/test-was-here ]; then # the second start
    { entry; ls /efi/EFI/Linux; } >$said/why
    grep -q '^tongban-b-0.9' $said/why && grep -q '^tongban-a-.*+0.efi$' $said/why
    verdict crash-started-the-other-version $?
    journalctl --no-pager --list-boots >$said/why 2>&1
    [ "$(grep -c '[0-9a-f]\{32\}' $said/why)" = 2 ] && [ "$(find /var/log/journal -mindepth 1 -maxdepth 1 | wc -l)" = 1 ]
    verdict logs-of-the-start-before-are-there $?
    cat /etc/machine-id /var/lib/tongban/test-was-here >$said/why
    [ "$(cat /etc/machine-id)" = "$(cat /var/lib/tongban/test-was-here)" ]
    verdict machine-id-stays $?
    exit
fi

built=$(stat -c %Y /usr/lib/os-release)
{ echo "the clock chip stands at 1970, the image is of $built, now it is $(date +%s)"; } >$said/why
[ "$(date +%s)" -ge "$built" ] && [ "$(date +%s)" -lt $((built + 86400 * 365)) ] # a firmware may take the chip's 70 for 2070
verdict clock-of-1970-is-put-right $?
ls /sys/class/net >$said/why
[ "$(cat $said/why)" = lo ]
verdict there-is-no-network $?

dies_and_sticks

cat /etc/machine-id >/var/lib/tongban/test-was-here
cp /efi/EFI/Linux/tongban-a-*.efi /efi/EFI/Linux/tongban-b-0.9+3.efi # it starts the one root file system that is there
sync
# the page is looked at from outside, and here it takes long to say that it is there
mkdir -p /run/systemd/system/tongban-crash.service.d
printf '[Service]\nEnvironment=PAGE_S=180\n' >/run/systemd/system/tongban-crash.service.d/test.conf
systemctl daemon-reload
again_and_again
for _ in $($bb seq 120); do
    [ "$(systemctl show -p ExecMainExitTimestampMonotonic --value tongban-crash-page)" != 0 ] && break
    sleep 0.5
done
{ systemctl status --no-pager tongban-kiosk tongban-crash tongban-crash-page; cat /run/tongban-crash; } >$said/why 2>&1
[ "$(systemctl show -p Result --value tongban-crash-page)" = success ] && grep -q '^CODE=K2011' /run/tongban-crash &&
    grep -q '^OTHER=--other 0.9' /run/tongban-crash
verdict crash-page-was-drawn $?
echo "probe page"
sleep 600 # the machine starts anew
