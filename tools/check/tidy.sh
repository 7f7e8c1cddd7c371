#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# clang-tidy with the checks of .clang-tidy, over every C file, or those named. `make tidy` calls it: it needs
# compile_commands.json. Exit 1 when something is found. Usage: tidy.sh [FILE…]
set -u
cd "$(dirname "$0")/../.." || exit 2
if ! command -v clang-tidy >/dev/null; then
    echo "skipped: there is no clang-tidy here (make setup installs it)"
    exit 0
fi
files=("$@")
# umock_bus.c needs the header of a library that may not be there
(($#)) || mapfile -t files < <(jq -r '.[].file | select(endswith("/umock_bus.c") | not)' compile_commands.json)
# glib's macros hand a format on; its headers are no one's here to mend
read -ra system < <(pkg-config --cflags-only-I glib-2.0 2>/dev/null | sed 's/-I/--extra-arg=-isystem/g')
found=$(printf '%s\n' "${files[@]}" | xargs -n 8 -P "$(nproc)" clang-tidy --quiet -p . "${system[@]}" 2>/dev/null) && exit 0
printf '%s\n' "$found"
echo "mend what is named above; a check that is wrong more often than right does not belong into .clang-tidy"
exit 1
