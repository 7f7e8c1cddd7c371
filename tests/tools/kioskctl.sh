#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# kioskctl on the command line: answers, exit codes, and errors that say what to do. Usage: kioskctl.sh BUILD
build=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$source" || exit 2
kioskctl=$build/kioskctl
failed=0

# Runs kioskctl with the words given; $out has what it said, $code its exit code.
run() {
    out=$("$kioskctl" "$@" 2>&1 </dev/null)
    code=$?
}

# check NAME CODE [TEXT…]: the last run ended so and said each TEXT
check() {
    local name=$1 want=$2 verdict="ok"
    shift 2
    ((code == want)) || verdict="not ok"
    for text in "$@"; do
        [[ $out == *"$text"* ]] || verdict="not ok"
    done
    if [ "$verdict" != ok ]; then
        failed=1
        echo "# exit $code, expected $want; it said:"
        printf '%s\n' "$out" | head -n 20 | sed 's/^/#   /'
    fi
    echo "$verdict $name"
}

# --- itself ---------------------------------------------------------------------------------------------------------------
run --version
check version 0 "kioskctl "
run --help
check help 0 status devices selftest width capture enrol journal note slots logs reset number card "Exit:"
for command in status devices selftest width capture enrol journal note slots logs reset number card; do
    run $command --help
    check "help_$command" 0 "kioskctl $command" "Exit:"
    run $command --nonsense
    check "unknown_option_$command" 2 "--nonsense"
done
run
check no_command 2 "a command is missing"
run dance
check unknown_command 2 '"dance"' "--help"

# --- number ---------------------------------------------------------------------------------------------------------------
run number check 1103003261119000278 --json
check number_good 0 '"valid":true' '"office":1103' '"registration":3' '"day":"2026-11-19"' '"serial":27' '"1103 003 261119 00027 8"'
run number check 1103 003 261119 00027 8
check number_in_groups 0 "office 1103"
run number check 1103003261119000287 --json
check number_digits_swapped 1 '"valid":false'
run number check 1103003261119000276
check number_digit_wrong 1 "19 digits"
run number check 12345
check number_short 1
run number
check number_missing 2 "one number"

# --- slots ----------------------------------------------------------------------------------------------------------------
slots() { # STATE WHY LEFT: what board/update/update would have said last
    printf '{"state":"%s","version":"1.5.9","why":"%s","running":"1.5.7","slot":"b","other":"1.5.9","left":"%s","at":1764500000}\n' \
        "$1" "$2" "$3" >"$work/status"
    run slots --status "$work/status" "${@:4}"
}
slots fellback not-ready 0
check slots_fell_back 1 "b  1.5.7                runs now" "a  1.5.9                given up" "update 1.5.9: was not ready" \
    ": not-ready (since 2025-11-30T" "hallctl system retry"
slots good "" good --json
check slots_json 0 '"slot":"b"' '"running":"1.5.7"' '"other":"1.5.9"' '"other_starts_left":"good"' '"state":"good"'
slots installed "" 3
check slots_on_trial 0 "on trial" "starts next"
echo '{"state":"none","version":"","why":"","running":"1.5.7","slot":"a","other":"","left":"","at":1764500000}' >"$work/status"
run slots --status "$work/status"
check slots_first_system 0 "a  1.5.7" "b  -                    empty" "no update was tried"
echo '{"state":"mystery"}' >"$work/status"
run slots --status "$work/status"
check slots_unreadable 3 "what became of an update"

# --- card -----------------------------------------------------------------------------------------------------------------
# a resident of the synthetic records, as hexadecimal digits and as bytes
pad() { # TEXT CHARACTERS: UTF-16LE, filled up with spaces
    local text=$1
    while ((${#text} < $2)); do text+=" "; done
    printf '%s' "$text" | iconv -t UTF-16LE
}
export LC_ALL=C.UTF-8
{
    pad 测试甲 15; pad 2 1; pad 01 2; pad 19491231 8; pad 示范区测试路1号 35
    pad 11010519491231002X 18; pad 示范区公安局 15; pad 20200102 8; pad 长期 8; pad "" 18
} >"$work/card.bin"
od -An -v -tx1 "$work/card.bin" >"$work/card.hex"
run card decode "$work/card.hex" --json
check card_hex 0 '"name":"测试甲"' '"sex":"2"' '"nation":"01"' '"birth":"1949-12-31"' '"address":"示范区测试路1号"' \
    '"number":"11010519491231002X"' '"authority":"示范区公安局"' '"valid_from":"2020-01-02"' '"long_term":true' '"check":"ok"'
hex=$out
run card decode "$work/card.bin" --json
[ "$out" = "$hex" ] || code=99
check card_bytes_as_hex 0
run card decode "$work/card.bin"
check card_for_people 0 "测试甲"
head -c 255 "$work/card.bin" >"$work/short"
run card decode "$work/short"
check card_short 1 "256 bytes or 512"
sed 's/0/g/' "$work/card.hex" >"$work/letters"
run card decode "$work/letters"
check card_no_hex 1 "256 bytes or 512"
{ head -c 36 "$work/card.bin"; pad 19491331 8; tail -c +53 "$work/card.bin"; } >"$work/date"
run card decode "$work/date" --json
check card_impossible_date 1
[[ $out != *测试甲* && $out != *19491331* ]] || code=99
check card_error_says_nothing_personal 1
run card decode "$work/none"
check card_no_file 3 "$work/none"

# --- journal --------------------------------------------------------------------------------------------------------------
TONGBAN_JOURNAL=$work/j "$build/tests/journal/test_outbox_verify" >/dev/null 2>&1
run journal verify --data "$work/j/good"
check journal_good 0 "7 records"
run journal verify --json --data "$work/j/good"
check journal_good_json 0 '"ok":true' '"records":7' '"signed":7'
run journal verify --data "$work/j/bad"
check journal_bad 1 "record 4" "day" "records 1 to 3 are in order"
run journal verify --json --data "$work/j/bad"
check journal_bad_json 1 '"ok":false' "record 4"
run journal verify --data "$work/j/short"
check journal_short 1 "record 9" "ends at 7" "lost records"
run journal verify --json --data "$work/j/short"
check journal_short_json 1 '"ok":false' "record 9"
mkdir "$work/j/lost" && cp "$work/j/short/journal.anchor" "$work/j/lost/journal.anchor"
run journal verify --data "$work/j/lost"
check journal_lost 1 "is lost: record 9 was written"
run journal list --json --data "$work/j/good"
check journal_list_json 0 '"kind":"visit-start"' '"kind":"application"' '"number":"A03-001"' '"body":"sealed"' '"hash":"'
if command -v python3 >/dev/null; then
    code=$(printf '%s' "$out" | python3 -c 'import json, sys; print(0 if len(json.load(sys.stdin)) == 7 else 1)' 2>&1)
    check journal_list_is_json 0
fi
run journal list --from 6 --data "$work/j/good"
check journal_list_from 0 "ticket-void" "visit-end"
[[ $out != *application* ]] || code=99
check journal_list_from_only 0
run journal list --from 0 --data "$work/j/good"
check journal_list_from_zero 2 "--from"

# --- logs: what a careless program would have logged of somebody is planted, and looked for ---------------------------------
{
    echo '2026-01-05T09:00:00+0800 t kiosk[12]: form of 张三丰 (110105194912310011, 13800000000) is open'
    echo '2026-01-05T09:00:01+0800 t kiosk[12]: card 11010519491231002X, phone 138 0013 8000, case 1103 003 260105 00001 4'
    printf '2026-01-05T09:00:02+0800 t kiosk[12]: %1000s110105194912310011 in a line that is too long\n' x
    printf '2026-01-05T09:00:03+0800 t kiosk[12]: not text \377\376\001\n'
    echo '2026-01-05T09:00:04+0800 t kiosk[12]: reader at 1-2 is ready'
} >"$work/messages"
run --clock 2026-01-06T09:00:00+08:00 logs --data "$work/j/good" --out "$work/logs.txt" --messages "$work/messages" --run "$work/nowhere"
check logs_written 0 "7 records" "Nothing of residents"
out=$(cat "$work/logs.txt")
check logs_tell 0 "reader at 1-2 is ready" "2026-01-05T09:00:00+0800" "3 2026-01-05T12:00:00+08:00? application" "not there: kiosk does not run" \
    "Never in it" "form of [text] ([number], [number]) is open"
for planted in 张 三丰 11010519491231 110105 13800 "138 00" 003260105 "003 260105" A03-001 general; do
    [[ $out != *"$planted"* ]] || { echo "# $planted is in it"; code=99; }
done
check logs_tell_nothing_of_residents 0
run --clock 2026-02-06T09:00:00+08:00 logs --data "$work/j/good" --out "$work/logs.txt" --run "$work/nowhere"
check logs_days 0 " 0 records"
yes "2026-01-05T09:00:05+0800 t kiosk[12]: again and again and again and again" | head -n 60000 >"$work/messages"
echo "2026-01-05T09:00:06+0800 t kiosk[12]: the newest" >>"$work/messages"
run logs --data "$work/none" --out "$work/logs.txt" --messages "$work/messages" --run "$work/nowhere"
size=$(stat -c %s "$work/logs.txt")
((size < 2200000 && size > 1900000)) && grep -q 'the newest' "$work/logs.txt" || code=99
check logs_bounded 0

run journal verify --data "$work/none"
check journal_none 3 "$work/none/journal"

# --- status ---------------------------------------------------------------------------------------------------------------
run status --run "$work"
check status_no_kiosk 3 "kiosk does not run" "--run"

run devices --run "$work" --json
check devices_no_kiosk 3 "kiosk does not run" "--run"
run selftest --run "$work" --data "$work" --yes
check selftest_no_kiosk 3 "kiosk does not run"
[ ! -e "$work/readiness.txt" ] || code=99
check selftest_no_kiosk_no_report 3

run record reader "$work/r.txt" --run "$work"
check record_no_kiosk 3 "kiosk does not run"
[ ! -e "$work/r.txt" ] || code=99
check record_no_kiosk_no_file 3
run record reader "$work/r.txt" --run "$work" --with-personal-data
check record_asked_once 2 "--yes-i-mean-it"
run record reader "$work/r.txt" --run "$work" --for 0
check record_no_time 2 "--for is a whole number from 1 to 3600"

# --- enrol, with a kiosk-sync that only notes how it was called ---------------------------------------------------------------
mkdir "$work/bin"
cp "$kioskctl" "$work/bin/kioskctl"
kioskctl=$work/bin/kioskctl
cat >"$work/bin/kiosk-sync" <<'SYNC'
#!/bin/sh
echo "called: $*"
data=$5
[ -e "$data/refuse" ] && { echo "the hall refuses"; exit 4; }
[ -e "$data/unreachable" ] && exit 5
echo '{}' >"$data/terminal.json"
SYNC
chmod +x "$work/bin/kiosk-sync"
sha=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
cat >"$work/sheet.json" <<SHEET
{"v":1,"hall":"https://127.0.0.1:8443","terminal":"t-1103-003","code":"ABCD-EFGH-JKLM","ca_sha256":"$sha","root_sha256":"$sha"}
SHEET
mkdir -p "$work/term" && touch "$work/term/unreachable"
run enrol --sheet "$work/sheet.json" --data "$work/term"
check enrol_hall_away 3 "run the same command again" "called: enrol --sheet $work/sheet.json --data $work/term"
cp "$work/term/sync/register.json" "$work/before"
code=0
[ "$(stat -c %a "$work/term/keys/journal.pem") $(stat -c %a "$work/term/keys")" = "600 700" ] || code=99
check enrol_key_is_private 0
run journal verify --data "$work/term"
check enrol_before_the_first_start 3 "there is no journal.db"
rm "$work/term/unreachable" && touch "$work/term/refuse"
run enrol --sheet "$work/sheet.json" --data "$work/term"
check enrol_refused 1 "the hall refuses"
rm "$work/term/refuse"
run enrol --sheet "$work/sheet.json" --data "$work/term"
check enrol_goes_on 0 "t-1103-003 is enrolled"
cmp -s "$work/before" "$work/term/sync/register.json" || code=99
check enrol_keeps_key_and_epoch 0
run enrol --sheet "$work/sheet.json" --data "$work/term"
check enrol_twice 3 "enrolled already" "--anew enrols it once more"
run enrol --sheet "$work/sheet.json" --data "$work/j/good"
check enrol_over_records 3 "earlier enrolment"
run enrol --sheet "$work/sheet.json" --data "$work/j/lost"
check enrol_over_a_lost_journal 3 "earlier enrolment"
echo '{"v":1}' >"$work/bad.json"
run enrol --sheet "$work/bad.json" --data "$work/term2"
check enrol_bad_sheet 1 "no enrolment sheet"
run enrol --sheet "$work/none.json" --data "$work/term2"
check enrol_no_sheet 3 "none.json"
run enrol
check enrol_sheet_missing 2 "--sheet"
[ ! -e "$work/term2" ] || code=99
check enrol_leaves_nothing 2
run enrol --sheet "$work/sheet.json" --data "$work/mistyped"
[ ! -e "$work/mistyped" ] || code=99
check enrol_mistyped_folder 3 "there is no folder $work/mistyped"
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$work/theirs/sync"
    chown nobody "$work/theirs"
    chown daemon "$work/theirs/sync"
    run enrol --sheet "$work/sheet.json" --data "$work/theirs"
    [ -z "$(find "$work/theirs" -user root)" ] && [ "$(stat -c %U "$work/theirs/keys/journal.pem")" = nobody ] &&
        [ "$(stat -c %U "$work/theirs/sync/register.json")" = daemon ] || code=99
    check enrol_as_root_leaves_nothing_of_roots 0
else
    echo "skip enrol_as_root_leaves_nothing_of_roots: it takes root"
fi
mkdir "$work/term3"
mv "$work/bin/kiosk-sync" "$work/away"
run enrol --sheet "$work/sheet.json" --data "$work/term3"
check enrol_no_program 3 "install both in one folder"
exit $failed
