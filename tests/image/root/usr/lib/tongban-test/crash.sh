# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash
#
# Part of the probe, for tests/image/crash.sh: kiosk dies, stands still, and dies again and again. Runs at both starts.
prop() { systemctl show -p "$1" --value tongban-kiosk; }
now() { awk '{print int($1 * 1000)}' /proc/uptime; }
is_up() { [ "$(prop ActiveState)" = active ]; }
until_up() { # SECONDS
    local i
    for i in $($bb seq $(($1 * 20))); do
        is_up && return
        sleep 0.05
    done
    return 1
}
until_other() { # SECONDS PID: another process is up
    local i
    for i in $($bb seq $(($1 * 20))); do
        [ "$(prop MainPID)" != "$2" ] && [ "$(prop MainPID)" != 0 ] && until_up 120 && return
        sleep 0.05
    done
    return 1
}
entry() { tr -d '\000' </sys/firmware/efi/efivars/LoaderEntrySelected-* | grep -o 'tongban_[A-Za-z0-9._+~-]*'; }

until_up 600
journalctl --no-pager -o cat -b -u tongban-kiosk >$said/why
is_up
verdict "crash-kiosk-is-up" $?

if [ -e /var/lib/tongban/test-was-here ]; then # the second start
    { entry; ls /efi/EFI/Linux; } >$said/why
    grep -q '^tongban_other' $said/why && grep -q '^tongban_.*+0-0.efi$' $said/why
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
[ "$(date +%s)" -ge "$built" ]
verdict clock-of-1970-is-put-right $?
ls /sys/class/net >$said/why
[ "$(cat $said/why)" = lo ]
verdict there-is-no-network $?

pid=$(prop MainPID) began=$(now)
kill -SEGV "$pid"
until_other 120 "$pid"
verdict crash-is-followed-by-a-start $?
echo "# from a crash to the next first screen: $(($(now) - began)) ms on this machine"

pid=$(prop MainPID)
for _ in $($bb seq 50); do # busy: what the loop waits for takes long, and it goes on
    kill -STOP "$pid"
    sleep 0.15
    kill -CONT "$pid"
    sleep 0.05
done
prop MainPID >$said/why
[ "$(prop MainPID)" = "$pid" ]
verdict watchdog-lets-a-slow-one-be $?
began=$(now)
kill -STOP "$pid" # stuck
until_other 180 "$pid"
code=$?
echo "# from standing still to the next first screen: $(($(now) - began)) ms"
journalctl --no-pager -o cat -b -u tongban-kiosk | tail -n 20 >$said/why
grep -qi 'watchdog' $said/why && [ $code = 0 ]
verdict watchdog-ends-a-stuck-one $?

cat /etc/machine-id >/var/lib/tongban/test-was-here
kernel=$(find /efi/EFI/Linux -name 'tongban_*.efi')
cp "$kernel" /efi/EFI/Linux/tongban_other+3.efi
sync
for _ in $($bb seq 600); do
    [ "$(prop ActiveState)" = failed ] && break
    pid=$(prop MainPID)
    [ "$pid" = 0 ] || kill -SEGV "$pid" 2>/dev/null
    sleep 0.5
done
for _ in $($bb seq 120); do
    [ "$(systemctl show -p ExecMainExitTimestampMonotonic --value tongban-crash-page)" != 0 ] && break
    sleep 0.5
done
{ systemctl status --no-pager tongban-kiosk tongban-crash tongban-crash-page; cat /run/tongban-crash; } >$said/why 2>&1
[ "$(systemctl show -p Result --value tongban-crash-page)" = success ] && grep -q '^CODE=K2011' /run/tongban-crash &&
    grep -q '^OTHER=--other other' /run/tongban-crash
verdict crash-page-was-drawn $?
echo "probe page"
sleep 600 # the machine starts anew
