#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl case from outside: delivered applications are taken in, accepted, stopped, decided, delivered; what may not be is
# refused with a reason and an audit row; dates are those counted by hand. On SQLite, or where TEST_DATABASE names a
# PostgreSQL server (hall/postgres.sh) in a schema of its own there. Usage: case.sh BUILD
set -u
if [ "$(id -u)" = 0 ] && [ -z "${CASE_MOUNT:-}" ] && unshare -m true 2>/dev/null; then
    CASE_MOUNT=yes exec unshare -m "$0" "$@"
fi
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
hall=
stop() {
    [ -z "$hall" ] || kill "$hall"
    umount "$work/small" 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT
# shellcheck source=tests/tools/cases.bash
. tests/tools/cases.bash case
make_hall 3 3 99

now=2026-01-05T09:00:00+08:00
ctl() { "$build/hallctl" --clock "$now" case "$@" >"$work/out" 2>"$work/err"; }
check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    ctl "$@"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok case: $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok case: $name: exit $got, expected $want"
    fi
}
says() { # NAME TEXT, on stdout or stderr
    if cat "$work/out" "$work/err" | grep -qF -- "$2"; then echo "ok case: $1"; else
        cat "$work/out" "$work/err" | head -c 1500 | sed 's/^/# /'
        echo "not ok case: $1"
    fi
}
holds() { # NAME FILTER: true of the JSON that was printed
    if [ -s "$work/out" ] && jq -e "$2" "$work/out" >/dev/null 2>&1; then echo "ok case: $1"; else
        head -c 1500 "$work/out" | sed 's/^/# /'
        echo "not ok case: $1"
    fi
}
refused() { # REASON ARGUMENTS…: exit 4, that word, an audit row, and not one event more
    local reason=$1 before after audits
    shift
    before=$(ask 'SELECT count(*) FROM case_event')
    audits=$(ask "SELECT count(*) FROM audit WHERE reason LIKE 'refused: $reason;%'")
    ctl "$@" --json
    local got=$?
    after=$(ask 'SELECT count(*) FROM case_event')
    audits=$(($(ask "SELECT count(*) FROM audit WHERE reason LIKE 'refused: $reason;%'") - audits))
    if [ "$got" = 4 ] && [ "$before" = "$after" ] && [ "$audits" = 1 ] && grep -q 'Nothing was changed' "$work/err" &&
        jq -e ".refused == \"$reason\" and .words and .remedy" "$work/out" >/dev/null; then
        echo "ok case: $1 refused: $reason"
    else
        cat "$work/out" "$work/err" | sed 's/^/# /'
        echo "not ok case: $1 refused: $reason (exit $got, $audits audit rows, events $before and $after)"
    fi
}

data=(--data "$work/hall")
a=("${data[@]}" --staff 张三 --post 受理岗)
one=${numbers[1]} two=${numbers[2]} three=${numbers[3]}

check "no verb" 2
check "unknown verb" 2 sing
check "no number" 2 accept "${a[@]}"
check "a number with a wrong digit" 2 accept 1103001260105000019 "${a[@]}"
check "staff without a post" 2 accept "$one" "${data[@]}" --staff 张三
check "an option of another verb" 2 accept "$one" "${a[@]}" --law 某法
check "a number nobody knows" 3 accept "${numbers[5]}" "${a[@]}"
check "words of two lines" 2 supplement "$one" "${a[@]}" --reason $'a\nb'
check "a procedure that is none" 2 stop "$one" "${a[@]}" --procedure tea --law 某法 --days 3

check "list of new ones" 0 list "${data[@]}" --office 1103 --stage new --json
holds "three are new" 'length == 3 and all(.[]; .stage == "new" and .version == 0 and .due == "2026-01-05")'
refused not-received accept "$one" "${a[@]}"
check "explain before it is taken in" 0 explain "$one" "${data[@]}" --json
holds "the law's limit for acceptance runs" 'length == 1 and .[0].limit == "accept" and .[0].due == "2026-01-12"'
check "receive all" 0 receive "${a[@]}" --office 1103
says "three taken in" "3 taken in"
says "whose limits are not known" "case $three: no catalogue here has version 99 of its item"
refused received-already receive "$one" "${a[@]}" --office 1103
check "accept one whose limits are not known" 0 accept "$three" "${a[@]}"
check "explain what is not known" 0 explain "$three" "${data[@]}" --json
holds "unknown is said" 'map(select(.limit == "promise")) | .[0].days == null and .[0].due == null and
    .[0].words["zh-CN"] == "事项没有写明期限，不推算日期"'

refused in-the-future accept "$one" "${a[@]}" --at 2026-01-05T09:00:01+08:00
refused before-application accept "$one" "${a[@]}" --at 2026-01-05T00:59:59+08:00
refused before-last accept "$one" "${a[@]}" --at 2026-01-05T08:00:00+08:00
now=2026-01-04T09:00:00+08:00 refused before-application accept "$one" "${a[@]}" # its clock went back
refused not-responsible accept "$one" "${data[@]}" --staff 李四 --post 受理岗
refused changed accept "$one" "${a[@]}" --version 9
refused stage decide "$one" "${a[@]}" --result granted
now=2036-01-05T09:00:00+08:00 refused clock-doubted accept "$one" "${a[@]}" # its clock went ahead
check "accept" 0 accept "$one" "${a[@]}" --version 1 --json
holds "it is accepted" ".number == \"$one\" and .stage == \"accepted\" and .version == 2 and .staff == \"张三\""
refused stage accept "$one" "${a[@]}"

# a special procedure: three working days do not count
now=2026-01-12T10:00:00+08:00
check "hand over" 0 hand-over "$one" "${data[@]}" --staff 李四 --post 审核岗 --to 李四 --to-post 审核岗 --reason 张三休假
b=("${data[@]}" --staff 李四 --post 审核岗)
refused same-person hand-over "$one" "${b[@]}" --to 李四 --to-post 审核岗 --reason 无
refused not-stopped resume "$one" "${b[@]}" --reason 无
check "stop" 0 stop "$one" "${b[@]}" --procedure inspection --law 行政许可法第四十五条 --days 10
refused stopped examine "$one" "${b[@]}" --reason 齐全
refused stopped-already stop "$one" "${b[@]}" --procedure hearing --law 行政许可法第四十五条 --days 10
check "explain while it is stopped" 0 explain "$one" "${data[@]}"
says "at the latest" "（现仍停止，最迟到1月26日），故最迟"
now=2026-01-15T10:00:00+08:00
check "resume" 0 resume "$one" "${b[@]}" --reason 现场符合要求
check "explain" 0 explain "$one" "${data[@]}"
says "the sentence" "承诺期限: 自2026年1月5日起20个工作日，其间因现场勘察停3个工作日，故2月5日前"
check "explain in English" 0 explain "$one" "${data[@]}" --language en
says "the sentence in English" \
    "promised limit: 20 working days from 5 January 2026, stopped 3 working days for on-site inspection, so by 5 February"
check "explain as JSON" 0 explain "$one" "${data[@]}" --json
holds "rows" 'map(select(.limit == "promise")) | .[0] | .due == "2026-02-05" and .stops[0].days == 3
    and .stops[0].from == "2026-01-12" and .stops[0].until == "2026-01-15" and .words["zh-CN"] and .late == false'

# cards, each with step and post
now=2026-02-04T10:00:00+08:00
check "cards" 0 cards "${data[@]}" --office 1103 --json
holds "the promise is near, acceptance of the others is late" "
    (map(select(.number == \"$one\" and .rule == \"promise-soon\")) | length == 1 and .[0].level == \"reminder\" and
    .[0].staff == \"李四\" and (.[0].step | length > 0) and (.[0].post | length > 0)) and
    (map(select(.number == \"$two\" and .rule == \"accept-late\")) | length == 1 and .[0].level == \"red\")"
now=2026-02-06T10:00:00+08:00
check "cards the day after" 0 cards "${data[@]}" --office 1103 --json
holds "yellow" "map(select(.number == \"$one\" and .rule == \"promise-late\" and .level == \"yellow\")) | length == 1"
check "overdue" 0 overdue "${data[@]}" --office 1103 --out "$work/page.html" --json
holds "two cases" '.cases == 2'
python3 - "$work/page.html" "${one:0:4} ${one:4:3} ${one:7:6} ${one:13:5} ${one:18}" <<'PY'
import sys
from html.parser import HTMLParser


class Page(HTMLParser):
    cell, cells, open = None, [], []

    def handle_starttag(self, tag, attrs):
        self.cell = '' if tag in ('td', 'h1') else None
        if tag != 'meta':
            self.open.append(tag)

    def handle_data(self, text):
        if self.cell is not None:
            self.cell += text

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
        if self.cell is not None:
            self.cells.append(self.cell)
        self.cell = None


page = Page()
text = open(sys.argv[1], encoding='utf-8').read()
page.feed(text)
row = page.cells.index(sys.argv[2])
good = (not page.open and page.cells[0] == '逾期办件公示' and page.cells[row + 1] == '居民身份证有效期满换领'
        and any('故2月5日前，已超期' in c for c in page.cells) and '李四' not in text and '张三' not in text)
print('ok case: the page says it' if good else 'not ok case: the page says it: %s' % page.cells)
PY
now=2026-01-16T10:00:00+08:00

# a supplement, once
check "supplement" 0 supplement "$two" "${a[@]}" --reason "缺户口簿；缺相片"
refused supplement-twice supplement "$two" "${a[@]}" --reason 又缺一样
now=2026-01-20T10:00:00+08:00
check "supplied" 0 supplied "$two" "${a[@]}" --reason 户口簿、相片
refused supplement-twice supplement "$two" "${a[@]}" --reason 又缺一样
check "its acceptance" 0 explain "$two" "${data[@]}" --json
holds "acceptance runs from what came" 'map(select(.limit == "accept")) | .[0].due == "2026-01-27" and .[0].done == null'
refused tacit-not tacit "$two" "${a[@]}"
check "refuse" 0 refuse "$two" "${a[@]}" --reason 不属于本机关职权 --law 行政许可法第三十二条第一项
refused over accept "$two" "${a[@]}"

check "examine" 0 examine "$one" "${b[@]}" --reason 符合条件

# the disk is full in the middle of it: on a copy, on a small disk of its own that nobody else sees
full() {
    local before got
    mkdir "$work/small" && mount -t tmpfs -o size=6m none "$work/small" && cp -a "$work/hall" "$work/small/hall" || return 1
    before=$(sqlite3 "$work/small/hall/hall.db" 'SELECT count(*) FROM case_event')
    dd if=/dev/zero of="$work/small/fill" bs=4k >/dev/null 2>&1
    truncate -s -48K "$work/small/fill" # it opens, and there is no room for all of an event
    "$build/hallctl" --clock "$now" case decide "$one" --data "$work/small/hall" --staff 李四 --post 审核岗 --result denied \
        --reason "$(printf '字%.0s' {1..190})" >"$work/out" 2>"$work/err"
    got=$?
    rm "$work/small/fill"
    [ "$got" = 1 ] && grep -q 'nothing was changed: .*full' "$work/err" &&
        [ "$(sqlite3 "$work/small/hall/hall.db" 'SELECT count(*) FROM case_event')" = "$before" ] &&
        "$build/hallctl" --clock "$now" case decide "$one" --data "$work/small/hall" --staff 李四 --post 审核岗 --result granted \
            >"$work/out" 2>&1
}
if [ -z "${CASE_MOUNT:-}" ] || [ -n "${TEST_DATABASE:-}" ]; then
    echo "# skipped: only on SQLite, as root, where a file system can be mounted"
    echo "skip case: a full disk"
elif full; then echo "ok case: a full disk"; else
    cat "$work/out" "$work/err" | sed 's/^/# /'
    echo "not ok case: a full disk"
fi

# four decide at once: one decision, and the others are told
for i in 1 2 3 4; do
    "$build/hallctl" --clock "$now" case decide "$one" "${b[@]}" --result granted --version 6 --json \
        >"$work/decide$i" 2>"$work/told$i" &
    pids[i]=$!
done
codes=
for i in 1 2 3 4; do
    wait "${pids[i]}"
    codes+="$? "
done
decisions=$("$build/hallctl" case show "$one" "${data[@]}" --json | jq 'map(select(.event == "decide")) | length')
told=$(cat "$work"/told* | grep -c 'it is decided already (granted by 李四 on 2026-01-20). Nothing was changed')
if [ "$(tr -d ' ' <<<"$codes" | fold -w1 | sort | tr -d '\n')" = 0444 ] && [ "$decisions" = 1 ] && [ "$told" = 3 ]; then
    echo "ok case: four decide at once"
else
    cat "$work"/told* "$work"/decide* | sed 's/^/# /'
    echo "not ok case: four decide at once: exits $codes, $decisions decisions, $told told"
fi
refused decided withdraw "$one" "${b[@]}" --reason 不办了
check "deliver" 0 deliver "$one" "${b[@]}"
refused over deliver "$one" "${b[@]}"
check "withdraw" 0 withdraw "$three" "${a[@]}" --reason 申请人撤回

check "show" 0 show "$one" "${data[@]}" --json
holds "all that happened" 'map(.event) == ["receive","accept","hand-over","stop","resume","examine","decide","deliver"]'
check "show for people" 0 show "$one" "${data[@]}"
says "with who and why" "hand-over     李四, 审核岗; to 李四, 审核岗: 张三休假"

# the dates from the record alone, without the hall
"$build/hallctl" case show "$one" "${data[@]}" --json >"$work/events"
chain=$("$build/hallctl" case show "$one" "${data[@]}" | sed -n 's/^chain //p')
check "recompute" 0 recompute --events "$work/events" --catalogue "$work/1.db" --json
holds "the same case" ".number == \"$one\" and .stage == \"delivered\" and .chain == \"$chain\""
jq .limits "$work/out" >"$work/again"
check "explain once more" 0 explain "$one" "${data[@]}" --json
if jq . "$work/out" | cmp -s - "$work/again"; then echo "ok case: recomputed the same"; else
    diff <(jq . "$work/out") "$work/again" | head -20 | sed 's/^/# /'
    echo "not ok case: recomputed the same"
fi
jq 'del(.[4])' "$work/events" >"$work/cut"
check "recompute with an event left out" 1 recompute --events "$work/cut" --catalogue "$work/1.db"
says "which" "event 6 does not follow"
jq '.[3].limit.day = 1' "$work/events" >"$work/changed"
check "recompute with an event changed" 0 recompute --events "$work/changed" --catalogue "$work/1.db" --json
holds "another chain" ".chain != \"$chain\" and (.chain | length == 64)"
check "recompute without a file" 3 recompute --events "$work/none" --catalogue "$work/1.db"

# derived anew the same
rows() { ask 'SELECT * FROM cases ORDER BY number'; }
rows >"$work/before"
ask 'DELETE FROM cases'
"$build/hallctl" rebuild --data "$work/hall" >/dev/null
rows >"$work/after"
if cmp -s "$work/before" "$work/after" && [ "$(wc -l <"$work/after")" = 3 ]; then echo "ok case: rebuilt the same"; else
    diff "$work/before" "$work/after" | sed 's/^/# /'
    echo "not ok case: rebuilt the same"
fi
check "recount" 0 recount "${data[@]}" --json
rows >"$work/after"
if cmp -s "$work/before" "$work/after"; then echo "ok case: recounted the same"; else echo "not ok case: recounted the same"; fi

# the item was changed before anybody took the application in: it keeps what its applicant saw. A running hall does not mind.
cp -r tests/catalogues/zone "$work/items"
sed -i 's/"task_version": 3/"task_version": 4/; s/"promise": { "day": 20/"promise": { "day": 22/; s/"task_type": "07"/"task_type": "01"/
    s/"special_procedures": \[\]/"special_procedures": ["专家评审30日"]/
    /"promise"/s/$/ "tacit": { "result": "granted", "by_law": "某法第九条" },/' \
    "$work/items/identity-card-renewal.json"
publish "$work/items" 2 >"$work/made" 2>&1 || { cat "$work/made"; exit 1; }
{
    deliver 4 3
    deliver 5 4
} | sql
"$build/hallctl" rebuild --data "$work/hall" >/dev/null
"$build/hall" --json --data "$work/hall" --listen 127.0.0.1:0 >"$work/ready" 2>"$work/hall.log" &
hall=$!
for _ in $(seq 100); do [ -s "$work/ready" ] && break; sleep 0.1; done
grep -q listening "$work/ready" || { sed 's/^/# /' "$work/hall.log"; echo "not ok case: a hall runs"; }
now=2026-01-05T09:00:00+08:00
check "receive beside a running hall" 0 receive "${a[@]}" --office 1103
check "accept one of the older version" 0 accept "${numbers[4]}" "${a[@]}"
check "explain the older version" 0 explain "${numbers[4]}" "${data[@]}" --json
holds "its limit" 'map(select(.limit == "promise")) | .[0].days == 20'
refused tacit-not-due tacit "${numbers[5]}" "${a[@]}"
now=2026-01-12T23:59:00+08:00 refused tacit-not-due tacit "${numbers[5]}" "${a[@]}"
now=2026-01-13T00:00:00+08:00
refused silence-counted supplement "${numbers[5]}" "${a[@]}" --reason 缺户口簿
check "a licence nobody answered is accepted by law" 0 tacit "${numbers[5]}" "${a[@]}" --json
holds "from the day it was handed in" '.stage == "accepted"'
check "explain the newer version" 0 explain "${numbers[5]}" "${data[@]}" --json
holds "from the day of the application" \
    'map(select(.limit == "promise")) | .[0].days == 22 and .[0].from == "2026-01-05" and .[0].due == "2026-02-04"'

law=(--law 某法第十条 --days 5)
refused procedure-not-named stop "${numbers[5]}" "${a[@]}" --procedure inspection "${law[@]}"
refused procedure-not-named stop "${numbers[5]}" "${a[@]}" --procedure test "${law[@]}"
check "one that it names" 0 stop "${numbers[5]}" "${a[@]}" --procedure review "${law[@]}"
check "over within the day: no day is lost" 0 resume "${numbers[5]}" "${a[@]}" --reason 评审已毕

ask "UPDATE chain SET at = $((1767546000000 + 60 * 86400000))" # terminals were heard of
# the law of this item decides in silence; a week before that there is a warning
now=2026-03-06T10:00:00+08:00
check "cards before silence counts" 0 cards "${data[@]}" --office 1103 --json
holds "a warning" "map(select(.number == \"${numbers[5]}\" and .level == \"tacit\")) | length == 1 and .[0].rule == \"tacit-soon\""
refused tacit-not-due tacit "${numbers[5]}" "${a[@]}"
now=2026-03-07T00:00:00+08:00
refused tacit-not tacit "${numbers[4]}" "${a[@]}" # the version its applicant saw had no such law
check "decided by law" 0 tacit "${numbers[5]}" "${a[@]}" --json
holds "that is a decision" '.stage == "decided"'
check "show what the law did" 0 show "${numbers[5]}" "${data[@]}"
says "with the law" "decide-tacit  张三, 受理岗; granted; 某法第九条"

# a special procedure is one that the item names, where it names any
check "the older version names none: any will do" 0 stop "${numbers[4]}" "${a[@]}" --procedure inspection --law 某法 --days 3

# what was changed in the database from outside is not taken for a case
ask "UPDATE case_event SET event = $(bytes 7b7d) WHERE number = '${numbers[4]}' AND seq = 1"
check "changed from outside" 1 show "${numbers[4]}" "${data[@]}"
says "what to do" "restore it from the backup"
