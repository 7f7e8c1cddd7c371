#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Two trees of Debian 13, made by mmdebstrap of exactly what the locks name, and kept until a lock changes: `builder` builds,
# `base` is what an image is made of. Programs of another machine than this one, which both may hold, are run by qemu-user, which the
# kernel has to know (binfmt_misc). Usage: chroot.sh BOARD
set -euo pipefail
cd "$(dirname "$0")/../.."
board=${1:?usage: chroot.sh BOARD}
# shellcheck source=board/image/kept.bash
. board/image/kept.bash
# shellcheck source=board/x86_64/machine
. "board/$board/machine"
export SOURCE_DATE_EPOCH=1 # of files that the packages do not date

# Packages set themselves up, and what was compiled says what it can do. With the flag F the kernel keeps the program that it is
# told of, so that it works in every tree.
teach_kernel() {
    local words=/usr/lib/binfmt.d/qemu-$cpu.conf known=/proc/sys/fs/binfmt_misc
    [ -e $known/register ] || mount -t binfmt_misc binfmt_misc $known 2>/dev/null || true
    [ ! -e "$known/qemu-$cpu" ] || return 0
    [ -e "$words" ] || { echo "image: programs of $cpu do not run here: qemu-user-static is not installed: tools/setup.sh --image" >&2; exit 1; }
    cat "$words" 2>/dev/null >$known/register && [ -e "$known/qemu-$cpu" ] ||
        { echo "image: programs of $cpu do not run here: this kernel has no binfmt_misc, or lets nobody register $words" >&2; exit 1; }
}

unpack_alone() { # LIST LOCK TREE: what the list marks with a + (of the image's, root.sh does)
    local name
    for name in $(sed 's/#.*//' "$1" | tr -s ' \t' '\n' | sed -n 's/^+//p'); do
        dpkg-deb -x "$kept/debs/$(awk -v n="$name" '$1 == n {print $3}' "$2").deb" "$3"
    done
}

tree() { # NAME LIST ARCHITECTURES
    local name=$1 list=board/$board/$2 lock=board/$board/$2.lock
    cmp -s "$lock" "$kept/$name.made-of" && return
    echo "image: making $kept/$name"
    board/image/packages.sh fetch "$lock" "$3" "$kept/debs"
    board/image/packages.sh archive "$lock" "$kept/debs" "$kept/archive"
    rm -rf --one-file-system "${kept:?}/$name" "$kept/$name.made-of"
    # what it mounts is gone when it ends, however it ends
    unshare --mount mmdebstrap --mode=root --format=directory --architectures="$3" --variant=essential \
        "--include=$(names "$list")" trixie "$kept/$name" \
        "deb [trusted=yes] copy:$PWD/$kept/archive ./" >"$kept/$name.log" 2>&1 || { tail "$kept/$name.log" >&2; exit 1; }
    rm -rf "$kept/archive"
    [ "$name" = base ] || unpack_alone "$list" "$lock" "$kept/$name"
    cp "$lock" "$kept/$name.made-of"
}

names() { sed 's/#.*//' "$1" | tr -s ' \t' '\n' | sed '/^$/d; /^+/d' | paste -sd ,; }

mkdir -p "$kept"
[ "$(uname -m)" = "$cpu" ] || teach_kernel
tree builder builder "$builder"
tree base packages "$debian"
