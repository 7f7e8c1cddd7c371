#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A system's bundle over a bad line: one that breaks off after each half a megabyte, one where nobody answers for a while, a slow one. It
# arrives whole, by one download after the other, and next to nothing of it comes twice. Usage: bad_line.sh BUILD
build=$(realpath "$1")
command -v python3 >/dev/null || { echo "skip bad_line # python3 is not installed"; exit 0; }
source=$(realpath "$(dirname "$0")/../..")
# shellcheck source=tests/prepared.bash
. "$source/tests/prepared.bash"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$work"' EXIT
cd "$work" || exit 2
PATH=$build:$PATH

# Between terminal and hall: `mode` says how. `bytes`: what came from the hall, all in all.
cat >line.py <<'PY'
import socket, sys, threading, time
server, hall, passed = socket.create_server(("127.0.0.1", 0)), int(sys.argv[1]), [0]
def mode():
    with open("mode") as f:
        return f.read().strip()
def up(a, b):
    try:
        while data := a.recv(65536):
            b.sendall(data)
    except OSError:
        pass
    b.close()
def down(a, b):
    came = 0
    try:
        while data := a.recv(65536):
            if mode() == "away":
                break
            if mode() == "slow":
                time.sleep(len(data) / 2e6)
            came += len(data)
            passed[0] += len(data)
            with open("bytes", "w") as f:
                f.write(str(passed[0]))
            if mode() == "breaks" and came > 1 << 19:
                break
            b.sendall(data)
    except OSError:
        pass
    for s in (a, b):
        try:
            s.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
print(server.getsockname()[1], flush=True)
while True:
    terminal, _ = server.accept()
    if mode() == "away":
        terminal.close()
        continue
    there = socket.create_connection(("127.0.0.1", hall))
    threading.Thread(target=up, args=(terminal, there), daemon=True).start()
    threading.Thread(target=down, args=(there, terminal), daemon=True).start()
PY

verdict() { # NAME CODE
    if [ "$2" = 0 ]; then
        echo "ok bad_line_$1"
    else
        { tail -n 25 sync.log; echo "$(cat bytes) bytes of $size"; ls -l term/sync/system; } 2>&1 | sed 's/^/# /'
        echo "not ok bad_line_$1"
    fi
}
wait_for() { # SECONDS COMMAND…
    local end=$((SECONDS + $1))
    shift
    while ((SECONDS < end)); do
        "$@" && return
        sleep 0.2
    done
    return 1
}
bundle() { # VERSION: of noise, as RAUC ends one
    local text
    text=$(printf '[update]\ncompatible=x\nversion=%s\n.' "$1")
    { head -c $((6 << 20)) /dev/urandom; printf '%s' "$text"; printf '%016x' ${#text} | sed 's/../\\x&/g' | xargs -0 printf '%b'; } >"$1.raucb"
    size=$(stat -c %s "$1.raucb")
}
who=(--data hall --office 1103 --staff one --reason x)
order() { # VERSION
    bundle "$1" && hallctl system publish "${who[@]:0:6}" --bundle "$1.raucb" &&
        hallctl system approve "${who[@]:0:5}" other --version "$1" --reason x &&
        hallctl system rollout "${who[@]}" --version "$1" --terminals t-1
}
arrives() { cmp -s "$1.raucb" "term/sync/system/$1.raucb"; }
once() { [ $(($(cat bytes) - begun)) -lt $((size + size / 4)) ]; } # lists and reports come beside it
broke() { [ "$(grep -c "system $1: " sync.log)" -ge "$2" ]; }

mkdir -p term run-update
echo '{"state":"none","version":"","why":"","running":"1.5.1","slot":"a","other":"","left":"","at":1}' >run-update/status
echo 0 >bytes
echo none >mode
{
    hallctl keys init --keys keys --data hall --host 127.0.0.1
    coproc hall { exec hall --data hall --listen 127.0.0.1:0 2>hall.log; }
    pids+=("$hall_PID")
    read -r _ _ address <&"${hall[0]}"
    coproc line { exec python3 line.py "${address##*:}" 2>line.log; }
    pids+=("$line_PID")
    read -r port <&"${line[0]}"
    hallctl terminal add --data hall --id t-1 --office 1103 --place "$source/tools/scenario/place.json" --hall "https://127.0.0.1:$port" \
        --out sheet.json && kioskctl enrol --sheet sheet.json --data term
} >out 2>&1
prepared bad_line_enrolled $? out hall.log line.log
order 1.6.0 >out 2>&1
prepared bad_line_ordered $? out
SDL_VIDEODRIVER=dummy kiosk --data term --run run --assets "$build/assets" 2>kiosk.log &
pids+=($!)
begun=$(cat bytes)
echo breaks >mode
kiosk-sync --data term --run run 2>sync.log &
sync=$!
pids+=($sync)
wait_for 120 arrives 1.6.0
verdict that_breaks_off_again_and_again $?
broke 1.6.0 9
verdict it_did_break_off $?
once
verdict next_to_nothing_comes_twice $?

kill "$sync" && wait "$sync" 2>/dev/null
hallctl system withdraw "${who[@]}" --version 1.6.0 >out 2>&1 && order 1.6.1 >>out 2>&1
prepared bad_line_ordered_again $? out
begun=$(cat bytes)
echo slow >mode
kiosk-sync --data term --run run 2>sync.log &
pids+=($!)
some_came() { [ $(($(cat bytes) - begun)) -gt $((2 << 20)) ]; }
wait_for 120 some_came
prepared bad_line_some_of_it_came $? sync.log
echo away >mode
wait_for 120 broke 1.6.1 2 && ! arrives 1.6.1
verdict nobody_answers_for_a_while $?
echo slow >mode
wait_for 120 arrives 1.6.1
verdict it_goes_on_slowly $?
once
verdict from_where_it_was $?
