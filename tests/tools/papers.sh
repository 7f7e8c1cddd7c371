#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl case paper from outside: each paper of a case as PDF, read again by poppler and by mupdf, says letter by letter what the
# record says, rare names too; its code is read by zbar and verified without a hall; the same paper is the same bytes; papers
# of what has not happened are refused. Usage: papers.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
for tool in sqlite3 jq python3 pdftotext pdftoppm mutool zbarimg; do
    command -v $tool >/dev/null || { echo "skip papers # $tool is not installed"; exit 0; }
done
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LSAN_OPTIONS=print_suppressions=0

digest=3b9f7a0011223344$(printf '0%.0s' {1..48}) # of the sealed bytes
unset TEST_DATABASE
# shellcheck source=tests/tools/cases.bash
. tests/tools/cases.bash papers
make_hall 3 3 3 3

now=2026-01-05T09:00:00+08:00
ctl() { "$build/hallctl" --clock "$now" case "$@" >"$work/out" 2>"$work/err"; }
check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    ctl "$@"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok papers: $name"; else
        head -c 1500 "$work/err" | sed 's/^/# /'
        echo "not ok papers: $name: exit $got, expected $want"
    fi
}
same() { # NAME WANTED GOT
    if [ "$2" = "$3" ]; then echo "ok papers: $1"; else
        printf 'wanted: %s\ngot:    %s\n' "$2" "$3" | sed 's/^/# /'
        echo "not ok papers: $1"
    fi
}
bare() { tr -d ' \n\f' | sed 's/　//g'; } # readers make blanks and line ends of their own
reads() { # NAME FILE WORDS…: two readers find these words, all of them, and nothing else
    local name=$1 file=$2 wanted
    shift 2
    wanted=$(printf '%s' "$@" | bare)
    same "$name, as poppler reads it" "$wanted" "$(pdftotext -raw "$file" - 2>/dev/null | bare)"
    same "$name, as mupdf reads it" "$wanted" "$(mutool draw -q -F txt "$file" 2>/dev/null | bare)"
    same "$name, as people see it" "" "$(tests/tools/papers_seen.py "$file")"
}
code_of() { # FILE: what a reader of codes finds on the printed page
    pdftoppm -r 150 -png "$1" "$work/page" && zbarimg -q --raw "$work"/page-*.png 2>/dev/null
    rm -f "$work"/page-*.png
}

data=(--data "$work/hall")
a=("${data[@]}" --staff 张三 --post 受理岗)
one=${numbers[1]} two=${numbers[2]} three=${numbers[3]} four=${numbers[4]}
title=居民身份证有效期满换领 agency=示例区公安分局 place=示例区政务服务中心一层户籍窗口 phone=010-00000000
item_rows() { printf '办件编号%s事项名称%s事项编码%s' "$1" "$title" "$item"; }
rest() { printf '承办机关%s经办岗位%s联系电话%s办理地址%s%s（印章）%s校验码%s用手机扫码，核对编号、日期、结果和校验码。' \
    "$agency" "$1" "$phone" "$place" "$agency" "$2" "$(sed -n 's/^校验码 //p' "$work/code")"; }
paper() { # NUMBER WHICH FILE NAME [OPTION…]
    local number=$1 which=$2 file=$3 name=$4
    shift 4
    check "$which of $number" 0 paper "$number" "$which" "${data[@]}" --out "$file" --name "$name" "$@"
    code_of "$file" >"$work/code"
    check "its code is the hall's word" 0 verify-paper --root "$work/hall/public/root.json" --json "$(cat "$work/code")"
    if jq -e ".signed and .number == \"$number\" and .paper == \"$which\"" "$work/out" >/dev/null 2>&1; then
        echo "ok papers: the code says which"
    else echo "not ok papers: the code says which: $(cat "$work/out")"; fi
}
remedy='救济途径对本决定不服的，可以自知道本决定之日起六十日内依法申请行政复议，或者自知道本决定之日起六个月内依法提起行政诉讼；法律规定应当先申请行政复议的，从其规定。'

ctl receive "${a[@]}" --office 1103
check "no paper of what has not happened" 4 paper "$one" acceptance "${data[@]}" --out "$work/no.pdf" --name 测试甲 --json
same "it says so" no-such-paper "$(jq -r .refused "$work/out")"
same "nothing was made" "" "$(ls "$work/no.pdf" 2>/dev/null)"
check "a paper that is none" 2 paper "$one" praise "${data[@]}" --out "$work/no.pdf" --name 测试甲
check "an unknown case" 3 paper 1103001260105000052 refusal "${data[@]}" --out "$work/no.pdf" --name 测试甲
check "a number that is not masked" 2 paper "$one" refusal "${data[@]}" --out "$work/no.pdf" --name 测试甲 --id 110101199003070018

# everything that is missing, then what came, then acceptance: the dates count from what came
ctl supplement "$one" "${a[@]}" --reason "近期照片一张；户口簿原件 <正本> & 复印件"
now=2026-01-07T09:00:00+08:00
paper "$one" supplement "$work/s.pdf" 测试甲 --id '1101**********0018'
reads "supplement" "$work/s.pdf" 补正材料通知书 '测试甲（证件号码 1101**********0018）：' \
    "您于2026年1月5日提出的“$title”申请，经审查需要补正。需要补正的全部内容一次告知如下，今后不再要求补正其他材料。" \
    "$(item_rows "$one")" '需要补正近期照片一张；户口簿原件 <正本> & 复印件' \
    "补交方式携带以上材料到${place}提交，并说明办件编号；能用文字补正的，也可以在自助服务终端“我的办件”中补正。咨询电话 $phone。" \
    '补交期限本通知没有设定期限。受理期限自收到全部补正材料之日起重新计算。' "$(rest 受理岗 2026年1月5日)"
ctl supplied "$one" "${a[@]}" --reason 近期照片一张、户口簿
ctl accept "$one" "${a[@]}"
paper "$one" acceptance "$work/a.pdf" 测试甲 --id '1101**********0018'
ctl explain "$one" "${data[@]}" --json
sentence() { jq -r "map(select(.limit == \"$1\"))[0].words[\"zh-CN\"]" "$work/out"; }
ctl explain "$one" "${data[@]}" --json
promise=$(sentence promise) statutory=$(sentence statutory)
reads "acceptance" "$work/a.pdf" 受理通知书 '测试甲（证件号码 1101**********0018）：' \
    "您于2026年1月5日提出的“$title”申请，本机关于2026年1月7日予以受理。" "$(item_rows "$one")" \
    '收到的材料2026年1月5日通过自助服务终端提交的申请（内容摘要 3b9f7a0011223344）补正的材料近期照片一张、户口簿' \
    "承诺期限${promise}法定期限$statutory" "最晚办结$(TZ=Asia/Shanghai date -d "$(jq -r 'map(select(.limit == "promise"))[0].due' "$work/out")" +%Y年%-m月%-d日)" \
    "$(rest 受理岗 2026年1月7日)"
now=2026-02-01T09:00:00+08:00
check "the same paper weeks later" 0 paper "$one" acceptance "${data[@]}" --out "$work/b.pdf" --name 测试甲 --id '1101**********0018'
cmp -s "$work/a.pdf" "$work/b.pdf" && echo "ok papers: the same bytes" || echo "not ok papers: the same bytes"
echo 测试甲 >"$work/name"
check "the name from standard input" 0 paper "$one" acceptance "${data[@]}" --out "$work/c.pdf" --id '1101**********0018' <"$work/name"
cmp -s "$work/a.pdf" "$work/c.pdf" && echo "ok papers: the same bytes again" || echo "not ok papers: the same bytes again"
check "a page to print" 0 paper "$one" acceptance "${data[@]}" --out "$work/a.html" --name '测<b>&甲' --id '1101**********0018'
grep -q '测&lt;b&gt;&amp;甲' "$work/a.html" && grep -q "<dd>$title</dd>" "$work/a.html" && echo "ok papers: the page says it" ||
    echo "not ok papers: the page says it"

# a refusal, a grant, a denial
now=2026-01-06T09:00:00+08:00
ctl refuse "$two" "${a[@]}" --reason 不属于本机关职权范围 --law 行政许可法第三十二条第二项
paper "$two" refusal "$work/r.pdf" 测试乙
reads "refusal" "$work/r.pdf" 不予受理通知书 测试乙： "您于2026年1月5日提出的“$title”申请，本机关于2026年1月6日决定不予受理。" \
    "$(item_rows "$two")" 理由不属于本机关职权范围依据行政许可法第三十二条第二项 "$remedy" "$(rest 受理岗 2026年1月6日)"
for n in "$three" "$four"; do
    ctl accept "$n" "${a[@]}" && ctl examine "$n" "${a[@]}" --reason 已核对
done
ctl decide "$three" "${a[@]}" --result granted --reason 换发新证
ctl decide "$four" "${a[@]}" --result denied --reason 照片不符合要求 --law 居民身份证法第十条
for n in "$three" "$four"; do
    result=准予 why=决定内容换发新证 last=
    [ "$n" = "$three" ] || result=不予批准 why=理由照片不符合要求依据居民身份证法第十条 last=$remedy
    paper "$n" decision "$work/d.pdf" 测试丙
    ctl explain "$n" "${data[@]}" --json
    reads "decision: $result" "$work/d.pdf" 办理决定书 测试丙： \
        "您于2026年1月5日提出的“$title”申请，本机关经审查，于2026年1月6日决定：$result。" "$(item_rows "$n")" \
        "$why承诺期限$(sentence promise)法定期限$(sentence statutory)" \
        "送达方式凭有效身份证件和办件编号到${place}领取，或者按申请时选择的方式送达。咨询电话 $phone。$last" "$(rest 受理岗 2026年1月6日)"
done

# rare names: beyond the BMP, extension G, compatibility ideographs and radicals beside their twins, which share a glyph
for name in 张三 如 $'\U20bb7\u7530\U2123d' $'\U2a6a5\u9f98\u4dae\u3402' 买买提·吐尔逊 $'\u2f08\u4eba\u4eba\u2f08' \
    $'\ufa0a\u898b\u898b' $'\ufa19\u795e\uf9dc\u9686' $'\ufa11\u5d0e\U2cb5a\U30edd' 'José Ávila' 欧阳　娜娜 王々〇 \
    $'\u2e9f\u6bcd\u2f00\u4e00\u2fd4\u9f9c\u2fd3\u9f8d'; do
    check "name $name" 0 paper "$one" acceptance "${data[@]}" --out "$work/n.pdf" --name "$name"
    for reader in "pdftotext -raw $work/n.pdf -" "mutool draw -q -F txt $work/n.pdf"; do
        text=$($reader 2>/dev/null | bare)
        text=${text#受理通知书} wanted=$(bare <<<"$name")
        same "${reader%% *} reads $name" "$wanted" "${text%%：*}"
    done
    same "$name is seen" "" "$(tests/tools/papers_seen.py "$work/n.pdf")"
done
for name in $'Jose\u0301' $'\u845b\U000e0100' $'\ue5f1'; do # would be read as something else, or be a box
    check "a name that a PDF would not keep" 1 paper "$one" acceptance "${data[@]}" --out "$work/no.pdf" --name "$name"
done
same "none of them was made" "" "$(ls "$work/no.pdf" 2>/dev/null)"

# a code that somebody changed
code=$(code_of "$work/d.pdf")
root=(--root "$work/hall/public/root.json")
check "the last line alone" 0 verify-paper "${root[@]}" "$(tail -n 1 <<<"$code")"
check "a denial made a grant, in words" 2 verify-paper "${root[@]}" "${code/不予批准/准予}"
forged=${code/不予批准/准予} forged=${forged/denied/granted}
check "a denial made a grant, everywhere" 4 verify-paper "${root[@]}" "$forged"
check "another day" 4 verify-paper "${root[@]}" "$(tail -n 1 <<<"${code/2026-01-06/2026-01-07}")"
check "half a code" 2 verify-paper "${root[@]}" "${code:0:60}"
"$build/hallctl" keys init --keys "$work/keys2" --data "$work/hall2" --test >/dev/null 2>&1
check "another hall's root" 4 verify-paper --root "$work/hall2/public/root.json" "$code"

# the same on a phone
if ! reason=$(tests/npm.sh) || [ ! -x "${CHROMIUM:=/usr/bin/chromium}" ]; then
    echo "skip papers: on a phone # ${reason:-there is no $CHROMIUM}"
    exit 0
fi
check "a page for phones" 0 verify-page "${root[@]}" --out "$work/verify.html"
check "not without a root" 3 verify-page --root "$work/none.json" --out "$work/none.html"
in_line() { paste -sd '|' <<<"$1"; }
other=$(sed '$s/ \([0-9a-f]\{16\}\) / 00112233aabbccdd /' <<<"$code")
{
    printf 'the whole code\tgood\t%s\n' "$(in_line "$code")"
    printf 'the last line alone\tgood\t%s\n' "$(tail -n 1 <<<"$code")"
    printf 'with blanks that copying left\tgood\t| %s |\n' "$(in_line "$code" | sed 's/|/ | /g')"
    printf 'a denial made a grant, in words\tnot\t%s\n' "$(in_line "${code/不予批准/准予}")"
    printf 'a denial made a grant, everywhere\tbad\t%s\n' "$(in_line "$forged")"
    printf 'another day\tbad\t%s\n' "$(tail -n 1 <<<"${code/2026-01-06/2026-01-07}")"
    printf 'another check code\tbad\t%s\n' "$(tail -n 1 <<<"$other")"
    printf 'half a code\tnot\t%s\n' "$(in_line "${code:0:60}")"
    printf 'a signature that is none\tbad\t%s\n' "$(tail -n 1 <<<"$code" | sed 's/ [0-9a-f]*$/ 3006020100020100/')"
    printf 'markup\tnot\t%s\n' '<img src=x onerror=alert(1)>'
} >"$work/codes"
node tests/tools/verify_page.mjs "$work/verify.html" ${SHOTS:+"$SHOTS/verify"} <"$work/codes"
check "another hall's page" 0 verify-page --root "$work/hall2/public/root.json" --out "$work/verify2.html"
printf 'of another hall\tbad\t%s\n' "$(in_line "$code")" | node tests/tools/verify_page.mjs "$work/verify2.html"
