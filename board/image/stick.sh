#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Of a finished image, in the builder, a stick that installs it: the image's own root file system, started from memory by a
# kernel of its own (the same one, another command line, signed), and what else the image consists of. The root file system is
# not there twice (tools/install/bring.h). Both are signed for `flash`. Usage: stick.sh BOARD ROOT WORK IMAGE
set -euo pipefail
board=$1 root=$2 work=$3 image=${4%.img}
alone=/image/alone efi=/image/alone/systemd-boot-efi/usr/lib/systemd/boot/efi
programs=build/release stick=$image-stick esp_mb=128
# shellcheck source=board/image/names.bash
. board/image/names.bash
# shellcheck source=board/x86_64/machine
. "board/$board/machine"
version=$(sed -n 's/^IMAGE_VERSION=//p' "$root/usr/lib/os-release")

at() { # NAME: where that partition of the image begins, in bytes
    echo $(($(sed -n "s/^start=\([0-9]*\)MiB,.* name=$1\$/\1/p" "$work/table") << 20))
}

sign_for_flash() { # NAME ZEROS
    rm -f "$1.bmap" "$1.sig"
    $programs/flash --make "$1" --sign /keys/image.key --release "$version" --arch "$board" ${2:+--zeros "$2"}
}

make_kernel() { # it shows the pages, and nothing of what a terminal runs
    printf '%s tongban.install=%s systemd.unit=tongban-install.target fstab=no\n' "$(cat "$work/cmdline")" "$(at root-a)" \
        >"$work/cmdline-stick"
    ukify build --linux="$alone/linux-image/boot/vmlinuz-$(ls $alone/linux-image/usr/lib/modules)" --initrd="$work/initrd" \
        --cmdline="@$work/cmdline-stick" --os-release="@$root/usr/lib/os-release" --stub="$efi/linux$efi_name.efi.stub" \
        --output="$work/unsigned-stick.efi" >/dev/null 2>&1
    sign "$work/unsigned-stick.efi" "$work/stick.efi"
}

make_esp() {
    rm -f "$work/esp-stick"
    truncate -s ${esp_mb}M "$work/esp-stick"
    cp "$image.sig" "$work/system.sig"
    cp "$image.bmap" "$work/system.bmap"
    mv "$image.rest" "$work/system.rest"
    touch -d "@$SOURCE_DATE_EPOCH" "$work"/{stick.efi,system.sig,system.bmap,system.rest}
    mkfs.vfat --invariant -F 32 -i 54424f53 -n TONGBAN-IN "$work/esp-stick" >/dev/null
    mmd -i "$work/esp-stick" ::/EFI ::/EFI/BOOT ::/EFI/Linux ::/loader ::/tongban
    mcopy -m -i "$work/esp-stick" "$work/boot.efi" "::/EFI/BOOT/BOOT${efi_name^^}.EFI"
    mcopy -m -i "$work/esp-stick" "$work/stick.efi" "::/EFI/Linux/tongban-install-$version.efi"
    mcopy -m -i "$work/esp-stick" "$work/loader.conf" ::/loader/loader.conf
    mcopy -m -i "$work/esp-stick" "$work"/system.{sig,bmap,rest} ::/tongban/
}

make_stick() {
    local at=1 name file type mb
    rm -f "$work/disk-stick" "$work/table-stick"
    printf 'label: gpt\nlabel-id: %s\n' "$(id stick)" >"$work/table-stick"
    truncate -s 1M "$work/disk-stick"
    while read -r name file type; do
        mb=$((($(stat -c %s "$work/$file") + (1 << 20) - 1) >> 20))
        echo "start=${at}MiB, size=${mb}MiB, type=$type, uuid=$(id "part $name"), name=$name" >>"$work/table-stick"
        dd if="$work/$file" of="$work/disk-stick" bs=1M seek=$at conv=notrunc,sparse status=none
        at=$((at + mb))
    done <<EOT
stick-esp esp-stick $esp_type
stick-root root $linux_type
stick-verity verity $linux_type
EOT
    truncate -s $((at + 1))M "$work/disk-stick"
    sfdisk --quiet --no-tell-kernel --wipe never --wipe-partitions never "$work/disk-stick" <"$work/table-stick" >/dev/null
    mv "$work/disk-stick" "$stick.img"
}

# what must read as zeros on the machine's disk: the tables of the boot partition, the note, the beginning of the data
sign_for_flash "$image" "$(at esp)+4194304,$(at note)+1048576,$(at data)+1048576"
$programs/install --pack "$image" --root-at "$(at root-a)+$(stat -c %s "$work/root")"
make_kernel
make_esp
make_stick
sign_for_flash "$stick" 1048576+4194304
echo "$KEPT/$board-stick.img: $(($(stat -c %s "$stick.img") >> 20)) MiB for flash, with its .bmap and .sig and $KEPT/image.pub"
