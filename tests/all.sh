#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs what was built: scenarios, unit tests, command-line tests, checks, seeds of fuzz targets; ends with the sum. --long: what takes
# longer: every scenario on the release build (with memory searched), some on a display with a pointer, the power cut at every
# sync, unit tests as clang builds them (with every ideograph on paper), Debian 13, a kernel's own USB in a virtual machine,
# the image of a terminal, the hall on PostgreSQL, memory over 10,000 visits, a thousand kills, a minute of each fuzz target, clang-tidy.
# Usage: all.sh [--long]
set -eu
cd "$(dirname "$0")/.."

commands=()
add_unit_tests() { # of a build
    local t
    for t in "$1"/tests/*/test_* "$1"/tests/*/*/test_*; do
        # thousands of pictures: a third of the time without sanitizers, under which scenarios paint
        case $t in */ui/test_shots) t=build/release/tests/ui/test_shots ;; esac
        if [ -x "$t" ] && [ -f "$t" ] && [ "${t%.*}" = "$t" ]; then commands+=("$t"); fi
    done
}

# the longest first: what is short fills the other processor
if [ "${1:-}" = --long ]; then
    export TEST_TIMEOUT=14400 IDEOGRAPHS=all
    commands=("tests/fuzz/run.sh build/fuzz 60" "tests/image/run.sh x86_64" "build/test/torture" "tests/debian13.sh"
        "tests/scenarios/every-sync.sh build/release" "tests/guest/guest.sh build/release"
        "tests/bench/growth.sh build/release" "tests/scenarios/run.sh build/release"
        "tests/scenarios/xvfb.sh build/release" "tests/chaos/run.sh build/release 1000 8" "tests/hall/postgres.sh build/clang" "tests/hall/staff_days.sh build/release"
        "tests/hall/deadline.sh build/clang 1000000" "tests/hall/year.sh build/clang 50000" "tests/check.sh tidy")
    add_unit_tests build/clang
    exec tests/run "${commands[@]}"
fi
export TEST_TIMEOUT=3600 TEST_STAMPS=build/stamps
build=build/test
commands=("tests/scenarios/run.sh $build")
for s in hall/staff_pages hall/staff virtual/umockdev tools/reset hall/year tools/arguments tools/papers tools/queue tools/update tools/queue_hook \
    flash/flash catalog/workday crypto/peer hall/deadline tools/install; do
    commands+=("tests/$s.sh $build")
done
commands+=("$build/tests/fuzz/play tests/fuzz/corpus tests/fuzz/runs.tsv $build" "tests/chaos/run.sh $build 40 4"
    "$build/torture --every 13 --main")
add_unit_tests "$build"
for s in tests/*/*.sh; do
    case $s in tests/fuzz/* | tests/bench/* | tests/scenarios/* | tests/guest/* | tests/image/* | tests/hall/postgres.sh | tests/hall/database_away.sh | tests/hall/staff_days.sh) continue ;; esac
    case " ${commands[*]} " in *" $s "*) continue ;; esac
    commands+=("$s $build")
done
exec tests/run "${commands[@]}" tests/check.sh
