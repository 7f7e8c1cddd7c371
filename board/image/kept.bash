# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034
#
# Sourced outside the builder with $board set, or else BOARD: $kept is where all that is made of that board's image lies. The first
# board's is build/image itself; in the builder (builder.sh) it is /image for each.
export BOARD=${board:-${BOARD:-x86_64}}
[ -f "board/$BOARD/machine" ] || { echo "image: there is no board $BOARD" >&2; exit 2; }
kept=build/image
[ "$BOARD" = x86_64 ] || kept+=/$BOARD
