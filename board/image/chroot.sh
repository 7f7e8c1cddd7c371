#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Two trees of Debian 13, made by mmdebstrap of exactly what the locks name, and kept until a lock changes: build/image/builder
# builds, build/image/base is what an image is made of. Usage: chroot.sh BOARD
set -euo pipefail
cd "$(dirname "$0")/../.."
board=board/${1:?usage: chroot.sh BOARD} kept=build/image
export SOURCE_DATE_EPOCH=1 # of files that the packages do not date

tree() { # NAME LOCK MMDEBSTRAP-OPTION…
    local name=$1 lock=$2
    shift 2
    cmp -s "$lock" "$kept/$name.made-of" && return
    echo "image: making $kept/$name"
    board/image/packages.sh fetch "$lock" "$kept/debs"
    board/image/packages.sh archive "$lock" "$kept/debs" "$kept/archive"
    rm -rf --one-file-system "${kept:?}/$name" "$kept/$name.made-of"
    # what it mounts is gone when it ends, however it ends
    unshare --mount mmdebstrap --mode=root --format=directory --architectures=amd64 "$@" trixie "$kept/$name" \
        "deb [trusted=yes] copy:$PWD/$kept/archive ./" >"$kept/$name.log" 2>&1 || { tail "$kept/$name.log" >&2; exit 1; }
    rm -rf "$kept/archive"
    cp "$lock" "$kept/$name.made-of"
}

names() { sed 's/#.*//' "$1" | tr -s ' \t' '\n' | sed '/^$/d; /^+/d' | paste -sd ,; }

mkdir -p "$kept"
tree builder "$board/builder.lock" --variant=essential "--include=$(names "$board/builder")"
tree base "$board/packages.lock" --variant=essential "--include=$(names "$board/packages")"
