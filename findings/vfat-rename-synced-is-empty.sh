#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# On Linux' vfat a file that was renamed, and whose folder was then synced (as systemd-bless-boot does with the kernel that has just
# proved itself), is an empty file after a power cut: the old name is gone, the new one has no cluster and no byte yet. They are
# written with the inode, half a minute later or at the next sync of the file system. Where that was the only kernel in the boot
# partition, the machine starts nothing any more. Mounted with `dirsync` it is whole. Seen with Linux 6.1 and 6.12 of Debian.
# A virtual machine of Debian's kernel and busybox, switched off right after the sync. Needs apt, qemu, mtools. Usage: NAME
set -eu
PATH=$PATH:/usr/sbin:/sbin
for tool in qemu-system-x86_64 mkfs.vfat mcopy cpio dpkg-deb; do
    command -v $tool >/dev/null || { echo "needs $tool" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
package=$(apt-cache depends linux-image-amd64 | grep -om1 'linux-image-[0-9].*')
apt-get -q download "$package" busybox-static >log 2>&1 || { cat log; exit 2; }
for deb in *.deb; do dpkg-deb -x "$deb" root; done

modules="virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk nls_base nls_cp437 nls_ascii nls_utf8 fat vfat"
mkdir -p tree/bin tree/modules tree/mnt tree/dev
cp "$(find root -path '*bin/busybox' | head -n 1)" tree/bin/busybox
for m in $modules; do
    file=$(find root -name "$m.ko" -o -name "$m.ko.xz" | head -n 1)
    case $file in
    *.xz) xz -dc "$file" >"tree/modules/$m.ko" ;;
    ?*) cp "$file" "tree/modules/$m.ko" ;;
    *) continue ;; # built in
    esac
    echo "$m" >>tree/modules/order
done
cat >tree/init <<'EOT'
#!/bin/busybox sh
busybox mount -t devtmpfs dev /dev
busybox mount -t proc proc /proc 2>/dev/null || { busybox mkdir /proc; busybox mount -t proc proc /proc; }
for m in $(busybox cat /modules/order); do busybox insmod /modules/$m.ko; done
options=$(busybox sed 's/.*vfat=\([a-z,]*\).*/\1/' /proc/cmdline)
busybox mount -t vfat -o "$options" /dev/vda /mnt || busybox echo "not mounted"
busybox mv /mnt/kernel+2-1.efi /mnt/kernel.efi
busybox sync /mnt
busybox poweroff -f -n
EOT
chmod +x tree/init
(cd tree && find . | cpio --quiet -o -H newc) >initrd
cp "$(find root -name 'vmlinuz-*' | head -n 1)" vmlinuz

try() { # MOUNT-OPTIONS: what is in the partition after the power is off
    rm -f disk
    truncate -s 160M disk
    mkfs.vfat -F 32 disk >/dev/null
    head -c 1000000 /dev/urandom >content
    mcopy -i disk content ::/kernel+2-1.efi
    timeout 600 qemu-system-x86_64 -accel tcg -cpu Nehalem -m 256 -nodefaults -display none -no-reboot -serial file:serial \
        -kernel vmlinuz -initrd initrd -append "console=ttyS0 panic=-1 vfat=$1" \
        -drive if=none,id=disk,format=raw,file=disk -device virtio-blk-pci,drive=disk </dev/null >qemu.log 2>&1 || true
    mdir -b -i disk ::/ | tr -d '\r' | sed 's,.*/,,' | grep -v '^$' | while read -r name; do
        echo "$name $(mtype -i disk "::/$name" | wc -c)"
    done
}

rw=$(try rw)
dirsync=$(try rw,dirsync)
echo "$package, the folder synced after the rename:"
echo "  $rw bytes"
echo "  $dirsync bytes, mounted with dirsync"
[ "$rw" = 'kernel.efi 0' ] && [ "$dirsync" = 'kernel.efi 1000000' ] || { tail -n 5 serial qemu.log; echo "not what the head says"; exit 1; }
