#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The guide for those who work at the hall, one page of HTML with its pictures in it: the chapters beside this file, in the order of their
# names. <!-- shot NAME WORDS --> in a chapter is a picture that tests/hall/staff_walk.mjs took of that page. Usage: make.sh SHOTS GUIDE.html
set -eu
shots=$(realpath "$1") out=$(realpath -m "$2")
cd "$(dirname "$0")"
mkdir -p "$(dirname "$out")"
picture() { # NAME WORDS…
    local file=$shots/$1.png
    shift
    [ -e "$file" ] || { echo "guide: the walk took no picture $file" >&2; return 1; }
    printf '<img alt="%s" src="data:image/png;base64,' "$*"
    base64 -w 0 "$file"
    printf '">\n'
}
chapter() { # FILE: text before and after such a line stays as it is
    local rest words
    while IFS= read -r rest; do
        while [[ $rest == *"<!-- shot "*" -->"* ]]; do
            words=${rest#*"<!-- shot "}
            printf '%s\n' "${rest%%"<!-- shot "*}"
            rest=${words#*" -->"} words=${words%%" -->"*}
            # shellcheck disable=SC2086
            picture $words || return 1
        done
        printf '%s\n' "$rest"
    done <"$1"
}
{
    cat <<'EOT'
<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>办事后台：工作人员手册</title>
<style>
body { max-width: 56em; margin: 2em auto; padding: 0 1em; font: 17px/1.7 "Noto Sans CJK SC", sans-serif; color: #16242b }
h1, h2 { color: #0f4f66 } h2 { border-top: 3px solid #0f4f66; padding-top: .6em; margin-top: 2em }
img { max-width: 100%; border: 1px solid #9ab; display: block; margin: .4em 0 1em } td img { width: 22em }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #9ab; padding: .5em; vertical-align: top; text-align: left }
kbd, code { background: #eef4f6; border-radius: 4px; padding: 0 .3em } .no { border-left: 6px solid #b3261e; padding-left: .8em }
@media print { h2 { break-before: page } table, img { break-inside: avoid } }
</style>
<h1>办事后台：工作人员手册</h1>
<p>每一张图都是程序现在的样子，图里的人都是编的。</p>
EOT
    for file in [0-9]*.html; do chapter "$file" || exit 1; done
    echo '</html>'
} >"$out.new"
mv "$out.new" "$out"
echo "$out"
