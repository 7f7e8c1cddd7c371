#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl green and queue check-in from outside: a card is issued, printed, read by a scanner, checked without the hall, used at
# the counter, once a day, and revoked; expired, forged, of another office, unreadable: each refused with its word and a row of the
# audit log. On SQLite, or where TEST_DATABASE names a PostgreSQL server in a schema of its own there. Usage: green.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash green
{
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test "${database[@]}" &&
        "$build/hallctl" catalog build tests/catalogues/zone --calendar tests/catalogues/zone/calendar --out "$work/1.db" &&
        "$build/hallctl" catalog sign "$work/1.db" --keys "$work/keys" --data "$work/hall" &&
        "$build/hallctl" catalog publish --data "$work/hall" &&
        for office in 1103 1204; do
            "$build/hallctl" terminal add --data "$work/hall" --id t-$office --office $office --place tools/scenario/place.json \
                --hall https://127.0.0.1:1 --out "$work/sheet-$office" || exit 1
        done
} >"$work/made" 2>&1
prepared "green: a hall with a catalogue" $? "$work/made"

# numbers as terminals delivered them, on two days
at=$(($(date -u -d 2026-01-05T09:01:00+08:00 +%s) * 1000))
{
    echo "INSERT INTO queue_known (queue, catalogue, name, recall, priority) VALUES ('general', 1, '综合受理', 3, 0), ('priority', 1, '优先窗口', 3, 1) ON CONFLICT (queue) DO NOTHING;"
    for office in 1103 1204; do
        for day in 20458 20459; do
            for i in 1 2 3; do
                echo "INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since) VALUES
                    ($office, $day, 'general', 'A 00$i', 't-$office', $((at + i)), 0, 0, 'general', $((at + i)));"
            done
        done
    done
} | sql >"$work/made" 2>&1
prepared "green: numbers" $? "$work/made"

now=2026-01-05T09:30:00+08:00
where=(--data "$work/hall" --office 1103)
check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    "$build/hallctl" --clock "$now" "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok green: $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok green: $name: exit $got, expected $want"
    fi
}
same() { # NAME GOT WANTED
    if [ "$2" = "$3" ]; then echo "ok green: $1"; else echo "not ok green: $1: \"$2\", expected \"$3\""; fi
}
says() { # NAME TEXT
    if grep -qF -- "$2" "$work/out" "$work/err"; then echo "ok green: $1"; else echo "not ok green: $1: $(head -c 300 "$work/out" "$work/err")"; fi
}
issue() { # NAME OFFICE KIND UNTIL [OPTION…]; $code and $card
    check "$1" 0 green issue --data "$work/hall" --office "$2" --kind "$3" --until "$4" --staff 李 --out "$work/card.html" --json "${@:5}"
    code=$(jq -r .code "$work/out") card=$(jq -r .card "$work/out")
}
come() { # NAME WANTED-EXIT NUMBER CODE
    check "$1" "$2" queue check-in "${where[@]}" --queue general --number "$3" --staff 李 --json --card "$4"
}
refused() { same "$1" "$(jq -r .refused "$work/out")" "$2"; }

# --- wrong ---
check "no verb" 2 green
check "a kind that is none" 2 green issue "${where[@]}" --kind young --until 2026-12-31 --staff 李 --out "$work/x.html"
check "a last day that is over" 2 green issue "${where[@]}" --kind elderly --until 2026-01-04 --staff 李 --out "$work/x.html"
check "a last day far away" 2 green issue "${where[@]}" --kind elderly --until 2126-12-31 --staff 李 --out "$work/x.html"
check "a day that is none" 2 green issue "${where[@]}" --kind elderly --until 2026-02-30 --staff 李 --out "$work/x.html"
check "a whole name is not kept" 2 green issue "${where[@]}" --kind elderly --until 2026-12-31 --staff 李 --out "$work/x.html" --holder 王建国
says "it says what is" "--holder is masked"
for holder in '王建国*' '110101199003070038*' $'王*\u202e' '**'$'\x01'; do
    check "nor with a star behind it" 2 green issue "${where[@]}" --kind elderly --until 2026-12-31 --staff 李 --out "$work/x.html" --holder "$holder"
done
check "an office without a terminal" 3 green issue --data "$work/hall" --office 1105 --kind elderly --until 2026-12-31 --staff 李 --out "$work/x.html"
check "revoke what nobody issued" 3 green revoke "${where[@]}" --serial 00000000 --staff 李 --reason 丢失
check "a serial of another office" 2 green revoke "${where[@]}" --serial 1204-00000000 --staff 李 --reason 丢失
check "nothing was issued" 0 green list "${where[@]}"
says "which is said" "no card was issued"
[ ! -e "$work/x.html" ]
same "and nothing was written" $? 0

# --- issued, printed, checked without the hall ---
issue "issued" 1103 elderly 2026-12-31 --holder "王*"
one=$code first=$card
grep -q "老年人" "$work/card.html" && grep -q "持卡人 王\*" "$work/card.html" && grep -qF "卡号 $first" "$work/card.html" &&
    grep -q "有效期至 2026年12月31日" "$work/card.html"
same "the page says what it must" $? 0
same "it is its owner's" "$(stat -c %a "$work/card.html")" 600
mkdir "$work/elsewhere" && cp "$work/hall/public/root.json" "$work/hall/public/green-1103.txt" "$work/elsewhere"
root=(--root "$work/elsewhere/root.json" --revoked "$work/elsewhere/green-1103.txt")
check "checked elsewhere" 0 green check "${root[@]}" --json "$one"
same "it counts, by the list of that day" "$(jq -r '"\(.counts) \(.kind) \(.revoked_as_of)"' "$work/out")" "true elderly 2026-01-05T09:30:00+08:00"
printf '%s\r\n' "$one" | "$build/hallctl" --clock "$now" green check --root "$work/elsewhere/root.json" >"$work/out" 2>&1
same "typed by a scanner" $? 0
says "that nobody looked whether it was revoked is said" "whether it was revoked was not looked for"
check "at its own office" 0 green check "${root[@]}" --office 1103 "$one"
check "at another one" 4 green check "${root[@]}" --office 1204 --json "$one"
refused "why" other-office
now=2027-01-01T00:00:00+08:00
check "the day after its last" 4 green check "${root[@]}" --json "$one"
refused "why" expired
now=2026-01-05T09:30:00+08:00
check "another last day than was signed" 4 green check "${root[@]}" --json "${one/2026-12-31/2027-12-31}"
refused "why" forged
check "half of it" 4 green check "${root[@]}" --json "${one:0:60}x"
refused "why" unreadable
"$build/hallctl" keys init --keys "$work/keys2" --data "$work/hall2" --test >/dev/null 2>&1
check "by another hall's root" 4 green check --root "$work/hall2/public/root.json" --json "$one"
refused "why" forged
sed 's/^TBR1 1103 [0-9]*/TBR1 1103 5/' "$work/elsewhere/green-1103.txt" >"$work/elsewhere/list"
check "a list that was changed" 4 green check --root "$work/elsewhere/root.json" --revoked "$work/elsewhere/list" "$one"
says "it is named" "no key of the hall's word has signed this list"
check "a list that is none" 1 green check --root "$work/elsewhere/root.json" --revoked "$work/elsewhere/root.json" "$one"

# --- at the counter ---
check "a window opens" 0 queue open "${where[@]}" --window 1 --queue general --staff 王
come "no such number" 3 "A 009" "$one"
come "the number becomes a priority number" 0 A003 "$one"
same "which, and for whom" "$(jq -r '"\(.number) \(.class) \(.holder) \(.card)"' "$work/out")" "A 003 priority 王* $first"
come "scanned twice" 0 "A 003" "$one"
same "it is done once" "$(ask "SELECT count(*) FROM ticket_event WHERE number = 'A 003' AND office = 1103")" 1
issue "a second card" 1103 elderly 2026-12-31 --holder "赵*"
second=$code
come "shown for a number that has priority" 4 "A 003" "$second"
refused "why" has-priority
come "for another number" 4 "A 002" "$one"
refused "why" used-today
says "and what to do" "it counts once a day"
check "who shows a card is next" 0 queue next "${where[@]}" --window 1 --staff 王
says "though two came before" "general A 003"
come "a number that was called" 4 "A 003" "$one"
refused "why" called-already
check "the others keep their order" 0 queue done "${where[@]}" --window 1 --staff 王
check "next" 0 queue next "${where[@]}" --window 1 --staff 王
says "the first that came" "general A 001"
issue "another office's card" 1204 military 2026-12-31
come "does not count here" 4 "A 002" "$code"
refused "why" other-office
come "a forged one" 4 "A 002" "${one/elderly/military}"
refused "why" forged
same "of which the hall tells no holder" "$(jq -r .holder "$work/out")" ""
come "what is no card" 4 "A 002" "https://example.org/"
refused "why" unreadable
issue "one for today" 1103 chosen 2026-01-05
short=$code
now=2026-01-06T09:30:00+08:00
come "tomorrow it is over" 4 "A 002" "$short"
refused "why" expired
come "the first card counts again" 0 "A 002" "$one"
check "revoked" 0 green revoke "${where[@]}" --serial "$first" --staff 李 --reason 丢失
come "then it does not" 4 "A 001" "$one"
refused "why" revoked
check "elsewhere by the new list" 4 green check --root "$work/elsewhere/root.json" --revoked "$work/hall/public/green-1103.txt" --json "$one"
refused "why" revoked
check "by the old list nobody can know" 0 green check "${root[@]}" "$one"
same "the list is readable for whoever serves it" "$(stat -c %a "$work/hall/public/green-1103.txt")" 644
check "revoked twice" 0 green revoke "${where[@]}" --serial "$first" --staff 李 --reason 丢失
says "says so" "was revoked before"
check "listed" 0 green list "${where[@]}" --json
same "as they stand" "$(jq -r '.[] | "\(.kind) \(.state) \(.holder)"' "$work/out" | sort | paste -sd ,)" "chosen over ,elderly counts 赵*,elderly revoked 王*"
check "a renewed key of the hall's word" 0 keys rotate acknowledgement --keys "$work/keys" --data "$work/hall"
issue "signs new ones" 1103 disabled 2026-12-31
come "which count" 0 "A 003" "$code"
same "each refusal stands in the log" \
    "$(ask "SELECT reason FROM audit WHERE action = 'queue-check-in' AND reason LIKE 'refused%' ORDER BY seq;" | sed 's/refused: \([^;]*\);.*/\1/' | paste -sd ,)" \
    "no-such-number,has-priority,used-today,called-already,other-office,forged,unreadable,expired,revoked"
same "with the card" "$(ask "SELECT subject FROM audit WHERE reason LIKE 'refused: used-today%';")" "$first"
same "who issued and revoked" "$(ask "SELECT action FROM audit WHERE office = 1103 AND action LIKE 'green%' ORDER BY seq;" | paste -sd ,)" \
    "green-issue,green-issue,green-issue,green-revoke,green-issue"
check "an account" 0 staff add --data "$work/hall" --office 1103 --id wang --name 王 --post 受理岗 --role window
check "who has none" 4 green issue "${where[@]}" --kind elderly --until 2026-12-31 --staff 李 --out "$work/x.html" --json
refused "why" no-role
same "and it stands in the log" "$(ask "SELECT count(*) FROM audit WHERE action = 'green-issue' AND reason LIKE 'refused: no-role%'")" 1
check "who has one" 0 green issue "${where[@]}" --kind elderly --until 2026-12-31 --staff 王 --out "$work/y.html"
check "the log is whole" 0 audit verify --data "$work/hall"
