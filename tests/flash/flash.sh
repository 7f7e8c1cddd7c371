#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# flash on the command line, with media that are files: who is chosen, who is refused and why, what is left behind by whatever
# goes wrong. Usage: flash.sh BUILD
# shellcheck disable=SC2154
flash=$(realpath "$1")/flash
cd "$(dirname "$0")" || exit 2
# shellcheck source=tests/flash/tree.bash
. ./tree.bash
trap 'rm -rf "$tree"' EXIT
export LC_ALL=C.UTF-8 TERM=dumb
export TZ=CST-8 # a FAT medium is dated by the clock on the wall, and flash takes that for China's
img=$tree/tongban-1.5.0.img
failed=0

# Runs flash on the tree with the words given and what "$keys" types; $out has what it said, $code its exit code.
keys=""
key=$tree/image.pub
run() {
    out=$(printf '%b' "$keys" | "$flash" --sys "$tree" --state "$tree/state" --key "$key" "$@" 2>&1)
    code=$?
}

# check NAME CODE [TEXT…]: the last run ended so and said each TEXT
check() {
    local name=$1 want=$2 verdict="ok" text
    shift 2
    ((code == want)) || verdict="not ok"
    for text in "$@"; do [[ $out == *"$text"* ]] || verdict="not ok"; done
    tell "$name" "$verdict" "exit $code, expected $want${*:+, and: $*}"
}

tell() { # NAME VERDICT WHY
    if [ "$2" != ok ]; then
        failed=1
        echo "# $3; it said:"
        printf '%s\n' "$out" | head -n 30 | sed 's/^/#   /'
    fi
    echo "$2 $1"
}

# holds NAME TEXT…: a command that must succeed
holds() {
    local name=$1
    shift
    if "$@"; then tell "$name" ok ""; else tell "$name" "not ok" "failed: $*"; fi
}

# Every used block of the image is on that medium.
same() {
    local first last
    while read -r first last; do
        cmp -s -i $((first * 4096)) -n $(((${last:-$first} - first + 1) * 4096)) "$img" "$tree/dev/$1" || return 1
    done < <(sed -n 's/.*<Range[^>]*> \([0-9]*\)-\{0,1\}\([0-9]*\) <.*/\1 \2/p' "${img%.img}.bmap")
}
starts_nothing() { [ "$(head -c 4096 "$tree/dev/$1" | tr -d '\0' | wc -c)" = 0 ]; }
untouched() { [ "$(md5sum <"$tree/dev/$1")" = "$2" ]; }

# a stick with six files in a partition
with_files() {
    local i medium=$tree/dev/${1%.out}
    mkfs.vfat -F 32 --offset 2048 "$medium" >/dev/null 2>&1
    printf '\125\252' | dd of="$medium" bs=1 seek=510 conv=notrunc status=none # a partition table
    partition "$1" 1048576
    for i in 1 2 3 4 5; do echo "$i" | MTOOLS_SKIP_CHECK=1 mcopy -i "$medium@@1M" - "::IMG_041$i.JPG"; done
    echo report | MTOOLS_SKIP_CHECK=1 mcopy -i "$medium@@1M" - ::contract.docx
}

image 6M
stick sdb 1 4C53A117 40M
stick sdc 2 4C53A12F 64M
stick sdd 3 MOSS0001 124M "Moss Slim"
with_files sdd
stick sde 4 4C53A13C 36M
stick sdf 5 MOSS0002 40M "Moss Slim"
echo 1 >"$tree/sys/block/sdf/ro"
stick sdg 6 FATH0001 2T "Fathom Go"
partition sdg 1048576
mounted sdg1 /mnt/backup
inside nvme0n1 A1170042 512G "Anvil N5"
partition nvme0n1 1048576
mounted nvme0n1p1 /

# --- itself ---------------------------------------------------------------------------------------------------------------
out=$("$flash" --version)
code=$?
check version 0 "flash "
run --help
check help 0 "--to SERIAL" "Exit:"
run --nonsense
check unknown_option 2 "--nonsense"
run --list --line
check two_commands 2 "apart from each other"

before_b=$(md5sum <"$tree/dev/sdb")
keys='ab\n1\n'
run --to , --yes "$img"
check to_nobody 2 "--to names no serial number"
run --to 4C53A117 --erase , --yes "$img"
check erase_nobody 2 "--erase names no serial number"
run --to "$(seq -s , 17)" --yes "$img"
check to_too_many 2 "--to names more than 16"
for words in "--erase MOSS0001 --yes" --yes --json; do
    # shellcheck disable=SC2086
    run $words "$img"
    check "without_to $words" 2 "--to is missing"
done
for words in "--list --json --yes" "--list --to 4C53A117" "--list --erase 4C53A117" "--list $img" "--line --yes $img" "--line --json $img" \
    "--give-back --to 4C53A117 --json" "--give-back --to 4C53A117 $img" "--give-back --yes" "--list --release 1" "--release 1 $img"; do
    # shellcheck disable=SC2086
    run $words
    check "does_not_fit ${words/$img/IMAGE}" 2
done
keys=""
holds wrong_words_untouched untouched sdb "$before_b"

# --- the list -------------------------------------------------------------------------------------------------------------
run --list
check list 0 "A1170042              inside Anvil N5          550 GB  this computer" \
    "FATH0001              6      Fathom Go         2.2 TB  in use by this computer: /mnt/backup" "locked by its switch"
LC_ALL=C TERM=linux run --list
check list_on_a_text_console 0 "550 GB  this computer's own system disk"
LC_ALL=C.UTF-8 TERM=xterm run --list
check list_in_utf8 0 "550 GB  this computer’s own system disk"
run --list --json
check list_json 0 '"serial":"4C53A117","port":"1","model":"Kestrel U3","bytes":41943040,"holds":"empty","may":true' \
    '"serial":"MOSS0001","port":"3","model":"Moss Slim","bytes":130023424,"holds":"files","files":6,"may":true' \
    '"serial":"FATH0001","port":"6","model":"Fathom Go","bytes":2199023255552,"holds":"in-use","where":"/mnt/backup","may":false' \
    '"holds":"system","where":"/","may":false'

full() { # WORD…: run, and stdout takes nothing
    out=$("$flash" --sys "$tree" --state "$tree/state" --key "$key" "$@" 2>&1 >/dev/full)
    code=$?
}
full --list
check list_lost 1 "flash: the answer could not be written"
full --list --json
check list_json_lost 1 "flash: the answer could not be written"
full --yes --to A1170042 "$img"
check refused_and_lost 4 "the system disk" "flash: the answer could not be written"

# --- refused: not a byte is written ---------------------------------------------------------------------------------------
before_d=$(md5sum <"$tree/dev/sdd")
run --yes --to A1170042 "$img"
check system_disk 4 "A1170042 is the system disk" "Nothing was touched"
run --yes --to A1170042 --erase A1170042 "$img"
check system_disk_told_twice 4 "A1170042 is the system disk"
holds system_disk_untouched test "$(du -k "$tree/dev/nvme0n1" | cut -f1)" = 0
run --yes --to FATH0001 --erase FATH0001 "$img"
check mounted 4 "in use by this computer: /mnt/backup"
run --yes --to MOSS0002 "$img"
check locked 4 "locked by its switch"
run --yes --to MOSS0001 "$img"
check files_told_once 4 "holds files: 6" "--to MOSS0001 --erase MOSS0001"
run --yes --to MOSS0001 --erase 4C53A117 "$img"
check erase_of_another 2 "not in --to"
run --yes --to /dev/sdb "$img"
check kernel_name 2 "sdb may be another stick next time" "flash --list"
run --yes --to sdb "$img"
check kernel_name_short 2 "sdb may be another stick"
run --yes --to NOBODY "$img"
check absent 3 "NOBODY"
run --to 4C53A117 "$img"
check without_yes 2 "--yes"
keys='\n2\n' run "$img"
check wrong_count 6 "Not written: that was not 3"
keys='q' run "$img"
check left 6 "Nothing was touched"
keys='abd\nq' run "$img"
check none_chosen 6 "Nothing was touched"
keys='abdc\nXXXX\n' run "$img"
check wrong_four 6 "Not the last four of C"
keys='abdc\n\n' run "$img"
check no_four 6 "C holds 6 files" "IMG_0411.JPG" "contract.docx" "last changed today"
holds refused_untouched untouched sdb "$before_b"
holds refused_files_untouched untouched sdd "$before_d"

# --- the image ------------------------------------------------------------------------------------------------------------
cp "$img" "$tree/good.img"
printf 'x' | dd of="$img" bs=1 seek=3000000 conv=notrunc status=none
run --yes --to 4C53A117 "$img"
check unused_block_changed 0 "good"
printf 'x' | dd of="$img" bs=4096 seek=1302 conv=notrunc status=none
run --yes --to 4C53A12F "$img"
check image_changed 5 "not what was signed, from block 2 on"
truncate -s 5M "$img"
run --yes --to 4C53A12F "$img"
check image_cut 5 "not as long as was signed"
mv "$tree/good.img" "$img"
openssl ecparam -name prime256v1 -genkey -noout 2>/dev/null | openssl ec -pubout -out "$tree/other.pub" 2>/dev/null
key=$tree/other.pub run --yes --to 4C53A12F "$img"
check wrong_signature 5 "signature is not good"
cp "${img%.img}.bmap" "$tree/bmap"
sed -i 's/2500-2519/2500-2518/' "${img%.img}.bmap"
run --yes --to 4C53A12F "$img"
check map_changed 5 "not the one that was signed"
mv "$tree/bmap" "${img%.img}.bmap"
run --yes --to 4C53A12F "$tree/absent"
check no_image 5 "cannot be opened"

# --- written --------------------------------------------------------------------------------------------------------------
holds nothing_so_far starts_nothing sdc
run --yes --to 4C53A12F "$img"
check one 0 "GOOD" "read back, all the same" "ok=B"
holds one_same same sdc
run --list
check ours_by_name 0 "Tongban 1.5.0 installer"
run --yes --to MOSS0001 --erase MOSS0001 "$img"
check told_twice 0 "GOOD"
holds told_twice_same same sdd
stick sdh 7 SMALL001 7M
run --yes --to SMALL001 "$img"
check too_small 4 "too small"
printf 'wrap 20971520\n' >"$tree/dev/sde.faults"
run --yes --json --to 4C53A13C "$img"
check fake 1 '"good":false,"fault":"fake","real":2' 'fake=1'
holds fake_starts_nothing starts_nothing sde
rm "$tree/dev/sde.faults"

# five at once, one of them pulled out, one rotten, one a fake, one chosen by its last four
for i in 1 2 3 4 5; do stick "sd${i}x" "9.$i" "FIVE000$i" 40M; done
with_files sd5x
echo pull-after 5500000 >"$tree/dev/sd2x.faults"
echo rot 1400000 >"$tree/dev/sd3x.faults"
echo drop 16777216 >"$tree/dev/sd4x.faults"
for s in sdb sdc sdd sde sdh; do unplug $s; done
run --list
keys='g\n0005\n5\n' run "$img"
check five 1 "of 5 sticks 2 are good, 3 must not be used" "was pulled out" "at 1 MB: broken" "fake: says 42 MB, holds" "fake=1"
holds five_first same sd1x
holds five_by_hand same sd5x
holds five_pulled starts_nothing sd2x
holds five_rotten starts_nothing sd3x
code=$(printf '%s' "$out" | sed -n 's/.*flash --sheet //p')
(cd "$tree" && LC_ALL=zh_CN.UTF-8 "$flash" --state "$tree/state" --sheet "$code" >/dev/null)
holds record_sheet grep -q "FIVE0005" "$tree/flash-$code.html"

# it goes on where it was
plug sd2x
run --list
check half_is_said 0 "half written"
run --yes --json --to FIVE0002 "$img"
check resumed 0 '"good":true'
holds resumed_same same sd2x

# killed while it writes: starts nothing, and the next one finishes
stick sdk 8 KILLED01 40M
echo slow 1000000 >"$tree/dev/sdk.faults"
"$flash" --sys "$tree" --state "$tree/state" --key "$tree/image.pub" --yes --json --to KILLED01 "$img" >"$tree/events" &
pid=$!
until grep -q '"ev":"write"' "$tree/events" || ! kill -0 $pid 2>/dev/null; do sleep 0.05; done
kill -9 $pid
{ wait $pid; } 2>/dev/null
holds killed_starts_nothing starts_nothing sdk
rm "$tree/dev/sdk.faults"
run --yes --to KILLED01 "$img"
check killed_resumed 0 "GOOD"
holds killed_same same sdk

# --- given back -----------------------------------------------------------------------------------------------------------
run --give-back --to KILLED01
check give_back_without_yes 2 "--yes"
run --give-back --yes --to A1170042 --erase A1170042
check give_back_system 4 "system disk"
run --give-back --yes --to MOSS0001 --erase MOSS0001
check give_back_absent 3 "MOSS0001"
run --give-back --yes --to KILLED01
check give_back 0 "KILLED01 is an ordinary empty stick again, 42 MB"
partition sdk 1048576
run --list
check given_back_is_empty 0 "KILLED01              8      Kestrel U3         42 MB  empty"
dd if="$tree/dev/sdk" of="$tree/fat" bs=1M skip=1 status=none
fat_is_right() { fsck.vfat -n "$tree/fat" >"$tree/fsck"; }
holds given_back_is_right fat_is_right
echo text | MTOOLS_SKIP_CHECK=1 mcopy -i "$tree/dev/sdk@@1M" - ::a.txt
run --list
check given_back_takes_files 0 "holds files: 1"
stick sdx 17 FAKEBACK 64M
echo wrap 20971520 >"$tree/dev/sdx.faults"
run --give-back --yes --to FAKEBACK
check give_back_fake 1 "it holds about 2"
unplug sdx

# --- two with one serial number, or none ----------------------------------------------------------------------------------
stick sdm 10 TWIN 40M
stick sdn 11 TWIN 40M
stick sdo 12 "" 40M
run --list
check twins_listed 0 "same serial number as another" "no serial number"
run --yes --to TWIN --erase TWIN "$img"
check twins 4 "two media have the serial number TWIN"

# what bmaptool writes is read, and the other way round
if command -v bmaptool >/dev/null; then
    bmaptool create -o "$tree/theirs.bmap" "$img" 2>/dev/null
    cp "$tree/theirs.bmap" "${img%.img}.bmap"
    "$flash" --make "$img" --sign "$tree/image.key" --release 1.5.0 --arch x86_64
    run --yes --to FIVE0001 "$img"
    check their_map 0 "GOOD"
    rm "${img%.img}.bmap"
    "$flash" --make "$img" --sign "$tree/image.key" --release 1.5.0 --arch x86_64
    : >"$tree/copy"
    out=$(bmaptool copy --bmap "${img%.img}.bmap" "$img" "$tree/copy" 2>&1)
    code=$?
    check our_map 0
else
    echo "# bmaptool is not installed"
    echo "skip their_map"
fi

# --- sheets ---------------------------------------------------------------------------------------------------------------
hash=$(printf '%064d' 0)
mkdir "$tree/sheets"
for i in 03 04 05; do
    echo '{"v":1,"hall":"https://hall.example:8443","terminal":"cd-'$i'","code":"7KQM4T2P9XHD","ca_sha256":"'"$hash"'","root_sha256":"'"$hash"'"}' \
        >"$tree/sheets/$i.json"
done
for s in sd1x sd2x sd3x sd4x sd5x sdk sdm sdn sdo; do unplug $s; done
stick sdp 1 SHEET001 40M
stick sdq 2 SHEET002 40M
run --yes --to SHEET001,SHEET002 --sheet "$tree/sheets" "$img"
check sheets_too_many 7 "not as many sheets as sticks: 3 and 2"
echo '{}' >"$tree/bad.json"
run --yes --to SHEET001 --sheet "$tree/bad.json" "$img"
check sheet_bad 7 "bad.json"
keys='\n2\n' run --sheet "$tree/sheets" "$img"
check sheets_assigned 0 "3 sheets: cd-03 cd-04 cd-05" "becomes  cd-04" "ok=cd-03,cd-04"
run --list
check says_its_name 0 "Tongban 1.5.0 installer for cd-04"
holds sheet_on_medium grep -qa '"terminal":"cd-03","code":"7KQM4T2P9XHD"' "$tree/dev/sdp"
run --yes --to SHEET001 --sheet "$tree/sheets/03.json" "$img"
check sheet_used 7 "The sheet of cd-03 was used already"
cp "$tree/sheets/05.json" "$tree/06"
sed 's/cd-05/cd-06/' "$tree/06" >"$tree/sheets/06.json"

# --- line mode ------------------------------------------------------------------------------------------------------------
until_said() { for _ in $(seq 600); do grep -q "$1" "$tree/line" && return; kill -0 $pid 2>/dev/null || break; sleep 0.05; done; return 1; }
mkfifo "$tree/keys"
"$flash" --sys "$tree" --state "$tree/state" --key "$tree/image.pub" --line --sheet "$tree/sheets" "$img" \
    <"$tree/keys" >"$tree/line" 2>&1 &
pid=$!
exec 3>"$tree/keys"
stick sdr 3 LINE0001 40M
echo rot 1400000 >"$tree/dev/sdr.faults"
until_said "p3  cd-05  not"
stick sds 4 LINE0002 40M
with_files sds
unplug sdr
stick sdt 3 LINE0003 40M
until_said "p3  cd-05  good"
stick sdu 15 LINE0004 40M
until_said "p15  cd-06  good"
stick sdv 16 LINE0005 40M # no sheet is left
echo q >&3
exec 3>&-
wait $pid
code=$?
out=$(cat "$tree/line")
check line 1 "ok=cd-05,cd-06 no=cd-05"
holds line_first same sdt
holds line_second same sdu
holds line_no_sheet starts_nothing sdv
holds line_files_left test "$(printf '%s' "$out" | grep -c LINE0002)" = 0
run --list
check line_files 0 "LINE0002              4      Kestrel U3         42 MB  holds files: 6"

# --- on a screen ----------------------------------------------------------------------------------------------------------
# said TEXT: until the terminal showed it
said() {
    for _ in $(seq 600); do
        grep -qa "$1" "$tree/shown" && return
        kill -0 $pid 2>/dev/null || break
        sleep 0.05
    done
    return 1
}
on_screen() { # STEPS…: flash on a terminal; each step is a text to wait for, then a command
    : >"$tree/shown"
    timeout 60 script -qefc "stty cols 80 rows 24; '$flash' --sys '$tree' --state '$tree/state' --key '$tree/image.pub' '$img'" "$tree/shown" \
        <"$tree/keys" >"$tree/terminal" 2>&1 &
    pid=$!
    exec 3>"$tree/keys"
    while [ $# -gt 0 ]; do
        said "$1" || echo "# it never said: $1"
        eval "$2"
        shift 2
    done
    exec 3>&-
    wait $pid
    code=$?
    out=$(tr -d '\r' <"$tree/shown" | tail -c 3000)
}
for s in sdp sdq sds sdt sdu sdv; do unplug $s; done
stick sdy 18 SCREEN01 40M
echo pull-after 5500000 >"$tree/dev/sdy.faults"
on_screen "Which sticks" 'printf "\r" >&3' "How many" 'printf "1\r" >&3' "Plug it back, any port" 'plug sdy' \
    "Pull the stick whose lamp flickers" 'unplug sdy'
check screen_plugged_back 0 "1 stick is good" "ok="
holds screen_same same sdy
stick sdz 19 SCREEN02 40M
echo slow 500000 >"$tree/dev/sdz.faults"
on_screen "SCREEN\|Which sticks" 'printf "\r" >&3' "How many" 'printf "1\r" >&3' "q stops" 'printf q >&3' "q again stops" 'printf q >&3' \
    "must not be used" ':'
check screen_stopped 6 "stopped; it starts nothing" "no="
holds screen_stopped_starts_nothing starts_nothing sdz

# while it was out somebody put files onto it
unplug sdz
stick sd1y 20 SCREEN03 40M
echo pull-after 5500000 >"$tree/dev/sd1y.faults"
on_screen "Which sticks" 'printf "\r" >&3' "How many" 'printf "1\r" >&3' "Plug it back, any port" 'with_files sd1y.out; plug sd1y' \
    "must not be used" ':'
check screen_files_meanwhile 1 "its content changed"
run --list
check screen_files_still_there 0 "SCREEN03              20     Kestrel U3         42 MB  holds files: 6"

# one that does not answer holds up neither the list nor what is written to the others
unplug sd1y
stick sd2y 21 SILENT01 40M
echo slow 2000 >"$tree/dev/sd2y.faults"
stick sd3y 22 QUICK001 40M
run --list
check silent_in_list 0 "SILENT01              21     Kestrel U3         42 MB  silent: wait for it" "QUICK001              22     Kestrel U3         42 MB  empty"
run --to QUICK001 --yes "$img"
check silent_beside 0 "1 stick is good"
run --to SILENT01 --yes "$img"
check silent_refused 4 "SILENT01"
# the code on a sheet's paper
hallctl=${flash%flash}hallctl
unplug sd2y
if command -v zbarimg >/dev/null && command -v rsvg-convert >/dev/null; then
    (cd "$tree" && "$hallctl" keys init --keys hall-keys --data hall --test && "$hallctl" terminal add --data hall --id t-1103-003 \
        --office 1103 --place "$OLDPWD/../../tools/scenario/place.json" --hall https://hall.example:8443 --out 003.json \
        --print 003.html && sed -n 's/.*\(<svg.*<\/svg>\).*/\1/p' 003.html | rsvg-convert -w 700 -b white -o 003.png) >"$tree/printed" 2>&1
    number=$(sed -n 's/.*"device": *"\([0-9]*\).*/\1/p' ../../tools/scenario/place.json)
    keys="99\n"
    run --provision --picture "$tree/003.png" "$img"
    check provision_wrong_number 7 "Nothing was written"
    keys="\n"
    run --provision --picture "$tree/003.png" "$img"
    check provision_enter_alone 7 "Nothing was written"
    keys="$number\n\n1\n"
    run --provision --picture "$tree/003.png" "$img"
    check provision 0 "$(sed -n 's/^its words: .*(\(.*\), .*, .*, .*)/\1/p' "$tree/printed")" "1 stick is good"
    holds provision_sheet cmp -s "$tree/003.json" <(dd if="$tree/dev/sd3y" bs=4096 skip=$((($(stat -c %s "$tree/dev/sd3y") - (1 << 20)) / 4096 + 1)) \
        count=1 status=none | tr -d '\0')
    keys="$number\n"
    run --provision --picture "$tree/003.png" "$img"
    check provision_used_sheet 7 ""
    keys=""
    run --provision --picture "$tree/003.html" "$img"
    check provision_no_code 7 "No code was read"
else
    echo "skip provision # zbar-tools or librsvg2-bin is not installed"
fi

exit $failed
