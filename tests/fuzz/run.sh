#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs every fuzz target from its corpus, two at a time, for some seconds, a number of executions, or both (0: without that
# limit; what is reached first), another way each time; prints one ok or not ok line each with the number of executions, and at
# the end their sum and the least of them. A target that stays below the number says so. What `make test` does with the same
# targets is play.c. Usage: run.sh BUILD SECONDS [RUNS [WORD]]   WORD: only targets whose name holds it
set -u
build=$1 seconds=$2 runs=${3:-0} word=${4:-}
here=$(dirname "$0")
# freed memory is kept for a while, not for ever: fresh pages cost more than most runs; a printer's paper grows with its input
export ASAN_OPTIONS=quarantine_size_mb=8:thread_local_quarantine_size_kb=64:max_malloc_fill_size=0:${ASAN_OPTIONS:-}
sums=$(mktemp -d)
trap 'rm -rf "$sums"' EXIT

one() {
    local target=$1 name corpus work log n speed
    name=$(basename "$target") corpus=$here/corpus/${name#fuzz_}
    work=$(mktemp -d) log=$(mktemp)
    [ -d "$corpus" ] && cp "$corpus"/* "$work"/ 2>/dev/null
    local limits=()
    [ "$seconds" -eq 0 ] || limits+=("-max_total_time=$seconds")
    [ "$runs" -eq 0 ] || limits+=("-runs=$runs")
    [ "$name" != fuzz_virtual_printer ] || limits+=("-max_len=512")
    if "$target" "${limits[@]}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$build/" "$work" >"$log" 2>&1; then
        n=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
        echo "# $name: executions: $n, $speed a second"
        [ "$n" -ge "$runs" ] || echo "#   the time was up before $runs executions"
        echo "$n $name" >"$sums/$name"
        echo "ok $name"
    else
        tail -30 "$log" | sed 's/^/# /'
        echo "not ok $name"
    fi
    rm -rf "$work" "$log"
}
export -f one
export here seconds runs build sums
ls "$build"/fuzz/fuzz_* 2>/dev/null | grep -v '\.' | grep "fuzz_[^/]*$word" | xargs -P 2 -I{} bash -c 'one {}'
cat "$sums"/* 2>/dev/null | awk '{ sum += $1; if (!least || $1 < least) { least = $1; which = $2 } }
    END { if (NR) printf "# %d executions of %d targets, the fewest %d (%s)\n", sum, NR, least, which }'
