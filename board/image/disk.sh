#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Of a root file system's tree, in the builder, a disk that starts: erofs under dm-verity, a signed kernel whose command line
# names the root hash, a boot partition, two slots of which the first is filled, and room for the data. Every identifier is fixed: what
# differs between two images is what differs in them. Usage: disk.sh BOARD ROOT WORK IMAGE [WORD…]: of the command line
set -euo pipefail
board=$1 root=$2 work=$3 image=$4
shift 4
# shellcheck source=board/x86_64/machine
. "board/$board/machine"
alone=/image/alone here=board/image efi=/image/alone/systemd-boot-efi/usr/lib/systemd/boot/efi
root_mb=512 verity_mb=8 esp_mb=160 note_mb=1 data_mb=64
salt=$(printf 'tongban' | sha256sum | cut -d ' ' -f 1)
# shellcheck source=board/image/names.bash
. board/image/names.bash

make_root() {
    mkfs.erofs --quiet -T "$SOURCE_DATE_EPOCH" -U "$(id root)" -z lz4hc,level=12 -C 65536 "$work/root" "$root"
    truncate -s %4096 "$work/root"
    blocks=$(($(stat -c %s "$work/root") / 4096))
    rm -f "$work/verity"
    hash=$(veritysetup format --no-superblock --salt "$salt" "$work/root" "$work/verity" | awk '/^Root hash:/ {print $3}')
    if ((blocks > root_mb * 256)); then
        echo "disk: the root file system takes $((blocks / 256)) of $root_mb MiB" >&2
        exit 1
    fi
}

make_initramfs() {
    local i=$work/initramfs file library
    rm -rf "$i"
    mkdir -p "$i"/{bin,dev,proc,sys,run,root,modules,usr/sbin}
    install $here/init "$i/init"
    install $alone/busybox-static/usr/bin/busybox "$i/bin/busybox"
    install "$root/usr/sbin/dmsetup" "$i/bin/dmsetup"
    chroot "$root" "$loader" --list /usr/sbin/dmsetup | grep -oE '/[^ ]+' | while read -r library; do
        install -D "$root/$(realpath -m "$library")" "$i$library"
    done
    echo "$salt" >"$i/salt"
    add_rescue "$i"
    modprobe_all "board/$board/modules" | while read -r file; do
        xz -dc "$file" >"$i/modules/$(basename "$file" .ko.xz).ko"
        basename "$file" .ko.xz >>"$i/modules/order"
    done
    find "$i" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
    (cd "$i" && find . | LC_ALL=C sort | cpio --quiet --reproducible -o -H newc -R 0:0) | zstd -q -19 -T1 -f -o "$work/initrd"
}

add_rescue() { # INITRAMFS: what a machine shows that cannot start
    local code library
    mkdir -p "$1/rescue"
    install -m 644 $here/rescue "$1/rescue/rescue"
    install "$root/usr/libexec/tongban/kiosk-panel" "$1/bin/kiosk-panel"
    chroot "$root" "$loader" --list /usr/libexec/tongban/kiosk-panel | grep -oE '/[^ ]+' |
        while read -r library; do install -D "$root/$(realpath -m "$library")" "$1$library"; done
    for code in R001 R002; do
        build/release/kiosk-page stuck --code $code --data /none --assets build/release/assets --picture "$work/page.raw"
        gzip -n -9 -c "$work/page.raw" >"$1/rescue/$code.gz"
    done
}

modprobe_all() { # LIST: what stands before its line of dashes
    local m
    for m in $(sed '/^---/,$d; s/#.*//' "$1"); do modprobe -d $alone/linux-image/usr -S "$kernel" --show-depends "$m"; done |
        awk '$1 == "insmod" && !seen[$2]++ {print $2}'
}

make_splash() { # what the firmware shows until the kernel has the screen
    build/release/kiosk-page boot --mark --data /none --assets build/release/assets --picture "$work/splash.bmp"
}

# No word ends in root=: RAUC takes what follows the first such for the slot that was started.
make_kernel() { # WORD…
    printf 'tongban.hash=%s tongban.blocks=%s systemd.gpt_auto=0 panic=10 lockdown=integrity %s\n' "$hash" "$blocks" "$*" \
        >"$work/cmdline"
    # who may sign a system may open what the systems before it kept: the disk's key is sealed to this word of the signer's, not to
    # one system (root/usr/lib/tongban/data)
    openssl x509 -in /keys/cert.pem -pubkey -noout >"$work/pcr.pem"
    ukify build --linux="$alone/linux-image/boot/vmlinuz-$kernel" --initrd="$work/initrd" --cmdline="@$work/cmdline" \
        --os-release="@$root/usr/lib/os-release" --uname="$kernel" --stub="$efi/linux$efi_name.efi.stub" \
        --splash="$work/splash.bmp" \
        --pcr-private-key=/keys/key.pem --pcr-public-key="$work/pcr.pem" --pcr-banks=sha256 --phases=enter-initrd \
        --output="$work/unsigned.efi" >/dev/null 2>&1
    sign "$work/unsigned.efi" "$work/tongban.efi"
    sign "$efi/systemd-boot$efi_name.efi" "$work/boot.efi"
}

make_esp() { # the kernel's name says how many starts it has to prove itself
    printf 'timeout 0\neditor no\nauto-entries no\nauto-firmware no\nsecure-boot-enroll off\n' >"$work/loader.conf"
    rm -f "$work/esp"
    truncate -s ${esp_mb}M "$work/esp"
    touch -d "@$SOURCE_DATE_EPOCH" "$work"/{boot.efi,tongban.efi,loader.conf}
    mkfs.vfat --invariant -F 32 -i 54424f4e -n TONGBAN "$work/esp" >/dev/null
    mmd -i "$work/esp" ::/EFI ::/EFI/BOOT ::/EFI/Linux ::/loader
    mcopy -m -i "$work/esp" "$work/boot.efi" "::/EFI/BOOT/BOOT${efi_name^^}.EFI"
    mcopy -m -i "$work/esp" "$work/tongban.efi" "::/EFI/Linux/tongban-a-$SYSTEM_VERSION+3.efi"
    mcopy -m -i "$work/esp" "$work/loader.conf" ::/loader/loader.conf
}

note_type=3f7b6b1a-51d4-4b0c-9c6e-54424f4e4702 # of our own: systemd-repart takes the first of a type

make_disk() {
    local at=1 name mb type file
    rm -f "$work/disk" "$work/table"
    printf 'label: gpt\nlabel-id: %s\n' "$(id disk)" >"$work/table"
    truncate -s $((esp_mb + 2 * (root_mb + verity_mb) + note_mb + data_mb + 2))M "$work/disk"
    while read -r name mb type file; do
        echo "start=${at}MiB, size=${mb}MiB, type=$type, uuid=$(id "part $name"), name=$name" >>"$work/table"
        [ -z "$file" ] || dd if="$work/$file" of="$work/disk" bs=1M seek=$at conv=notrunc,sparse status=none
        at=$((at + mb))
    done <<EOT
esp $esp_mb $esp_type esp
root-a $root_mb $root_type root
verity-a $verity_mb $verity_type verity
root-b $root_mb $root_type
verity-b $verity_mb $verity_type
note $note_mb $note_type
data $data_mb $linux_type
EOT
    sfdisk --quiet --no-tell-kernel --wipe never --wipe-partitions never "$work/disk" <"$work/table" >/dev/null
    mv "$work/disk" "$image"
}

mkdir -p "$work"
kernel=$(ls $alone/linux-image/usr/lib/modules)
make_root
make_initramfs
make_splash
make_kernel "$@"
make_esp
make_disk
