#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The reader's tests once more, with the real libudev beside the real libusb, on umockdev. Usage: umockdev.sh BUILD
set -u
build=$1
if [ ! -x "$build/umockdev/test_idcard" ] || ! command -v umockdev-wrapper >/dev/null; then
    echo "# the packages libumockdev-dev and umockdev are not installed"
    echo "skip reader_with_the_real_libudev"
    exit 0
fi
# umockdev's device files are pseudo-terminals: a container without /dev/pts has none
if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    echo "# there are no pseudo-terminals here"
    echo "skip reader_with_the_real_libudev"
    exit 0
fi
# its library comes before those of the sanitizers; paths of umockdev's sockets must be short
TMPDIR=/tmp ASAN_OPTIONS=verify_asan_link_order=0:${ASAN_OPTIONS:-} exec umockdev-wrapper "$build/umockdev/test_idcard"
