#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Festivals and deadlines against other authors: npm's lunar-javascript (moon and sun, 2024 to 2100) and chinese-days (which
# day of 2025 and 2026 is worked). Skipped, and counted so, where npm's packages are absent. Usage: workday.sh BUILD
cd "$(dirname "$0")/../.." || exit 2
program=$1/tests/catalog/test_workday

if ! reason=$(tests/npm.sh); then
    echo "# skipped: $reason"
    for name in festivals_as_lunar_javascript_has_them deadlines_as_chinese_days_counts_them deadlines_by_the_regulation; do
        echo "skip $name"
    done
    exit 0
fi
table=$(mktemp)
trap 'rm -f "$table"' EXIT
if ! TABLE=$table "$program" >/dev/null; then
    echo "# $program made no table"
    echo "not ok festivals_as_lunar_javascript_has_them"
    exit 1
fi
cd tests && node catalog/workday.mjs "$table"
