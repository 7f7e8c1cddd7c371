#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Each night (tongban-hall-backup.timer): a copy of the whole hall, read again before it counts; of older ones so many stay. What
# a night that was cut off left is removed. Usage: backup.sh HALL FOLDER KEEP
set -eu
hallctl=$(dirname "$0")/hallctl
name=$2/$(date +%Y-%m-%d)
[ ! -e "$name" ] || name=$2/$(date +%Y-%m-%d-%H%M%S)
rm -rf "$2"/*.new
"$hallctl" backup --data "$1" --out "$name.new"
"$hallctl" backup --check "$name.new"
mv "$name.new" "$name"
for old in "$2"/[0-9]*; do echo "$old"; done | sort | head -n "-$3" | while read -r old; do
    rm -rf "$old"
done
