#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What no program needs: a function or variable that its object offers to others, and that no other object of the product asks
# for. If its own file does not use it either, or only tests do, it is dead: delete it. If only its own file does and no
# test, it is to be static. A name that two objects offer is one too many. What is kept all the same stands in dead.tsv, with a reason. tools/scenario and drivers/virtual
# are there for tests, which may use what they offer.
#
# Usage: dead.sh [BUILD]   a folder where `make programs` has been; exit 1 when something is found, 2 when it was not built
cd "$(dirname "$0")/../.." || exit 2
build=${1:-build/test}
objects=$(for f in $(git ls-files -co --exclude-standard 'firmware/*.c' 'drivers/*.c' 'ui/*.c' 'tools/*.c' ':!tools/assets'); do
    [ -f "$build/${f%.c}.o" ] && echo "$build/${f%.c}.o"
done)
[ -n "$objects" ] || { echo "dead.sh: make programs first: there is no object in $build" && exit 2; }
for o in $objects; do
    c=${o#"$build/"}
    [ "${c%.o}.c" -nt "$o" ] && echo "skipped: $build is older than ${c%.o}.c: make SAN=1 programs" && exit 0
done
bad=0
complain() { printf '%s\n' "$*"; bad=1; }
kept() { cut -f1 tools/check/dead.tsv | grep -qx "$1"; }

# NAME<TAB>FILE of what is offered and not asked for
lonely=$(nm -A -g $objects | awk -v build="$build/" '
    { file = $1; sub(/\.o:.*/, ".c", file); file = substr(file, length(build) + 1) }
    $(NF - 1) == "U" { wanted[$NF] = 1 }
    $(NF - 1) ~ /^[TDBRV]$/ && $NF !~ /^(main$|_)/ { from[$NF] = file }
    END { for (s in from) if (!(s in wanted)) print s "\t" from[s] }' |
    grep -vE '	(tools/scenario|drivers/virtual)/' | sort)
tested=$(cat tests/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch] | grep -oE '\b[a-z][a-z0-9_]+\b' | sort -u)
while IFS=$'\t' read -r name file; do
    uses=$(sed 's|/\*.*\*/||' "$file" | grep -v '^ \*' | grep -cw "$name")
    kept "$name" && continue
    if [ "$uses" -lt 2 ]; then
        complain "$file: nothing calls $name, or tests alone: delete it, or say in tools/check/dead.tsv why it stays"
    elif ! grep -qx "$name" <<<"$tested"; then
        complain "$file: only this file uses $name: make it static"
    fi
done <<<"$lonely"
# what two objects offer: which of them a program gets hangs on the order it is linked in
twice=$(nm -A -g --defined-only $objects | awk -v build="$build/" '
    $(NF - 1) ~ /^[TDBRV]$/ && $NF !~ /^(main$|_)/ {
        file = $1; sub(/\.o:.*/, ".c", file); file = substr(file, length(build) + 1)
        if ($NF in from) print from[$NF] ", " file ": both offer " $NF ": rename one, or make it static"
        from[$NF] = file
    }')
[ -z "$twice" ] || complain "$twice"
for name in $(grep -v '^#' tools/check/dead.tsv | cut -f1); do
    grep -q "^$name	" <<<"$lonely" || complain "tools/check/dead.tsv: $name is used, or gone: take its line out"
done
exit $bad
