#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The checks of tools/check/ as tests. Usage: check.sh [CHECK…]: others than those that take no time
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 0 ] || set -- layers includes source readmes words dead
for check; do
    if out=$("tools/check/$check.sh" 2>&1); then
        [ -z "$out" ] || printf '%s\n' "$out" | sed 's/^/# /'
        [[ $out == skipped:* ]] && echo "skip check_$check" || echo "ok check_$check"
    else
        printf '%s\n' "$out" | sed 's/^/# /'
        echo "not ok check_$check"
    fi
done
