#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A text that a language lacks ends the build, naming id and file: what builds says everything in every language.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r assets/strings "$work/strings"

# the check as the Makefile runs it
check() { (cd "$work" && awk -v others="en zh-Hant" -f "$OLDPWD/tools/check/strings.awk" strings/zh-CN/*.tsv strings/en/*.tsv strings/zh-Hant/*.tsv) >"$work/out" 2>"$work/err"; }

# NAME, what the message must say, then the command that spoils the copy
refused() {
    local name=$1 says=$2
    shift 2
    rm -rf "$work/strings" && cp -r assets/strings "$work/strings" && "$@"
    if ! check && grep -qF -- "$says" "$work/err"; then
        echo "ok strings_$name"
    else
        sed 's/^/# /' "$work/err" | head -5
        echo "not ok strings_$name"
    fi
}

if check && grep -q '^TEXT(ZH_HANT, ' "$work/out"; then echo "ok strings_as_they_are"; else echo "not ok strings_as_they_are"; fi

# the first id of the first group that is translated
file=$(grep -L '^#!' assets/strings/zh-CN/*.tsv | head -1 | xargs basename)
id=$(grep -v '^#' "assets/strings/en/$file" | head -1 | cut -f1)
take_out() { sed -i "/^$id\t/d" "$work/strings/$1/$file"; }
empty_slot() { printf 'spoilt_text\t{0} 项\n' >>"$work/strings/zh-CN/$file" && printf 'spoilt_text\titems\n' >>"$work/strings/en/$file"; }
twice() { grep "^$id	" "$work/strings/en/$file" >"$work/line" && cat "$work/line" >>"$work/strings/en/$file"; }
straight() { printf "spoilt_text\t大厅的\n" >>"$work/strings/zh-CN/$file" && printf "spoilt_text\tthe hall's\n" >>"$work/strings/en/$file"; }
refused missing_in_english "assets/strings/en/$file: $id is missing" take_out en
refused missing_in_traditional "assets/strings/zh-Hant/$file: $id is missing" take_out zh-Hant
refused missing_in_chinese "$id is not in assets/strings/zh-CN" take_out zh-CN
refused twice "$id stands twice" twice
refused fills_in_something_else "spoilt_text fills in" empty_slot
refused straight_quotation_mark "spoilt_text has a straight quotation mark" straight
