#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the image and its variant with the probe where the tree has changed since, and runs every test beside this file. Usage: run.sh BOARD
set -u
cd "$(dirname "$0")/../.." || exit 1
board=${1:-x86_64}
skip() {
    echo "skip image # $1"
    exit 0
}
[ "$(uname -m)" = x86_64 ] || skip "an image is made on amd64"
[ "$(id -u)" -eq 0 ] || skip "only root can make an image"
command -v mmdebstrap >/dev/null || skip "mmdebstrap is not installed: tools/setup.sh --image"
# shellcheck source=board/image/kept.bash
. board/image/kept.bash
mkdir -p "$kept"
said_where() { # what the build says it has made lies there
    local file
    for file in "$kept/$board.img.zst" "$kept/$board-stick.img"; do
        grep -q "^$file: [1-9][0-9]* MiB" "$kept/build.log" && [ -s "$file" ] || return 1
    done
}
for variant in --stick --test; do
    if board/image/build.sh "$board" $variant >"$kept/build.log" 2>&1; then
        [ $variant = --test ] || { said_where && echo "ok image-lies-where-it-is-said"; } || { sed 's/^/# /' "$kept/build.log"; echo "not ok image-lies-where-it-is-said"; }
        continue
    fi
    tail -n 20 "$kept/build.log" | sed 's/^/# /'
    grep -q '^packages:' "$kept/build.log" && skip "Debian's archive does not have what the image is made of"
    echo "not ok image-is-made"
    exit 1
done
echo "# image-is-made"
for test in tests/image/*.sh; do
    case $test in */run.sh | */enrolled.sh | */again.sh | */bundles.sh) continue ;; esac # this one, and what machine.bash calls
    "$test" "$board"
done
