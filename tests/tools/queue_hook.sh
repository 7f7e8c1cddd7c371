#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl queue hook from outside: each call gets there once and in order, whatever the other side does: refuses, hangs up
# without an answer, is away; nothing of before the first start, nothing again after a restart. Usage: queue_hook.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
for tool in python3 sqlite3 jq; do
    command -v $tool >/dev/null || { echo "skip queue_hook # $tool is not installed"; exit 0; }
done
work=$(mktemp -d)
hook='' server=''
stop() {
    [ -z "$hook" ] || kill -9 "$hook"
    [ -z "$server" ] || kill "$server"
    rm -rf "$work"
}
trap stop EXIT
{
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test &&
        "$build/hallctl" catalog build tests/catalogues/zone --calendar tests/catalogues/zone/calendar --out "$work/1.db" &&
        "$build/hallctl" catalog sign "$work/1.db" --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog publish --data "$work/hall" &&
        "$build/hallctl" terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json \
            --hall https://127.0.0.1:1 --out "$work/sheet"
    for i in 1 2 3 4 5 6 7; do
        echo "INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)
            VALUES (1103, 20458, 'general', 'A 00$i', 't-1', $i, 0, 0, 'general', $i);"
    done | sqlite3 "$work/hall/hall.db"
} >"$work/made" 2>&1
prepared "queue_hook: a hall with seven people" $? "$work/made"

# Takes calls as $work/mood says at that moment: ok, refuse (503), hang-up (the call is kept, no answer). Each try is a line.
cat >"$work/server.py" <<'PY'
import http.server, json, sys
work = sys.argv[1]
class Taker(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mood = open(work + "/mood").read().strip()
        with open(work + "/tries", "a") as tries:
            print(mood, call["number"], self.headers["Idempotency-Key"] == call["id"], call["words"], file=tries)
        if mood == "hang-up":
            self.close_connection = True
            return
        self.send_response(204 if mood == "ok" else 503)
        self.end_headers()
    def log_message(self, *words):
        pass
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[2])), Taker)
print(server.server_port, flush=True)
server.serve_forever()
PY
begin_server() { # PORT, 0: any
    python3 "$work/server.py" "$work" "$1" >"$work/port" 2>"$work/server.err" &
    server=$!
    for _ in $(seq 200); do [ -s "$work/port" ] && break; sleep 0.05; done
    port=$(cat "$work/port")
}
begin_hook() { # no child of this shell, so that its end is not news
    hook=$("$build/hallctl" queue hook --data "$work/hall" --office 1103 --url "http://127.0.0.1:$port/calls" >/dev/null 2>>"$work/hook.err" & echo $!)
}
end_hook() { kill -9 "$hook"; hook=''; }
n=0
queue() {
    n=$((n + 1))
    "$build/hallctl" --clock "2026-01-05T09:00:$(printf %02d $n)+08:00" queue "$@" --data "$work/hall" --office 1103 --window 3 --staff 李 >/dev/null
}
call() { queue next && queue done; }
until_tries() { # PATTERN: within a minute some try is like that
    for _ in $(seq 600); do grep -q "$1" "$work/tries" 2>/dev/null && return; sleep 0.1; done
}
until_done() { # NUMBER: it was acknowledged
    for _ in $(seq 600); do grep -q "/$1/" "$work/hall/feeds/1103/hook.done" 2>/dev/null && return; sleep 0.1; done
}
same() { # NAME GOT WANTED
    if [ "$2" = "$3" ]; then echo "ok queue_hook: $1"; else echo "not ok queue_hook: $1: \"$2\", expected \"$3\""; fi
}
taken() { grep "^ok" "$work/tries" | awk '{print $3}' | tr '\n' ' '; }

echo ok >"$work/mood"
begin_server 0
queue open --queue general
call # 001, before the first start
begin_hook
until_done "A 001"
call
until_tries "ok A 002"
same "a call gets there, and nothing of before" "$(taken)" "002 "
same "its words and its key" "$(tail -1 "$work/tries")" "ok A 002 True 请 A 零零二 号到三号窗口"
echo refuse >"$work/mood"
call
until_tries "refuse A 003"
echo ok >"$work/mood"
until_tries "ok A 003"
echo hang-up >"$work/mood"
call
until_tries "hang-up A 004"
echo ok >"$work/mood"
until_tries "ok A 004"
same "what was refused or not answered is sent again" "$(taken)" "002 003 004 "
until_done "A 004"
end_hook
call
begin_hook
until_tries "ok A 005"
same "a restart sends what came meanwhile, and nothing again" "$(taken)" "002 003 004 005 "
until_done "A 005"
"$build/hallctl" queue hook --data "$work/hall" --office 1103 --url "http://127.0.0.1:$port/calls" >"$work/out" 2>&1
same "not two of one office" "$? $(grep -c 'another hook of office 1103 runs already' "$work/out")" "1 1"
kill "$server"
wait "$server" 2>/dev/null
call
call
begin_server "$port"
until_tries "ok A 007"
same "nobody there for a while: all of it, in order" "$(taken)" "002 003 004 005 006 007 "
same "always with the call's key" "$(grep -c " False " "$work/tries")" 0
same "what fails is told once" "$(grep -c "call .*/A 003/1 was not taken" "$work/hook.err")" 1
end_hook
echo '{"number":"A 008"}' >"$work/hall/feeds/1103/call.jsonl"
"$build/hallctl" queue hook --data "$work/hall" --office 1103 --url "http://127.0.0.1:$port/calls" >"$work/out" 2>&1
same "a damaged file is told, with its remedy" "$? $(grep -c "hallctl queue board writes it anew" "$work/out")" "1 1"
