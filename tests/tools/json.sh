#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every command that prints results prints them as JSON too, with the keys its help promises. Usage: json.sh BUILD
build=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
chmod 755 "$work"
hall=
stop() {
    [ -z "$hall" ] || kill "$hall"
    rm -rf "$work"
}
trap stop EXIT
command -v jq >/dev/null || { echo "skip json # jq is not installed"; exit 0; }

# NAME, a jq filter that must be true of what the command prints, then the command
holds() {
    local name=$1 filter=$2 out
    shift 2
    out=$("$@" 2>"$work/err")
    if printf '%s' "$out" | jq -e "$filter" >/dev/null 2>&1; then
        echo "ok json_$name"
    else
        printf '%s\n' "$out" "$(cat "$work/err")" | head -5 | sed 's/^/# /'
        echo "not ok json_$name"
    fi
}

ctl() { "$build/hallctl" "$@"; }
term() { "$build/kioskctl" "$@"; }
holds keys '.keys and .data and (.root_sha256 | length == 64)' \
    ctl keys init --keys "$work/keys" --data "$work/hall" --test --json
port=$(jq -nr 'now | . * 1000 | floor | 20000 + . % 20000')
holds terminal_add '.terminal == "t-1" and .office == 1103 and .sheet' \
    ctl terminal add --data "$work/hall" --id t-1 --office 1103 --place "$source/tools/scenario/place.json" \
    --hall "https://127.0.0.1:$port" --out "$work/sheet" --json
holds terminals 'type == "array" and .[0].terminal == "t-1" and .[0].registered == false' ctl terminals --data "$work/hall" --json
holds records 'type == "array" and length == 0' ctl records --data "$work/hall" --json
holds ratings 'type == "array" and length == 0' ctl ratings --data "$work/hall" --json
holds alerts 'type == "array" and length == 0' ctl alerts --data "$work/hall" --json

"$build/hall" --data "$work/hall" --listen "127.0.0.1:$port" >"$work/ready" 2>"$work/hall.log" &
hall=$!
for _ in $(seq 100); do [ -s "$work/ready" ] && break; sleep 0.1; done
holds enrol '.ok == true and .terminal == "t-1"' term enrol --sheet "$work/sheet" --data "$work/term" --json
holds terminals_enrolled '.[0].registered == true and (.[0].epoch | length == 32)' ctl terminals --data "$work/hall" --json
holds number '.valid == false' term number check 1 --json
