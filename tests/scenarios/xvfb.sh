#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Visits on a display of its own (Xvfb), touched by the display's pointer instead of the control socket: what SDL makes of
# real events is in the way. Usage: xvfb.sh BUILD
build=$1
here=$(dirname "$0")
command -v Xvfb >/dev/null || { echo "skip xvfb # Xvfb is not installed"; exit 0; }
"$build/scenario" --build "$build" --xvfb "$here/happy-whole.txt" "$here/signature.txt" "$here/ticket-hall-away.txt" |
    sed 's/^\(ok\|not ok\) \(.*\)/\1 xvfb-\2/' | grep -E '^(ok|not ok|#) '
exit 0
