#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What an image is made of, for each board, without making one: its lists and locks belong together, its file `machine` says all
# that the scripts ask, and a board that is none is refused before anything is touched. Usage: boards.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 2
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

verdict() { # NAME CODE
    [ "$2" = 0 ] && echo "ok $1" || { echo "not ok $1"; failed=1; }
}

# names that a list wants and its lock has not; what stands for the newest kernel is there under its own name too
without_lock() { # LIST
    sed 's/#.*//' "$1" | tr -s ' \t+' '\n' | sed '/^$/d' | sort -u >"$work/wanted"
    sed '/^#/d; s/ .*//' "$1.lock" | sort -u >"$work/locked"
    comm -23 "$work/wanted" "$work/locked"
}

words="cpu debian builder efi_name root_type verity_type loader test_words"
for board in board/*/machine; do
    board=$(basename "$(dirname "$board")")
    code=0
    for list in packages builder; do
        without_lock "board/$board/$list" >"$work/missing"
        [ ! -s "$work/missing" ] || { sed "s|^|# not in board/$board/$list.lock: |" "$work/missing"; code=1; }
        grep -vE '^(#.*|[a-z0-9][a-z0-9.+-]*(:[a-z0-9]+)? [^ ]+ [0-9a-f]{64})$' "board/$board/$list.lock" && code=1
    done
    verdict "${board}_locks_hold_their_lists" $code

    code=0
    # shellcheck disable=SC2016
    for word in $words; do
        bash -uc '. "$1" && [ -n "${!2}" ]' machine "board/$board/machine" "$word" 2>/dev/null || { echo "# machine: no $word"; code=1; }
    done
    verdict "${board}_machine_says_all" $code

    [ "$(grep -c '^---$' "board/$board/modules")" = 1 ] && sed '/^---/,$d' "board/$board/modules" | grep -qw erofs
    verdict "${board}_modules_begin_with_those_of_the_start" $?

    # a module brings along what it needs, not what it sits on
    code=0
    while read -r module bus; do
        ! grep -qw "$module" "board/$board/modules" || grep -qwE "$bus" "board/$board/modules" || { echo "# $module, and nothing of $bus"; code=1; }
    done <<'EOT'
tpm_tis_spi spi_[a-z0-9_]+
i2c_hid_of i2c_(rk3x|bcm2835|designware_platform)
dw_mmc_rockchip gpio_rockchip
rockchipdrm i2c_rk3x
ehci_platform phy_[a-z0-9_]+
ehci_platform ohci_platform
EOT
    verdict "${board}_modules_stand_on_something" $code

    grep -q "^$(sed -n 's/^cpu=\([^ ]*\).*/\1/p' "board/$board/machine"))\$" tests/image/machine.bash
    verdict "${board}_has_a_virtual_machine" $?

    # no two boards keep or make anything in the same place
    # shellcheck disable=SC2016
    bash -euc 'board=$1; . board/image/kept.bash; . "board/$1/machine"; echo "$kept $cpu $debian $efi_name $root_type $verity_type"' kept "$board" \
        >>"$work/places"
    verdict "${board}_has_a_place" $?
done

code=0
[ "$(wc -l <"$work/places")" -ge 2 ] || code=1
for column in 1 2 3 4 5 6; do
    [ -z "$(cut -d ' ' -f $column "$work/places" | sort | uniq -d)" ] || { cat "$work/places"; code=1; }
done
verdict boards_share_nothing $code

board/image/build.sh nowhere >"$work/said" 2>&1
[ $? = 2 ] && grep -qx 'image: there is no board nowhere' "$work/said" && [ ! -e build/image/nowhere ]
verdict no_board_nowhere $?
exit $failed
