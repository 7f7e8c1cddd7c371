#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What a terminal leaves with the hall for its disk, and a factory reset, from outside: hallctl recovery and release, kioskctl
# note and reset, against a real kiosk, kiosk-sync and hall. Usage: reset.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
hallctl() { "$build/hallctl" "$@" >"$work/out" 2>"$work/err"; }
kioskctl() { "$build/kioskctl" "$@" >"$work/out" 2>"$work/err"; }

check() { # NAME WANTED-EXIT COMMAND…
    local name=$1 want=$2 got
    shift 2
    "$@"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok reset: $name"; else
        sed 's/^/# /' "$work/err" "$work/out"
        echo "not ok reset: $name: exit $got, expected $want"
    fi
}
says() { # NAME TEXT
    if grep -qF -- "$2" "$work/out"; then echo "ok reset: $1"; else echo "not ok reset: $1: $(head -c 300 "$work/out")"; fi
}
until_it() { # COMMAND…: up to two minutes; only a failure takes so long
    for _ in $(seq 1200); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.1
    done
    return 1
}

# --- a terminal that was just enrolled, whose disk was made as the image makes it ---
mkdir -p "$work/term/keys" "$work/run"
truncate -s 1M "$work/note"
eval "$(sed -n '/^new_recovery()/p' board/image/root/usr/lib/tongban/data)"
new_recovery >"$work/term/keys/recovery"
chmod 600 "$work/term/keys/recovery"
{
    mkfifo "$work/says" && hallctl keys init --keys "$work/keys" --data "$work/hall" --test
    "$build/hall" --data "$work/hall" --listen 127.0.0.1:0 >"$work/says" 2>"$work/hall.log" &
    pids+=($!)
    read -r _ _ address <"$work/says"
    hallctl terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json --hall "https://$address" \
        --out "$work/sheet" && kioskctl enrol --sheet "$work/sheet" --data "$work/term"
}
prepared "reset: an enrolled terminal" $? "$work/err" "$work/hall.log"
start_kiosk() {
    SDL_VIDEODRIVER=dummy "$build/kiosk" --data "$work/term" --run "$work/run" --assets "$build/assets" --note "$work/note" \
        2>>"$work/kiosk.log" &
    kiosk_pid=$!
    pids+=("$kiosk_pid")
}
check "a fresh place has no note" 0 kioskctl note --device "$work/note"
says "and says so" "no terminal was enrolled"
start_kiosk
"$build/kiosk-sync" --data "$work/term" --run "$work/run" 2>"$work/sync.log" &
pids+=($!)

# --- the note ---
noted() { "$build/kioskctl" note --device "$work/note" --json | grep -q "$1"; }
until_it noted '"enrolled":true'
check "nothing waits" 0 kioskctl note --device "$work/note" --json
says "whose it is" '"terminal":"t-1"'
says "that nothing waits" '"waiting":0'
if grep -q release "$work/out"; then echo "not ok reset: the note's secret is shown"; else echo "ok reset: the note's secret is not shown"; fi

# --- the hall has the disk's key ---
where=(--data "$work/hall" --keys "$work/keys" --reason "the TPM forgot")
has_key() { "$build/hallctl" records --data "$work/hall" | grep disk-key; }
until_it has_key
check "recovery" 0 hallctl recovery t-1 "${where[@]}"
says "the key that opens the disk" "$(cat "$work/term/keys/recovery")"
check "recovery as an object" 0 hallctl recovery t-1 "${where[@]}" --json
says "with its member" "\"recovery\":\"$(cat "$work/term/keys/recovery")\""
audit() { sqlite3 "$work/hall/hall.db" "SELECT action, reason FROM audit" >"$work/out"; }
audit
says "who opened it is written down" "recovery|the TPM forgot"
check "recovery without a reason" 2 hallctl recovery t-1 --data "$work/hall" --keys "$work/keys"
check "recovery of nobody" 3 hallctl recovery t-2 "${where[@]}"
mkdir -p "$work/none"
check "recovery without the key" 4 hallctl recovery t-1 --data "$work/hall" --keys "$work/none" --reason x
check "no secret lies open at the hall" 1 grep -rqF "$(cat "$work/term/keys/recovery")" "$work/hall"

# --- reset where the hall has everything ---
reset() { "$build/kioskctl" reset --device "$work/note" --data "$work/term" "$@" >"$work/out" 2>"$work/err"; }
check "reset asks for the name" 1 reset < <(echo t-2)
says "nothing was changed" "Nothing was changed"
check "nobody answers" 1 reset </dev/null
kioskctl note --device "$work/note" --json
says "not wished yet" '"reset_at_next_start":false'
check "reset with the name" 0 reset < <(echo t-1)
kioskctl note --device "$work/note" --json
says "wished" '"reset_at_next_start":true'
check "cancelled" 0 reset --cancel
kioskctl note --device "$work/note" --json
says "not wished any more" '"reset_at_next_start":false'

# --- where nobody knows: a journal of an earlier enrolment is there ---
kill "$kiosk_pid"
wait "$kiosk_pid" 2>/dev/null
mkdir -p "$work/term/earlier/00"
start_kiosk
check "not known counts as undelivered" 0 until_it noted '"waiting":-1'
check "and the note says so" 1 kioskctl note --device "$work/note"

talk() { # CODE… - COUNT: what is typed, in turn; a code with an @ stands for the hall's
    local signs code word
    coproc desk { "$build/kioskctl" reset --device "$work/note" --data "$work/term" 2>&1; }
    # shellcheck disable=SC2154
    local pid=$desk_PID in=${desk[1]} out=${desk[0]}
    : >"$work/out"
    while IFS= read -r -u "$out" word; do
        echo "$word" >>"$work/out"
        signs=$(sed -n 's/.*read out \([0-9A-Z]\{4\}\), terminal.*/\1/p' <<<"$word")
        [ -z "$signs" ] || break
    done
    read -r code < <("$build/hallctl" release t-1 "$signs" "${count:-unknown}" "${where[@]}")
    for word in "$@"; do echo "${word/@/$code}" >&"$in"; done
    eval "exec $in>&-"
    cat <&"$out" >>"$work/out"
    wait "$pid"
}
check "the hall's code, and the count" 0 talk 00000000 @ unknown
says "a wrong one first" "That is not the code"
check "cancelled again" 0 reset --cancel
count=7
check "the code for another count does nothing" 1 talk @ @ @ @ @ unknown
count=unknown
check "the code without the count" 1 talk @ 0
kioskctl note --device "$work/note" --json
says "still not wished" '"reset_at_next_start":false'
audit
says "the releases are written down with their count" "release|unknown not delivered: the TPM forgot"

# --- a note that nobody can read ---
dd if=/dev/urandom of="$work/torn" bs=1k count=1024 status=none
check "what cannot be read is not known" 1 kioskctl note --device "$work/torn"
check "and cannot be released" 3 kioskctl reset --device "$work/torn" --data "$work/term"
check "no device" 3 kioskctl note --device "$work/nothing"
