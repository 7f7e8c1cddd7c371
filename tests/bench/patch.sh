#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A catalogue of 20,000 made-up items, built anew after 50 of them were renamed and reworded: how large the patch is, and
# what it takes to apply it. Usage: patch.sh BUILD
set -eu
build=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/items"
awk -v n=20000 -v dir="$work/items" -f "$source/tests/bench/items.awk"
compile() {
    "$build/hallctl" catalog build "$work/items" --calendar "$source/tests/catalogues/zone/calendar" --version "$1" \
        --out "$work/$1.db" >/dev/null 2>&1
}
compile 1
for ((i = 150; i < 20000; i += 400)); do
    sed -i -e 's/"task_name":"/&新版/' -e 's/在本区居住/在本区居住满一年，或者在本区有稳定的工作/' \
        "$work/items/$(printf %06d $i).json"
done
compile 2
"$build/bench-patch" "$work/1.db" "$work/2.db" "$work"
