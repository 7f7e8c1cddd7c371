#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What zbarimg, a reader that is not ours, finds on the papers of tests/virtual/streams.def. Usage: streams.sh BUILD
program=$(realpath "$1")/tests/virtual/test_streams
cd "$(dirname "$0")/../.." || exit 2
if ! command -v zbarimg >/dev/null; then
    echo "# zbarimg is not installed (package zbar-tools)"
    echo "skip zbar_reads_the_streams"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
PAPERS=$folder "$program" >/dev/null
for paper in "$folder"/*.pbm; do
    name=$(basename "$paper" .pbm)
    want=$(LC_ALL=C sort "$folder/$name.codes")
    [ -n "$want" ] || continue
    # white around it, as a receipt has
    got=$(zbarimg -q -Supca.enable -Supce.enable "$paper" 2>/dev/null | LC_ALL=C sort)
    if [ "$got" = "$want" ]; then
        echo "ok zbar_reads_$name"
    else
        echo "# zbarimg read \"$got\", expected \"$want\""
        echo "not ok zbar_reads_$name"
        failed=1
    fi
done
exit $failed
