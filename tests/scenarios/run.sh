#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# All scenarios, taken one after the other by twice as many players as there are processors: a player waits half of its time.
# Usage: run.sh BUILD
build=$1
here=$(dirname "$0")
# freed memory is kept for a while, not for ever: fresh pages are a good part of what a scenario costs
export ASAN_OPTIONS=quarantine_size_mb=1:thread_local_quarantine_size_kb=16:${ASAN_OPTIONS:-}
"$build/scenario" --build "$build" --players "$((2 * $(nproc)))" "$here"/*.txt | grep --line-buffered -E '^(ok|not ok|skip|#) '
exit 0
