#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A new type of field does not compile until all of it is said: the line of one type is spoilt member by member, and the
# files that expand the table must each time refuse it.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
mkdir -p "$work/model"
gen=${1:-build/test}/gen
files="firmware/model/form.c firmware/model/form_type.c firmware/model/form_typing.c firmware/model/form_display.c firmware/model/level.c firmware/session/fields.c"

compiles() # LINE: does the table with this line behind its own?
{
    { cat firmware/model/form_type.def && printf '%s\n' "$1"; } > "$work/model/form_type.def"
    for f in $files; do
        ${CC:-gcc} -std=c11 -D_GNU_SOURCE -I"$work" -Ifirmware -I. -I"$gen" -fsyntax-only "$f" 2> "$work/said" || return 1
    done
}

members=(PASSPORT '"passport"' LATIN 9 0 latin latin as_typed number 4)
line() # MEMBER…
{
    local IFS=,
    echo "FIELD_TYPE($*)"
}

if compiles "$(line "${members[@]}")"; then
    echo "ok a_whole_line_compiles"
else
    sed 's/^/# /' "$work/said"
    echo "not ok a_whole_line_compiles"
fi
for ((i = 1; i < ${#members[@]}; i++)); do
    spoilt=("${members[@]}") short=("${members[@]}")
    spoilt[i]=
    unset "short[i]"
    for how in spoilt short; do
        declare -n these=$how
        if compiles "$(line "${these[@]}")"; then
            echo "# compiled: $(line "${these[@]}")"
            echo "not ok member_${i}_$how"
        else
            echo "ok member_${i}_$how"
        fi
    done
done
