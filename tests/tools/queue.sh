#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl queue from outside: wrong arguments, pauses; a morning at two windows, with every word of it and every refusal; the
# files for display and voice; midnight; two windows that press at once until nobody waits. On SQLite, or where TEST_DATABASE
# names a PostgreSQL server (hall/postgres.sh) in a schema of its own there. Usage: queue.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
work=$(mktemp -d)
hall=
stop() {
    [ -z "$hall" ] || kill "$hall"
    rm -rf "$work"
}
trap stop EXIT
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash queue
hall_with tests/catalogues/zone tests/catalogues/zone/calendar >"$work/made" 2>&1
prepared "queue: a hall with a catalogue" $? "$work/made"

# --- tickets, as a terminal delivered them: in its own series, all before they are called ---
epoch=01000000000000000000000000000000 zeros=$(printf '0%.0s' {1..64})
ticket() { # SEQ DAY QUEUE NUMBER MINUTE-OF-THE-DAY [KIND]
    local at=$(($(date -u -d "$2" +%s) * 1000 - 8 * 3600000 + $5 * 60000)) id kind=${6:-ticket} header
    id=$(printf '%032x' "$1")
    header="{\"v\":1,\"terminal\":\"t-1\",\"epoch\":\"$epoch\",\"seq\":$1,\"at\":$at,\"boot\":\"00000000-0000-4000-8000-000000000000\""
    header+=",\"up\":1,\"clock\":\"trusted\",\"kind\":\"$kind\",\"id\":\"$id\",\"number\":\"$4\",\"queue\":\"$3\",\"day\":\"$2\"}"
    header=$(printf '%s' "$header" | od -An -v -tx1 | tr -d ' \n')
    echo "INSERT INTO record VALUES (1103,'t-1',$(bytes $epoch),$1,$(bytes "$id"),'$kind','$4',$at,$at,0,$(bytes "$zeros"),
        $(bytes "$header"),$(bytes ""),$(bytes "$zeros"));"
}
{
    echo "UPDATE terminal SET epoch=$(bytes $epoch), registration=1;"
    echo "INSERT INTO chain VALUES (1103,'t-1',$(bytes $epoch),1,$(bytes 00),300,$(bytes "$zeros"),$(bytes 00),0);"
    for i in 1 2 3 4 5 6; do ticket $i 2026-01-05 general "A01-00$i" $((540 + i)); done
    ticket 7 2026-01-05 priority C01-001 550
    ticket 8 2026-01-05 general A01-005 551 ticket-void
    ticket 9 2026-01-05 general A01-007 1439
    for i in $(seq 200); do ticket $((i + 10)) 2026-01-07 general "A01-$(printf %03d "$i")" $((500 + i)); done
} >"$work/records"
sql <"$work/records" && "$build/hallctl" rebuild --data "$work/hall" >"$work/made" 2>&1
prepared "queue: tickets" $? "$work/made"

at() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
from() { now=$(date -u -d "$1" +%s); } # what follows happens second by second from then on
from 2026-01-05T09:30:00+08:00
check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    now=$((now + 1))
    "$build/hallctl" --clock "$(at $now)" queue "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok $name: exit $got, expected $want"
    fi
}
says() { # NAME TEXT, on stdout or stderr
    if grep -qF -- "$2" "$work/out" "$work/err"; then echo "ok $1"; else echo "not ok $1: $(head -c 300 "$work/out" "$work/err")"; fi
}
same() { # NAME GOT WANTED
    if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: \"$2\", expected \"$3\""; fi
}

where=(--data "$work/hall" --office 1103)
feeds=$work/hall/feeds/1103
check "queue: no verb" 2
check "queue: unknown verb" 2 shout "${where[@]}"
check "queue: an office that is none" 2 list --data "$work/hall" --office 12345
check "queue: a queue's id that is none" 2 call "${where[@]}" --queue "A B"
check "queue: nobody to call" 3 call "${where[@]}" --queue insurance
check "queue: pause without a reason" 2 pause "${where[@]}" --queue general --until 2026-01-05T11:00:00+08:00
check "queue: pause with a reason twice" 2 pause "${where[@]}" --queue general --until 2026-01-05T11:00:00+08:00 --reason 维护 --reason-word lunch
check "queue: a reason that is no word" 2 pause "${where[@]}" --queue general --until 2026-01-05T11:00:00+08:00 --reason-word nap
says "queue: which words there are" "lunch system meeting staff full"
check "queue: pause" 0 pause "${where[@]}" --queue general --until 2026-01-05T11:00:00+08:00 --reason 维护
check "queue: list" 0 list "${where[@]}" --at 2026-01-05T10:00:00+08:00 --json
says "queue: list says until when" '"paused_until":1767582000000,"reason":"维护"'
check "queue: resume" 0 resume "${where[@]}" --queue general
check "queue: resume what is not paused" 3 resume "${where[@]}" --queue general
check "queue: close for the day" 0 close "${where[@]}" --queue insurance --reason-word full --json
says "queue: until midnight" '"paused_until":1767628800000,"reason":"今天的号已取完"'

# --- a morning at two windows ---
one=("${where[@]}" --window 1 --staff 李) two=("${where[@]}" --window 12 --staff 王)
check "queue: a window that is not open" 4 next "${one[@]}"
says "queue: it says what to do" "this window was not opened today. Nothing was changed. open it first: hallctl queue open"
check "queue: a window that is none" 2 next "${where[@]}" --window 0 --staff 李
check "queue: a window without staff" 2 next "${where[@]}" --window 1
check "queue: open for a queue nobody has" 3 open "${one[@]}" --queue general,mistyped
check "queue: open for an id that is none" 2 open "${one[@]}" --queue "general,,A"
check "queue: open" 0 open "${one[@]}" --queue general,priority
check "queue: open another" 0 open "${two[@]}" --queue insurance
check "queue: next is a priority number" 0 next "${one[@]}"
says "queue: which" "priority C01-001"
check "queue: pressed twice" 4 next "${one[@]}" --json
same "queue: the reason is a word" "$(jq -r '.refused + " " + .number' "$work/out")" "window-busy C01-001"
same "queue: the words to speak" "$(cat "$feeds/call.txt")" "请 C 零一 零零一 号到一号窗口"
check "queue: recall" 0 recall "${one[@]}"
same "queue: once more" "$(cat "$feeds/call.txt")" "再请 C 零一 零零一 号到一号窗口"
check "queue: serve" 0 serve "${one[@]}"
check "queue: who is here is not absent" 4 absent "${one[@]}"
check "queue: done" 0 done "${one[@]}"
check "queue: done twice" 4 done "${one[@]}"
says "queue: nobody is there" "no number is at this window"
from 2026-01-05T09:40:00+08:00
check "queue: next" 0 next "${one[@]}"
says "queue: the first that came" "general A01-001"
check "queue: absent" 0 absent "${one[@]}"
check "queue: by its number" 0 call "${one[@]}" --queue general --number "A01-003"
check "queue: sent on" 0 transfer "${one[@]}" --to insurance
says "queue: where it waits" "general A01-003 waits in insurance"
check "queue: next at the other window" 0 next "${two[@]}"
says "queue: who was sent on" "general A01-003"
same "queue: a window of two digits is said as a number" "$(cat "$feeds/call.txt")" "请 A 零一 零零三 号到十二号窗口"
check "queue: a number at a window that does not serve it" 4 call "${two[@]}" --queue general --number A01-002
check "queue: back" 0 back "${where[@]}" --queue general --number "A01-001" --staff 导办
says "queue: in time" "general A01-001 is next"
check "queue: back twice" 4 back "${where[@]}" --queue general --number "A01-001" --staff 导办
check "queue: a number nobody has" 3 back "${where[@]}" --queue general --number "A 999" --staff 导办
check "queue: a void number" 4 call "${one[@]}" --queue general --number A01-005
says "queue: why" "its paper did not come out"
check "queue: next is who came back" 0 next "${one[@]}"
says "queue: that number" "general A01-001"
check "queue: a window with a number does not close" 4 close "${one[@]}"
check "queue: close wants one thing" 2 close "${where[@]}"
check "queue: board" 0 board "${where[@]}"
same "queue: the board" "$(cat "$work/out")" "2026-01-05 09:40
1 号窗口　A01-001　请到窗口
12 号窗口　A01-003　请到窗口
综合受理　等候 4 人
社保医保　今天停止取号　今天的号已取完
优先窗口　没有人等候"
same "queue: the file for the display is the board" "$(cat "$feeds/board.txt")" "$(cat "$work/out")"
same "queue: each call once, in order" "$(jq -r .number "$feeds/call.jsonl" | tr '\n' ' ')" "C01-001 C01-001 A01-001 A01-003 A01-003 A01-001 "
same "queue: each with an id of its own" "$(jq -r .id "$feeds/call.jsonl" | sort -u | wc -l)" 6
same "queue: what happened to a number" "$(ask "SELECT kind FROM ticket_event WHERE number='A01-003' ORDER BY seq;" | tr '\n' ' ')" "call transfer call "
same "queue: who did it" "$(ask "SELECT reason FROM audit WHERE action='queue-absent';")" "window 1, 李"
same "queue: nothing of refusals in the log" "$(ask "SELECT count(*) FROM audit WHERE action='queue-done';")" 1
mkdir "$work/away" && mv "$feeds" "$work/away" && touch "$feeds"
check "queue: done, though the files cannot be written" 0 done "${one[@]}"
says "queue: which is told" "what was asked for is done: hallctl queue board writes them again"
rm "$feeds"

# --- midnight ---
from 2026-01-06T08:30:00+08:00
check "queue: next morning the window is to be opened" 4 next "${one[@]}"
check "queue: opened" 0 open "${one[@]}" --queue general
check "queue: nobody of yesterday is called" 3 next "${one[@]}"
check "queue: who took a number at 23:59" 4 call "${one[@]}" --queue general --number A01-007 --json
same "queue: is told that it ended" "$(jq -r '.refused + " " + .state' "$work/out")" "ended ended"
says "queue: and what to do" "a new number is to be taken at the terminal"

# --- two windows at once, under a running hall ---
from 2026-01-07T13:30:00+08:00
"$build/hall" --data "$work/hall" --listen 127.0.0.1:0 >"$work/hall.log" 2>&1 &
hall=$!
for w in 1 2; do check "queue: window $w opens" 0 open "${where[@]}" --window $w --staff 李 --queue general; done
press() { # WINDOW: until nobody waits
    while "$build/hallctl" --clock "$(at $((now + SECONDS)))" queue next "${where[@]}" --window "$1" --staff 李 &&
        "$build/hallctl" --clock "$(at $((now + SECONDS)))" queue done "${where[@]}" --window "$1" --staff 李 >>"$work/done.$1"; do
        continue
    done
}
press 1 >"$work/called.1" 2>"$work/pressed.1" &
first=$!
press 2 >"$work/called.2" 2>"$work/pressed.2"
wait "$first"
same "queue: 200 people are called" "$(cat "$work"/called.? | wc -l)" 200
same "queue: each once" "$(cat "$work"/called.? | sort -u | wc -l)" 200
same "queue: by both windows" "$([ -s "$work/called.1" ] && [ -s "$work/called.2" ] && echo yes)" yes
same "queue: nothing else was told" "$(grep -hv "nobody waits" "$work"/pressed.? | head -3)" ""
same "queue: the voice has the last fifty, each once" "$(jq -r .id "$feeds/call.jsonl" | sort -u | wc -l)" 50
same "queue: the last word is the last call" "$(tail -1 "$feeds/call.jsonl" | jq -r .words)" "$(cat "$feeds/call.txt")"
