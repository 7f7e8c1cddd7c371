#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Fetches the strokes, pinned by their hash, and measures. Usage: handwriting.sh BUILD
set -eu
build=$(realpath "$1")
cd "$(dirname "$0")/strokes"
[ -d node_modules/hanzi-writer-data ] || npm ci --ignore-scripts --no-audit --no-fund >/dev/null ||
    { echo "handwriting: npm cannot fetch the strokes"; exit 1; }
"$build/bench-handwriting" "$build" node_modules/hanzi-writer-data /usr/share/fonts/opentype/noto/NotoSerifCJK-Light.ttc
