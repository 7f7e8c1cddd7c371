#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs a command in the builder of BOARD, in the tree's copy there: with a host name and an environment of its own, what is kept
# of that board (kept.bash) as /image, whose name out here is KEPT, the signing keys as /keys where they are given, and no network but loopback.
# Usage: builder.sh [--keys KEY CERT] COMMAND…
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=board/image/kept.bash
. board/image/kept.bash
key=/dev/null cert=/dev/null
if [ "${1:-}" = --keys ]; then
    key=$2 cert=$3
    shift 3
fi
mkdir -p "$kept"/builder/{image,keys,dev/shm}
touch "$kept"/builder/keys/{key,cert,bundle-key,bundle-cert}.pem "$kept/builder/keys/image.key"
# shellcheck disable=SC2016
exec unshare --mount --uts --net env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 TZ=UTC BOARD="$BOARD" KEPT="$kept" \
    SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" VERSION="$(git describe --always --dirty)" \
    SYSTEM_VERSION="${SYSTEM_VERSION:-$(cat board/version).$(git rev-list --count HEAD)}" REPLACES="${REPLACES:-}" \
    sh -euc 'root=$1/builder
        hostname builder
        mount -t proc proc "$root/proc"
        mount -t tmpfs tmpfs "$root/dev/shm" && mount -t tmpfs tmpfs "$root/tmp"
        mount --bind "$1" "$root/image"
        mount --bind "$2" "$root/keys/key.pem" && mount --bind "$3" "$root/keys/cert.pem"
        mount --bind "$4" "$root/keys/image.key"
        mount --bind "$5" "$root/keys/bundle-key.pem" && mount --bind "$6" "$root/keys/bundle-cert.pem"
        chroot "$root" ip link set lo up
        umask 022
        shift 6
        exec chroot "$root" env -C /src "$@"' inside "$kept" "$key" "$cert" \
    "${IMAGE_SIGN:-/dev/null}" "${BUNDLE_KEY:-/dev/null}" "${BUNDLE_CERT:-/dev/null}" "$@"
