#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The power fails at every sync of these scenarios, one after the other. A scenario that belongs here says with `at the end`
# what must hold wherever the power was cut; `power-cut*` are of that kind. Usage: every-sync.sh BUILD
build=$1
for scenario in "$(dirname "$0")"/power-cut*.txt; do
    grep -q '^at *the end' "$scenario" || continue
    "$build/scenario" --build "$build" --every-sync "$scenario" |
        sed 's/^\(ok\|not ok\) \(.*\)/\1 every-sync-\2/' | grep -E '^(ok|not ok|#) '
done
exit 0
