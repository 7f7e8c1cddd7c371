#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Has a sealed box opened by npm's @hpke/core. Skipped, and counted so, where node or npm are absent or the package cannot be
# fetched. Usage: peer.sh BUILD
cd "$(dirname "$0")/.." || exit 2 # tests/, where package.json is
build=$(cd .. && realpath "$1")

skip() {
    echo "# skipped: $1"
    for name in hpke_core_opens_our_box hpke_core_refuses_another_header hpke_core_refuses_another_kind; do
        echo "skip $name"
    done
    exit 0
}

reason=$(./npm.sh) || skip "$reason"
box=$(mktemp)
trap 'rm -f "$box"' EXIT
if ! (cd .. && TONGBAN_BOX=$box "$build/tests/crypto/test_seal" >/dev/null); then
    echo "# $build/tests/crypto/test_seal made no box"
    echo "not ok hpke_core_opens_our_box"
    exit 1
fi
node crypto/hpke_peer.mjs "$box"
