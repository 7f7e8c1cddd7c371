#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs what was built: unit tests, command-line tests, scenarios, checks, fuzz targets; ends with the sum.
# Usage: all.sh [--long]
set -eu
cd "$(dirname "$0")/.."
build=build/test
export TEST_TIMEOUT=900

# the longest first: what is short fills the other processor
commands=("tests/scenarios/run.sh $build")
for t in "$build"/tests/*/test_* "$build"/tests/*/*/test_*; do
    [ -x "$t" ] && [ -f "$t" ] && [ "${t%.*}" = "$t" ] && commands+=("$t")
done
for s in tests/*/*.sh; do
    case $s in tests/fuzz/* | tests/bench/* | tests/scenarios/*) continue ;; esac
    commands+=("$s $build")
done
commands+=("tests/check.sh")
if [ "${1:-}" = --long ]; then
    commands+=("tests/scenarios/run.sh build/release" "tests/scenarios/every-sync.sh build/release" "tests/fuzz/run.sh build/fuzz 60")
else
    commands+=("tests/fuzz/run.sh build/fuzz 5")
fi
exec tests/run "${commands[@]}"
