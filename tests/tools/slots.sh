#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# board/update/slots on a folder that stands for the boot partition: which system would be started after each of its steps.
set -u
cd "$(dirname "$0")/../.." || exit 1
systemd-analyze compare-versions 1 lt 2 2>/dev/null || { echo "skip slots # systemd-analyze compares no versions here"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TONGBAN_EFI=$work/efi TONGBAN_SLOT=$work/slot
linux=$work/efi/EFI/Linux
slots() { board/update/slots "$@"; }
echo new >"$work/kernel"

begin() { # SLOT FILE…
    rm -rf "$work/efi"
    mkdir -p "$linux"
    echo "$1" >"$work/slot"
    shift
    for file in "$@"; do : >"$linux/$file"; done
}
is() { # NAME EXPECTED
    local there
    there=$(ls "$linux" | paste -sd ' ')
    if [ "$there" = "$2" ]; then
        echo "ok slots-$1"
    else
        printf '# %s\n# instead of %s\n' "$there" "$2"
        echo "not ok slots-$1"
    fi
}
says() { # NAME EXPECTED COMMAND…
    local name=$1 expected=$2 got
    shift 2
    got=$(slots "$@")
    if [ "$got" = "$expected" ]; then echo "ok slots-$name"; else echo "# $got"; echo "not ok slots-$name"; fi
}

# an update, as RAUC has it made
begin a tongban-a-1.5.7.efi tongban-b-1.5.2+0.efi
slots set-state b bad
is the-other-is-gone-while-it-is-written 'tongban-a-1.5.7.efi'
slots stage b 1.10.0 "$work/kernel"
is staged-starts-nothing 'tongban-a-1.5.7.efi tongban-b-1.10.0.efi.new'
says staged-is-not-primary a get-primary
slots set-primary b
is primary-has-three-starts 'tongban-a-1.5.7.efi tongban-b-1.10.0+3.efi'
says newer-is-first b get-primary
says its-version 1.10.0 version b
echo b >"$work/slot"
mv "$linux/tongban-b-1.10.0+3.efi" "$linux/tongban-b-1.10.0+2-1.efi" # as systemd-boot counts
says it-still-has-two 2 left b
slots set-state b good
is good-is-not-counted 'tongban-a-1.5.7.efi tongban-b-1.10.0.efi'

# not healthy: the one before is next, whatever their order
begin b tongban-a-1.5.7.efi tongban-b-1.10.0+2-1.efi
slots set-state b bad
is bad-makes-way 'tongban-a-1.5.7.efi tongban-b-1.10.0+0.efi'
says the-one-before-is-first a get-primary
says bad-is-bad bad get-state b

# its starts are used up
begin a tongban-a-1.5.7.efi tongban-b-1.10.0+0-3.efi
says used-up-is-not-first a get-primary
slots set-primary b
is three-more 'tongban-a-1.5.7.efi tongban-b-1.10.0+3.efi'

# an older one: the newer steps back, and is there when the older one does not come up
begin a tongban-a-1.5.7.efi
slots stage b 1.5.6 "$work/kernel"
slots set-primary b
is newer-steps-back 'tongban-a-1.5.7+0.efi tongban-b-1.5.6+3.efi'
says older-is-first b get-primary
mv "$linux/tongban-b-1.5.6+3.efi" "$linux/tongban-b-1.5.6+0-3.efi"
says newer-is-first-again a get-primary
echo b >"$work/slot"
slots set-state b bad
is both-may-start 'tongban-a-1.5.7+3.efi tongban-b-1.5.6+0.efi'

# the same version again
begin b tongban-b-1.5.7.efi
slots stage a 1.5.7 "$work/kernel"
slots set-primary a
is same-version-steps-back 'tongban-a-1.5.7+3.efi tongban-b-1.5.7+0.efi'
says same-version-is-first a get-primary

# alone it starts always
begin a tongban-a-1.5.7+3.efi
slots set-state a bad
is alone-stays 'tongban-a-1.5.7+3.efi'
says alone-is-primary a get-primary
