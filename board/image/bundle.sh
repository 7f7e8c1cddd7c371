#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What disk.sh has made, as an update that RAUC installs: root file system, hash tree, signed kernel, and the hook that puts
# this into the boot partition; in the builder. All lies uncompressed from byte 96 on, in blocks of 4 KiB where it lay in the
# bundle before: so a terminal fetches what differs and no more. REPLACES=VERSION in the environment: where that version runs,
# this older one may be installed. Usage: bundle.sh BOARD WORK BUNDLE
set -euo pipefail
board=$1 work=$2 bundle=$3 in=$2/bundle
rm -rf "$in" "$bundle"
mkdir -p "$in"
ln "$work/root" "$in/root.img"
ln "$work/verity" "$in/verity.img"
ln "$work/tongban.efi" "$in/kernel.img"
cp board/update/hook "$in/hook"
echo "$SYSTEM_VERSION" >"$in/version"
{
    printf '[update]\ncompatible=tongban-%s\nversion=%s\nbuild=%s\n\n' "$board" "$SYSTEM_VERSION" "$VERSION"
    printf '[bundle]\nformat=verity\n\n[hooks]\nfilename=hook\n\n'
    printf '[image.rootfs]\nfilename=root.img\n\n[image.verity]\nfilename=verity.img\n\n'
    printf '[image.kernel]\nfilename=kernel.img\nhooks=install\n'
    [ -z "${REPLACES:-}" ] || printf '\n[meta.tongban]\nreplaces=%s\n' "$REPLACES"
} >"$in/manifest.raucm"
printf '%s\n' 'root.img 9' 'verity.img 8' 'kernel.img 7' >"$work/bundle.sort"
find "$in" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
rauc bundle --cert=/keys/bundle-cert.pem --key=/keys/bundle-key.pem --keyring=/keys/bundle-cert.pem \
    --mksquashfs-args="-noI -noD -noF -noX -no-fragments -sort $work/bundle.sort" \
    "$in" "$bundle" >"$work/bundle.log" 2>&1 || { tail "$work/bundle.log" >&2; exit 1; }
rm -rf "$in"
