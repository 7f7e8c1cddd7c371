#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The checks of tools/check/ as tests.
cd "$(dirname "$0")/.." || exit 2
for check in layers includes source readmes; do
    if out=$(tools/check/$check.sh 2>&1); then
        echo "ok check_$check"
    else
        printf '%s\n' "$out" | sed 's/^/# /'
        echo "not ok check_$check"
    fi
done
