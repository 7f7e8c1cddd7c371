#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A year of a hall, made by a seed (year_make.mjs), brought into it through the store and its rules (year.c); then deadlines and
# cards of every case, in the middle of the year and at its end, all reports, what they stand on, and the national tables of a
# full day are compared with what another program in another language counts (year_check.mjs, exchange_check.py). Skipped,
# and counted so, where npm's packages are absent. Usage: year.sh BUILD [CASES] [SEED]
set -u
build=$(realpath "$1") cases=${2:-2000} seed=${3:-2026}
cd "$(dirname "$0")/../.." || exit 2
if ! reason=$(tests/npm.sh); then
    echo "# skipped: $reason"
    echo "skip year"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stop() { sed 's/^/# /' "$work/made" | tail -20; echo "not ok year: $1"; exit 1; }
hall() { "$build/hallctl" --clock 2026-12-31T18:00:00+08:00 "$@"; }
add() { # TERMINAL PLACE
    hall terminal add --data "$work/hall" --id "$1" --office 1103 --place "$2" --hall https://127.0.0.1:1 --out "$work/$1"
}
sed 's/城东/城西/; s/Chengdong/Chengxi/' tools/scenario/place.json >"$work/west.json"
{
    node tests/hall/year_items.mjs tests/catalogues/zone "$work/items" && "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test &&
        "$build/hallctl" catalog build "$work/items" --calendar assets/catalog/calendar --out "$work/1.db" --version 1 &&
        "$build/hallctl" catalog sign "$work/1.db" --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog publish --data "$work/hall" && add t-1 tools/scenario/place.json && add t-2 tools/scenario/place.json &&
        add t-3 "$work/west.json" && add t-4 "$work/west.json" &&
        node tests/hall/year_make.mjs "$work/items" "$cases" "$seed" >"$work/lines"
} >"$work/made" 2>&1 || stop "made"
cp -r "$work/hall" "$work/half"
"$build/tests/hall/year" load "$work/half" "$(date -d 2026-07-01T00:00:00+08:00 +%s)000" <"$work/lines" >"$work/made" 2>&1 || stop "half of it taken in"
"$build/tests/hall/year" load "$work/hall" 9000000000000 <"$work/lines" >"$work/made" 2>&1 || stop "taken in"
echo "ok year: the rules take what happened"
mkdir "$work/told"
"$build/tests/hall/year" bundles "$work/hall" >"$work/told/bundles" 2>"$work/made" || stop "bundles"
"$build/tests/hall/year" tell "$work/half" 20260630 >"$work/told/days-2026-06-30" 2>"$work/made" || stop "days"
"$build/tests/hall/year" tell "$work/hall" 20261231 >"$work/told/days-2026-12-31" 2>"$work/made" || stop "days"
"$build/hallctl" --clock 2026-06-30T18:00:00+08:00 case cards --data "$work/half" --office 1103 --json >"$work/told/cards-2026-06-30" || stop "cards"
hall case cards --data "$work/hall" --office 1103 --json >"$work/told/cards-2026-12-31" || stop "cards"
for by in all department item site month; do
    [ $by = all ] && group=() || group=(--by $by)
    for period in 2026 2026-H1 2026-Q3 2026-02; do
        hall report --data "$work/hall" --period $period "${group[@]}" --json >"$work/told/report-$period-$by" || stop "report $period by $by"
    done
done
for figure in received accepted refused withdrawn finished tacit same-day on-time at-once in-law days-saved open overdue satisfied in-service; do
    for period in 2026 2026-Q2; do
        hall report prove $figure --data "$work/hall" --period $period --json >"$work/told/prove-$period-$figure" || stop "prove $figure"
    done
done
node tests/hall/year_check.mjs "$work/items" "$work/lines" "$work/told" "$cases"

# the day on which most was done, as the data centre gets it
day=$(node tests/hall/year_check.mjs --fullest-day "$work/lines")
printf 'data_source\t051\ncd_operation\tI\nanticipate_type.working-day\t1\npromise_type.working-day\t1\nresult_type.granted\t1\nresult_type.denied\t2\n' >"$work/codes"
hall exchange --data "$work/hall" --day "$day" --out "$work/exchange" --codes "$work/codes" --json >"$work/summary" 2>"$work/made" || stop "exchange"
python3 tests/hall/exchange_check.py "$work/exchange" "$work/summary" "$work/lines" "$day" "$work/items"

# one of the bundles as whoever keeps its cases sees it
read -r _ bundle _ _ parts < <(tail -1 "$work/told/bundles")
if hall case list --data "$work/hall" --bundle "$bundle" --json >"$work/out" 2>&1 && [ "$(jq length "$work/out")" = "$parts" ]; then
    echo "ok year: a bundle lists its cases"
else
    sed 's/^/# /' "$work/out"
    echo "not ok year: a bundle lists its cases"
fi

# what the centre finds wrong comes back onto the cases
guid=$(cut -d, -f14 "$work/exchange/up_pro_process.csv" | tr -d '\r' | sed -n 2p)
number=${guid%%-*}
printf 'id,cd_time,err_type,remark,row_guid,table_cd_batch,table_cd_source,table_cd_time,table_name,table_row_guid,table_sql_name,table_update_time\r\n' >"$work/found.csv"
printf '1,%s 03:00:00,E-017,"受理人员, 为空",f-1,%s,051,,办理过程,%s,up_pro_process,\r\n' "$day" "${day//-/}" "$guid" >>"$work/found.csv"
printf '2,%s 03:00:00,E-018,,f-2,%s,051,,事项,0123456789abcdef,up_task_general_basic,\r\n' "$day" "${day//-/}" >>"$work/found.csv"
feedback() { # NAME WANTED-EXIT FILE FILTER
    hall exchange feedback "$3" --data "$work/hall" --json >"$work/out" 2>"$work/made"
    local got=$?
    if [ $got = "$2" ] && { [ -z "$4" ] || [ "$(jq "$4" "$work/out")" = true ]; }; then echo "ok year: $1"; else
        cat "$work/out" "$work/made" | sed 's/^/# /'
        echo "not ok year: $1: exit $got"
    fi
}
feedback "what the centre found is taken" 0 "$work/found.csv" '.kept == 1 and .known == 0 and .other == 1'
feedback "a second time it is known" 0 "$work/found.csv" '.kept == 0 and .known == 1 and .other == 1'
{ sed 's/f-1/f-3/' "$work/found.csv"; printf '3,,,,f-4\r\n'; } >"$work/broken.csv"
feedback "a file that breaks off is not taken" 1 "$work/broken.csv" ''
feedback "none" 3 "$work/none.csv" ''
hall case show "$number" --data "$work/hall" >"$work/out" 2>&1
if grep -qF "up_pro_process, batch ${day//-/}, found $day 03:00:00" "$work/out" && grep -q 'E-017: 受理人员, 为空$' "$work/out" &&
    [ "$(grep -c 'exchange error' "$work/out")" = 1 ]; then echo "ok year: the case says what was found"; else
    sed 's/^/# /' "$work/out"
    echo "not ok year: the case says what was found"
fi
hall exchange errors --data "$work/hall" --json >"$work/out"
if [ "$(jq -r '.[0].number + " " + (length | tostring)' "$work/out")" = "$number 1" ]; then echo "ok year: it is listed"; else echo "not ok year: it is listed"; fi
wrong() { # NAME ARGUMENTS…
    local name=$1
    shift
    hall exchange --data "$work/hall" "$@" >"$work/out" 2>"$work/made"
    [ $? = 2 ] && echo "ok year: $name" || echo "not ok year: $name"
}
wrong "no day" --out "$work/x"
wrong "a day that is none" --day 2026-02-30 --out "$work/x"
wrong "a day to come" --day 2027-01-01 --out "$work/x"
wrong "an office that is none" --day 2026-01-05 --out "$work/x" --office x
wrong "feedback without a file" feedback
wrong "a verb that is none" sing
