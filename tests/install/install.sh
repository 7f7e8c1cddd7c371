#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A stick that installs itself, played with a finger on its pages: media are files, nothing restarts. Usage: install.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$PWD/${1:?usage: install.sh BUILD} flash=$PWD/$1/flash install=$PWD/$1/install
PATH=$PATH:/usr/sbin:/sbin
for tool in sfdisk python3 openssl numfmt; do
    command -v $tool >/dev/null || { echo "skip install # there is no $tool"; exit 0; }
done
# shellcheck source=tests/flash/tree.bash
. tests/flash/tree.bash
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
trap 'rm -rf "$tree"' EXIT

verdict() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok $1"; else
        tail -n 5 "$tree/said" | sed 's/^/# /'
        echo "not ok $1"
    fi
}

make_image() { # as the build does, only smaller
    local img=$tree/system.img
    truncate -s 40M "$img"
    sfdisk --quiet --no-tell-kernel "$img" >/dev/null <<EOT
label: gpt
start=1MiB, size=4MiB, name=esp
start=5MiB, size=8MiB, name=root-a
start=13MiB, size=1MiB, name=verity-a
start=14MiB, size=8MiB, name=root-b
start=22MiB, size=1MiB, name=verity-b
start=23MiB, size=1MiB, name=note
start=24MiB, size=15MiB, name=data
EOT
    head -c 6M /dev/urandom >"$tree/root"
    dd if="$tree/root" of="$img" bs=1M seek=5 conv=notrunc status=none
    head -c 70000 /dev/urandom | dd of="$img" bs=1M seek=13 conv=notrunc status=none
    head -c 300000 /dev/urandom | dd of="$img" bs=1M seek=1 conv=notrunc status=none
    openssl ecparam -name prime256v1 -genkey -noout -out "$tree/image.key"
    openssl ec -in "$tree/image.key" -pubout -out "$tree/image.pub" 2>/dev/null
    "$flash" --make "$tree/system" --sign "$tree/image.key" --release 1.5.0 --arch x86_64 \
        --zeros 1048576+1048576,24117248+1048576,25165824+1048576 &&
        "$install" --pack "$tree/system" --root-at 5242880+6291456 && mkdir "$tree/stick" &&
        cp "$tree"/system.{sig,bmap,rest} "$tree/stick/"
}

put_sheet() { # where flash leaves it
    printf '{"v":1,"hall":"https://hall.example","terminal":"t-1103-003","code":"2345-6789","ca_sha256":"%064d","root_sha256":"%064d","spot":"城东街道","device":"03 号机"}\n' \
        1 2 >"$tree/sheet.json"
    dd if="$tree/sheet.json" of="$tree/dev/sdz" bs=1 seek=$(((64 << 20) - (1 << 20) + 4096)) conv=notrunc status=none
}

fresh() { # SIZE: an internal disk
    rm -rf "$tree"/sys/devices/pci "$tree"/sys/block/vda "$tree"/dev/vda* "$tree/work"
    inside vda VD01 "$1" 'Anvil N5'
}

play() { # what is done, on standard input
    mkdir -p "$tree/work"
    python3 tests/install/control.py "$install" --sys "$tree" --stick sdz --from "$tree/stick" --work "$tree/work" \
        --root "$tree/root" --root-at 5242880+6291456 --key "$tree/image.pub" --assets "$build/assets" >"$tree/said" 2>&1
}

# what the map names, and the sheet; between it lie marks of the measuring
installed() {
    local at
    for at in 0+2097152 5242880+6291456 13631488+70000; do
        cmp -n "${at#*+}" -i "${at%+*}" "$tree/dev/vda" "$tree/system.img" >>"$tree/said" || return 1
    done
    cmp -s <(dd if="$tree/dev/vda" bs=4096 skip=$(((24 << 20) / 4096 - 1)) count=1 status=none | tr -d '\0') \
        "$tree/sheet.json" || { echo "the sheet is not in the note" >>"$tree/said"; return 1; }
}
nothing_written() { cmp -s "$tree/dev/vda" "$tree/before"; }
starts_nothing() { [ "$(head -c 1048576 "$tree/dev/vda" | tr -d '\0' | wc -c)" = 0 ]; }

stick sdz 1 4C53 64M
make_image >"$tree/said" 2>&1
prepared image-is-packed $? "$tree/said"
put_sheet

fresh 64M
play <<EOT
see 03 号机
see 这台机器是空的
tap #go
see 装好了，取出 U 盘
run mv '$tree/sys/block/sdz' '$tree/sys/block/sdz.out'
end
EOT
[ $? = 0 ] && grep -q '^install: restart' "$tree/said" && installed
verdict empty-machine $?
plug sdz

# the same stick left in: it is done, and nothing is written again
cp "$tree/dev/vda" "$tree/before"
play <<EOT
see 装好了，取出 U 盘
run mv '$tree/sys/block/sdz' '$tree/sys/block/sdz.out'
end
EOT
[ $? = 0 ] && nothing_written
verdict left-in $?
plug sdz

fresh 64M
echo 'slow 4000000' >"$tree/dev/vda.faults"
play <<EOT
tap #go
see #progress
run mv '$tree/sys/block/sdz' '$tree/sys/block/sdz.out'
see 装好了
end
EOT
[ $? = 0 ] && grep -q '^install: restart' "$tree/said" && installed
verdict stick-out-while-writing $?
plug sdz

# the power is cut: nothing starts; then it goes on by itself
fresh 64M
echo 'slow 4000000' >"$tree/dev/vda.faults"
play <<EOT
tap #go
see 量过盘
kill
EOT
[ $? = 0 ] && starts_nothing && tail -c 1048576 "$tree/dev/vda" | grep -q '"state":"half"'
verdict cut-starts-nothing $?
rm "$tree/dev/vda.faults"
play <<EOT
see 上次没装完
see 装好了，取出 U 盘
run mv '$tree/sys/block/sdz' '$tree/sys/block/sdz.out'
end
EOT
[ $? = 0 ] && installed
verdict goes-on-after-a-cut $?
plug sdz

fresh 64M
head -c 3M /dev/urandom | dd of="$tree/dev/vda" conv=notrunc status=none
cp "$tree/dev/vda" "$tree/before"
play <<EOT
see 这台机器里有别的东西
tap #off
end
EOT
[ $? = 0 ] && grep -q '^install: off' "$tree/said" && nothing_written
verdict others-things-stay $?

fresh 64M
echo 'wrap 33554432' >"$tree/dev/vda.faults"
play <<EOT
tap #go
see 这块盘是假的
tap #off
end
EOT
[ $? = 0 ] && starts_nothing
verdict false-disk $?

fresh 32M
play <<EOT
see 这块盘太小
tap #off
end
EOT
verdict small-disk $?

fresh 64M
cp "$tree/dev/vda" "$tree/before"
was=$(od -An -tu1 -j100000 -N1 "$tree/stick/system.rest") # what lies there is random: another byte than that one
printf "\\$(printf %03o $((was ^ 1)))" | dd of="$tree/stick/system.rest" bs=1 seek=100000 conv=notrunc status=none
play <<EOT
see U 盘坏了
tap #off
end
EOT
[ $? = 0 ] && nothing_written
verdict damaged-stick $?
