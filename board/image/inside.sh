#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Called by build.sh in the builder: compiles, and makes /image/BOARDVARIANT.img. With `stick`, /image/BOARD-stick too. Usage: inside.sh BOARD [VARIANT] [stick]
set -euo pipefail
board=$1 variant=${2:-}
out=/image/$board$variant work=/image/work$variant
quiet="quiet loglevel=3 vt.global_cursor_default=0 systemd.show_status=no"

make -s -j"$(nproc)" VERSION="$VERSION" programs >/image/compile.log 2>&1 || { tail -n 30 /image/compile.log >&2; exit 1; }
# shellcheck disable=SC2086
if [ -n "$variant" ]; then
    board/image/root.sh "$board" /image/root$variant tests/image/root >/image/root$variant.log 2>&1
    cp /image/alone/busybox-static/usr/bin/busybox /image/root$variant/usr/lib/tongban-test/
    board/image/disk.sh "$board" /image/root$variant "$work" "$out.img" console=tty0 console=ttyS0 systemd.show_status=yes
else
    board/image/root.sh "$board" /image/root >/image/root.log 2>&1
    board/image/disk.sh "$board" /image/root "$work" "$out.img" $quiet
    board/image/sbom.sh "$board" /image/root >"$out.spdx.json"
    zstd -q -T2 -12 -f "$out.img" -o "$out.img.zst"
    [ "${3:-}" != stick ] || board/image/stick.sh "$board" /image/root "$work" "$out.img"
    mib() { echo "$(($(stat -c %s "$1") >> 20)) MiB"; }
    echo "build$out: $(mib "$out.img.zst") compressed; root file system $(mib "$work/root"), kernel $(mib "$work/tongban.efi")"
fi
