#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Each role's day on the staff's pages, from signing in to signing out, by keyboard alone and by mouse alone; then every page in
# both languages, and the line that drops on each that takes words (staff_walk_days.mjs, staff_walk_looks.mjs, staff_walk_line.mjs). Skipped, and counted so, where Chromium or npm's packages are
# absent. Pictures of every page at two sizes and in both languages go to SHOTS, where that is named.
# Usage: staff_days.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 2
if ! command -v chromium >/dev/null; then
    echo "# skipped: Chromium is not installed: tools/setup.sh --bench"
    echo "skip staff_days"
    exit 0
fi
if ! reason=$(tests/npm.sh); then
    echo "# skipped: $reason"
    echo "skip staff_days"
    exit 0
fi
failed=0
HAND=keyboard ONLY=looks node tests/hall/staff_walk.mjs "$build" || failed=1
ONLY=line node tests/hall/staff_walk.mjs "$build" || failed=1
HAND=mouse ONLY=days node tests/hall/staff_walk.mjs "$build" || failed=1
exit $failed
