#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl complaint from outside: what residents said is listed with its last day, assigned, answered or refused by whom it may
# be, told to whoever left a telephone, and made anew the same; ratings of cases count once; a database of version 5 that kept
# such records is brought forward with them. Opening: scenarios/complaint-at-night.txt. On SQLite, or where TEST_DATABASE names a
# PostgreSQL server. Usage: complaint.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/tools/cases.bash
. tests/tools/cases.bash complaint
make_hall 3

now=2026-01-05T09:00:00+08:00
export TZ=Asia/Shanghai
ctl() { "$build/hallctl" --clock "$now" "$@" >"$work/out" 2>"$work/err"; }
act() { ctl complaint "$@" --data "$work/hall" --staff "${staff:-李}" --post 监督岗; }
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok complaint: $1"; else
        tail -n 5 "$work/out" "$work/err" | sed 's/^/# /'
        echo "not ok complaint: $1"
    fi
}
same() { # NAME WANTED GOT
    [ "$2" = "$3" ] || printf 'wanted: %s\ngot:    %s\n' "$2" "$3" >"$work/err"
    [ "$2" = "$3" ]
    result "$1" $?
}
refused() { # NAME WORD…: the command that follows must be refused for that
    local name=$1 word=$2 code
    shift 2
    act "$@" --json
    code=$?
    same "$name" "4 $word" "$code $(jq -r .refused "$work/out")"
}

record() { # SEQ KIND MEMBERS: a record without its content, as it lies there
    local at=1767574800000 id header number
    id=$(printf '%032x' "$1")
    header="{\"v\":1,\"terminal\":\"t-1\",\"epoch\":\"$epoch\",\"seq\":$1,\"at\":$at,\"boot\":\"00000000-0000-4000-8000-000000000000\""
    header+=",\"up\":1,\"clock\":\"trusted\",\"kind\":\"$2\",\"id\":\"$id\"$3}"
    number=$(jq -r '.number // ""' <<<"$header")
    header=$(printf '%s' "$header" | od -An -v -tx1 | tr -d ' \n')
    echo "INSERT INTO record VALUES (1103,'t-1',$(bytes $epoch),$1,$(bytes "$id"),'$2','$number',$at,
        $((at + 120000)),0,$(bytes "$zeros"),$(bytes "$header"),$(bytes 00),$(bytes "$zeros"));"
}
said() { record "$1" feedback ",\"key\":\"0102030405060708\",\"number\":\"$2\",\"what\":\"$3\""; }
rated() { record "$1" rating ",\"number\":\"$2\",\"item\":\"$item\",\"item_version\":0,\"form_version\":0,\"score\":$3,\"set\":2"; }
one=110300100001 two=110300100002 three=110300100003

# --- a database of before ---
{
    said 11 $one consult
    said 12 $two complain
    said 13 $three report
    rated 14 "${numbers[1]}" 4
    rated 15 "${numbers[1]}" 1
    echo "DROP TABLE complaint; DROP TABLE complaint_event; DROP TABLE case_rating; DROP TABLE audit; CREATE TABLE audit (office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (office, id)); UPDATE hall SET version=5;"
} | sql || exit 1
ctl complaint list --data "$work/hall" --office 1103
result "a database of version 5 is brought forward" $?
same "with what was said meanwhile" "$one consult,$two complain,$three report" \
    "$(awk '{print $1, $2}' "$work/out" | paste -sd ,)"
same "and how a case was rated, once" "4 1" \
    "$("$build/hallctl" ratings --data "$work/hall" --json | jq -r '.[] | select(.set == 2) | "\(.score) \(.count)"')"

# --- the list ---
grep -q "^$one  consult   new       said 2026-01-05 at t-1, answer by 2026-01-12  (nobody has it)$" "$work/out"
result "a question is owed an answer in five working days" $?
grep -q "^$two .*answer by 2026-01-26" "$work/out"
result "a complaint in fifteen" $?
now=2026-01-13T09:00:00+08:00
ctl complaint list --data "$work/hall" --office 1103 --json
same "past its day it is overdue" "true false" "$(jq -r 'map(.overdue) | "\(.[0]) \(.[1])"' "$work/out")"

# --- what is done ---
refused "nobody answers what nobody has" stage answer $one --reason 明天来
act assign $one --to 王 --to-post 受理岗 && act assign $two --to 李 --to-post 监督岗
result "assigned" $?
refused "only who has it answers it" not-responsible answer $one --reason 明天来
refused "and not before it was read" unread answer $two --reason 已改
refused "nor is it sent away unread" unread refuse $two --why not-ours --reason 找公积金中心
# as `complaint open` leaves it: one with a telephone, one without
ask "INSERT INTO case_opened VALUES (1103,'$two','','138****0123',1,$(bytes "$zeros"));
     INSERT INTO case_opened VALUES (1103,'$three','','',2,$(bytes "$zeros"));" >/dev/null
act answer $two --reason "已经加开窗口" --json
same "answered" "answered 李" "$(jq -r '"\(.stage) \(.staff)"' "$work/out")"
refused "once" stage answer $two --reason 又来
act refuse $three --why not-ours --reason "请找市监委" --json
same "sent away, with whose it is" "refused 李" "$(jq -r '"\(.stage) \(.staff)"' "$work/out")"
act close $two
result "closed" $?
ctl complaint show $two --data "$work/hall"
grep -q "answer  李, 监督岗: 已经加开窗口" "$work/out"
result "what was done is told" $?
same "and is in the audit log, also what was refused" "6" \
    "$(ask "SELECT count(*) FROM audit WHERE subject='$two' AND action LIKE 'complaint-%'")"

# --- who hears of it ---
ctl notice due --data "$work/hall" --office 1103
now=2026-01-13T09:10:00+08:00
ctl notice send --data "$work/hall" --file "$work/sms"
jq -r '"\(.number) \(.kind) \(.to)"' "$work/sms" | sort >"$work/told"
same "the person only where a telephone was left; staff of what is late" \
    "$one spoken-assigned post,$one spoken-overdue supervisor,$two spoken-answered applicant" \
    "$(grep -v "$two spoken-assigned" "$work/told" | paste -sd ,)"
! grep -q "已经加开窗口" "$work/sms"
result "no notice says what the answer is" $?

# --- roles ---
ctl staff add --data "$work/hall" --office 1103 --id wang --name 王 --post 受理岗 --role window
result "the office has an account" $?
staff=王 refused "a window assigns nothing" no-role assign $one --to 王 --to-post 受理岗
staff=赵 refused "nor does who has no account" no-role assign $one --to 王 --to-post 受理岗

# --- anew ---
ctl complaint list --data "$work/hall" --office 1103 --stage closed --json
before=$(jq -c . "$work/out")
"$build/hallctl" rebuild --data "$work/hall" >"$work/out" 2>"$work/err"
result "made anew" $?
ctl complaint list --data "$work/hall" --office 1103 --stage closed --json
same "it is the same" "$before" "$(jq -c . "$work/out")"
