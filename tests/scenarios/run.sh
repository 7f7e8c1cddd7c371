#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# All scenarios, shared between as many players as there are processors. Usage: run.sh BUILD
build=$1
here=$(dirname "$0")
ls "$here"/*.txt | xargs -P "$(nproc)" -n 5 "$build/scenario" --build "$build" | grep --line-buffered -E '^(ok|not ok|skip|#) '
exit 0
