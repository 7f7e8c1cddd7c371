#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs every fuzz target for some seconds, two at a time, from its corpus; prints one ok or not ok line each, with the number
# of executions. Usage: run.sh BUILD SECONDS
set -u
build=$1 seconds=$2
here=$(dirname "$0")

one() {
    local target=$1 name corpus work log
    name=$(basename "$target") corpus=$here/corpus/${name#fuzz_}
    work=$(mktemp -d) log=$(mktemp)
    [ -d "$corpus" ] && cp "$corpus"/* "$work"/ 2>/dev/null
    if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/" "$work" >"$log" 2>&1; then
        echo "ok $name"
        echo "# $(sed -n 's/^stat::number_of_executed_units: */executions: /p' "$log")"
    else
        echo "not ok $name"
        tail -30 "$log" | sed 's/^/# /'
    fi
    rm -rf "$work" "$log"
}
export -f one
export here seconds build
ls "$build"/fuzz/fuzz_* 2>/dev/null | grep -v '\.' | xargs -P 2 -I{} bash -c 'one {}'
