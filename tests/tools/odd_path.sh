#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A visit from a source folder whose path has a space and a colon, where the loader ends a name. Usage: odd_path.sh BUILD
set -u
build=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/a b:c/build"
ln -s "$source"/{assets,tests,tools} "$work/a b:c/"
ln -s "$build"/* "$work/a b:c/build/"
cd "$work/a b:c" || exit 1
if build/scenario --build build tests/scenarios/happy-split.txt >"$work/said" 2>&1; then
    echo "ok a visit from a path with a space and a colon"
else
    sed 's/^/# /' "$work/said" | head -20
    echo "not ok a visit from a path with a space and a colon"
fi
