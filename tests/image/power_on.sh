#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From power-on to the home screen, beside what a bare Debian 13 takes in the same machine from power-on to its login prompt, one
# after the other; and what the image weighs. By the clock, and by what the machine took of the processors, which holds where others
# work beside it. It is all printed, nothing is judged by time. Usage: power_on.sh BOARD
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck disable=SC2034
images=${1:-x86_64}
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
[ "$(uname -m)" = "$cpu" ] || skip "a bare Debian for $cpu is not made here"
for tool in mmdebstrap mcopy; do command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --image"; done

# Debian as its packages leave it: its own initramfs, ext4, nothing added but a console. It is kept for the next run.
bare_tree() { # TREE
    local mirror
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sort -u | grep -m1 -E '/debian/?$')
    rm -rf --one-file-system "${1:?}"
    unshare --mount mmdebstrap --quiet --mode=root --variant=minbase --include=linux-image-amd64,systemd-sysv,udev,dbus,login \
        --format=directory trixie "$1" "$mirror" || return 1
    echo bare >"$1/etc/hostname"
    printf 'LABEL=bare / ext4 defaults 0 1\nLABEL=BARE /efi vfat defaults 0 2\n' >"$1/etc/fstab"
    mkdir -p "$1/efi"
}
bare_esp() { # TREE
    local kernel
    kernel=$(find "$1/boot" -name 'vmlinuz-*')
    truncate -s 160M "$work/esp"
    mkfs.vfat -F 32 -n BARE "$work/esp" >/dev/null
    printf 'timeout 0\n' >"$work/loader.conf"
    printf 'title Debian\nlinux /vmlinuz\ninitrd /initrd\noptions root=LABEL=bare rw console=ttyS0\n' >"$work/debian.conf"
    mmd -i "$work/esp" ::/EFI ::/EFI/BOOT ::/loader ::/loader/entries &&
        mcopy -i "$work/esp" $kept/alone/systemd-boot-efi/usr/lib/systemd/boot/efi/systemd-bootx64.efi ::/EFI/BOOT/BOOTX64.EFI &&
        mcopy -i "$work/esp" "$kernel" ::/vmlinuz && mcopy -i "$work/esp" "${kernel/vmlinuz/initrd.img}" ::/initrd &&
        mcopy -i "$work/esp" "$work/loader.conf" ::/loader/ && mcopy -i "$work/esp" "$work/debian.conf" ::/loader/entries/
}
bare_debian() {
    local tree=$kept/bare
    [ ! -e "$tree.img" ] || return 0
    bare_tree "$tree" && bare_esp "$tree" || return 1
    mke2fs -q -t ext4 -L bare -d "$tree" "$work/root" 1500M >/dev/null || return 1
    truncate -s 1700M "$work/bare.img"
    printf 'label: gpt\nstart=1MiB, size=160MiB, type=U\nstart=161MiB, size=1500MiB, type=L\n' | sfdisk --quiet "$work/bare.img" >/dev/null &&
        dd if="$work/esp" of="$work/bare.img" bs=1M seek=1 conv=notrunc,sparse status=none &&
        dd if="$work/root" of="$work/bare.img" bs=1M seek=161 conv=notrunc,sparse status=none || return 1
    rm -rf --one-file-system "$tree" "$work/root" "$work/esp"
    mv "$work/bare.img" "$tree.img"
}

begin=0
taken() { # NAME: since power-on, by the clock and of the processors
    awk -v n="$1" -v a="$begin" -v b="$(date +%s%N)" -v hz="$(getconf CLK_TCK)" \
        '{printf "%s %.1f %.1f\n", n, (b - a) / 1e9, ($14 + $15) / hz}' "/proc/$machine_pid/stat" >>"$work/taken"
}
bare_starts() {
    cp --sparse=always "$kept/bare.img" "$work/disk"
    cp "$firmware_vars" "$work/vars" # no keys in it: Debian's files are not signed by ours
    begin=$(date +%s%N)
    keep_vars=1 start_machine
    wait_for "$boot_s" grep -qa 'login:' "$work/kernel"
    verdict power-on-bare-debian-asks-who $? < <(cat "$work/kernel" "$work/machine.log") || exit 0
    taken bare
    stop
}
home_sun=540,860 home_sun_colour=f8d797
starts() {
    make_disk "$board"
    begin=$(date +%s%N)
    start_machine
    wait_for "$boot_s" first_screen "$board-power-on"
    verdict power-on-first-screen $? < <(cat "$work/screen" "$work/machine.log") || exit 0
    taken first
    wait_for "$boot_s" shows "$board-power-on-home" $home_sun $home_sun_colour
    verdict power-on-home-screen $? < <(cat "$work/screen" "$work/machine.log") || exit 0
    taken home
    stop
}

bare_debian >"$work/bare" 2>&1
prepared image-power-on-bare-debian $? "$work/bare"
prepare_machine
bare_starts
starts
awk '{wall[$1] = $2; cpu[$1] = $3}
    function row(n, words) {
        printf "# %s after %.1f s, %.1f s of the processors: %.2f and %.2f of a bare Debian\n", words, wall[n], cpu[n], wall[n] / wall["bare"], cpu[n] / cpu["bare"]
    }
    END {
        printf "# a bare Debian asks who after %.1f s, %.1f s of the processors\n", wall["bare"], cpu["bare"]
        row("first", "the first screen"); row("home", "the home screen")
    }' "$work/taken"

mib() { stat -c %s "$1" | awk '{printf "%.0f", $1 / 1048576}'; }
echo "# the image $(mib "$kept/$board.img.zst") MiB compressed, its root file system $(mib $kept/work/root) MiB, its kernel $(mib $kept/work/tongban.efi) MiB"
exit 0
