#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Power cuts, of which each costs seconds. All that a machine writes to its disk is kept in order (writes.py): while an update comes,
# is installed, started and called good, and at the first start of all. From that a disk is made as a cut would leave it, AIMED times
# in each window of an update in turn, RANDOM times anywhere; each is looked at as the terminal would (cuts.py, disk.py). One of each
# window is truly started. What was kept stays in build/image/cuts; RECORDED=1 uses it again.
# Usage: cuts.sh BOARD [AIMED] [RANDOM] [SEED]; default: 56 and 56
set -u
cd "$(dirname "$0")/../.." || exit 1
aimed=${2:-56} random=${3:-56} seed=${4:-$(date +%s)}
images="$1-first $1-next"
# shellcheck source=tests/image/machine.bash
. tests/image/machine.bash
# shellcheck source=tests/image/updating.bash
. tests/image/updating.bash
for tool in veritysetup cryptsetup fsck.vfat mtype debugfs blkid; do
    command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --image"
done
cuts=$kept/cuts kioskctl=build/release/kioskctl

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

record_first_start() {
    rm -f "$work/disk"
    cp --sparse=always "$kept/$board-first.img" "$work/disk"
    truncate -s 3G "$work/disk"
    cp --sparse=always "$work/disk" $cuts/empty.disk
    keep_vars='' log=$cuts/first.log start
    is_up
    local code=$?
    stop
    return $code
}

cut_often() { # NAME DISK LOG…: many times
    local name=$1
    cp --sparse=always "$cuts/$2.disk" "$work/disk"
    mkdir -p "$cuts/$name"
    rm -f "$cuts/$name"/*
    tests/image/cuts.py "$work/disk" "$cuts/$name" "$aimed" "$random" "$seed" $kioskctl $cuts/first.efi $cuts/next.efi -- "${@:3}"
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

comes_up() { # NAME DISK RECORDS: starts by itself, is judged, and all that was acknowledged is there
    local code there=0
    cp --sparse=always "$2" "$work/disk"
    keep_vars=''
    start
    for _ in 1 2 3 4; do # it may start anew by itself, to finish
        is_up && break
        gone || break
        start
    done
    hand 'kioskctl journal verify' >"$work/journal" 2>&1
    [ "$3" = 0 ] || there=$(sed -n 's/^\([0-9]*\) records, all in order$/\1/p' "$work/journal")
    judged && [ "${there:-0}" -ge "$3" ]
    code=$?
    echo "$3 records were acknowledged" >>"$work/journal"
    machine_verdict "cut-starts-$1" $code "$work/journal" "$work/kernel"
    echo "# $1: $3 acknowledged, $there there; $(hand 'cat /run/tongban-update/status')"
    stop
}

mkdir -p $cuts
if [ -z "${RECORDED:-}" ]; then
    [ -n "${READY:-}" ] || systems
    prepared image-cuts-systems-are-made $? $kept/build.log
    bundles >"$work/bundles" 2>&1
    prepared image-cuts-bundles-are-made $? "$work/bundles"
    prepare_machine
    sealed_disk
    prepared image-cuts-disk-is-made $?
    record_update
    prepared image-cuts-update-is-recorded $? "$work/kernel" "$work/machine.log"
    record_first_start
    prepared image-cuts-first-start-is-recorded $? "$work/kernel" "$work/machine.log"
fi
choose_accelerator
finds half-a-kernel 'not whole: tongban-a' half_a_kernel
finds no-kernel 'nothing to start' no_kernel
finds root-block 'is not whole' spoil root-a $((100 << 20))
finds first-root-block 'no slot holds' spoil root-a 0
finds note 'does not open' spoil note $((512 << 10))
finds data 'does not mend\|is damaged' spoil data $((16 << 20))
finds no-journal 'the journal is not whole' no_journal
echo "# seed $seed"
cut_often update before $cuts/update-1.log $cuts/update-2.log
cut_often first-start empty $cuts/first.log
for disk in $cuts/update/start-*.disk $cuts/first-start/start-*.disk; do
    name=$(basename "$disk" .disk)
    name=${name#start-}
    comes_up "$name" "$disk" "$(jq --arg w "$name" '.[$w] // 0' "$(dirname "$disk")/known")"
done
exit 0
