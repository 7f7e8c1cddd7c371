#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the tree on Debian 13 (mbedTLS 3.6, gcc 14) in a chroot of its own, kept in build/debian13 for the next time, and
# runs the unit tests there. Needs root, mmdebstrap and Debian's archive. Usage: debian13.sh
set -eu
cd "$(dirname "$0")/.."
suite=trixie root=build/debian13
skip() {
    echo "skip debian13 # $1"
    exit 0
}
[ "$(id -u)" -eq 0 ] || skip "only root can make a chroot"
command -v mmdebstrap >/dev/null || skip "mmdebstrap is not installed"

# those of setup.sh that are for building and for unit tests, by their names there
packages=$(sed -n '/^packages="/,/"$/p' tools/setup.sh | tr -d '"' | sed 's/^packages=//' | tr '\n' ' ' |
    sed 's/clang-format//; s/libclang-rt-[0-9]*-dev//; s/\bclang\b//; s/\bxvfb\b//; s/\bmmdebstrap\b//')
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sort -u | grep -m1 -v security)
stamp=$root/made-of
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
    rm -rf "$root"
    mkdir -p build
    # shellcheck disable=SC2086
    mmdebstrap --quiet --variant=apt --include="$(echo $packages | tr ' ' ',')" "$suite" "$root" "$mirror" \
        >build/debian13.log 2>&1 || skip "the chroot could not be made: $(tail -1 build/debian13.log)"
    echo "$packages" >"$stamp"
fi

# only what belongs to the tree; what was built there the last time stays
mkdir -p "$root/src"
git ls-files -z | tar --null -T - -cf - | tar -C "$root/src" -xf -
inside() { # a command in the chroot, which has no mount of its own
    unshare --mount sh -c 'mount -t proc proc "$1/proc" && mkdir -p "$1/dev/shm" && mount -t tmpfs tmpfs "$1/dev/shm" &&
        exec chroot "$1" sh -c "cd /src && $2"' inside "$root" "$1"
}
if ! inside 'make -s -j$(nproc) programs tests' >build/debian13.log 2>&1; then
    tail -30 build/debian13.log | sed 's/^/# /'
    echo "not ok debian13_build"
    exit 0
fi
echo "ok debian13_build"
inside 'for t in build/release/tests/*/test_* build/release/tests/*/*/test_*; do
    case $t in *.*) continue ;; esac; timeout 120 $t 2>&1 || echo "# $t ended with $?"; done' |
    sed -n 's/^\(ok\|not ok\|skip\) /\1 debian13-/p; /^# /p'
