#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The QR code on the printed receipt, read by a reader that is not ours. Usage: qr.sh BUILD
set -u
program=$1/tests/printer/test_papers
want="TB1:1103003261119000278:T-1103-003"

if ! command -v zbarimg >/dev/null; then
    echo "# zbarimg is not installed (package zbar-tools)"
    echo "skip qr_is_read_by_zbar"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
PAPERS=$folder "$program" >/dev/null
failed=0
for paper in receipt receipt-58 receipt-reprint; do
    got=$(zbarimg -q --raw "$folder/$paper.png" 2>/dev/null)
    if [ "$got" = "$want" ]; then
        echo "ok qr_is_read_by_zbar_on_$paper"
    else
        echo "# zbarimg read \"$got\", expected \"$want\""
        echo "not ok qr_is_read_by_zbar_on_$paper"
        failed=1
    fi
done
exit $failed
