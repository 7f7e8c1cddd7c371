#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl report from outside: figures of a few cases, ratings and terminals as counted by hand, for periods and groups; each
# figure proven by a list that adds up to it; CSV, page and charts as other programs read them. On SQLite, or where
# TEST_DATABASE names a PostgreSQL server (hall/postgres.sh) in a schema of its own there. Usage: report.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash report
hall_with tests/catalogues/zone assets/catalog/calendar >"$work/made" 2>&1 || { cat "$work/made"; exit 1; }

card=11110105MB0A0000164000709102000 licence=11110105MB0A00008U4000709110000 # 20 working days each; two departments
epoch=01000000000000000000000000000000
one=1103001260105000018 two=1103001260105000026 three=1103001260105000039
zeros=$(printf '0%.0s' {1..64})
day=86400000 five=1767546000000 # 5 January 2026, one in the morning
record() { # SEQ KIND NUMBER AT MEMBERS
    local id header
    id=$(printf '%032x' "$1")
    header="{\"v\":1,\"terminal\":\"t-1\",\"epoch\":\"$epoch\",\"seq\":$1,\"at\":$4,\"boot\":\"00000000-0000-4000-8000-000000000000\""
    header+=",\"up\":1,\"clock\":\"trusted\",\"kind\":\"$2\",\"id\":\"$id\"$5}"
    header=$(printf '%s' "$header" | od -An -v -tx1 | tr -d ' \n')
    echo "INSERT INTO record VALUES (1103,'t-1',$(bytes $epoch),$1,$(bytes "$id"),'$2','$3',$4,
        $(($4 + 120000)),0,$(bytes "$zeros"),$(bytes "$header"),$(bytes ''),$(bytes "$zeros"));"
}
application() { # SEQ NUMBER ITEM AT
    record "$1" application "$2" "$4" ",\"key\":\"0102030405060708\",\"number\":\"$2\",\"item\":\"$3\",\"item_version\":3,\"form_version\":1"
}
rating() { # SEQ SCORE AT
    record "$1" rating '' "$3" ",\"score\":$2,\"set\":1,\"item\":\"$card\",\"item_version\":3,\"form_version\":1"
}
{
    echo "UPDATE terminal SET epoch=$(bytes $epoch), registration=1;"
    echo "INSERT INTO chain VALUES (1103,'t-1',$(bytes $epoch),1,$(bytes 00),9,$(bytes "$zeros"),$(bytes 00),$((five + 80 * day)));"
    record 1 start '' $((five - 300000)) ''
    application 2 $one $card $five
    application 3 $two $card $five
    application 4 $three $licence $((five + 30 * day)) # 4 February
    rating 5 5 $((five + 60000))
    rating 6 2 $((five + 31 * day))
    record 7 availability '' $((five + 10 * day)) ',"role":"repair","staff":"王","what":"out"'
    record 8 availability '' $((five + 10 * day + 5400000)) ',"staff":"王","what":"in"'
} | sql && "$build/hallctl" rebuild --data "$work/hall" >/dev/null || exit 1

data=(--data "$work/hall")
a=("${data[@]}" --staff 张三 --post 受理岗)
act() { # TIME ARGUMENTS…
    local at=$1
    shift
    "$build/hallctl" --clock 2026-04-02T12:00:00+08:00 case "$@" "${a[@]}" --at "$at" >"$work/out" 2>&1 ||
        { sed 's/^/# /' "$work/out"; echo "not ok report: preparing: $*"; }
}
act 2026-01-05T09:00:00+08:00 receive $one --office 1103
act 2026-01-05T09:10:00+08:00 accept $one
act 2026-01-07T09:00:00+08:00 examine $one --reason 齐全
act 2026-01-12T09:00:00+08:00 decide $one --result granted
act 2026-01-05T09:00:00+08:00 receive $two --office 1103
act 2026-01-05T09:10:00+08:00 accept $two
act 2026-01-07T09:00:00+08:00 stop $two --procedure inspection --law 某法 --days 5
act 2026-01-09T09:00:00+08:00 resume $two --reason 符合
act 2026-02-09T09:00:00+08:00 examine $two --reason 齐全
act 2026-02-10T09:00:00+08:00 decide $two --result denied --reason 不符
act 2026-02-05T09:00:00+08:00 receive $three --office 1103
act 2026-02-05T09:10:00+08:00 supplement $three --reason 缺相片

now=2026-04-02T12:00:00+08:00
report() { "$build/hallctl" --clock "$now" report "$@" "${data[@]}" >"$work/out" 2>"$work/err"; }
check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    report "$@"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok report: $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok report: $name: exit $got, expected $want"
    fi
}
holds() { # NAME FILTER
    if [ -s "$work/out" ] && jq -e "$2" "$work/out" >/dev/null 2>&1; then echo "ok report: $1"; else
        head -c 2500 "$work/out" | sed 's/^/# /'
        echo "not ok report: $1"
    fi
}
says() { # NAME TEXT
    if cat "$work/out" "$work/err" | grep -qF -- "$2"; then echo "ok report: $1"; else
        cat "$work/out" "$work/err" | head -c 2500 | sed 's/^/# /'
        echo "not ok report: $1"
    fi
}

check "no period" 2 --json
check "a period that is none" 2 --period 2026-Q5
says "which there are" "2026-01, 2026-Q1, 2026-H1 or 2026"
check "a period that has not begun" 2 --period 2026-05
check "a group that is none" 2 --period 2026-Q1 --by moon
check "two forms" 2 --period 2026-Q1 --csv --json
check "a figure that is none" 2 prove happiness --period 2026-Q1
check "prove without a figure" 2 prove --period 2026-Q1
check "a word too many" 2 tell --period 2026-Q1
check "a chart of no figure" 2 --period 2026-Q1 --svg happiness

check "the quarter" 0 --period 2026-Q1 --json
holds "counted by hand" '.total | .received == 3 and .accepted == 2 and .finished == 2 and .granted == 1 and .denied == 1
    and ."on-time" == 1 and .promised == 2 and ."same-day" == 0 and .open == 1 and .overdue == 0
    and .rated == 2 and .satisfied == 1 and .dissatisfied == 1'
holds "when it is due" '.due == "2026-04-10" and .until == "2026-03-31"'
holds "an hour and a half of a quarter out of service" '.total | .service == 86 * 1440 - 55 and .service - ."in-service" == 90'
check "January" 0 --period 2026-01 --json
holds "as it stood then" '.total | .received == 2 and .finished == 1 and ."on-time" == 1 and .open == 1 and .overdue == 0'
check "February" 0 --period 2026-02 --json
holds "the one that was late" '.total | .received == 1 and .finished == 1 and ."on-time" == 0 and .promised == 1 and .open == 1'
now=2026-02-09T12:00:00+08:00 check "a month that is not over" 0 --period 2026-02
says "until when it counts" "数字截至2026-02-09"
check "the half-year, not over either" 0 --period 2026-H1 --by month --json
holds "months that have begun" '(.rows | map(.key)) == ["2026-01","2026-02","2026-03","2026-04"] and .total.received == 3
    and (.rows | map(.received)) == [2,1,0,0] and (.rows | map(.open)) == [1,1,1,1]'
check "by department" 0 --period 2026-Q1 --by department --json
holds "two of them" '(.rows | length) == 2 and .rows[0].received == 2 and .rows[1].received == 1
    and .rows[1].name == "示例区公安分局交通警察大队" and (.rows[0] | has("service") | not)'
check "by item" 0 --period 2026-Q1 --by item --json
holds "with their names" ".rows[0] | .key == \"$card\" and .name == \"居民身份证有效期满换领\" and .rated == 2"
check "by site" 0 --period 2026-Q1 --by site --json
holds "where the terminal stands" '.rows | length == 1 and .[0].key == "城东政务服务 24 小时自助" and (.[0].service > 0)'
check "one department" 0 --period 2026-Q1 --department 示例区公安分局交通警察大队 --json
holds "its cases alone" '.total | .received == 1 and .rated == 0 and .service == 0'
check "another office" 0 --period 2026-Q1 --office 1104 --json
holds "that has none" '.total | .received == 0 and .service == 0'
check "in words" 0 --period 2026-Q1 --by department
says "whose heading says when it is due" "2026年第一季度（2026-01-01至2026-03-31），应于2026-04-10前报出"
says "with the share" "50.0%（有承诺期限2）"

# every figure is what its list adds up to
report --period 2026-Q1 --json
cp "$work/out" "$work/whole"
bad=
for figure in $(jq -r '.total | keys[] | select(. != "key" and . != "name")' "$work/whole"); do
    report prove "$figure" --period 2026-Q1 --json || bad+=" $figure"
    jq -e "map(.adds) | add // 0 | . == $(jq ".total.\"$figure\"" "$work/whole")" "$work/out" >/dev/null || bad+=" $figure"
done
if [ -z "$bad" ]; then echo "ok report: every figure proven"; else echo "not ok report: not proven:$bad"; fi
check "prove one that was in time" 0 prove on-time --period 2026-Q1 --json
holds "by its events and the day" "length == 1 and .[0].number == \"$one\" and .[0].promise == \"2026-02-02\" and
    (.[0].events | map(.event)) == [\"receive\",\"accept\",\"examine\",\"decide\"] and (.[0].chain | length) == 64"
check "prove in words" 0 prove finished --period 2026-Q1
says "with the sum" "办结，2026年第一季度：2，由以上2条得出"
says "with its days" "$two  2026-01-05  1 receive 2026-01-05"
check "prove of January alone" 0 prove open --period 2026-01 --json
holds "the events up to then" 'length == 1 and (.[0].events | map(.event)) == ["receive","accept","stop","resume"]'
check "prove what a terminal told" 0 prove in-service --period 2026-Q1 --json
holds "its pause" '[.[] | select(.told) | .told] == ["start","out","in"] and ([.[] | select(.told == null)] | length) == 1'

check "a row at a time" 0 prove received --period 2026-Q1 --office 1103 --limit 1 --json
holds "the first" "map(.number) == [\"$one\"]"
check "and on" 0 prove received --period 2026-Q1 --office 1103 --after $one --json
holds "those behind it" "map(.number) == [\"$two\",\"$three\"]"
check "of ratings" 0 prove rated --period 2026-Q1 --office 1103 --limit 1 --json
check "and on" 0 prove rated --period 2026-Q1 --office 1103 --after "$(jq -r '.[0].record' "$work/out")" --json
holds "the other one" 'length == 1 and .[0].score == 2'
check "rows of no office" 2 prove received --period 2026-Q1 --after $one
check "no rows" 2 prove received --period 2026-Q1 --limit 0

# steps: what each took, and the cases it follows from
check "steps" 0 steps --period 2026-Q1 --json
holds "the slowest first" '.rows | length > 0 and (map(if .limit == 0 then .used * 1000000 else .used / .limit end) | . == (sort | reverse))'
cp "$work/out" "$work/steps"
for kind in $(jq -r '.rows[].kind' "$work/steps" | sort -u); do
    check "$kind, case by case" 0 steps "$kind" --period 2026-Q1 --json
    holds "adds up to its rows" "[length, (map(.used) | add), (map(.limit) | add), (map(select(.late)) | length)] == $(jq -c \
        "[.rows[] | select(.kind == \"$kind\")] | [(map(.cases) | add), (map(.used) | add), (map(.limit) | add), (map(.late) | add)]" "$work/steps")"
done
check "steps of a month" 0 steps decide-step --period 2026-01 --json
holds "three working days after the examination" "length == 1 and .[0].number == \"$one\" and .[0].used == 3 and .[0].from == \"2026-01-07\""
check "steps in words" 0 steps --period 2026-Q1
says "with their post" "决定（制证岗）：2件用4天"
check "steps for spreadsheets" 0 steps --period 2026-Q1 --csv
says "with a head" "事项编码,事项,环节,岗位"
check "a step that is none" 2 steps dance --period 2026-Q1
check "rows of all steps" 2 steps --period 2026-Q1 --limit 3
check "a chart beside the figures" 0 --period 2026-Q1 --by department --svg received --json
holds "is in the answer" '(.chart | startswith("<svg")) and (.rows | length) == 2'

check "CSV" 0 --period 2026-Q1 --by department --csv
cp "$work/out" "$work/report.csv"
check "a chart" 0 --period 2026-Q1 --by department --svg received
cp "$work/out" "$work/bars.svg"
check "a chart over months" 0 --period 2026-Q1 --by month --svg on-time
cp "$work/out" "$work/line.svg"
check "a page" 0 --period 2026-Q1 --by department --html "$work/page.html"
python3 - "$work" <<'PY'
import csv
import io
import sys
import xml.etree.ElementTree as tree

work = sys.argv[1]
text = open(f'{work}/report.csv', 'rb').read()
assert text.startswith(b'\xef\xbb\xbf') and text.endswith(b'\r\n')
rows = list(csv.reader(io.StringIO(text.decode('utf-8-sig'), newline=''), strict=True))
good = (len(rows) == 4 and len({len(r) for r in rows}) == 1 and rows[0][2] == '收件 received' and rows[3][1] == '合计'
        and sum(int(r[2]) for r in rows[1:3]) == int(rows[3][2]) == 3 and rows[1][-1] == '' and rows[3][-1] != '')
print('ok report: CSV as Python reads it' if good else f'not ok report: CSV as Python reads it: {rows}')

svg = '{http://www.w3.org/2000/svg}'
bars, line = (tree.parse(f'{work}/{name}.svg').getroot() for name in ('bars', 'line'))
widths = [float(r.get('width')) for r in bars.findall(f'{svg}rect')[1:]]
words = [''.join(t.itertext()) for t in bars.iter(f'{svg}text')]
good = len(widths) == 2 and abs(widths[0] - 2 * widths[1]) < 0.2 and '收件，2026年第一季度' in words and '2' in words
print('ok report: bars as long as their numbers' if good else f'not ok report: bars as long as their numbers: {widths} {words}')
heights = [float(c.get('cy')) for c in line.iter(f'{svg}circle')]
words = [''.join(t.itertext()) for t in line.iter(f'{svg}text')]
good = (len(heights) == 2 and heights[0] < heights[1] and '100.0%' in words and '－' in words
        and '按期办结占有承诺期限的比例（%），2026年第一季度' in words)
print('ok report: a line over months' if good else f'not ok report: a line over months: {heights} {words}')

page = open(f'{work}/page.html', encoding='utf-8').read()
good = page.count('<svg') == 2 == page.count('</svg>') and '张三' not in page and '应于2026-04-10前报出' in page and '统计负责人' in page
print('ok report: a page to sign, which names nobody' if good else 'not ok report: a page to sign, which names nobody')
PY
[ -z "${REPORT_KEEP:-}" ] || cp -r "$work" "$REPORT_KEEP"
