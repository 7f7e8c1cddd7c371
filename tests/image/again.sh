#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Another system of the same signer: the kernel file of the test's variant with one word more on its command line, so that all
# that is measured of it is another. Runs in the builder with the keys. Usage: again.sh KERNEL-FILE
set -euo pipefail
# shellcheck source=board/x86_64/machine
. "board/$BOARD/machine"
out=$1 work=/image/work-test alone=/image/alone efi=/image/alone/systemd-boot-efi/usr/lib/systemd/boot/efi
kernel=$(ls $alone/linux-image/usr/lib/modules)
ukify build --linux="$alone/linux-image/boot/vmlinuz-$kernel" --initrd="$work/initrd" \
    --cmdline="$(cat "$work/cmdline") tongban.again" --os-release="@/image/root-test/usr/lib/os-release" --uname="$kernel" \
    --stub="$efi/linux$efi_name.efi.stub" --pcr-private-key=/keys/key.pem --pcr-public-key="$work/pcr.pem" --pcr-banks=sha256 \
    --phases=enter-initrd --output="$out.unsigned"
/usr/lib/systemd/systemd-sbsign sign --private-key=/keys/key.pem --certificate=/keys/cert.pem --output="$out" "$out.unsigned"
rm "$out.unsigned"
