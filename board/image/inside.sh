#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Called by build.sh in the builder: compiles, and makes /image/BOARDVARIANT.img. Usage: inside.sh BOARD VERSION VARIANT
set -euo pipefail
board=$1 version=$2 variant=$3
make -s -j"$(nproc)" VERSION="$version" programs >/image/compile.log 2>&1 || { tail -n 30 /image/compile.log >&2; exit 1; }
