#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The texts in traditional characters are what firmware/model/hant/derive.py makes of the Chinese ones; what is missing, still simplified
# or of an older text ends the check.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fresh() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/firmware/model" "$work/tree/assets"
    cp -r firmware/model/hant "$work/tree/firmware/model/" && cp -r assets/strings "$work/tree/assets/"
}
check() { "$work/tree/firmware/model/hant/derive.py" --check >"$work/out" 2>&1; }

# NAME, the file that must be named, then the command that spoils the copy
refused() {
    local name=$1 file=$2
    shift 2
    fresh && (cd "$work/tree" && "$@")
    if ! check && grep -qF "$file is not what" "$work/out"; then
        echo "ok hant_$name"
    else
        sed 's/^/# /' "$work/out" | head -5
        echo "not ok hant_$name"
    fi
}

fresh
if check; then
    echo "ok hant_as_derived"
else
    sed 's/^/# /' "$work/out" | head -5
    echo "not ok hant_as_derived"
fi
strings=assets/strings/zh-Hant
refused still_simplified $strings/screens.tsv sed -i 's/^ui_end\t.*/ui_end\t结束/' $strings/screens.tsv
refused one_missing $strings/search.tsv sed -i '/^search_title\t/d' $strings/search.tsv
refused file_missing $strings/cases.tsv rm $strings/cases.tsv
refused older $strings/screens.tsv sed -i 's/^ui_end\t.*/ui_end\t离开/' assets/strings/zh-CN/screens.tsv
if command -v opencc_dict >/dev/null; then
    refused words_not_taken firmware/model/hant/hant.tsv sh -c "printf '办证\t辦証\n' >>firmware/model/hant/words.tsv"
else
    echo "skip hant_words_not_taken: no opencc"
fi
