#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The staff's pages in a headless Chromium (staff_walk.mjs). Skipped, and counted so, where Chromium or npm's packages are absent.
# Pictures of the pages go to SHOTS, where that is named. Usage: staff_pages.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 2
failed=0
if ! command -v chromium >/dev/null; then
    echo "# skipped: Chromium is not installed: tools/setup.sh --bench"
    echo "skip staff_pages"
elif ! reason=$(tests/npm.sh); then
    echo "# skipped: $reason"
    echo "skip staff_pages"
else
    node tests/hall/staff_walk.mjs "$build" || failed=1
    ONLY=newcomer node tests/hall/staff_walk.mjs "$build" || failed=1
fi
exit $failed
