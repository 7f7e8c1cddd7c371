#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the image twice from nothing but the packages, the second time at another hour of the clock, and compares.
# Usage: twice.sh BOARD
set -euo pipefail
cd "$(dirname "$0")/../.."
board=$1
# shellcheck source=board/image/kept.bash
. board/image/kept.bash
once() {
    rm -rf --one-file-system $kept/base* $kept/root* $kept/work* $kept/alone
    board/image/build.sh "$board" --clean
}
once
mv "$kept/$board.img" "$kept/$board.first.img"
mv "$kept/$board.spdx.json" "$kept/$board.first.spdx.json"
mv $kept/root $kept/first.root
once
for kind in img spdx.json; do
    if cmp "$kept/$board.first.$kind" "$kept/$board.$kind"; then
        echo "ok image-twice-$kind"
    else
        cmp -l "$kept/$board.first.$kind" "$kept/$board.$kind" | awk 'END {print "# " NR " bytes differ"}'
        diff -r --no-dereference --brief $kept/first.root $kept/root | head -n 20 | sed 's/^/# /' || true
        echo "not ok image-twice-$kind"
    fi
done
rm -rf --one-file-system $kept/first.root "$kept/$board".first.*
