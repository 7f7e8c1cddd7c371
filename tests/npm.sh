#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Brings tests/node_modules to what package-lock.json says, one caller at a time, and only when it is not so yet. Exit 1, with
# the reason on stdout, where that cannot be. Usage: npm.sh
cd "$(dirname "$0")" || exit 1
command -v node >/dev/null && command -v npm >/dev/null || { echo "node and npm are not installed"; exit 1; }
exec 9<package.json
flock 9
cmp -s package-lock.json node_modules/.installed && exit 0
timeout 100 npm ci --ignore-scripts --no-audit --no-fund --fetch-retries 0 >/dev/null 2>&1 ||
    { echo "npm cannot fetch the packages of tests/package.json"; exit 1; }
cp package-lock.json node_modules/.installed
