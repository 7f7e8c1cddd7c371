#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Streams of other authors' encoders, made anew by npm's receiptline and @point-of-sale/receipt-printer-encoder, on the virtual
# printer; and what a reader that is not ours finds on that paper. Skipped, and counted so, where npm's packages are absent:
# then only the streams kept in tests/printer/foreign are decoded (by test_foreign). Usage: foreign.sh BUILD
cd "$(dirname "$0")/../.." || exit 2
program=$1/tests/printer/test_foreign
papers="receiptline-epson receiptline-generic receiptline-58 point-of-sale-column point-of-sale-raster"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

if reason=$(tests/npm.sh); then
    (cd tests && node printer/foreign.mjs "$folder") || failed=1
    STREAMS=$folder PAPERS=$folder "$program" | sed -E 's/^(ok|not ok|skip) /\1 fresh_/'
    [ "${PIPESTATUS[0]}" = 0 ] || failed=1
else
    echo "# skipped: $reason"
    echo "skip fresh_streams"
    PAPERS=$folder "$program" >/dev/null || failed=1
fi

if ! command -v zbarimg >/dev/null; then
    echo "# zbarimg is not installed (package zbar-tools)"
    echo "skip zbar_reads_the_codes"
    exit $failed
fi
want=$'CODE-128:A03-001\nQR-Code:TB1:1103003261119000274:T-1103-003'
for paper in $papers; do
    got=$(zbarimg -q "$folder/$paper.pbm" 2>/dev/null | LC_ALL=C sort)
    if [ "$got" = "$want" ]; then
        echo "ok zbar_reads_the_codes_of_$paper"
    else
        echo "# zbarimg read \"$got\", expected \"$want\""
        echo "not ok zbar_reads_the_codes_of_$paper"
        failed=1
    fi
done
exit $failed
