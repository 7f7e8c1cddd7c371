#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The image in a virtual machine, with the data of an enrolled terminal. Under Secure Boot with the image's key its first screen
# is looked at, and a kernel that names another root file system is refused. Then the variant with a probe in it starts from the
# other slot, where the first one's does not fit, and says what the machine is like from inside. Pictures stay in
# build/image/shots. Usage: boot.sh BOARD
set -u
cd "$(dirname "$0")/../.." || exit 1
PATH=$PATH:/usr/sbin:/sbin
board=${1:?usage: boot.sh BOARD} kept=build/image firmware=/usr/share/OVMF
boot_s=900 # a slow machine under emulation with others beside it; nothing waits when it is there

skip() {
    echo "skip image # $1"
    exit 0
}
[ "$(id -u)" -eq 0 ] || skip "only root can make an image"
for tool in qemu-system-x86_64 mke2fs sfdisk python3 jq; do
    command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --image"
done
[ -e $firmware/OVMF_CODE_4M.secboot.fd ] || skip "there is no UEFI for virtual machines: tools/setup.sh --image"
for image in "$board" "$board-test"; do [ -e "$kept/$image.img" ] || skip "there is no $kept/$image.img: make image-test"; done

work=$(mktemp -d)
machine_pid=''
stop() {
    [ -z "$machine_pid" ] || { kill "$machine_pid"; wait "$machine_pid"; } 2>/dev/null
    machine_pid=''
}
trap 'stop; rm -rf "$work"' EXIT

verdict() { # NAME CODE, what to show where it failed on stdin
    if [ "$2" = 0 ]; then
        echo "ok image-$1"
    else
        tail -n 25 | tr -d '\r' | sed 's/^/# /'
        echo "not ok image-$1"
    fi
    return "$2"
}

# --- a disk ---
partition() { # FILE NAME: its first byte and its length
    sfdisk --json "$1" 2>/dev/null | jq -r --arg n "$2" \
        '.partitiontable | .sectorsize as $s | .partitions[] | select(.name == $n) | "\(.start * $s) \(.size * $s)"'
}

enrolled_data() { # a file system into $work/data
    rm -rf $kept/enrolled
    board/image/builder.sh tests/image/enrolled.sh /image/enrolled >"$work/enrolled" 2>&1 || return 1
    mkdir -p "$work/var/lib"
    mv $kept/enrolled "$work/var/lib/tongban"
    chown -R 901:901 "$work/var/lib/tongban" # tongban, tongban-sync: board/image/root.sh
    chown -R 902:901 "$work/var/lib/tongban/sync"
    mke2fs -q -t ext4 -L data -d "$work/var" "$work/data" 64M >/dev/null
}

make_disk() { # IMAGE: one that is larger than it, as a real one is
    local at
    rm -f "$work/disk"
    cp --sparse=always "$kept/$1.img" "$work/disk"
    read -r at _ < <(partition "$work/disk" data)
    dd if="$work/data" of="$work/disk" bs=1M seek=$((at >> 20)) conv=notrunc,sparse status=none
    truncate -s 3G "$work/disk"
}

other_kernel() { # on the disk: one digit of the root hash that it names is another
    local at length offset digit
    read -r at length < <(partition "$work/disk" esp)
    offset=$(dd if="$work/disk" bs=1M skip=$((at >> 20)) count=$((length >> 20)) status=none | grep -abo -m1 'tongban\.root=' |
        head -n 1 | cut -d : -f 1)
    [ -n "$offset" ] || return 1
    offset=$((at + offset + 13))
    digit=$(dd if="$work/disk" bs=1 skip=$offset count=1 status=none)
    printf '%s' "$([ "$digit" = 0 ] && echo 1 || echo 0)" | dd of="$work/disk" bs=1 seek=$offset conv=notrunc status=none
}

second_slot() { # on the disk: what the first slot holds, which loses its first block
    local kind from to length
    for kind in root verity; do
        read -r from length < <(partition "$work/disk" $kind-a)
        read -r to _ < <(partition "$work/disk" $kind-b)
        dd if="$work/disk" of="$work/disk" bs=1M skip=$((from >> 20)) seek=$((to >> 20)) count=$((length >> 20)) \
            conv=notrunc,sparse status=none
    done
    read -r from _ < <(partition "$work/disk" root-a)
    dd if=/dev/urandom of="$work/disk" bs=4096 seek=$((from / 4096)) count=1 conv=notrunc status=none
}

# --- a machine ---
own_keys() { # the firmware's variables in which only the image's key is trusted
    local owner=7d5b4b2c-2f43-4f0f-8f2b-54424f4e4701 cert=${IMAGE_CERT:-$kept/keys/cert.pem}
    cp $firmware/OVMF_VARS_4M.fd $kept/vars.new && cp "$cert" $kept/vars.pem &&
        board/image/builder.sh virt-fw-vars --input /image/vars.new --output /image/vars --secure-boot \
            --set-pk $owner /image/vars.pem --add-kek $owner /image/vars.pem --add-db $owner /image/vars.pem
}

start_machine() {
    cp $kept/vars "$work/vars"
    : >"$work/kernel"
    : >"$work/probe"
    qemu-system-x86_64 -accel "$accelerator" -cpu "$cpu" -machine q35,smm=on -smp 2 -m 1536 \
        -nodefaults -display none -no-reboot \
        -drive if=pflash,format=raw,readonly=on,file=$firmware/OVMF_CODE_4M.secboot.fd \
        -global driver=cfi.pflash01,property=secure,value=on -drive if=pflash,format=raw,file="$work/vars" \
        -drive if=none,id=disk,format=raw,file="$work/disk" -device virtio-blk-pci,drive=disk,bootindex=1 \
        -device virtio-vga,xres=1080,yres=1920 -device i6300esb \
        -netdev user,id=net,restrict=on -device virtio-net-pci,netdev=net,romfile= \
        -serial "file:$work/kernel" -serial "file:$work/probe" -qmp "unix:$work/qmp,server=on,wait=off" \
        >"$work/machine.log" 2>&1 </dev/null &
    machine_pid=$!
}

wait_for() { # SECONDS COMMAND…: until it succeeds or the machine is gone
    local end=$((SECONDS + $1))
    shift
    while ((SECONDS < end)); do
        "$@" && return
        kill -0 "$machine_pid" 2>/dev/null || return 1
        sleep 1
    done
    return 1
}

screen() { tests/image/screen.py "$work/qmp" "$1" >"$work/screen" 2>>"$work/machine.log"; }

# A /dev/kvm that can be opened may still run no guest: the first line of a kernel decides.
choose_accelerator() {
    local kernel
    accelerator=tcg,thread=multi cpu=Nehalem
    kernel=$(find $kept/alone -name 'vmlinuz-*')
    [ -w /dev/kvm ] || return
    timeout 10 qemu-system-x86_64 -accel kvm -cpu host -m 512 -nodefaults -display none -no-reboot -serial "file:$work/kvm" \
        -kernel "$kernel" -append 'console=ttyS0 panic=-1' >/dev/null 2>&1 </dev/null
    [ ! -s "$work/kvm" ] || accelerator=kvm cpu=host
}

# The whole panel, no line of text on black: the first screen has more than a thousand shades, a console has few.
first_screen() {
    local width height colours lit
    screen "$kept/shots/$1.png" && read -r width height colours lit <"$work/screen" &&
        ((width == 1080 && height == 1920 && colours > 500 && lit > 900))
}

mkdir -p $kept/shots
choose_accelerator
own_keys >"$work/keys" 2>&1
verdict firmware-has-our-key $? <"$work/keys" || exit 0
enrolled_data
verdict enrolled-data $? <"$work/enrolled" || exit 0

make_disk "$board"
start_machine
wait_for $boot_s first_screen "$board"
verdict first-screen $? < <(cat "$work/screen" "$work/machine.log")
# what is there is the firmware's
! grep -qE 'systemd|login|Linux version|^\[ *[0-9]+\.[0-9]+\]|ok ' "$work/kernel" "$work/probe"
verdict serial-lines-are-mute $? < <(cat "$work/kernel" "$work/probe")
stop

make_disk "$board"
other_kernel && start_machine && wait_for $boot_s grep -qaiE 'access denied|security violation' "$work/kernel"
verdict other-kernel-is-refused $? <"$work/kernel"
stop

make_disk "$board-test"
second_slot
start_machine
wait_for $boot_s grep -q '^probe done' "$work/probe"
verdict probe-ends $? < <(cat "$work/kernel" "$work/probe" "$work/machine.log")
tr -d '\r' <"$work/probe" | sed -n 's/^\(ok\|not ok\) /\1 image-/p; /^# /p'
first_screen "$board-test"
verdict first-screen-with-probe $? <"$work/screen"
exit 0
