#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The power fails at every sync of a visit, of taking a number, and of the installing of a catalogue, one after the other.
# Usage: every-sync.sh BUILD
build=$1
for scenario in power-cut power-cut-ticket power-cut-install; do
    "$build/scenario" --build "$build" --every-sync "$(dirname "$0")/$scenario.txt" |
        sed 's/^\(ok\|not ok\) \(.*\)/\1 every-sync-\2/' | grep -E '^(ok|not ok|#) '
done
exit 0
