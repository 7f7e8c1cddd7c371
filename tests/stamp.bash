# SPDX-License-Identifier: Apache-2.0
#
# What a test program came to is kept under a name made of all it can depend on, so that what cannot have changed is not run
# again: TEST_STAMPS is the folder, FORCE=1 runs all. A unit test that starts no other program depends on its own bytes and on
# what in the tree is no C; everything else on the whole tree and the programs. Both on this machine, its packages and the day.

stamps=
[ "${FORCE:-0}" = 1 ] || stamps=${TEST_STAMPS:-}
[ -z "$stamps" ] || git rev-parse --is-inside-work-tree >/dev/null 2>&1 || stamps=
if [ -n "$stamps" ]; then
    mkdir -p "$stamps"
    find "$stamps" -type f -mtime +1 -delete
    sum() { b2sum -l 256 | cut -c1-64; }
    contents() { git ls-files -z --cached --others --exclude-standard "$@" | xargs -0r ls -d 2>/dev/null | xargs -d '\n' -r b2sum 2>/dev/null | sum; }
    stamp_machine=$({ date +%F; uname -a; id -u; echo "${CI:-} ${TEST_DATABASE:-} ${DISPLAY:-}"; ls -lR ../shared/data
        cat /var/lib/dpkg/status; } 2>/dev/null | sum)
    stamp_data=$(contents -- ':!*.c' ':!*.h')
    stamp_tree=$(contents)
    declare -A stamp_programs # of each folder they are built into
    for build in $(printf '%s\n' "$@" | grep -oE '\bbuild/[a-z]+' | sort -u); do
        stamp_programs[$build]=$(find "$build" -type f -perm -100 -exec b2sum {} + | sort | sum)
    done
fi

# The name for a command; nothing where stamps are not kept.
stamp_of() { # PROGRAM WORDS…
    local build calls
    [ -n "$stamps" ] || return
    if [[ $1 == build/*/tests/* && $# == 1 ]] && calls=$(nm -D --undefined-only "$1" 2>/dev/null) &&
        ! grep -qE ' (exec[a-z]*|posix_spawn[a-z]*|popen|system)(@|$)' <<<"$calls"; then
        { echo "$stamp_machine $stamp_data"; b2sum "$1"; } | sum
        return
    fi
    build=$(printf '%s\n' "$@" | grep -m 1 -oE '^build/[a-z]+')
    echo "$stamp_machine $stamp_tree ${build:+${stamp_programs[$build]}} $*" | sum
}
