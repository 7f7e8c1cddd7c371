#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The small scripts of board/common, with others in place of the commands they call. Usage: board.sh BUILD
cd "$(dirname "$0")/../.." || exit 2
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin"
export PATH=$work/bin:$PATH

verdict() { # NAME CODE, what to show where it failed on stdin
    if [ "$2" = 0 ]; then
        echo "ok $1"
    else
        sed 's/^/# /' | head -n 20
        echo "not ok $1"
    fi
}
fake() { # COMMAND, what it does on stdin
    { echo '#!/bin/sh'; cat; } >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}

# --- kiosk ended again and again ---
# shellcheck disable=SC2016
fake systemctl <<<'case "$*" in "show "*) cat "$RESULT" ;; *) echo "$*" >>"$DONE" ;; esac'
fake sleep <<<''
crash() { # RESULT EXIT-CODE EXIT-STATUS SLOT KERNEL…: as an image names them
    rm -rf "$work/efi" "$work/done" && mkdir -p "$work/efi/EFI/Linux"
    echo "$1" >"$work/result"
    echo "$4" >"$work/slot"
    MONITOR_EXIT_CODE=$2 MONITOR_EXIT_STATUS=$3
    shift 4
    for k in "$@"; do : >"$work/efi/EFI/Linux/tongban-$k"; done
    export MONITOR_EXIT_CODE MONITOR_EXIT_STATUS
    RESULT=$work/result DONE=$work/done TONGBAN_SLOTS=${no_slots:-board/update/slots} TONGBAN_EFI=$work/efi TONGBAN_SLOT=$work/slot \
        SAID=$work/said board/common/crash.sh 2>"$work/err"
    { cat "$work/said" "$work/done" "$work/err"; ls "$work/efi/EFI/Linux"; } >"$work/out"
}
has() { for line in "$@"; do grep -qxF -- "$line" "$work/out" || return 1; done; }
hasnt() { ! grep -q -- "$1" "$work/out"; }

crash start-limit-hit dumped SEGV b a-1.5.1.efi b-1.5.2.efi
has CODE=K2011 TIMES=5 'OTHER=--other 1.5.1' 'start tongban-crash-page.service' reboot tongban-a-1.5.1.efi tongban-b-1.5.2+0.efi
verdict crash_goes_to_the_other_version $? <"$work/out"
crash start-limit-hit exited 3 b a-1.5.1.efi b-1.5.2+2-1.efi
has CODE=K1003 tongban-a-1.5.1.efi tongban-b-1.5.2+0.efi reboot
verdict crash_on_trial $? <"$work/out"
crash watchdog killed ABRT a a-1.5.1.efi
has CODE=K3006 'reset-failed tongban-kiosk.service' 'start --no-block tongban-kiosk.service' tongban-a-1.5.1.efi && hasnt OTHER && hasnt '^reboot'
verdict crash_without_another_is_tried_again $? <"$work/out"
crash timeout killed TERM b b-1.5.2.efi a-1.5.1+0-3.efi
has CODE=K4015 tongban-b-1.5.2.efi tongban-a-1.5.1+0-3.efi 'start --no-block tongban-kiosk.service' && hasnt '^reboot'
verdict crash_not_to_one_that_was_given_up $? <"$work/out"
no_slots=/none crash start-limit-hit exited 1 a a-1.5.1.efi b-1.5.2.efi
has tongban-a-1.5.1.efi tongban-b-1.5.2.efi CODE=K1001 'start --no-block tongban-kiosk.service' && hasnt '^reboot'
verdict crash_where_nothing_has_slots $? <"$work/out"

# --- the logs onto a stick: a stick is a folder ---
# shellcheck disable=SC2016
fake mount <<<'for last; do case $last in *stick-*) device=$last ;; esac; done; [ ! -e "$device/no-fat" ] && rmdir "$LOGS_STICK" && ln -s "$device" "$LOGS_STICK" && echo "$*" >>"$DONE"'
# shellcheck disable=SC2016
fake umount <<<'rm "$1" && mkdir "$1"; echo "umount" >>"$DONE"'
fake journalctl <<<'echo "2026-01-05T09:00:00+0800 t kiosk[1]: form of 张三丰, 13800000000"'
fake sync <<<''
# shellcheck disable=SC2016
fake cp <<<'[ ! -e "$2/../full" ] && [ ! -e "$(dirname "$2")/full" ] && exec /usr/bin/cp "$@"; head -c 9 "$1" >"$2"; exit 1'
# shellcheck disable=SC2016
fake kioskctl <<<'exec "$KIOSKCTL" "$@" --data "$TONGBAN_DATA" --run "$TONGBAN_DATA"'
ln -sf "$(realpath "$build/kioskctl")" "$work/kioskctl"
logs() { # what is there: STICK…
    rm -rf "$work/logs" "$work"/stick-? "$work/done" && mkdir -p "$work/logs" "$work/labels" "$work/data"
    for s in "$@"; do mkdir "$work/stick-$s"; done
    echo '{"terminal":"t-1103-003"}' >"$work/data/terminal.json"
    [ -z "${full:-}" ] || : >"$work/stick-$full/full"
    [ -z "${other:-}" ] || : >"$work/stick-$other/no-fat"
    [ -z "${own:-}" ] || ln -sfn "$work/stick-$own" "$work/labels/esp"
    echo stick >"$work/go"
    DONE=$work/done KIOSKCTL=${program:-$work/kioskctl} LOGS_STICK=$work/logs/stick RUNTIME_DIRECTORY=$work/logs TONGBAN_LOGS_GO=$work/go \
        TONGBAN_STICKS="$work/stick-*" TONGBAN_LABELS=$work/labels TONGBAN_DATA=$work/data board/common/logs.sh >"$work/err" 2>&1
    { cat "$work/logs/status" "$work/err"; ls -R "$work"/stick-?; } >"$work/out" 2>&1
    rm -f "$work/labels/esp"
}
on() { cat "$work/stick-$1"/tongban-t-1103-003-*.txt; }
logs a
[ ! -e "$work/go" ] && grep -q '^done 1 [0-9]* tongban-t-1103-003-' "$work/logs/status" && on a | grep -qF 'form of [text], [number]' && grep -q umount "$work/done"
verdict logs_on_a_stick $? <"$work/out"
logs
grep -q '^no-stick ' "$work/logs/status" && [ ! -e "$work/logs/logs.txt" ]
verdict logs_without_a_stick $? <"$work/out"
other=a logs a b
grep -q '^done ' "$work/logs/status" && on b >"$work/text" && ! on a 2>"$work/text"
verdict logs_on_the_one_that_is_fat $? <"$work/out"
full=a logs a
grep -q '^full ' "$work/logs/status" && [ "$(ls "$work/stick-a")" = full ]
verdict logs_leave_nothing_half $? <"$work/out"
own=a logs a
grep -q '^no-stick ' "$work/logs/status" && [ -z "$(ls "$work/stick-a")" ]
verdict logs_never_on_its_own_disk $? <"$work/out"
program=/bin/false logs a
grep -q '^broken ' "$work/logs/status" && [ -z "$(ls "$work/stick-a")" ]
verdict logs_that_cannot_be_made $? <"$work/out"

# --- the logs for the hall: a careless line and a unit that says somebody's name and number are planted ---
id=00112233445566778899aabbccddeeff
fake journalctl <<'EOT'
echo "2026-01-05T09:00:00+0800 t kiosk[1]: form of 张三丰, 13800000000, 11010519491231002X"
echo "2026-01-05T09:00:01+0800 t kiosk-sync[2]: delivers"
head -c "${NOISE:-0}" /dev/urandom | od -An -v -tx1 | tr 0-9 g-p
EOT
hall_logs() { # WHAT STANDS IN logs-hall
    rm -rf "$work/logs" && mkdir -p "$work/logs" "$work/kept"
    rm -f "$work/go"
    [ -z "${stick:-}" ] || echo stick >"$work/go"
    echo "$1" >"$work/hall"
    echo old >"$work/kept/hall-$(printf %032d 1).gz"
    KIOSKCTL=${program:-$work/kioskctl} RUNTIME_DIRECTORY=$work/logs STATE_DIRECTORY=$work/kept TONGBAN_LOGS_GO=$work/go \
        TONGBAN_LOGS_HALL=$work/hall TONGBAN_STICKS="$work/none-*" TONGBAN_DATA=$work/data board/common/logs.sh >"$work/err" 2>&1
    code=$?
    { echo "exit $code"; cat "$work/err"; ls -R "$work/kept"; } >"$work/out" 2>&1
}
hall_logs $id
[ ! -e "$work/hall" ] && [ "$(ls "$work/kept")" = hall-$id.gz ] && zcat "$work/kept/hall-$id.gz" >"$work/text" &&
    grep -qF 'form of [text], [number], [number]' "$work/text" && grep -q 'kiosk-sync.*delivers' "$work/text" &&
    ! grep -qE '张三|138000|110105' "$work/text" && [ ! -e "$work/logs/logs.txt" ] && [ "$(stat -c %a "$work/kept/hall-$id.gz")" = 640 ]
verdict logs_for_the_hall $? <"$work/out"
program=/bin/false hall_logs $id
[ "$(ls "$work/kept")" = hall-$id.why ] && [ "$(cat "$work/kept/hall-$id.why")" = broken ] && [ $code != 0 ]
verdict logs_for_the_hall_that_cannot_be_made $? <"$work/out"
TONGBAN_LOGS_MOST=1000 NOISE=20000 hall_logs $id
[ "$(cat "$work/kept/hall-$id.why")" = too-long ] && [ "$(ls "$work/kept")" = hall-$id.why ]
verdict logs_for_the_hall_that_are_too_long $? <"$work/out"
hall_logs '../../etc/x'
[ ! -e "$work/hall" ] && [ -z "$(ls "$work/kept")" ] && [ $code != 0 ]
verdict logs_for_the_hall_by_no_id $? <"$work/out"
stick=yes hall_logs $id
[ -e "$work/hall" ] && grep -q '^no-stick ' "$work/logs/status"
verdict logs_one_at_a_time $? <"$work/out"
rm -rf "$work"/bin/{mount,umount,journalctl,sync,cp,kioskctl} "$work/hall" "$work/kept"

# --- a machine that does not start (image/rescue, in place of a machine's busybox the commands themselves) ---
# shellcheck disable=SC2016
fake busybox <<<'case $1 in reboot) echo reboot >>"$DONE" ;; sleep) ;; *) exec "$@" ;; esac'
# shellcheck disable=SC2016
fake kiosk-panel <<<'cat >"$SHOWN"; head -c 8 "$SHOWN" | grep -q TONGPIC1'
truncate -s 1M "$work/note"
mkdir -p "$work/drawn"
printf 'TONGPIC1 of the image' | gzip -n >"$work/drawn/R001.gz"
printf 'TONGPIC1 of the image, 2' | gzip -n >"$work/drawn/R002.gz"
rescue() { # COMMAND…
    (
        export DONE=$work/done SHOWN=$work/shown
        # shellcheck source=board/image/rescue
        . board/image/rescue
        # shellcheck disable=SC2317
        let_usb_in() { echo usb >>"$work/done"; }
        # shellcheck disable=SC2034
        drawn=$work/drawn PAGE_S=3 blocks="$work/sys/*"
        "$@"
    )
}
for want in 1 2 3 4 5 6 7 8 9 10; do [ "$(rescue count_start "$work/note")" = $want ] || echo "$want"; done >"$work/out"
[ ! -s "$work/out" ] && [ "$(stat -c %s "$work/note")" = 1048576 ]
verdict starts_are_counted $? <"$work/out"
printf '08x\n' | dd of="$work/note" bs=4096 seek=254 conv=notrunc,sync 2>/dev/null
[ "$(rescue count_start "$work/note")" = 9 ]
verdict starts_by_rubbish $?
printf '99999999999' | dd of="$work/note" bs=4096 seek=254 conv=notrunc,sync 2>/dev/null
[ "$(rescue count_start "$work/note")" = 10000 ]
verdict starts_by_a_long_number $?
rm -f "$work/done"
rescue stand R001 '' >"$work/out" && grep -q 'of the image$' "$work/shown" && grep -q 'plug the install stick in' "$work/out" && ! grep -q reboot "$work/done"
verdict stuck_without_a_note $? <"$work/out"
rescue stand R002 "$work/note" >"$work/out" && grep -q 'of the image, 2$' "$work/shown"
verdict stuck_before_a_page_was_drawn $? <"$work/out"
mkdir -p "$work/sys/sda1" && echo PARTNAME=stick-root >"$work/sys/sda1/uevent"
rescue stand R001 '' >"$work/out"
grep -q reboot "$work/done"
verdict stuck_until_a_stick_comes $? <"$work/done"
rm -r "$work/sys"

# --- and one that came up: the count begins anew, the pages bear its name ---
mkdir -p "$work/came" "$work/enrolled"
echo '{"v":1,"terminal":"t-1103-003","office":1103,"registration":3,"hall":"https://hall.example","epoch":"000102030405060708090a0b0c0d0e0f","place":{"zone":"城东","spot":"示范","device":"03 号机","hotline":"12345","supervision":"12345"}}' >"$work/enrolled/terminal.json"
fake page <<<"exec '$build/kiosk-page' \"\$@\" --data '$work/enrolled' --assets '$build/assets'"
came_up() { TONGBAN_NOTE=${note:-$work/note} TONGBAN_PAGE=$work/bin/page RUNTIME_DIRECTORY=$work/came board/image/root/usr/lib/tongban/came-up >"$work/out" 2>&1; }
dd if=/dev/urandom of="$work/note" bs=4096 count=1 conv=notrunc 2>/dev/null
dd if=/dev/urandom of="$work/note" bs=4096 seek=64 count=1 conv=notrunc 2>/dev/null
dd if=/dev/urandom of="$work/note" bs=4096 seek=128 count=1 conv=notrunc 2>/dev/null
dd if=/dev/urandom of="$work/note" bs=4096 seek=255 count=1 conv=notrunc 2>/dev/null
cp "$work/note" "$work/note.before"
came_up && [ "$(rescue count_start "$work/note")" = 1 ]
verdict came_up_begins_the_count_anew $? <"$work/out"
same=0
for block in 0 64 128 192 255; do cmp -s <(dd if="$work/note" bs=4096 skip=$block count=1 2>/dev/null) <(dd if="$work/note.before" bs=4096 skip=$block count=1 2>/dev/null) || same=$block; done
echo "block $same" >"$work/out"
[ $same = 0 ] && [ "$(stat -c %s "$work/note")" = 1048576 ]
verdict came_up_touches_nothing_else $? <"$work/out"
rescue stand R002 "$work/note" >"$work/out"
cp "$work/shown" "$work/named"
rescue stand R002 '' >"$work/out"
head -c 12 "$work/named" | od -An -tx1 | grep -q '54 4f 4e 47 50 49 43 31 04 38 07 80' && [ "$(stat -c %s "$work/named")" = 8294412 ] && ! cmp -s "$work/named" "$work/shown"
verdict stuck_with_its_name $? <"$work/out"
rescue count_start "$work/note" >"$work/out"
came_up && touch -d @1700000000 "$work/note" && came_up && [ "$(stat -c %Y "$work/note")" = 1700000000 ]
verdict came_up_writes_nothing_twice $? <"$work/out"
note=$work/none came_up && [ ! -e "$work/none" ]
verdict came_up_without_a_note $? <"$work/out"
"$build/kiosk-page" stuck --code D001 --data "$work/none" --assets "$build/assets" --picture "$work/x.png" && "$build/kiosk-page" stuck --code X001 --picture "$work/y.png" 2>"$work/out"
[ $? = 2 ] && [ -s "$work/x.png" ] && [ ! -e "$work/y.png" ]
verdict stuck_by_a_code_it_knows $? <"$work/out"
head -c 100 "$work/named" | "$build/kiosk-panel" 2>"$work/out"
[ $? = 3 ] && grep -q 'no whole picture' "$work/out"
verdict panel_shows_no_half_picture $? <"$work/out"
rm -f "$work"/bin/{busybox,kiosk-panel,page}

# --- ready ---
# shellcheck disable=SC2016
fake kioskctl <<<'echo "$*"'
ready() { COUNTED=$1 KIOSKCTL=$work/bin/kioskctl DATA=$work/data WAIT_S=5 board/common/ready.sh >"$work/out"; }
ready "$work/none"
has "ready --wait 5 --seen $work/data/devices-seen"
verdict ready_of_a_proved_version $? <"$work/out"
ready "$work/slot"
has "ready --wait 5 --seen $work/data/devices-seen --trial"
verdict ready_on_trial $? <"$work/out"
"$build/kioskctl" ready --wait 0 --seen "$work/none/x" --trial --run "$work" >"$work/out" 2>&1
[ $? = 1 ]
verdict ready_options_are_understood $? <"$work/out"

# --- where the hall is ---
# shellcheck disable=SC2016
fake getent <<<'cat "$ANSWER"; echo "$*" >>"$DONE"'
hall() { # URL ANSWER
    printf '{"v":1,"terminal":"t-1","hall":"%s","place":{}}' "$1" >"$work/terminal.json"
    printf '%b' "$2" >"$work/answer"
    rm -f "$work/done"
    ANSWER=$work/answer DONE=$work/done TERMINAL=$work/terminal.json board/common/hall-address.sh --once >"$work/out" 2>&1
    cat "$work/done" >>"$work/out"
}
hall https://hall.example:8443 '10.1.2.3 STREAM hall\n10.1.2.3 DGRAM\nfd00::1 STREAM\n10.1.2.4 STREAM\n'
has 'flush set inet tongban hall4' 'add element inet tongban hall4 { 10.1.2.3 . 8443, 10.1.2.4 . 8443 }' \
    'add element inet tongban hall6 { fd00::1 . 8443 }' 'ahosts hall.example'
verdict hall_by_its_name $? <"$work/out"
hall 'https://[fd00::2]:9443' 'fd00::2 STREAM\n'
has 'ahosts fd00::2' 'add element inet tongban hall6 { fd00::2 . 9443 }' && hasnt 'hall4 {'
verdict hall_by_its_address $? <"$work/out"
hall https://hall.example '10.1.2.3 STREAM\n'
has 'add element inet tongban hall4 { 10.1.2.3 . 443 }'
verdict hall_on_the_usual_port $? <"$work/out"

printf 'TONGBAN_ADDRESS=\nTONGBAN_PROXY=proxy.example:3128\n' >"$work/network.conf"
NETWORK=$work/network.conf hall https://hall.example:8443 '10.1.2.9 STREAM\n'
has 'add element inet tongban hall4 { 10.1.2.9 . 3128 }' 'ahosts proxy.example' && hasnt 8443
verdict hall_behind_a_proxy $? <"$work/out"
echo 'TONGBAN_PROXY=' >"$work/network.conf"
NETWORK=$work/network.conf hall https://hall.example '10.1.2.3 STREAM\n'
has 'add element inet tongban hall4 { 10.1.2.3 . 443 }'
verdict hall_without_a_proxy $? <"$work/out"

# --- how the hall is reached ---
net() { "$build/kioskctl" network --file "$work/net/network.conf" "$@" >"$work/out" 2>"$work/err"; code=$?; cat "$work/err" >>"$work/out"; }
net && grep -q 'address  by DHCP' "$work/out" && grep -q 'directly' "$work/out" && [ ! -e "$work/net" ]
verdict network_by_dhcp $? <"$work/out"
net --address 10.3.2.7/24 --gateway 10.3.2.1 --dns 10.3.2.1,10.3.9.2 --proxy 10.3.2.9:3128
[ $code = 0 ] && net && grep -q '10.3.2.7/24, gateway 10.3.2.1' "$work/out" && grep -q '10.3.2.1, 10.3.9.2$' "$work/out" && grep -q 'proxy 10.3.2.9:3128' "$work/out"
verdict network_set $? <"$work/out"
cp "$work/net/network.conf" "$work/before"
net --address 10.3.2.7/24 --gateway 10.3.3.1
[ $code = 2 ] && grep -q 'gateway 10.3.3.1 is not in' "$work/out" && cmp -s "$work/net/network.conf" "$work/before"
verdict network_that_leads_nowhere $? <"$work/out"
net --start --data "$work/enrolled" --networkd "$work/networkd"
[ $code = 0 ] && grep -qx 'Address=10.3.2.7/24' "$work/networkd/70-tongban-site.network" && grep -qx 'Gateway=10.3.2.1' "$work/networkd/70-tongban-site.network"
verdict network_at_a_start $? <"$work/out"
hex=$(printf %064d 1)
sheet() { echo "{\"v\":1,\"hall\":\"https://h:1\",\"terminal\":\"$1\",\"code\":\"ABCD-2345\",\"ca_sha256\":\"$hex\",\"root_sha256\":\"$hex\",$2}" >"$work/enrolled/sheet.json"; }
sheet t-other '"address":"10.9.9.9/24","gateway":"10.9.9.1"'
net --start --data "$work/enrolled" --networkd "$work/networkd" && grep -qx 'Address=10.3.2.7/24' "$work/networkd/70-tongban-site.network"
verdict network_not_by_anothers_sheet $? <"$work/out"
sheet t-1103-003 '"address":"10.4.4.4/24","gateway":"10.4.4.1","dns":"10.4.4.1"'
net --start --data "$work/enrolled" --networkd "$work/networkd" && grep -qx 'Address=10.4.4.4/24' "$work/networkd/70-tongban-site.network" && grep -q '^TONGBAN_PROXY=$' "$work/net/network.conf"
verdict network_by_its_sheet $? <"$work/out"
rm "$work/enrolled/sheet.json"
echo 'TONGBAN_ADDRESS=$(reboot)' >"$work/net/network.conf"
net --start --data "$work/enrolled" --networkd "$work/networkd"
[ $code = 0 ] && grep -q 'by DHCP, then' "$work/out" && [ ! -e "$work/networkd/70-tongban-site.network" ]
verdict network_by_a_damaged_file $? <"$work/out"
net --dhcp && net --start --data "$work/none" --networkd "$work/networkd" && [ ! -e "$work/networkd/70-tongban-site.network" ]
verdict network_back_to_dhcp $? <"$work/out"

# --- time ---
fake date <<EOT
case \$1 in +%s) echo 1800000000 ;; -s) echo "set \$2" >>"$work/set" ;; esac
EOT
clock() { env OUT="$work" DRIFT="$work/drift" "$@" board/common/time.sh && cp "$work/servers.conf" "$work/out"; }
clock TONGBAN_TIME_SERVERS='a.example b.example' TONGBAN_TIME_SERVERS_PLAIN=10.0.0.1 TONGBAN_TIME_CA=/etc/tongban/ca.pem
has 'server a.example iburst nts' 'server b.example iburst nts' 'authselectmode require' 'ntstrustedcerts /etc/tongban/ca.pem' &&
    hasnt 10.0.0.1
verdict time_by_nts_alone $? <"$work/out"
clock TONGBAN_TIME_SERVERS_PLAIN=10.0.0.1
has 'server 10.0.0.1 iburst' && hasnt nts
verdict time_without_nts $? <"$work/out"
clock TONGBAN_TIME_SERVERS=
[ ! -s "$work/out" ]
verdict time_of_nobody $? <"$work/out"
touch -d @1799999999 "$work/drift"
clock TONGBAN_TIME_SERVERS= && [ ! -e "$work/set" ]
verdict time_that_goes_on $? <"$work/out"
touch -d @1800000001 "$work/drift"
clock TONGBAN_TIME_SERVERS= && [ "$(cat "$work/set")" = 'set @1800000001' ]
verdict time_before_what_was_known $? <"$work/out"
rm "$work/drift" "$work/bin/date"
