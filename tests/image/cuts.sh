#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Power cuts, of which each costs seconds. All that a machine writes to its disk is kept in order (writes.py): while an update comes,
# is installed, started and called good; at the first start of all, without a TPM and with one; and where the data's key goes from the
# recovery key into another TPM. From that a disk is made as a cut would leave it, AIMED times in the windows in turn, RANDOM times
# anywhere; each is looked at as the terminal would (cuts.py, which names the windows, disk.py). One of each window is truly started,
# with the TPM as it was then. What was kept stays in build/image/cuts.
# Usage: cuts.sh BOARD [AIMED] [RANDOM] [SEED]; default: 56 and 56
set -u
cd "$(dirname "$0")/../.." || exit 1
aimed=${2:-56} random=${3:-56} seed=${4:-$(date +%s)}
images="$1-first $1-next"
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
# shellcheck source=tests/image/updating.bash
. tests/image/updating.bash
# shellcheck source=tests/image/tpm.bash
. tests/image/tpm.bash
for tool in $tpm_tools veritysetup cryptsetup fsck.vfat mtype debugfs blkid; do
    command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --image"
done
cuts=$kept/cuts kioskctl=build/release/kioskctl options=()
has_tpm() { [ "$cpu" = x86_64 ]; } # Debian's kernel for arm64 has no driver for one of QEMU's

sealed_disk() { # of 1.5.1, with the data of an enrolled terminal, as its first start makes it
    rm -f "$work/data" "$work/disk"
    mke2fs -q -t ext4 -b 4096 -L data -d "$work/var" "$work/data" 48M >/dev/null
    cp --sparse=always "$kept/$board-first.img" "$work/disk"
    truncate -s 3G "$work/disk"
    tests/image/disk.py "$work/disk" seal "$work/data"
}

# Between the table of partitions and the first of them: what the machine is about, and how many records it says it has.
mark() { echo "printf '%-512s' 'tongban-mark $1 ' | dd of=/dev/vda bs=512 seek=1024 oflag=direct conv=notrunc status=none"; }
count_records() { # from now on: what `kioskctl` says is on the disk
    hand '( while :; do
    n=$(kioskctl status --json | sed -n "s/.*\"last_record\":\([0-9]*\).*/\1/p")
    printf "%-512s" "tongban-mark  $n" | dd of=/dev/vda bs=512 seek=1024 oflag=direct conv=notrunc status=none
    sleep 3
done ) >/dev/null 2>&1 &'
}
visitors() { # somebody touches the screen and goes away, so that there are records
    while sleep 7; do tests/image/press.py "$work/qmp" touch 540,860; done >/dev/null 2>&1 &
    visitors_pid=$!
}
gone_visitors() { kill "$visitors_pid" && wait "$visitors_pid"; } 2>/dev/null

record_update() {
    cp --sparse=always "$work/disk" $cuts/before.disk
    cp $kept/work-first/tongban.efi $cuts/first.efi
    cp $kept/work-next/tongban.efi $cuts/next.efi
    log=$cuts/update-1.log start -device virtio-tablet-pci
    is_up || return
    count_records
    visitors
    hand "$(mark download)"
    hand_over next 1.5.2 "$(mark asked)" >"$work/said" 2>&1
    wait_gone 1800
    local code=$?
    gone_visitors
    [ $code = 0 ] || return
    log=$cuts/update-2.log start -device virtio-tablet-pci
    wait_for $boot_s hears
    count_records
    visitors
    wait_for $boot_s is_state good
    code=$?
    sleep 20
    gone_visitors
    stop
    return $code
}

record_first_start() { # NAME [QEMU-OPTION…]
    rm -f "$work/disk"
    cp --sparse=always $cuts/empty.disk "$work/disk"
    keep_vars='' log=$cuts/$1.log start "${@:2}"
    is_up
    local code=$?
    [ -z "$tpm_pid" ] || hand 'cat /var/lib/tongban/keys/recovery' | tr -cd 0-9- >$cuts/recovery
    cut_power
    return $code
}
record_with_tpm() { # which another owner's key is in; and then one that knows nothing, and a stick
    rm -rf "$work/tpm" $cuts/tpm-*
    tpm_hears others_key || return
    cp -r "$work/tpm" $cuts/tpm-before
    start_tpm
    record_first_start first-tpm "${tpm_device[@]}" || return
    mv "$work/tpm" $cuts/tpm-after
    cp --sparse=always "$work/disk" $cuts/made.disk
    start_tpm
    with_stick log=$cuts/reseal.log
    is_up && is_opened_by tpm
    local code=$?
    cut_power
    mv "$work/tpm" $cuts/tpm-recovered
    return $code
}
with_stick() { # [NAME=VALUE]: a start with TPM and recovery key
    key_stick "$work/stick" "$(cat $cuts/recovery)"
    local keep_vars='' "$@"
    start "${tpm_device[@]}" -device qemu-xhci -drive "if=none,id=stick,format=raw,file=$work/stick" -device usb-storage,drive=stick
}
is_opened_by() { [ "$(hand 'cat /run/tongban-disk' | tail -n 1)" = "$1" ]; }

cut_often() { # NAME DISK WINDOWS LOG…: many times; `options`: of cuts.py
    local name=$1 scratch
    scratch=$work/cutting-$1
    mkdir -p "$cuts/$name" "$scratch"
    rm -f "$cuts/$name"/*
    cp --sparse=always "$cuts/$2.disk" "$scratch/disk"
    tests/image/cuts.py --kioskctl $kioskctl --kernel $cuts/first.efi --kernel $cuts/next.efi --windows "${3// /,}" "${options[@]}" \
        "$scratch/disk" "$cuts/$name" "$aimed" "$random" "$seed" "${@:4}"
    rm -rf "$scratch"
}

# A control: what a cut must never leave is found, or nothing that is said above would mean anything.
finds() { # NAME WORDS COMMAND…: the disk, spoilt by the command, is refused with those words
    cp --sparse=always $cuts/before.disk "$work/disk"
    "${@:3}" >"$work/why" 2>&1
    ! tests/image/disk.py "$work/disk" check $kioskctl $cuts/first.efi >"$work/why" 2>&1 && grep -q "$2" "$work/why"
    verdict "cuts-control-$1" $? <"$work/why"
}
spoil() { # PARTITION BYTES-FROM-ITS-BEGIN
    local at
    read -r at _ < <(partition "$work/disk" "$1")
    head -c 4096 /dev/urandom | dd of="$work/disk" bs=4096 seek=$(((at + $2) / 4096)) conv=notrunc status=none
}
half_a_kernel() {
    local at name
    read -r at _ < <(partition "$work/disk" esp)
    name=$(mdir -b -i "$work/disk@@$at" ::/EFI/Linux)
    head -c 9000000 $cuts/first.efi >"$work/half" && mdel -i "$work/disk@@$at" "$name" && mcopy -i "$work/disk@@$at" "$work/half" "$name"
}
no_kernel() {
    local at
    read -r at _ < <(partition "$work/disk" esp)
    mdel -i "$work/disk@@$at" '::/EFI/Linux/*'
}

no_journal() {
    tests/image/disk.py "$work/disk" data "$work/data" && debugfs -w -R 'rm /lib/tongban/journal/journal.db' "$work/data" &&
        tests/image/disk.py "$work/disk" seal "$work/data"
}

# Made beside a machine that starts; what it says is told once it is done.
sweep() { # NAME …: as cut_often
    cut_often "$@" >"$work/swept" 2>&1 &
    sweeping=$!
}
swept() { wait $sweeping; cat "$work/swept"; }

tpm_of() { # RECORDING WINDOW: what the TPM knew then, if there was one
    case $1-$2 in
    first-tpm-grow | first-tpm-begin) echo $cuts/tpm-before ;;
    first-tpm-*) echo $cuts/tpm-after ;;
    reseal-*) echo $cuts/tpm-recovered ;;
    esac
}
comes_up() { # RECORDING WINDOW RECORDS: starts by itself, is judged, and all that was acknowledged is there
    local code there=0 keep_vars='' tpm key=note
    tpm=$(tpm_of "$1" "$2")
    cp --sparse=always "$cuts/$1/start-$2.disk" "$work/disk"
    rm -rf "$work/tpm"
    [ -z "$tpm" ] || { cp -r "$tpm" "$work/tpm"; key=tpm; }
    for _ in 1 2 3 4; do # it may start anew by itself, to finish
        [ -z "$tpm" ] || start_tpm
        case $1 in
        reseal) with_stick ;;
        first-tpm) start "${tpm_device[@]}" ;;
        *) start ;;
        esac
        is_up && break
        gone || break
    done
    hand 'kioskctl journal verify' >"$work/journal" 2>&1
    [ "$3" = 0 ] || there=$(sed -n 's/^\([0-9]*\) records, all in order$/\1/p' "$work/journal")
    judged && [ "${there:-0}" -ge "$3" ] && is_opened_by $key
    code=$?
    echo "$3 records were acknowledged" >>"$work/journal"
    machine_verdict "cut-starts-$1-$2" $code "$work/journal" "$work/kernel"
    echo "# $1, $2: $3 acknowledged, $there there; $(hand 'cat /run/tongban-update/status')"
    cut_power
    return $code
}
come_up() { # RECORDING: one disk of each window; those that started are not kept
    local disk name
    for disk in $cuts/"$1"/start-*.disk; do
        name=$(basename "$disk" .disk)
        name=${name#start-}
        comes_up "$1" "$name" "$(jq --arg w "$name" '.[$w] // 0' "$cuts/$1/known")" && rm -f "$disk"
    done
}

# RECORDED=1: what was recorded before is not recorded again.
is_there() { [ -n "${RECORDED:-}" ] && [ -e "$cuts/$1.recorded" ]; }
record() { # NAME COMMAND…
    if is_there "$1"; then return; fi
    rm -f "$cuts/$1.recorded"
    "${@:2}"
    prepared "image-cuts-$1-is-recorded" $? "$work/kernel" "$work/machine.log"
    : >"$cuts/$1.recorded"
}

mkdir -p $cuts
if is_there update; then choose_accelerator; else
    [ -n "${READY:-}" ] || systems
    prepared image-cuts-systems-are-made $? $kept/build.log
    bundles >"$work/bundles" 2>&1
    prepared image-cuts-bundles-are-made $? "$work/bundles"
    prepare_machine
    sealed_disk
    prepared image-cuts-disk-is-made $?
fi
record update record_update
finds half-a-kernel 'not whole: tongban-a' half_a_kernel
finds no-kernel 'nothing to start' no_kernel
finds root-block 'is not whole' spoil root-a $((100 << 20))
finds first-root-block 'no slot holds' spoil root-a 0
finds note 'does not open' spoil note $((512 << 10))
finds data 'does not mend\|is damaged' spoil data $((16 << 20))
finds no-journal 'the journal is not whole' no_journal
echo "# seed $seed"
sweep update before "download asked header root root-end verity kernel boot-order restart first-boot first-start mark-good" \
    $cuts/update-1.log $cuts/update-2.log
made="grow begin make fill label first-use first-mark-good"
rm -f $cuts/empty.disk
cp --sparse=always "$kept/$board-first.img" $cuts/empty.disk
truncate -s 3G $cuts/empty.disk
if has_tpm; then
    record tpm record_with_tpm
    swept
    options=(--recovery "$cuts/recovery")
    sweep first-tpm empty "$made" $cuts/first-tpm.log
    record first-start record_first_start first-start
    swept
    options+=(--stick)
    aimed=16 random=4 sweep reseal made "reseal used" $cuts/reseal.log
    come_up first-tpm
    swept
    options=()
    sweep first-start empty "$made" $cuts/first-start.log
    come_up reseal
else
    echo "skip image-cuts-tpm # Debian's kernel for arm64 has no driver for a TPM of QEMU's"
    record first-start record_first_start first-start
    swept
    sweep first-start empty "$made" $cuts/first-start.log
fi
come_up update
swept
come_up first-start
exit 0
