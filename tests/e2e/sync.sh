#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hall, hallctl, kioskctl enrol and kiosk-sync as people call them: exit codes, the hall as a user who cannot read the staff's
# keys, enrolment by kioskctl. What happens between the programs is in test_sync.c.
# Usage: sync.sh BUILD-FOLDER
set -u
build=$(realpath "${1:?usage: sync.sh BUILD-FOLDER}")
# shellcheck source=tests/prepared.bash
. "$(dirname "$0")/../prepared.bash"
dir=$(mktemp -d)
hall_pid=
trap '[ -n "$hall_pid" ] && kill "$hall_pid" 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir" || exit 1

# check NAME WANTED-EXIT-CODE COMMAND…
check() {
    local name=$1 wanted=$2
    shift 2
    "$@" >out 2>err
    local got=$?
    if [ "$got" = "$wanted" ]; then
        echo "ok $name"
    else
        echo "# exit $got, expected $wanted: $*"
        sed 's/^/# /' err | head -n 5
        echo "not ok $name"
    fi
}

for p in hall hallctl kiosk-sync; do
    check "$p-help" 0 "$build/$p" --help
    check "$p-version" 0 "$build/$p" --version
    check "$p-wrong-arguments" 2 "$build/$p" --nonsense
done
for c in keys terminal terminals catalog records open; do
    check "hallctl-$c-help" 0 "$build/hallctl" "$c" --help
done
check not-enrolled-yet 3 "$build/kiosk-sync" --data "$dir/none" --run "$dir"
check hall-without-keys 1 "$build/hall" --data "$dir/none" --listen 127.0.0.1:0

check keys-init 0 "$build/hallctl" keys init --keys keys --data hall
check keys-only-for-staff 0 test "$(stat -c %a keys)" = 700
check key-files-only-for-staff 0 test "$(stat -c %a keys/sealing.pem)" = 600
check hall-holds-its-word 0 sh -c 'test "$(stat -c %a hall/tls/ack.pem)" = 600 && grep -q acknowledgement hall/public/root.json'
check hall-holds-no-staff-key 1 sh -c 'find hall -name "root-*" -o -name "sealing*" -o -name "catalogue-*" | grep .'

# new keys for some roles, the old ones stay, and what ends when is told
later=$(date -d '+700 days' +%Y-%m-%dT00:00:00+08:00)
over=$(date -d '+800 days' +%Y-%m-%dT00:00:00+08:00)
check keys-status 0 "$build/hallctl" keys status --data hall
check keys-status-near 1 "$build/hallctl" --clock "$later" keys status --data hall
check keys-status-names-it 0 sh -c "'$build/hallctl' --clock '$over' keys status --data hall | grep -q 'sealing-key.*over: hallctl keys rotate sealing'"
check keys-rotate-no-role 2 "$build/hallctl" keys rotate nonsense --keys keys --data hall
check keys-rotate-twice-the-same 2 "$build/hallctl" keys rotate ask ask --keys keys --data hall
mkdir few
check keys-rotate-without-root-keys 4 "$build/hallctl" keys rotate ask --keys few --data hall
check keys-rotate-changed-nothing 0 grep -q '"version":1,' hall/public/root.json
check keys-rotate 0 "$build/hallctl" --clock "$over" keys rotate root sealing ask head acknowledgement catalogue --keys keys --data hall
check keys-rotate-published 0 grep -q '"version":2,' hall/public/root.json
check keys-rotate-way-there 0 ls hall/public/root.1.json hall/public/root.1.sig hall/public/root.2.json hall/public/root.2.sig
check keys-rotate-old-stay 0 ls keys/sealing.pem keys/root-1.pem keys/catalogue-1.pem hall/tls/head.pem
check keys-rotate-heals 0 sh -c "! '$build/hallctl' --clock '$over' keys status --data hall | grep -E '^(root|sealing-key|ask-key) ' | grep -v fine"
check keys-rotate-by-the-new-ones 0 "$build/hallctl" keys rotate --keys keys --data hall --json

# as root the hall becomes somebody else
user=()
if [ "$(id -u)" = 0 ]; then
    chmod 755 "$dir"
    user=(--user nobody)
fi
"$build/hall" --data hall --listen 127.0.0.1:0 "${user[@]}" >hall.out 2>hall.log &
hall_pid=$!
for _ in $(seq 400); do
    grep -q listening hall.out && break
    sleep 0.05
done
address=$(sed -n 's/^listening on //p' hall.out)
[ -n "$address" ]
prepared hall-listens $? hall.log
if [ ${#user[@]} -gt 0 ]; then
    check hall-is-not-root 1 grep -q '^Uid:.*\b0\b' "/proc/$hall_pid/status"
    check hall-cannot-read-keys 1 setpriv --reuid nobody --clear-groups cat keys/sealing.pem
else
    echo "# skipped: only root can start the hall as another user"
    echo "skip hall-is-not-root"
fi

echo '{"zone":"城东","spot":"一层","device":"01 号机","hotline":"12345","supervision":"12345"}' >place.json
add=("$build/hallctl" terminal add --data hall --office 1103 --place place.json --hall "https://$address" --out sheet.json)
check terminal-add 0 "${add[@]}" --id t-1103-001
check terminal-bad-id 2 "${add[@]}" --id T_1
check terminal-no-place 3 "${add[@]/place.json/none.json}" --id t-2
"${add[@]}" --id t-1103-001
mkdir terminal other
check kioskctl-enrol 0 "$build/kioskctl" enrol --sheet sheet.json --data terminal
check enrolled-files 0 ls terminal/terminal.json terminal/root.json terminal/root.sig terminal/keys/journal.pem \
    terminal/sync/tls.pem terminal/sync/ca.crt
check hall-knows-it 0 sh -c "'$build/hallctl' terminals --data hall --json | grep -q '\"registration\":1,\"registered\":true'"
# where nobody would see it kiosk does not serve, and says so
if [ -e /dev/dri ]; then
    echo "# skipped: this machine has a display of its own"
    echo "skip kiosk-without-display"
else
    check kiosk-without-display 3 timeout 60 env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER "$build/kiosk" --data terminal \
        --run "$dir" --assets "$build/assets"
    mv err said
    check kiosk-without-display-says-so 0 grep -q 'there is no display' said
    check kiosk-without-display-was-asked-nothing 1 sh -c "'$build/kioskctl' journal list --data terminal | grep -q shutdown"
fi
# root would leave files there that kiosk cannot read
if [ "$(id -u)" = 0 ]; then
    chown -R nobody terminal
    for p in kiosk kiosk-sync; do
        check "$p-as-root-in-the-folder-of-another" $([ $p = kiosk ] && echo 3 || echo 1) "$build/$p" --data terminal --run "$dir/run"
        mv err said
        check "$p-as-root-says-who" 0 grep -q "not root's: run it as the user nobody" said
    done
    check as-root-nothing-is-left 0 [ -z "$(find terminal run -user root 2>/dev/null)" ]
    chown -R root terminal
else
    echo "skip kiosk-as-root: it takes root"
fi
check enrolled-already 3 "$build/kioskctl" enrol --sheet sheet.json --data terminal
check revoke-without-reason 2 "$build/hallctl" terminal revoke t-1103-001 --data hall
check revoke-unknown 3 "$build/hallctl" terminal revoke t-2 --data hall --reason test
check revoke 0 "$build/hallctl" terminal revoke t-1103-001 --data hall --reason test
check revoke-twice 1 "$build/hallctl" terminal revoke t-1103-001 --data hall --reason test
check sheet-is-revoked-too 1 "$build/kioskctl" enrol --sheet sheet.json --data other
"${add[@]}" --id t-1103-001
# asked to end: that is a record
SDL_VIDEODRIVER=dummy "$build/kiosk" --data terminal --run "$dir" --assets "$build/assets" 2>/dev/null &
kiosk_pid=$!
until "$build/kioskctl" status --run "$dir" >/dev/null 2>&1 || [ $? -ne 3 ] || ! kill -0 "$kiosk_pid"; do sleep 0.1; done
kill "$kiosk_pid"
wait "$kiosk_pid"
check kiosk-ends-well 0 test $? = 0
check kiosk-was-asked-to-end 0 sh -c "'$build/kioskctl' journal list --data terminal | grep -q shutdown"
check enrol-anew-not-with-undelivered-records 3 "$build/kioskctl" enrol --sheet sheet.json --data terminal --anew
check enrol-anew 0 "$build/kioskctl" enrol --sheet sheet.json --data terminal --anew --undelivered
check enrol-anew-kept-the-journal 0 sh -c 'ls terminal/earlier/*/journal/journal.db terminal/earlier/*/journal.pem terminal/earlier/*/terminal.json'
check registered-anew 0 sh -c "'$build/hallctl' terminals --data hall --json | grep -q '\"registration\":2,\"registered\":true'"
# the power failed after the hall had said yes: at each step the same command finishes it
"${add[@]}" --id t-1103-001
check enrol-anew-again 0 "$build/kioskctl" enrol --sheet sheet.json --data terminal --anew --undelivered
cp terminal/terminal.json terminal/sync/terminal.new.json
mv terminal/terminal.json put-aside.json
check enrol-goes-on 0 "$build/kioskctl" enrol --sheet sheet.json --data terminal
check enrol-went-on 0 cmp put-aside.json terminal/terminal.json
check enrol-left-nothing 1 test -e terminal/sync/terminal.new.json
check sheet-is-used-up 1 sh -c "'$build/kioskctl' enrol --sheet sheet.json --data other || exit 1"
check no-records-yet 0 "$build/hallctl" records --data hall --json
check open-unknown 3 "$build/hallctl" open 00000000000000000000000000000000 --data hall --keys keys --reason test
check open-without-reason 2 "$build/hallctl" open 00000000000000000000000000000000 --data hall --keys keys
kill "$hall_pid"
wait "$hall_pid"
check hall-ends-well 0 test $? = 0
hall_pid=
