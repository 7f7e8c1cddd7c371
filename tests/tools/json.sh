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
    # jq 1.6 finds nothing wrong with no output at all
    if [ -n "$out" ] && printf '%s' "$out" | jq -e "$filter" >/dev/null 2>&1; then
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
port=$((10000 + $$ % 20000)) # below those that others' connections are given
holds terminal_add '.terminal == "t-1" and .office == 1103 and .sheet' \
    ctl terminal add --data "$work/hall" --id t-1 --office 1103 --place "$source/tools/scenario/place.json" \
    --hall "https://127.0.0.1:$port" --out "$work/sheet" --json
holds terminals 'type == "array" and .[0].terminal == "t-1" and .[0].registered == false' ctl terminals --data "$work/hall" --json
holds place_set '.terminal == "t-1" and .at == "39.908700,116.397500"' ctl place set t-1 --data "$work/hall" --at 39.9087,116.3975 --json
holds place_list '.[0].terminal == "t-1" and .[0].at == "39.908700,116.397500"' ctl place list --data "$work/hall" --json
holds records 'type == "array" and length == 0' ctl records --data "$work/hall" --json
holds ratings 'type == "array" and length == 0' ctl ratings --data "$work/hall" --json
holds alerts 'type == "array" and length == 0' ctl alerts --data "$work/hall" --json

# every command of a tool offers --json, by its own help: a usage line may go on in the next one, indented. Not `queue hook`,
# which has no answer: it sends for ever
offered() {
    local tool=$1 word missing=
    for word in $("$build/$tool" --help | sed -n 's/^  \([a-z-]*\)  *[^ ].*/\1/p'); do
        missing+=$("$build/$tool" "$word" --help |
            awk -v tool="$tool " 'function tell() { if (line && line !~ /--json/ && line !~ / queue hook /) print line }
                index($0, tool) == 1 && !/  +[a-z]/ { tell(); line = $0; next } # else what a command is for
                line && /^ +\[/ { line = line $0; next }
                { tell(); line = "" } END { tell() }')
    done
    if [ -z "$missing" ]; then echo "ok json_offered_$tool"; else
        printf '%s\n' "$missing" | sed 's/^/# without --json: /'
        echo "not ok json_offered_$tool"
    fi
}
offered hallctl

catalogue=$source/tests/catalogues/zone
holds build '.version == 1 and .bytes > 100000 and (.sha256 | length == 64) and .items == 12 and .findings == []' \
    ctl catalog build "$catalogue" --calendar "$catalogue/calendar" --out "$work/1.db" --json
cp -r "$catalogue" "$work/items"
sed -i 's/"use_level": "4"/"use_level": "9"/' "$work/items/elderly-card.json"
holds build_refused '.errors == 2 and .findings[1].path == "use_level" and (has("sha256") | not)' \
    ctl catalog build "$work/items" --calendar "$catalogue/calendar" --out "$work/2.db" --json
holds sign '.version == 1 and .min_version == 1 and .signatures == 1 and .needed == 1 and .patches == [] and .expires > 0' \
    ctl catalog sign "$work/1.db" --keys "$work/keys" --data "$work/hall" --json
holds publish '. == {"version": 1, "patches": 0}' ctl catalog publish --data "$work/hall" --json
ctl catalog build "$catalogue" --calendar "$catalogue/calendar" --out "$work/2.db" --version 2 >/dev/null 2>&1
holds sign_patch '.version == 2 and .patches[0].from == 1 and .patches[0].bytes > 0' \
    ctl catalog sign "$work/2.db" --keys "$work/keys" --data "$work/hall" --json
holds publish_patch '. == {"version": 2, "patches": 1}' ctl catalog publish --data "$work/hall" --json

staff() { echo 11010519491231002X | ctl staff "$@" --file "$work/staff.json"; }
holds staff_add '.id == "t-1" and .valid_until == "2099-06-30" and (.pin | test("^[0-9]{6}$"))' \
    staff add --id t-1 --name 甲 --role 维护 --until 2099-06-30 --json
holds staff_list 'length == 1 and .[0].id == "t-1"' staff list --json
holds staff_remove '. == {"removed": "t-1", "left": 0}' staff remove --id t-1 --json
queue=(--data "$work/hall" --office 1103 --queue general --json)
holds queue_pause '.queue == "general" and .paused == true and .paused_until == 1767582000000 and .reason == "维护"' \
    ctl --clock 2026-01-05T09:00:00+08:00 queue pause "${queue[@]}" --until 2026-01-05T11:00:00+08:00 --reason 维护
window=(--data "$work/hall" --office 1103 --window 3 --staff 李 --json)
holds queue_open '. == {"window": 3, "open": true}' ctl queue open "${window[@]}" --queue general
holds queue_refused '.refused == "nobody-waits" and .words == "nobody waits" and (.remedy | length > 0)' ctl queue next "${window[@]}"
holds queue_board '.board | contains("3 号窗口　空闲")' ctl queue board --data "$work/hall" --office 1103 --json
holds queue_close '. == {"window": 3, "open": false}' ctl queue close "${window[@]}"
holds queue_resume '. == {"queue": "general", "paused": false}' ctl queue resume "${queue[@]}"
printf 'title nothing\nwait 0s\nadvance\n' >"$work/wrong.txt"
holds scenario 'length == 1 and .[0].scenario == "wrong" and .[0].passed == false and (.[0].error | length > 0)' \
    "$build/scenario" --build "$build" --source "$source" --json "$work/wrong.txt"

"$build/hall" --json --data "$work/hall" --listen "127.0.0.1:$port" >"$work/ready" 2>"$work/hall.log" &
hall=$!
for _ in $(seq 100); do [ -s "$work/ready" ] && break; sleep 0.1; done
holds hall '.listening | startswith("127.0.0.1:")' cat "$work/ready"
mkdir "$work/term"
holds enrol '.ok == true and .terminal == "t-1"' term enrol --sheet "$work/sheet" --data "$work/term" --json
holds terminals_enrolled '.[0].registered == true and (.[0].epoch | length == 32)' ctl terminals --data "$work/hall" --json
holds number '.valid == false' term number check 1 --json
