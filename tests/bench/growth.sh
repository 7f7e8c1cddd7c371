#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Memory of the terminal's programs over 10,000 visits: it may grow by 1 MB. Usage: growth.sh BUILD
build=$1
out=$("$(dirname "$0")/run.sh" "$build" memory 2>&1)
line=$(printf '%s\n' "$out" | grep '^growth over')
echo "# ${line:-$out}"
case $line in
*MISSED*) echo "not ok growth_over_10000_visits" ;;
*met*) echo "ok growth_over_10000_visits" ;;
*) echo "not ok growth_over_10000_visits could not be measured" ;;
esac
