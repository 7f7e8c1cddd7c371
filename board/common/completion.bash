# SPDX-License-Identifier: Apache-2.0
#
# Completion for bash: asks the program itself, so that it knows what this version knows.
_tongban() {
    local program=$1 now=${COMP_WORDS[COMP_CWORD]} words=() said
    local i=1
    while ((i < COMP_CWORD)) && [[ ${COMP_WORDS[i]} != -* ]]; do
        words+=("${COMP_WORDS[i]}")
        i=$((i + 1))
    done
    if [[ ${COMP_WORDS[COMP_CWORD - 1]} == --* && $now != -* ]]; then # an option's value: a file, mostly
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$now")
        return
    fi
    said=$("$program" "${words[@]:0:1}" --help 2>/dev/null) || return
    local known=()
    mapfile -t known < <(
        grep -o -- '--[a-z][a-z-]*' <<<"$said"
        if ((${#words[@]} == 0)); then
            sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' <<<"$said"
        elif ((${#words[@]} == 1)); then
            sed -n "s/^$(basename "$program") ${words[0]} \([a-z][a-z-]*\).*/\1/p" <<<"$said"
        fi
    )
    mapfile -t COMPREPLY < <(compgen -W "${known[*]}" -- "$now" | sort -u)
}
complete -F _tongban kioskctl hallctl flash
