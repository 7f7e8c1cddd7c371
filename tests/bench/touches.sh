#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# How often somebody touches the screen for an application, a number and a guide: each visit of touches/ is played with the real programs,
# and what the finger did is counted, digits of a telephone beside it. Usage: touches.sh BUILD
set -eu
build=$1
cd "$(dirname "$0")/../.."
hands=$(mktemp)
trap 'rm -f "$hands"' EXIT
count() { # NAME BUDGET WHAT
    local file=tests/bench/touches/$1.txt digits touches
    "$build/scenario" --build "$build" --hands "$hands" "$file" >/dev/null
    digits=$(sed -n 's/^type *"\([0-9]*\)"$/\1/p' "$file" | tr -d '\n' | wc -c)
    touches=$(($(grep -c '^touch' "$hands") - digits))
    printf '%-28s | %3d touches, %d digits | | %d | %s\n' "$3" "$touches" "$digits" "$2" "$([ "$touches" -le "$2" ] && echo met || echo MISSED)"
}
count apply 14 "touches for an application"
count number 3 "touches for a number"
count guide 3 "touches for a guide"
