#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds a catalogue of N made-up items, the same ones every time. Usage: catalogue.sh BUILD N OUT.db
set -eu
build=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v n="$2" -v dir="$work" -f "$source/tests/bench/items.awk"
# every made-up item lacks its English: said a hundred thousand times
"$build/hallctl" catalog build "$work" --calendar "$source/tests/catalogues/zone/calendar" --version 1 --out "$3" \
    >"$work/said" 2>&1 || { tail -5 "$work/said" >&2; exit 1; }
