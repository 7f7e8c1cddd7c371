# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Sourced by the tests of flash: a folder "$tree" that stands for /sys, /proc and /dev, with media that are files (tools/flash/
# disk.h says which faults they can have), and a signed image "$tree/tongban-1.5.0".

# stick NAME PORT SERIAL SIZE [MODEL]: a sparse file of zeros; SERIAL may be empty
stick() {
    local name=$1 port=$2 serial=$3 size=$4 model=${5:-Kestrel U3} usb=$tree/sys/devices/usb1/1-$2
    mkdir -p "$usb/host/block/$name" "$usb/host/scsi" "$tree/sys/block" "$tree/dev"
    echo 1234 >"$usb/idVendor"
    echo "$port" >"$usb/devpath"
    [ -z "$serial" ] || echo "$serial" >"$usb/serial"
    echo "$model" >"$usb/host/scsi/model"
    medium "$usb/host" "$name" "$size"
    ln -sfn ../../scsi "$usb/host/block/$name/device"
}

# inside NAME SERIAL SIZE MODEL: a disk of this computer
inside() {
    local name=$1 serial=$2 size=$3 model=$4 host=$tree/sys/devices/pci/$1
    mkdir -p "$host/block/$name" "$host/nvme" "$tree/sys/block" "$tree/dev"
    echo "$serial" >"$host/nvme/serial"
    echo "$model" >"$host/nvme/model"
    medium "$host" "$name" "$size"
    ln -sfn ../../nvme "$host/block/$name/device"
}

medium() { # HOST NAME SIZE
    local block=$1/block/$2
    echo $(($(numfmt --from=iec "$3") / 512)) >"$block/size"
    echo 0 >"$block/ro"
    numbers=$((numbers + 16))
    echo "8:$numbers" >"$block/dev"
    ln -sfn "../${block#"$tree/sys/"}" "$tree/sys/block/$2"
    truncate -s "$3" "$tree/dev/$2"
}

# partition NAME BYTES: its first partition begins there; its device's number is that of the disk and one
partition() {
    local number
    number=$(cut -d: -f2 "$tree/sys/block/$1/dev")
    case $1 in *[0-9]) set -- "$1" "$2" "${1}p1" ;; *) set -- "$1" "$2" "${1}1" ;; esac
    mkdir -p "$tree/sys/block/$1/$3"
    echo 1 >"$tree/sys/block/$1/$3/partition"
    echo $(($2 / 512)) >"$tree/sys/block/$1/$3/start"
    echo "8:$((number + 1))" >"$tree/sys/block/$1/$3/dev"
}

mounted() { # PARTITION POINT
    echo "30 1 $(cat "$tree/sys/block/${1%[0-9]}/$1/dev" "$tree/sys/block/${1%p[0-9]}/$1/dev" 2>/dev/null) / $2 rw shared:1 - ext4 none rw" \
        >>"$tree/proc/self/mountinfo"
}

unplug() { mv "$tree/sys/block/$1" "$tree/sys/block/$1.out"; }
plug() { mv "$tree/sys/block/$1.out" "$tree/sys/block/$1"; }

# image SIZE: some blocks at the beginning, in the middle, at the end
image() {
    local at
    truncate -s "$1" "$tree/tongban-1.5.0.img"
    for at in 0 1300 2500 $(($(stat -c %s "$tree/tongban-1.5.0.img") / 4096 - 20)); do
        openssl enc -aes-128-ctr -K "0000000000000000000000000000000$((at % 7))" -iv 0 -in /dev/zero 2>/dev/null |
            head -c $((at ? 81920 : 1500000)) |
            dd of="$tree/tongban-1.5.0.img" bs=4096 seek="$at" conv=notrunc status=none
    done
    openssl ecparam -name prime256v1 -genkey -noout -out "$tree/image.key"
    openssl ec -in "$tree/image.key" -pubout -out "$tree/image.pub" 2>/dev/null
    "$flash" --make "$tree/tongban-1.5.0" --sign "$tree/image.key" --release 1.5.0 --arch x86_64
}

numbers=0
tree=$(mktemp -d)
mkdir -p "$tree/proc/self" "$tree/sys/block" "$tree/dev"
: >"$tree/proc/self/mountinfo"
