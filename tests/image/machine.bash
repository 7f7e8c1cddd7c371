# SPDX-License-Identifier: Apache-2.0
#
# What the tests of the image share: a disk with the data of an enrolled terminal, the machine that starts it, and what it shows.
# A test is a file of its own beside this one; it is called with the board's name, includes this, and gets
#   $kept      where the board's image was made, board/image/kept.bash (`images`, set before: which of it must be there; else the image
#              and its variant with a probe)
#   $work      a folder of its own, gone at its end: disk, vars (of the firmware), kernel and probe (what the two serial lines said)
# It ends with 0; what failed are its lines `not ok`. Where what it prepares fails it ends there, with 1.
PATH=$PATH:/usr/sbin:/sbin
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
# shellcheck disable=SC2034,SC2119,SC2120
board=${1:?usage: $0 BOARD}
# shellcheck source=board/image/kept.bash
. board/image/kept.bash
# shellcheck source=board/x86_64/machine
. "board/$board/machine"
case $cpu in
x86_64)
    firmware=/usr/share/OVMF/OVMF_CODE_4M.secboot.fd firmware_vars=/usr/share/OVMF/OVMF_VARS_4M.fd processor=Nehalem
    qemu_machine=(-machine q35,smm=on -global driver=cfi.pflash01,property=secure,value=on) qemu_panel=virtio-vga qemu_tpm=tpm-crb
    ;;
aarch64)
    firmware=/usr/share/AAVMF/AAVMF_CODE.ms.fd firmware_vars=/usr/share/AAVMF/AAVMF_VARS.ms.fd processor=cortex-a72
    qemu_machine=(-machine virt) qemu_panel=virtio-gpu-pci qemu_tpm=tpm-tis-device
    ;;
esac
boot_s=${BOOT_S:-900} # a slow machine under emulation with others beside it; nothing waits when it is there

skip() {
    echo "skip image # $1"
    exit 0
}
[ "$(id -u)" -eq 0 ] || skip "only root can make an image"
for tool in "qemu-system-$cpu" mke2fs sfdisk python3 jq; do
    command -v "$tool" >/dev/null || skip "$tool is not installed: tools/setup.sh --image"
done
[ -e $firmware ] || skip "there is no UEFI for virtual machines: tools/setup.sh --image"
for image in ${images:-$board $board-test}; do [ -e "$kept/$image.img" ] || skip "there is no $kept/$image.img: make test-image BOARD=$board"; done

work=$(mktemp -d)
machine_pid='' desk_pid=''
stop() {
    [ -z "$machine_pid" ] || { kill "$machine_pid"; wait "$machine_pid"; } 2>/dev/null
    machine_pid=''
}
stop_desk() {
    [ -z "$desk_pid" ] || { kill "$desk_pid"; wait "$desk_pid"; } 2>/dev/null
    desk_pid=''
}
trap 'stop; stop_desk; rm -rf "$work"' EXIT

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

enrol() { # qemu-user knows no seccomp, without which kiosk does not start: for another machine this one's programs do it
    if [ "$(uname -m)" = "$cpu" ]; then
        board/image/builder.sh tests/image/enrolled.sh /image/enrolled /image/hall
    else
        unshare --net sh -c 'ip link set lo up && exec "$@"' sh tests/image/enrolled.sh "$PWD/$kept/enrolled" "$PWD/$kept/hall"
    fi
}
enrolled_data() { # a file system into $work/data; the hall that knows it stays in $kept/hall
    rm -rf $kept/enrolled $kept/hall
    enrol >"$work/enrolled" 2>&1 || return 1
    mkdir -p "$work/var/lib"
    mv $kept/enrolled "$work/var/lib/tongban"
    chown -R 901:901 "$work/var/lib/tongban" # tongban, tongban-sync: board/image/root.sh
    chown -R 902:901 "$work/var/lib/tongban/sync"
    make_data
}

make_data() { # of $work/var: what a test puts there beside it is there, too
    rm -f "$work/data"
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

second_slot() { # on the disk: what the first slot holds
    local kind from to length
    for kind in root verity; do
        read -r from length < <(partition "$work/disk" $kind-a)
        read -r to _ < <(partition "$work/disk" $kind-b)
        dd if="$work/disk" of="$work/disk" bs=1M skip=$((from >> 20)) seek=$((to >> 20)) count=$((length >> 20)) \
            conv=notrunc,sparse status=none
    done
}

spoil_first() { # the first slot loses its first block
    local at
    read -r at _ < <(partition "$work/disk" root-a)
    dd if=/dev/urandom of="$work/disk" bs=4096 seek=$((at / 4096)) count=1 conv=notrunc status=none
}

# --- a machine ---
own_keys() { # the firmware's variables in which only the image's key is trusted: whose others were there are none of ours
    local owner=7d5b4b2c-2f43-4f0f-8f2b-54424f4e4701 cert=${IMAGE_CERT:-$kept/keys/cert.pem}
    cp $firmware_vars $kept/vars.new && cp "$cert" $kept/vars.pem &&
        board/image/builder.sh virt-fw-vars --input /image/vars.new --output /image/vars --delete PK --delete KEK --delete db --delete dbx --secure-boot \
            --set-pk $owner /image/vars.pem --add-kek $owner /image/vars.pem --add-db $owner /image/vars.pem
}

# What it says on its serial lines: the kernel, the probe on /dev/ttyS1, and what a test adds, on /dev/ttyS2.
serial_lines=()
serial_line() { # NAME BACKEND: one more. Of its own `virt` has one, which is no ttyS: the others are cards.
    serial_lines+=(-chardev "$2,id=$1")
    if [ "$cpu" = aarch64 ] && [ "$1" != kernel ]; then serial_lines+=(-device "pci-serial,chardev=$1"); else serial_lines+=(-serial "chardev:$1"); fi
}
serial_line kernel "file,path=$work/kernel"
[ "$cpu" != aarch64 ] || serial_line none null
serial_line probe "file,path=$work/probe"

# `network=…` another than a closed one, or none; `keep_vars=1`: the firmware's variables as they are; `log=FILE`: all that is written
# to the disk is kept there (writes.py).
start_machine() { # [QEMU-OPTION…]
    local net=(-netdev "${network:-user,id=net,restrict=on}" -device "virtio-net-pci,netdev=net,romfile=")
    [ "${network:-}" != none ] || net=(-nic none)
    local disk="format=raw,file=$work/disk"
    [ -z "${log:-}" ] || {
        : >"$log"
        # the host need not bring to its own disk what the guest flushes: that it did stands in the log
        disk="driver=blklogwrites,file.driver=file,file.filename=$work/disk,file.cache.no-flush=on"
        disk+=",log.driver=file,log.filename=$log,log.cache.no-flush=on"
    }
    [ -n "${keep_vars:-}" ] || cp $kept/vars "$work/vars"
    : >"$work/kernel"
    : >"$work/probe"
    "qemu-system-$cpu" -accel "$accelerator" -cpu "$processor" "${qemu_machine[@]}" -smp 2 -m 1536 \
        -nodefaults -display none -no-reboot \
        -drive if=pflash,format=raw,readonly=on,file=$firmware -drive if=pflash,format=raw,file="$work/vars" \
        -drive "if=none,id=disk,$disk" -device virtio-blk-pci,drive=disk,bootindex=5,discard=off,write-zeroes=off \
        -device "$qemu_panel,xres=1080,yres=1920" -device i6300esb "${net[@]}" "${serial_lines[@]}" -qmp "unix:$work/qmp,server=on,wait=off" "$@" \
        >"$work/machine.log" 2>&1 </dev/null &
    machine_pid=$!
}

# The desk's reader and printers, by usb-redir: give the machine "${desk_on_usb[@]}".
start_desk() { # [DESK-OPTION…]
    local role
    [ -x build/release/desk ]
    prepared image-desk-is-built $? <(echo "there is no build/release/desk: make build/release/desk")
    mkdir -p "$work/paper"
    rm -f "$work/redir".*
    build/release/desk --socket "$work/desk" --paper "$work/paper" --usbredir "$work/redir" "$@" >"$work/desk.log" 2>&1 &
    desk_pid=$!
    desk_on_usb=(-device "qemu-xhci,id=xhci,p2=8,p3=8")
    for role in reader printer ticket; do
        for _ in $(seq 100); do
            [ -S "$work/redir.$role" ] && break
            sleep 0.1
        done
        desk_on_usb+=(-chardev "socket,id=$role,path=$work/redir.$role" -device "usb-redir,chardev=$role,bus=xhci.0")
    done
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
gone() { ! kill -0 "$machine_pid" 2>/dev/null; }
wait_gone() { # SECONDS: until the machine starts anew or is off, which is where QEMU ends
    local end=$((SECONDS + $1))
    while ((SECONDS < end)); do
        gone && return
        sleep 1
    done
    return 1
}

screen() { tests/image/screen.py "$work/qmp" "$@" >"$work/screen" 2>>"$work/machine.log"; } # PICTURE [X,Y…]
# The dot at that place has that colour, such as f2b754; the picture is kept as NAME.
shows() { # NAME X,Y COLOUR
    screen "$kept/shots/$1.png" "$2" && grep -q " $3\$" "$work/screen"
}
sun=540,860 sun_colour=f2b754 # of the picture that is shown while the machine starts

# A /dev/kvm that can be opened may still run no guest: the first line of a kernel decides.
choose_accelerator() {
    local kernel
    accelerator=tcg,thread=multi
    kernel=$(find "$kept/alone" -name 'vmlinuz-*')
    [ "$(uname -m)" = "$cpu" ] && [ -w /dev/kvm ] || return
    timeout 10 "qemu-system-$cpu" -accel kvm -cpu host -machine "${qemu_machine[1]}" -m 512 -nodefaults -display none -no-reboot \
        -serial "file:$work/kvm" -kernel "$kernel" -append "$test_words panic=-1" >/dev/null 2>&1 </dev/null
    [ ! -s "$work/kvm" ] || accelerator=kvm processor=host
}

# The whole panel, no line of text on black: the first screen has more than a thousand shades, a console has few, and the
# picture before it some four hundred.
first_screen() {
    local width height colours lit
    screen "$kept/shots/$1.png" && read -r width height colours lit <"$work/screen" &&
        ((width == 1080 && height == 1920 && colours > 700 && lit > 900))
}

# The firmware that trusts the image's key, and data to start with: without them there is nothing to try.
prepare_machine() {
    mkdir -p $kept/shots
    choose_accelerator
    own_keys >"$work/keys" 2>&1
    prepared image-firmware-has-our-key $? "$work/keys"
    enrolled_data
    prepared image-enrolled-data $? "$work/enrolled"
}
