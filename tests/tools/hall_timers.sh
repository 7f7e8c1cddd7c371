#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the hall's timers start (board/hall): each morning what is due is told once, of every office, and stands in cards.txt; each
# night a copy is made, read again, and the oldest goes. Usage: hall_timers.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/tools/cases.bash
. tests/tools/cases.bash hall_timers
make_hall 3 3
"$build/hallctl" terminal add --data "$work/hall" --id t-2 --office 1204 --place tools/scenario/place.json --hall https://127.0.0.1:1 \
    --out "$work/sheet-2" >/dev/null || exit 1
mkdir "$work/libexec"
for s in daily backup; do install board/hall/$s.sh "$work/libexec/$s"; done
cat >"$work/libexec/hallctl" <<END
#!/bin/sh
exec "$build/hallctl" --clock "\$NOW" "\$@"
END
chmod 755 "$work/libexec/hallctl"
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok hall_timers: $1"; else
        tail -n 5 "$work/out" "$work/err" | sed 's/^/# /'
        echo "not ok hall_timers: $1"
    fi
}
run() { "$work/libexec/$1" "$work/hall" "${@:2}" >"$work/out" 2>"$work/err"; }

export NOW=2026-01-05T09:00:00+08:00
"$work/libexec/hallctl" case receive --data "$work/hall" --office 1103 --staff 李 --post 受理岗 >/dev/null || exit 1
export NOW=2026-01-12T06:30:00+08:00
run daily
result "a morning" $?
grep -q "^[1-9][0-9]* added$" "$work/out"
result "what is due is put into the outbox" $?
grep -q "${numbers[1]}" "$work/hall/cards.txt" && [ "$(stat -c %a "$work/hall/cards.txt")" = 640 ]
result "and stands in the list" $?
grep -q "截至2026-01-12" "$work/hall/feeds/1103/overdue.html" && grep -q "截至2026-01-12" "$work/hall/feeds/1204/decisions.html"
result "and on the pages of each office, with their date" $?
run daily && grep -q "^0 added$" "$work/out"
result "the same morning again adds nothing" $?
mv "$work/hall/hall.db" "$work/hall.db"
! run daily && grep -q "${numbers[1]}" "$work/hall/cards.txt"
result "a morning that fails says so, and the list of before stays" $?
mv "$work/hall.db" "$work/hall/hall.db"

mkdir "$work/copies" "$work/copies/2026-01-01.new"
for day in 01 02 03; do mkdir "$work/copies/2025-12-$day"; done
run backup "$work/copies" 3
result "a night" $?
[ "$(cd "$work/copies" && echo *)" = "2025-12-02 2025-12-03 $(date +%Y-%m-%d)" ]
result "three copies stay, the oldest and half a one are gone" $?
"$build/hallctl" backup --check "$work/copies/$(date +%Y-%m-%d)" >"$work/out" 2>"$work/err"
result "and it is whole" $?
run backup "$work/copies" 9 && [ "$(cd "$work/copies" && ls | wc -l)" = 4 ]
result "twice a day are two copies" $?
mv "$work/hall/hall.db" "$work/hall.db"
! run backup "$work/copies" 2 && [ "$(cd "$work/copies" && ls -d [0-9]*[0-9] | wc -l)" = 4 ]
result "a night that fails removes none" $?
