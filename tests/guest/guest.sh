#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The desk's devices on a Linux kernel's own USB: a small virtual machine gets them by usb-redir from QEMU or by USB/IP with
# the stock vhci_hcd, and in it our drivers read a card and print, lose the devices and find them again; then a terminal
# tests itself there. The machine is Debian's kernel, kept in build/guest, and an initramfs of this system and the build.
# Usage: guest.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 1
PATH=$PATH:/usr/sbin:/sbin
build=${1:?usage: guest.sh BUILD} kept=build/guest
programs=$(realpath "$build") place=$(realpath tools/scenario/place.json)
boot_s=300 wait_s=120

skip() {
    echo "skip guest # $1"
    exit 0
}
[ "$(uname -m)" = x86_64 ] || skip "the virtual machine is for amd64"
for tool in qemu-system-x86_64 busybox cpio udevadm usbip; do
    command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --guest"
done

work=$(mktemp -d)
desk_pid='' machine_pid=''
stop() {
    [ -z "$machine_pid" ] || { kill "$machine_pid"; wait "$machine_pid"; } 2>/dev/null
    [ -z "$desk_pid" ] || { kill "$desk_pid"; wait "$desk_pid"; } 2>/dev/null
    machine_pid='' desk_pid=''
}
trap 'stop; rm -rf "$work"' EXIT

# --- the machine ----------------------------------------------------------------------------------------------------------

# in the order in which they need each other
modules="usb-common usbcore usblp hid usbhid hid-generic xhci-hcd xhci-pci e1000"
more_modules="usbip-core vhci-hcd"

fetch_kernel() { # into $kernel: vmlinuz and the modules
    local package m file
    package=$(apt-cache depends linux-image-amd64 2>/dev/null | grep -om1 'linux-image-[0-9].*')
    [ -n "$package" ] || skip "apt knows no kernel"
    kernel=$kept/$package
    [ "$(cat "$kernel/made-of" 2>/dev/null)" != "$modules $more_modules" ] || return 0
    rm -rf "$kernel"
    mkdir -p "$kernel/deb"
    (cd "$kernel/deb" && apt-get -q download "$package" >"$work/fetched" 2>&1) ||
        skip "$package cannot be fetched: $(tail -n 1 "$work/fetched")"
    dpkg-deb -x "$kernel"/deb/*.deb "$kernel/deb/root"
    cp "$kernel"/deb/root/boot/vmlinuz-* "$kernel/vmlinuz"
    for m in $modules $more_modules; do
        file=$(find "$kernel/deb/root" -name "$m.ko" -o -name "$m.ko.xz" | head -1)
        case $file in
        *.xz) xz -dc "$file" >"$kernel/$m.ko" ;;
        ?*) cp "$file" "$kernel/$m.ko" ;;
        *) skip "$package has no $m" ;;
        esac
    done
    rm -r "$kernel/deb"
    echo "$modules $more_modules" >"$kernel/made-of"
}

add_program() { # FILE WHERE: with its libraries, where the loader looks for them
    install -D "$1" "$root/$2"
    ldd "$1" | grep -oE '/[^ ]+' | xargs -r cp -L --parents --update -t "$root"
}

enrol() { # WHERE: the data of a terminal that a hall knows
    (
        cd "$work" || exit
        "$programs/hallctl" keys init --keys keys --data hall --test
        "$programs/hall" --data hall --listen 127.0.0.1:0 >hall.out &
        for _ in $(seq 200); do
            grep -q listening hall.out && break
            sleep 0.05
        done
        "$programs/hallctl" terminal add --data hall --id t-1103-003 --office 1103 --place "$place" \
            --hall "https://$(sed -n 's/^listening on //p' hall.out)" --out sheet.json
        mkdir -p "$1"
        "$programs/kioskctl" enrol --sheet sheet.json --data "$1"
        kill %1
    ) >"$work/enrolled" 2>&1
}

make_initramfs() {
    local root=$work/root rules p
    mkdir -p "$root"/{dev,proc,sys,run,tmp,etc,modules,usr/bin,usr/lib/udev/rules.d,usr/lib64,var,tongban}
    ln -s usr/bin "$root/bin" && ln -s usr/lib "$root/lib" && ln -s usr/lib64 "$root/lib64" && ln -s /run "$root/var/run"
    install "$(command -v busybox)" "$root/bin/busybox"
    for p in $(busybox --list); do ln -s busybox "$root/bin/$p" 2>/dev/null; done
    add_program "$(command -v udevadm)" usr/lib/systemd/systemd-udevd
    add_program "$(command -v usbip)" usr/bin/usbip
    add_program "$build/guest-visit" tongban/guest-visit
    for p in kiosk kiosk-ime kioskctl; do add_program "$build/$p" "tongban/$p"; done
    cp --parents -t "$root" /usr/share/fonts/opentype/noto/NotoSansCJK-{Regular,Bold}.ttc
    cp -r "$build/assets" "$root/tongban/"
    enrol "$root/tongban/data"
    rules=/usr/lib/udev/rules.d
    [ -e $rules ] || rules=/lib/udev/rules.d
    cp $rules/50-udev-default.rules board/common/6*.rules "$root/usr/lib/udev/rules.d/"
    printf 'root:x:0:0::/:/bin/sh\nkiosk:x:1000:1000::/:/bin/sh\n' >"$root/etc/passwd"
    printf 'root:x:0:\nkiosk:x:1000:\ntongban-usb:x:900:kiosk\n' >"$root/etc/group"
    cp "$kernel"/*.ko "$root/modules/"
    echo "$modules" | tr ' ' '\n' >"$root/modules/order"
    install tests/guest/init "$root/init"
    (cd "$root" && find . | cpio -o -H newc -R 0:0 --quiet) >"$work/initramfs"
}

# Two serial lines, into files: the kernel's words would break into those of the guest.
run_machine() { # ACCELERATOR CPU WAY OPTION…
    local accelerator=$1 cpu=$2 way=$3
    shift 3
    : >"$work/console"
    qemu-system-x86_64 -accel "$accelerator" -cpu "$cpu" -m 768 -nodefaults -display none -no-reboot \
        -serial "file:$work/kernel" -serial "file:$work/console" -kernel "$kernel/vmlinuz" -initrd "$work/initramfs" \
        -append "console=ttyS0 panic=-1 run=$run way=$way port=$port" "$@" >"$work/machine.log" 2>&1 </dev/null &
    machine_pid=$!
}

# A /dev/kvm that can be opened may still run no guest: the first line of the guest decides.
start_machine() { # WAY OPTION…
    if [ -w /dev/kvm ]; then
        run_machine kvm host "$@"
        waits=20 from=1 see "." && return
        kill "$machine_pid" 2>/dev/null
        wait "$machine_pid"
    fi
    run_machine tcg,thread=multi Nehalem "$@"
}

# --- what is expected -----------------------------------------------------------------------------------------------------

from=1 # the console's first line that counts
from_here() { from=$(($(wc -l <"$work/console") + 1)); }

see() { # PATTERN: the guest says so, or soon will
    local end=$((SECONDS + ${waits:-$wait_s}))
    while ((SECONDS < end)); do
        tail -n "+$from" "$work/console" | tr -d '\r' | grep -qE -- "$1" && return
        kill -0 "$machine_pid" 2>/dev/null || break
        sleep 0.2
    done
    return 1
}

result() { # NAME 0|1
    if [ "$2" = 0 ]; then
        echo "ok guest-$1"
    else
        tail -n 15 "$work/kernel" "$work/console" "$work/machine.log" "$work/desk.log" | tr -d '\r' | sed 's/^/# /'
        echo "not ok guest-$1"
    fi
    return "$2"
}

expect() { # NAME PATTERN…: each of them
    local name=$1 p status=0
    shift
    for p in "$@"; do
        see "$p" || { echo "# the guest did not say: $p"; status=1; break; }
    done
    result "$name" $status
}

desk() { "$build/desk" --socket "$work/desk" "$@" >"$work/answer" 2>&1; }

printed() { # NAME ROLE TEXT…
    local name=$1 role=$2 t status=0
    shift 2
    desk paper || status=1
    for t in "$@"; do
        jq -e --arg t "$t" --arg r "$role" 'any(.[]; .role == $r and .cut and (.text | contains($t)))' "$work/answer" \
            >/dev/null 2>&1 || { echo "# no paper says: $t"; status=1; }
    done
    result "$name" $status
}

card_of() { sed -n "s/^$2 *//p" "tests/cards/$1.txt"; }

read_and_print() { # NAME CARD
    local name number
    name=$(card_of "$2" name) number=$(card_of "$2" number)
    from_here
    desk card place "tests/cards/$2.txt"
    expect "$1-card" "^visit: card $name\$" || return
    expect "$1-done" '^visit: paper done$' || return
    printed "$1-paper" printer "$name" "$number" || return
    desk card lift
    expect "$1-lifted" '^visit: card lifted$'
}

heal() { # NAME CURE RUNG: the reader hears nothing until CURE
    from_here
    desk reader deaf "$2"
    expect "$1" "idcard: the reader works again: $3 helped\$"
}

# --- one way --------------------------------------------------------------------------------------------------------------

kernel_driver() { [ "$1" = hid ] && echo usbhid || echo none; }

begin() { # NAME READER RUN WAY OPTION…: of the machine
    local name=$1 reader=$2 run=$3
    shift 3
    mkdir -p "$work/paper-$name"
    "$build/desk" --socket "$work/desk" --paper "$work/paper-$name" --reader "$reader" --usbredir "$work/redir" \
        --usbip "$port" >"$work/out" 2>"$work/desk.log" &
    desk_pid=$!
    for _ in $(seq 200); do
        grep -q ready "$work/out" && break
        sleep 0.05
    done
    start_machine "$@"
    from=1
    # no test: a machine that does not get so far is one failure
    if waits=$boot_s see '^guest: device 04b8:0e15'; then echo "# guest-$name-devices"; else result "$name-devices" 1; fi
}

drive() { # READER WAY OPTION…
    local name=$2-$1 reader=$1
    shift
    begin "$name" "$reader" visit "$@" || return
    expect "$name-kernel-has-them" "^guest: drivers $(kernel_driver "$reader") usblp usblp \$" || return
    expect "$name-kernel-lets-go" '^guest: drivers usbfs usbfs usbfs $' || return
    expect "$name-ready" '^visit: reader ready$' '^visit: receipt ready$' '^visit: ticket ready$' || return
    read_and_print "$name" resident-r1 || return

    from_here
    desk reader unplug && desk printer unplug
    expect "$name-unplugged" '^visit: reader absent$' '^visit: receipt absent$' '^guest: drivers usbfs $' || return
    from_here
    desk reader plug && desk printer plug
    expect "$name-plugged" '^visit: reader ready$' '^visit: receipt ready$' '^guest: drivers usbfs usbfs usbfs $' || return
    read_and_print "$name-again" resident-r2 || return

    heal "$name-clear-halt" clear-halt clear-halt || return
    [ "$1" = usbip ] || heal "$name-reset" usb-reset re-enumerate || return # USB/IP has no word for it
    read_and_print "$name-healed" resident-r1
}

# What a technician does with a new terminal. Hall and catalogue are not there: the rest has to pass.
selftest() { # READER WAY OPTION…
    local name=kiosk-$2 reader=$1
    shift
    begin "$name" "$reader" kiosk "$@" || return
    waits=$boot_s expect "$name-knows-them" '^1-1 +reader +ready' '^1-2 +receipt +ready' '^1-3 +ticket +ready' \
        '^usb1 +ignored +1d6b:0002 Linux' || return
    expect "$name-prints" '^pass +receipt printer: done$' '^pass +ticket printer: done$' || return
    desk card place tests/cards/resident-r1.txt
    expect "$name-reads" '^pass +card: resident$' || return
    printed "$name-receipt" printer t-1103-003
    printed "$name-ticket" ticket t-1103-003
}

fetch_kernel
make_initramfs
port=$((20000 + $$ % 20000))
redirected=(-device qemu-xhci)
for role in reader printer ticket; do
    redirected+=(-chardev "socket,id=$role,path=$work/redir.$role" -device "usb-redir,chardev=$role")
done
dialled=(-netdev "user,id=net" -device "e1000,netdev=net,romfile=")
for reader in split hid; do
    drive $reader usbredir "${redirected[@]}"
    stop
    drive $reader usbip "${dialled[@]}"
    stop
done
selftest whole usbredir "${redirected[@]}"
exit 0
