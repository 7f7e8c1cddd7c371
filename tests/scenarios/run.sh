#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# All scenarios, taken one after the other by as many players as there are processors. Usage: run.sh BUILD
build=$1
here=$(dirname "$0")
"$build/scenario" --build "$build" --players "$(nproc)" "$here"/*.txt | grep --line-buffered -E '^(ok|not ok|skip|#) '
exit 0
