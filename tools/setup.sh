#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs what building and testing need, by apt: says what, asks for root by sudo where needed, and does nothing when all
# of it is there. Usage: setup.sh [--check | --bench | --guest | --hall | --image]. Instead, what is large and not always needed: --bench
# the peers of `make bench`, --guest the virtual machine of `make test-all`, --hall its PostgreSQL and a token in software, --image what makes and starts a terminal's image.
set -eu

packages="build-essential clang clang-format clang-tidy lld libclang-rt-14-dev pkg-config git ca-certificates
libsdl2-dev libsdl2-ttf-dev libusb-1.0-0-dev libcurl4-openssl-dev libmbedtls-dev libevent-dev libssl-dev libjansson-dev
libqrencode-dev libfreetype-dev libsqlite3-dev libzstd-dev libpng-dev libseccomp-dev libx11-dev libxtst-dev librsvg2-bin fonts-noto-cjk
fonts-noto-cjk-extra fonts-hanazono zbar-tools openssl sqlite3 python3 librime-dev
librime-bin rime-data-pinyin-simp rime-data-stroke unicode-data opencc bzip2 xvfb jq mmdebstrap libusbredirparser-dev libumockdev-dev umockdev usbip
dosfstools mtools bmap-tools nftables iproute2 libpq-dev libgfshare-dev libsodium-dev libespeak-ng-dev espeak-ng-data libasound2-dev libpango1.0-dev libp11-kit-dev poppler-utils mupdf-tools"

missing=""
[ "${1:-}" != --bench ] || packages="chromium nginx"
[ "${1:-}" != --guest ] || packages="qemu-system-x86 busybox-static udev cpio xz-utils usbip"
[ "${1:-}" != --hall ] || packages="postgresql softhsm2 opensc"
[ "${1:-}" != --image ] || packages="mmdebstrap openssl qemu-system-x86 ovmf fdisk e2fsprogs python3 jq zstd chrony iproute2
swtpm swtpm-tools tpm2-tools cryptsetup-bin mtools dosfstools arch-test qemu-system-arm qemu-efi-aarch64 qemu-user-static"
# shellcheck disable=SC2086
there=" $(dpkg-query -W -f '${Package}:${db:Status-Status} ' $packages 2>/dev/null || true) "
for p in $packages; do
    case $there in *" $p:installed "*) ;; *) missing="$missing $p" ;; esac
done
[ -n "$missing" ] || exit 0
[ "${1:-}" != --check ] || { echo "missing:$missing"; exit 1; }

root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: run as root, or install sudo: these packages are missing:$missing" >&2; exit 1; }
    root="sudo"
fi
echo "setup: installing by apt:$missing"
export DEBIAN_FRONTEND=noninteractive
$root apt-get -o DPkg::Lock::Timeout=600 update -q
# shellcheck disable=SC2086
$root apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends $missing
# it was asked for as a peer, not to serve on this machine
case $missing in *" nginx"*) $root systemctl disable --now nginx 2>/dev/null || true ;; esac
