# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A TPM in software for the tests' machine, which keeps what it knows in $work/tpm. Sourced beside machine.bash; a machine has it with
# "${tpm_device[@]}", after start_tpm. $tpm_tools have to be there.
# shellcheck disable=SC2034
tpm_tools="swtpm tpm2_createprimary mkfs.vfat" tpm_pid=''
tpm_device=(-chardev "socket,id=tpm,path=$work/tpm.ctrl" -tpmdev "emulator,id=tpm0,chardev=tpm" -device "$qemu_tpm,tpmdev=tpm0")
trap '[ -z "$tpm_pid" ] || kill -9 $tpm_pid; stop; stop_desk; rm -rf "$work"' EXIT

start_tpm() { # [SWTPM-OPTION…]
    mkdir -p "$work/tpm"
    rm -f "$work/tpm.ctrl"
    swtpm socket --tpm2 --tpmstate "dir=$work/tpm" --ctrl "type=unixio,path=$work/tpm.ctrl" "$@" >"$work/tpm.log" 2>&1 &
    tpm_pid=$!
    while [ ! -S "$work/tpm.ctrl" ]; do sleep 0.1; done
}
cut_power() { # nobody is told: neither the system, nor the TPM
    kill -9 $machine_pid $tpm_pid
    wait $machine_pid $tpm_pid
    machine_pid='' tpm_pid=''
} 2>/dev/null

tpm_hears() { # COMMAND…: what tpm2-tools do in it goes to the TPM, and no machine beside it
    local code
    start_tpm --server "type=unixio,path=$work/tpm.line" --flags not-need-init,startup-clear
    mv "$work/tpm.ctrl" "$work/tpm.line.ctrl"
    export TPM2TOOLS_TCTI=swtpm:path=$work/tpm.line
    "$@" && tpm2_shutdown -c
    code=$?
    kill $tpm_pid
    wait $tpm_pid 2>/dev/null
    tpm_pid=''
    rm -f "$work"/tpm.line*
    return $code
}
# What another owner of the machine left there: a storage key that counts a cut start as an attempt to guess.
others_key() { tpm2_createprimary -Q -C o -c "$work/primary" && tpm2_evictcontrol -Q -C o -c "$work/primary" 0x81000001; }
# Somebody tries words at a secret of his own there, until the TPM hears no more of them for hours.
guesses() {
    tpm2_dictionarylockout -Q --setup-parameters --max-tries=3 --recovery-time=36000 --lockout-recovery-time=36000 &&
        tpm2_nvdefine -Q 0x1500016 -C o -s 8 -a 'authread|authwrite' -p right || return
    for _ in 1 2 3 4; do ! tpm2_nvread -Q 0x1500016 -s 8 -P wrong || return 1; done
    tpm2_getcap properties-variable | grep 'inLockout: *1'
}

key_stick() { # FILE KEY: a stick with a recovery key
    rm -f "$1"
    truncate -s 16M "$1"
    mkfs.vfat "$1" >/dev/null && printf '%s\r\n' "$2" | mcopy -i "$1" - ::/TONGBAN.KEY
}
