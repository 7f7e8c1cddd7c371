#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl feed from outside: a door, a terminal that was tampered with, a long queue and cards of cases are told once, to a file and
# to a hook that fails first; people and feed do not take each other's; old events are none; the pages of what is overdue and
# decided name nobody. On SQLite, or where TEST_DATABASE names a PostgreSQL server. Usage: feed.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
command -v python3 >/dev/null || { echo "skip feed # python3 is not installed"; exit 0; }
work=$(mktemp -d)
hook=
trap '[ -z "$hook" ] || kill $hook; rm -rf "$work"' EXIT
# shellcheck source=tests/tools/cases.bash
. tests/tools/cases.bash feed
make_hall 3 3 3
one=${numbers[1]} two=${numbers[2]} three=${numbers[3]}

export TZ=Asia/Shanghai
now=2026-01-05T09:00:00+08:00
later() { now=$(date -d "$now + $1" +%Y-%m-%dT%H:%M:%S+08:00); }
ms() { echo $(($(date -d "$1" +%s) * 1000)); }
ctl() { "$build/hallctl" --clock "$now" "$@" >"$work/out" 2>"$work/err"; }
act() { ctl case "$@" --data "$work/hall" --staff 李 --post 受理岗; }
feed() { ctl feed send --data "$work/hall" "$@"; }
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok feed: $1"; else
        tail -n 5 "$work/out" "$work/err" | sed 's/^/# /'
        echo "not ok feed: $1"
    fi
}
same() { # NAME WANTED GOT
    [ "$2" = "$3" ] || printf 'wanted: %s\ngot:    %s\n' "$2" "$3" >"$work/err"
    [ "$2" = "$3" ]
    result "$1" $?
}
alert() { # WHAT WHEN: as the hall adds one up
    echo "INSERT INTO alert (office, terminal, what, first, last, count, detail) VALUES (1103, 't-1', '$1', $(ms "$2"), $(ms "$2"), 1, 'x')
        ON CONFLICT (office, terminal, what) DO UPDATE SET last = $(ms "$2"), count = alert.count + 1;" | sql
}
waiting() { # FROM TO: numbers
    for i in $(seq "$1" "$2"); do
        echo "INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)
            VALUES (1103, 20458, 'general', 'A $(printf %03d "$i")', 't-1', $i, 0, 0, 'general', $i);"
    done | sql
}

# --- events, once each, to a file ---
umask 077
feed --file "$work/events"
same "nothing happened" "0 sent" "$(cat "$work/out")"
alert door-open 2026-01-05T08:59:00+08:00
alert fork 2026-01-05T08:59:30+08:00
alert receipt-paper-low 2026-01-05T08:59:30+08:00
alert journal-behind 2026-01-03T08:59:30+08:00
waiting 1 29
feed --file "$work/events"
same "a door and tampering; not paper, and not what is two days old" "2 sent" "$(cat "$work/out")"
same "which" "door-open t-1 door-open,tamper t-1 fork" "$(jq -r '"\(.kind) \(.terminal) \(.what)"' "$work/events" | sort | paste -sd ,)"
jq -r 'select(.kind == "tamper").text' "$work/events" | grep -q "^终端 t-1 可能被动过（fork），请去看看。$"
result "in words" $?
waiting 30 30
later "1 minute"
feed --file "$work/events"
same "a queue in which 30 wait" "1 sent queue-long general 30 综合受理：09:01 有 30 人以上在等候。" \
    "$(cat "$work/out") $(tail -n 1 "$work/events" | jq -r '"\(.kind) \(.queue) \(.limit) \(.text)"')"
later "1 minute"
feed --file "$work/events"
same "told once while it is so" "0 sent 3" "$(cat "$work/out") $(wc -l <"$work/events")"
later "1 hour"
alert door-open 2026-01-05T10:01:30+08:00
feed --file "$work/events"
same "an hour later it is long still, and the door was open once more" "2 sent door-open,queue-long" \
    "$(cat "$work/out") $(tail -n 2 "$work/events" | jq -r .kind | sort | paste -sd ,)"
ask "UPDATE notice SET sent = 0, next = 1 WHERE kind = 'feed-tamper'" >/dev/null
feed --file "$work/events"
same "a sender that died does not write it again" "1 sent 5" "$(cat "$work/out") $(wc -l <"$work/events")"
[ "$(stat -c %a "$work/events")" = 644 ]
result "the file is for whoever reads it" $?
jq -e -s 'map(.id) | length == (unique | length)' "$work/events" >/dev/null
result "each has an id of its own" $?

# --- people and feed ---
act receive --office 1103 && act accept "$one" && act accept "$two"
result "two cases are accepted" $?
feed --file "$work/events"
same "what people are to hear is not for the feed" "0 sent" "$(cat "$work/out")"
now=2026-02-20T09:00:00+08:00
ctl notice due --data "$work/hall"
result "a morning when limits are over" $?
later "1 minute"
ctl notice send --data "$work/hall" --file "$work/people"
! grep -q '"kind":"card\|"kind":"feed' "$work/people" && grep -q '"kind":"overdue"' "$work/people"
result "what the feed is to hear is not for people" $?
ctl feed list --data "$work/hall" --office 1103 --json
same "cards wait for the feed" "card-red waits,card-yellow waits" "$(jq -r '.[] | "\(.kind) \(.state)"' "$work/out" | sort -u | paste -sd ,)"

# --- a hook that fails first ---
cat >"$work/hook.py" <<'P'
import http.server, json, sys
class H(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with open(sys.argv[1], "a") as f:
            f.write(json.dumps({"key": self.headers["Idempotency-Key"], "auth": self.headers.get("Authorization"), "body": json.loads(body)}, ensure_ascii=False) + "\n")
        how = int(open(sys.argv[3]).read())
        if how == 0: # hangs up
            return
        self.send_response(how)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *a): pass
s = http.server.HTTPServer(("127.0.0.1", 0), H)
open(sys.argv[2], "w").write(str(s.server_address[1]))
s.serve_forever()
P
echo 500 >"$work/how"
printf 'geheim\n' >"$work/token"
python3 "$work/hook.py" "$work/log" "$work/port" "$work/how" &
hook=$!
for _ in $(seq 600); do [ -s "$work/port" ] && break; sleep 0.1; done
url=http://127.0.0.1:$(cat "$work/port")/events
echo 0 >"$work/how"
feed --file "$work/both" --hook "$url" --token "$work/token"
got="$? $(wc -l <"$work/log") $(wc -l <"$work/both")"
ctl feed list --data "$work/hall" --office 1103 --json
same "no answer: asked once, and the file has all of them" "1 1 $(jq length "$work/out")" "$got"
: >"$work/log"
echo 500 >"$work/how"
later "2 minutes"
feed --file "$work/both" --hook "$url" --token "$work/token"
same "not taken: it says so, and none counts" "1 0 sent" "$? $(cat "$work/out")"
echo 204 >"$work/how"
later "5 minutes"
feed --file "$work/both" --hook "$url" --token "$work/token"
same "taken the second time" "0 $(jq -r .key "$work/log" | sort -u | wc -l) sent" "$? $(cat "$work/out")"
same "the file has each once" "$(jq -r .key "$work/log" | sort -u | paste -sd ,)" "$(jq -r .id "$work/both" | sort | paste -sd ,)"
same "with the same ids" "2" "$(jq -r .key "$work/log" | sort | uniq -c | awk '{print $1}' | sort -u | paste -sd ,)"
same "and the token" "Bearer geheim" "$(tail -n 1 "$work/log" | jq -r .auth)"
jq -r 'select(.body.kind == "card-yellow" and .body.number == "'"$one"'").body.text' "$work/log" | grep -q "^办件 1103 001 260105 00001 8（.*）2026-.* 起黄牌。$"
result "a yellow card, with its case" $?
jq -r '.body.kind' "$work/log" | grep -q card-red
result "a red one of the case that nobody accepted" $?
! grep -q "李" "$work/log"
result "nobody is named" $?
later "1 hour"
feed --hook "$url"
same "never again" "0 sent" "$(cat "$work/out")"
ctl notice due --data "$work/hall"
feed --hook "$url"
same "nor when it is found again" "0 sent" "$(cat "$work/out")"

# --- what could not be told for three days is no event any more ---
alert door-open "2026-02-20T11:00:00+08:00"
now=2026-02-20T11:01:00+08:00
feed --file "$work/hall"
same "a file that cannot be written" "1 0 sent" "$? $(cat "$work/out")"
now=2026-02-24T09:00:00+08:00
feed --file "$work/late"
[ "$(cat "$work/out")" = "1 sent" ] && [ ! -s "$work/late" ]
result "four days later it is not told" $?

# --- pages ---
now=2026-02-25T09:00:00+08:00
ask "UPDATE chain SET at = $(ms "$now")" >/dev/null # the terminal was heard of that day
act examine "$one" --reason 属实 && act decide "$one" --result granted && act examine "$two" --reason 不符 &&
    act decide "$two" --result denied --reason 不符合条件 --law 条例第3条
result "one is granted, one denied" $?
ctl feed pages --data "$work/hall"
same "pages of every office" "0 1 offices" "$? $(cat "$work/out")"
page=$work/hall/feeds/1103/decisions.html
grep -q "截至2026-02-25，最近30天办结的行政许可、行政确认2件" "$page"
result "with its date, and how many" $?
grep -q "<td>1103\*\*\*\*\*\*\*\*\*\*\*0018</td><td>[^<]*</td><td>准予</td><td>2026-02-25</td><td>51</td>" "$page"
result "number masked, item, outcome, days" $?
grep -q "<td>不予批准</td>" "$page" && ! grep -q "$one\|李\|不符\|条例" "$page"
result "no whole number, nobody's name, no reason" $?
grep -q "1103 001 260105 00003 9" "$work/hall/feeds/1103/overdue.html"
result "and what is overdue" $?
[ "$(stat -c %a "$page")" = 644 ] && [ -z "$(find "$work/hall/feeds/1103" -name '*.tmp*')" ]
result "whole, for whoever serves them" $?
ctl feed pages --data "$work/hall" --office 1103 --language en --json
grep -q "Decided on" "$page" && [ "$(jq .offices "$work/out")" = 1 ]
result "in English, of one office" $?
now=2026-03-27T09:00:00+08:00
ctl feed pages --data "$work/hall"
! grep -q "<td>" "$page" && grep -q "截至2026-03-27" "$page"
result "after thirty days they are gone, and the date is new" $?
