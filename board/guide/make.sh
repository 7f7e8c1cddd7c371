#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The technician's guide, one page of HTML with its pictures in it: the chapters beside this file, in the order of their names. A line
# of a chapter may be one of these, and none of them is kept by hand:
#     <!-- shot NAME -->           a sample view of a screen, drawn now
#     <!-- page CODE -->           the page of a machine that does not start, by its code
#     <!-- text NAME -->           what a program says, run now: see texts below
#     <!-- boot NAME WORDS -->     the screen of the virtual machine, from build/image/shots; without it a sentence says so
# Usage: make.sh RELEASE TEST GUIDE.html: the two builds' folders
set -eu
release=$(realpath "$1") test=$(realpath "$2") out=$(realpath -m "$3")
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
# shellcheck disable=SC2034
flash=$release/flash
# shellcheck source=tests/flash/tree.bash
. tests/flash/tree.bash # makes $tree
trap 'rm -rf "$work" "$tree"' EXIT
export LC_ALL=C.UTF-8 TERM=dumb

text_kioskctl() { "$release/kioskctl" --help; }
on_tree() { LC_ALL='' LANG=zh_CN.UTF-8 "$flash" --sys "$tree" --state "$tree/state" --key "$tree/image.pub" "$@" "$tree/tongban-1.5.0.img"; }
text_list() { LC_ALL='' LANG=zh_CN.UTF-8 "$flash" --sys "$tree" --list; }
text_write() { on_tree --yes --to KEST0001; }
prepare_media() {
    image 64M
    stick sda 1 KEST0001 1G
    stick sdb 2 KEST0002 1G
    inside nvme0n1 ANVI0001 1G "Anvil N5"
    mkdir -p "$tree/sys/block/nvme0n1" && partition nvme0n1 1048576
    mounted nvme0n1p1 /
}

escape() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'; }
picture() { # FILE WORDS
    printf '<img alt="%s" src="data:image/png;base64,' "$2"
    base64 -w 0 "$1"
    printf '">\n'
}

line() { # WORD ARGUMENTS…
    local word=$1 name=$2
    shift 2
    case $word in
    shot)
        "$test/tests/ui/shots" "$test/assets" "$work" "$name" >/dev/null
        [ -e "$work/$name.png" ] || { echo "guide: there is no view $name" >&2; return 1; }
        picture "$work/$name.png" "$name"
        ;;
    page)
        "$release/kiosk-page" stuck --code "$name" --data "$work/terminal" --assets "$release/assets" --picture "$work/$name.png"
        picture "$work/$name.png" "$name"
        ;;
    text)
        printf '<pre>'
        "text_$name" >"$work/text" 2>&1 || { echo "guide: text $name failed" >&2; cat "$work/text" >&2; return 1; }
        escape <"$work/text"
        printf '</pre>\n'
        ;;
    boot)
        if [ -e "build/image/shots/$name.png" ]; then
            picture "build/image/shots/$name.png" "$*"
            printf '<p class="under">%s</p>\n' "$*"
        else
            printf '<p class="under">%s：这一次没有拍（make test-image 会拍）</p>\n' "$*"
        fi
        ;;
    *) echo "guide: what is $word?" >&2; return 1 ;;
    esac
}

chapter() { # FILE: text before and after such a line stays as it is
    local rest part words
    while IFS= read -r rest; do
        while [[ $rest == *"<!-- "*" -->"* ]]; do
            part=${rest%%"<!-- "*} words=${rest#*"<!-- "}
            rest=${words#*" -->"} words=${words%%" -->"*}
            printf '%s\n' "$part"
            # shellcheck disable=SC2086
            line $words || return 1
        done
        printf '%s\n' "$rest"
    done <"$1"
}

prepare_media
mkdir -p "$work/terminal"
cat >"$work/terminal/terminal.json" <<'EOT'
{"v":1,"terminal":"t-1103-003","office":1103,"registration":3,"hall":"https://hall.example","epoch":"000102030405060708090a0b0c0d0e0f",
 "place":{"zone":"城东政务服务 24 小时自助","spot":"示范区城东街道","device":"城东 03","hotline":"6555 0100","supervision":"12345"}}
EOT
mkdir -p "$(dirname "$out")"
{
    cat <<'EOT'
<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>同办终端：技术员手册</title>
<style>
body { max-width: 50em; margin: 2em auto; padding: 0 1em; font: 17px/1.7 "Noto Sans CJK SC", sans-serif; color: #16242b }
h1, h2 { color: #0f4f66 } h2 { border-top: 3px solid #0f4f66; padding-top: .6em; margin-top: 2em }
pre { background: #10222a; color: #eef4f6; padding: .8em; overflow-x: auto; font: 14px/1.5 "Noto Sans Mono CJK SC", monospace }
img { width: 15em; border: 1px solid #9ab; display: inline-block; vertical-align: top; margin: .4em .8em .4em 0 }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #9ab; padding: .5em; vertical-align: top; text-align: left }
.no { border-left: 6px solid #b3261e; padding-left: .8em } .under { color: #567; font-size: 15px }
@media print { h2 { break-before: page } table, img { break-inside: avoid } }
</style>
<h1>同办终端：技术员手册</h1>
EOT
    printf '<p>画面和文字都是程序 %s 自己画的、自己说的。</p>\n' "$("$release/kioskctl" --version | escape)"
    for file in board/guide/[0-9]*.html; do chapter "$file" || exit 1; done
} >"$work/guide.html"
mv "$work/guide.html" "$out"
echo "$out"
