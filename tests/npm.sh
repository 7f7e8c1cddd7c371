#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Brings tests/node_modules to what package-lock.json says, one caller at a time, and only when it is not so yet; what could not be
# fetched is not asked for again by whoever comes within ten minutes. Exit 1, with the reason on stdout, where that cannot be. Usage: npm.sh
cd "$(dirname "$0")" || exit 1
command -v node >/dev/null && command -v npm >/dev/null || { echo "node and npm are not installed"; exit 1; }
why="npm cannot fetch the packages of tests/package.json"
exec 9<package.json
flock 9
cmp -s package-lock.json node_modules/.installed && exit 0
[ -z "$(find node_modules/.failed -mmin -10 2>/dev/null)" ] || { echo "$why"; exit 1; }
# a busy machine takes its time; a line that says nothing for a minute is none
timeout 900 npm ci --ignore-scripts --no-audit --no-fund --fetch-retries 1 --fetch-timeout 60000 >/dev/null 2>&1 ||
    { mkdir -p node_modules && touch node_modules/.failed; echo "$why"; exit 1; }
cp package-lock.json node_modules/.installed
