#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# From a journal to the hall with the programs of a build: sync.sh BUILD-FOLDER. Prints "ok" and "not ok" lines.
set -eu
build=${1:?"usage: sync.sh BUILD-FOLDER"}
exec "$build/tests/e2e/test_sync"
