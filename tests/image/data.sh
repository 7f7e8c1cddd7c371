#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The encrypted data partition, with a TPM in software: made at the first start, opened after the power was cut four times, by a TPM
# that others' guesses have shut, by another system of the same signer, and with the recovery key where the TPM is another; destroyed
# by a factory reset. On a machine without a TPM its key is in the note, and on one with a TPM that the firmware knows and Linux has no
# driver for: so it is on arm64 with QEMU's, which is all that is tried there. What was written on it is looked for in the disk from outside.
# Usage: data.sh BOARD
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/image/machine.bash
# shellcheck source=tests/image/tpm.bash
. tests/image/tpm.bash
for tool in $tpm_tools cryptsetup mcopy; do
    command -v $tool >/dev/null || skip "$tool is not installed: tools/setup.sh --image"
done
plain=LIU-HULAN-HANDED-THIS-IN

start_with_tpm() { # [QEMU-OPTION…]
    start_tpm
    start_machine "${tpm_device[@]}" "$@"
}

# --- what it says ---
started() { # START DISK: so many starts of the same data, opened so
    wait_for $boot_s grep -q "^data start=$1 disk=$2 .*plain=10" "$work/probe" || return 1
    sed -n 's/.*recovery=\([0-9-]*\) .*/\1/p' "$work/probe" | tr -d '\n' >"$work/recovery.now" # the key is the digits alone
}
says() { wait_for $boot_s grep -q "tongban-data: .*$1" "$work/kernel"; }
both_lines() { cat "$work/machine.log" "$work/probe" "$work/kernel"; }
new_disk() {
    rm -f "$work/disk"
    cp --sparse=always "$kept/$board-test.img" "$work/disk"
    truncate -s 3G "$work/disk"
}
data_of_disk() { # a copy of the partition alone, as on another machine
    local at
    read -r at _ < <(partition "$work/disk" data)
    rm -f "$work/elsewhere"
    dd if="$work/disk" of="$work/elsewhere" bs=1M skip=$((at >> 20)) conv=sparse status=none
}
opens() { cryptsetup open --test-passphrase --key-file "$1" "$work/elsewhere" 2>"$work/why"; } # KEY-FILE
wish_reset() {
    local at
    read -r at _ < <(partition "$work/disk" note)
    printf tongban-reset-v1 | dd of="$work/disk" bs=1024 seek=$((at / 1024 + 768)) conv=notrunc status=none
}
without_tpm() {
    new_disk
    start_machine
    started 1 note
    verdict data-without-tpm-key-is-in-the-note $? < <(both_lines)
    kill -9 "$machine_pid"
    wait "$machine_pid" 2>/dev/null
    start_machine
    started 2 note
    verdict data-without-tpm-opens-after-a-cut $? < <(both_lines)
    stop
}
# The firmware measures the start, and /dev/tpmrm0 never comes: systemd waits for it, and the key until then, for a driver that udev
# has still to load would else come too late for good.
tpm_without_driver() {
    new_disk
    start_with_tpm
    started 1 note
    verdict data-tpm-without-driver-key-is-in-the-note $? < <(both_lines)
    grep -oE 'Timed out waiting.*tpmrm0|tongban-data: the data partition is made' "$work/kernel" | head -n 1 | grep -q Timed
    verdict data-waits-for-the-driver-of-a-tpm $? <"$work/kernel"
    cut_power
    start_with_tpm
    started 2 note
    verdict data-tpm-without-driver-opens-after-a-cut $? < <(both_lines)
    cut_power
}

mkdir -p $kept/shots
choose_accelerator
own_keys >"$work/keys" 2>&1
prepared image-data-firmware-has-our-key $? "$work/keys"
if [ "$cpu" = aarch64 ]; then
    echo "skip image-data-tpm # Debian's kernel for arm64 has no driver for a TPM of QEMU's"
    tpm_without_driver
    without_tpm
    exit 0
fi

# --- the first start, four cuts, and a TPM that others shut ---
tpm_hears others_key >"$work/others" 2>&1
prepared image-data-tpm-of-another-owner $? "$work/others"
new_disk
start_with_tpm
started 1 tpm
verdict data-made-at-first-start $? < <(both_lines) || exit 0
cp "$work/recovery.now" "$work/recovery"
says "another owner's"
verdict data-others-storage-key-is-replaced $? <"$work/kernel"
grep -q '^data srk attributes 00 03 04 72' <(sleep 5; tr -s ' ' <"$work/probe")
verdict data-storage-key-counts-no-cuts $? <"$work/probe"
for start in 2 3 4 5; do
    cut_power
    start_with_tpm
    started $start tpm
    verdict "data-opens-after-cut-$((start - 1))" $? < <(both_lines) || exit 0
done
cut_power
tpm_hears guesses >"$work/guesses" 2>&1
prepared image-data-tpm-has-shut-itself $? "$work/guesses"
start_with_tpm
started 6 tpm
verdict data-opens-by-a-tpm-that-guesses-have-shut $? < <(both_lines)
cut_power

# --- what a finder sees ---
data_of_disk
# not in the whole disk: the test's own script, which is in the image, names it
grep -qa "$plain" "$work/elsewhere"
[ $? = 1 ] && [ "$(head -c 4 "$work/elsewhere")" = LUKS ]
verdict data-nothing-readable $? < <(grep -ao "$plain" "$work/elsewhere" | head -n 3)
opens "$work/recovery"
verdict data-recovery-key-opens-it-elsewhere $? <"$work/why"

# --- another system of the same signer ---
board/image/builder.sh --keys "${IMAGE_KEY:-$kept/keys/key.pem}" "${IMAGE_CERT:-$kept/keys/cert.pem}" \
    tests/image/again.sh /image/again.efi >"$work/again" 2>&1 && {
    read -r at _ < <(partition "$work/disk" esp)
    mdel -i "$work/disk@@$at" "::/EFI/Linux/*"
    mcopy -i "$work/disk@@$at" $kept/again.efi ::/EFI/Linux/tongban-a-9.9+3.efi
    start_with_tpm
    started 7 tpm
}
verdict data-opens-with-another-system-of-the-signer $? < <(cat "$work/again"; both_lines)
cut_power

# --- a TPM that knows nothing ---
rm -rf "$work/tpm"
key_stick "$work/stick1" "$(sed 's/^....../000011/' "$work/recovery")"
key_stick "$work/stick2" "$(cat "$work/recovery")"
start_with_tpm -device qemu-xhci -drive "if=none,id=stick1,format=raw,file=$work/stick1" -device usb-storage,drive=stick1
says "the data does not open"
verdict data-other-tpm-is-said $? < <(both_lines)
says "is not this disk's"
verdict data-wrong-recovery-key-does-nothing $? < <(both_lines)
cut_power
start_with_tpm -device qemu-xhci -drive "if=none,id=stick1,format=raw,file=$work/stick1" -device usb-storage,drive=stick1 \
    -drive "if=none,id=stick2,format=raw,file=$work/stick2" -device usb-storage,drive=stick2
started 8 tpm
verdict data-recovery-key-opens $? < <(both_lines)
says "in the TPM again"
verdict data-sealed-in-the-other-tpm $? <"$work/kernel"
cut_power
start_with_tpm
started 9 tpm
verdict data-opens-by-the-other-tpm $? < <(both_lines)
cut_power

# --- a factory reset ---
wish_reset
start_with_tpm
started 1 tpm
verdict data-reset-begins-anew $? < <(both_lines)
says "keys are destroyed"
verdict data-reset-is-said $? <"$work/kernel"
cut_power
data_of_disk
! opens "$work/recovery" && ! cmp -s "$work/recovery" "$work/recovery.now" && opens "$work/recovery.now"
verdict data-reset-destroys-the-key $? <"$work/why"

without_tpm
exit 0
