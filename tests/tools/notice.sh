#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl notice from outside: what happens to cases is told, once, to a file and to a hook that answers late, wrongly, never or
# twice; two senders at once; what is near its last day; what is not true any more is not told. On SQLite, or where
# TEST_DATABASE names a PostgreSQL server. Usage: notice.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
command -v python3 >/dev/null || { echo "skip notice # python3 is not installed"; exit 0; }
work=$(mktemp -d)
hook=
trap '[ -z "$hook" ] || kill $hook; rm -rf "$work"' EXIT
# shellcheck source=tests/tools/cases.bash
. tests/tools/cases.bash notice
make_hall 3 3 3
one=${numbers[1]} two=${numbers[2]} three=${numbers[3]}

now=2026-01-05T09:00:00+08:00
export TZ=Asia/Shanghai
later() { now=$(date -d "$now + $1" +%Y-%m-%dT%H:%M:%S+08:00); }
ctl() { "$build/hallctl" --clock "$now" "$@" >"$work/out" 2>"$work/err"; }
act() { ctl case "$@" --data "$work/hall" --staff 李 --post 受理岗; }
send() { later "1 minute"; ctl notice send --data "$work/hall" "$@"; }
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok notice: $1"; else
        tail -n 5 "$work/out" "$work/err" | sed 's/^/# /'
        echo "not ok notice: $1"
    fi
}
same() { # NAME WANTED GOT
    [ "$2" = "$3" ] || printf 'wanted: %s\ngot:    %s\n' "$2" "$3" >"$work/err"
    [ "$2" = "$3" ]
    result "$1" $?
}

# --- a file ---
act receive --office 1103 && act accept "$one" && act supplement "$two" --reason "新地址的证明，如租赁合同"
result "two cases" $?
send --file "$work/sms"
same "all of it is taken" "2 sent" "$(cat "$work/out")"
same "who is told what" "accepted applicant $one,supplement applicant $two" \
    "$(jq -r '"\(.kind) \(.to) \(.number)"' "$work/sms" | sort | paste -sd ,)"
jq -r 'select(.kind == "accepted").text' "$work/sms" | grep -q "1103 001 260105 00001 8.*已经受理。.*个工作日.*有结果。$"
result "accepted: by when there is a result" $?
jq -r 'select(.kind == "supplement").text' "$work/sms" | grep -q '需要补正：“新地址的证明，如租赁合同”。在任何一台'
result "supplement: what is missing, in the agency's words" $?
send --file "$work/sms"
same "nothing is told twice" "0 sent 2" "$(cat "$work/out") $(wc -l <"$work/sms")"
[ "$(stat -c %a "$work/sms")" = 600 ]
result "the file is its owner's" $?
# the sender died after it had written and before it said so
ask "UPDATE notice SET sent = 0, next = 1 WHERE number = '$one'" >/dev/null
send --file "$work/sms"
same "a sender that died does not write it again" "1 sent 2" "$(cat "$work/out") $(wc -l <"$work/sms")"
truncate -s -1 "$work/sms" && act supplied "$two" --reason "窗口收到" && send --file "$work/sms"
same "behind half a line a new one begins" "3 supplied post" "$(wc -l <"$work/sms") $(tail -n 1 "$work/sms" | jq -r '"\(.kind) \(.to)"')"
ln -s /etc/passwd "$work/link" && act hand-over "$two" --to 王 --to-post 受理岗乙 --reason 轮休 && ! send --file "$work/link"
result "a link is not written to" $?

# --- a hook ---
cat >"$work/hook.py" <<'P'
import http.server, json, sys, time
how, log = sys.argv[1], sys.argv[2]
class H(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        mode = open(how).read().strip()
        with open(log, "a") as f:
            f.write(json.dumps({"mode": mode, "key": self.headers["Idempotency-Key"], "auth": self.headers.get("Authorization"), "body": json.loads(body)}, ensure_ascii=False) + "\n")
        if mode == "hang up":
            self.close_connection = True
            self.connection.close()
            return
        self.send_response({"good": 200, "wrong": 500, "elsewhere": 302, "endless": 200}[mode])
        if mode == "elsewhere":
            self.send_header("Location", "http://127.0.0.1:1/")
        if mode == "endless":
            self.end_headers()
            try:
                for _ in range(1000):
                    self.wfile.write(b"x" * 4096)
            except OSError:
                pass
            return
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
open(sys.argv[3], "w").write(str(s.server_address[1]))
s.serve_forever()
P
echo good >"$work/how"
python3 "$work/hook.py" "$work/how" "$work/log" "$work/port" &
hook=$!
for _ in $(seq 600); do [ -s "$work/port" ] && break; sleep 0.1; done
url=http://127.0.0.1:$(cat "$work/port")/notices
printf 'geheim\n' >"$work/token"
later() { now=$(date -d "$now + $1" +%Y-%m-%dT%H:%M:%S+08:00); }
export TZ=Asia/Shanghai
later "2 minutes"
for mode in wrong "hang up" elsewhere; do
    echo "$mode" >"$work/how"
    send --hook "$url"
    same "an answer that is $mode: it is not told, and says so" "0 sent handed-over" \
        "$(cat "$work/out") $(grep -o handed-over "$work/err")"
    send --hook "$url"
    same "after $mode it is not tried again at once" "0 sent" "$(cat "$work/out")"
    later "1 hour"
done
echo endless >"$work/how"
send --hook "$url" --token "$work/token"
same "an endless answer of 200 is cut, and is a yes" "1 sent" "$(cat "$work/out")"
same "it had one id in all tries" 1 "$(jq -r .key "$work/log" | sort -u | wc -l)"
same "the token is shown" "Bearer geheim" "$(tail -n 1 "$work/log" | jq -r .auth)"
[ "$(tail -n 1 "$work/log" | jq -r .key)" = "$(tail -n 1 "$work/log" | jq -r .body.id)" ]
result "the message has the same id" $?
kill $hook && wait $hook 2>/dev/null
hook=
act refuse "$two" --reason "不属于本机关" --law "行政许可法第32条"
ctl case refuse "$two" --data "$work/hall" --staff 王 --post 受理岗乙 --reason "不属于本机关" --law "行政许可法第32条"
send --hook "$url"
same "nobody answers: it waits" "0 sent waits" \
    "$(cat "$work/out") $(ctl notice list --data "$work/hall" --office 1103 --json; jq -r '.[].state' "$work/out")"
ask "UPDATE notice SET tries = 79 WHERE sent = 0" >/dev/null # three days of tries: tests/hall/rules/test_notice.c
later "61 minutes"
send --hook http://127.0.0.1:1/
same "after the last try it is given up" given-up "$(ctl notice list --data "$work/hall" --office 1103 --json; jq -r '.[].state' "$work/out")"
ctl alerts --data "$work/hall" --json
same "and staff hear of it" 1 "$(jq -r '[.[] | select(.what == "notice-given-up") | .count] | add' "$work/out")"
ctl notice retry --data "$work/hall" --office 1103
send --file "$work/sms"
same "retried by hand" "1 sent refused" "$(cat "$work/out") $(tail -n 1 "$work/sms" | jq -r .kind)"

# --- many senders, one outbox ---
now=2026-01-12T09:00:00+08:00
for i in $(seq 60); do # none of them is true: nothing is written
    echo "INSERT INTO notice (office, id, number, kind, about, made, tries, next, sent) VALUES
        (1103, $(bytes "$(printf 'ff%030x' "$i")"), '$one', 'overdue', 'copy $i', 1, 0, 1, 0);"
done | sql
pids=
for _ in 1 2 3 4; do
    "$build/hallctl" --clock $now notice send --data "$work/hall" --file "$work/many" --json >>"$work/each" 2>>"$work/err" &
    pids+=" $!"
done
# shellcheck disable=SC2086
wait $pids
same "four senders take each once" 60 "$(jq -s 'map(.sent) | add' "$work/each")"
[ ! -s "$work/many" ]
result "what is not true is told to nobody" $?

# --- days ---
now=2026-01-09T09:00:00+08:00
ctl notice due --data "$work/hall" --office 1103
same "a working day before the last day, and when it is over" "3 added" "$(cat "$work/out")"
ctl notice due --data "$work/hall" --office 1103
same "once" "0 added" "$(cat "$work/out")"
send --file "$work/days"
same "post and supervisor are told" "due-tomorrow post $one,due-tomorrow post $three,overdue supervisor $three" \
    "$(jq -r '"\(.kind) \(.to) \(.number)"' "$work/days" | sort | paste -sd ,)"
jq -r "select(.kind == \"due-tomorrow\" and .number == \"$three\").text" "$work/days" | grep -q '快到了：自.*起5个工作日，.*1月12日前'
result "with the limit and what it follows from" $?
now=2026-01-13T09:00:00+08:00
ctl notice due --data "$work/hall" --office 1103
act accept "$three"
send --file "$work/days"
same "what was done meanwhile is told to nobody" 1 "$(jq -r "select(.kind == \"overdue\" and .number == \"$three\").kind" "$work/days" | wc -l)"
exit 0
