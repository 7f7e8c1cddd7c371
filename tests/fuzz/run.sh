#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs every fuzz target for some seconds, two at a time, from its corpus; prints one ok or not ok line each, with the number
# of executions. The short run of `make test` always begins the same way, so that what it says of two commits can be compared;
# longer runs take another way each time. Usage: run.sh BUILD SECONDS
set -u
build=$1 seconds=$2
seed=0
[ "$seconds" -gt 10 ] || seed=1
here=$(dirname "$0")

one() {
    local target=$1 name corpus work log
    name=$(basename "$target") corpus=$here/corpus/${name#fuzz_}
    work=$(mktemp -d) log=$(mktemp)
    [ -d "$corpus" ] && cp "$corpus"/* "$work"/ 2>/dev/null
    if "$target" -seed="$seed" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/" "$work" >"$log" 2>&1; then
        echo "# $name: $(sed -n 's/^stat::number_of_executed_units: */executions: /p' "$log")"
        echo "ok $name"
    else
        tail -30 "$log" | sed 's/^/# /'
        echo "not ok $name"
    fi
    rm -rf "$work" "$log"
}
export -f one
export here seconds build seed
ls "$build"/fuzz/fuzz_* 2>/dev/null | grep -v '\.' | xargs -P 2 -I{} bash -c 'one {}'
