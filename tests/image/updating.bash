# SPDX-License-Identifier: Apache-2.0
#
# What the tests of updates share, beside machine.bash: three systems (1.5.1 on the disk, 1.5.2 good, 1.5.3 never healthy),
# bundles for them, and a machine that does what it is told.
BUNDLES=$kept/bundles

systems() { # made where they are missing or something changed since
    local version name
    mkdir -p $BUNDLES
    while read -r version name; do
        SYSTEM_VERSION=$version board/image/build.sh "$board" "--test$name" --bundle >$kept/build.log 2>&1 || return 1
    done <<<"1.5.1 =first
1.5.2 =next
1.5.3 =unhealthy"
}

bundles() { # a disk with them
    local at
    BUNDLE_KEY=${BUNDLE_KEY:-$kept/keys/bundle-key.pem} BUNDLE_CERT=${BUNDLE_CERT:-$kept/keys/bundle-cert.pem} \
        board/image/builder.sh tests/image/bundles.sh /image/bundles || return 1
    BUNDLE_KEY=${BUNDLE_KEY:-$kept/keys/bundle-key.pem} BUNDLE_CERT=${BUNDLE_CERT:-$kept/keys/bundle-cert.pem} \
        SYSTEM_VERSION=1.5.1 REPLACES=1.5.2 board/image/builder.sh board/image/bundle.sh "$board" /image/work-first \
        /image/bundles/back.raucb || return 1
    cp "$kept/$board-next.raucb" $BUNDLES/next.raucb
    cp "$kept/$board-unhealthy.raucb" $BUNDLES/unhealthy.raucb
    head -c 100000000 $BUNDLES/next.raucb >$BUNDLES/truncated.raucb
    cp $BUNDLES/next.raucb $BUNDLES/changed.raucb
    at=150000000
    printf '\377\000\377' | dd of=$BUNDLES/changed.raucb bs=1 seek=$at conv=notrunc status=none
    rm -f $kept/bundles.img
    mke2fs -q -t ext4 -O ^has_journal -d $BUNDLES $kept/bundles.img $(($(du -sm $BUNDLES | cut -f 1) * 11 / 10 + 16))M
}

serial_line hand "socket,path=$work/hand,server=on,wait=off"
start() { # [QEMU-OPTION…]: with a hand in it and the bundles beside it
    start_machine -smbios type=1,serial=hand \
        -drive "if=none,id=bundles,format=raw,readonly=on,file=$kept/bundles.img" -device virtio-blk-pci,drive=bundles "$@"
    keep_vars=1
}
hand() { tests/image/hand.py "$work/hand" "${hand_s:-60}" "$1"; }
hears() { hand_s=5 hand true >/dev/null; }
state() { hand 'update status' | sed -n 's/.*"state":"\([a-z]*\)".*/\1/p' | tail -n 1; }
is_state() { [ "$(hand_s=20 state)" = "$1" ]; }
judged() { # the start has been judged, whatever came of it
    [ "$(hand_s=20 hand 'systemctl show -p ExecMainExitTimestampMonotonic --value tongban-judge' | tail -n 1)" -gt 0 ] 2>/dev/null
}
# what was handed in before is there after each update: nobody fetches it here
records() { hand 'kioskctl status --json' | jq '.last_record - .acknowledged'; }
is_up() { wait_for $boot_s hears && wait_for $boot_s judged; }

hand_over() { # BUNDLE VERSION [COMMAND]: as kiosk-sync and kiosk do; what is said then is of this one. COMMAND: before it is asked for
    hand_s=300 hand "mkdir -p /run/bundles; mountpoint -q /run/bundles || mount -o ro /dev/vdb /run/bundles
mkdir -p /var/lib/tongban/sync/system && cp /run/bundles/$1.raucb /var/lib/tongban/sync/system/$2.raucb &&
chown -R 902:901 /var/lib/tongban/sync/system && sync && ${3:-true} && rm -f /run/tongban-update/status && echo 'install $2' >/run/tongban/update-go"
}
tells() { # what a failed step is shown with
    hand 'update status; cat /run/tongban-update/log; journalctl --no-pager -o cat -u tongban-update -u tongban-judge -u rauc | tail -n 20; slots get-primary; ls /efi/EFI/Linux; cat /var/lib/tongban-update/trial'
}
# A verdict of the machine. It is asked for more only where that failed: it answers one question at a time, and a question that
# nobody waits for would keep the next one waiting.
machine_verdict() { # NAME CODE [FILE…]
    local code=$2
    : >"$work/told"
    [ "$code" = 0 ] || { tail -q -n 5 "${@:3}" </dev/null; tells; } >"$work/told" 2>&1
    verdict "$1" "$code" <"$work/told"
}
