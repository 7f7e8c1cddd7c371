#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The deadlines of random cases, counted a second time by another program in another language (deadline.mjs) with npm's
# chinese-days as its calendar. Skipped, and counted so, where npm's packages are absent. Usage: deadline.sh BUILD [HISTORIES]
# [SEED]
cd "$(dirname "$0")/../.." || exit 2
program=$1/tests/hall/rules/test_deadline histories=${2:-5000} seed=${3:-20260105}

if ! reason=$(tests/npm.sh); then
    echo "# skipped: $reason"
    echo "skip deadlines_as_another_program_counts_them"
    exit 0
fi
set -o pipefail
HISTORIES=$histories SEED=$seed "$program" | node tests/hall/deadline.mjs "$histories"
