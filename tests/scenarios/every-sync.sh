#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The power fails at every sync of a visit, one after the other. Usage: every-sync.sh BUILD
build=$1
"$build/scenario" --build "$build" --every-sync "$(dirname "$0")/power-cut.txt" | sed 's/^\(ok\|not ok\) \(.*\)/\1 every-sync-\2/' | grep -E '^(ok|not ok|#) '
exit 0
