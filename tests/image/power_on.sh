#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From power-on to the first screen, beside what a bare Debian 13 takes in the same machine from power-on to its login prompt, one
# after the other; and what the image weighs, beside its update. Both are printed, nothing is judged by time.
# Usage: power_on.sh BOARD
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/../.." || exit 1
images=${1:-x86_64}
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
for tool in mmdebstrap mcopy; do command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --image"; done

# Debian as its packages leave it: its own initramfs, ext4, nothing added but a console. It is kept for the next run.
bare_debian() {
    local bare=$kept/bare mirror kernel
    [ -e "$bare.img" ] && return
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sort -u | grep -m1 -E '/debian/?$')
    rm -rf --one-file-system "${bare:?}"
    unshare --mount mmdebstrap --quiet --mode=root --variant=minbase \
        --include=linux-image-amd64,systemd-sysv,udev,dbus,login --format=directory trixie "$bare" "$mirror" || return 1
    echo bare >"$bare/etc/hostname"
    printf 'LABEL=bare / ext4 defaults 0 1\nLABEL=BARE /efi vfat defaults 0 2\n' >"$bare/etc/fstab"
    mkdir -p "$bare/efi"
    kernel=$(find "$bare/boot" -name 'vmlinuz-*')
    truncate -s 160M "$work/esp"
    mkfs.vfat -F 32 -n BARE "$work/esp" >/dev/null
    printf 'timeout 0\n' >"$work/loader.conf"
    printf 'title Debian\nlinux /vmlinuz\ninitrd /initrd\noptions root=LABEL=bare rw console=ttyS0\n' >"$work/debian.conf"
    mmd -i "$work/esp" ::/EFI ::/EFI/BOOT ::/loader ::/loader/entries &&
        mcopy -i "$work/esp" $kept/alone/systemd-boot-efi/usr/lib/systemd/boot/efi/systemd-bootx64.efi ::/EFI/BOOT/BOOTX64.EFI &&
        mcopy -i "$work/esp" "$kernel" ::/vmlinuz && mcopy -i "$work/esp" "${kernel/vmlinuz/initrd.img}" ::/initrd &&
        mcopy -i "$work/esp" "$work/loader.conf" ::/loader/ && mcopy -i "$work/esp" "$work/debian.conf" ::/loader/entries/ || return 1
    mke2fs -q -t ext4 -L bare -d "$bare" "$work/root" 1500M >/dev/null || return 1
    truncate -s 1700M "$work/bare.img"
    printf 'label: gpt\nstart=1MiB, size=160MiB, type=U\nstart=161MiB, size=1500MiB, type=L\n' | sfdisk --quiet "$work/bare.img" >/dev/null &&
        dd if="$work/esp" of="$work/bare.img" bs=1M seek=1 conv=notrunc,sparse status=none &&
        dd if="$work/root" of="$work/bare.img" bs=1M seek=161 conv=notrunc,sparse status=none || return 1
    rm -rf --one-file-system "${bare:?}" "$work/root" "$work/esp"
    mv "$work/bare.img" "$bare.img"
}

since() { awk -v a="$1" -v b="$(date +%s%N)" 'BEGIN {printf "%.1f", (b - a) / 1e9}'; }

bare_debian >"$work/bare" 2>&1
prepared image-power-on-bare-debian $? "$work/bare"
prepare_machine

cp --sparse=always "$kept/bare.img" "$work/disk"
cp $firmware/OVMF_VARS_4M.fd "$work/vars" # no keys in it: Debian's files are not signed by ours
begin=$(date +%s%N)
keep_vars=1 start_machine
wait_for $boot_s grep -qa 'login:' "$work/kernel"
verdict power-on-bare-debian-asks-who $? < <(cat "$work/kernel" "$work/machine.log") || exit 0
bare=$(since "$begin")
stop

make_disk "$board"
begin=$(date +%s%N)
start_machine
wait_for $boot_s first_screen "$board-power-on"
verdict power-on-first-screen $? < <(cat "$work/screen" "$work/machine.log") || exit 0
ours=$(since "$begin")
stop
awk -v o="$ours" -v b="$bare" 'BEGIN {printf "# power-on to the first screen %s s, a bare Debian to its login prompt %s s, one after the other: ratio %.2f\n", o, b, o / b}'

mib() { stat -c %s "$1" | awk '{printf "%.0f", $1 / 1048576}'; }
echo "# the image $(mib "$kept/$board.img.zst") MiB compressed, its root file system $(mib $kept/work/root) MiB, its kernel $(mib $kept/work/tongban.efi) MiB"
exit 0
