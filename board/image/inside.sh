#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Called by build.sh in the builder: compiles, and makes /image/BOARDVARIANT.img; with `stick` /image/BOARD-stick too, with
# `bundle` its .raucb. Usage: inside.sh BOARD VARIANT [stick] [bundle]
set -euo pipefail
board=$1 variant=$2
shift 2
# shellcheck source=board/x86_64/machine
. "board/$board/machine"
wanted() { printf '%s\n' "${parts[@]}" | grep -qx "$1"; }
mib() { echo "$(($(stat -c %s "$1") >> 20)) MiB"; }
parts=("$@")
out=/image/$board$variant work=/image/work$variant
quiet="quiet loglevel=3 vt.global_cursor_default=0 systemd.show_status=no"

make -s -j"$(nproc)" VERSION="$VERSION" CROSS="$cross" programs >/image/compile.log 2>&1 || { tail -n 30 /image/compile.log >&2; exit 1; }
# shellcheck disable=SC2086
if [ -n "$variant" ]; then
    more=""
    [ ! -d "tests/image/root$variant" ] || more=tests/image/root$variant
    board/image/root.sh "$board" /image/root$variant tests/image/root $more \
        >/image/root$variant.log 2>&1
    cp /image/alone/busybox-static/usr/bin/busybox /image/root$variant/usr/lib/tongban-test/
    board/image/disk.sh "$board" /image/root$variant "$work" "$out.img" $test_words
else
    board/image/root.sh "$board" /image/root >/image/root.log 2>&1
    board/image/disk.sh "$board" /image/root "$work" "$out.img" $quiet $quiet_words
    board/image/sbom.sh "$board" /image/root >"$out.spdx.json"
    zstd -q -T2 -12 -f "$out.img" -o "$out.img.zst"
    ! wanted stick || board/image/stick.sh "$board" /image/root "$work" "$out.img"
    echo "$KEPT/$board.img.zst: $(mib "$out.img.zst"); in it a root file system of $(mib "$work/root"), a kernel of $(mib "$work/tongban.efi")"
fi
if wanted bundle; then
    board/image/bundle.sh "$board" "$work" "$out.raucb"
    echo "$KEPT/$board$variant.raucb: $(mib "$out.raucb"), version $SYSTEM_VERSION"
fi
