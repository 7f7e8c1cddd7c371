#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every paper on every printer, read by readers that are not ours: its QR code by zbarimg, its text by decode.mjs.
# Usage: qr.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 2
program=$1/tests/printer/test_papers
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
PAPERS=$folder "$program" >/dev/null
failed=0

# read_codes KIND WANTED: of all pictures of that kind
read_codes() {
    local kind=$1 want=$2 n=0 bad=0 picture code
    local -A got=()
    while read -r picture code; do got[$picture]+=$code; done < <(zbarimg -q --xml "$folder/$kind"-*.png 2>/dev/null |
        awk -F "'" '/<source href=/ { picture = $2 } /<data>/ { gsub(/.*CDATA\[|\]\]>.*/, ""); print picture, $0 }')
    for picture in "$folder/$kind"-*.png; do
        n=$((n + 1))
        [ "${got[$picture]:-}" = "$want" ] && continue
        echo "# $(basename "$picture" .png): zbarimg read \"${got[$picture]:-}\", expected \"$want\""
        bad=1
    done
    echo "# $n pictures"
    if [ $bad = 0 ] && [ $n -gt 20 ]; then
        echo "ok zbar_reads_every_$kind"
    else
        echo "not ok zbar_reads_every_$kind"
        failed=1
    fi
}

if command -v zbarimg >/dev/null; then
    read_codes receipt "1103 003 261119 00027 8 T-1103-003"
    read_codes ticket "A 032 GENERAL 2026-11-19 T-1103-003"
else
    echo "# zbarimg is not installed (package zbar-tools)"
    echo "skip zbar_reads_every_paper"
fi

if command -v node >/dev/null; then
    tests/npm.sh >/dev/null
    (cd tests && node printer/decode.mjs "$folder") || failed=1
else
    echo "# node is not installed"
    echo "skip node_reads_the_papers"
fi
exit $failed
