#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the root file system's tree in the builder: Debian's base, the modules that a terminal needs, the programs, and what
# stands in board/image/root; then takes away what nobody there needs. Usage: root.sh BOARD ROOT EXTRA…: folders laid over it
set -euo pipefail
board=$1 root=$2 alone=/image/alone
shift 2
# shellcheck source=board/x86_64/machine
. "board/$board/machine"
here=board/image

unpack_alone() { # what the list marks with a +, and the kernel its name stands for
    local name sum
    rm -rf $alone
    mkdir -p $alone
    sed -n 's/#.*//; s/+//gp' "board/$board/packages" | tr ' ' '\n' |
        sed 's/^linux-image.*/linux-image-[0-9].*/; s/.*/^& /' >/tmp/alone
    grep -f /tmp/alone "board/$board/packages.lock" | while read -r name _ sum; do
        dpkg-deb -x "/image/debs/$sum.deb" "$alone/${name%-[0-9]*}"
        echo "$name" >>$alone/names
    done
}

modules_of() { # FILE: each with those it needs, these first
    local m
    for m in $(sed 's/#.*//; /^---/d' "$1"); do
        modprobe -d $alone/linux-image/usr -S "$kernel" --show-depends "$m" || { echo "root: no module $m" >&2; exit 1; }
    done | awk '$1 == "insmod" && !seen[$2]++ {print $2}'
}

add_modules() {
    local from=$alone/linux-image/usr/lib/modules/$kernel to=$root/usr/lib/modules/$kernel file
    depmod -b $alone/linux-image/usr "$kernel"
    mkdir -p "$to"
    cp "$from"/modules.{order,builtin,builtin.modinfo} "$to/"
    modules_of "board/$board/modules" >/tmp/modules
    while read -r file; do install -D -m 644 "$file" "$to/${file#"$from/"}"; done </tmp/modules
    depmod -b "$root/usr" "$kernel"
}

# Users keep their numbers, or the data of one version would be another user's in the next.
add_users() {
    systemd-sysusers --root="$root" --inline 'g tongban-usb 900' \
        'u tongban 901 "Tongban terminal, screen and devices" /var/lib/tongban' \
        'u tongban-sync 902 "Tongban terminal, network" /var/lib/tongban/sync' 'u _chrony 903 "the clock" /var/lib/chrony'
    systemd-sysusers --root="$root"
}

# no way to sign in, nothing that writes what cannot be written
mask="getty@.service serial-getty@.service console-getty.service container-getty@.service autovt@.service getty-static.service
debug-shell.service emergency.service rescue.service ctrl-alt-del.target systemd-firstboot.service systemd-binfmt.service
ldconfig.service systemd-hwdb-update.service systemd-ask-password-console.path systemd-ask-password-wall.path
systemd-journald-audit.socket systemd-machine-id-commit.service systemd-update-done.service systemd-boot-random-seed.service"

settle_units() {
    local unit
    rm -rf "$root"/etc/systemd/system/*
    systemctl --quiet --root="$root" preset-all
    for unit in $mask; do ln -sf /dev/null "$root/etc/systemd/system/$unit"; done
}

prune() {
    local pattern
    sed 's/#.*//' $here/prune | tr -s ' ' '\n' | while read -r pattern; do
        # shellcheck disable=SC2086
        [ -z "$pattern" ] || rm -rf "${root:?}/"$pattern
    done
    find "$root" -xdev -type f -perm /6000 -exec chmod ug-s {} +
}

settle_files() {
    mkdir -p "$root"/{efi,var,root,home,srv,proc,sys,dev,run,tmp,etc/default,etc/profile.d,etc/chrony,etc/udev}
    : >"$root/etc/machine-id"
    ln -sf ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
    ln -sf ../../var/etc/tongban/terminal.conf "$root/etc/tongban/terminal.conf"
    rm -rf "$root/etc/udev/rules.d"
    ln -s ../../var/etc/udev/rules.d "$root/etc/udev/rules.d"
    printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 tongban\n' >"$root/etc/hosts"
    printf 'IMAGE_ID=tongban\nIMAGE_VERSION=%s\nBUILD_ID=%s\n' "$SYSTEM_VERSION" "$VERSION" >>"$root/usr/lib/os-release"
    : >"$root/usr/lib/clock-epoch" # as old as the image: before that PID 1 lets no clock stand
    rm -rf "${root:?}"/dev/*
    "$root/usr/sbin/ldconfig" -r "$root"
    rm -rf "${root:?}"/var/*
}

rm -rf --one-file-system "$root"
cp -a /image/base "$root"
unpack_alone
kernel=$(ls $alone/linux-image/usr/lib/modules)
add_modules
cp -a $alone/systemd-boot/usr/lib/systemd/. "$root/usr/lib/systemd/"
cp -a $alone/chrony/usr/{bin,sbin} "$root/usr/"
cp $alone/chrony/usr/lib/systemd/system/chrony.service "$root/usr/lib/systemd/system/"
make -s VERSION="$VERSION" DESTDIR="$root" install-terminal install-update BOARD="$board" CROSS="$cross"
install -m 644 /image/image.pub "$root/usr/share/tongban/image.pub"
install -m 644 /keys/bundle-cert.pem "$root/etc/rauc/keyring.pem"
for folder in $here/root "$@"; do cp -rT "$folder" "$root"; done
add_users
settle_units
prune
settle_files
