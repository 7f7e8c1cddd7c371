#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs what was built: scenarios, unit tests, command-line tests, checks, fuzz targets; ends with the sum. --long: what takes
# longer, on the release build: the power cut at every sync, a minute of each fuzz target, memory searched.
# Usage: all.sh [--long]
set -eu
cd "$(dirname "$0")/.."
build=build/test
export TEST_TIMEOUT=900

# the longest first: what is short fills the other processor
if [ "${1:-}" = --long ]; then
    exec tests/run "tests/scenarios/every-sync.sh build/release" "tests/fuzz/run.sh build/fuzz 60" \
        "tests/scenarios/run.sh build/release"
fi
commands=("tests/scenarios/run.sh $build")
for t in "$build"/tests/*/test_* "$build"/tests/*/*/test_*; do
    [ -x "$t" ] && [ -f "$t" ] && [ "${t%.*}" = "$t" ] && commands+=("$t")
done
for s in tests/*/*.sh; do
    case $s in tests/fuzz/* | tests/bench/* | tests/scenarios/*) continue ;; esac
    commands+=("$s $build")
done
exec tests/run "${commands[@]}" tests/check.sh "tests/fuzz/run.sh build/fuzz 5"
